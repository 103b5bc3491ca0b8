// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstdint>

#include "fusor/transform/digits/sums.hpp"

/// Rules that keep digits: square roots of sums with A^2.
namespace fusor::detail {

// clang-format off
// sqrt(1 + A^2) - 1 = A (A / (1 + sqrt(1 + A^2))), where the quotient is 1 before the square is infinite
template <class A> struct root_less_one {};
template <class A> struct root_less_one<form<op::square, A>>
    : becomes<form<op::mul, A, form<op::div, limited<A>, form<op::add, one, form<op::hypot, limited<A>, one>>>>> {};
template <class S> requires requires { typename root_less_one<beside_one<S>>::type; }
struct simplify_rule<form<op::sub, form<op::sqrt, S>, one>> : becomes<typename root_less_one<beside_one<S>>::type> {};

// A + sqrt(A^2 + c) = c / (sqrt(A^2 + c) - A) below 0, where the sum cancels
template <class C> using root_of_literal = lit<bits_of(square_root(C::value))>;
template <class A, class C> using mean_with_root = form<op::add, form<op::mul, number<1, 2>, form<op::abs, A>>, form<op::mul, number<1, 2>, form<op::hypot, A, root_of_literal<C>>>>;
template <class A, class C> using sum_with_root = form<op::where, form<op::less, A, zero>, form<op::div, half<C>, mean_with_root<A, C>>, form<op::mul, number<2>, mean_with_root<A, C>>>;
template <class A, class S> concept square_and_number = !is_lit<A> && std::same_as<typename shifted<S>::rest, form<op::square, A>> && (shifted<S>::number > 0) && shifted<S>::number < infinity;
template <class S> using number_beside = lit<bits_of(shifted<S>::number)>;
template <class A, class S> requires square_and_number<A, S> struct simplify_rule<form<op::add, A, form<op::sqrt, S>>> : becomes<sum_with_root<A, number_beside<S>>> {};
template <class A, class S> requires square_and_number<A, S> struct simplify_rule<form<op::add, form<op::sqrt, S>, A>> : becomes<sum_with_root<A, number_beside<S>>> {};
template <class A, class S> requires square_and_number<A, S> struct simplify_rule<form<op::sub, form<op::sqrt, S>, A>> : becomes<sum_with_root<form<op::neg, A>, number_beside<S>>> {};

// 1 / sqrt(1 - A^2) - 1 = A (A / (q + sqrt(q))) and 1 - sqrt(1 - A^2) = A (A / (1 + sqrt(q))) with q = (1 - A) (1 + A)
template <class A> using one_less_square = form<op::mul, form<op::sub, one, A>, form<op::add, one, A>>;
template <class A, class Summand> using square_by_sum = form<op::mul, A, form<op::div, A, form<op::add, Summand, form<op::sqrt, one_less_square<A>>>>>;
template <class S> struct square_below_one {};
template <class A> struct square_below_one<form<op::sub, one, form<op::square, A>>> : std::type_identity<A> {};
template <class S> using below_one = typename square_below_one<S>::type;
template <class S> concept one_less_a_square = requires { typename below_one<S>; };
template <one_less_a_square S> struct simplify_rule<form<op::sub, form<op::div, one, form<op::sqrt, S>>, one>> : becomes<square_by_sum<below_one<S>, one_less_square<below_one<S>>>> {};
template <one_less_a_square S> struct simplify_rule<form<op::sub, form<op::rsqrt, S>, one>> : becomes<square_by_sum<below_one<S>, one_less_square<below_one<S>>>> {};
template <one_less_a_square S> struct simplify_rule<form<op::sub, one, form<op::sqrt, S>>> : becomes<square_by_sum<below_one<S>, one>> {};

// A / sqrt(c + d A^2) is what it is at 2^60 long before the square is infinite.
template <class S, class A> concept number_and_square = !is_lit<A> && !is_application<op::clamp, A> && multiple_of<typename shifted<S>::rest, A, 2>
    && (shifted<S>::number >= 0x1p-60) && shifted<S>::number <= 32 && multiple_of_power<typename shifted<S>::rest, A>::number >= 0x1p-30 && multiple_of_power<typename shifted<S>::rest, A>::number <= 32;
template <class S, class A> using with_limited = form<op::add, number_beside<S>, typename product_with<lit<bits_of(multiple_of_power<typename shifted<S>::rest, A>::number)>, form<op::square, limited<A>>>::type>;
template <class A, class S> requires number_and_square<S, A> struct simplify_rule<form<op::div, A, form<op::sqrt, S>>> : becomes<form<op::div, limited<A>, form<op::sqrt, with_limited<S, A>>>> {};
template <class A, class S> requires number_and_square<S, A> struct simplify_rule<form<op::mul, A, form<op::rsqrt, S>>> : becomes<form<op::mul, limited<A>, form<op::rsqrt, with_limited<S, A>>>> {};
template <class A, class S> requires number_and_square<S, A> struct simplify_rule<form<op::mul, form<op::rsqrt, S>, A>> : becomes<form<op::mul, limited<A>, form<op::rsqrt, with_limited<S, A>>>> {};
// clang-format on

}  // namespace fusor::detail
