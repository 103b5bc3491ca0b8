// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include "fusor/language/sentence.hpp"
#include "fusor/schedule/operand.hpp"

/// Shapes, and the axes of them.
namespace fusor::detail {
inline namespace FUSOR_REFUSALS {

/// The axis of a tensor of this rank, from 0; negative axes count from the last.
inline std::size_t axis_of(int axis, std::size_t rank) {
  const auto signed_rank = static_cast<std::ptrdiff_t>(rank);
  if (axis < -signed_rank || axis >= signed_rank) {
    refuse_with<axis_error>(
        {"kernel: axis ", axis, " is out of range for ", rank, rank == 1 ? " axis" : " axes"});
  }
  return static_cast<std::size_t>(axis < 0 ? axis + signed_rank : axis);
}

/// The axes of a list as flags. None listed: all.
[[gnu::noinline]] inline std::array<bool, most_axes> axis_flags(std::span<const int> axes,
                                                                std::size_t rank) {
  std::array<bool, most_axes> flags{};
  for (const int axis : axes) {
    bool& flag = flags[axis_of(axis, rank)];
    if (flag) refuse_with<axis_error>({"kernel: axis ", axis, " is listed twice"});
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
    refuse_with<axis_error>({"kernel: axis ", axis, " of shape ", operand.extents(),
                             " cannot be halved, its extent must be even"});
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

/// Whether two shapes are the same. Not by std::ranges::equal: it reads the extents as one piece of
/// memory, and waits for those that have just been written one by one.
inline bool is_same_shape(std::span<const std::size_t> a, std::span<const std::size_t> b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

/// Broadcasts a shape into another one by NumPy's rules; false if they do not fit.
[[gnu::noinline]] inline bool broadcast_into(shape_buffer& shape,
                                             std::span<const std::size_t> other) {
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
    return is_same_shape(output.extents(), expanded.span()) ||
           is_same_shape(output.extents(), kept.span());
  }
};

/// The stride in bytes along axis `axis` of `rank`, 0 where the operand is broadcast.
inline std::ptrdiff_t stride_of(const tensor_operand& operand, std::size_t axis, std::size_t rank) {
  if (!operand.is_used || axis + operand.rank < rank) return 0;
  const std::size_t own = axis + operand.rank - rank;
  if (operand.shape[own] == 1) return 0;
  return operand.strides[own] * static_cast<std::ptrdiff_t>(operand.element_size);
}

}  // namespace FUSOR_REFUSALS
}  // namespace fusor::detail
