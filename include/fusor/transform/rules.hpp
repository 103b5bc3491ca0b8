// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <type_traits>

#include "fusor/language/operation.hpp"
#include "fusor/transform/rewrite.hpp"

/// The rules, one line each: what stands left is replaced by what stands right.
namespace fusor::detail {

template <class Form>
struct becomes {
  using type = Form;
};

template <class Op, class... Children>
concept foldable = requires {
  Op::fold(Children::value...);
};

constexpr auto freeze_result(double value) {
  return literal{value};
}
constexpr auto freeze_result(bool value) {
  return truth{value};
}

/// A literal whose reciprocal is exact.
template <class Form>
concept power_of_two = is_lit<Form> && is_power_of_two(Form::value) &&
    is_power_of_two(1 / Form::value);

/// A literal that is not NaN.
template <class Form>
concept number_literal = is_lit<Form> && Form::value == Form::value;

using zero = lit<std::bit_cast<std::uint64_t>(0.0)>;
using one = lit<std::bit_cast<std::uint64_t>(1.0)>;
template <class Form>
using reciprocal = lit<std::bit_cast<std::uint64_t>(1 / Form::value)>;

/// A form whose product with a factor is computed as a whole.
template <class Form>
inline constexpr bool is_joined = false;
template <class Op, class B>
inline constexpr bool is_joined<form<Op, B>> = Op::joins_factor;

template <class Form>
inline constexpr bool is_product = false;
template <class A, class B>
inline constexpr bool is_product<form<op::mul, A, B>> = true;
template <class A>
inline constexpr bool is_product<form<op::square, A>> = true;

template <class Form>
struct factors_of {};
template <class A, class B>
struct factors_of<form<op::mul, A, B>> {
  using first = A;
  using second = B;
};
template <class A>
struct factors_of<form<op::square, A>> : factors_of<form<op::mul, A, A>> {};

/// Whether a form is known once a row has been reduced: made of reductions and numbers alone.
template <class Form>
inline constexpr bool is_of_numbers = is_lit<Form>;
template <class Op, class... Children>
inline constexpr bool is_of_numbers<form<Op, Children...>> = Op::is_reduction ||
                                                             (is_of_numbers<Children> && ...);
template <class Form>
inline constexpr bool has_reduction = false;
template <class Op, class... Children>
inline constexpr bool has_reduction<form<Op, Children...>> = Op::is_reduction ||
                                                             (has_reduction<Children> || ...);
template <class Form>
inline constexpr bool is_row_value = is_of_numbers<Form>&& has_reduction<Form>;

/// The operations that are computed with double words as well.
template <class Op>
inline constexpr bool is_arithmetic =
    std::same_as<Op, op::add> || std::same_as<Op, op::sub> || std::same_as<Op, op::mul> ||
    std::same_as<Op, op::div> || std::same_as<Op, op::neg> || std::same_as<Op, op::square> ||
    std::same_as<Op, op::mul_add> || std::same_as<Op, op::mul_sub> ||
    std::same_as<Op, op::neg_mul_add>;

/// A row value that is arithmetic of sums, with each sum as a double word.
template <class Form>
struct in_double_words : std::type_identity<Form> {
  static constexpr bool has_sum = false;
};
template <class Reduction>
using as_double_word = form<op::double_word, Reduction, form<op::low_part, Reduction>>;
template <class A, class Axes>
struct in_double_words<form<op::reduce_sum, A, Axes>>
    : std::type_identity<as_double_word<form<op::exact_sum, A, Axes>>> {
  static constexpr bool has_sum = true;
};
template <class Axes>
struct in_double_words<form<op::reduce_count, Axes>>
    : std::type_identity<as_double_word<form<op::reduce_count, Axes>>> {
  static constexpr bool has_sum = false;
};
template <class A>
struct in_double_words<form<op::rounded, A>> : std::type_identity<A> {
  static constexpr bool has_sum = true;
};
template <class Op, class... Children>
requires is_arithmetic<Op>
struct in_double_words<form<Op, Children...>>
    : std::type_identity<form<Op, typename in_double_words<Children>::type...>> {
  static constexpr bool has_sum = (in_double_words<Children>::has_sum || ...);
};

/// A row value of which rounding loses what a difference would show.
template <class Form>
concept row_sum = is_row_value<Form> && in_double_words<Form>::has_sum;
/// What is not known once a row has been reduced.
template <class Form>
concept varying = !is_of_numbers<Form>;
template <class A, class B>
using product = form<op::mul, A, B>;

/// A double word as two row values.
template <class Form>
struct words_of {
  using high = form<op::high_word, Form>;
  using low = form<op::low_word, Form>;
};
template <class High, class Low>
struct words_of<form<op::double_word, High, Low>> {
  using high = High;
  using low = Low;
};
template <class Form>
using high_of = typename words_of<typename in_double_words<Form>::type>::high;
template <class Form>
using low_of = typename words_of<typename in_double_words<Form>::type>::low;

/// Whether a row value is a negated one, as written: adding it is a subtraction.
template <class Form>
inline constexpr bool is_negated = is_lit<Form>;
template <std::uint64_t Bits>
inline constexpr bool is_negated<lit<Bits>> = (lit<Bits>::value < 0);
template <class Op, class... Children>
inline constexpr bool is_negated<form<Op, Children...>> = false;
template <class A>
inline constexpr bool is_negated<form<op::neg, A>> = true;
template <class A, class B>
inline constexpr bool is_negated<form<op::mul, A, B>> = is_negated<A> != is_negated<B>;
template <class A, class B>
inline constexpr bool is_negated<form<op::div, A, B>> = is_negated<A> != is_negated<B>;

template <class Op>
inline constexpr bool is_half =
    std::same_as<Op, op::first_half> || std::same_as<Op, op::second_half>;

/// The A of A - reduce_max(A), else the form itself.
template <class Form>
struct argument_below_largest : std::type_identity<Form> {};
template <class A, class Axes>
struct argument_below_largest<form<op::sub, A, form<op::reduce_max, A, Axes>>>
    : std::type_identity<A> {};
template <class Form>
using argument_below = typename argument_below_largest<Form>::type;

/// e^A divided by its sum: each e^A is scaled by the same power of two, chosen by the largest A, so
/// that nothing overflows and A is not rounded. The sum is about 1 at least. Where an A is NaN, so
/// is the sum, whatever the largest is.
template <class A, class Axes, class Op = op::exp_scaled,
          class Largest = form<op::largest, A, Axes>>
using scaled_exponential = form<Op, A, form<op::exp_origin, Largest>, form<op::exp_power, Largest>,
                                form<op::exp_lowest, Largest>>;
template <class A, class Axes>
using sum_of_exponentials = form<op::reduce_sum, scaled_exponential<A, Axes>, Axes>;
template <class A, class Axes>
using ratio_of_exponentials =
    form<op::mul_pair, scaled_exponential<A, Axes>, form<op::inverse, sum_of_exponentials<A, Axes>>,
         form<op::inverse_low, sum_of_exponentials<A, Axes>>>;

/// log of the sum of e^(A - largest A): 1 + the rest, where the rest leaves out one of the largest,
/// so that its digits survive beside the 1.
template <class A, class Axes, class Largest = form<op::largest, A, Axes>>
using is_largest = form<op::is_largest, A, Largest>;
template <class A, class Axes, class Largest = form<op::largest, A, Axes>>
using largest_exponential = form<op::exp_scaled, Largest, form<op::exp_origin, Largest>,
                                 form<op::exp_power, Largest>, form<op::exp_lowest, Largest>>;
template <class A, class Axes>
using sum_below_largest =
    form<op::reduce_sum,
         form<op::where, is_largest<A, Axes>, zero, scaled_exponential<A, Axes, op::exp_summed>>,
         Axes>;
template <class A, class Axes>
using count_of_largest = form<op::count_sum, form<op::where, is_largest<A, Axes>, one, zero>, Axes>;
template <class A, class Axes>
using log_of_exponentials =
    form<op::log1p,
         form<op::add, form<op::div, sum_below_largest<A, Axes>, largest_exponential<A, Axes>>,
              form<op::sub, count_of_largest<A, Axes>, one>>>;

/// Rules that make a formula simpler without changing its meaning: numbers fold, parts that are
/// switched off vanish, and a formula that loses digits as written becomes an operation that does
/// not.
template <class Form>
struct simplify_rule : becomes<Form> {};

/// Rules that lower a simplified formula to what the machine does well.
template <class Form>
struct lower_rule : becomes<Form> {};

// clang-format off

// Numbers fold.
template <class Op, std::uint64_t... Bits> requires foldable<Op, lit<Bits>...>
struct simplify_rule<form<Op, lit<Bits>...>> : freeze<freeze_result(Op::fold(lit<Bits>::value...))> {};

// What is known in advance chooses.
template <class A, class B> struct simplify_rule<form<op::where, known<true>, A, B>>  : becomes<A> {};
template <class A, class B> struct simplify_rule<form<op::where, known<false>, A, B>> : becomes<B> {};
template <class C, class A> requires (!std::same_as<C, known<true>> && !std::same_as<C, known<false>>)
struct simplify_rule<form<op::where, C, A, A>> : becomes<A> {};
template <bool V>           struct simplify_rule<form<op::logical_not, known<V>>> : becomes<known<!V>> {};
template <bool V, class B>  struct simplify_rule<form<op::logical_and, known<V>, B>> : becomes<std::conditional_t<V, B, known<false>>> {};
template <bool V, class B>  struct simplify_rule<form<op::logical_or, known<V>, B>>  : becomes<std::conditional_t<V, known<true>, B>> {};
template <class A, bool V> requires (!std::same_as<A, known<true>> && !std::same_as<A, known<false>>)
struct simplify_rule<form<op::logical_and, A, known<V>>> : becomes<std::conditional_t<V, A, known<false>>> {};
template <class A, bool V> requires (!std::same_as<A, known<true>> && !std::same_as<A, known<false>>)
struct simplify_rule<form<op::logical_or, A, known<V>>>  : becomes<std::conditional_t<V, known<true>, A>> {};

// Neutral elements vanish, where no bit changes.
template <class A> requires (!is_lit<A>) struct simplify_rule<form<op::mul, A, one>>  : becomes<A> {};
template <class A> requires (!is_lit<A>) struct simplify_rule<form<op::mul, one, A>>  : becomes<A> {};
template <class A> requires (!is_lit<A>) struct simplify_rule<form<op::sub, A, zero>> : becomes<A> {};
template <class A> struct simplify_rule<form<op::neg, form<op::neg, A>>> : becomes<A> {};
template <class A> requires (!is_lit<A>) struct simplify_rule<form<op::mul, A, A>> : becomes<form<op::square, A>> {};

// A sign moves out of a product; no bit changes.
template <class A, class B> requires (!is_lit<B> && !std::same_as<form<op::neg, A>, B>)
struct simplify_rule<form<op::mul, form<op::neg, A>, B>> : becomes<form<op::neg, form<op::mul, A, B>>> {};

// A bound that a clamp repeats.
template <class A, std::uint64_t Low, std::uint64_t High>
struct simplify_rule<form<op::clamp, form<op::max, A, lit<Low>>, lit<Low>, lit<High>>> : becomes<form<op::clamp, A, lit<Low>, lit<High>>> {};

// A divisor that is a power of two becomes a factor; the others are left to the kernel.
template <class A, power_of_two L> requires (!is_lit<A>)
struct simplify_rule<form<op::div, A, L>> : becomes<form<op::mul, A, reciprocal<L>>> {};

// Formulas that lose digits as written.
template <class A> struct simplify_rule<form<op::tanh, form<op::softplus, A>>>    : becomes<form<op::tanh_softplus, A>> {};
template <class A> struct simplify_rule<form<op::sub, A, form<op::tanh, A>>>      : becomes<form<op::tanh_shrink, A>> {};

// The half of a formula is the formula of halves, down to the inputs; a reduction along the same axis
// has no halves.
template <class Half, class Op, class... Children, class Axis> requires (is_half<Half> && !is_half<Op> && !Op::is_reduction)
struct simplify_rule<form<Half, form<Op, Children...>, Axis>> : becomes<form<Op, form<Half, Children, Axis>...>> {};
template <class Half, class Op, class A, class Axis> requires (is_half<Half> && Op::is_reduction)
struct simplify_rule<form<Half, form<Op, A, Axis>, Axis>> : becomes<form<Op, A, Axis>> {};
template <class Half, std::uint64_t Bits, class Axis> requires is_half<Half>
struct simplify_rule<form<Half, lit<Bits>, Axis>> : becomes<lit<Bits>> {};
template <class Half, bool Value, class Axis> requires is_half<Half>
struct simplify_rule<form<Half, known<Value>, Axis>> : becomes<known<Value>> {};

// Reductions.
template <class A, class Axes> struct simplify_rule<form<op::reduce_mean, A, Axes>> : becomes<form<op::div, form<op::reduce_sum, A, Axes>, form<op::reduce_count, Axes>>> {};
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

// A literal bound needs no care for NaN.
template <class A, number_literal L> requires (!is_lit<A>) struct lower_rule<form<op::max, A, L>> : becomes<form<op::at_least, A, L>> {};
template <class A, number_literal L> requires (!is_lit<A>) struct lower_rule<form<op::max, L, A>> : becomes<form<op::at_least, A, L>> {};
template <class A, number_literal L> requires (!is_lit<A>) struct lower_rule<form<op::min, A, L>> : becomes<form<op::at_most, A, L>> {};
template <class A, number_literal L> requires (!is_lit<A>) struct lower_rule<form<op::min, L, A>> : becomes<form<op::at_most, A, L>> {};
template <class A, number_literal Low, number_literal High>
struct lower_rule<form<op::clamp, A, Low, High>> : becomes<form<op::at_most, form<op::at_least, A, Low>, High>> {};

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
