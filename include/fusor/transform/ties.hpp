// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "fusor/language/element.hpp"
#include "fusor/transform/program.hpp"

#include "fusor/language/precise_begin.hpp"

/// Which way a result goes that lies half way between two numbers of bfloat16 because what decides
/// is too small for a float. silu(x) = x / 2 + x^2 / 4 + ...: half of a small odd number is such a
/// middle, and the exact result is above it. Formulas of one input, next to 0, from their second
/// order there; everything else goes to the even neighbour.
namespace fusor::detail {

/// bfloat16 in memory, of a function of which results up to `Limit` (the bits of a float) that are
/// in the middle go up (1), down (-1) or to the even neighbour (0): those above and below 0.
template <int Above, int Below, std::uint32_t Limit>
struct bent_bfloat16 : bfloat16 {};

/// A formula next to 0 on one side: value + slope x + bend x^2; or nothing that is known, which is
/// also what is too large to compute with. (No NaN: Clang computes none at compile time.)
struct expansion {
  double value = 0;
  double slope = 0;
  double bend = 0;
  bool is_known = false;

  constexpr expansion() = default;
  constexpr expansion(double v, double s, double b) : value(v), slope(s), bend(b) {
    constexpr double most = 1e60;
    is_known = v > -most && v < most && s > -most && s < most && b > -most && b < most;
  }
};

constexpr expansion operator+(expansion a, expansion b) {
  if (!a.is_known || !b.is_known) return {};
  return {a.value + b.value, a.slope + b.slope, a.bend + b.bend};
}
constexpr expansion operator-(expansion a, expansion b) {
  if (!a.is_known || !b.is_known) return {};
  return {a.value - b.value, a.slope - b.slope, a.bend - b.bend};
}
constexpr expansion operator*(expansion a, expansion b) {
  if (!a.is_known || !b.is_known) return {};
  return {a.value * b.value, a.value * b.slope + a.slope * b.value,
          a.value * b.bend + a.slope * b.slope + a.bend * b.value};
}
constexpr expansion operator/(expansion a, expansion b) {
  constexpr double least = 1e-30;
  if (!b.is_known || (b.value > -least && b.value < least)) return {};
  const double inverse = 1 / b.value;
  const expansion reciprocal = {inverse, -b.slope * inverse * inverse,
                                (b.slope * b.slope * inverse - b.bend) * inverse * inverse};
  return a * reciprocal;
}

/// 1, -1: the sign next to 0 on a side; 0: not known.
constexpr int sign_of(expansion a, int side) {
  if (!a.is_known) return 0;
  const double first = a.value != 0 ? a.value : a.slope != 0 ? a.slope * side : a.bend;
  return first > 0 ? 1 : first < 0 ? -1 : 0;
}

/// A function at 0, where its argument is 0.
template <class Op>
inline constexpr expansion at_zero{};
// clang-format off
template <> inline constexpr expansion at_zero<op::exp>           = {1, 1, 0.5};
template <> inline constexpr expansion at_zero<op::expm1>         = {0, 1, 0.5};
template <> inline constexpr expansion at_zero<op::expm1_of_negative> = {0, 1, 0.5};
template <> inline constexpr expansion at_zero<op::log1p>         = {0, 1, -0.5};
template <> inline constexpr expansion at_zero<op::tanh>          = {0, 1, 0};
template <> inline constexpr expansion at_zero<op::sinh>          = {0, 1, 0};
template <> inline constexpr expansion at_zero<op::cosh>          = {1, 0, 0.5};
template <> inline constexpr expansion at_zero<op::atan>          = {0, 1, 0};
template <> inline constexpr expansion at_zero<op::asinh>         = {0, 1, 0};
template <> inline constexpr expansion at_zero<op::sin>           = {0, 1, 0};
template <> inline constexpr expansion at_zero<op::cos>           = {1, 0, -0.5};
template <> inline constexpr expansion at_zero<op::sigmoid>       = {0.5, 0.25, 0};
template <> inline constexpr expansion at_zero<op::logistic_pdf>  = {0.25, 0, -0.0625};
template <> inline constexpr expansion at_zero<op::softplus>      = {0.6931471805599453, 0.5, 0.125};
template <> inline constexpr expansion at_zero<op::erf>           = {0, 1.1283791670955126, 0};
template <> inline constexpr expansion at_zero<op::erfc>          = {1, -1.1283791670955126, 0};
template <> inline constexpr expansion at_zero<op::normal_cdf>    = {0.5, 0.3989422804014327, 0};
template <> inline constexpr expansion at_zero<op::normal_pdf>    = {0.3989422804014327, 0, -0.19947114020071635};
template <> inline constexpr expansion at_zero<op::tanh_softplus> = {0.6, 0.32, -0.016};
template <> inline constexpr expansion at_zero<op::gelu_slope>    = {0.5, 0.7978845608028654, 0};
template <> inline constexpr expansion at_zero<op::silu_slope>    = {0.5, 0.5, 0};
template <> inline constexpr expansion at_zero<op::mish_slope>    = {0.6, 0.64, -0.048};
template <class Op> inline constexpr expansion at_zero<op::relaxed_op<Op>> = at_zero<Op>;
// clang-format on

constexpr expansion apply_at_zero(expansion of, expansion a) {
  if (!of.is_known || !a.is_known || a.value != 0) return {};
  return {of.value, of.slope * a.slope, of.slope * a.bend + of.bend * a.slope * a.slope};
}
constexpr expansion choose_by(int sign, expansion a, expansion b) {
  return sign > 0 ? a : sign < 0 ? b : expansion{};
}

/// The expansion of a lowered form on a side of 0: 1 or -1.
template <class Form>
struct next_to_zero {
  static constexpr expansion on(int) {
    return {};
  }
};
template <>
struct next_to_zero<in<0>> {
  static constexpr expansion on(int) {
    return {0, 1, 0};
  }
};
template <std::uint64_t Bits>
struct next_to_zero<lit<Bits>> {
  static constexpr expansion on(int) {
    return {lit<Bits>::value, 0, 0};
  }
};

template <class Op>
struct expand {
  static constexpr expansion of(int, auto... operands) {
    if constexpr (sizeof...(operands) == 1) {
      return apply_at_zero(at_zero<Op>, operands...);
    } else {
      return {};
    }
  }
};
template <class Op, class... Children>
struct next_to_zero<form<Op, Children...>> {
  static constexpr expansion on(int side) {
    return expand<Op>::of(side, next_to_zero<Children>::on(side)...);
  }
};

// clang-format off
using ex = expansion;
template <> struct expand<op::neg>         { static constexpr ex of(int, ex a)             { return ex{0, 0, 0} - a; } };
template <> struct expand<op::add>         { static constexpr ex of(int, ex a, ex b)       { return a + b; } };
template <> struct expand<op::sub>         { static constexpr ex of(int, ex a, ex b)       { return a - b; } };
template <> struct expand<op::mul>         { static constexpr ex of(int, ex a, ex b)       { return a * b; } };
template <> struct expand<op::div>         { static constexpr ex of(int, ex a, ex b)       { return a / b; } };
template <> struct expand<op::quotient>    { static constexpr ex of(int, ex a, ex b)       { return a / b; } };
template <> struct expand<op::square>      { static constexpr ex of(int, ex a)             { return a * a; } };
template <> struct expand<op::mul_add>     { static constexpr ex of(int, ex a, ex b, ex c) { return a * b + c; } };
template <> struct expand<op::mul_sub>     { static constexpr ex of(int, ex a, ex b, ex c) { return a * b - c; } };
template <> struct expand<op::neg_mul_add> { static constexpr ex of(int, ex a, ex b, ex c) { return c - a * b; } };
template <> struct expand<op::max>         { static constexpr ex of(int side, ex a, ex b)  { return choose_by(sign_of(a - b, side), a, b); } };
template <> struct expand<op::at_least> : expand<op::max> {};
template <> struct expand<op::min>         { static constexpr ex of(int side, ex a, ex b)  { return choose_by(sign_of(b - a, side), a, b); } };
template <> struct expand<op::at_most> : expand<op::min> {};
template <> struct expand<op::abs>         { static constexpr ex of(int side, ex a)        { return choose_by(sign_of(a, side), a, ex{0, 0, 0} - a); } };
template <class Op> struct expand<op::times<Op>> { static constexpr ex of(int side, ex a, ex b) { return a * expand<Op>::of(side, b); } };
// clang-format on
template <class A, class B, class C, class D>
struct next_to_zero<form<op::where, form<op::greater, A, B>, C, D>> {
  static constexpr expansion on(int side) {
    return choose_by(sign_of(next_to_zero<A>::on(side) - next_to_zero<B>::on(side), side),
                     next_to_zero<C>::on(side), next_to_zero<D>::on(side));
  }
};
template <class A, class B, class C, class D>
struct next_to_zero<form<op::where, form<op::greater_equal, A, B>, C, D>>
    : next_to_zero<form<op::where, form<op::greater, A, B>, C, D>> {};
template <class A, class B, class C, class D>
struct next_to_zero<form<op::where, form<op::less, A, B>, C, D>>
    : next_to_zero<form<op::where, form<op::greater, B, A>, C, D>> {};
template <class A, class B, class C, class D>
struct next_to_zero<form<op::where, form<op::less_equal, A, B>, C, D>>
    : next_to_zero<form<op::where, form<op::greater, B, A>, C, D>> {};

/// The ways of results that are in the middle.
struct tie_ways {
  int above = 0;
  int below = 0;
  double limit = 0;
};
template <class Form>
constexpr tie_ways ways_of_ties() {
  tie_ways ways;
  for (const int side : {1, -1}) {
    const expansion e = next_to_zero<Form>::on(side);
    const bool bends = e.is_known && e.value == 0 && (e.slope > 0 || e.slope < 0) &&
                       (e.bend > 0 || e.bend < 0) && e.slope * e.slope < 0x1p60 &&
                       e.bend * e.bend < 0x1p60;
    if (!bends) continue;
    const int way = e.bend > 0 ? 1 : -1;
    int& chosen = e.slope * side > 0 ? ways.above : ways.below;
    if (chosen != 0 && chosen != way) return {};
    chosen = way;
    // Larger results keep what decides: it is more than half a unit of the last place of a float.
    const double limit = 0x1p-24 * e.slope * e.slope / (e.bend > 0 ? e.bend : -e.bend);
    ways.limit = ways.limit == 0 || limit < ways.limit ? limit : ways.limit;
  }
  return ways;
}

/// The element that an output of type Element is stored as.
template <class Form, class Element>
struct stored_output : std::type_identity<Element> {};
template <class Form>
struct stored_output<Form, bfloat16> {
  static constexpr tie_ways ways = ways_of_ties<Form>();
  using type = std::conditional_t<
      ways.above == 0 && ways.below == 0, bfloat16,
      bent_bfloat16<ways.above, ways.below,
                    std::bit_cast<std::uint32_t>(static_cast<float>(ways.limit))>>;
};

}  // namespace fusor::detail

#include "fusor/language/precise_end.hpp"
