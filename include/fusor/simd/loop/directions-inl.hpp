// SPDX-License-Identifier: BSL-1.0
// The two ways over a batch of rows: along them, and across them.

#if defined(FUSOR_SIMD_LOOP_DIRECTIONS_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_LOOP_DIRECTIONS_TOGGLE
#undef FUSOR_SIMD_LOOP_DIRECTIONS_TOGGLE
#else
#define FUSOR_SIMD_LOOP_DIRECTIONS_TOGGLE
#endif

#include <cstddef>
#include <cstring>
#include <utility>

#include "fusor/simd/loop/row_line-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

// --- the rows of which the lanes are the elements ---

/// A vector for each row of a batch and each of several reductions, before the lanes are taken
/// together.
template <std::size_t Reductions, class D>
struct partial_values {
  alignas(64) lane<D> values[Reductions][hn::MaxLanes(D())][hn::MaxLanes(D())];
  alignas(64) lane<D> lows[Reductions][hn::MaxLanes(D())][hn::MaxLanes(D())];
};

/// `Dense`: neighbours in memory. `Carries`: terms wait for the outputs. `Short`: a row is a line,
/// over before low parts have to be settled. `Streams`: the only output is written past the caches,
/// and a row is a line.
template <bool Dense, bool Carries, bool Short = false, bool Streams = false>
struct along {
  static constexpr bool dense = Dense;
  static constexpr bool carries = Carries;
  static constexpr bool is_short = Short;
  static constexpr bool streams = Streams;
  static constexpr bool is_across = false;

  /// Whether what is carried waits in a buffer, not where the output is written.
  template <class Context>
  static constexpr bool has_buffer = Carries && (Streams || !carries_in_output<Context>);

  /// Of the elements that are left, those of the next position.
  static HWY_INLINE std::size_t lanes_of(std::size_t left, std::size_t lanes) {
    return HWY_MIN(left, lanes);
  }

  /// Row values fill one vector.
  template <class Context>
  static HWY_INLINE std::size_t rows_of(const batch<Context>&) {
    return hn::Lanes(typename Context::tag());
  }

  /// Positions are elements.
  template <class Element, class Context>
  static HWY_INLINE const char* address(const Context& context, const typename Context::place& at,
                                        std::size_t operand, std::size_t index) {
    const std::ptrdiff_t stride = context.template stride<Element, Dense>(operand);
    if constexpr (Dense) {
      return HWY_UNLIKELY(stride == 0) ? at.at[operand] : at.at[operand] + index * sizeof(Element);
    } else {
      return at.at[operand] + static_cast<std::ptrdiff_t>(index) * stride;
    }
  }

  /// To the position that lies `count` after this one.
  template <class Context>
  static HWY_INLINE void advance(row_line<Context>&, std::size_t& index, std::size_t count) {
    index += count;
  }

  template <class Context>
  static HWY_INLINE std::ptrdiff_t carried_stride(const Context&) {
    return sizeof(typename Context::compute);
  }

  template <class Context>
  static HWY_INLINE row_line<Context> line_of(const Context& context,
                                              const typename Context::place& at,
                                              typename Context::compute* buffer) {
    char* carried = nullptr;
    if constexpr (Carries) {
      carried = has_buffer<Context> ? reinterpret_cast<char*>(buffer)
                                    : const_cast<char*>(at.at[Context::input_total]);
    }
    (void)buffer;
    return {context, at.copy(), carried};
  }

  /// What is carried for a row, unless it waits in the output.
  template <class Context>
  static HWY_INLINE typename Context::compute* buffer_of(const Context& context,
                                                         const batch<Context>& rows,
                                                         std::size_t row) {
    return has_buffer<Context> ? rows.buffer + row * context.extent : nullptr;
  }

