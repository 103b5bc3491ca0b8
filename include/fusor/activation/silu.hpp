// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/activation/sigmoid.hpp"
#include "fusor/language/compose.hpp"
#include "fusor/language/expression.hpp"
#include "fusor/language/operators.hpp"

namespace fusor {

/// silu(x) = x * sigmoid(x), also known as swish.
///
/// Keras      "silu", "swish"
/// Derivative sigmoid(x) * (1 + x * (1 - sigmoid(x)))
/// Range      [-0.2785, inf)
/// Limits     -inf -> -0,  +-0 -> +-0,  +inf -> +inf,  NaN -> NaN
/// Accuracy   at most 2 ULP
/// Source     Elfwing, Uchibe and Doya, arXiv 1702.03118
/// Example    silu(x)
inline constexpr auto silu = x * sigmoid(x);

}  // namespace fusor
