// SPDX-License-Identifier: BSL-1.0
// All 65,536 numbers of the half types, against the C library in double, rounded once here; MPFR
// decides next to the middle between two halves.
#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "accuracy/pieces.hpp"

namespace bench {

namespace {

constexpr binary_format format_of(fusor::float16) {
  return {11, -13, 16};
}
constexpr binary_format format_of(fusor::bfloat16) {
  return {8, -125, 128};
}

/// The value of a half by its definition.
double value_of(std::uint16_t bits, binary_format format) {
  const int mantissa_bits = format.digits - 1;
  const int mantissa = bits & ((1 << mantissa_bits) - 1);
  const int exponent = (bits & 0x7fff) >> mantissa_bits;
  const double sign = (bits & 0x8000) != 0 ? -1 : 1;
  if (exponent == (1 << (15 - mantissa_bits)) - 1) {
    return mantissa != 0 ? std::numeric_limits<double>::quiet_NaN() : sign * HUGE_VAL;
  }
  const int hidden = exponent == 0 ? 0 : 1 << mantissa_bits;
  return sign *
         std::ldexp(hidden + mantissa, std::max(exponent, 1) + format.least - format.digits - 1);
}

/// The nearest half, ties to even.
double rounded(double value, binary_format format) {
  if (!std::isfinite(value) || value == 0) return value;
  int exponent = 0;
  std::frexp(value, &exponent);
  const double unit = std::ldexp(1.0, std::max(exponent, format.least) - format.digits);
  const double nearest = std::nearbyint(value / unit) * unit;
  return std::abs(nearest) < std::ldexp(1.0, format.largest) ? nearest
                                                             : std::copysign(HUGE_VAL, value);
}

/// Whether the value is so close to the middle between two halves that double may not tell.
bool is_near_middle(double value, binary_format format) {
  if (!std::isfinite(value)) return false;
  int exponent = 0;
  std::frexp(value, &exponent);
  const double units =
      std::abs(std::ldexp(value, format.digits - std::max(exponent, format.least)));
  const double part = units - std::floor(units);
  return std::abs(part - 0.5) < 1e-9;
}

/// The double on the side of the exact value that decides: to odd, as it were.
double decided(double value, const mpfr_number& exact) {
  const mpfr_number here(value);
  return exact > here   ? std::nextafter(value, HUGE_VAL)
         : exact < here ? std::nextafter(value, -HUGE_VAL)
                        : value;
}

template <class T>
std::vector<measurement> measure(const formula& f, fusor::test::array_function<T> call) {
  constexpr std::size_t all = 1 << 16;
  const binary_format format = format_of(T{});
  std::vector<measurement> measured = named_sets(instruction_sets());
  std::vector<T> in(all), out(all);
  std::vector<float> values(all);
  std::vector<double> expected(all);
  for (std::size_t i = 0; i < all; ++i) {
    in[i].bits = static_cast<std::uint16_t>(i);
    values[i] = static_cast<float>(value_of(in[i].bits, format));
  }
  f.reference(values.data(), expected.data(), all);
  for (std::size_t i = 0; i < all; ++i) {
    if (is_near_middle(expected[i], format)) {
      expected[i] = decided(expected[i], f.exact(static_cast<double>(values[i])));
    }
  }
  const std::vector<std::int64_t> sets = instruction_sets();
  for (std::size_t set = 0; set < sets.size(); ++set) {
    measurement& m = measured[set];
    choose(sets[set]);
    call(in.data(), out.data(), all);
    error_summary summary;
    for (std::size_t i = 0; i < all; ++i) {
      const double got = value_of(out[i].bits, format), right = rounded(expected[i], format);
      const auto at = static_cast<double>(values[i]);
      const bool is_same =
          std::isnan(right)
              ? std::isnan(got)
              : got == right && (expected[i] != 0 || std::signbit(got) == std::signbit(right));
      const double error = ulps_of(got, mpfr_number(expected[i]), format, f.is_absolute);
      const bool is_right = is_same || (f.is_absolute && error <= 0.5);
      m.right += is_right ? 1 : 0;
      if (is_right) continue;
      m.neighbours += error <= 1 ? 1 : 0;
      m.worse += error <= 1 ? 0 : 1;
      summary.add(error, at, got);
    }
    m.maximum = std::max(summary.maximum, 0.5);
    m.at = summary.at;
  }
  return measured;
}

}  // namespace

std::vector<measurement> measure_float16(const formula& f) {
  return measure<fusor::float16>(f, f.in_float16);
}
std::vector<measurement> measure_bfloat16(const formula& f) {
  return measure<fusor::bfloat16>(f, f.in_bfloat16);
}

}  // namespace bench