  /// What a row value is before a row is reduced: found, or, from `First` on, what one of the
  /// reductions starts from.
  template <std::size_t First, std::size_t K, class... Reductions, class D>
  static HWY_INLINE hn::Vec<D> held_at(D d, const auto& found, std::size_t row) {
    if constexpr (K < First) {
      return hn::Set(d, found.of[K][row]);
    } else {
      return start_of_value<K - First, Reductions...>(d);
    }
  }

  /// One row, to one vector for each reduction.
  template <class... Reductions, std::size_t... M, class Context, class D, class Partial,
            class Beside, class... Held>
  static HWY_INLINE void reduce_row(form_list<Reductions...> all, std::index_sequence<M...> m,
                                    const Context& context, D d, const batch<Context>& rows,
                                    std::size_t row, Partial& partial, Beside beside,
                                    Held... held) {
    constexpr std::size_t first = sizeof...(Held) - 2 * sizeof...(M);
    const std::size_t lanes = hn::Lanes(d);
    const std::size_t count = context.extent;
    auto* const buffer = buffer_of(context, rows, row);
    if constexpr (Short) {
      reduce_positions<along, true>(all, m, line_of(context, rows.rows[row], buffer), d, 0, count,
                                    lanes, lanes, true, beside, held...);
    } else {
      walker<operand_total<Context>> walk(context.layout.inner, rows.rows[row], context.inner_rank);
      const std::size_t most = positions_between_settling * lanes;
      std::size_t unsettled = 0;
      bool is_first = true;
      do {
        const row_line<Context> line = line_of(context, walk.at, buffer);
        for (std::size_t begin = 0, end; begin < count; begin = end) {
          end = HWY_MIN(count, begin + most);
          reduce_positions<along, Dense>(all, m, line, d, begin, end - begin, lanes, lanes,
                                         is_first, beside, held...);
          is_first = false;
          unsettled += end - begin + 4 * lanes;
          if (unsettled > most) {
            (settle_reduction<Reductions, first + 2 * M>(d, held...), ...);
            unsettled = 0;
          }
        }
      } while (walk.next());
    }
    beside.finish(d, count / lanes / 4 * 4);
    (store_partial<Reductions, M>(context, d, row, partial, pick<first + 2 * M>(held...),
                                  pick<first + 2 * M + 1>(held...)),
     ...);
  }

  template <class Reduction, std::size_t M, class Context, class D, class Partial, class V>
  static HWY_INLINE void store_partial(const Context& context, D d, std::size_t row,
                                       Partial& partial, V value, V low) {
    using operation = typename Reduction::operation;
    if constexpr (folds_low<operation>) {
      hn::Store(value, d, partial.values[M][row]);
      if (!has_no_low<Reduction>(context, d)) hn::Store(low, d, partial.lows[M][row]);
    } else if constexpr (takes_terms<Reduction>) {
      if constexpr (keeps_low<operation>) value = hn::Add(value, low);
      hn::Store(value, d, partial.values[M][row]);
    }
  }

  /// A row of up to four vectors has no low part before its lanes are taken together.
  template <class Reduction, class Context, class D>
  static HWY_INLINE bool has_no_low(const Context& context, D d) {
    return context.inner_rank == 0 && context.extent <= 4 * hn::Lanes(d) &&
           starts_with_term<typename Reduction::operation>;
  }

  template <class Reduction, class Context, class D, class Partial>
  static HWY_INLINE void fold(const Context& context, D d, const batch<Context>& rows, auto& found,
                              std::size_t place, Partial& partial, std::size_t m) {
    if constexpr (takes_terms<Reduction>) {
      auto value = hn::Zero(d);
      auto low = hn::Zero(d);
      fold_rows(typename Reduction::operation{}, d, partial.values[m], partial.lows[m], rows.count,
                !has_no_low<Reduction>(context, d), value, low);
      found.put(place, 0, value);
      found.put(place + 1, 0, low);
    }
  }

