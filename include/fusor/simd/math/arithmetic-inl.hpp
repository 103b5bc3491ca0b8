// SPDX-License-Identifier: BSL-1.0
// The operations that are a few instructions: arithmetic, comparisons, selection.

#if defined(FUSOR_SIMD_MATH_ARITHMETIC_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_MATH_ARITHMETIC_TOGGLE
#undef FUSOR_SIMD_MATH_ARITHMETIC_TOGGLE
#else
#define FUSOR_SIMD_MATH_ARITHMETIC_TOGGLE
#endif

#include "fusor/language/operation.hpp"
#include "fusor/simd/math/error_free-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

template <class D, class V>
HWY_INLINE V apply(op::add, D, V a, V b) {
  return hn::Add(a, b);
}

template <class D, class V>
HWY_INLINE V apply(op::sub, D, V a, V b) {
  return hn::Sub(a, b);
}

template <class D, class V>
HWY_INLINE V apply(op::mul, D, V a, V b) {
  return hn::Mul(a, b);
}

template <class D, class V>
HWY_INLINE V apply(op::div, D, V a, V b) {
  return hn::Div(a, b);
}

template <class D, class V>
HWY_INLINE V apply(op::with_sign_of, D, V a, V b) {
  return hn::CopySign(a, b);
}

/// By an estimate of 1 / b and what that leaves of a, where the estimate has 14 bits: within 0.6
/// ULP. On Intel's processors that takes half the time of a division.
template <class D, class V>
HWY_INLINE V apply(op::quotient, D, V a, V b) {
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3
  if constexpr (sizeof(lane<D>) == 4) {
    const V inverse = hn::ApproximateReciprocal(b);
    const V near = hn::Mul(a, inverse);
    return hn::NegMulAdd(hn::MulSub(near, b, a), inverse, near);
  }
#endif
  return hn::Div(a, b);
}

template <class D, class V>
HWY_INLINE V apply(op::neg, D, V a) {
  return hn::Neg(a);
}

template <class D, class V>
HWY_INLINE V apply(op::mul_add, D, V a, V b, V c) {
  return hn::MulAdd(a, b, c);
}

template <class D, class V>
HWY_INLINE V apply(op::mul_sub, D, V a, V b, V c) {
  return hn::MulSub(a, b, c);
}

template <class D, class V>
HWY_INLINE V apply(op::neg_mul_add, D, V a, V b, V c) {
  return hn::NegMulAdd(a, b, c);
}

template <class D, class V>
HWY_INLINE auto apply(op::less, D, V a, V b) {
  return hn::Lt(a, b);
}

template <class D, class V>
HWY_INLINE auto apply(op::less_equal, D, V a, V b) {
  return hn::Le(a, b);
}

template <class D, class V>
HWY_INLINE auto apply(op::greater, D, V a, V b) {
  return hn::Gt(a, b);
}

template <class D, class V>
HWY_INLINE auto apply(op::greater_equal, D, V a, V b) {
  return hn::Ge(a, b);
}

template <class D, class V>
HWY_INLINE auto apply(op::equal, D, V a, V b) {
  return hn::Eq(a, b);
}

template <class D, class V>
HWY_INLINE auto apply(op::not_equal, D, V a, V b) {
  return hn::Not(hn::Eq(a, b));  // hn::Ne is false for NaN on AVX
}

template <class D, class M>
HWY_INLINE M apply(op::logical_and, D, M a, M b) {
  return hn::And(a, b);
}

template <class D, class M>
HWY_INLINE M apply(op::logical_or, D, M a, M b) {
  return hn::Or(a, b);
}

template <class D, class M>
HWY_INLINE M apply(op::logical_not, D, M a) {
  return hn::Not(a);
}

template <class D, class M, class V>
HWY_INLINE V apply(op::where, D, M condition, V a, V b) {
  return hn::IfThenElse(condition, a, b);
}

template <class D, class V>
HWY_INLINE V apply(op::abs, D, V a) {
  return hn::Abs(a);
}

template <class D, class V>
HWY_INLINE V apply(op::min, D d, V a, V b) {
  return hn::IfThenElse(hn::IsNaN(a), a, at_most(d, a, b));
}

template <class D, class V>
HWY_INLINE V apply(op::max, D d, V a, V b) {
  return hn::IfThenElse(hn::IsNaN(a), a, at_least(d, a, b));
}

template <class D, class V>
HWY_INLINE V apply(op::at_most, D d, V a, V bound) {
  return at_most(d, bound, a);
}

template <class D, class V>
HWY_INLINE V apply(op::at_least, D d, V a, V bound) {
  return at_least(d, bound, a);
}

template <class D, class V>
HWY_INLINE V apply(op::clamp, D d, V a, V low, V high) {
  return apply(op::min{}, d, high, apply(op::max{}, d, low, a));
}

template <class D, class V>
HWY_INLINE V apply(op::sqrt, D, V a) {
  return square_root(a);
}

