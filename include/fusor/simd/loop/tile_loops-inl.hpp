// SPDX-License-Identifier: BSL-1.0
// The loops over a tile: in two directions, one for each stage of a formula and one for its
// outputs.

#if defined(FUSOR_SIMD_LOOP_TILE_LOOPS_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_LOOP_TILE_LOOPS_TOGGLE
#undef FUSOR_SIMD_LOOP_TILE_LOOPS_TOGGLE
#else
#define FUSOR_SIMD_LOOP_TILE_LOOPS_TOGGLE
#endif

#include <cstddef>
#include <type_traits>
#include <utility>

#include "fusor/simd/loop/accumulate-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

// --- the two directions ---

/// The elements of a row are the lanes of vectors.
struct inner_reduction {
  static constexpr bool carries = true;
  static constexpr bool dense = true;
  static constexpr bool is_across = false;

  /// Of the elements that are left, those of the next position.
  static HWY_INLINE std::size_t lanes_of(std::size_t left, std::size_t lanes) {
    return HWY_MIN(left, lanes);
  }
  template <class Element, class Context>
  static HWY_INLINE const char* address(const Context& context, const typename Context::place& at,
                                        std::size_t operand, std::size_t index) {
    const std::ptrdiff_t stride = context.template stride<Element, true>(operand);
    return HWY_UNLIKELY(stride == 0) ? at.at[operand] : at.at[operand] + index * sizeof(Element);
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
};

/// Each lane is a row. Positions lie at any stride.
struct outer_reduction {
  static constexpr bool carries = true;
  static constexpr bool dense = true;
  static constexpr bool is_across = true;

  static HWY_INLINE std::size_t lanes_of(std::size_t, std::size_t lanes) {
    return lanes;
  }
  template <class Element, class Context>
  static HWY_INLINE const char* address(const Context& context, const typename Context::place& at,
                                        std::size_t operand, std::size_t index) {
    return at.at[operand] + static_cast<std::ptrdiff_t>(index) * context.inner_strides[operand];
  }
  /// The line moves, not the index: a product of index and stride for every operand would cost as
  /// much as the arithmetic.
  template <class Context>
  static HWY_INLINE void advance(row_line<Context>& line, std::size_t&, std::size_t count) {
    const auto steps = static_cast<std::ptrdiff_t>(count);
    line.at.move(line.context.inner_strides, steps);
    if (line.carried != nullptr) line.carried += steps * carried_stride(line.context);
  }
  template <class Context>
  static HWY_INLINE std::ptrdiff_t carried_stride(const Context& context) {
    return context.inner_strides[materialized_operand<Context>];
  }
};

/// Where the term that waits for the outputs is, or null.
template <class Context>
HWY_INLINE char* materialized_at(const tile& of, const typename Context::place& at,
                                 std::size_t row) {
  if constexpr (has_carried<Context>) {
    if (of.waiting != nullptr) {
      return of.waiting + static_cast<std::ptrdiff_t>(row) * of.waiting_stride;
    }
    if (of.materializes) return const_cast<char*>(at.at[materialized_operand<Context>]);
  }
  return nullptr;
}
template <class Context>
HWY_INLINE row_line<Context> line_at(const Context& context, const tile& of,
                                     const typename Context::place& at, std::size_t row) {
  return {context, at.copy(), materialized_at<Context>(of, at, row), of.streams};
}
template <class Context>
HWY_INLINE row_line<Context> outer_line(const Context& context, const tile& of, std::size_t row) {
  auto at = Context::place_of(of);
  at.move(context.strides, static_cast<std::ptrdiff_t>(row));
  return line_at(context, of, at, 0);
}

// --- the scalars of rows ---

/// Scalars by place and row.
template <class Context>
struct row_scalars {
  using tag = typename Context::tag;
  using T = typename Context::compute;
  char* data;
  std::size_t pitch;

  HWY_INLINE explicit row_scalars(const tile& of, std::size_t set = 0)
      : data(of.scalars + set * scalar_total<Context> * of.scalar_pitch), pitch(of.scalar_pitch) {}

