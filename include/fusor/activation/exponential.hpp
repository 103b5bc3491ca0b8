// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/language/expression.hpp"
#include "fusor/language/functions.hpp"

namespace fusor {

/// exponential(x) = e^x.
///
/// Keras      "exponential"
/// Derivative e^x
/// Range      (0, inf), increasing, convex
/// Limits     -inf -> +0,  0 -> 1,  +inf -> +inf,  NaN -> NaN
/// Accuracy   at most 1 ULP
/// Source     Keras 3, keras.activations.exponential
/// Example    exponential(x)
inline constexpr auto exponential = exp(x);

}  // namespace fusor
