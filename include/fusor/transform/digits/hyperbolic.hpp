// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstdint>

#include "fusor/transform/digits/logarithms.hpp"
#include "fusor/transform/digits/sums.hpp"

/// Rules that keep digits: sums of e^A and e^-A, quotients of sinh and cosh, and log(cosh(A)).
namespace fusor::detail {

// clang-format off
template <class A> using sinh_of = form<op::sinh, A>;
template <class A> using cosh_of = form<op::cosh, A>;

// cosh(-c A) = cosh(c |A|) = cosh(c A), and log_cosh, logistic_pdf
template <class Op> concept even_function = std::same_as<Op, op::cosh> || std::same_as<Op, op::log_cosh> || std::same_as<Op, op::logistic_pdf>;
template <class A> concept negative_multiple = scaled<A>::number < 0 && !std::same_as<negative<A>, form<op::neg, A>>;
template <class A> struct without_sign : std::type_identity<A> {};
template <class A> struct without_sign<form<op::abs, A>> : without_sign<A> {};
template <std::uint64_t Bits, class A> struct without_sign<form<op::mul, lit<Bits>, form<op::abs, A>>> : without_sign<form<op::mul, lit<Bits>, A>> {};
template <negative_multiple A> struct without_sign<A> : without_sign<negative<A>> {};
template <even_function Op, class A> requires (!std::same_as<typename without_sign<A>::type, A>)
struct simplify_rule<form<Op, A>> : becomes<form<Op, typename without_sign<A>::type>> {};
template <class A, class B> concept same_size = std::same_as<typename without_sign<A>::type, typename without_sign<B>::type> || are_opposite<A, B>;

// c e^A + c e^-A = 2 c cosh(A), c e^A - c e^-A = 2 c sinh(A)
template <class P, class Q> concept opposite_exponentials = is_application<op::exp, unscaled<P>> && is_application<op::exp, unscaled<Q>>
    && (scaled<P>::number == scaled<Q>::number || scaled<P>::number == -scaled<Q>::number) && scaled<P>::number >= -0x1p60 && scaled<P>::number <= 0x1p60
    && are_opposite<argument_of<unscaled<P>>, argument_of<unscaled<Q>>>;
template <class P, class Q, bool IsEven> struct joined_exponentials
    : product_with<lit<bits_of(2 * scaled<P>::number)>, std::conditional_t<IsEven, cosh_of<argument_of<unscaled<P>>>, sinh_of<argument_of<unscaled<P>>>>> {};
template <class P, class Q> requires opposite_exponentials<P, Q>
struct simplify_rule<form<op::add, P, Q>> : joined_exponentials<P, Q, scaled<P>::number == scaled<Q>::number> {};
template <class P, class Q> requires opposite_exponentials<P, Q>
struct simplify_rule<form<op::sub, P, Q>> : joined_exponentials<P, Q, scaled<P>::number != scaled<Q>::number> {};
// expm1(A) - expm1(-A) = 2 sinh(A)
template <class A, class B> requires are_opposite<A, B> struct simplify_rule<form<op::sub, form<op::expm1, A>, form<op::expm1, B>>> : becomes<form<op::mul, number<2>, sinh_of<A>>> {};
template <class A, class B> requires are_opposite<A, B> struct simplify_rule<form<op::add, form<op::expm1, A>, form<op::neg, form<op::expm1, B>>>> : becomes<form<op::mul, number<2>, sinh_of<A>>> {};
// e^A - 2 + e^-A = expm1(A) + expm1(-A) = -expm1(A) expm1(-A)
template <class A, class B = negative<A>> using product_of_expm1 = form<op::mul, form<op::expm1, A>, form<op::neg, form<op::expm1, B>>>;
template <class A, class B> requires are_opposite<A, B> struct simplify_rule<form<op::add, form<op::sub, exp_of<A>, number<2>>, exp_of<B>>> : becomes<product_of_expm1<A, B>> {};
template <class A, class B> requires are_opposite<A, B> struct simplify_rule<form<op::add, form<op::expm1, A>, form<op::expm1, B>>> : becomes<product_of_expm1<A, B>> {};
template <class A> struct sum_with_number<-2, 2, cosh_of<A>> : becomes<product_of_expm1<A>> {};
template <class A> struct sum_with_number<2, -2, cosh_of<A>> : becomes<form<op::mul, form<op::expm1, A>, form<op::expm1, negative<A>>>> {};
// cosh(A) - 1 = 2 sinh(A / 2)^2, which is finite as long as cosh(A) is
template <int Factor, class A> using sinh_squared = form<op::mul, form<op::mul, number<Factor>, sinh_of<half<A>>>, sinh_of<half<A>>>;
template <class A> struct sum_with_number<-1, 1, cosh_of<A>> : becomes<sinh_squared<2, A>> {};
template <class A> struct sum_with_number<1, -1, cosh_of<A>> : becomes<sinh_squared<-2, A>> {};
// cosh(A) + sinh(A) = e^A, cosh(A) - sinh(A) = e^-A
template <class A, class B> requires same_size<A, B> struct simplify_rule<form<op::add, cosh_of<A>, sinh_of<B>>> : becomes<exp_of<B>> {};
template <class A, class B> requires same_size<A, B> struct simplify_rule<form<op::add, sinh_of<B>, cosh_of<A>>> : becomes<exp_of<B>> {};
template <class A, class B> requires same_size<A, B> struct simplify_rule<form<op::sub, cosh_of<A>, sinh_of<B>>> : becomes<exp_of<negative<B>>> {};

// e^A / (e^A + e^-A) = sigmoid(2 A)
template <class A, class B> requires same_size<A, B> struct simplify_rule<form<op::div, exp_of<A>, form<op::mul, number<2>, cosh_of<B>>>> : becomes<form<op::sigmoid, twice<A>>> {};

// sinh(A) / cosh(A) = tanh(A), cosh(A) / sinh(A) = 1 / tanh(A), and multiples; 1 / cosh(A)^2 = 4 logistic_pdf(2 A)
template <class N, class D> concept sinh_by_cosh = is_application<op::sinh, unscaled<N>> && is_application<op::cosh, unscaled<D>>
    && same_size<argument_of<unscaled<N>>, argument_of<unscaled<D>>>;
template <class N, class D> inline constexpr double ratio_of_numbers = divide(scaled<N>::number, scaled<D>::number);
template <class N, class D> concept whole_ratio = is_power_of_two(scaled<D>::number) || scaled<N>::number == scaled<D>::number;
template <class N, class D> requires (sinh_by_cosh<N, D> && whole_ratio<N, D>)
struct simplify_rule<form<op::div, N, D>> : product_with<lit<bits_of(ratio_of_numbers<N, D>)>, form<op::tanh, argument_of<unscaled<N>>>> {};
template <class N, class D> requires (sinh_by_cosh<D, N> && whole_ratio<N, D>)
struct simplify_rule<form<op::div, N, D>> : becomes<form<op::div, lit<bits_of(ratio_of_numbers<N, D>)>, form<op::tanh, argument_of<unscaled<D>>>>> {};
template <class B, class N, class D> requires (sinh_by_cosh<N, D> && whole_ratio<N, D>)
struct simplify_rule<form<op::mul, form<op::div, B, D>, N>> : becomes<form<op::mul, B, form<op::div, N, D>>> {};
template <class B, class N, class D> requires (sinh_by_cosh<N, D> && whole_ratio<N, D>)
struct simplify_rule<form<op::mul, N, form<op::div, B, D>>> : becomes<form<op::mul, B, form<op::div, N, D>>> {};
template <class L, class F> requires (is_lit<L> && is_application<op::cosh, unscaled<F>> && is_power_of_two(scaled<F>::number))
struct simplify_rule<form<op::div, L, form<op::square, F>>> : product_with<lit<bits_of(L::value / scaled<F>::number / scaled<F>::number * 4)>, form<op::logistic_pdf, twice<argument_of<unscaled<F>>>>> {};
template <class A> struct simplify_rule<form<op::square, form<op::div, one, cosh_of<A>>>> : becomes<form<op::mul, number<4>, form<op::logistic_pdf, twice<A>>>> {};

// 1 / tanh(A) - 1 / A = (A - tanh(A)) / A / tanh(A), and A / 3 near 0
template <class A> struct simplify_rule<form<op::sub, form<op::div, one, form<op::tanh, A>>, form<op::div, one, A>>>
    : becomes<form<op::where, form<op::less, form<op::abs, A>, lit<bits_of(0x1p-26)>>, form<op::div, A, number<3>>,
        form<op::div, form<op::div, form<op::tanh_shrink, limited<A>>, limited<A>>, form<op::tanh, A>>>> {};

// Numbers join, where one is a power of two, so that a sum and its half are sinh(A) and cosh(A).
template <class Form> concept sinh_or_cosh = is_application<op::sinh, Form> || is_application<op::cosh, Form>;
template <class L, class M> concept exact_product = is_lit<L> && is_lit<M> && (is_power_of_two(L::value) || is_power_of_two(M::value));
template <class L, class M, sinh_or_cosh F> requires exact_product<L, M>
struct simplify_rule<form<op::mul, L, form<op::mul, M, F>>> : product_with<lit<bits_of(L::value * M::value)>, F> {};
template <class L, class M, sinh_or_cosh F> requires exact_product<L, M>
struct simplify_rule<form<op::mul, form<op::mul, M, F>, L>> : product_with<lit<bits_of(L::value * M::value)>, F> {};
template <class L, class M, sinh_or_cosh F> requires (is_lit<L> && power_of_two<M>)
struct simplify_rule<form<op::div, L, form<op::mul, M, F>>> : becomes<form<op::div, lit<bits_of(L::value / M::value)>, F>> {};
template <class L> concept at_most_half = is_lit<L> && L::value >= -0.5 && L::value <= 0.5;
template <class A, at_most_half L, sinh_or_cosh F> requires (!is_lit<A>)
struct simplify_rule<form<op::mul, form<op::mul, L, A>, form<op::mul, number<2>, F>>> : becomes<form<op::mul, typename product_with<twice<L>, A>::type, F>> {};
template <class A, at_most_half L, sinh_or_cosh F> requires (!is_lit<A>)
struct simplify_rule<form<op::mul, form<op::mul, A, form<op::mul, number<2>, F>>, L>> : product_with<twice<L>, form<op::mul, A, F>> {};

// log(cosh(A)) = log_cosh(A), log(e^A + e^-A) = |A| + log(1 + e^(-2 |A|))
template <class A> struct logarithm<cosh_of<A>>                       : becomes<form<op::log_cosh, A>> {};
template <class A> struct logarithm<form<op::mul, number<2>, cosh_of<A>>>
    : becomes<form<op::add, form<op::abs, A>, form<op::softplus, form<op::mul, number<-2>, form<op::abs, A>>>>> {};
// log(1 - tanh(A)^2) = -2 log_cosh(A), log(logistic_pdf(A)) = -(|A| + 2 log(1 + e^-|A|))
template <class A> struct logarithm<form<op::mul, number<4>, form<op::logistic_pdf, A>>> : becomes<form<op::mul, number<-2>, form<op::log_cosh, half<A>>>> {};
template <class A> struct logarithm<form<op::logistic_pdf, A>>
    : becomes<form<op::neg, form<op::add, form<op::abs, A>, form<op::mul, number<2>, form<op::softplus, form<op::neg, form<op::abs, A>>>>>>> {};
template <class A> struct simplify_rule<form<op::log1p, form<op::neg, form<op::square, form<op::tanh, A>>>>> : becomes<form<op::mul, number<-2>, form<op::log_cosh, A>>> {};
template <class A> struct logarithm<form<op::div, one, cosh_of<A>>> : becomes<form<op::neg, form<op::log_cosh, A>>> {};
// log(1 + tanh(A)) = log(2 sigmoid(2 A)) = A - log_cosh(A) where tanh(A) might be -1
template <class A> using log_one_plus_tanh = form<op::where, form<op::greater, A, zero>, form<op::as_written, form<op::log1p, form<op::tanh, A>>>, form<op::sub, A, form<op::log_cosh, A>>>;
template <class A> struct logarithm<form<op::mul, number<2>, form<op::sigmoid, A>>>        : becomes<log_one_plus_tanh<half<A>>> {};
template <class A> struct simplify_rule<form<op::log1p, form<op::tanh, A>>>                : becomes<log_one_plus_tanh<A>> {};
template <class A> struct simplify_rule<form<op::log1p, form<op::neg, form<op::tanh, A>>>> : becomes<log_one_plus_tanh<negative<A>>> {};
// A + softplus(-2 A) - log(2) = log_cosh(A), in any order and with any sign
template <class Form> inline constexpr bool is_minus_log_two = false;
template <std::uint64_t Bits> inline constexpr bool is_minus_log_two<lit<Bits>> = is_near(lit<Bits>::value, -0.69314718055994531);
template <> inline constexpr bool is_minus_log_two<form<op::neg, form<op::log, number<2>>>> = true;
template <class A, class Softplus, class Number> struct sum_to_log_cosh {};
template <class A, class S, class Number> requires (is_minus_log_two<Number> && std::same_as<unscaled<A>, unscaled<S>> && scaled<S>::number == -2 * scaled<A>::number)
struct sum_to_log_cosh<A, form<op::softplus, S>, Number> : becomes<form<op::log_cosh, A>> {};
// clang-format on

/// The three terms of a sum, in its two groupings.
template <class A, class B, class C>
struct three_terms {};
template <class Form>
struct left_terms {};
template <class Form>
struct right_terms {};
// clang-format off
template <class A, class B, class C> struct left_terms<form<op::add, form<op::add, A, B>, C>>  { using type = three_terms<A, B, C>; };
template <class A, class B, class C> struct left_terms<form<op::add, form<op::sub, A, B>, C>>  { using type = three_terms<A, negative<B>, C>; };
template <class A, class B, class C> struct left_terms<form<op::sub, form<op::add, A, B>, C>>  { using type = three_terms<A, B, negative<C>>; };
template <class A, class B, class C> struct left_terms<form<op::sub, form<op::sub, A, B>, C>>  { using type = three_terms<A, negative<B>, negative<C>>; };
template <class A, class B, class C> struct right_terms<form<op::add, A, form<op::add, B, C>>> { using type = three_terms<A, B, C>; };
template <class A, class B, class C> struct right_terms<form<op::add, A, form<op::sub, B, C>>> { using type = three_terms<A, B, negative<C>>; };
template <class A, class B, class C> struct right_terms<form<op::sub, A, form<op::add, B, C>>> { using type = three_terms<A, negative<B>, negative<C>>; };
template <class A, class B, class C> struct right_terms<form<op::sub, A, form<op::sub, B, C>>> { using type = three_terms<A, negative<B>, C>; };

template <class A, class B, class C> concept sums_to_log_cosh = requires { typename sum_to_log_cosh<A, B, C>::type; };
template <class A, class B, class C> requires sums_to_log_cosh<A, B, C> sum_to_log_cosh<A, B, C> log_cosh_in(three_terms<A, B, C>);
template <class A, class B, class C> requires sums_to_log_cosh<A, C, B> sum_to_log_cosh<A, C, B> log_cosh_in(three_terms<A, B, C>);
template <class A, class B, class C> requires sums_to_log_cosh<B, A, C> sum_to_log_cosh<B, A, C> log_cosh_in(three_terms<A, B, C>);
template <class A, class B, class C> requires sums_to_log_cosh<B, C, A> sum_to_log_cosh<B, C, A> log_cosh_in(three_terms<A, B, C>);
template <class A, class B, class C> requires sums_to_log_cosh<C, A, B> sum_to_log_cosh<C, A, B> log_cosh_in(three_terms<A, B, C>);
template <class A, class B, class C> requires sums_to_log_cosh<C, B, A> sum_to_log_cosh<C, B, A> log_cosh_in(three_terms<A, B, C>);
template <class A, class B, class C> requires requires { log_cosh_in(three_terms<negative<A>, negative<B>, negative<C>>{}); }
std::type_identity<form<op::neg, typename decltype(log_cosh_in(three_terms<negative<A>, negative<B>, negative<C>>{}))::type>> log_cosh_in_any_sign(three_terms<A, B, C>);
template <class A, class B, class C> requires requires { log_cosh_in(three_terms<A, B, C>{}); }
decltype(log_cosh_in(three_terms<A, B, C>{})) log_cosh_in_any_sign(three_terms<A, B, C>);
template <class Sum> struct log_cosh_of_sum {};
template <class Sum> requires requires { log_cosh_in_any_sign(typename left_terms<Sum>::type{}); }  struct log_cosh_of_sum<Sum> : decltype(log_cosh_in_any_sign(typename left_terms<Sum>::type{})) {};
template <class Sum> requires requires { log_cosh_in_any_sign(typename right_terms<Sum>::type{}); } struct log_cosh_of_sum<Sum> : decltype(log_cosh_in_any_sign(typename right_terms<Sum>::type{})) {};
template <class A, class B> requires requires { typename log_cosh_of_sum<form<op::add, A, B>>::type; }
struct simplify_rule<form<op::add, A, B>> : log_cosh_of_sum<form<op::add, A, B>> {};
template <class A, class B> requires requires { typename log_cosh_of_sum<form<op::sub, A, B>>::type; }
struct simplify_rule<form<op::sub, A, B>> : log_cosh_of_sum<form<op::sub, A, B>> {};
// clang-format on

}  // namespace fusor::detail
