// SPDX-License-Identifier: BSL-1.0
// Building blocks of the vector operations: constants, bounds, powers of two, roots, polynomials.
// Included once per instruction set.

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

/// f(x) of a function with f(x) = 1 - f(-x), by f(-|x|).
template <class D, class V>
HWY_INLINE V by_symmetry(D d, V x, V below) {
  return hn::IfThenElse(hn::Lt(x, hn::Zero(d)), below, hn::Sub(set(d, 1), below));
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

/// `value`, or for t between `low` and `high`, where its terms cancel, the polynomial over the
/// distance from its zero.
template <class D, class V, std::size_t Size>
HWY_INLINE V around_zero(D d, V t, double zero, double low, double high,
                         const lane<D> (&center)[Size], V value) {
  const V near = polynomial(d, hn::Sub(t, set(d, zero)), center);
  const V from_middle = hn::Abs(hn::Sub(t, set(d, (low + high) / 2)));
  return hn::IfThenElse(hn::Lt(from_middle, set(d, (high - low) / 2)), near, value);
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MATH_VECTOR_TOGGLE
