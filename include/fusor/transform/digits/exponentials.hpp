// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>

#include "fusor/transform/digits/sums.hpp"

/// Rules that keep digits: quotients and products of exponentials.
namespace fusor::detail {

// clang-format off
// A / (1 + e^B) = A sigmoid(-B), e^B / (1 + e^B) = sigmoid(B), (e^B - 1) / (1 + e^B) = tanh(B / 2)
template <class A, class D> struct over_one_plus_exp : becomes<form<op::mul, A, form<op::sigmoid, negative<D>>>> {};
template <class D>          struct over_one_plus_exp<one, D>                 : becomes<form<op::sigmoid, negative<D>>> {};
template <class D>          struct over_one_plus_exp<exp_of<D>, D>           : becomes<form<op::sigmoid, D>> {};
template <class D>          struct over_one_plus_exp<form<op::expm1, D>, D>  : becomes<form<op::tanh, half<D>>> {};
template <class D>          struct over_one_plus_exp<form<op::neg, form<op::expm1, D>>, D> : becomes<form<op::tanh, half<negative<D>>>> {};
template <class A, one_plus_exp S>
struct simplify_rule<form<op::div, A, S>> : over_one_plus_exp<A, argument_of<beside_one<S>>> {};
// e^A / (1 + e^A)^2 = logistic_pdf(A)
template <class A, one_plus_exp S> requires (std::same_as<argument_of<beside_one<S>>, A> || are_opposite<argument_of<beside_one<S>>, A>)
struct simplify_rule<form<op::div, exp_of<A>, form<op::square, S>>> : becomes<form<op::logistic_pdf, A>> {};
// tanh(softplus(A)), A - tanh(A)
template <class A> struct simplify_rule<form<op::tanh, form<op::softplus, A>>> : becomes<form<op::tanh_softplus, A>> {};
template <class A> struct simplify_rule<form<op::sub, A, form<op::tanh, A>>>   : becomes<form<op::tanh_shrink, A>> {};
// sigmoid(A) sigmoid(-A) = logistic_pdf(A), e^A sigmoid(-A) = sigmoid(A)
template <class A, class B> requires are_opposite<A, B> struct simplify_rule<form<op::mul, form<op::sigmoid, A>, form<op::sigmoid, B>>> : becomes<form<op::logistic_pdf, A>> {};
template <class A, class B> requires are_opposite<A, B> struct simplify_rule<form<op::mul, exp_of<A>, form<op::sigmoid, B>>> : becomes<form<op::sigmoid, A>> {};
template <class A, class B> requires are_opposite<A, B> struct simplify_rule<form<op::mul, form<op::sigmoid, B>, exp_of<A>>> : becomes<form<op::sigmoid, A>> {};
// e^A - sigmoid(A) = e^A sigmoid(A)
template <class A> struct simplify_rule<form<op::sub, exp_of<A>, form<op::sigmoid, A>>> : becomes<form<op::mul, exp_of<A>, form<op::sigmoid, A>>> {};
// sigmoid(A) / sigmoid(-A) = e^A, softplus(A) - softplus(-A) = A
template <class A, class B> requires are_opposite<A, B> struct simplify_rule<form<op::div, form<op::sigmoid, A>, form<op::sigmoid, B>>> : becomes<exp_of<A>> {};
template <class A, class B> requires are_opposite<A, B> struct simplify_rule<form<op::sub, form<op::softplus, A>, form<op::softplus, B>>> : becomes<A> {};
template <class A, class B> requires are_opposite<A, B> struct simplify_rule<form<op::sub, form<op::neg, form<op::softplus, B>>, form<op::neg, form<op::softplus, A>>>> : becomes<A> {};
// e^A / (e^A + e^B) = sigmoid(A - B)
template <class A, class B> struct simplify_rule<form<op::div, exp_of<A>, form<op::add, exp_of<A>, exp_of<B>>>> : becomes<form<op::sigmoid, form<op::sub, A, B>>> {};
template <class A, class B> struct simplify_rule<form<op::div, exp_of<A>, form<op::add, exp_of<B>, exp_of<A>>>> : becomes<form<op::sigmoid, form<op::sub, A, B>>> {};
// softplus(A B) / B, whose product may overflow where the result does not
template <class A, class B> using softplus_by = form<op::add, form<op::where, form<op::greater, form<op::mul, A, B>, zero>, A, zero>,
    form<op::as_written, form<op::div, form<op::softplus, form<op::neg, form<op::abs, form<op::mul, A, B>>>>, B>>>;
template <class A, class B> requires (!is_lit<B>) struct simplify_rule<form<op::div, form<op::softplus, form<op::mul, A, B>>, B>> : becomes<softplus_by<A, B>> {};
template <class A, class B> requires (!is_lit<B> && !std::same_as<A, B>) struct simplify_rule<form<op::div, form<op::softplus, form<op::mul, B, A>>, B>> : becomes<softplus_by<A, B>> {};

// (e^A - 1) / A, which is 1 near 0; A / (e^A - 1) = |A| e^min(-A, 0) / (1 - e^-|A|), which is 1 there as well
template <class A> using is_next_to_0 = form<op::less, form<op::abs, A>, lit<bits_of(0x1p-60)>>;
template <class A> struct simplify_rule<form<op::div, form<op::expm1, A>, A>>
    : becomes<form<op::where, is_next_to_0<A>, one, form<op::as_written, form<op::div, form<op::expm1, A>, A>>>> {};
template <class A> using by_expm1 = form<op::where, is_next_to_0<A>, one,
    form<op::div, form<op::mul, form<op::abs, A>, exp_of<form<op::min, form<op::neg, A>, zero>>>, form<op::neg, form<op::expm1, form<op::neg, form<op::abs, A>>>>>>;
template <class A> struct simplify_rule<form<op::div, A, form<op::expm1, A>>> : becomes<by_expm1<A>> {};
template <class A, class B> requires are_opposite<A, B> struct simplify_rule<form<op::div, A, form<op::neg, form<op::expm1, B>>>> : becomes<by_expm1<B>> {};

// ((1 + e^A)^2 - 1) / ((1 + e^A)^2 + 1) = e^A (e^A + 2) / (e^A (e^A + 2) + 2) = tanh(softplus(A))
template <class N, class D> struct ratio_of_tanh_softplus {};
template <class N, class D> requires (shifted<N>::number == -1 && shifted<D>::number == 1 && std::same_as<typename shifted<N>::rest, typename shifted<D>::rest>
    && is_application<op::square, typename shifted<N>::rest> && one_plus_exp<argument_of<typename shifted<N>::rest>>)
struct ratio_of_tanh_softplus<N, D> : std::type_identity<argument_of<beside_one<argument_of<typename shifted<N>::rest>>>> {};
template <class E, class S> concept exp_and_two = is_application<op::exp, E> && shifted<S>::number == 2 && std::same_as<typename shifted<S>::rest, E>;
template <class E, class S, class D> requires (exp_and_two<E, S> && shifted<D>::number == 2 && std::same_as<typename shifted<D>::rest, form<op::mul, E, S>>)
struct ratio_of_tanh_softplus<form<op::mul, E, S>, D> : std::type_identity<argument_of<E>> {};
template <class S, class E, class D> requires (exp_and_two<E, S> && shifted<D>::number == 2 && std::same_as<typename shifted<D>::rest, form<op::mul, S, E>>)
struct ratio_of_tanh_softplus<form<op::mul, S, E>, D> : std::type_identity<argument_of<E>> {};
template <class N, class D> concept is_tanh_softplus = requires { typename ratio_of_tanh_softplus<N, D>::type; };
template <class N, class D> requires is_tanh_softplus<N, D>
struct simplify_rule<form<op::div, N, D>> : becomes<form<op::tanh_softplus, typename ratio_of_tanh_softplus<N, D>::type>> {};
template <class A, class N, class D> requires is_tanh_softplus<N, D>
struct simplify_rule<form<op::div, form<op::mul, A, N>, D>> : becomes<form<op::mul, A, form<op::tanh_softplus, typename ratio_of_tanh_softplus<N, D>::type>>> {};

// 1 / e^A = e^-A
template <class A> struct simplify_rule<form<op::div, one, exp_of<A>>> : becomes<exp_of<negative<A>>> {};

// e^A e^B = e^(A + B), e^A / e^B = e^(A - B): what rounding the sum loses is taken along.
template <class A, class B> requires (!std::same_as<A, B>)
struct simplify_rule<form<op::mul, exp_of<A>, exp_of<B>>> : becomes<exp_of<form<op::add, A, B>>> {};
template <class A, class B> struct simplify_rule<form<op::div, exp_of<A>, exp_of<B>>> : becomes<exp_of<form<op::sub, A, B>>> {};
template <class A>          struct simplify_rule<form<op::square, exp_of<A>>>         : becomes<exp_of<twice<A>>> {};
// clang-format on

}  // namespace fusor::detail
