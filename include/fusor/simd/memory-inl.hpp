// SPDX-License-Identifier: BSL-1.0
// Loads and stores: elements of any type to and from vectors of the type a kernel computes in.

#if defined(FUSOR_SIMD_MEMORY_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_MEMORY_TOGGLE
#undef FUSOR_SIMD_MEMORY_TOGGLE
#else
#define FUSOR_SIMD_MEMORY_TOGGLE
#endif

#include <cstdint>
#include <type_traits>

#include "fusor/language/element.hpp"
#include "fusor/simd/math/vector-inl.hpp"
#include "fusor/transform/ties.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// Whether half-precision conversions are one instruction here.
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX2
inline constexpr bool has_f16c = true;
#else
inline constexpr bool has_f16c = false;
#endif

/// Sixteen bits an element, widened to 32.
template <class D>
HWY_INLINE hn::Vec<hn::RebindToUnsigned<D>> load_bits16(D, const std::uint16_t* from) {
  const hn::RebindToUnsigned<D> du;
  const hn::Rebind<std::uint16_t, D> d16;
  return hn::PromoteTo(du, hn::LoadU(d16, from));
}

template <class D, class V>
HWY_INLINE void store_bits16(D, V bits, std::uint16_t* to) {
  const hn::RebindToSigned<D> di;
  const hn::Rebind<std::uint16_t, D> d16;
  hn::StoreU(hn::DemoteTo(d16, hn::BitCast(di, bits)), d16, to);
}

template <class D>
HWY_INLINE hn::Vec<D> load(D d, const float16* from) {
  if constexpr (sizeof(lane<D>) == 8) {
    return hn::PromoteTo(d, load(hn::Rebind<float, D>(), from));
  } else if constexpr (has_f16c) {
    const hn::Rebind<hwy::float16_t, D> dh;
    return hn::PromoteTo(d, hn::LoadU(dh, reinterpret_cast<const hwy::float16_t*>(from)));
  } else {
    const hn::RebindToUnsigned<D> du;
    const auto bits = load_bits16(d, reinterpret_cast<const std::uint16_t*>(from));
    const auto magnitude = hn::And(bits, hn::Set(du, 0x7fffu));
    const auto sign = hn::ShiftLeft<16>(hn::And(bits, hn::Set(du, 0x8000u)));
    const auto shifted = hn::ShiftLeft<13>(magnitude);
    // 2^112 moves the exponent bias; it makes subnormals normal on the way.
    const auto finite = hn::BitCast(du, hn::Mul(hn::BitCast(d, shifted), set(d, 0x1p112)));
    const auto special = hn::Or(shifted, hn::Set(du, 0x7f800000u));
    const auto is_finite =
        hn::Lt(hn::BitCast(d, shifted), hn::BitCast(d, hn::Set(du, 0x0f800000u)));
    const auto value = hn::IfThenElse(is_finite, hn::BitCast(d, finite), hn::BitCast(d, special));
    return hn::BitCast(d, hn::Or(hn::BitCast(du, value), sign));
  }
}

template <class D>
HWY_INLINE hn::Vec<D> load(D d, const bfloat16* from) {
  if constexpr (sizeof(lane<D>) == 8) {
    return hn::PromoteTo(d, load(hn::Rebind<float, D>(), from));
  } else {
    const auto bits = load_bits16(d, reinterpret_cast<const std::uint16_t*>(from));
    return hn::BitCast(d, hn::ShiftLeft<16>(bits));
  }
}

template <class D, int Above, int Below, std::uint32_t Limit>
HWY_INLINE hn::Vec<D> load(D d, const detail::bent_bfloat16<Above, Below, Limit>* from) {
  return load(d, static_cast<const bfloat16*>(from));
}

template <class D, class T>
HWY_INLINE hn::Vec<D> load(D d, const T* from) {
  if constexpr (std::is_same_v<T, lane<D>>) {
    return hn::LoadU(d, from);
  } else {
    const hn::Rebind<T, D> narrow;
    return hn::PromoteTo(d, hn::LoadU(narrow, from));
  }
}

/// A double as a float whose last bit is set where anything was lost, so that rounding it once more
/// rounds as if it were the first time.
template <class D, class V>
HWY_INLINE hn::Vec<hn::Rebind<float, D>> narrow_sticky(D d, V value) {
  const hn::RebindToUnsigned<D> du;
  const auto bits = hn::BitCast(du, value);
  const auto lost = hn::And(bits, hn::Set(du, 0x1fffffffull));
  const auto kept = hn::Sub(bits, lost);
  const auto is_lost = hn::Ne(hn::BitCast(d, hn::Or(lost, hn::BitCast(du, set(d, 1)))), set(d, 1));
  const auto sticky = hn::IfThenElseZero(hn::RebindMask(du, is_lost), hn::Set(du, 0x20000000ull));
  const auto ordinary = hn::BitCast(d, hn::Or(kept, sticky));
  const auto chosen = hn::IfThenElse(hn::Lt(hn::Abs(value), hn::Inf(d)), ordinary, value);
  return hn::DemoteTo(hn::Rebind<float, D>(), chosen);
}

