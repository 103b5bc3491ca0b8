// SPDX-License-Identifier: BSL-1.0
// Operations that are within 2^-22 max(1, |result|) in float, 2^-51 in double: what is small need
// not be exact, but the limits are.

#if defined(FUSOR_SIMD_MATH_RELAXED_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_MATH_RELAXED_TOGGLE
#undef FUSOR_SIMD_MATH_RELAXED_TOGGLE
#else
#define FUSOR_SIMD_MATH_RELAXED_TOGGLE
#endif

#include "fusor/simd/math/erf-inl.hpp"
#include "fusor/simd/math/relaxed_coefficients.hpp"
#include "fusor/simd/math/sigmoid-inl.hpp"
#include "fusor/simd/math/slopes-inl.hpp"
#include "fusor/simd/math/tanh-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// e^x for x in [-usual, usual], and 0 at -usual, so that what it leads to is exactly the limit.
template <class D, class V>
HWY_INLINE V exp_or_zero(D d, V x) {
  using limits = floating<lane<D>>;
  const V e = exp_shifted<false>(d, x, no_low{}, set(d, limits::round));
  return at_least(d, hn::Zero(d), hn::Sub(e, set(d, limits::exp_negligible)));
}

/// 1 - 2 / (e^(2 x) + 1); by pieces as ever, where they are quicker.
template <class D, class V>
HWY_INLINE V apply(op::relaxed_op<op::tanh>, D d, V x) {
  constexpr int pieces = piece_count<lane<D>>;
  if constexpr (pieces > 8) {
    return apply(op::tanh{}, d, x);
  } else {
    const double one_from = floating<lane<D>>::tanh_one;
    const V one = set(d, 1);
    const V limited = at_most(d, set(d, one_from), at_least(d, set(d, -one_from), x));
    const V e = exp_shifted<false>(d, hn::Add(limited, limited), no_low{},
                                   set(d, floating<lane<D>>::round));
    return hn::CopySign(hn::Sub(one, hn::Div(set(d, 2), hn::Add(e, one))), x);
  }
}

/// factor / (1 + e^-x) for the usual x, else as ever, lane by lane.
template <class D, class V, class AsEver>
HWY_INLINE V relaxed_sigmoid_product(D d, V factor, V x, AsEver as_ever) {
  const auto usual = is_usual(d, x);
  const V e = exp_shifted<false, -1>(d, x, no_low{}, set(d, floating<lane<D>>::round));
  const V quotient = hn::Div(factor, hn::Add(e, set(d, 1)));
  if (HWY_LIKELY(hn::AllTrue(d, usual))) return quotient;
  return hn::IfThenElse(usual, quotient, as_ever());
}
template <class D, class V>
HWY_INLINE V apply(op::relaxed_op<op::sigmoid>, D d, V x) {
  return relaxed_sigmoid_product(d, set(d, 1), x, [&] { return apply(op::sigmoid{}, d, x); });
}
template <class D, class V>
HWY_INLINE V apply(op::times<op::relaxed_op<op::sigmoid>>, D d, V factor, V x) {
  return relaxed_sigmoid_product(d, factor, x,
                                 [&] { return apply(op::times<op::sigmoid>{}, d, factor, x); });
}
template <class D, class V>
HWY_INLINE V apply_to_itself(op::times<op::relaxed_op<op::sigmoid>>, D d, V x) {
  return relaxed_sigmoid_product(d, x, x,
                                 [&] { return apply_to_itself(op::times<op::sigmoid>{}, d, x); });
}

template <class D, class V>
HWY_INLINE V apply(op::relaxed_op<op::softplus>, D d, V x) {
  const V least = set(d, -floating<lane<D>>::sigmoid_usual);
  const V e = exp_or_zero(d, at_least(d, least, negative_size_of(d, x)));
  const V middle = hn::Sub(e, set(d, 0.5));
  const V tail = polynomial(d, middle, coefficients::relaxed_log1p_fraction<lane<D>>);
  return hn::Add(at_least(d, hn::Zero(d), x), hn::MulAdd(hn::Mul(e, e), tail, e));
}

/// n / (n + 2) with n = e (e + 2) and e = e^x.
template <class D, class V>
HWY_INLINE V relaxed_tanh_softplus(D d, V limited) {
  const V two = set(d, 2);
  const V e = exp_or_zero(d, at_most(d, set(d, floating<lane<D>>::sigmoid_one), limited));
  const V n = hn::Mul(e, hn::Add(e, two));
  return hn::Div(n, hn::Add(n, two));
}
template <class D, class V>
HWY_INLINE V apply(op::relaxed_op<op::tanh_softplus>, D d, V x) {
  const V least = set(d, -floating<lane<D>>::sigmoid_usual);
  return relaxed_tanh_softplus(d, at_least(d, least, x));
}
template <class D, class V>
HWY_INLINE V apply(op::times<op::relaxed_op<op::tanh_softplus>>, D d, V factor, V x) {
  const V least = set(d, -floating<lane<D>>::sigmoid_usual);
  const V finite = finite_where(d, hn::Le(x, least), factor);
  return unfused_product(d, finite, relaxed_tanh_softplus(d, at_least(d, least, x)));
}
template <class D, class V>
HWY_INLINE V apply_to_itself(op::times<op::relaxed_op<op::tanh_softplus>>, D d, V x) {
  const V limited = at_least(d, set(d, -floating<lane<D>>::sigmoid_usual), x);
  return unfused_product(d, limited, relaxed_tanh_softplus(d, limited));
}

