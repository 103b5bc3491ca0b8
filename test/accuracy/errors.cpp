// SPDX-License-Identifier: BSL-1.0
#include "accuracy/errors.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

namespace fusor::test {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

void error_summary::add(double error, double where, double got) {
  if (error > maximum) {
    maximum = error;
    at = where;
    result = got;
  }
}

void error_summary::merge(const error_summary& other) {
  add(other.maximum, other.at, other.result);
  sum += other.sum;
  count += other.count;
}

// In the loops over floats there is no branch, so that they become vector code: integers are
// compared where a comparison of numbers would need care for NaN.
void inverse_units(const double* expected, double* inverse, std::size_t n, bool is_absolute) {
  const std::int64_t least = std::bit_cast<std::int64_t>(is_absolute ? 1.0 : 0x1p-126);
  constexpr auto largest = std::bit_cast<std::int64_t>(0x1p127);
  constexpr auto one = std::bit_cast<std::int64_t>(1.0);
  constexpr auto digits = std::bit_cast<std::int64_t>(0x1p23);
  for (std::size_t i = 0; i < n; ++i) {
    const std::int64_t power = std::bit_cast<std::int64_t>(expected[i]) & 0x7ff0000000000000;
    const std::int64_t above = power < least ? least : power;
    inverse[i] = std::bit_cast<double>(digits - ((above > largest ? largest : above) - one));
  }
}

/// The error of a float: infinite where one of two is NaN, and where 0 has the wrong sign.
static inline double error_of(float got, double exact, double inverse, bool is_absolute) {
  // Beyond the largest number, infinity counts as the power of two that comes next.
  const auto limited = [](double value) {
    const double below = value > 0x1p128 ? 0x1p128 : value;
    return below < -0x1p128 ? -0x1p128 : below;
  };
  const auto result = static_cast<double>(got);
  const std::int64_t signs =
      std::bit_cast<std::int64_t>(result) ^ std::bit_cast<std::int64_t>(exact);
  const double error = std::abs(limited(result) - limited(exact)) * inverse;
  const double with_sign =
      !is_absolute && result == 0 && exact == 0 && signs < 0 ? infinity : error;
  const double of_number = with_sign == with_sign ? with_sign : infinity;
  return result != result && exact != exact ? 0 : of_number;
}

void errors_of(const float* out, const double* expected, const double* inverse, double* errors,
               std::size_t n, bool is_absolute) {
  for (std::size_t i = 0; i < n; ++i)
    errors[i] = error_of(out[i], expected[i], inverse[i], is_absolute);
}

void add_errors(const float* in, const float* out, const double* expected, const double* inverse,
                std::size_t n, bool is_absolute, error_summary& summary) {
  const auto error_at = [&](std::size_t i) {
    return error_of(out[i], expected[i], inverse[i], is_absolute);
  };
  constexpr std::size_t lanes = 16;
  std::array<double, lanes> sums{};
  std::array<std::int64_t, lanes> largest{}, numbers{};
  std::size_t i = 0;
  for (; i + lanes <= n; i += lanes) {
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      const double error = error_at(i + lane);
      sums[lane] += error;
      const auto ordered = std::bit_cast<std::int64_t>(error);
      largest[lane] = ordered > largest[lane] ? ordered : largest[lane];
      numbers[lane] += expected[i + lane] == expected[i + lane] ? 1 : 0;
    }
  }
  for (; i < n; ++i) {
    const double error = error_at(i);
    sums[0] += error;
    largest[0] = std::max(largest[0], std::bit_cast<std::int64_t>(error));
    numbers[0] += expected[i] == expected[i] ? 1 : 0;
  }
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    summary.sum += sums[lane];
    summary.count += static_cast<double>(numbers[lane]);
  }
  const double maximum = std::bit_cast<double>(*std::max_element(largest.begin(), largest.end()));
  if (!(maximum > summary.maximum)) return;
  for (i = 0; i < n; ++i) {
    summary.add(error_at(i), static_cast<double>(in[i]), static_cast<double>(out[i]));
  }
}

