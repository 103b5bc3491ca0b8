// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/language/expression.hpp"
#include "fusor/language/functions.hpp"
#include "fusor/language/operators.hpp"

namespace fusor {

namespace detail {

inline constexpr double selu_alpha = 1.6732632423543772848170429916717;
inline constexpr double selu_scale = 1.0507009873554804934193349852946;

}  // namespace detail

/// selu(x) = scale * (x > 0 ? x : alpha * (e^x - 1)): self-normalising, with the two constants for
/// which a normalised input stays normalised.
///
/// Keras      "selu"
/// Derivative x > 0 ? scale : scale * alpha * e^x
/// Range      (-scale * alpha, inf), increasing
/// Limits     -inf -> -scale * alpha = -1.7581,  +-0 -> +-0,  +inf -> +inf,  NaN -> NaN
/// Accuracy   at most 2 ULP
/// Source     Klambauer et al., NIPS 2017
/// Example    selu(x)
// clang-format off
inline constexpr auto selu = where(x > 0, detail::selu_scale * x, detail::selu_scale * detail::selu_alpha * expm1(x));
// clang-format on

}  // namespace fusor