/// normal_cdf(-t) for t >= 0, 0 where that is all that matters.
template <class D, class V>
HWY_INLINE V relaxed_normal_tail(D d, V t) {
  const V limited = at_most(d, set(d, floating<lane<D>>::normal_negligible), t);
  if constexpr (has_pieces<D>) {
    return piecewise<coefficients::normal_pieces<piece_count<lane<D>>>>(d, limited);
  } else {
    const V half_square = hn::Mul(hn::Mul(limited, limited), set(d, -0.5));
    const V sum = hn::Add(limited, set(d, 2));
    const V w = hn::Sub(set(d, 1), hn::Div(set(d, 4), sum));
    const V series = polynomial(d, w, coefficients::relaxed_normal_tail<lane<D>>);
    const V e = exp_shifted<false>(d, half_square, no_low{}, set(d, floating<lane<D>>::round));
    const V tail = hn::Mul(e, series);
    return hn::IfThenZeroElse(hn::Ge(t, set(d, floating<lane<D>>::normal_negligible)), tail);
  }
}
template <class D, class V>
HWY_INLINE V apply(op::relaxed_op<op::normal_cdf>, D d, V x) {
  return by_symmetry(d, x, relaxed_normal_tail(d, size_of(d, x)));
}
template <class D, class V>
HWY_INLINE V apply_to_itself(op::times<op::relaxed_op<op::normal_cdf>>, D d, V x) {
  const V t = at_most(d, set(d, floating<lane<D>>::normal_negligible), hn::Abs(x));
  const V above = at_least(d, hn::Zero(d), x);
  return hn::CopySign(hn::NegMulAdd(t, relaxed_normal_tail(d, t), above), x);
}

/// s + x s sigmoid(-x) with s = sigmoid(x), for the usual x.
template <class D, class V>
HWY_INLINE V apply(op::relaxed_op<op::silu_slope>, D d, V x) {
  const V one = set(d, 1);
  const auto usual = is_usual(d, x);
  const V e = exp_shifted<false, -1>(d, x, no_low{}, set(d, floating<lane<D>>::round));
  const V s = hn::Div(one, hn::Add(e, one));
  const V slope = hn::MulAdd(hn::Mul(x, s), hn::Mul(e, s), s);
  if (HWY_LIKELY(hn::AllTrue(d, usual))) return slope;
  return hn::IfThenElse(usual, slope, apply(op::silu_slope{}, d, x));
}
/// With d = e^x (e^x + 2) + 2 it is 1 - 2 / d + 4 x e^x (1 + e^x) / d^2.
template <class D, class V>
HWY_INLINE V apply(op::relaxed_op<op::mish_slope>, D d, V x) {
  using limits = floating<lane<D>>;
  const V one = set(d, 1);
  const V two = set(d, 2);
  const V limited =
      at_most(d, set(d, 2 * limits::sigmoid_one), at_least(d, set(d, -limits::sigmoid_usual), x));
  const V e = exp_or_zero(d, limited);
  const V n = hn::Mul(e, hn::Add(e, two));
  const V half = hn::Div(one, hn::Add(n, two));
  const V both = hn::Add(half, half);
  const V bend = hn::Mul(hn::Mul(limited, both), hn::Mul(both, hn::MulAdd(e, e, e)));
  return hn::MulAdd(n, half, bend);
}
/// Below 0 normal_cdf(x) + x normal_pdf(x), or e^(-x^2 / 2) times the difference that the exact one
/// takes.
template <class D, class V>
HWY_INLINE V apply(op::relaxed_op<op::gelu_slope>, D d, V x) {
  const V t = at_most(d, set(d, floating<lane<D>>::normal_negligible), hn::Abs(x));
  const V half_square = hn::Mul(hn::Mul(t, t), set(d, -0.5));
  const V e = exp_shifted<false>(d, half_square, no_low{}, set(d, floating<lane<D>>::round));
  V sum;
  if constexpr (has_pieces<D>) {
    sum = hn::Mul(e, tail_beyond_line(d, t));
  } else {
    const V density = hn::Mul(e, set(d, floating<lane<D>>::normal_density));
    sum = hn::NegMulAdd(t, density, relaxed_normal_tail(d, t));
  }
  const V below = hn::IfThenZeroElse(hn::Ge(t, set(d, floating<lane<D>>::normal_negligible)), sum);
  return by_symmetry(d, x, below);
}

template <class Op>
concept slope_with_zero = falls_as_exp<Op> || std::is_same_v<Op, op::gelu_slope>;

/// A product with what is 0 far to the left.
template <class Op, class D, class V>
requires(slope_with_zero<Op> || std::is_same_v<Op, op::normal_cdf>) HWY_INLINE V
    apply(op::times<op::relaxed_op<Op>>, D d, V factor, V x) {
  const V value = apply(op::relaxed_op<Op>{}, d, x);
  return unfused_product(d, finite_where(d, hn::Eq(value, hn::Zero(d)), factor), value);
}
template <slope_with_zero Op, class D, class V>
HWY_INLINE V apply_to_itself(op::times<op::relaxed_op<Op>> times, D d, V x) {
  return apply(times, d, x, x);
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MATH_RELAXED_TOGGLE
