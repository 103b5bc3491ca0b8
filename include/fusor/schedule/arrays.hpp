// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "fusor/language/sentence.hpp"
#include "fusor/schedule/operand.hpp"

/// Calls on ranges and pointers: their counts, and what is refused about them before anything is
/// written.
namespace fusor::detail {
inline namespace FUSOR_REFUSALS {

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

[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_number(const call_count& count) {
  const sentence_part number = count.is_negative
                                   ? sentence_part(static_cast<std::ptrdiff_t>(count.value))
                                   : sentence_part(count.value);
  refuse_with<shape_error>(
      {"kernel: the count is ", number, ", it must be a number of elements that memory can hold"});
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

/// Gives a range or a pointer the elements that the count of a call takes of it.
inline void take_elements(tensor_operand& operand, std::size_t needed, const call_count& count,
                          const operand_name& name) {
  if (!operand.is_used || !operand.is_plain) return;
  if (needed > operand.shape[0]) {
    refuse_short_range(name, operand.shape[0], needed, count.value);
  }
  operand.shape[0] = needed;
}

/// Gives the ranges and pointers of a call its count: of an input twice as many elements for each
/// time that it is halved, of an output that is reduced one. Empty: none of them is.
inline void take_count(std::span<tensor_operand> inputs, std::span<tensor_operand> outputs,
                       const call_count& count, std::span<const std::size_t> halvings = {},
                       std::span<const bool> is_reduced = {}) {
  if (!count.is_given) return;
  if (count.is_negative || count.value > most_elements) refuse_number(count);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const std::size_t times = halvings.empty() ? 0 : halvings[i];
    if (count.value > most_elements >> times) refuse_number(count);
    take_elements(inputs[i], count.value << times, count, input_name(i, inputs.size()));
  }
  for (std::size_t o = 0; o < outputs.size(); ++o) {
    const bool is_one = !is_reduced.empty() && is_reduced[o];
    take_elements(outputs[o], is_one ? 1 : count.value, count, output_name(o, outputs.size()));
  }
}

inline bool is_missing(const tensor_operand& array) {
  return array.data == nullptr && array.shape[0] != 0;
}
/// Whether two arrays share a byte.
inline bool are_overlapping(const tensor_operand& a, const tensor_operand& b) {
  const auto a_begin = reinterpret_cast<std::uintptr_t>(a.data);
  const auto b_begin = reinterpret_cast<std::uintptr_t>(b.data);
  return a_begin < b_begin + b.shape[0] * b.element_size &&
         b_begin < a_begin + a.shape[0] * a.element_size;
}

/// Refuses lengths that differ, null, and memory that overlaps without being the same.
[[gnu::noinline]] inline void check_arrays(std::span<const tensor_operand> inputs,
                                           std::span<const tensor_operand> outputs) {
  const std::size_t count = outputs[0].shape[0];
  for (std::size_t o = 0; o < outputs.size(); ++o) {
    if (outputs[o].shape[0] != count) {
      refuse_count(output_name(0, outputs.size()), count, output_name(o, outputs.size()),
                   outputs[o].shape[0]);
    }
  }
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i].is_used && inputs[i].shape[0] != count) {
      refuse_count(output_name(0, outputs.size()), count, input_name(i, inputs.size()),
                   inputs[i].shape[0]);
    }
  }
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i].is_used && is_missing(inputs[i])) {
      refuse_null(input_name(i, inputs.size()), inputs[i].shape[0]);
    }
  }
  for (std::size_t o = 0; o < outputs.size(); ++o) {
    if (is_missing(outputs[o])) refuse_null(output_name(o, outputs.size()), count);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (inputs[i].is_used && !is_same_memory(outputs[o], inputs[i]) &&
          are_overlapping(outputs[o], inputs[i])) {
        refuse_overlap(output_name(o, outputs.size()), input_name(i, inputs.size()),
                       "pass the same memory to work in place, or memory apart from it");
      }
    }
    for (std::size_t other = 0; other < o; ++other) {
      if (are_overlapping(outputs[o], outputs[other])) {
        refuse_overlap(output_name(o, outputs.size()), output_name(other, outputs.size()),
                       "every output needs memory of its own");
      }
    }
  }
}

/// Whether check_arrays has nothing to refuse, for the few arrays of a usual call: what is true of
/// nearly all calls, by a few comparisons where the call is. False says nothing.
template <std::size_t Inputs, std::size_t Outputs>
bool are_right(const tensor_operand* operands) {
  const std::size_t count = operands[Inputs].shape[0];
  bool are = true;
  for (std::size_t o = 0; o < Inputs + Outputs; ++o) {
    const tensor_operand& operand = operands[o];
    if (!operand.is_used) continue;
    are = are && operand.shape[0] == count && operand.data != nullptr;
    for (std::size_t p = Inputs; p < (o < Inputs ? Inputs + Outputs : o); ++p) {
      are = are && ((o < Inputs && is_same_memory(operand, operands[p])) ||
                    !are_overlapping(operand, operands[p]));
    }
  }
  return are;
}

}  // namespace FUSOR_REFUSALS
}  // namespace fusor::detail
