// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>

#include "fusor/transform/digits/sums.hpp"

/// Rules that keep digits: differences of sines and cosines.
namespace fusor::detail {

// clang-format off
template <class A> using sin_of = form<op::sin, A>;
template <class A> using cos_of = form<op::cos, A>;

// 1 - cos(A) = 2 sin(A / 2)^2
template <int Factor, class A> using sin_squared = form<op::mul, form<op::mul, number<Factor>, sin_of<half<A>>>, sin_of<half<A>>>;
template <class A> struct sum_with_number<1, -1, cos_of<A>> : becomes<sin_squared<2, A>> {};
template <class A> struct sum_with_number<-1, 1, cos_of<A>> : becomes<sin_squared<-2, A>> {};
// (1 - cos(A)) / sin(A) = tan(A / 2)
template <class H, class A> requires std::same_as<H, half<A>>
struct simplify_rule<form<op::div, form<op::mul, form<op::mul, number<2>, sin_of<H>>, sin_of<H>>, sin_of<A>>> : becomes<form<op::div, sin_of<H>, cos_of<H>>> {};
// sin(A + B) - sin(A) = 2 cos(A + B / 2) sin(B / 2), cos(A + B) - cos(A) = -2 sin(A + B / 2) sin(B / 2)
template <class Op, class A, class B> using middle_of = form<Op, form<op::add, A, half<B>>>;
template <int Factor, class Op, class A, class B> using difference_of_angles = form<op::mul, form<op::mul, number<Factor>, middle_of<Op, A, B>>, sin_of<half<B>>>;
template <class A, class B> struct simplify_rule<form<op::sub, sin_of<form<op::add, A, B>>, sin_of<A>>> : becomes<difference_of_angles<2, op::cos, A, B>> {};
template <class A, class B> requires (!std::same_as<A, B>)
struct simplify_rule<form<op::sub, sin_of<form<op::add, B, A>>, sin_of<A>>> : becomes<difference_of_angles<2, op::cos, A, B>> {};
template <class A, class B> struct simplify_rule<form<op::sub, cos_of<form<op::add, A, B>>, cos_of<A>>> : becomes<difference_of_angles<-2, op::sin, A, B>> {};
template <class A, class B> requires (!std::same_as<A, B>)
struct simplify_rule<form<op::sub, cos_of<form<op::add, B, A>>, cos_of<A>>> : becomes<difference_of_angles<-2, op::sin, A, B>> {};
// clang-format on

}  // namespace fusor::detail
