// SPDX-License-Identifier: BSL-1.0
// The loops of a kernel over tensors: over all rows, batch by batch.

#if defined(FUSOR_SIMD_LOOP_ROWS_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_LOOP_ROWS_TOGGLE
#undef FUSOR_SIMD_LOOP_ROWS_TOGGLE
#else
#define FUSOR_SIMD_LOOP_ROWS_TOGGLE
#endif

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "fusor/simd/loop/long_rows-inl.hpp"
#include "fusor/simd/loop/overlap-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// Whether there is nothing to reduce: then no row is one of several side by side.
template <class Context>
inline constexpr bool is_element_wise = Context::program::stages::size == 0;

template <std::size_t... P>
constexpr bool contains(std::index_sequence<P...>, std::size_t position) {
  return ((P == position) || ...);
}

/// Whether the lanes of every operand are neighbours in memory, or, where that can be, one element:
/// of an input that is broadcast, or of an output that lacks the reduced axes.
template <class Context, std::size_t... I, std::size_t... O>
HWY_INLINE bool is_dense(std::index_sequence<I...>, std::index_sequence<O...>,
                         const row_layout& layout) {
  const auto& strides = layout.lane.strides;
  const auto is_unit = [&](std::size_t operand, std::size_t size) {
    return strides[operand] == static_cast<std::ptrdiff_t>(size) || layout.lane.extent <= 1;
  };
  constexpr std::size_t first = Context::input_total;
  using reduced = typename Context::reduced::positions;
  (void)is_unit;
  return (((strides[I] == 0 &&
            (Context::broadcasts ||
             is_constant<typename element_at<I, typename Context::inputs>::type>)) ||
           is_unit(I, bytes_of<typename element_at<I, typename Context::inputs>::type>)) &&
          ... && true) &&
         ((is_unit(first + O, sizeof(typename element_at<O, typename Context::outputs>::type)) ||
           (!layout.is_across && strides[first + O] == 0 &&
            (layout.writes_once || contains(reduced{}, O)))) &&
          ...);
}

/// Whether what a call reads and writes fits no cache.
template <class Context>
HWY_INLINE bool is_beyond_caches(const row_layout& layout) {
  return fit_no_cache<Context>(layout.outer.count() * layout.lane.extent * layout.inner.count());
}

/// The bytes of a batch then. About as far as a processor works ahead, so that it reads the next
/// batch while it writes this one; twice as much where it is asked for the next one early enough.
/// 16384 rows of 1024, read and written: softmax 0.58 -> 0.40 ns an element, rms_norm 0.28 -> 0.20.
template <class Context>
inline constexpr std::size_t bytes_per_batch_beyond_caches =
    ends_long<typename Context::program::stages> ? 8192 : 4096;

/// Whether rows can be written past the caches: their ends, which share a line of a cache with
/// other rows, are written by themselves.
template <class Context>
inline constexpr bool can_stream =
    is_masked<typename Context::compute>&& Context::full::forms::size == 1 &&
    std::is_same_v<typename Context::outputs, element_list<typename Context::compute>>;

/// Whether rows are: what fits no cache, dense and not in place. What is carried waits in a buffer
/// then.
template <class Context>
HWY_INLINE bool streams(const row_layout& layout) {
  constexpr std::size_t inputs = Context::input_total;
  const auto* const out = layout.data[inputs];
  bool is_apart = true;
  for (std::size_t i = 0; i < inputs; ++i) is_apart = is_apart && layout.data[i] != out;
  return is_apart && !layout.writes_once && layout.inner.rank == 0 &&
         is_beyond_caches<Context>(layout) &&
         reinterpret_cast<std::uintptr_t>(out) % sizeof(typename Context::compute) == 0 &&
         (!has_carried<Context> ||
          layout.lane.extent <= carried_most<Context>)&&layout.lane.extent >=
             (ends_long<typename Context::program::stages> ? 128 : 32);
}

