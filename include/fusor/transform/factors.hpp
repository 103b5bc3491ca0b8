// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstdint>
#include <type_traits>

#include "fusor/transform/scaled.hpp"

/// Products taken apart into their factors, whatever order and signs they were written in.
namespace fusor::detail {

/// What a gaussian e^(-A^2 / 2) is of: A, or void for other forms.
template <class Form, class Argument = unscaled<Form>>
struct gaussian_argument : std::type_identity<void> {};
template <class Form, class B>
requires(is_near(scaled<Form>::number* scaled<B>::number* scaled<B>::number,
                 -0.5)) struct gaussian_argument<Form, form<op::square, B>>
    : std::type_identity<unscaled<B>> {
};

/// A number times the factors of a list. A gaussian is the density times sqrt(2 pi).
template <class Form>
struct factored {
  static constexpr double number = 1;
  using list = form_list<Form>;
};
template <std::uint64_t Bits>
struct factored<lit<Bits>> {
  static constexpr double number = lit<Bits>::value;
  using list = form_list<>;
};
template <class A>
struct factored<form<op::neg, A>> {
  static constexpr double number = -factored<A>::number;
  using list = typename factored<A>::list;
};
template <class A, class B>
struct factored<form<op::mul, A, B>> {
  static constexpr double number = factored<A>::number * factored<B>::number;
  using list = typename concatenated<typename factored<A>::list, typename factored<B>::list>::type;
};
template <class A, std::uint64_t Bits>
struct factored<form<op::div, A, lit<Bits>>> {
  static constexpr double number = divide(factored<A>::number, lit<Bits>::value);
  using list = typename factored<A>::list;
};
template <class A>
requires(!std::is_void_v<typename gaussian_argument<A>::type>) struct factored<form<op::exp, A>> {
  static constexpr double number = 2.5066282746310005;
  using list = form_list<form<op::normal_pdf, typename gaussian_argument<A>::type>>;
};

/// A list without the first `Form` in it, or void.
template <class Form, class Before, class List>
struct without_factor : std::type_identity<void> {};
template <class Form, class... Before, class... Rest>
struct without_factor<Form, form_list<Before...>, form_list<Form, Rest...>>
    : std::type_identity<form_list<Before..., Rest...>> {};
template <class Form, class... Before, class First, class... Rest>
struct without_factor<Form, form_list<Before...>, form_list<First, Rest...>>
    : without_factor<Form, form_list<Before..., First>, form_list<Rest...>> {};

/// Whether two lists hold the same factors, in any order.
template <class A, class B>
inline constexpr bool are_same_factors = std::same_as<A, B>;
template <class First, class... Rest, class B>
inline constexpr bool are_same_factors<form_list<First, Rest...>, B> =
    are_same_factors<form_list<Rest...>, typename without_factor<First, form_list<>, B>::type>;

template <class Form, class List>
inline constexpr bool is_factor_in = false;
template <class Form, class... Factors>
inline constexpr bool is_factor_in<Form, form_list<Factors...>> = (std::same_as<Form, Factors> ||
                                                                   ...);

/// A product with `To` in the place of its first factor `From`.
template <class From, class To, class Form>
struct with_replaced : std::type_identity<Form> {};
template <class From, class To>
struct with_replaced<From, To, From> : std::type_identity<To> {};
template <class From, class To, class A>
requires(!std::same_as<From, form<op::neg, A>>) struct with_replaced<From, To, form<op::neg, A>>
    : std::type_identity<form<op::neg, typename with_replaced<From, To, A>::type>> {
};
template <class From, class To, class A, class B>
requires(is_factor_in<From, typename factored<A>::list>) struct with_replaced<From, To,
                                                                              form<op::mul, A, B>>
    : std::type_identity<form<op::mul, typename with_replaced<From, To, A>::type, B>> {
};
template <class From, class To, class A, class B>
requires(!is_factor_in<From, typename factored<A>::list>) struct with_replaced<From, To,
                                                                               form<op::mul, A, B>>
    : std::type_identity<form<op::mul, A, typename with_replaced<From, To, B>::type>> {
};
template <class From, class To, class A, std::uint64_t Bits>
struct with_replaced<From, To, form<op::div, A, lit<Bits>>>
    : std::type_identity<form<op::div, typename with_replaced<From, To, A>::type, lit<Bits>>> {};

}  // namespace fusor::detail
