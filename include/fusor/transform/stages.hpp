// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

#include "fusor/transform/program.hpp"

/// A formula with reductions as stages. Each stage reads a row and reduces it; the last one
/// computes the outputs from the row and from what the stages before have found, the row values. In
/// the forms of a stage, a row value found earlier is a leaf, `row<I>`, so that every stage is
/// element-wise.
namespace fusor::detail {

/// A part of an input: whole, or halves of halves, each step form<op::first_half, Axis> or so.
template <std::size_t Input, class... Steps>
struct slot {
  static constexpr std::size_t input = Input;
};

/// One reduction of a stage: what it reduces with, and the form of its terms. `Arguments` are row
/// values that it needs besides.
template <class Op, class Term, class... Arguments>
struct reduction_of {
  using operation = Op;
  using term = Term;
};

/// One stage: reductions, then the row values that follow from theirs.
template <class Reductions, class Invariants>
struct stage {
  using reductions = Reductions;
  using invariants = Invariants;
};

/// A formula with reductions, or with halves. Values are numbered: inputs, then row values (two for
/// every reduction: its result and the low part of it), then the carried value.
/// `carried` is a term of the last stage that `carried_outputs` read again, at position
/// `carried_at`, where `outputs` compute it anew; void if there is none.
template <class Slots, class Stages, class Axes, class Outputs, class Carried,
          std::size_t CarriedAt, class CarriedOutputs>
struct row_program {
  static constexpr std::size_t inputs = Slots::size;
  static constexpr std::size_t carried_at = CarriedAt;
  using slots = Slots;
  using stages = Stages;
  using axes = Axes;
  using outputs = Outputs;
  using carried = Carried;
  using carried_outputs = CarriedOutputs;
};

/// How many row values a stage finds.
template <class Stage>
inline constexpr std::size_t values_of = 2 * Stage::reductions::size + Stage::invariants::size;

/// Inputs 0, 1, ..., each whole.
template <class Indices>
struct whole_slots;
template <std::size_t... I>
struct whole_slots<std::index_sequence<I...>> : std::type_identity<form_list<slot<I>...>> {};

/// The same whatever the axes are: what is compiled does not depend on them.
template <class Program>
struct without_axes;
template <class Slots, class Stages, class Axes, class Outputs, class Carried,
          std::size_t CarriedAt, class CarriedOutputs>
struct without_axes<row_program<Slots, Stages, Axes, Outputs, Carried, CarriedAt, CarriedOutputs>> {
  using slots = typename whole_slots<std::make_index_sequence<Slots::size>>::type;
  using type = row_program<slots, Stages, form_list<>, Outputs, Carried, CarriedAt, CarriedOutputs>;
};

// --- replacing
// ---------------------------------------------------------------------------------------

template <class From, class To>
struct replacement {};

template <class... Replacements>
struct replacements : Replacements... {};

template <class From, class To>
std::type_identity<To> replaced_by(const replacement<From, To>*);

template <class Form, class Replacements>
inline constexpr bool is_replaced = requires(const Replacements* all) {
  replaced_by<Form>(all);
};

template <class Form, class Replacements, bool IsReplaced = is_replaced<Form, Replacements>>
struct replace : std::type_identity<Form> {};
template <class Op, class... Children, class Replacements>
struct replace<form<Op, Children...>, Replacements, false>
    : std::type_identity<form<Op, typename replace<Children, Replacements>::type...>> {};
template <class Form, class Replacements>
struct replace<Form, Replacements, true>
    : decltype(replaced_by<Form>(static_cast<const Replacements*>(nullptr))) {};

template <class List, class Replacements>
struct replace_in;
template <class... Forms, class Replacements>
struct replace_in<form_list<Forms...>, Replacements>
    : std::type_identity<form_list<typename replace<Forms, Replacements>::type...>> {};

// --- collecting
// --------------------------------------------------------------------------------------

template <class List, class Form, bool IsIn = is_in<Form, List>>
struct append_new : append<List, Form> {};
template <class List, class Form>
struct append_new<List, Form, true> : std::type_identity<List> {};

/// The outermost forms for which `Wanted` holds, each once.
template <template <class> class Wanted, class List, class... Forms>
struct collect : std::type_identity<List> {};

template <template <class> class Wanted, class List, class Form, bool IsWanted>
struct collect_one : std::type_identity<List> {};
template <template <class> class Wanted, class List, class Form>
struct collect_one<Wanted, List, Form, true> : append_new<List, Form> {};
template <template <class> class Wanted, class List, class Op, class... Children>
struct collect_one<Wanted, List, form<Op, Children...>, false>
    : collect<Wanted, List, Children...> {};

template <template <class> class Wanted, class List, class First, class... Rest>
struct collect<Wanted, List, First, Rest...>
    : collect<Wanted, typename collect_one<Wanted, List, First, Wanted<First>::value>::type,
              Rest...> {};

template <template <class> class Wanted, class List>
struct collect_all;
template <template <class> class Wanted, class... Forms>
struct collect_all<Wanted, form_list<Forms...>> : collect<Wanted, form_list<>, Forms...> {};

template <class Form>
struct is_half_form : std::false_type {};
template <class Op, class... Children>
struct is_half_form<form<Op, Children...>> : std::bool_constant<is_half<Op>> {};

/// A reduction that needs no other first.
template <class Form>
struct is_innermost : std::false_type {};
template <class Op, class... Children>
struct is_innermost<form<Op, Children...>>
    : std::bool_constant<Op::is_reduction && !(has_reduction<Children> || ...)> {};

template <class Form>
inline constexpr bool is_row = false;
template <std::size_t Index>
inline constexpr bool is_row<row<Index>> = true;

template <class Form>
inline constexpr bool is_of_rows = is_row<Form> || is_lit<Form>;
template <class Op, class... Children>
inline constexpr bool is_of_rows<form<Op, Children...>> =
    !Op::is_reduction && !Op::is_condition && (is_of_rows<Children> && ...);
template <class Form>
inline constexpr bool has_row = is_row<Form>;
template <class Op, class... Children>
inline constexpr bool has_row<form<Op, Children...>> = (has_row<Children> || ...);

/// A form that is the same for the whole row.
template <class Form>
struct is_invariant : std::false_type {};
template <class Op, class... Children>
struct is_invariant<form<Op, Children...>>
    : std::bool_constant<is_of_rows<form<Op, Children...>> && has_row<form<Op, Children...>>> {};

template <class Form>
inline constexpr bool reads_memory = false;
template <std::size_t Index>
inline constexpr bool reads_memory<in<Index>> = true;
template <class Op, class... Children>
inline constexpr bool reads_memory<form<Op, Children...>> = (reads_memory<Children> || ...);

template <class List>
inline constexpr bool any_reduction = false;
template <class... Forms>
inline constexpr bool any_reduction<form_list<Forms...>> = (has_reduction<Forms> || ...);

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

template <std::size_t Next, class Outputs, class Axes, class... Stages, class Last>
struct make_stages<Next, Outputs, Axes, form_list<Stages...>, Last, true> {
  using found = typename collect_all<is_innermost, Outputs>::type;

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
                  Sums>...>;
  using type =
      typename replace_in<Outputs, decltype(map_of(
                                       typename collect_all<is_exact_sum, Outputs>::type{}))>::type;
};

/// The stages of lowered outputs whose halves are slots already.
template <class Slots, class Outputs>
struct make_row_program {
  using made = make_stages<Slots::size, typename with_exact_sums<Outputs>::type>;
  using carried = typename made::carried;
  using type = row_program<
      Slots, typename made::stages, typename made::axes, typename made::outputs, carried,
      made::carried_at,
      typename replace_in<typename made::outputs,
                          replacements<replacement<carried, row<made::carried_at>>>>::type>;
};

}  // namespace fusor::detail
