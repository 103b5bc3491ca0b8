// SPDX-License-Identifier: BSL-1.0
// tanh, and what formulas with tanh become: tanh(softplus(x)), x - tanh(x).

#if defined(FUSOR_SIMD_MATH_TANH_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_MATH_TANH_TOGGLE
#undef FUSOR_SIMD_MATH_TANH_TOGGLE
#else
#define FUSOR_SIMD_MATH_TANH_TOGGLE
#endif

#include "fusor/simd/math/exp-inl.hpp"
#include "fusor/simd/math/piecewise-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// By pieces, or below 0.55 by its series, elsewhere 1 - 2 / (e^(2|x|) + 1).
template <class D, class V>
HWY_INLINE V apply(op::tanh, D d, V x) {
  using T = lane<D>;
  const V one = set(d, 1);
  // The sign of a NaN comes back with that of x; where it meets x before, it has to keep it.
  const V t = has_pieces<D> ? hn::Abs(x) : size_of(d, x);
  const V limited = at_most(d, set(d, floating<T>::tanh_one), t);
  if constexpr (has_pieces<D>) {
    return hn::CopySign(piecewise<coefficients::tanh_pieces<piece_count<lane<D>>>>(d, limited), x);
  } else {
    const V square = hn::Mul(x, x);
    const V tail = polynomial(d, square, coefficients::tanh_center<T>);
    const V center = hn::MulAdd(hn::Mul(t, square), tail, t);
    const V sum =
        exp_plus<1>(d, hn::Add(limited, limited), no_low{}, set(d, floating<T>::round), one);
    const V outside = hn::Sub(one, hn::Div(set(d, 2), sum));
    return hn::CopySign(hn::IfThenElse(hn::Lt(t, set(d, 0.55)), center, outside), x);
  }
}

/// factor tanh(softplus(x)) = factor n / (n + 2) with n = e (e + 2) and e = e^x, as something exact
/// and a small part: on the left factor e (1 - e (e + 1) / (n + 2)), where e = 2^k (1 + tail) and
/// 2^k is multiplied last, in the middle factor (1 / 2 + (n / 2 - 1) / (n + 2)), on the right
/// factor (1 - 2 / (n + 2)). `Any`: the factor may be as large that it is halved on the left, where
/// 1 + tail may be more than 1.
template <bool Any, class D, class V, class Low>
HWY_INLINE V tanh_softplus_product(D d, V factor, V x, Low low, double lowest) {
  using limits = floating<lane<D>>;
  const V limited = at_most(d, set(d, limits::sigmoid_one), at_least(d, set(d, lowest), x));
  const double highest = -lowest > limits::sigmoid_one ? -lowest : limits::sigmoid_one;
  V k;
  const V tail = exp_tail_of(d, limited, low_within(d, x, low, highest), k);
  const V one = set(d, 1);
  const V two = set(d, 2);
  const V half = set(d, 0.5);
  const V least = set(d, 2 - (1 << (sizeof(lane<D>) == 4 ? 7 : 10)));
  const V power = has_scale ? scale(d, one, k) : pow2(d, hn::Max(k, least));
  const V e = hn::MulAdd(power, tail, power);
  const V sum = hn::Add(e, two);
  const auto is_left = hn::Lt(limited, set(d, -0.52));
  const auto is_right = hn::Gt(limited, set(d, 0.3));
  const V beside = hn::MulSub(hn::Mul(e, sum), hn::IfThenZeroElse(is_right, half),
                              hn::IfThenElse(is_right, two, one));
  V lost;
  const V divisor = sum_with_product(d, two, e, sum, lost);
  const V ratio = hn::Div(hn::IfThenElse(is_left, hn::NegMulSub(e, e, e), beside), divisor);
  const V left = sum_with_product(d, tail, ratio, hn::Add(tail, one), lost);
  const V small = hn::IfThenElse(is_left, left, ratio);
  const V halved = hn::Mul(factor, half);
  const V large = hn::IfThenElse(Any ? is_right : hn::Or(is_left, is_right), factor, halved);
  const V part = Any ? hn::IfThenElse(is_left, halved, factor) : factor;
  const V product = sum_with_product(d, large, part, small, lost);
  // An infinite factor less an infinite part of it is what it was; a NaN in the tail stays.
  return scale(d, number_or(product, hn::Add(factor, tail)),
               hn::IfThenElseZero(is_left, Any ? hn::Add(k, one) : k));
}

template <class D, class V, class Low = no_low>
HWY_INLINE V apply(op::tanh_softplus, D d, V x, Low low = {}) {
  return tanh_softplus_product<false>(d, set(d, 1), x, low, floating<lane<D>>::exp_underflow);
}

template <class D, class V, class Low = no_low>
HWY_INLINE V apply(op::times<op::tanh_softplus>, D d, V factor, V x, Low low = {}) {
  const double lowest = floating<lane<D>>::product_underflow;
  const V finite = finite_where(d, hn::Lt(x, set(d, lowest)), factor);
  return tanh_softplus_product<true>(d, finite, x, low, lowest);
}

template <class D, class V>
HWY_INLINE V apply_to_itself(op::times<op::tanh_softplus>, D d, V x) {
  const double lowest = floating<lane<D>>::exp_underflow * 1.06;
  const V limited = at_least(d, set(d, lowest), x);
  return tanh_softplus_product<false>(d, limited, limited, no_low{}, lowest);
}

/// x - tanh(x): below 1 by its series, where what roundings lose is carried along, elsewhere
/// (|x| - 1) + 2 / (e^(2|x|) + 1), where |x| - 1 is exact as long as it matters.
template <class D, class V>
HWY_INLINE V apply(op::tanh_shrink, D d, V x) {
  using T = lane<D>;
  const V one = set(d, 1);
  const V t = size_of(d, x);
  V square_low, cube_low, series_low;
  const V square = two_product(d, t, t, square_low);
  // Without a fused multiply-add the parts of small products must not be subnormal.
  constexpr double up = HWY_NATIVE_FMA ? 1 : 0x1p40;
  const V scaled = hn::Mul(t, set(d, up));
  const V cube = two_product(d, scaled, square, cube_low);
  const auto& c = coefficients::tanh_shrink_center<T>;
  const V series =
      sum_with_product(d, hn::Set(d, c[0]), square, polynomial<1>(d, square, c), series_low);
  const V third_low = set(d, 1.0 / 3 - static_cast<double>(static_cast<T>(1.0 / 3)));
  const V rest = hn::MulAdd(cube, hn::Add(series_low, third_low),
                            hn::Mul(hn::MulAdd(scaled, square_low, cube_low), series));
  const V center = hn::Mul(product_plus(d, cube, series, rest), set(d, 1 / up));
  const V limited = at_most(d, set(d, floating<T>::tanh_one), t);
  const V sum =
      exp_plus<1>(d, hn::Add(limited, limited), no_low{}, set(d, floating<T>::round), one);
  const V outside = hn::Add(hn::Sub(t, one), hn::Div(set(d, 2), sum));
  return hn::CopySign(hn::IfThenElse(hn::Lt(t, one), center, outside), x);
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MATH_TANH_TOGGLE