  HWY_INLINE T* at(std::size_t place, std::size_t row) const {
    return reinterpret_cast<T*>(data + place * pitch) + row;
  }
  HWY_INLINE hn::Vec<tag> get(std::size_t place, std::size_t row) const {
    return hn::Load(tag(), at(place, row));
  }
  HWY_INLINE hn::Vec<tag> one(std::size_t place, std::size_t row) const {
    return hn::Set(tag(), *at(place, row));
  }
  HWY_INLINE void put(std::size_t place, std::size_t row, hn::Vec<tag> value) const {
    hn::Store(value, tag(), at(place, row));
  }
};

/// A scalar that follows from those before it, for all rows.
template <class Context, class Form, std::size_t... P>
HWY_INLINE void put_scalar(std::index_sequence<P...>, const tile& of, std::size_t place) {
  constexpr auto inputs = std::make_index_sequence<Context::input_total>{};
  const typename Context::tag d;
  const Context context(of);
  const row_scalars<Context> scalars(of);
  const auto at = Context::place_of(of);
  for (std::size_t row = 0; row < of.row_count; row += hn::Lanes(d)) {
    scalars.put(place, row, row_value<Form>(inputs, context, d, at, scalars.get(P, row)...));
  }
}

// --- one stage ---

/// Whether the last stage computes terms of many instructions.
template <class Stages>
inline constexpr bool ends_long = false;
template <class... Reductions, class Invariants>
inline constexpr bool ends_long<form_list<stage<form_list<Reductions...>, Invariants>>> =
    ((takes_terms<Reductions> && contains_long<typename Reductions::term>) || ...);
template <class First, class Second, class... Rest>
inline constexpr bool ends_long<form_list<First, Second, Rest...>> =
    ends_long<form_list<Second, Rest...>>;

/// What is done beside terms of many instructions on rows that fit no cache: memory is asked for
/// the inputs of the next tile.
template <class Context>
struct reading_ahead {
  typename Context::place at;
  bool is_wanted;

