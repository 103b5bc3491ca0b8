// SPDX-License-Identifier: BSL-1.0
// sigmoid, alone and with a factor.

#if defined(FUSOR_KERNEL_SIMD_SIGMOID_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_KERNEL_SIMD_SIGMOID_TOGGLE
#undef FUSOR_KERNEL_SIMD_SIGMOID_TOGGLE
#else
#define FUSOR_KERNEL_SIMD_SIGMOID_TOGGLE
#endif

#include "fusor/kernel/simd/exp-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// factor / (1 + e^-x). With e^-x = p 2^k and s = max(k, 0) it is factor / (2^-s + p 2^(k - s))
/// 2^-s: nothing underflows before the product does.
template <class D, class V, class Low>
HWY_INLINE V sigmoid_product(D d, V factor, V x, Low low, double lowest) {
  using limits = floating<lane<D>>;
  V k;
  const V p = exp_split_within(d, hn::Neg(x), negate(low), -limits::sigmoid_one, -lowest, k);
  const V s = hn::Max(hn::Sub(k, set(d, 1)), hn::Zero(d));
  const V least = set(d, 2 - (1 << (sizeof(lane<D>) == 4 ? 7 : 10)));
  const V power = pow2(d, hn::Max(hn::Neg(s), least));
  const V denominator = hn::Add(power, scale_normal(d, p, hn::Sub(k, s)));
  return scale(d, hn::Div(factor, denominator), hn::Neg(s));
}

template <class D, class V, class Low = no_low>
HWY_INLINE V apply(op::sigmoid, D d, V x, Low low = {}) {
  return sigmoid_product(d, set(d, 1), x, low, floating<lane<D>>::exp_underflow);
}

template <class D, class V, class Low = no_low>
HWY_INLINE V apply(op::times<op::sigmoid>, D d, V factor, V x, Low low = {}) {
  const double lowest = floating<lane<D>>::product_underflow;
  const V finite = finite_where(d, hn::Lt(x, set(d, lowest)), factor);
  return sigmoid_product(d, finite, x, low, lowest);
}

template <class D, class V>
HWY_INLINE V apply_to_itself(op::times<op::sigmoid>, D d, V x) {
  const double lowest = floating<lane<D>>::exp_underflow * 1.06;
  const V limited = at_least(d, set(d, lowest), x);
  return sigmoid_product(d, limited, limited, no_low{}, lowest);
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_KERNEL_SIMD_SIGMOID_TOGGLE
