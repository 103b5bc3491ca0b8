// SPDX-License-Identifier: BSL-1.0
// log2, log10.

#if defined(FUSOR_SIMD_MATH_LOG2_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_MATH_LOG2_TOGGLE
#undef FUSOR_SIMD_MATH_LOG2_TOGGLE
#else
#define FUSOR_SIMD_MATH_LOG2_TOGGLE
#endif

#include "fusor/simd/math/log-inl.hpp"
#include "fusor/simd/math/power_coefficients.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// log2(1 + f) = f + f (1 / ln(2) - 1 + f tail), where f is exact.
template <class D, class V>
HWY_INLINE V apply(op::log2, D d, V x) {
  V f;
  const V k = log_split_any(d, x, f);
  const V tail = polynomial(d, f, coefficients::log2_tail<lane<D>>);
  const V rest = hn::MulAdd(tail, f, set(d, 0.44269504088896341));
  return log_special(d, x, hn::Add(k, hn::MulAdd(rest, f, f)));
}

/// log10(1 + f) = f / 2 + f (1 / ln(10) - 1/2 + f tail), where f / 2 is exact.
template <class D, class V>
HWY_INLINE V apply(op::log10, D d, V x) {
  using T = lane<D>;
  // log10(2) = high + low, where k * high is exact.
  constexpr double high = sizeof(T) == 4 ? 0x1.344p-2 : 0x1.34413509f6p-2;
  constexpr double low = sizeof(T) == 4 ? 0x1.3509f79fef312p-18 : 0x1.9fef311f12b36p-42;
  V f;
  const V k = log_split_any(d, x, f);
  const V tail = polynomial(d, f, coefficients::log10_tail<T>);
  const V rest = hn::MulAdd(tail, f, set(d, -0.06570551809674817));
  const V small = hn::MulAdd(k, set(d, low), hn::Mul(f, rest));
  const V mantissa = hn::MulAdd(f, set(d, 0.5), small);
  return log_special(d, x, hn::MulAdd(k, set(d, high), mantissa));
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MATH_LOG2_TOGGLE
