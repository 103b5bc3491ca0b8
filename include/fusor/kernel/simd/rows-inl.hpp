// SPDX-License-Identifier: BSL-1.0
// The loops of a kernel over tensors: rows are reduced stage by stage, then written.

#if defined(FUSOR_KERNEL_SIMD_ROWS_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_KERNEL_SIMD_ROWS_TOGGLE
#undef FUSOR_KERNEL_SIMD_ROWS_TOGGLE
#else
#define FUSOR_KERNEL_SIMD_ROWS_TOGGLE
#endif

#include <cstring>
#include <type_traits>
#include <utility>

#include "fusor/kernel/layout.hpp"
#include "fusor/kernel/row_plan.hpp"
#include "fusor/kernel/simd/loop-inl.hpp"
#include "fusor/kernel/simd/memory-inl.hpp"
#include "fusor/kernel/simd/reduce-inl.hpp"
#include "fusor/transform/stages.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

// --- lanes from and to memory
// --------------------------------------------------------------------------

/// Whether a masked load or store touches no byte outside the mask here.
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX2
inline constexpr bool has_masked_memory = true;
#else
inline constexpr bool has_masked_memory = false;
#endif

template <class D, class Element>
inline constexpr bool is_masked = has_masked_memory&& std::is_same_v<Element, lane<D>>;

/// The first `count` lanes, `stride` bytes apart; the others are 0.
template <class D, class Element>
HWY_NOINLINE hn::Vec<D> gather_lanes(D d, const char* from, std::ptrdiff_t stride,
                                     std::size_t count) {
  alignas(64) Element buffer[hn::MaxLanes(D())] = {};
  for (std::size_t i = 0; i < count; ++i, from += stride) {
    std::memcpy(buffer + i, from, sizeof(Element));
  }
  return load(d, buffer);
}

template <class D, class V, class Element>
HWY_NOINLINE void scatter_lanes(D d, V value, Element*, char* to, std::ptrdiff_t stride,
                                std::size_t count) {
  alignas(64) Element buffer[hn::MaxLanes(D())];
  store(d, value, buffer);
  for (std::size_t i = 0; i < count; ++i, to += stride) {
    std::memcpy(to, buffer + i, sizeof(Element));
  }
}

/// `Dense`: neighbouring elements, or one for all lanes; else any stride.
template <bool Dense, bool Whole, class Element, class D>
HWY_INLINE hn::Vec<D> read_lanes(D d, const char* from, std::ptrdiff_t stride, std::size_t count) {
  if constexpr (Dense) {
    const auto* elements = reinterpret_cast<const Element*>(from);
    if (HWY_UNLIKELY(stride == 0)) return hn::Set(d, static_cast<lane<D>>(*elements));
    if constexpr (Whole) {
      return load(d, elements);
    } else if constexpr (is_masked<D, Element>) {
      return hn::MaskedLoad(hn::FirstN(d, count), d, elements);
    }
  }
  return gather_lanes<D, Element>(d, from, stride, Whole ? hn::Lanes(d) : count);
}

template <bool Dense, bool Whole, class Element, class D, class V>
HWY_INLINE void write_lanes(D d, V value, char* to, std::ptrdiff_t stride, std::size_t count) {
  auto* elements = reinterpret_cast<Element*>(to);
  if constexpr (Dense) {
    if constexpr (Whole) {
      store(d, value, elements);
      return;
    } else if constexpr (is_masked<D, Element>) {
      hn::BlendedStore(value, hn::FirstN(d, count), d, elements);
      return;
    }
  }
  scatter_lanes(d, value, elements, to, stride, Whole ? hn::Lanes(d) : count);
}

// --- one position of a row
// -----------------------------------------------------------------------------

/// Where operands are at the moment.
template <std::size_t Operands>
struct cursor {
  const char* at[Operands];
};

/// What stays the same for all rows of a call.
template <class Plan>
struct row_context;

template <class Program, class Compute, class... Outputs, class... Inputs>
struct row_context<plan<Program, Compute, element_list<Outputs...>, element_list<Inputs...>>> {
  using program = Program;
  using tag = hn::ScalableTag<Compute>;
  using compute = Compute;
  using inputs = element_list<Inputs...>;
  using outputs = element_list<Outputs...>;
  static constexpr std::size_t input_total = sizeof...(Inputs);
  static constexpr std::size_t output_total = sizeof...(Outputs);
  using place = cursor<input_total + output_total>;

