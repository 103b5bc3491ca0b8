// SPDX-License-Identifier: BSL-1.0
// Several operations of one argument, as sigmoid and its slope, by one exponential and one
// quotient: for the usual arguments, where e^x and e^-x are ordinary numbers.

#if defined(FUSOR_SIMD_MATH_EXP_PARTS_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_MATH_EXP_PARTS_TOGGLE
#undef FUSOR_SIMD_MATH_EXP_PARTS_TOGGLE
#else
#define FUSOR_SIMD_MATH_EXP_PARTS_TOGGLE
#endif

#include "fusor/simd/math/sigmoid-inl.hpp"
#include "fusor/simd/math/slopes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// e^(x + low) = scale (1 + tail). Both are computed in each of the two: a compiler finds that they
/// are the same.
template <bool IsExactAt0, class D, class V, class Low>
HWY_INLINE V exp_in_parts(D d, V x, Low low, V& scale) {
  constexpr bool uses_table = has_table<D> && !IsExactAt0;
  return exp_in_steps<true, 1, uses_table>(d, x, low, set(d, floating<lane<D>>::round), scale);
}
template <bool IsExactAt0, class D, class V, class Low = no_low>
HWY_INLINE V apply(op::exp_scale<IsExactAt0>, D d, V x, Low low = {}) {
  V scale;
  exp_in_parts<IsExactAt0>(d, x, low, scale);
  return scale;
}
template <bool IsExactAt0, class D, class V, class Low = no_low>
HWY_INLINE V apply(op::exp_tail<IsExactAt0>, D d, V x, Low low = {}) {
  V scale;
  return exp_in_parts<IsExactAt0>(d, x, low, scale);
}

template <class V>
HWY_INLINE V whole(V scale, V tail) {
  return hn::MulAdd(tail, scale, scale);
}
template <class D, class V>
HWY_INLINE V less_one(D d, V scale, V tail) {
  return hn::MulAdd(tail, scale, hn::Sub(scale, set(d, 1)));
}

template <class D, class V>
HWY_INLINE V apply(op::exp_complement, D d, V scale, V tail) {
  return hn::Div(set(d, 1), hn::Add(whole(scale, tail), set(d, 1)));
}

// Each by x, the parts of e^x, and 1 / (1 + e^x).

template <class D, class V>
HWY_INLINE V apply(op::by_exp_parts<op::exp>, D, V, V scale, V tail, V) {
  return whole(scale, tail);
}
template <class D, class V>
HWY_INLINE V apply(op::by_exp_parts<op::expm1>, D d, V x, V scale, V tail, V) {
  return hn::CopySign(less_one(d, scale, tail), x);
}
template <class D, class V>
HWY_INLINE V apply(op::by_exp_parts<op::sigmoid>, D d, V, V scale, V tail, V complement) {
  return unfused_product(d, whole(scale, tail), complement);
}
template <class D, class V>
HWY_INLINE V apply(op::by_exp_parts<op::sigmoid, -1>, D, V, V, V, V complement) {
  return complement;
}
/// sigmoid(x) sigmoid(-x) = v - v^2, where v is the smaller of the two.
template <class D, class V>
HWY_INLINE V apply(op::by_exp_parts<op::logistic_pdf>, D d, V, V scale, V tail, V complement) {
  const V smaller = at_most(d, complement, hn::Mul(whole(scale, tail), complement));
  return hn::NegMulAdd(smaller, smaller, smaller);
}
/// tanh(x / 2)
template <class D, class V>
HWY_INLINE V apply(op::by_exp_parts<op::tanh>, D d, V x, V scale, V tail, V complement) {
  return hn::CopySign(hn::Mul(less_one(d, scale, tail), complement), x);
}
/// With q = 1 / (1 + e^x) it is (1 - q^2) / (1 + q^2) = q (1 + q) e^x / (1 + q^2).
template <class D, class V>
HWY_INLINE V apply(op::by_exp_parts<op::tanh_softplus>, D d, V, V scale, V tail, V q) {
  const V one = set(d, 1);
  const V above = hn::Mul(hn::MulAdd(q, q, q), whole(scale, tail));
  return unfused_product(d, above, hn::Div(one, hn::MulAdd(q, q, one)));
}
/// Below 0 E q^2 (1 + x + E) with E = e^x, above 1 - q (1 - x + x q).
template <class D, class V>
HWY_INLINE V apply(op::by_exp_parts<op::silu_slope>, D d, V x, V scale, V tail, V q) {
  const V one = set(d, 1);
  const V e = whole(scale, tail);
  const V minus_x = hn::Neg(x);
  const V product = hn::Mul(hn::Mul(e, q), hn::Mul(q, hn::Add(hn::Add(one, x), e)));
  const V below = silu_slope_around_zero(d, minus_x, product);
  const V above = hn::MulAdd(q, hn::NegMulAdd(x, q, hn::Sub(x, one)), one);
  return hn::IfThenElse(hn::Lt(x, hn::Zero(d)), below, above);
}
template <class D, class V>
HWY_INLINE V apply(op::by_exp_parts<op::mish_slope>, D d, V x, V scale, V tail, V q) {
  const V one = set(d, 1);
  const V square = hn::Mul(q, q);
  return mish_slope_by(d, x, whole(scale, tail), hn::Add(square, one), square, hn::Sub(one, q));
}
template <class Op, int Sign, class D, class V>
HWY_INLINE V apply(op::by_exp_parts<op::times<Op>, Sign>, D d, V factor, V x, V scale, V tail,
                   V complement) {
  return unfused_product(d, factor,
                         apply(op::by_exp_parts<Op, Sign>{}, d, x, scale, tail, complement));
}

/// Whether that is so of several numbers.
template <class D, class V, class... Vs>
HWY_INLINE hn::Mask<D> is_usual(D d, V x, Vs... rest) {
  return hn::And(is_usual(d, x), is_usual(d, rest...));
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MATH_EXP_PARTS_TOGGLE
