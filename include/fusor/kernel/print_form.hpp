// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "fusor/language/print.hpp"
#include "fusor/transform/form.hpp"

/// Forms as text.
namespace fusor::detail {

/// Names of what the forms of a program refer to: inputs, then row values, then what is kept.
using value_names = std::vector<std::string>;

template <class Form>
struct form_printer;

template <std::size_t Index>
struct form_printer<in<Index>> {
  static printed print(const value_names& names) {
    return {names[Index]};
  }
};
template <std::size_t Index>
struct form_printer<row<Index>> {
  static printed print(const value_names& names) {
    return {names[Index]};
  }
};
template <std::uint64_t Bits>
struct form_printer<lit<Bits>> {
  static printed print(const value_names&) {
    return detail::print(literal{lit<Bits>::value}, true);
  }
};
template <bool Value>
struct form_printer<known<Value>> {
  static printed print(const value_names&) {
    return detail::print(truth{Value}, true);
  }
};
template <class Op, class... Children>
struct form_printer<form<Op, Children...>> {
  static printed print(const value_names& names) {
    return print_operation<Op>({form_printer<Children>::print(names)...});
  }
};
template <class Op, class A, class B>
struct form_printer<form<op::times<Op>, A, B>> : form_printer<form<op::mul, A, form<Op, B>>> {};
template <class General, class... As, class Shared>
struct form_printer<form<op::where_usual<General, As...>, Shared>> : form_printer<General> {};

template <int... Axes>
struct form_printer<over<Axes...>> {
  static printed print(const value_names&) {
    return detail::print(axis_list{Axes...}, true);
  }
};

}  // namespace fusor::detail

#include "fusor/end.hpp"