#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3
/// An estimate, within 2^-14, and Newton's step, of third order where one step is not enough: half
/// the time of a root and a division, and closer. Where the estimate is 0 or infinite, it is exact.
template <class D, class V>
HWY_INLINE V apply(op::rsqrt, D d, V a) {
  const V one = set(d, 1);
  const V half = set(d, 0.5);
  V estimate, near;
  if constexpr (sizeof(lane<D>) == 4) {
    estimate = V{_mm512_rsqrt14_ps(a.raw)};
    near = estimate;
  } else {
    estimate = V{_mm512_rsqrt14_pd(a.raw)};
    const V rest = hn::NegMulAdd(hn::Mul(a, estimate), estimate, one);
    near = hn::MulAdd(hn::Mul(rest, hn::MulAdd(rest, set(d, 0.375), half)), estimate, estimate);
  }
  const V rest = hn::NegMulAdd(hn::Mul(a, near), near, one);
  return hn::IfThenElse(hn::Eq(rest, rest), hn::MulAdd(hn::Mul(rest, half), near, near), estimate);
}
#else
template <class D, class V>
HWY_INLINE V apply(op::rsqrt, D d, V a) {
  return hn::Div(set(d, 1), square_root(a));
}
#endif

template <class D, class V>
HWY_INLINE V apply(op::square, D, V a) {
  return hn::Mul(a, a);
}

template <class D, class V>
HWY_INLINE V apply(op::sign, D d, V a) {
  const auto nonzero = hn::Gt(hn::Abs(a), hn::Zero(d));
  return hn::IfThenElse(nonzero, hn::CopySign(set(d, 1), a), a);
}

// One instruction each, where Highway's functions are one; elsewhere they give +0 for what is
// rounded to -0.
#if (HWY_ARCH_X86 && HWY_TARGET <= HWY_SSE4) || HWY_ARCH_ARM_A64
template <class D, class V>
HWY_INLINE V apply(op::round, D, V a) {
  return hn::Round(a);
}
template <class D, class V>
HWY_INLINE V apply(op::floor, D, V a) {
  return hn::Floor(a);
}
template <class D, class V>
HWY_INLINE V apply(op::ceil, D, V a) {
  return hn::Ceil(a);
}
template <class D, class V>
HWY_INLINE V apply(op::trunc, D, V a) {
  return hn::Trunc(a);
}
#else
/// The whole number, or a itself where it is one because it is large, and where it is NaN.
template <class D, class V>
HWY_INLINE V whole_or_large(D d, V a, V whole) {
  const V least_large = set(d, sizeof(lane<D>) == 4 ? 0x1p23 : 0x1p52);
  return hn::IfThenElse(hn::Lt(hn::Abs(a), least_large), hn::CopySign(whole, a), a);
}
template <class D, class V>
HWY_INLINE V nearest_to(D d, V a) {
  const V shift = hn::CopySign(set(d, sizeof(lane<D>) == 4 ? 0x1p23 : 0x1p52), a);
  return hn::Sub(hn::Add(a, shift), shift);
}
template <class D, class V>
HWY_INLINE V apply(op::round, D d, V a) {
  return whole_or_large(d, a, nearest_to(d, a));
}
template <class D, class V>
HWY_INLINE V apply(op::floor, D d, V a) {
  const V whole = nearest_to(d, a);
  const V less = hn::IfThenElseZero(hn::Gt(whole, a), set(d, 1));
  return whole_or_large(d, a, hn::Sub(whole, less));
}
template <class D, class V>
HWY_INLINE V apply(op::ceil, D d, V a) {
  const V whole = nearest_to(d, a);
  const V more = hn::IfThenElseZero(hn::Lt(whole, a), set(d, 1));
  return whole_or_large(d, a, hn::Add(whole, more));
}
template <class D, class V>
HWY_INLINE V apply(op::trunc, D d, V a) {
  const V size = hn::Abs(a);
  const V whole = nearest_to(d, size);
  const V less = hn::IfThenElseZero(hn::Gt(whole, size), set(d, 1));
  return whole_or_large(d, a, hn::Sub(whole, less));
}
#endif

template <class D, class V>
HWY_INLINE V apply(op::hypot, D d, V a, V b) {
  constexpr bool single = sizeof(lane<D>) == 4;
  // So that the square of the smallest number is none of the subnormal ones.
  constexpr double grow = single ? 0x1p100 : 0x1p600;
  constexpr double shrink = single ? 0x1p-70 : 0x1p-600;
  const V larger = apply(op::max{}, d, hn::Abs(a), hn::Abs(b));
  const auto huge = hn::Gt(larger, set(d, single ? 0x1p60 : 0x1p500));
  const auto tiny = hn::Lt(larger, set(d, single ? 0x1p-40 : 0x1p-400));
  const V one = set(d, 1);
  const V factor = hn::IfThenElse(huge, set(d, shrink), hn::IfThenElse(tiny, set(d, grow), one));
  const V inverse =
      hn::IfThenElse(huge, set(d, 1 / shrink), hn::IfThenElse(tiny, set(d, 1 / grow), one));
  const V a_scaled = hn::Mul(a, factor);
  const V b_scaled = hn::Mul(b, factor);
  return hn::Mul(square_root(hn::MulAdd(a_scaled, a_scaled, hn::Mul(b_scaled, b_scaled))), inverse);
}

template <class D, class V>
HWY_INLINE V apply(op::hypot_of_square, D d, V a, V square) {
  V lost;
  const V root = square_root(sum_with_product(d, square, a, a, lost));
  const V size = hn::Abs(a);
  const V huge = set(d, sizeof(lane<D>) == 4 ? 0x1p60 : 0x1p500);
  return hn::IfThenElse(hn::Gt(size, huge), size, root);
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MATH_ARITHMETIC_TOGGLE
