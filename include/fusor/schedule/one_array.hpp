// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <span>

#include "fusor/schedule/operand.hpp"

namespace fusor::detail {

/// Whether all arrays of a call have one shape, but for axes of one element before it, and are
/// contiguous, so that an element-wise formula needs one loop: `count` is the number of elements
/// then, not 0. What is to be refused is none; it is looked at once more, and has its sentence
/// there.
inline bool is_one_array(std::span<const tensor_operand> operands, std::size_t inputs,
                         std::size_t& count) {
  const tensor_operand& output = operands[inputs];
  count = 1;
  for (std::size_t i = output.rank; i-- > 0;) {
    if (output.shape[i] != 1 && output.strides[i] != static_cast<std::ptrdiff_t>(count))
      return false;
    count *= output.shape[i];
  }
  if (count == 0) return false;
  for (std::size_t o = 0; o < operands.size(); ++o) {
    const tensor_operand& other = operands[o];
    if (!other.is_used) continue;
    if (other.data == nullptr || other.rank > output.rank) return false;
    const std::size_t missing = output.rank - other.rank;
    if (missing > 0 && (o >= inputs || other.is_plain)) return false;
    for (std::size_t i = 0; i < missing; ++i) {
      if (output.shape[i] != 1) return false;
    }
    for (std::size_t i = 0; i < other.rank; ++i) {
      if (other.shape[i] != output.shape[missing + i] ||
          (other.shape[i] != 1 && other.strides[i] != output.strides[missing + i])) {
        return false;
      }
    }
    const std::size_t outputs_before = o < inputs ? operands.size() : o;
    for (std::size_t p = inputs; p < outputs_before; ++p) {
      const bool is_in_place = o < inputs && is_same_memory(other, operands[p]);
      if (!is_in_place && is_overlapping(other, operands[p])) return false;
    }
  }
  return true;
}

}  // namespace fusor::detail
