// SPDX-License-Identifier: BSL-1.0
// silu_slope and mish_slope, which have a zero below 0.

#if defined(FUSOR_SIMD_MATH_SLOPES_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_MATH_SLOPES_TOGGLE
#undef FUSOR_SIMD_MATH_SLOPES_TOGGLE
#else
#define FUSOR_SIMD_MATH_SLOPES_TOGGLE
#endif

#include "fusor/simd/math/sigmoid-inl.hpp"
#include "fusor/simd/math/zeros_coefficients.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

// Where their terms cancel, the slopes at -t are polynomials over the distance from the zero.

template <class D, class V>
HWY_INLINE V silu_slope_around_zero(D d, V t, V slope) {
  using T = lane<D>;
  return around_zero(d, t, floating<T>::silu_slope_zero, 0.5, 2, coefficients::silu_slope_center<T>,
                     slope);
}
template <class D, class V>
HWY_INLINE V mish_slope_around_zero(D d, V t, V slope) {
  using T = lane<D>;
  return around_zero(d, t, floating<T>::mish_slope_zero, 0, 1.625,
                     coefficients::mish_slope_center<T>, slope);
}

/// 4 + 6 E + 4 E^2 + E^3 - 4 t (1 + E)
template <class D, class V>
HWY_INLINE V mish_slope_sum(D d, V t, V e) {
  const V four = set(d, 4);
  const V inner = hn::MulAdd(e, hn::Add(e, four), hn::NegMulAdd(four, t, set(d, 6)));
  return hn::MulAdd(e, inner, hn::NegMulAdd(four, t, four));
}

/// (2 + 2 E + E^2)^2
template <class D, class V>
HWY_INLINE V mish_slope_square(D d, V e) {
  const V four = set(d, 4);
  const V eight = set(d, 8);
  return hn::MulAdd(e, hn::MulAdd(e, hn::MulAdd(e, hn::Add(e, four), eight), eight), four);
}

/// Far from 0, where it cannot be computed as it is: below factor x e^x (1 + 1 / x), above the
/// factor. e^x is computed times a power of two by which the product is divided last, so that
/// nothing underflows or overflows before that does.
template <class D, class V>
HWY_NOINLINE V slope_far(D d, V factor, V x) {
  using limits = floating<lane<D>>;
  // The product with any factor is 0 from here down.
  const double lowest = limits::product_underflow * 1.031;
  const V limited = at_least(d, set(d, lowest), negative_size_of(d, x));
  const V deeper =
      hn::IfThenElseZero(hn::Lt(limited, set(d, limits::product_underflow)), set(d, 16));
  const V shift = hn::Add(far_shift(d, limited), deeper);
  V step;
  const V tail = exp_in_steps<false, 1, has_table<D>>(
      d, limited, no_low{}, hn::MulAdd(shift, set(d, steps_of_two<D>), set(d, limits::round)),
      step);
  const V slope = hn::Mul(hn::MulAdd(tail, step, step), hn::Add(limited, set(d, 1)));
  const V finite = finite_where(d, hn::Lt(x, set(d, lowest)), factor);
  const V below = scaled_product<8>(d, finite, slope, hn::Neg(shift));
  const V above = hn::IfThenElse(hn::Eq(x, x), factor, x);
  return hn::IfThenElse(hn::Lt(x, hn::Zero(d)), below, above);
}

/// silu_slope(x) for the usual x: with E = e^-|x| and h = E (1 - |x| + E) / (1 + E)^2, below 0 h,
/// above 1 - h.
template <class D, class V>
HWY_INLINE V usual_slope(op::silu_slope, D d, V x) {
  const V one = set(d, 1);
  const V t = size_of(d, x);
  const V e = exp_shifted<false, -1>(d, t, no_low{}, set(d, floating<lane<D>>::round));
  const V product = hn::Mul(e, hn::Add(hn::Sub(one, t), e));
  const V square = hn::MulAdd(e, hn::Add(e, set(d, 2)), one);
  return by_symmetry(d, x, silu_slope_around_zero(d, t, hn::Div(product, square)));
}

/// mish_slope(x) by E = e^x, if x < 0: E (4 + 6 E + 4 E^2 + E^3 + 4 x (1 + E)) / (2 + 2 E + E^2)^2.
/// Else by e^-x or sigmoid(-x) and what goes with it, 1 + h square (x h more - 1) with
/// h = 2 / divisor.
template <class D, class V>
HWY_INLINE V mish_slope_by(D d, V x, V e, V divisor, V square, V more) {
  const V one = set(d, 1);
  const V minus_x = hn::Neg(x);
  const auto is_below = hn::Lt(x, hn::Zero(d));
  const V below = hn::Mul(e, mish_slope_sum(d, minus_x, e));
  const V quotient = hn::Div(hn::IfThenElse(is_below, below, set(d, 2)),
                             hn::IfThenElse(is_below, mish_slope_square(d, e), divisor));
  const V above =
      hn::MulAdd(hn::Mul(quotient, square), hn::MulSub(x, hn::Mul(quotient, more), one), one);
  return mish_slope_around_zero(d, minus_x, hn::IfThenElse(is_below, quotient, above));
}

/// mish_slope(x) for the usual x.
template <class D, class V>
HWY_INLINE V usual_slope(op::mish_slope, D d, V x) {
  const V one = set(d, 1);
  const V e = exp_shifted<false, -1>(d, size_of(d, x), no_low{}, set(d, floating<lane<D>>::round));
  const V more = hn::Add(e, one);
  return mish_slope_by(d, x, e, hn::MulAdd(hn::Add(e, e), more, one), hn::Mul(e, e), more);
}

template <class Op>
concept falls_as_exp = std::is_same_v<Op, op::silu_slope> || std::is_same_v<Op, op::mish_slope>;

template <falls_as_exp Op, class D, class V>
HWY_INLINE V apply(op::times<Op>, D d, V factor, V x) {
  const auto usual = is_usual(d, x);
  const V product = hn::Mul(factor, usual_slope(Op{}, d, x));
  if (HWY_LIKELY(hn::AllTrue(d, usual))) return product;
  return hn::IfThenElse(usual, product, slope_far(d, factor, x));
}
template <falls_as_exp Op, class D, class V>
HWY_INLINE V apply(Op, D d, V x) {
  return apply(op::times<Op>{}, d, set(d, 1), x);
}
template <falls_as_exp Op, class D, class V>
HWY_INLINE V apply_to_itself(op::times<Op> times, D d, V x) {
  return apply(times, d, x, x);
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MATH_SLOPES_TOGGLE
