// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fusor/model/archive.hpp"
#include "fusor/model/build.hpp"
#include "fusor/model/fuse.hpp"
#include "fusor/model/json.hpp"
#include "fusor/model/plan.hpp"

/// From the files of a model to the graph that is written, or run.
namespace fusor::detail::models {

/// The bytes of the two parts of a model.
struct model_files {
  std::string archive{};  // of a .keras file, empty otherwise
  std::string configuration{};
  std::string weights{};
};

/// Reads a .keras file, or a configuration with its weights beside it.
inline model_files read_files(const std::string& model, const std::string* weights) {
  model_files files;
  if (weights == nullptr) {
    files.archive = read_bytes(model);
    if (files.archive.empty()) refuse_model("is empty");
    return files;
  }
  files.configuration = read_bytes(model);
  try {
    files.weights = read_bytes(*weights);
  } catch (const model_error& error) {
    refuse_model("its weights, " + *weights + ": " + error.what());
  }
  return files;
}

/// The configuration and the weights of a model as parts of its files.
struct model_parts {
  std::string_view configuration, weights;
};
inline model_parts parts_of(const model_files& files) {
  if (files.archive.empty()) return {files.configuration, files.weights};
  return {archive_entry_bytes(files.archive, "config.json"),
          archive_entry_bytes(files.archive, "model.weights.h5")};
}

/// The graph of a model in few steps; `open` opens its weights once the configuration has been
/// read.
template <class Open>
graph read_graph_with(std::string_view configuration, const Open& open,
                      const std::vector<own_layer>& own) {
  const json model = parse_json(configuration);
  const layer_list layers = read_layers(model);
  const auto file = open();
  graph made = build_graph(layers, file, own);
  drop_unused(made);
  fold_normalisations(made);
  separate_outputs(made);
  fuse(made);
  return made;
}

}  // namespace fusor::detail::models
