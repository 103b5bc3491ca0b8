// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/language/expression.hpp"

namespace fusor {

/// linear(x) = x: no activation.
///
/// Keras      "linear"
/// Derivative 1
/// Range      (-inf, inf)
/// Limits     -inf -> -inf,  +-0 -> +-0,  +inf -> +inf,  NaN -> NaN
/// Accuracy   exact
/// Source     Keras 3, keras.activations.linear
/// Example    linear(x)
inline constexpr auto linear = x;

}  // namespace fusor
