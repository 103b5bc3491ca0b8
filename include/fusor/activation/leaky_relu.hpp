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

/// Parameters of leaky_relu, with Keras's default.
struct leaky_relu_parameters {
  double negative_slope = 0.2;
};

/// leaky_relu(x) = x >= 0 ? x : negative_slope * x: a rectifier that lets a part of the negative
/// side pass.
///
/// Keras      "leaky_relu", leaky_relu(x, negative_slope=0.2)
/// Derivative x >= 0 ? 1 : negative_slope
/// Range      (-inf, inf); [0, inf) for slope 0
/// Limits     -inf -> -inf * slope (0 for slope 0),  +-0 -> +-0,  +inf -> +inf,  NaN -> NaN
/// Accuracy   at most 1 ULP
/// Source     Maas, Hannun and Ng, ICML 2013
/// Example    leaky_relu(x)
/// Example    leaky_relu(x, {.negative_slope = 0.01})
/// Example    leaky_relu(x, {.negative_slope = 2})
/// Example    leaky_relu(x, {.negative_slope = 0})
inline constexpr auto leaky_relu = detail::with_parameters<leaky_relu_parameters>(
    [] {
      return std::array{detail::describe<&leaky_relu_parameters::negative_slope>(
          "negative_slope", detail::ranges::number, "the factor of negative values",
          [](bool holds) {
            require_parameter(holds, "leaky_relu: \"negative_slope\" must be a number, not NaN");
          })};
    },
    [](auto of, leaky_relu_parameters p) {
      return where(p.negative_slope != 0, where(x >= 0, x, p.negative_slope * x), max(x, 0))(of);
    },
    [](auto... wrong) {
      static_assert(
          detail::never<decltype(wrong)...>,
          "leaky_relu takes its parameter by name: leaky_relu(x, {.negative_slope = 0.2})");
    });

}  // namespace FUSOR_REFUSALS
}  // namespace fusor
