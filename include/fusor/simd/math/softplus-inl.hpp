// SPDX-License-Identifier: BSL-1.0
// softplus.

#if defined(FUSOR_SIMD_MATH_SOFTPLUS_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_MATH_SOFTPLUS_TOGGLE
#undef FUSOR_SIMD_MATH_SOFTPLUS_TOGGLE
#else
#define FUSOR_SIMD_MATH_SOFTPLUS_TOGGLE
#endif

#include "fusor/simd/math/exp-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// start + log(1 + e), rounded once, for e from 0 to 1 and a start that is 0 or more.
template <class D, class V>
HWY_INLINE V log1p_of_fraction(D d, V e, V start) {
  const V middle = hn::Sub(e, set(d, 0.5));
  const V tail = polynomial(d, middle, coefficients::log1p_fraction<lane<D>>);
  const V square = hn::Mul(e, e);
  V low;
  const V high = sum_with_product(d, e, square, tail, low);
  return hn::Add(high, hn::Add(start, low));
}

/// log(1 + e^x) = max(x, 0) + log1p(e^-|x|).
template <class D, class V, class Low = no_low>
HWY_INLINE V apply(op::softplus, D d, V x, Low low = {}) {
  const V zero = hn::Zero(d);
  // A NaN keeps its sign, as it does in the other summand. Where two NaN meet, the sign of the
  // result would be that of either.
  const V below = negative_size_of(d, x);
  const V e = apply(op::exp{}, d, below, negate_where(hn::Gt(x, zero), low));
  return log1p_of_fraction(d, e, at_least(d, zero, x));
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MATH_SOFTPLUS_TOGGLE
