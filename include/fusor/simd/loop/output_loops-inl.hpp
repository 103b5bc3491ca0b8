// SPDX-License-Identifier: BSL-1.0
// The loops over a tile for the outputs of a formula, in two directions.

#if defined(FUSOR_SIMD_LOOP_OUTPUT_LOOPS_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_LOOP_OUTPUT_LOOPS_TOGGLE
#undef FUSOR_SIMD_LOOP_OUTPUT_LOOPS_TOGGLE
#else
#define FUSOR_SIMD_LOOP_OUTPUT_LOOPS_TOGGLE
#endif

#include <cstddef>
#include <type_traits>
#include <utility>

#include "fusor/simd/inline.hpp"
#include "fusor/simd/loop/contiguous-inl.hpp"
#include "fusor/simd/loop/directions-inl.hpp"
#include "fusor/simd/loop/positions-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

template <class Context, class Direction, bool Whole, class Positions>
struct tile_sink {
  const row_line<Context>& line;
  std::size_t count;
};

/// Writes output `O` at one position.
template <std::size_t O, class D, class Context, class Direction, bool Whole, class Positions,
          class Value>
FUSOR_INLINE void write_output(D d, const tile_sink<Context, Direction, Whole, Positions>& to,
                               std::size_t index, Value value) {
  constexpr std::size_t operand = Context::input_total + O;
  char* const at = const_cast<char*>(
      Direction::template address<lane<D>>(to.line.context, to.line.at, operand, index));
  if constexpr (Whole && !Direction::is_across) {
    if (HWY_UNLIKELY(to.line.streams)) {
      return hn::Stream(value, d, reinterpret_cast<lane<D>*>(at));
    }
  }
  write_lanes<Whole, lane<D>>(d, value, at, to.count);
}

template <class D, class Context, class Direction, bool Whole, std::size_t... O, class... Values>
FUSOR_INLINE void write_all(
    D d, const tile_sink<Context, Direction, Whole, std::index_sequence<O...>>& to,
    std::size_t index, Values... values) {
  (write_output<O>(d, to, index, values), ...);
}

/// The outputs that have all axes: from the inputs, or from the term that waits for them.
template <class Context, class Forms, class Positions>
struct loops_of_outputs;

template <class Context, class... Forms, class Positions>
struct loops_of_outputs<Context, form_list<Forms...>, Positions> {
  using tag = typename Context::tag;
  using forms = form_list<Forms...>;
  using pass = program<0, Forms...>;
  static constexpr std::size_t unroll = pass::unroll;
  static constexpr auto places = std::make_index_sequence<scalar_total<Context>>{};

  template <class Direction, bool Whole, class D, class... Held>
  static FUSOR_INLINE void position(const row_line<Context>& line, D d, std::size_t index,
                                    std::size_t count, Held... held) {
    constexpr auto inputs = std::make_index_sequence<Context::input_total>{};
    if constexpr (has_carried<Context>) {
      const auto* const carried =
          reinterpret_cast<const char*>(line.template carried_at<Direction>(index));
      write<Direction, Whole>(inputs, line, d, index, count, held...,
                              read_lanes<Whole, lane<D>>(d, carried, sizeof(lane<D>), count));
    } else {
      write<Direction, Whole>(inputs, line, d, index, count, held...);
    }
  }
  template <class Direction, bool Whole, std::size_t... I, class D, class... Held>
  static FUSOR_INLINE void write(std::index_sequence<I...>, const row_line<Context>& line, D d,
                                 std::size_t index, std::size_t count, Held... held) {
    compute(form_list<Forms...>{}, typename pass::shared{}, d,
            tile_sink<Context, Direction, Whole, Positions>{line, count}, index,
            read_input<I, Direction, Whole>(line.context, d, line.at, index, count)..., held...);
  }

  static HWY_INLINE void inner(const tile& of) {
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

  static HWY_INLINE void outer(const tile& of) {
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

#endif  // FUSOR_SIMD_LOOP_OUTPUT_LOOPS_TOGGLE
