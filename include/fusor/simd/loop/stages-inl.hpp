// SPDX-License-Identifier: BSL-1.0
// A batch of rows is reduced stage by stage, then written.

#if defined(FUSOR_SIMD_LOOP_STAGES_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_LOOP_STAGES_TOGGLE
#undef FUSOR_SIMD_LOOP_STAGES_TOGGLE
#else
#define FUSOR_SIMD_LOOP_STAGES_TOGGLE
#endif

#include <cstddef>
#include <type_traits>
#include <utility>

#include "fusor/simd/loop/directions-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

// --- the threshold of sparsemax ---

/// A term, counted from the origin of its row.
template <class Term, std::size_t Origin>
using from_origin = form<op::sub, Term, row<Origin>>;
template <class Term, std::size_t Origin, std::size_t Limit>
using above = form<op::greater, from_origin<Term, Origin>, row<Limit>>;
template <class Term, std::size_t Origin, std::size_t Limit>
using sum_above =
    reduction_of<op::exact_sum,
                 form<op::where, above<Term, Origin, Limit>, from_origin<Term, Origin>, zero>>;
template <class Term, std::size_t Origin, std::size_t Limit>
using count_above =
    reduction_of<op::count_sum, form<op::where, above<Term, Origin, Limit>, one, zero>>;

/// (sum - 1) / count as a pair; `none` where nothing was counted.
template <class D, class V>
HWY_INLINE V threshold_of(D d, V sum, V sum_low, V count, V none, V& low) {
  V error;
  const V more = two_sum(sum, set(d, -1), error);
  const V quotient = hn::Div(more, count);
  const V rest = hn::Add(residual_of_product(d, quotient, count, more), hn::Add(error, sum_low));
  const V value = two_sum(quotient, hn::Div(rest, count), low);
  low = number_or_zero(low);
  return hn::IfThenElse(hn::Eq(count, hn::Zero(d)), none, value);
}

/// The largest number that is not above value + low: a number is above the one if it is above the
/// other.
template <class D, class V>
HWY_INLINE V round_down(D d, V value, V low) {
  const hn::RebindToUnsigned<D> du;
  const auto bits = hn::BitCast(du, value);
  const auto one = hn::Set(du, 1);
  const V next = hn::IfThenElse(hn::Lt(value, hn::Zero(d)), hn::BitCast(d, hn::Add(bits, one)),
                                hn::BitCast(d, hn::Sub(bits, one)));
  return hn::IfThenElse(hn::Lt(low, hn::Zero(d)), next, value);
}

/// Michelot's iteration from below: the threshold for the elements above the last threshold, until
/// no more elements fall out. Elements are counted from the largest, so that the sum of those above
/// is small; from 0 if the largest is below 2, where the difference would be rounded. Of a row with
/// infinite elements, these are above, and share 1. `Next` is the first place that is free,
/// `Largest` that of the largest element.
template <class Direction, std::size_t Place, std::size_t Next, std::size_t Largest, class Term,
          class Context, class D>
HWY_INLINE void solve_threshold(const Context& context, D d, const batch<Context>& rows,
                                auto& found) {
  constexpr std::size_t inputs = Context::input_total;
  constexpr std::size_t origin = Next, limit = Next + 1;
  constexpr std::size_t sum = Next + 2, count = Next + 4, count_before = Next + 6;
  const std::size_t lanes = hn::Lanes(d);
  const auto highest = hn::Set(d, hwy::HighestValue<lane<D>>());
  for (std::size_t row = 0; row < Direction::rows_of(rows); row += lanes) {
    const auto largest = found.get(Largest, row);
    const auto is_far = hn::Not(hn::Lt(hn::Abs(largest), set(d, 2)));
    const auto is_infinite = hn::Eq(largest, hn::Inf(d));
    const auto from = hn::IfThenElse(is_infinite, hn::Zero(d), hn::IfThenElseZero(is_far, largest));
    auto low = hn::Zero(d);
    const auto value = two_sum(hn::Sub(largest, from), set(d, -1), low);
    found.put(origin, row, from);
    found.put(limit, row, hn::IfThenElse(is_infinite, highest, round_down(d, value, low)));
    found.put(count_before, row, hn::Inf(d));
  }
  for (bool is_done = false; !is_done;) {
    for (std::size_t row = 0; row < Direction::rows_of(rows); row += lanes) {
      for (std::size_t place = sum; place < count_before; ++place) {
        found.put(place, row, hn::Zero(d));
      }
    }
    nothing_beside nothing;
    Direction::reduce(std::make_index_sequence<count_before>{},
                      form_list<sum_above<Term, inputs + origin, inputs + limit>,
                                count_above<Term, inputs + origin, inputs + limit>>{},
                      std::make_index_sequence<2>{}, context, d, rows, found, nothing);
    is_done = true;
    for (std::size_t row = 0; row < Direction::rows_of(rows); row += lanes) {
      const auto taken = found.get(count, row);
      const auto largest = found.get(Largest, row);
      const auto is_infinite = hn::Eq(largest, hn::Inf(d));
      auto low = hn::Zero(d);
      const auto value = threshold_of(d, found.get(sum, row), found.get(sum + 1, row), taken,
                                      hn::Sub(largest, largest), low);
      found.put(limit, row, hn::IfThenElse(is_infinite, highest, round_down(d, value, low)));
      auto error = hn::Zero(d);
      const auto threshold = two_sum(found.get(origin, row), value, error);
      found.put(Place, row, hn::IfThenElse(is_infinite, largest, threshold));
      found.put(Place + 1, row,
                hn::IfThenElse(is_infinite, hn::Div(set(d, -1), taken), hn::Add(error, low)));
      const auto is_fewer =
          hn::And(hn::Lt(taken, found.get(count_before, row)), hn::FirstN(d, rows.count - row));
      is_done = is_done && hn::AllFalse(d, is_fewer);
      found.put(count_before, row, taken);
    }
  }
}

