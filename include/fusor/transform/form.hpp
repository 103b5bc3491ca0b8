// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "fusor/language/compose.hpp"
#include "fusor/language/reduction.hpp"

/// Formulas as types. A kernel freezes the value that a user wrote into a type; from there on equal
/// formulas are the same type and share one compiled loop.
namespace fusor::detail {

/// `Op` applied to forms.
template <class Op, class... Children>
struct form {};

/// Input `Index`.
template <std::size_t Index>
struct in {};

/// A number as it is in the name of a literal.
constexpr std::uint64_t bits_of(double value) {
  return std::bit_cast<std::uint64_t>(value);
}

/// A number, by the bits of its double.
template <std::uint64_t Bits>
struct lit {
  static constexpr double value = std::bit_cast<double>(Bits);
};

/// A condition known in advance.
template <bool Value>
struct known {};

/// The axes of a reduction; none means all.
template <int... Axes>
struct over {
  static constexpr std::size_t size = sizeof...(Axes);
};

/// A value that is the same for a whole row, at position `Index` of the values of a row program.
template <std::size_t Index>
struct row {};

/// Some forms, in order.
template <class... Forms>
struct form_list {
  static constexpr std::size_t size = sizeof...(Forms);
};

/// Lists one behind the other.
template <class... Lists>
struct concatenated : std::type_identity<form_list<>> {};
template <class... Forms>
struct concatenated<form_list<Forms...>> : std::type_identity<form_list<Forms...>> {};
template <class... As, class... Bs, class... Lists>
struct concatenated<form_list<As...>, form_list<Bs...>, Lists...>
    : concatenated<form_list<As..., Bs...>, Lists...> {};

constexpr bool is_power_of_two(double value) {
  return (bits_of(value) << 12) == 0 && value != 0;
}

template <class T>
inline constexpr bool is_lit = false;
template <std::uint64_t Bits>
inline constexpr bool is_lit<lit<Bits>> = true;

/// The form of an expression of type T, exactly as written.
template <auto Expression, class T = std::remove_cvref_t<decltype(Expression)>>
struct freeze;

template <auto Expression, std::size_t Index>
struct freeze<Expression, argument<Index>> {
  using type = in<Index>;
};

template <auto Expression>
struct freeze<Expression, literal> {
  using type = lit<bits_of(Expression.value)>;
};

template <auto Expression>
struct freeze<Expression, truth> {
  using type = known<Expression.value>;
};

template <auto Expression>
struct freeze<Expression, axis_list> {
  template <std::size_t... I>
  static auto make(std::index_sequence<I...>) -> over<Expression.axes[I]...>;
  using type = decltype(make(std::make_index_sequence<Expression.size>{}));
};

template <auto Expression, class T, class Indices>
struct freeze_children;

template <auto Expression, class Op, class... Children, std::size_t... I>
struct freeze_children<Expression, node<Op, Children...>, std::index_sequence<I...>> {
  using type = form<Op, typename freeze<hana::at_c<I>(Expression.children), Children>::type...>;
};

template <auto Expression, class Op, class... Children>
struct freeze<Expression, node<Op, Children...>>
    : freeze_children<Expression, node<Op, Children...>, std::index_sequence_for<Children...>> {};

}  // namespace fusor::detail
