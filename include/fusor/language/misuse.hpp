// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <vector>

#include "fusor/language/expression.hpp"

/// What people type that is not there: each is refused with one sentence that says what to write.
/// Everything here returns something usable, so that it is the only error.
namespace fusor {

// Functions that are not there.
#define FUSOR_NO_FUNCTION(name, sentence)                                 \
  template <class A, class... B>                                          \
  requires operands<A, B...>                                              \
  constexpr auto name(A a, B...) {                                        \
    static_assert(detail::never<A, B...>, "there is no " #name sentence); \
    return detail::lift(a);                                               \
  }
FUSOR_NO_FUNCTION(pow, "; write square(x), x * x * x, sqrt(x), or exp(y * log(x)) for x > 0")
FUSOR_NO_FUNCTION(fabs, "; write abs(x)")
FUSOR_NO_FUNCTION(fmax, "; write max(x, y)")
FUSOR_NO_FUNCTION(fmin, "; write min(x, y)")
FUSOR_NO_FUNCTION(fma, "; write x * y + z, which is rounded once where that is one instruction")
FUSOR_NO_FUNCTION(exp2, "; write exp(0.6931471805599453 * x)")
FUSOR_NO_FUNCTION(log2, "; write 1.4426950408889634 * log(x)")
FUSOR_NO_FUNCTION(log10, "; write 0.4342944819032518 * log(x)")
FUSOR_NO_FUNCTION(sinh, "; write 0.5 * (expm1(x) - expm1(-x))")
FUSOR_NO_FUNCTION(cosh, "; write 0.5 * (exp(x) + exp(-x))")
FUSOR_NO_FUNCTION(fmod, "; see fusor/language/functions.hpp for the functions of formulas")
FUSOR_NO_FUNCTION(sin, "; see fusor/language/functions.hpp for the functions of formulas")
FUSOR_NO_FUNCTION(cos, "; see fusor/language/functions.hpp for the functions of formulas")
FUSOR_NO_FUNCTION(tan, "; see fusor/language/functions.hpp for the functions of formulas")
FUSOR_NO_FUNCTION(asin, "; see fusor/language/functions.hpp for the functions of formulas")
FUSOR_NO_FUNCTION(acos, "; see fusor/language/functions.hpp for the functions of formulas")
FUSOR_NO_FUNCTION(atan, "; see fusor/language/functions.hpp for the functions of formulas")
FUSOR_NO_FUNCTION(atan2, "; see fusor/language/functions.hpp for the functions of formulas")
FUSOR_NO_FUNCTION(asinh, "; see fusor/language/functions.hpp for the functions of formulas")
FUSOR_NO_FUNCTION(acosh, "; see fusor/language/functions.hpp for the functions of formulas")
FUSOR_NO_FUNCTION(atanh, "; see fusor/language/functions.hpp for the functions of formulas")
FUSOR_NO_FUNCTION(cbrt, "; see fusor/language/functions.hpp for the functions of formulas")
FUSOR_NO_FUNCTION(floor, "; see fusor/language/functions.hpp for the functions of formulas")
FUSOR_NO_FUNCTION(ceil, "; see fusor/language/functions.hpp for the functions of formulas")
FUSOR_NO_FUNCTION(round, "; see fusor/language/functions.hpp for the functions of formulas")
FUSOR_NO_FUNCTION(trunc, "; see fusor/language/functions.hpp for the functions of formulas")
FUSOR_NO_FUNCTION(lgamma, "; see fusor/language/functions.hpp for the functions of formulas")
FUSOR_NO_FUNCTION(tgamma, "; see fusor/language/functions.hpp for the functions of formulas")

#undef FUSOR_NO_FUNCTION

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
  static_assert(detail::never<A, B>, "there is no ^ of expressions; write square(x), or x * x * x");
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
