// SPDX-License-Identifier: BSL-1.0
// exp, and the split of e^x into a mantissa and a power of two that other operations build on.

#if defined(FUSOR_SIMD_MATH_EXP_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_MATH_EXP_TOGGLE
#undef FUSOR_SIMD_MATH_EXP_TOGGLE
#else
#define FUSOR_SIMD_MATH_EXP_TOGGLE
#endif

#include <type_traits>

#include "fusor/language/operation.hpp"
#include "fusor/simd/math/error_free-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// e^(x + low) = 2^exponent (1 + tail) for finite x.
template <class D, class V, class Low>
HWY_INLINE V exp_tail_of(D d, V x, Low low, V& exponent) {
  using T = lane<D>;
  const V round = set(d, floating<T>::round);
  exponent = hn::Sub(hn::MulAdd(x, set(d, 1.4426950408889634), round), round);
  const V high = hn::NegMulAdd(exponent, set(d, floating<T>::ln2_high), x);
  const V ln2_low = set(d, floating<T>::ln2_low);
  const V r = less_product(d, high, exponent, ln2_low, low);
  const V series = polynomial(d, r, coefficients::exp_tail<T>);
  if constexpr (std::is_same_v<Low, no_low>) {
    return hn::MulAdd(hn::Mul(r, r), series, r);
  } else {
    const V lost = less_product(d, hn::Sub(high, r), exponent, ln2_low, low);
    return hn::Add(r, hn::MulAdd(hn::Mul(r, r), series, lost));
  }
}

/// e^(x + low) = mantissa * 2^exponent, with a mantissa in [0.7, 1.42], for finite x.
template <class D, class V, class Low>
HWY_INLINE V exp_split(D d, V x, Low low, V& exponent) {
  return hn::Add(exp_tail_of(d, x, low, exponent), set(d, 1));
}

/// exp_split of x limited to [lowest, highest]; NaN stays NaN.
template <class D, class V, class Low>
HWY_INLINE V exp_split_within(D d, V x, Low low, double lowest, double highest, V& exponent) {
  const auto kept = low_within(d, x, low, -lowest > highest ? -lowest : highest);
  return exp_split(d, at_most(d, set(d, highest), at_least(d, set(d, lowest), x)), kept, exponent);
}

/// The factor beside an operation that vanishes exponentially: made finite where the operation is
/// 0, so that an infinite factor gives the limit, 0.
template <class D, class V>
HWY_INLINE V finite_where(D d, hn::Mask<D> vanishes, V factor) {
  const double largest = static_cast<double>(hwy::HighestValue<lane<D>>());
  const V finite = at_most(d, set(d, largest), at_least(d, set(d, -largest), factor));
  return hn::IfThenElse(vanishes, finite, factor);
}

/// factor mantissa 2^exponent, where the mantissa is below 2^Bits: a part of it is below 1, so that
/// the product does not overflow before it is scaled.
template <int Bits = 1, class D, class V>
HWY_INLINE V scaled_product(D d, V factor, V mantissa, V exponent) {
  const V part = hn::Mul(mantissa, set(d, 1.0 / (1 << Bits)));
  return scale(d, hn::Mul(factor, part), hn::Add(exponent, set(d, Bits)));
}

template <class D, class V, class Low = no_low>
HWY_INLINE V apply(op::times<op::exp>, D d, V factor, V x, Low low = {}) {
  using limits = floating<lane<D>>;
  const V lowest = set(d, limits::product_underflow);
  V exponent;
  const V mantissa =
      exp_split_within(d, x, low, limits::product_underflow, limits::product_overflow, exponent);
  return scaled_product(d, finite_where(d, hn::Lt(x, lowest), factor), mantissa, exponent);
}

/// x e^x and the like: one limit serves both.
template <class D, class V>
HWY_INLINE V apply_to_itself(op::times<op::exp>, D d, V x) {
  const V limited = at_least(d, set(d, floating<lane<D>>::exp_underflow * 1.06), x);
  return apply(op::times<op::exp>{}, d, limited, limited);
}