  template <std::size_t... K, class... Reductions, std::size_t... M, class Context, class D,
            class Beside>
  static HWY_INLINE void reduce(std::index_sequence<K...>, form_list<Reductions...> all,
                                std::index_sequence<M...> m, const Context& context, D d,
                                const batch<Context>& rows, auto& found, Beside& beside) {
    constexpr std::size_t first = sizeof...(K) - 2 * sizeof...(M);
    partial_values<sizeof...(M), D> partial;
    std::size_t row = 0;
    do {  // there is one at least
      reduce_row(all, m, context, d, rows, row, partial, beside.row(row),
                 held_at<first, K, Reductions...>(d, found, row)...);
    } while (++row < rows.count);
    (fold<Reductions>(context, d, rows, found, first + 2 * M, partial, M), ...);
  }

  template <class Write, class Context, class D, class... Held>
  static HWY_INLINE void write_row(const Context& context, D d, const typename Context::place& at,
                                   typename Context::compute* buffer, Held... held) {
    if constexpr (Short) {
      write_line<Write>(line_of(context, at, buffer), d, 0, held...);
    } else {
      walker<operand_total<Context>> walk(context.layout.inner, at, context.inner_rank);
      do {
        write_line<Write>(line_of(context, walk.at, buffer), d, 0, held...);
      } while (walk.next());
    }
  }

  /// From vector `begin` on.
  template <class Write, class Context, class D, class... Held>
  static HWY_INLINE void write_line(const row_line<Context>& line, D d, std::size_t begin,
                                    Held... held) {
    const std::size_t lanes = hn::Lanes(d);
    const std::size_t count = line.context.extent;
    std::size_t index = begin * lanes;
    if constexpr (Streams) {
      const auto* const out = line.at.at[Context::input_total];
      index = HWY_MIN(count, elements_to_alignment(
                                 reinterpret_cast<const typename Context::compute*>(out), lanes));
      if (index > 0) Write::template position<along, false>(line, d, 0, index, held...);
    }
    if constexpr (Dense) {
      const std::size_t vectors = (count - index) / lanes;
      write_positions<along, true, Write>(line, d, index, vectors, lanes, lanes, held...);
      index += vectors * lanes;
    }
    for (; index < count; index += lanes) {
      Write::template position<along, false>(line, d, index, HWY_MIN(lanes, count - index),
                                             held...);
    }
  }

  /// From row `begin` on.
  template <class Write, std::size_t... K, class Context, class D>
  static HWY_INLINE void write(std::index_sequence<K...>, const Context& context, D d,
                               const batch<Context>& rows, const auto& found,
                               std::size_t begin = 0) {
    for (std::size_t row = begin; row < rows.count; ++row) {
      write_row<Write>(context, d, rows.rows[row], buffer_of(context, rows, row),
                       hn::Set(d, found.of[K][row])...);
    }
    (void)found;
  }

  /// An output that lacks the reduced axes: each lane goes to its row.
  template <class Element, class Context, class D, class V>
  static HWY_INLINE void write_reduced(const Context&, D d, V value, const batch<Context>& rows,
                                       std::size_t, std::size_t operand) {
    alignas(64) Element numbers[hn::MaxLanes(D())];
    store(d, value, numbers);
    for (std::size_t row = 0; row < rows.count; ++row) {
      std::memcpy(const_cast<char*>(rows.rows[row].at[operand]), numbers + row, sizeof(Element));
    }
  }
};

// --- rows side by side, one in each lane ---

/// The positions of rows side by side, in blocks: each is gone over vector by vector before the
/// next one, so that memory is walked forward. `Backward`: the last block of an axis comes first,
/// as it is in the cache still.
template <class Context, bool Backward = false>
struct position_blocks {
  walker<operand_total<Context>> walk;
  std::size_t extent;
  std::size_t step = positions_between_settling;
  std::size_t block;
  std::size_t blocks;
  std::size_t lines = 1;

