// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "fusor/model/activation_formula.hpp"
#include "fusor/model/run_time/formula_tree.hpp"
#include "fusor/model/run_time/step_kernels.hpp"
#include "fusor/registry/registry.hpp"

/// Which kernel computes the last operations of a formula.
namespace fusor::detail::models {

/// The kernels with their formulas as trees, the largest first.
struct known_kernel {
  formula_tree pattern;
  const step_kernel* kernel;
};
template <class T>
const std::vector<known_kernel>& known_kernels() {
  static const std::vector<known_kernel> all = [] {
    std::vector<known_kernel> made;
    for (const step_kernel& each : step_kernels<T>()) {
      made.push_back({formula_reader::read(each.formula), &each});
    }
    std::stable_sort(made.begin(), made.end(), [](const auto& a, const auto& b) {
      return size_of(a.pattern) > size_of(b.pattern);
    });
    return made;
  }();
  return all;
}

inline bool is_reduction(const formula_tree& of) {
  return of.is == formula_tree::kind::function && of.function.starts_with("reduce_");
}

/// The number that a parameter of an activation has in a formula, or its default.
inline double parameter_of(const formula_tree& of, const std::string& name) {
  for (const tree_member& member : of.members) {
    if (member.name == name) return member.values.at(0);
  }
  for (const parameter_entry& each : find_name(of.function)->parameters) {
    if (each.name == name) return each.default_value;
  }
  refuse_model(of.function + " has no parameter " + in_quotes(name));
}
/// The activation at the root of a formula.
inline handle_body activation_of_tree(const formula_tree& of) {
  parameter_values values;
  for (const tree_member& member : of.members)
    values.emplace_back(member.name, member.values.at(0));
  return find_activation(of.function, values);
}

inline bool is_activation(const formula_tree& of) {
  return of.children.size() == 1 && find_name(of.function) != nullptr;
}

/// The choice for one formula, which outlives it.
template <class T>
class kernel_choices {
 public:
  /// The largest kernel for the last operations of a formula that leaves inputs for which there are
  /// kernels as well; none if there is no such.
  const step_kernel* choose(const formula_tree& of, std::vector<const formula_tree*>& inputs) {
    for (const known_kernel& each : known_kernels<T>()) {
      if (each.pattern.is == formula_tree::kind::operand) continue;
      tree_bindings bindings(each.kernel->inputs, nullptr);
      if (!matches(each.pattern, of, bindings, !each.kernel->parameters.empty())) continue;
      const auto is_known = [&](const formula_tree* input) { return has_kernels(*input); };
      if (!std::all_of(bindings.begin(), bindings.end(), is_known)) continue;
      inputs = bindings;
      return each.kernel;
    }
    return nullptr;
  }
  /// Whether there are kernels for all of a formula.
  bool has_kernels(const formula_tree& of) {
    if (of.is != formula_tree::kind::function) return true;
    const auto [entry, is_new] = are_known_.try_emplace(&of, false);
    std::vector<const formula_tree*> inputs;
    if (is_new) {
      entry->second =
          choose(of, inputs) != nullptr || (is_activation(of) && has_kernels(of.children[0]));
    }
    return entry->second;
  }

 private:
  std::map<const formula_tree*, bool> are_known_{};  // whether there are kernels for them
};

}  // namespace fusor::detail::models
