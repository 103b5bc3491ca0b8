// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>

#include "fusor/fusor.h"
#include "fusor/language/error.hpp"
#include "fusor/language/sentence.hpp"

/// What the C++ header of a generated model needs.
namespace fusor::detail {

/// The elements of an array, and those of a row of it.
struct model_span {
  std::size_t elements, columns;
};

/// What an array of a call is called: as the function does where there are several.
inline std::string model_array_name(bool is_input, std::size_t index, std::size_t count) {
  if (count == 1) return is_input ? "the input" : "the output";
  return (is_input ? "in_" : "out_") + std::to_string(index);
}

inline namespace FUSOR_REFUSALS {

/// The rows of the arrays of a call, which must be as many in each.
inline std::size_t rows_of_arrays(const char* function, std::span<const model_span> inputs,
                                  std::span<const model_span> outputs) {
  const std::size_t rows = inputs[0].elements / inputs[0].columns;
  for (const bool is_input : {true, false}) {
    const auto& arrays = is_input ? inputs : outputs;
    for (std::size_t i = 0; i < arrays.size(); ++i) {
      const auto& [elements, columns] = arrays[i];
      const std::string name = model_array_name(is_input, i, arrays.size());
      if (elements % columns != 0) {
        refuse_with<shape_error>(
            {function, ": ", name, " has ", elements, " elements, which are no rows of ", columns});
      }
      if (elements / columns != rows) {
        refuse_with<shape_error>({function, ": ", name, " has ", elements / columns,
                                  " rows, the first input has ", rows});
      }
    }
  }
  return rows;
}
inline std::size_t rows_of_model(const char* function, std::initializer_list<model_span> inputs,
                                 std::initializer_list<model_span> outputs) {
  return rows_of_arrays(function, {inputs.begin(), inputs.size()},
                        {outputs.begin(), outputs.size()});
}

/// Throws what a status stands for.
inline void require_model_status(int status, const char* message) {
  if (status == FUSOR_OK) return;
  if (status == FUSOR_SHAPE_ERROR) refuse<shape_error>(message);
  if (status == FUSOR_OVERLAP_ERROR) refuse<overlap_error>(message);
  refuse<parameter_error>(message);
}

}  // namespace FUSOR_REFUSALS
}  // namespace fusor::detail

#include "fusor/end.hpp"
