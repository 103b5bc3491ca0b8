// SPDX-License-Identifier: BSL-1.0
// Functions by a polynomial for each of 8 to 32 intervals, where one instruction looks up one of so
// many numbers: a third or half of the instructions of one polynomial for all, and no division.

#if defined(FUSOR_SIMD_MATH_PIECEWISE_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_MATH_PIECEWISE_TOGGLE
#undef FUSOR_SIMD_MATH_PIECEWISE_TOGGLE
#else
#define FUSOR_SIMD_MATH_PIECEWISE_TOGGLE
#endif

#include <cstddef>

#include "fusor/simd/math/pieces_16_coefficients.hpp"
#include "fusor/simd/math/pieces_32_coefficients.hpp"
#include "fusor/simd/math/pieces_8_coefficients.hpp"
#include "fusor/simd/math/tail_pieces_16_coefficients.hpp"
#include "fusor/simd/math/vector-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// How many pieces a function has: as many numbers as one instruction looks one up of.
template <class T>
inline constexpr int piece_count = 1;
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3
template <>
inline constexpr int piece_count<float> = 32;
template <>
inline constexpr int piece_count<double> = 16;
#elif HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX2
template <>
inline constexpr int piece_count<float> = 8;
#endif
template <class D>
inline constexpr bool has_pieces = piece_count<lane<D>> > 1;

/// table[index mod piece_count]
template <class D, class VI>
HWY_INLINE hn::Vec<D> look_up_piece(D d, [[maybe_unused]] VI index, const lane<D>* table) {
  const auto first = hn::Load(d, table);
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3
  const auto second = hn::Load(d, table + hn::Lanes(d));
  if constexpr (sizeof(lane<D>) == 4) {
    return hn::Vec<D>{_mm512_permutex2var_ps(first.raw, index.raw, second.raw)};
  } else {
    return hn::Vec<D>{_mm512_permutex2var_pd(first.raw, index.raw, second.raw)};
  }
#elif HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX2
  if constexpr (sizeof(lane<D>) == 4) {
    return hn::Vec<D>{_mm256_permutevar8x32_ps(first.raw, index.raw)};
  }
#endif
  return first;
}

/// The polynomial of a piece from its coefficient K up.
template <std::size_t K, class D, class V, class VI, std::size_t Size>
HWY_INLINE V piece_from(D d, V u, VI index,
                        const lane<D> (&coefficients)[Size][piece_count<lane<D>>]) {
  const V coefficient = look_up_piece(d, index, coefficients[K]);
  if constexpr (K + 1 == Size) {
    return coefficient;
  } else {
    return hn::MulAdd(piece_from<K + 1>(d, u, index, coefficients), u, coefficient);
  }
}

/// Which piece of a table is that of t: by the last two bits of the exponent and the first digits
/// of the mantissa.
template <class Table, class D, class V>
HWY_INLINE hn::Vec<hn::RebindToUnsigned<D>> piece_at(D d, V t) {
  constexpr int count = piece_count<lane<D>>;
  constexpr int shift = floating<lane<D>>::mantissa_bits - (count == 32 ? 3 : count == 16 ? 2 : 1);
  return hn::ShiftRight<shift>(
      hn::BitCast(hn::RebindToUnsigned<D>(), hn::Add(t, set(d, Table::offset))));
}

/// The function of the table at t >= 0: the value at a point near t, exactly; `slope` (1 + slope
/// where the table says so) times `u` is what t has beyond.
template <class Table, class D, class V>
HWY_INLINE V piecewise(D d, V t, V& slope, V& u) {
  const auto index = piece_at<Table>(d, t);
  const auto& c = Table::coefficients;
  u = hn::Sub(t, look_up_piece(d, index, Table::node));
  // The two ends of it side by side.
  const V tail = piece_from<3>(d, u, index, c);
  const V head = hn::MulAdd(look_up_piece(d, index, c[2]), u, look_up_piece(d, index, c[1]));
  slope = hn::MulAdd(hn::Mul(u, u), tail, head);
  return look_up_piece(d, index, c[0]);
}

/// The same, rounded.
template <class Table, class D, class V>
HWY_INLINE V piecewise(D d, V t) {
  V slope, u;
  const V value = piecewise<Table>(d, t, slope, u);
  return Table::is_less_one ? hn::Add(value, hn::MulAdd(slope, u, u)) : hn::MulAdd(slope, u, value);
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MATH_PIECEWISE_TOGGLE