/// Rows of an element-wise formula: none waits for another.
template <class Context, class Direction>
HWY_NOINLINE void run_element_wise(const row_layout& layout, std::size_t begin, std::size_t end) {
  using full = typename Context::full;
  using outputs = full_outputs<false, typename full::forms, typename full::positions>;
  const Context context(layout);
  walker<operand_total<Context>> walk(layout, begin);
  for (; begin < end; ++begin) {
    Direction::template write_row<outputs>(context, typename Context::tag(), walk.at, nullptr);
    walk.next();
  }
  if constexpr (Direction::streams) hwy::FlushStream();
}

/// Rows in memory order, `begin` to `end` of all, as batches.
template <class Context>
struct batches_along {
  walker<operand_total<Context>> walk;
  std::size_t begin;
  std::size_t end;
  std::size_t most;

  /// The rows of a batch fill `bytes`, if there are several.
  HWY_INLINE batches_along(const row_layout& layout, std::size_t from, std::size_t to,
                           std::size_t bytes)
      : walk(layout, from), begin(from), end(to) {
    const std::size_t row =
        sizeof(typename Context::compute) * HWY_MAX(1, layout.lane.extent * layout.inner.count());
    most = HWY_MIN(HWY_MAX(1, bytes / row), hn::Lanes(typename Context::tag()));
  }

  /// Whether there was one more.
  HWY_INLINE bool next(batch<Context>& rows) {
    for (rows.count = 0; rows.count < most && begin < end; ++rows.count, ++begin) {
      rows.rows[rows.count] = walk.at;
      walk.next();
    }
    return rows.count > 0;
  }
};

/// Rows in memory order: while a batch is in its last stage, those before and after it are worked
/// on, if all are in a cache near by.
template <class Context, class Direction>
HWY_NOINLINE void run_overlapping(const row_layout& layout, std::size_t begin, std::size_t end) {
  const Context context(layout);
  const std::size_t row =
      operand_total<Context> * sizeof(typename Context::compute) * layout.lane.extent;
  const bool is_beyond = is_beyond_caches<Context>(layout);
  const bool overlaps = layout.inner.rank == 0 && row <= bytes_overlapped && !is_beyond;
  batches_along<Context> batches(
      layout, begin, end,
      is_beyond ? bytes_per_batch_beyond_caches<Context> : bytes_overlapped / 4);
  reduced_batch<Context> ring[3];
  ring[2].rows.count = 0;
  batches.next(ring[0].rows);
  bool has_begun = false;
  std::size_t now = 0;
  for (std::size_t next; ring[now].rows.count > 0; now = next) {
    next = now == 2 ? 0 : now + 1;
    auto& before = ring[3 - now - next];
    batches.next(ring[next].rows);
    if constexpr (joins_stages<typename Context::program>) {
      if (is_long<Context>(layout)) {
        run_long<along<true, false>>(context, ring[now].rows);
        ring[now].rows.count = 0;
        continue;
      }
    }
    if (!has_begun) run_ahead<Context, Direction>(context, ring[now]);
    run_overlapped<Context, Direction>(context, before, ring[now], ring[next], overlaps);
    has_begun = overlaps;
    if (!overlaps) {
      write_rest<Context, Direction>(context, ring[now], 0);
      ring[now].rows.count = 0;
    }
  }
  write_rest<Context, Direction>(context, ring[now == 0 ? 2 : now - 1], 0);
}

/// Rows in memory order, one batch after the other.
template <class Context, class Direction>
HWY_NOINLINE void run_along(const row_layout& layout, std::size_t begin, std::size_t end) {
  using compute = typename Context::compute;
  const Context context(layout);
  constexpr bool has_buffer = Direction::template has_buffer<Context>;
  alignas(64) compute buffer[has_buffer ? carried_most<Context> : 1];
  batches_along<Context> batches(layout, begin, end,
                                 is_beyond_caches<Context>(layout)
                                     ? bytes_per_batch_beyond_caches<Context>
                                 : has_buffer ? sizeof(buffer)
                                              : bytes_per_batch);
  batch<Context> pair[2];
  pair[0].buffer = pair[1].buffer = buffer;
  batches.next(pair[0]);
  for (std::size_t now = 0; pair[now].count > 0; now = 1 - now) {
    const batch<Context>& rows = pair[now];
    batches.next(pair[1 - now]);
    if constexpr (Direction::dense && !Direction::is_short) {
      run_any_batch<Context, Direction, along<true, false>>(context, rows, &pair[1 - now]);
    } else {
      run_batch<Context, Direction>(context, rows);
    }
  }
  if constexpr (Direction::streams) hwy::FlushStream();
}

