// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <stdexcept>

namespace fusor {

/// A file that is no model, or none that is supported, with one sentence.
struct model_error : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

}  // namespace fusor
