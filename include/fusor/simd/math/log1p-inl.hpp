// SPDX-License-Identifier: BSL-1.0
// log1p.

#if defined(FUSOR_SIMD_MATH_LOG1P_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_MATH_LOG1P_TOGGLE
#undef FUSOR_SIMD_MATH_LOG1P_TOGGLE
#else
#define FUSOR_SIMD_MATH_LOG1P_TOGGLE
#endif

#include "fusor/simd/math/log-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// log(1 + x) for finite x > -1.
template <class D, class V>
HWY_INLINE V log1p_core(D d, V x) {
  const V one = set(d, 1);
  V mantissa;
  const V k = log_split(d, hn::Add(x, one), mantissa);
  // (1 + x) 2^-k - 1 without rounding 1 + x; beyond 2^30 nothing is lost by that rounding.
  const V power = pow2(d, hn::Neg(hn::Min(k, set(d, 60))));
  const V exact = hn::MulAdd(x, power, hn::Sub(power, one));
  const V f = hn::IfThenElse(hn::Lt(k, set(d, 55)), exact, hn::Sub(mantissa, one));
  return log_join(d, k, f);
}

template <class D, class V>
HWY_INLINE V apply(op::log1p, D d, V x) {
  const V result = log_special(d, hn::Add(x, set(d, 1)), log1p_core(d, x));
  // Keeps -0, and the sign where it matters.
  return hn::IfThenElse(hn::Eq(x, hn::Zero(d)), x, result);
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MATH_LOG1P_TOGGLE