/// Rows `first` and on of those side by side.
template <class Context>
HWY_INLINE void take_rows(const Context& context, const typename Context::place& at,
                          std::size_t first, std::size_t count, batch<Context>& rows) {
  rows.count = count;
  rows.rows[0] = at;
  rows.rows[0].move(context.strides, static_cast<std::ptrdiff_t>(first));
}

/// Rows side by side: in each block, the whole vectors of them, then the rest.
template <class Context, class Whole, class Rest>
HWY_NOINLINE void run_across(const row_layout& layout, std::size_t begin, std::size_t end) {
  const typename Context::tag d;
  const Context context(layout);
  const std::size_t lanes = hn::Lanes(d);
  const std::size_t blocks = blocks_per_row(layout);
  walker<operand_total<Context>> walk(layout, begin / blocks);
  std::size_t block = begin % blocks;
  batch<Context> rows;
  // A block, or the blocks that are left of a row of them, in pieces.
  constexpr std::size_t most = row_values<Context, Whole>::rows;
  while (begin < end) {
    const std::size_t taken = HWY_MIN(blocks - block, end - begin);
    const std::size_t last = HWY_MIN((block + taken) * lanes_per_block, layout.lane.extent);
    for (std::size_t first = block * lanes_per_block; first < last; first += most) {
      const std::size_t count = HWY_MIN(most, last - first);
      const std::size_t whole = std::is_same_v<Whole, Rest> ? 0 : count / lanes * lanes;
      if (whole > 0) {
        take_rows(context, walk.at, first, whole, rows);
        run_any_batch<Context, Whole, across<true, false>>(context, rows);
      }
      if (whole < count) {
        take_rows(context, walk.at, first + whole, count - whole, rows);
        run_any_batch<Context, Rest, across<false, false>>(context, rows);
      }
    }
    begin += taken;
    block += taken;
    if (block == blocks) {
      block = 0;
      walk.next();
    }
  }
}

/// Whether every array has elements of the type that is computed in.
template <class Compute, class... Elements>
constexpr bool are_computed_in(element_list<Elements...>) {
  return ((std::is_same_v<Elements, Compute> || is_constant<Elements>)&&... && true);
}

/// From rows in memory to columns in a buffer, and back: as many rows as a vector has lanes.
template <std::size_t... R, class D, class Place>
HWY_INLINE void turn_in(std::index_sequence<R...>, D d, const Place* places, std::size_t operand,
                        std::ptrdiff_t stride, std::size_t extent,
                        lane<D> (*columns)[hn::MaxLanes(D())]) {
  for (std::size_t begin = 0; begin < extent; begin += sizeof...(R), columns += sizeof...(R)) {
    const std::size_t count = HWY_MIN(sizeof...(R), extent - begin);
    const std::ptrdiff_t offset = stride * static_cast<std::ptrdiff_t>(begin);
    square_tile<D> tile = {
        {read_lanes<true, false, lane<D>>(d, places[R].at[operand] + offset, stride, count)...}};
    transpose<sizeof...(R)>(std::make_index_sequence<sizeof...(R) / 2>{}, d, tile);
    ((R < count ? hn::Store(tile.rows[R], d, columns[R]) : void()), ...);
  }
}

