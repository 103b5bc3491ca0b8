// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <utility>

#include "fusor/schedule/check.hpp"
#include "fusor/schedule/contiguous_rows.hpp"
#include "fusor/schedule/tuning.hpp"

/// From the shapes and strides of a call to the loops over its memory.
namespace fusor::detail {
inline namespace FUSOR_REFUSALS {

inline void remove_last(loop_nest& nest, loop_axis& last) {
  last = nest.axes[--nest.rank];
}

/// Whether the lanes of vectors lie along a reduced axis: whether at least as many of the elements
/// read and written are neighbours in memory along the innermost of those loops as along the
/// innermost of the others. The inputs, which come first, count twice: they are read for the
/// reductions and for the outputs. softmax of the transpose of 1024 rows of 1024 (Zen 5): 3.0
/// -> 1.0 ns an element.
inline bool lies_along_rows(std::span<const tensor_operand> operands, std::size_t inputs,
                            const loop_nest& reduced, const loop_nest& kept) {
  if (kept.rank == 0 || reduced.rank == 0) return kept.rank == 0;
  double more = 0;
  for (std::size_t o = 0; o < operands.size(); ++o) {
    if (!operands[o].is_used) continue;
    const auto size = static_cast<std::ptrdiff_t>(operands[o].element_size);
    const bool is_along = reduced.axes[reduced.rank - 1].strides[o] == size;
    const bool is_across = kept.axes[kept.rank - 1].strides[o] == size;
    if (is_along == is_across) continue;
    double elements = is_along ? 1 : -1;
    if (o < inputs) elements *= 2;
    for (const loop_nest* const each : {&reduced, &kept}) {
      for (std::size_t i = 0; i < each->rank; ++i) {
        if (each->axes[i].strides[o] != 0) elements *= static_cast<double>(each->axes[i].extent);
      }
    }
    more += elements;
  }
  return more >= 0;
}

/// Whether an element-wise formula takes rows as lanes: rows that are much shorter than a vector,
/// of which there are many, and that are not one array, nor one in which a bias repeats. Where
/// memory lies along them, also those of a few elements more.
inline bool are_lanes(std::span<const tensor_operand> operands, const loop_axis& rows,
                      const loop_axis& row) {
  if (rows.extent < least_lanes || !is_short_row(row.extent, 1, least_turned_row_bytes))
    return false;
  std::size_t along = 0, across = 0, largest = 1;
  bool is_one_array = true;
  for (std::size_t o = 0; o < operands.size(); ++o) {
    if (!operands[o].is_used) continue;
    const auto size = static_cast<std::ptrdiff_t>(operands[o].element_size);
    const std::ptrdiff_t follows = size * static_cast<std::ptrdiff_t>(row.extent);
    const bool is_along = row.strides[o] == size;
    is_one_array = is_one_array && is_along && (rows.strides[o] == follows || rows.strides[o] == 0);
    along += is_along ? 1 : 0;
    across += rows.strides[o] == size ? 1 : 0;
    largest = std::max(largest, operands[o].element_size);
  }
  return !is_one_array && is_short_row(row.extent, largest,
                                       across >= along ? least_turned_row_bytes : least_row_bytes);
}

/// The loops of a call, after everything that can be wrong with it was refused. False if there is
/// nothing to do. `operands` are the inputs, then the outputs; `strides` is where the loops keep
/// theirs: room for one axis more than any operand has, and for each axis one for every operand.
inline bool arrange(std::span<tensor_operand> operands, std::size_t inputs,
                    const reduction_description& formula, row_layout& layout,
                    std::ptrdiff_t* strides) {
  if (contiguous_rows(operands, inputs, formula).arrange(layout, strides)) return true;
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
      refuse_with<axis_error>(
          {"kernel: the reductions of one formula must be along the same axes"});
    }
  }
  const reduced_shapes shapes(shape, is_reduced);
  for (std::size_t o = 0; o < outs.size(); ++o) {
    if (lacks[o]) expand_reduced(outs[o], shapes, is_reduced, output_name(o, outs.size()));
  }
  for (std::size_t i = 0; i < ins.size(); ++i) {
    if (!ins[i].is_used || !formula.is_row_input(i)) continue;
    expand_reduced(ins[i], shapes, is_reduced, formula.name(i),
                   ", one element for each row has shape ");
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
      refuse_with<axis_error>(
          {"kernel: shape ", shape.span(),
           ": the reduced axes are empty; the maximum of no elements is undefined"});
    }
    if (std::ranges::count(reduced_outputs, true) == 0) return false;
  }
  coalesce(kept, operands.size(), primary);
  coalesce(reduced, operands.size(), primary);

  layout.lane = {1, strides};
  std::fill_n(strides, operands.size(), std::ptrdiff_t{0});
  layout.inner.rank = 0;
  layout.is_across = false;
  if (formula.axes.empty()) {
    if (kept.rank > 0) remove_last(kept, layout.lane);
    if (kept.rank > 0 && are_lanes(operands, kept.axes[kept.rank - 1], layout.lane)) {
      std::swap(kept.axes[kept.rank - 1], layout.lane);
    }
  } else if (layout.reduced_count == 0) {
    layout.lane.extent = 0;  // loops over other axes take at least one step
  } else if (lies_along_rows(operands, inputs, reduced, kept)) {
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