  template <class D>
  HWY_INLINE void take_four(D, std::size_t index, std::size_t step) const {
    if (is_wanted) prefetch(std::make_index_sequence<Context::input_total>{}, index, step);
  }
  template <std::size_t... I>
  HWY_INLINE void prefetch(std::index_sequence<I...>, std::size_t index, std::size_t step) const {
    (prefetch_input<I>(index, step), ...);
  }
  template <std::size_t I>
  HWY_INLINE void prefetch_input(std::size_t index, std::size_t step) const {
    using T = typename Context::compute;
    if constexpr (!is_constant<typename element_at<I, typename Context::inputs>::type>) {
      const char* const first = at.at[I] + index * sizeof(T);
      for (std::size_t byte = 0; byte < 4 * step * sizeof(T); byte += 64) {
        hwy::Prefetch(first + byte);
      }
    }
  }
};

/// The loops of a stage whose results are the scalars from place `First` on.
template <class Context, std::size_t First, class Stage, bool IsLast = false>
struct loops_of_stage;

template <class Context, std::size_t First, class... Reductions, class... Hoisted, bool IsLast>
struct loops_of_stage<Context, First, stage<form_list<Reductions...>, form_list<Hoisted...>>,
                      IsLast> {
  using tag = typename Context::tag;
  using T = typename Context::compute;
  using V = hn::Vec<tag>;
  static constexpr std::size_t total = sizeof...(Reductions);
  static constexpr std::size_t next = First + 2 * total;
  static constexpr bool has_terms = (takes_terms<Reductions> || ...);
  static constexpr auto each = std::index_sequence_for<Reductions...>{};

  template <std::size_t... M, class... Held>
  static HWY_INLINE void renormalize(std::index_sequence<M...>, Held&... held) {
    (renormalize_reduction<Reductions, First + 2 * M>(tag(), held...), ...);
  }

  // An inner reduction.

  static void inner(const tile& of) {
    inner(std::make_index_sequence<next>{}, of);
  }
  template <std::size_t... K>
  static HWY_INLINE void inner(std::index_sequence<K...>, const tile& shared) {
    const tile of = shared;  // a copy: the compiler must assume that a store changes the other
    const Context context(of);
    const row_scalars<Context> scalars(of);
    auto at = Context::place_of(of);
    for (std::size_t row = 0; row < of.row_count; ++row) {
      if constexpr (IsLast) {
        auto at_after = at;
        at_after.move(context.inner_strides, static_cast<std::ptrdiff_t>(of.row_count));
        reading_ahead<Context> beside{at_after.copy(), row < of.rows_after};
        reduce_row(line_at(context, of, at, row), of, row, beside,
                   inner_start<K>(of, scalars, row)...);
      } else {
        nothing_beside beside;
        reduce_row(line_at(context, of, at, row), of, row, beside,
                   inner_start<K>(of, scalars, row)...);
      }
      at.move(context.inner_strides, 1);
    }
  }

  static HWY_INLINE T* partial(const tile& of, std::size_t m, std::size_t row) {
    return reinterpret_cast<T*>(of.partial + m * of.partial_pitch) + row * hn::Lanes(tag());
  }

  template <std::size_t K>
  static HWY_INLINE V inner_start(const tile& of, const row_scalars<Context>& scalars,
                                  std::size_t row) {
    if constexpr (K < First) {
      return scalars.one(K, row);
    } else {
      if (of.is_first) return start_of_value<K - First, Reductions...>(tag());
      return hn::Load(tag(), partial(of, K - First, row));
    }
  }

  template <class Beside, class... Held>
  static HWY_INLINE void reduce_row(const row_line<Context>& line, const tile& of, std::size_t row,
                                    Beside& beside, Held... held) {
    const tag d;
    const std::size_t lanes = hn::Lanes(d);
    reduce_positions<inner_reduction, true>(form_list<Reductions...>{}, each, line, d, 0, of.extent,
                                            lanes, lanes, of.is_first, beside, held...);
    if (of.discards) return;
    finish_row(each, of, row, held...);
  }
  template <std::size_t... M, class... Held>
  static HWY_INLINE void finish_row(std::index_sequence<M...>, const tile& of, std::size_t row,
                                    Held... held) {
    if (of.renormalizes) renormalize(each, held...);
    (put_partial<Reductions, M>(of, row, pick<First + 2 * M>(held...),
                                pick<First + 2 * M + 1>(held...)),
     ...);
  }
  template <class Reduction, std::size_t M>
  static HWY_INLINE void put_partial(const tile& of, std::size_t row, V value, V error) {
    using operation = typename Reduction::operation;
    if constexpr (takes_terms<Reduction>) {
      hn::Store(value, tag(), partial(of, 2 * M, row));
      if constexpr (reducer<operation>::keeps_error) {
        if (of.keeps_errors || !reducer<operation>::starts_with_term) {
          hn::Store(error, tag(), partial(of, 2 * M + 1, row));
        }
      }
    }
  }

  /// The lanes of every row together.
  static void fold(const tile& of) {
    fold(each, of);
  }
  template <std::size_t... M>
  static HWY_INLINE void fold(std::index_sequence<M...>, const tile& of) {
    (fold_one<Reductions, M>(of), ...);
  }
  template <class Reduction, std::size_t M>
  static HWY_INLINE void fold_one(const tile& of) {
    using operation = typename Reduction::operation;
    if constexpr (takes_terms<Reduction>) {
      const tag d;
      if constexpr (reducer<operation>::keeps_error && !reducer<operation>::folds_error) {
        for (std::size_t row = 0; row < of.row_count; ++row) {
          T* const value = partial(of, 2 * M, row);
          hn::Store(hn::Add(hn::Load(d, value), hn::Load(d, partial(of, 2 * M + 1, row))), d,
                    value);
        }
      }
      V value = hn::Zero(d);
      V error = hn::Zero(d);
      using vectors = T(*)[hn::MaxLanes(tag())];
      reduce_lanes<reducer<operation>>(
          d, reinterpret_cast<vectors>(partial(of, 2 * M, 0)),
          reinterpret_cast<vectors>(partial(of, 2 * M + 1, 0)), of.row_count,
          of.keeps_errors || !reducer<operation>::starts_with_term, value, error);
      const row_scalars<Context> scalars(of);
      scalars.put(First + 2 * M, 0, value);
      scalars.put(First + 2 * M + 1, 0, error);
    }
  }

  // An outer reduction.

  static void outer(const tile& of) {
    outer(std::make_index_sequence<next>{}, of);
  }
  template <std::size_t... K>
  static HWY_INLINE void outer(std::index_sequence<K...>, const tile& shared) {
    const tile of = shared;  // a copy: the compiler must assume that a store changes the other
    const Context context(of);
    const row_scalars<Context> scalars(of);
    const std::size_t lanes = hn::Lanes(tag());
    for (std::size_t row = 0; row < of.row_count; row += lanes) {
      reduce_rows(context, of, scalars, row, outer_start<K>(of, scalars, row)...);
    }
  }
  template <std::size_t K>
  static HWY_INLINE V outer_start(const tile& of, const row_scalars<Context>& scalars,
                                  std::size_t row) {
    if constexpr (K >= First) {
      if (of.is_first) return start_of_value<K - First, Reductions...>(tag());
    }
    return scalars.get(K, row);
  }
  template <class... Held>
  static HWY_INLINE void reduce_rows(const Context& context, const tile& of,
                                     const row_scalars<Context>& scalars, std::size_t row,
                                     Held... held) {
    const tag d;
    nothing_beside nothing;
    reduce_positions<outer_reduction, true>(form_list<Reductions...>{}, each,
                                            outer_line(context, of, row), d, 0, of.extent, 1,
                                            hn::Lanes(d), of.is_first, nothing, held...);
    if (of.discards) return;
    finish_rows(each, of, scalars, row, held...);
  }
  template <std::size_t... M, class... Held>
  static HWY_INLINE void finish_rows(std::index_sequence<M...>, const tile& of,
                                     const row_scalars<Context>& scalars, std::size_t row,
                                     Held... held) {
    if (of.renormalizes) renormalize(each, held...);
    (put_rows<Reductions>(scalars, First + 2 * M, row, pick<First + 2 * M>(held...),
                          pick<First + 2 * M + 1>(held...)),
     ...);
  }
  template <class Reduction>
  static HWY_INLINE void put_rows(const row_scalars<Context>& scalars, std::size_t place,
                                  std::size_t row, V value, V error) {
    if constexpr (takes_terms<Reduction>) {
      scalars.put(place, row, value);
      scalars.put(place + 1, row, error);
    }
  }

  // What follows.

  static void finish(const tile& of) {
    finish(each, std::index_sequence_for<Hoisted...>{}, of);
  }
  template <std::size_t... M, std::size_t... H>
  static HWY_INLINE void finish(std::index_sequence<M...>, std::index_sequence<H...>,
                                const tile& of) {
    (put_count<Reductions>(of, First + 2 * M), ...);
    (put_scalar<Context, Hoisted>(std::make_index_sequence<next + H>{}, of, next + H), ...);
  }
  /// What a reduction is that takes no terms and is not solved for: the number of elements.
  template <class Reduction>
  static HWY_INLINE void put_count(const tile& of, std::size_t place) {
    if constexpr (is_counted<Reduction>) {
      const tag d;
      const row_scalars<Context> scalars(of);
      const T high = static_cast<T>(of.reduced_count);
      const double low = static_cast<double>(of.reduced_count) - static_cast<double>(high);
      for (std::size_t row = 0; row < of.row_count; row += hn::Lanes(d)) {
        scalars.put(place, row, hn::Set(d, high));
        scalars.put(place + 1, row, set(d, low));
      }
    }
  }
};

// --- the outputs ---

template <class Context, class Direction, bool Whole, class Positions>
struct tile_sink {
  const row_line<Context>& line;
  std::size_t count;
};

/// Writes output `O` at one position.
template <std::size_t O, class D, class Context, class Direction, bool Whole, class Positions,
          class Value>
HWY_INLINE void write_output(D d, const tile_sink<Context, Direction, Whole, Positions>& to,
                             std::size_t index, Value value) {
  constexpr std::size_t operand = Context::input_total + O;
  char* const at = const_cast<char*>(
      Direction::template address<lane<D>>(to.line.context, to.line.at, operand, index));
  if constexpr (Whole && !Direction::is_across) {
    if (HWY_UNLIKELY(to.line.streams)) {
      return hn::Stream(value, d, reinterpret_cast<lane<D>*>(at));
    }
  }
  write_lanes<true, Whole, lane<D>>(d, value, at, sizeof(lane<D>), to.count);
}

template <class D, class Context, class Direction, bool Whole, std::size_t... O, class... Values>
HWY_INLINE void write_all(D d,
                          const tile_sink<Context, Direction, Whole, std::index_sequence<O...>>& to,
                          std::size_t index, Values... values) {
  (write_output<O>(d, to, index, values), ...);
}

/// The outputs that have all axes: from the inputs, or from the term that waits for them.
template <class Context, class Forms, class Positions>
struct loops_of_outputs;

template <class Context, class... Forms, class Positions>
struct loops_of_outputs<Context, form_list<Forms...>, Positions> {
  using tag = typename Context::tag;
  using pass = program<0, Forms...>;
  static constexpr std::size_t unroll = pass::unroll;
  static constexpr auto places = std::make_index_sequence<scalar_total<Context>>{};

