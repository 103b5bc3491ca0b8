// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

#include "fusor/language/compose.hpp"
#include "fusor/language/derivative.hpp"
#include "fusor/language/error.hpp"
#include "fusor/language/expression.hpp"
#include "fusor/language/functions.hpp"
#include "fusor/language/operators.hpp"
#include "fusor/language/parameters.hpp"

#include "fusor/language/precise_begin.hpp"

namespace fusor {
inline namespace FUSOR_REFUSALS {

/// Parameters of squareplus, with Keras's default.
struct squareplus_parameters {
  double b = 4;
};

/// squareplus(x) = (x + sqrt(x^2 + b)) / 2: a smooth rectifier without exponentials. With
/// h = (|x| + sqrt(x^2 + b)) / 2 it is h on the right and b / (4 h) on the left, where the sum
/// would cancel.
///
/// Keras      "squareplus", squareplus(x, b=4)
/// Derivative (1 + x / sqrt(x^2 + b)) / 2
/// Range      (0, inf), increasing, convex
/// Limits     -inf -> +0,  0 -> sqrt(b) / 2,  +inf -> +inf,  NaN -> NaN
/// Accuracy   at most 2 ULP
/// Source     Barron, arXiv 2112.11687
/// Example    squareplus(x)
/// Example    squareplus(x, {.b = 1})
/// Example    squareplus(x, {.b = 0})
inline constexpr auto squareplus = detail::with_parameters<squareplus_parameters>(
    [] {
      return std::array{detail::describe<&squareplus_parameters::b>(
          "b", detail::ranges::finite_at_least_zero, "the square of twice the value at 0",
          [](bool holds) {
            require_parameter(holds, "squareplus: \"b\" must be at least 0 and finite");
          })};
    },
    [](auto of, squareplus_parameters p) {
      const double root = detail::square_root(p.b);
      // b / 4 and 4 / b, where both are ordinary numbers, else the square of sqrt(b) / 2.
      const bool is_ordinary = root >= 0x1p-40 && root <= 0x1p40;
      const auto of_square = detail::make_node<detail::op::hypot_of_square>(x, p.b);
      const auto s = 0.5 * where(is_ordinary, of_square, hypot(x, root));
      const auto half = 0.5 * abs(x) + s;
      const auto lost = 0.5 * abs(x) - (half - s);
      const auto ratio = 0.5 * root / half;
      const auto left = where(is_ordinary, p.b / 4 / half, 0.5 * root * ratio);
      const auto correction =
          where(is_ordinary, square(left) * (is_ordinary ? 4 / p.b : 0), square(ratio)) * lost;
      const auto corrected = left - correction;
      const auto far = where(x > -0x1p60, corrected, left);
      // Where it is more than half of s, a plain difference is closer.
      const auto near_0 = s - 0.5 * abs(x);
      const auto value = where(x < 0, where(abs(x) < s, near_0, far), half);
      // The slope at -|x|, of which that at |x| is the rest.
      const auto below = p.b / 2 / (abs(x) * of_square + (square(x) + p.b));
      const auto usual = where(x < 0, below, 1 - below);
      const auto far_below = square(0.5 * root / x);
      const auto by_value = where(x < 0, left, half) / hypot(x, root);
      const auto slope =
          where(x > 0x1p60, 1, where(is_ordinary, where(x > -0x1p60, usual, far_below), by_value));
      return where(p.b > 0, with_derivative(value, slope), max(x, 0))(of);
    },
    [](auto... wrong) {
      static_assert(detail::never<decltype(wrong)...>,
                    "squareplus takes its parameter by name: squareplus(x, {.b = 4})");
    });

}  // namespace FUSOR_REFUSALS
}  // namespace fusor

#include "fusor/language/precise_end.hpp"
