// SPDX-License-Identifier: BSL-1.0
// The two ways over a batch of rows: along them, and across them.

#if defined(FUSOR_KERNEL_SIMD_DIRECTIONS_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_KERNEL_SIMD_DIRECTIONS_TOGGLE
#undef FUSOR_KERNEL_SIMD_DIRECTIONS_TOGGLE
#else
#define FUSOR_KERNEL_SIMD_DIRECTIONS_TOGGLE
#endif

#include <cstddef>
#include <cstring>
#include <utility>

#include "fusor/kernel/simd/row_line-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

// --- the rows of which the lanes are the elements ---

/// Row values with one row in each lane, as numbers.
template <class D, std::size_t Count>
struct row_numbers {
  alignas(64) lane<D> of[Count + 1][hn::MaxLanes(D())];

  template <std::size_t... K, class... Held>
  HWY_INLINE row_numbers(std::index_sequence<K...>, D d, Held... held) {
    (hn::Store(held, d, of[K]), ...);
    (void)d;
  }
};

/// `Dense`: neighbours in memory. `Carries`: terms wait for the outputs.
template <bool Dense, bool Carries>
struct along {
  static constexpr bool dense = Dense;
  static constexpr bool carries = Carries;

  /// Positions are elements.
  template <class Element, class Context>
  static HWY_INLINE const char* address(const Context& context, const typename Context::place& at,
                                        std::size_t operand, std::size_t index) {
    const std::ptrdiff_t stride = context.strides[operand];
    if constexpr (Dense) {
      return HWY_UNLIKELY(stride == 0) ? at.at[operand] : at.at[operand] + index * sizeof(Element);
    } else {
      return at.at[operand] + static_cast<std::ptrdiff_t>(index) * stride;
    }
  }

  template <class Context>
  static HWY_INLINE std::ptrdiff_t carried_stride(const Context&) {
    return sizeof(typename Context::compute);
  }

  template <class Context>
  static HWY_INLINE row_line<Context> line_of(const Context& context,
                                              const typename Context::place& at,
                                              const batch<Context>& rows, std::size_t row) {
    char* carried = nullptr;
    if constexpr (Carries) {
      carried = carries_in_output<Context>
                    ? const_cast<char*>(at.at[Context::input_total])
                    : reinterpret_cast<char*>(rows.buffer + row * context.extent);
    }
    (void)rows;
    (void)row;
    return {context, at, carried, 0};
  }

  /// One row, to one vector for each reduction.
  template <class... Reductions, std::size_t... M, class Context, class D, class Partial,
            class... Held>
  static HWY_INLINE void reduce_row(form_list<Reductions...> all, std::index_sequence<M...> m,
                                    const Context& context, D d, const batch<Context>& rows,
                                    std::size_t row, Partial& partial, Held... held) {
    constexpr std::size_t first = sizeof...(Held) - 2 * sizeof...(M);
    const std::size_t lanes = hn::Lanes(d);
    const std::size_t count = context.extent;
    walker<operand_total<Context>> walk(context.layout.inner, rows.rows[row], context.inner_rank);
    do {
      const row_line<Context> line = line_of(context, walk.at, rows, row);
      std::size_t index = 0;
      if constexpr (Dense) {
        reduce_whole<along>(all, m, line, d, count / lanes, lanes, held...);
        index = count / lanes * lanes;
      }
      for (std::size_t steps = 1; index < count; index += lanes, ++steps) {
        (take_one<Reductions, along, false, first + 2 * M>(line, d, index,
                                                           HWY_MIN(lanes, count - index), held...),
         ...);
        if (!Dense && steps % steps_between_settling == 0) {
          (settle_reduction<Reductions, first + 2 * M>(d, held...), ...);
        }
      }
    } while (walk.next());
    (hn::Store(pick<first + 2 * M>(held...), d, partial.values[M][row]), ...);
    (hn::Store(pick<first + 2 * M + 1>(held...), d, partial.lows[M][row]), ...);
  }

