// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "fusor/kernel/operand.hpp"
#include "fusor/kernel/tensor.hpp"
#include "fusor/kernel/view.hpp"
#include "fusor/language/error.hpp"

/// From the shapes and strides of a call to the loops over its memory.
namespace fusor::detail {

inline constexpr std::size_t most_operands = 24;

/// One axis of the loops: its extent, and every operand's stride along it, in bytes.
struct loop_axis {
  std::size_t extent;
  std::array<std::ptrdiff_t, most_operands> strides;
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
};

/// Rows side by side come in blocks of this many lanes, so that threads can share them out.
inline constexpr std::size_t lanes_per_block = 64;

/// Blocks of one row, or of rows side by side.
inline std::size_t blocks_per_row(const row_layout& layout) {
  return layout.is_across ? (layout.lane.extent + lanes_per_block - 1) / lanes_per_block : 1;
}
inline std::size_t block_count(const row_layout& layout) {
  return layout.outer.count() * blocks_per_row(layout);
}

/// The axis of a tensor of this rank, from 0; negative axes count from the last.
inline std::size_t axis_of(int axis, std::size_t rank) {
  const auto signed_rank = static_cast<std::ptrdiff_t>(rank);
  if (axis < -signed_rank || axis >= signed_rank) {
    throw axis_error("kernel: axis " + std::to_string(axis) + " is out of range for " +
                     std::to_string(rank) + (rank == 1 ? " axis" : " axes"));
  }
  return static_cast<std::size_t>(axis < 0 ? axis + signed_rank : axis);
}

/// The axes of a list as flags. None listed: all.
inline std::array<bool, most_axes> axis_flags(std::span<const int> axes, std::size_t rank) {
  std::array<bool, most_axes> flags{};
  for (const int axis : axes) {
    bool& flag = flags[axis_of(axis, rank)];
    if (flag) throw axis_error("kernel: axis " + std::to_string(axis) + " is listed twice");
    flag = true;
  }
  if (axes.empty()) std::fill_n(flags.begin(), rank, true);
  return flags;
}

/// Replaces an operand by a half of it.
inline void take_half(tensor_operand& operand, int axis, bool is_second, std::size_t rank) {
  const std::size_t position = axis_of(axis, rank);
  if (position + operand.rank < rank) return;  // broadcast along this axis
  const std::size_t own = position + operand.rank - rank;
  std::size_t& extent = operand.shape[own];
  if (extent % 2 != 0) {
    throw axis_error("kernel: axis " + std::to_string(axis) + " of shape " +
                     print_shape(operand.extents()) + " cannot be halved, its extent must be even");
  }
  extent /= 2;
  if (is_second) {
    operand.data += operand.strides[own] * static_cast<std::ptrdiff_t>(extent) *
                    static_cast<std::ptrdiff_t>(operand.element_size);
  }
}

/// A shape under construction.
struct shape_buffer {
  std::size_t rank = 0;
  std::array<std::size_t, most_axes> extents{};

  std::span<const std::size_t> span() const {
    return {extents.data(), rank};
  }
};

/// Broadcasts a shape into another one by NumPy's rules; false if they do not fit.
inline bool broadcast_into(shape_buffer& shape, std::span<const std::size_t> other) {
  if (other.size() > shape.rank) {
    const std::size_t more = other.size() - shape.rank;
    std::move_backward(shape.extents.begin(), shape.extents.begin() + shape.rank,
                       shape.extents.begin() + other.size());
    std::fill_n(shape.extents.begin(), more, std::size_t{1});
    shape.rank = other.size();
  }
  for (std::size_t i = 0; i < other.size(); ++i) {
    std::size_t& extent = shape.extents[shape.rank - other.size() + i];
    if (extent == 1) extent = other[i];
    if (other[i] != 1 && other[i] != extent) return false;
  }
  return true;
}

/// The stride in bytes along axis `axis` of `rank`, 0 where the operand is broadcast.
inline std::ptrdiff_t stride_of(const tensor_operand& operand, std::size_t axis, std::size_t rank) {
  if (!operand.is_used || axis + operand.rank < rank) return 0;
  const std::size_t own = axis + operand.rank - rank;
  if (operand.shape[own] == 1) return 0;
  return operand.strides[own] * static_cast<std::ptrdiff_t>(operand.element_size);
}

inline std::ptrdiff_t size_of_step(std::ptrdiff_t stride) {
  return stride < 0 ? -stride : stride;
}

/// Orders loops so that memory is walked as far forward as possible, and makes one loop of two
/// where every operand allows it.
inline void tidy(loop_nest& nest, std::size_t operands, std::size_t primary) {
  const auto begin = nest.axes.begin();
  std::stable_sort(begin, begin + nest.rank, [&](const loop_axis& a, const loop_axis& b) {
    return size_of_step(a.strides[primary]) > size_of_step(b.strides[primary]);
  });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < nest.rank; ++i) {
    loop_axis& axis = nest.axes[i];
    bool joins = kept > 0;
    for (std::size_t o = 0; o < operands && joins; ++o) {
      joins = nest.axes[kept - 1].strides[o] ==
              axis.strides[o] * static_cast<std::ptrdiff_t>(axis.extent);
    }
    if (joins) {
      nest.axes[kept - 1].extent *= axis.extent;
      nest.axes[kept - 1].strides = axis.strides;
    } else {
      if (kept != i) nest.axes[kept] = axis;
      ++kept;
    }
  }
  nest.rank = kept;
}

