// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/transform/form.hpp"

/// What relaxed(e) computes: e with those operations that have a faster way for absolute accuracy.
namespace fusor::detail {

template <class Op>
struct relaxed_of {
  using type = Op;
};
template <>
struct relaxed_of<op::tanh> {
  using type = op::relaxed_op<op::tanh, 15>;
};
template <>
struct relaxed_of<op::sigmoid> {
  using type = op::relaxed_op<op::sigmoid, op::sigmoid::cost>;
};
template <>
struct relaxed_of<op::softplus> {
  using type = op::relaxed_op<op::softplus, 26>;
};
template <>
struct relaxed_of<op::normal_cdf> {
  using type = op::relaxed_op<op::normal_cdf, 20>;
};
template <>
struct relaxed_of<op::tanh_softplus> {
  using type = op::relaxed_op<op::tanh_softplus, 18>;
};

template <class Form>
struct relaxed_form {
  using type = Form;
};
template <class Op, class... Children>
struct relaxed_form<form<Op, Children...>> {
  using type = form<typename relaxed_of<Op>::type, typename relaxed_form<Children>::type...>;
};
// Its parts are exact enough where the difference does not have to be.
template <class A>
struct relaxed_form<form<op::tanh_shrink, A>> : relaxed_form<form<op::sub, A, form<op::tanh, A>>> {
};
template <class A>
struct relaxed_form<form<op::relaxed, A>> : relaxed_form<A> {};

}  // namespace fusor::detail
