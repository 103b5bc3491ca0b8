// SPDX-License-Identifier: BSL-1.0
// Reductions: a value and the low part of it in every lane, terms taken in vector by vector, and at
// the end the lanes taken together.

#if defined(FUSOR_SIMD_REDUCE_REDUCE_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_REDUCE_REDUCE_TOGGLE
#undef FUSOR_SIMD_REDUCE_REDUCE_TOGGLE
#else
#define FUSOR_SIMD_REDUCE_REDUCE_TOGGLE
#endif

#include <concepts>

#include "fusor/simd/evaluate-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

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
HWY_INLINE hn::Vec<D> initial(op::largest, D d) {
  return hn::Neg(hn::Inf(d));
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
HWY_INLINE V join(op::largest, D d, V a, V b) {
  return at_least(d, b, a);
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
/// Exact until the next settling.
template <class D, class V>
HWY_INLINE void take_in(op::count_sum, D, V&, V& low, V term) {
  low = hn::Add(low, term);
}

/// Whether what is taken in first is the value itself.
template <class Op>
inline constexpr bool starts_with_term = true;
template <>
inline constexpr bool starts_with_term<op::count_sum> = false;
template <>
inline constexpr bool starts_with_term<op::exact_sum> = false;

/// After this many steps the low parts are taken into the values: left alone they would grow, and
/// be rounded themselves.
inline constexpr std::size_t steps_between_settling = 256;

template <class Op, class D, class V>
HWY_INLINE void settle(Op, D, V&, V&) {}
template <class Op, class D, class V>
requires std::derived_from<Op, op::reduce_sum> HWY_INLINE void settle(Op, D, V& value, V& low) {
  tidy_pair(value, low);
}

template <class Op>
inline constexpr bool keeps_low = std::derived_from<Op, op::reduce_sum>;

/// Whether the lanes of a row are taken together with their low parts. Those of a count are whole
/// numbers, and none is rounded below 2^24.
template <class Op>
inline constexpr bool folds_low = keeps_low<Op> && !std::same_as<Op, op::count_sum>;

/// Takes the lanes of every row together, two rows at a time, until each lane is a row: `values`
/// and, unless they are 0, `lows` hold a vector for each of `rows` rows.
template <class Op, class D, class V>
HWY_INLINE void fold_rows(Op op, D d, lane<D> (*values)[hn::MaxLanes(D())],
                          lane<D> (*lows)[hn::MaxLanes(D())], [[maybe_unused]] std::size_t rows,
                          [[maybe_unused]] bool has_lows, V& value, V& low) {
#if HWY_TARGET != HWY_SCALAR
  for (std::size_t width = hn::Lanes(d); width > 1; width /= 2) {
    const std::size_t pairs = (rows + 1) / 2;
    for (std::size_t i = 0; i < pairs; ++i) {
      const std::size_t second = HWY_MIN(2 * i + 1, rows - 1);
      const V a = hn::Load(d, values[2 * i]);
      const V b = hn::Load(d, values[second]);
      V joined = hn::ConcatEven(d, b, a);
      const V odd = hn::ConcatOdd(d, b, a);
      if constexpr (folds_low<Op>) {
        V rest = hn::Zero(d);
        if (has_lows) {
          const V a_low = hn::Load(d, lows[2 * i]);
          const V b_low = hn::Load(d, lows[second]);
          rest = hn::Add(hn::ConcatEven(d, b_low, a_low), hn::ConcatOdd(d, b_low, a_low));
        }
        take_in(op::reduce_sum{}, d, joined, rest, odd);
        hn::Store(rest, d, lows[i]);
      } else {
        joined = join(op, d, joined, odd);
      }
      hn::Store(joined, d, values[i]);
    }
    rows = pairs;
    has_lows = true;
  }
#endif
  value = hn::Load(d, values[0]);
  low = hn::Zero(d);
  if (folds_low<Op> && has_lows) low = hn::Load(d, lows[0]);
  settle(op, d, value, low);
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_REDUCE_REDUCE_TOGGLE