/// The origin that exponentials are counted from, by their largest argument: 0 where the exponent
/// is exact. Beyond, an argument close enough to the largest to matter differs from it exactly.
template <class D, class V>
HWY_INLINE V apply(op::exp_origin, D d, V largest) {
  return hn::IfThenElse(hn::Lt(hn::Abs(largest), set(d, 1024)), hn::Zero(d), largest);
}

/// How many floats one instruction looks up, wherever they are: e^x is then a table of so many
/// powers of 2, and a short polynomial.
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3
inline constexpr int table_size = 16;
#elif HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX2
inline constexpr int table_size = 8;
#else
inline constexpr int table_size = 1;
#endif
template <class D>
inline constexpr bool has_table = sizeof(lane<D>) == 4 && table_size > 1;

/// x = n ln 2 / steps + r for whole n.
template <class D>
inline constexpr double steps_of_two = has_table<D> ? table_size : 1;

/// A number that, added to n, leaves in its last bits what e^x = m 2^(n / steps) takes as exponent
/// when it is scaled: the largest is about 2^scaled_exponent, so that nothing overflows in a sum,
/// and what underflows is 0 beside it even where the ratio is subnormal.
template <class D, class V>
HWY_INLINE V apply(op::exp_power, D d, V largest) {
  using limits = floating<lane<D>>;
  constexpr double steps = steps_of_two<D>;
  const V round = set(d, limits::round);
  const V above = hn::Sub(largest, apply(op::exp_origin{}, d, largest));
  const V exponent = hn::Sub(hn::MulAdd(above, set(d, 1.4426950408889634), round), round);
  return hn::NegMulAdd(exponent, set(d, steps),
                       set(d, limits::round + steps * limits::scaled_exponent));
}

template <class D, class V>
HWY_INLINE V apply(op::exp_lowest, D d, V largest) {
  const V above = hn::Sub(largest, apply(op::exp_origin{}, d, largest));
  return hn::Add(above, set(d, floating<lane<D>>::scaled_lowest));
}

/// table[n mod table_size], from a number with n in its last bits.
template <class D, class V, class T>
HWY_INLINE hn::Vec<hn::Rebind<T, D>> look_up(D, V number, const T* table) {
  const hn::Rebind<T, D> dt;
  const hn::Rebind<std::int32_t, D> di;
  const auto index = hn::BitCast(di, number);
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3
  const hn::Vec<decltype(di)> found{
      _mm512_permutexvar_epi32(index.raw, hn::BitCast(di, hn::Load(dt, table)).raw)};
#elif HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX2
  const hn::Vec<decltype(di)> found{
      _mm256_permutevar8x32_epi32(hn::BitCast(di, hn::Load(dt, table)).raw, index.raw)};
#else
  (void)table;
  const auto found = index;
#endif
  return hn::BitCast(dt, found);
}

template <class D>
using exp_table = coefficients::exp_steps<has_table<D> ? table_size : 8>;

/// 2^(n / steps) e^c from a number with n in its last bits.
template <class Table, class D, class V>
HWY_INLINE V step_of_two(D d, V number) {
  const hn::Rebind<std::int32_t, D> di;
  const auto step = look_up(d, number, Table::bits);
  constexpr int shift = table_size == 16 ? 19 : 20;
  return hn::BitCast(d, hn::Add(step, hn::ShiftLeft<shift>(hn::BitCast(di, number))));
}

