// SPDX-License-Identifier: BSL-1.0
// pow.

#if defined(FUSOR_SIMD_MATH_POW_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_MATH_POW_TOGGLE
#undef FUSOR_SIMD_MATH_POW_TOGGLE
#else
#define FUSOR_SIMD_MATH_POW_TOGGLE
#endif

#include "fusor/simd/math/arithmetic-inl.hpp"
#include "fusor/simd/math/exp2-inl.hpp"
#include "fusor/simd/math/power_coefficients.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// One of sixteen numbers for each lane, by an index.
template <class D, class VI, class T>
HWY_INLINE hn::Vec<D> look_up(D d, const T (&table)[16], VI index) {
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3
  if constexpr (sizeof(T) == 4) {
    return hn::Vec<D>{_mm512_permutexvar_ps(index.raw, hn::Load(d, table).raw)};
  } else {
    return hn::Vec<D>{
        _mm512_permutex2var_pd(hn::Load(d, table).raw, index.raw, hn::Load(d, table + 8).raw)};
  }
#else
  return hn::GatherIndex(d, table, index);
#endif
}

/// log2(x) for positive finite x as a sum of two numbers, with about 10 digits more than one has.
/// x = 2^k m, and c is a number of a table near 1 / m: log2(x) = k - log2(c) + log2(1 + f) with
/// f = m c - 1.
template <class D, class V>
HWY_INLINE V log2_in_parts(D d, V x, V& low) {
  using T = lane<D>;
  constexpr int bits = floating<T>::mantissa_bits;
  constexpr bool single = sizeof(T) == 4;
  constexpr double by_ln2 = 1.4426950408889634;
  constexpr double by_ln2_low =
      single ? by_ln2 - static_cast<double>(static_cast<float>(by_ln2)) : 2.0355273740931033e-17;
  const hn::RebindToSigned<D> di;
  const auto is_subnormal = hn::Lt(x, set(d, single ? 0x1p-126 : 0x1p-1022));
  const V up = hn::IfThenElse(is_subnormal, hn::Mul(x, set(d, single ? 0x1p23 : 0x1p52)), x);
  const auto above = hn::Sub(hn::BitCast(di, up), hn::BitCast(di, set(d, coefficients::pow_first)));
  const auto whole = hn::ShiftRight<bits>(above);
  const auto step = hn::And(hn::ShiftRight<bits - 4>(above), hn::Set(di, 15));
  const V m = hn::BitCast(d, hn::Sub(hn::BitCast(di, up), hn::ShiftLeft<bits>(whole)));
  const V round = set(d, floating<T>::round);
  const V shifted = hn::BitCast(d, hn::Add(whole, hn::BitCast(di, round)));
  const V k = hn::Sub(hn::Sub(shifted, round), hn::IfThenElseZero(is_subnormal, set(d, bits)));
  V product_low;
  const V product = two_product(d, m, look_up(d, coefficients::pow_inverse<T>, step), product_low);
  const V f = hn::Sub(product, set(d, 1));
  // log(1 + f) = f - f^2 / 2 + f^3 tail
  V square_low;
  const V half_square = two_product(d, f, hn::Mul(f, set(d, 0.5)), square_low);
  const V sum = hn::Sub(f, half_square);
  const V sum_low = hn::Sub(hn::Sub(hn::Sub(f, sum), half_square), square_low);
  const V tail = polynomial(d, f, coefficients::pow_log_tail<T>);
  const V square = hn::Add(half_square, half_square);
  // The low part of m c, divided by 1 + f.
  const V part = hn::NegMulAdd(product_low, f, product_low);
  const V small = hn::Add(sum_low, hn::MulAdd(part, square, part));
  const V rest = hn::MulAdd(hn::Mul(square, f), tail, small);
  V log_low;
  const V log = two_product(d, sum, set(d, by_ln2), log_low);
  log_low = hn::MulAdd(rest, set(d, by_ln2), hn::MulAdd(sum, set(d, by_ln2_low), log_low));
  const V large = hn::Add(k, look_up(d, coefficients::pow_log_high<T>, step));
  const V high = hn::Add(large, log);
  const V lost = hn::Sub(log, hn::Sub(high, large));
  const V all_low = hn::Add(lost, hn::Add(log_low, look_up(d, coefficients::pow_log_low<T>, step)));
  const V result = hn::Add(high, all_low);
  low = hn::Sub(all_low, hn::Sub(result, high));
  return result;
}