  template <bool Reduced, class... Forms>
  static auto chosen(form_list<Forms...>)
      -> choose_outputs<inputs, Reduced, 0, form_list<>, std::index_sequence<>, Forms...>;
  using full = decltype(chosen<false>(typename program::outputs{}));
  using reduced = decltype(chosen<true>(typename program::outputs{}));

  // Copies of what every row needs: the compiler must assume that a store changes the layout.
  const row_layout& layout;
  std::size_t extent;
  std::size_t inner_rank;
  std::ptrdiff_t strides[input_total + output_total];

  HWY_INLINE explicit row_context(const row_layout& of)
      : layout(of), extent(of.lane.extent), inner_rank(of.inner.rank) {
    for (std::size_t o = 0; o < input_total + output_total; ++o) strides[o] = of.lane.strides[o];
  }
};

/// Input `I` at position `index` of a row.
template <std::size_t I, class Direction, bool Whole, class Context, class D>
HWY_INLINE hn::Vec<D> read_input(const Context& context, D d, const typename Context::place& at,
                                 std::size_t index, std::size_t count) {
  using element = typename element_at<I, typename Context::inputs>::type;
  if constexpr (is_constant<element>) {
    return hn::Set(d, *reinterpret_cast<const lane<D>*>(at.at[I]));
  } else {
    return read_lanes<Direction::dense, Whole, element>(
        d, Direction::template address<element>(context, at, I, index), context.strides[I], count);
  }
}

/// A number in place of an input, or 0 in place of an array, for forms that read no array.
template <std::size_t I, class Context, class D>
HWY_INLINE hn::Vec<D> read_number(const Context&, D d, const typename Context::place& at) {
  using element = typename element_at<I, typename Context::inputs>::type;
  if constexpr (is_constant<element>) {
    return hn::Set(d, *reinterpret_cast<const lane<D>*>(at.at[I]));
  } else {
    return hn::Zero(d);
  }
}

/// A form at position `index` of a row. `held` are the row values, and what follows them.
template <class Form, class Direction, bool Whole, class Context, class D, std::size_t... I,
          class... Held>
HWY_INLINE hn::Vec<D> value_at(std::index_sequence<I...>, const Context& context, D d,
                               const typename Context::place& at, std::size_t index,
                               std::size_t count, Held... held) {
  return evaluate<Form, form_list<>>(
      d, read_input<I, Direction, Whole>(context, d, at, index, count)..., held...);
}

/// A form that reads no array.
template <class Form, class Context, class D, std::size_t... I, class... Held>
HWY_INLINE hn::Vec<D> row_value(std::index_sequence<I...>, const Context& context, D d,
                                const typename Context::place& at, Held... held) {
  return evaluate<Form, form_list<>>(d, read_number<I>(context, d, at)..., held...);
}

/// Reference number `I` of a pack.
template <std::size_t I, class First, class... Rest>
HWY_INLINE First& pick_reference(First& first, Rest&... rest) {
  if constexpr (I == 0) {
    return first;
  } else {
    return pick_reference<I - 1>(rest...);
  }
}

// --- walking the axes within a row
// -----------------------------------------------------------------------

/// Moves a cursor over the first `rank` loops of a nest.
template <std::size_t Operands>
struct walker {
  const loop_nest& nest;
  cursor<Operands> at;
  std::size_t position[most_axes];

  std::size_t rank;

  HWY_INLINE walker(const loop_nest& over, const cursor<Operands>& from, std::size_t axes)
      : nest(over), at(from), rank(axes) {
    for (std::size_t i = 0; i < rank; ++i) position[i] = 0;
  }

  /// To the next position; false after the last one.
  HWY_INLINE bool next() {
    for (std::size_t i = rank; i-- > 0;) {
      const loop_axis& axis = nest.axes[i];
      if (++position[i] < axis.extent) {
        for (std::size_t o = 0; o < Operands; ++o) at.at[o] += axis.strides[o];
        return true;
      }
      position[i] = 0;
      for (std::size_t o = 0; o < Operands; ++o) {
        at.at[o] -= axis.strides[o] * static_cast<std::ptrdiff_t>(axis.extent - 1);
      }
    }
    return false;
  }

  /// To position `index` of all.
  HWY_INLINE void seek(std::size_t index) {
    for (std::size_t i = rank; i-- > 0;) {
      const loop_axis& axis = nest.axes[i];
      position[i] = index % axis.extent;
      index /= axis.extent;
      for (std::size_t o = 0; o < Operands; ++o) {
        at.at[o] += axis.strides[o] * static_cast<std::ptrdiff_t>(position[i]);
      }
    }
  }
};

template <class Context>
inline constexpr std::size_t operand_total = Context::input_total + Context::output_total;

