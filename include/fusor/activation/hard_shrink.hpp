// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

#include "fusor/language/compose.hpp"
#include "fusor/language/error.hpp"
#include "fusor/language/expression.hpp"
#include "fusor/language/functions.hpp"
#include "fusor/language/operators.hpp"
#include "fusor/language/parameters.hpp"

namespace fusor {
inline namespace FUSOR_REFUSALS {

/// Parameters of hard_shrink, with Keras's default.
struct hard_shrink_parameters {
  double threshold = 0.5;
};

/// hard_shrink(x) = |x| > threshold ? x : 0.
///
/// Keras      "hard_shrink", hard_shrink(x, threshold=0.5)
/// Derivative |x| > threshold ? 1 : 0
/// Range      (-inf, -threshold) + {0} + (threshold, inf), odd
/// Limits     -inf -> -inf,  +-0 -> 0,  +inf -> +inf,  NaN -> NaN
/// Accuracy   exact
/// Source     Donoho and Johnstone 1994; Keras 3, keras.activations.hard_shrink
/// Example    hard_shrink(x)
/// Example    hard_shrink(x, {.threshold = 1.5})
inline constexpr auto hard_shrink = detail::with_parameters<hard_shrink_parameters>(
    [] {
      return std::array{detail::describe<&hard_shrink_parameters::threshold>(
          "threshold", detail::ranges::at_least_zero, "sizes up to this one become 0",
          [](bool holds) {
            require_parameter(holds, "hard_shrink: \"threshold\" must be at least 0");
          })};
    },
    [](auto of, auto p) { return where(abs(of) <= p.threshold, 0, of); },
    [](auto... wrong) {
      static_assert(detail::never<decltype(wrong)...>,
                    "hard_shrink takes its parameter by name: hard_shrink(x, {.threshold = 0.5})");
    });

}  // namespace FUSOR_REFUSALS
}  // namespace fusor
