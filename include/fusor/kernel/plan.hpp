// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

#include "fusor/kernel/half.hpp"
#include "fusor/transform/program.hpp"

/// What one call of a kernel is compiled for: its formula and the types of its operands.
namespace fusor {

/// The element types of arrays.
template <class T>
concept element = std::same_as<T, float> || std::same_as<T, double> || std::same_as<T, float16> ||
    std::same_as<T, bfloat16>;

namespace detail {

/// Stands for an operand that is one number for all positions.
struct constant {};

template <class Element>
inline constexpr bool is_constant = std::is_same_v<Element, constant>;

/// What an operand holds: its elements, or one number of the type that the kernel computes in.
template <class Element, class Compute>
using stored = std::conditional_t<is_constant<Element>, Compute, Element>;

template <class... Elements>
struct element_list {
  static constexpr std::size_t size = sizeof...(Elements);
};

template <class Expression>
inline constexpr std::size_t output_count = 1;
template <class... Expressions>
inline constexpr std::size_t output_count<output_list<Expressions...>> = sizeof...(Expressions);

template <auto Formula, class T = std::remove_cvref_t<decltype(Formula)>>
struct make_program {
  static_assert(!condition<T>,
                "kernel: the expression is a condition; wrap it in where(condition, 1, 0)");
  using type = program<input_count<T>, lowered<simplified_as<Formula, T>>>;
};

template <auto Formula, class... Expressions>
struct make_program<Formula, output_list<Expressions...>> {
  template <std::size_t... I>
  static auto make(std::index_sequence<I...>)
      -> program<input_count<output_list<Expressions...>>,
                 lowered<simplified_as<hana::at_c<I>(Formula.expressions), Expressions>>...>;
  using type = decltype(make(std::index_sequence_for<Expressions...>{}));
};

/// The pass that an expression, or a list of outputs, compiles to.
template <auto Expression>
using program_of = typename make_program<Expression>::type;

template <class Program, class Compute, class Outputs, class Inputs>
struct plan {
  using program = Program;
  using compute = Compute;
  using outputs = Outputs;
  using inputs = Inputs;
};

}  // namespace detail
}  // namespace fusor
