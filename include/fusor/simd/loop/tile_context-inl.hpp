// SPDX-License-Identifier: BSL-1.0
// What the loops over a tile know of it: where operands are, and reading them.

#if defined(FUSOR_SIMD_LOOP_TILE_CONTEXT_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_LOOP_TILE_CONTEXT_TOGGLE
#undef FUSOR_SIMD_LOOP_TILE_CONTEXT_TOGGLE
#else
#define FUSOR_SIMD_LOOP_TILE_CONTEXT_TOGGLE
#endif

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "fusor/schedule/row_signature.hpp"
#include "fusor/schedule/tile.hpp"
#include "fusor/simd/evaluate-inl.hpp"
#include "fusor/simd/inline.hpp"
#include "fusor/simd/lanes-inl.hpp"
#include "fusor/transform/stages.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// Where operands are at the moment.
template <std::size_t Operands>
struct cursor {
  const char* at[Operands];

  // Written without loops, and copied pointer by pointer, so that pointers stay in registers: a
  // copy by vector instructions is stored, and waited for when a pointer of it is loaded.

  FUSOR_INLINE cursor copy() const {
    return copy(std::make_index_sequence<Operands>{});
  }
  template <std::size_t... O>
  FUSOR_INLINE cursor copy(std::index_sequence<O...>) const {
    return {{at[O]...}};
  }

  /// By so many steps of these strides.
  template <class Strides>
  FUSOR_INLINE void move(const Strides& strides, std::ptrdiff_t steps) {
    move(std::make_index_sequence<Operands>{}, strides, steps);
  }
  template <std::size_t... O, class Strides>
  FUSOR_INLINE void move(std::index_sequence<O...>, const Strides& strides, std::ptrdiff_t steps) {
    ((at[O] += strides[O] * steps), ...);
  }
};

/// An operand of a tile: of the type that is computed in, or one number.
template <class Element, class Compute>
using element_in_tile = std::conditional_t<is_constant<Element>, constant, Compute>;

/// What the loops over a tile are compiled for: a program, the type that it is computed in, and
/// which of its inputs are numbers.
template <class Plan>
struct tile_context;

template <class Program, class Compute, class... Outputs, class... Inputs>
struct tile_context<plan<Program, Compute, element_list<Outputs...>, element_list<Inputs...>>> {
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

  static constexpr bool broadcasts = can_broadcast<Inputs...>;
  /// Inputs that have one element for each row, which are read at no position: a bit for each.
  static constexpr std::uint32_t given = row_inputs_of<typename program::stages>::bits;

  // Copies of what every position needs: the compiler must assume that a store changes the tile.
  std::ptrdiff_t strides[input_total + output_total];        // from lane to lane
  std::ptrdiff_t inner_strides[input_total + output_total];  // from row, or position, to the next

  /// The stride of lanes, a constant where it is known.
  template <class Element>
  FUSOR_INLINE std::ptrdiff_t stride(std::size_t operand) const {
    if (!broadcasts || operand >= input_total) return sizeof(Element);
    return strides[operand];
  }

  FUSOR_INLINE explicit tile_context(const tile& of) {
    for (std::size_t o = 0; o < input_total + output_total; ++o) {
      strides[o] = of.lane_strides[o];
      inner_strides[o] = of.step_strides[o];
    }
  }

  static FUSOR_INLINE place place_of(const tile& of) {
    return place_of(std::make_index_sequence<input_total + output_total>{}, of);
  }
  template <std::size_t... O>
  static FUSOR_INLINE place place_of(std::index_sequence<O...>, const tile& of) {
    return {{of.data[O]...}};
  }
};

/// Input `I` at position `index` of a row.
template <std::size_t I, class Direction, bool Whole, class Context, class D>
FUSOR_INLINE hn::Vec<D> read_input(const Context& context, D d, const typename Context::place& at,
                                   std::size_t index, std::size_t count) {
  using element = typename element_at<I, typename Context::inputs>::type;
  if constexpr ((Context::given >> I & 1) != 0) {
    return hn::Zero(d);
  } else if constexpr (is_constant<element>) {
    return hn::Set(d, *reinterpret_cast<const lane<D>*>(at.at[I]));
  } else {
    return read_lanes<Whole, element>(d,
                                      Direction::template address<element>(context, at, I, index),
                                      context.template stride<element>(I), count);
  }
}

/// A number in place of an input, or 0 in place of an array, for forms that read no array.
template <std::size_t I, class Context, class D>
FUSOR_INLINE hn::Vec<D> read_number(const Context&, D d, const typename Context::place& at) {
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
FUSOR_INLINE auto value_at(std::index_sequence<I...>, const Context& context, D d,
                           const typename Context::place& at, std::size_t index, std::size_t count,
                           Held... held) {
  return evaluate_from<Form>(
      form_list<>{}, d, read_input<I, Direction, Whole>(context, d, at, index, count)..., held...);
}

/// A form that reads no array.
template <class Form, class Context, class D, std::size_t... I, class... Held>
FUSOR_INLINE hn::Vec<D> row_value(std::index_sequence<I...>, const Context& context, D d,
                                  const typename Context::place& at, Held... held) {
  return evaluate_from<Form>(form_list<>{}, d, read_number<I>(context, d, at)..., held...);
}

/// Reference number `I` of a pack.
template <std::size_t I, class First, class... Rest>
FUSOR_INLINE First& pick_reference(First& first, Rest&... rest) {
  if constexpr (I == 0) {
    return first;
  } else {
    return pick_reference<I - 1>(rest...);
  }
}

/// How many row scalars are found: two for every reduction, and those that follow.
template <class Context>
inline constexpr std::size_t scalar_total = Context::program::carried_at - Context::input_total;

template <class Context>
inline constexpr bool has_carried = !std::is_void_v<typename Context::program::carried>;

/// The operand in whose place a term of the last stage waits: the first output with all axes.
template <class Positions>
inline constexpr std::size_t first_of = 0;
template <std::size_t First, std::size_t... Rest>
inline constexpr std::size_t first_of<std::index_sequence<First, Rest...>> = First;
template <class Context>
inline constexpr std::size_t materialized_operand =
    Context::input_total + first_of<typename Context::full::positions>;

/// Whether a reduction is solved for, by going over the row until nothing changes.
template <class Reduction>
inline constexpr bool is_iterated =
    std::is_same_v<typename Reduction::operation, op::simplex_threshold>;

template <class List>
inline constexpr bool any_iterated = false;
template <class... Reductions>
inline constexpr bool any_iterated<form_list<Reductions...>> = (is_iterated<Reductions> || ...);
template <class... Reductions, class... Invariants>
inline constexpr bool any_iterated<form_list<stage<Reductions, Invariants>...>> =
    (any_iterated<Reductions> || ...);

/// One line: positions that lie at one stride, and where the carried values of the first are.
template <class Context>
struct row_line {
  const Context& context;
  typename Context::place at;
  char* carried;
  bool streams = false;  // the output is written past the caches

  template <class Direction>
  FUSOR_INLINE typename Context::compute* carried_at(std::size_t index) const {
    return reinterpret_cast<typename Context::compute*>(
        carried + static_cast<std::ptrdiff_t>(index) * Direction::carried_stride(context));
  }
};

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_LOOP_TILE_CONTEXT_TOGGLE
