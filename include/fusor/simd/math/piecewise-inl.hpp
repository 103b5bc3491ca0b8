// SPDX-License-Identifier: BSL-1.0
// Functions by a polynomial for each of 32 intervals, where one instruction looks up one of 32
// numbers: a third of the instructions of one polynomial for all, and no division.

#if defined(FUSOR_SIMD_MATH_PIECEWISE_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_MATH_PIECEWISE_TOGGLE
#undef FUSOR_SIMD_MATH_PIECEWISE_TOGGLE
#else
#define FUSOR_SIMD_MATH_PIECEWISE_TOGGLE
#endif

#include "fusor/simd/math/piecewise_coefficients.hpp"
#include "fusor/simd/math/vector-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3
template <class D>
inline constexpr bool has_pieces = sizeof(lane<D>) == 4;

/// table[index mod 32]
template <class D, class VI>
HWY_INLINE hn::Vec<D> look_up_32(D d, VI index, const float* table) {
  const auto low = hn::Load(d, table);
  const auto high = hn::Load(d, table + 16);
  return hn::Vec<D>{_mm512_permutex2var_ps(low.raw, index.raw, high.raw)};
}
#else
template <class D>
inline constexpr bool has_pieces = false;
template <class D, class VI>
hn::Vec<D> look_up_32(D, VI index, const float* table);
#endif

/// The function of the table at t >= 0: the value at a point near t, exactly, and in `rest` what t
/// has beyond.
template <class Table, class D, class V>
HWY_INLINE V piecewise(D d, V t, V& rest) {
  const hn::RebindToUnsigned<D> du;
  const auto index = hn::ShiftRight<20>(hn::BitCast(du, hn::Add(t, set(d, Table::offset))));
  const auto& c = Table::coefficients;
  const V u = hn::Sub(t, look_up_32(d, index, Table::node));
  V slope = look_up_32(d, index, c[5]);
  slope = hn::MulAdd(slope, u, look_up_32(d, index, c[4]));
  slope = hn::MulAdd(slope, u, look_up_32(d, index, c[3]));
  slope = hn::MulAdd(slope, u, look_up_32(d, index, c[2]));
  slope = hn::MulAdd(slope, u, look_up_32(d, index, c[1]));
  const V value = look_up_32(d, index, c[0]);
  rest = Table::is_less_one ? hn::MulAdd(slope, u, u) : hn::Mul(slope, u);
  return value;
}

/// The same, rounded.
template <class Table, class D, class V>
HWY_INLINE V piecewise(D d, V t) {
  V rest;
  const V value = piecewise<Table>(d, t, rest);
  return hn::Add(value, rest);
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MATH_PIECEWISE_TOGGLE
