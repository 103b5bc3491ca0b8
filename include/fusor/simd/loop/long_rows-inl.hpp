// SPDX-License-Identifier: BSL-1.0
// Rows that fit no cache: the largest element and the sums of exponentials scaled by it are found
// in one reading, block by block.

#if defined(FUSOR_SIMD_LOOP_LONG_ROWS_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_LOOP_LONG_ROWS_TOGGLE
#undef FUSOR_SIMD_LOOP_LONG_ROWS_TOGGLE
#else
#define FUSOR_SIMD_LOOP_LONG_ROWS_TOGGLE
#endif

#include <cstddef>
#include <type_traits>
#include <utility>

#include "fusor/simd/loop/stages-inl.hpp"
#include "fusor/transform/long_rows.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// The first two stages of a batch as one, then the others. `Direction` carries nothing.
template <class Direction, class Context, class Stages>
struct long_rows;

template <class Direction, class Context, class Largest, class... Scales, class... Sums,
          class Following, class... Rest>
struct long_rows<Direction, Context,
                 form_list<stage<form_list<Largest>, form_list<Scales...>>,
                           stage<form_list<Sums...>, Following>, Rest...>> {
  using first_stage = stage<form_list<Largest>, form_list<Scales...>>;
  using second_stage = stage<form_list<Sums...>, Following>;
  using tag = typename Context::tag;
  using V = hn::Vec<tag>;
  using T = typename Context::compute;
  template <class Sum>
  using regrowth_of_sum = regrowth_of<Sum, typename Largest::term, Context::input_total>;

  // Row values by their place: the largest, its low part, the scales that follow from it, the sums.
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

  const Context& context;
  const batch<Context>& rows;
  row_values<Context, Direction, true> now;
  row_values<Context, Direction, true> before;
  row_values<Context, Direction, true> of_block;

  HWY_INLINE long_rows(const Context& c, const batch<Context>& r) : context(c), rows(r) {
    const tag d;
    for (std::size_t row = 0; row < Direction::rows_of(rows); row += hn::Lanes(d)) {
      now.put(0, row, set(d, -limit));
      for (std::size_t place = 1; place < total; ++place) now.put(place, row, hn::Zero(d));
    }
    put_scales();
  }

  HWY_INLINE void put_scales() {
    put_invariants<Direction, 2>(form_list<Scales...>{}, std::index_sequence_for<Scales...>{},
                                 context, tag(), rows, now);
  }

  HWY_INLINE void add(std::size_t place, std::size_t row, V more, V more_low) {
    V value = now.get(place, row);
    V low = now.get(place + 1, row);
    take_in(op::reduce_sum{}, tag(), value, low, more);
    low = hn::Add(low, more_low);
    tidy_pair(value, low);
    now.put(place, row, value);
    now.put(place + 1, row, low);
  }

  /// A sum after the largest element has grown, where it has.
  template <class Sum>
  HWY_INLINE void regrow(std::size_t place, std::size_t row) {
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

  /// Takes a block in; false if the largest element of every row is beyond the limit.
  HWY_INLINE bool take(const Context& part, const batch<Context>& block) {
    const tag d;
    nothing_beside nothing;
    reduce_stage<Direction, 0>(form_list<Largest>{}, std::index_sequence<0>{}, part, d, block,
                               of_block, nothing);
    bool grows = false;
    bool is_any_within = false;
    for (std::size_t row = 0; row < Direction::rows_of(rows); row += hn::Lanes(d)) {
      const V old = now.get(0, row);
      const V largest = join(op::largest{}, d, old, of_block.get(0, row));
      is_any_within = is_any_within || !hn::AllFalse(d, hn::Le(largest, set(d, limit)));
      grows = grows || !hn::AllFalse(d, hn::Gt(largest, old));
      of_block.put(0, row, largest);
    }
    if (!is_any_within) {
      put_largest();
      return false;
    }
    if (grows) grow(std::index_sequence_for<Sums...>{});
    add_sums(std::index_sequence_for<Sums...>{}, part, block);
    return true;
  }

  HWY_INLINE void put_largest() {
    for (std::size_t row = 0; row < Direction::rows_of(rows); row += hn::Lanes(tag())) {
      now.put(0, row, of_block.get(0, row));
    }
  }

  template <std::size_t... S>
  HWY_INLINE void grow(std::index_sequence<S...>) {
    before = now;
    put_largest();
    put_scales();
    for (std::size_t row = 0; row < Direction::rows_of(rows); row += hn::Lanes(tag())) {
      (regrow<Sums>(sums_at + 2 * S, row), ...);
    }
  }

  template <std::size_t... S>
  HWY_INLINE void add_sums(std::index_sequence<S...> sums, const Context& part,
                           const batch<Context>& block) {
    const tag d;
    for (std::size_t row = 0; row < Direction::rows_of(rows); row += hn::Lanes(d)) {
      for (std::size_t place = 0; place < sums_at; ++place) {
        of_block.put(place, row, now.get(place, row));
      }
    }
    nothing_beside nothing;
    reduce_stage<Direction, sums_at>(form_list<Sums...>{}, sums, part, d, block, of_block, nothing);
    for (std::size_t row = 0; row < Direction::rows_of(rows); row += hn::Lanes(d)) {
      (add(sums_at + 2 * S, row, of_block.get(sums_at + 2 * S, row),
           of_block.get(sums_at + 2 * S + 1, row)),
       ...);
    }
  }

  /// Rows of which the largest element is within the limit.
  HWY_INLINE hn::Mask<tag> are_within(std::size_t row) const {
    const tag d;
    const V largest = now.get(0, row);
    return hn::And(hn::Gt(largest, set(d, -limit)), hn::Le(largest, set(d, limit)));
  }

  /// The stages that follow. The first two are run anew for rows beyond the limit, and for these
  /// alone: what lies beside a row does not change its bits.
  HWY_INLINE void finish() {
    const tag d;
    nothing_beside nothing;
    bool are_all_within = true;
    for (std::size_t row = 0; row < Direction::rows_of(rows); row += hn::Lanes(d)) {
      are_all_within = are_all_within && hn::AllTrue(d, are_within(row));
    }
    if (!are_all_within) {
      run_stages<Direction, 0>(form_list<first_stage, second_stage>{}, context, d, rows, of_block,
                               nothing);
      for (std::size_t row = 0; row < Direction::rows_of(rows); row += hn::Lanes(d)) {
        const auto within = are_within(row);
        for (std::size_t place = total; place-- > 0;) {
          now.put(place, row,
                  hn::IfThenElse(within, now.get(place, row), of_block.get(place, row)));
        }
      }
    }
    put_invariants<Direction, total>(Following{}, std::make_index_sequence<Following::size>{},
                                     context, d, rows, now);
    run_stages<Direction, total + Following::size>(form_list<Rest...>{}, context, d, rows, now,
                                                   nothing);
    write_full_outputs<Direction>(context, d, rows, now);
    write_reduced_outputs<Direction>(context, d, rows, now);
  }
};

/// The elements of a row of this layout.
HWY_INLINE std::size_t elements_of_row(const row_layout& layout) {
  return (layout.is_across ? 1 : layout.lane.extent) * layout.inner.count();
}

/// The rows whose elements are to fit the caches together. What is asked of one row must not depend
/// on how many there are beside it: a row has the bits that it has alone, on any thread.
HWY_INLINE std::size_t rows_in_caches(const row_layout& layout) {
  return layout.is_across ? 4 * lanes_per_block : 1;
}

/// Runs a batch of long rows.
template <class Direction, class Context>
HWY_NOINLINE void run_long(const Context& context, const batch<Context>& rows) {
  using stages = typename Context::program::stages;
  row_layout layout = context.layout;
  loop_axis& axis = layout.inner.rank == 0 ? layout.lane : layout.inner.axes[0];
  const std::size_t extent = axis.extent;
  // The elements of a block stay in the first-level cache; those of many rows side by side in the
  // second, or a block of few would be too little work.
  const std::size_t bytes = sizeof(typename Context::compute) * elements_of_row(layout) / extent *
                            (layout.is_across ? lanes_per_block : 1);
  const std::size_t step = HWY_MAX(1, bytes_per_batch / bytes);
  long_rows<Direction, Context, stages> all(context, rows);
  bool goes_on = true;
  for (std::size_t at = 0; at < extent && goes_on; at += step) {
    axis.extent = HWY_MIN(step, extent - at);
    const Context part(layout);
    batch<Context> block = rows;
    for (std::size_t row = 0; row < (layout.is_across ? 1 : rows.count); ++row) {
      block.rows[row].move(axis.strides, static_cast<std::ptrdiff_t>(at));
    }
    goes_on = all.take(part, block);
  }
  all.finish();
}

/// Whether the elements of a row, or of as many as are gone over together, read and written, fit no
/// cache.
template <class Context>
HWY_INLINE bool is_long(const row_layout& layout) {
  return joins_stages<typename Context::program> && (!layout.is_across || layout.inner.rank > 0) &&
         fit_no_cache<Context>(rows_in_caches(layout) * elements_of_row(layout));
}

/// One batch, before the `next` one. `Long` is how long rows are gone over, if one reading serves
/// two stages.
template <class Context, class Direction, class Long>
HWY_INLINE void run_any_batch(const Context& context, const batch<Context>& rows,
                              const batch<Context>* next = nullptr) {
  if constexpr (joins_stages<typename Context::program>) {
    if (is_long<Context>(context.layout)) {
      constexpr std::size_t most = row_values<Context, Long, true>::rows;
      for (std::size_t first = 0; first < rows.count; first += most) {
        batch<Context> part = rows;
        if constexpr (Long::is_across) {
          part.rows[0].move(context.strides, static_cast<std::ptrdiff_t>(first));
          part.count = HWY_MIN(most, rows.count - first);
        }
        run_long<Long>(context, part);
      }
      return;
    }
  }
  run_batch<Context, Direction>(context, rows, next);
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_LOOP_LONG_ROWS_TOGGLE
