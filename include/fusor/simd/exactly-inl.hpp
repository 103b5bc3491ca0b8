// SPDX-License-Identifier: BSL-1.0
// From a form to two vectors: its value, and what rounding it lost.

#if defined(FUSOR_SIMD_EXACTLY_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_EXACTLY_TOGGLE
#undef FUSOR_SIMD_EXACTLY_TOGGLE
#else
#define FUSOR_SIMD_EXACTLY_TOGGLE
#endif

#include "fusor/simd/inline.hpp"
#include "fusor/simd/math/arithmetic-inl.hpp"
#include "fusor/simd/math/error_free-inl.hpp"
#include "fusor/transform/program.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

using namespace detail;

template <class Form, class D, class Values>
auto evaluate(D d, const Values& values);

/// A form in twice the precision: the rounded value, and in `low` what rounding lost. Only sums,
/// products and literals have a low part; everything else counts as exact.
template <class Form>
struct exactly {
  template <class D, class Values>
  static hn::Vec<D> evaluate_pair(D d, hn::Vec<D>& low, const Values& values) {
    low = hn::Zero(d);
    return evaluate<Form>(d, values);
  }
};

template <std::uint64_t Bits>
struct exactly<lit<Bits>> {
  template <class D, class Values>
  static hn::Vec<D> evaluate_pair(D d, hn::Vec<D>& low, const Values&) {
    constexpr double number = lit<Bits>::value;
    low = set(d, number - static_cast<double>(static_cast<lane<D>>(number)));
    return set(d, number);
  }
};

template <class A>
struct exactly<form<op::neg, A>> {
  template <class D, class Values>
  static hn::Vec<D> evaluate_pair(D d, hn::Vec<D>& low, const Values& values) {
    hn::Vec<D> a_low;
    const auto a = exactly<A>::evaluate_pair(d, a_low, values);
    low = hn::Neg(a_low);
    return hn::Neg(a);
  }
};

// The compiler may not drop a sum with a low part that is 0, so it is not written where it is
// known.
template <class A, class B, class D, class V>
V pair_product(D d, V a, V a_low, V b, V b_low, V& low) {
  const V product = two_product(d, a, b, low);
  if constexpr (has_low_part<A>) low = hn::MulAdd(a_low, b, low);
  if constexpr (has_low_part<B>) low = hn::MulAdd(a, b_low, low);
  return product;
}

template <class A, class B, class V>
V pair_sum(V a, V a_low, V b, V b_low, V& low) {
  const V sum = two_sum(a, b, low);
  if constexpr (has_low_part<A>) low = hn::Add(low, a_low);
  if constexpr (has_low_part<B>) low = hn::Add(low, b_low);
  return sum;
}

template <class A, class B>
struct exactly<form<op::mul, A, B>> {
  template <class D, class Values>
  static hn::Vec<D> evaluate_pair(D d, hn::Vec<D>& low, const Values& values) {
    hn::Vec<D> a_low, b_low;
    const auto a = exactly<A>::evaluate_pair(d, a_low, values);
    const auto b = exactly<B>::evaluate_pair(d, b_low, values);
    return pair_product<A, B>(d, a, a_low, b, b_low, low);
  }
};

template <class A, std::uint64_t Bits>
requires(is_invertible<lit<Bits>>) struct exactly<form<op::div, A, lit<Bits>>> {
  template <class D, class Values>
  static hn::Vec<D> evaluate_pair(D d, hn::Vec<D>& low, const Values& values) {
    constexpr reciprocal_parts<lane<D>> inverse(lit<Bits>::value);
    hn::Vec<D> a_low;
    const auto a = exactly<A>::evaluate_pair(d, a_low, values);
    const auto high = set(d, inverse.high);
    const auto quotient = two_product(d, a, high, low);
    if constexpr (has_low_part<A>) low = hn::MulAdd(a_low, high, low);
    if constexpr (inverse.low != 0) low = hn::MulAdd(a, set(d, inverse.low), low);
    return quotient;
  }
};

template <class A, class B>
struct exactly<form<op::div, A, B>> {
  template <class D, class Values>
  static hn::Vec<D> evaluate_pair(D d, hn::Vec<D>& low, const Values& values) {
    hn::Vec<D> a_low, b_low;
    const auto a = exactly<A>::evaluate_pair(d, a_low, values);
    const auto b = exactly<B>::evaluate_pair(d, b_low, values);
    const auto quotient = hn::Div(a, b);
    auto rest = residual_of_product(d, quotient, b, a);
    if constexpr (has_low_part<A>) rest = hn::Add(rest, a_low);
    if constexpr (has_low_part<B>) rest = hn::NegMulAdd(quotient, b_low, rest);
    low = hn::Div(rest, b);
    return quotient;
  }
};

template <class High, class Low>
struct exactly<form<op::double_word, High, Low>> {
  template <class D, class Values>
  static hn::Vec<D> evaluate_pair(D d, hn::Vec<D>& low, const Values& values) {
    low = evaluate<Low>(d, values);
    return evaluate<High>(d, values);
  }
};

template <class A>
struct exactly<form<op::square, A>> : exactly<form<op::mul, A, A>> {};

template <class A, class B>
struct exactly<form<op::add, A, B>> {
  template <class D, class Values>
  static hn::Vec<D> evaluate_pair(D d, hn::Vec<D>& low, const Values& values) {
    hn::Vec<D> a_low, b_low;
    const auto a = exactly<A>::evaluate_pair(d, a_low, values);
    const auto b = exactly<B>::evaluate_pair(d, b_low, values);
    return pair_sum<A, B>(a, a_low, b, b_low, low);
  }
};

template <class A, class B>
struct exactly<form<op::sub, A, B>> : exactly<form<op::add, A, form<op::neg, B>>> {};
template <class A, class B, class C>
struct exactly<form<op::mul_add, A, B, C>> : exactly<form<op::add, form<op::mul, A, B>, C>> {};
template <class A, class B, class C>
struct exactly<form<op::mul_sub, A, B, C>> : exactly<form<op::sub, form<op::mul, A, B>, C>> {};
template <class A, class B, class C>
struct exactly<form<op::neg_mul_add, A, B, C>> : exactly<form<op::sub, C, form<op::mul, A, B>>> {};

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_EXACTLY_TOGGLE
