// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/transform/own_rule.hpp"
#include "fusor/transform/rewrite.hpp"
#include "fusor/transform/scaled.hpp"

/// Rules that keep digits: a number plus or minus a function.
namespace fusor::detail {

template <class Form>
struct simplify_rule : rules::own_rule<Form> {};

/// What `number + factor * Form` is, where a rule knows it.
template <int Number, int Factor, class Form>
struct sum_with_number {};
// clang-format off
template <class A> using exp_of = form<op::exp, A>;
template <class A> using twice_sigmoid = form<op::mul, number<2>, form<op::sigmoid, A>>;

// 1 + tanh(A) = 2 sigmoid(2 A), 1 - tanh(A) = 2 sigmoid(-2 A), 1 - tanh(A)^2 = 4 logistic_pdf(2 A)
template <class A> struct sum_with_number<1, 1, form<op::tanh, A>>  : becomes<twice_sigmoid<twice<A>>> {};
template <class A> struct sum_with_number<1, -1, form<op::tanh, A>> : becomes<twice_sigmoid<twice<negative<A>>>> {};
template <class A> struct sum_with_number<1, -1, form<op::square, form<op::tanh, A>>> : becomes<form<op::mul, number<4>, form<op::logistic_pdf, twice<A>>>> {};
// 1 - 4 logistic_pdf(A) = tanh(A / 2)^2
template <class A> struct sum_with_number<1, -4, form<op::logistic_pdf, A>> : becomes<form<op::square, form<op::tanh, half<A>>>> {};
// 2 sigmoid(A) - 1 = tanh(A / 2)
template <class A> struct sum_with_number<-1, 2, form<op::sigmoid, A>> : becomes<form<op::tanh, half<A>>> {};
template <class A> struct sum_with_number<1, -2, form<op::sigmoid, A>> : becomes<form<op::tanh, half<negative<A>>>> {};
// 1 - sigmoid(A) = sigmoid(-A), and the like
template <class A> struct sum_with_number<1, -1, form<op::sigmoid, A>>    : becomes<form<op::sigmoid, negative<A>>> {};
template <class A> struct sum_with_number<1, -1, form<op::normal_cdf, A>> : becomes<form<op::normal_cdf, negative<A>>> {};
template <class A> struct sum_with_number<1, -1, form<op::erf, A>>        : becomes<form<op::erfc, A>> {};
template <class A> struct sum_with_number<1, 1, form<op::erf, A>>         : becomes<form<op::erfc, negative<A>>> {};
template <class A> struct sum_with_number<1, -1, form<op::erfc, A>>       : becomes<form<op::erf, A>> {};
// e^A - 1 = expm1(A)
template <class A> struct sum_with_number<-1, 1, exp_of<A>> : becomes<form<op::expm1, A>> {};
template <class A> struct sum_with_number<1, -1, exp_of<A>> : becomes<form<op::neg, form<op::expm1, A>>> {};
// clang-format on

constexpr int whole(double value) {
  return value >= -4 && value <= 4 && value == static_cast<int>(value) ? static_cast<int>(value)
                                                                       : 99;
}
template <class Sum>
using known_sum =
    sum_with_number<whole(shifted<Sum>::number), whole(scaled<typename shifted<Sum>::rest>::number),
                    unscaled<typename shifted<Sum>::rest>>;
template <class Sum>
concept sum_that_is_known = requires {
  typename known_sum<Sum>::type;
};

// clang-format off
template <class A, class B> requires sum_that_is_known<form<op::add, A, B>>
struct simplify_rule<form<op::add, A, B>> : becomes<typename known_sum<form<op::add, A, B>>::type> {};
template <class A, class B> requires sum_that_is_known<form<op::sub, A, B>>
struct simplify_rule<form<op::sub, A, B>> : becomes<typename known_sum<form<op::sub, A, B>>::type> {};
// clang-format on

}  // namespace fusor::detail
