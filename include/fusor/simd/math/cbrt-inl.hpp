// SPDX-License-Identifier: BSL-1.0
// cbrt.

#if defined(FUSOR_SIMD_MATH_CBRT_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_MATH_CBRT_TOGGLE
#undef FUSOR_SIMD_MATH_CBRT_TOGGLE
#else
#define FUSOR_SIMD_MATH_CBRT_TOGGLE
#endif

#include "fusor/simd/math/power_coefficients.hpp"
#include "fusor/simd/math/vector-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// |x| = 2^(3 k) z with z in [1/2, 4). With y, about 1 / cbrt(z), it is z y^2 (1 - e)^(-2/3) where
/// e = 1 - z y^3 is small.
template <class D, class V>
HWY_INLINE V apply(op::cbrt, D d, V x) {
  using T = lane<D>;
  constexpr int bits = floating<T>::mantissa_bits;
  constexpr bool single = sizeof(T) == 4;
  const hn::RebindToSigned<D> di;
  const V one = set(d, 1);
  const V round = set(d, floating<T>::round);
  const V size = hn::Abs(x);
  const auto is_subnormal = hn::Lt(size, set(d, single ? 0x1p-126 : 0x1p-1022));
  const V up = hn::IfThenElse(is_subnormal, hn::Mul(size, set(d, single ? 0x1p24 : 0x1p54)), size);
  // The exponent, the whole number next to a third of it, and what is left: -1, 0 or 1.
  const auto above_one = hn::Sub(hn::BitCast(di, up), hn::BitCast(di, one));
  const auto whole = hn::ShiftRight<bits>(above_one);
  const V exponent = hn::Sub(hn::BitCast(d, hn::Add(whole, hn::BitCast(di, round))), round);
  const V third = hn::Sub(hn::MulAdd(exponent, set(d, 1.0 / 3), round), round);
  const V rest = hn::NegMulAdd(third, set(d, 3), exponent);
  const V mantissa = hn::BitCast(d, hn::Sub(hn::BitCast(di, up), hn::ShiftLeft<bits>(whole)));
  const auto is_low = hn::Lt(rest, hn::Zero(d));
  const auto is_high = hn::Gt(rest, hn::Zero(d));
  const V factor = hn::IfThenElse(is_low, set(d, 1.2599210498948732),
                                  hn::IfThenElse(is_high, set(d, 0.79370052598409974), one));
  const V y = hn::Mul(polynomial(d, mantissa, coefficients::inverse_cbrt<T>), factor);
  const V half_or_one = hn::IfThenElse(is_low, set(d, 0.5), one);
  const V z = hn::Mul(mantissa, hn::IfThenElse(is_high, set(d, 2), half_or_one));
  const V near = hn::Mul(z, hn::Mul(y, y));
  const V e = hn::NegMulAdd(near, y, one);
  V series = set(d, 2.0 / 3);
  if constexpr (!single) {
    series = hn::MulAdd(hn::MulAdd(e, set(d, 40.0 / 81), set(d, 5.0 / 9)), e, series);
  }
  const V root = hn::MulAdd(hn::Mul(near, e), series, near);
  const V offset = hn::IfThenElseZero(is_subnormal, set(d, single ? 8 : 18));
  const V result = scale_normal(d, root, hn::Sub(third, offset));
  const auto is_ordinary = hn::And(hn::Gt(size, hn::Zero(d)), hn::Lt(size, hn::Inf(d)));
  return hn::CopySign(hn::IfThenElse(is_ordinary, result, size), x);
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MATH_CBRT_TOGGLE
