// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "fusor/model/calls.hpp"
#include "fusor/model/graph.hpp"

/// Where values lie, and how many rows go through all calls together.
namespace fusor::detail::models {

/// The values between calls of a tile fill as much: about a first-level cache, of which a call
/// needs a part. Digits (Zen 5) with 24 rows, 9 KiB: 125 ns a row, with 48 108, with 96 98.
inline constexpr std::size_t tile_bytes = 40 << 10;
/// A product of fewer rows reads its weights too often; a multiple of the rows of register tiles.
/// Weights that a second-level cache does not hold are read from farther away for each tile, and
/// want more of them.
inline constexpr std::size_t least_tile_rows = 24;
inline constexpr std::size_t least_rows_beside_many_weights = 96;
inline constexpr std::size_t many_weight_bytes = 512 << 10;
/// The most stack that a tile takes, and one row of it.
inline constexpr std::size_t most_tile_bytes = 256 << 10;
inline constexpr std::size_t most_row_bytes = 1 << 20;

struct location {
  enum class kind { nowhere, input, output, workspace };
  kind at = kind::nowhere;
  std::size_t index =
      0;  // of the input or the output; in the workspace elements before it, per row
};

struct plan {
  std::vector<call> calls;
  std::vector<location> locations;  // of values, by their storage
  std::size_t row_elements = 0;     // of the workspace, for each row
  std::size_t weight_elements = 0;
};

/// Elements of the workspace for each row: a multiple, so that with any number of rows that is a
/// multiple of 4 all values are aligned as a vector is.
inline constexpr std::size_t alignment_elements = 4;

/// An output has memory of its own, which a step writes: adds copies where that is not so.
inline void separate_outputs(graph& all) {
  std::vector<bool> are_taken(all.values.size(), false);
  for (const endpoint& input : all.inputs) are_taken[all.values[input.value].storage] = true;
  for (endpoint& output : all.outputs) {
    const std::size_t storage = all.values[output.value].storage;
    if (!are_taken[storage]) {
      are_taken[storage] = true;
      continue;
    }
    const extents shape{count_of(all.values[output.value].shape)};
    const std::size_t source = all.add_alias(output.value, shape);
    const std::size_t copy = all.add_value(shape);
    step made{"$0", {value_operand(source)}, copy};
    all.steps.push_back(std::move(made));
    output.value = copy;
    are_taken.resize(all.values.size(), false);
    are_taken[copy] = true;
  }
}

inline plan make_plan(const graph& all, std::vector<call> calls) {
  plan made;
  for (const tensor& weight : all.weights) made.weight_elements += weight.values.size();
  made.locations.resize(all.values.size());
  for (std::size_t i = 0; i < all.inputs.size(); ++i) {
    made.locations[all.values[all.inputs[i].value].storage] = {location::kind::input, i};
  }
  for (std::size_t i = 0; i < all.outputs.size(); ++i) {
    made.locations[all.values[all.outputs[i].value].storage] = {location::kind::output, i};
  }
  // The others from their first call to their last, each at the first place that is free so long.
  struct lifetime {
    std::size_t storage, first, last, size, offset;
  };
  std::vector<lifetime> all_lifetimes;
  std::vector<std::size_t> index(all.values.size(), static_cast<std::size_t>(-1));
  made.calls = std::move(calls);
  for (std::size_t i = 0; i < made.calls.size(); ++i) {
    const auto use = [&](std::size_t value) {
      const std::size_t storage = all.values[value].storage;
      if (made.locations[storage].at != location::kind::nowhere) return;
      if (index[storage] == static_cast<std::size_t>(-1)) {
        index[storage] = all_lifetimes.size();
        const std::size_t elements = count_of(all.values[storage].shape);
        const std::size_t size =
            (elements + alignment_elements - 1) / alignment_elements * alignment_elements;
        all_lifetimes.push_back({storage, i, i, size, 0});
      }
      all_lifetimes[index[storage]].last = i;
    };
    // What is between the steps of a call has no place of its own.
    const step* const first = &all.steps[made.calls[i].first];
    for (const operand& each : first->operands) {
      if (each.from == operand::kind::value) use(each.index);
    }
    use(first[made.calls[i].count - 1].output);
  }
  for (std::size_t i = 0; i < all_lifetimes.size(); ++i) {
    lifetime& next = all_lifetimes[i];
    std::vector<std::pair<std::size_t, std::size_t>> taken;  // from, to
    for (std::size_t k = 0; k < i; ++k) {
      const lifetime& other = all_lifetimes[k];
      if (other.last >= next.first) taken.emplace_back(other.offset, other.offset + other.size);
    }
    std::sort(taken.begin(), taken.end());
    for (const auto& [from, to] : taken) {
      if (next.offset + next.size <= from) break;
      next.offset = std::max(next.offset, to);
    }
    made.row_elements = std::max(made.row_elements, next.offset + next.size);
    made.locations[next.storage] = {location::kind::workspace, next.offset};
  }
  return made;
}

inline plan make_plan(const graph& all) {
  return make_plan(all, calls_of(all));
}

/// The rows of a tile, for elements of some bytes.
inline std::size_t tile_rows(const plan& of, std::size_t bytes) {
  const std::size_t row = std::max<std::size_t>(of.row_elements, 1) * bytes;
  if (row > most_row_bytes) {
    refuse_model("the values between the layers take " + std::to_string(row) +
                 " bytes for one row, more than the " + std::to_string(most_row_bytes) +
                 " that a call takes of the stack");
  }
  const bool has_many_weights = of.weight_elements * bytes > many_weight_bytes;
  std::size_t rows = std::max(tile_bytes / row,
                              has_many_weights ? least_rows_beside_many_weights : least_tile_rows);
  while (rows > 1 && rows * row > most_tile_bytes) rows /= 2;
  // Whole register tiles, and whole vectors between values.
  return rows >= least_tile_rows ? rows / least_tile_rows * least_tile_rows
                                 : std::max<std::size_t>(rows / 4 * 4, 1);
}

}  // namespace fusor::detail::models
