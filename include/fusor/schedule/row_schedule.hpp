// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "fusor/schedule/loop_nest.hpp"

namespace fusor::detail {

/// Where the rows of three tiles in flight begin, at the end of the workspace.
inline constexpr std::size_t bytes_in_flight = 3 * most_operands * sizeof(const char*);

/// A buffer in the workspace of a call. Small, as there is one for each operand on the stack.
struct buffer {
  std::uint32_t at;     // in bytes, from the start of the workspace
  std::uint32_t pitch;  // from row to row

  buffer() = default;
  buffer(std::size_t begin, std::size_t row)
      : at(static_cast<std::uint32_t>(begin)), pitch(static_cast<std::uint32_t>(row)) {}
};

/// How the rows of a call are gone over.
struct row_schedule {
  bool lanes_are_rows = false;  // an outer reduction; else lanes are the elements of a row
  bool is_turned = false;     // rows along memory too short for vectors are turned, a lane for each
  bool is_online = false;     // one reading of a row serves the first two stages
  bool is_pipelined = false;  // the outputs of a tile are written beside the last stage of the next
  bool streams = false;       // the output is written past the caches
  bool keeps_materialized = true;  // from the last stage to the outputs; else it is computed again

  const loop_axis* rows = nullptr;       // rows that lie at one stride
  const loop_axis* positions = nullptr;  // elements of a row that lie at one stride
  std::size_t outer_rank = 0;            // other loops over rows
  std::size_t inner_rank = 0;            // other loops within a row

  bool asks_ahead = false;  // memory is asked for the next rows
  bool copies_any = false;  // elements that are of another type, or no neighbours, are copied
  bool is_copied[most_operands];
  buffer copies[most_operands];  // of operands that are

  std::size_t repeats = 0;        // rows that are one, with copies of operands that repeat; or 0
  std::size_t period = 0;         // a power of two, if all rows are one, in which these repeat
  std::size_t tile_rows = 1;      // of an inner reduction
  std::size_t part_elements = 0;  // elements of each row that are gone over at a time
  buffer partial = {0, 0};        // where accumulators are
  std::size_t partial_ahead = 0;  // where those of the next tile are, if tiles are pipelined

  /// How many of so many operands are copied.
  std::size_t copied(std::size_t operands) const {
    return static_cast<std::size_t>(std::count(is_copied, is_copied + operands, true));
  }
};

}  // namespace fusor::detail
