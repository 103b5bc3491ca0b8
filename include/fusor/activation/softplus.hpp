// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/language/compose.hpp"
#include "fusor/language/expression.hpp"
#include "fusor/language/operation.hpp"

namespace fusor {

/// softplus(x) = log(1 + e^x): a smooth rectifier.
///
/// Keras      "softplus"
/// Derivative sigmoid(x)
/// Range      (0, inf), increasing, convex
/// Limits     -inf -> +0,  0 -> ln 2,  +inf -> +inf,  NaN -> NaN
/// Accuracy   at most 2 ULP
/// Source     Dugas et al., NIPS 2000
/// Example    softplus(x)
inline constexpr auto softplus = detail::make_node<detail::op::softplus>(x);

}  // namespace fusor
