// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <type_traits>

#include "fusor/language/compose.hpp"
#include "fusor/language/derivative.hpp"

#include "fusor/language/precise_begin.hpp"

/// Derivatives where the output of a formula was kept, and its input was not.
namespace fusor {
namespace detail {

/// No formula of the output is known, or none with its digits.
template <class E>
struct from_output {
  static constexpr bool is_known = false;
};
struct known_from_output {
  static constexpr bool is_known = true;
};

// clang-format off
template <class Op> using of_x = node<Op, argument<0>>;
template <> struct from_output<of_x<op::exp>>      : known_from_output { static constexpr auto slope = x; };
template <> struct from_output<of_x<op::expm1>>    : known_from_output { static constexpr auto slope = 1 + x; };
template <> struct from_output<of_x<op::tanh>>     : known_from_output { static constexpr auto slope = 1 - square(x); };
template <> struct from_output<of_x<op::sigmoid>>  : known_from_output { static constexpr auto slope = x * (1 - x); };
template <> struct from_output<of_x<op::softplus>> : known_from_output { static constexpr auto slope = -expm1(-x); };
template <> struct from_output<of_x<op::sqrt>>     : known_from_output { static constexpr auto slope = 0.5 / x; };
template <> struct from_output<node<op::max, argument<0>, literal>> : known_from_output { static constexpr auto slope = where(x > 0, 1, where(x <= 0, 0, x)); };
// clang-format on

using below_largest_of_x =
    node<op::sub, argument<0>,
         node<op::stop_gradient, node<op::reduce_max, argument<0>, axis_list>>>;
using exponential_of_x = node<op::exp, below_largest_of_x>;
using softmax_of_x =
    node<op::div, exponential_of_x, node<op::reduce_sum, exponential_of_x, axis_list>>;
using log_softmax_of_x = node<op::sub, below_largest_of_x,
                              node<op::log, node<op::reduce_sum, exponential_of_x, axis_list>>>;

}  // namespace detail

inline namespace FUSOR_REFUSALS {

/// The derivative of a formula of x, as a formula of its output, which takes the place of x:
/// `kernel<y * derivative_from_output(tanh(x))>(out, gradient, in_gradient)`. Of exp, expm1, tanh,
/// sigmoid, softplus, sqrt and max(x, 0), applied to x.
///
/// It costs less than derivative(f), and has the digits that the output has left: where sigmoid(x)
/// is 1, the slope is 0. derivative(f) of the input has them all.
template <formula F>
constexpr auto derivative_from_output(const F& formula) {
  const auto e = detail::as_expression(formula);
  using known = detail::from_output<std::decay_t<decltype(e)>>;
  static_assert(known::is_known,
                "derivative_from_output: known of exp, expm1, tanh, sigmoid, softplus, sqrt and "
                "max(x, 0), of x; take derivative(f) of the input");
  if constexpr (detail::is_of<detail::op::max, std::decay_t<decltype(e)>>) {
    require_parameter(detail::child<1>(e).value == 0,
                      "derivative_from_output: of max(x, c) the output is known for c = 0");
  }
  if constexpr (known::is_known) {
    return known::slope;
  } else {
    return e;
  }
}

/// The gradient of x for a gradient of the output, where x stands for the output: of softmax and
/// log_softmax, `kernel<vjp_from_output(softmax, y)>(view(out, ...), view(gradient, ...), ...)`.
template <formula F, operand G>
constexpr auto vjp_from_output(const F& formula, G gradient) {
  const auto e = detail::as_expression(formula);
  using type = std::decay_t<decltype(e)>;
  constexpr bool is_softmax = std::is_same_v<type, detail::softmax_of_x>;
  constexpr bool is_log_softmax = std::is_same_v<type, detail::log_softmax_of_x>;
  static_assert(is_softmax || is_log_softmax,
                "vjp_from_output: known of softmax(x) and log_softmax(x); take vjp(f, g) of the "
                "input");
  if constexpr (is_softmax || is_log_softmax) {
    const axis_list axes = detail::reduced_axes(e);
    require_parameter(detail::is_along(e, axes),
                      "vjp_from_output: all reductions of a formula go along the same axes");
    const auto g = detail::lift(gradient);
    if constexpr (is_softmax) {
      return x * (g - detail::sum_along(g * x, axes));
    } else {
      return g - exp(x) * detail::sum_along(g, axes);
    }
  } else {
    return e;
  }
}

}  // namespace FUSOR_REFUSALS
}  // namespace fusor

#include "fusor/end.hpp"
#include "fusor/language/precise_end.hpp"
