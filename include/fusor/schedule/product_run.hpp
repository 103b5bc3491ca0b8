// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>

#include "fusor/schedule/product_loops.hpp"
#include "fusor/schedule/product_shape.hpp"
#include "fusor/schedule/scratch.hpp"

/// Products of matrices: from operands, wherever they are, to the loops.
namespace fusor::detail {

/// One product of a call: from its operands, wherever they are, to the blocks that the loops take.
class product_run {
 public:
  /// Computes rows of a left operand that is a formula, from `to` on, `pitch` bytes from row to
  /// row.
  using left_rows = void (*)(const void* context, const matrix_part& part, char* to,
                             std::size_t pitch);

  /// The operands are those of `prepare` and later.
  product_run(const product_loops& loops, const product_shape& shape, const tensor_operand& left,
              const tensor_operand& right)
      : loops_(loops), shape_(shape), left_(left), right_(right) {}

  void compute_left_by(left_rows rows, const void* context) {
    rows_ = rows;
    context_ = context;
  }

  /// Packs the right operand, unless it is, or so few rows are multiplied with it that they take it
  /// as it is.
  void prepare(bool is_packed) {
    const std::size_t rows = shape_.rows * matrix_count(shape_.result.span());
    const std::size_t depth = shape_.depth;
    const std::size_t columns = shape_.columns;
    const std::size_t line = elements_per_line(loops_.size);
    if (is_packed) {
      panels_ = right_.data;
      return;
    }
    const std::ptrdiff_t column_stride = stride(right_, 1);
    const std::ptrdiff_t row_stride = stride(right_, 2);
    const std::size_t matrices = matrix_count(shape_.right.span());
    // The whole cache lines of rows of neighbours are read where they are.
    const bool are_neighbours = loops_.right.is_computed && row_stride != 0 &&
                                column_stride == static_cast<std::ptrdiff_t>(loops_.size);
    direct_ = are_neighbours && rows <= most_rows_unpacked * matrices ? columns & ~(line - 1) : 0;
    if (direct_ == columns) return;
    const std::size_t packed_columns = columns - direct_;
    matrix_bytes_ = depth * whole_lines(packed_columns, line) * loops_.size;
    char* to = packed_.take(matrices * matrix_bytes_);
    panels_ = to;
    for (std::size_t m = 0; m < matrices; ++m) {
      const char* const matrix = right_.data + matrix_offset(right_, shape_.right, m);
      for (std::size_t first = direct_; first < columns; first += lines_per_panel * line) {
        const std::size_t count = std::min(columns - first, lines_per_panel * line);
        const std::size_t pitch = whole_lines(count, line) * loops_.size;
        if (pitch != count * loops_.size) std::fill_n(to, depth * pitch, '\0');
        loops_.right.load(to, pitch, matrix + static_cast<std::ptrdiff_t>(first) * column_stride,
                          row_stride, column_stride, depth, count, false);
        to += depth * pitch;
      }
    }
  }

  /// The rows of the left operand that a part of the product needs, in `room` where they are not
  /// read where they are.
  template <class Room>
  void take_left(const matrix_part& part, Room& room, product_block& block) const {
    if (rows_ == nullptr) {
      const char* const first = left_.data + matrix_offset(left_, shape_.result, part.matrix) +
                                static_cast<std::ptrdiff_t>(part.first_row) * stride(left_, 2);
      const std::ptrdiff_t column_stride = stride(left_, 1);
      block.left_stride = stride(left_, 2);
      block.left = first;
      if (loops_.left.is_computed &&
          (column_stride == static_cast<std::ptrdiff_t>(loops_.size) || shape_.depth <= 1)) {
        return;
      }
      const std::size_t pitch = bytes_of_row(shape_.depth, loops_.size);
      char* const to = room.take(part.rows * pitch);
      loops_.left.load(to, pitch, first, block.left_stride, column_stride, part.rows, shape_.depth,
                       false);
      block.left = to;
      block.left_stride = static_cast<std::ptrdiff_t>(pitch);
      return;
    }
    const std::size_t pitch = bytes_of_row(shape_.depth, loops_.size);
    char* const to = room.take(part.rows * pitch);
    rows_(context_, {part.matrix, part.first_row, part.rows, 0, shape_.depth}, to, pitch);
    block.left = to;
    block.left_stride = static_cast<std::ptrdiff_t>(pitch);
  }

  /// The bytes from row to row of a part of so many columns that is computed into memory of its
  /// own: its rows follow each other where they are computed one by one from first to last, so that
  /// what one writes behind its end is overwritten by the next; or else they take whole cache
  /// lines. `room_behind` bytes more may be written behind the last row.
  std::size_t pitch(std::size_t columns) const {
    const std::size_t padded = bytes_of_row(columns, loops_.size);
    return direct_ == 0 && is_one_strip(padded, loops_.vector, loops_.strip) ? columns * loops_.size
                                                                             : padded;
  }
  static constexpr std::size_t room_behind = lines_per_panel * panel_alignment;

  /// Multiplies rows that `take_left` took with columns from a multiple of those of a panel on.
  void multiply(const matrix_part& part, product_block block, char* out,
                std::size_t out_pitch) const {
    const std::size_t line = elements_per_line(loops_.size);
    block.rows = part.rows;
    block.depth = shape_.depth;
    block.out = out;
    block.out_stride = out_pitch;
    const std::size_t end = part.first_column + part.columns;
    std::size_t first = part.first_column;
    if (first < direct_) {
      block.right =
          right_.data + matrix_offset(right_, shape_.result, part.matrix) + first * loops_.size;
      block.right_step = stride(right_, 2);
      block.columns = std::min(end, direct_) - first;
      loops_.multiply(block);
      block.out += block.columns * loops_.size;
      first += block.columns;
    }
    if (first >= end) return;
    block.right = panels_ + matrix_bytes_ * right_matrix(part.matrix) +
                  (first - direct_) * shape_.depth * loops_.size;
    block.right_step = 0;
    block.columns = whole_lines(end - first, line);
    loops_.multiply(block);
  }

  const product_shape& shape() const {
    return shape_;
  }

 private:
  /// The bytes from element to element along the last axis but `back - 1`.
  static std::ptrdiff_t stride(const tensor_operand& operand, std::size_t back) {
    return operand.rank < back ? 0 : stride_of(operand, operand.rank - back, operand.rank);
  }

  /// Which of the matrices of the right operand belongs to a matrix of the result.
  std::size_t right_matrix(std::size_t matrix) const {
    std::size_t number = 0;
    std::size_t each = 1;
    const std::size_t rank = shape_.right.rank;
    const std::size_t axes = shape_.result.rank < 2 ? 0 : shape_.result.rank - 2;
    for (std::size_t i = 1; i <= axes && i + 2 <= rank; ++i) {  // from the last of them
      const std::size_t index = matrix % shape_.result.extents[axes - i];
      matrix /= shape_.result.extents[axes - i];
      const std::size_t extent = shape_.right.extents[rank - 2 - i];
      if (extent != 1) number += index * each;
      each *= extent;
    }
    return number;
  }

  const product_loops& loops_;
  product_shape shape_;
  const tensor_operand& left_;
  const tensor_operand& right_;
  left_rows rows_ = nullptr;
  const void* context_ = nullptr;
  std::size_t direct_ = 0;  // columns of the right operand that are read where they are
  const char* panels_ = nullptr;
  std::size_t matrix_bytes_ = 0;  // of a packed matrix
  scratch<0> packed_;
};

}  // namespace fusor::detail