  template <std::size_t... K, class... Reductions, std::size_t... M, class Context, class D,
            class Partial, class Numbers>
  static HWY_INLINE void reduce_rows(std::index_sequence<K...>, form_list<Reductions...> all,
                                     std::index_sequence<M...> m, const Context& context, D d,
                                     const batch<Context>& rows, Partial& partial,
                                     const Numbers& numbers) {
    std::size_t row = 0;
    do {  // there is one at least
      reduce_row(all, m, context, d, rows, row, partial, hn::Set(d, numbers.of[K][row])...);
    } while (++row < rows.count);
  }

  template <class Reduction, std::size_t Value, class D, class Partial, class... Held>
  static HWY_INLINE void fold(D d, std::size_t rows, Partial& partial, std::size_t m,
                              Held&... held) {
    if constexpr (takes_terms<Reduction>) {
      fold_rows(typename Reduction::operation{}, d, partial.values[m], partial.lows[m], rows,
                pick_reference<Value>(held...), pick_reference<Value + 1>(held...));
    }
  }

  template <class... Reductions, std::size_t... M, class Context, class D, class... Held>
  static HWY_INLINE void reduce(form_list<Reductions...> all, std::index_sequence<M...> m,
                                const Context& context, D d, const batch<Context>& rows,
                                Held&... held) {
    constexpr std::size_t first = sizeof...(Held) - 2 * sizeof...(M);
    constexpr std::size_t most = hn::MaxLanes(D());
    constexpr auto indices = std::index_sequence_for<Held...>{};
    const row_numbers<D, sizeof...(Held)> numbers(indices, d, held...);
    struct {
      alignas(64) lane<D> values[sizeof...(M)][most][most];
      alignas(64) lane<D> lows[sizeof...(M)][most][most];
    } partial;
    reduce_rows(indices, all, m, context, d, rows, partial, numbers);
    (fold<Reductions, first + 2 * M>(d, rows.count, partial, M, held...), ...);
  }

  template <class Write, std::size_t... K, class Context, class D, class Numbers>
  static HWY_INLINE void write_rows(std::index_sequence<K...>, const Context& context, D d,
                                    const batch<Context>& rows, const Numbers& numbers) {
    for (std::size_t row = 0; row < rows.count; ++row) {
      write_row<Write>(context, d, rows, row, hn::Set(d, numbers.of[K][row])...);
    }
    (void)numbers;
  }

  template <class Write, class Context, class D, class... Held>
  static HWY_INLINE void write_row(const Context& context, D d, const batch<Context>& rows,
                                   std::size_t row, Held... held) {
    const std::size_t lanes = hn::Lanes(d);
    const std::size_t count = context.extent;
    walker<operand_total<Context>> walk(context.layout.inner, rows.rows[row], context.inner_rank);
    do {
      const row_line<Context> line = line_of(context, walk.at, rows, row);
      std::size_t index = 0;
      if constexpr (Dense) {
        write_whole<along, Write>(line, d, count / lanes, lanes, held...);
        index = count / lanes * lanes;
      }
      for (; index < count; index += lanes) {
        Write::template position<along, false>(line, d, index, HWY_MIN(lanes, count - index),
                                               held...);
      }
    } while (walk.next());
  }

  template <class Write, class Context, class D, class... Held>
  static HWY_INLINE void write(const Context& context, D d, const batch<Context>& rows,
                               Held... held) {
    constexpr auto indices = std::index_sequence_for<Held...>{};
    write_rows<Write>(indices, context, d, rows,
                      row_numbers<D, sizeof...(Held)>(indices, d, held...));
  }

  /// An output that lacks the reduced axes: each lane goes to its row.
  template <class Element, class Context, class D, class V>
  static HWY_INLINE void write_reduced(const Context&, D d, V value, const batch<Context>& rows,
                                       std::size_t operand) {
    alignas(64) Element numbers[hn::MaxLanes(D())];
    store(d, value, numbers);
    for (std::size_t row = 0; row < rows.count; ++row) {
      std::memcpy(const_cast<char*>(rows.rows[row].at[operand]), numbers + row, sizeof(Element));
    }
  }
};

// --- rows side by side, one in each lane ---

/// `Whole`: as many rows as lanes, neighbours in memory; else any number, anywhere.
template <bool Whole, bool Carries>
struct across {
  static constexpr bool dense = Whole;
  static constexpr bool carries = Carries;

