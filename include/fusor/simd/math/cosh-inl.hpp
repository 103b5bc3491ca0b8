// SPDX-License-Identifier: BSL-1.0
// cosh, sinh, log_cosh.

#if defined(FUSOR_SIMD_MATH_COSH_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_MATH_COSH_TOGGLE
#undef FUSOR_SIMD_MATH_COSH_TOGGLE
#else
#define FUSOR_SIMD_MATH_COSH_TOGGLE
#endif

#include "fusor/simd/math/exp-inl.hpp"
#include "fusor/simd/math/log-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// e^|x + low| / 4, which is finite as long as cosh(x) is.
template <class D, class V, class Low>
HWY_INLINE V quarter_of_exp(D d, V x, Low low) {
  // cosh(x) is infinite from here up.
  constexpr double highest = floating<lane<D>>::exp_overflow + 0.5;
  const auto flipped = negate_where(hn::Lt(x, hn::Zero(d)), low);
  V exponent;
  const V mantissa = exp_split_within(d, size_of(d, x), flipped, 0, highest, exponent);
  return scale_normal(d, mantissa, hn::Sub(exponent, set(d, 2)));
}

/// 2 (q + 1 / (16 q)) with q = e^|x| / 4.
template <class D, class V, class Low = no_low>
HWY_INLINE V apply(op::cosh, D d, V x, Low low = {}) {
  const V quarter = quarter_of_exp(d, x, low);
  const V half = hn::Add(quarter, hn::Div(set(d, 1.0 / 16), quarter));
  return hn::Add(half, half);
}

/// sinh(x + low) for |x| < 2, by its series.
template <class D, class V>
HWY_INLINE V sinh_center(D d, V x, no_low) {
  const V square = hn::Mul(x, x);
  const V tail = polynomial(d, square, coefficients::sinh_center<lane<D>>);
  return hn::MulAdd(hn::Mul(square, x), tail, x);
}
template <class D, class V>
HWY_INLINE V sinh_center(D d, V x, V low) {
  const V square = hn::Mul(x, x);
  const V tail = polynomial(d, square, coefficients::sinh_center<lane<D>>);
  // The slope is cosh(x), about.
  const V slope = hn::MulAdd(square, set(d, 0.69), set(d, 1));
  const V change = hn::Mul(low_within(d, x, low, 2), slope);
  return hn::Add(hn::MulAdd(hn::Mul(square, x), tail, change), x);
}

/// Below 2 by its series, elsewhere 2 (q - 1 / (16 q)) with q = e^|x| / 4.
template <class D, class V, class Low = no_low>
HWY_INLINE V apply(op::sinh, D d, V x, Low low = {}) {
  const V quarter = quarter_of_exp(d, x, low);
  const V half = hn::Sub(quarter, hn::Div(set(d, 1.0 / 16), quarter));
  const auto is_center = hn::Lt(hn::Abs(x), set(d, 2));
  const V result = hn::IfThenElse(is_center, sinh_center(d, x, low), hn::Add(half, half));
  return hn::CopySign(result, x);
}

/// log(cosh(x)): below 1 by its series, elsewhere |x| - log(2) + log(1 + e^(-2|x|)).
template <class D, class V>
HWY_INLINE V apply(op::log_cosh, D d, V x) {
  using T = lane<D>;
  const V size = hn::Abs(x);
  const V square = hn::Mul(x, x);
  // The size last: only then may the product underflow. The first coefficient is 1 / 2.
  const V rest = polynomial<1>(d, square, coefficients::log_cosh_center<T>);
  const V half = hn::MulAdd(hn::Mul(size, square), rest, hn::Mul(size, set(d, 0.5)));
  const V center = hn::Mul(half, size);
  const V t = size_of(d, x);
  const V limited = at_most(d, set(d, floating<T>::tanh_one), t);
  V k;
  const V p = exp_split(d, hn::Mul(limited, set(d, -2)), no_low{}, k);
  const V e = scale_normal(d, p, k);
  const V tail = hn::Add(e, log_tail(d, set(d, -1), e));
  const V outside = hn::Add(hn::Sub(t, set(d, floating<T>::ln2_high)), tail);
  return hn::IfThenElse(hn::Lt(size, set(d, 1)), center, outside);
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MATH_COSH_TOGGLE
