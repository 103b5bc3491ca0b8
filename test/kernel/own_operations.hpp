// SPDX-License-Identifier: BSL-1.0
// Operations of a program's own, with vector code and without.

#ifndef TEST_OWN_OPERATIONS_HPP
#define TEST_OWN_OPERATIONS_HPP

#include <cmath>
#include <cstddef>
#include <fusor/language/own_operation.hpp>
#include <type_traits>

namespace own {

/// Vector code alone, of two operands: |a - b|.
struct distance_operation : fusor::own_operation<"distance", 2> {
  template <std::size_t Operand>
  static constexpr auto derivative(auto a, auto b) {
    if constexpr (Operand == 0) {
      return sign(a - b);
    } else {
      return sign(b - a);
    }
  }
};
constexpr auto distance = [](auto a, auto b) {
  return fusor::apply_operation<distance_operation>(a, b);
};

/// Single numbers alone, of three operands, whose slopes are constants but one.
struct blend_operation : fusor::own_operation<"blend"> {
  template <class T>
  static T compute(T a, T b, T c) {
    return a + c * c + T(0) * b;
  }
  template <std::size_t Operand>
  static constexpr auto derivative(auto, auto, auto c) {
    if constexpr (Operand < 2) {
      return std::integral_constant < int, Operand == 0 ? 1 : 0 > {};
    } else {
      return 2 * c;
    }
  }
};
constexpr auto blend = [](auto a, auto b, auto c) {
  return fusor::apply_operation<blend_operation>(a, b, c);
};

/// Both; the vector code is what a kernel takes.
struct thrice_operation : fusor::own_operation<"thrice", 1> {
  template <class T>
  static T compute(T) {
    return -1;
  }
  static constexpr double fold(double a) {
    return 3 * a;
  }
};
constexpr auto thrice = [](auto a) { return fusor::apply_operation<thrice_operation>(a); };

}  // namespace own

#define FUSOR_OPERATIONS "kernel/own_operations.hpp"
#include <fusor/fusor.hpp>

template <class A>
struct fusor::rules::own_rule<
    fusor::rules::form<own::thrice_operation, fusor::rules::form<fusor::rules::op::neg, A>>>
    : fusor::rules::becomes<
          fusor::rules::form<fusor::rules::op::neg, fusor::rules::form<own::thrice_operation, A>>> {
};

#endif  // TEST_OWN_OPERATIONS_HPP

#if defined(TEST_OWN_OPERATIONS_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef TEST_OWN_OPERATIONS_TOGGLE
#undef TEST_OWN_OPERATIONS_TOGGLE
#else
#define TEST_OWN_OPERATIONS_TOGGLE
#endif

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

template <class D, class V>
HWY_INLINE V apply(own::distance_operation, D, V a, V b) {
  return hn::Abs(hn::Sub(a, b));
}
template <class D, class V>
HWY_INLINE V apply(own::thrice_operation, D d, V a) {
  return hn::Mul(set(d, 3), a);
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // TEST_OWN_OPERATIONS_TOGGLE
