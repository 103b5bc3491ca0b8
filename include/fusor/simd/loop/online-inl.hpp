// SPDX-License-Identifier: BSL-1.0
// Online softmax: the largest element and the sums of exponentials scaled by it in one reading of
// rows that fit no cache. Source: Milakov and Gimelshein, arXiv 1805.02867.

#if defined(FUSOR_SIMD_LOOP_ONLINE_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_LOOP_ONLINE_TOGGLE
#undef FUSOR_SIMD_LOOP_ONLINE_TOGGLE
#else
#define FUSOR_SIMD_LOOP_ONLINE_TOGGLE
#endif

#include <cstddef>
#include <type_traits>
#include <utility>

#include "fusor/simd/inline.hpp"
#include "fusor/simd/loop/stage_loops-inl.hpp"
#include "fusor/transform/long_rows.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// The first two stages of a program, block by block.
template <class Context, class Stages>
struct online;

template <class Context, class Largest, class... Scales, class... Sums, class Following,
          class... Rest>
struct online<Context, form_list<stage<form_list<Largest>, form_list<Scales...>>,
                                 stage<form_list<Sums...>, Following>, Rest...>> {
  using tag = typename Context::tag;
  using V = hn::Vec<tag>;
  using T = typename Context::compute;
  template <class Sum>
  using regrowth_of_sum = regrowth_of<Sum, typename Largest::term, Context::input_total>;

  // Scalars by their place: the largest, its error term, the scales that follow from it, the sums.
  static constexpr std::size_t sums_at = 2 + sizeof...(Scales);
  static constexpr std::size_t total = sums_at + 2 * sizeof...(Sums);
  static constexpr std::size_t count_at = [] {
    std::size_t place = sums_at;
    (void)((regrowth_of_sum<Sums>::value == regrowth::count_of_largest || (place += 2, false)) ||
           ...);
    return place;
  }();

  /// The range of largest elements for which exponentials are counted from 0 and scaled by a power
  /// of two alone; smaller ones, until a larger one is found, are as this one.
  static constexpr double limit = 1023;

  const tile& of;
  row_scalars<Context> now;
  row_scalars<Context> before;
  row_scalars<Context> block;

  FUSOR_INLINE explicit online(const tile& t) : of(t), now(t, 0), before(t, 1), block(t, 2) {}

  static HWY_INLINE void begin(const tile& t) {
    const tag d;
    const online all(t);
    for (std::size_t row = 0; row < t.row_count; row += hn::Lanes(d)) {
      all.now.put(0, row, set(d, -limit));
      for (std::size_t place = 1; place < total; ++place) all.now.put(place, row, hn::Zero(d));
    }
    all.put_scales(std::index_sequence_for<Scales...>{});
  }

  template <std::size_t... S>
  FUSOR_INLINE void put_scales(std::index_sequence<S...>) const {
    (put_scalar<Context, Scales>(std::make_index_sequence<2 + S>{}, of, 2 + S), ...);
  }

  FUSOR_INLINE void add(std::size_t place, std::size_t row, V more, V more_error) const {
    V value = now.get(place, row);
    V error = now.get(place + 1, row);
    sum_reducer::accumulate(tag(), value, error, more);
    error = hn::Add(error, more_error);
    tidy_pair(value, error);
    now.put(place, row, value);
    now.put(place + 1, row, error);
  }

  /// A sum after the largest element has grown, where it has.
  template <class Sum>
  FUSOR_INLINE void regrow(std::size_t place, std::size_t row) const {
    using follows = regrowth_of_sum<Sum>;
    const tag d;
    const auto grown = hn::Gt(now.get(0, row), before.get(0, row));
    if constexpr (follows::value == regrowth::count_of_largest) {
      now.put(place, row, hn::IfThenZeroElse(grown, now.get(place, row)));
    } else {
      constexpr std::size_t power_at = follows::power - Context::input_total;
      // So small a power of two leaves nothing of any sum.
      const V least = set(d, -4 * floating<T>::scaled_exponent - 10);
      const V power = now.get(power_at, row);
      const V steps = hn::Sub(power, before.get(power_at, row));
      const V exponent = at_least(d, least, hn::Mul(steps, set(d, 1 / steps_of_two<tag>)));
      now.put(place, row, scale(d, now.get(place, row), exponent));
      now.put(place + 1, row, scale(d, now.get(place + 1, row), exponent));
      if constexpr (follows::value == regrowth::sum_below_largest) {
        const V one = apply(op::exp_summed{}, d, before.get(0, row),
                            now.get(follows::origin - Context::input_total, row), power,
                            now.get(follows::lowest - Context::input_total, row));
        const V all = hn::Mul(before.get(count_at, row), one);
        add(place, row, hn::IfThenElseZero(grown, all), hn::Zero(d));
      }
    }
  }

  /// The largest element so far, and the sums scaled by it.
  static HWY_INLINE bool take_largest(const tile& t) {
    const tag d;
    const online all(t);
    bool grows = false;
    bool is_any_within = false;
    for (std::size_t row = 0; row < t.row_count; row += hn::Lanes(d)) {
      const V old = all.now.get(0, row);
      const V largest = reducer<op::largest>::combine(d, old, all.block.get(0, row));
      is_any_within = is_any_within || !hn::AllFalse(d, hn::Le(largest, set(d, limit)));
      grows = grows || !hn::AllFalse(d, hn::Gt(largest, old));
      all.block.put(0, row, largest);
    }
    if (!is_any_within) {
      all.put_largest();
      return false;
    }
    if (grows) {
      for (std::size_t row = 0; row < t.row_count; row += hn::Lanes(d)) {
        for (std::size_t place = 0; place < total; ++place) {
          all.before.put(place, row, all.now.get(place, row));
        }
      }
      all.put_largest();
      all.put_scales(std::index_sequence_for<Scales...>{});
      all.regrow_all(std::index_sequence_for<Sums...>{});
    }
    for (std::size_t row = 0; row < t.row_count; row += hn::Lanes(d)) {
      for (std::size_t place = 0; place < sums_at; ++place) {
        all.block.put(place, row, all.now.get(place, row));
      }
    }
    return true;
  }

  FUSOR_INLINE void put_largest() const {
    for (std::size_t row = 0; row < of.row_count; row += hn::Lanes(tag())) {
      now.put(0, row, block.get(0, row));
    }
  }
  template <std::size_t... S>
  FUSOR_INLINE void regrow_all(std::index_sequence<S...>) const {
    for (std::size_t row = 0; row < of.row_count; row += hn::Lanes(tag())) {
      (regrow<Sums>(sums_at + 2 * S, row), ...);
    }
  }

  /// The sums of a block.
  static HWY_INLINE void add_block(const tile& t) {
    const online all(t);
    for (std::size_t row = 0; row < t.row_count; row += hn::Lanes(tag())) {
      for (std::size_t place = sums_at; place < total; place += 2) {
        all.add(place, row, all.block.get(place, row), all.block.get(place + 1, row));
      }
    }
  }

  /// Rows of which the largest element is within the limit.
  FUSOR_INLINE hn::Mask<tag> are_within(std::size_t row) const {
    const tag d;
    const V largest = now.get(0, row);
    return hn::And(hn::Gt(largest, set(d, -limit)), hn::Le(largest, set(d, limit)));
  }
  static HWY_INLINE bool are_all_within(const tile& t) {
    const tag d;
    const online all(t);
    bool are = true;
    for (std::size_t row = 0; row < t.row_count; row += hn::Lanes(d)) {
      are = are && hn::AllTrue(d, all.are_within(row));
    }
    return are;
  }

  /// Of rows beyond the limit, and of these alone, what two readings gave: what lies beside a row
  /// does not change its bits.
  static HWY_INLINE void choose(const tile& t) {
    const tag d;
    const online all(t);
    for (std::size_t row = 0; row < t.row_count; row += hn::Lanes(d)) {
      const auto within = all.are_within(row);
      for (std::size_t place = total; place-- > 0;) {
        all.now.put(place, row,
                    hn::IfThenElse(within, all.now.get(place, row), all.block.get(place, row)));
      }
    }
  }
};

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_LOOP_ONLINE_TOGGLE
