// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fusor/language/element.hpp>
#include <limits>
#include <random>
#include <type_traits>
#include <vector>

/// Comparing numbers by their bits and by units in the last place.
namespace fusor::test {

template <class T>
using bits_of =
    std::conditional_t<sizeof(T) == 8, std::uint64_t,
                       std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint16_t>>;

template <class T>
bits_of<T> bits(T value) {
  return std::bit_cast<bits_of<T>>(value);
}

/// A double as an element of any type.
template <class T>
T element_from(double value) {
  if constexpr (std::is_floating_point_v<T>) {
    return static_cast<T>(value);
  } else {
    return T(static_cast<float>(value));
  }
}

template <class T>
double to_double(T value) {
  if constexpr (std::is_floating_point_v<T>) {
    return static_cast<double>(value);
  } else {
    return static_cast<double>(static_cast<float>(value));
  }
}

/// Normally distributed elements, of doubles and of floats with all their bits.
template <class T, class Generator>
std::vector<T> random_elements(std::size_t count, Generator& generator) {
  std::normal_distribution<std::conditional_t<std::is_same_v<T, double>, double, float>> normal;
  std::vector<T> values(count);
  for (T& value : values) value = element_from<T>(static_cast<double>(normal(generator)));
  return values;
}

/// The number of representable values between two numbers; 0 for +-0 and for NaN beside NaN.
template <class T>
std::uint64_t steps_between(T a, T b) {
  if (std::isnan(a) || std::isnan(b)) {
    return std::isnan(a) && std::isnan(b) ? 0 : std::numeric_limits<std::uint64_t>::max();
  }
  const auto ordered = [](T value) {
    using S = std::make_signed_t<bits_of<T>>;
    const S all = std::bit_cast<S>(value);
    const std::int64_t magnitude = all & std::numeric_limits<S>::max();
    return all < 0 ? -magnitude : magnitude;
  };
  const std::int64_t x = ordered(a);
  const std::int64_t y = ordered(b);
  return x > y ? static_cast<std::uint64_t>(x) - static_cast<std::uint64_t>(y)
               : static_cast<std::uint64_t>(y) - static_cast<std::uint64_t>(x);
}

/// What std::numeric_limits says of a type, also of those of 16 bits.
template <class T>
struct format : std::numeric_limits<T> {};
template <>
struct format<float16> {
  static constexpr int digits = 11;
  static constexpr int min_exponent = -13;
  static constexpr int max_exponent = 16;
};
template <>
struct format<bfloat16> {
  static constexpr int digits = 8;
  static constexpr int min_exponent = -125;
  static constexpr int max_exponent = 128;
};

/// By the bits alone, so that it holds with -ffast-math as well.
template <class T>
bool is_nan(T value) {
  constexpr auto largest = static_cast<bits_of<T>>(static_cast<bits_of<T>>(-1) >> 1);
  constexpr int mantissa = format<T>::digits - 1;
  constexpr auto infinite = static_cast<bits_of<T>>(largest >> mantissa << mantissa);
  return static_cast<bits_of<T>>(bits(value) & largest) > infinite;
}

/// How far `got` is from the exact value, in units of the last place that T has there, or at a
/// number of the size `term` if that is larger. Beyond the largest number, infinity counts as the
/// power of two that comes next.
template <class T, class Wide>
double ulps(T got, Wide exact, Wide term = 0) {
  using limits = format<T>;
  if (std::isnan(exact) || is_nan(got)) {
    return std::isnan(exact) && is_nan(got) ? 0 : std::numeric_limits<double>::infinity();
  }
  const Wide beyond = std::ldexp(Wide{1}, limits::max_exponent);
  const Wide right = std::clamp(exact, -beyond, beyond);
  const Wide result = std::clamp(static_cast<Wide>(to_double(got)), -beyond, beyond);
  int exponent = 0;
  std::frexp(std::max(std::abs(right), term), &exponent);
  exponent = std::clamp(exponent, limits::min_exponent, limits::max_exponent);
  const Wide unit = std::ldexp(Wide{1}, exponent - limits::digits);
  return static_cast<double>(std::abs(result - right) / unit);
}

}  // namespace fusor::test
