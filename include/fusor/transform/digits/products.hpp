// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

#include "fusor/transform/digits/sums.hpp"

/// Rules that keep digits: numbers that move to one another, and what they leave.
namespace fusor::detail {

// clang-format off
// erfc(-A / sqrt(2)) = 2 normal_cdf(A)
template <class A> requires (is_near(scaled<A>::number, -0.70710678118654752))
struct simplify_rule<form<op::erfc, A>> : becomes<form<op::mul, number<2>, form<op::normal_cdf, unscaled<A>>>> {};
template <class A> requires (is_near(scaled<A>::number, 0.70710678118654752))
struct simplify_rule<form<op::erfc, A>> : becomes<form<op::mul, number<2>, form<op::normal_cdf, negative<unscaled<A>>>>> {};

// A product takes the 2 of twice a function that is at most 1 to its number.
template <class Form> inline constexpr bool is_doubled = false;
template <class A> inline constexpr bool is_doubled<form<op::mul, number<2>, form<op::sigmoid, A>>> = true;
template <class A> inline constexpr bool is_doubled<form<op::mul, number<2>, form<op::normal_cdf, A>>> = true;
template <class Form> concept doubled = is_doubled<Form>;
template <class Form> struct doubled_function;
template <class F> struct doubled_function<form<op::mul, number<2>, F>> : std::type_identity<F> {};
template <class Form> using singled = typename doubled_function<Form>::type;
template <class A> inline constexpr bool begins_with_lit = false;
template <std::uint64_t Bits, class A> inline constexpr bool begins_with_lit<form<op::mul, lit<Bits>, A>> = true;
template <std::uint64_t Bits, class A> inline constexpr bool begins_with_lit<form<op::mul, A, lit<Bits>>> = !is_lit<A>;
template <std::uint64_t Bits, doubled F> struct simplify_rule<form<op::mul, lit<Bits>, F>> : becomes<typename product_with<twice<lit<Bits>>, singled<F>>::type> {};
template <std::uint64_t Bits, doubled F> struct simplify_rule<form<op::mul, F, lit<Bits>>> : becomes<typename product_with<twice<lit<Bits>>, singled<F>>::type> {};
template <class A, doubled F> requires (!is_lit<A> && begins_with_lit<A>)
struct simplify_rule<form<op::mul, A, F>> : becomes<form<op::mul, twice<A>, singled<F>>> {};
template <doubled F, class A> requires (!is_lit<A> && !is_doubled<A>)
struct simplify_rule<form<op::mul, F, A>> : becomes<form<op::mul, A, F>> {};
template <std::uint64_t Bits, class A, doubled F> requires (!is_lit<A>)
struct simplify_rule<form<op::mul, lit<Bits>, form<op::mul, A, F>>> : becomes<form<op::mul, typename product_with<twice<lit<Bits>>, A>::type, singled<F>>> {};
template <std::uint64_t Bits, class A, doubled F> requires (!is_lit<A>)
struct simplify_rule<form<op::mul, form<op::mul, A, F>, lit<Bits>>> : becomes<form<op::mul, typename product_with<twice<lit<Bits>>, A>::type, singled<F>>> {};

// A + c A^3 = A (1 + c A^2), where c A^3 is infinite before A^2 is
template <class C, class A> using one_plus_square = form<op::add, one, form<op::mul, C, form<op::square, A>>>;
template <class F, class A, int Power> concept ordinary_multiple = !is_lit<A> && multiple_of<F, A, Power> && is_ordinary(multiple_of_power<F, A>::number) && multiple_of_power<F, A>::number != 1;
template <class F, class A> using factored_cubic = form<op::mul, A, one_plus_square<lit<bits_of(multiple_of_power<F, A>::number)>, A>>;
template <class A, class F> requires ordinary_multiple<F, A, 3> struct simplify_rule<form<op::add, A, F>> : becomes<factored_cubic<F, A>> {};
template <class F, class A> requires ordinary_multiple<F, A, 3> struct simplify_rule<form<op::add, F, A>> : becomes<factored_cubic<F, A>> {};
// c A (1 + d A A), in any order, is one product
template <class P, class S> concept cubic = !is_doubled<P> && ordinary_multiple<beside_one<S>, unscaled<P>, 2> && is_ordinary(scaled<P>::number);
template <class P, class S> using cubic_product = form<op::mul, P, one_plus_square<lit<bits_of(multiple_of_power<beside_one<S>, unscaled<P>>::number)>, unscaled<P>>>;
template <class P, class S> requires cubic<P, S> struct simplify_rule<form<op::mul, P, S>> : becomes<cubic_product<P, S>> {};
template <class S, class P> requires (cubic<P, S> && !cubic<S, P>) struct simplify_rule<form<op::mul, S, P>> : becomes<cubic_product<P, S>> {};
template <std::uint64_t Bits, class A, class S> requires (cubic<A, S> && is_ordinary(lit<Bits>::value))
struct simplify_rule<form<op::mul, lit<Bits>, form<op::mul, A, S>>> : becomes<form<op::mul, form<op::mul, lit<Bits>, A>, S>> {};
template <std::uint64_t Bits, class A, class S> requires (cubic<A, S> && is_ordinary(lit<Bits>::value))
struct simplify_rule<form<op::mul, form<op::mul, A, S>, lit<Bits>>> : becomes<form<op::mul, form<op::mul, lit<Bits>, A>, S>> {};

// c where(C, A, d B) = where(C, c A, (c d) B), and c (d / A) = (c d) / A for a c that is a power of two
template <std::uint64_t L, class C, class A, std::uint64_t M, class B> requires (!is_lit<B>)
struct simplify_rule<form<op::mul, lit<L>, form<op::where, C, A, form<op::mul, lit<M>, B>>>>
    : becomes<form<op::where, C, form<op::mul, lit<L>, A>, form<op::mul, typename rescaled<lit<L>, lit<M>>::type, B>>> {};
template <std::uint64_t L, class C, class A, std::uint64_t M, class B> requires (!is_lit<B>)
struct simplify_rule<form<op::mul, form<op::where, C, A, form<op::mul, lit<M>, B>>, lit<L>>> : becomes<form<op::mul, lit<L>, form<op::where, C, A, form<op::mul, lit<M>, B>>>> {};
template <power_of_two L, std::uint64_t M, class A> requires (!is_lit<A> && is_ordinary(L::value) && is_ordinary(lit<M>::value))
struct simplify_rule<form<op::mul, L, form<op::div, lit<M>, A>>> : becomes<form<op::div, typename rescaled<L, lit<M>>::type, A>> {};
// clang-format on

}  // namespace fusor::detail
