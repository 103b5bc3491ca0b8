// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <type_traits>

#include "fusor/language/operation.hpp"
#include "fusor/transform/form.hpp"

/// What relaxed(e) computes: e with those operations that have a faster way for absolute accuracy.
namespace fusor::detail {

template <class Op>
using relaxed_of = std::conditional_t<(op::relaxed_cost<Op> > 0), op::relaxed_op<Op>, Op>;

template <class Form>
struct relaxed_form {
  using type = Form;
};
template <class Op, class... Children>
struct relaxed_form<form<Op, Children...>> {
  using type = form<relaxed_of<Op>, typename relaxed_form<Children>::type...>;
};
// Its parts are exact enough where the difference does not have to be.
template <class A>
struct relaxed_form<form<op::tanh_shrink, A>> : relaxed_form<form<op::sub, A, form<op::tanh, A>>> {
};
template <class A>
struct relaxed_form<form<op::relaxed, A>> : relaxed_form<A> {};

}  // namespace fusor::detail
