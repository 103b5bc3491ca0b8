// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

#include "fusor/language/compose.hpp"
#include "fusor/transform/collect.hpp"
#include "fusor/transform/rules.hpp"

/// From a formula with products of matrices to its products, and to what is computed of them.
namespace fusor::detail {

template <class Form>
struct is_product_form : std::false_type {};
template <class A, class B>
struct is_product_form<form<op::matmul, A, B>> : std::true_type {};

/// Whether no element of a formula depends on another one.
template <class Form>
inline constexpr bool is_element_wise = true;
template <int... Axes>
inline constexpr bool is_element_wise<over<Axes...>> = false;
template <class Op, class... Children>
inline constexpr bool is_element_wise<form<Op, Children...>> = (is_element_wise<Children> && ...);

template <class... Forms>
inline constexpr bool is_element_wise<form_list<Forms...>> = (is_element_wise<Forms> && ...);

/// Whether no row of the last axis depends on another one.
template <class Form>
inline constexpr bool is_row_wise = true;
template <int... Axes>
inline constexpr bool is_row_wise<over<Axes...>> = sizeof...(Axes) == 1 && ((Axes == -1) && ...);
template <class Op, class... Children>
inline constexpr bool is_row_wise<form<Op, Children...>> = (is_row_wise<Children> && ...);

template <class... Forms>
inline constexpr bool is_row_wise<form_list<Forms...>> = (is_row_wise<Forms> && ...);

template <class Form>
using simplified_form = typename rewrite<simplify_rule, Form>::type;

/// Frozen forms of the outputs of a formula of `Inputs` inputs: the products in them, each once,
/// and the outputs with input `Inputs + P` in the place of product P.
template <std::size_t Inputs, class Outputs>
struct with_products {
  using products = typename collect_all<is_product_form, Outputs>::type;

  template <class... Products, std::size_t... P>
  static auto map_of(form_list<Products...>, std::index_sequence<P...>)
      -> replacements<replacement<Products, in<Inputs + P>>...>;
  using outputs = typename replace_in<
      Outputs, decltype(map_of(products{}, std::make_index_sequence<products::size>{}))>::type;
};

/// The frozen forms of an expression, or of a list of outputs.
template <auto Formula, class T = std::remove_cvref_t<decltype(Formula)>>
struct frozen_outputs : std::type_identity<form_list<typename freeze<Formula, T>::type>> {};
template <auto Formula, class... Expressions>
struct frozen_outputs<Formula, output_list<Expressions...>> {
  template <std::size_t... I>
  static auto make(std::index_sequence<I...>)
      -> form_list<typename freeze<hana::at_c<I>(Formula.expressions), Expressions>::type...>;
  using type = decltype(make(std::index_sequence_for<Expressions...>{}));
};

/// What stands around the products of a formula.
template <auto Formula>
using products_of = with_products<input_count<std::remove_cvref_t<decltype(Formula)>>,
                                  typename frozen_outputs<Formula>::type>;

}  // namespace fusor::detail
