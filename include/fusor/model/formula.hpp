// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <charconv>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "fusor/model/naming.hpp"

/// Formulas as text, as a program writes them, whose operands are $0, $1, ...
namespace fusor::detail::models {

/// A number of a formula.
inline std::string print(double value) {
  if (std::isnan(value)) return "std::numeric_limits<double>::quiet_NaN()";
  if (std::isinf(value)) return value < 0 ? "-infinity" : "infinity";
  char digits[32];
  return std::string(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

/// Whether a formula has an operator outside parentheses, and so needs some as an operand of
/// another.
inline bool is_compound(std::string_view formula) {
  int depth = 0;
  for (const char c : formula) {
    if (c == '(' || c == '{') ++depth;
    if (c == ')' || c == '}') --depth;
    if (depth == 0 && c == ' ') return true;
  }
  return !formula.empty() && formula[0] == '-';
}

/// A formula with its operands replaced by other formulas.
inline std::string substitute(std::string_view formula, const std::vector<std::string>& operands) {
  std::string made;
  for (std::size_t i = 0; i < formula.size();) {
    if (formula[i] != '$') {
      made += formula[i++];
      continue;
    }
    std::size_t end = i + 1;
    std::size_t index = 0;
    for (; end < formula.size() && is_digit(formula[end]); ++end) {
      index = index * 10 + static_cast<std::size_t>(formula[end] - '0');
    }
    const std::string& operand = operands.at(index);
    const bool opens = i == 0 || formula[i - 1] == '(' || (i > 1 && formula[i - 2] == ',');
    const bool closes = end == formula.size() || formula[end] == ')' || formula[end] == ',';
    const bool is_whole = (opens && closes) || !is_compound(operand);
    made += is_whole ? operand : "(" + operand + ")";
    i = end;
  }
  return made;
}

/// The name of an input of a kernel.
inline std::string input_text(std::size_t index) {
  if (index < 3) return std::string(1, "xyz"[index]);
  return "input<" + std::to_string(index) + ">";
}

}  // namespace fusor::detail::models
