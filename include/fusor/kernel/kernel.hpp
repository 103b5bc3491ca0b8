// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <concepts>
#include <type_traits>

#include "fusor/kernel/body.hpp"
#include "fusor/kernel/calls.hpp"
#include "fusor/kernel/template_argument.hpp"
#include "fusor/language/compose.hpp"
#include "fusor/schedule/signature.hpp"

namespace fusor {

namespace detail {
inline namespace FUSOR_REFUSALS {
inline namespace FUSOR_DISPATCH {

/// `Expression` is an expression or a list of outputs.
template <auto Expression, class T = std::remove_const_t<decltype(Expression)>>
struct kernel_object : kernel_calls<input_count<T>, output_count<T>, body_of<Expression>> {
  static_assert(input_count<T> <= max_inputs, "kernel: an expression has at most 16 inputs");
};

template <auto Formula>
constexpr auto make_kernel() {
  using type = std::remove_const_t<decltype(Formula)>;
  if constexpr (is_formula<type>()) {
    constexpr auto expression = as_expression(Formula);
    using expression_type = std::remove_const_t<decltype(expression)>;
    if constexpr (has_code<expression_type>() && reads_in_one_way<expression_type>()) {
      return kernel_object<expression>{};
    } else {
      return refused_kernel{};
    }
  } else {
    return refused_kernel{};
  }
}

}  // namespace FUSOR_DISPATCH
}  // namespace FUSOR_REFUSALS
}  // namespace detail

/// One fused, vectorised loop for a formula: an expression, an activation, a lambda from
/// expressions to an expression, or outputs(e1, e2, ...).
///
///     kernel<E>(in, out);            // ranges: std::vector, std::span, std::array, C arrays, ...
///     kernel<E>(in, out, count);     // pointers, or the first elements of ranges; of an input
///     that
///                                    // is halved twice as many, of an output that is reduced one
///     kernel<E>(data);               // in place, for one input; kernel<E>(data, count) as well
///     kernel<E>(a, 0.5f, b, out);    // up to 16 inputs; a number stands for all positions
///     kernel<2.5>(out);              // fills
///     kernel<E>(1.0f);               // numbers alone: returns a number, of their type
///     kernel<outputs(E1, E2)>(in, out1, out2);
///     kernel<E>(par, in, out);       // on several threads, see kernel/parallel.hpp; every call
///     kernel<E>(view(in, {2, 3}), bias, view(out, {2, 3}));  // tensors; see `view`
///
/// Between tensors, inputs broadcast to the shape of the output by NumPy's rules. An output that is
/// made of reductions alone lacks the reduced axes, or has them with extent 1.
///
/// Elements are float, double, float16 or bfloat16 (std::float16_t and the like are taken for what
/// they hold), and may differ between operands. The kernel
/// computes in double if an array (or, in a call on numbers, a number) is double, else in float,
/// and rounds to nearest even at the end. The same input gives the same bits, whatever the length,
/// the position, the alignment, in place or not; reductions: for the same shape, axes and strides.
///
/// Memory is read once and written once. An output may be the very memory of an input, if each
/// element is then read where it is written and nowhere else; any other overlap is refused.
///
/// Throws before anything is written: shape_error (lengths or shapes do not fit, null with a count,
/// a count that is impossible or larger than a range), axis_error (an axis that is not there, is
/// listed twice, cannot be halved, or is empty where a largest element is asked for),
/// overlap_error.
template <detail::kernel_argument Formula>
inline constexpr auto kernel = detail::make_kernel<detail::lift(Formula.value)>();

/// Whether two formulas are the same after simplification, and so share one compiled loop.
template <auto Formula1, auto Formula2>
inline constexpr bool same_kernel =
    std::same_as<detail::program_of<detail::as_expression(Formula1)>,
                 detail::program_of<detail::as_expression(Formula2)>>;

}  // namespace fusor

#include "fusor/end.hpp"
