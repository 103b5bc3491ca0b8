// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "fusor/model/graph.hpp"

/// From steps of one layer each to few steps: what needs no pass of its own has none.
namespace fusor::detail::models {

/// How a step is called.
enum class arrangement {
  arrays,    // pointers and a count: every operand has the elements of the output
  rows,      // rows of the last axis: the axes before it are taken with that of the rows
  all_axes,  // every axis is one of a view
};

/// Whether an operand is a row of the output, one element for each row, or one for all.
inline bool is_of_rows(const graph& of, const operand& each, const extents& shape) {
  const extents& own = of.shape_of(each);
  if (each.from == operand::kind::weight) {
    const extents row = without_leading_ones(own);
    return row.empty() || (row.size() == 1 && !shape.empty() && row[0] == shape.back());
  }
  if (own == shape) return true;
  extents one = shape;
  if (!one.empty()) one.back() = 1;
  return own == one;
}

/// The shape that the operands of a step broadcast to.
inline extents operand_shape(const graph& of, const step& each) {
  extents shape =
      each.out_placement.empty() ? of.values[each.output].shape : each.out_placement[0].shape;
  if (each.halves) shape.back() *= 2;
  return shape;
}

inline arrangement arrangement_of(const graph& of, const step& each) {
  if (!each.in_placement.empty() || !each.out_placement.empty() || each.needs_all_axes) {
    return arrangement::all_axes;
  }
  bool are_rows = true;
  const extents shape = operand_shape(of, each);
  bool are_same = !each.reduces && !each.has_product && !each.halves && !each.stands_alone;
  for (std::size_t i = each.has_product ? 2 : 0; i < each.operands.size(); ++i) {
    const operand& one = each.operands[i];
    // (What stands alone may have an output of another shape.)
    are_rows = are_rows && (each.stands_alone || is_of_rows(of, one, shape));
    are_same = are_same && one.from == operand::kind::value && of.shape_of(one) == shape;
  }
  if (are_same) return arrangement::arrays;
  return are_rows ? arrangement::rows : arrangement::all_axes;
}

/// The layers of one step and of another that it is computed with.
inline std::vector<std::size_t> joined(std::vector<std::size_t> first,
                                       const std::vector<std::size_t>& second) {
  for (const std::size_t each : second) {
    if (std::find(first.begin(), first.end(), each) == first.end()) first.push_back(each);
  }
  return first;
}

/// Takes normalisations by the statistics of training into the products before them.
inline void fold_normalisations(graph& all) {
  std::vector<std::size_t> uses(all.values.size(), 0),
      producer(all.values.size(), all.steps.size());
  for (const value& each : all.values) ++uses[each.storage];
  for (std::size_t& each : uses) each -= each > 0;  // a value is no use of itself
  for (std::size_t i = 0; i < all.steps.size(); ++i) {
    producer[all.steps[i].output] = i;
    for (const operand& each : all.steps[i].operands) {
      if (each.from == operand::kind::value) ++uses[each.index];
    }
  }
  for (const endpoint& output : all.outputs) ++uses[output.value];
  std::vector<step> left;
  std::vector<bool> are_gone(all.steps.size(), false);
  for (step& next : all.steps) {
    if (!next.is_affine) continue;
    const std::size_t in = next.operands[0].index;
    if (uses[in] != 1 || producer[in] == all.steps.size()) continue;
    step& dense = all.steps[producer[in]];
    if (!dense.is_bare_dense || are_gone[producer[in]]) continue;
    // In weights of its own: the layer may be called elsewhere.
    tensor kernel = all.weights[dense.operands[1].index];
    const std::vector<double>& scale = all.weights[next.operands[1].index].values;
    tensor bias = all.weights[next.operands[2].index];
    const std::size_t columns = kernel.shape[1];
    if (scale.size() != columns || bias.values.size() != columns) continue;
    for (std::size_t i = 0; i < kernel.values.size(); ++i) kernel.values[i] *= scale[i % columns];
    if (dense.operands.size() > 2) {
      const std::vector<double>& before = all.weights[dense.operands[2].index].values;
      for (std::size_t j = 0; j < columns; ++j) bias.values[j] += before[j] * scale[j];
    }
    bias.shape = {columns};
    next.formula = "matmul($0, $1) + $2";
    next.operands = {dense.operands[0], weight_operand(all.add_weight(std::move(kernel))),
                     weight_operand(all.add_weight(std::move(bias)))};
    next.layers = joined(dense.layers, next.layers);
    next.in_placement = dense.in_placement;
    next.has_product = next.is_bare_dense = true;
    next.is_affine = false;
    are_gone[producer[in]] = true;
  }
  for (std::size_t i = 0; i < all.steps.size(); ++i) {
    if (!are_gone[i]) left.push_back(std::move(all.steps[i]));
  }
  all.steps = std::move(left);
}

/// Leaves out what no output needs.
inline void drop_unused(graph& all) {
  std::vector<bool> needed(all.values.size(), false);
  for (const endpoint& output : all.outputs) needed[all.values[output.value].storage] = true;
  std::vector<step> left;
  for (std::size_t i = all.steps.size(); i-- > 0;) {
    step& each = all.steps[i];
    if (!needed[all.values[each.output].storage]) continue;
    for (const operand& one : each.operands) {
      if (one.from == operand::kind::value) needed[all.values[one.index].storage] = true;
    }
    left.push_back(std::move(each));
  }
  std::reverse(left.begin(), left.end());
  all.steps = std::move(left);
}

/// The step that computes `of` with its operand `position` computed by `before` on the way.
inline step merged(const step& of, const step& before, std::size_t position) {
  step made = of;
  made.operands.clear();
  const auto place = [&](const operand& each, bool is_factor) {
    for (std::size_t i = made.has_product ? 2 : 0; !is_factor && i < made.operands.size(); ++i) {
      if (made.operands[i] == each) return i;
    }
    made.operands.push_back(each);
    return made.operands.size() - 1;
  };
  std::vector<std::string> inner(before.operands.size()), outer(of.operands.size());
  const auto place_inner = [&] {
    for (std::size_t i = 0; i < inner.size(); ++i) {
      inner[i] = "$" + std::to_string(place(before.operands[i], before.has_product && i < 2));
    }
    outer[position] = substitute(before.formula, inner);
  };
  made.has_product = of.has_product || before.has_product;
  // The factors of a product come first.
  if (before.has_product) place_inner();
  for (std::size_t i = 0; i < outer.size(); ++i) {
    if (i != position) {
      outer[i] = "$" + std::to_string(place(of.operands[i], of.has_product && i < 2));
    } else if (!before.has_product) {
      place_inner();
    }
  }
  made.formula = substitute(of.formula, outer);
  made.layers = joined(before.layers, of.layers);
  // (Of the first factor of a product, which stays the first operand.)
  if (before.has_product) made.in_placement = before.in_placement;
  made.reduces = of.reduces || before.reduces;
  made.needs_all_axes = of.needs_all_axes || before.needs_all_axes;
  made.halves = of.halves || before.halves;
  made.is_bare_dense = made.is_affine = false;
  return made;
}

/// Whether `before`, whose result only `of` reads, may be computed within it.
inline bool may_merge(const graph& all, const step& of, const step& before, std::size_t position) {
  constexpr std::size_t most_layers = 8, most_operands = 16, longest = 1000;
  if (of.stands_alone || before.stands_alone || !before.out_placement.empty() ||
      (!before.in_placement.empty() && !before.has_product) || !of.in_placement.empty()) {
    return false;
  }
  if ((of.has_product && (before.has_product || position < 2)) || (of.reduces && before.reduces)) {
    return false;
  }
  if (of.halves || before.halves) {
    // Halves are those of a product with what is around it, and what is behind them reads nothing
    // else.
    const bool is_along_last = !of.needs_all_axes && !before.needs_all_axes;
    if (of.operands.size() != 1 || !of.out_placement.empty() || !is_along_last) return false;
    if (of.halves && (!before.has_product || before.halves || before.reduces)) return false;
  }
  const extents& shape = all.values[before.output].shape;
  if (shape != operand_shape(all, of) || joined(before.layers, of.layers).size() > most_layers)
    return false;
  const step both = merged(of, before, position);
  if (both.operands.size() > most_operands || both.formula.size() > longest) return false;
  if (!both.has_product) return true;
  // A product goes over rows of the last axis.
  if (both.needs_all_axes || (!both.out_placement.empty() && shape.size() != 1)) return false;
  for (std::size_t i = 2; i < both.operands.size(); ++i) {
    if (!is_of_rows(all, both.operands[i], operand_shape(all, both))) return false;
  }
  return true;
}

/// Computes steps within those that alone need them.
inline void fuse(graph& all) {
  std::vector<std::size_t> uses(all.values.size(), 0),
      producer(all.values.size(), all.steps.size());
  for (std::size_t i = 0; i < all.values.size(); ++i) {
    if (all.values[i].storage != i) uses[all.values[i].storage] += 2;  // it must be in memory
  }
  for (const endpoint& output : all.outputs) uses[output.value] += 2;
  for (const step& each : all.steps) {
    for (const operand& one : each.operands) {
      if (one.from == operand::kind::value) ++uses[one.index];
    }
  }
  std::vector<bool> are_gone(all.steps.size(), false);
  for (std::size_t i = 0; i < all.steps.size(); ++i) {
    step& of = all.steps[i];
    for (std::size_t position = 0; position < of.operands.size();) {
      const operand each = of.operands[position];
      const std::size_t from =
          each.from == operand::kind::value ? producer[each.index] : all.steps.size();
      if (from == all.steps.size() || uses[each.index] != 1 ||
          !may_merge(all, of, all.steps[from], position)) {
        ++position;
        continue;
      }
      of = merged(of, all.steps[from], position);
      are_gone[from] = true;
      position = 0;
    }
    producer[of.output] = i;
  }
  std::vector<step> left;
  for (std::size_t i = 0; i < all.steps.size(); ++i) {
    if (!are_gone[i]) left.push_back(std::move(all.steps[i]));
  }
  all.steps = std::move(left);
}

}  // namespace fusor::detail::models