  HWY_INLINE position_blocks(const Context& context, const batch<Context>& rows)
      : walk(context.layout.inner, rows.rows[0], HWY_MAX(context.inner_rank, 1) - 1),
        extent(context.inner_rank == 0 ? 1
                                       : context.layout.inner.axes[context.inner_rank - 1].extent) {
    // A power of two, so that the number of rows does not decide when low parts are settled. Not as
    // many positions as the cache would hold: those of wide rows lie at the same places of pages.
    constexpr std::size_t positions = bytes_per_batch / 4 / sizeof(typename Context::compute);
    constexpr std::size_t least = Backward ? 4 : 8;
    while (step > least && step * rows.count > positions) step /= 2;
    blocks = HWY_MAX(1, (extent + step - 1) / step);
    block = first();
  }

  HWY_INLINE std::size_t first() const {
    return Backward ? blocks - 1 : 0;
  }
  HWY_INLINE std::size_t begin() const {
    return block * step;
  }
  HWY_INLINE std::size_t end() const {
    return HWY_MIN(begin() + step, extent);
  }

  /// Whether low parts are settled after this block. After the last one of all they are.
  HWY_INLINE bool settles() const {
    if (end() < extent) return end() % positions_between_settling == 0;
    return extent >= steps_between_settling || lines % 16 == 0 || walk.is_last();
  }

  HWY_INLINE bool next() {
    if (block != (Backward ? 0 : blocks - 1)) {
      block = Backward ? block - 1 : block + 1;
      return true;
    }
    block = first();
    ++lines;
    return walk.next();
  }
};

/// `Whole`: vectors of neighbours in memory; else any number of rows, anywhere.
template <bool Whole, bool Carries>
struct across {
  static constexpr bool dense = Whole;
  static constexpr bool carries = Carries;
  static constexpr bool streams = false;
  static constexpr bool is_across = true;

  static HWY_INLINE std::size_t lanes_of(std::size_t, std::size_t lanes) {
    return lanes;
  }

  template <class Context>
  static HWY_INLINE std::size_t rows_of(const batch<Context>& rows) {
    return rows.count;
  }

  /// Positions are those along the innermost axis within a row.
  template <class Element, class Context>
  static HWY_INLINE const char* address(const Context& context, const typename Context::place& at,
                                        std::size_t operand, std::size_t index) {
    return at.at[operand] + static_cast<std::ptrdiff_t>(index) * context.inner_strides[operand];
  }

  /// To the position that lies `count` after this one. The line moves, not the index: a product of
  /// index and stride for every operand would cost as much as the arithmetic.
  template <class Context>
  static HWY_INLINE void advance(row_line<Context>& line, std::size_t&, std::size_t count) {
    const auto steps = static_cast<std::ptrdiff_t>(count);
    line.at.move(line.context.inner_strides, steps);
    if constexpr (Carries) line.carried += steps * carried_stride(line.context);
  }

  template <class Context>
  static HWY_INLINE std::ptrdiff_t carried_stride(const Context& context) {
    return context.inner_strides[Context::input_total];
  }

  template <class Context>
  static HWY_INLINE row_line<Context> line_of(const Context& context,
                                              const typename Context::place& at) {
    return {context, at.copy(), Carries ? const_cast<char*>(at.at[Context::input_total]) : nullptr};
  }

  /// Calls `body(row, lanes, line)` for every vector of rows.
  template <class Context, class Body>
  static HWY_INLINE void for_each_vector(const Context& context, const batch<Context>& rows,
                                         const typename Context::place& first, const Body& body) {
    typename Context::place at = first.copy();
    const std::size_t lanes = hn::Lanes(typename Context::tag());
    for (std::size_t row = 0; row < rows.count; row += lanes) {
      body(row, HWY_MIN(lanes, rows.count - row), line_of(context, at));
      at.move(context.strides, static_cast<std::ptrdiff_t>(lanes));
    }
  }

