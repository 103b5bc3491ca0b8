// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <span>

#include "fusor/schedule/check.hpp"

/// The loops of the usual call: contiguous tensors of one shape, whose last axis is the row.
namespace fusor::detail {

inline bool is_contiguous(const tensor_operand& operand) {
  std::size_t count = 1;
  for (std::size_t i = operand.rank; i-- > 0;) {
    if (operand.shape[i] != 1 && operand.strides[i] != static_cast<std::ptrdiff_t>(count)) {
      return false;
    }
    count *= operand.shape[i];
  }
  return true;
}

/// From contiguous tensors to loops over rows. What is refused or unusual it leaves alone, and says
/// false: `arrange` looks at it once more. What it takes has the loops that `arrange` finds.
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
    std::size_t repeated = 0;
    for (std::size_t o = 0; o < operands_.size(); ++o) {
      const tensor_operand& operand = operands_[o];
      layout.data[o] = operand.data;
      outer[o] = 0;
      lane[o] = 0;
      if (!operand.is_used) continue;
      if (operand.data == nullptr) return false;
      const auto size = static_cast<std::ptrdiff_t>(operand.element_size);
      if (lacks_row(o)) {
        if (!is_scalar_of_rows(operand)) return false;
        outer[o] = size;
      } else if (is_like_leader(operand)) {
        lane[o] = size;
        outer[o] = size * static_cast<std::ptrdiff_t>(extent_);
      } else {
        if (o >= inputs_ || !is_one_row(operand)) return false;
        lane[o] = size;
        ++repeated;
      }
      if (o >= inputs_ && is_overlapping(o, outer)) return false;
    }
    if (formula_.axes.empty() && repeated == 0) return false;  // it is one array
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
    return operand >= inputs_ && formula_.is_reduced[operand - inputs_];
  }

  /// The operand whose shape the loops have: the first output that has rows, or else the input of
  /// the most axes.
  bool find_leader() {
    std::size_t first = inputs_;
    while (first < operands_.size() && lacks_row(first)) ++first;
    // With more outputs of one element for each row, these may decide which loop is innermost.
    if (first > inputs_ + 2) return false;
    if (first < operands_.size()) leader_ = &operands_[first];
    for (std::size_t i = 0; i < inputs_ && first == operands_.size(); ++i) {
      const tensor_operand& input = operands_[i];
      if (input.is_used && (leader_ == nullptr || input.rank > leader_->rank)) leader_ = &input;
    }
    if (leader_ == nullptr || leader_->rank == 0 || !is_contiguous(*leader_)) return false;
    const std::size_t rank = leader_->rank;
    extent_ = leader_->shape[rank - 1];
    for (std::size_t i = 0; i + 1 < rank; ++i) rows_ *= leader_->shape[i];
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

  bool is_like_leader(const tensor_operand& operand) const {
    if (operand.rank != leader_->rank) return false;
    for (std::size_t i = 0; i < operand.rank; ++i) {
      if (operand.shape[i] != leader_->shape[i] ||
          (operand.shape[i] != 1 && operand.strides[i] != leader_->strides[i])) {
        return false;
      }
    }
    return true;
  }

  /// Whether an operand has the elements of one row, for all rows.
  bool is_one_row(const tensor_operand& operand) const {
    const std::size_t rank = operand.rank;
    if (operand.is_plain || rank == 0 || rank > leader_->rank) return false;
    for (std::size_t i = 0; i + 1 < rank; ++i) {
      if (operand.shape[i] != 1) return false;
    }
    return operand.shape[rank - 1] == extent_ && operand.strides[rank - 1] == 1;
  }

  /// Whether an operand has one element for each row.
  bool is_scalar_of_rows(const tensor_operand& operand) const {
    const std::size_t axes = leader_->rank - 1;
    const bool is_expanded = operand.rank == axes + 1 && operand.shape[axes] == 1;
    if (!is_expanded && operand.rank != axes) return false;
    for (std::size_t i = 0; i < axes; ++i) {
      if (operand.shape[i] != leader_->shape[i]) return false;
    }
    return is_contiguous(operand);
  }

  /// Whether an output shares memory with an operand before it, and is not in place.
  bool is_overlapping(std::size_t o, const std::ptrdiff_t* outer) const {
    const auto end = [&](std::size_t of) {
      const std::ptrdiff_t row = static_cast<std::ptrdiff_t>(extent_ * operands_[of].element_size);
      return operands_[of].data + (outer[of] == 0 ? row : outer[of] * signed_rows());
    };
    const tensor_operand& output = operands_[o];
    for (std::size_t p = 0; p < o; ++p) {
      const tensor_operand& other = operands_[p];
      if (!other.is_used || output.data >= end(p) || other.data >= end(o)) continue;
      if (p >= inputs_ || !is_same_memory(output, other) || outer[p] != outer[o]) return true;
    }
    return false;
  }
  std::ptrdiff_t signed_rows() const {
    return static_cast<std::ptrdiff_t>(rows_);
  }

  std::span<const tensor_operand> operands_;
  std::size_t inputs_;
  const reduction_description& formula_;
  const tensor_operand* leader_ = nullptr;
  std::size_t rows_ = 1;
  std::size_t extent_ = 0;
};

}  // namespace fusor::detail
