// SPDX-License-Identifier: BSL-1.0
// The loops of a kernel over tensors: rows are reduced stage by stage, then written.

#if defined(FUSOR_KERNEL_SIMD_ROWS_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_KERNEL_SIMD_ROWS_TOGGLE
#undef FUSOR_KERNEL_SIMD_ROWS_TOGGLE
#else
#define FUSOR_KERNEL_SIMD_ROWS_TOGGLE
#endif

#include <cstddef>
#include <type_traits>
#include <utility>

#include "fusor/kernel/simd/directions-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

// --- the threshold of sparsemax ---

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

// --- the outputs ---

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

// --- all stages ---

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

// --- all rows ---

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

/// One batch, compiled once for all who call it.
template <class Context, class Direction>
HWY_NOINLINE void run_batch(const Context& shared, const batch<Context>& rows) {
  const Context context = shared;
  run_stages<Direction>(typename Context::program::stages{}, context, typename Context::tag(),
                        rows);
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
      if constexpr (!std::is_same_v<Whole, Rest>) {
        if (rows.count == lanes) {
          run_batch<Context, Whole>(context, rows);
          continue;
        }
      }
      run_batch<Context, Rest>(context, rows);
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
    run_batch<Context, across<true, in_output>>(context, rows);
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
    // One row as well: it has the bits that it has beside others.
    if (layout.inner.rank == 0 && layout.lane.extent > 0 &&
        layout.lane.extent <= hn::Lanes(typename context::tag())) {
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
