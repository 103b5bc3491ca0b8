// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <cstddef>
#include <type_traits>
#include <utility>

#include "fusor/language/adjoint.hpp"
#include "fusor/language/differentiable.hpp"

#include "fusor/language/precise_begin.hpp"

/// The rules of derivatives, and the walk through a formula that applies them.
namespace fusor::detail {

template <std::size_t Index>
using at = std::integral_constant<std::size_t, Index>;

template <class A>
constexpr auto sigmoid_of(A a) {
  return make_node<op::sigmoid>(a);
}

// clang-format off

// The rules, one line each: from g, which multiplies the derivative of an operation that gives
// `self`, to what multiplies the derivative of the operand `at`. What vanishes is the last factor.
constexpr auto adjoint(op::add, at<0>, auto g, auto, auto, auto)          { return g; }
constexpr auto adjoint(op::add, at<1>, auto g, auto, auto, auto)          { return g; }
constexpr auto adjoint(op::sub, at<0>, auto g, auto, auto, auto)          { return g; }
constexpr auto adjoint(op::sub, at<1>, auto g, auto, auto, auto)          { return negated(g); }
constexpr auto adjoint(op::mul, at<0>, auto g, auto, auto, auto b)        { return multiplied(g, b); }
constexpr auto adjoint(op::mul, at<1>, auto g, auto, auto a, auto)        { return multiplied(g, a); }
constexpr auto adjoint(op::div, at<0>, auto g, auto, auto, auto b)        { return divided(g, b); }
constexpr auto adjoint(op::div, at<1>, auto g, auto self, auto, auto b)   { return negated(divided(multiplied(g, self), b)); }
constexpr auto adjoint(op::as_written, at<0>, auto g, auto, auto)         { return g; }
constexpr auto adjoint(op::neg, at<0>, auto g, auto, auto)                { return negated(g); }
constexpr auto adjoint(op::square, at<0>, auto g, auto, auto a)           { return multiplied(g, multiplied(literal{2}, a)); }
constexpr auto adjoint(op::sqrt, at<0>, auto g, auto self, auto)          { return divided(multiplied(literal{0.5}, g), self); }
constexpr auto adjoint(op::rsqrt, at<0>, auto g, auto self, auto a)       { return multiplied(g, divided(multiplied(literal{-0.5}, self), a)); }
constexpr auto adjoint(op::hypot, at<0>, auto g, auto self, auto a, auto) { return multiplied(g, divided(a, self)); }
constexpr auto adjoint(op::hypot, at<1>, auto g, auto self, auto, auto b) { return multiplied(g, divided(b, self)); }
constexpr auto adjoint(op::abs, at<0>, auto g, auto, auto a)              { return multiplied(g, sign(a)); }

constexpr auto adjoint(op::exp, at<0>, auto g, auto self, auto)           { return multiplied(g, self); }
constexpr auto adjoint(op::exp2, at<0>, auto g, auto self, auto)          { return multiplied(multiplied(literal{0.69314718055994530941723212145818}, g), self); }
constexpr auto adjoint(op::expm1, at<0>, auto g, auto, auto a)            { return multiplied(g, exp(a)); }
constexpr auto adjoint(op::log, at<0>, auto g, auto, auto a)              { return divided(g, a); }
constexpr auto adjoint(op::log2, at<0>, auto g, auto, auto a)             { return divided(multiplied(literal{1.4426950408889634073599246810019}, g), a); }
constexpr auto adjoint(op::log10, at<0>, auto g, auto, auto a)            { return divided(multiplied(literal{0.43429448190325182765112891891661}, g), a); }
constexpr auto adjoint(op::log1p, at<0>, auto g, auto, auto a)            { return divided(g, 1 + a); }
constexpr auto adjoint(op::tanh, at<0>, auto g, auto, auto a)             { return multiplied(multiplied(literal{4}, g), logistic_pdf(multiplied(literal{2}, a))); }
constexpr auto adjoint(op::sinh, at<0>, auto g, auto, auto a)             { return multiplied(g, cosh(a)); }
constexpr auto adjoint(op::cosh, at<0>, auto g, auto, auto a)             { return multiplied(g, sinh(a)); }
constexpr auto adjoint(op::log_cosh, at<0>, auto g, auto, auto a)         { return multiplied(g, tanh(a)); }
constexpr auto adjoint(op::sigmoid, at<0>, auto g, auto, auto a)          { return multiplied(g, logistic_pdf(a)); }
constexpr auto adjoint(op::softplus, at<0>, auto g, auto, auto a)         { return multiplied(g, sigmoid_of(a)); }
constexpr auto adjoint(op::logistic_pdf, at<0>, auto g, auto self, auto a) { return negated(multiplied(multiplied(g, tanh(multiplied(literal{0.5}, a))), self)); }
constexpr auto adjoint(op::erf, at<0>, auto g, auto, auto a)              { return multiplied(multiplied(literal{1.1283791670955125738961589031215}, g), exp(-square(a))); }
constexpr auto adjoint(op::erfc, at<0>, auto g, auto, auto a)             { return negated(adjoint(op::erf{}, at<0>{}, g, a, a)); }
constexpr auto adjoint(op::normal_cdf, at<0>, auto g, auto, auto a)       { return multiplied(g, normal_pdf(a)); }
constexpr auto adjoint(op::normal_pdf, at<0>, auto g, auto self, auto a)  { return negated(multiplied(multiplied(g, a), self)); }

// Steps and kinks. Where operands are equal, a number wins over an expression, two expressions share.
constexpr auto adjoint(op::sign, at<0>, auto, auto, auto)                 { return nothing{}; }
constexpr auto adjoint(op::round, at<0>, auto, auto, auto)                { return nothing{}; }
constexpr auto adjoint(op::floor, at<0>, auto, auto, auto)                { return nothing{}; }
constexpr auto adjoint(op::ceil, at<0>, auto, auto, auto)                 { return nothing{}; }
constexpr auto adjoint(op::trunc, at<0>, auto, auto, auto)                { return nothing{}; }
constexpr auto adjoint(op::stop_gradient, at<0>, auto, auto, auto)        { return nothing{}; }
// clang-format on

/// g where a is the larger of two, 0 where it is the smaller one; NaN where there is no order.
template <class G, class A, class B>
constexpr auto where_larger(G g, A a, B b) {
  if constexpr (is_nothing<G>) {
    return g;
  } else if constexpr (is_number<B>) {
    return where(a > b, as_operand(g), where(a <= b, literal{0}, a));
  } else if constexpr (is_number<A>) {
    return where(a >= b, as_operand(g), where(a < b, literal{0}, b));
  } else {
    const auto shared = where(a == b, as_operand(multiplied(literal{0.5}, g)), a + b);
    return where(a > b, as_operand(g), where(a < b, literal{0}, shared));
  }
}

// clang-format off
constexpr auto adjoint(op::max, at<0>, auto g, auto, auto a, auto b) { return where_larger(g, a, b); }
constexpr auto adjoint(op::max, at<1>, auto g, auto, auto a, auto b) { return where_larger(g, b, a); }
constexpr auto adjoint(op::min, at<0>, auto g, auto, auto a, auto b) { return where_larger(g, -a, negated(b)); }
constexpr auto adjoint(op::min, at<1>, auto g, auto, auto a, auto b) { return where_larger(g, -b, negated(a)); }
constexpr auto adjoint(op::clamp, at<0>, auto g, auto, auto a, auto low, auto high) {
  return where(a > low && a < high, as_operand(g), where(a <= low || a >= high, literal{0}, a));
}
constexpr auto adjoint(op::clamp, at<1>, auto g, auto, auto a, auto low, auto high) { return where(a <= low && low < high, as_operand(g), 0.0 * a); }
constexpr auto adjoint(op::clamp, at<2>, auto g, auto, auto a, auto, auto high)     { return where(a >= high, as_operand(g), 0.0 * a); }
// clang-format on

/// Of an operation of a program's own.
template <class Op, std::size_t I, class... Operands>
requires(Op::is_own) constexpr auto adjoint(Op, at<I>, auto g, auto, Operands... operands) {
  using slope = decltype(Op::template derivative<I>(operands...));
  if constexpr (std::is_same_v<slope, std::integral_constant<int, 0>>) {
    return nothing{};
  } else if constexpr (std::is_same_v<slope, std::integral_constant<int, 1>>) {
    return g;
  } else {
    return multiplied(g, lift(Op::template derivative<I>(operands...)));
  }
}

template <class Op>
constexpr nothing adjoint(Op, auto, auto, auto, auto...) {
  static_assert(never<Op>, "derivative: this operation has no rule in fusor/language/gradient.hpp");
  return {};
}

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

 private:
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
