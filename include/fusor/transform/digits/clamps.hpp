// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstdint>

#include "fusor/transform/digits/sums.hpp"

/// Rules that keep digits: max, min and clamp.
namespace fusor::detail {

// clang-format off
// max(A, 0) + min(A, 0) = A; max(A, 0) + softplus(-|A|) = softplus(A)
template <class A> using above_zero = form<op::max, A, zero>;
template <class A> using softplus_below = form<op::softplus, form<op::neg, form<op::abs, A>>>;
template <class A> struct simplify_rule<form<op::add, form<op::max, A, zero>, form<op::min, A, zero>>> : becomes<A> {};
template <class A> struct simplify_rule<form<op::add, form<op::min, A, zero>, form<op::max, A, zero>>> : becomes<A> {};
template <class A> struct simplify_rule<form<op::add, above_zero<A>, softplus_below<A>>> : becomes<form<op::softplus, A>> {};
template <class A> struct simplify_rule<form<op::add, softplus_below<A>, above_zero<A>>> : becomes<form<op::softplus, A>> {};
template <class A, class B> struct simplify_rule<form<op::add, form<op::sub, above_zero<A>, B>, softplus_below<A>>> : becomes<form<op::sub, form<op::softplus, A>, B>> {};
template <class A, class B> struct simplify_rule<form<op::add, form<op::add, above_zero<A>, B>, softplus_below<A>>> : becomes<form<op::add, form<op::softplus, A>, B>> {};

// min(max(A, low), high) = clamp(A, low, high)
template <class Op, class Form> struct bound : std::type_identity<void> {};
template <class Op, class A, std::uint64_t Bits> requires (!is_lit<A>) struct bound<Op, form<Op, A, lit<Bits>>> : std::type_identity<A> { using at = lit<Bits>; };
template <class Op, class A, std::uint64_t Bits> requires (!is_lit<A>) struct bound<Op, form<Op, lit<Bits>, A>> : std::type_identity<A> { using at = lit<Bits>; };
template <class Outer, class Inner, class Form> using bound_twice = bound<Inner, typename bound<Outer, Form>::type>;
template <class Low, class High> concept are_ordered = Low::value <= High::value;
template <class Form> requires are_ordered<typename bound_twice<op::min, op::max, Form>::at, typename bound<op::min, Form>::at>
struct clamped : becomes<form<op::clamp, typename bound_twice<op::min, op::max, Form>::type, typename bound_twice<op::min, op::max, Form>::at, typename bound<op::min, Form>::at>> {};
template <class Form> requires are_ordered<typename bound<op::max, Form>::at, typename bound_twice<op::max, op::min, Form>::at>
struct clamped_above : becomes<form<op::clamp, typename bound_twice<op::max, op::min, Form>::type, typename bound<op::max, Form>::at, typename bound_twice<op::max, op::min, Form>::at>> {};
template <class A, class B> requires requires { typename clamped<form<op::min, A, B>>::type; }
struct simplify_rule<form<op::min, A, B>> : clamped<form<op::min, A, B>> {};
template <class A, class B> requires requires { typename clamped_above<form<op::max, A, B>>::type; }
struct simplify_rule<form<op::max, A, B>> : clamped_above<form<op::max, A, B>> {};

// A + L < M is A < M - L, where that is exact
constexpr bool is_whole(double number) { return number > -0x1p23 && number < 0x1p23 && number == static_cast<double>(static_cast<int>(number)); }
template <class Op> concept orders = std::same_as<Op, op::less> || std::same_as<Op, op::less_equal> || std::same_as<Op, op::greater> || std::same_as<Op, op::greater_equal>;
template <class S, std::uint64_t Bits> concept bounded_sum = !is_lit<S> && shifted<S>::number != 0 && is_whole(shifted<S>::number) && is_whole(lit<Bits>::value);
template <class S, std::uint64_t Bits> using without_shift = lit<bits_of(lit<Bits>::value - shifted<S>::number)>;
template <orders Op, class S, std::uint64_t Bits> requires bounded_sum<S, Bits>
struct simplify_rule<form<Op, S, lit<Bits>>> : becomes<form<Op, typename shifted<S>::rest, without_shift<S, Bits>>> {};
template <orders Op, class S, std::uint64_t Bits> requires bounded_sum<S, Bits>
struct simplify_rule<form<Op, lit<Bits>, S>> : becomes<form<Op, without_shift<S, Bits>, typename shifted<S>::rest>> {};

// A clamp(c + A, 0, high), which is 0 below -c: at -infinity as well.
template <class A, class S> concept shifted_from = std::same_as<typename shifted<S>::rest, A> && (shifted<S>::number > 0);
template <class A, class S, std::uint64_t High> requires shifted_from<A, S>
struct simplify_rule<form<op::mul, A, form<op::clamp, S, zero, lit<High>>>>
    : becomes<form<op::mul, form<op::max, A, lit<bits_of(-shifted<S>::number)>>, form<op::clamp, S, zero, lit<High>>>> {};
template <class A, class S, std::uint64_t High, std::uint64_t Bits> requires shifted_from<A, S>
struct simplify_rule<form<op::mul, A, form<op::div, form<op::clamp, S, zero, lit<High>>, lit<Bits>>>>
    : becomes<form<op::mul, form<op::max, A, lit<bits_of(-shifted<S>::number)>>, form<op::div, form<op::clamp, S, zero, lit<High>>, lit<Bits>>>> {};
template <class A, class S, std::uint64_t Low, std::uint64_t High, std::uint64_t Bits> requires (!power_of_two<lit<Bits>>)
struct simplify_rule<form<op::div, form<op::mul, A, form<op::clamp, S, lit<Low>, lit<High>>>, lit<Bits>>>
    : becomes<form<op::mul, A, form<op::div, form<op::clamp, S, lit<Low>, lit<High>>, lit<Bits>>>> {};
// clang-format on

}  // namespace fusor::detail
