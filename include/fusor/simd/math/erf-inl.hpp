// SPDX-License-Identifier: BSL-1.0
// erf, erfc, normal_cdf, normal_pdf and gelu_slope.

#if defined(FUSOR_SIMD_MATH_ERF_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_MATH_ERF_TOGGLE
#undef FUSOR_SIMD_MATH_ERF_TOGGLE
#else
#define FUSOR_SIMD_MATH_ERF_TOGGLE
#endif

#include "fusor/simd/math/exp-inl.hpp"
#include "fusor/simd/math/piecewise-inl.hpp"
#include "fusor/simd/math/zeros_coefficients.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// e^(-t^2 rate) = 2^k (1 + tail) for finite t.
template <class D, class V>
HWY_INLINE V gaussian_tail_of(D d, V t, double rate, V& k) {
  V error;
  const V square = two_product(d, t, t, error);
  const V minus_rate = set(d, -rate);
  return exp_tail_of(d, hn::Mul(square, minus_rate), hn::Mul(error, minus_rate), k);
}

/// polynomial(w) / (t + 2) with w = 1 - 4 / (t + 2), for finite t >= 0. What roundings lose is in
/// `low`.
template <class D, class V, std::size_t Size>
HWY_INLINE V tail_quotient(D d, V t, const lane<D> (&coefficients)[Size], V& low) {
  const V one = set(d, 1);
  const V two = set(d, 2);
  const V four = set(d, 4);
  const V sum = hn::Add(t, two);
  const V lost = hn::Sub(t, hn::Sub(sum, two));
  // 1 / (t + 2) = r + r_low.
  const V r = hn::Div(one, sum);
  const V r_low = hn::Mul(r, hn::NegMulAdd(lost, r, residual_of_product(d, sum, r, one)));
  const V w = hn::NegMulAdd(r_low, four, hn::NegMulAdd(r, four, one));
  V slope_low, series_low, error;
  const V slope = sum_with_product(d, hn::Set(d, coefficients[2]),
                                   polynomial<3>(d, w, coefficients), w, slope_low);
  const V series = sum_with_product(d, hn::Set(d, coefficients[1]), slope, w, series_low);
  series_low = hn::Add(hn::MulAdd(slope_low, w, series_low), hn::Set(d, coefficients[0]));
  const V q = two_product(d, r, series, error);
  low = hn::MulAdd(r, series_low, hn::MulAdd(r_low, series, error));
  return q;
}

/// e^(-t^2 rate) q(t) = (q + rest) 2^k for finite t >= 0, where q varies slowly: that of a table of
/// pieces, or of a quotient. What roundings lose is carried along.
template <class Pieces, class D, class V, std::size_t Size>
HWY_INLINE V gaussian_tail(D d, V t, double rate, const lane<D> (&coefficients)[Size], V& rest,
                           V& k) {
  const V tail = gaussian_tail_of(d, t, rate, k);
  if constexpr (has_pieces<D>) {
    V slope, u;
    const V q = piecewise<Pieces>(d, t, slope, u);
    const V whole = hn::MulAdd(slope, u, q);
    constexpr int pieces = piece_count<lane<D>>;
    if constexpr (pieces > 8) {
      rest = hn::MulAdd(whole, tail, hn::Mul(slope, u));
    } else {
      // In wide pieces what is beyond the point is as large.
      rest = hn::MulAdd(slope, u, hn::Mul(whole, tail));
    }
    return q;
  } else {
    V low;
    const V q = tail_quotient(d, t, coefficients, low);
    rest = product_plus(d, q, tail, hn::MulAdd(low, tail, low));
    return q;
  }
}

/// erfc(t) for t >= 0.
template <class D, class V>
HWY_INLINE V erfc_tail(D d, V t) {
  V rest, k;
  const V q = gaussian_tail<coefficients::erfc_tail_pieces<piece_count<lane<D>>>>(
      d, t, 1, coefficients::erfc_tail<lane<D>>, rest, k);
  return scale(d, hn::Add(q, rest), k);
}

