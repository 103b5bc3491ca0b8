// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

/// The element types of the operands of a call.
namespace fusor::detail {

/// Stands for an operand that is one number for all positions.
struct constant {};

/// Stands for an operand that is not read: an input of which only halves are, or that is multiplied
/// with a matrix.
struct unread {};

template <class Element>
inline constexpr bool is_constant = std::is_same_v<Element, constant>;

/// What an operand holds: its elements, or one number of the type that the kernel computes in.
template <class Element, class Compute>
using stored = std::conditional_t<is_constant<Element>, Compute, Element>;

/// Stands for a matrix in the order in which products read it.
template <class T>
struct packed_elements {};

template <class Element>
inline constexpr bool is_packed_operand = false;
template <class T>
inline constexpr bool is_packed_operand<packed_elements<T>> = true;

template <class... Elements>
struct element_list {
  static constexpr std::size_t size = sizeof...(Elements);
};

template <class List>
inline constexpr bool has_packed = false;
template <class... Elements>
inline constexpr bool has_packed<element_list<Elements...>> = (is_packed_operand<Elements> || ...);

/// Whether arrays among these inputs of a tile can be one element for all lanes: if there are
/// several. An only array that is one is copied: a row of equal elements is seldom worth a question
/// for each vector.
template <class... Inputs>
inline constexpr bool can_broadcast = ((is_constant<Inputs> ? 0 : 1) + ... + 0) > 1;

template <class Element, class Indices>
struct repeat_element;
template <class Element, std::size_t... I>
struct repeat_element<Element, std::index_sequence<I...>>
    : std::type_identity<element_list<std::enable_if_t<(I + 1 > 0), Element>...>> {};
/// So many operands of one type.
template <class Element, std::size_t Count>
using same_elements = typename repeat_element<Element, std::make_index_sequence<Count>>::type;

template <std::size_t I, class List>
struct element_at;
template <std::size_t I, class First, class... Rest>
struct element_at<I, element_list<First, Rest...>> : element_at<I - 1, element_list<Rest...>> {};
template <class First, class... Rest>
struct element_at<0, element_list<First, Rest...>> : std::type_identity<First> {};

/// The type a call computes in: double if an array holds double, else float.
template <class... Lists>
struct compute_type_of;
template <class... Elements>
struct compute_type_of<element_list<Elements...>>
    : std::conditional<((std::is_same_v<Elements, double> ||
                         std::is_same_v<Elements, packed_elements<double>>) ||
                        ...),
                       double, float> {};
template <class... Inputs, class... Outputs>
struct compute_type_of<element_list<Inputs...>, element_list<Outputs...>>
    : compute_type_of<element_list<Inputs..., Outputs...>> {};
template <class... Lists>
using compute_type = typename compute_type_of<Lists...>::type;

}  // namespace fusor::detail
