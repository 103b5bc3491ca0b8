// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include "fusor/language/expression.hpp"
#include "fusor/language/operation.hpp"

/// The operators of formulas. Each takes expressions and numbers, at least one expression.
namespace fusor {

template <class A, class B>
requires operands<A, B>
constexpr auto operator+(A a, B b) {
  return detail::make_node<detail::op::add>(a, b);
}

template <class A, class B>
requires operands<A, B>
constexpr auto operator-(A a, B b) {
  return detail::make_node<detail::op::sub>(a, b);
}

template <class A, class B>
requires operands<A, B>
constexpr auto operator*(A a, B b) {
  return detail::make_node<detail::op::mul>(a, b);
}

/// Division, correctly rounded. By a literal it is two multiplications, fused into one rounding:
/// within 0.51 ULP.
template <class A, class B>
requires operands<A, B>
constexpr auto operator/(A a, B b) {
  return detail::make_node<detail::op::div>(a, b);
}

template <class A>
requires operands<A>
constexpr auto operator-(A a) {
  return detail::make_node<detail::op::neg>(a);
}

template <class A, class B>
requires operands<A, B>
constexpr auto operator<(A a, B b) {
  return detail::make_node<detail::op::less>(a, b);
}

template <class A, class B>
requires operands<A, B>
constexpr auto operator<=(A a, B b) {
  return detail::make_node<detail::op::less_equal>(a, b);
}

template <class A, class B>
requires operands<A, B>
constexpr auto operator>(A a, B b) {
  return detail::make_node<detail::op::greater>(a, b);
}

template <class A, class B>
requires operands<A, B>
constexpr auto operator>=(A a, B b) {
  return detail::make_node<detail::op::greater_equal>(a, b);
}

template <class A, class B>
requires operands<A, B>
constexpr auto operator==(A a, B b) {
  return detail::make_node<detail::op::equal>(a, b);
}

template <class A, class B>
requires operands<A, B>
constexpr auto operator!=(A a, B b) {
  return detail::make_node<detail::op::not_equal>(a, b);
}

template <class A, class B>
requires conditions<A, B>
constexpr auto operator&&(A a, B b) {
  return detail::make_node<detail::op::logical_and>(a, b);
}

template <class A, class B>
requires conditions<A, B>
constexpr auto operator||(A a, B b) {
  return detail::make_node<detail::op::logical_or>(a, b);
}

template <class A>
requires conditions<A>
constexpr auto operator!(A a) {
  return detail::make_node<detail::op::logical_not>(a);
}

}  // namespace fusor

#include "fusor/end.hpp"