// --- carrying a term from the last stage to the outputs
// ----------------------------------------------------

/// Where carried values wait: in the output, if it has their type, else in a buffer of this many.
inline constexpr std::size_t carried_most = 4096;

template <class Context>
inline constexpr bool has_carried = !std::is_void_v<typename Context::program::carried>;
template <class Context>
inline constexpr bool carries_in_output =
    std::is_same_v<typename Context::outputs, element_list<typename Context::compute>>;

/// Rows that are computed together, one in each lane of the row values.
template <class Context>
struct batch {
  using place = typename Context::place;

  place rows[hn::MaxLanes(typename Context::tag())];  // of rows side by side, the first
  std::size_t count;
  typename Context::compute* buffer;  // for what is carried, unless it waits in the output
};

// --- one line of a row
// ---------------------------------------------------------------------------------

template <class Reduction>
inline constexpr bool is_counted = std::is_same_v<typename Reduction::operation, op::reduce_count>;
template <class Reduction>
inline constexpr bool is_iterated =
    std::is_same_v<typename Reduction::operation, op::simplex_threshold>;
template <class Reduction>
inline constexpr bool takes_terms = !is_counted<Reduction> && !is_iterated<Reduction>;

template <class Direction, class Context, class Reduction>
inline constexpr bool carries = Direction::carries&&
    std::is_same_v<typename Reduction::term, typename Context::program::carried>;

/// One line: positions that lie at one stride, and where the carried values of the first are.
template <class Context>
struct row_line {
  const Context& context;
  typename Context::place at;
  char* carried;
  std::size_t lanes;  // in use, where a vector is not whole

  template <class Direction>
  HWY_INLINE typename Context::compute* carried_at(std::size_t index) const {
    return reinterpret_cast<typename Context::compute*>(
        carried + static_cast<std::ptrdiff_t>(index) * Direction::carried_stride(context));
  }
};

/// The term of a reduction at one position.
template <class Reduction, class Direction, bool Whole, class Context, class D, class... Held>
HWY_INLINE hn::Vec<D> term_at(const row_line<Context>& line, D d, std::size_t index,
                              std::size_t count, Held... held) {
  constexpr auto inputs = std::make_index_sequence<Context::input_total>{};
  const auto term = value_at<typename Reduction::term, Direction, Whole>(
      inputs, line.context, d, line.at, index, count, held...);
  if constexpr (carries<Direction, Context, Reduction>) {
    write_lanes<true, Whole, lane<D>>(
        d, term, reinterpret_cast<char*>(line.template carried_at<Direction>(index)),
        sizeof(lane<D>), count);
  }
  return term;
}

/// Takes the terms of four whole positions in, as a tree.
template <class Reduction, class Direction, std::size_t Value, class Context, class D,
          class... Held>
HWY_INLINE void take_four(const row_line<Context>& line, D d, std::size_t index, std::size_t step,
                          Held&... held) {
  if constexpr (takes_terms<Reduction>) {
    using operation = typename Reduction::operation;
    const std::size_t n = hn::Lanes(d);
    const auto t0 = term_at<Reduction, Direction, true>(line, d, index, n, held...);
    const auto t1 = term_at<Reduction, Direction, true>(line, d, index + step, n, held...);
    const auto t2 = term_at<Reduction, Direction, true>(line, d, index + 2 * step, n, held...);
    const auto t3 = term_at<Reduction, Direction, true>(line, d, index + 3 * step, n, held...);
    auto& value = pick_reference<Value>(held...);
    auto& low = pick_reference<Value + 1>(held...);
    if constexpr (std::is_same_v<operation, compensated_sum>) {
      take_in(operation{}, d, value, low, t0);
      take_in(operation{}, d, value, low, t1);
      take_in(operation{}, d, value, low, t2);
      take_in(operation{}, d, value, low, t3);
    } else {
      take_in(operation{}, d, value, low,
              join(operation{}, d, join(operation{}, d, t0, t1), join(operation{}, d, t2, t3)));
    }
  }
}

/// Takes the terms of one position in: all lanes, or the first `count`.
template <class Reduction, class Direction, bool Whole, std::size_t Value, class Context, class D,
          class... Held>
HWY_INLINE void take_one(const row_line<Context>& line, D d, std::size_t index, std::size_t count,
                         Held&... held) {
  if constexpr (takes_terms<Reduction>) {
    using operation = typename Reduction::operation;
    auto term = term_at<Reduction, Direction, Whole>(line, d, index, count, held...);
    if constexpr (!Whole) {
      term = hn::IfThenElse(hn::FirstN(d, count), term, initial(operation{}, d));
    }
    take_in(operation{}, d, pick_reference<Value>(held...), pick_reference<Value + 1>(held...),
            term);
  }
}

