// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/language/compose.hpp"
#include "fusor/language/expression.hpp"
#include "fusor/language/functions.hpp"
#include "fusor/language/operators.hpp"

namespace fusor {

/// hard_sigmoid(x) = clamp(x / 6 + 1/2, 0, 1): sigmoid by three lines. As relu6(x + 3) / 6 it keeps
/// its digits next to -3.
///
/// Keras      "hard_sigmoid"
/// Derivative |x| < 3 ? 1/6 : 0
/// Range      [0, 1], increasing
/// Limits     -inf -> 0,  0 -> 1/2,  +inf -> 1,  NaN -> NaN
/// Accuracy   at most 1 ULP
/// Source     Courbariaux, Bengio and David, NIPS 2015; Keras 3, keras.activations.hard_sigmoid
/// Example    hard_sigmoid(x)
inline constexpr auto hard_sigmoid = clamp(x + 3, 0, 6) / 6;

}  // namespace fusor
