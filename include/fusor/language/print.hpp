// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <boost/hana/unpack.hpp>
#include <charconv>
#include <cmath>
#include <initializer_list>
#include <iosfwd>
#include <string>
#include <utility>

#include "fusor/language/compose.hpp"
#include "fusor/language/operation.hpp"
#include "fusor/language/reduction.hpp"

#include "fusor/language/precise_begin.hpp"

/// Expressions as text that compiles back to them.
namespace fusor {

namespace detail {

template <class T>
inline constexpr bool is_literal_node = false;
template <>
inline constexpr bool is_literal_node<literal> = true;
template <>
inline constexpr bool is_literal_node<truth> = true;
template <>
inline constexpr bool is_literal_node<axis_list> = true;

inline std::string print_number(double value) {
  // std::isnan and std::isinf keep the options of the file.
  if (value != value) return "std::numeric_limits<double>::quiet_NaN()";
  if (value == infinity || value == -infinity) return value < 0 ? "-infinity" : "infinity";
  if (value == 0 && std::signbit(value)) return "-0.0";
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value).ptr;
  return {text, end};
}

/// One printed expression and how tightly its outermost operator binds.
struct printed {
  std::string text;
  precedence binding = precedence::call;

  std::string inside(bool parenthesise) const {
    return parenthesise ? "(" + text + ")" : text;
  }
};

/// An operation on printed operands.
template <class Op>
printed print_operation(std::initializer_list<printed> operands) {
  const printed* const parts = operands.begin();
  if constexpr (Op::binding == precedence::call) {
    std::string text;
    for (const printed& part : operands) {
      text += (text.empty() || part.text.empty() ? "" : ", ") + part.text;
    }
    return {Op::name + ("(" + text) + ")"};
  } else if constexpr (Op::binding == precedence::prefix) {
    return {Op::name + parts[0].inside(parts[0].binding <= Op::binding), Op::binding};
  } else {
    // `a && b || c` is right without parentheses, but compilers ask for them.
    const auto needs = [](precedence inner) {
      return inner < Op::binding ||
             (Op::binding == precedence::disjunction && inner == precedence::conjunction);
    };
    const bool is_same_level = parts[1].binding == Op::binding;
    return {parts[0].inside(needs(parts[0].binding)) + " " + Op::name + " " +
                parts[1].inside(needs(parts[1].binding) || is_same_level),
            Op::binding};
  }
}

/// `bare`: a number may stand as it is, because C++ sees an expression beside it.
inline printed print(const literal& number, bool bare) {
  const std::string text = print_number(number.value);
  if (!bare) return {"literal{" + text + "}"};
  return {text, text[0] == '-' ? precedence::prefix : precedence::call};
}

inline printed print(const truth& condition, bool bare) {
  const std::string text = condition.value ? "true" : "false";
  return {bare ? text : "truth{" + text + "}"};
}

template <std::size_t Index>
printed print(const argument<Index>&, bool) {
  if constexpr (Index < 3) {
    return {std::string(1, "xyz"[Index])};
  } else {
    return {"input<" + std::to_string(Index) + ">"};
  }
}

/// The parameters of a reduction; nothing where they are the default.
inline printed print(const axis_list& list, bool) {
  if (list.size == 0) return {"{.axis = all_axes}"};
  if (list.size == 1) {
    return {list.axes[0] == -1 ? "" : "{.axis = " + std::to_string(list.axes[0]) + "}"};
  }
  std::string text;
  for (std::size_t i = 0; i < list.size; ++i) {
    text += (i == 0 ? "" : ", ") + std::to_string(list.axes[i]);
  }
  return {"{.axis = {" + text + "}}"};
}

template <class Op, class... Children>
printed print(const node<Op, Children...>& expression, bool) {
  constexpr bool bare = !(is_literal_node<Children> && ...);
  if constexpr (std::is_same_v<Op, op::where>) {
    // A branch that is switched off is not part of the formula.
    const auto& chooser = hana::at_c<0>(expression.children);
    if constexpr (std::is_same_v<std::decay_t<decltype(chooser)>, truth>) {
      return chooser.value ? print(hana::at_c<1>(expression.children), false)
                           : print(hana::at_c<2>(expression.children), false);
    }
  }
  if constexpr (std::is_same_v<Op, op::with_derivative> || std::is_same_v<Op, op::stop_gradient>) {
    // What only derivatives look at.
    return print(hana::at_c<0>(expression.children), false);
  }
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    return print_operation<Op>({print(hana::at_c<I>(expression.children), bare)...});
  }
  (std::index_sequence_for<Children...>{});
}

}  // namespace detail

/// The formula as text that compiles back: to_string(x * tanh(softplus(x))) is
/// "x * tanh(softplus(x))". An activation or another callable is printed applied to x, y, ...
template <formula F>
std::string to_string(const F& formula) {
  const auto expression = detail::as_expression(formula);
  if constexpr (detail::is_output_list<std::decay_t<decltype(expression)>>) {
    return detail::hana::unpack(expression.expressions, [](const auto&... each) {
      std::string text;
      ((text += (text.empty() ? "" : ", ") + detail::print(each, true).text), ...);
      return "outputs(" + text + ")";
    });
  } else {
    return detail::print(expression, false).text;
  }
}

/// Writes the formula: std::cout << x * sigmoid(x).
template <class T>
requires(expression<T> || detail::is_output_list<T>) std::ostream& operator<<(std::ostream& out,
                                                                              const T& formula) {
  return out << to_string(formula);
}

}  // namespace fusor

#include "fusor/end.hpp"
#include "fusor/language/precise_end.hpp"
