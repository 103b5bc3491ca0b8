// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

#include "fusor/language/compose.hpp"
#include "fusor/language/derivative.hpp"
#include "fusor/language/error.hpp"
#include "fusor/language/expression.hpp"
#include "fusor/language/functions.hpp"
#include "fusor/language/operators.hpp"
#include "fusor/language/parameters.hpp"

#include "fusor/language/precise_begin.hpp"

namespace fusor {
inline namespace FUSOR_REFUSALS {

/// Parameters of soft_shrink, with Keras's default.
struct soft_shrink_parameters {
  double threshold = 0.5;
};

/// soft_shrink(x) = x - clamp(x, -threshold, threshold): x moved towards 0 by the threshold.
///
/// Keras      "soft_shrink", soft_shrink(x, threshold=0.5)
/// Derivative |x| > threshold ? 1 : 0
/// Range      (-inf, inf), odd
/// Limits     -inf -> -inf,  +-0 -> 0,  +inf -> +inf,  NaN -> NaN
/// Accuracy   correctly rounded
/// Source     Donoho and Johnstone 1994; Keras 3, keras.activations.soft_shrink
/// Example    soft_shrink(x)
/// Example    soft_shrink(x, {.threshold = 1.5})
inline constexpr auto soft_shrink = detail::with_parameters<soft_shrink_parameters>(
    [] {
      return std::array{detail::describe<&soft_shrink_parameters::threshold>(
          "threshold", detail::ranges::finite_at_least_zero, "how far values are moved towards 0",
          [](bool holds) {
            require_parameter(holds, "soft_shrink: \"threshold\" must be at least 0 and finite");
          })};
    },
    [](auto of, soft_shrink_parameters p) {
      const auto slope = where(abs(x) <= p.threshold, 0, where(abs(x) > p.threshold, 1, x));
      return with_derivative(x - clamp(x, -p.threshold, p.threshold), slope)(of);
    },
    [](auto... wrong) {
      static_assert(detail::never<decltype(wrong)...>,
                    "soft_shrink takes its parameter by name: soft_shrink(x, {.threshold = 0.5})");
    });

}  // namespace FUSOR_REFUSALS
}  // namespace fusor

#include "fusor/language/precise_end.hpp"
