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

/// Parameters of threshold.
struct threshold_parameters {
  double threshold;
  double default_value;
};

/// threshold(x) = x > threshold ? x : default_value. Both parameters are to be given, as in Keras.
///
/// Keras      "threshold", threshold(x, threshold, default_value)
/// Derivative x > threshold ? 1 : 0
/// Range      (threshold, inf) + {default_value}
/// Limits     -inf -> default_value,  +inf -> +inf,  NaN -> NaN
/// Accuracy   exact
/// Source     Keras 3, keras.activations.threshold
/// Example    threshold(x, {.threshold = 0.5, .default_value = -1})
inline constexpr auto threshold = detail::with_required_parameters<threshold_parameters>(
    [] {
      const auto numbers = [](bool holds) {
        require_parameter(
            holds, "threshold: \"threshold\" and \"default_value\" must be numbers, not NaN");
      };
      return std::array{
          detail::describe<&threshold_parameters::threshold>("threshold", detail::ranges::number,
                                                             "values up to this one are replaced",
                                                             numbers, true),
          detail::describe<&threshold_parameters::default_value>(
              "default_value", detail::ranges::number, "what they are replaced by", numbers, true)};
    },
    [](auto of, auto p) { return where(of <= p.threshold, p.default_value, of); },
    [](auto... wrong) {
      static_assert(detail::never<decltype(wrong)...>,
                    "threshold needs both of its parameters, by name: threshold(x, {.threshold = "
                    "0, .default_value = 0})");
    });

}  // namespace FUSOR_REFUSALS
}  // namespace fusor
