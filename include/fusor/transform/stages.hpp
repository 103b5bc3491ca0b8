// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

#include "fusor/transform/collect.hpp"
#include "fusor/transform/row_program.hpp"
#include "fusor/transform/rules.hpp"

/// From a formula with reductions to its stages.
namespace fusor::detail {

// --- from halves to slots
// ------------------------------------------------------------------------------

template <class Form, class... Later>
struct slot_of;
template <std::size_t Index, class... Steps>
struct slot_of<in<Index>, Steps...> : std::type_identity<slot<Index, Steps...>> {};
template <class Half, class A, class Axis, class... Later>
struct slot_of<form<Half, A, Axis>, Later...> : slot_of<A, form<Half, Axis>, Later...> {};
template <class Half, class Op, class... Children, class Axis, class... Later>
struct slot_of<form<Half, form<Op, Children...>, Axis>, Later...>
    : slot_of<form<Op, Children...>, form<Half, Axis>, Later...> {
  static_assert(is_half<Op>,
                "first_half, second_half: the half of a reduction along another axis is not "
                "supported; take the half of what it reduces");
};

template <std::size_t Inputs, class Outputs>
struct with_slots {
  using halves = typename collect_all<is_half_form, Outputs>::type;

  template <std::size_t... I, class... Halves, std::size_t... H>
  static auto slots_of(std::index_sequence<I...>, form_list<Halves...>, std::index_sequence<H...>)
      -> form_list<slot<I>..., typename slot_of<Halves>::type...>;
  template <class... Halves, std::size_t... H>
  static auto map_of(form_list<Halves...>, std::index_sequence<H...>)
      -> replacements<replacement<Halves, in<Inputs + H>>...>;

  using indices = std::make_index_sequence<halves::size>;
  using slots = decltype(slots_of(std::make_index_sequence<Inputs>{}, halves{}, indices{}));
  using outputs = typename replace_in<Outputs, decltype(map_of(halves{}, indices{}))>::type;
};

// --- from reductions to stages
// -------------------------------------------------------------------------

template <class Form>
struct reduction_parts;
template <class Op, class Term, class Axes>
struct reduction_parts<form<Op, Term, Axes>> {
  using reduction = reduction_of<Op, Term>;
  using axes = Axes;
};
template <class Term, class Axes>
struct reduction_parts<form<op::gradient_sum, Term, Axes>>
    : reduction_parts<form<op::reduce_sum, Term, Axes>> {};
template <class Axes>
struct reduction_parts<form<op::reduce_count, Axes>> {
  using reduction = reduction_of<op::reduce_count, void>;
  using axes = Axes;
};
template <class Op, class Term, class Argument, class Axes>
struct reduction_parts<form<Op, Term, Argument, Axes>> {
  using reduction = reduction_of<Op, Term, Argument>;
  using axes = Axes;
};

template <class Form>
inline constexpr bool contains_long = false;
template <class Op, class... Children>
inline constexpr bool contains_long<form<Op, Children...>> = Op::is_expensive ||
                                                             (contains_long<Children> || ...);

/// What is carried from the last stage to the outputs: a long term of it. Chosen if the outputs
/// then read no input, so that they can find it where they will be written; that may be where the
/// inputs are, so each element must have been read for the last time.
template <class Last, class Outputs>
struct choose_carried : std::type_identity<void> {};
template <class Op, class Term, class... Arguments, class... Rest, class Outputs>
struct choose_carried<form_list<reduction_of<Op, Term, Arguments...>, Rest...>,
                      form_list<Outputs>> {
  using without = typename replace<Outputs, replacements<replacement<Term, lit<0>>>>::type;
  static constexpr bool is_read_again =
      std::is_same_v<Op, op::simplex_threshold> || (reads_memory<typename Rest::term> || ...);
  using type = std::conditional_t<contains_long<Term> && !is_read_again && !reads_memory<without> &&
                                      !std::is_same_v<without, Outputs>,
                                  Term, void>;
};

template <std::size_t Next, class Outputs, class Axes = form_list<>, class Stages = form_list<>,
          class Last = form_list<>, bool Again = any_reduction<Outputs>>
struct make_stages {
  using stages = Stages;
  using axes = Axes;
  using carried = typename choose_carried<Last, Outputs>::type;
  using outputs = Outputs;
  static constexpr std::size_t carried_at = Next;
};

/// Inputs that have one element for each row are known before the first reduction.
template <class Form>
struct is_row_input : std::false_type {};
template <class A, class Axes>
struct is_row_input<form<op::row_value, A, Axes>> : std::true_type {};

/// The reductions that the next stage has.
template <class Outputs, class Known = typename collect_all<is_row_input, Outputs>::type>
struct next_reductions : std::type_identity<Known> {};
template <class Outputs>
struct next_reductions<Outputs, form_list<>> : collect_all<is_innermost, Outputs> {};

template <std::size_t Next, class Outputs, class Axes, class... Stages, class Last>
struct make_stages<Next, Outputs, Axes, form_list<Stages...>, Last, true> {
  using found = typename next_reductions<Outputs>::type;

