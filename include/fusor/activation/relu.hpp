// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

#include "fusor/language/compose.hpp"
#include "fusor/language/error.hpp"
#include "fusor/language/expression.hpp"
#include "fusor/language/functions.hpp"
#include "fusor/language/operators.hpp"
#include "fusor/language/parameters.hpp"

#include "fusor/language/precise_begin.hpp"

namespace fusor {
inline namespace FUSOR_REFUSALS {

/// Parameters of relu, with Keras's defaults. `max_value` is infinity where Keras has None.
struct relu_parameters {
  double negative_slope = 0;
  double max_value = infinity;
  double threshold = 0;
};

/// relu(x) = max(x, 0): the rectifier; with parameters, Keras's generalised one, piece by piece.
///
///     r = threshold != 0 ? (x > threshold ? x : 0) : max(x, 0)
///     r = clamp(r, 0, max_value)                       where a maximum is given
///     r = r + negative_slope * min(x - threshold, 0)   where a slope is given
///
/// A part that is switched off leaves no instruction behind.
///
/// Keras      "relu", relu(x, negative_slope=0, max_value=None, threshold=0)
/// Derivative x > 0 ? 1 : 0
/// Range      [0, inf); with a slope (-inf, inf); with a maximum up to max_value
/// Limits     -inf -> 0,  +-0 -> +-0,  +inf -> +inf or max_value,  NaN -> NaN
/// Accuracy   exact without slope, else 1 ULP
/// Source     Nair and Hinton, ICML 2010; Keras 3, keras.activations.relu
/// Example    relu(x)
/// Example    relu(x, {.negative_slope = 0.1, .max_value = 6})
/// Example    relu(x, {.threshold = 1})
/// Example    relu(x, {.negative_slope = 0.3, .max_value = 4, .threshold = -0.5})
inline constexpr auto relu = detail::with_parameters<relu_parameters>(
    [] {
      const auto numbers = [](bool holds) {
        require_parameter(holds,
                          "relu: \"negative_slope\" and \"threshold\" must be numbers, not NaN");
      };
      return std::array{
          detail::describe<&relu_parameters::negative_slope>(
              "negative_slope", detail::ranges::number,
              "the factor of what lies below the threshold", numbers),
          detail::describe<&relu_parameters::max_value>(
              "max_value", detail::ranges::at_least_zero,
              "the largest result; infinity for none (null in JSON)",
              [](bool holds) {
                require_parameter(holds, "relu: \"max_value\" must be at least 0");
              }),
          detail::describe<&relu_parameters::threshold>(
              "threshold", detail::ranges::number, "values up to this one count as 0", numbers)};
    },
    [](auto of, relu_parameters p) {
      const auto gated = where(p.threshold != 0, where(x <= p.threshold, 0, x), max(x, 0));
      const auto limited = where(p.max_value < infinity, clamp(gated, 0, p.max_value), gated);
      // An infinite slope is not multiplied by the 0 that is left of it above the threshold.
      const auto sloped =
          where(p.negative_slope == infinity || p.negative_slope == -infinity,
                where(x < p.threshold, limited + p.negative_slope * (x - p.threshold), limited),
                limited + p.negative_slope * min(x - p.threshold, 0));
      return where(p.negative_slope != 0, sloped, limited)(of);
    },
    [](auto... wrong) {
      static_assert(detail::never<decltype(wrong)...>,
                    "relu takes its parameters by name: relu(x, {.negative_slope = 0, .max_value = "
                    "infinity, .threshold = 0})");
    });

}  // namespace FUSOR_REFUSALS
}  // namespace fusor

#include "fusor/language/precise_end.hpp"
