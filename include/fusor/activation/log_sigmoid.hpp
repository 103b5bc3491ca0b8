// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/activation/softplus.hpp"
#include "fusor/language/compose.hpp"
#include "fusor/language/expression.hpp"
#include "fusor/language/functions.hpp"
#include "fusor/language/operators.hpp"

namespace fusor {

/// log_sigmoid(x) = log(sigmoid(x)) = -softplus(-x).
///
/// Keras      "log_sigmoid"
/// Derivative sigmoid(-x)
/// Range      (-inf, 0), increasing, concave
/// Limits     -inf -> -inf,  0 -> -ln 2,  +inf -> -0,  NaN -> NaN
/// Accuracy   at most 2 ULP
/// Source     Keras 3, keras.activations.log_sigmoid
/// Example    log_sigmoid(x)
inline constexpr auto log_sigmoid = -softplus(-x);

}  // namespace fusor
