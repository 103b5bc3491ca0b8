// SPDX-License-Identifier: BSL-1.0
// Sums and products with what rounding them loses, and pairs of a value and its low part.

#if defined(FUSOR_SIMD_MATH_ERROR_FREE_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_MATH_ERROR_FREE_TOGGLE
#undef FUSOR_SIMD_MATH_ERROR_FREE_TOGGLE
#else
#define FUSOR_SIMD_MATH_ERROR_FREE_TOGGLE
#endif

#include "fusor/simd/math/vector-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// a + b, with what rounding lost in `error` (Knuth).
template <class V>
HWY_INLINE V two_sum(V a, V b, V& error) {
  const V sum = hn::Add(a, b);
  const V part = hn::Sub(sum, a);
  error = hn::Add(hn::Sub(a, hn::Sub(sum, part)), hn::Sub(b, part));
  return sum;
}

/// The low part of a sum; 0 where it is NaN because the sum is infinite.
template <class V>
HWY_INLINE V number_or_zero(V low) {
  return hn::IfThenElseZero(hn::Eq(low, low), low);
}

/// `value`, or `instead` where it is NaN, as the difference of infinities is.
template <class V>
HWY_INLINE V number_or(V value, V instead) {
  return hn::IfThenElse(hn::Eq(value, value), value, instead);
}

/// Makes value + low a pair: the value is their sum, rounded.
template <class V>
HWY_INLINE void tidy_pair(V& value, V& low) {
  low = number_or_zero(low);
  V error;
  const V sum = two_sum(value, low, error);
  low = number_or_zero(error);
  value = sum;
}

/// a * b, which a compiler does not fuse into a sum that follows, as GCC would a plain one: where
/// there is a fused multiply-add, it is one. -0 keeps the sign of a zero.
template <class D, class V>
HWY_INLINE V unfused_product(D d, V a, V b) {
  return hn::MulAdd(a, b, set(d, -0.0));
}

/// a * b, with what rounding lost in `error` (Dekker, or one instruction where there is a fused
/// multiply-add).
template <class D, class V>
HWY_INLINE V two_product(D d, V a, V b, V& error) {
#if !HWY_NATIVE_FMA
  const V splitter = set(d, floating<lane<D>>::splitter);
  const V a_shifted = hn::Mul(a, splitter);
  const V a_high = hn::Sub(a_shifted, hn::Sub(a_shifted, a));
  const V a_low = hn::Sub(a, a_high);
  const V b_shifted = hn::Mul(b, splitter);
  const V b_high = hn::Sub(b_shifted, hn::Sub(b_shifted, b));
  const V b_low = hn::Sub(b, b_high);
  const V product = hn::Mul(a, b);
  error = hn::Add(hn::Sub(hn::Mul(a_high, b_high), product), hn::Mul(a_high, b_low));
  error = hn::Add(hn::Add(error, hn::Mul(a_low, b_high)), hn::Mul(a_low, b_low));
  return product;
#else
  // Fused into a sum that follows, it would no longer be what `error` belongs to.
  const V product = unfused_product(d, a, b);
  error = hn::MulSub(a, b, product);
  return product;
#endif
}

/// a * b + c, where c is the smaller and the product is not rounded by itself.
template <class D, class V>
HWY_INLINE V product_plus(D d, V a, V b, V c) {
#if HWY_NATIVE_FMA
  (void)d;
  return hn::MulAdd(a, b, c);
#else
  V error;
  const V product = two_product(d, a, b, error);
  // Zeros keep their signs.
  const auto is_zero = hn::Eq(product, hn::Zero(d));
  return hn::Add(product, hn::IfThenElse(is_zero, c, hn::Add(number_or_zero(error), c)));
#endif
}

/// start + a * b, rounded once, with what that lost in `error`.
template <class D, class V>
HWY_INLINE V sum_with_product(D d, V start, V a, V b, V& error) {
#if HWY_NATIVE_FMA
  (void)d;
  const V sum = hn::MulAdd(a, b, start);
  error = hn::MulAdd(a, b, hn::Sub(start, sum));
#else
  V product_error, rest;
  const V product = two_product(d, a, b, product_error);
  const V near = two_sum(start, product, rest);
  const V low = number_or_zero(hn::Add(rest, product_error));
  const V sum = hn::IfThenElse(hn::Eq(near, hn::Zero(d)), near, hn::Add(near, low));
  error = hn::Add(hn::Sub(near, sum), low);
#endif
  return sum;
}

/// c - a * b, where the product is close to c: without the rounding of the product.
template <class D, class V>
HWY_INLINE V residual_of_product(D d, V a, V b, V c) {
#if HWY_NATIVE_FMA
  (void)d;
  return hn::NegMulAdd(a, b, c);
#else
  V error;
  const V product = two_product(d, a, b, error);
  return hn::Sub(hn::Sub(c, product), error);
#endif
}

/// Stands for the low part of a value that is exact.
struct no_low {};

/// `low`, or 0 where the value is beyond the limit: there it may be NaN and does not matter.
template <class D, class V>
HWY_INLINE V low_within(D d, V value, V low, double limit) {
  return hn::IfThenElseZero(hn::Lt(hn::Abs(value), set(d, limit)), low);
}
template <class D, class V>
HWY_INLINE no_low low_within(D, V, no_low, double) {
  return {};
}

template <class V>
HWY_INLINE V add_low(V value, V low) {
  return hn::Add(value, low);
}
template <class V>
HWY_INLINE V add_low(V value, no_low) {
  return value;
}

/// value - a b + low, where the product is small.
template <class D, class V>
HWY_INLINE V less_product(D, V value, V a, V b, V low) {
  return hn::Add(value, hn::NegMulAdd(a, b, low));
}
template <class D, class V>
HWY_INLINE V less_product(D, V value, V a, V b, no_low) {
  return hn::NegMulAdd(a, b, value);
}

template <class V>
HWY_INLINE V negate(V value) {
  return hn::Neg(value);
}
HWY_INLINE no_low negate(no_low) {
  return {};
}

/// The low part of a value whose sign changes in some lanes.
template <class M, class V>
HWY_INLINE V negate_where(M mask, V low) {
  return hn::IfThenElse(mask, hn::Neg(low), low);
}
template <class M>
HWY_INLINE no_low negate_where(M, no_low) {
  return {};
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MATH_ERROR_FREE_TOGGLE
