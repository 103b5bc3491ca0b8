// SPDX-License-Identifier: BSL-1.0
// Building blocks of the vector operations: constants, powers of two, polynomials, error-free sums
// and products. Included once per instruction set.

#if defined(FUSOR_SIMD_MATH_VECTOR_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_MATH_VECTOR_TOGGLE
#undef FUSOR_SIMD_MATH_VECTOR_TOGGLE
#else
#define FUSOR_SIMD_MATH_VECTOR_TOGGLE
#endif

#include <hwy/highway.h>

#include <bit>
#include <cstddef>

#include "fusor/language/operation.hpp"
#include "fusor/simd/math/coefficients.hpp"
#include "fusor/simd/math/floating.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
namespace op = detail::op;
namespace coefficients = detail::coefficients;
using detail::floating;

template <class D>
using lane = hn::TFromD<D>;

/// The number in every lane, rounded to the type of a lane.
template <class D>
HWY_INLINE hn::Vec<D> set(D d, double value) {
  return hn::Set(d, static_cast<lane<D>>(value));
}

/// min and max against a bound that is not NaN; a NaN in `v` stays.
template <class D, class V>
HWY_INLINE V at_least(D d, V bound, V v) {
  (void)d;
#if HWY_ARCH_X86 && HWY_TARGET != HWY_EMU128 && HWY_TARGET != HWY_SCALAR
  return hn::Max(bound, v);  // maxps gives its second operand when one is NaN
#else
  return hn::IfThenElse(hn::Lt(v, bound), bound, v);
#endif
}

template <class D, class V>
HWY_INLINE V at_most(D d, V bound, V v) {
  (void)d;
#if HWY_ARCH_X86 && HWY_TARGET != HWY_EMU128 && HWY_TARGET != HWY_SCALAR
  return hn::Min(bound, v);
#else
  return hn::IfThenElse(hn::Lt(bound, v), bound, v);
#endif
}

/// |v|, or the NaN that v is, with its sign; and the negative of that.
template <class D, class V>
HWY_INLINE V size_of(D d, V v) {
  return at_least(d, hn::Neg(v), v);
}
template <class D, class V>
HWY_INLINE V negative_size_of(D d, V v) {
  return at_most(d, hn::Neg(v), v);
}

/// 2^k for whole k in the range of normal exponents.
template <class D, class V>
HWY_INLINE V pow2(D d, V k) {
  using T = lane<D>;
  const hn::RebindToUnsigned<D> du;
  // The sum holds k in its low bits; the shift moves it into the exponent.
  const auto shifted = hn::ShiftLeft<floating<T>::mantissa_bits>(
      hn::BitCast(du, hn::Add(k, set(d, floating<T>::round))));
  return hn::BitCast(d, hn::Add(shifted, hn::BitCast(du, set(d, 1.0))));
}

/// Whether one instruction multiplies by a power of two, rounding once.
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3
inline constexpr bool has_scale = true;
#else
inline constexpr bool has_scale = false;
#endif

/// v * 2^k for whole k, rounded once. |k| may be up to twice the range of normal exponents.
template <class D, class V>
HWY_INLINE V scale(D d, V v, V k) {
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3
  (void)d;
  if constexpr (sizeof(lane<D>) == 4) {
    return hn::Vec<D>{_mm512_scalef_ps(v.raw, k.raw)};
  } else {
    return hn::Vec<D>{_mm512_scalef_pd(v.raw, k.raw)};
  }
#else
  const auto round = set(d, floating<lane<D>>::round);
  const auto third = hn::Sub(hn::MulAdd(k, set(d, 1.0 / 3), round), round);
  const auto factor = pow2(d, third);
  const auto rest = pow2(d, hn::Sub(k, hn::Add(third, third)));
  return hn::Mul(hn::Mul(hn::Mul(v, factor), factor), rest);
#endif
}

/// v * 2^k for whole k in the range of normal exponents.
template <class D, class V>
HWY_INLINE V scale_normal(D d, V v, V k) {
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3
  return scale(d, v, k);
#else
  return hn::Mul(v, pow2(d, k));
#endif
}

/// The square root, correctly rounded. Clang before 19 gives the intrinsic the options of the file,
/// whatever the pragma of precise_begin.hpp says, and with -ffast-math makes an estimate of it.
template <class V>
HWY_INLINE V square_root(V v) {
#if defined(__clang__) && __clang_major__ < 19 && HWY_ARCH_X86 && \
    (defined(__FAST_MATH__) || __FINITE_MATH_ONLY__) && HWY_TARGET != HWY_EMU128
  constexpr bool single = sizeof(hn::TFromV<V>) == 4;
#if HWY_TARGET == HWY_SCALAR
  if constexpr (single) {
    asm("sqrtss %1, %0" : "=x"(v.raw) : "x"(v.raw));
  } else {
    asm("sqrtsd %1, %0" : "=x"(v.raw) : "x"(v.raw));
  }
#elif HWY_TARGET <= HWY_AVX2
  if constexpr (single) {
    asm("vsqrtps %1, %0" : "=v"(v.raw) : "v"(v.raw));
  } else {
    asm("vsqrtpd %1, %0" : "=v"(v.raw) : "v"(v.raw));
  }
#else
  if constexpr (single) {
    asm("sqrtps %1, %0" : "=x"(v.raw) : "x"(v.raw));
  } else {
    asm("sqrtpd %1, %0" : "=x"(v.raw) : "x"(v.raw));
  }
#endif
  return v;
#else
  return hn::Sqrt(v);
#endif
}

/// c[0] + c[1] v + c[2] v^2 + ..., by Horner's rule.
template <std::size_t I = 0, class D, class V, std::size_t Size>
HWY_INLINE V polynomial(D d, V v, const lane<D> (&c)[Size]) {
  if constexpr (I + 1 == Size) {
    return hn::Set(d, c[I]);
  } else {
    return hn::MulAdd(polynomial<I + 1>(d, v, c), v, hn::Set(d, c[I]));
  }
}

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
  return hn::Add(product, hn::Add(number_or_zero(error), c));
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
  const V sum = hn::Add(near, low);
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

#endif  // FUSOR_SIMD_MATH_VECTOR_TOGGLE
