// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>

#include "fusor/kernel/layout.hpp"
#include "fusor/kernel/row_plan.hpp"
#include "fusor/kernel/tensor.hpp"

/// From the operands of a call to the description of its loops.
namespace fusor::detail {

template <class View>
tensor_operand operand_of(const View& view) {
  tensor_operand operand;
  operand.data = reinterpret_cast<const char*>(view.data);
  operand.element_size = sizeof(typename View::element_type);
  operand.rank = rank_of(view);
  operand.is_plain = false;
  for (std::size_t i = 0; i < operand.rank; ++i) {
    operand.shape[i] = view.shape[i];
    operand.strides[i] = view.strides[i];
  }
  return operand;
}

inline tensor_operand operand_of(const operand_view& view) {
  tensor_operand operand;
  operand.data = static_cast<const char*>(view.data);
  operand.element_size = view.element_size;
  operand.is_used = !view.is_number;
  operand.rank = view.is_number ? 0 : 1;
  operand.shape[0] = view.count;
  operand.strides[0] = 1;
  return operand;
}

template <class Slot>
struct take_slot;
template <std::size_t Input, class... Halves, class... Axes>
struct take_slot<slot<Input, form<Halves, Axes>...>> {
  static tensor_operand from(const tensor_operand* inputs, [[maybe_unused]] std::size_t rank) {
    tensor_operand operand = inputs[Input];
    if (operand.is_used) (half<Halves>(operand, Axes{}, rank), ...);
    return operand;
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

template <std::size_t Index, class Form>
inline constexpr bool reads_slot = std::is_same_v<Form, in<Index>>;
template <std::size_t Index, class Op, class... Children>
inline constexpr bool reads_slot<Index, form<Op, Children...>> = (reads_slot<Index, Children> ||
                                                                  ...);
template <std::size_t Index, class... Forms>
inline constexpr bool reads_slot<Index, form_list<Forms...>> = (reads_slot<Index, Forms> || ...);
template <std::size_t Index, class Op, class Term, class... Arguments>
inline constexpr bool reads_slot<Index, reduction_of<Op, Term, Arguments...>> =
    reads_slot<Index, Term>;
template <std::size_t Index, class Reductions, class Invariants>
inline constexpr bool reads_slot<Index, stage<Reductions, Invariants>> =
    reads_slot<Index, Reductions>;

/// Whether a slot, or one of a list, is a half of an input.
template <std::size_t Index, class Slot>
inline constexpr bool halves_input = false;
template <std::size_t Index, class First, class... Rest>
inline constexpr bool halves_input<Index, slot<Index, First, Rest...>> = true;
template <std::size_t Index, class... Slots>
inline constexpr bool halves_input<Index, form_list<Slots...>> = (halves_input<Index, Slots> ||
                                                                  ...);

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

/// What arrange needs to know of a program. `Inputs` are the element types of its slots.
template <class Program, class Inputs>
struct description_of;
template <class... Slots, class Stages, class... Axes, class... Outputs, class Carried,
          std::size_t At, class CarriedOutputs, class Inputs>
struct description_of<row_program<form_list<Slots...>, Stages, form_list<Axes...>,
                                  form_list<Outputs...>, Carried, At, CarriedOutputs>,
                      Inputs> {
  static constexpr std::array<bool, sizeof...(Outputs)> is_reduced = {
      is_reduced_output<Outputs, Inputs>...};

  /// The loops of a call. `operands` has room for one operand more for every half.
  template <std::size_t InputTotal>
  static bool arrange(const std::array<tensor_operand, InputTotal>& inputs,
                      const std::array<tensor_operand, sizeof...(Outputs)>& outputs,
                      row_layout& layout) {
    std::size_t rank = 0;
    for (const auto& input : inputs) {
      if (input.is_used && input.rank > rank) rank = input.rank;
    }
    for (std::size_t o = 0; o < sizeof...(Outputs); ++o) {
      if (!is_reduced[o] && outputs[o].rank > rank) rank = outputs[o].rank;
    }
    std::array<tensor_operand, sizeof...(Slots) + sizeof...(Outputs)> operands;
    std::size_t next = 0;
    ((operands[next++] = take_slot<Slots>::from(inputs.data(), rank)), ...);
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      ((operands[I].is_used =
            operands[I].is_used && (reads_slot<I, Stages> || reads_slot<I, form_list<Outputs...>> ||
                                    !halves_input<I, form_list<Slots...>>)),
       ...);
    }
    (std::make_index_sequence<sizeof...(Slots)>{});
    for (const auto& output : outputs) operands[next++] = output;
    const std::array<std::span<const int>, sizeof...(Axes)> axes = {
        std::span<const int>(axis_values<Axes>::values)...};
    return detail::arrange(operands, sizeof...(Slots),
                           {axes, is_reduced, stages_need_elements<Stages>}, layout);
  }
};

}  // namespace fusor::detail
