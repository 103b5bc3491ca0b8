// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <hwy/base.h>

#include <bit>
#include <concepts>
#include <cstdint>
#include <type_traits>

#include "fusor/language/precise_begin.hpp"

namespace fusor {

/// IEEE 754 binary16: 11 significant bits, up to 65504. A storage type: kernels compute in float.
/// Conversion from float rounds to nearest even, overflows to infinity, keeps NaN.
struct float16 {
  std::uint16_t bits = 0;

  constexpr float16() = default;
  constexpr explicit float16(float value) : bits(round(value)) {}
  constexpr explicit operator float() const {
    const std::uint32_t sign = static_cast<std::uint32_t>(bits & 0x8000u) << 16;
    const std::uint32_t magnitude = bits & 0x7fffu;
    if (magnitude >= 0x7c00u) return std::bit_cast<float>(sign | 0x7f800000u | magnitude << 13);
    // 2^112 moves the exponent bias; it makes subnormals normal on the way.
    return std::bit_cast<float>(
        sign | std::bit_cast<std::uint32_t>(std::bit_cast<float>(magnitude << 13) * 0x1p112f));
  }
  friend constexpr bool operator==(float16 a, float16 b) {
    return static_cast<float>(a) == static_cast<float>(b);
  }

 private:
  static constexpr std::uint16_t round(float value) {
    const std::uint32_t all = std::bit_cast<std::uint32_t>(value);
    const std::uint32_t sign = all >> 16 & 0x8000u;
    const std::uint32_t magnitude = all & 0x7fffffffu;
    std::uint32_t half = 0;
    if (magnitude > 0x7f800000u) {
      half = 0x7e00u | (magnitude >> 13 & 0x1ffu);
    } else if (magnitude >= 0x477ff000u) {
      half = 0x7c00u;
    } else if (magnitude < 0x38800000u) {
      // Adding 1/2 leaves the subnormal, rounded to nearest even, in the low bits.
      half = std::bit_cast<std::uint32_t>(std::bit_cast<float>(magnitude) + 0.5f) - 0x3f000000u;
    } else {
      half = (magnitude - 0x38000000u + 0xfffu + (magnitude >> 13 & 1u)) >> 13;
    }
    return static_cast<std::uint16_t>(sign | half);
  }
};

/// bfloat16: the upper half of a float, 8 significant bits, the range of float. A storage type:
/// kernels compute in float. Conversion from float rounds to nearest even, keeps NaN.
struct bfloat16 {
  std::uint16_t bits = 0;

  constexpr bfloat16() = default;
  constexpr explicit bfloat16(float value) : bits(round(value)) {}
  constexpr explicit operator float() const {
    return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16);
  }
  friend constexpr bool operator==(bfloat16 a, bfloat16 b) {
    return static_cast<float>(a) == static_cast<float>(b);
  }

 private:
  static constexpr std::uint16_t round(float value) {
    const std::uint32_t all = std::bit_cast<std::uint32_t>(value);
    if ((all & 0x7fffffffu) > 0x7f800000u) return static_cast<std::uint16_t>(all >> 16 | 0x40u);
    return static_cast<std::uint16_t>((all + 0x7fffu + (all >> 16 & 1u)) >> 16);
  }
};

namespace detail {

/// The element type with the bits of T: T itself, or, of a type of the compiler's, the library's or
/// Highway's that is one of the 16-bit formats, float16 or bfloat16.
template <class T>
struct same_bits : std::type_identity<T> {};
template <>
struct same_bits<hwy::float16_t> : std::type_identity<float16> {};
template <>
struct same_bits<hwy::bfloat16_t> : std::type_identity<bfloat16> {};
// GCC 12 has the macro on 64-bit Arm, and the type in C alone. std::float16_t is this type as well.
#if defined(__FLT16_MANT_DIG__) && (defined(__clang__) || defined(__SSE2__) || __GNUC__ >= 13)
template <class T>
requires std::is_same_v<T, _Float16>
struct same_bits<T> : std::type_identity<float16> {
};
#endif
#if defined(__STDCPP_BFLOAT16_T__)
template <class T>
requires std::is_same_v<T, decltype(0.0bf16)>
struct same_bits<T> : std::type_identity<bfloat16> {
};
#elif defined(__BFLT16_MANT_DIG__)
template <class T>
requires std::is_same_v<T, __bf16>
struct same_bits<T> : std::type_identity<bfloat16> {
};
#endif

template <class T>
using element_type = typename same_bits<std::remove_cv_t<T>>::type;

/// The element types of arrays.
template <class T>
concept element = std::same_as<T, float> || std::same_as<T, double> || std::same_as<T, float16> ||
    std::same_as<T, bfloat16>;

}  // namespace detail

}  // namespace fusor

#include "fusor/end.hpp"
#include "fusor/language/precise_end.hpp"
