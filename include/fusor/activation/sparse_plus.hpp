// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/language/expression.hpp"
#include "fusor/language/functions.hpp"
#include "fusor/language/operators.hpp"

namespace fusor {

/// sparse_plus(x) = 0 up to -1, (x + 1)^2 / 4 between -1 and 1, x from 1 on: softplus with exact
/// zeros.
///
/// Keras      "sparse_plus"
/// Derivative clamp((x + 1) / 2, 0, 1)
/// Range      [0, inf), convex
/// Limits     -inf -> 0,  0 -> 1/4,  +inf -> +inf,  NaN -> NaN
/// Accuracy   at most 2 ULP
/// Source     Keras 3, keras.activations.sparse_plus
/// Example    sparse_plus(x)
inline constexpr auto sparse_plus = where(x >= 1, x, 0.25 * square(max(x + 1, 0)));

}  // namespace fusor
