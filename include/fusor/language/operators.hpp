// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <type_traits>

#include "fusor/language/error.hpp"
#include "fusor/language/expression.hpp"
#include "fusor/language/operation.hpp"

/// The operators of formulas. Each takes expressions and numbers, at least one expression.
namespace fusor {

namespace detail {
inline namespace FUSOR_REFUSALS {

/// A sum or a product. Refuses an integer 0, which is 1 / 2 as a rule: in a constant expression the
/// compiler stops here and shows the sentence.
template <class Op, class A, class B>
constexpr auto make_sum_or_product(A a, B b) {
  bool has_integer_zero = false;
  if constexpr (std::is_integral_v<A>) has_integer_zero = a == 0;
  if constexpr (std::is_integral_v<B>) has_integer_zero = b == 0;
  if (has_integer_zero) {
    refuse<parameter_error>("1 / 2 is the integer 0; write 1.0 / 2, or 0.0 if it is to be 0");
  }
  return make_node<Op>(a, b);
}

}  // namespace FUSOR_REFUSALS
}  // namespace detail

inline namespace FUSOR_REFUSALS {

template <class A, class B>
requires operands<A, B>
constexpr auto operator+(A a, B b) {
  return detail::make_sum_or_product<detail::op::add>(a, b);
}

template <class A, class B>
requires operands<A, B>
constexpr auto operator-(A a, B b) {
  return detail::make_sum_or_product<detail::op::sub>(a, b);
}

template <class A, class B>
requires operands<A, B>
constexpr auto operator*(A a, B b) {
  return detail::make_sum_or_product<detail::op::mul>(a, b);
}

/// Division, correctly rounded. By a literal it is two multiplications, fused into one rounding:
/// within 0.51 ULP.
template <class A, class B>
requires operands<A, B>
constexpr auto operator/(A a, B b) {
  return detail::make_sum_or_product<detail::op::div>(a, b);
}

}  // namespace FUSOR_REFUSALS

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

namespace detail {

/// A number or an expression of numbers, and a condition.
template <class A, class B>
concept mixes = (expression<A> || expression<B>)&&((operand<A> && condition<B>) ||
                                                   (condition<A> && operand<B>));

}  // namespace detail

// A condition is no number, `x + true` is nothing: where(condition, 1, 0) is one. Without these a
// compiler might take x for a number as well.
#define FUSOR_NO_MIXTURE(symbol) \
  template <class A, class B>    \
  requires detail::mixes<A, B>   \
  void operator symbol(A, B) = delete;
FUSOR_NO_MIXTURE(+)
FUSOR_NO_MIXTURE(-)
FUSOR_NO_MIXTURE(*)
FUSOR_NO_MIXTURE(/)
FUSOR_NO_MIXTURE(<)
FUSOR_NO_MIXTURE(<=)
FUSOR_NO_MIXTURE(>)
FUSOR_NO_MIXTURE(>=)
FUSOR_NO_MIXTURE(==)
FUSOR_NO_MIXTURE(!=)
#undef FUSOR_NO_MIXTURE

}  // namespace fusor

#include "fusor/end.hpp"
