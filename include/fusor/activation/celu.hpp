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

/// Parameters of celu, with Keras's default.
struct celu_parameters {
  double alpha = 1;
};

/// celu(x) = x > 0 ? x : alpha * (e^(x / alpha) - 1): elu with a continuous derivative for every
/// alpha.
///
/// Keras      "celu", celu(x, alpha=1)
/// Derivative x > 0 ? 1 : e^(x / alpha)
/// Range      (-alpha, inf)
/// Limits     -inf -> -alpha,  +-0 -> +-0,  +inf -> +inf,  NaN -> NaN
/// Accuracy   at most 2 ULP
/// Source     Barron, arXiv 1704.07483
/// Example    celu(x)
/// Example    celu(x, {.alpha = 1.7})
inline constexpr auto celu = detail::with_parameters<celu_parameters>(
    [] {
      return std::array{detail::describe<&celu_parameters::alpha>(
          "alpha", detail::ranges::not_zero, "the limit on the left is -alpha", [](bool holds) {
            require_parameter(holds, "celu: \"alpha\" must be a number other than 0");
          })};
    },
    [](auto of, auto p) { return where(of > 0, of, p.alpha * expm1(of / p.alpha)); },
    [](auto... wrong) {
      static_assert(detail::never<decltype(wrong)...>,
                    "celu takes its parameter by name: celu(x, {.alpha = 1})");
    });

}  // namespace FUSOR_REFUSALS
}  // namespace fusor
