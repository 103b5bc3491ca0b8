// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

/// The operands of a call on tensors, and whether two of them share memory.
namespace fusor::detail {

inline constexpr std::size_t most_axes = 32;

/// One operand of a call on tensors: an input, a half of one, an output, or a number.
struct tensor_operand {
  const char* data = nullptr;
  std::size_t element_size = 0;
  std::size_t rank = 0;
  std::array<std::size_t, most_axes> shape;
  std::array<std::ptrdiff_t, most_axes> strides;  // in elements
  bool is_used = true;                            // whether memory of it is read; a number is not
  bool is_plain = true;  // a range or a pointer with a count: its one axis does not broadcast

  std::span<const std::size_t> extents() const {
    return {shape.data(), rank};
  }
};

inline bool is_empty(const tensor_operand& operand) {
  return std::ranges::count(operand.extents(), std::size_t{0}) != 0;
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

/// Whether two operands are the same elements in the same order.
inline bool is_same_tensor(const tensor_operand& a, const tensor_operand& b) {
  if (a.data != b.data || a.element_size != b.element_size) return false;
  // Axes of extent 1 do not count, nor do their strides.
  std::size_t j = 0;
  for (std::size_t i = 0; i < a.rank; ++i) {
    if (a.shape[i] == 1) continue;
    while (j < b.rank && b.shape[j] == 1) ++j;
    if (j == b.rank || a.shape[i] != b.shape[j] || a.strides[i] != b.strides[j]) return false;
    ++j;
  }
  while (j < b.rank && b.shape[j] == 1) ++j;
  return j == b.rank;
}

/// Whether two tensors of interleaved memory share an element, as the columns of one matrix do not:
/// looks for indices whose offsets are equal. Gives up, and says yes, after a number of steps.
class overlap_search {
 public:
  overlap_search(const tensor_operand& a, const tensor_operand& b) {
    add(a, 1);
    add(b, -1);
    std::sort(terms_.begin(), terms_.begin() + count_,
              [](const term& p, const term& q) { return p.step > q.step; });
    slack_ = static_cast<std::ptrdiff_t>(std::max(a.element_size, b.element_size)) - 1;
    const auto distance = static_cast<std::ptrdiff_t>(reinterpret_cast<std::uintptr_t>(b.data) -
                                                      reinterpret_cast<std::uintptr_t>(a.data));
    found_ = find(0, distance + base_);
  }
  bool found() const {
    return found_;
  }

 private:
  struct term {
    std::ptrdiff_t step;  // positive
    std::ptrdiff_t most;  // taken 0 to this many times
  };

  // Sum of i * stride: a negative step is a positive one counted from the other end.
  void add(const tensor_operand& operand, std::ptrdiff_t sign) {
    for (std::size_t i = 0; i < operand.rank; ++i) {
      const auto most = static_cast<std::ptrdiff_t>(operand.shape[i]) - 1;
      const auto step =
          sign * operand.strides[i] * static_cast<std::ptrdiff_t>(operand.element_size);
      if (most == 0 || step == 0) continue;
      if (step < 0) base_ -= step * most;
      terms_[count_++] = {step < 0 ? -step : step, most};
    }
  }

  // Whether the terms from `at` on can add up to `wanted`, give or take the size of an element.
  bool find(std::size_t at, std::ptrdiff_t wanted) {
    std::ptrdiff_t reach = 0;
    for (std::size_t i = at; i < count_; ++i) reach += terms_[i].step * terms_[i].most;
    if (wanted < -slack_ || wanted > reach + slack_) return false;
    if (at == count_ || ++steps_ > 20000) return true;
    const auto [step, most] = terms_[at];
    const std::ptrdiff_t rest = reach - step * most;
    const std::ptrdiff_t first =
        std::max<std::ptrdiff_t>(0, (wanted - rest - slack_ + step - 1) / step);
    const std::ptrdiff_t last = std::min(most, (wanted + slack_) / step);
    for (std::ptrdiff_t times = first; times <= last; ++times) {
      if (find(at + 1, wanted - times * step)) return true;
    }
    return false;
  }

  std::array<term, 2 * most_axes> terms_;
  std::size_t count_ = 0;
  std::ptrdiff_t base_ = 0;
  std::ptrdiff_t slack_ = 0;
  std::size_t steps_ = 0;
  bool found_ = false;
};

inline bool is_overlapping(const tensor_operand& a, const tensor_operand& b) {
  const byte_range first = range_of(a);
  const byte_range second = range_of(b);
  if (first.begin >= second.end || second.begin >= first.end) return false;
  return overlap_search(a, b).found();
}

}  // namespace fusor::detail
