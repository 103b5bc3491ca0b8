// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>

#include "fusor/transform/digits/sums.hpp"

/// Rules that keep digits: differences that cancel, where what is left of them is known.
namespace fusor::detail {

// clang-format off
template <class A, class B> concept differ_by_number = std::same_as<typename shifted<A>::rest, typename shifted<B>::rest> && (shifted<A>::number != shifted<B>::number);
template <class A, class B> using difference = lit<bits_of(shifted<A>::number - shifted<B>::number)>;
// sqrt(A + c) - sqrt(A) = c / (sqrt(A + c) + sqrt(A))
template <class A, class B> requires differ_by_number<A, B>
struct simplify_rule<form<op::sub, form<op::sqrt, A>, form<op::sqrt, B>>> : becomes<form<op::div, difference<A, B>, form<op::add, form<op::sqrt, A>, form<op::sqrt, B>>>> {};
// 1 / A - 1 / (A + c) = c / (A (A + c))
template <class A, class B> requires differ_by_number<A, B>
struct simplify_rule<form<op::sub, form<op::div, one, A>, form<op::div, one, B>>> : becomes<form<op::div, form<op::div, difference<B, A>, A>, B>> {};
// 1 / (A + c) - 2 / A + 1 / (A - c) = 2 c^2 / (A (A + c) (A - c))
template <class A, class B, class C> requires (std::same_as<typename shifted<B>::rest, A> && std::same_as<typename shifted<C>::rest, A> && shifted<B>::number == -shifted<C>::number)
struct simplify_rule<form<op::add, form<op::sub, form<op::div, one, B>, form<op::div, number<2>, A>>, form<op::div, one, C>>>
    : becomes<form<op::div, form<op::div, form<op::div, lit<bits_of(2 * shifted<B>::number * shifted<B>::number)>, A>, B>, C>> {};
// 1 / sqrt(A) - 1 / sqrt(A + c) = c / (A sqrt(A + c) + (A sqrt(A) + c sqrt(A))), both divided by about 2^51 c: then the sum is finite as
// long as the result is not 0; |sqrt(A)| gives the sum of zeros the sign of A. A c that is no ordinary number: c / sqrt(A) / (A + c + sqrt(A) sqrt(A + c))
template <class A, class B> concept differ_by_ordinary = differ_by_number<A, B> && is_ordinary(difference<A, B>::value);
constexpr double power_of_two_of(double value) { return std::bit_cast<double>(bits_of(value) & 0x7ff0000000000000); }
template <class Small, class Large, class C, class L = lit<bits_of(0x1p-51 / power_of_two_of(C::value))>> using sum_of_products_with_roots =
    form<op::add, form<op::mul, Small, form<op::mul, L, form<op::sqrt, Large>>>,
        form<op::add, form<op::mul, Small, form<op::mul, L, form<op::abs, form<op::sqrt, Small>>>>, form<op::mul, typename rescaled<L, C>::type, form<op::sqrt, Small>>>>;
template <class C, class Sum> using divided_alike = form<op::div, lit<bits_of(0x1p-51 / power_of_two_of(C::value) * C::value)>, Sum>;
template <class A, class B> requires (differ_by_ordinary<A, B> && difference<B, A>::value > 0)
struct simplify_rule<form<op::sub, form<op::div, one, form<op::sqrt, A>>, form<op::div, one, form<op::sqrt, B>>>> : becomes<divided_alike<difference<B, A>, sum_of_products_with_roots<A, B, difference<B, A>>>> {};
template <class A, class B> requires (differ_by_ordinary<A, B> && difference<B, A>::value < 0)
struct simplify_rule<form<op::sub, form<op::div, one, form<op::sqrt, A>>, form<op::div, one, form<op::sqrt, B>>>> : becomes<divided_alike<difference<B, A>, sum_of_products_with_roots<B, A, difference<A, B>>>> {};
template <class A, class B> requires (differ_by_number<A, B> && !differ_by_ordinary<A, B>)
struct simplify_rule<form<op::sub, form<op::div, one, form<op::sqrt, A>>, form<op::div, one, form<op::sqrt, B>>>>
    : becomes<form<op::div, form<op::div, difference<B, A>, form<op::sqrt, A>>, form<op::add, B, form<op::mul, form<op::sqrt, A>, form<op::sqrt, B>>>>> {};
// expm1(2 A) / expm1(A) = 1 + e^A
template <class A, class B> requires (std::same_as<A, twice<B>>)
struct simplify_rule<form<op::div, form<op::expm1, A>, form<op::expm1, B>>> : becomes<form<op::add, one, exp_of<B>>> {};
// clang-format on

}  // namespace fusor::detail
