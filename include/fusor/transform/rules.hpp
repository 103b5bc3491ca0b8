// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <type_traits>

#include "fusor/language/operation.hpp"
#include "fusor/transform/branches.hpp"
#include "fusor/transform/digits.hpp"
#include "fusor/transform/facts.hpp"
#include "fusor/transform/relaxed.hpp"

/// The rules, one line each: what stands left is replaced by what stands right.
namespace fusor::detail {

/// Rules that make a formula simpler without changing a bit: numbers fold, parts that are switched
/// off vanish. Those of transform/digits come first.
template <class Form>
struct plain_rule : becomes<Form> {};

/// Rules that lower a simplified formula to what the machine does well.
template <class Form>
struct lower_rule : becomes<Form> {};

// clang-format off

// Numbers fold.
template <class Op, std::uint64_t... Bits> requires foldable<Op, lit<Bits>...>
struct plain_rule<form<Op, lit<Bits>...>> : freeze<freeze_result(Op::fold(lit<Bits>::value...))> {};

// What is known in advance chooses.
template <class A, class B> struct plain_rule<form<op::where, known<true>, A, B>>  : becomes<A> {};
template <class A, class B> struct plain_rule<form<op::where, known<false>, A, B>> : becomes<B> {};
template <class C, class A> requires (!std::same_as<C, known<true>> && !std::same_as<C, known<false>>)
struct plain_rule<form<op::where, C, A, A>> : becomes<A> {};
template <bool V>           struct plain_rule<form<op::logical_not, known<V>>> : becomes<known<!V>> {};
template <bool V, class B>  struct plain_rule<form<op::logical_and, known<V>, B>> : becomes<std::conditional_t<V, B, known<false>>> {};
template <bool V, class B>  struct plain_rule<form<op::logical_or, known<V>, B>>  : becomes<std::conditional_t<V, known<true>, B>> {};
template <class A, bool V> requires (!std::same_as<A, known<true>> && !std::same_as<A, known<false>>)
struct plain_rule<form<op::logical_and, A, known<V>>> : becomes<std::conditional_t<V, A, known<false>>> {};
template <class A, bool V> requires (!std::same_as<A, known<true>> && !std::same_as<A, known<false>>)
struct plain_rule<form<op::logical_or, A, known<V>>>  : becomes<std::conditional_t<V, known<true>, A>> {};

// Neutral elements vanish, where no bit changes.
template <class A> requires (!is_lit<A>) struct plain_rule<form<op::mul, A, one>>  : becomes<A> {};
template <class A> requires (!is_lit<A>) struct plain_rule<form<op::mul, one, A>>  : becomes<A> {};
template <class A> requires (!is_lit<A>) struct plain_rule<form<op::sub, A, zero>> : becomes<A> {};
template <class A> struct plain_rule<form<op::neg, form<op::neg, A>>> : becomes<A> {};
template <class A> requires (!is_lit<A>) struct plain_rule<form<op::mul, A, A>> : becomes<form<op::square, A>> {};

// A sign moves out of a product; no bit changes.
template <class A, class B> requires (!is_lit<B> && !std::same_as<form<op::neg, A>, B>)
struct plain_rule<form<op::mul, form<op::neg, A>, B>> : becomes<form<op::neg, form<op::mul, A, B>>> {};

// A power with an exponent that is known: what the exponent is, is known as well.
template <class A, number_literal L> requires (!is_lit<A>) struct lower_rule<form<op::pow, A, L>> : becomes<form<op::pow_by<bits_of(L::value)>, A>> {};

// What only derivatives look at.
template <class A>              struct plain_rule<form<op::stop_gradient, A>>         : becomes<A> {};
template <class A, class... Bs> struct plain_rule<form<op::with_derivative, A, Bs...>> : becomes<A> {};

// What is to be computed as it is written has the plain rules alone.
template <class A> struct plain_rule<form<op::as_written, A>> : becomes<A> {};
template <class A> struct rewrite<simplify_rule, form<op::as_written, A>> : std::type_identity<form<op::as_written, typename rewrite<plain_rule, A>::type>> {};
template <class A> struct lower_rule<form<op::as_written, A>> : becomes<A> {};

// What is relaxed is simplified as ever, and lowered with operations of its own.
template <class A> struct rewrite<lower_rule, form<op::relaxed, A>> : rewrite<lower_rule, typename relaxed_form<A>::type> {};
template <class A> requires (std::same_as<typename relaxed_form<A>::type, A>) struct plain_rule<form<op::relaxed, A>> : becomes<A> {};

// A bound that a clamp repeats.
template <class A, std::uint64_t Low, std::uint64_t High>
struct plain_rule<form<op::clamp, form<op::max, A, lit<Low>>, lit<Low>, lit<High>>> : becomes<form<op::clamp, A, lit<Low>, lit<High>>> {};

// A divisor that is a power of two becomes a factor; the others are left to the kernel.
template <class A, power_of_two L> requires (!is_lit<A>)
struct plain_rule<form<op::div, A, L>> : becomes<form<op::mul, A, reciprocal<L>>> {};

// The half of a formula is the formula of halves, down to the inputs; a reduction along the same axis
// has no halves.
template <class Half, class Op, class... Children, class Axis> requires (is_half<Half> && !is_half<Op> && !Op::is_reduction)
struct plain_rule<form<Half, form<Op, Children...>, Axis>> : becomes<form<Op, form<Half, Children, Axis>...>> {};
template <class Half, class Op, class A, class Axis> requires (is_half<Half> && Op::is_reduction)
struct plain_rule<form<Half, form<Op, A, Axis>, Axis>> : becomes<form<Op, A, Axis>> {};
template <class Half, std::uint64_t Bits, class Axis> requires is_half<Half>
struct plain_rule<form<Half, lit<Bits>, Axis>> : becomes<lit<Bits>> {};
template <class Half, bool Value, class Axis> requires is_half<Half>
struct plain_rule<form<Half, known<Value>, Axis>> : becomes<known<Value>> {};

// Reductions.
template <class A, class Axes> struct plain_rule<form<op::reduce_mean, A, Axes>> : becomes<form<op::div, form<op::reduce_sum, A, Axes>, form<op::reduce_count, Axes>>> {};
template <class A, class Axes> struct lower_rule<form<op::simplex_threshold, A, Axes>> : becomes<form<op::simplex_threshold, A, form<op::reduce_max, A, Axes>, Axes>> {};
template <class A, class B, class M, class Axes> struct lower_rule<form<op::sub, A, form<op::simplex_threshold, B, M, Axes>>>
    : becomes<form<op::sub_pair, A, form<op::simplex_threshold, B, M, Axes>, form<op::low_part, form<op::simplex_threshold, B, M, Axes>>>> {};
template <class A, class M, class Axes> struct lower_rule<form<op::sub, A, form<op::simplex_threshold, A, M, Axes>>>
    : becomes<form<op::sub, form<op::distance_from, A, form<op::simplex_threshold, A, M, Axes>>, form<op::low_part, form<op::simplex_threshold, A, M, Axes>>>> {};
template <class A, class Axes> struct lower_rule<form<op::log, form<op::reduce_sum, form<op::exp, form<op::sub, A, form<op::reduce_max, A, Axes>>>, Axes>>>
    : becomes<log_of_exponentials<A, Axes>> {};
template <class A, class B, class Axes> requires std::same_as<B, log_of_exponentials<A, Axes>>
struct lower_rule<form<op::sub, form<op::sub, A, form<op::reduce_max, A, Axes>>, B>> : becomes<form<op::sub, form<op::sub, A, form<op::largest, A, Axes>>, B>> {};
template <class A, class Axes> struct lower_rule<form<op::log, form<op::reduce_sum, A, Axes>>>
    : becomes<form<op::log_of_pair, form<op::reduce_sum, A, Axes>, form<op::low_part, form<op::reduce_sum, A, Axes>>>> {};
template <class A, class Axes> struct lower_rule<form<op::div, form<op::exp, A>, form<op::reduce_sum, form<op::exp, A>, Axes>>>
    : becomes<ratio_of_exponentials<argument_below<A>, Axes>> {};
template <class B, class A, class Axes>
struct lower_rule<form<op::div, form<op::gradient_sum, form<op::times<op::exp>, B, A>, Axes>, form<op::reduce_sum, form<op::exp, A>, Axes>>>
    : becomes<mean_by_exponentials<B, argument_below<A>, Axes>> {};
template <class A, class R> requires (is_row_value<R> && !is_of_numbers<A>)
struct lower_rule<form<op::div, A, R>> : becomes<form<op::div_by_row, A, form<op::inverse, R>, form<op::inverse_low, R>, form<op::inverse_scale, R>>> {};

// What the sums of a row are subtracted from takes them in two parts; so does a difference of them.
template <varying A, row_sum R> struct lower_rule<form<op::sub, A, R>> : becomes<form<op::sub_pair, A, high_of<R>, low_of<R>>> {};
template <row_sum R, varying A> struct lower_rule<form<op::sub, R, A>> : becomes<form<op::sub_from_pair, A, high_of<R>, low_of<R>>> {};
template <class A, class B> requires row_sum<form<op::sub, A, B>>
struct lower_rule<form<op::sub, A, B>> : becomes<form<op::rounded, typename in_double_words<form<op::sub, A, B>>::type>> {};
template <class A, class B, class C> requires row_sum<form<op::mul_sub, A, B, C>>
struct lower_rule<form<op::mul_sub, A, B, C>> : becomes<form<op::rounded, typename in_double_words<form<op::mul_sub, A, B, C>>::type>> {};
template <class A, class B, class C> requires row_sum<form<op::neg_mul_add, A, B, C>>
struct lower_rule<form<op::neg_mul_add, A, B, C>> : becomes<form<op::rounded, typename in_double_words<form<op::neg_mul_add, A, B, C>>::type>> {};
template <varying A, row_sum R> requires is_negated<R> struct lower_rule<form<op::add, A, R>> : becomes<form<op::sub, A, form<op::neg, R>>> {};
template <row_sum R, varying A> requires is_negated<R> struct lower_rule<form<op::add, R, A>> : becomes<form<op::sub, A, form<op::neg, R>>> {};

template <class A, class B, row_sum R> requires varying<product<A, B>>
struct lower_rule<form<op::mul_sub, A, B, R>> : becomes<form<op::mul_sub_pair, A, high_of<R>, low_of<R>, B>> {};
template <class A, class B, row_sum R> requires varying<product<A, B>>
struct lower_rule<form<op::neg_mul_add, A, B, R>> : becomes<form<op::neg_mul_add_pair, A, high_of<R>, low_of<R>, B>> {};
template <class A, class B, row_sum R> requires (varying<product<A, B>> && is_negated<R>)
struct lower_rule<form<op::mul_add, A, B, R>> : becomes<form<op::mul_sub, A, B, form<op::neg, R>>> {};

template <class A, class B, varying C> requires row_sum<product<A, B>>
struct lower_rule<form<op::mul_sub, A, B, C>> : becomes<form<op::sub_from_pair, C, high_of<product<A, B>>, low_of<product<A, B>>>> {};
template <class A, class B, varying C> requires row_sum<product<A, B>>
struct lower_rule<form<op::neg_mul_add, A, B, C>> : becomes<form<op::sub_pair, C, high_of<product<A, B>>, low_of<product<A, B>>>> {};
template <class A, class B, varying C> requires (row_sum<product<A, B>> && is_negated<product<A, B>>)
struct lower_rule<form<op::mul_add, A, B, C>> : becomes<form<op::sub, C, form<op::neg, product<A, B>>>> {};

template <class A, class B, class H, class L> struct lower_rule<form<op::sub_pair, form<op::mul, A, B>, H, L>>      : becomes<form<op::mul_sub_pair, A, H, L, B>> {};
template <class A, class H, class L>          struct lower_rule<form<op::sub_pair, form<op::square, A>, H, L>>      : becomes<form<op::mul_sub_pair, A, H, L, A>> {};
template <class A, class B, class H, class L> struct lower_rule<form<op::sub_from_pair, form<op::mul, A, B>, H, L>> : becomes<form<op::neg_mul_add_pair, A, H, L, B>> {};
template <class A, class H, class L>          struct lower_rule<form<op::sub_from_pair, form<op::square, A>, H, L>> : becomes<form<op::neg_mul_add_pair, A, H, L, A>> {};

template <varying A, row_sum R, varying C>
struct lower_rule<form<op::neg_mul_add, A, R, C>> : becomes<form<op::sub_scaled_pair, C, high_of<R>, low_of<R>, A>> {};
template <row_sum R, varying A, varying C>
struct lower_rule<form<op::neg_mul_add, R, A, C>> : becomes<form<op::sub_scaled_pair, C, high_of<R>, low_of<R>, A>> {};
template <varying A, row_sum R, varying C>
struct lower_rule<form<op::mul_sub, A, R, C>> : becomes<form<op::sub_scaled_pair, form<op::neg, C>, high_of<R>, low_of<R>, form<op::neg, A>>> {};
template <row_sum R, varying A, varying C>
struct lower_rule<form<op::mul_sub, R, A, C>> : becomes<form<op::mul_sub, A, R, C>> {};

// x / (1 + |x|) is +-1 long before the sum is infinite.
template <class A, summand_beside_size L>
struct lower_rule<form<op::div, A, form<op::add, L, form<op::abs, A>>>> : becomes<form<op::with_sign_of, form<op::quotient, limited_size<A>, form<op::add, L, limited_size<A>>>, A>> {};
template <class A, summand_beside_size L>
struct lower_rule<form<op::div, A, form<op::add, form<op::abs, A>, L>>> : becomes<form<op::div, A, form<op::add, L, form<op::abs, A>>>> {};

// The square of a number of ordinary size is known, and so is that it does not matter where the other square would overflow.
template <class A, number_literal L> requires (!is_lit<A> && L::value >= 0x1p-40 && L::value <= 0x1p40)
struct lower_rule<form<op::hypot, A, L>> : becomes<form<op::hypot_of_square, A, lit<bits_of(L::value * L::value)>>> {};

// A literal bound needs no care for NaN.
template <class A, number_literal L> requires (!is_lit<A>) struct lower_rule<form<op::max, A, L>> : becomes<form<op::at_least, A, L>> {};
template <class A, number_literal L> requires (!is_lit<A>) struct lower_rule<form<op::max, L, A>> : becomes<form<op::at_least, A, L>> {};
template <class A, number_literal L> requires (!is_lit<A>) struct lower_rule<form<op::min, A, L>> : becomes<form<op::at_most, A, L>> {};
template <class A, number_literal L> requires (!is_lit<A>) struct lower_rule<form<op::min, L, A>> : becomes<form<op::at_most, A, L>> {};
template <class A, number_literal Low, number_literal High>
struct lower_rule<form<op::clamp, A, Low, High>> : becomes<form<op::at_most, form<op::at_least, A, Low>, High>> {};

// Beside max(A, -L) a sum A + L that is limited by 0 is limited already.
template <class A, class L, class B> requires gains_beside_bound<B, A, L>
struct lower_rule<form<op::mul, form<op::at_least, A, L>, B>> : becomes<form<op::mul, form<op::at_least, A, L>, typename beside_bound<B, A, L>::type>> {};
template <class A, class L, class B> requires gains_beside_bound<B, A, L>
struct lower_rule<form<op::mul, B, form<op::at_least, A, L>>> : becomes<form<op::mul, typename beside_bound<B, A, L>::type, form<op::at_least, A, L>>> {};

// A part of A on the left: the larger of the two; they are NaN together.
template <class A, number_literal L> requires (L::value > 0 && L::value <= 1)
struct lower_rule<form<op::where, form<op::greater, A, zero>, A, form<op::mul, L, A>>> : becomes<form<op::at_least, A, form<op::mul, L, A>>> {};
template <class A, number_literal L> requires (L::value > 0 && L::value <= 1)
struct lower_rule<form<op::where, form<op::greater_equal, A, zero>, A, form<op::mul, L, A>>> : becomes<form<op::at_least, A, form<op::mul, L, A>>> {};

// A branch knows on which side of 0 it is.
template <class A, class B, class C> requires gains_where_not_positive<C, A>
struct lower_rule<form<op::where, form<op::greater, A, zero>, B, C>> : becomes<form<op::where, form<op::greater, A, zero>, B, typename where_not_positive<C, A>::type>> {};
template <class A, class B, class C> requires gains_where_not_positive<C, A>
struct lower_rule<form<op::where, form<op::greater_equal, A, zero>, B, C>> : becomes<form<op::where, form<op::greater_equal, A, zero>, B, typename where_not_positive<C, A>::type>> {};
template <class A, class B, class C> requires gains_where_not_positive<B, A>
struct lower_rule<form<op::where, form<op::less, A, zero>, B, C>> : becomes<form<op::where, form<op::less, A, zero>, typename where_not_positive<B, A>::type, C>> {};
template <class A, class B, class C> requires gains_where_not_positive<B, A>
struct lower_rule<form<op::where, form<op::less_equal, A, zero>, B, C>> : becomes<form<op::where, form<op::less_equal, A, zero>, typename where_not_positive<B, A>::type, C>> {};

// L expm1(A / L) is A where that is so small that A / L might lose digits.
template <class A, number_literal L> requires (L::value >= 0x1p-6 && L::value <= 0x1p60)
struct lower_rule<form<op::where, form<op::greater, A, zero>, A, form<op::times<op::expm1_of_negative>, L, form<op::div, A, L>>>>
    : becomes<form<op::where, form<op::greater, A, lit<bits_of(-0x1p-60)>>, A, form<op::times<op::expm1_of_negative>, L, form<op::div, A, L>>>> {};

// A factor joins the operation beside it.
template <class A, class Op, class B> requires Op::joins_factor
struct lower_rule<form<op::mul, A, form<Op, B>>> : becomes<form<op::times<Op>, A, B>> {};
template <class Op, class B, class A> requires (Op::joins_factor && !is_joined<A>)
struct lower_rule<form<op::mul, form<Op, B>, A>> : becomes<form<op::times<Op>, A, B>> {};

// A product and a sum are one instruction.
template <class A, class B, class C> struct lower_rule<form<op::add, form<op::mul, A, B>, C>> : becomes<form<op::mul_add, A, B, C>> {};
template <class A, class B, class C> struct lower_rule<form<op::sub, form<op::mul, A, B>, C>> : becomes<form<op::mul_sub, A, B, C>> {};
template <class A, class C>          struct lower_rule<form<op::add, form<op::square, A>, C>> : becomes<form<op::mul_add, A, A, C>> {};
template <class A, class C>          struct lower_rule<form<op::sub, form<op::square, A>, C>> : becomes<form<op::mul_sub, A, A, C>> {};
template <class A, class B, class C> requires (!is_product<C>) struct lower_rule<form<op::add, C, form<op::mul, A, B>>> : becomes<form<op::mul_add, A, B, C>> {};
template <class A, class B, class C> requires (!is_product<C>) struct lower_rule<form<op::sub, C, form<op::mul, A, B>>> : becomes<form<op::neg_mul_add, A, B, C>> {};
template <class A, class C>          requires (!is_product<C>) struct lower_rule<form<op::add, C, form<op::square, A>>> : becomes<form<op::mul_add, A, A, C>> {};
template <class A, class C>          requires (!is_product<C>) struct lower_rule<form<op::sub, C, form<op::square, A>>> : becomes<form<op::neg_mul_add, A, A, C>> {};
// clang-format on

/// The simplified form of an expression whose type is known.
template <auto Expression, class Type>
using simplified_as =
    typename rewrite<simplify_rule, typename freeze<Expression, Type>::type>::type;

/// What the vector code is generated from.
template <class Form>
using lowered = typename rewrite<lower_rule, Form>::type;

}  // namespace fusor::detail

namespace fusor {

/// The simplified form of a formula: two formulas with the same one are the same kernel.
template <auto Formula>
using simplified =
    detail::simplified_as<detail::as_expression(Formula),
                          std::remove_cvref_t<decltype(detail::as_expression(Formula))>>;

}  // namespace fusor
