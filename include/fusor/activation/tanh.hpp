// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/language/expression.hpp"
#include "fusor/language/functions.hpp"

namespace fusor {

/// tanh(x): the hyperbolic tangent. As an activation it is the function of language/functions.hpp,
/// written `tanh(x)`: an object of that name would clash with <cmath>.
///
/// Keras      "tanh"
/// Derivative 1 - tanh(x)^2
/// Range      (-1, 1), increasing, odd
/// Limits     -inf -> -1,  +-0 -> +-0,  +inf -> 1,  NaN -> NaN
/// Accuracy   at most 2 ULP
/// Source     Keras 3, keras.activations.tanh
/// Example    tanh(x)
using ::fusor::tanh;

}  // namespace fusor
