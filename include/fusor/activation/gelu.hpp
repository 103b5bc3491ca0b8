// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

#include "fusor/activation/sigmoid.hpp"
#include "fusor/language/compose.hpp"
#include "fusor/language/expression.hpp"
#include "fusor/language/functions.hpp"
#include "fusor/language/operators.hpp"
#include "fusor/language/parameters.hpp"

namespace fusor {
inline namespace FUSOR_REFUSALS {

/// Parameters of gelu, with Keras's default.
struct gelu_parameters {
  bool approximate = false;
};

/// gelu(x) = x * normal_cdf(x): the Gaussian error linear unit.
///
/// With `approximate`, x * (1 + tanh(u)) / 2 with u = sqrt(2 / pi) * (x + 0.044715 * x^3), which is
/// x * sigmoid(2 * u): written so, nothing cancels on the left.
///
/// Keras      "gelu", gelu(x, approximate=False)
/// Derivative normal_cdf(x) + x * e^(-x^2 / 2) / sqrt(2 * pi)
/// Range      [-0.17, inf)
/// Limits     -inf -> -0,  +-0 -> +-0,  +inf -> +inf,  NaN -> NaN
/// Accuracy   at most 2 ULP
/// Source     Hendrycks and Gimpel, arXiv 1606.08415
/// Example    gelu(x)
/// Example    gelu(x, {.approximate = true})
inline constexpr auto gelu = detail::with_parameters<gelu_parameters>(
    [] {
      return std::array{detail::describe<&gelu_parameters::approximate>(
          "approximate", detail::ranges::flag,
          "whether the normal distribution is replaced by a tanh")};
    },
    [](auto of, gelu_parameters p) {
      constexpr double twice_sqrt_2_over_pi = 1.5957691216057307117597842397375;
      const auto smooth = x * sigmoid(twice_sqrt_2_over_pi * (x * (1 + 0.044715 * square(x))));
      return where(p.approximate, smooth, x * normal_cdf(x))(of);
    },
    [](auto... wrong) {
      static_assert(detail::never<decltype(wrong)...>,
                    "gelu takes its parameter by name: gelu(x, {.approximate = true})");
    });

}  // namespace FUSOR_REFUSALS
}  // namespace fusor
