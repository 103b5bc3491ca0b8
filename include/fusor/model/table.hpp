// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "fusor/model/describe.hpp"
#include "fusor/model/plan.hpp"

/// What is printed when a model is built, and what `summary` gives.
namespace fusor::detail::models {

using table_row = std::vector<std::string>;

/// Lines of columns, each as wide as its widest entry; the last is not filled up. Numbers are
/// flush right, which `are_numbers` says.
inline std::string aligned(const std::vector<table_row>& rows,
                           const std::vector<bool>& are_numbers) {
  std::vector<std::size_t> widths(are_numbers.size(), 0);
  for (const table_row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (const table_row& row : rows) {
    std::string line = "  ";
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string fill(widths[i] - row[i].size(), ' ');
      line += (i == 0 ? "" : "  ") + (are_numbers[i] ? fill + row[i] : row[i] + fill);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

inline std::string number_or_nothing(std::size_t number) {
  return number == 0 ? "" : std::to_string(number);
}

/// The layers of a model, its kernels and what a row costs.
inline std::string table_text(const graph& all, const model_names& names, const plan& places) {
  std::vector<table_row> rows{
      {"layer", "class", "output", "parameters", "multiply-adds", "formula"}};
  std::size_t parameters = 0;
  std::size_t multiply_adds = 0;
  for (const layer_summary& layer : all.layers) {
    parameters += layer.parameters;
    multiply_adds += layer.multiply_adds;
    rows.push_back({printable(layer.name), layer.class_name,
                    layer.outputs.empty() ? "" : print(all.values[layer.outputs[0]].shape),
                    number_or_nothing(layer.parameters), number_or_nothing(layer.multiply_adds),
                    layer.formula});
  }
  rows.push_back({"", "", "", std::to_string(parameters), std::to_string(multiply_adds), ""});
  const std::vector<bool> are_numbers{false, false, false, true, true, false};
  std::string text = names.target + "\n" + aligned(rows, are_numbers);

  std::vector<table_row> kernels;
  for (std::size_t i = 0; i < places.calls.size(); ++i) {
    for (std::size_t k = 0; k < places.calls[i].count; ++k) {
      const step& each = all.steps[places.calls[i].first + k];
      kernels.push_back({k == 0 ? std::to_string(i + 1) : "", formula_text(each),
                         layer_names(all, each, in_quotes)});
    }
  }
  text += std::to_string(places.calls.size()) + (places.calls.size() == 1 ? " kernel" : " kernels");
  if (places.row_elements > 0) {
    const std::size_t bytes = names.types[0] == "double" ? sizeof(double) : sizeof(float);
    const std::size_t of_tile = tile_rows(places, bytes);
    text += ", over tiles of " + std::to_string(of_tile) + " rows with " +
            std::to_string(of_tile * places.row_elements * bytes) + " bytes between them";
  }
  text += ":\n" + aligned(kernels, {true, false, false});
  for (const own_layer& each : all.own_layers) {
    text += "with " + each.identifier + "(x) = " + each.formula + "\n";
  }
  return text;
}

inline std::string table_text(const graph& all, const model_names& names) {
  return table_text(all, names, make_plan(all));
}

}  // namespace fusor::detail::models
