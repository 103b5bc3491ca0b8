// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/activation/softplus.hpp"
#include "fusor/language/compose.hpp"
#include "fusor/language/expression.hpp"
#include "fusor/language/functions.hpp"
#include "fusor/language/operators.hpp"

namespace fusor {

/// mish(x) = x * tanh(softplus(x)): smooth, self-regularised.
///
/// Keras      "mish"
/// Derivative tanh(softplus(x)) + x * sigmoid(x) * (1 - tanh(softplus(x))^2)
/// Range      [-0.3088, inf)
/// Limits     -inf -> -0,  +-0 -> +-0,  +inf -> +inf,  NaN -> NaN
/// Accuracy   at most 2 ULP
/// Source     Misra, BMVC 2020, arXiv 1908.08681
/// Example    mish(x)
inline constexpr auto mish = x * tanh(softplus(x));

}  // namespace fusor
