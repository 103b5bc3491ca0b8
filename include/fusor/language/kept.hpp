// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <cstddef>
#include <type_traits>
#include <utility>

#include "fusor/language/adjoint.hpp"
#include "fusor/language/compose.hpp"
#include "fusor/language/error.hpp"
#include "fusor/language/same.hpp"

#include "fusor/language/precise_begin.hpp"

/// Formulas that find values of a row in inputs, where they were kept, instead of computing them.
namespace fusor {
namespace detail {

/// A value of a row, and the input that has it for each row.
template <class Part, std::size_t Index>
struct kept_part {
  Part part;

  constexpr auto input() const {
    return make_node<op::row_value>(argument<Index>{}, reduced_axes(part));
  }
};

/// In the place of what is refused already.
struct no_part {};

/// What an expression becomes by the first part that it is, or `other`.
template <class E, class Other>
constexpr auto by_kept(const E&, Other other) {
  return other;
}
template <class E, class Other, class Part, std::size_t Index, class... Rest>
constexpr auto by_kept(const E& e, Other other, const kept_part<Part, Index>& first,
                       const Rest&... rest) {
  const auto next = by_kept(e, other, rest...);
  if constexpr (is_of<op::rsqrt, Part>) {
    // Of 1 / sqrt(A) also A, which its derivative has.
    const auto of_root = if_same(e, child<0>(first.part), 1 / square(first.input()), next);
    return if_same(e, first.part, first.input(), of_root);
  } else {
    return if_same(e, first.part, first.input(), next);
  }
}

/// Whether an expression has a part.
template <class E, class Part>
constexpr bool has_part(const E& e, const Part& part) {
  return is_same(e, part);
}
template <class Op, class... Children, class Part>
constexpr bool has_part(const node<Op, Children...>& e, const Part& part) {
  return is_same(e, part) || [&]<std::size_t... I>(std::index_sequence<I...>) {
    return (has_part(child<I>(e), part) || ...);
  }
  (std::index_sequence_for<Children...>{});
}

template <class E, class... Parts>
constexpr auto find_kept(const E& e, const Parts&...) {
  return e;
}
template <class Op, class... Children, class... Parts>
constexpr auto find_kept(const node<Op, Children...>& e, const Parts&... parts) {
  const auto inside = [&]<std::size_t... I>(std::index_sequence<I...>) {
    return make_node<Op>(find_kept(child<I>(e), parts...)...);
  }
  (std::index_sequence_for<Children...>{});
  return by_kept(e, inside, parts...);
}

}  // namespace detail

inline namespace FUSOR_REFUSALS {

/// Says that `part`, one value for each row, was kept and is an input: see with_kept.
template <formula F, std::size_t Index>
constexpr auto kept(const F& part, detail::argument<Index>) {
  const auto e = detail::as_expression(part);
  static_assert(detail::is_for_row<std::decay_t<decltype(e)>>,
                "kept: a value for each row is kept, made of reductions and numbers, such as "
                "reduce_mean(x)");
  if constexpr (detail::is_for_row<std::decay_t<decltype(e)>>) {
    return detail::kept_part<std::decay_t<decltype(e)>, Index>{e};
  } else {
    return detail::no_part{};
  }
}

/// A formula that reads values of a row from inputs instead of computing them: those that a forward
/// pass has written, in a backward pass.
///
///     constexpr auto mean = reduce_mean(x);
///     constexpr auto rstd = rsqrt(reduce_mean(square(x - mean)) + 1e-5);
///     constexpr auto norm = (x - mean) * rstd;
///     kernel<outputs(norm, mean, rstd)>(in, out, means, rstds);
///     kernel<with_kept(vjp(norm, y), kept(mean, z), kept(rstd, input<3>))>(in, gradient, means,
///                                                                          rstds, in_gradient);
///
/// Each part that the formula has, written the same way, becomes row_value of its input; of a kept
/// rsqrt(a) also a. Inputs that are then read nowhere stay arguments of the call.
///
/// Shapes     those of row_value
/// Accuracy   that of the formula, and what rounding the kept values to their type has lost
template <formula F, class... Parts, std::size_t... Indices>
constexpr auto with_kept(const F& formula, const detail::kept_part<Parts, Indices>&... parts) {
  const auto e = detail::as_expression(formula);
  static_assert(!detail::is_output_list<std::decay_t<decltype(e)>>,
                "with_kept: of several outputs, write outputs(with_kept(a, ...), ...)");
  if constexpr (detail::is_output_list<std::decay_t<decltype(e)>>) {
    return e;
  } else {
    require_parameter((detail::has_part(e, parts.part) && ...),
                      "with_kept: the formula has no such part; write what is kept as the formula "
                      "computes it, of the same expressions");
    return detail::find_kept(e, parts...);
  }
}

template <formula F, class... Parts>
requires(std::is_same_v<Parts, detail::no_part> || ...) constexpr auto with_kept(const F& formula,
                                                                                 const Parts&...) {
  return detail::as_expression(formula);
}

}  // namespace FUSOR_REFUSALS
}  // namespace fusor

#include "fusor/end.hpp"
#include "fusor/language/precise_end.hpp"