  template <class... Found, std::size_t... I>
  static auto map_of(form_list<Found...>, std::index_sequence<I...>)
      -> replacements<replacement<Found, row<Next + 2 * I>>...,
                      replacement<form<op::low_part, Found>, row<Next + 2 * I + 1>>...>;
  template <class... Found>
  static auto reductions_of(form_list<Found...>)
      -> form_list<typename reduction_parts<Found>::reduction...>;
  template <class List, class... Found>
  struct axes_of : std::type_identity<List> {};
  template <class List, class First, class... Rest>
  struct axes_of<List, First, Rest...>
      : axes_of<typename append_new<List, typename reduction_parts<First>::axes>::type, Rest...> {};
  template <class... Found>
  static auto all_axes(form_list<Found...>) -> typename axes_of<Axes, Found...>::type;

  using indices = std::make_index_sequence<found::size>;
  using reduced = typename replace_in<Outputs, decltype(map_of(found{}, indices{}))>::type;

  static constexpr std::size_t after = Next + 2 * found::size;
  using invariants = typename collect_all<is_invariant, reduced>::type;
  template <class... Found, std::size_t... I>
  static auto invariant_map(form_list<Found...>, std::index_sequence<I...>)
      -> replacements<replacement<Found, row<after + I>>...>;
  using rest =
      typename replace_in<reduced,
                          decltype(invariant_map(
                              invariants{}, std::make_index_sequence<invariants::size>{}))>::type;

  using last = decltype(reductions_of(found{}));
  using next = make_stages<after + invariants::size, rest, decltype(all_axes(found{})),
                           form_list<Stages..., stage<last, invariants>>, last>;
  using stages = typename next::stages;
  using axes = typename next::axes;
  using carried = typename next::carried;
  using outputs = typename next::outputs;
  static constexpr std::size_t carried_at = next::carried_at;
};

/// A sum that is needed with all that rounding loses serves those who need less as well.
template <class Form>
struct is_exact_sum : std::false_type {};
template <class A, class Axes>
struct is_exact_sum<form<op::exact_sum, A, Axes>> : std::true_type {};

template <class Outputs>
struct with_exact_sums {
  template <class... Sums>
  static auto map_of(form_list<Sums...>) -> replacements<
      replacement<form<op::reduce_sum, typename reduction_parts<Sums>::reduction::term,
                       typename reduction_parts<Sums>::axes>,
                  Sums>...,
      replacement<form<op::gradient_sum, typename reduction_parts<Sums>::reduction::term,
                       typename reduction_parts<Sums>::axes>,
                  Sums>...>;
  using type =
      typename replace_in<Outputs, decltype(map_of(
                                       typename collect_all<is_exact_sum, Outputs>::type{}))>::type;
};

/// What a program of rows consists of. Values are numbered: inputs, then row values (two for every
/// reduction: its result and the low part of it), then the carried value. `carried` is a term of
/// the last stage that `carried_outputs` read again, at position `carried_at`, where `outputs`
/// compute it anew; void if there is none.
template <class Slots, class Stages, class Axes, class Outputs, class Carried, class CarriedOutputs>
struct row_parts {};

/// The forms of outputs as they are computed.
template <class Outputs>
struct lower_outputs;
template <class... Forms>
struct lower_outputs<form_list<Forms...>> : std::type_identity<form_list<lowered<Forms>...>> {};

/// A formula with reductions, or with halves: outputs whose halves are slots already, simplified,
/// and lowered here unless they are. Stages are found when they are asked for, so that the names of
/// code are short.
template <class Slots, class Outputs, bool AreLowered = false>
struct row_program {
 private:
  using lower = std::conditional_t<AreLowered, std::type_identity<Outputs>, lower_outputs<Outputs>>;
  using made = make_stages<slots_in<Slots>::type::size,
                           typename with_exact_sums<typename lower::type>::type>;

 public:
  using slots = typename slots_in<Slots>::type;
  static constexpr std::size_t inputs = slots::size;
  static constexpr std::size_t carried_at = made::carried_at;
  using stages = typename made::stages;
  using outputs = typename made::outputs;
  using carried = typename made::carried;
  using carried_outputs =
      typename replace_in<outputs, replacements<replacement<carried, row<carried_at>>>>::type;
  using parts = row_parts<slots, stages, typename made::axes, outputs, carried, carried_outputs>;
};

/// The same whatever the axes are: what is compiled does not depend on them.
template <class Form>
struct without_axes : std::type_identity<Form> {};
template <int... Axes>
struct without_axes<over<Axes...>> : std::type_identity<over<>> {};
template <class Op, class... Children>
struct without_axes<form<Op, Children...>>
    : std::type_identity<form<Op, typename without_axes<Children>::type...>> {};
template <class Slots, class... Outputs, bool AreLowered>
struct without_axes<row_program<Slots, form_list<Outputs...>, AreLowered>>
    : std::type_identity<
          row_program<whole_slots<slots_in<Slots>::type::size>,
                      form_list<typename without_axes<Outputs>::type...>, AreLowered>> {};

}  // namespace fusor::detail
