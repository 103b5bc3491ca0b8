// SPDX-License-Identifier: BSL-1.0
// erf, erfc, normal_cdf and normal_pdf.

#if defined(FUSOR_SIMD_MATH_ERF_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_MATH_ERF_TOGGLE
#undef FUSOR_SIMD_MATH_ERF_TOGGLE
#else
#define FUSOR_SIMD_MATH_ERF_TOGGLE
#endif

#include "fusor/simd/math/exp-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// e^(-t^2 rate) polynomial(w) / (t + 2) = (q + rest) 2^k with w = 1 - 4 / (t + 2), for finite t >=
/// 0, where the polynomial over t + 2 varies slowly. What roundings lose is carried along.
template <class D, class V, std::size_t Size>
HWY_INLINE V gaussian_tail(D d, V t, double rate, const lane<D> (&coefficients)[Size], V& rest,
                           V& k) {
  const V one = set(d, 1);
  const V two = set(d, 2);
  const V four = set(d, 4);
  const V sum = hn::Add(t, two);
  const V lost = hn::Sub(t, hn::Sub(sum, two));
  // 1 / (t + 2) = r + r_low.
  const V r = hn::Div(one, sum);
  const V r_low = hn::Mul(r, hn::NegMulAdd(lost, r, residual_of_product(d, sum, r, one)));
  const V w = hn::NegMulAdd(r_low, four, hn::NegMulAdd(r, four, one));
  // The polynomial, high + low, times that.
  V low;
  const V high =
      sum_with_product(d, hn::Set(d, coefficients[1]), polynomial<2>(d, w, coefficients), w, low);
  V error;
  const V q = two_product(d, r, high, error);
  const V q_low =
      hn::MulAdd(r, hn::Add(low, hn::Set(d, coefficients[0])), hn::MulAdd(r_low, high, error));
  // Times 1 + tail.
  const V square = two_product(d, t, t, error);
  const V minus_rate = set(d, -rate);
  const V tail = exp_tail_of(d, hn::Mul(square, minus_rate), hn::Mul(error, minus_rate), k);
  rest = product_plus(d, q, tail, hn::MulAdd(q_low, tail, q_low));
  return q;
}

/// erfc(t) for t >= 0.
template <class D, class V>
HWY_INLINE V erfc_tail(D d, V t) {
  V rest, k;
  const V q = gaussian_tail(d, t, 1, coefficients::erfc_tail<lane<D>>, rest, k);
  return scale(d, hn::Add(q, rest), k);
}

/// e^(-t^2 rate) = p 2^k for finite t.
template <class D, class V>
HWY_INLINE V gaussian_split(D d, V t, double rate, V& k) {
  V error;
  const V square = two_product(d, t, t, error);
  const V minus_rate = set(d, -rate);
  return exp_split(d, hn::Mul(square, minus_rate), hn::Mul(error, minus_rate), k);
}

/// Below 1 by its series, elsewhere 1 - erfc(|x|).
template <class D, class V>
HWY_INLINE V apply(op::erf, D d, V x) {
  using T = lane<D>;
  const V one = set(d, 1);
  const V t = size_of(d, x);
  const V limited = at_most(d, set(d, floating<T>::erfc_zero), t);
  const V above = polynomial(d, hn::Mul(limited, limited), coefficients::erf_center<T>);
  const V center = hn::MulAdd(t, above, t);
  const V outside = hn::Sub(one, erfc_tail(d, limited));
  return hn::CopySign(hn::IfThenElse(hn::Lt(t, one), center, outside), x);
}

template <class D, class V>
HWY_INLINE V apply(op::erfc, D d, V x) {
  const V tail = erfc_tail(d, at_most(d, set(d, floating<lane<D>>::erfc_zero), hn::Abs(x)));
  return hn::IfThenElse(hn::Lt(x, hn::Zero(d)), hn::Sub(set(d, 2), tail), tail);
}

/// factor normal_cdf(x): on the left normal_cdf(-|x|) times the factor, on the right the factor
/// less that.
template <class D, class V>
HWY_INLINE V normal_cdf_product(D d, V factor, V x, double zero_from) {
  // The size of x, but a NaN keeps its sign, as it does in the factor.
  const V limited = at_most(d, set(d, zero_from), size_of(d, x));
  V rest, k;
  const V q = gaussian_tail(d, limited, 0.5, coefficients::normal_tail<lane<D>>, rest, k);
  const V left = scale(d, product_plus(d, factor, q, hn::Mul(factor, rest)), k);
  return hn::IfThenElse(hn::Lt(x, hn::Zero(d)), left, hn::Sub(factor, left));
}

// The limit is that of the product, so that the density beside it shares the exponential.
template <class D, class V>
HWY_INLINE V apply(op::normal_cdf, D d, V x) {
  return normal_cdf_product(d, set(d, 1), x, floating<lane<D>>::normal_cdf_product_zero);
}

template <class D, class V>
HWY_INLINE V apply(op::times<op::normal_cdf>, D d, V factor, V x) {
  const double zero_from = floating<lane<D>>::normal_cdf_product_zero;
  const V finite = finite_where(d, hn::Lt(x, set(d, -zero_from)), factor);
  return normal_cdf_product(d, finite, x, zero_from);
}

/// x normal_cdf(x) and the like, where x is no smaller than what gives the limit.
template <class D, class V>
HWY_INLINE V apply_to_itself(op::times<op::normal_cdf>, D d, V x) {
  const double zero_from = floating<lane<D>>::normal_cdf_product_zero;
  return normal_cdf_product(d, at_least(d, set(d, -zero_from), x), x, zero_from);
}

/// factor e^(-x^2 / 2) / sqrt(2 pi).
template <class D, class V>
HWY_INLINE V apply(op::times<op::normal_pdf>, D d, V factor, V x) {
  const double zero_from = floating<lane<D>>::normal_cdf_product_zero;
  const V limited = at_most(d, set(d, zero_from), size_of(d, x));
  V k;
  const V p = gaussian_split(d, limited, 0.5, k);
  const V finite = finite_where(d, hn::Gt(hn::Abs(x), set(d, zero_from)), factor);
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

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MATH_ERF_TOGGLE
