// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include "fusor/language/expression.hpp"
#include "fusor/language/operation.hpp"

/// Operations of a program's own, for what formulas do not compose: bits, tables, a function of
/// another library. docs/your-own.md has an example.
namespace fusor {

/// The base of such an operation: its name, as formulas print it, and about what a vector of it
/// takes, in fused multiply-adds (exp takes 13). A struct derived from it may have
///
///   template <class T> static T compute(T a, T b);              of float and of double
///   template <std::size_t Operand> static constexpr auto derivative(auto a, auto b);
///   static constexpr double fold(double a, double b);           of numbers, while compiling
///
/// and needs one of `compute` and vector code: a function `apply(operation, d, a, b)` for vectors
/// of Highway, in a header that FUSOR_OPERATIONS names. A derivative of 0 or 1 may be
/// std::integral_constant<int, 0> or <int, 1>: nothing is computed for it.
template <detail::spelling Name, unsigned Cost = 20>
struct own_operation : detail::function<Name> {
  static constexpr bool is_own = true;
  static constexpr bool is_expensive = Cost >= 10;
  static constexpr unsigned cost = Cost;
};

/// The operation applied to operands, of which one is an expression.
template <class Op, operand... Operands>
requires Op::is_own &&
    (expression<Operands> || ...) constexpr auto apply_operation(Operands... operands) {
  return detail::make_node<Op>(operands...);
}

namespace detail {

/// Whether an operation of a program that an expression has lacks what `Lacks` asks for.
template <template <class Op, class... Operands> class Lacks, class E>
inline constexpr bool is_lacking = false;
template <template <class Op, class... Operands> class Lacks, class Op, class... Children>
inline constexpr bool is_lacking<Lacks, node<Op, Children...>> = Lacks<Op, Children...>::value ||
                                                                 (is_lacking<Lacks, Children> ||
                                                                  ...);

template <template <class Op, class... Operands> class Lacks, class... Outputs>
inline constexpr bool is_lacking<Lacks, output_list<Outputs...>> = (is_lacking<Lacks, Outputs> ||
                                                                    ...);

template <class Op, class... Operands>
struct lacks_compute {
  static constexpr bool value = Op::is_own && !requires {
    Op::compute((static_cast<void>(sizeof(Operands)), 1.0f)...);
  };
};

template <class Op, class... Operands>
struct lacks_derivative {
  static constexpr bool value = Op::is_own && !requires(Operands... operands) {
    Op::template derivative<0>(operands...);
  };
};

}  // namespace detail
}  // namespace fusor

#include "fusor/end.hpp"
