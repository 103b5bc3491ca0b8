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

template <bool Whole, class Element, class D>
HWY_INLINE hn::Vec<D> read_lanes(D d, const char* from, std::ptrdiff_t stride, std::size_t count) {
  if (HWY_LIKELY(stride == static_cast<std::ptrdiff_t>(sizeof(Element)))) {
    const auto* elements = reinterpret_cast<const Element*>(from);
    if constexpr (Whole) {
      return load(d, elements);
    } else if constexpr (is_masked<D, Element>) {
      return hn::MaskedLoad(hn::FirstN(d, count), d, elements);
    }
  }
  return gather_lanes<D, Element>(d, from, stride, Whole ? hn::Lanes(d) : count);
}

template <bool Whole, class Element, class D, class V>
HWY_INLINE void write_lanes(D d, V value, char* to, std::ptrdiff_t stride, std::size_t count) {
  auto* elements = reinterpret_cast<Element*>(to);
  if (HWY_LIKELY(stride == static_cast<std::ptrdiff_t>(sizeof(Element)))) {
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

  const row_layout& layout;
};

/// Input `I` at the lanes from `index` on.
template <std::size_t I, bool Whole, class Context, class D>
HWY_INLINE hn::Vec<D> read_input(const Context& context, D d, const typename Context::place& at,
                                 std::size_t index, std::size_t count) {
  using element = typename element_at<I, typename Context::inputs>::type;
  if constexpr (is_constant<element>) {
    return hn::Set(d, *reinterpret_cast<const lane<D>*>(at.at[I]));
  } else {
    const std::ptrdiff_t stride = context.layout.lane.strides[I];
    return read_lanes<Whole, element>(d, at.at[I] + static_cast<std::ptrdiff_t>(index) * stride,
                                      stride, count);
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

/// A form at the lanes from `index` on. `held` are the row values, and what follows them.
template <class Form, bool Whole, class Context, class D, std::size_t... I, class... Held>
HWY_INLINE hn::Vec<D> value_at(std::index_sequence<I...>, const Context& context, D d,
                               const typename Context::place& at, std::size_t index,
                               std::size_t count, Held... held) {
  return evaluate<Form, form_list<>>(d, read_input<I, Whole>(context, d, at, index, count)...,
                                     held...);
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

/// Moves a cursor over the loops of a nest, all but the lanes.
template <std::size_t Operands>
struct walker {
  const loop_nest& nest;
  cursor<Operands> at;
  std::size_t position[most_axes];

  HWY_INLINE walker(const loop_nest& over, const cursor<Operands>& from) : nest(over), at(from) {
    for (std::size_t i = 0; i < nest.rank; ++i) position[i] = 0;
  }

  /// To the next position; false after the last one.
  HWY_INLINE bool next() {
    for (std::size_t i = nest.rank; i-- > 0;) {
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
    for (std::size_t i = nest.rank; i-- > 0;) {
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

/// Where carried values wait: in the output, if it has their type, else in a buffer.
inline constexpr std::size_t carried_most = 1024;

template <class Context>
inline constexpr bool has_carried = !std::is_void_v<typename Context::program::carried>;
template <class Context>
inline constexpr bool carries_in_output =
    std::is_same_v<typename Context::outputs, element_list<typename Context::compute>>;

// --- one stage
// -----------------------------------------------------------------------------------------------

template <class Reduction>
inline constexpr bool is_counted = std::is_same_v<typename Reduction::operation, op::reduce_count>;
template <class Reduction>
inline constexpr bool is_iterated =
    std::is_same_v<typename Reduction::operation, op::simplex_threshold>;
template <class Reduction>
inline constexpr bool takes_terms = !is_counted<Reduction> && !is_iterated<Reduction>;

template <class Context, class Reduction>
inline constexpr bool carries = has_carried<Context>&&
    std::is_same_v<typename Reduction::term, typename Context::program::carried>;

/// Takes four vectors of terms in, as a tree.
template <class Context, class Reduction, std::size_t Value, class D, class... Held>
HWY_INLINE void take_four(const Context& context, D d, const typename Context::place& at,
                          std::size_t index, [[maybe_unused]] typename Context::compute* carried,
                          Held&... held) {
  if constexpr (takes_terms<Reduction>) {
    using term = typename Reduction::term;
    using operation = typename Reduction::operation;
    constexpr auto inputs = std::make_index_sequence<Context::input_total>{};
    const std::size_t n = hn::Lanes(d);
    const auto t0 = value_at<term, true>(inputs, context, d, at, index, n, held...);
    const auto t1 = value_at<term, true>(inputs, context, d, at, index + n, n, held...);
    const auto t2 = value_at<term, true>(inputs, context, d, at, index + 2 * n, n, held...);
    const auto t3 = value_at<term, true>(inputs, context, d, at, index + 3 * n, n, held...);
    if constexpr (carries<Context, Reduction>) {
      if (carried != nullptr) {
        hn::StoreU(t0, d, carried + index);
        hn::StoreU(t1, d, carried + index + n);
        hn::StoreU(t2, d, carried + index + 2 * n);
        hn::StoreU(t3, d, carried + index + 3 * n);
      }
    }
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

/// Takes one vector of terms in, or the first `count` lanes of one.
template <class Context, class Reduction, bool Whole, std::size_t Value, class D, class... Held>
HWY_INLINE void take_one(const Context& context, D d, const typename Context::place& at,
                         std::size_t index, std::size_t count,
                         [[maybe_unused]] typename Context::compute* carried, Held&... held) {
  if constexpr (takes_terms<Reduction>) {
    using operation = typename Reduction::operation;
    constexpr auto inputs = std::make_index_sequence<Context::input_total>{};
    auto term =
        value_at<typename Reduction::term, Whole>(inputs, context, d, at, index, count, held...);
    if constexpr (carries<Context, Reduction>) {
      if (carried != nullptr) {
        write_lanes<Whole, lane<D>>(d, term, reinterpret_cast<char*>(carried + index),
                                    sizeof(lane<D>), count);
      }
    }
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

/// Where carried values of the cursor's row are: in the output, or in the buffer; null if nowhere.
template <class Context>
HWY_INLINE typename Context::compute* carried_at(const typename Context::place& at,
                                                 typename Context::compute* carried) {
  if constexpr (carries_in_output<Context>) {
    if (carried != nullptr) {
      return reinterpret_cast<typename Context::compute*>(
          const_cast<char*>(at.at[Context::input_total]));
    }
  }
  return carried;
}

/// The rows of which the lanes are the elements.
struct along {
  static constexpr bool whole = true;

  template <class Context, class... Reductions, std::size_t... M, class D, class... Held>
  static HWY_INLINE void reduce(form_list<Reductions...>, std::index_sequence<M...>,
                                const Context& context, D d, const typename Context::place& row,
                                std::size_t, typename Context::compute* buffer, Held&... held) {
    constexpr std::size_t first = sizeof...(Held) - 2 * sizeof...(M);
    const std::size_t lanes = hn::Lanes(d);
    const std::size_t count = context.layout.lane.extent;
    walker<operand_total<Context>> walk(context.layout.inner, row);
    do {
      auto* const carried = carried_at<Context>(walk.at, buffer);
      std::size_t index = 0;
      while (index + 4 * lanes <= count) {
        const std::size_t end = HWY_MIN(count, index + 4 * lanes * steps_between_settling);
        for (; index + 4 * lanes <= end; index += 4 * lanes) {
          (take_four<Context, Reductions, first + 2 * M>(context, d, walk.at, index, carried,
                                                         held...),
           ...);
        }
        if (index < count) (settle_reduction<Reductions, first + 2 * M>(d, held...), ...);
      }
      for (; index + lanes <= count; index += lanes) {
        (take_one<Context, Reductions, true, first + 2 * M>(context, d, walk.at, index, lanes,
                                                            carried, held...),
         ...);
      }
      if (index < count) {
        (take_one<Context, Reductions, false, first + 2 * M>(context, d, walk.at, index,
                                                             count - index, carried, held...),
         ...);
      }
    } while (walk.next());
  }

  template <class Op, class D, class V>
  static HWY_INLINE void finish(Op op, D d, V& value, V& low) {
    finish_lanes(op, d, value, low);
  }

  template <class Write, class Context, class D, class... Held>
  static HWY_INLINE void write(const Context& context, D d, const typename Context::place& row,
                               std::size_t, typename Context::compute* buffer, Held... held) {
    const std::size_t lanes = hn::Lanes(d);
    const std::size_t count = context.layout.lane.extent;
    walker<operand_total<Context>> walk(context.layout.inner, row);
    do {
      auto* const carried = carried_at<Context>(walk.at, buffer);
      std::size_t index = 0;
      if constexpr (Write::unroll > 1) {
        for (; index + 2 * lanes <= count; index += 2 * lanes) {
          Write::template position<true>(context, d, walk.at, index, lanes, carried, held...);
          Write::template position<true>(context, d, walk.at, index + lanes, lanes, carried,
                                         held...);
        }
      }
      for (; index + lanes <= count; index += lanes) {
        Write::template position<true>(context, d, walk.at, index, lanes, carried, held...);
      }
      if (index < count) {
        Write::template position<false>(context, d, walk.at, index, count - index, carried,
                                        held...);
      }
    } while (walk.next());
  }

  template <class Element, class D, class V>
  static HWY_INLINE void write_row(D d, V value, char* to, std::ptrdiff_t, std::size_t) {
    write_lanes<false, Element>(d, value, to, sizeof(Element), 1);
  }
};

/// Rows side by side, one in each lane: all lanes, or the first `count`.
template <bool Whole>
struct across {
  static constexpr bool whole = Whole;

  template <class Context, class... Reductions, std::size_t... M, class D, class... Held>
  static HWY_INLINE void reduce(form_list<Reductions...>, std::index_sequence<M...>,
                                const Context& context, D d, const typename Context::place& row,
                                std::size_t count, typename Context::compute* buffer,
                                Held&... held) {
    constexpr std::size_t first = sizeof...(Held) - 2 * sizeof...(M);
    walker<operand_total<Context>> walk(context.layout.inner, row);
    std::size_t steps = 0;
    do {
      auto* const carried = carried_at<Context>(walk.at, buffer);
      (take_one<Context, Reductions, Whole, first + 2 * M>(context, d, walk.at, 0, count, carried,
                                                           held...),
       ...);
      if (++steps % steps_between_settling == 0) {
        (settle_reduction<Reductions, first + 2 * M>(d, held...), ...);
      }
    } while (walk.next());
  }

  template <class Op, class D, class V>
  static HWY_INLINE void finish(Op op, D d, V& value, V& low) {
    finish_apart(op, d, value, low);
  }

  template <class Write, class Context, class D, class... Held>
  static HWY_INLINE void write(const Context& context, D d, const typename Context::place& row,
                               std::size_t count, typename Context::compute* buffer, Held... held) {
    walker<operand_total<Context>> walk(context.layout.inner, row);
    do {
      auto* const carried = carried_at<Context>(walk.at, buffer);
      Write::template position<Whole>(context, d, walk.at, 0, count, carried, held...);
    } while (walk.next());
  }

  template <class Element, class D, class V>
  static HWY_INLINE void write_row(D d, V value, char* to, std::ptrdiff_t stride,
                                   std::size_t count) {
    write_lanes<Whole, Element>(d, value, to, stride, count);
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
using count_above =
    reduction_of<op::reduce_sum, form<op::where, above<Term, Threshold>, one, zero>>;

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
HWY_INLINE void solve_threshold(const Context& context, D d, const typename Context::place& row,
                                std::size_t count, Held&... held) {
  using V = hn::Vec<D>;
  using term = typename Reduction::term;
  constexpr std::size_t index = Context::input_total + Value;
  V before = hn::Inf(d);
  for (;;) {
    V sum = hn::Zero(d), sum_low = hn::Zero(d), taken = hn::Zero(d), taken_low = hn::Zero(d);
    Direction::reduce(form_list<sum_above<term, index>, count_above<term, index>>{},
                      std::make_index_sequence<2>{}, context, d, row, count, nullptr, held..., sum,
                      sum_low, taken, taken_low);
    Direction::finish(op::reduce_sum{}, d, sum, sum_low);
    Direction::finish(op::reduce_sum{}, d, taken, taken_low);
    pick_reference<Value>(held...) =
        threshold_of(d, sum, sum_low, taken, pick_reference<Value + 1>(held...));
    if (hn::AllTrue(d, hn::Not(hn::Lt(taken, before)))) return;
    before = taken;
  }
}

// --- the outputs
// -----------------------------------------------------------------------------------

template <class Context, bool Whole, class Positions>
struct row_sink {
  const Context& context;
  const typename Context::place& at;
  std::size_t count;
};

template <class D, class Context, bool Whole, std::size_t... O, class... Values>
HWY_INLINE void write_all(D d, const row_sink<Context, Whole, std::index_sequence<O...>>& to,
                          std::size_t index, Values... values) {
  const auto& strides = to.context.layout.lane.strides;
  (write_lanes<Whole, typename element_at<O, typename Context::outputs>::type>(
       d, values,
       const_cast<char*>(to.at.at[Context::input_total + O]) +
           static_cast<std::ptrdiff_t>(index) * strides[Context::input_total + O],
       strides[Context::input_total + O], to.count),
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

  template <bool Whole, class Context, class D, class... Held>
  static HWY_INLINE void position(const Context& context, D d, const typename Context::place& at,
                                  std::size_t index, std::size_t count,
                                  [[maybe_unused]] const typename Context::compute* carried,
                                  Held... held) {
    const row_sink<Context, Whole, Positions> to{context, at, count};
    constexpr auto inputs = std::make_index_sequence<Context::input_total>{};
    if constexpr (Carried) {
      write<Whole>(inputs, context, d, at, to, index, count, held...,
                   read_lanes<Whole, lane<D>>(d, reinterpret_cast<const char*>(carried + index),
                                              sizeof(lane<D>), count));
    } else {
      write<Whole>(inputs, context, d, at, to, index, count, held...);
    }
  }

  template <bool Whole, std::size_t... I, class Context, class D, class Sink, class... Held>
  static HWY_INLINE void write(std::index_sequence<I...>, const Context& context, D d,
                               const typename Context::place& at, const Sink& to, std::size_t index,
                               std::size_t count, Held... held) {
    compute(form_list<Forms...>{}, form_list<>{}, typename pass::shared{}, d, to, index,
            read_input<I, Whole>(context, d, at, index, count)..., held...);
  }
};

/// Writes the outputs that lack the reduced axes, once for a row.
template <class Direction, class... Forms, std::size_t... O, class Context, class D, class... Held>
HWY_INLINE void write_reduced(form_list<Forms...>, std::index_sequence<O...>,
                              const Context& context, [[maybe_unused]] D d,
                              const typename Context::place& row,
                              [[maybe_unused]] std::size_t count, Held... held) {
  [[maybe_unused]] constexpr auto inputs = std::make_index_sequence<Context::input_total>{};
  (Direction::template write_row<typename element_at<O, typename Context::outputs>::type>(
       d, row_value<Forms>(inputs, context, d, row, held...),
       const_cast<char*>(row.at[Context::input_total + O]),
       context.layout.lane.strides[Context::input_total + O], count),
   ...);
}

template <class Direction, class Context, class D, class... Held>
HWY_INLINE void write_outputs(const Context& context, D d, const typename Context::place& row,
                              std::size_t count, typename Context::compute* carried, Held... held) {
  using program = typename Context::program;
  using full = typename Context::full;
  using reduced = typename Context::reduced;
  if constexpr (has_carried<Context>) {
    if (carried != nullptr) {
      using from_carried =
          full_outputs<true, typename program::carried_outputs, typename full::positions>;
      Direction::template write<from_carried>(context, d, row, count, carried, held...);
      return;
    }
  }
  if constexpr (full::forms::size > 0) {
    using computed = full_outputs<false, typename full::forms, typename full::positions>;
    Direction::template write<computed>(context, d, row, count, nullptr, held...);
  }
  write_reduced<Direction>(typename reduced::forms{}, typename reduced::positions{}, context, d,
                           row, count, held...);
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
HWY_INLINE void finish_reduction(const Context& context, D d, const typename Context::place& row,
                                 std::size_t count, Held&... held) {
  if constexpr (is_iterated<Reduction>) {
    solve_threshold<Direction, Reduction, Value>(context, d, row, count, held...);
  } else if constexpr (takes_terms<Reduction>) {
    Direction::finish(typename Reduction::operation{}, d, pick_reference<Value>(held...),
                      pick_reference<Value + 1>(held...));
  }
}

template <class Direction, class Stages, class Context, class D, class... Held>
HWY_INLINE void run_stages(Stages, const Context& context, D d, const typename Context::place& row,
                           std::size_t count, typename Context::compute* carried, Held... held);

/// The row values that follow from the reductions of a stage, one after the other; then the next
/// stage.
template <class Direction, class... Stages, class Context, class D, class... Held>
HWY_INLINE void add_invariants(form_list<>, form_list<Stages...> rest, const Context& context, D d,
                               const typename Context::place& row, std::size_t count,
                               typename Context::compute* carried, Held... held) {
  run_stages<Direction>(rest, context, d, row, count, carried, held...);
}
template <class Direction, class First, class... Rest, class... Stages, class Context, class D,
          class... Held>
HWY_INLINE void add_invariants(form_list<First, Rest...>, form_list<Stages...> rest,
                               const Context& context, D d, const typename Context::place& row,
                               std::size_t count, typename Context::compute* carried,
                               Held... held) {
  constexpr auto inputs = std::make_index_sequence<Context::input_total>{};
  add_invariants<Direction>(form_list<Rest...>{}, rest, context, d, row, count, carried, held...,
                            row_value<First>(inputs, context, d, row, held...));
}

/// Makes room for the reductions of a stage, one after the other; then takes all terms in.
template <class Direction, class Stage, class Rest, class... Reductions, std::size_t... M,
          class Context, class D, class... Held>
HWY_INLINE void reduce_stage(form_list<>, form_list<Reductions...> all, std::index_sequence<M...> m,
                             const Context& context, D d, const typename Context::place& row,
                             std::size_t count, typename Context::compute* carried, Held... held) {
  constexpr std::size_t first = sizeof...(Held) - 2 * sizeof...(M);
  if constexpr ((takes_terms<Reductions> || ...)) {
    Direction::reduce(all, m, context, d, row, count, carried, held...);
  }
  (finish_reduction<Direction, Reductions, first + 2 * M>(context, d, row, count, held...), ...);
  add_invariants<Direction>(typename Stage::invariants{}, Rest{}, context, d, row, count, carried,
                            held...);
}
template <class Direction, class Stage, class Rest, class Next, class... Pending,
          class... Reductions, std::size_t... M, class Context, class D, class... Held>
HWY_INLINE void reduce_stage(form_list<Next, Pending...>, form_list<Reductions...> all,
                             std::index_sequence<M...> m, const Context& context, D d,
                             const typename Context::place& row, std::size_t count,
                             typename Context::compute* carried, Held... held) {
  reduce_stage<Direction, Stage, Rest>(form_list<Pending...>{}, all, m, context, d, row, count,
                                       carried, held..., start<Next>::value(context, d, held...),
                                       hn::Zero(d));
}

template <class Direction, class... Stages>
struct stages_runner {
  template <class Context, class D, class... Held>
  static HWY_INLINE void run(const Context& context, D d, const typename Context::place& row,
                             std::size_t count, typename Context::compute* carried, Held... held) {
    write_outputs<Direction>(context, d, row, count, carried, held...);
  }
};
template <class Direction, class First, class... Rest>
struct stages_runner<Direction, First, Rest...> {
  template <class Context, class D, class... Held>
  static HWY_INLINE void run(const Context& context, D d, const typename Context::place& row,
                             std::size_t count, typename Context::compute* carried, Held... held) {
    using reductions = typename First::reductions;
    reduce_stage<Direction, First, form_list<Rest...>>(reductions{}, reductions{},
                                                       std::make_index_sequence<reductions::size>{},
                                                       context, d, row, count, carried, held...);
  }
};

template <class Direction, class... Stages, class Context, class D, class... Held>
HWY_INLINE void run_stages(form_list<Stages...>, const Context& context, D d,
                           const typename Context::place& row, std::size_t count,
                           typename Context::compute* carried, Held... held) {
  stages_runner<Direction, Stages...>::run(context, d, row, count, carried, held...);
}

// --- all rows
// --------------------------------------------------------------------------------------

/// One block of rows.
template <class Context, class D>
HWY_INLINE void run_block(const Context& context, D d, typename Context::place row,
                          std::size_t block) {
  using compute = typename Context::compute;
  constexpr std::size_t operands = operand_total<Context>;
  const row_layout& layout = context.layout;
  typename Context::program::stages stages;
  constexpr std::size_t first_output = Context::input_total;
  [[maybe_unused]] const bool is_contiguous =
      layout.lane.strides[first_output] == static_cast<std::ptrdiff_t>(sizeof(compute));
  if (!layout.is_across) {
    if constexpr (!has_carried<Context>) {
      run_stages<along>(stages, context, d, row, 0, nullptr);
    } else if constexpr (carries_in_output<Context>) {
      auto* const to = reinterpret_cast<compute*>(const_cast<char*>(row.at[first_output]));
      run_stages<along>(stages, context, d, row, 0, is_contiguous ? to : nullptr);
    } else {
      alignas(64) compute buffer[carried_most];
      const bool fits = layout.inner.rank == 0 && layout.lane.extent <= carried_most;
      run_stages<along>(stages, context, d, row, 0, fits ? buffer : nullptr);
    }
    return;
  }
  const std::size_t lanes = hn::Lanes(d);
  const std::size_t begin = block * lanes_per_block;
  const std::size_t end =
      layout.lane.extent - begin < lanes_per_block ? layout.lane.extent : begin + lanes_per_block;
  for (std::size_t at = begin; at < end; at += lanes) {
    typename Context::place chunk = row;
    for (std::size_t o = 0; o < operands; ++o) {
      chunk.at[o] += layout.lane.strides[o] * static_cast<std::ptrdiff_t>(at);
    }
    compute* carried = nullptr;
    if constexpr (has_carried<Context> && carries_in_output<Context>) {
      if (is_contiguous) {
        carried = reinterpret_cast<compute*>(const_cast<char*>(chunk.at[first_output]));
      }
    }
    if (end - at >= lanes) {
      run_stages<across<true>>(stages, context, d, chunk, lanes, carried);
    } else {
      run_stages<across<false>>(stages, context, d, chunk, end - at, carried);
    }
  }
}

/// The entry of a kernel over tensors on this instruction set: blocks `begin` to `end` of all.
template <class Plan>
void run_rows(const row_layout& layout, std::size_t begin, std::size_t end) {
  using context = row_context<Plan>;
  const context c{layout};
  const typename context::tag d;
  const std::size_t blocks = blocks_per_row(layout);
  typename context::place origin;
  for (std::size_t o = 0; o < operand_total<context>; ++o) origin.at[o] = layout.data[o];
  walker<operand_total<context>> walk(layout.outer, origin);
  walk.seek(begin / blocks);
  std::size_t block = begin % blocks;
  for (std::size_t i = begin; i < end; ++i) {
    run_block(c, d, walk.at, block);
    if (++block == blocks) {
      block = 0;
      walk.next();
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_KERNEL_SIMD_ROWS_TOGGLE
