// SPDX-License-Identifier: BSL-1.0
// An operation of your own in one header: round_to_8_bits(x) rounds to 8 significant bits, ties to
// even, as bfloat16 has them. It looks at the bits of numbers, which no formula does.

#ifndef OWN_ROUND_TO_8_BITS_HPP
#define OWN_ROUND_TO_8_BITS_HPP

#include <bit>
#include <cstddef>
#include <cstdint>
#include <fusor/language/own_operation.hpp>
#include <type_traits>

namespace own {

/// What is dropped of a number of type T is less than half of its last bit that stays, or exactly
/// half.
template <class T>
inline constexpr int dropped_bits = sizeof(T) == 4 ? 24 - 8 : 53 - 8;

/// The operation: its name, about what a vector takes, its derivative (straight through, as
/// quantised networks are trained), and its value for one number.
struct round_to_8_bits_operation : fusor::own_operation<"round_to_8_bits", 4> {
  template <std::size_t Operand>
  static constexpr auto derivative(auto) {
    return std::integral_constant<int, 1>{};
  }

  template <class T>
  static constexpr T compute(T a) {
    using bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
    if (a != a) return a;
    const bits odd = std::bit_cast<bits>(a) >> dropped_bits<T> & 1;
    const bits half = (bits{1} << (dropped_bits<T> - 1)) - 1;
    const bits sum = static_cast<bits>(std::bit_cast<bits>(a) + half + odd);
    return std::bit_cast<T>(static_cast<bits>(sum >> dropped_bits<T> << dropped_bits<T>));
  }
  static constexpr double fold(double a) {
    return compute(a);
  }
};

/// The function for formulas. NaN stays; beyond the largest number that has 8 bits it is infinite.
template <fusor::operand A>
constexpr auto round_to_8_bits(A a) {
  return fusor::apply_operation<round_to_8_bits_operation>(a);
}

}  // namespace own

// Its vector code is compiled with every kernel, for every instruction set.
#define FUSOR_OPERATIONS "own/round_to_8_bits.hpp"
#include <fusor/fusor.hpp>

// Rules for it: rounding twice is rounding once.
template <class A>
struct fusor::rules::own_rule<fusor::rules::form<
    own::round_to_8_bits_operation, fusor::rules::form<own::round_to_8_bits_operation, A>>>
    : fusor::rules::becomes<fusor::rules::form<own::round_to_8_bits_operation, A>> {};

#endif  // OWN_ROUND_TO_8_BITS_HPP

// Vector code, once for each instruction set: what Highway calls a toggle, in place of a guard.
#if defined(OWN_ROUND_TO_8_BITS_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef OWN_ROUND_TO_8_BITS_TOGGLE
#undef OWN_ROUND_TO_8_BITS_TOGGLE
#else
#define OWN_ROUND_TO_8_BITS_TOGGLE
#endif

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

template <class D, class V>
HWY_INLINE V apply(own::round_to_8_bits_operation, D d, V a) {
  constexpr int dropped = own::dropped_bits<hn::TFromD<D>>;
  const hn::RebindToUnsigned<D> du;
  using bits = hn::TFromD<decltype(du)>;
  const auto at = hn::BitCast(du, a);
  const auto odd = hn::And(hn::ShiftRight<dropped>(at), hn::Set(du, 1));
  const auto half = hn::Set(du, (bits{1} << (dropped - 1)) - 1);
  const auto sum = hn::Add(at, hn::Add(half, odd));
  const auto rounded = hn::ShiftLeft<dropped>(hn::ShiftRight<dropped>(sum));
  return hn::IfThenElse(hn::IsNaN(a), a, hn::BitCast(d, rounded));
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // OWN_ROUND_TO_8_BITS_TOGGLE
