// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>

#include "fusor/language/error.hpp"
#include "fusor/language/view.hpp"
#include "fusor/schedule/operand.hpp"
#include "fusor/schedule/range.hpp"

/// From the shapes and strides of a call to the loops over its memory.
namespace fusor::detail {
inline namespace FUSOR_REFUSALS {

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
    refuse<axis_error>("kernel: axis " + std::to_string(axis) + " is out of range for " +
                       std::to_string(rank) + (rank == 1 ? " axis" : " axes"));
  }
  return static_cast<std::size_t>(axis < 0 ? axis + signed_rank : axis);
}

/// The axes of a list as flags. None listed: all.
inline std::array<bool, most_axes> axis_flags(std::span<const int> axes, std::size_t rank) {
  std::array<bool, most_axes> flags{};
  for (const int axis : axes) {
    bool& flag = flags[axis_of(axis, rank)];
    if (flag) refuse<axis_error>("kernel: axis " + std::to_string(axis) + " is listed twice");
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
    refuse<axis_error>("kernel: axis " + std::to_string(axis) + " of shape " +
                       print_shape(operand.extents()) +
                       " cannot be halved, its extent must be even");
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
  std::array<std::size_t, most_axes> extents;

  shape_buffer() = default;
  shape_buffer(const shape_buffer& other) {
    *this = other;
  }
  /// Copies the extents that are there: all would take as long as a short row.
  shape_buffer& operator=(const shape_buffer& other) {
    rank = other.rank;
    std::copy_n(other.extents.begin(), rank, extents.begin());
    return *this;
  }

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

/// What an operand is called: an input, or the part of it that a formula takes.
struct slot_part {
  std::size_t input;
  const char* part;
};

/// What arrange needs to know of a formula.
struct reduction_description {
  std::span<const std::span<const int>> axes;  // of each reduction; none: element-wise
  std::span<const bool> is_reduced;            // for each output: whether it lacks the reduced axes
  bool needs_elements;  // whether it has a reduction that an empty axis lacks
  std::span<const slot_part> slots;
  std::size_t inputs;               // of the formula as written
  bool may_lack_axes = false;       // see row_plan.hpp
  std::span<const bool> read_late;  // for each slot: whether outputs that are not reduced read it

  std::string name(std::size_t slot) const {
    return slots[slot].part + input_name(slots[slot].input, inputs);
  }
};

[[noreturn, gnu::cold]] inline void refuse_shapes(const std::string& name,
                                                  const tensor_operand& operand,
                                                  const std::string& other,
                                                  std::span<const std::size_t> shape) {
  if (operand.rank == 1 && shape.size() == 1) refuse_count(other, shape[0], name, operand.shape[0]);
  refuse<shape_error>("kernel: " + name + " has shape " + print_shape(operand.extents()) +
                      ", which does not broadcast to " + print_shape(shape) + " of " + other);
}

/// The shape of the loops: that of the outputs, or, where these are all reduced, what the inputs
/// broadcast to.
inline shape_buffer common_shape(std::span<const tensor_operand> inputs,
                                 std::span<const tensor_operand> outputs,
                                 const reduction_description& formula,
                                 std::span<const bool> is_reduced) {
  shape_buffer shape;
  bool is_given = false;
  for (std::size_t o = 0; o < outputs.size(); ++o) {
    if (is_reduced[o]) continue;
    if (!is_given) {
      broadcast_into(shape, outputs[o].extents());
      is_given = true;
    } else if (!std::ranges::equal(shape.span(), outputs[o].extents())) {
      refuse_shapes(output_name(o, outputs.size()), outputs[o], "output 1", shape.span());
    }
  }
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (!inputs[i].is_used) continue;
    shape_buffer broadcast = shape;
    const bool fits = broadcast_into(broadcast, inputs[i].extents());
    const bool grows = !std::ranges::equal(broadcast.span(), shape.span());
    if (!fits || (is_given && grows)) {
      refuse_shapes(formula.name(i), inputs[i],
                    is_given ? output_name(0, outputs.size()) : "the other inputs", shape.span());
    }
    if (inputs[i].is_plain && !std::ranges::equal(broadcast.span(), inputs[i].extents())) {
      refuse_shapes(formula.name(i), inputs[i],
                    is_given ? output_name(0, outputs.size()) : "the other inputs", shape.span());
    }
    shape = broadcast;
  }
  return shape;
}

/// A shape without the reduced axes, and with extent 1 along them.
struct reduced_shapes {
  shape_buffer kept;
  shape_buffer expanded;

  reduced_shapes(const shape_buffer& shape, const std::array<bool, most_axes>& is_reduced)
      : expanded(shape) {
    for (std::size_t i = 0; i < shape.rank; ++i) {
      if (is_reduced[i]) {
        expanded.extents[i] = 1;
      } else {
        kept.extents[kept.rank++] = shape.extents[i];
      }
    }
  }

  bool has(const tensor_operand& output) const {
    return std::ranges::equal(output.extents(), expanded.span()) ||
           std::ranges::equal(output.extents(), kept.span());
  }
};

/// Gives a reduced output the axes that it lacks, with extent 1. It may have them already.
inline void expand_reduced(tensor_operand& output, const reduced_shapes& shapes,
                           const std::array<bool, most_axes>& is_reduced, const std::string& name) {
  if (!shapes.has(output)) {
    refuse<shape_error>("kernel: " + name + " has shape " + print_shape(output.extents()) +
                        ", the reduced formula has shape " + print_shape(shapes.kept.span()));
  }
  const std::size_t rank = shapes.expanded.rank;
  if (output.rank == rank) return;
  std::size_t own = shapes.kept.rank;
  for (std::size_t i = rank; i-- > 0;) {  // backwards: no stride is overwritten unread
    output.strides[i] = is_reduced[i] ? 0 : output.strides[--own];
    output.shape[i] = shapes.expanded.extents[i];
  }
  output.rank = rank;
}

/// Whether outputs that have the reduced axes as a rule lack them, as all do that they read.
inline bool lacks_axes(std::span<const tensor_operand> inputs,
                       std::span<const tensor_operand> outputs,
                       const reduction_description& formula) {
  shape_buffer shape;
  for (const tensor_operand& input : inputs) {
    if (input.is_used && !broadcast_into(shape, input.extents())) return false;
  }
  const auto is_reduced = axis_flags(formula.axes[0], shape.rank);
  const reduced_shapes shapes(shape, is_reduced);
  bool lacks = false;
  for (const tensor_operand& output : outputs) {
    if (!shapes.has(output)) return false;
    lacks = lacks || !std::ranges::equal(output.extents(), shape.span());
  }
  if (!lacks) return false;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (!inputs[i].is_used || !formula.read_late[i]) continue;
    shape_buffer broadcast = shapes.expanded;
    if (!broadcast_into(broadcast, inputs[i].extents()) ||
        !std::ranges::equal(broadcast.span(), shapes.expanded.span())) {
      return false;
    }
  }
  return true;
}

