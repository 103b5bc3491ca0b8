// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <cstddef>
#include <type_traits>

#include "fusor/language/expression.hpp"
#include "fusor/language/own_operation.hpp"
#include "fusor/language/reduction.hpp"

/// What a derivative can be taken of, and in what.
namespace fusor::detail {

/// What counts as one: an input; a product of matrices, of formulas without numbers, whose types
/// say all of them.
template <class E>
inline constexpr bool is_one = false;
template <std::size_t Index>
inline constexpr bool is_one<argument<Index>> = true;
template <class A, class B>
inline constexpr bool is_one<node<op::matmul, A, B>> = std::is_empty_v<A>&& std::is_empty_v<B>;

template <class E>
inline constexpr bool is_half_of_input = false;
template <class Of>
inline constexpr bool is_half_of_input<node<op::first_half, Of, axis_list>> = is_one<Of>;
template <class Of>
inline constexpr bool is_half_of_input<node<op::second_half, Of, axis_list>> = is_one<Of>;

/// What a derivative is taken in: an input or a product of matrices, or a half of one.
template <class E>
inline constexpr bool is_target = is_one<E> || is_half_of_input<E>;

/// Whether an expression takes halves of something that a derivative in `Target` does not know: in
/// an input, any; in a half of one, those of no input.
template <class E, class Target>
inline constexpr bool has_other_halves = false;
template <class Op, class... Children, class Target>
inline constexpr bool has_other_halves<node<Op, Children...>, Target> =
    ((std::is_same_v<Op, op::first_half> ||
      std::is_same_v<Op, op::second_half>)&&!(is_half_of_input<Target> &&
                                              is_half_of_input<node<Op, Children...>>)) ||
    (has_other_halves<Children, Target> || ...);

/// Whether all halves of an expression are along one axis.
template <class E>
constexpr bool has_halves_along(const E&, int) {
  return true;
}
template <class Op, class... Children>
constexpr bool has_halves_along(const node<Op, Children...>& e, int axis) {
  if constexpr (is_half_of_input<node<Op, Children...>>) {
    return child<1>(e).axes[0] == axis;
  } else {
    return hana::unpack(e.children, [axis](const auto&... parts) {
      return (has_halves_along(parts, axis) && ...);
    });
  }
}

/// Whether an expression depends on what a derivative is taken in.
template <class Target, class E>
inline constexpr bool depends_on = std::is_same_v<Target, E>;
template <class Target, class Op, class... Children>
inline constexpr bool depends_on<Target, node<Op, Children...>> =
    std::is_same_v<Target, node<Op, Children...>> || (depends_on<Target, Children> || ...);

/// Refuses an operation of a program's own without a derivative; true if there is none.
template <class E>
constexpr bool has_own_rules() {
  static_assert(!is_lacking<lacks_derivative, E>,
                "derivative: an operation of your own has no derivative; give it a "
                "template <std::size_t Operand> static constexpr auto derivative(auto a)");
  return !is_lacking<lacks_derivative, E>;
}

}  // namespace fusor::detail

#include "fusor/end.hpp"
