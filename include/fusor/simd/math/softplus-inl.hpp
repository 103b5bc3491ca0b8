// SPDX-License-Identifier: BSL-1.0
// softplus.

#if defined(FUSOR_SIMD_MATH_SOFTPLUS_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_MATH_SOFTPLUS_TOGGLE
#undef FUSOR_SIMD_MATH_SOFTPLUS_TOGGLE
#else
#define FUSOR_SIMD_MATH_SOFTPLUS_TOGGLE
#endif

#include "fusor/simd/math/exp-inl.hpp"
#include "fusor/simd/math/log1p-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// log(1 + e^x) = max(x, 0) + log1p(e^-|x|).
template <class D, class V, class Low = no_low>
HWY_INLINE V apply(op::softplus, D d, V x, Low low = {}) {
  using limits = floating<lane<D>>;
  const V zero = hn::Zero(d);
  // A NaN keeps its sign, as it does in the other summand. Where two NaN meet, the sign of the
  // result would be that of either.
  const V below = negative_size_of(d, x);
  V exponent;
  const V mantissa = exp_split_within(d, below, negate_where(hn::Gt(x, zero), low),
                                      limits::exp_underflow, 0, exponent);
  return hn::Add(at_least(d, zero, x), log1p_core(d, scale(d, mantissa, exponent)));
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MATH_SOFTPLUS_TOGGLE
