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

/// softmax(x) = e^x / sum of e^x along the axis (or several): positive numbers whose sum is 1.
///
/// Keras      "softmax", softmax(x, axis=-1)
/// Derivative softmax(x)_i * ((i == j) - softmax(x)_j)
/// Range      [0, 1]
/// Limits     -inf -> +0;  a line of -inf alone, with +inf, or with NaN -> NaN;  one element -> 1
/// Accuracy   4 ULP: x - max is not rounded
/// Source     Bridle, NATO ASI Series F 68, 1990
/// Example    softmax(x)
inline constexpr auto softmax = detail::with_parameters<reduction_parameters>(
    [] {
      return std::array{detail::describe<&reduction_parameters::axis>(
          "axis", detail::ranges::axis, "the axis along which results add up to 1")};
    },
    [](auto of, reduction_parameters p) {
      const auto e = exp(of - stop_gradient(reduce_max(of, p)));
      return e / reduce_sum(e, p);
    },
    [](auto... wrong) {
      static_assert(detail::never<decltype(wrong)...>,
                    "softmax takes its parameter by name: softmax(x, {.axis = -1})");
    });

}  // namespace FUSOR_REFUSALS
}  // namespace fusor
