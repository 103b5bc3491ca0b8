// SPDX-License-Identifier: BSL-1.0
// atan.

#if defined(FUSOR_SIMD_MATH_ATAN_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_MATH_ATAN_TOGGLE
#undef FUSOR_SIMD_MATH_ATAN_TOGGLE
#else
#define FUSOR_SIMD_MATH_ATAN_TOGGLE
#endif

#include "fusor/simd/math/trigonometric_coefficients.hpp"
#include "fusor/simd/math/vector-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// By its series up to 1, from there on pi/2 - atan(1 / x).
template <class D, class V>
HWY_INLINE V apply(op::atan, D d, V x) {
  using T = lane<D>;
  constexpr double half_pi = 1.5707963267948966;
  constexpr double half_pi_low = sizeof(T) == 4
                                     ? half_pi - static_cast<double>(static_cast<float>(half_pi))
                                     : 6.123233995736766e-17;
  const V size = hn::Abs(x);
  const auto is_large = hn::Gt(size, set(d, 1));
  const V t = hn::IfThenElse(is_large, hn::Div(set(d, -1), size), size);
  const V square = hn::Mul(t, t);
  const V tail = polynomial(d, square, coefficients::atan_tail<T>);
  const V low = hn::IfThenElseZero(is_large, set(d, half_pi_low));
  const V small = hn::Add(t, hn::MulAdd(hn::Mul(square, t), tail, low));
  return hn::CopySign(hn::Add(hn::IfThenElseZero(is_large, set(d, half_pi)), small), x);
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MATH_ATAN_TOGGLE