  template <std::size_t... K, class... Reductions, std::size_t... M, class Context, class D>
  static HWY_INLINE void reduce(std::index_sequence<K...>, form_list<Reductions...> all,
                                std::index_sequence<M...> m, const Context& context, D d,
                                const batch<Context>& rows, auto& found, nothing_beside& nothing) {
    constexpr std::size_t first = sizeof...(K) - 2 * sizeof...(M);
    position_blocks<Context> blocks(context, rows);
    bool is_first = true;
    do {
      const std::size_t begin = blocks.begin(), end = blocks.end();
      const bool settles = blocks.settles();
      for_each_vector(context, rows, blocks.walk.at,
                      [&](std::size_t row, std::size_t lanes, const auto& line) HWY_ATTR {
                        reduce_block(all, m, line, d, begin, end, is_first, settles, lanes, found,
                                     row, nothing,
                                     held_at<first, K, Reductions...>(d, found, row, is_first)...);
                      });
      is_first = false;
    } while (blocks.next());
  }

  /// What a row value is before a block: found, or, before the first one and from `First` on, what
  /// one of the reductions starts from.
  template <std::size_t First, std::size_t K, class... Reductions, class D>
  static HWY_INLINE hn::Vec<D> held_at(D d, const auto& found, std::size_t row, bool is_first) {
    if constexpr (K >= First) {
      if (is_first) return start_of_value<K - First, Reductions...>(d);
    }
    return found.get(K, row);
  }

  template <class... Reductions, std::size_t... M, class Context, class D, class... Held>
  static HWY_INLINE void reduce_block(form_list<Reductions...> all, std::index_sequence<M...> m,
                                      const row_line<Context>& line, D d, std::size_t begin,
                                      std::size_t end, bool is_first, bool settles,
                                      std::size_t lanes, auto& found, std::size_t row,
                                      nothing_beside& nothing, Held... held) {
    constexpr std::size_t first = sizeof...(Held) - 2 * sizeof...(M);
    reduce_positions<across, Whole>(all, m, line, d, begin, end - begin, 1, lanes, is_first,
                                    nothing, held...);
    if (settles) (settle_reduction<Reductions, first + 2 * M>(d, held...), ...);
    (put_back<Reductions>(found, first + 2 * M, row, pick<first + 2 * M>(held...),
                          pick<first + 2 * M + 1>(held...)),
     ...);
  }

  template <class Reduction, class V>
  static HWY_INLINE void put_back(auto& found, std::size_t place, std::size_t row, V value, V low) {
    if constexpr (takes_terms<Reduction>) {
      found.put(place, row, value);
      found.put(place + 1, row, low);
    }
  }

  template <class Write, std::size_t... K, class Context, class D>
  static HWY_INLINE void write(std::index_sequence<K...>, const Context& context, D d,
                               const batch<Context>& rows, const auto& found) {
    position_blocks<Context, true> blocks(context, rows);
    do {
      const std::size_t begin = blocks.begin(), end = blocks.end();
      for_each_vector(context, rows, blocks.walk.at,
                      [&](std::size_t row, std::size_t lanes, const auto& line) HWY_ATTR {
                        write_positions<across, Whole, Write>(line, d, begin, end - begin, 1, lanes,
                                                              found.get(K, row)...);
                        (void)row;
                      });
    } while (blocks.next());
    (void)found;
  }

  template <class Element, class Context, class D, class V>
  static HWY_INLINE void write_reduced(const Context& context, D d, V value,
                                       const batch<Context>& rows, std::size_t row,
                                       std::size_t operand) {
    const std::ptrdiff_t stride = context.strides[operand];
    write_lanes<Whole, Whole, Element>(
        d, value,
        const_cast<char*>(rows.rows[0].at[operand]) + stride * static_cast<std::ptrdiff_t>(row),
        stride, HWY_MIN(hn::Lanes(d), rows.count - row));
  }
};

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_LOOP_DIRECTIONS_TOGGLE
