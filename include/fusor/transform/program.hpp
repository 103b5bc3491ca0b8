// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <type_traits>

#include "fusor/transform/rules.hpp"

/// What one pass computes: the forms of its outputs, and the subforms that are computed once
/// because several places need them.
namespace fusor::detail {

template <class... Forms>
struct form_list {
  static constexpr std::size_t size = sizeof...(Forms);
};

/// The position of a form in a list, or the size of the list.
template <class Form, class List>
inline constexpr std::size_t position_in = 0;
template <class Form, class First, class... Rest>
inline constexpr std::size_t position_in<Form, form_list<First, Rest...>> =
    std::is_same_v<Form, First> ? 0 : 1 + position_in<Form, form_list<Rest...>>;

template <class Form, class List>
inline constexpr bool is_in = position_in<Form, List> < List::size;

template <class Form>
inline constexpr bool is_leaf = true;
template <class Op, class... Children>
inline constexpr bool is_leaf<form<Op, Children...>> = false;

template <class List, class Form>
struct append;
template <class... Forms, class Form>
struct append<form_list<Forms...>, Form> {
  using type = form_list<Forms..., Form>;
};

/// Walks the formula as a graph, children first: `Seen` are the forms met so far, `Shared` those
/// met again.
template <class SeenList, class SharedList>
struct walk {
  using seen = SeenList;
  using shared = SharedList;
};

template <class Walk, class... Forms>
struct visit_all {
  using type = Walk;
};

template <class Walk, class Form, bool IsLeaf = is_leaf<Form>,
          bool IsSeen = is_in<Form, typename Walk::seen>,
          bool IsShared = is_in<Form, typename Walk::shared>>
struct visit {
  using type = Walk;  // a leaf, or already known to be shared
};

template <class Walk, class Form>
struct visit<Walk, Form, false, true, false> {
  using type = walk<typename Walk::seen, typename append<typename Walk::shared, Form>::type>;
};

template <class Walk, class Op, class... Children>
struct visit<Walk, form<Op, Children...>, false, false, false> {
  using inner = typename visit_all<Walk, Children...>::type;
  using type = walk<typename append<typename inner::seen, form<Op, Children...>>::type,
                    typename inner::shared>;
};

template <class Walk, class First, class... Rest>
struct visit_all<Walk, First, Rest...> : visit_all<typename visit<Walk, First>::type, Rest...> {};

/// The shared forms in the order in which the walk finished them, so that each comes after what it
/// needs.
template <class Seen, class Shared, class Ordered = form_list<>>
struct in_order {
  using type = Ordered;
};
template <class First, class... Rest, class Shared, class Ordered>
struct in_order<form_list<First, Rest...>, Shared, Ordered>
    : in_order<form_list<Rest...>, Shared,
               typename std::conditional_t<is_in<First, Shared>, append<Ordered, First>,
                                           std::type_identity<Ordered>>::type> {};

template <class Form>
inline constexpr bool scales_exactly = false;
template <std::uint64_t Bits>
inline constexpr bool scales_exactly<lit<Bits>> = is_power_of_two(lit<Bits>::value);

/// A literal by which the kernel divides with its reciprocal in two parts.
template <class Form>
inline constexpr bool is_invertible = false;
template <std::uint64_t Bits>
inline constexpr bool is_invertible<lit<Bits>> =
    op::abs::fold(lit<Bits>::value) == op::clamp::fold(op::abs::fold(lit<Bits>::value), 1e-37,
                                                       1e37);

/// Whether rounding loses anything in a form that is a sum or a product.
template <class Form>
inline constexpr bool has_low = false;
template <class A>
inline constexpr bool has_low<form<op::neg, A>> = has_low<A>;
template <class A>
inline constexpr bool has_low<form<op::square, A>> = true;
template <class A, class B>
inline constexpr bool has_low<form<op::add, A, B>> = true;
template <class A, class B>
inline constexpr bool has_low<form<op::sub, A, B>> = true;
// Against a row value, as in exp(x - reduce_max(x)), the low part is not worth its price.
template <class A, std::size_t Index>
inline constexpr bool has_low<form<op::sub, A, row<Index>>> = false;
template <class A, class B, std::size_t Index>
inline constexpr bool has_low<form<op::mul_sub, A, B, row<Index>>> = false;
template <class A, class B>
inline constexpr bool has_low<form<op::mul, A, B>> =
    has_low<A> || has_low<B> || !(scales_exactly<A> || scales_exactly<B>);
template <class Form>
inline constexpr bool has_double_word = false;
template <class Op, class... Children>
inline constexpr bool has_double_word<form<Op, Children...>> = (has_double_word<Children> || ...);
template <class High, class Low>
inline constexpr bool has_double_word<form<op::double_word, High, Low>> = true;
template <class High, class Low>
inline constexpr bool has_low<form<op::double_word, High, Low>> = true;
// By what is no literal, the low part is worth its price for a row alone.
template <class A, class B>
inline constexpr bool has_low<form<op::div, A, B>> =
    is_invertible<B> || has_double_word<A> || has_double_word<B>;
template <class A, class B, class C>
inline constexpr bool has_low<form<op::mul_add, A, B, C>> = true;
template <class A, class B, class C>
inline constexpr bool has_low<form<op::mul_sub, A, B, C>> = true;
template <class A, class B, class C>
inline constexpr bool has_low<form<op::neg_mul_add, A, B, C>> = true;

/// Whether a form, evaluated in twice the precision, has a low part other than 0.
template <class Form>
inline constexpr bool has_low_part = has_low<Form>;
template <std::uint64_t Bits>
inline constexpr bool has_low_part<lit<Bits>> =
    static_cast<double>(static_cast<float>(lit<Bits>::value)) != lit<Bits>::value;

/// Whether one of these forms is many instructions.
template <class List>
inline constexpr bool is_any_expensive = false;
template <class... Forms>
inline constexpr bool is_any_expensive<form_list<Forms...>> = (is_any_expensive<Forms> || ...);
template <class Op, class... Children>
inline constexpr bool is_any_expensive<form<Op, Children...>> = Op::is_expensive;

/// What a vector takes, about, in fused multiply-adds.
template <class List>
inline constexpr unsigned cost_of = 0;
template <class... Forms>
inline constexpr unsigned cost_of<form_list<Forms...>> = (0u + ... + cost_of<Forms>);
template <class Op, class... Children>
inline constexpr unsigned cost_of<form<Op, Children...>> = Op::cost;

/// One pass: `Inputs` inputs, one lowered form for each output.
template <std::size_t Inputs, class... Outputs>
struct program {
  static constexpr std::size_t inputs = Inputs;
  using outputs = form_list<Outputs...>;
  using visited = typename visit_all<walk<form_list<>, form_list<>>, Outputs...>::type;
  using shared = typename in_order<typename visited::seen, typename visited::shared>::type;
  static constexpr unsigned cost = cost_of<typename visited::seen>;
  /// Vectors in one round of the loop: a short formula is bound by the loop itself.
  static constexpr std::size_t unroll = is_any_expensive<typename visited::seen> ? 1 : 4;
};

}  // namespace fusor::detail
