// SPDX-License-Identifier: BSL-1.0
// sigmoid and its slope, alone and with a factor.

#if defined(FUSOR_SIMD_MATH_SIGMOID_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_MATH_SIGMOID_TOGGLE
#undef FUSOR_SIMD_MATH_SIGMOID_TOGGLE
#else
#define FUSOR_SIMD_MATH_SIGMOID_TOGGLE
#endif

#include "fusor/simd/math/exp-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// (1 + e^-x) 2^-s, for x from where sigmoid(x) is 0 to where it is 1: neither e^-x nor its inverse
/// overflows, and the inverse is not subnormal.
template <class D, class V, class Low>
HWY_INLINE V sigmoid_denominator(D d, V x, Low low) {
  using limits = floating<lane<D>>;
  const V power = set(d, limits::round - steps_of_two<D> * limits::sigmoid_shift);
  return exp_plus<-1>(d, x, negate(low), power, set(d, limits::sigmoid_scale));
}

template <class D, class V, class Low = no_low>
HWY_INLINE V apply(op::sigmoid, D d, V x, Low low = {}) {
  using limits = floating<lane<D>>;
  const V lowest = set(d, limits::exp_underflow * 1.06);
  const V limited = at_most(d, set(d, limits::sigmoid_one), at_least(d, lowest, x));
  const auto kept = low_within(d, x, low, -limits::exp_underflow);
  return hn::Div(set(d, limits::sigmoid_scale), sigmoid_denominator(d, limited, kept));
}

/// Whether 1 + e^-x can be computed as it is. Where it can in some lanes only, these get the same
/// bits all the same: scaling by powers of two rounds nothing there.
template <class D, class V>
HWY_INLINE bool is_sigmoid_usual(D d, V x) {
  return HWY_LIKELY(hn::AllTrue(d, is_usual(d, x)));
}

/// The power of two that keeps e^x far left of 0 among the ordinary numbers; 0 for the usual x.
template <class D, class V>
HWY_INLINE V far_shift(D d, V x) {
  using limits = floating<lane<D>>;
  const V far =
      hn::IfThenElse(hn::Lt(x, set(d, limits::sigmoid_farther)),
                     set(d, limits::sigmoid_farther_shift), set(d, limits::sigmoid_far_shift));
  return hn::IfThenElseZero(hn::Lt(x, set(d, -limits::sigmoid_usual)), far);
}

/// x sigmoid(x). For the usual x, a plain quotient.
template <class D, class V>
HWY_INLINE V apply_to_itself(op::times<op::sigmoid>, D d, V x) {
  using limits = floating<lane<D>>;
  V limited = x;
  V power = set(d, limits::round);
  V unit = set(d, 1);
  const bool is_usual = is_sigmoid_usual(d, x);
  if (!is_usual) {
    limited = at_least(d, set(d, limits::exp_underflow * 1.06), x);
    power = set(d, limits::round - steps_of_two<D> * limits::sigmoid_shift);
    unit = set(d, limits::sigmoid_scale);
  }
  const V quotient = hn::Div(limited, exp_plus<-1>(d, limited, no_low{}, power, unit));
  if (is_usual) return quotient;
  return hn::IfThenElse(hn::Lt(x, set(d, limits::sigmoid_one)), hn::Mul(quotient, unit), x);
}

/// factor / (1 + e^-x). Far to the left the 1 does not matter, and e^-x is computed less a power of
/// two by which the quotient is divided last: so e^-x stays between 1 and the largest number, and
/// nothing overflows or underflows before the product does.
template <class D, class V, class Low = no_low>
HWY_INLINE V apply(op::times<op::sigmoid>, D d, V factor, V x, Low low = {}) {
  using limits = floating<lane<D>>;
  V finite = factor;
  V limited = x;
  Low kept = low;
  V power = set(d, limits::round);
  V shift = hn::Zero(d);
  V unit = set(d, 1);
  const bool is_usual = is_sigmoid_usual(d, x);
  if (!is_usual) {
    const V lowest = set(d, limits::product_underflow);
    finite = finite_where(d, hn::Lt(x, lowest), factor);
    limited = at_most(d, set(d, limits::sigmoid_one), at_least(d, lowest, x));
    kept = low_within(d, x, low, -limits::product_underflow);
    shift = far_shift(d, limited);
    power = hn::NegMulAdd(shift, set(d, steps_of_two<D>), power);
    unit = hn::IfThenElseZero(hn::Eq(shift, hn::Zero(d)), unit);
  }
  const V quotient = hn::Div(finite, exp_plus<-1>(d, limited, negate(kept), power, unit));
  return is_usual ? quotient : scale(d, quotient, hn::Neg(shift));
}

/// factor E / (1 + E)^2 with E = e^-|x|. Far from 0 the 1 is all that matters below, and E is
/// computed times a power of two by which the quotient is divided last, as in factor * sigmoid(x).
template <class D, class V, class Low>
HWY_INLINE V logistic_pdf_product(D d, V factor, V x, Low low, double lowest) {
  using limits = floating<lane<D>>;
  V below = negative_size_of(d, x);
  Low kept = negate_where(hn::Gt(x, hn::Zero(d)), low);
  V power = set(d, limits::round);
  V shift = hn::Zero(d);
  const bool is_usual = is_sigmoid_usual(d, x);
  if (!is_usual) {
    kept = low_within(d, below, kept, -lowest);
    below = at_least(d, set(d, lowest), below);
    shift = far_shift(d, below);
    power = hn::MulAdd(shift, set(d, steps_of_two<D>), power);
  }
  V step;
  const V tail = exp_in_steps<false, 1, has_table<D>>(d, below, kept, power, step);
  const V scaled = hn::MulAdd(tail, step, step);
  const V e = is_usual ? scaled : hn::IfThenElseZero(hn::Eq(shift, hn::Zero(d)), scaled);
  // Where the square is close to 1, what rounding it loses goes to the dividend.
  V lost;
  const V square = sum_with_product(d, set(d, 1), e, hn::Add(e, set(d, 2)), lost);
  const V kept_lost = hn::IfThenElseZero(hn::Lt(e, set(d, 0.2)), lost);
  const V scaled_factor = hn::Mul(factor, step);
  // The quotient last: a product might be fused into a sum that follows, or not.
  const V quotient =
      hn::Div(hn::MulAdd(scaled_factor, hn::Sub(tail, kept_lost), scaled_factor), square);
  return is_usual ? quotient : scale(d, quotient, hn::Neg(shift));
}

template <class D, class V, class Low = no_low>
HWY_INLINE V apply(op::logistic_pdf, D d, V x, Low low = {}) {
  return logistic_pdf_product(d, set(d, 1), x, low, floating<lane<D>>::exp_underflow);
}

template <class D, class V, class Low = no_low>
HWY_INLINE V apply(op::times<op::logistic_pdf>, D d, V factor, V x, Low low = {}) {
  const double lowest = floating<lane<D>>::product_underflow;
  const V finite = finite_where(d, hn::Gt(hn::Abs(x), set(d, -lowest)), factor);
  // An infinite product and what it lost of another sign are no number.
  return number_or(logistic_pdf_product(d, finite, x, low, lowest), hn::Add(finite, x));
}

template <class D, class V>
HWY_INLINE V apply_to_itself(op::times<op::logistic_pdf>, D d, V x) {
  return apply(op::times<op::logistic_pdf>{}, d, x, x);
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MATH_SIGMOID_TOGGLE
