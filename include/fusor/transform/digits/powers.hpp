// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/transform/digits/sums.hpp"

/// Rules that keep digits: powers with small exponents, by multiplications.
namespace fusor::detail {

// clang-format off
// A^-1 = 1 / A, A^1 = A, A^2 = A A, A^3 = (A A) A, A^4 = (A A) (A A): none overflows or underflows before the power does
template <class A> struct simplify_rule<form<op::pow, A, number<-1>>> : becomes<form<op::div, one, A>> {};
template <class A> struct simplify_rule<form<op::pow, A, number<1>>>  : becomes<A> {};
template <class A> struct simplify_rule<form<op::pow, A, number<2>>>  : becomes<form<op::square, A>> {};
template <class A> struct simplify_rule<form<op::pow, A, number<3>>>  : becomes<form<op::mul, form<op::square, A>, A>> {};
template <class A> struct simplify_rule<form<op::pow, A, number<4>>>  : becomes<form<op::square, form<op::square, A>>> {};
// A^(1/2) = sqrt(A + 0), where -0 becomes 0, and infinity at -infinity
template <class A> struct simplify_rule<form<op::pow, A, number<1, 2>>>
    : becomes<form<op::where, form<op::equal, A, lit<bits_of(-infinity)>>, lit<bits_of(infinity)>, form<op::sqrt, form<op::add, A, zero>>>> {};
// clang-format on

}  // namespace fusor::detail
