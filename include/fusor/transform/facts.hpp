// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <type_traits>

#include "fusor/language/operation.hpp"
#include "fusor/transform/rewrite.hpp"

/// What the rules ask of a form, and the forms that several of them write.
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

using zero = lit<bits_of(0.0)>;
using one = lit<bits_of(1.0)>;
template <class Form>
using reciprocal = lit<bits_of(1 / Form::value)>;

/// A number that is nothing beside 2^60 and more than 2^-60, and forms up to 2^60.
template <class Form>
concept summand_beside_size = is_lit<Form> && Form::value >= 0x1p-60 && Form::value <= 32;
template <class Form>
using limited = form<op::clamp, Form, lit<bits_of(-0x1p60)>, lit<bits_of(0x1p60)>>;
template <class Form>
using limited_size = form<op::at_most, form<op::abs, Form>, lit<bits_of(0x1p60)>>;

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

/// The sum of B e^A, divided by that of e^A.
template <class B, class A, class Axes>
using mean_by_exponentials =
    form<op::mul_pair, form<op::gradient_sum, form<op::mul, B, scaled_exponential<A, Axes>>, Axes>,
         form<op::inverse, sum_of_exponentials<A, Axes>>,
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

}  // namespace fusor::detail
