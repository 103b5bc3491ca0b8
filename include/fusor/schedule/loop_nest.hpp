// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "fusor/language/view.hpp"

/// Loops over memory.
namespace fusor::detail {

/// Operands of a call on tensors: inputs, halves of them, outputs.
inline constexpr std::size_t most_operands = 32;

/// One axis of the loops: its extent, and every operand's stride along it, in bytes. The strides
/// are in the memory of the call.
struct loop_axis {
  std::size_t extent;
  std::ptrdiff_t* strides;
};

/// Loops, the innermost last.
struct loop_nest {
  std::size_t rank = 0;
  std::array<loop_axis, most_axes> axes;

  loop_nest() = default;
  loop_nest(const loop_nest& other) {
    *this = other;
  }
  /// Copies the axes that are there, not the room for more.
  loop_nest& operator=(const loop_nest& other) {
    rank = other.rank;
    std::copy_n(other.axes.begin(), rank, axes.begin());
    return *this;
  }

  std::size_t count() const {
    std::size_t product = 1;
    for (std::size_t i = 0; i < rank; ++i) product *= axes[i].extent;
    return product;
  }
};

/// What is computed in one go is a row. The lanes of vectors lie along `lane`, which is an axis
/// that is reduced (`along`), or one that is not: then each lane is a row of its own.
struct row_layout {
  std::array<const char*, most_operands> data;
  loop_nest outer;  // over rows
  loop_nest inner;  // within a row, besides the lanes
  loop_axis lane;
  std::size_t reduced_count = 1;  // elements that a reduction takes together
  bool is_across = false;
  bool writes_once = false;  // outputs that have the reduced axes as a rule lack them as well
};

/// The elements of a row.
inline std::size_t elements_of_row(const row_layout& layout) {
  return (layout.is_across ? 1 : layout.lane.extent) * layout.inner.count();
}

/// Rows side by side come in blocks of this many lanes, so that threads can share them out.
inline constexpr std::size_t lanes_per_block = 64;

/// Blocks of one row, or of rows side by side.
inline std::size_t blocks_per_row(const row_layout& layout) {
  return layout.is_across ? (layout.lane.extent + lanes_per_block - 1) / lanes_per_block : 1;
}
inline std::size_t block_count(const row_layout& layout) {
  return layout.outer.count() * blocks_per_row(layout);
}

inline std::ptrdiff_t size_of_step(std::ptrdiff_t stride) {
  return stride < 0 ? -stride : stride;
}

/// Orders loops so that memory is walked as far forward as possible, and makes one loop of two
/// where every operand allows it.
[[gnu::noinline]] inline void coalesce(loop_nest& nest, std::size_t operands, std::size_t primary) {
  // A few axes, in order already as a rule; std::stable_sort would allocate memory.
  for (std::size_t i = 1; i < nest.rank; ++i) {
    for (std::size_t at = i; at > 0 && size_of_step(nest.axes[at].strides[primary]) >
                                           size_of_step(nest.axes[at - 1].strides[primary]);
         --at) {
      std::swap(nest.axes[at], nest.axes[at - 1]);
    }
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < nest.rank; ++i) {
    loop_axis& axis = nest.axes[i];
    bool joins = kept > 0;
    for (std::size_t o = 0; o < operands && joins; ++o) {
      joins = nest.axes[kept - 1].strides[o] ==
              axis.strides[o] * static_cast<std::ptrdiff_t>(axis.extent);
    }
    if (joins) {
      nest.axes[kept - 1] = {nest.axes[kept - 1].extent * axis.extent, axis.strides};
    } else {
      if (kept != i) nest.axes[kept] = axis;
      ++kept;
    }
  }
  nest.rank = kept;
}

}  // namespace fusor::detail
