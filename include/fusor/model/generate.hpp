// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fusor/model/archive.hpp"
#include "fusor/model/build.hpp"
#include "fusor/model/calls.hpp"
#include "fusor/model/fuse.hpp"
#include "fusor/model/json.hpp"
#include "fusor/model/plan.hpp"
#include "fusor/model/weights_file.hpp"

/// From the files of a model to the graph that is written.
namespace fusor::detail::models {

/// The bytes of the two parts of a model.
struct model_files {
  std::string archive{};  // of a .keras file, empty otherwise
  std::string configuration{};
  std::string weights{};
};

inline graph read_graph(std::string_view configuration, std::string_view weights,
                        const std::vector<own_layer>& own = {}) {
  const json model = parse_json(configuration);
  const layer_list layers = read_layers(model);
  const weights_file file(weights);
  graph made = build_graph(layers, file, own);
  drop_unused(made);
  fold_normalisations(made);
  separate_outputs(made);
  fuse(made);
  separate_products(made);
  // Refuses what no stack holds, before anything is written.
  (void)tile_rows(make_plan(made), sizeof(double));
  return made;
}

inline graph read_graph(const model_files& files, const std::vector<own_layer>& own = {}) {
  if (files.archive.empty()) return read_graph(files.configuration, files.weights, own);
  return read_graph(archive_entry_bytes(files.archive, "config.json"),
                    archive_entry_bytes(files.archive, "model.weights.h5"), own);
}

}  // namespace fusor::detail::models
