// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/language/expression.hpp"
#include "fusor/language/functions.hpp"

namespace fusor {

/// hard_tanh(x) = clamp(x, -1, 1).
///
/// Keras      "hard_tanh"
/// Derivative |x| < 1 ? 1 : 0
/// Range      [-1, 1], increasing, odd
/// Limits     -inf -> -1,  +-0 -> +-0,  +inf -> 1,  NaN -> NaN
/// Accuracy   exact
/// Source     Collobert 2004; Keras 3, keras.activations.hard_tanh
/// Example    hard_tanh(x)
inline constexpr auto hard_tanh = clamp(x, -1, 1);

}  // namespace fusor