/// What arrange needs to know of a formula.
struct reduction_description {
  std::span<const std::span<const int>> axes;  // of each reduction; none: element-wise
  std::span<const bool> is_reduced;            // for each output: whether it lacks the reduced axes
  bool needs_elements;  // whether it has a reduction that an empty axis lacks
};

inline std::string print_operand(const std::string& name, const tensor_operand& operand) {
  return name + " has shape " + print_shape(operand.extents());
}

[[noreturn, gnu::cold]] inline void refuse_shapes(const std::string& name,
                                                  const tensor_operand& operand,
                                                  const std::string& other,
                                                  std::span<const std::size_t> shape) {
  if (operand.rank == 1 && shape.size() == 1) refuse_count(other, shape[0], name, operand.shape[0]);
  throw shape_error("kernel: " + name + " has shape " + print_shape(operand.extents()) +
                    ", which does not broadcast to " + print_shape(shape) + " of " + other);
}

/// The shape of the loops: that of the outputs, or, where these are all reduced, what the inputs
/// broadcast to.
inline shape_buffer common_shape(std::span<const tensor_operand> inputs,
                                 std::span<const tensor_operand> outputs,
                                 const reduction_description& formula) {
  shape_buffer shape;
  bool is_given = false;
  for (std::size_t o = 0; o < outputs.size(); ++o) {
    if (formula.is_reduced[o]) continue;
    if (!is_given) {
      broadcast_into(shape, outputs[o].extents());
      is_given = true;
    } else if (!std::ranges::equal(shape.span(), outputs[o].extents())) {
      refuse_shapes(output_name(o, outputs.size()), outputs[o], "output 1", shape.span());
    }
  }
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (!inputs[i].is_used) continue;
    const std::string name = input_name(i, inputs.size());
    shape_buffer broadcast = shape;
    const bool fits = broadcast_into(broadcast, inputs[i].extents());
    const bool grows = !std::ranges::equal(broadcast.span(), shape.span());
    if (!fits || (is_given && grows)) {
      refuse_shapes(name, inputs[i], is_given ? output_name(0, outputs.size()) : "the other inputs",
                    shape.span());
    }
    if (inputs[i].is_plain && !std::ranges::equal(broadcast.span(), inputs[i].extents())) {
      refuse_shapes(name, inputs[i], is_given ? output_name(0, outputs.size()) : "the other inputs",
                    shape.span());
    }
    shape = broadcast;
  }
  return shape;
}

/// Gives a reduced output the axes that it lacks, with extent 1. It may have them already.
inline void expand_reduced(tensor_operand& output, const shape_buffer& shape,
                           const std::array<bool, most_axes>& is_reduced, const std::string& name) {
  shape_buffer kept;
  shape_buffer expanded = shape;
  for (std::size_t i = 0; i < shape.rank; ++i) {
    if (is_reduced[i]) {
      expanded.extents[i] = 1;
    } else {
      kept.extents[kept.rank++] = shape.extents[i];
    }
  }
  if (std::ranges::equal(output.extents(), expanded.span())) return;
  if (!std::ranges::equal(output.extents(), kept.span())) {
    throw shape_error("kernel: " + name + " has shape " + print_shape(output.extents()) +
                      ", the reduced formula has shape " + print_shape(kept.span()));
  }
  const auto strides = output.strides;
  std::size_t own = 0;
  for (std::size_t i = 0; i < shape.rank; ++i) {
    output.strides[i] = is_reduced[i] ? 0 : strides[own++];
    output.shape[i] = expanded.extents[i];
  }
  output.rank = shape.rank;
}

/// Refuses outputs that overlap an input without being the same memory, or each other.
inline void check_overlap(std::span<const tensor_operand> inputs,
                          std::span<const tensor_operand> outputs) {
  for (std::size_t o = 0; o < outputs.size(); ++o) {
    const std::string name = output_name(o, outputs.size());
    for (std::size_t i = 0; i < outputs[o].rank; ++i) {
      if (outputs[o].strides[i] == 0 && outputs[o].shape[i] > 1 && !is_empty(outputs[o])) {
        throw overlap_error("kernel: " + name + " has stride 0 along axis " + std::to_string(i) +
                            "; every position needs an element of its own");
      }
    }
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (inputs[i].is_used && !is_same_tensor(outputs[o], inputs[i]) &&
          is_overlapping(outputs[o], inputs[i])) {
        refuse_overlap(name, input_name(i, inputs.size()),
                       "pass the same memory to work in place, or memory apart from it");
      }
    }
    for (std::size_t other = 0; other < o; ++other) {
      if (is_overlapping(outputs[o], outputs[other])) {
        refuse_overlap(name, output_name(other, outputs.size()),
                       "every output needs memory of its own");
      }
    }
  }
}

