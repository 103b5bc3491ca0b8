// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <algorithm>
#include <cstddef>
#include <type_traits>
#include <utility>

#include "fusor/language/expression.hpp"
#include "fusor/language/functions.hpp"
#include "fusor/language/operation.hpp"
#include "fusor/language/operators.hpp"
#include "fusor/language/reduction.hpp"
#include "fusor/language/same.hpp"

#include "fusor/language/precise_begin.hpp"

/// What derivatives are put together from: sums and products that leave out what is 0 or 1, and
/// keep last the factor that vanishes, so that an infinite one beside it gives the limit.
namespace fusor::detail {

/// A derivative that is 0 wherever it is taken, or 1, or -1.
struct nothing {};
struct unit {};
struct minus_unit {};

template <class T>
inline constexpr bool is_nothing = std::is_same_v<T, nothing>;
template <class T>
inline constexpr bool is_unit = std::is_same_v<T, unit>;
template <class T>
inline constexpr bool is_minus_unit = std::is_same_v<T, minus_unit>;
template <class T>
inline constexpr bool is_number = std::is_same_v<T, literal>;

constexpr literal as_operand(nothing) {
  return {0};
}
constexpr literal as_operand(unit) {
  return {1};
}
constexpr literal as_operand(minus_unit) {
  return {-1};
}
template <class E>
constexpr E as_operand(E e) {
  return e;
}

template <class Op, class E>
inline constexpr bool is_of = false;
template <class Op, class... Children>
inline constexpr bool is_of<Op, node<Op, Children...>> = true;

/// What vanishes exponentially, and takes a factor as a whole.
template <class E>
inline constexpr bool vanishes = false;
template <class Op, class... Children>
inline constexpr bool vanishes<node<Op, Children...>> = Op::joins_factor;

/// Whether an expression has other values at other positions of a row.
template <class E>
inline constexpr bool varies = false;
template <std::size_t Index>
inline constexpr bool varies<argument<Index>> = true;
template <class Op, class... Children>
inline constexpr bool varies<node<Op, Children...>> =
    !Op::is_reduction && (varies<Children> || ...);

template <class E>
inline constexpr bool reduces = false;
template <class Op, class... Children>
inline constexpr bool reduces<node<Op, Children...>> = Op::is_reduction ||
                                                       (reduces<Children> || ...);

/// Whether it is one value for the whole row.
template <class E>
inline constexpr bool is_for_row = reduces<E> && !varies<E>;

/// `chosen` if a and b are the same expression, else `other`. Where numbers decide it, a branch
/// that a kernel leaves out.
template <class A, class B, class Chosen, class Other>
constexpr auto if_same(A a, B b, Chosen chosen, Other other) {
  if constexpr (!std::is_same_v<A, B>) {
    return other;
  } else if constexpr (is_its_type<A>) {
    return chosen;
  } else {
    return make_node<op::where>(is_same(a, b), as_operand(chosen), as_operand(other));
  }
}

// --- sums and products
// ---------------------------------------------------------------------------

template <class A>
constexpr auto negated(A a) {
  if constexpr (is_nothing<A>) {
    return a;
  } else if constexpr (is_unit<A>) {
    return minus_unit{};
  } else if constexpr (is_minus_unit<A>) {
    return unit{};
  } else if constexpr (is_number<A>) {
    return literal{-a.value};
  } else if constexpr (is_of<op::neg, A>) {
    return child<0>(a);
  } else {
    return -a;
  }
}

template <class A, class B>
constexpr auto added(A a, B b) {
  if constexpr (is_nothing<A>) {
    return b;
  } else if constexpr (is_nothing<B>) {
    return a;
  } else if constexpr (is_unit<A> && is_unit<B>) {
    return literal{2};
  } else if constexpr (is_minus_unit<B>) {
    return as_operand(a) - literal{1};
  } else if constexpr (is_of<op::neg, B>) {
    return as_operand(a) - child<0>(b);
  } else if constexpr (is_of<op::neg, A>) {
    return as_operand(b) - child<0>(a);
  } else {
    return make_node<op::add>(as_operand(a), as_operand(b));
  }
}

/// Whether an expression is divided by a row value.
template <class E>
inline constexpr bool is_quotient_by_row = false;
template <class A, class B>
inline constexpr bool is_quotient_by_row<node<op::div, A, B>> = is_for_row<B>;

/// Whether the last factor of a product vanishes, and whether the first is a number.
template <class E>
inline constexpr bool ends_vanishing = false;
template <class A, class B>
inline constexpr bool ends_vanishing<node<op::mul, A, B>> = vanishes<B>;
template <class E>
inline constexpr bool begins_with_number = false;
template <class A, class B>
inline constexpr bool begins_with_number<node<op::mul, A, B>> = is_number<A>;

/// a * b.
template <class A, class B>
constexpr auto multiplied(A a, B b) {
  if constexpr (is_nothing<A> || is_unit<B>) {
    return a;
  } else if constexpr (is_nothing<B> || is_unit<A>) {
    return b;
  } else if constexpr (is_minus_unit<A>) {
    return negated(b);
  } else if constexpr (is_minus_unit<B>) {
    return negated(a);
  } else if constexpr (is_number<A> && is_number<B>) {
    return literal{a.value * b.value};
  } else if constexpr (is_of<op::neg, A>) {
    return negated(multiplied(child<0>(a), b));
  } else if constexpr (is_of<op::neg, B>) {
    return negated(multiplied(a, child<0>(b)));
  } else if constexpr (ends_vanishing<B>) {
    return multiplied(multiplied(a, child<0>(b)), child<1>(b));
  } else if constexpr (is_number<B> || (vanishes<A> && !vanishes<B>)) {
    return multiplied(b, a);
  } else if constexpr (is_number<A> && begins_with_number<B>) {
    return multiplied(literal{a.value * child<0>(b).value}, child<1>(b));
  } else if constexpr (vanishes<B>) {
    if constexpr (is_quotient_by_row<A>) {
      return multiplied(child<0>(a), make_node<op::div>(b, child<1>(a)));
    } else {
      return a * b;
    }
  } else if constexpr (ends_vanishing<A>) {
    return multiplied(multiplied(child<0>(a), b), child<1>(a));
  } else if constexpr (begins_with_number<A> && begins_with_number<B>) {
    return multiplied(multiplied(child<0>(a), b), child<1>(a));
  } else {
    return a * b;
  }
}

/// a / b.
template <class A, class B>
constexpr auto divided(A a, B b) {
  if constexpr (is_nothing<A> || is_unit<B>) {
    return a;
  } else if constexpr (is_minus_unit<A>) {
    return negated(divided(unit{}, b));
  } else if constexpr (is_of<op::neg, A>) {
    return negated(divided(child<0>(a), b));
  } else if constexpr (is_number<B> && (is_number<A> || is_unit<A>)) {
    return literal{divide(as_operand(a).value, b.value)};
  } else if constexpr (is_number<B> && begins_with_number<A>) {
    return multiplied(literal{divide(child<0>(a).value, b.value)}, child<1>(a));
  } else if constexpr (ends_vanishing<A> && !is_for_row<B>) {
    return multiplied(divided(child<0>(a), b), child<1>(a));
  } else if constexpr (vanishes<A> && is_number<B>) {
    return multiplied(divided(unit{}, b), a);
  } else {
    return make_node<op::div>(as_operand(a), b);
  }
}

// --- along axes
// ----------------------------------------------------------------------------------

/// The axes of the first reduction of an expression.
template <class Op, class... Children>
constexpr axis_list reduced_axes(const node<Op, Children...>& e) {
  if constexpr (Op::is_reduction) {
    return child<sizeof...(Children) - 1>(e);
  } else {
    constexpr bool has[] = {reduces<Children>...};
    return reduced_axes(child<std::find(has, has + sizeof...(Children), true) - has>(e));
  }
}

/// Whether all reductions of an expression go along these axes.
template <class E>
constexpr bool is_along(const E&, const axis_list&) {
  return true;
}
template <class Op, class... Children>
constexpr bool is_along(const node<Op, Children...>& e, const axis_list& axes) {
  bool holds = true;
  if constexpr (Op::is_reduction) holds = is_same(reduced_axes(e), axes);
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    return holds && (is_along(child<I>(e), axes) && ...);
  }
  (std::index_sequence_for<Children...>{});
}

