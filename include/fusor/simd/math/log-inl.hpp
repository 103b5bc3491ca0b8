// SPDX-License-Identifier: BSL-1.0
// log.

#if defined(FUSOR_SIMD_MATH_LOG_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_MATH_LOG_TOGGLE
#undef FUSOR_SIMD_MATH_LOG_TOGGLE
#else
#define FUSOR_SIMD_MATH_LOG_TOGGLE
#endif

#include "fusor/language/operation.hpp"
#include "fusor/simd/math/vector-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// x = 2^k * m with m in [sqrt(1/2), sqrt(2)), for normal positive x. Gives k, and m in `mantissa`.
template <class D, class V>
HWY_INLINE V log_split(D d, V x, V& mantissa) {
  using T = lane<D>;
  const hn::RebindToSigned<D> di;
  constexpr int bits = floating<T>::mantissa_bits;
  const auto sqrt_half = hn::BitCast(di, set(d, 0.70710678118654752));
  const auto above = hn::Sub(hn::BitCast(di, x), sqrt_half);
  const auto k = hn::ShiftRight<bits>(above);
  mantissa = hn::BitCast(d, hn::Sub(hn::BitCast(di, x), hn::ShiftLeft<bits>(k)));
  const V round = set(d, floating<T>::round);
  return hn::Sub(hn::BitCast(d, hn::Add(k, hn::BitCast(di, round))), round);
}

/// k ln 2 + log(1 + f) for 1 + f in [sqrt(1/2), sqrt(2)], less its large parts: f, and k times the
/// high part of ln 2.
template <class D, class V>
HWY_INLINE V log_tail(D d, V k, V f) {
  using T = lane<D>;
  const V f2 = hn::Mul(f, f);
  const V cubic = hn::Mul(hn::Mul(f2, f), polynomial(d, f, coefficients::log_tail<T>));
  return hn::MulAdd(k, set(d, floating<T>::ln2_low), hn::MulAdd(f2, set(d, -0.5), cubic));
}

/// k ln 2 + log(1 + f) for 1 + f in [sqrt(1/2), sqrt(2)].
template <class D, class V>
HWY_INLINE V log_join(D d, V k, V f) {
  const V high = set(d, floating<lane<D>>::ln2_high);
  return hn::MulAdd(k, high, hn::Add(f, log_tail(d, k, f)));
}

/// The logarithm of `argument`, right where it is positive and finite, made right elsewhere.
template <class D, class V>
HWY_INLINE V log_special(D d, V argument, V result) {
  const V inf = hn::Inf(d);
  const V zero = hn::Zero(d);
  const auto ordinary = hn::And(hn::Gt(argument, zero), hn::Lt(argument, inf));
  // Infinity and NaN are what they were; NaN by a choice, as a compiler may take NaN of any sign
  // for a sum with it.
  const V outside = hn::IfThenElse(hn::Lt(argument, zero), hn::NaN(d), argument);
  const V special = hn::IfThenElse(hn::Eq(argument, zero), hn::Neg(inf), outside);
  return hn::IfThenElse(ordinary, result, special);
}

/// x = 2^k (1 + f) with 1 + f in [sqrt(1/2), sqrt(2)], for positive x, subnormal ones as well.
template <class D, class V>
HWY_INLINE V log_split_any(D d, V x, V& f) {
  using T = lane<D>;
  const auto subnormal = hn::Lt(x, set(d, sizeof(T) == 4 ? 0x1p-126 : 0x1p-1022));
  const V up = hn::IfThenElse(subnormal, hn::Mul(x, set(d, sizeof(T) == 4 ? 0x1p23 : 0x1p52)), x);
  V mantissa;
  const V k = log_split(d, up, mantissa);
  f = hn::Sub(mantissa, set(d, 1));
  return hn::Sub(k, hn::IfThenElseZero(subnormal, set(d, floating<T>::mantissa_bits)));
}

template <class D, class V>
HWY_INLINE V apply(op::log, D d, V x) {
  V f;
  const V k = log_split_any(d, x, f);
  return log_special(d, x, log_join(d, k, f));
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MATH_LOG_TOGGLE
