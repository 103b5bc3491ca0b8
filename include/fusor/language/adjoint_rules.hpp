// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <cstddef>
#include <type_traits>

#include "fusor/language/adjoint.hpp"

#include "fusor/language/precise_begin.hpp"

/// The rules of derivatives.
namespace fusor::detail {

template <std::size_t Index>
using at = std::integral_constant<std::size_t, Index>;

template <class A>
constexpr auto sigmoid_of(A a) {
  return make_node<op::sigmoid>(a);
}

// clang-format off

// The rules, one line each: from g, which multiplies the derivative of an operation that gives
// `self`, to what multiplies the derivative of the operand `at`. What vanishes is the last factor.
constexpr auto adjoint(op::add, at<0>, auto g, auto, auto, auto)          { return g; }
constexpr auto adjoint(op::add, at<1>, auto g, auto, auto, auto)          { return g; }
constexpr auto adjoint(op::sub, at<0>, auto g, auto, auto, auto)          { return g; }
constexpr auto adjoint(op::sub, at<1>, auto g, auto, auto, auto)          { return negated(g); }
constexpr auto adjoint(op::mul, at<0>, auto g, auto, auto, auto b)        { return multiplied(g, b); }
constexpr auto adjoint(op::mul, at<1>, auto g, auto, auto a, auto)        { return multiplied(g, a); }
constexpr auto adjoint(op::div, at<0>, auto g, auto, auto, auto b)        { return divided(g, b); }
constexpr auto adjoint(op::div, at<1>, auto g, auto self, auto, auto b)   { return negated(divided(multiplied(g, self), b)); }
constexpr auto adjoint(op::as_written, at<0>, auto g, auto, auto)         { return g; }
constexpr auto adjoint(op::relaxed, at<0>, auto g, auto, auto)         { return g; }
constexpr auto adjoint(op::neg, at<0>, auto g, auto, auto)                { return negated(g); }
constexpr auto adjoint(op::square, at<0>, auto g, auto, auto a)           { return multiplied(g, multiplied(literal{2}, a)); }
constexpr auto adjoint(op::sqrt, at<0>, auto g, auto self, auto)          { return divided(multiplied(literal{0.5}, g), self); }
constexpr auto adjoint(op::rsqrt, at<0>, auto g, auto self, auto a)       { return multiplied(g, divided(multiplied(literal{-0.5}, self), a)); }
constexpr auto adjoint(op::hypot, at<0>, auto g, auto self, auto a, auto) { return multiplied(g, divided(a, self)); }
constexpr auto adjoint(op::hypot, at<1>, auto g, auto self, auto, auto b) { return multiplied(g, divided(b, self)); }
constexpr auto adjoint(op::abs, at<0>, auto g, auto, auto a)              { return multiplied(g, sign(a)); }

constexpr auto adjoint(op::exp, at<0>, auto g, auto self, auto)           { return multiplied(g, self); }
constexpr auto adjoint(op::exp2, at<0>, auto g, auto self, auto)          { return multiplied(multiplied(literal{0.69314718055994530941723212145818}, g), self); }
constexpr auto adjoint(op::expm1, at<0>, auto g, auto, auto a)            { return multiplied(g, exp(a)); }
constexpr auto adjoint(op::log, at<0>, auto g, auto, auto a)              { return divided(g, a); }
constexpr auto adjoint(op::log2, at<0>, auto g, auto, auto a)             { return divided(multiplied(literal{1.4426950408889634073599246810019}, g), a); }
constexpr auto adjoint(op::log10, at<0>, auto g, auto, auto a)            { return divided(multiplied(literal{0.43429448190325182765112891891661}, g), a); }
constexpr auto adjoint(op::log1p, at<0>, auto g, auto, auto a)            { return divided(g, 1 + a); }
constexpr auto adjoint(op::tanh, at<0>, auto g, auto, auto a)             { return multiplied(multiplied(literal{4}, g), logistic_pdf(multiplied(literal{2}, a))); }
constexpr auto adjoint(op::sinh, at<0>, auto g, auto, auto a)             { return multiplied(g, cosh(a)); }
constexpr auto adjoint(op::cosh, at<0>, auto g, auto, auto a)             { return multiplied(g, sinh(a)); }
constexpr auto adjoint(op::log_cosh, at<0>, auto g, auto, auto a)         { return multiplied(g, tanh(a)); }
constexpr auto adjoint(op::sin, at<0>, auto g, auto, auto a)              { return multiplied(g, cos(a)); }
constexpr auto adjoint(op::cos, at<0>, auto g, auto, auto a)              { return negated(multiplied(g, sin(a))); }
constexpr auto adjoint(op::asinh, at<0>, auto g, auto, auto a)            { return divided(g, hypot(a, 1)); }
constexpr auto adjoint(op::sigmoid, at<0>, auto g, auto, auto a)          { return multiplied(g, logistic_pdf(a)); }
constexpr auto adjoint(op::softplus, at<0>, auto g, auto, auto a)         { return multiplied(g, sigmoid_of(a)); }
constexpr auto adjoint(op::logistic_pdf, at<0>, auto g, auto self, auto a) { return negated(multiplied(multiplied(g, tanh(multiplied(literal{0.5}, a))), self)); }
constexpr auto adjoint(op::erf, at<0>, auto g, auto, auto a)              { return multiplied(multiplied(literal{1.1283791670955125738961589031215}, g), exp(-square(a))); }
constexpr auto adjoint(op::erfc, at<0>, auto g, auto, auto a)             { return negated(adjoint(op::erf{}, at<0>{}, g, a, a)); }
constexpr auto adjoint(op::normal_cdf, at<0>, auto g, auto, auto a)       { return multiplied(g, normal_pdf(a)); }
constexpr auto adjoint(op::normal_pdf, at<0>, auto g, auto self, auto a)  { return negated(multiplied(multiplied(g, a), self)); }

// Steps and kinks. Where operands are equal, a number wins over an expression, two expressions share.
constexpr auto adjoint(op::sign, at<0>, auto, auto, auto)                 { return nothing{}; }
constexpr auto adjoint(op::round, at<0>, auto, auto, auto)                { return nothing{}; }
constexpr auto adjoint(op::floor, at<0>, auto, auto, auto)                { return nothing{}; }
constexpr auto adjoint(op::ceil, at<0>, auto, auto, auto)                 { return nothing{}; }
constexpr auto adjoint(op::trunc, at<0>, auto, auto, auto)                { return nothing{}; }
constexpr auto adjoint(op::stop_gradient, at<0>, auto, auto, auto)        { return nothing{}; }
// clang-format on

/// g where a is the larger of two, 0 where it is the smaller one; NaN where there is no order.
template <class G, class A, class B>
constexpr auto where_larger(G g, A a, B b) {
  if constexpr (is_nothing<G>) {
    return g;
  } else if constexpr (is_number<B>) {
    return where(a > b, as_operand(g), where(a <= b, literal{0}, a));
  } else if constexpr (is_number<A>) {
    return where(a >= b, as_operand(g), where(a < b, literal{0}, b));
  } else {
    const auto shared = where(a == b, as_operand(multiplied(literal{0.5}, g)), a + b);
    return where(a > b, as_operand(g), where(a < b, literal{0}, shared));
  }
}

// clang-format off
constexpr auto adjoint(op::max, at<0>, auto g, auto, auto a, auto b) { return where_larger(g, a, b); }
constexpr auto adjoint(op::max, at<1>, auto g, auto, auto a, auto b) { return where_larger(g, b, a); }
constexpr auto adjoint(op::min, at<0>, auto g, auto, auto a, auto b) { return where_larger(g, -a, negated(b)); }
constexpr auto adjoint(op::min, at<1>, auto g, auto, auto a, auto b) { return where_larger(g, -b, negated(a)); }
constexpr auto adjoint(op::clamp, at<0>, auto g, auto, auto a, auto low, auto high) {
  return where(a > low && a < high, as_operand(g), where(a <= low || a >= high, literal{0}, a));
}
constexpr auto adjoint(op::clamp, at<1>, auto g, auto, auto a, auto low, auto high) { return where(a <= low && low < high, as_operand(g), 0.0 * a); }
constexpr auto adjoint(op::clamp, at<2>, auto g, auto, auto a, auto, auto high)     { return where(a >= high, as_operand(g), 0.0 * a); }
// clang-format on

/// b a^(b - 1), and a^b log(a); where b is 0, and where a is 0 and b not below it, 0, as a^b is.
constexpr auto adjoint(op::pow, at<0>, auto g, auto, auto a, auto b) {
  return multiplied(g, where(b == 0, literal{0}, b * pow(a, b - literal{1})));
}
constexpr auto adjoint(op::pow, at<1>, auto g, auto self, auto a, auto b) {
  return multiplied(g, where(a == 0 && b >= 0, literal{0}, self * log(a)));
}

/// 1 / (1 + a^2), which is 1 / a^2 before the square is infinite.
constexpr auto adjoint(op::atan, at<0>, auto g, auto, auto a) {
  const auto is_far = abs(a) > 0x1p60;
  const auto inverse = literal{1} / where(is_far, a, 1 + square(a));
  return multiplied(g, where(is_far, square(inverse), inverse));
}

/// cbrt(a) / (3 a), which keeps more digits than 1 / (3 cbrt(a)^2); at 0 and infinity that.
constexpr auto adjoint(op::cbrt, at<0>, auto g, auto self, auto a) {
  const auto is_edge = a == 0 || abs(a) == infinity;
  const auto third = multiplied(literal{1 / 3.0}, where(is_edge, literal{1}, self));
  return multiplied(g, divided(third, where(is_edge, square(self), a)));
}

/// Of an operation of a program's own.
template <class Op, std::size_t I, class... Operands>
requires(Op::is_own) constexpr auto adjoint(Op, at<I>, auto g, auto, Operands... operands) {
  using slope = decltype(Op::template derivative<I>(operands...));
  if constexpr (std::is_same_v<slope, std::integral_constant<int, 0>>) {
    return nothing{};
  } else if constexpr (std::is_same_v<slope, std::integral_constant<int, 1>>) {
    return g;
  } else {
    return multiplied(g, lift(Op::template derivative<I>(operands...)));
  }
}

template <class Op>
constexpr nothing adjoint(Op, auto, auto, auto, auto...) {
  static_assert(!std::is_same_v<Op, op::matmul>,
                "derivative, vjp: of what is multiplied in a matmul; take it in the product, as "
                "vjp(e, z, matmul(x, y)), and multiply that with the transposed other operand");
  static_assert(std::is_same_v<Op, op::matmul> || never<Op>,
                "derivative: this operation has no rule in fusor/language/adjoint_rules.hpp");
  return {};
}

}  // namespace fusor::detail

#include "fusor/end.hpp"
#include "fusor/language/precise_end.hpp"
