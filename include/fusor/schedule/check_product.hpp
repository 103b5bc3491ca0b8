// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <span>

#include "fusor/schedule/arrays.hpp"
#include "fusor/schedule/shape.hpp"

/// What is wrong with a call of a formula with products is refused here, but for what its kernels
/// refuse.
namespace fusor::detail {
inline namespace FUSOR_REFUSALS {

/// Refuses a matrix that is not there, and one that an output overlaps: its elements are read until
/// the last one has been written.
inline void check_multiplied(std::span<const tensor_operand> operands, std::size_t inputs,
                             std::size_t input) {
  const tensor_operand& matrix = operands[input];
  const std::size_t outputs = operands.size() - inputs;
  if (!matrix.is_used) return;
  if (matrix.data == nullptr && !is_empty(matrix)) {
    refuse_null(input_name(input, inputs), element_count(matrix.extents()));
  }
  for (std::size_t o = 0; o < outputs; ++o) {
    if (is_overlapping(operands[inputs + o], matrix)) {
      refuse_overlap(output_name(o, outputs), input_name(input, inputs),
                     "a matrix that is multiplied needs memory apart from it");
    }
  }
}

/// Whether an operand broadcasts to a shape of rows, whatever the extent of its last axis.
inline bool has_rows(const shape_buffer& shape, const tensor_operand& operand, bool broadcasts) {
  if (!operand.is_used || operand.rank == 0) return broadcasts;
  shape_buffer rows = shape;
  --rows.rank;
  const std::span<const std::size_t> own = operand.extents().first(operand.rank - 1);
  if (!broadcasts) return is_same_shape(rows.span(), own);
  shape_buffer both = rows;
  return broadcast_into(both, own) && is_same_shape(both.span(), rows.span());
}

}  // namespace FUSOR_REFUSALS
}  // namespace fusor::detail
