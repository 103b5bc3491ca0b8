// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>
#include <vector>

#include "fusor/model/calls.hpp"
#include "fusor/model/plan.hpp"
#include "fusor/model/read.hpp"
#include "fusor/model/weights_file.hpp"

/// From the files of a model to the graph that is written, in the process that asks.
namespace fusor::detail::models {

inline graph read_graph(std::string_view configuration, std::string_view weights,
                        const std::vector<own_layer>& own = {}) {
  graph made = read_graph_with(
      configuration, [&] { return weights_file(weights); }, own);
  separate_products(made);
  // Refuses what no stack holds, before anything is written.
  (void)tile_rows(make_plan(made), sizeof(double));
  return made;
}

inline graph read_graph(const model_files& files, const std::vector<own_layer>& own = {}) {
  const model_parts parts = parts_of(files);
  return read_graph(parts.configuration, parts.weights, own);
}

}  // namespace fusor::detail::models
