// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <cstddef>
#include <type_traits>

#include "fusor/language/compose.hpp"
#include "fusor/language/expression.hpp"
#include "fusor/language/operation.hpp"

/// What a generated model says of the formulas that it was given: the generator reads them as text,
/// and the compiler, which knows them, compares.
namespace fusor::detail {

/// The shape of a formula of one input x beside that of x.
enum class formula_shape { number, reduced, half, whole, mixed };

template <class Expression>
inline constexpr formula_shape shape_of_expression = formula_shape::number;
template <>
inline constexpr formula_shape shape_of_expression<argument<0>> = formula_shape::whole;
template <std::size_t Index>
requires(Index > 0) inline constexpr formula_shape shape_of_expression<argument<Index>> =
    formula_shape::mixed;

/// What broadcasts goes with every shape; a half does not go with the whole.
constexpr formula_shape joined_shape(formula_shape a, formula_shape b) {
  if (a == b || b == formula_shape::number) return a;
  if (a == formula_shape::number) return b;
  if (a == formula_shape::reduced) return b;
  return b == formula_shape::reduced ? a : formula_shape::mixed;
}

template <class Op, class... Children>
constexpr formula_shape shape_of_node() {
  formula_shape shape = formula_shape::number;
  ((shape = joined_shape(shape, shape_of_expression<Children>)), ...);
  if (Op::is_reduction) return formula_shape::reduced;
  if (std::is_same_v<Op, op::first_half> || std::is_same_v<Op, op::second_half>) {
    return shape == formula_shape::whole ? formula_shape::half : formula_shape::mixed;
  }
  return shape;
}
template <class Op, class... Children>
inline constexpr formula_shape shape_of_expression<node<Op, Children...>> =
    shape_of_node<Op, Children...>();

template <class Expression>
inline constexpr bool reduces_somewhere = false;
template <class Op, class... Children>
inline constexpr bool reduces_somewhere<node<Op, Children...>> = Op::is_reduction ||
                                                                 (reduces_somewhere<Children> ||
                                                                  ...);

/// Whether a formula has a shape, and reductions or none.
template <class Formula>
constexpr bool has_shape(const Formula& formula, formula_shape shape, bool reduces) {
  using expression = std::remove_cvref_t<decltype(as_expression(formula))>;
  return shape_of_expression<expression> == shape && reduces_somewhere<expression> == reduces;
}

}  // namespace fusor::detail

#include "fusor/end.hpp"
