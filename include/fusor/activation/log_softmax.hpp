// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

#include "fusor/language/compose.hpp"
#include "fusor/language/expression.hpp"
#include "fusor/language/functions.hpp"
#include "fusor/language/operators.hpp"
#include "fusor/language/parameters.hpp"
#include "fusor/language/reduction.hpp"

namespace fusor {
inline namespace FUSOR_REFUSALS {

/// log_softmax(x) = x - log(sum of e^x) along the axis (or several): the logarithm of softmax.
///
/// Keras      "log_softmax", log_softmax(x, axis=-1)
/// Derivative (i == j) - softmax(x)_j
/// Range      [-inf, 0]
/// Limits     -inf -> -inf;  a line of -inf alone, with +inf, or with NaN -> NaN;  one element -> 0
/// Accuracy   4 ULP
/// Source     Keras
/// Example    log_softmax(x)
inline constexpr auto log_softmax = detail::with_parameters<reduction_parameters>(
    [] {
      return std::array{detail::describe<&reduction_parameters::axis>(
          "axis", detail::ranges::axis, "the axis along which e^result adds up to 1")};
    },
    [](auto of, reduction_parameters p) {
      const auto below = of - stop_gradient(reduce_max(of, p));
      return below - log(reduce_sum(exp(below), p));
    },
    [](auto... wrong) {
      static_assert(detail::never<decltype(wrong)...>,
                    "log_softmax takes its parameter by name: log_softmax(x, {.axis = -1})");
    });

}  // namespace FUSOR_REFUSALS
}  // namespace fusor
