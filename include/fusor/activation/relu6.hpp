// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/language/expression.hpp"
#include "fusor/language/functions.hpp"

namespace fusor {

/// relu6(x) = min(max(x, 0), 6): the rectifier limited to 6.
///
/// Keras      "relu6"
/// Derivative 0 < x < 6 ? 1 : 0
/// Range      [0, 6]
/// Limits     -inf -> 0,  +-0 -> +-0,  +inf -> 6,  NaN -> NaN
/// Accuracy   exact
/// Source     Howard et al., MobileNets, arXiv 1704.04861
/// Example    relu6(x)
inline constexpr auto relu6 = clamp(x, 0, 6);

}  // namespace fusor
