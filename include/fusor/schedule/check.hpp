// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "fusor/schedule/arrays.hpp"
#include "fusor/schedule/loop_nest.hpp"
#include "fusor/schedule/shape.hpp"

/// What is wrong with a call on tensors is refused here, before anything is written.
namespace fusor::detail {
inline namespace FUSOR_REFUSALS {

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
  bool may_lack_axes = false;       // see row_signature.hpp
  std::span<const bool> read_late;  // for each slot: whether outputs that are not reduced read it
  std::uint32_t row_inputs = 0;     // a bit for each slot that has one element for each row

  bool is_row_input(std::size_t slot) const {
    return (row_inputs >> slot & 1) != 0;
  }

  operand_name name(std::size_t slot) const {
    return input_name(slots[slot].input, inputs, slots[slot].part);
  }
};

[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_shapes(
    const operand_name& name, const tensor_operand& operand, const operand_name& other,
    std::span<const std::size_t> shape) {
  if (operand.rank == 1 && shape.size() == 1) refuse_count(other, shape[0], name, operand.shape[0]);
  refuse_with<shape_error>({"kernel: ", name, " has shape ", operand.extents(),
                            ", which does not broadcast to ", shape, " of ", other});
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
    } else if (!is_same_shape(shape.span(), outputs[o].extents())) {
      refuse_shapes(output_name(o, outputs.size()), outputs[o], output_name(0, outputs.size()),
                    shape.span());
    }
  }
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (!inputs[i].is_used || formula.is_row_input(i)) continue;
    shape_buffer broadcast = shape;
    const bool fits = broadcast_into(broadcast, inputs[i].extents());
    const bool grows = !is_same_shape(broadcast.span(), shape.span());
    if (!fits || (is_given && grows) ||
        (inputs[i].is_plain && !is_same_shape(broadcast.span(), inputs[i].extents()))) {
      refuse_shapes(formula.name(i), inputs[i],
                    is_given ? output_name(0, outputs.size()) : operand_name{"the other inputs"},
                    shape.span());
    }
    shape = broadcast;
  }
  return shape;
}

/// Gives a reduced output, or an input that has one element for each row, the axes that it lacks,
/// with extent 1. It may have them already.
inline void expand_reduced(tensor_operand& output, const reduced_shapes& shapes,
                           const std::array<bool, most_axes>& is_reduced, const operand_name& name,
                           const char* has = ", the reduced formula has shape ") {
  if (!shapes.has(output)) {
    refuse_with<shape_error>(
        {"kernel: ", name, " has shape ", output.extents(), has, shapes.kept.span()});
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

/// Whether outputs that have the reduced axes as a rule lack them, as all do that they read. (Cold:
/// compiled for size, usual calls do not get here.)
[[gnu::cold]] inline bool lacks_axes(std::span<const tensor_operand> inputs,
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
    lacks = lacks || !is_same_shape(output.extents(), shape.span());
  }
  if (!lacks) return false;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (!inputs[i].is_used || !formula.read_late[i]) continue;
    shape_buffer broadcast = shapes.expanded;
    if (!broadcast_into(broadcast, inputs[i].extents()) ||
        !is_same_shape(broadcast.span(), shapes.expanded.span())) {
      return false;
    }
  }
  return true;
}

/// Whether an output and an input are the same elements, and each is read at the position of the
/// loops at which it is written and at no other.
inline bool is_in_place(const tensor_operand& output, const tensor_operand& input,
                        const shape_buffer& shape) {
  if (!is_same_memory(output, input)) return false;
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
    const operand_name name = output_name(o, outputs.size());
    for (std::size_t i = 0; i < outputs[o].rank; ++i) {
      if (outputs[o].strides[i] == 0 && outputs[o].shape[i] > 1 && !is_empty(outputs[o])) {
        refuse_with<overlap_error>({"kernel: ", name, " has stride 0 along axis ", i,
                                    "; every position needs an element of its own"});
      }
    }
    if (is_overlapping_itself(outputs[o])) {
      refuse_with<overlap_error>(
          {"kernel: ", name, ", of shape ", outputs[o].extents(), " and strides ",
           std::span<const std::ptrdiff_t>(outputs[o].strides, outputs[o].rank),
           ", overlaps itself; every position needs an element of its own"});
    }
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (!inputs[i].is_used) continue;
      const bool is_early = is_reduced[o] && reads_later;
      if (!is_early && is_in_place(outputs[o], inputs[i], shape)) continue;
      if (!is_overlapping(outputs[o], inputs[i])) continue;
      const bool is_same = is_same_memory(outputs[o], inputs[i]);
      refuse_overlap(name, formula.name(i),
                     is_same ? "it would be written before it was read for the last time; pass "
                               "memory apart from it"
                             : "pass the same memory to work in place, or memory apart from it");
    }
    for (std::size_t other = 0; other < o; ++other) {
      if (is_overlapping(outputs[o], outputs[other])) {
        refuse_overlap(name, output_name(other, outputs.size()),
                       "every output needs memory of its own");
      }
    }
  }
}

}  // namespace FUSOR_REFUSALS
}  // namespace fusor::detail