/// size^b for a size of 0 or more, of two numbers.
template <class D, class V>
HWY_INLINE V power_of_size(D d, V size, V b) {
  using T = lane<D>;
  const V zero = hn::Zero(d);
  const V inf = hn::Inf(d);
  V low;
  const V log = log2_in_parts(d, size, low);
  const V infinite = hn::IfThenElse(hn::Eq(size, zero), hn::Neg(inf), inf);
  const auto is_ordinary = hn::And(hn::Gt(size, zero), hn::Lt(size, inf));
  const V high = hn::IfThenElse(is_ordinary, log, infinite);
  // An exponent beyond these gives 0, 1 or infinity, and the products stay finite.
  const V most = set(d, sizeof(T) == 4 ? 0x1p40 : 0x1p70);
  const V exponent = at_most(d, most, at_least(d, hn::Neg(most), b));
  V product_low;
  const V product = two_product(d, exponent, high, product_low);
  product_low = hn::MulAdd(exponent, hn::IfThenElseZero(is_ordinary, low), product_low);
  V power;
  const V mantissa =
      exp2_split_within(d, product, product_low, exp2_underflow<T>, exp2_overflow<T>, power);
  return scale(d, mantissa, power);
}

/// NaN for a negative number and an exponent that is not whole; NaN for NaN, but 1 where either the
/// number is 1 or the exponent 0.
template <class D, class V, class M>
HWY_INLINE V power_special(D d, V a, V b, V result, M is_whole) {
  const V zero = hn::Zero(d);
  const auto is_negative = hn::And(hn::Lt(a, zero), hn::Gt(a, hn::Neg(hn::Inf(d))));
  const V real = hn::IfThenElse(hn::AndNot(is_whole, is_negative), hn::NaN(d), result);
  const V number = hn::IfThenElse(hn::IsNaN(a), a, hn::IfThenElse(hn::IsNaN(b), b, real));
  const V one = set(d, 1);
  return hn::IfThenElse(hn::Or(hn::Eq(a, one), hn::Eq(b, zero)), one, number);
}

template <class D, class V>
HWY_INLINE V apply(op::pow, D d, V a, V b) {
  const V result = power_of_size(d, hn::Abs(a), b);
  const V half = hn::Mul(b, set(d, 0.5));
  const auto is_whole = hn::Eq(apply(op::trunc{}, d, b), b);
  const auto is_odd = hn::AndNot(hn::Eq(apply(op::trunc{}, d, half), half), is_whole);
  const V with_sign = hn::IfThenElse(is_odd, hn::CopySign(result, a), result);
  return power_special(d, a, b, with_sign, is_whole);
}

/// Of an exponent that is known, whether it is whole or odd is known as well.
template <std::uint64_t Bits, class D, class V>
HWY_INLINE V apply(op::pow_by<Bits>, D d, V a) {
  using T = lane<D>;
  constexpr double number = static_cast<double>(static_cast<T>(std::bit_cast<double>(Bits)));
  constexpr bool is_whole = op::trunc::fold(number) == number;
  constexpr bool is_odd = is_whole && op::trunc::fold(number / 2) != number / 2;
  const V b = set(d, number);
  V result = power_of_size(d, hn::Abs(a), b);
  if constexpr (is_odd) result = hn::CopySign(result, a);
  if constexpr (is_whole && number != 0) {
    return hn::IfThenElse(hn::IsNaN(a), a, result);
  } else {
    const auto whole = hn::Eq(b, set(d, is_whole ? number : 0.5));
    return power_special(d, a, b, result, whole);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MATH_POW_TOGGLE