template <class Reduction, std::size_t Value, class D, class... Held>
HWY_INLINE void settle_reduction(D d, Held&... held) {
  if constexpr (takes_terms<Reduction>) {
    settle(typename Reduction::operation{}, d, pick_reference<Value>(held...),
           pick_reference<Value + 1>(held...));
  }
}

/// Reduces `count` whole positions, `step` apart. The values are at position `first` of `held`.
template <class Direction, class... Reductions, std::size_t... M, class Context, class D,
          class... Held>
HWY_INLINE void reduce_whole(form_list<Reductions...>, std::index_sequence<M...>,
                             const row_line<Context>& line, D d, std::size_t count,
                             std::size_t step, Held&... held) {
  constexpr std::size_t first = sizeof...(Held) - 2 * sizeof...(M);
  std::size_t i = 0;
  while (i + 4 <= count) {
    const std::size_t end = HWY_MIN(count, i + 4 * steps_between_settling);
    for (; i + 4 <= end; i += 4) {
      (take_four<Reductions, Direction, first + 2 * M>(line, d, i * step, step, held...), ...);
    }
    if (i < count) (settle_reduction<Reductions, first + 2 * M>(d, held...), ...);
  }
  for (; i < count; ++i) {
    (take_one<Reductions, Direction, true, first + 2 * M>(line, d, i * step, hn::Lanes(d), held...),
     ...);
  }
}

/// Computes the outputs of `count` whole positions, `step` apart.
template <class Direction, class Write, class Context, class D, class... Held>
HWY_INLINE void write_whole(const row_line<Context>& line, D d, std::size_t count, std::size_t step,
                            Held... held) {
  const std::size_t n = hn::Lanes(d);
  std::size_t i = 0;
  if constexpr (Write::unroll > 1) {
    for (; i + 2 <= count; i += 2) {
      Write::template position<Direction, true>(line, d, i * step, n, held...);
      Write::template position<Direction, true>(line, d, (i + 1) * step, n, held...);
    }
  }
  for (; i < count; ++i) Write::template position<Direction, true>(line, d, i * step, n, held...);
}

// --- the rows of which the lanes are the elements
// ------------------------------------------------------

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

// --- rows side by side, one in each lane
// ---------------------------------------------------------------

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

// --- the threshold of sparsemax
// --------------------------------------------------------------------

template <class Term, std::size_t Threshold>
using above = form<op::greater, Term, row<Threshold>>;
template <class Term, std::size_t Threshold>
using sum_above =
    reduction_of<compensated_sum, form<op::where, above<Term, Threshold>, Term, zero>>;
template <class Term, std::size_t Threshold>
using count_above = reduction_of<op::count_sum, form<op::where, above<Term, Threshold>, one, zero>>;

/// (sum - 1) / count as a pair; NaN where nothing was counted.
template <class D, class V>
HWY_INLINE V threshold_of(D d, V sum, V sum_low, V count, V& low) {
  V error;
  const V more = two_sum(sum, set(d, -1), error);
  const V quotient = hn::Div(more, count);
  const V rest = hn::Add(residual_of_product(d, quotient, count, more), hn::Add(error, sum_low));
  const V value = two_sum(quotient, hn::Div(rest, count), low);
  low = number_or_zero(low);
  return hn::IfThenElse(hn::Eq(count, hn::Zero(d)), hn::NaN(d), value);
}

/// Michelot's iteration from below: the threshold for the elements above the last threshold, until
/// no more elements fall out.
template <class Direction, class Reduction, std::size_t Value, class Context, class D,
          class... Held>
HWY_INLINE void solve_threshold(const Context& context, D d, const batch<Context>& rows,
                                Held&... held) {
  using V = hn::Vec<D>;
  using term = typename Reduction::term;
  constexpr std::size_t index = Context::input_total + Value;
  V before = hn::Inf(d);
  for (;;) {
    V sum = hn::Zero(d), sum_low = hn::Zero(d), taken = hn::Zero(d), taken_low = hn::Zero(d);
    Direction::reduce(form_list<sum_above<term, index>, count_above<term, index>>{},
                      std::make_index_sequence<2>{}, context, d, rows, held..., sum, sum_low, taken,
                      taken_low);
    pick_reference<Value>(held...) =
        threshold_of(d, sum, sum_low, taken, pick_reference<Value + 1>(held...));
    const auto is_done = hn::Or(hn::Not(hn::Lt(taken, before)), hn::Not(hn::FirstN(d, rows.count)));
    if (hn::AllTrue(d, is_done)) return;
    before = taken;
  }
}

