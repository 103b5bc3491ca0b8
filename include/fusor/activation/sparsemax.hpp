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

/// sparsemax(x) = max(x - t, 0), with t along the axis (or several) such that the sum is 1: the
/// point of the simplex that is nearest to x, many of its elements 0.
///
/// Keras      "sparsemax", sparsemax(x, axis=-1); Keras 3.16 computes t wrongly
/// Derivative on the support S, (i == j) - 1 / |S|
/// Range      [0, 1]
/// Limits     -inf -> +0;  +inf -> 1, several share it equally, as if they grew together, and all
///            else -> +0;  a line of -inf alone, or with NaN -> NaN;  one element -> 1
/// Accuracy   4 ULP
/// Source     Martins and Astudillo, ICML 2016
/// Example    sparsemax(x)
inline constexpr auto sparsemax = detail::with_parameters<reduction_parameters>(
    [] {
      return std::array{detail::describe<&reduction_parameters::axis>(
          "axis", detail::ranges::axis, "the axis along which results add up to 1")};
    },
    [](auto of, reduction_parameters p) { return max(of - simplex_threshold(of, p), 0); },
    [](auto... wrong) {
      static_assert(detail::never<decltype(wrong)...>,
                    "sparsemax takes its parameter by name: sparsemax(x, {.axis = -1})");
    });

}  // namespace FUSOR_REFUSALS
}  // namespace fusor