inline void remove_last(loop_nest& nest, loop_axis& last) {
  last = nest.axes[--nest.rank];
}

/// The loops of a call, after everything that can be wrong with it was refused. False if there is
/// nothing to do. `operands` are the inputs, then the outputs.
inline bool arrange(std::span<tensor_operand> operands, std::size_t inputs,
                    const reduction_description& formula, row_layout& layout) {
  const auto ins = operands.first(inputs);
  const auto outs = operands.subspan(inputs);
  const shape_buffer shape = common_shape(ins, outs, formula);

  std::array<bool, most_axes> is_reduced{};
  for (std::size_t i = 0; i < formula.axes.size(); ++i) {
    const auto flags = axis_flags(formula.axes[i], shape.rank);
    if (i == 0) is_reduced = flags;
    if (flags != is_reduced) {
      throw axis_error("kernel: the reductions of one formula must be along the same axes");
    }
  }
  for (std::size_t o = 0; o < outs.size(); ++o) {
    if (formula.is_reduced[o])
      expand_reduced(outs[o], shape, is_reduced, output_name(o, outs.size()));
  }
  for (std::size_t i = 0; i < operands.size(); ++i) {
    if (operands[i].is_used && operands[i].data == nullptr && !is_empty(operands[i])) {
      refuse_null(i < inputs ? input_name(i, inputs) : output_name(i - inputs, outs.size()),
                  element_count(operands[i].extents()));
    }
  }
  check_overlap(ins, outs);

  // The first full output leads the order of the loops, or else the first input.
  std::size_t primary = inputs;
  while (primary < operands.size() - 1 && formula.is_reduced[primary - inputs]) ++primary;
  if (formula.is_reduced[primary - inputs]) {
    primary = 0;
    while (primary < inputs && !operands[primary].is_used) ++primary;
  }

  loop_nest reduced;
  loop_nest& kept = layout.outer;
  layout.reduced_count = 1;
  std::size_t kept_count = 1;
  for (std::size_t o = 0; o < operands.size(); ++o) layout.data[o] = operands[o].data;
  for (std::size_t i = 0; i < shape.rank; ++i) {
    const std::size_t extent = shape.extents[i];
    (is_reduced[i] ? layout.reduced_count : kept_count) *= extent;
    if (extent == 1) continue;
    loop_nest& nest = is_reduced[i] ? reduced : kept;
    loop_axis& axis = nest.axes[nest.rank++];
    axis.extent = extent;
    for (std::size_t o = 0; o < operands.size(); ++o) {
      axis.strides[o] = stride_of(operands[o], i, shape.rank);
    }
    if (extent > 1 && axis.strides[primary] < 0) {
      for (std::size_t o = 0; o < operands.size(); ++o) {
        layout.data[o] += axis.strides[o] * (static_cast<std::ptrdiff_t>(extent) - 1);
        axis.strides[o] = -axis.strides[o];
      }
    }
  }
  if (kept_count == 0) return false;
  if (layout.reduced_count == 0) {
    if (formula.needs_elements) {
      throw axis_error(
          "kernel: shape " + print_shape(shape.span()) +
          " has no elements along the reduced axes, and nothing has no largest element");
    }
    if (std::ranges::count(formula.is_reduced, true) == 0) return false;
  }
  tidy(kept, operands.size(), primary);
  tidy(reduced, operands.size(), primary);

  const auto contiguous = [&](const loop_nest& nest) {
    int total = -1;
    if (nest.rank > 0) {
      total = 0;
      for (std::size_t o = 0; o < operands.size(); ++o) {
        const auto size = static_cast<std::ptrdiff_t>(operands[o].element_size);
        total += operands[o].is_used && nest.axes[nest.rank - 1].strides[o] == size ? 1 : 0;
      }
    }
    return total;
  };
  layout.lane.extent = 1;
  layout.lane.strides.fill(0);
  layout.inner.rank = 0;
  layout.is_across = false;
  if (formula.axes.empty()) {
    if (kept.rank > 0) remove_last(kept, layout.lane);
  } else if (layout.reduced_count == 0) {
    layout.lane.extent = 0;  // loops over other axes take at least one step
  } else if (contiguous(reduced) >= contiguous(kept)) {
    if (reduced.rank > 0) remove_last(reduced, layout.lane);
    layout.inner = reduced;
  } else {
    layout.is_across = true;
    remove_last(kept, layout.lane);
    layout.inner = reduced;
  }
  return true;
}

}  // namespace fusor::detail
