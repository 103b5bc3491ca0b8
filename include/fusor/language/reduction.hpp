// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <cstddef>
#include <initializer_list>

#include "fusor/language/error.hpp"
#include "fusor/language/expression.hpp"
#include "fusor/language/functions.hpp"
#include "fusor/language/operation.hpp"
#include "fusor/language/operators.hpp"

/// Reductions along axes: inside a formula they broadcast back along their axes, so that
/// `x - reduce_max(x)` has the shape of x; a formula of nothing but reductions gives the smaller
/// tensor. In a call on a plain range the only axis is the range.
namespace fusor {

inline namespace FUSOR_REFUSALS {

/// One or several axes. Negative axes count from the last, -1, backwards.
struct axis_list {
  static constexpr std::size_t most = 8;
  std::size_t size = 0;
  int axes[most] = {};

  constexpr axis_list(int axis) : size(1), axes{axis} {}
  constexpr axis_list(std::initializer_list<int> list) : size(list.size()) {
    require_parameter(list.size() <= most, "axis: at most eight axes may be listed");
    std::size_t i = 0;
    for (const int axis : list) axes[i++] = axis;
  }
};

}  // namespace FUSOR_REFUSALS

/// Every axis: `reduce_sum(x, {.axis = all_axes})`.
inline constexpr axis_list all_axes = std::initializer_list<int>{};

/// Parameters of a reduction: `{.axis = 1}`, `{.axis = {0, 2}}`, `{.axis = all_axes}`.
struct reduction_parameters {
  axis_list axis = -1;
};

/// Parameters of an operation along one axis.
struct axis_parameters {
  int axis = -1;
};

/// The sum along the axes. Compensated: a million equal terms lose nothing. Of nothing: 0.
template <class A>
requires operands<A>
constexpr auto reduce_sum(A a, reduction_parameters p = {}) {
  return detail::make_node<detail::op::reduce_sum>(a, p.axis);
}

/// The arithmetic mean along the axes: their sum, divided by the number of elements. Of nothing:
/// NaN.
template <class A>
requires operands<A>
constexpr auto reduce_mean(A a, reduction_parameters p = {}) {
  return detail::make_node<detail::op::reduce_mean>(a, p.axis);
}

/// The number of elements along the axes, of the shape that the formula has.
constexpr auto reduce_count(reduction_parameters p = {}) {
  return detail::make_node<detail::op::reduce_count>(p.axis);
}

/// An input that has one element for each row, such as a mean that was kept: its shape has no such
/// axes, or extent 1 along them, and the others that the formula has. Without this an input of
/// extent 1 broadcasts as well; with it the element is read once for a row, and what depends on
/// such elements alone is computed once. In a formula with products of matrices its shape has all
/// axes.
///
/// Example    (x - row_value(y)) * row_value(z)
template <std::size_t Index>
constexpr auto row_value(detail::argument<Index> input, reduction_parameters p = {}) {
  return detail::make_node<detail::op::row_value>(input, p.axis);
}
template <class A>
constexpr A row_value(A wrong, reduction_parameters = {}) {
  static_assert(detail::never<A>,
                "row_value: an input has one element for each row: row_value(y). A formula that is "
                "one value for a row, such as reduce_mean(x), is one without it");
  return wrong;
}

/// The product along the axes. Of nothing: 1. The elements are multiplied in an order of their own,
/// those of each lane of a vector first, so a product of any of them may arise on the way, and has
/// to be in the range of the type (of float, for types of 16 bits): of 64 numbers 1e20 and 1e-20 in
/// turn, the ones overflow and the others underflow, and the result is NaN. Where that can be,
/// reduce_sum of logarithms does not overflow.
template <class A>
requires operands<A>
constexpr auto reduce_prod(A a, reduction_parameters p = {}) {
  return detail::make_node<detail::op::reduce_prod>(a, p.axis);
}

/// The largest element along the axes; NaN if one is NaN. Exact. Of +0 and -0 either: which one is
/// not specified, but does not depend on what lies beside the row. An empty axis is refused.
template <class A>
requires operands<A>
constexpr auto reduce_max(A a, reduction_parameters p = {}) {
  return detail::make_node<detail::op::reduce_max>(a, p.axis);
}

/// The smallest element along the axes; NaN if one is NaN. Exact. Of +0 and -0 either, as with
/// reduce_max. An empty axis is refused.
template <class A>
requires operands<A>
constexpr auto reduce_min(A a, reduction_parameters p = {}) {
  return detail::make_node<detail::op::reduce_min>(a, p.axis);
}

/// log(sum of e^a) along the axes, without overflow or underflow on the way. -inf alone -> -inf,
/// +inf present -> +inf, NaN -> NaN. Within 2 ULP of the result or of the largest element,
/// whichever is more: the largest and the logarithm of the rest may cancel.
template <class A>
requires operands<A>
constexpr auto logsumexp(A a, reduction_parameters p = {}) {
  const auto largest = stop_gradient(reduce_max(a, p));
  const auto sum = reduce_sum(exp(a - largest), p);
  return where(abs(largest) < infinity, largest + log(sum), largest);
}

/// The number t for which the sum of max(a - t, 0) along the axes is 1: what sparsemax subtracts.
/// +inf present -> +inf; nothing but -inf, or NaN present -> NaN. In `a - t` an a of +inf is as far
/// above t as the largest of finite numbers would be: 1, or 1/k if there are k of them.
template <class A>
requires operands<A>
constexpr auto simplex_threshold(A a, reduction_parameters p = {}) {
  return detail::make_node<detail::op::simplex_threshold>(a, p.axis);
}

/// The first half of the elements along an axis, which must be even in number.
template <class A>
requires operands<A>
constexpr auto first_half(A a, axis_parameters p = {}) {
  return detail::make_node<detail::op::first_half>(a, axis_list(p.axis));
}

/// The second half of the elements along an axis, which must be even in number.
template <class A>
requires operands<A>
constexpr auto second_half(A a, axis_parameters p = {}) {
  return detail::make_node<detail::op::second_half>(a, axis_list(p.axis));
}

}  // namespace fusor

#include "fusor/end.hpp"