void inverse_units(const long double* expected, long double* inverse, std::size_t n,
                   bool is_absolute) {
  for (std::size_t i = 0; i < n; ++i) {
    int exponent = is_absolute ? 1 : -1021;
    if (std::isfinite(expected[i])) {
      int own = exponent;
      std::frexp(expected[i], &own);
      exponent = expected[i] == 0 ? exponent : std::clamp(own, exponent, 1024);
    }
    inverse[i] = std::ldexp(1.0L, 53 - exponent);
  }
}

void errors_of(const double* out, const long double* expected, const long double* inverse,
               double* errors, std::size_t n, bool is_absolute) {
  constexpr long double beyond = 0x1p1024L;
  for (std::size_t i = 0; i < n; ++i) {
    const bool is_nan = std::isnan(out[i]);
    if (is_nan || std::isnan(expected[i])) {
      errors[i] = is_nan && std::isnan(expected[i]) ? 0 : infinity;
    } else if (!is_absolute && out[i] == 0 && expected[i] == 0 &&
               std::signbit(out[i]) != std::signbit(expected[i])) {
      errors[i] = infinity;
    } else {
      const long double result = std::clamp(static_cast<long double>(out[i]), -beyond, beyond);
      const long double exact = std::clamp(expected[i], -beyond, beyond);
      errors[i] = static_cast<double>(std::abs(result - exact) * inverse[i]);
    }
  }
}

bool next_floats(std::uint64_t step, std::uint64_t& next, std::vector<float>& block) {
  constexpr std::size_t size = 1 << 13;
  block.clear();
  for (; block.size() < size && next <= 0xffffffffu; next += step) {
    block.push_back(std::bit_cast<float>(static_cast<std::uint32_t>(next)));
  }
  return !block.empty();
}

template <class T>
std::vector<T> boundaries() {
  using bits = std::conditional_t<sizeof(T) == 8, std::uint64_t, std::uint32_t>;
  constexpr int mantissa = std::numeric_limits<T>::digits - 1;
  std::vector<T> all;
  const auto add = [&](bits magnitude) {
    const T value = std::bit_cast<T>(magnitude);
    all.push_back(value);
    all.push_back(-value);
  };
  constexpr bits exponents = sizeof(T) == 8 ? 2047 : 255;
  for (bits exponent = 0; exponent < exponents; ++exponent) {
    for (const bits fraction : {bits{0}, bits{1}, bits{2}, bits{3}}) {
      add((exponent << mantissa) + fraction);
      add(((exponent + 1) << mantissa) - 1 - fraction);
    }
    add((exponent << mantissa) + (bits{1} << (mantissa - 1)));
  }
  add(exponents << mantissa);
  all.push_back(std::numeric_limits<T>::quiet_NaN());
  return all;
}
template std::vector<float> boundaries<float>();
template std::vector<double> boundaries<double>();

std::uint64_t random_bits::operator()() {
  std::uint64_t z = state_ += 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}
double random_bits::uniform() {
  return static_cast<double>((*this)() >> 11) * 0x1p-53;
}
double random_bits::sign() {
  return ((*this)() >> 63) != 0 ? -1 : 1;
}

void random_doubles(random_bits& random, double range, double* out, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    switch (i % 6) {
      case 0:
      case 1:
        out[i] = std::bit_cast<double>(random());
        break;
      case 2:
      case 3: {
        // Exponents from 2^-60 up to the range, with a random mantissa.
        const auto exponents = static_cast<std::uint64_t>(std::ilogb(range)) + 61;
        const std::uint64_t bits = random();
        const std::uint64_t exponent = 1023 - 60 + (bits >> 52) % exponents;
        const double value = std::bit_cast<double>(exponent << 52 | (bits & 0xfffffffffffff));
        out[i] = random.sign() * value;
        break;
      }
      case 4:
        out[i] = range * (2 * random.uniform() - 1);
        break;
      default: {
        const double a = random.uniform() + random.uniform() + random.uniform();
        out[i] = 10 * (a - 1.5);
      }
    }
  }
}

}  // namespace fusor::test
