// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>

#include "fusor/transform/digits/sums.hpp"

/// Rules that keep digits: logarithms of sums and of quotients.
namespace fusor::detail {

// clang-format off
// log(1 + e^A) = softplus(A), log(1 + A) = log1p(A)
template <class A> struct logarithm {};
template <class S> requires (shifted<S>::number == 1)
struct logarithm<S> : becomes<form<op::log1p, typename shifted<S>::rest>> {};
template <class A> struct logarithm<form<op::sigmoid, A>> : becomes<form<op::neg, form<op::softplus, negative<A>>>> {};
template <class A> struct logarithm<exp_of<A>>            : becomes<A> {};
template <class A, class B> using logsumexp_of_two = form<op::add, form<op::max, A, B>, form<op::softplus, form<op::neg, form<op::abs, form<op::distance_from, A, B>>>>>;
template <class A, class B> struct logarithm<form<op::add, exp_of<A>, exp_of<B>>> : becomes<logsumexp_of_two<A, B>> {};
template <class A> requires requires { typename logarithm<A>::type; }
struct simplify_rule<form<op::log, A>> : becomes<typename logarithm<A>::type> {};
template <class A> struct simplify_rule<form<op::log1p, exp_of<A>>>          : becomes<form<op::softplus, A>> {};
template <class A> struct simplify_rule<form<op::log1p, form<op::expm1, A>>> : becomes<A> {};

// max(A, B) + softplus(-|A - B|) typed so, where A and B are the same infinity
template <class A, class B> using distance = form<op::softplus, form<op::neg, form<op::abs, form<op::sub, A, B>>>>;
template <class A, class B> struct simplify_rule<form<op::add, form<op::max, A, B>, distance<A, B>>> : becomes<logsumexp_of_two<A, B>> {};
template <class A, class B> requires (!std::same_as<A, B>) struct simplify_rule<form<op::add, form<op::max, A, B>, distance<B, A>>> : becomes<logsumexp_of_two<A, B>> {};
template <class A, class B> struct simplify_rule<form<op::add, distance<A, B>, form<op::max, A, B>>> : becomes<logsumexp_of_two<A, B>> {};
template <class A, class B> requires (!std::same_as<A, B>) struct simplify_rule<form<op::add, distance<B, A>, form<op::max, A, B>>> : becomes<logsumexp_of_two<A, B>> {};

// log(1 - e^A), by the one or the other as A is near 0 or far from it
template <class A> using log_one_minus_exp = form<op::where, form<op::greater, A, lit<std::bit_cast<std::uint64_t>(-0.69314718055994531)>>,
    form<op::log, form<op::mul, number<-1>, form<op::expm1, A>>>, form<op::log1p, form<op::mul, number<-1>, exp_of<A>>>>;
template <class A> struct logarithm<form<op::neg, form<op::expm1, A>>>                : becomes<log_one_minus_exp<A>> {};
template <class A> struct simplify_rule<form<op::log1p, form<op::neg, exp_of<A>>>>    : becomes<log_one_minus_exp<A>> {};
// log(1 + A) - log(A) = log1p(1 / A), or below 1 -log(A / (1 + A)); log((1 - A) / (1 + A)) = log1p(-A) - log1p(A)
template <class A> struct simplify_rule<form<op::sub, form<op::log1p, A>, form<op::log, A>>>
    : becomes<form<op::where, form<op::greater, A, one>, form<op::log1p, form<op::div, one, A>>, form<op::neg, form<op::log, form<op::div, A, form<op::add, one, form<op::abs, A>>>>>>> {};
template <class A, class B> requires are_opposite<beside_one<A>, beside_one<B>>
struct simplify_rule<form<op::log, form<op::div, A, B>>> : becomes<form<op::sub, form<op::log1p, beside_one<A>>, form<op::log1p, beside_one<B>>>> {};
// clang-format on

}  // namespace fusor::detail
