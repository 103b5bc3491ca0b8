// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <cstdint>
#include <type_traits>

#include "fusor/language/precise_begin.hpp"

/// Angles of any size, reduced by integers: exactly, whatever the options of a file (Payne and
/// Hanek).
namespace fusor::detail {

/// The bits of 2 / pi after 64 zeros.
inline constexpr std::uint64_t two_over_pi[] = {
    0,
    0xa2f9836e4e441529,
    0xfc2757d1f534ddc0,
    0xdb6295993c439041,
    0xfe5163abdebbc561,
    0xb7246e3a424dd2e0,
    0x06492eea09d1921c,
    0xfe1deb1cb129a73e,
    0xe88235f52ebb4484,
    0xe99c7026b45f7e41,
    0x3991d639835339f4,
    0x9c845f8bbdf9283b,
    0x1ff897ffde05980f,
    0xef2f118b5a0a6d1f,
    0x6d367ecf27cb09b7,
    0x4f463f669e5fea2d,
    0x7527bac7ebe5f17b,
    0x3d0739f78a5292ea,
    0x6bfb5fb11f8d5d08,
    0x56033046fc7b6bab,
    0xf0cfbc209af4361d,
};

/// The product of two numbers, in two words.
struct wide_product {
  std::uint64_t high;
  std::uint64_t low;
};
constexpr wide_product multiply_words(std::uint64_t a, std::uint64_t b) {
  constexpr std::uint64_t mask = 0xffffffff;
  const std::uint64_t low = (a & mask) * (b & mask);
  const std::uint64_t left = (a >> 32) * (b & mask) + (low >> 32);
  const std::uint64_t right = (a & mask) * (b >> 32) + (left & mask);
  return {(a >> 32) * (b >> 32) + (left >> 32) + (right >> 32), right << 32 | (low & mask)};
}

/// An angle less a whole number of quarter turns, as high + low between -pi/4 and pi/4, and the
/// last two bits of that number.
template <class T>
struct reduced_angle {
  T high;
  T low;
  std::uint64_t quarters;
};

/// The angle is finite and at least 1.
template <class T>
constexpr reduced_angle<T> reduce_large_angle(T angle) {
  // Angle = mantissa 2^exponent.
  const auto bits = std::bit_cast<std::uint64_t>(static_cast<double>(angle));
  const std::uint64_t mantissa = (bits & 0xfffffffffffff) | 0x10000000000000;
  const unsigned exponent_plus_1075 = static_cast<unsigned>(bits >> 52);
  // What a bit of 2 / pi adds is a multiple of 4 before this one, which adds 2 per unit of
  // mantissa.
  const unsigned first = exponent_plus_1075 - 1075 + 62;
  const unsigned word = first / 64;
  const unsigned shift = first % 64;
  std::uint64_t window[3] = {};
  for (unsigned i = 0; i < 3; ++i) {
    window[i] = two_over_pi[word + i] << shift;
    if (shift != 0) window[i] |= two_over_pi[word + i + 1] >> (64 - shift);
  }
  // The last three words of the product: two bits of quarters, then the fraction.
  const wide_product last = multiply_words(mantissa, window[2]);
  const wide_product middle = multiply_words(mantissa, window[1]);
  std::uint64_t lower = middle.low + last.high;
  std::uint64_t upper = mantissa * window[0] + middle.high + (lower < last.high ? 1 : 0);
  std::uint64_t quarters = upper >> 62;
  // The fraction in two words, as a size and a sign.
  upper = upper << 2 | lower >> 62;
  lower = lower << 2 | last.low >> 62;
  const bool is_negative = upper >> 63 != 0;
  if (is_negative) {
    ++quarters;
    lower = ~lower + 1;
    upper = ~upper + (lower == 0 ? 1 : 0);
  }
  const auto zeros = static_cast<unsigned>(std::countl_zero(upper));
  if (zeros == 64) {
    upper = lower;
  } else if (zeros != 0) {
    upper = upper << zeros | lower >> (64 - zeros);
  }
  // In units of 2^-62, before it is scaled.
  constexpr std::uint64_t half_pi = 0xc90fdaa22168c235;
  const auto size = static_cast<std::int64_t>(multiply_words(upper, half_pi).high >> 1);
  const T high = static_cast<T>(size);
  const T low = static_cast<T>(size - static_cast<std::int64_t>(high));
  using bits_type = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
  constexpr unsigned bias = sizeof(T) == 4 ? 127 : 1023;
  constexpr unsigned mantissa_bits = sizeof(T) == 4 ? 23 : 52;
  const T unit = std::bit_cast<T>(static_cast<bits_type>(bias - 62 - zeros) << mantissa_bits);
  const T factor = is_negative ? -unit : unit;
  return {high * factor, low * factor, quarters & 3};
}

}  // namespace fusor::detail

#include "fusor/language/precise_end.hpp"
