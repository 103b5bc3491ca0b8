// SPDX-License-Identifier: BSL-1.0
// tanh, and what formulas with tanh become: tanh(softplus(x)), x - tanh(x).

#if defined(FUSOR_SIMD_MATH_TANH_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_MATH_TANH_TOGGLE
#undef FUSOR_SIMD_MATH_TANH_TOGGLE
#else
#define FUSOR_SIMD_MATH_TANH_TOGGLE
#endif

#include "fusor/simd/math/expm1-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// With m = e^(-2|x|) - 1 it is -m / (2 + m), with the sign of x.
template <class D, class V>
HWY_INLINE V apply(op::tanh, D d, V x) {
  const V limited = at_most(d, set(d, floating<lane<D>>::tanh_one), hn::Abs(x));
  const V m = expm1_core(d, hn::Mul(limited, set(d, -2)), no_low{});
  return hn::CopySign(hn::Div(m, hn::Add(m, set(d, 2))), x);
}

/// factor tanh(softplus(x)) = factor e (e + 2) / (e (e + 2) + 2) with e = e^x = p 2^k; what 2^k is
/// below 1 is multiplied last.
template <class D, class V, class Low>
HWY_INLINE V tanh_softplus_product(D d, V factor, V x, Low low, double lowest) {
  using limits = floating<lane<D>>;
  V k;
  const V p = exp_split_within(d, x, low, lowest, limits::sigmoid_one, k);
  const V two = set(d, 2);
  const V s = hn::Min(hn::Add(k, set(d, 1)), hn::Zero(d));
  const V least = set(d, 2 - (1 << (sizeof(lane<D>) == 4 ? 7 : 10)));
  const V q = scale_normal(d, p, hn::Sub(k, s));
  const V e = hn::Mul(q, pow2(d, hn::Max(s, least)));
  const V sum = hn::Add(e, two);
  const V ratio = hn::Div(hn::Mul(q, sum), hn::MulAdd(e, sum, two));
  return scale(d, hn::Mul(factor, ratio), s);
}

template <class D, class V, class Low = no_low>
HWY_INLINE V apply(op::tanh_softplus, D d, V x, Low low = {}) {
  return tanh_softplus_product(d, set(d, 1), x, low, floating<lane<D>>::exp_underflow);
}

template <class D, class V, class Low = no_low>
HWY_INLINE V apply(op::times<op::tanh_softplus>, D d, V factor, V x, Low low = {}) {
  const double lowest = floating<lane<D>>::product_underflow;
  const V finite = finite_where(d, hn::Lt(x, set(d, lowest)), factor);
  return tanh_softplus_product(d, finite, x, low, lowest);
}

template <class D, class V>
HWY_INLINE V apply_to_itself(op::times<op::tanh_softplus>, D d, V x) {
  const double lowest = floating<lane<D>>::exp_underflow * 1.06;
  const V limited = at_least(d, set(d, lowest), x);
  return tanh_softplus_product(d, limited, limited, no_low{}, lowest);
}

/// x - tanh(x): below 1 by its series, elsewhere (|x| - 1) + 2 E / (1 + E) with E = e^(-2|x|),
/// where |x| - 1 is exact as long as it matters.
template <class D, class V>
HWY_INLINE V apply(op::tanh_shrink, D d, V x) {
  using T = lane<D>;
  const V one = set(d, 1);
  const V t = hn::Abs(x);
  const V limited = at_most(d, set(d, floating<T>::tanh_one), t);
  const V square = hn::Mul(x, x);
  const V center =
      hn::Mul(hn::Mul(t, polynomial(d, square, coefficients::tanh_shrink_center<T>)), square);
  V k;
  const V p = exp_split(d, hn::Mul(limited, set(d, -2)), no_low{}, k);
  const V e = scale_normal(d, p, k);
  const V outside = hn::Add(hn::Sub(t, one), hn::Div(hn::Add(e, e), hn::Add(e, one)));
  return hn::CopySign(hn::IfThenElse(hn::Lt(t, one), center, outside), x);
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MATH_TANH_TOGGLE
