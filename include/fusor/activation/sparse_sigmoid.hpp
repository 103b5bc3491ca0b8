// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/language/compose.hpp"
#include "fusor/language/expression.hpp"
#include "fusor/language/functions.hpp"
#include "fusor/language/operators.hpp"

namespace fusor {

/// sparse_sigmoid(x) = clamp((x + 1) / 2, 0, 1): the derivative of sparse_plus.
///
/// Keras      "sparse_sigmoid"
/// Derivative |x| < 1 ? 1/2 : 0
/// Range      [0, 1], increasing
/// Limits     -inf -> 0,  0 -> 1/2,  +inf -> 1,  NaN -> NaN
/// Accuracy   correctly rounded
/// Source     Keras 3, keras.activations.sparse_sigmoid
/// Example    sparse_sigmoid(x)
inline constexpr auto sparse_sigmoid = clamp(0.5 * (x + 1), 0, 1);

}  // namespace fusor
