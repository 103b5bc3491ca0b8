// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fusor/model/fuse.hpp"
#include "fusor/model/graph.hpp"

/// Which steps are one call: products behind each other, whose sizes the program knows.
namespace fusor::detail::models {

/// Steps that are computed by one call.
struct call {
  std::size_t first, count;
};

/// The most columns of a link of a chain, which keeps some rows of them on the stack.
inline constexpr std::size_t most_link_columns = 512;

inline constexpr std::string_view product_text = "matmul($0, $1)";

/// Whether a step multiplies rows, as they lie in memory, with a weight of few columns.
inline bool multiplies_rows(const graph& all, const step& each) {
  return each.has_product && !each.stands_alone && arrangement_of(all, each) == arrangement::rows &&
         each.operands[0].from == operand::kind::value &&
         each.operands[1].from == operand::kind::weight &&
         all.weights[each.operands[1].index].shape[1] <= most_link_columns &&
         each.formula.find(product_text) != std::string::npos;
}

/// Whether a step is a link of a chain: a product, and around it a formula of its elements and of
/// rows of weights.
inline bool is_link(const graph& all, const step& each) {
  if (!multiplies_rows(all, each) || each.reduces || each.halves) return false;
  const std::size_t columns = all.weights[each.operands[1].index].shape[1];
  return std::all_of(each.operands.begin() + 2, each.operands.end(), [&](const operand& one) {
    return one.from == operand::kind::weight && count_of(all.shape_of(one)) == columns;
  });
}

/// The rows of a value, for each row of a call.
inline std::size_t rows_of_value(const graph& all, std::size_t index) {
  const extents& shape = all.values[index].shape;
  return shape.empty() ? 1 : count_of(shape) / shape.back();
}

/// Products within formulas that are no links become steps of their own, which are.
inline void separate_products(graph& all) {
  std::vector<step> made;
  for (step& each : all.steps) {
    if (!multiplies_rows(all, each) || is_link(all, each)) {
      made.push_back(std::move(each));
      continue;
    }
    const std::size_t product = all.add_value(operand_shape(all, each));
    step link{
        std::string(product_text), {each.operands[0], each.operands[1]}, product, {each.layers[0]}};
    link.has_product = true;
    // The product takes the place of its two factors.
    std::vector<std::string> names{"$0", ""};
    for (std::size_t i = 2; i < each.operands.size(); ++i) {
      names.push_back("$" + std::to_string(i - 1));
    }
    std::string formula = each.formula;
    for (std::size_t at; (at = formula.find(product_text)) != std::string::npos;) {
      formula.replace(at, product_text.size(), "$0");
    }
    each.formula = substitute(formula, names);
    each.operands.erase(each.operands.begin());
    each.operands[0] = value_operand(product);
    each.has_product = false;
    made.push_back(std::move(link));
    made.push_back(std::move(each));
  }
  all.steps = std::move(made);
}

/// A call for each step.
inline std::vector<call> calls_of_steps(const graph& all) {
  std::vector<call> made;
  for (std::size_t i = 0; i < all.steps.size(); ++i) made.push_back({i, 1});
  return made;
}

/// The calls that compute all steps: chains of links whose results nothing else reads, and single
/// steps.
inline std::vector<call> calls_of(const graph& all) {
  std::vector<std::size_t> uses(all.values.size(), 0);
  for (const endpoint& output : all.outputs) ++uses[all.values[output.value].storage];
  for (const step& each : all.steps) {
    for (const operand& one : each.operands) {
      if (one.from == operand::kind::value) ++uses[all.values[one.index].storage];
    }
  }
  std::vector<call> made;
  for (std::size_t i = 0; i < all.steps.size(); ++i) {
    const step& next = all.steps[i];
    if (!made.empty() && is_link(all, next) && is_link(all, all.steps[i - 1])) {
      const std::size_t between = all.steps[i - 1].output;
      const std::size_t in = next.operands[0].index;
      if (all.values[in].storage == all.values[between].storage &&
          uses[all.values[between].storage] == 1 &&
          rows_of_value(all, in) == rows_of_value(all, between)) {
        ++made.back().count;
        continue;
      }
    }
    made.push_back({i, 1});
  }
  return made;
}

}  // namespace fusor::detail::models
