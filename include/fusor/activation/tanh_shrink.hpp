// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/language/expression.hpp"
#include "fusor/language/functions.hpp"
#include "fusor/language/operators.hpp"

namespace fusor {

/// tanh_shrink(x) = x - tanh(x): what tanh takes away.
///
/// Keras      "tanh_shrink"
/// Derivative tanh(x)^2
/// Range      (-inf, inf), increasing, odd; x^3 / 3 near 0
/// Limits     -inf -> -inf,  +-0 -> +-0,  +inf -> +inf,  NaN -> NaN
/// Accuracy   at most 2 ULP
/// Source     Keras 3, keras.activations.tanh_shrink
/// Example    tanh_shrink(x)
inline constexpr auto tanh_shrink = x - tanh(x);

}  // namespace fusor