/// e^(Sign x + low) 2^k = scale (1 + tail), where `power` is floating<T>::round + steps k, if that
/// is a normal number. With one step the scale is a power of two.
template <bool Exact, int Sign, bool UsesTable, class D, class V, class Low>
HWY_INLINE V exp_in_steps(D d, V x, Low low, V power, V& scale) {
  using T = lane<D>;
  constexpr double steps = UsesTable ? steps_of_two<D> : 1;
  const V shifted = hn::MulAdd(x, set(d, Sign * steps * 1.4426950408889634), power);
  const V n = hn::Sub(shifted, power);
  const V ln2 = set(d, floating<T>::ln2_high / steps);
  const V high = Sign > 0 ? hn::NegMulAdd(n, ln2, x) : hn::NegMulSub(n, ln2, x);
  const V r = less_product(d, high, n, set(d, floating<T>::ln2_low / steps), low);
  if constexpr (UsesTable) {
    using table = exp_table<D>;
    scale = step_of_two<table>(d, shifted);
    V first = hn::Set(d, table::tail[0]);
    if constexpr (Exact && table_size == 16) first = look_up(d, shifted, table::low);
    return hn::MulAdd(polynomial<1>(d, r, table::tail), r, first);
  } else {
    const hn::RebindToUnsigned<D> du;
    const V tail = polynomial(d, r, coefficients::exp_tail<T>);
    const auto bits = hn::ShiftLeft<floating<T>::mantissa_bits>(hn::BitCast(du, shifted));
    scale = hn::BitCast(d, hn::Add(bits, hn::BitCast(du, set(d, 1.0))));
    return hn::MulAdd(hn::Mul(r, r), tail, r);
  }
}

/// e^(Sign x + low) 2^k, where `power` is floating<T>::round + steps_of_two k, if that is a normal
/// number. Within 1 ULP; where there is a table, within 0.58 if it is exact, else 0.78, or 0.6 with
/// 8 of them.
template <bool Exact, int Sign = 1, class D, class V, class Low>
HWY_INLINE V exp_shifted(D d, V x, Low low, V power) {
  V scale;
  const V tail = exp_in_steps<Exact, Sign, has_table<D>>(d, x, low, power, scale);
  return hn::MulAdd(tail, scale, scale);
}

/// e^(Sign x + low) 2^k + unit, where `power` is as in exp_shifted, rounded once: the smaller of
/// the two goes to what the exponential is more than its scale.
template <int Sign, class D, class V, class Low>
HWY_INLINE V exp_plus(D d, V x, Low low, V power, V unit) {
  V scale;
  const V tail = exp_in_steps<true, Sign, has_table<D>>(d, x, low, power, scale);
  return hn::Add(hn::Max(scale, unit), hn::MulAdd(tail, scale, hn::Min(scale, unit)));
}

/// Whether e^x and e^-x are ordinary numbers, lane by lane.
template <class D, class V>
HWY_INLINE hn::Mask<D> is_usual(D d, V x) {
  return hn::Lt(hn::Abs(x), set(d, floating<lane<D>>::sigmoid_usual));
}

/// e^x of any x.
template <class D, class V, class Low>
HWY_INLINE V exp_of_any(D d, V x, Low low) {
  using limits = floating<lane<D>>;
  V exponent;
  const V mantissa =
      exp_split_within(d, x, low, limits::exp_underflow, limits::exp_overflow, exponent);
  return scale(d, mantissa, exponent);
}

/// Where scaling takes several instructions, they are spared if all lanes are usual.
template <class D, class V, class Low = no_low>
HWY_INLINE V apply(op::exp, D d, V x, Low low = {}) {
  if constexpr (has_scale && !has_table<D>) {
    return exp_of_any(d, x, low);
  } else {
    const auto usual = is_usual(d, x);
    const V result = exp_shifted<true>(d, x, low, set(d, floating<lane<D>>::round));
    if (HWY_LIKELY(hn::AllTrue(d, usual))) return result;
    return hn::IfThenElse(usual, result, exp_of_any(d, x, low));
  }
}

template <class D, class V>
HWY_INLINE V apply(op::exp_scaled, D d, V x, V origin, V power, V lowest) {
  return exp_shifted<true>(d, at_least(d, lowest, hn::Sub(x, origin)), no_low{}, power);
}
template <class D, class V>
HWY_INLINE V apply(op::exp_summed, D d, V x, V origin, V power, V lowest) {
  return exp_shifted<false>(d, at_least(d, lowest, hn::Sub(x, origin)), no_low{}, power);
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MATH_EXP_TOGGLE
