// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

#include "fusor/activation/sigmoid.hpp"
#include "fusor/language/compose.hpp"
#include "fusor/language/expression.hpp"
#include "fusor/language/operators.hpp"
#include "fusor/language/parameters.hpp"
#include "fusor/language/reduction.hpp"

namespace fusor {
inline namespace FUSOR_REFUSALS {

/// glu(x) = a * sigmoid(b), with the halves a and b of x along the axis: a gated linear unit. The
/// result is half as long along the axis.
///
/// Keras      "glu", glu(x, axis=-1)
/// Derivative sigmoid(b) in a, a * sigmoid(b) * (1 - sigmoid(b)) in b
/// Range      (-inf, inf)
/// Limits     b = -inf -> +-0 with the sign of a,  b = +inf -> a,  NaN -> NaN
/// Accuracy   3 ULP
/// Source     Dauphin et al., ICML 2017
/// Example    glu(x)
inline constexpr auto glu = detail::with_parameters<axis_parameters>(
    [] {
      return std::array{detail::describe<&axis_parameters::axis>("axis", detail::ranges::axis,
                                                                 "the axis that is halved")};
    },
    [](auto of, axis_parameters p) { return first_half(of, p) * sigmoid(second_half(of, p)); },
    [](auto... wrong) {
      static_assert(detail::never<decltype(wrong)...>,
                    "glu takes its parameter by name: glu(x, {.axis = -1})");
    });

}  // namespace FUSOR_REFUSALS
}  // namespace fusor