template <std::size_t... R, class D, class Place>
HWY_INLINE void turn_out(std::index_sequence<R...>, D d, lane<D> (*columns)[hn::MaxLanes(D())],
                         const Place* places, std::size_t rows, std::size_t operand,
                         std::size_t extent) {
  for (std::size_t begin = 0; begin < extent; begin += sizeof...(R), columns += sizeof...(R)) {
    const std::size_t count = HWY_MIN(sizeof...(R), extent - begin);
    square_tile<D> tile = {{hn::Load(d, columns[R])...}};
    transpose<sizeof...(R)>(std::make_index_sequence<sizeof...(R) / 2>{}, d, tile);
    ((R < rows
          ? write_lanes<true, false, lane<D>>(
                d, tile.rows[R], const_cast<char*>(places[R].at[operand]) + begin * sizeof(lane<D>),
                sizeof(lane<D>), count)
          : void()),
     ...);
  }
}

/// So many vectors are in the longest rows that are turned, less one element if there are two: a
/// vector that is not full costs as much as turning, if its terms are long.
template <class Context>
inline constexpr std::size_t vectors_turned = ends_long<typename Context::program::stages> ? 2 : 1;

/// Short rows: as many as a vector has lanes are turned, so that each has a lane of its own, and
/// turned back.
template <class Context, std::size_t... I, std::size_t... O>
HWY_NOINLINE void run_short(std::index_sequence<I...>, std::index_sequence<O...>,
                            const row_layout& layout, std::size_t begin, std::size_t end) {
  using compute = typename Context::compute;
  constexpr std::size_t inputs = Context::input_total;
  constexpr std::size_t operands = operand_total<Context>;
  constexpr std::size_t most = hn::MaxLanes(typename Context::tag());
  constexpr bool is_array[] = {
      !is_constant<typename element_at<I, typename Context::inputs>::type>..., (O + 1 > 0)...};
  constexpr auto all_rows = std::make_index_sequence<most>{};
  const typename Context::tag d;
  const std::size_t lanes = most;
  const std::size_t extent = layout.lane.extent;
  alignas(64) compute tiles[operands][vectors_turned<Context> * most][most];

  std::ptrdiff_t lane_strides[operands], position_strides[operands];
  row_layout turned;
  turned.lane = {lanes, lane_strides};
  turned.inner.rank = 1;
  turned.inner.axes[0] = {extent, position_strides};
  turned.reduced_count = layout.reduced_count;
  turned.writes_once = layout.writes_once;
  turned.is_across = true;
  batch<Context> rows;
  for (std::size_t o = 0; o < operands; ++o) {
    lane_strides[o] = is_array[o] ? sizeof(compute) : 0;
    position_strides[o] = is_array[o] ? sizeof(tiles[o][0]) : 0;
    rows.rows[0].at[o] = is_array[o] ? reinterpret_cast<const char*>(tiles[o]) : layout.data[o];
  }
  rows.count = lanes;
  const Context context(turned);

  walker<operands> walk(layout, begin);
  while (begin < end) {
    const std::size_t count = HWY_MIN(lanes, end - begin);
    typename Context::place places[most];
    for (std::size_t row = 0; row < lanes; ++row) {
      places[row] = walk.at;  // of rows that are not there, the last
      if (row + 1 < count) walk.next();
    }
    walk.next();
    begin += count;
    ((is_array[I] ? turn_in(all_rows, d, places, I, layout.lane.strides[I], extent, tiles[I])
                  : void()),
     ...);
    constexpr bool in_output = has_carried<Context> && carries_in_output<Context>;
    run_batch<Context, across<true, in_output>>(context, rows);
    (turn_out(all_rows, d, tiles[inputs + O], places, count, inputs + O,
              layout.lane.strides[inputs + O] == 0 ? 1 : extent),
     ...);
  }
}

/// By the loops that serve every layout.
template <class Context>
void run_any_layout(const row_layout& layout, std::size_t begin, std::size_t end) {
  if constexpr (is_element_wise<Context>) {
    return run_element_wise<Context, along<false, false>>(layout, begin, end);
  } else if (layout.is_across) {
    return run_across<Context, across<false, false>, across<false, false>>(layout, begin, end);
  } else {
    run_along<Context, along<false, false>>(layout, begin, end);
  }
}

