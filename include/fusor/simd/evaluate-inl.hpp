// SPDX-License-Identifier: BSL-1.0
// From a form to a vector: every operation of the form becomes a few instructions.

#if defined(FUSOR_SIMD_EVALUATE_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_EVALUATE_TOGGLE
#undef FUSOR_SIMD_EVALUATE_TOGGLE
#else
#define FUSOR_SIMD_EVALUATE_TOGGLE
#endif

#include "fusor/simd/exactly-inl.hpp"
#include "fusor/simd/math/arithmetic-inl.hpp"
#include "fusor/simd/math/cosh-inl.hpp"
#include "fusor/simd/math/erf-inl.hpp"
#include "fusor/simd/math/exp-inl.hpp"
#include "fusor/simd/math/expm1-inl.hpp"
#include "fusor/simd/math/log-inl.hpp"
#include "fusor/simd/math/log1p-inl.hpp"
#include "fusor/simd/math/row_value-inl.hpp"
#include "fusor/simd/math/sigmoid-inl.hpp"
#include "fusor/simd/math/softplus-inl.hpp"
#include "fusor/simd/math/tanh-inl.hpp"
#include "fusor/transform/program.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

using namespace detail;

/// The value at position `I` of a pack.
template <std::size_t I, class First, class... Rest>
auto pick(First first, Rest... rest) {
  if constexpr (I == 0) {
    return first;
  } else {
    return pick<I - 1>(rest...);
  }
}

/// An operation applied to its evaluated children.
template <class Form>
struct application;

template <class Op, class... Children>
struct application<form<Op, Children...>> {
  template <class Known, class D, class... Values>
  static auto evaluate_form(D d, Values... values) {
    return apply(Op{}, d, evaluate<Children, Known>(d, values...)...);
  }
};

/// An operation that grows or vanishes exponentially takes what rounding its argument lost.
template <class Op, class A>
requires(Op::takes_error&& has_low<A>) struct application<form<Op, A>> {
  template <class Known, class D, class... Values>
  static auto evaluate_form(D d, Values... values) {
    hn::Vec<D> low;
    const auto a = exactly<A>::template evaluate_pair<Known>(d, low, values...);
    return apply(Op{}, d, a, low);
  }
};

template <class Op, class Factor, class A>
requires(Op::takes_error&& has_low<A>) struct application<form<op::times<Op>, Factor, A>> {
  template <class Known, class D, class... Values>
  static auto evaluate_form(D d, Values... values) {
    hn::Vec<D> low;
    const auto a = exactly<A>::template evaluate_pair<Known>(d, low, values...);
    return apply(op::times<Op>{}, d, evaluate<Factor, Known>(d, values...), a, low);
  }
};

template <class Op, class A>
requires(!Op::takes_error || !has_low<A>) struct application<form<op::times<Op>, A, A>> {
  template <class Known, class D, class... Values>
  static auto evaluate_form(D d, Values... values) {
    return apply_to_itself(op::times<Op>{}, d, evaluate<A, Known>(d, values...));
  }
};

/// Arithmetic of double words, rounded; or what that lost.
template <class A, bool IsLow>
struct word_application {
  template <class Known, class D, class... Values>
  static auto evaluate_form(D d, Values... values) {
    hn::Vec<D> low;
    auto high = exactly<A>::template evaluate_pair<Known>(d, low, values...);
    tidy_pair(high, low);
    return IsLow ? low : high;
  }
};
template <class A>
struct application<form<op::rounded, A>> : word_application<A, false> {};
template <class A>
struct application<form<op::high_word, A>> : word_application<A, false> {};
template <class A>
struct application<form<op::low_word, A>> : word_application<A, true> {};

/// Division by a literal: two instructions that are almost always correctly rounded, where there is
/// a fused multiply-add.
template <class A, std::uint64_t Bits>
requires(is_invertible<lit<Bits>>) struct application<form<op::div, A, lit<Bits>>> {
  template <class Known, class D, class... Values>
  static auto evaluate_form(D d, Values... values) {
    const auto a = evaluate<A, Known>(d, values...);
#if HWY_NATIVE_FMA
    constexpr reciprocal_parts<lane<D>> inverse(lit<Bits>::value);
    if constexpr (inverse.low == 0) {
      return hn::Mul(a, set(d, inverse.high));
    } else {
      return hn::MulAdd(a, set(d, inverse.high), hn::Mul(a, set(d, inverse.low)));
    }
#else
    return hn::Div(a, set(d, lit<Bits>::value));
#endif
  }
};

/// hypot with a literal of ordinary size: its square is known, and so is that it does not matter
/// where the square of the other would overflow.
template <class A, std::uint64_t Bits>
requires(op::clamp::fold(lit<Bits>::value, 0x1p-40, 0x1p40) ==
         lit<Bits>::value) struct application<form<op::hypot, A, lit<Bits>>> {
  template <class Known, class D, class... Values>
  static auto evaluate_form(D d, Values... values) {
    constexpr double number = lit<Bits>::value;
    const auto a = evaluate<A, Known>(d, values...);
    const auto size = hn::Abs(a);
    const auto root = square_root(hn::MulAdd(a, a, set(d, number * number)));
    const auto huge = set(d, sizeof(lane<D>) == 4 ? 0x1p60 : 0x1p500);
    return hn::IfThenElse(hn::Gt(size, huge), size, root);
  }
};

template <class Form>
struct leaf;

template <std::size_t Index>
struct leaf<in<Index>> {
  template <class D, class... Values>
  static auto evaluate_leaf(D, Values... values) {
    return pick<Index>(values...);
  }
};

template <std::size_t Index>
struct leaf<row<Index>> : leaf<in<Index>> {};

template <std::uint64_t Bits>
struct leaf<lit<Bits>> {
  template <class D, class... Values>
  static auto evaluate_leaf(D d, Values...) {
    return set(d, lit<Bits>::value);
  }
};

/// The value of a form: from `values`, which hold the inputs and then the forms of the list `Known`
/// that were computed before, or computed now.
template <class Form, class Known, class D, class... Values>
auto evaluate(D d, Values... values) {
  constexpr std::size_t position = position_in<Form, Known>;
  if constexpr (position < Known::size) {
    return pick<sizeof...(Values) - Known::size + position>(values...);
  } else if constexpr (is_leaf<Form>) {
    return leaf<Form>::evaluate_leaf(d, values...);
  } else {
    return application<Form>::template evaluate_form<Known>(d, values...);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_EVALUATE_TOGGLE
