// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "fusor/language/view.hpp"

/// The operands of a call on tensors, and whether two of them share memory.
namespace fusor::detail {

/// One operand of a call: an input, a half of one, an output, or a number. Its axes are in the
/// memory of the call, where there is room for as many as any operand of the call has.
struct tensor_operand {
  const char* data = nullptr;
  std::size_t element_size = 0;
  std::size_t rank = 0;
  std::size_t* shape = nullptr;
  std::ptrdiff_t* strides = nullptr;  // in elements
  bool is_used = true;                // whether memory of it is read; a number is not
  bool is_plain = true;  // a range or a pointer with a count: its one axis does not broadcast

  std::span<const std::size_t> extents() const {
    return {shape, rank};
  }
  /// Becomes an array of `count` elements.
  template <class Element>
  void take_array(const Element* array, std::size_t count) {
    data = reinterpret_cast<const char*>(array);
    element_size = sizeof(Element);
    rank = 1;
    shape[0] = count;
    strides[0] = 1;
  }
  /// Becomes a number, of the type that is computed in.
  void take_number(const void* number) {
    data = static_cast<const char*>(number);
    is_used = false;
  }
  /// Becomes a tensor without axes.
  template <class Element>
  void take_scalar(const Element* number) {
    data = reinterpret_cast<const char*>(number);
    element_size = sizeof(Element);
    is_used = true;
    is_plain = false;
  }
  /// Becomes a matrix whose elements are in an order of their own.
  template <class Element>
  void take_packed(const Element* elements, std::size_t rows, std::size_t columns) {
    data = reinterpret_cast<const char*>(elements);
    element_size = sizeof(Element);
    rank = 2;
    is_plain = false;
    shape[0] = rows;
    shape[1] = columns;
    strides[0] = strides[1] = 0;
  }
  template <class Element, std::size_t Rank>
  void take_view(const tensor_view<Element, Rank>& view) {
    data = reinterpret_cast<const char*>(view.data);
    element_size = sizeof(Element);
    rank = rank_of(view);
    is_plain = false;
    for (std::size_t i = 0; i < rank; ++i) {
      shape[i] = view.shape[i];
      strides[i] = view.strides[i];
    }
  }
};

/// The elements of a pointer: as many as the count of the call says.
inline constexpr std::size_t any_count = static_cast<std::size_t>(-1);

/// The count that ends a call.
struct call_count {
  std::size_t value = 0;
  bool is_given = false;
  bool is_negative = false;
};

/// The axes of operands of a call, on the stack of the caller: a call on a small stack (threads
/// that process audio, fibers) pays for the axes that it has, not for those that it might have.
template <std::size_t Operands, std::size_t Axes>
struct operand_axes {
  std::size_t shapes[Operands][Axes];
  std::ptrdiff_t strides[Operands][Axes];

  /// Gives an operand the room of its number.
  void give(std::size_t number, tensor_operand& operand) {
    operand.shape = shapes[number];
    operand.strides = strides[number];
  }
};

inline bool is_empty(const tensor_operand& operand) {
  return std::ranges::count(operand.extents(), std::size_t{0}) != 0;
}

/// Whether two operands begin with the same element.
inline bool is_same_memory(const tensor_operand& a, const tensor_operand& b) {
  return a.data == b.data && a.element_size == b.element_size;
}

/// The memory an operand touches: from its lowest to behind its highest byte.
struct byte_range {
  std::uintptr_t begin;
  std::uintptr_t end;
};

inline byte_range range_of(const tensor_operand& operand) {
  std::ptrdiff_t lowest = 0;
  std::ptrdiff_t highest = 1;
  for (std::size_t i = 0; i < operand.rank; ++i) {
    if (operand.shape[i] == 0) return {0, 0};
    (operand.strides[i] < 0 ? lowest : highest) +=
        operand.strides[i] * (static_cast<std::ptrdiff_t>(operand.shape[i]) - 1);
  }
  const auto size = static_cast<std::ptrdiff_t>(operand.element_size);
  const auto origin = reinterpret_cast<std::uintptr_t>(operand.data);
  return {origin + static_cast<std::uintptr_t>(lowest * size),
          origin + static_cast<std::uintptr_t>(highest * size)};
}

/// Whether two tensors of interleaved memory share a byte, as the columns of one matrix do not:
/// looks for indices whose offsets are less than an element apart. Gives up, and says yes, after a
/// number of steps.
class overlap_search {
 public:
  /// Of two tensors.
  [[gnu::cold, gnu::noinline]] overlap_search(const tensor_operand& a, const tensor_operand& b) {
    add(a, 1);
    add(b, -1);
    // Element a begins less than its size before element b, or b less than its size before a.
    before_ = static_cast<std::ptrdiff_t>(a.element_size) - 1;
    after_ = static_cast<std::ptrdiff_t>(b.element_size) - 1;
    const auto distance = static_cast<std::ptrdiff_t>(reinterpret_cast<std::uintptr_t>(b.data) -
                                                      reinterpret_cast<std::uintptr_t>(a.data));
    search(distance);
  }