/// Rows of which the lanes are dense, of a formula with reductions.
template <class Context>
void run_dense(const row_layout& layout, std::size_t begin, std::size_t end) {
  using compute = typename Context::compute;
  constexpr bool in_output = has_carried<Context> && carries_in_output<Context>;
  if (layout.is_across) {
    using whole = across<true, in_output>;
    return run_across<Context, whole, across<false, false>>(layout, begin, end);
  }
  if constexpr (!HWY_HAVE_SCALABLE && hn::MaxLanes(typename Context::tag()) > 1 &&
                are_computed_in<compute>(typename Context::inputs{}) &&
                are_computed_in<compute>(typename Context::outputs{})) {
    constexpr std::size_t longest =
        vectors_turned<Context> * (hn::MaxLanes(typename Context::tag()) - 1) + 1;
    // One row as well: it has the bits that it has beside others.
    if (layout.inner.rank == 0 && layout.lane.extent > 0 && layout.lane.extent <= longest) {
      return run_short<Context>(std::make_index_sequence<Context::input_total>{},
                                std::make_index_sequence<Context::output_total>{}, layout, begin,
                                end);
    }
  }
  if constexpr (can_stream<Context>) {
    if (streams<Context>(layout)) {
      return run_along<Context, along<true, has_carried<Context>, false, true>>(layout, begin, end);
    }
  }
  if constexpr (has_carried<Context> && !carries_in_output<Context>) {
    if (layout.inner.rank == 0 && layout.lane.extent <= carried_most<Context>) {
      return run_along<Context, along<true, true>>(layout, begin, end);
    }
  }
  const bool is_short =
      layout.inner.rank == 0 &&
      layout.lane.extent * hn::Lanes(typename Context::tag()) <= bytes_per_batch / sizeof(compute);
  if (is_short && !is_long<Context>(layout)) {
    return run_along<Context, along<true, in_output, true>>(layout, begin, end);
  }
  if constexpr (overlaps_batches<Context>) {
    if (layout.writes_once) return run_along<Context, along<true, in_output>>(layout, begin, end);
    run_overlapping<Context, along<true, in_output>>(layout, begin, end);
  } else {
    run_along<Context, along<true, in_output>>(layout, begin, end);
  }
}

/// By loops for the layout at hand.
template <class Context>
void run_by_layout(const row_layout& layout, std::size_t begin, std::size_t end) {
  if (!is_dense<Context>(std::make_index_sequence<Context::input_total>{},
                         std::make_index_sequence<Context::output_total>{}, layout)) {
    return run_any_layout<Context>(layout, begin, end);
  }
  if constexpr (is_element_wise<Context>) {
    if constexpr (can_stream<Context>) {
      if (streams<Context>(layout)) {
        return run_element_wise<Context, along<true, false, false, true>>(layout, begin, end);
      }
    }
    run_element_wise<Context, along<true, false>>(layout, begin, end);
  } else {
    run_dense<Context>(layout, begin, end);
  }
}

/// Whether rows with reductions have loops for each layout. Where a processor has no vectors that
/// Highway knows, speed is not worth the time to compile, nor is it for x86 processors of 2007 and
/// before, where these get a loop with vectors at all.
#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128
inline constexpr bool has_loops_by_layout = false;
#elif HWY_ARCH_X86 && !defined(FUSOR_STATIC_DISPATCH)
inline constexpr bool has_loops_by_layout = HWY_TARGET < HWY_SSSE3;
#else
inline constexpr bool has_loops_by_layout = true;
#endif

/// The entry of a kernel over tensors on this instruction set: blocks `begin` to `end` of all.
template <class Plan>
void run_rows(const row_layout& layout, std::size_t begin, std::size_t end) {
  if constexpr (has_loops_by_layout) {
    run_by_layout<row_context<Plan>>(layout, begin, end);
  } else {
    run_any_layout<row_context<Plan>>(layout, begin, end);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_LOOP_ROWS_TOGGLE
