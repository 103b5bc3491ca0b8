// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

#include "fusor/schedule/check.hpp"
#include "fusor/schedule/tuning.hpp"

/// The loops of the usual call: contiguous tensors of one shape, whose last axis is the row.
namespace fusor::detail {

/// Whether rows are shorter than so many bytes, in the type that is computed in.
inline bool is_short_row(std::size_t extent, std::size_t element_size, std::size_t bytes) {
  return extent * std::max(element_size, sizeof(float)) < bytes;
}

/// From tensors whose rows are contiguous, and lie at one stride, to loops over them. What is
/// refused or unusual it leaves alone, and says false: `arrange` looks at it once more. What it
/// takes has the loops that `arrange` finds.
class contiguous_rows {
 public:
  contiguous_rows(std::span<const tensor_operand> operands, std::size_t inputs,
                  const reduction_description& formula)
      : operands_(operands), inputs_(inputs), formula_(formula) {}

  /// `strides` is the room of `arrange`.
  [[gnu::noinline]] bool arrange(row_layout& layout, std::ptrdiff_t* strides) {
    if (!find_leader() || !are_along_rows()) return false;
    std::ptrdiff_t* const outer = strides;
    std::ptrdiff_t* const lane = strides + operands_.size();
    bool are_rows = false;  // or else all can be one row
    std::size_t scalars = 0;
    for (std::size_t o = 0; o < operands_.size(); ++o) {
      const tensor_operand& operand = operands_[o];
      layout.data[o] = operand.data;
      outer[o] = 0;
      lane[o] = 0;
      if (!operand.is_used) continue;
      if (operand.data == nullptr) return false;
      const auto size = static_cast<std::ptrdiff_t>(operand.element_size);
      if (lacks_row(o)) {
        const std::size_t last = leader_->rank - 1;
        if (operand.rank != last && (operand.rank != last + 1 || operand.shape[last] != 1)) {
          return false;
        }
        outer[o] = size * stride_of_rows(operand, 1);
        if (outer[o] == 0) return false;
        if (o >= inputs_) ++scalars;
      } else {
        const auto extent = static_cast<std::ptrdiff_t>(extent_);
        const bool has_rows = operand.rank == leader_->rank && has_row(operand);
        const std::ptrdiff_t stride = has_rows ? stride_of_rows(operand, extent) : 0;
        const bool is_one = stride < extent;
        if (is_one && (o >= inputs_ || !is_one_row(operand))) return false;
        lane[o] = size;
        if (!is_one) outer[o] = size * stride;
        are_rows = are_rows || stride != extent;
      }
      if (o >= inputs_ && is_overlapping(o, outer, lane)) return false;
    }
    // It is one array, or rows may be lanes.
    if (formula_.axes.empty() &&
        (!are_rows || is_short_row(extent_, leader_->element_size, least_row_bytes))) {
      return false;
    }
    // More outputs of one element for each row may decide which loop is innermost.
    if (scalars > 2) return false;
    layout.outer.rank = rows_ > 1 ? 1 : 0;
    layout.outer.axes[0] = {rows_, outer};
    layout.inner.rank = 0;
    layout.lane = {extent_, lane};
    layout.reduced_count = formula_.axes.empty() ? 1 : extent_;
    layout.is_across = false;
    layout.writes_once = false;
    return true;
  }

 private:
  bool lacks_row(std::size_t operand) const {
    return operand >= inputs_ ? formula_.is_reduced[operand - inputs_]
                              : formula_.is_row_input(operand);
  }

  /// The operand whose shape the loops have: the first output, or, if that has one element for each
  /// row, the first input.
  bool find_leader() {
    leader_ = &operands_[lacks_row(inputs_) ? 0 : inputs_];
    if (lacks_row(inputs_) && lacks_row(0)) return false;
    if (!leader_->is_used || leader_->rank == 0) return false;
    extent_ = leader_->shape[leader_->rank - 1];
    for (std::size_t i = 0; i + 1 < leader_->rank; ++i) rows_ *= leader_->shape[i];
    return extent_ > 1 && rows_ > 0;
  }

  /// Whether all reductions are along the last axis.
  bool are_along_rows() const {
    const int last = static_cast<int>(leader_->rank) - 1;
    for (const std::span<const int> axes : formula_.axes) {
      if (axes.empty() ? last != 0 : axes.size() > 1 || (axes[0] != -1 && axes[0] != last)) {
        return false;
      }
    }
    return true;
  }

  /// From row to row, in elements: one stride along the axes before the last one, which are those
  /// of the leader. Else 0. `usual` is that of a single row.
  [[gnu::noinline]] std::ptrdiff_t stride_of_rows(const tensor_operand& operand,
                                                  std::ptrdiff_t usual) const {
    std::ptrdiff_t stride = 0;
    std::ptrdiff_t next = 0;
    for (std::size_t i = leader_->rank - 1; i-- > 0;) {
      const std::size_t extent = operand.shape[i];
      if (extent != leader_->shape[i]) return 0;
      if (extent == 1) continue;
      if (stride == 0) stride = next = operand.strides[i];
      if (operand.strides[i] != next || next <= 0) return 0;
      next *= static_cast<std::ptrdiff_t>(extent);
    }
    return stride == 0 ? usual : stride;
  }

  /// Whether the last axis of an operand is that of the leader.
  bool has_row(const tensor_operand& operand) const {
    return operand.shape[operand.rank - 1] == extent_ && operand.strides[operand.rank - 1] == 1;
  }

  /// Whether an operand has the elements of one row, for all rows.
  bool is_one_row(const tensor_operand& operand) const {
    if (operand.is_plain || operand.rank == 0 || operand.rank > leader_->rank) return false;
    for (std::size_t i = 0; i + 1 < operand.rank; ++i) {
      if (operand.shape[i] != 1) return false;
    }
    return has_row(operand);
  }

  /// Whether an output shares memory with an operand before it, and is not in place.
  bool is_overlapping(std::size_t o, const std::ptrdiff_t* outer,
                      const std::ptrdiff_t* lane) const {
    const auto end = [&](std::size_t of) {
      return operands_[of].data + operands_[of].element_size +
             outer[of] * static_cast<std::ptrdiff_t>(rows_ - 1) +
             lane[of] * static_cast<std::ptrdiff_t>(extent_ - 1);
    };
    const tensor_operand& output = operands_[o];
    for (std::size_t p = 0; p < o; ++p) {
      const tensor_operand& other = operands_[p];
      if (!other.is_used || output.data >= end(p) || other.data >= end(o)) continue;
      if (p >= inputs_ || !is_same_memory(output, other) || outer[p] != outer[o] ||
          lane[p] != lane[o]) {
        return true;
      }
    }
    return false;
  }

  std::span<const tensor_operand> operands_;
  std::size_t inputs_;
  const reduction_description& formula_;
  const tensor_operand* leader_ = nullptr;
  std::size_t rows_ = 1;
  std::size_t extent_ = 0;
};

}  // namespace fusor::detail
