// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <vector>

#include "fusor/model/graph.hpp"

/// How models and their steps are named.
namespace fusor::detail::models {

struct model_names {
  std::string target;  // as the user calls it
  std::string prefix;  // of functions of C: the target, as an identifier
  std::vector<std::string> types;
};

/// The formula of a step as a program writes it.
inline std::string formula_text(const step& each) {
  std::vector<std::string> inputs;
  for (std::size_t i = 0; i < each.operands.size(); ++i) inputs.push_back(input_text(i));
  return substitute(each.formula, inputs);
}

/// The names of the layers that a step computes, as `show` writes them.
template <class Show>
std::string layer_names(const graph& all, const step& each, const Show& show) {
  std::string text;
  for (const std::size_t layer : each.layers) {
    text += (text.empty() ? "" : ", ") + show(all.layers[layer].name);
  }
  return text;
}

}  // namespace fusor::detail::models