/// Whether an output and an input are the same elements, and each is read at the position of the
/// loops at which it is written and at no other.
inline bool is_in_place(const tensor_operand& output, const tensor_operand& input,
                        const shape_buffer& shape) {
  if (output.data != input.data || output.element_size != input.element_size) return false;
  for (std::size_t i = 0; i < shape.rank; ++i) {
    if (shape.extents[i] > 1 &&
        stride_of(output, i, shape.rank) != stride_of(input, i, shape.rank)) {
      return false;
    }
  }
  return true;
}

/// Refuses outputs that overlap an input without being in place, or each other, or themselves. An
/// output that lacks the reduced axes is written as soon as its row has been reduced; outputs that
/// have them read the inputs of that row later.
inline void check_overlap(std::span<const tensor_operand> inputs,
                          std::span<const tensor_operand> outputs,
                          const reduction_description& formula, std::span<const bool> is_reduced,
                          const shape_buffer& shape) {
  const bool reads_later = std::ranges::count(is_reduced, false) != 0;
  for (std::size_t o = 0; o < outputs.size(); ++o) {
    const auto name = [&] { return output_name(o, outputs.size()); };  // when it is needed
    for (std::size_t i = 0; i < outputs[o].rank; ++i) {
      if (outputs[o].strides[i] == 0 && outputs[o].shape[i] > 1 && !is_empty(outputs[o])) {
        refuse<overlap_error>("kernel: " + name() + " has stride 0 along axis " +
                              std::to_string(i) + "; every position needs an element of its own");
      }
    }
    if (is_overlapping_itself(outputs[o])) {
      refuse<overlap_error>("kernel: " + name() + ", of shape " +
                            print_shape(outputs[o].extents()) + " and strides " +
                            print_shape(std::span(outputs[o].strides, outputs[o].rank)) +
                            ", overlaps itself; every position needs an element of its own");
    }
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (!inputs[i].is_used) continue;
      const bool is_early = is_reduced[o] && reads_later;
      if (!is_early && is_in_place(outputs[o], inputs[i], shape)) continue;
      if (!is_overlapping(outputs[o], inputs[i])) continue;
      const bool is_same =
          outputs[o].data == inputs[i].data && outputs[o].element_size == inputs[i].element_size;
      refuse_overlap(name(), formula.name(i),
                     is_same ? "it would be written before it was read for the last time; pass "
                               "memory apart from it"
                             : "pass the same memory to work in place, or memory apart from it");
    }
    for (std::size_t other = 0; other < o; ++other) {
      if (is_overlapping(outputs[o], outputs[other])) {
        refuse_overlap(name(), output_name(other, outputs.size()),
                       "every output needs memory of its own");
      }
    }
  }
}