/// By pieces, or below 1 by its series, elsewhere 1 - erfc(|x|).
template <class D, class V>
HWY_INLINE V apply(op::erf, D d, V x) {
  using T = lane<D>;
  const V t = has_pieces<D> ? hn::Abs(x) : size_of(d, x);
  if constexpr (has_pieces<D>) {
    // It is 1 from 4 up.
    return hn::CopySign(piecewise<coefficients::erf_pieces<piece_count<lane<D>>>>(
                            d, at_most(d, set(d, sizeof(T) == 4 ? 5.5 : 7), t)),
                        x);
  } else {
    const V one = set(d, 1);
    const V limited = at_most(d, set(d, floating<T>::erfc_zero), t);
    const V above = polynomial(d, hn::Mul(limited, limited), coefficients::erf_center<T>);
    const V center = hn::MulAdd(t, above, t);
    const V outside = hn::Sub(one, erfc_tail(d, limited));
    return hn::CopySign(hn::IfThenElse(hn::Lt(t, one), center, outside), x);
  }
}

template <class D, class V>
HWY_INLINE V apply(op::erfc, D d, V x) {
  const V tail = erfc_tail(d, at_most(d, set(d, floating<lane<D>>::erfc_zero), hn::Abs(x)));
  return hn::IfThenElse(hn::Lt(x, hn::Zero(d)), hn::Sub(set(d, 2), tail), tail);
}

/// factor normal_cdf(-t) for t >= 0.
template <class D, class V>
HWY_INLINE V normal_tail_product(D d, V factor, V t) {
  V rest, k;
  const V q = gaussian_tail<coefficients::normal_tail_pieces<piece_count<lane<D>>>>(
      d, t, 0.5, coefficients::normal_tail<lane<D>>, rest, k);
  return scale(d, product_plus(d, factor, q, hn::Mul(factor, rest)), k);
}

/// Normal_cdf(-|x|) is so small from here up that the product with any factor is 0: one limit for
/// all, so that the density beside it shares the exponential.
template <class D>
inline constexpr double normal_zero = floating<lane<D>>::normal_cdf_product_zero;

template <class D, class V>
HWY_INLINE V apply(op::normal_cdf, D d, V x) {
  // The size of x, but a NaN keeps its sign.
  const V t = at_most(d, set(d, normal_zero<D>), size_of(d, x));
  const V one = set(d, 1);
  return by_symmetry(d, x, normal_tail_product(d, one, t));
}

template <class D, class V>
HWY_INLINE V apply(op::times<op::normal_cdf>, D d, V factor, V x) {
  const V t = at_most(d, set(d, normal_zero<D>), size_of(d, x));
  const V finite = finite_where(d, hn::Lt(x, set(d, -normal_zero<D>)), factor);
  const V tail = normal_tail_product(d, finite, t);
  const V right = number_or(hn::Sub(factor, tail), hn::Add(factor, t));
  return hn::IfThenElse(hn::Lt(x, hn::Zero(d)), tail, right);
}

/// x normal_cdf(x) = max(x, 0) - |x| normal_cdf(-|x|).
template <class D, class V>
HWY_INLINE V apply_to_itself(op::times<op::normal_cdf>, D d, V x) {
  const V t = at_most(d, set(d, normal_zero<D>), hn::Abs(x));
  return hn::CopySign(hn::Sub(at_least(d, hn::Zero(d), x), normal_tail_product(d, t, t)), x);
}

