// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>

#include "fusor/language/view.hpp"
#include "fusor/schedule/layout.hpp"
#include "fusor/schedule/row_signature.hpp"

/// From the operands of a call to the description of its loops.
namespace fusor::detail {
inline namespace FUSOR_REFUSALS {

template <class Slot>
struct take_slot;
template <std::size_t Input, class... Halves, class... Axes>
struct take_slot<slot<Input, form<Halves, Axes>...>> {
  /// Halves input `Input`, in the room of the slot.
  static void take([[maybe_unused]] const tensor_operand* inputs,
                   [[maybe_unused]] tensor_operand& slot, [[maybe_unused]] std::size_t rank) {
    if constexpr (sizeof...(Axes) > 0) {
      const tensor_operand room = slot;
      slot = inputs[Input];
      std::copy_n(slot.shape, slot.rank, room.shape);
      std::copy_n(slot.strides, slot.rank, room.strides);
      slot.shape = room.shape;
      slot.strides = room.strides;
      if (slot.is_used) (half<Halves>(slot, Axes{}, rank), ...);
    }
  }

 private:
  template <class Half, int Axis>
  static void half(tensor_operand& operand, over<Axis>, std::size_t rank) {
    take_half(operand, Axis, std::is_same_v<Half, op::second_half>, rank);
  }
};

template <class Axes>
struct axis_values;
template <int... Axes>
struct axis_values<over<Axes...>> {
  static constexpr std::array<int, sizeof...(Axes)> values = {Axes...};
};

template <class Stages>
inline constexpr bool stages_need_elements = false;
template <class Reduction>
inline constexpr bool needs_elements =
    std::is_same_v<typename Reduction::operation, op::reduce_max> ||
    std::is_same_v<typename Reduction::operation, op::largest> ||
    std::is_same_v<typename Reduction::operation, op::reduce_min>;
template <class... Reductions, class Invariants>
inline constexpr bool stages_need_elements<stage<form_list<Reductions...>, Invariants>> =
    (needs_elements<Reductions> || ...);
template <class... Stages>
inline constexpr bool stages_need_elements<form_list<Stages...>> = (stages_need_elements<Stages> ||
                                                                    ...);

/// Whether a slot, or one of a list, is a half of an input.
template <std::size_t Index, class Slot>
inline constexpr bool halves_input = false;
template <std::size_t Index, class First, class... Rest>
inline constexpr bool halves_input<Index, slot<Index, First, Rest...>> = true;
template <std::size_t Index, class... Slots>
inline constexpr bool halves_input<Index, form_list<Slots...>> = (halves_input<Index, Slots> ||
                                                                  ...);

/// What a slot is called: the input, and which part of it.
template <class Slot>
inline constexpr slot_part part_of_slot = {Slot::input, ""};
template <std::size_t Input, class Half, class Axis, class... Rest>
inline constexpr slot_part part_of_slot<slot<Input, form<Half, Axis>, Rest...>> = {
    Input, sizeof...(Rest) > 0                    ? "a part of "
           : std::is_same_v<Half, op::first_half> ? "the first half of "
                                                  : "the second half of "};

/// How many times an input is halved.
template <std::size_t Index, class Slot>
inline constexpr std::size_t halvings = 0;
template <std::size_t Index, class... Steps>
inline constexpr std::size_t halvings<Index, slot<Index, Steps...>> = sizeof...(Steps);
template <std::size_t Index, class... Slots>
inline constexpr std::size_t halvings<Index, form_list<Slots...>> =
    std::max({std::size_t{0}, halvings<Index, Slots>...});

/// The element type of every slot.
template <class Slots, class Inputs>
struct slot_elements;
template <class... Slots, class Inputs>
struct slot_elements<form_list<Slots...>, Inputs>
    : std::type_identity<element_list<typename element_at<Slots::input, Inputs>::type...>> {};

// Tables by what they depend on, so that their names are short.

template <class... Slots>
inline constexpr std::array<slot_part, sizeof...(Slots)> names_of_slots = {part_of_slot<Slots>...};
/// How many times each input is halved.
template <std::size_t InputTotal, class Slots>
inline constexpr auto halvings_of_inputs = []<std::size_t... I>(std::index_sequence<I...>) {
  return std::array<std::size_t, InputTotal>{halvings<I, Slots>...};
}
(std::make_index_sequence<InputTotal>{});
template <class Slots, class... Outputs>
inline constexpr std::array<bool, 0> slots_read_late{};
template <class... Slots, class... Outputs>
inline constexpr auto slots_read_late<form_list<Slots...>, Outputs...> = [
]<std::size_t... I>(std::index_sequence<I...>) {
  return std::array<bool, sizeof...(Slots)>{reads_slot<I, form_list<Outputs...>>...};
}
(std::index_sequence_for<Slots...>{});

/// What arrange needs to know of a program. `Inputs` are the element types of its slots.
template <class Program, class Inputs>
struct description_of;
template <class... Slots, class Stages, class... AxisLists, class... Outputs, class Carried,
          class CarriedOutputs, class Inputs>
struct description_of<row_parts<form_list<Slots...>, Stages, form_list<AxisLists...>,
                                form_list<Outputs...>, Carried, CarriedOutputs>,
                      Inputs> {
  static constexpr const auto& is_reduced() {
    return reduced_flags<form_list<Outputs...>, Inputs>;
  }

  static constexpr std::size_t operand_total = sizeof...(Slots) + sizeof...(Outputs);
  static_assert(operand_total <= most_operands,
                "kernel: a formula has at most 32 operands in memory: its inputs, the halves of "
                "inputs that it takes, and its outputs");

  /// The loops of a call. `operands` are the slots, the first `input_total` of them the inputs, and
  /// then the outputs; each has room for its axes, and those of inputs and outputs are filled in.
  /// `loop_strides` is the room of `arrange`.
  [[gnu::always_inline]] static inline bool arrange(
      std::size_t input_total, std::span<tensor_operand, operand_total> operands,
      row_layout& layout, std::ptrdiff_t* loop_strides) {
    std::size_t rank = 0;
    for (std::size_t i = 0; i < input_total; ++i) {
      if (operands[i].is_used && operands[i].rank > rank) rank = operands[i].rank;
    }
    for (std::size_t o = 0; o < sizeof...(Outputs); ++o) {
      const std::size_t own = operands[sizeof...(Slots) + o].rank;
      if (!is_reduced()[o] && own > rank) rank = own;
    }
    std::size_t next = 0;
    (take_slot<Slots>::take(operands.data(), operands[next++], rank), ...);
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      ((operands[I].is_used =
            operands[I].is_used && (reads_slot<I, Stages> || reads_slot<I, form_list<Outputs...>> ||
                                    !halves_input<I, form_list<Slots...>>)),
       ...);
    }
    (std::make_index_sequence<sizeof...(Slots)>{});
    const std::array<std::span<const int>, sizeof...(AxisLists)> axes = {
        std::span<const int>(axis_values<AxisLists>::values)...};
    return detail::arrange(
        operands, sizeof...(Slots),
        {axes, is_reduced(), stages_need_elements<Stages>, names_of_slots<Slots...>, input_total,
         may_lack_axes<form_list<Outputs...>, Inputs>,
         slots_read_late<form_list<Slots...>, Outputs...>, row_inputs_of<Stages>::bits},
        layout, loop_strides);
  }
};

}  // namespace FUSOR_REFUSALS
}  // namespace fusor::detail
