// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include "fusor/language/absent_functions.hpp"
#include "fusor/language/expression.hpp"
#include "fusor/language/operation.hpp"

/// The functions of formulas. NaN in gives NaN out for every one of them, but pow.
///
/// Those with the name of a C function are templates, found by argument-dependent look-up, so that
/// `using namespace fusor;` and <cmath> live side by side. Accuracy: docs/accuracy.md.
namespace fusor {

/// `a` where the condition holds, else `b`. Both are computed; only one is kept.
template <class Condition, class A, class B>
requires condition<Condition> && operand<A> && operand<B> &&
    (expression<Condition> || expression<A> ||
     expression<B>)constexpr auto where(Condition condition, A a, B b) {
  return detail::make_node<detail::op::where>(condition, a, b);
}

/// |a|. Exact.
template <class A>
requires operands<A>
constexpr auto abs(A a) {
  return detail::make_node<detail::op::abs>(a);
}

/// The smaller of two values; NaN if either is NaN. Exact. Of +0 and -0 either: which one is not
/// specified, as a choice would cost an instruction.
template <class A, class B>
requires operands<A, B>
constexpr auto min(A a, B b) {
  return detail::make_node<detail::op::min>(a, b);
}

/// The larger of two values; NaN if either is NaN. Exact. Of +0 and -0 either, as with min.
template <class A, class B>
requires operands<A, B>
constexpr auto max(A a, B b) {
  return detail::make_node<detail::op::max>(a, b);
}

/// min(high, max(low, a)). Exact.
template <class A, class Low, class High>
requires operands<A, Low, High>
constexpr auto clamp(A a, Low low, High high) {
  return detail::make_node<detail::op::clamp>(a, low, high);
}

/// Square root, correctly rounded; NaN below 0.
template <class A>
requires operands<A>
constexpr auto sqrt(A a) {
  return detail::make_node<detail::op::sqrt>(a);
}

/// 1 / sqrt(a), within 1.5 ULP; inf at 0, with its sign, 0 at inf, NaN below 0.
template <class A>
requires operands<A>
constexpr auto rsqrt(A a) {
  return detail::make_node<detail::op::rsqrt>(a);
}

/// a * a.
template <class A>
requires operands<A>
constexpr auto square(A a) {
  return detail::make_node<detail::op::square>(a);
}

/// -1, 1, or a itself where it is +-0 or NaN. Exact.
template <class A>
requires operands<A>
constexpr auto sign(A a) {
  return detail::make_node<detail::op::sign>(a);
}

/// sqrt(a^2 + b^2) without overflow or underflow on the way.
template <class A, class B>
requires operands<A, B>
constexpr auto hypot(A a, B b) {
  return detail::make_node<detail::op::hypot>(a, b);
}

/// The nearest whole number; of two the even one, as round of Keras, NumPy and PyTorch and
/// nearbyint of C, whose round takes the one farther from 0. +-0 and what becomes 0 keep their
/// sign,
/// +-inf -> +-inf. Exact.
template <class A>
requires operands<A>
constexpr auto round(A a) {
  return detail::make_node<detail::op::round>(a);
}

/// The largest whole number that is not above a. +-0 -> +-0, +-inf -> +-inf. Exact.
template <class A>
requires operands<A>
constexpr auto floor(A a) {
  return detail::make_node<detail::op::floor>(a);
}

/// The least whole number that is not below a. +-0 -> +-0, from -1 to 0 -> -0, +-inf -> +-inf.
/// Exact.
template <class A>
requires operands<A>
constexpr auto ceil(A a) {
  return detail::make_node<detail::op::ceil>(a);
}

/// a without its fraction: toward 0. +-0 and what becomes 0 keep their sign, +-inf -> +-inf. Exact.
template <class A>
requires operands<A>
constexpr auto trunc(A a) {
  return detail::make_node<detail::op::trunc>(a);
}

/// e^a. +inf -> +inf, -inf -> +0; results below the smallest normal number are kept as subnormals.
template <class A>
requires operands<A>
constexpr auto exp(A a) {
  return detail::make_node<detail::op::exp>(a);
}

/// 2^a: exact for whole numbers. +inf -> +inf, -inf -> +0; results below the smallest normal number
/// are kept as subnormals. Within 1.5 ULP.
template <class A>
requires operands<A>
constexpr auto exp2(A a) {
  return detail::make_node<detail::op::exp2>(a);
}

/// e^a - 1, with full digits near 0. -inf -> -1, +inf -> +inf.
template <class A>
requires operands<A>
constexpr auto expm1(A a) {
  return detail::make_node<detail::op::expm1>(a);
}

/// Natural logarithm. 0 -> -inf, +inf -> +inf, negative -> NaN.
template <class A>
requires operands<A>
constexpr auto log(A a) {
  return detail::make_node<detail::op::log>(a);
}

/// Logarithm to the base 2, exact for powers of two. +-0 -> -inf, +inf -> +inf, negative -> NaN.
/// Within 1.5 ULP.
template <class A>
requires operands<A>
constexpr auto log2(A a) {
  return detail::make_node<detail::op::log2>(a);
}

/// Logarithm to the base 10. +-0 -> -inf, +inf -> +inf, negative -> NaN. Within 1.5 ULP.
template <class A>
requires operands<A>
constexpr auto log10(A a) {
  return detail::make_node<detail::op::log10>(a);
}

/// log(1 + a), with full digits near 0. -1 -> -inf, +inf -> +inf, below -1 -> NaN.
template <class A>
requires operands<A>
constexpr auto log1p(A a) {
  return detail::make_node<detail::op::log1p>(a);
}

/// Hyperbolic tangent. +-inf -> +-1, +-0 -> +-0.
template <class A>
requires operands<A>
constexpr auto tanh(A a) {
  return detail::make_node<detail::op::tanh>(a);
}

/// Hyperbolic sine, (e^a - e^-a) / 2, finite as long as the result is one of the type. +-0 -> +-0,
/// +-inf -> +-inf. Within 2 ULP.
template <class A>
requires operands<A>
constexpr auto sinh(A a) {
  return detail::make_node<detail::op::sinh>(a);
}

/// Hyperbolic cosine, (e^a + e^-a) / 2, finite as long as the result is one of the type.
/// 0 -> 1, +-inf -> +inf. Within 2 ULP.
template <class A>
requires operands<A>
constexpr auto cosh(A a) {
  return detail::make_node<detail::op::cosh>(a);
}

/// log(cosh(a)), with full digits near 0, where it is a^2 / 2, and far from it, where it is
/// |a| - log(2) and cosh(a) is infinite. 0 -> +0, +-inf -> +inf. Within 2 ULP.
template <class A>
requires operands<A>
constexpr auto log_cosh(A a) {
  return detail::make_node<detail::op::log_cosh>(a);
}

/// a^b as in C: pow(a, 0) and pow(1, b) are 1, also for NaN, which gives NaN elsewhere. A negative
/// a has a power where b is whole, with a sign where b is odd, else NaN; -0 and -inf have no sign
/// where b is not odd; pow(-1, +-inf) = 1. Within 2 ULP. The exponents -1, 0.5, 1, 2, 3 and 4, as
/// literals, are a few instructions.
template <class A, class B>
requires operands<A, B>
constexpr auto pow(A a, B b) {
  return detail::make_node<detail::op::pow>(a, b);
}

/// Sine of an angle in radians, right for every number of the type, however large, and next to the
/// multiples of pi; one that is computed is not rounded before, as in sin(6.283185307179586 * x).
/// +-0 -> +-0, +-inf -> NaN. Within 1.5 ULP. Angles beyond 2^17 in float and 2^40 in double are
/// reduced one by one: about 10 ns each.
template <class A>
requires operands<A>
constexpr auto sin(A a) {
  return detail::make_node<detail::op::sin>(a);
}

/// Cosine of an angle in radians, as sin. 0 -> 1, +-inf -> NaN. Within 1.5 ULP.
template <class A>
requires operands<A>
constexpr auto cos(A a) {
  return detail::make_node<detail::op::cos>(a);
}

/// Arc tangent, from -pi/2 to pi/2. +-0 -> +-0, +-inf -> +-pi/2. Within 1.5 ULP.
template <class A>
requires operands<A>
constexpr auto atan(A a) {
  return detail::make_node<detail::op::atan>(a);
}

/// Inverse of sinh, log(a + sqrt(a^2 + 1)), with full digits near 0, below it and where the square
/// is infinite. +-0 -> +-0, +-inf -> +-inf. Within 1.5 ULP.
template <class A>
requires operands<A>
constexpr auto asinh(A a) {
  return detail::make_node<detail::op::asinh>(a);
}

/// Cube root, also of negative numbers. +-0 -> +-0, +-inf -> +-inf. Within 1.7 ULP.
template <class A>
requires operands<A>
constexpr auto cbrt(A a) {
  return detail::make_node<detail::op::cbrt>(a);
}

/// Error function 2 / sqrt(pi) * integral of e^(-t^2) from 0 to a. +-inf -> +-1, +-0 -> +-0.
template <class A>
requires operands<A>
constexpr auto erf(A a) {
  return detail::make_node<detail::op::erf>(a);
}

/// 1 - erf(a), with full digits in the right tail. -inf -> 2, +inf -> +0.
template <class A>
requires operands<A>
constexpr auto erfc(A a) {
  return detail::make_node<detail::op::erfc>(a);
}

/// Distribution function of the standard normal law, (1 + erf(a / sqrt(2))) / 2, with full digits
/// in the left tail. -inf -> +0, +inf -> 1.
template <class A>
requires operands<A>
constexpr auto normal_cdf(A a) {
  return detail::make_node<detail::op::normal_cdf>(a);
}

/// Density of the standard normal law, e^(-a^2 / 2) / sqrt(2 pi): the slope of normal_cdf(a), with
/// full digits on both sides. +-inf -> +0. Within 2 ULP.
template <class A>
requires operands<A>
constexpr auto normal_pdf(A a) {
  return detail::make_node<detail::op::normal_pdf>(a);
}

/// Density of the logistic law, e^-a / (1 + e^-a)^2: the slope of sigmoid(a), with full digits on
/// both sides. 0 -> 1/4, +-inf -> +0. Within 2 ULP.
template <class A>
requires operands<A>
constexpr auto logistic_pdf(A a) {
  return detail::make_node<detail::op::logistic_pdf>(a);
}

/// `a`, which derivatives take for a number: where it is known that what flows through it adds up
/// to 0, as through the largest element that softmax subtracts. A kernel sees `a` alone.
template <class A>
requires operands<A>
constexpr auto stop_gradient(A a) {
  return detail::make_node<detail::op::stop_gradient>(a);
}

}  // namespace fusor

#include "fusor/end.hpp"
