// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <cstddef>
#include <type_traits>
#include <utility>

#include "fusor/language/adjoint_rules.hpp"
#include "fusor/language/differentiable.hpp"

#include "fusor/language/precise_begin.hpp"

/// The walk through a formula that applies the rules of derivatives.
namespace fusor::detail {

/// What reaches a part of an expression: where the part is one value for a row, the sum along it.
template <class Parent, class Child, class G>
constexpr auto toward(const Child& part, G g) {
  if constexpr (is_for_row<Child> && varies<Parent>) {
    return sum_along(g, reduced_axes(part));
  } else {
    return g;
  }
}

/// `where` of what reaches either branch: a branch that is not taken gives no NaN.
template <class C, class A, class B>
constexpr auto select(C condition, A a, B b) {
  if constexpr (is_nothing<A> && is_nothing<B>) {
    return a;
  } else {
    return make_node<op::where>(condition, as_operand(a), as_operand(b));
  }
}

/// From an expression e and a factor g to the gradient of the sum of g * e in `Target`.
template <class Target>
struct gradient {
  template <class E, class G>
  static constexpr auto of(const E&, G) {
    return nothing{};
  }

  template <class G>
  static constexpr auto of(const Target&, G g) {
    return g;
  }

  template <class Op, class... Children, class G>
  static constexpr auto of(const node<Op, Children...>& e, G g) {
    return by_operands(e, g);
  }

  template <class C, class A, class B, class G>
  static constexpr auto of(const node<op::where, C, A, B>& e, G g) {
    using parent = node<op::where, C, A, B>;
    const auto condition = child<0>(e);
    const auto a = child<1>(e);
    const auto b = child<2>(e);
    if constexpr ((reduces<A> || reduces<B>)&&varies<parent>) {
      return added(of(a, toward<parent>(a, select(condition, g, nothing{}))),
                   of(b, toward<parent>(b, select(condition, nothing{}, g))));
    } else {
      return select(condition, of(a, g), of(b, g));
    }
  }

  // Along axes. Of the largest, those that are equal share.
  template <class A, class G>
  static constexpr auto of(const node<op::reduce_sum, A, axis_list>& e, G g) {
    return of(child<0>(e), g);
  }
  template <class A, class G>
  static constexpr auto of(const node<op::row_value, A, axis_list>& e, G g) {
    return of(child<0>(e), g);
  }
  template <class A, class G>
  static constexpr auto of(const node<op::gradient_sum, A, axis_list>& e, G g) {
    return of(child<0>(e), g);
  }
  template <class A, class G>
  static constexpr auto of(const node<op::reduce_mean, A, axis_list>& e, G g) {
    return of(child<0>(e), divided(g, make_node<op::reduce_count>(child<1>(e))));
  }
  /// A variance: what its mean contributes adds up to 0.
  template <class A, class B, class G>
  static constexpr auto of(
      const node<op::reduce_mean,
                 node<op::square, node<op::sub, A, node<op::reduce_mean, B, axis_list>>>,
                 axis_list>& e,
      G g) {
    const auto below = child<0>(child<0>(e));
    const auto each = divided(g, make_node<op::reduce_count>(child<1>(e)));
    const auto general = of(child<0>(e), each);
    return if_same(make_node<op::reduce_mean>(child<0>(below), child<1>(e)), child<1>(below),
                   of(child<0>(below), multiplied(each, multiplied(literal{2}, below))), general);
  }
  template <class A, class G>
  static constexpr auto of(const node<op::reduce_max, A, axis_list>& e, G g) {
    return shared(child<0>(e), child<0>(e) == e, child<1>(e), g);
  }
  template <class A, class G>
  static constexpr auto of(const node<op::reduce_min, A, axis_list>& e, G g) {
    return shared(child<0>(e), child<0>(e) == e, child<1>(e), g);
  }
  /// The product of all others: that of the elements other than 0, unless two or more are 0.
  template <class A, class G>
  static constexpr auto of(const node<op::reduce_prod, A, axis_list>& e, G g) {
    const auto a = child<0>(e);
    const auto is_zero = a == 0;
    const auto zeros =
        make_node<op::reduce_sum>(where(is_zero, literal{1}, literal{0}), child<1>(e));
    const auto rest = make_node<op::reduce_prod>(where(is_zero, literal{1}, a), child<1>(e));
    return of(a, multiplied(g, where(is_zero, where(zeros == 1, rest, literal{0}),
                                     where(zeros == 0, rest / a, literal{0}))));
  }
  template <class A, class G>
  static constexpr auto of(const node<op::simplex_threshold, A, axis_list>& e, G g) {
    return shared(child<0>(e), child<0>(e) > e, child<1>(e), g);
  }

