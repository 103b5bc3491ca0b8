// SPDX-License-Identifier: BSL-1.0
// exp2.

#if defined(FUSOR_SIMD_MATH_EXP2_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_MATH_EXP2_TOGGLE
#undef FUSOR_SIMD_MATH_EXP2_TOGGLE
#else
#define FUSOR_SIMD_MATH_EXP2_TOGGLE
#endif

#include "fusor/simd/math/exp-inl.hpp"
#include "fusor/simd/math/power_coefficients.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// 2^x is 0 from here down, and infinite from here up, also with what rounding x lost.
template <class T>
inline constexpr double exp2_underflow = sizeof(T) == 4 ? -151 : -1076;
template <class T>
inline constexpr double exp2_overflow = sizeof(T) == 4 ? 129 : 1025;

/// 2^(x + low) = mantissa * 2^exponent, with a mantissa in [0.7, 1.42], where x is limited to
/// [lowest, highest]; NaN stays NaN.
template <class D, class V, class Low>
HWY_INLINE V exp2_split_within(D d, V x, Low low, double lowest, double highest, V& exponent) {
  using T = lane<D>;
  const auto kept = low_within(d, x, low, -lowest > highest ? -lowest : highest);
  const V limited = at_most(d, set(d, highest), at_least(d, set(d, lowest), x));
  const V round = set(d, floating<T>::round);
  exponent = hn::Sub(hn::Add(limited, round), round);
  const V r = add_low(hn::Sub(limited, exponent), kept);
  return hn::MulAdd(polynomial(d, r, coefficients::exp2_tail<T>), r, set(d, 1));
}

template <class D, class V, class Low = no_low>
HWY_INLINE V apply(op::exp2, D d, V x, Low low = {}) {
  using T = lane<D>;
  V exponent;
  const V mantissa = exp2_split_within(d, x, low, exp2_underflow<T>, exp2_overflow<T>, exponent);
  return scale(d, mantissa, exponent);
}

/// The product with a factor, as a whole: up to where a factor of the largest size is not enough,
/// or one of the least too much.
template <class D, class V, class Low = no_low>
HWY_INLINE V apply(op::times<op::exp2>, D d, V factor, V x, Low low = {}) {
  using T = lane<D>;
  constexpr double highest = exp2_overflow<T> - exp2_underflow<T>;
  V exponent;
  const V mantissa = exp2_split_within(d, x, low, -highest, highest, exponent);
  const V finite = finite_where(d, hn::Lt(x, set(d, -highest)), factor);
  return scaled_product(d, finite, mantissa, exponent);
}

/// x 2^x and the like: one limit serves both.
template <class D, class V>
HWY_INLINE V apply_to_itself(op::times<op::exp2>, D d, V x) {
  const V limited = at_least(d, set(d, exp2_underflow<lane<D>> * 1.1), x);
  return apply(op::times<op::exp2>{}, d, limited, limited);
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MATH_EXP2_TOGGLE
