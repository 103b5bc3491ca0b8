// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include "fusor/schedule/layout.hpp"

namespace fusor::detail {

/// Moves the places of operands over the loops of a nest.
struct nest_iterator {
  const loop_nest* nest;
  std::size_t operands;
  std::size_t rank;
  std::size_t first_extent;  // of the first loop
  std::ptrdiff_t offset[most_operands];
  std::size_t position[most_axes];

  nest_iterator(const loop_nest& over, std::size_t axes, std::size_t operand_total)
      : nest(&over),
        operands(operand_total),
        rank(axes),
        first_extent(axes > 0 ? over.axes[0].extent : 1) {
    // Those that are there alone: all would take as long as a short row.
    for (std::size_t o = 0; o < operands; ++o) offset[o] = 0;
    for (std::size_t i = 0; i < rank; ++i) position[i] = 0;
  }

  std::size_t extent(std::size_t loop) const {
    return loop == 0 ? first_extent : nest->axes[loop].extent;
  }
  void move(const loop_axis& axis, std::ptrdiff_t steps) {
    for (std::size_t o = 0; o < operands; ++o) offset[o] += axis.strides[o] * steps;
  }
  /// To the next position; false after the last one.
  [[gnu::noinline]] bool next() {
    for (std::size_t i = rank; i-- > 0;) {
      if (++position[i] < extent(i)) {
        move(nest->axes[i], 1);
        return true;
      }
      position[i] = 0;
      move(nest->axes[i], 1 - static_cast<std::ptrdiff_t>(extent(i)));
    }
    return false;
  }
  bool is_last() const {
    for (std::size_t i = 0; i < rank; ++i) {
      if (position[i] + 1 < extent(i)) return false;
    }
    return true;
  }
  /// From the first position to position `index` of all.
  [[gnu::noinline]] void seek(std::size_t index) {
    for (std::size_t i = rank; i-- > 0;) {
      position[i] = index % extent(i);
      index /= extent(i);
      move(nest->axes[i], static_cast<std::ptrdiff_t>(position[i]));
    }
  }
};

}  // namespace fusor::detail