template <std::size_t Place, std::size_t Next, class Reduction>
struct solve_reduction {
  template <class Direction, class Context, class D>
  static HWY_INLINE void run(const Context&, D, const batch<Context>&, auto&) {}
};
template <std::size_t Place, std::size_t Next, class Term, std::size_t Largest>
struct solve_reduction<Place, Next, reduction_of<op::simplex_threshold, Term, row<Largest>>> {
  template <class Direction, class Context, class D>
  static HWY_INLINE void run(const Context& context, D d, const batch<Context>& rows, auto& found) {
    solve_threshold<Direction, Place, Next, Largest - Context::input_total, Term>(context, d, rows,
                                                                                  found);
  }
};

// --- the outputs ---

template <class Context, class Direction, bool Whole, class Positions>
struct row_sink {
  const row_line<Context>& line;
  std::size_t count;
};

/// Writes output `O` at one position.
template <std::size_t O, class D, class Context, class Direction, bool Whole, class Positions,
          class Value>
HWY_INLINE void write_output(D d, const row_sink<Context, Direction, Whole, Positions>& to,
                             std::size_t index, Value value) {
  using element = typename element_at<O, typename Context::outputs>::type;
  constexpr std::size_t operand = Context::input_total + O;
  const Context& context = to.line.context;
  char* const at =
      const_cast<char*>(Direction::template address<element>(context, to.line.at, operand, index));
  if constexpr (Direction::streams && Whole) {
    hn::Stream(value, d, reinterpret_cast<element*>(at));
  } else {
    write_lanes<Direction::dense, Whole, element>(d, value, at, context.strides[operand], to.count);
  }
}

