// SPDX-License-Identifier: BSL-1.0
// What formulas do with the results of reductions: they divide by them, and take their logarithm.

#if defined(FUSOR_SIMD_MATH_ROW_VALUE_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_MATH_ROW_VALUE_TOGGLE
#undef FUSOR_SIMD_MATH_ROW_VALUE_TOGGLE
#else
#define FUSOR_SIMD_MATH_ROW_VALUE_TOGGLE
#endif

#include "fusor/simd/math/error_free-inl.hpp"
#include "fusor/simd/math/log-inl.hpp"
#include "fusor/simd/math/log1p-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// log(a + low), right also where a + low is close to 1.
template <class D, class V>
HWY_INLINE V apply(op::log_of_pair, D d, V a, V low) {
  const V one = set(d, 1);
  const auto near = hn::And(hn::Gt(a, set(d, 0.5)), hn::Lt(a, set(d, 2)));
  const V offset = hn::Add(hn::Sub(a, one), low);
  return hn::IfThenElse(near, apply(op::log1p{}, d, offset), apply(op::log{}, d, a));
}

/// The power of two by which a divisor is scaled, so that its inverse has all its digits.
template <class D, class V>
HWY_INLINE V apply(op::inverse_scale, D d, V a) {
  constexpr bool single = sizeof(lane<D>) == 4;
  const V size = hn::Abs(a);
  const V down = hn::IfThenElse(hn::Gt(size, set(d, single ? 0x1p120 : 0x1p1000)),
                                set(d, single ? 0x1p-64 : 0x1p-512), set(d, 1));
  return hn::IfThenElse(hn::Lt(size, set(d, single ? 0x1p-120 : 0x1p-1000)),
                        set(d, single ? 0x1p64 : 0x1p512), down);
}

/// 1 / (a * scale), rounded toward 0, so that the low part has the same sign.
template <class D, class V>
HWY_INLINE V apply(op::inverse, D d, V a) {
  using T = lane<D>;
  const hn::RebindToUnsigned<D> du;
  const V scaled = hn::Mul(a, apply(op::inverse_scale{}, d, a));
  const V nearest = hn::Div(set(d, 1), scaled);
  const V residual = residual_of_product(d, nearest, scaled, set(d, 1));
  // A negative residual: the quotient is too large, and its last bit is taken back.
  const V below = hn::BitCast(d, hn::Sub(hn::BitCast(du, nearest), hn::Set(du, 1)));
  const V largest = set(d, static_cast<double>(hwy::HighestValue<T>()));
  const auto is_ordinary =
      hn::And(hn::Lt(hn::Abs(nearest), hn::Inf(d)), hn::Lt(hn::Abs(scaled), largest));
  return hn::IfThenElse(hn::And(is_ordinary, hn::Lt(residual, hn::Zero(d))), below, nearest);
}

/// What 1 / (a * scale) is more than its high part; 0 where that is 0 or infinite.
template <class D, class V>
HWY_INLINE V apply(op::inverse_low, D d, V a) {
  const V scaled = hn::Mul(a, apply(op::inverse_scale{}, d, a));
  const V high = apply(op::inverse{}, d, a);
  const V low = hn::Mul(residual_of_product(d, high, scaled, set(d, 1)), high);
  const V size = hn::Abs(high);
  const auto is_ordinary = hn::And(hn::Gt(size, hn::Zero(d)), hn::Lt(size, hn::Inf(d)));
  // Not 0, so that an infinite dividend times it is no NaN.
  const V tiny = hn::CopySign(set(d, sizeof(lane<D>) == 4 ? 0x1p-126 : 0x1p-1022), high);
  const V nonzero = hn::IfThenElse(hn::Eq(low, hn::Zero(d)), tiny, low);
  return hn::IfThenElseZero(is_ordinary, nonzero);
}

template <class D, class V>
HWY_INLINE V apply(op::mul_pair, D, V a, V high, V low) {
  return hn::MulAdd(a, high, hn::Mul(a, low));
}

/// a / b from the three parts of 1 / b.
template <class D, class V>
HWY_INLINE V apply(op::div_by_row, D, V a, V high, V low, V scale) {
  return hn::Mul(hn::MulAdd(a, high, hn::Mul(a, low)), scale);
}

/// a - b; what is infinite lies 0 from itself.
template <class D, class V>
HWY_INLINE V apply(op::distance_from, D, V a, V b) {
  return hn::IfThenZeroElse(hn::Eq(a, b), hn::Sub(a, b));
}

/// a - (high + low), where a is close to high.
template <class D, class V>
HWY_INLINE V apply(op::sub_pair, D, V a, V high, V low) {
  return hn::Sub(hn::Sub(a, high), low);
}
template <class D, class V>
HWY_INLINE V apply(op::sub_from_pair, D, V a, V high, V low) {
  return hn::Add(hn::Sub(high, a), low);
}
/// a * b - (high + low), where the product is not rounded.
template <class D, class V>
HWY_INLINE V apply(op::mul_sub_pair, [[maybe_unused]] D d, V a, V high, V low, V b) {
#if HWY_NATIVE_FMA
  return hn::Sub(hn::MulSub(a, b, high), low);
#else
  V error;
  const V product = two_product(d, a, b, error);
  return hn::Add(hn::Sub(product, high), hn::Sub(number_or_zero(error), low));
#endif
}
template <class D, class V>
HWY_INLINE V apply(op::neg_mul_add_pair, D d, V a, V high, V low, V b) {
  return apply(op::mul_sub_pair{}, d, hn::Neg(a), hn::Neg(high), hn::Neg(low), b);
}

template <class D, class V>
HWY_INLINE V apply(op::sub_scaled_pair, [[maybe_unused]] D d, V a, V high, V low, V b) {
#if HWY_NATIVE_FMA
  return hn::NegMulAdd(b, low, hn::NegMulAdd(b, high, a));
#else
  V error;
  const V product = two_product(d, b, high, error);
  return hn::Sub(hn::Sub(a, product), hn::MulAdd(b, low, number_or_zero(error)));
#endif
}

template <class D, class V>
HWY_INLINE V apply(op::double_word, D, V high, V) {
  return high;
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MATH_ROW_VALUE_TOGGLE
