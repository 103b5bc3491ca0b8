// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <type_traits>
#include <utility>

#include "fusor/language/error.hpp"
#include "fusor/language/sentence.hpp"

namespace fusor {

namespace detail {
/// A tensor has at most as many axes.
inline constexpr std::size_t most_axes = 32;
}  // namespace detail

/// Elements in memory as a tensor: position (i, j, ...) is `data[i * strides[0] + j * strides[1] +
/// ...]`, strides counted in elements; they may be negative or 0. Owns nothing. Made by `view`.
template <class T, std::size_t Rank>
struct tensor_view {
  using element_type = T;
  static constexpr std::size_t rank = Rank;

  T* data;
  std::array<std::size_t, Rank> shape;
  std::array<std::ptrdiff_t, Rank> strides;
};

/// The rank of a view whose number of axes is known only at run time.
inline constexpr std::size_t dynamic_rank = static_cast<std::size_t>(-1);

/// A view of `axes` axes, at most `most_axes`; the rest of the arrays counts for nothing.
template <class T>
struct tensor_view<T, dynamic_rank> {
  using element_type = T;
  static constexpr std::size_t rank = dynamic_rank;

  T* data;
  std::size_t axes;
  std::array<std::size_t, detail::most_axes> shape;
  std::array<std::ptrdiff_t, detail::most_axes> strides;
};

namespace detail {

template <class T, std::size_t Rank>
constexpr std::size_t rank_of(const tensor_view<T, Rank>& view) {
  if constexpr (Rank == dynamic_rank) {
    return view.axes;
  } else {
    static_assert(Rank <= most_axes, "view: a tensor has at most 32 axes");
    return Rank;
  }
}

template <class T>
inline constexpr bool is_tensor_view = false;
template <class T, std::size_t Rank>
inline constexpr bool is_tensor_view<tensor_view<T, Rank>> = true;

inline namespace FUSOR_REFUSALS {

/// The number of elements of a shape. Throws shape_error if no memory could hold them.
inline std::size_t element_count(std::span<const std::size_t> shape) {
  std::size_t count = 1;
  bool is_empty = false;
  bool is_huge = false;
  for (const std::size_t extent : shape) {
    is_empty = is_empty || extent == 0;
    is_huge = __builtin_mul_overflow(count, extent, &count) || is_huge;
  }
  if (is_empty) return 0;
  is_huge = is_huge || count > PTRDIFF_MAX / sizeof(double);
  if (is_huge) {
    refuse_with<shape_error>(
        {"view: the shape ", shape, " has more elements than memory can hold"});
  }
  return count;
}

template <std::size_t Rank>
constexpr void take_row_major(const std::array<std::size_t, Rank>& shape,
                              std::array<std::ptrdiff_t, Rank>& strides) {
  std::size_t stride = 1;  // unsigned: of a shape without elements it may overflow
  for (std::size_t i = Rank; i-- > 0;) {
    strides[i] = static_cast<std::ptrdiff_t>(stride);
    stride *= shape[i];
  }
}

/// Refuses strides that lead out of a buffer.
inline void check_within(std::size_t size, std::span<const std::size_t> shape,
                         std::span<const std::ptrdiff_t> strides, std::size_t offset) {
  if (element_count(shape) == 0) return;
  // In steps that cannot overflow: a position beyond PTRDIFF_MAX is out of every buffer.
  constexpr std::ptrdiff_t limit = std::numeric_limits<std::ptrdiff_t>::max() / 4;
  std::ptrdiff_t lowest = 0;
  std::ptrdiff_t highest = 0;
  bool is_out = offset >= size;
  for (std::size_t i = 0; i < shape.size() && !is_out; ++i) {
    const auto steps = static_cast<std::ptrdiff_t>(shape[i]) - 1;
    if (steps == 0 || strides[i] == 0) continue;
    if (strides[i] > limit / steps || strides[i] < -limit / steps) {
      is_out = true;
      break;
    }
    (strides[i] < 0 ? lowest : highest) += strides[i] * steps;
    is_out = lowest < -limit || highest > limit;
  }
  const auto origin = static_cast<std::ptrdiff_t>(offset);
  if (is_out || origin + lowest < 0 || origin + highest >= static_cast<std::ptrdiff_t>(size)) {
    refuse_with<shape_error>({"view: the shape ", shape, " with strides ", strides,
                              " from element ", offset, " leaves the buffer of ", size,
                              " elements"});
  }
}

/// An extent or a stride of any integer type; one too large for memory stays too large.
struct whole_number {
  std::ptrdiff_t value;

  template <std::integral Integer>
  constexpr whole_number(Integer number)
      : value(std::in_range<std::ptrdiff_t>(number) ? static_cast<std::ptrdiff_t>(number)
                                                    : std::numeric_limits<std::ptrdiff_t>::max()) {}
};

// Written where they stay: an array that is returned is copied as vectors, which wait for the
// elements that were written one by one.

template <std::size_t Rank>
void take_strides(const whole_number (&numbers)[Rank], std::array<std::ptrdiff_t, Rank>& strides) {
  for (std::size_t i = 0; i < Rank; ++i) strides[i] = numbers[i].value;
}

/// Refuses a shape that cannot be one.
template <std::size_t Rank>
[[gnu::noinline, gnu::cold]] void check_shape(const whole_number (&numbers)[Rank]) {
  std::array<std::size_t, Rank> shape;
  for (std::size_t i = 0; i < Rank; ++i) {
    if (numbers[i].value < 0) {
      std::array<std::ptrdiff_t, Rank> given;
      take_strides(numbers, given);
      refuse_with<shape_error>(
          {"view: the shape ", std::span<const std::ptrdiff_t>(given), " has a negative extent"});
    }
    shape[i] = static_cast<std::size_t>(numbers[i].value);
  }
  element_count(shape);
}

/// The number of elements of a shape.
template <std::size_t Rank>
std::size_t take_shape(const whole_number (&numbers)[Rank], std::array<std::size_t, Rank>& shape) {
  // Of extents below this no shape is huge: the usual call is short.
  constexpr std::size_t limit = std::size_t{1} << 60 / std::max<std::size_t>(Rank, 1);
  std::size_t count = 1;
  bool is_small = true;
  for (std::size_t i = 0; i < Rank; ++i) {
    shape[i] = static_cast<std::size_t>(numbers[i].value);
    count *= shape[i];
    is_small = is_small && shape[i] < limit;
  }
  if (!is_small) check_shape(numbers);
  return count;
}

}  // namespace FUSOR_REFUSALS

template <class Range>
concept buffer_range = std::ranges::contiguous_range<Range> && std::ranges::sized_range<Range> &&
    std::ranges::borrowed_range<Range>;
template <class T>
concept pointer = std::is_pointer_v<std::remove_cvref_t<T>>;

}  // namespace detail

inline namespace FUSOR_REFUSALS {

/// A whole buffer (vector, span, array, ...) as a tensor of this shape, last axis contiguous:
/// `view(data, {2, 3, 4})`. The buffer must have as many elements as the shape.
///
/// Throws shape_error.
template <class Range, std::size_t Rank>
requires detail::buffer_range<Range>
auto view(Range&& data, const detail::whole_number (&shape)[Rank]) {
  tensor_view<std::remove_pointer_t<decltype(std::ranges::data(data))>, Rank> made;
  const std::size_t count = detail::take_shape(shape, made.shape);
  if (count != std::ranges::size(data)) {
    detail::refuse_with<shape_error>({"view: the shape ", std::span<const std::size_t>(made.shape),
                                      " has ", count, " elements, the buffer has ",
                                      std::ranges::size(data)});
  }
  made.data = std::ranges::data(data);
  detail::take_row_major(made.shape, made.strides);
  return made;
}

/// Elements of a buffer with any strides, counted in elements, the first position at element
/// `offset`: `view(data, {3, 2}, {1, 3})` is the transpose of a matrix of 2 rows and 3 columns,
/// `view(data, {n}, {-1}, n - 1)` its elements backwards.
///
/// Throws shape_error if a position lies outside the buffer.
template <class Range, std::size_t Rank>
requires detail::buffer_range<Range>
auto view(Range&& data, const detail::whole_number (&shape)[Rank],
          const detail::whole_number (&strides)[Rank], std::size_t offset = 0) {
  tensor_view<std::remove_pointer_t<decltype(std::ranges::data(data))>, Rank> made;
  const std::size_t count = detail::take_shape(shape, made.shape);
  detail::take_strides(strides, made.strides);
  detail::check_within(std::ranges::size(data), made.shape, made.strides, offset);
  made.data = std::ranges::data(data) + (count == 0 ? 0 : offset);
  return made;
}

/// The same from a pointer to the first position; that all positions are in memory is for the
/// caller to know.
template <detail::pointer Pointer, std::size_t Rank>
auto view(Pointer&& data, const detail::whole_number (&shape)[Rank]) {
  tensor_view<std::remove_pointer_t<std::remove_cvref_t<Pointer>>, Rank> made;
  made.data = data;
  detail::take_shape(shape, made.shape);
  detail::take_row_major(made.shape, made.strides);
  return made;
}
template <detail::pointer Pointer, std::size_t Rank>
auto view(Pointer&& data, const detail::whole_number (&shape)[Rank],
          const detail::whole_number (&strides)[Rank]) {
  tensor_view<std::remove_pointer_t<std::remove_cvref_t<Pointer>>, Rank> made;
  made.data = data;
  detail::take_shape(shape, made.shape);
  detail::take_strides(strides, made.strides);
  return made;
}

}  // namespace FUSOR_REFUSALS
}  // namespace fusor

#include "fusor/end.hpp"
