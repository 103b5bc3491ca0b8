// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

#include "fusor/language/compose.hpp"
#include "fusor/schedule/element_list.hpp"
#include "fusor/transform/program.hpp"
#include "fusor/transform/shared_exponentials.hpp"
#include "fusor/transform/stages.hpp"
#include "fusor/transform/ties.hpp"

/// What one call of a kernel is compiled for: its formula and the types of its operands.
namespace fusor::detail {

/// The simplified forms of an expression, or of a list of outputs.
template <auto Formula, class T = std::remove_cvref_t<decltype(Formula)>>
struct simplified_outputs {
  static_assert(!condition<T>,
                "kernel: the expression is a condition; wrap it in where(condition, 1, 0)");
  using type = form_list<simplified_as<Formula, T>>;
};

template <auto Formula, class... Expressions>
struct simplified_outputs<Formula, output_list<Expressions...>> {
  template <std::size_t... I>
  static auto make(std::index_sequence<I...>)
      -> form_list<simplified_as<hana::at_c<I>(Formula.expressions), Expressions>...>;
  using type = decltype(make(std::index_sequence_for<Expressions...>{}));
};

/// What there is to choose from: inputs of which halves are taken are slots, of rows.
enum class program_kind { element_wise, halved, reduced };
template <program_kind Kind, std::size_t Inputs, class Slots, class Outputs>
struct choose_program;
template <std::size_t Inputs, class Slots, class... Outputs>
struct choose_program<program_kind::element_wise, Inputs, Slots, form_list<Outputs...>>
    : with_shared_exponentials<program<Inputs, lowered<Outputs>...>> {};
template <std::size_t Inputs, class Slots, class... Outputs>
struct choose_program<program_kind::halved, Inputs, Slots, form_list<Outputs...>> {
  template <class... Forms>
  static auto in_slots(program<Inputs, Forms...>) -> row_program<Slots, form_list<Forms...>, true>;
  using type = decltype(in_slots(
      typename with_shared_exponentials<program<Inputs, lowered<Outputs>...>>::type{}));
};
template <std::size_t Inputs, class Slots, class... Outputs>
struct choose_program<program_kind::reduced, Inputs, Slots, form_list<Outputs...>>
    : std::type_identity<row_program<Slots, form_list<Outputs...>>> {};

/// A program is element-wise, one pass; or, with reductions or halves, one of rows.
template <std::size_t Inputs, class Forms>
struct make_program;
template <std::size_t Inputs, class... Forms>
struct make_program<Inputs, form_list<Forms...>> {
  using halved = with_slots<Inputs, form_list<Forms...>>;
  static constexpr bool takes_halves = halved::slots::size > Inputs;
  static constexpr program_kind kind = (has_reduction<Forms> || ...) ? program_kind::reduced
                                       : takes_halves                ? program_kind::halved
                                                                     : program_kind::element_wise;
  using slots = std::conditional_t<takes_halves, typename halved::slots, whole_slots<Inputs>>;
  using type = typename choose_program<kind, Inputs, slots, typename halved::outputs>::type;
};

template <class Program>
inline constexpr bool is_row_program = false;
template <class Slots, class Outputs, bool AreLowered>
inline constexpr bool is_row_program<row_program<Slots, Outputs, AreLowered>> = true;

/// The pass that an expression, or a list of outputs, compiles to.
template <auto Expression>
using program_of = typename make_program<input_count<std::remove_cvref_t<decltype(Expression)>>,
                                         typename simplified_outputs<Expression>::type>::type;

/// An element-wise program as one of rows: for calls on views, and for what is said of both.
template <class Program>
struct as_row_program : std::type_identity<Program> {};
template <std::size_t Inputs, class... Outputs>
struct as_row_program<program<Inputs, Outputs...>> {
  using type = row_program<whole_slots<Inputs>, form_list<Outputs...>, true>;
};

/// The elements that outputs of these types are stored as.
template <class Program, class Outputs>
struct stored_outputs : std::type_identity<Outputs> {};
template <std::size_t Inputs, class... Forms, class... Elements>
struct stored_outputs<program<Inputs, Forms...>, element_list<Elements...>> {
  using type = element_list<typename stored_output<Forms, Elements>::type...>;
};

template <class Program, class Compute, class Outputs, class Inputs>
struct plan {
  using program = Program;
  using compute = Compute;
  using outputs = Outputs;
  using inputs = Inputs;
};

}  // namespace fusor::detail
