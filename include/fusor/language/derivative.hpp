// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <cstddef>
#include <type_traits>

#include "fusor/language/compose.hpp"
#include "fusor/language/error.hpp"
#include "fusor/language/gradient.hpp"

/// Derivatives of formulas: formulas like any other.
namespace fusor {

namespace detail {
inline namespace FUSOR_REFUSALS {

/// A derivative in a half is one of the halves that the formula takes.
template <class E, class Target>
constexpr void require_one_axis(const E& e, const Target& in) {
  if constexpr (is_half_of_input<Target>) {
    require_parameter(has_halves_along(e, child<1>(in).axes[0]),
                      "derivative, vjp: the half is along another axis than those of the formula");
  }
}

}  // namespace FUSOR_REFUSALS
}  // namespace detail

inline namespace FUSOR_REFUSALS {

/// The derivative of a formula in x, or in another input: `derivative(gelu)`, `derivative(x * y,
/// y)`, in a half of one, `derivative(glu, first_half(x))`, or in a product of matrices,
/// `derivative(tanh(matmul(x, y) + z), matmul(x, y))`. An expression like any other:
/// `kernel<y * derivative(gelu)>(in, gradient, out)` is the backward pass of gelu in one loop, and
/// derivative(derivative(e)) is the second derivative.
///
/// Elementwise formulas only; one with reductions has a gradient for each gradient of its outputs:
/// vjp. Of a constant it is a number.
///
/// Kinks      those of Keras: of max and min with a number, clamp and abs it is 0 at the kink, so
///            relu'(0) = 0; of max(a, b), where both are equal, half of each; of where(c, a, b)
///            that of the branch that is taken
/// Limits     those of the formula's slope: 0 where exp, sigmoid, normal_cdf vanish, whatever
///            stands beside them;  NaN -> NaN, but where it is a constant
/// Accuracy   see docs/derivatives.md
template <formula F, class Target = detail::argument<0>>
requires detail::is_target<Target>
constexpr auto derivative(const F& formula, [[maybe_unused]] Target in = {}) {
  const auto e = detail::as_expression(formula);
  using type = std::decay_t<decltype(e)>;
  static_assert(!detail::is_output_list<type>,
                "derivative: of several outputs, write outputs(derivative(a), derivative(b))");
  static_assert(!detail::reduces<type>,
                "derivative: a formula with reductions has a gradient for each of its outputs; "
                "vjp(formula, y) is their product with y, summed");
  static_assert(!detail::has_other_halves<type, Target> || detail::reduces<type>,
                "derivative: the halves of an input are two inputs; take it in each, as "
                "derivative(glu, first_half(x))");
  if constexpr (!detail::has_own_rules<type>()) {
    return e;
  } else if constexpr (!detail::has_other_halves<type, Target> && !detail::reduces<type>) {
    detail::require_one_axis(e, in);
    return detail::as_operand(detail::gradient<Target>::of(e, detail::unit{}));
  } else {
    return e;
  }
}

/// The gradient of an input for a gradient of the output (the product of a vector with the
/// Jacobian): what backpropagation computes. `vjp(softmax(x), y)` is the gradient in x where y is
/// the gradient of softmax(x); `vjp(e, z, y)` is that in y, `vjp(glu, y, first_half(x))` that in a
/// half, `vjp(tanh(matmul(x, y) + z), input<3>, matmul(x, y))` that in a product of matrices; those
/// of its operands are products of it. An expression like any other, whatever the formula reduces:
/// `kernel<vjp(softmax(x), y)>(view(in, ...), view(gradient, ...), view(out,
/// ...))`.
///
/// Shapes     the gradient of the output has the shape of the output, or broadcasts to it; the
///            result that of all operands together. Of an operand that is broadcast, a bias, the
///            gradient is the sum along the axes it lacks: reduce_sum(vjp(x + y, z, y), {.axis =
///            0})
/// Kinks      as with derivative; of reduce_max, reduce_min the elements that are equal share
/// Accuracy   see docs/derivatives.md
template <formula F, operand G, class Target = detail::argument<0>>
requires detail::is_target<Target>
constexpr auto vjp(const F& formula, G gradient, [[maybe_unused]] Target in = {}) {
  const auto e = detail::as_expression(formula);
  using type = std::decay_t<decltype(e)>;
  static_assert(!detail::is_output_list<type>,
                "vjp: of several outputs, add the gradients of each: vjp(a, y) + vjp(b, z)");
  static_assert(!detail::has_other_halves<type, Target>,
                "vjp: the halves of an input are two inputs; take it in each, as vjp(glu, y, "
                "first_half(x))");
  if constexpr (!detail::has_own_rules<type>()) {
    return e * detail::lift(gradient);
  } else if constexpr (!detail::has_other_halves<type, Target>) {
    detail::require_one_axis(e, in);
    if constexpr (detail::reduces<type>) {
      require_parameter(detail::is_along(e, detail::reduced_axes(e)),
                        "vjp: all reductions of a formula go along the same axes");
    }
    return detail::as_operand(detail::gradient<Target>::of(e, detail::lift(gradient)));
  } else {
    return e * detail::lift(gradient);
  }
}

}  // namespace FUSOR_REFUSALS

/// A formula of x, y, ... whose derivative in each its author knows better:
/// `with_derivative(f, f_x)`, or `with_derivative(f, f_x, f_y)`. A kernel computes the formula
/// alone; derivatives take what was given. Where a derivative has other digits than the rules give,
/// or where the formula selects between parts that only look different.
template <formula F, operand... Derivatives>
constexpr auto with_derivative(const F& formula, Derivatives... derivatives) {
  const auto e = detail::as_expression(formula);
  static_assert(
      sizeof...(Derivatives) == detail::input_count<std::decay_t<decltype(e)>>,
      "with_derivative: give the derivative in each input of the formula, in their order");
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    return detail::make_node<detail::op::with_derivative>(e, derivatives..., input<I>...);
  }
  (std::index_sequence_for<Derivatives...>{});
}

}  // namespace fusor

#include "fusor/end.hpp"