inline void remove_last(loop_nest& nest, loop_axis& last) {
  last = nest.axes[--nest.rank];
}

/// The elements read and written that are neighbours in memory along the innermost loop of a nest;
/// -1 if it has no loop. `others` are the other loops of the call.
inline double contiguous_elements(std::span<const tensor_operand> operands, const loop_nest& nest,
                                  const loop_nest& others) {
  if (nest.rank == 0) return -1;
  double total = 0;
  for (std::size_t o = 0; o < operands.size(); ++o) {
    const auto size = static_cast<std::ptrdiff_t>(operands[o].element_size);
    if (!operands[o].is_used || nest.axes[nest.rank - 1].strides[o] != size) continue;
    double elements = 1;
    for (const loop_nest* const each : {&nest, &others}) {
      for (std::size_t i = 0; i < each->rank; ++i) {
        if (each->axes[i].strides[o] != 0) elements *= static_cast<double>(each->axes[i].extent);
      }
    }
    total += elements;
  }
  return total;
}

/// The loops of a call, after everything that can be wrong with it was refused. False if there is
/// nothing to do. `operands` are the inputs, then the outputs; `strides` is where the loops keep
/// theirs: room for one axis more than any operand has, and for each axis one for every operand.
inline bool arrange(std::span<tensor_operand> operands, std::size_t inputs,
                    const reduction_description& formula, row_layout& layout,
                    std::ptrdiff_t* strides) {
  const auto ins = operands.first(inputs);
  const auto outs = operands.subspan(inputs);
  layout.writes_once = formula.may_lack_axes && lacks_axes(ins, outs, formula);
  std::array<bool, most_operands> lacks{};  // for each output: whether it lacks the reduced axes
  for (std::size_t o = 0; o < outs.size(); ++o) {
    lacks[o] = formula.is_reduced[o] || layout.writes_once;
  }
  const std::span<const bool> reduced_outputs(lacks.data(), outs.size());
  const shape_buffer shape = common_shape(ins, outs, formula, reduced_outputs);

  std::array<bool, most_axes> is_reduced{};
  for (std::size_t i = 0; i < formula.axes.size(); ++i) {
    const auto flags = axis_flags(formula.axes[i], shape.rank);
    if (i == 0) is_reduced = flags;
    if (flags != is_reduced) {
      refuse<axis_error>("kernel: the reductions of one formula must be along the same axes");
    }
  }
  const reduced_shapes shapes(shape, is_reduced);
  for (std::size_t o = 0; o < outs.size(); ++o) {
    if (lacks[o]) expand_reduced(outs[o], shapes, is_reduced, output_name(o, outs.size()));
  }
  for (std::size_t i = 0; i < operands.size(); ++i) {
    if (operands[i].is_used && operands[i].data == nullptr && !is_empty(operands[i])) {
      refuse_null(i < inputs ? formula.name(i) : output_name(i - inputs, outs.size()),
                  element_count(operands[i].extents()));
    }
  }
  check_overlap(ins, outs, formula, reduced_outputs, shape);

  // The first full output leads the order of the loops, or else the first input.
  std::size_t primary = inputs;
  while (primary < operands.size() - 1 && lacks[primary - inputs]) ++primary;
  if (lacks[primary - inputs]) {
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
    axis = {extent, strides};
    strides += operands.size();
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
      refuse<axis_error>("kernel: shape " + print_shape(shape.span()) +
                         ": the reduced axes are empty; the maximum of no elements is undefined");
    }
    if (std::ranges::count(reduced_outputs, true) == 0) return false;
  }
  tidy(kept, operands.size(), primary);
  tidy(reduced, operands.size(), primary);

  layout.lane = {1, strides};
  std::fill_n(strides, operands.size(), std::ptrdiff_t{0});
  layout.inner.rank = 0;
  layout.is_across = false;
  if (formula.axes.empty()) {
    if (kept.rank > 0) remove_last(kept, layout.lane);
  } else if (layout.reduced_count == 0) {
    layout.lane.extent = 0;  // loops over other axes take at least one step
  } else if (contiguous_elements(operands, reduced, kept) >=
             contiguous_elements(operands, kept, reduced)) {
    if (reduced.rank > 0) remove_last(reduced, layout.lane);
    layout.inner = reduced;
  } else {
    layout.is_across = true;
    remove_last(kept, layout.lane);
    layout.inner = reduced;
  }
  return true;
}

}  // namespace FUSOR_REFUSALS
}  // namespace fusor::detail
