// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/language/compose.hpp"
#include "fusor/language/expression.hpp"
#include "fusor/language/operation.hpp"

namespace fusor {

/// sigmoid(x) = 1 / (1 + e^-x): the logistic function.
///
/// Keras      "sigmoid"
/// Derivative sigmoid(x) * (1 - sigmoid(x))
/// Range      (0, 1), increasing
/// Limits     -inf -> +0,  0 -> 1/2,  +inf -> 1,  NaN -> NaN
/// Accuracy   at most 2 ULP
/// Source     Verhulst 1845; Keras 3, keras.activations.sigmoid
/// Example    sigmoid(x)
inline constexpr auto sigmoid = detail::make_node<detail::op::sigmoid>(x);

}  // namespace fusor
