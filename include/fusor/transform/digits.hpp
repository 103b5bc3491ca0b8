// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <type_traits>

#include "fusor/transform/own_rule.hpp"
#include "fusor/transform/rewrite.hpp"
#include "fusor/transform/scaled.hpp"

/// Formulas as they are printed, and the operation that computes each without losing digits: rules
/// of algebra that hold for all real numbers, with A and B for any part of a formula. None of them
/// has a larger error than the formula as written, at any argument.
namespace fusor::detail {

template <class Form>
struct simplify_rule : rules::own_rule<Form> {};

/// What `number + factor * Form` is, where a rule knows it.
template <int Number, int Factor, class Form>
struct sum_with_number {};

using number_of_infinity = lit<std::bit_cast<std::uint64_t>(infinity)>;

// clang-format off
template <class A> using exp_of = form<op::exp, A>;
template <class A> using twice_sigmoid = form<op::mul, number<2>, form<op::sigmoid, A>>;

// 1 + tanh(A) = 2 sigmoid(2 A), 1 - tanh(A) = 2 sigmoid(-2 A), 1 - tanh(A)^2 = 4 logistic_pdf(2 A)
template <class A> struct sum_with_number<1, 1, form<op::tanh, A>>  : becomes<twice_sigmoid<twice<A>>> {};
template <class A> struct sum_with_number<1, -1, form<op::tanh, A>> : becomes<twice_sigmoid<twice<negative<A>>>> {};
template <class A> struct sum_with_number<1, -1, form<op::square, form<op::tanh, A>>> : becomes<form<op::mul, number<4>, form<op::logistic_pdf, twice<A>>>> {};
// 1 - 4 logistic_pdf(A) = tanh(A / 2)^2
template <class A> struct sum_with_number<1, -4, form<op::logistic_pdf, A>> : becomes<form<op::square, form<op::tanh, half<A>>>> {};
// 2 sigmoid(A) - 1 = tanh(A / 2)
template <class A> struct sum_with_number<-1, 2, form<op::sigmoid, A>> : becomes<form<op::tanh, half<A>>> {};
template <class A> struct sum_with_number<1, -2, form<op::sigmoid, A>> : becomes<form<op::tanh, half<negative<A>>>> {};
// 1 - sigmoid(A) = sigmoid(-A), and the like
template <class A> struct sum_with_number<1, -1, form<op::sigmoid, A>>    : becomes<form<op::sigmoid, negative<A>>> {};
template <class A> struct sum_with_number<1, -1, form<op::normal_cdf, A>> : becomes<form<op::normal_cdf, negative<A>>> {};
template <class A> struct sum_with_number<1, -1, form<op::erf, A>>        : becomes<form<op::erfc, A>> {};
template <class A> struct sum_with_number<1, 1, form<op::erf, A>>         : becomes<form<op::erfc, negative<A>>> {};
template <class A> struct sum_with_number<1, -1, form<op::erfc, A>>       : becomes<form<op::erf, A>> {};
// e^A - 1 = expm1(A)
template <class A> struct sum_with_number<-1, 1, exp_of<A>> : becomes<form<op::expm1, A>> {};
template <class A> struct sum_with_number<1, -1, exp_of<A>> : becomes<form<op::neg, form<op::expm1, A>>> {};
// clang-format on

constexpr int whole(double value) {
  return value >= -4 && value <= 4 && value == static_cast<int>(value) ? static_cast<int>(value)
                                                                       : 99;
}
template <class Sum>
using known_sum =
    sum_with_number<whole(shifted<Sum>::number), whole(scaled<typename shifted<Sum>::rest>::number),
                    unscaled<typename shifted<Sum>::rest>>;
template <class Sum>
concept sum_that_is_known = requires {
  typename known_sum<Sum>::type;
};

// clang-format off
template <class A, class B> requires sum_that_is_known<form<op::add, A, B>>
struct simplify_rule<form<op::add, A, B>> : becomes<typename known_sum<form<op::add, A, B>>::type> {};
template <class A, class B> requires sum_that_is_known<form<op::sub, A, B>>
struct simplify_rule<form<op::sub, A, B>> : becomes<typename known_sum<form<op::sub, A, B>>::type> {};

// A / (1 + e^B) = A sigmoid(-B), e^B / (1 + e^B) = sigmoid(B), (e^B - 1) / (1 + e^B) = tanh(B / 2)
template <class A, class D> struct over_one_plus_exp : becomes<form<op::mul, A, form<op::sigmoid, negative<D>>>> {};
template <class D>          struct over_one_plus_exp<one, D>                 : becomes<form<op::sigmoid, negative<D>>> {};
template <class D>          struct over_one_plus_exp<exp_of<D>, D>           : becomes<form<op::sigmoid, D>> {};
template <class D>          struct over_one_plus_exp<form<op::expm1, D>, D>  : becomes<form<op::tanh, half<D>>> {};
template <class D>          struct over_one_plus_exp<form<op::neg, form<op::expm1, D>>, D> : becomes<form<op::tanh, half<negative<D>>>> {};
template <class A, one_plus_exp S>
struct simplify_rule<form<op::div, A, S>> : over_one_plus_exp<A, exponent_of<beside_one<S>>> {};
// tanh(softplus(A)), A - tanh(A)
template <class A> struct simplify_rule<form<op::tanh, form<op::softplus, A>>> : becomes<form<op::tanh_softplus, A>> {};
template <class A> struct simplify_rule<form<op::sub, A, form<op::tanh, A>>>   : becomes<form<op::tanh_shrink, A>> {};
// sigmoid(A) sigmoid(-A) = logistic_pdf(A), e^A sigmoid(-A) = sigmoid(A)
template <class A, class B> requires are_opposite<A, B> struct simplify_rule<form<op::mul, form<op::sigmoid, A>, form<op::sigmoid, B>>> : becomes<form<op::logistic_pdf, A>> {};
template <class A, class B> requires are_opposite<A, B> struct simplify_rule<form<op::mul, exp_of<A>, form<op::sigmoid, B>>> : becomes<form<op::sigmoid, A>> {};
template <class A, class B> requires are_opposite<A, B> struct simplify_rule<form<op::mul, form<op::sigmoid, B>, exp_of<A>>> : becomes<form<op::sigmoid, A>> {};
// e^A - sigmoid(A) = e^A sigmoid(A), 1 / e^A - sigmoid(-A) = e^-A sigmoid(-A)
template <class A> struct simplify_rule<form<op::sub, exp_of<A>, form<op::sigmoid, A>>> : becomes<form<op::mul, exp_of<A>, form<op::sigmoid, A>>> {};
template <class A, class B> requires are_opposite<A, B> struct simplify_rule<form<op::sub, form<op::div, one, exp_of<A>>, form<op::sigmoid, B>>> : becomes<form<op::mul, exp_of<B>, form<op::sigmoid, B>>> {};
// (e^A - e^-A) / (e^A + e^-A) = tanh(A)
template <class A, class B> requires are_opposite<A, B>
struct simplify_rule<form<op::div, form<op::sub, exp_of<A>, exp_of<B>>, form<op::add, exp_of<A>, exp_of<B>>>> : becomes<form<op::tanh, A>> {};
template <class A, class B> requires are_opposite<A, B>
struct simplify_rule<form<op::div, form<op::sub, exp_of<A>, exp_of<B>>, form<op::add, exp_of<B>, exp_of<A>>>> : becomes<form<op::tanh, A>> {};

// e^A e^B = e^(A + B), e^A / e^B = e^(A - B): what rounding the sum loses is taken along.
template <class A, class B> requires (!std::same_as<A, B>)
struct simplify_rule<form<op::mul, exp_of<A>, exp_of<B>>> : becomes<exp_of<form<op::add, A, B>>> {};
template <class A, class B> struct simplify_rule<form<op::div, exp_of<A>, exp_of<B>>> : becomes<exp_of<form<op::sub, A, B>>> {};
template <class A>          struct simplify_rule<form<op::square, exp_of<A>>>         : becomes<exp_of<twice<A>>> {};

// log(1 + e^A) = softplus(A), log(1 + A) = log1p(A)
template <class A> struct logarithm {};
template <class S> requires (shifted<S>::number == 1)
struct logarithm<S> : becomes<form<op::log1p, typename shifted<S>::rest>> {};
template <class A> struct logarithm<form<op::sigmoid, A>> : becomes<form<op::neg, form<op::softplus, negative<A>>>> {};
template <class A> struct logarithm<exp_of<A>>            : becomes<A> {};
template <class A, class B> struct logarithm<form<op::add, exp_of<A>, exp_of<B>>>
    : becomes<form<op::add, form<op::max, A, B>, form<op::softplus, form<op::neg, form<op::abs, form<op::distance_from, A, B>>>>>> {};
template <class A> requires requires { typename logarithm<A>::type; }
struct simplify_rule<form<op::log, A>> : becomes<typename logarithm<A>::type> {};
template <class A> struct simplify_rule<form<op::log1p, exp_of<A>>>          : becomes<form<op::softplus, A>> {};
template <class A> struct simplify_rule<form<op::log1p, form<op::expm1, A>>> : becomes<A> {};

// log(1 - e^A), by the one or the other as A is near 0 or far from it
template <class A> using log_one_minus_exp = form<op::where, form<op::greater, A, lit<std::bit_cast<std::uint64_t>(-0.69314718055994531)>>,
    form<op::log, form<op::mul, number<-1>, form<op::expm1, A>>>, form<op::log1p, form<op::mul, number<-1>, exp_of<A>>>>;
template <class A> struct logarithm<form<op::neg, form<op::expm1, A>>>                : becomes<log_one_minus_exp<A>> {};
template <class A> struct simplify_rule<form<op::log1p, form<op::neg, exp_of<A>>>>    : becomes<log_one_minus_exp<A>> {};

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

// max(A, 0) + min(A, 0) = A; max(A, 0) + softplus(-|A|) = softplus(A)
template <class A> using above_zero = form<op::max, A, zero>;
template <class A> using softplus_below = form<op::softplus, form<op::neg, form<op::abs, A>>>;
template <class A> struct simplify_rule<form<op::add, form<op::max, A, zero>, form<op::min, A, zero>>> : becomes<A> {};
template <class A> struct simplify_rule<form<op::add, form<op::min, A, zero>, form<op::max, A, zero>>> : becomes<A> {};
template <class A> struct simplify_rule<form<op::add, above_zero<A>, softplus_below<A>>> : becomes<form<op::softplus, A>> {};
template <class A> struct simplify_rule<form<op::add, softplus_below<A>, above_zero<A>>> : becomes<form<op::softplus, A>> {};
template <class A, class B> struct simplify_rule<form<op::add, form<op::sub, above_zero<A>, B>, softplus_below<A>>> : becomes<form<op::sub, form<op::softplus, A>, B>> {};
template <class A, class B> struct simplify_rule<form<op::add, form<op::add, above_zero<A>, B>, softplus_below<A>>> : becomes<form<op::add, form<op::softplus, A>, B>> {};

// min(max(A, low), high) = clamp(A, low, high)
template <class Op, class Form> struct bound : std::type_identity<void> {};
template <class Op, class A, std::uint64_t Bits> requires (!is_lit<A>) struct bound<Op, form<Op, A, lit<Bits>>> : std::type_identity<A> { using at = lit<Bits>; };
template <class Op, class A, std::uint64_t Bits> requires (!is_lit<A>) struct bound<Op, form<Op, lit<Bits>, A>> : std::type_identity<A> { using at = lit<Bits>; };
template <class Outer, class Inner, class Form> using bound_twice = bound<Inner, typename bound<Outer, Form>::type>;
template <class Low, class High> concept are_ordered = Low::value <= High::value;
template <class Form> requires are_ordered<typename bound_twice<op::min, op::max, Form>::at, typename bound<op::min, Form>::at>
struct clamped : becomes<form<op::clamp, typename bound_twice<op::min, op::max, Form>::type, typename bound_twice<op::min, op::max, Form>::at, typename bound<op::min, Form>::at>> {};
template <class Form> requires are_ordered<typename bound<op::max, Form>::at, typename bound_twice<op::max, op::min, Form>::at>
struct clamped_above : becomes<form<op::clamp, typename bound_twice<op::max, op::min, Form>::type, typename bound<op::max, Form>::at, typename bound_twice<op::max, op::min, Form>::at>> {};
template <class A, class B> requires requires { typename clamped<form<op::min, A, B>>::type; }
struct simplify_rule<form<op::min, A, B>> : clamped<form<op::min, A, B>> {};
template <class A, class B> requires requires { typename clamped_above<form<op::max, A, B>>::type; }
struct simplify_rule<form<op::max, A, B>> : clamped_above<form<op::max, A, B>> {};

// A clamp(c + A, 0, high), which is 0 below -c: at -infinity as well.
template <class A, class S> concept shifted_from = std::same_as<typename shifted<S>::rest, A> && (shifted<S>::number > 0);
template <class A, class S, std::uint64_t High> requires shifted_from<A, S>
struct simplify_rule<form<op::mul, A, form<op::clamp, S, zero, lit<High>>>>
    : becomes<form<op::mul, form<op::max, A, lit<std::bit_cast<std::uint64_t>(-shifted<S>::number)>>, form<op::clamp, S, zero, lit<High>>>> {};
template <class A, class S, std::uint64_t High, std::uint64_t Bits> requires shifted_from<A, S>
struct simplify_rule<form<op::mul, A, form<op::div, form<op::clamp, S, zero, lit<High>>, lit<Bits>>>>
    : becomes<form<op::mul, form<op::max, A, lit<std::bit_cast<std::uint64_t>(-shifted<S>::number)>>, form<op::div, form<op::clamp, S, zero, lit<High>>, lit<Bits>>>> {};
template <class A, class S, std::uint64_t Low, std::uint64_t High, std::uint64_t Bits> requires (!power_of_two<lit<Bits>>)
struct simplify_rule<form<op::div, form<op::mul, A, form<op::clamp, S, lit<Low>, lit<High>>>, lit<Bits>>>
    : becomes<form<op::mul, A, form<op::div, form<op::clamp, S, lit<Low>, lit<High>>, lit<Bits>>>> {};

// A + c A^3 = A (1 + c A^2), where c A^3 is infinite before A^2 is
template <class C> concept not_tiny = is_lit<C> && (C::value >= 0x1p-60 || C::value <= -0x1p-60);
template <class C, class A> using cubed = form<op::mul, form<op::mul, form<op::mul, C, A>, A>, A>;
template <class A, not_tiny C> requires (!is_lit<A>)
struct simplify_rule<form<op::add, A, cubed<C, A>>> : becomes<form<op::mul, A, form<op::add, one, form<op::mul, C, form<op::square, A>>>>> {};
template <class A, not_tiny C> requires (!is_lit<A>)
struct simplify_rule<form<op::add, A, form<op::mul, C, form<op::mul, form<op::square, A>, A>>>> : becomes<form<op::mul, A, form<op::add, one, form<op::mul, C, form<op::square, A>>>>> {};

// c where(C, A, d B) = where(C, c A, (c d) B)
template <std::uint64_t L, class C, class A, std::uint64_t M, class B> requires (!is_lit<B>)
struct simplify_rule<form<op::mul, lit<L>, form<op::where, C, A, form<op::mul, lit<M>, B>>>>
    : becomes<form<op::where, C, form<op::mul, lit<L>, A>, form<op::mul, typename rescaled<lit<L>, lit<M>>::type, B>>> {};

// log(e^A / sum of e^A) and A - log(sum of e^A) = log_softmax(A); log(sum of e^A) = logsumexp(A)
template <class A, class Axes> using largest_along = form<op::reduce_max, argument_below<A>, Axes>;
template <class A, class Axes> using below_largest = form<op::sub, argument_below<A>, largest_along<A, Axes>>;
template <class A, class Axes> using log_of_sum = form<op::log, form<op::reduce_sum, exp_of<A>, Axes>>;
template <class A, class Axes> using log_softmax_of = form<op::sub, below_largest<A, Axes>, log_of_sum<below_largest<A, Axes>, Axes>>;
template <class A, class Axes> using logsumexp_of = form<op::where, form<op::less, form<op::abs, largest_along<A, Axes>>, number_of_infinity>,
    form<op::add, largest_along<A, Axes>, log_of_sum<below_largest<A, Axes>, Axes>>, largest_along<A, Axes>>;
template <class A, class Axes> struct simplify_rule<form<op::log, form<op::div, exp_of<A>, form<op::reduce_sum, exp_of<A>, Axes>>>> : becomes<log_softmax_of<A, Axes>> {};
template <class A, class Axes> requires std::same_as<argument_below<A>, A>
struct simplify_rule<log_of_sum<A, Axes>> : becomes<logsumexp_of<A, Axes>> {};
template <class A, class Axes> struct simplify_rule<form<op::sub, A, logsumexp_of<A, Axes>>> : becomes<log_softmax_of<A, Axes>> {};
// mean(A^2) - mean(A)^2 = mean((A - mean(A))^2)
template <class A, class Axes> using mean_of = form<op::div, form<op::reduce_sum, A, Axes>, form<op::reduce_count, Axes>>;
template <class A, class Axes> struct simplify_rule<form<op::sub, mean_of<form<op::square, A>, Axes>, form<op::square, mean_of<A, Axes>>>>
    : becomes<mean_of<form<op::square, form<op::sub, A, mean_of<A, Axes>>>, Axes>> {};

// Differences that cancel, where what is left of them is known.
template <class A, class B> concept differ_by_number = std::same_as<typename shifted<A>::rest, typename shifted<B>::rest> && (shifted<A>::number != shifted<B>::number);
template <class A, class B> using difference = lit<std::bit_cast<std::uint64_t>(shifted<A>::number - shifted<B>::number)>;
// sqrt(A + c) - sqrt(A) = c / (sqrt(A + c) + sqrt(A))
template <class A, class B> requires differ_by_number<A, B>
struct simplify_rule<form<op::sub, form<op::sqrt, A>, form<op::sqrt, B>>> : becomes<form<op::div, difference<A, B>, form<op::add, form<op::sqrt, A>, form<op::sqrt, B>>>> {};
// 1 / A - 1 / (A + c) = c / (A (A + c))
template <class A, class B> requires differ_by_number<A, B>
struct simplify_rule<form<op::sub, form<op::div, one, A>, form<op::div, one, B>>> : becomes<form<op::div, form<op::div, difference<B, A>, A>, B>> {};
// 1 / (A + c) - 2 / A + 1 / (A - c) = 2 c^2 / (A (A + c) (A - c))
template <class A, class B, class C> requires (std::same_as<typename shifted<B>::rest, A> && std::same_as<typename shifted<C>::rest, A> && shifted<B>::number == -shifted<C>::number)
struct simplify_rule<form<op::add, form<op::sub, form<op::div, one, B>, form<op::div, number<2>, A>>, form<op::div, one, C>>>
    : becomes<form<op::div, form<op::div, form<op::div, lit<std::bit_cast<std::uint64_t>(2 * shifted<B>::number * shifted<B>::number)>, A>, B>, C>> {};
// sqrt(1 + A^2) - 1 = A (A / (1 + sqrt(1 + A^2))), where the quotient is 1 before the square is infinite
template <class A> struct root_less_one {};
template <class A> struct root_less_one<form<op::square, A>>
    : becomes<form<op::mul, A, form<op::div, limited<A>, form<op::add, one, form<op::hypot, limited<A>, one>>>>> {};
template <class S> requires requires { typename root_less_one<beside_one<S>>::type; }
struct simplify_rule<form<op::sub, form<op::sqrt, S>, one>> : becomes<typename root_less_one<beside_one<S>>::type> {};
// 1 / sqrt(A) - 1 / sqrt(A + c) = c / sqrt(A) / (A + c + sqrt(A) sqrt(A + c))
template <class A, class B> requires differ_by_number<A, B>
struct simplify_rule<form<op::sub, form<op::div, one, form<op::sqrt, A>>, form<op::div, one, form<op::sqrt, B>>>>
    : becomes<form<op::div, form<op::div, difference<B, A>, form<op::sqrt, A>>, form<op::add, B, form<op::mul, form<op::sqrt, A>, form<op::sqrt, B>>>>> {};
// log(1 + A) - log(A) = log1p(1 / A), or below 1 -log(A / (1 + A)); log((1 - A) / (1 + A)) = log1p(-A) - log1p(A)
template <class A> struct simplify_rule<form<op::sub, form<op::log1p, A>, form<op::log, A>>>
    : becomes<form<op::where, form<op::greater, A, one>, form<op::log1p, form<op::div, one, A>>, form<op::neg, form<op::log, form<op::div, A, form<op::add, one, form<op::abs, A>>>>>>> {};
template <class A, class B> requires are_opposite<beside_one<A>, beside_one<B>>
struct simplify_rule<form<op::log, form<op::div, A, B>>> : becomes<form<op::sub, form<op::log1p, beside_one<A>>, form<op::log1p, beside_one<B>>>> {};
// e^A - 2 + e^-A = -expm1(A) expm1(-A); expm1(2 A) / expm1(A) = 1 + e^A
template <class A, class B> requires are_opposite<A, B>
struct simplify_rule<form<op::add, form<op::sub, exp_of<A>, number<2>>, exp_of<B>>> : becomes<form<op::mul, form<op::expm1, A>, form<op::neg, form<op::expm1, B>>>> {};
template <class A, class B> requires (std::same_as<A, twice<B>>)
struct simplify_rule<form<op::div, form<op::expm1, A>, form<op::expm1, B>>> : becomes<form<op::add, one, exp_of<B>>> {};
// clang-format on

}  // namespace fusor::detail