template <class D, class Context, class Direction, bool Whole, std::size_t... O, class... Values>
HWY_INLINE void write_all(D d,
                          const row_sink<Context, Direction, Whole, std::index_sequence<O...>>& to,
                          std::size_t index, Values... values) {
  (write_output<O>(d, to, index, values), ...);
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

/// Writes an output that lacks the reduced axes, once for a row.
template <class Form, class Direction, std::size_t O, std::size_t... P, class Context, class D>
HWY_INLINE void write_reduced(std::index_sequence<P...>, const Context& context, D d,
                              const batch<Context>& rows, const auto& found) {
  using element = typename element_at<O, typename Context::outputs>::type;
  constexpr auto inputs = std::make_index_sequence<Context::input_total>{};
  for (std::size_t row = 0; row < Direction::rows_of(rows); row += hn::Lanes(d)) {
    Direction::template write_reduced<element>(
        context, d, row_value<Form>(inputs, context, d, rows.rows[0], found.get(P, row)...), rows,
        row, Context::input_total + O);
  }
}

template <class Direction, class... Forms, std::size_t... O, class Context, class D>
HWY_INLINE void write_all_reduced(form_list<Forms...>, std::index_sequence<O...>,
                                  const Context& context, D d, const batch<Context>& rows,
                                  const auto& found) {
  constexpr auto places = std::make_index_sequence<row_value_total<Context>>{};
  (write_reduced<Forms, Direction, O>(places, context, d, rows, found), ...);
  (void)places, (void)context, (void)d, (void)rows, (void)found;
}

/// The outputs that lack the reduced axes.
template <class Direction, class Context, class D>
HWY_INLINE void write_reduced_outputs(const Context& context, D d, const batch<Context>& rows,
                                      const auto& found) {
  using reduced = typename Context::reduced;
  write_all_reduced<Direction>(typename reduced::forms{}, typename reduced::positions{}, context, d,
                               rows, found);
}

/// How the outputs that have all axes are computed.
template <class Direction, class Context, bool Carries = Direction::carries>
struct full_outputs_by
    : std::type_identity<
          full_outputs<false, typename Context::full::forms, typename Context::full::positions>> {};
template <class Direction, class Context>
struct full_outputs_by<Direction, Context, true>
    : std::type_identity<full_outputs<true, typename Context::program::carried_outputs,
                                      typename Context::full::positions>> {};

/// The outputs that have all axes.
template <class Direction, class Context, class D, class... From>
HWY_INLINE void write_full_outputs(const Context& context, D d, const batch<Context>& rows,
                                   const auto& found, From... from) {
  constexpr auto places = std::make_index_sequence<row_value_total<Context>>{};
  if constexpr (Context::full::forms::size > 0) {
    using outputs = typename full_outputs_by<Direction, Context>::type;
    if constexpr (may_lack_axes<typename Context::program::outputs, typename Context::inputs>) {
      if (context.layout.writes_once) {
        row_layout first = context.layout;  // one position of each row
        first.inner.rank = 0;
        if (!first.is_across) first.lane.extent = 1;
        const Context once(first);
        return Direction::template write<outputs>(places, once, d, rows, found, from...);
      }
    }
    Direction::template write<outputs>(places, context, d, rows, found, from...);
  }
  (void)places, (void)context, (void)d, (void)rows, (void)found;
}

// --- all stages ---

/// What a reduction is that takes no terms and is not solved for: the number of elements.
template <class Direction, class Reduction, class Context, class D>
HWY_INLINE void put_count(std::size_t place, const Context& context, D d,
                          const batch<Context>& rows, auto& found) {
  if constexpr (is_counted<Reduction>) {
    using T = lane<D>;
    const std::size_t count = context.layout.reduced_count;
    const T high = static_cast<T>(count);
    const double low = static_cast<double>(count) - static_cast<double>(high);
    for (std::size_t row = 0; row < Direction::rows_of(rows); row += hn::Lanes(d)) {
      found.put(place, row, hn::Set(d, high));
      found.put(place + 1, row, set(d, low));
    }
  }
}

/// Reduces the rows, to row values from place `First` on.
template <class Direction, std::size_t First, class... Reductions, std::size_t... M, class Context,
          class D, class Beside>
HWY_INLINE void reduce_stage(form_list<Reductions...> all, std::index_sequence<M...> m,
                             const Context& context, D d, const batch<Context>& rows, auto& found,
                             Beside& beside) {
  constexpr std::size_t next = First + 2 * sizeof...(M);
  (put_count<Direction, Reductions>(First + 2 * M, context, d, rows, found), ...);
  if constexpr ((takes_terms<Reductions> || ...)) {
    Direction::reduce(std::make_index_sequence<next>{}, all, m, context, d, rows, found, beside);
  }
  (solve_reduction<First + 2 * M, next, Reductions>::template run<Direction>(context, d, rows,
                                                                             found),
   ...);
}

template <class Direction, class Form, std::size_t... P, class Context, class D>
HWY_INLINE void put_invariant(std::index_sequence<P...>, const Context& context, D d,
                              const batch<Context>& rows, auto& found) {
  constexpr auto inputs = std::make_index_sequence<Context::input_total>{};
  for (std::size_t row = 0; row < Direction::rows_of(rows); row += hn::Lanes(d)) {
    found.put(sizeof...(P), row,
              row_value<Form>(inputs, context, d, rows.rows[0], found.get(P, row)...));
  }
}

/// The row values that follow from those before place `First`, one after the other.
template <class Direction, std::size_t First, class... Forms, std::size_t... I, class Context,
          class D>
HWY_INLINE void put_invariants(form_list<Forms...>, std::index_sequence<I...>,
                               const Context& context, D d, const batch<Context>& rows,
                               auto& found) {
  (put_invariant<Direction, Forms>(std::make_index_sequence<First + I>{}, context, d, rows, found),
   ...);
  (void)context, (void)d, (void)rows, (void)found;
}

/// One stage, to row values from place `First` on.
template <class Direction, std::size_t First, class... Reductions, class Invariants, class Context,
          class D, class Beside>
HWY_INLINE void run_stage(stage<form_list<Reductions...>, Invariants>, const Context& context, D d,
                          const batch<Context>& rows, auto& found, Beside& beside) {
  constexpr std::size_t next = First + 2 * sizeof...(Reductions);
  reduce_stage<Direction, First>(form_list<Reductions...>{},
                                 std::index_sequence_for<Reductions...>{}, context, d, rows, found,
                                 beside);
  put_invariants<Direction, next>(Invariants{}, std::make_index_sequence<Invariants::size>{},
                                  context, d, rows, found);
}

/// The stages that are left, with something `beside` the last one. Row values before place `First`
/// have been found.
template <class Direction, std::size_t First, class Context, class D, class Beside>
HWY_INLINE void run_stages(form_list<>, const Context&, D, const batch<Context>&, auto&, Beside&) {}
template <class Direction, std::size_t First, class Stage, class... Rest, class Context, class D,
          class Beside>
HWY_INLINE void run_stages(form_list<Stage, Rest...>, const Context& context, D d,
                           const batch<Context>& rows, auto& found, Beside& beside) {
  if constexpr (sizeof...(Rest) == 0) {
    run_stage<Direction, First>(Stage{}, context, d, rows, found, beside);
  } else {
    nothing_beside nothing;
    run_stage<Direction, First>(Stage{}, context, d, rows, found, nothing);
    run_stages<Direction, First + values_of<Stage>>(form_list<Rest...>{}, context, d, rows, found,
                                                    beside);
  }
}

/// Whether the last stage computes long terms.
template <class Stages>
inline constexpr bool ends_long = false;
template <class... Reductions, class Invariants>
inline constexpr bool ends_long<form_list<stage<form_list<Reductions...>, Invariants>>> =
    ((takes_terms<Reductions> && contains_long<typename Reductions::term>) || ...);
template <class First, class Second, class... Rest>
inline constexpr bool ends_long<form_list<First, Second, Rest...>> =
    ends_long<form_list<Second, Rest...>>;

/// What is done beside the last stage of a batch that fits no cache: memory is asked for the inputs
/// of the next one.
template <class Direction, class Context>
struct reading_ahead {
  const Context& context;
  const batch<Context>& next;

  struct one_row {
    const Context& context;
    const typename Context::place* at;

    template <class D>
    HWY_INLINE void take_four(D, std::size_t index, std::size_t step) const {
      if (at != nullptr) prefetch(std::make_index_sequence<Context::input_total>{}, index, step);
    }
    template <std::size_t... I>
    HWY_INLINE void prefetch(std::index_sequence<I...>, std::size_t index, std::size_t step) const {
      (prefetch_input<I>(index, step), ...);
    }
    template <std::size_t I>
    HWY_INLINE void prefetch_input(std::size_t index, std::size_t step) const {
      using element = typename element_at<I, typename Context::inputs>::type;
      if constexpr (!is_constant<element>) {
        const char* const first = Direction::template address<element>(context, *at, I, index);
        for (std::size_t byte = 0; byte < 4 * step * sizeof(element); byte += 64) {
          hwy::Prefetch(first + byte);
        }
      }
    }
    template <class D>
    static HWY_INLINE void finish(D, std::size_t) {}
  };

  HWY_INLINE one_row row(std::size_t number) const {
    return {context, number < next.count ? next.rows + number : nullptr};
  }
};

/// One batch, compiled once for all who call it.
template <class Context, class Direction>
HWY_NOINLINE void run_batch(const Context& shared, const batch<Context>& rows,
                            [[maybe_unused]] const batch<Context>* next = nullptr) {
  const typename Context::tag d;
  const Context context = shared;
  row_values<Context, Direction> found;
  if constexpr (Direction::streams && ends_long<typename Context::program::stages>) {
    reading_ahead<Direction, Context> beside{context, *next};
    run_stages<Direction, 0>(typename Context::program::stages{}, context, d, rows, found, beside);
  } else {
    nothing_beside nothing;
    run_stages<Direction, 0>(typename Context::program::stages{}, context, d, rows, found, nothing);
  }
  write_full_outputs<Direction>(context, d, rows, found);
  write_reduced_outputs<Direction>(context, d, rows, found);
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_LOOP_STAGES_TOGGLE