// --- the outputs
// -----------------------------------------------------------------------------------

template <class Context, class Direction, bool Whole, class Positions>
struct row_sink {
  const row_line<Context>& line;
  std::size_t count;
};

template <class D, class Context, class Direction, bool Whole, std::size_t... O, class... Values>
HWY_INLINE void write_all(D d,
                          const row_sink<Context, Direction, Whole, std::index_sequence<O...>>& to,
                          std::size_t index, Values... values) {
  const Context& context = to.line.context;
  (write_lanes<Direction::dense, Whole, typename element_at<O, typename Context::outputs>::type>(
       d, values,
       const_cast<char*>(
           Direction::template address<typename element_at<O, typename Context::outputs>::type>(
               context, to.line.at, Context::input_total + O, index)),
       context.strides[Context::input_total + O], to.count),
   ...);
}

/// Computes the outputs that have all axes at one position of a row. If they are computed from the
/// carried values, these are loaded.
template <bool Carried, class Forms, class Positions>
struct full_outputs;
template <bool Carried, class... Forms, class Positions>
struct full_outputs<Carried, form_list<Forms...>, Positions> {
  using pass = program<0, Forms...>;
  static constexpr std::size_t unroll = pass::unroll;

  template <class Direction, bool Whole, class Context, class D, class... Held>
  static HWY_INLINE void position(const row_line<Context>& line, D d, std::size_t index,
                                  std::size_t count, Held... held) {
    constexpr auto inputs = std::make_index_sequence<Context::input_total>{};
    if constexpr (Carried) {
      const auto* const carried =
          reinterpret_cast<const char*>(line.template carried_at<Direction>(index));
      write<Direction, Whole>(inputs, line, d, index, count, held...,
                              read_lanes<true, Whole, lane<D>>(d, carried, sizeof(lane<D>), count));
    } else {
      write<Direction, Whole>(inputs, line, d, index, count, held...);
    }
  }

  template <class Direction, bool Whole, std::size_t... I, class Context, class D, class... Held>
  static HWY_INLINE void write(std::index_sequence<I...>, const row_line<Context>& line, D d,
                               std::size_t index, std::size_t count, Held... held) {
    compute(form_list<Forms...>{}, form_list<>{}, typename pass::shared{}, d,
            row_sink<Context, Direction, Whole, Positions>{line, count}, index,
            read_input<I, Direction, Whole>(line.context, d, line.at, index, count)..., held...);
  }
};

/// Writes the outputs that lack the reduced axes, once for a row.
template <class Direction, class... Forms, std::size_t... O, class Context, class D, class... Held>
HWY_INLINE void write_reduced(form_list<Forms...>, std::index_sequence<O...>,
                              const Context& context, [[maybe_unused]] D d,
                              const batch<Context>& rows, Held... held) {
  [[maybe_unused]] constexpr auto inputs = std::make_index_sequence<Context::input_total>{};
  (Direction::template write_reduced<typename element_at<O, typename Context::outputs>::type>(
       context, d, row_value<Forms>(inputs, context, d, rows.rows[0], held...), rows,
       Context::input_total + O),
   ...);
}

template <class Direction, class Context, class D, class... Held>
HWY_INLINE void write_outputs(const Context& context, D d, const batch<Context>& rows,
                              Held... held) {
  using program = typename Context::program;
  using full = typename Context::full;
  using reduced = typename Context::reduced;
  if constexpr (Direction::carries) {
    using from_carried =
        full_outputs<true, typename program::carried_outputs, typename full::positions>;
    Direction::template write<from_carried>(context, d, rows, held...);
  } else {
    if constexpr (full::forms::size > 0) {
      using computed = full_outputs<false, typename full::forms, typename full::positions>;
      Direction::template write<computed>(context, d, rows, held...);
    }
    write_reduced<Direction>(typename reduced::forms{}, typename reduced::positions{}, context, d,
                             rows, held...);
  }
}

// --- all stages
// ------------------------------------------------------------------------------------

/// What a reduction starts from.
template <class Reduction>
struct start;
template <class Op, class Term>
struct start<reduction_of<Op, Term>> {
  template <class Context, class D, class... Held>
  static HWY_INLINE hn::Vec<D> value(const Context&, D d, Held...) {
    return initial(Op{}, d);
  }
};
template <>
struct start<reduction_of<op::reduce_count, void>> {
  template <class Context, class D, class... Held>
  static HWY_INLINE hn::Vec<D> value(const Context& context, D d, Held...) {
    return set(d, static_cast<double>(context.layout.reduced_count));
  }
};
template <class Term, std::size_t Largest>
struct start<reduction_of<op::simplex_threshold, Term, row<Largest>>> {
  template <class Context, class D, class... Held>
  static HWY_INLINE hn::Vec<D> value(const Context&, D d, Held... held) {
    return hn::Sub(pick<Largest - Context::input_total>(held...), set(d, 1));
  }
};

