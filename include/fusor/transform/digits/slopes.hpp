// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstdint>
#include <type_traits>

#include "fusor/transform/digits/sums.hpp"
#include "fusor/transform/factors.hpp"

/// Rules that keep digits: the slope of A f(A), f(A) + A f'(A), which has a zero below 0.
namespace fusor::detail {

// clang-format off
/// Of a function f(A): f'(A), as it may be written, and the operation that is f(A) + A f'(A).
template <class F> struct function_with_slope {};
// normal_cdf(A) + A normal_pdf(A) = gelu_slope(A)
template <class A> struct function_with_slope<form<op::normal_cdf, A>> {
  using argument = A;
  using slopes = form_list<form<op::normal_pdf, A>>;
  using becomes = form<op::gelu_slope, A>;
};
// sigmoid(A) + A logistic_pdf(A) = silu_slope(A)
template <class A> struct function_with_slope<form<op::sigmoid, A>> {
  using argument = A;
  using value = form<op::sigmoid, A>;
  using slopes = form_list<form<op::logistic_pdf, A>, form<op::mul, value, form<op::sigmoid, negative<A>>>,
                           form<op::mul, form<op::mul, value, value>, exp_of<negative<A>>>>;
  using becomes = form<op::silu_slope, A>;
};
// tanh(softplus(A)) + A 4 / (1 + sigmoid(-A)^2)^2 sigmoid(-A) logistic_pdf(A) = mish_slope(A), and the
// same as 4 A sigmoid(-A) logistic_pdf(2 softplus(A)) e^A
template <class A> struct function_with_slope<form<op::tanh_softplus, A>> {
  using argument = A;
  using below = form<op::sigmoid, negative<A>>;
  using quotient = form<op::div, number<4>, form<op::square, form<op::add, one, form<op::square, below>>>>;
  using by_tanh = form<op::mul, form<op::logistic_pdf, twice<form<op::softplus, A>>>, exp_of<A>>;
  using slopes = form_list<form<op::mul, form<op::mul, quotient, below>, form<op::logistic_pdf, A>>,
                           form<op::mul, form<op::mul, number<4>, below>, by_tanh>>;
  using becomes = form<op::mish_slope, A>;
};
// clang-format on

template <class F>
concept with_slope = requires {
  typename function_with_slope<F>::slopes;
};

/// Whether a product is number * A * others * one of several forms.
template <class Product, class A, class Number, class Others, class Forms>
inline constexpr bool is_product_with = false;
template <class Product, class A, class Number, class Others, class... Forms>
inline constexpr bool is_product_with<Product, A, Number, Others, form_list<Forms...>> =
    ((is_near(factored<Product>::number,
              Number::value* factored<A>::number* factored<Forms>::number) &&
      are_same_factors<typename factored<Product>::list,
                       typename concatenated<typename factored<A>::list, Others,
                                             typename factored<Forms>::list>::type>) ||
     ...);

/// Whether, of two products, the first is number * F(A) * others, and the second the same with
/// A F'(A) in place of F(A).
template <class First, class Second, int Sign, class F>
inline constexpr bool are_product_and_slope = false;
template <class First, class Second, int Sign, with_slope F>
inline constexpr bool are_product_and_slope<First, Second, Sign, F> =
    is_product_with<Second, typename function_with_slope<F>::argument,
                    lit<bits_of(Sign* factored<First>::number)>,
                    typename without_factor<F, form_list<>, typename factored<First>::list>::type,
                    typename function_with_slope<F>::slopes>;

/// The function F of such a pair, or void.
template <class First, class Second, int Sign, class Factors = typename factored<First>::list>
struct function_beside_slope : std::type_identity<void> {};
template <class First, class Second, int Sign, class F, class... Rest>
struct function_beside_slope<First, Second, Sign, form_list<F, Rest...>>
    : function_beside_slope<First, Second, Sign, form_list<Rest...>> {};
template <class First, class Second, int Sign, class F, class... Rest>
requires are_product_and_slope<First, Second, Sign, F>
struct function_beside_slope<First, Second, Sign, form_list<F, Rest...>> : std::type_identity<F> {
};

template <class First, class Second, int Sign>
concept beside_slope = !std::is_void_v<typename function_beside_slope<First, Second, Sign>::type>;

/// The first of the two with the slope of A F(A) in place of F(A).
template <class First, class F>
using product_with_slope =
    typename with_replaced<F, typename function_with_slope<F>::becomes, First>::type;
template <class First, class Second, int Sign>
using sum_with_slope =
    product_with_slope<First, typename function_beside_slope<First, Second, Sign>::type>;

// clang-format off
template <class P, class Q> requires beside_slope<P, Q, 1>
struct simplify_rule<form<op::add, P, Q>> : becomes<sum_with_slope<P, Q, 1>> {};
template <class Q, class P> requires (beside_slope<P, Q, 1> && !beside_slope<Q, P, 1>)
struct simplify_rule<form<op::add, Q, P>> : becomes<sum_with_slope<P, Q, 1>> {};
template <class P, class Q> requires beside_slope<P, Q, -1>
struct simplify_rule<form<op::sub, P, Q>> : becomes<sum_with_slope<P, Q, -1>> {};
template <class Q, class P> requires (beside_slope<P, Q, -1> && !beside_slope<Q, P, -1>)
struct simplify_rule<form<op::sub, Q, P>> : becomes<form<op::neg, sum_with_slope<P, Q, -1>>> {};

// c F(A) - B F(A) = (c - B) F(A), where F(A) vanishes
template <class F> inline constexpr bool is_vanishing = false;
template <class Op, class A> inline constexpr bool is_vanishing<form<Op, A>> = Op::joins_factor;
template <class F> concept vanishing = is_vanishing<F>;
template <class B, vanishing F> requires (!is_lit<B>)
struct simplify_rule<form<op::add, F, form<op::sub, F, form<op::mul, B, F>>>> : becomes<form<op::mul, form<op::sub, number<2>, B>, F>> {};
template <vanishing F, class B> requires (!is_lit<B>)
struct simplify_rule<form<op::add, form<op::sub, F, form<op::mul, B, F>>, F>> : becomes<form<op::mul, form<op::sub, number<2>, B>, F>> {};
template <std::uint64_t Bits, class B, vanishing F> requires (!is_lit<B>)
struct simplify_rule<form<op::sub, form<op::mul, lit<Bits>, F>, form<op::mul, B, F>>> : becomes<form<op::mul, form<op::sub, lit<Bits>, B>, F>> {};

// sigmoid(A) (1 + A sigmoid(-A)) = silu_slope(A)
template <class P, class A, class Function> concept is_product_of = is_product_with<P, A, one, form_list<>, form_list<Function>>;
template <class S, class A> concept one_plus_silu_part = shifted<S>::number == 1 && is_product_of<typename shifted<S>::rest, A, form<op::sigmoid, negative<A>>>;
template <class A, class S> requires one_plus_silu_part<S, A>
struct simplify_rule<form<op::mul, form<op::sigmoid, A>, S>> : becomes<form<op::silu_slope, A>> {};
template <class S, class A> requires one_plus_silu_part<S, A>
struct simplify_rule<form<op::mul, S, form<op::sigmoid, A>>> : becomes<form<op::silu_slope, A>> {};
// A sigmoid(A) + sigmoid(A) (1 - A sigmoid(A)) = silu_slope(A)
template <class P, class S, class A> concept silu_beside_rest =
    is_product_of<P, A, form<op::sigmoid, A>> && shifted<S>::number == 1 && std::same_as<typename shifted<S>::rest, form<op::neg, P>>;
template <class P, class A, class S> requires silu_beside_rest<P, S, A>
struct simplify_rule<form<op::add, P, form<op::mul, form<op::sigmoid, A>, S>>> : becomes<form<op::silu_slope, A>> {};
template <class A, class S, class P> requires silu_beside_rest<P, S, A>
struct simplify_rule<form<op::add, form<op::mul, form<op::sigmoid, A>, S>, P>> : becomes<form<op::silu_slope, A>> {};
// clang-format on

}  // namespace fusor::detail
