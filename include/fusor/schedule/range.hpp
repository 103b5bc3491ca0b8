// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>

#include "fusor/language/sentence.hpp"

/// The operands of a call as memory, and what is refused about them before anything is written.
namespace fusor::detail {
inline namespace FUSOR_REFUSALS {

/// An operand of a call: `count` elements of `element_size` bytes, or one number for all positions.
struct operand_view {
  const void* data = nullptr;
  std::size_t count = 0;
  std::size_t element_size = 0;
  bool is_number = false;
};

inline bool is_same_memory(const operand_view& a, const operand_view& b) {
  return a.data == b.data && a.element_size == b.element_size;
}

inline bool is_overlapping(const operand_view& a, const operand_view& b) {
  const auto a_begin = reinterpret_cast<std::uintptr_t>(a.data);
  const auto b_begin = reinterpret_cast<std::uintptr_t>(b.data);
  return a_begin < b_begin + b.count * b.element_size &&
         b_begin < a_begin + a.count * a.element_size;
}

// The refusals are functions of their own, so that a call that is right builds no text.

[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_count(const operand_name& name,
                                                                std::size_t count,
                                                                const operand_name& other,
                                                                std::size_t other_count) {
  refuse_with<shape_error>(
      {"kernel: ", name, " has ", count, " elements, ", other, " has ", other_count});
}

[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_null(const operand_name& name,
                                                               std::size_t count) {
  refuse_with<shape_error>({"kernel: ", name, " is null, with a count of ", count});
}

[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_overlap(const operand_name& name,
                                                                  const operand_name& other,
                                                                  const char* remedy) {
  refuse_with<overlap_error>({"kernel: ", name, " overlaps ", other, "; ", remedy});
}

inline bool is_missing(const operand_view& operand) {
  return operand.data == nullptr && operand.count != 0;
}

/// Refuses lengths that differ, null, and memory that overlaps without being the same.
inline void check_operands(std::span<const operand_view> inputs,
                           std::span<const operand_view> outputs) {
  const std::size_t count = outputs[0].count;
  for (std::size_t o = 0; o < outputs.size(); ++o) {
    if (outputs[o].count != count) {
      refuse_count(output_name(0, outputs.size()), count, output_name(o, outputs.size()),
                   outputs[o].count);
    }
  }
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (!inputs[i].is_number && inputs[i].count != count) {
      refuse_count(output_name(0, outputs.size()), count, input_name(i, inputs.size()),
                   inputs[i].count);
    }
  }
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (is_missing(inputs[i])) refuse_null(input_name(i, inputs.size()), inputs[i].count);
  }
  for (std::size_t o = 0; o < outputs.size(); ++o) {
    if (is_missing(outputs[o])) refuse_null(output_name(o, outputs.size()), count);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (!inputs[i].is_number && !is_same_memory(outputs[o], inputs[i]) &&
          is_overlapping(outputs[o], inputs[i])) {
        refuse_overlap(output_name(o, outputs.size()), input_name(i, inputs.size()),
                       "pass the same memory to work in place, or memory apart from it");
      }
    }
    for (std::size_t other = 0; other < o; ++other) {
      if (is_overlapping(outputs[o], outputs[other])) {
        refuse_overlap(output_name(o, outputs.size()), output_name(other, outputs.size()),
                       "every output needs memory of its own");
      }
    }
  }
}

[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_number(const sentence_part& count) {
  refuse_with<shape_error>(
      {"kernel: the count is ", count, ", it must be a number of elements that memory can hold"});
}

[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_short_range(const operand_name& name,
                                                                      std::size_t size,
                                                                      std::size_t needed,
                                                                      std::size_t count) {
  if (needed == count) {
    refuse_with<shape_error>(
        {"kernel: the count is ", count, ", ", name, " has ", size, " elements"});
  }
  refuse_with<shape_error>({"kernel: the count is ", count, ", which takes ", needed,
                            " elements of ", name, "; ", name, " has ", size});
}

/// More elements than this are in no memory.
inline constexpr std::size_t most_elements = PTRDIFF_MAX / sizeof(double);

/// A count as std::size_t: refused if it is negative or more elements than memory can hold.
template <class Integer>
std::size_t checked_count(Integer count) {
  if (count < 0 || static_cast<std::uint64_t>(count) > most_elements) {
    refuse_number(count);
  }
  return static_cast<std::size_t>(count);
}

}  // namespace FUSOR_REFUSALS
}  // namespace fusor::detail
