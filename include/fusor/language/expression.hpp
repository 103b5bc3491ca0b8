// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <boost/hana/basic_tuple.hpp>
#include <cstddef>
#include <limits>
#include <type_traits>

#include "fusor/language/precise_begin.hpp"

/// What a user writes: expressions as structural values that own their children.
namespace fusor {

namespace detail {

namespace hana = boost::hana;

template <class Expression, class... Arguments>
constexpr auto substitute(const Expression& e, Arguments... arguments);

/// False, but not before a template is instantiated: for refusals.
template <class...>
inline constexpr bool never = false;

template <class Expression>
inline constexpr bool has_input = false;

/// Whether somebody may take an expression for a number of type T: any number, if it has no input,
/// else a double, so that one function of <cmath> is the best for it.
template <class T, class Expression>
concept taken_for = std::is_same_v<T, double> ||
    (std::is_arithmetic_v<T> && !std::is_same_v<T, bool> && !has_input<Expression>);

}  // namespace detail

/// The types of expressions. Members of a class and not of a namespace, so that operators and
/// functions are found by argument-dependent look-up in fusor, and these names are not in it.
struct expression_types {
  /// An operation of the table in operation.hpp, applied to its children.
  template <class Op, class... Children>
  struct node {
    detail::hana::basic_tuple<Children...> children;

    /// Composition: replaces input 0, 1, ... by the arguments. See compose.hpp.
    template <class... Arguments>
    constexpr auto operator()(Arguments... arguments) const {
      return detail::substitute(*this, arguments...);
    }

    /// Refused: `float r = mish(1.0f)`, std::exp(x).
    template <class T>
    requires detail::taken_for<T, node>
    constexpr operator T() const {
      static_assert(!sizeof(node),
                    "an expression is no number: kernel<mish>(1.0f) computes one, and functions of "
                    "formulas are written without std::, as exp(x)");
      return 0;
    }
    /// Refused: `x > 0 ? a : b`, if (x > 0).
    constexpr explicit operator bool() const {
      static_assert(!sizeof(node),
                    "a condition on x is not known before a kernel is called; instead of ?: and if "
                    "write where(condition, a, b)");
      return false;
    }
  };

  /// Input `Index` of the kernel.
  template <std::size_t Index>
  struct argument {
    template <class... Arguments>
    constexpr auto operator()(Arguments... arguments) const {
      return detail::substitute(*this, arguments...);
    }

    /// Refused: `float r = mish(1.0f)`, std::exp(x).
    template <class T>
    requires detail::taken_for<T, argument>
    constexpr operator T() const {
      static_assert(!sizeof(argument),
                    "an expression is no number: kernel<mish>(1.0f) computes one, and functions of "
                    "formulas are written without std::, as exp(x)");
      return 0;
    }
    /// Refused: `x > 0 ? a : b`, if (x > 0).
    constexpr explicit operator bool() const {
      static_assert(!sizeof(argument),
                    "a condition on x is not known before a kernel is called; instead of ?: and if "
                    "write where(condition, a, b)");
      return false;
    }
  };

  /// Several expressions evaluated in one pass. Made by outputs(e1, e2, ...).
  template <class... Expressions>
  struct output_list {
    detail::hana::basic_tuple<Expressions...> expressions;
  };
};

namespace detail {

template <class Op, class... Children>
using node = expression_types::node<Op, Children...>;
template <std::size_t Index>
using argument = expression_types::argument<Index>;
template <class... Expressions>
using output_list = expression_types::output_list<Expressions...>;

template <std::size_t Index>
inline constexpr bool has_input<argument<Index>> = true;
template <class Op, class... Children>
inline constexpr bool has_input<node<Op, Children...>> = (has_input<Children> || ...);

}  // namespace detail

/// A number, held as a double and rounded once to the type a kernel computes in.
struct literal {
  double value;
};

/// A condition known in advance: what a `bool` becomes inside an expression.
struct truth {
  bool value;
};

template <std::size_t Index>
inline constexpr detail::argument<Index> input{};

inline constexpr auto x = input<0>;
inline constexpr auto y = input<1>;
inline constexpr auto z = input<2>;

inline constexpr double infinity = std::numeric_limits<double>::infinity();

namespace detail {

template <class T>
inline constexpr bool is_expression = false;
template <class Op, class... Children>
inline constexpr bool is_expression<node<Op, Children...>> = true;
template <std::size_t Index>
inline constexpr bool is_expression<argument<Index>> = true;
template <>
inline constexpr bool is_expression<literal> = true;
template <>
inline constexpr bool is_expression<truth> = true;

template <class T>
inline constexpr bool is_condition = std::is_same_v<T, bool>;
template <>
inline constexpr bool is_condition<truth> = true;
template <class Op, class... Children>
inline constexpr bool is_condition<node<Op, Children...>> = Op::is_condition;

}  // namespace detail

/// Anything that may stand in a formula: inputs, numbers, operations on them.
template <class T>
concept expression = detail::is_expression<T>;

/// An expression whose value is true or false: it selects in `where`.
template <class T>
concept condition = detail::is_condition<T>;

/// An expression or a number.
template <class T>
concept operand = !condition<T> && (expression<T> || std::is_arithmetic_v<T>);

/// At least one of the operands of an operation must be an expression.
template <class... T>
concept operands = (operand<T> && ...) && (expression<T> || ...);

/// A condition, or a `bool` known in advance.
template <class... T>
concept conditions = (condition<T> && ...) && (expression<T> || ...);

namespace detail {

/// What a node holds: a number becomes an expression, everything else stays as it is.
template <class T>
constexpr auto lift(T value) {
  if constexpr (std::is_same_v<T, bool>) {
    return truth{value};
  } else if constexpr (std::is_arithmetic_v<T>) {
    return literal{static_cast<double>(value)};
  } else {
    return value;
  }
}

/// The expression `Op(children...)`.
template <class Op, class... Children>
constexpr auto make_node(Children... children) {
  return node<Op, decltype(lift(children))...>{
      hana::basic_tuple<decltype(lift(children))...>{lift(children)...}};
}

}  // namespace detail
}  // namespace fusor

#include "fusor/end.hpp"
#include "fusor/language/precise_end.hpp"
