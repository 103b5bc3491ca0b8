// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

#include "fusor/model/check.hpp"
#include "fusor/model/formula_shape.hpp"
#include "fusor/registry/export.hpp"

/// What generated models share: the checks of a call.
namespace fusor::detail {

/// An array of a call of a model.
struct model_array {
  const void* data;
  std::size_t columns;  // elements of a row
};

inline namespace FUSOR_REFUSALS {

/// Refuses what cannot be right before anything is written. `function` begins the sentences.
inline void check_model_call(const char* function, std::size_t rows, std::size_t element_bytes,
                             std::span<const model_array> inputs,
                             std::span<const model_array> outputs) {
  for (const bool is_input : {true, false}) {
    const std::span<const model_array> arrays = is_input ? inputs : outputs;
    for (std::size_t i = 0; i < arrays.size(); ++i) {
      if (rows > PTRDIFF_MAX / element_bytes / arrays[i].columns) {
        refuse_with<shape_error>({function, ": memory cannot hold ", rows, " rows"});
      }
      if (arrays[i].data == nullptr) {
        refuse_with<shape_error>({function, ": ", model_array_name(is_input, i, arrays.size()),
                                  " is null, with ", rows, " rows"});
      }
    }
  }
  const auto overlap = [&](const model_array& a, const model_array& b) {
    const auto begin_a = reinterpret_cast<std::uintptr_t>(a.data);
    const auto begin_b = reinterpret_cast<std::uintptr_t>(b.data);
    return begin_a < begin_b + rows * b.columns * element_bytes &&
           begin_b < begin_a + rows * a.columns * element_bytes;
  };
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    for (std::size_t k = 0; k < inputs.size(); ++k) {
      if (overlap(outputs[i], inputs[k])) {
        refuse_with<overlap_error>({function, ": ", model_array_name(false, i, outputs.size()),
                                    " overlaps ", model_array_name(true, k, inputs.size()),
                                    "; a model needs memory for each"});
      }
    }
    for (std::size_t k = 0; k < i; ++k) {
      if (overlap(outputs[i], outputs[k])) {
        refuse_with<overlap_error>(
            {function, ": two outputs overlap; a model needs memory for each"});
      }
    }
  }
}

}  // namespace FUSOR_REFUSALS
}  // namespace fusor::detail

#include "fusor/end.hpp"
