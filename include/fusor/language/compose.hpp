// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <algorithm>
#include <utility>

#include "fusor/language/expression.hpp"
#include "fusor/language/operation.hpp"

/// Composition: expressions are called like functions, callables are used like expressions.
namespace fusor {

namespace detail {

template <class Expression>
inline constexpr std::size_t input_count = 0;
template <std::size_t Index>
inline constexpr std::size_t input_count<argument<Index>> = Index + 1;
template <class Op, class... Children>
inline constexpr std::size_t input_count<node<Op, Children...>> =
    std::max({std::size_t{0}, input_count<Children>...});
template <class... Expressions>
inline constexpr std::size_t input_count<output_list<Expressions...>> =
    std::max({std::size_t{0}, input_count<Expressions>...});

template <class Expression>
inline constexpr std::size_t output_count = 1;
template <class... Expressions>
inline constexpr std::size_t output_count<output_list<Expressions...>> = sizeof...(Expressions);

template <class T>
inline constexpr bool is_output_list = false;
template <class... Expressions>
inline constexpr bool is_output_list<output_list<Expressions...>> = true;

template <class Expression, class Replacements>
constexpr auto replace_inputs(const Expression& expression, const Replacements& replacements) {
  (void)replacements;
  return expression;
}

template <std::size_t Index, class Replacements>
constexpr auto replace_inputs(const argument<Index>&, const Replacements& replacements) {
  return hana::at_c<Index>(replacements);
}

template <class Op, class... Children, class Replacements>
constexpr auto replace_inputs(const node<Op, Children...>& expression,
                              const Replacements& replacements) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    return make_node<Op>(replace_inputs(hana::at_c<I>(expression.children), replacements)...);
  }
  (std::index_sequence_for<Children...>{});
}

template <class F, std::size_t... I>
constexpr bool takes_inputs(std::index_sequence<I...>) {
  return std::is_invocable_v<F, argument<I>...>;
}

/// The most inputs of a formula: a step of an optimiser has eleven.
inline constexpr std::size_t max_inputs = 16;

/// The number of inputs a callable takes: the smallest number, up to the most, that it accepts.
template <class F, std::size_t Count = 1>
constexpr std::size_t callable_arity() {
  if constexpr (Count > max_inputs) {
    return 0;
  } else if constexpr (takes_inputs<F>(std::make_index_sequence<Count>{})) {
    return Count;
  } else {
    return callable_arity<F, Count + 1>();
  }
}

/// `e` with input 0, 1, ... replaced by the arguments: what `e(a, b)` means.
template <class Expression, class... Arguments>
constexpr auto substitute(const Expression& e, Arguments... arguments) {
  static_assert((operand<Arguments> && ...),
                "composition: every argument must be an expression or a number");
  static_assert(sizeof...(Arguments) == input_count<Expression>,
                "composition: the number of arguments must be the number of inputs of the "
                "expression");
  const hana::basic_tuple<decltype(lift(arguments))...> replacements{lift(arguments)...};
  return replace_inputs(e, replacements);
}

/// The expression that something stands for: itself, a number, or what a callable (an activation, a
/// lambda) makes of the inputs x, y, ...
template <class T>
constexpr auto as_expression(const T& formula) {
  if constexpr (expression<T> || is_output_list<T>) {
    return formula;
  } else if constexpr (std::is_arithmetic_v<T>) {
    return lift(formula);
  } else {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return formula(argument<I>{}...);
    }
    (std::make_index_sequence<callable_arity<T>()>{});
  }
}

/// The formula of one kernel: `x, y` would be y alone.
template <class Formula>
constexpr auto one_formula(Formula formula) {
  return formula;
}
template <class First, class Second, class... Others>
constexpr First one_formula(First formula, Second, Others...) {
  static_assert(never<Second>, "a kernel has one formula, and a comma separates two");
  return formula;
}

/// Whether T is an activation that has parameters without defaults.
template <class T>
concept needs_parameters = requires {
  typename T::required_parameters;
};

template <class T>
constexpr bool stands_for_expression() {
  if constexpr (expression<T> || is_output_list<T>) {
    return true;
  } else if constexpr (needs_parameters<T>) {
    return false;
  } else if constexpr (callable_arity<T>() == 0) {
    return false;
  } else {
    using made = decltype(as_expression(std::declval<const T&>()));
    return expression<made> || is_output_list<made>;
  }
}

}  // namespace detail

/// An expression, several outputs, or a callable from expressions to one of them.
template <class T>
concept formula = detail::stands_for_expression<std::remove_cvref_t<T>>();

/// The formula, computed operation by operation as it is written, without the rules that keep its
/// digits: `kernel<as_written(log(1 + exp(x)))>(in, out)` is infinite from 89 on. For comparison.
template <class F>
requires(formula<F> && !detail::is_output_list<F>) constexpr auto as_written(const F& formula) {
  return detail::make_node<detail::op::as_written>(detail::as_expression(formula));
}

/// The formula with operations that are right to the last digits of 1 instead of their own: each of
/// them is within 2^-22 max(1, |result|) of the exact result in float, 2^-51 in double, at the
/// limits and NaN exactly. gelu, softplus, mish and tanh_shrink take 0.4 to 0.7 of their time, and
/// lose digits where they are small: gelu and mish far on the left, tanh_shrink near 0. Operations
/// that are not faster so stay as they are, and so do reductions.
///
///   kernel<relaxed(gelu)>(in, out);
///   kernel<relaxed(x * tanh(softplus(x)))>(in, out);
template <class F>
requires(formula<F> && !detail::is_output_list<F>) constexpr auto relaxed(const F& formula) {
  return detail::make_node<detail::op::relaxed>(detail::as_expression(formula));
}

/// Several outputs of one pass: `kernel<outputs(e1, e2)>(in, out1, out2)`. Subexpressions that they
/// share are computed once. Activations and other callables stand for their formulas.
template <class... Formulas>
requires(sizeof...(Formulas) > 0 &&
         ((operand<Formulas> ||
           formula<Formulas>)&&...)) constexpr auto outputs(Formulas... formulas) {
  const auto expression_of = [](auto each) {
    if constexpr (operand<decltype(each)>) {
      return detail::lift(each);
    } else {
      return detail::as_expression(each);
    }
  };
  using expressions = detail::hana::basic_tuple<decltype(expression_of(formulas))...>;
  return detail::output_list<decltype(expression_of(formulas))...>{
      expressions{expression_of(formulas)...}};
}

}  // namespace fusor

#include "fusor/end.hpp"
