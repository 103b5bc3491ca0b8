// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <type_traits>

#include "fusor/transform/collect.hpp"
#include "fusor/transform/program.hpp"
#include "fusor/transform/rules.hpp"

/// Which rules of transform/digits change a form, in order: for people who ask.
namespace fusor::detail {

/// What stood there, and what is computed in its place.
template <class From, class To>
struct rewriting {};

template <class Form, class Steps>
struct trace {
  using type = Form;
  using steps = Steps;
};

template <class Form, class Steps, class Next = typename simplify_rule<Form>::type>
struct trace_root
    : trace<Next, typename std::conditional_t<std::is_same_v<Next, typename plain_rule<Form>::type>,
                                              std::type_identity<Steps>,
                                              append_new<Steps, rewriting<Form, Next>>>::type> {};
template <class Form, class Steps>
struct trace_root<Form, Steps, Form> {
  using type = Form;
  using steps = Steps;
};

/// Children, one after the other; then the form itself.
template <class Op, class Done, class Steps, class... Rest>
struct trace_children;
template <class Op, class... Done, class Steps>
struct trace_children<Op, form_list<Done...>, Steps> : trace_root<form<Op, Done...>, Steps> {};
template <class Op, class... Done, class Steps, class First, class... Rest>
struct trace_children<Op, form_list<Done...>, Steps, First, Rest...>
    : trace_children<Op, form_list<Done..., typename trace<First, Steps>::type>,
                     typename trace<First, Steps>::steps, Rest...> {};

template <class Op, class... Children, class Steps>
struct trace<form<Op, Children...>, Steps> : trace_children<Op, form_list<>, Steps, Children...> {};

/// Where a condition is known, what is not chosen is not looked at.
template <class Steps, class Condition, class A, class B,
          class Chosen = typename simplify_rule<form<op::where, Condition, A, B>>::type>
struct trace_choice : trace_children<op::where, form_list<Condition>, Steps, A, B> {};
template <class Steps, class Condition, class A, class B>
struct trace_choice<Steps, Condition, A, B, A> : trace<A, Steps> {};
template <class Steps, class Condition, class A, class B>
requires(!std::is_same_v<A, B>) struct trace_choice<Steps, Condition, A, B, B> : trace<B, Steps> {
};
template <class Condition, class A, class B, class Steps>
struct trace<form<op::where, Condition, A, B>, Steps>
    : trace_choice<typename trace<Condition, Steps>::steps, typename trace<Condition, Steps>::type,
                   A, B> {};

template <class A, class Steps>
struct trace<form<op::as_written, A>, Steps> {
  using type = form<op::as_written, A>;
  using steps = Steps;
};

/// The steps of a formula, as a form_list of rewriting<From, To>.
template <auto Expression, class Type = std::remove_cvref_t<decltype(Expression)>>
struct rewritings_of : trace<typename freeze<Expression, Type>::type, form_list<>> {};

}  // namespace fusor::detail