  template <class Direction, bool Whole, class D, class... Held>
  static HWY_INLINE void position(const row_line<Context>& line, D d, std::size_t index,
                                  std::size_t count, Held... held) {
    constexpr auto inputs = std::make_index_sequence<Context::input_total>{};
    if constexpr (has_carried<Context>) {
      const auto* const carried =
          reinterpret_cast<const char*>(line.template carried_at<Direction>(index));
      write<Direction, Whole>(inputs, line, d, index, count, held...,
                              read_lanes<true, Whole, lane<D>>(d, carried, sizeof(lane<D>), count));
    } else {
      write<Direction, Whole>(inputs, line, d, index, count, held...);
    }
  }
  template <class Direction, bool Whole, std::size_t... I, class D, class... Held>
  static HWY_INLINE void write(std::index_sequence<I...>, const row_line<Context>& line, D d,
                               std::size_t index, std::size_t count, Held... held) {
    compute(form_list<Forms...>{}, form_list<>{}, typename pass::shared{}, d,
            tile_sink<Context, Direction, Whole, Positions>{line, count}, index,
            read_input<I, Direction, Whole>(line.context, d, line.at, index, count)..., held...);
  }

  static void inner(const tile& of) {
    inner(places, of);
  }
  template <std::size_t... K>
  static HWY_INLINE void inner(std::index_sequence<K...>, const tile& shared) {
    const tile of = shared;  // a copy: the compiler must assume that a store changes the other
    const Context context(of);
    const row_scalars<Context> scalars(of);
    auto at = Context::place_of(of);
    for (std::size_t row = 0; row < of.row_count; ++row) {
      inner_row(line_at(context, of, at, row), of.extent, scalars.one(K, row)...);
      at.move(context.inner_strides, 1);
    }
    (void)scalars;
  }
  template <class... Held>
  static HWY_INLINE void inner_row(const row_line<Context>& line, std::size_t extent,
                                   Held... held) {
    inner_row_from(line, 0, extent, held...);
  }
  /// From element `begin` on.
  template <class... Held>
  static HWY_INLINE void inner_row_from(const row_line<Context>& line, std::size_t begin,
                                        std::size_t extent, Held... held) {
    const tag d;
    const std::size_t lanes = hn::Lanes(d);
    if (line.streams) {
      const auto* const out = reinterpret_cast<const lane<tag>*>(line.at.at[Context::input_total]);
      const std::size_t head = HWY_MIN(extent, elements_to_alignment(out, lanes));
      if (head > 0) position<inner_reduction, false>(line, d, 0, head, held...);
      begin = head;
    }
    const std::size_t vectors = (extent - begin) / lanes;
    write_positions<inner_reduction, true, loops_of_outputs>(line, d, begin, vectors, lanes, lanes,
                                                             held...);
    begin += vectors * lanes;
    if (begin < extent) {
      position<inner_reduction, false>(line, d, begin, extent - begin, held...);
    }
  }

