// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "fusor/schedule/signature.hpp"
#include "fusor/schedule/tile.hpp"
#include "fusor/transform/stages.hpp"

/// Which outputs of a call over tensors are written once for a row.
namespace fusor::detail {

template <class Form, class Inputs>
inline constexpr bool reads_array = false;
template <std::size_t Index, class Inputs>
inline constexpr bool reads_array<in<Index>, Inputs> =
    !is_constant<typename element_at<Index, Inputs>::type>;
template <class Op, class... Children, class Inputs>
inline constexpr bool reads_array<form<Op, Children...>, Inputs> = (reads_array<Children, Inputs> ||
                                                                    ...);

/// Whether an output lacks the reduced axes.
template <class Form, class Inputs>
inline constexpr bool is_reduced_output = has_row<Form> && !reads_array<Form, Inputs>;

/// The same for each output.
template <class Outputs, class Inputs>
inline constexpr std::array<bool, 0> reduced_flags{};
template <class... Outputs, class Inputs>
inline constexpr std::array<bool, sizeof...(Outputs)> reduced_flags<form_list<Outputs...>, Inputs> =
    {is_reduced_output<Outputs, Inputs>...};

/// The outputs that lack the reduced axes, or those that do not, and their positions.
template <class Inputs, bool Reduced, std::size_t O, class Chosen, class Positions, class... Forms>
struct choose_outputs {
  using forms = Chosen;
  using positions = Positions;
};
template <class Inputs, bool Reduced, std::size_t O, class... Chosen, std::size_t... Positions,
          class First, class... Rest>
struct choose_outputs<Inputs, Reduced, O, form_list<Chosen...>, std::index_sequence<Positions...>,
                      First, Rest...>
    : std::conditional_t<is_reduced_output<First, Inputs> == Reduced,
                         choose_outputs<Inputs, Reduced, O + 1, form_list<Chosen..., First>,
                                        std::index_sequence<Positions..., O>, Rest...>,
                         choose_outputs<Inputs, Reduced, O + 1, form_list<Chosen...>,
                                        std::index_sequence<Positions...>, Rest...>> {};

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

/// The first `Inputs` slots that forms read, a bit for each.
template <std::size_t Inputs, class... Forms>
inline constexpr std::uint32_t slots_read = []<std::size_t... I>(std::index_sequence<I...>) {
  return (std::uint32_t{0} | ... |
          (std::uint32_t{reads_slot<I, form_list<Forms...>> ? 1u : 0u} << I));
}
(std::make_index_sequence<Inputs>{});

/// Whether a stage goes over the elements of rows: not where all that it finds is given.
template <class Stage>
inline constexpr bool goes_over_rows = true;
template <class... Inputs, class Invariants>
inline constexpr bool
    goes_over_rows<stage<form_list<reduction_of<op::row_value, Inputs>...>, Invariants>> = false;

/// The inputs that have one element for each row, which are the first stage, and a bit for each.
template <class Stages>
struct row_inputs_of {
  static constexpr std::array<row_input, 0> list{};
  static constexpr std::uint32_t bits = 0;
};
template <std::size_t First, std::size_t... Slots, class Invariants, class... Rest>
struct row_inputs_of<form_list<stage<form_list<reduction_of<op::row_value, in<First>>,
                                               reduction_of<op::row_value, in<Slots>>...>,
                                     Invariants>,
                               Rest...>> {
  static constexpr auto list = [] {
    std::array<row_input, 1 + sizeof...(Slots)> all = {{{First, 0}, {Slots, 0}...}};
    for (std::size_t i = 0; i < all.size(); ++i) all[i].place = 2 * i;
    return all;
  }();
  static constexpr std::uint32_t bits =
      ((std::uint32_t{1} << First) | ... | (std::uint32_t{1} << Slots));
};

/// Whether an output that has the reduced axes reads a slot.
template <std::size_t Index, class Inputs, class... Outputs>
inline constexpr bool reads_late =
    ((!is_reduced_output<Outputs, Inputs> && reads_slot<Index, Outputs>) || ...);

/// Whether outputs that have the reduced axes as a rule may lack them, because what they read may
/// lack them as well: `y + reduce_sum(x)`, where y is what has been summed so far. There must be an
/// array that is read by the reductions alone.
template <class Outputs, class Inputs>
inline constexpr bool may_lack_axes = false;
template <class... Outputs, class... Elements>
inline constexpr bool may_lack_axes<form_list<Outputs...>, element_list<Elements...>> =
    (!is_reduced_output<Outputs, element_list<Elements...>> || ...) &&
    (has_row<Outputs> || ...) &&[]<std::size_t... I>(std::index_sequence<I...>) {
  return ((!is_constant<Elements> && !reads_late<I, element_list<Elements...>, Outputs...>) || ...);
}
(std::index_sequence_for<Elements...>{});

}  // namespace fusor::detail
