// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string>

#include "fusor/schedule/choose.hpp"

namespace fusor::detail {

/// What was chosen for a call, and why, one choice a line. For people: the words may change.
inline std::string describe(const row_kernel& kernel, const row_layout& layout,
                            const row_schedule& chosen, bool is_folded) {
  const auto number = [](std::size_t value) { return std::to_string(value); };
  const std::size_t rows = layout.outer.count() * (layout.is_across ? layout.lane.extent : 1);
  const std::size_t elements = elements_of_row(layout);
  std::string text = number(rows) + (rows == 1 ? " row of " : " rows of ") + number(elements) +
                     (elements == 1 ? " element" : " elements") + "; vectors of " +
                     number(kernel.lanes) + "\n";
  const auto add = [&text](const std::string& line) { text += "  " + line + "\n"; };
  if (kernel.stage_count == 0) {
    add("element-wise, along the rows");
  } else if (is_folded) {
    add("outer reduction of few rows side by side: " + number(kernel.lanes) +
        " elements of each go together, and are folded after each pass");
  } else if (chosen.is_turned) {
    add("outer reduction of turned rows: too short for vectors, so each row has a lane (at most " +
        number(kernel.longest_turned) + " elements)");
  } else if (chosen.lanes_are_rows) {
    add("outer reduction: lanes are rows, which lie side by side in memory");
  } else {
    add("inner reduction: lanes are the elements of a row, which are neighbours in memory");
  }
  if (chosen.period > 0) {
    add("all rows as one, in which what is the same for each repeats");
    return text;
  }
  if (chosen.repeats > 0) {
    add(number(chosen.repeats) + " rows as one, with as many copies of what is the same for each");
    return text;
  }
  if (!chosen.lanes_are_rows) {
    add("tiles of " + number(chosen.tile_rows) + (chosen.tile_rows == 1 ? " row" : " rows") +
        (chosen.copies_any && chosen.part_elements < layout.lane.extent
             ? ", " + number(chosen.part_elements) + " elements of each at a time"
             : ""));
  }
  std::size_t copied = 0;
  for (std::size_t o = 0; o < kernel.operands; ++o) copied += chosen.is_copied[o] ? 1 : 0;
  if (copied > 0) {
    add(number(copied) + (copied == 1 ? " operand is" : " operands are") +
        " copied to vectors first: of another type, or no neighbours in memory");
  }
  if (chosen.is_online) {
    add("online: a row fits no cache, so its maximum and its sums are found in one reading");
  }
  if (chosen.is_pipelined) {
    add("pipelined: the outputs of a tile are written beside the last stage of the next");
  }
  if (kernel.materializes) {
    add(chosen.keeps_materialized
            ? "a term of the last stage waits for the outputs"
            : "a term of the last stage is computed again for the outputs: no room to wait");
  }
  if (chosen.streams) add("the output is written past the caches, which it does not fit");
  return text;
}

}  // namespace fusor::detail