  static void outer(const tile& of) {
    outer(places, of);
  }
  template <std::size_t... K>
  static HWY_INLINE void outer(std::index_sequence<K...>, const tile& shared) {
    const tile of = shared;  // a copy: the compiler must assume that a store changes the other
    const Context context(of);
    const row_scalars<Context> scalars(of);
    const tag d;
    const std::size_t lanes = hn::Lanes(d);
    for (std::size_t row = 0; row < of.row_count; row += lanes) {
      write_positions<outer_reduction, true, loops_of_outputs>(
          outer_line(context, of, row), d, 0, of.extent, 1, lanes, scalars.get(K, row)...);
    }
    (void)scalars;
  }
};

/// The first place behind all scalars and what solvers need.
template <class Context>
inline constexpr std::size_t reduced_place = scalar_total<Context> +
                                             (any_iterated<typename Context::program::stages> ? 7
                                                                                              : 0);

/// The outputs that lack the reduced axes, as scalars behind all others.
template <class Context, class... Forms>
void put_reduced(form_list<Forms...>, const tile& of) {
  std::size_t place = reduced_place<Context>;
  (put_scalar<Context, Forms>(std::make_index_sequence<scalar_total<Context>>{}, of, place++), ...);
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_LOOP_TILE_LOOPS_TOGGLE