template <class Direction, class Reduction, std::size_t Value, class Context, class D,
          class... Held>
HWY_INLINE void solve_reduction(const Context& context, D d, const batch<Context>& rows,
                                Held&... held) {
  if constexpr (is_iterated<Reduction>) {
    solve_threshold<Direction, Reduction, Value>(context, d, rows, held...);
  }
}

template <class Direction, class Stages, class Context, class D, class... Held>
HWY_INLINE void run_stages(Stages, const Context& context, D d, const batch<Context>& rows,
                           Held... held);

/// The row values that follow from the reductions of a stage, one after the other; then the next
/// stage.
template <class Direction, class... Stages, class Context, class D, class... Held>
HWY_INLINE void add_invariants(form_list<>, form_list<Stages...> rest, const Context& context, D d,
                               const batch<Context>& rows, Held... held) {
  run_stages<Direction>(rest, context, d, rows, held...);
}
template <class Direction, class First, class... Rest, class... Stages, class Context, class D,
          class... Held>
HWY_INLINE void add_invariants(form_list<First, Rest...>, form_list<Stages...> rest,
                               const Context& context, D d, const batch<Context>& rows,
                               Held... held) {
  constexpr auto inputs = std::make_index_sequence<Context::input_total>{};
  add_invariants<Direction>(form_list<Rest...>{}, rest, context, d, rows, held...,
                            row_value<First>(inputs, context, d, rows.rows[0], held...));
}

/// Makes room for the reductions of a stage, one after the other; then takes all terms in.
template <class Direction, class Stage, class Rest, class... Reductions, std::size_t... M,
          class Context, class D, class... Held>
HWY_INLINE void reduce_stage(form_list<>, form_list<Reductions...> all, std::index_sequence<M...> m,
                             const Context& context, D d, const batch<Context>& rows,
                             Held... held) {
  constexpr std::size_t first = sizeof...(Held) - 2 * sizeof...(M);
  if constexpr ((takes_terms<Reductions> || ...)) {
    Direction::reduce(all, m, context, d, rows, held...);
  }
  (solve_reduction<Direction, Reductions, first + 2 * M>(context, d, rows, held...), ...);
  add_invariants<Direction>(typename Stage::invariants{}, Rest{}, context, d, rows, held...);
}
template <class Direction, class Stage, class Rest, class Next, class... Pending,
          class... Reductions, std::size_t... M, class Context, class D, class... Held>
HWY_INLINE void reduce_stage(form_list<Next, Pending...>, form_list<Reductions...> all,
                             std::index_sequence<M...> m, const Context& context, D d,
                             const batch<Context>& rows, Held... held) {
  reduce_stage<Direction, Stage, Rest>(form_list<Pending...>{}, all, m, context, d, rows, held...,
                                       start<Next>::value(context, d, held...), hn::Zero(d));
}

template <class Direction, class... Stages>
struct stages_runner {
  template <class Context, class D, class... Held>
  static HWY_INLINE void run(const Context& context, D d, const batch<Context>& rows,
                             Held... held) {
    write_outputs<Direction>(context, d, rows, held...);
  }
};
template <class Direction, class First, class... Rest>
struct stages_runner<Direction, First, Rest...> {
  template <class Context, class D, class... Held>
  static HWY_INLINE void run(const Context& context, D d, const batch<Context>& rows,
                             Held... held) {
    using reductions = typename First::reductions;
    reduce_stage<Direction, First, form_list<Rest...>>(reductions{}, reductions{},
                                                       std::make_index_sequence<reductions::size>{},
                                                       context, d, rows, held...);
  }
};

template <class Direction, class... Stages, class Context, class D, class... Held>
HWY_INLINE void run_stages(form_list<Stages...>, const Context& context, D d,
                           const batch<Context>& rows, Held... held) {
  stages_runner<Direction, Stages...>::run(context, d, rows, held...);
}

// --- all rows
// --------------------------------------------------------------------------------------

