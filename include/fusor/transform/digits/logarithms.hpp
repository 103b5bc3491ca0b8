// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstdint>

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
// log(e^A + e^B) = max(A, B) + softplus(-|A - B|), unless one is a logarithm: e^(log A) has the digits of A, log A fewer
template <class A> inline constexpr bool is_logarithm = false;
template <class A> inline constexpr bool is_logarithm<form<op::log, A>> = true;
template <class A, class B> using logsumexp_of_two = form<op::add, form<op::max, A, B>, form<op::softplus, form<op::neg, form<op::abs, form<op::distance_from, A, B>>>>>;
template <class A, class B> requires (!is_logarithm<A> && !is_logarithm<B>)
struct logarithm<form<op::add, exp_of<A>, exp_of<B>>> : becomes<logsumexp_of_two<A, B>> {};
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

// log(1 + c A^2) = 2 log(sqrt(c) |A|) where the square might be infinite
template <class F> struct multiple_of_square {};
template <class A> struct multiple_of_square<form<op::square, A>> : std::type_identity<A> { static constexpr double number = 1; };
template <std::uint64_t Bits, class A> struct multiple_of_square<form<op::mul, lit<Bits>, form<op::square, A>>> : std::type_identity<A> { static constexpr double number = lit<Bits>::value; };
template <std::uint64_t Bits, class A> struct multiple_of_square<form<op::mul, form<op::mul, lit<Bits>, A>, A>> : std::type_identity<A> { static constexpr double number = lit<Bits>::value; };
template <std::uint64_t Bits, class A> struct multiple_of_square<form<op::mul, form<op::square, A>, lit<Bits>>> : std::type_identity<A> { static constexpr double number = lit<Bits>::value; };
template <std::uint64_t Bits, class A> struct multiple_of_square<form<op::div, form<op::square, A>, lit<Bits>>> : std::type_identity<A> { static constexpr double number = divide(1, lit<Bits>::value); };
template <class F> concept moderate_multiple_of_square = requires { typename multiple_of_square<F>::type; } && multiple_of_square<F>::number >= 0x1p-10 && multiple_of_square<F>::number <= 32;
template <class F, class A = typename multiple_of_square<F>::type, class IsModerate = form<op::less, form<op::abs, A>, lit<bits_of(0x1p60)>>>
using log1p_of_square = form<op::mul, form<op::where, IsModerate, one, number<2>>,
    form<op::log1p, form<op::where, IsModerate, F, typename product_with<lit<bits_of(square_root(multiple_of_square<F>::number))>, form<op::abs, A>>::type>>>;
template <moderate_multiple_of_square F> struct simplify_rule<form<op::log1p, F>> : becomes<log1p_of_square<F>> {};

// log(1 - e^A), by the one or the other as A is near 0 or far from it
template <class A> using log_one_minus_exp = form<op::where, form<op::greater, A, lit<bits_of(-0.69314718055994531)>>,
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