/// factor e^(-x^2 / 2) / sqrt(2 pi).
template <class D, class V>
HWY_INLINE V apply(op::times<op::normal_pdf>, D d, V factor, V x) {
  const V limited = at_most(d, set(d, normal_zero<D>), size_of(d, x));
  V k;
  const V p = hn::Add(gaussian_tail_of(d, limited, 0.5, k), set(d, 1));
  const V finite = finite_where(d, hn::Gt(hn::Abs(x), set(d, normal_zero<D>)), factor);
  const V low = hn::Mul(p, set(d, floating<lane<D>>::normal_density_low));
  const V density = product_plus(d, p, set(d, floating<lane<D>>::normal_density), low);
  return scale(d, hn::Mul(finite, density), k);
}

template <class D, class V>
HWY_INLINE V apply(op::normal_pdf, D d, V x) {
  return apply(op::times<op::normal_pdf>{}, d, set(d, 1), x);
}

template <class D, class V>
HWY_INLINE V apply_to_itself(op::times<op::normal_pdf>, D d, V x) {
  return apply(op::times<op::normal_pdf>{}, d, x, x);
}

/// normal_cdf(-t) e^(t^2 / 2) - t / sqrt(2 pi) for t >= 0, with the digits of its zero.
template <class D, class V>
HWY_INLINE V tail_beyond_line(D d, V t) {
  using T = lane<D>;
  const V density = set(d, floating<T>::normal_density);
  if constexpr (has_pieces<D>) {
    using pieces = coefficients::normal_tail_pieces<piece_count<T>>;
    V slope, u;
    piecewise<pieces>(d, t, slope, u);
    const V at_point = look_up_piece(d, piece_at<pieces>(d, t), pieces::beyond_line);
    return hn::MulAdd(hn::Sub(slope, density), u, at_point);
  } else {
    V low;
    const V q = tail_quotient(d, t, coefficients::normal_tail<T>, low);
    low = hn::NegMulAdd(t, set(d, floating<T>::normal_density_low), low);
    const V outside = hn::Add(hn::NegMulAdd(t, density, q), low);
    return around_zero(d, t, floating<T>::gelu_slope_zero, 0.375, 1.625,
                       coefficients::gelu_slope_center<T>, outside);
  }
}

/// gelu_slope(-t) = m 2^k for t >= 0. Returns m, which is below 32.
template <class D, class V>
HWY_INLINE V gelu_slope_split(D d, V t, V& k) {
  const V tail = gaussian_tail_of(d, t, 0.5, k);
  const V q = tail_beyond_line(d, t);
  return hn::MulAdd(q, tail, q);
}

/// With the argument that x normal_cdf(x) has, so that one beside the other shares the exponential
/// and the pieces.
template <class D, class V>
HWY_INLINE V apply(op::gelu_slope, D d, V x) {
  V k;
  const V m = gelu_slope_split(d, at_most(d, set(d, normal_zero<D>), hn::Abs(x)), k);
  return by_symmetry(d, x, scale(d, m, k));
}

/// Where the slope does not underflow, a product; else, lane by lane, the power of two last.
template <class D, class V>
HWY_INLINE V apply(op::times<op::gelu_slope>, D d, V factor, V x) {
  const V t = at_most(d, set(d, normal_zero<D>), hn::Abs(x));
  const auto usual = hn::Lt(t, set(d, floating<lane<D>>::gelu_slope_usual));
  V k;
  const V m = gelu_slope_split(d, t, k);
  const V product = hn::Mul(factor, by_symmetry(d, x, scale(d, m, k)));
  if (HWY_LIKELY(hn::AllTrue(d, usual))) return product;
  const V finite = finite_where(d, hn::Lt(x, set(d, -normal_zero<D>)), factor);
  const V far = hn::IfThenElse(hn::Lt(x, hn::Zero(d)), scaled_product<5>(d, finite, m, k),
                               hn::IfThenElse(hn::Eq(x, x), factor, x));
  return hn::IfThenElse(usual, product, far);
}
template <class D, class V>
HWY_INLINE V apply_to_itself(op::times<op::gelu_slope>, D d, V x) {
  return apply(op::times<op::gelu_slope>{}, d, x, x);
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MATH_ERF_TOGGLE
