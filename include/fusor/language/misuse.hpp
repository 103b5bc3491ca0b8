// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <vector>

#include "fusor/language/expression.hpp"

/// What people type that is not there: each is refused with one sentence that says what to write.
/// Everything here returns something usable, so that it is the only error.
namespace fusor {

template <class A, class B>
requires operands<A, B>
constexpr auto operator%(A a, B) {
  static_assert(detail::never<A, B>,
                "there is no % of expressions, and none of floating-point numbers in C++");
  return detail::lift(a);
}

template <class A, class B>
requires operands<A, B>
constexpr auto operator^(A a, B) {
  static_assert(detail::never<A, B>, "there is no ^ of expressions; write pow(x, y)");
  return detail::lift(a);
}

namespace detail {

/// Two sides of && or ||, of which one is a number.
template <class A, class B>
concept number_as_condition = (operand<A> || condition<A>)&&(operand<B> || condition<B>)&&(
    expression<A> || expression<B>)&&!(condition<A> && condition<B>);

}  // namespace detail

template <class A, class B>
requires detail::number_as_condition<A, B>
constexpr truth operator&&(A, B) {
  static_assert(detail::never<A, B>,
                "both sides of && must be conditions, and one is a number; write x != 0 && y != 0");
  return {true};
}

template <class A, class B>
requires detail::number_as_condition<A, B>
constexpr truth operator||(A, B) {
  static_assert(detail::never<A, B>,
                "both sides of || must be conditions, and one is a number; write x != 0 || y != 0");
  return {true};
}

template <class A>
requires operands<A>
constexpr truth operator!(A) {
  static_assert(detail::never<A>, "! negates a condition, and this is a number; write x == 0");
  return {true};
}

}  // namespace fusor

/// An expression says what to compute and holds no elements. (As inputs are constants, the standard
/// library would refuse a vector of them as well, on a page.)
template <class Expression, class Allocator>
requires fusor::expression<std::remove_const_t<Expression>>
class std::vector<const Expression, Allocator> {
  static_assert(fusor::detail::never<Expression>,
                "an expression says what to compute and holds no elements; write "
                "std::vector<float> for the memory of a kernel");
};

#include "fusor/end.hpp"
