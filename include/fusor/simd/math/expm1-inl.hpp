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

/// Which arguments have a result: those up to 0, all below infinity, all.
enum class expm1_range { negative, usual, any };

/// A factor that is not there.
struct no_factor {};
template <class V>
HWY_INLINE V multiplied(V value, no_factor) {
  return value;
}
template <class V>
HWY_INLINE V multiplied(V value, V factor) {
  return hn::Mul(value, factor);
}

/// expm1(x + low) by a table of steps of 2, as scale (1 + tail) - 1, where 1 - scale is exact as
/// long as it matters. For x <= 0 that and n ln 2 in one part are enough.
template <expm1_range Range, class D, class V, class Low>
HWY_INLINE V expm1_by_steps(D d, V x, Low low) {
  using T = lane<D>;
  using table = coefficients::expm1_steps<has_table<D> ? table_size : 8>;
  constexpr double steps = table_size;
  constexpr bool is_negative = Range == expm1_range::negative;
  const V round = set(d, floating<T>::round);
  V shifted = hn::MulAdd(x, set(d, steps * 1.4426950408889634), round);
  // The largest step is the one below infinity: what is beyond is left to the tail.
  constexpr double largest = floating<T>::round + steps * 128 - 1;
  if constexpr (Range == expm1_range::any) shifted = at_most(d, set(d, largest), shifted);
  const V n = hn::Sub(shifted, round);
  const double ln2 = is_negative ? 0.6931471805599453 : floating<T>::ln2_high;
  const V high = hn::NegMulAdd(n, set(d, ln2 / steps), x);
  V rest = look_up(d, shifted, table::low);
  if constexpr (is_negative) {
    rest = add_low(rest, low);
  } else {
    rest = less_product(d, rest, n, set(d, floating<T>::ln2_low / steps), low);
  }
  const V r = hn::Add(high, rest);
  // What is added to the exact `high` is small. Both are less than 0, so that a zero keeps its
  // sign.
  const V less_rest = hn::NegMulSub(hn::Mul(r, r), polynomial(d, r, table::tail), rest);
  const V less_tail = hn::Sub(less_rest, high);
  const V scale = step_of_two<table>(d, shifted);
  return hn::NegMulSub(scale, less_tail, hn::Sub(set(d, 1), scale));
}

/// From here down the result is -1.
template <class D, class V>
HWY_INLINE V expm1_limited(D d, V x) {
  return at_least(d, set(d, -1.1 * floating<lane<D>>::sigmoid_one), x);
}

/// factor expm1(x) for x that is at most 0, or NaN.
template <class D, class V, class Low, class Factor>
HWY_INLINE V expm1_of_negative(D d, V x, Low low, Factor factor) {
  const V limited = expm1_limited(d, x);
  const auto kept = low_within(d, x, low, floating<lane<D>>::exp_overflow);
  if constexpr (has_table<D>) {
    return multiplied(expm1_by_steps<expm1_range::negative>(d, limited, kept), factor);
  } else {
    V k;
    const V tail = exp_tail_of(d, limited, kept, k);
    const V power = has_scale ? scale(d, set(d, 1), k) : pow2(d, k);
    const V result =
        hn::MulSub(multiplied(power, factor), tail, multiplied(hn::Sub(set(d, 1), power), factor));
    if constexpr (std::is_same_v<Factor, no_factor>) {
      return hn::CopySign(result, x);
    } else {
      return hn::CopySign(result, hn::Xor(x, factor));
    }
  }
}
template <class D, class V, class Low = no_low>
HWY_INLINE V apply(op::expm1_of_negative, D d, V x, Low low = {}) {
  return expm1_of_negative(d, x, low, no_factor{});
}
template <class D, class V, class Low = no_low>
HWY_INLINE V apply(op::times<op::expm1_of_negative>, D d, V factor, V x, Low low = {}) {
  return expm1_of_negative(d, x, low, factor);
}
template <class D, class V>
HWY_INLINE V apply_to_itself(op::times<op::expm1_of_negative>, D d, V x) {
  return expm1_of_negative(d, x, no_low{}, x);
}

template <class D, class V, class Low = no_low>
HWY_INLINE V apply(op::expm1, D d, V x, Low low = {}) {
  using limits = floating<lane<D>>;
  const auto is_huge = hn::Gt(x, set(d, limits::exp_usual));
  const auto kept = low_within(d, x, low, limits::exp_overflow);
  V limited = expm1_limited(d, x);
  if constexpr (has_table<D>) {
    if (HWY_LIKELY(hn::AllFalse(d, is_huge))) {
      return expm1_by_steps<expm1_range::usual>(d, limited, kept);
    }
    return expm1_by_steps<expm1_range::any>(d, limited, kept);
  } else {
    const V one = set(d, 1);
    const bool is_usual = HWY_LIKELY(hn::AllFalse(d, is_huge));
    if (!is_usual) limited = at_most(d, set(d, limits::exp_overflow), limited);
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
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MATH_EXPM1_TOGGLE
