// SPDX-License-Identifier: BSL-1.0
// expm1.

#if defined(FUSOR_SIMD_MATH_EXPM1_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_MATH_EXPM1_TOGGLE
#undef FUSOR_SIMD_MATH_EXPM1_TOGGLE
#else
#define FUSOR_SIMD_MATH_EXPM1_TOGGLE
#endif

#include "fusor/simd/math/exp-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

template <class D, class V, class Low = no_low>
HWY_INLINE V apply(op::expm1, D d, V x, Low low = {}) {
  using limits = floating<lane<D>>;
  const V one = set(d, 1);
  V limited = at_least(d, set(d, -1.1 * limits::sigmoid_one), x);
  const auto is_huge = hn::Gt(x, set(d, limits::exp_usual));
  const bool is_usual = HWY_LIKELY(hn::AllFalse(d, is_huge));
  if (!is_usual) limited = at_most(d, set(d, limits::exp_overflow), limited);
  const auto kept = low_within(d, x, low, limits::exp_overflow);
  V k;
  const V tail = exp_tail_of(d, limited, kept, k);
  const V power = has_scale ? scale(d, one, k) : pow2(d, k);
  V result = hn::MulAdd(power, tail, hn::Sub(power, one));
  if (!is_usual) {
    // Half of everything keeps 2^k finite for the largest results.
    const V half = pow2(d, hn::Sub(k, one));
    const V half_result = hn::MulAdd(half, tail, half);
    result = hn::IfThenElse(is_huge, hn::Add(half_result, half_result), result);
  }
  return hn::CopySign(result, x);
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MATH_EXPM1_TOGGLE
