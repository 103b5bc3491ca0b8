// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/activation/hard_sigmoid.hpp"
#include "fusor/language/compose.hpp"
#include "fusor/language/error.hpp"
#include "fusor/language/expression.hpp"
#include "fusor/language/functions.hpp"
#include "fusor/language/operators.hpp"

namespace fusor {

/// hard_silu(x) = x * hard_sigmoid(x), also known as hard_swish. Below -3 the factor counts as -3,
/// so that -inf gives -0.
///
/// Keras      "hard_silu", "hard_swish"
/// Derivative x <= -3 ? 0 : x >= 3 ? 1 : x / 3 + 1/2
/// Range      [-0.375, inf)
/// Limits     -inf -> -0,  +-0 -> +-0,  +inf -> +inf,  NaN -> NaN
/// Accuracy   at most 2 ULP
/// Source     Howard et al., MobileNetV3, arXiv 1905.02244
/// Example    hard_silu(x)
inline constexpr auto hard_silu = max(x, -3) * hard_sigmoid(x);

}  // namespace fusor
