// SPDX-License-Identifier: BSL-1.0
// expm1.

#if defined(FUSOR_SIMD_MATH_EXPM1_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_MATH_EXPM1_TOGGLE
#undef FUSOR_SIMD_MATH_EXPM1_TOGGLE
#else
#define FUSOR_SIMD_MATH_EXPM1_TOGGLE
#endif

#include "fusor/simd/math/exp-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// e^x - 1 for x in the range where 2^exponent is a normal number.
template <class D, class V, class Low>
HWY_INLINE V expm1_core(D d, V x, Low low) {
  using T = lane<D>;
  const V round = set(d, floating<T>::round);
  const V k = hn::Sub(hn::MulAdd(x, set(d, 1.4426950408889634), round), round);
  V r = hn::NegMulAdd(k, set(d, floating<T>::ln2_high), x);
  r = add_low(hn::NegMulAdd(k, set(d, floating<T>::ln2_low), r), low);
  const V tail = hn::MulAdd(hn::Mul(r, r), polynomial(d, r, coefficients::exp_tail<T>), r);
  // Half of everything keeps 2^k finite for the largest results.
  const V half_power = pow2(d, hn::Sub(k, set(d, 1)));
  const V half = hn::MulAdd(half_power, tail, hn::Sub(half_power, set(d, 0.5)));
  return hn::Add(half, half);
}

template <class D, class V, class Low = no_low>
HWY_INLINE V apply(op::expm1, D d, V x, Low low = {}) {
  using limits = floating<lane<D>>;
  const V lowest = set(d, -1.1 * limits::sigmoid_one);
  const V limited = at_most(d, set(d, limits::exp_overflow), at_least(d, lowest, x));
  const V result = expm1_core(d, limited, low_within(d, x, low, limits::exp_overflow));
  return hn::CopySign(result, x);
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MATH_EXPM1_TOGGLE