/// The sum along axes of what reaches a row value; what is one value for a row is multiplied and
/// divided afterwards. It stands beside the terms it was made of, so it is not computed in twice the
/// precision, as other sums are that something is subtracted from.
template <class A>
constexpr auto sum_along(A a, axis_list axes) {
  if constexpr (is_nothing<A>) {
    return a;
  } else if constexpr (!varies<A>) {
    return multiplied(a, make_node<op::reduce_count>(axes));
  } else if constexpr (is_of<op::neg, A>) {
    return negated(sum_along(child<0>(a), axes));
  } else if constexpr (is_of<op::div, A> || is_of<op::mul, A>) {
    if constexpr (!varies<std::decay_t<decltype(child<1>(a))>>) {
      const auto sum = sum_along(child<0>(a), axes);
      if constexpr (is_of<op::div, A>) {
        return divided(sum, child<1>(a));
      } else {
        return multiplied(sum, child<1>(a));
      }
    } else if constexpr (is_of<op::mul, A> && !varies<std::decay_t<decltype(child<0>(a))>>) {
      return multiplied(child<0>(a), sum_along(child<1>(a), axes));
    } else if constexpr (is_of<op::mul, A> &&
                         is_quotient_by_row<std::decay_t<decltype(child<1>(a))>>) {
      const auto quotient = child<1>(a);
      return divided(sum_along(child<0>(a) * child<0>(quotient), axes), child<1>(quotient));
    } else {
      return make_node<op::gradient_sum>(a, axes);
    }
  } else {
    return make_node<op::gradient_sum>(a, axes);
  }
}

}  // namespace fusor::detail

#include "fusor/end.hpp"
#include "fusor/language/precise_end.hpp"
