// SPDX-License-Identifier: BSL-1.0
// Reductions: a value and the low part of it in every lane, terms taken in vector by vector, and at
// the end the lanes taken together.

#if defined(FUSOR_KERNEL_SIMD_REDUCE_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_KERNEL_SIMD_REDUCE_TOGGLE
#undef FUSOR_KERNEL_SIMD_REDUCE_TOGGLE
#else
#define FUSOR_KERNEL_SIMD_REDUCE_TOGGLE
#endif

#include <concepts>

#include "fusor/kernel/simd/evaluate-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// A sum of which every addition is compensated; in reduce_sum, trees of four terms are.
struct compensated_sum : op::reduce_sum {};

// What a reduction of nothing gives.
template <class D>
HWY_INLINE hn::Vec<D> initial(op::reduce_sum, D d) {
  return hn::Zero(d);
}
template <class D>
HWY_INLINE hn::Vec<D> initial(op::reduce_prod, D d) {
  return set(d, 1);
}
template <class D>
HWY_INLINE hn::Vec<D> initial(op::reduce_max, D d) {
  return hn::Neg(hn::Inf(d));
}
template <class D>
HWY_INLINE hn::Vec<D> initial(op::reduce_min, D d) {
  return hn::Inf(d);
}

// Two terms as one.
template <class D, class V>
HWY_INLINE V join(op::reduce_sum, D, V a, V b) {
  return hn::Add(a, b);
}
template <class D, class V>
HWY_INLINE V join(op::reduce_prod, D, V a, V b) {
  return hn::Mul(a, b);
}
template <class D, class V>
HWY_INLINE V join(op::reduce_max, D d, V a, V b) {
  return apply(op::max{}, d, a, b);
}
template <class D, class V>
HWY_INLINE V join(op::reduce_min, D d, V a, V b) {
  return apply(op::min{}, d, a, b);
}

template <class Op, class D, class V>
requires(!std::derived_from<Op, op::reduce_sum>) HWY_INLINE
    void take_in(Op op, D d, V& value, V&, V term) {
  value = join(op, d, value, term);
}
template <class D, class V>
HWY_INLINE void take_in(op::reduce_sum, D, V& value, V& low, V term) {
  V error;
  value = two_sum(value, term, error);
  low = hn::Add(low, error);
}

/// The low part of a sum; 0 where it is NaN because the sum is infinite.
template <class V>
HWY_INLINE V number_or_zero(V low) {
  return hn::IfThenElseZero(hn::Eq(low, low), low);
}

/// Makes value + low a pair: the value is their sum, rounded.
template <class V>
HWY_INLINE void tidy_pair(V& value, V& low) {
  low = number_or_zero(low);
  V error;
  const V sum = two_sum(value, low, error);
  low = number_or_zero(error);
  value = sum;
}

/// After this many steps the low parts are taken into the values: left alone they would grow, and
/// be rounded themselves.
inline constexpr std::size_t steps_between_settling = 256;

template <class Op, class D, class V>
HWY_INLINE void settle(Op, D, V&, V&) {}
template <class Op, class D, class V>
requires std::derived_from<Op, op::reduce_sum> HWY_INLINE void settle(Op, D, V& value, V& low) {
  tidy_pair(value, low);
}

/// One number in all lanes, from a function of two lanes, by way of memory.
template <class D, class V, class Join>
HWY_INLINE void fold_lanes(D d, V& value, V& low, Join join) {
  using T = lane<D>;
  alignas(64) T values[hn::MaxLanes(D())];
  alignas(64) T lows[hn::MaxLanes(D())];
  hn::Store(value, d, values);
  hn::Store(low, d, lows);
  T high = values[0];
  T rest = lows[0];
  for (std::size_t i = 1; i < hn::Lanes(d); ++i) join(high, rest, values[i], lows[i]);
  value = hn::Set(d, high);
  low = hn::Set(d, rest);
}

struct multiply_lanes {
  template <class T>
  HWY_INLINE void operator()(T& high, T&, T other, T) const {
    high *= other;
  }
};

struct add_lanes {
  template <class T>
  HWY_INLINE void operator()(T& high, T& rest, T other, T other_rest) const {
    const T sum = high + other;
    const T part = sum - high;
    rest += (high - (sum - part)) + (other - part);
    rest += other_rest;
    high = sum;
  }
};

/// The sum of the lanes, in all lanes. float: in double.
template <class D, class V>
HWY_INLINE void finish_lanes(op::reduce_sum, D d, V& value, V& low) {
  low = number_or_zero(low);
#if HWY_TARGET != HWY_SCALAR
  if constexpr (sizeof(lane<D>) == 4) {
    const hn::Half<D> half;
    const hn::RepartitionToWide<D> wide;
    const auto sum = hn::Add(hn::Add(hn::PromoteTo(wide, hn::LowerHalf(half, value)),
                                     hn::PromoteTo(wide, hn::UpperHalf(half, value))),
                             hn::Add(hn::PromoteTo(wide, hn::LowerHalf(half, low)),
                                     hn::PromoteTo(wide, hn::UpperHalf(half, low))));
    const double total = hn::GetLane(hn::SumOfLanes(wide, sum));
    const float high = static_cast<float>(total);
    value = hn::Set(d, high);
    low = number_or_zero(hn::Set(d, static_cast<float>(total - static_cast<double>(high))));
    return;
  }
#endif
  fold_lanes(d, value, low, add_lanes{});
  tidy_pair(value, low);
}

template <class D, class V>
HWY_INLINE void finish_lanes(op::reduce_prod, D d, V& value, V& low) {
  fold_lanes(d, value, low, multiply_lanes{});
}

template <class D, class V>
HWY_INLINE void finish_lanes(op::reduce_max, D d, V& value, V&) {
  const auto is_nan = hn::IsNaN(value);
  value = hn::AllFalse(d, is_nan) ? hn::MaxOfLanes(d, value) : hn::NaN(d);
}
template <class D, class V>
HWY_INLINE void finish_lanes(op::reduce_min, D d, V& value, V&) {
  const auto is_nan = hn::IsNaN(value);
  value = hn::AllFalse(d, is_nan) ? hn::MinOfLanes(d, value) : hn::NaN(d);
}

/// The end where each lane is a row of its own.
template <class Op, class D, class V>
HWY_INLINE void finish_apart(Op, D, V&, V&) {}
template <class D, class V>
HWY_INLINE void finish_apart(op::reduce_sum, D, V& value, V& low) {
  tidy_pair(value, low);
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_KERNEL_SIMD_REDUCE_TOGGLE
