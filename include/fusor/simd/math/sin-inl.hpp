// SPDX-License-Identifier: BSL-1.0
// sin, cos.

#if defined(FUSOR_SIMD_MATH_SIN_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_MATH_SIN_TOGGLE
#undef FUSOR_SIMD_MATH_SIN_TOGGLE
#else
#define FUSOR_SIMD_MATH_SIN_TOGGLE
#endif

#include "fusor/simd/math/error_free-inl.hpp"
#include "fusor/simd/math/large_angle.hpp"
#include "fusor/simd/math/trigonometric_coefficients.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// pi/2 in three parts, and up to where an angle is reduced with them: the product of the second
/// one with the number of quarter turns is below 1/8 then, and that number next to the right one.
template <class T>
struct half_pi_parts;
template <>
struct half_pi_parts<float> {
  static constexpr double first = 0x1.921fb6p+0;
  static constexpr double second = -0x1.777a5cp-25;
  static constexpr double third = -0x1.ee59dap-50;
  static constexpr double limit = 0x1p17;
};
template <>
struct half_pi_parts<double> {
  static constexpr double first = 0x1.921fb54442d18p+0;
  static constexpr double second = 0x1.1a62633145c07p-54;
  static constexpr double third = -0x1.f1976b7ed8fbcp-110;
  static constexpr double limit = 0x1p40;
};

/// Makes the lanes right whose angle is beyond the limit, one by one.
template <class D, class V, class U>
HWY_NOINLINE void reduce_large_angles(D d, V angle, V& rest, V& low, U& quarters) {
  using T = lane<D>;
  const hn::RebindToUnsigned<D> du;
  using word = lane<decltype(du)>;
  alignas(64) T angles[hn::MaxLanes(D())];
  alignas(64) T rests[hn::MaxLanes(D())];
  alignas(64) T lows[hn::MaxLanes(D())];
  alignas(64) word counts[hn::MaxLanes(D())];
  hn::Store(angle, d, angles);
  hn::Store(rest, d, rests);
  hn::Store(low, d, lows);
  hn::Store(quarters, du, counts);
  for (std::size_t i = 0; i < hn::Lanes(d); ++i) {
    const bool is_negative = angles[i] < 0;
    const T size = is_negative ? -angles[i] : angles[i];
    if (size <= static_cast<T>(half_pi_parts<T>::limit)) continue;
    if (size <= hwy::HighestValue<T>()) {
      const auto reduced = detail::reduce_large_angle(size);
      rests[i] = is_negative ? -reduced.high : reduced.high;
      lows[i] = is_negative ? -reduced.low : reduced.low;
      counts[i] = static_cast<word>(is_negative ? 4 - reduced.quarters : reduced.quarters);
    } else {
      // Of an infinite angle NaN; a NaN keeps its sign.
      rests[i] = size == size ? hn::GetLane(hn::NaN(d)) : angles[i];
      lows[i] = 0;
      counts[i] = 0;
    }
  }
  rest = hn::Load(d, rests);
  low = hn::Load(d, lows);
  quarters = hn::Load(du, counts);
}

/// An angle less quarter turns: the rest, what rounding it lost in `low`, and the number of turns
/// in the last bits of `quarters`.
template <class D, class V, class U>
HWY_INLINE V reduce_angle(D d, V angle, V& low, U& quarters) {
  using T = lane<D>;
  using half_pi = half_pi_parts<T>;
  const hn::RebindToUnsigned<D> du;
  const V round = set(d, floating<T>::round);
  const V shifted = hn::MulAdd(angle, set(d, 0.63661977236758134), round);
  const V turns = hn::Sub(shifted, round);
  // Exact, as it is a multiple of the last place of `first` and below 1.
  const V near = residual_of_product(d, turns, set(d, half_pi::first), angle);
  V product_low;
  const V product = two_product(d, turns, set(d, half_pi::second), product_low);
  V rest = hn::Sub(near, product);
  const V lost = hn::Sub(hn::Sub(hn::Sub(near, rest), product), product_low);
  low = hn::NegMulAdd(turns, set(d, half_pi::third), lost);
  quarters = hn::BitCast(du, shifted);
  const auto is_usual = hn::Le(hn::Abs(angle), set(d, half_pi::limit));
  if (HWY_UNLIKELY(!hn::AllTrue(d, is_usual))) {
    // Copies: what a reference is taken of lies in memory.
    V right = rest, right_low = low;
    U right_quarters = quarters;
    reduce_large_angles(d, angle, right, right_low, right_quarters);
    rest = right;
    low = right_low;
    quarters = right_quarters;
  }
  return rest;
}

/// rest + low + error as a pair: what rounding the angle lost may be more than the last place of
/// the rest.
template <class D, class V>
HWY_INLINE V add_error(D, V rest, V&, no_low) {
  return rest;
}
template <class D, class V>
HWY_INLINE V add_error(D, V rest, V& low, V error) {
  V lost;
  const V sum = two_sum(rest, hn::Add(low, error), lost);
  low = lost;
  return sum;
}

/// The sine of angle + error, a number of quarter turns ahead. Beyond the limit the error does not
/// count: the angle is taken as it is.
template <int Quarters, class D, class V, class Low>
HWY_INLINE V sine_ahead(D d, V angle, Low error) {
  using T = lane<D>;
  const hn::RebindToUnsigned<D> du;
  using word = lane<decltype(du)>;
  V low;
  hn::Vec<decltype(du)> turns;
  const V rest = reduce_angle(d, angle, low, turns);
  const V r = add_error(d, rest, low, low_within(d, angle, error, half_pi_parts<T>::limit));
  const V square = hn::Mul(r, r);
  const V sine_tail = polynomial(d, square, coefficients::sin_tail<T>);
  const V cosine_tail = polynomial(d, square, coefficients::cos_tail<T>);
  const V sine = hn::Add(r, hn::MulAdd(hn::Mul(square, r), sine_tail, low));
  const V cosine = hn::Add(set(d, 1), hn::NegMulAdd(r, low, hn::Mul(square, cosine_tail)));
  const auto quarters = hn::Add(turns, hn::Set(du, word{Quarters}));
  const auto is_odd = hn::TestBit(quarters, hn::Set(du, word{1}));
  const V value = hn::IfThenElse(hn::RebindMask(d, is_odd), cosine, sine);
  const auto sign = hn::ShiftLeft<8 * sizeof(T) - 2>(hn::And(quarters, hn::Set(du, word{2})));
  return hn::BitCast(d, hn::Xor(hn::BitCast(du, value), sign));
}

template <class D, class V, class Low = no_low>
HWY_INLINE V apply(op::cos, D d, V x, Low low = {}) {
  return sine_ahead<1>(d, x, low);
}

/// By |x|, so that a zero keeps its sign.
template <class D, class V, class Low = no_low>
HWY_INLINE V apply(op::sin, D d, V x, Low low = {}) {
  const V size = hn::Abs(x);
  const auto flipped = negate_where(hn::Lt(x, hn::Zero(d)), low);
  return hn::Xor(sine_ahead<0>(d, size, flipped), hn::AndNot(size, x));
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MATH_SIN_TOGGLE
