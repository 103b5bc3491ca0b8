// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <type_traits>

#include "fusor/language/operation.hpp"
#include "fusor/transform/facts.hpp"

/// What a branch of `where` knows by its condition, and a factor by the bound of the one beside it.
namespace fusor::detail {

// clang-format off
/// Whether a form is A times or by a positive number.
template <class Form, class A> inline constexpr bool is_positive_multiple = std::is_same_v<Form, A>;
template <class B, number_literal L, class A> requires (!is_lit<B>) inline constexpr bool is_positive_multiple<form<op::mul, B, L>, A> = L::value > 0 && std::is_same_v<B, A>;
template <number_literal L, class B, class A> requires (!is_lit<B>) inline constexpr bool is_positive_multiple<form<op::mul, L, B>, A> = L::value > 0 && std::is_same_v<B, A>;
template <class B, number_literal L, class A> requires (!is_lit<B>) inline constexpr bool is_positive_multiple<form<op::div, B, L>, A> = L::value > 0 && std::is_same_v<B, A>;

/// A branch that counts only where A is at most 0: e^A - 1, or a multiple of it.
template <class Branch, class A> struct where_not_positive : becomes<Branch> {};
template <class B, class A> requires is_positive_multiple<B, A>
struct where_not_positive<form<op::expm1, B>, A> : becomes<form<op::expm1_of_negative, B>> {};
template <class B, class C, class A> struct where_not_positive<form<op::mul, B, C>, A>
    : becomes<form<op::mul, typename where_not_positive<B, A>::type, typename where_not_positive<C, A>::type>> {};
template <class B, class A> struct where_not_positive<form<op::neg, B>, A> : becomes<form<op::neg, typename where_not_positive<B, A>::type>> {};

/// A factor beside max(A, L), where max(A - L, 0) can be computed from that.
template <class Factor, class A, class L> struct beside_bound : becomes<Factor> {};
template <class A, class L, number_literal M> requires (L::value < 0 && M::value == -L::value)
struct beside_bound<form<op::at_least, form<op::add, A, M>, zero>, A, L> : becomes<form<op::add, form<op::at_least, A, L>, M>> {};
template <class A, class L, number_literal M> requires (L::value < 0 && M::value == -L::value)
struct beside_bound<form<op::at_least, form<op::add, M, A>, zero>, A, L> : becomes<form<op::add, form<op::at_least, A, L>, M>> {};
template <class B, class H, class A, class L> struct beside_bound<form<op::at_most, B, H>, A, L> : becomes<form<op::at_most, typename beside_bound<B, A, L>::type, H>> {};
template <class B, class N, class A, class L> struct beside_bound<form<op::div, B, N>, A, L> : becomes<form<op::div, typename beside_bound<B, A, L>::type, N>> {};
template <class B, class N, class A, class L> requires is_lit<N>
struct beside_bound<form<op::mul, B, N>, A, L> : becomes<form<op::mul, typename beside_bound<B, A, L>::type, N>> {};
// clang-format on

template <class Factor, class A, class L>
concept gains_beside_bound = !std::is_same_v<typename beside_bound<Factor, A, L>::type, Factor>;

template <class Branch, class A>
concept gains_where_not_positive =
    !std::is_same_v<typename where_not_positive<Branch, A>::type, Branch>;

}  // namespace fusor::detail
