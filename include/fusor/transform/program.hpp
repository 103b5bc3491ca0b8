// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <type_traits>

#include "fusor/transform/rules.hpp"

/// What one pass computes: the forms of its outputs, and the subforms that are computed once
/// because several places need them.
namespace fusor::detail {

/// A base for each form of a list, to find one at once however long the list is.
template <class Form>
struct listed {};
template <class List>
struct lookup;
template <class... Forms>
struct lookup<form_list<Forms...>> : listed<Forms>... {};

template <class Form, class List>
inline constexpr bool is_in = std::is_base_of_v<listed<Form>, lookup<List>>;

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

/// A list that grows: the names of its types stay short, and so does the search for a form.
struct no_forms {};
template <class Before, class Form>
struct forms_and : Before, listed<Form> {};

template <class List, class... Forms>
struct listing_of;
template <class... Forms>
struct listing_of<no_forms, Forms...> {
  using type = form_list<Forms...>;
};
template <class Before, class Form, class... Forms>
struct listing_of<forms_and<Before, Form>, Forms...> : listing_of<Before, Form, Forms...> {};

/// Walks the formula as a graph, children first: `Seen` are the forms met so far, `Shared` those
/// met again.
template <class SeenForms, class SharedForms>
struct walk {
  using seen = SeenForms;
  using shared = SharedForms;
};

template <class Walk, class... Forms>
struct visit_all {
  using type = Walk;
};

template <class Walk, class Form, bool IsLeaf = is_leaf<Form>,
          bool IsSeen = std::is_base_of_v<listed<Form>, typename Walk::seen>,
          bool IsShared = std::is_base_of_v<listed<Form>, typename Walk::shared>>
struct visit {
  using type = Walk;  // a leaf, or already known to be shared
};

template <class Walk, class Form>
struct visit<Walk, Form, false, true, false> {
  using type = walk<typename Walk::seen, forms_and<typename Walk::shared, Form>>;
};

template <class Walk, class Op, class... Children>
struct visit<Walk, form<Op, Children...>, false, false, false> {
  using inner = typename visit_all<Walk, Children...>::type;
  using type = walk<forms_and<typename inner::seen, form<Op, Children...>>, typename inner::shared>;
};

template <class Walk, class First, class... Rest>
struct visit_all<Walk, First, Rest...> : visit_all<typename visit<Walk, First>::type, Rest...> {};

/// The shared forms in the order in which the walk finished them, so that each comes after what it
/// needs.
template <class Seen, class Shared>
struct in_order;
template <class... Seen, class Shared>
struct in_order<form_list<Seen...>, Shared>
    : concatenated<std::conditional_t<std::is_base_of_v<listed<Seen>, Shared>, form_list<Seen>,
                                      form_list<>>...> {};

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

/// How often the forms of a list name one of their operands.
template <class Leaf, class List>
inline constexpr std::size_t uses_of = 0;
template <class Leaf, class... Forms>
inline constexpr std::size_t uses_of<Leaf, form_list<Forms...>> = (std::size_t{0} + ... +
                                                                   uses_of<Leaf, Forms>);
template <class Leaf, class Op, class... Children>
inline constexpr std::size_t uses_of<Leaf, form<Op, Children...>> =
    (std::size_t{0} + ... + std::is_same_v<Leaf, Children>);

/// One pass: `Inputs` inputs, one lowered form for each output.
template <std::size_t Inputs, class... Outputs>
struct program {
  static constexpr std::size_t inputs = Inputs;
  using outputs = form_list<Outputs...>;
  using visited = typename visit_all<walk<no_forms, no_forms>, Outputs...>::type;
  using seen = typename listing_of<typename visited::seen>::type;
  using shared = typename in_order<seen, typename visited::shared>::type;
  static constexpr unsigned cost = cost_of<seen>;
  /// Vectors in one round of the loop: a short formula is bound by the loop itself.
  static constexpr std::size_t unroll = is_any_expensive<seen> ? 1 : 4;
};

}  // namespace fusor::detail