/// Whether the lanes of every operand are neighbours in memory, or, of an input, one element.
template <class Context, std::size_t... I, std::size_t... O>
HWY_INLINE bool is_dense(std::index_sequence<I...>, std::index_sequence<O...>,
                         const row_layout& layout) {
  const auto& strides = layout.lane.strides;
  const auto is_unit = [&](std::size_t operand, std::size_t size) {
    return strides[operand] == static_cast<std::ptrdiff_t>(size);
  };
  constexpr std::size_t first = Context::input_total;
  (void)is_unit;
  return ((strides[I] == 0 ||
           is_unit(I, bytes_of<typename element_at<I, typename Context::inputs>::type>)) &&
          ... && true) &&
         ((is_unit(first + O, sizeof(typename element_at<O, typename Context::outputs>::type)) ||
           (!layout.is_across && strides[first + O] == 0)) &&
          ...);
}

/// Rows whose elements fill this many bytes are computed together: they stay in the first-level
/// cache, and what is computed once for a row is computed for all of them at once.
inline constexpr std::size_t bytes_per_batch = 16384;

/// Rows in memory order, `begin` to `end` of all.
template <class Context, class Direction>
HWY_NOINLINE void run_along(const row_layout& layout, std::size_t begin, std::size_t end) {
  using compute = typename Context::compute;
  const typename Context::tag d;
  const Context context(layout);
  const std::size_t elements = layout.lane.extent * layout.inner.count();
  std::size_t most = HWY_MAX(1, bytes_per_batch / sizeof(compute) / HWY_MAX(1, elements));
  most = HWY_MIN(most, hn::Lanes(d));
  constexpr bool has_buffer = Direction::carries && !carries_in_output<Context>;
  alignas(64) compute buffer[has_buffer ? carried_most : 1];
  batch<Context> rows;
  rows.buffer = buffer;
  typename Context::place origin;
  for (std::size_t o = 0; o < operand_total<Context>; ++o) origin.at[o] = layout.data[o];
  walker<operand_total<Context>> walk(layout.outer, origin, layout.outer.rank);
  walk.seek(begin);
  while (begin < end) {
    for (rows.count = 0; rows.count < most && begin < end; ++rows.count, ++begin) {
      rows.rows[rows.count] = walk.at;
      walk.next();
    }
    run_stages<Direction>(typename Context::program::stages{}, context, d, rows);
  }
}