  /// Positions are those along the last of the axes within a row.
  static HWY_INLINE std::ptrdiff_t stride_of(const row_layout& layout, std::size_t operand) {
    return layout.inner.rank == 0 ? 0 : layout.inner.axes[layout.inner.rank - 1].strides[operand];
  }

  template <class Element, class Context>
  static HWY_INLINE const char* address(const Context& context, const typename Context::place& at,
                                        std::size_t operand, std::size_t index) {
    return at.at[operand] + static_cast<std::ptrdiff_t>(index) * stride_of(context.layout, operand);
  }

  template <class Context>
  static HWY_INLINE std::ptrdiff_t carried_stride(const Context& context) {
    return stride_of(context.layout, Context::input_total);
  }

  template <class... Reductions, std::size_t... M, class Context, class D, class... Held>
  static HWY_INLINE void reduce(form_list<Reductions...> all, std::index_sequence<M...> m,
                                const Context& context, D d, const batch<Context>& rows,
                                Held&... held) {
    constexpr std::size_t first = sizeof...(Held) - 2 * sizeof...(M);
    const loop_nest& inner = context.layout.inner;
    const std::size_t extent = inner.rank == 0 ? 1 : inner.axes[inner.rank - 1].extent;
    walker<operand_total<Context>> walk(inner, rows.rows[0], inner.rank == 0 ? 0 : inner.rank - 1);
    std::size_t lines = 0;
    do {
      const row_line<Context> line = line_of(context, walk.at, rows);
      if constexpr (Whole) {
        reduce_whole<across>(all, m, line, d, extent, 1, held...);
      } else {
        for (std::size_t i = 0; i < extent; ++i) {
          (take_one<Reductions, across, false, first + 2 * M>(line, d, i, rows.count, held...),
           ...);
          if ((i + 1) % steps_between_settling == 0) {
            (settle_reduction<Reductions, first + 2 * M>(d, held...), ...);
          }
        }
      }
      if (++lines % (extent < steps_between_settling ? 16 : 1) == 0) {
        (settle_reduction<Reductions, first + 2 * M>(d, held...), ...);
      }
    } while (walk.next());
    (finish<Reductions, first + 2 * M>(d, held...), ...);
  }

  template <class Reduction, std::size_t Value, class D, class... Held>
  static HWY_INLINE void finish(D d, Held&... held) {
    if constexpr (takes_terms<Reduction>) {
      finish_rows(typename Reduction::operation{}, d, pick_reference<Value>(held...),
                  pick_reference<Value + 1>(held...));
    }
  }

  template <class Context>
  static HWY_INLINE row_line<Context> line_of(const Context& context,
                                              const typename Context::place& at,
                                              const batch<Context>& rows) {
    char* const carried = Carries ? const_cast<char*>(at.at[Context::input_total]) : nullptr;
    return {context, at, carried, rows.count};
  }

  template <class Write, class Context, class D, class... Held>
  static HWY_INLINE void write(const Context& context, D d, const batch<Context>& rows,
                               Held... held) {
    const loop_nest& inner = context.layout.inner;
    const std::size_t extent = inner.rank == 0 ? 1 : inner.axes[inner.rank - 1].extent;
    walker<operand_total<Context>> walk(inner, rows.rows[0], inner.rank == 0 ? 0 : inner.rank - 1);
    do {
      const row_line<Context> line = line_of(context, walk.at, rows);
      if constexpr (Whole) {
        write_whole<across, Write>(line, d, extent, 1, held...);
      } else {
        for (std::size_t i = 0; i < extent; ++i) {
          Write::template position<across, false>(line, d, i, rows.count, held...);
        }
      }
    } while (walk.next());
  }

  template <class Element, class Context, class D, class V>
  static HWY_INLINE void write_reduced(const Context& context, D d, V value,
                                       const batch<Context>& rows, std::size_t operand) {
    write_lanes<Whole, Whole, Element>(d, value, const_cast<char*>(rows.rows[0].at[operand]),
                                       context.strides[operand], rows.count);
  }
};

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_KERNEL_SIMD_DIRECTIONS_TOGGLE
