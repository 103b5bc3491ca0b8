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

/// Parameters of elu, with Keras's default.
struct elu_parameters {
  double alpha = 1;
};

/// elu(x) = x > 0 ? x : alpha * (e^x - 1): exponential linear unit.
///
/// Keras      "elu", elu(x, alpha=1)
/// Derivative x > 0 ? 1 : alpha * e^x
/// Range      (-alpha, inf)
/// Limits     -inf -> -alpha,  +-0 -> +-0,  +inf -> +inf,  NaN -> NaN
/// Accuracy   at most 2 ULP
/// Source     Clevert, Unterthiner and Hochreiter, ICLR 2016
/// Example    elu(x)
/// Example    elu(x, {.alpha = 0.5})
inline constexpr auto elu = detail::with_parameters<elu_parameters>(
    [] {
      return std::array{detail::describe<&elu_parameters::alpha>(
          "alpha", detail::ranges::number, "the limit on the left is -alpha", [](bool holds) {
            require_parameter(holds, "elu: \"alpha\" must be a number, not NaN");
          })};
    },
    [](auto of, auto p) { return where(of > 0, of, p.alpha * expm1(of)); },
    [](auto... wrong) {
      static_assert(detail::never<decltype(wrong)...>,
                    "elu takes its parameter by name: elu(x, {.alpha = 1})");
    });

}  // namespace FUSOR_REFUSALS
}  // namespace fusor
