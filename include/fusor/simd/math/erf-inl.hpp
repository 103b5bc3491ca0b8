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

/// polynomial(w) / (t + c) with w = 1 - 2 c / (t + c), for t >= 0. The reciprocal is corrected for
/// what t + c and the division lost, because the result depends on it more than once.
template <class D, class V, std::size_t Size>
HWY_INLINE V scaled_tail(D d, V t, double c, const lane<D> (&coefficients)[Size]) {
  const V one = set(d, 1);
  const V rounded_c = set(d, c);
  const V c_low = set(d, c - static_cast<double>(static_cast<lane<D>>(c)));
  const V sum = hn::Add(t, rounded_c);
  const V lost = hn::Add(hn::Sub(t, hn::Sub(sum, rounded_c)), c_low);
  const V estimate = hn::Div(one, sum);
  const V residual = hn::NegMulAdd(lost, estimate, residual_of_product(d, sum, estimate, one));
  const V r = hn::MulAdd(estimate, residual, estimate);
  const V w = hn::NegMulAdd(r, set(d, 2 * c), one);
  return hn::Mul(r, polynomial(d, w, coefficients));
}

/// erfc(t) e^(t^2) for t >= 0.
template <class D, class V>
HWY_INLINE V erfc_tail(D d, V t) {
  return scaled_tail(d, t, 1.5, coefficients::erfc_tail<lane<D>>);
}

/// normal_cdf(-t) e^(t^2 / 2) for t >= 0.
template <class D, class V>
HWY_INLINE V normal_tail(D d, V t) {
  return scaled_tail(d, t, 2.1213203435596426, coefficients::normal_tail<lane<D>>);
}

/// e^(-t^2 rate) = p 2^k for finite t.
template <class D, class V>
HWY_INLINE V gaussian_split(D d, V t, double rate, V& k) {
  V error;
  const V square = two_product(d, t, t, error);
  const V minus_rate = set(d, -rate);
  return exp_split(d, hn::Mul(square, minus_rate), hn::Mul(error, minus_rate), k);
}

/// erf(x) / x for |x| <= 1.
template <class D, class V>
HWY_INLINE V erf_center(D d, V x) {
  return polynomial(d, hn::Mul(x, x), coefficients::erf_center<lane<D>>);
}

template <class D, class V>
HWY_INLINE V apply(op::erf, D d, V x) {
  using T = lane<D>;
  const V one = set(d, 1);
  const V t = hn::Abs(x);
  const V limited = at_most(d, set(d, floating<T>::erfc_zero), t);
  const V center = hn::Mul(t, erf_center(d, limited));
  V k;
  const V p = gaussian_split(d, limited, 1, k);
  const V outside = hn::Sub(one, scale(d, hn::Mul(p, erfc_tail(d, limited)), k));
  return hn::CopySign(hn::IfThenElse(hn::Lt(t, one), center, outside), x);
}

template <class D, class V>
HWY_INLINE V apply(op::erfc, D d, V x) {
  const V limited = at_most(d, set(d, floating<lane<D>>::erfc_zero), hn::Abs(x));
  V k;
  const V p = gaussian_split(d, limited, 1, k);
  const V tail = scale(d, hn::Mul(p, erfc_tail(d, limited)), k);
  const V sides = hn::IfThenElse(hn::Lt(x, hn::Zero(d)), hn::Sub(set(d, 2), tail), tail);
  const V center = hn::NegMulAdd(x, erf_center(d, limited), set(d, 1));
  return hn::IfThenElse(hn::Lt(limited, set(d, 0.4)), center, sides);
}

/// factor normal_cdf(x). On the left it is p q 2^k, where q varies slowly and 2^k is multiplied
/// last; on the right, 1 minus that.
template <class D, class V>
HWY_INLINE V normal_cdf_product(D d, V factor, V x, double zero_from) {
  // The size of x, but a NaN keeps its sign, as it does in the factor.
  const V limited = at_most(d, set(d, zero_from), size_of(d, x));
  V k;
  const V p = gaussian_split(d, limited, 0.5, k);
  const V u = hn::Mul(limited, set(d, 0.70710678118654752));
  const V tail = hn::Mul(p, normal_tail(d, limited));
  const auto left = hn::Lt(x, hn::Zero(d));
  const V right = hn::Sub(set(d, 1), scale(d, tail, k));
  const V half = set(d, 0.5);
  const V center = hn::MulAdd(hn::Mul(x, set(d, 0.35355339059327376)), erf_center(d, u), half);
  const auto is_center = hn::Lt(limited, half);
  const V sides = hn::IfThenElse(left, tail, right);
  const V mantissa = hn::IfThenElse(is_center, center, sides);
  const V exponent = hn::IfThenElseZero(hn::AndNot(is_center, left), k);
  return scale(d, hn::Mul(factor, mantissa), exponent);
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
  return scale(d, hn::Mul(finite, hn::Mul(p, set(d, 0.39894228040143267794))), k);
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
