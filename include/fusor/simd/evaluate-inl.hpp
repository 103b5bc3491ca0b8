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
#include "fusor/simd/math/asinh-inl.hpp"
#include "fusor/simd/math/atan-inl.hpp"
#include "fusor/simd/math/cbrt-inl.hpp"
#include "fusor/simd/math/cosh-inl.hpp"
#include "fusor/simd/math/erf-inl.hpp"
#include "fusor/simd/math/exp-inl.hpp"
#include "fusor/simd/math/exp2-inl.hpp"
#include "fusor/simd/math/exp_parts-inl.hpp"
#include "fusor/simd/math/expm1-inl.hpp"
#include "fusor/simd/math/log-inl.hpp"
#include "fusor/simd/math/log1p-inl.hpp"
#include "fusor/simd/math/log2-inl.hpp"
#include "fusor/simd/math/pow-inl.hpp"
#include "fusor/simd/math/relaxed-inl.hpp"
#include "fusor/simd/math/row_value-inl.hpp"
#include "fusor/simd/math/sigmoid-inl.hpp"
#include "fusor/simd/math/sin-inl.hpp"
#include "fusor/simd/math/softplus-inl.hpp"
#include "fusor/simd/math/tanh-inl.hpp"
#include "fusor/simd/own-inl.hpp"
#include "fusor/transform/program.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

using namespace detail;

/// What has been computed: inputs, then row values, by their positions; then forms that several
/// places need.
template <std::size_t Position>
struct at_position {};
template <class Name, class V>
struct named_value {
#if HWY_HAVE_SCALABLE
  const V& value;  // vectors of these sets are no members
#else
  V value;
#endif
};
template <class Names, class... Vs>
struct value_list;
template <class... Names, class... Vs>
struct value_list<form_list<Names...>, Vs...> : named_value<Names, Vs>... {};

template <class Name, class V>
FUSOR_INLINE V get(const named_value<Name, V>& known) {
  return known.value;
}
template <class Name, class V>
FUSOR_INLINE void put(named_value<Name, V>& known, V value) {
  known.value = value;
}

/// An operation applied to its evaluated children.
template <class Form>
struct application;

template <class Op, class... Children>
struct application<form<Op, Children...>> {
  template <class D, class Values>
  static auto evaluate_form(D d, const Values& values) {
    return apply(Op{}, d, evaluate<Children>(d, values)...);
  }
};

template <class Op, class... Children>
requires(Op::is_own) struct application<form<Op, Children...>> {
  template <class D, class Values>
  static auto evaluate_form(D d, const Values& values) {
    return apply_own(Op{}, d, evaluate<Children>(d, values)...);
  }
};

/// An operation that grows or vanishes exponentially takes what rounding its argument lost.
template <class Op, class A>
requires(Op::takes_error&& has_low<A>) struct application<form<Op, A>> {
  template <class D, class Values>
  static auto evaluate_form(D d, const Values& values) {
    hn::Vec<D> low;
    const auto a = exactly<A>::evaluate_pair(d, low, values);
    return apply(Op{}, d, a, low);
  }
};

template <class Op, class Factor, class A>
requires(Op::takes_error&& has_low<A>) struct application<form<op::times<Op>, Factor, A>> {
  template <class D, class Values>
  static auto evaluate_form(D d, const Values& values) {
    hn::Vec<D> low;
    const auto a = exactly<A>::evaluate_pair(d, low, values);
    return apply(op::times<Op>{}, d, evaluate<Factor>(d, values), a, low);
  }
};

template <class Op, class A>
requires(!Op::takes_error || !has_low<A>) struct application<form<op::times<Op>, A, A>> {
  template <class D, class Values>
  static auto evaluate_form(D d, const Values& values) {
    return apply_to_itself(op::times<Op>{}, d, evaluate<A>(d, values));
  }
};

/// L expm1(A / L): both L are the same number, as far as the type holds it.
template <std::uint64_t Bits, class A>
struct application<form<op::times<op::expm1_of_negative>, lit<Bits>, form<op::div, A, lit<Bits>>>> {
  template <class D, class Values>
  static auto evaluate_form(D d, const Values& values) {
    constexpr double rounded = static_cast<double>(static_cast<lane<D>>(lit<Bits>::value));
    using quotient = form<op::div, A, lit<bits_of(rounded)>>;
    hn::Vec<D> low;
    const auto a = exactly<quotient>::evaluate_pair(d, low, values);
    return apply(op::times<op::expm1_of_negative>{}, d, set(d, rounded), a, low);
  }
};

/// What shares exponentials where their arguments are usual, in all lanes or in some.
template <class General, class... As, class Shared>
struct application<form<op::where_usual<General, As...>, Shared>> {
  template <class D, class Values>
  static auto evaluate_form(D d, const Values& values) {
    const auto usual = is_usual(d, evaluate<As>(d, values)...);
    const auto shared = evaluate<Shared>(d, values);
    if (HWY_LIKELY(hn::AllTrue(d, usual))) return shared;
    return hn::IfThenElse(usual, shared, evaluate<General>(d, values));
  }
};

/// Arithmetic of double words, rounded; or what that lost.
template <class A, bool IsLow>
struct word_application {
  template <class D, class Values>
  static auto evaluate_form(D d, const Values& values) {
    hn::Vec<D> low;
    auto high = exactly<A>::evaluate_pair(d, low, values);
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
  template <class D, class Values>
  static auto evaluate_form(D d, const Values& values) {
    const auto a = evaluate<A>(d, values);
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

template <class Form>
struct leaf;

template <std::size_t Index>
struct leaf<in<Index>> {
  template <class D, class Values>
  static FUSOR_INLINE auto evaluate_leaf(D, const Values& values) {
    return get<at_position<Index>>(values);
  }
};

template <std::size_t Index>
struct leaf<row<Index>> : leaf<in<Index>> {};

template <std::uint64_t Bits>
struct leaf<lit<Bits>> {
  template <class D, class Values>
  static FUSOR_INLINE auto evaluate_leaf(D d, const Values&) {
    return set(d, lit<Bits>::value);
  }
};

/// The value of a form: computed before, or computed now.
template <class Form, class D, class Values>
auto evaluate(D d, const Values& values) {
  if constexpr (is_leaf<Form>) {
    return leaf<Form>::evaluate_leaf(d, values);
  } else if constexpr (requires { get<Form>(values); }) {
    return get<Form>(values);
  } else {
    return application<Form>::evaluate_form(d, values);
  }
}

template <class... Forms, std::size_t... I, class... Vs>
FUSOR_INLINE auto list_values(form_list<Forms...>, std::index_sequence<I...>, const Vs&... values) {
  return value_list<form_list<at_position<I>..., Forms...>, Vs...>{{values}...};
}

/// The value of a form from inputs, row values and those of the forms of a list.
template <class Form, class... Known, class D, class... Values>
FUSOR_INLINE auto evaluate_from(form_list<Known...> known, D d, Values... values) {
  constexpr auto positions = std::make_index_sequence<sizeof...(Values) - sizeof...(Known)>{};
  return evaluate<Form>(d, list_values(known, positions, values...));
}

/// Something of the type that evaluating a form gives.
template <class Form>
struct place_of {
  template <class D>
  static FUSOR_INLINE hn::Vec<D> make(D d) {
    return hn::Zero(d);
  }
};
template <class Op, class... Children>
requires(Op::is_condition) struct place_of<form<Op, Children...>> {
  template <class D>
  static FUSOR_INLINE hn::Mask<D> make(D d) {
    return hn::MaskFromVec(hn::Zero(d));
  }
};

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_EVALUATE_TOGGLE
