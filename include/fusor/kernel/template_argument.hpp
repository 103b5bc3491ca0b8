// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "fusor/language/compose.hpp"
#include "fusor/language/expression.hpp"
#include "fusor/language/functions.hpp"
#include "fusor/language/operation.hpp"
#include "fusor/language/own_operation.hpp"

/// The template argument of a kernel: what it may be, and what is refused about it.
namespace fusor::detail {

/// Stands for the name of several functions, of which no type can be deduced: kernel<tanh>.
struct function_name {};

/// The template argument of a kernel: a formula, a number, or what somebody takes for a formula.
template <class T = function_name>
struct kernel_argument {
  T value;

  constexpr kernel_argument(T given) : value(given) {}
};

/// Of several functions of one name the one that makes `Op` of an input.
template <class Op>
struct from_function {
  constexpr from_function() = default;
  constexpr from_function(node<Op, argument<0>> (*)(argument<0>)) {}
};
template <class Ops>
struct from_functions;
template <class... Ops>
struct from_functions<op::list<Ops...>> : from_function<Ops>... {
  using from_function<Ops>::from_function...;
};

template <>
struct kernel_argument<function_name> : from_functions<op::of_one_number> {
  using from_functions<op::of_one_number>::from_functions;

  function_name value{};
};

template <std::size_t Size>
struct kernel_argument<spelling<Size>> {
  spelling<Size> value;

  constexpr kernel_argument(const char (&text)[Size]) : value(text) {}
};
template <std::size_t Size>
kernel_argument(const char (&)[Size]) -> kernel_argument<spelling<Size>>;

/// Whether a template argument is the name of an activation or of a function.
template <class T>
inline constexpr bool is_name = std::is_same_v<T, function_name>;
template <std::size_t Size>
inline constexpr bool is_name<spelling<Size>> = true;

/// Refuses a template argument that is no formula, with one sentence; true if it is one.
template <class T>
constexpr bool is_formula() {
  constexpr bool is_function = std::is_same_v<T, function_name>;
  static_assert(!is_function,
                "kernel: the template argument is a function; apply it: kernel<tanh(x)>");
  static_assert(!is_name<T> || is_function,
                "kernel: the template argument is text; an activation by its name is written "
                "\"relu\"_act");
  static_assert(!needs_parameters<T>,
                "kernel: this activation has parameters without defaults; give them by name, as in "
                "threshold(x, {.threshold = 0, .default_value = 0})");
  if constexpr (is_name<T> || needs_parameters<T>) {
    return false;
  } else {
    static_assert(formula<T>,
                  "kernel: the template argument must be an expression, an activation, or a "
                  "callable from expressions to an expression");
    return formula<T>;
  }
}

/// Refuses an operation of a program's own that nothing computes, where no header with vector code
/// was named; true if there is none.
template <class E>
constexpr bool has_code() {
#if defined(FUSOR_OPERATIONS)
  return true;
#else
  static_assert(!is_lacking<lacks_compute, E>,
                "kernel: an operation of your own has neither compute nor vector code: give it a "
                "template <class T> static T compute(T), or name the header with its apply in "
                "FUSOR_OPERATIONS before <fusor/fusor.hpp>");
  return !is_lacking<lacks_compute, E>;
#endif
}

/// A bit for each input that is read within row_value, or outside of it.
template <bool Within, class E, bool IsWithin = false>
inline constexpr std::uint32_t inputs_read = 0;
template <bool Within, std::size_t Index, bool IsWithin>
inline constexpr std::uint32_t inputs_read<Within, argument<Index>, IsWithin> =
    Within == IsWithin ? std::uint32_t{1} << Index : 0;
template <bool Within, class Op, class... Children, bool IsWithin>
inline constexpr std::uint32_t inputs_read<Within, node<Op, Children...>, IsWithin> =
    (std::uint32_t{0} | ... |
     inputs_read<Within, Children, IsWithin || std::is_same_v<Op, op::row_value>>);
template <bool Within, class... Outputs, bool IsWithin>
inline constexpr std::uint32_t inputs_read<Within, output_list<Outputs...>, IsWithin> =
    (std::uint32_t{0} | ... | inputs_read<Within, Outputs>);

/// Refuses an input that has one element for each row and is read at every position as well; true
/// if there is none.
template <class E>
constexpr bool reads_in_one_way() {
  constexpr bool holds = (inputs_read<true, E> & inputs_read<false, E>) == 0;
  static_assert(holds,
                "kernel: an input that has one element for each row is row_value(...) wherever it "
                "is read");
  return holds;
}

/// Stands where a template argument was refused, so that its call is no second error.
struct refused_kernel {
  template <class... Arguments>
  void operator()(Arguments&&...) const {}
};

}  // namespace fusor::detail

#include "fusor/end.hpp"