/// Rows side by side: blocks of vectors of them.
template <class Context, class Whole, class Rest>
HWY_NOINLINE void run_across(const row_layout& layout, std::size_t begin, std::size_t end) {
  constexpr std::size_t operands = operand_total<Context>;
  const typename Context::tag d;
  const Context context(layout);
  const std::size_t lanes = hn::Lanes(d);
  const std::size_t blocks = blocks_per_row(layout);
  typename Context::place origin;
  for (std::size_t o = 0; o < operands; ++o) origin.at[o] = layout.data[o];
  walker<operands> walk(layout.outer, origin, layout.outer.rank);
  walk.seek(begin / blocks);
  std::size_t block = begin % blocks;
  batch<Context> rows;
  for (std::size_t i = begin; i < end; ++i) {
    const std::size_t first = block * lanes_per_block;
    const std::size_t last =
        layout.lane.extent - first < lanes_per_block ? layout.lane.extent : first + lanes_per_block;
    for (std::size_t at = first; at < last; at += lanes) {
      rows.count = HWY_MIN(lanes, last - at);
      for (std::size_t o = 0; o < operands; ++o) {
        rows.rows[0].at[o] =
            walk.at.at[o] + layout.lane.strides[o] * static_cast<std::ptrdiff_t>(at);
      }
      typename Context::program::stages stages;
      if constexpr (!std::is_same_v<Whole, Rest>) {
        if (rows.count == lanes) {
          run_stages<Whole>(stages, context, d, rows);
          continue;
        }
      }
      run_stages<Rest>(stages, context, d, rows);
    }
    if (++block == blocks) {
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

/// As many vectors as a vector has lanes, in registers where these suffice.
template <class D>
struct square_tile {
  hn::Vec<D> rows[hn::MaxLanes(D())];
};

/// Exchanges rows and columns: the lanes at even places and those at odd places of all pairs of
/// rows, as often as the rows can be halved.
template <std::size_t Left, std::size_t... I, class D>
HWY_INLINE void transpose(std::index_sequence<I...> half, D d, square_tile<D>& tile) {
#if HWY_TARGET != HWY_SCALAR
  if constexpr (Left > 1) {
    const square_tile<D> next = {{hn::ConcatEven(d, tile.rows[2 * I + 1], tile.rows[2 * I])...,
                                  hn::ConcatOdd(d, tile.rows[2 * I + 1], tile.rows[2 * I])...}};
    tile = next;
    transpose<Left / 2>(half, d, tile);
  }
#endif
  (void)half, (void)d, (void)tile;
}

/// From rows in memory to columns in a buffer, and back. Both are as many as a vector has lanes.
template <std::size_t... R, class D, class Place>
HWY_INLINE void turn_in(std::index_sequence<R...>, D d, const Place* places, std::size_t operand,
                        std::ptrdiff_t stride, std::size_t count,
                        lane<D> (*columns)[hn::MaxLanes(D())]) {
  square_tile<D> tile = {
      {read_lanes<true, false, lane<D>>(d, places[R].at[operand], stride, count)...}};
  transpose<sizeof...(R)>(std::make_index_sequence<sizeof...(R) / 2>{}, d, tile);
  ((R < count ? hn::Store(tile.rows[R], d, columns[R]) : void()), ...);
}

template <std::size_t... R, class D, class Place>
HWY_INLINE void turn_out(std::index_sequence<R...>, D d, lane<D> (*columns)[hn::MaxLanes(D())],
                         const Place* places, std::size_t rows, std::size_t operand,
                         std::size_t count) {
  square_tile<D> tile = {{hn::Load(d, columns[R])...}};
  transpose<sizeof...(R)>(std::make_index_sequence<sizeof...(R) / 2>{}, d, tile);
  ((R < rows
        ? write_lanes<true, false, lane<D>>(
              d, tile.rows[R], const_cast<char*>(places[R].at[operand]), sizeof(lane<D>), count)
        : void()),
   ...);
}

/// Rows shorter than a vector: as many as it has lanes are turned, so that each has a lane of its
/// own, and turned back.
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
  alignas(64) compute tiles[operands][most][most];

  row_layout turned;
  turned.lane.extent = lanes;
  turned.inner.rank = 1;
  turned.inner.axes[0].extent = extent;
  turned.reduced_count = layout.reduced_count;
  turned.is_across = true;
  batch<Context> rows;
  for (std::size_t o = 0; o < operands; ++o) {
    turned.lane.strides[o] = is_array[o] ? sizeof(compute) : 0;
    turned.inner.axes[0].strides[o] = is_array[o] ? sizeof(tiles[o][0]) : 0;
    rows.rows[0].at[o] = is_array[o] ? reinterpret_cast<const char*>(tiles[o]) : layout.data[o];
  }
  rows.count = lanes;
  const Context context(turned);

  typename Context::place origin;
  for (std::size_t o = 0; o < operands; ++o) origin.at[o] = layout.data[o];
  walker<operands> walk(layout.outer, origin, layout.outer.rank);
  walk.seek(begin);
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
    run_stages<across<true, in_output>>(typename Context::program::stages{}, context, d, rows);
    (turn_out(all_rows, d, tiles[inputs + O], places, count, inputs + O,
              layout.lane.strides[inputs + O] == 0 ? 1 : extent),
     ...);
  }
}

/// The entry of a kernel over tensors on this instruction set: blocks `begin` to `end` of all.
template <class Plan>
void run_rows(const row_layout& layout, std::size_t begin, std::size_t end) {
  using context = row_context<Plan>;
  using compute = typename context::compute;
  constexpr auto inputs = std::make_index_sequence<context::input_total>{};
  constexpr auto outputs = std::make_index_sequence<context::output_total>{};
  constexpr bool in_output = has_carried<context> && carries_in_output<context>;
  constexpr bool has_reductions = context::program::stages::size > 0;
  const bool dense = is_dense<context>(inputs, outputs, layout);
  using rest = across<false, false>;
  if (layout.is_across) {
    if (dense) return run_across<context, across<true, in_output>, rest>(layout, begin, end);
    return run_across<context, rest, rest>(layout, begin, end);
  }
  if (!dense) return run_along<context, along<false, false>>(layout, begin, end);
  if constexpr (has_reductions && !HWY_HAVE_SCALABLE && hn::MaxLanes(typename context::tag()) > 1 &&
                are_computed_in<compute>(typename context::inputs{}) &&
                are_computed_in<compute>(typename context::outputs{})) {
    if (layout.inner.rank == 0 && layout.lane.extent <= hn::Lanes(typename context::tag()) &&
        end - begin > 1) {
      return run_short<context>(inputs, outputs, layout, begin, end);
    }
  }
  if constexpr (has_carried<context> && !carries_in_output<context>) {
    if (layout.inner.rank == 0 && layout.lane.extent <= carried_most) {
      return run_along<context, along<true, true>>(layout, begin, end);
    }
  }
  run_along<context, along<true, in_output>>(layout, begin, end);
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_KERNEL_SIMD_ROWS_TOGGLE