template <class D, class V>
HWY_INLINE void store(D d, V value, float16* to) {
  if constexpr (sizeof(lane<D>) == 8) {
    store(hn::Rebind<float, D>(), narrow_sticky(d, value), to);
  } else if constexpr (has_f16c) {
    const hn::Rebind<hwy::float16_t, D> dh;
    hn::StoreU(hn::DemoteTo(dh, value), dh, reinterpret_cast<hwy::float16_t*>(to));
  } else {
    const hn::RebindToUnsigned<D> du;
    const auto all = hn::BitCast(du, value);
    const auto sign = hn::And(hn::ShiftRight<16>(all), hn::Set(du, 0x8000u));
    const auto size = hn::Abs(value);
    const auto magnitude = hn::BitCast(du, size);
    // Adding 1/2 leaves a subnormal, rounded to nearest even, in the low bits.
    const auto subnormal =
        hn::Sub(hn::BitCast(du, hn::Add(size, set(d, 0.5))), hn::Set(du, 0x3f000000u));
    const auto odd = hn::And(hn::ShiftRight<13>(magnitude), hn::Set(du, 1u));
    const auto biased = hn::Add(hn::Sub(magnitude, hn::Set(du, 0x38000000u - 0xfffu)), odd);
    const auto normal = hn::ShiftRight<13>(biased);
    const auto is_subnormal = hn::RebindMask(du, hn::Lt(size, set(d, 0x1p-14)));
    const auto is_huge = hn::RebindMask(du, hn::Ge(size, set(d, 65520)));
    const auto is_nan = hn::RebindMask(du, hn::IsNaN(value));
    auto half = hn::IfThenElse(is_subnormal, subnormal, normal);
    half = hn::IfThenElse(is_huge, hn::Set(du, 0x7c00u), half);
    const auto payload = hn::And(hn::ShiftRight<13>(magnitude), hn::Set(du, 0x1ffu));
    half = hn::IfThenElse(is_nan, hn::Or(payload, hn::Set(du, 0x7e00u)), half);
    store_bits16(d, hn::Or(half, sign), reinterpret_cast<std::uint16_t*>(to));
  }
}

template <class D, class V>
HWY_INLINE void store(D d, V value, bfloat16* to) {
  if constexpr (sizeof(lane<D>) == 8) {
    store(hn::Rebind<float, D>(), narrow_sticky(d, value), to);
  } else {
    const hn::RebindToUnsigned<D> du;
    const auto all = hn::BitCast(du, value);
    const auto upper = hn::ShiftRight<16>(all);
    const auto odd = hn::And(upper, hn::Set(du, 1u));
    const auto rounded = hn::ShiftRight<16>(hn::Add(hn::Add(all, hn::Set(du, 0x7fffu)), odd));
    const auto is_nan = hn::RebindMask(du, hn::IsNaN(value));
    const auto chosen = hn::IfThenElse(is_nan, hn::Or(upper, hn::Set(du, 0x40u)), rounded);
    store_bits16(d, chosen, reinterpret_cast<std::uint16_t*>(to));
  }
}

/// The same, but results next to 0 that lie in the middle go the way that their function bends.
template <class D, class V, int Above, int Below, std::uint32_t Limit>
HWY_INLINE void store(D d, V value, detail::bent_bfloat16<Above, Below, Limit>* to) {
  if constexpr (sizeof(lane<D>) == 8) {
    store(hn::Rebind<float, D>(), narrow_sticky(d, value), to);
  } else {
    const hn::RebindToUnsigned<D> du;
    const auto all = hn::BitCast(du, value);
    const auto limit = hn::BitCast(d, hn::Set(du, Limit));
    // One unit of a float more or less, which a number that is not in the middle does not feel.
    const auto is_middle = hn::Eq(hn::And(all, hn::Set(du, 0xffffu)), hn::Set(du, 0x8000u));
    constexpr std::uint32_t above = Above == 0 ? 0 : Above > 0 ? 1u : ~0u;
    constexpr std::uint32_t below = Below == 0 ? 0 : Below < 0 ? 1u : ~0u;
    const auto is_below = hn::Ne(hn::ShiftRight<31>(all), hn::Zero(du));
    const auto nudge = hn::IfThenElse(is_below, hn::Set(du, below), hn::Set(du, above));
    const auto is_near = hn::And(is_middle, hn::RebindMask(du, hn::Lt(hn::Abs(value), limit)));
    store(d, hn::BitCast(d, hn::Add(all, hn::IfThenElseZero(is_near, nudge))),
          static_cast<bfloat16*>(to));
  }
}

template <class D, class V, class T>
HWY_INLINE void store(D d, V value, T* to) {
  if constexpr (std::is_same_v<T, lane<D>>) {
    hn::StoreU(value, d, to);
  } else {
    const hn::Rebind<T, D> narrow;
    hn::StoreU(hn::DemoteTo(narrow, value), narrow, to);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_MEMORY_TOGGLE