  /// Of the positions of one tensor: whether two of them share a byte. One of them has the larger
  /// index along an axis, and the same indices along all axes before that.
  [[gnu::cold, gnu::noinline]] explicit overlap_search(const tensor_operand& a) {
    before_ = after_ = static_cast<std::ptrdiff_t>(a.element_size) - 1;
    for (std::size_t i = 0; i < a.rank && !found_; ++i) {
      const auto most = static_cast<std::ptrdiff_t>(a.shape[i]) - 1;
      if (most < 1) continue;
      count_ = 0;
      base_ = 0;
      const std::ptrdiff_t step = a.strides[i] * static_cast<std::ptrdiff_t>(a.element_size);
      add(step, most - 1);  // once, and so many times more
      for (std::size_t j = i + 1; j < a.rank; ++j) {
        const std::ptrdiff_t other = a.strides[j] * static_cast<std::ptrdiff_t>(a.element_size);
        add(other, static_cast<std::ptrdiff_t>(a.shape[j]) - 1);
        add(-other, static_cast<std::ptrdiff_t>(a.shape[j]) - 1);
      }
      search(-step);
    }
  }

  bool found() const {
    return found_;
  }

 private:
  struct term {
    std::ptrdiff_t step;  // positive
    std::ptrdiff_t most;  // taken 0 to this many times
  };

  void add(const tensor_operand& operand, std::ptrdiff_t sign) {
    for (std::size_t i = 0; i < operand.rank; ++i) {
      add(sign * operand.strides[i] * static_cast<std::ptrdiff_t>(operand.element_size),
          static_cast<std::ptrdiff_t>(operand.shape[i]) - 1);
    }
  }

  // Sum of i * step: a negative step is a positive one counted from the other end.
  void add(std::ptrdiff_t step, std::ptrdiff_t most) {
    if (most == 0 || step == 0) return;
    if (step < 0) base_ -= step * most;
    terms_[count_++] = {step < 0 ? -step : step, most};
  }

  void search(std::ptrdiff_t wanted) {
    // A few terms, the largest steps first: sorted by hand, std::sort takes longer to compile.
    for (std::size_t i = 1; i < count_; ++i) {
      for (std::size_t at = i; at > 0 && terms_[at].step > terms_[at - 1].step; --at) {
        std::swap(terms_[at], terms_[at - 1]);
      }
    }
    found_ = find(0, wanted + base_);
  }

  // Whether the terms from `at` on can add up to a number from wanted - before_ to wanted + after_.
  [[gnu::noinline]] bool find(std::size_t at, std::ptrdiff_t wanted) {
    std::ptrdiff_t reach = 0;
    for (std::size_t i = at; i < count_; ++i) reach += terms_[i].step * terms_[i].most;
    if (wanted < -after_ || wanted > reach + before_) return false;
    if (at == count_ || ++steps_ > 20000) return true;
    const auto [step, most] = terms_[at];
    const std::ptrdiff_t rest = reach - step * most;
    const std::ptrdiff_t first =
        std::max<std::ptrdiff_t>(0, (wanted - rest - before_ + step - 1) / step);
    const std::ptrdiff_t last = std::min(most, (wanted + after_) / step);
    for (std::ptrdiff_t times = first; times <= last; ++times) {
      if (find(at + 1, wanted - times * step)) return true;
    }
    return false;
  }

  std::array<term, 2 * most_axes> terms_;
  std::size_t count_ = 0;
  std::ptrdiff_t base_ = 0;
  std::ptrdiff_t before_ = 0;
  std::ptrdiff_t after_ = 0;
  std::size_t steps_ = 0;
  bool found_ = false;
};

[[gnu::noinline]] inline bool is_overlapping(const tensor_operand& a, const tensor_operand& b) {
  const byte_range first = range_of(a);
  const byte_range second = range_of(b);
  if (first.begin >= second.end || second.begin >= first.end) return false;
  return overlap_search(a, b).found();
}

/// Whether two positions of a tensor share memory. Where every stride is more than what the smaller
/// ones reach together, none do; other strides are searched.
inline bool is_overlapping_itself(const tensor_operand& a) {
  if (is_empty(a)) return false;
  const auto size = [&a](std::size_t i) { return a.strides[i] < 0 ? -a.strides[i] : a.strides[i]; };
  for (std::size_t i = 0; i < a.rank; ++i) {
    if (a.shape[i] == 1) continue;
    std::ptrdiff_t reach = 0;
    for (std::size_t j = 0; j < a.rank; ++j) {
      if (size(j) < size(i) || (size(j) == size(i) && j < i)) {
        reach += size(j) * (static_cast<std::ptrdiff_t>(a.shape[j]) - 1);
      }
    }
    if (size(i) <= reach) return overlap_search(a).found();
  }
  return false;
}

}  // namespace fusor::detail
