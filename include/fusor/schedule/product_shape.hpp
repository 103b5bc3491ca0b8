// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

#include "fusor/language/packed.hpp"
#include "fusor/language/sentence.hpp"
#include "fusor/schedule/operand.hpp"
#include "fusor/schedule/shape.hpp"
#include "fusor/schedule/tuning.hpp"

/// Products of matrices: their shapes, and the parts of them that are computed at a time.
namespace fusor::detail {

/// Elements of so many bytes in a cache line. (Not by a division, which takes as long as ten
/// columns of a short row.)
constexpr std::size_t elements_per_line(std::size_t size) {
  return size == sizeof(float) ? columns_per_line<float> : columns_per_line<double>;
}

/// Rows and columns of a product that are computed at a time, before what stands around it.
struct product_schedule {
  std::size_t rows;
  std::size_t columns;

  bool is_whole(std::size_t all_rows, std::size_t all_columns) const {
    return rows >= all_rows && columns >= all_columns;
  }
};

/// `size` is that of an element; `is_element_wise`: what stands around the product takes any part
/// of a row.
inline product_schedule choose_product(std::size_t rows, std::size_t columns, std::size_t size,
                                       bool is_element_wise) {
  const std::size_t line = elements_per_line(size);
  const std::size_t width = whole_lines(columns, line);
  if (rows * width * size <= bytes_per_product) return {rows, columns};
  const std::size_t taken = is_element_wise ? std::min(columns, lines_per_panel * line) : columns;
  const std::size_t fitting = bytes_per_product / (whole_lines(taken, line) * size);
  const std::size_t tiles = std::clamp<std::size_t>(fitting / rows_of_product_tile, 1,
                                                    most_rows_per_product / rows_of_product_tile);
  return {std::min(rows, tiles * rows_of_product_tile), taken};
}

/// The shapes of a product: left (..., m, k) or (k), right (..., k, n), result (..., m, n) or
/// (..., n).
struct product_shape {
  shape_buffer right;
  shape_buffer result;
  std::size_t rows = 1;
  std::size_t depth = 0;
  std::size_t columns = 0;
};

inline namespace FUSOR_REFUSALS {

/// Throws shape_error where the shapes do not fit.
inline product_shape shape_of_product(std::span<const std::size_t> left,
                                      std::span<const std::size_t> right) {
  product_shape made;
  const bool has_axes =
      !left.empty() && right.size() >= 2 && (left.size() > 1 || right.size() == 2);
  if (!has_axes || left.back() != right[right.size() - 2]) {
    refuse_with<shape_error>({"kernel: matmul of shapes ", left, " and ", right,
                              has_axes ? ": the last axis of the first and the last but one of the "
                                         "second must have the same extent"
                                       : ": the second needs two axes, or more if the first has "
                                         "two or more"});
  }
  made.depth = left.back();
  made.columns = right.back();
  made.right.rank = right.size();
  for (std::size_t i = 0; i < right.size(); ++i) made.right.extents[i] = right[i];
  const auto before = [](std::span<const std::size_t> shape) {
    return shape.first(shape.size() < 2 ? 0 : shape.size() - 2);
  };
  const bool are_batches = left.size() > 2 || right.size() > 2;
  if (are_batches &&
      (!broadcast_into(made.result, before(left)) || !broadcast_into(made.result, before(right)))) {
    refuse_with<shape_error>({"kernel: matmul of shapes ", left, " and ", right,
                              ": the axes before the last two do not broadcast"});
  }
  const auto append = [&made](std::size_t extent) {
    if (made.result.rank == most_axes) {
      refuse_with<shape_error>({"kernel: matmul: a tensor has at most 32 axes"});
    }
    made.result.extents[made.result.rank++] = extent;
  };
  if (left.size() > 1) {
    made.rows = left[left.size() - 2];
    append(made.rows);
  }
  append(made.columns);
  return made;
}

/// The number of matrices in a tensor of this shape.
inline std::size_t matrix_count(std::span<const std::size_t> shape) {
  std::size_t count = 1;
  for (std::size_t i = 0; i + 2 < shape.size(); ++i) count *= shape[i];
  return count;
}

}  // namespace FUSOR_REFUSALS

/// Rows and columns of one of the matrices of a tensor.
struct matrix_part {
  std::size_t matrix;  // of those of the whole shape
  std::size_t first_row;
  std::size_t rows;
  std::size_t first_column;
  std::size_t columns;
};

/// The bytes from the first element of an operand to that of a matrix of a tensor of shape `all`,
/// to which it broadcasts; of shape (..., n) to the row.
inline std::ptrdiff_t matrix_offset(const tensor_operand& operand, const shape_buffer& all,
                                    std::size_t matrix) {
  std::ptrdiff_t offset = 0;
  for (std::size_t axis = all.rank < 2 ? 0 : all.rank - 2; axis-- > 0;) {
    offset += static_cast<std::ptrdiff_t>(matrix % all.extents[axis]) *
              stride_of(operand, axis, all.rank);
    matrix /= all.extents[axis];
  }
  return offset;
}

/// A part of an operand that broadcasts to the shape `all`. `part` has room for two axes.
inline void take_part(const tensor_operand& whole, const shape_buffer& all, const matrix_part& of,
                      tensor_operand& part) {
  part.data = whole.data;
  part.element_size = whole.element_size;
  part.is_used = whole.is_used;
  part.is_plain = false;
  part.rank = 0;
  if (!whole.is_used) return;
  std::ptrdiff_t offset = matrix_offset(whole, all, of.matrix);
  part.rank = std::min<std::size_t>({whole.rank, all.rank, 2});
  const std::size_t first[] = {of.first_row, of.first_column};
  const std::size_t extents[] = {of.rows, of.columns};
  for (std::size_t i = 0; i < part.rank; ++i) {  // from the last axis
    const std::size_t own = whole.rank - 1 - i;
    const std::size_t to = part.rank - 1 - i;
    // Of a half as many as it is taken of.
    const bool is_all = first[1 - i] == 0 && extents[1 - i] == all.extents[all.rank - 1 - i];
    part.shape[to] = is_all || whole.shape[own] == 1 ? whole.shape[own] : extents[1 - i];
    part.strides[to] = whole.strides[own];
    offset +=
        static_cast<std::ptrdiff_t>(first[1 - i]) * stride_of(whole, all.rank - 1 - i, all.rank);
  }
  part.data += offset;
}

/// The bytes from row to row of what is computed: whole cache lines.
inline std::size_t bytes_of_row(std::size_t columns, std::size_t size) {
  return whole_lines(columns * size, panel_alignment);
}

/// The shape of a part of a tensor of so many axes.
inline shape_buffer shape_of_part(const matrix_part& part, std::size_t rank) {
  shape_buffer shape;
  if (rank > 1) shape.extents[shape.rank++] = part.rows;
  shape.extents[shape.rank++] = part.columns;
  return shape;
}

/// Becomes a tensor of this shape whose rows begin at multiples of `pitch` bytes.
template <class Element>
void take_rows(tensor_operand& operand, const shape_buffer& shape, const void* elements,
               std::size_t pitch) {
  operand.take_scalar(static_cast<const Element*>(elements));
  operand.rank = shape.rank;
  std::size_t stride = 1;
  for (std::size_t i = shape.rank; i-- > 0;) {
    operand.shape[i] = shape.extents[i];
    operand.strides[i] = static_cast<std::ptrdiff_t>(stride);
    stride = i + 1 == shape.rank ? pitch / sizeof(Element) : stride * shape.extents[i];
  }
}

}  // namespace fusor::detail
