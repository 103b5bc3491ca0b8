// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/language/expression.hpp"
#include "fusor/language/functions.hpp"
#include "fusor/language/operators.hpp"

namespace fusor {

/// softsign(x) = x / (1 + |x|): a bounded curve with polynomial tails.
///
/// Keras      "softsign"
/// Derivative 1 / (1 + |x|)^2
/// Range      (-1, 1), increasing, odd
/// Limits     -inf -> -1,  +-0 -> +-0,  +inf -> 1,  NaN -> NaN
/// Accuracy   at most 2 ULP
/// Source     Turian, Bergstra and Bengio, NAACL 2009
/// Example    softsign(x)
inline constexpr auto softsign = x / (1 + abs(x));

}  // namespace fusor
