// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fusor/model/error.hpp"
#include "fusor/model/naming.hpp"

/// The formulas of steps as trees.
namespace fusor::detail::models {

/// A parameter of a function, as {.axis = {1, 2}}: a flag is 0 or 1.
struct tree_member {
  std::string name;
  std::vector<double> values;

  bool operator==(const tree_member&) const = default;
};

struct formula_tree {
  enum class kind { operand, number, function };
  kind is = kind::number;
  std::size_t index = 0;  // of an operand
  double number = 0;
  std::string function{};  // its name, or the sign of an operator
  std::vector<formula_tree> children{};
  std::vector<tree_member> members{};

  bool operator==(const formula_tree&) const = default;
};

/// Reads a formula: of a step, whose operands are $0, $1, or of a program, where they are x, y, z
/// and input<3>. It is this library's own text, so what it cannot read is an error here.
class formula_reader {
 public:
  static formula_tree read(std::string_view text) {
    formula_reader reader(text);
    formula_tree made = reader.comparison();
    if (!reader.text_.empty()) reader.fail();
    return made;
  }

 private:
  explicit formula_reader(std::string_view text) : whole_(text), text_(text) {}

  [[noreturn]] void fail() const {
    refuse_model("the formula " + in_quotes(whole_) + " cannot be read");
  }

  bool take(std::string_view sign) {
    if (text_.substr(0, sign.size()) != sign) return false;
    text_.remove_prefix(sign.size());
    return true;
  }
  void need(std::string_view sign) {
    if (!take(sign)) fail();
  }

  static formula_tree function(std::string name, std::vector<formula_tree> children) {
    return {formula_tree::kind::function, 0, 0, std::move(name), std::move(children)};
  }
  static formula_tree number(double value) {
    return {formula_tree::kind::number, 0, value};
  }

  formula_tree comparison() {
    formula_tree left = sum();
    if (!take(" >= ")) return left;
    return function(">=", {std::move(left), sum()});
  }
  formula_tree sum() {
    formula_tree left = term();
    for (;;) {
      if (take(" + ")) {
        left = function("+", {std::move(left), term()});
      } else if (take(" - ")) {
        left = function("-", {std::move(left), term()});
      } else {
        return left;
      }
    }
  }
  formula_tree term() {
    formula_tree left = factor();
    for (;;) {
      if (take(" * ")) {
        left = function("*", {std::move(left), factor()});
      } else if (take(" / ")) {
        left = function("/", {std::move(left), factor()});
      } else {
        return left;
      }
    }
  }

  formula_tree factor() {
    if (take("(")) {
      // (Sums of many layers are nested, but no deeper than a step has layers and operands.)
      constexpr std::size_t deepest = 100;
      if (++depth_ > deepest) fail();
      formula_tree inner = comparison();
      --depth_;
      need(")");
      return inner;
    }
    if (take("$")) return {formula_tree::kind::operand, natural()};
    if (take("infinity")) return number(read_number("inf"));
    if (take("-infinity")) return number(read_number("-inf"));
    if (take("std::numeric_limits<double>::quiet_NaN()")) return number(read_number("nan"));
    double value = 0;
    const auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), value);
    if (error == std::errc()) {
      text_.remove_prefix(static_cast<std::size_t>(end - text_.data()));
      return number(value);
    }
    return call();
  }

  static double read_number(std::string_view text) {
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  }

  std::size_t natural() {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), value);
    if (error != std::errc()) fail();
    text_.remove_prefix(static_cast<std::size_t>(end - text_.data()));
    return value;
  }

  std::string word() {
    std::string made;
    while (!text_.empty() &&
           (is_upper(text_[0]) || is_lower(text_[0]) || is_digit(text_[0]) || text_[0] == '_')) {
      made += text_[0];
      text_.remove_prefix(1);
    }
    if (made.empty()) fail();
    return made;
  }

  formula_tree call() {
    const std::string name = word();
    if (!take("(")) {
      for (std::size_t i = 0; i < 3; ++i) {
        if (name == std::string_view("xyz").substr(i, 1)) return {formula_tree::kind::operand, i};
      }
      if (name != "input") fail();
      need("<");
      const std::size_t index = natural();
      need(">");
      return {formula_tree::kind::operand, index};
    }
    constexpr std::size_t deepest = 100;
    if (++depth_ > deepest) fail();
    formula_tree made = function(name, {comparison()});
    while (take(", ")) {
      if (take("{")) {
        made.members = members();
        break;
      }
      made.children.push_back(comparison());
    }
    --depth_;
    need(")");
    return made;
  }

  std::vector<tree_member> members() {
    std::vector<tree_member> made;
    do {
      need(".");
      tree_member each{word(), {}};
      need(" = ");
      if (take("true")) {
        each.values = {1};
      } else if (take("false")) {
        each.values = {0};
      } else if (take("{")) {
        do {
          each.values.push_back(one_number());
        } while (take(", "));
        need("}");
      } else {
        each.values = {one_number()};
      }
      made.push_back(std::move(each));
    } while (take(", "));
    need("}");
    return made;
  }
  double one_number() {
    const formula_tree read = factor();
    if (read.is != formula_tree::kind::number) fail();
    return read.number;
  }

  std::string_view whole_, text_;
  std::size_t depth_ = 0;
};

/// A formula with its operations on two numbers computed.
inline formula_tree folded(formula_tree of) {
  for (formula_tree& child : of.children) child = folded(std::move(child));
  const auto is_number = [](const formula_tree& each) {
    return each.is == formula_tree::kind::number;
  };
  if (of.children.size() != 2 || !is_number(of.children[0]) || !is_number(of.children[1])) {
    return of;
  }
  const double a = of.children[0].number;
  const double b = of.children[1].number;
  const auto made = [](double value) { return formula_tree{formula_tree::kind::number, 0, value}; };
  if (of.function == "+") return made(a + b);
  if (of.function == "-") return made(a - b);
  if (of.function == "*") return made(a * b);
  if (of.function == "/") return made(a / b);
  if (of.function == "max") return made(a > b ? a : b);
  if (of.function == "min") return made(a < b ? a : b);
  return of;
}

/// What the inputs of a pattern stand for in a formula.
using tree_bindings = std::vector<const formula_tree*>;

/// Whether a formula is a pattern with anything in place of its inputs, the same wherever the same
/// input stands; and of its last operation, with any parameters if `has_any_members`.
inline bool matches(const formula_tree& pattern, const formula_tree& formula,
                    tree_bindings& bindings, bool has_any_members = false) {
  if (pattern.is == formula_tree::kind::operand) {
    const formula_tree*& bound = bindings.at(pattern.index);
    if (bound == nullptr) bound = &formula;
    return *bound == formula;
  }
  if (pattern.is != formula.is || pattern.function != formula.function ||
      pattern.number != formula.number ||
      (!has_any_members && pattern.members != formula.members) ||
      pattern.children.size() != formula.children.size()) {
    return false;
  }
  for (std::size_t i = 0; i < pattern.children.size(); ++i) {
    if (!matches(pattern.children[i], formula.children[i], bindings)) return false;
  }
  return true;
}

/// The nodes of a formula: of two patterns the larger one is tried first.
inline std::size_t size_of(const formula_tree& formula) {
  std::size_t size = 1;
  for (const formula_tree& child : formula.children) size += size_of(child);
  return size;
}

}  // namespace fusor::detail::models
