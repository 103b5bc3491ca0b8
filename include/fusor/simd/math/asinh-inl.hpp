// SPDX-License-Identifier: BSL-1.0
// asinh.

#if defined(FUSOR_SIMD_MATH_ASINH_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_MATH_ASINH_TOGGLE
#undef FUSOR_SIMD_MATH_ASINH_TOGGLE
#else
#define FUSOR_SIMD_MATH_ASINH_TOGGLE
#endif

#include "fusor/simd/math/log-inl.hpp"
#include "fusor/simd/math/trigonometric_coefficients.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// log(size + root) with root = sqrt(size^2 + 1), for a size from 1/2 up.
template <class D, class V>
HWY_INLINE V asinh_outside(D d, V size) {
  using T = lane<D>;
  const V one = set(d, 1);
  // From here up the sum is 2 |x|.
  const auto is_huge = hn::Gt(size, set(d, sizeof(T) == 4 ? 0x1p11 : 0x1p25));
  const V root = square_root(hn::MulAdd(size, size, one));
  const V sum = hn::Add(size, root);
  // root - size is exact, and 1 / sum but for what rounding lost: in the sum, and in the root,
  // where it is (1 - sum / sum) / (2 root) with 1 / (2 root) = inverse / (1 + inverse^2).
  const V inverse = hn::Sub(root, size);
  const V low = hn::Sub(size, hn::Sub(sum, root));
  const V lost = hn::NegMulAdd(inverse, low, residual_of_product(d, inverse, sum, one));
  const V square = hn::Mul(inverse, inverse);
  const V weight = hn::Mul(hn::MulAdd(square, set(d, -0.72), one), square);
  const V correction = hn::MulAdd(inverse, low, hn::Mul(lost, weight));
  V mantissa;
  const V k = log_split(d, hn::IfThenElse(is_huge, size, sum), mantissa);
  const V exponent = hn::Add(k, hn::IfThenElseZero(is_huge, one));
  const V f = hn::Sub(mantissa, one);
  const V tail = hn::Add(log_tail(d, exponent, f), hn::IfThenZeroElse(is_huge, correction));
  return hn::MulAdd(exponent, set(d, floating<T>::ln2_high), hn::Add(f, tail));
}

/// Below 1/2 by its series, elsewhere by a logarithm.
template <class D, class V>
HWY_INLINE V apply(op::asinh, D d, V x) {
  const V size = hn::Abs(x);
  const V square = hn::Mul(x, x);
  const V tail = polynomial(d, square, coefficients::asinh_tail<lane<D>>);
  const V center = hn::MulAdd(hn::Mul(square, size), tail, size);
  const V outside = asinh_outside(d, size);
  const auto is_finite = hn::Lt(size, hn::Inf(d));
  const V result = hn::IfThenElse(is_finite, outside, size);
  return hn::CopySign(hn::IfThenElse(hn::Lt(size, set(d, 0.5)), center, result), x);
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MATH_ASINH_TOGGLE