  /// A formula whose derivatives its author has given: with each the operand that it is taken in.
  template <class E, class... Parts, class G>
  static constexpr auto of(const node<op::with_derivative, E, Parts...>& e, G g) {
    constexpr std::size_t given = sizeof...(Parts) / 2;
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return sum(of(child<1 + given + I>(e), multiplied(g, child<1 + I>(e)))...);
    }
    (std::make_index_sequence<given>{});
  }

  // Formulas whose parts lose digits: tanh(softplus(a)), a - tanh(a), a / (1 + |a|).
  template <class A, class G>
  static constexpr auto of(const node<op::tanh, node<op::softplus, A>>& e, G g) {
    const auto a = child<0>(child<0>(e));
    const auto u = sigmoid_of(-a);
    const auto ratio = 4 / square(1 + square(u));
    return of(a, multiplied(multiplied(multiplied(g, ratio), u), logistic_pdf(a)));
  }
  template <class A, class B, class G>
  static constexpr auto of(const node<op::sub, A, node<op::tanh, B>>& e, G g) {
    const auto a = child<0>(e);
    return if_same(a, child<0>(child<1>(e)), of(a, multiplied(g, square(tanh(a)))),
                   by_operands(e, g));
  }
  template <class A, class B, class G>
  static constexpr auto of(const node<op::div, A, node<op::add, literal, node<op::abs, B>>>& e,
                           G g) {
    const auto a = child<0>(e);
    const auto below = child<1>(e);
    const auto b = child<0>(child<1>(below));
    return if_same(multiplied(child<0>(below), a), multiplied(literal{1}, b),
                   of(a, multiplied(g, square(divided(unit{}, below)))), by_operands(e, g));
  }

  // Where a product has a slope of two terms, a number that divides it divides their sum: the terms
  // may cancel, and are then not rounded before they do.
  template <class A, class B, class G>
  static constexpr auto of(const node<op::div, node<op::mul, A, B>, literal>& e, G g) {
    return divided_after(child<0>(e), child<1>(e), e, g);
  }
  template <class A, class B, class G>
  static constexpr auto of(const node<op::mul, A, node<op::div, B, literal>>& e, G g) {
    const auto quotient = child<1>(e);
    return divided_after(make_node<op::mul>(child<0>(e), child<0>(quotient)), child<1>(quotient), e,
                         g);
  }
  template <class A, class B, class G>
  static constexpr auto of(const node<op::mul, node<op::div, A, literal>, B>& e, G g) {
    const auto quotient = child<0>(e);
    return divided_after(make_node<op::mul>(child<0>(quotient), child<1>(e)), child<1>(quotient), e,
                         g);
  }

 private:
  template <class A, class B, class E, class G>
  static constexpr auto divided_after(const node<op::mul, A, B>& product, literal number,
                                      const E& e, G g) {
    if constexpr (depends_on<Target, A> && depends_on<Target, B>) {
      const auto terms = by_operands(product, g);
      using type = std::decay_t<decltype(terms)>;
      if constexpr (is_of<op::add, type> || is_of<op::sub, type>) {
        return divided(terms, number);
      } else {
        return by_operands(e, g);
      }
    } else {
      return by_operands(e, g);
    }
  }

  /// By the rule of the operation, operand by operand.
  template <class Op, class... Children, class G>
  static constexpr auto by_operands(const node<Op, Children...>& e, G g) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return sum(by_operand(at<I>{}, e, g)...);
    }
    (std::index_sequence_for<Children...>{});
  }

  template <class Operand, class Op, class... Children, class G>
  static constexpr auto by_operand(Operand operand, const node<Op, Children...>& e, G g) {
    const auto part = child<Operand::value>(e);
    if constexpr (!depends_on<Target, std::decay_t<decltype(part)>>) {
      return nothing{};
    } else {
      return of(part,
                toward<node<Op, Children...>>(part, hana::unpack(e.children, [&](auto... parts) {
                                                return adjoint(Op{}, operand, g, e, parts...);
                                              })));
    }
  }

  template <class First, class... Rest>
  static constexpr auto sum(First first, Rest... rest) {
    if constexpr (sizeof...(Rest) == 0) {
      return first;
    } else {
      return added(first, sum(rest...));
    }
  }

  /// Where the condition holds, an equal share of g.
  template <class A, class C, class G>
  static constexpr auto shared(A part, C condition, axis_list axes, G g) {
    const auto count = make_node<op::reduce_sum>(where(condition, literal{1}, literal{0}), axes);
    return of(part, select(condition, divided(g, count), nothing{}));
  }
};

}  // namespace fusor::detail

#include "fusor/end.hpp"
#include "fusor/language/precise_end.hpp"
