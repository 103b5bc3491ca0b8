// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <stdexcept>

namespace fusor {

/// Lengths or shapes that do not fit together, or memory that is not there.
struct shape_error : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// An output that shares memory with an operand without being the same memory.
struct overlap_error : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// An axis that a tensor does not have, or that is too short for what is asked of it.
struct axis_error : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// A name that no activation has.
struct unknown_activation : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// A parameter of an activation outside its range, missing, or not one of its parameters.
struct parameter_error : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// Refuses a parameter with one sentence: an exception at run time; in a constant expression the
/// compiler stops here and shows the sentence.
constexpr void require_parameter(bool holds, const char* sentence) {
  if (!holds) throw parameter_error(sentence);
}

}  // namespace fusor
