// SPDX-License-Identifier: BSL-1.0
// Values that elementary functions have at +-0, at infinities and NaN, at subnormal numbers and
// where they are hard to compute; and that a lane does not depend on those beside it.
#define BOOST_TEST_MODULE kernel_elementary
#include <algorithm>
#include <bit>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <fusor/fusor.hpp>
#include <limits>
#include <random>
#include <vector>

#include "support/limits.hpp"
#include "support/numbers.hpp"
#include "support/targets.hpp"

using namespace fusor;

namespace {

using test::check_nan;
using test::compute_types;
using test::inf;
using test::is_same;
using test::largest;
using test::nan_of;
using test::smallest;

/// Numbers of all sizes.
template <class T>
std::vector<T> numbers(std::size_t count) {
  std::mt19937_64 random(17);
  std::normal_distribution<double> normal(0, 8);
  std::vector<T> values;
  while (values.size() < count) {
    values.push_back(std::bit_cast<T>(static_cast<test::bits_of<T>>(random())));
    values.push_back(static_cast<T>(normal(random)));
    values.push_back(static_cast<T>(std::nearbyint(normal(random)) / 2));
  }
  return values;
}

/// Compares a kernel with a function of one number, which is exact.
template <auto Formula, class T>
void check_exact(T (*exact)(T)) {
  const std::vector<T> in = numbers<T>(3000);
  std::vector<T> out(in.size());
  kernel<Formula>(in, out);
  std::size_t failures = 0;
  for (std::size_t i = 0; i < in.size(); ++i) failures += !is_same(out[i], exact(in[i]));
  BOOST_TEST(failures == 0u, Formula << ": " << failures);
}

}  // namespace

BOOST_AUTO_TEST_CASE_TEMPLATE(whole_numbers, T, compute_types) {
  test::on_every_target([] {
    check_exact<round(x), T>([](T a) { return std::nearbyint(a); });
    check_exact<floor(x), T>([](T a) { return std::floor(a); });
    check_exact<ceil(x), T>([](T a) { return std::ceil(a); });
    check_exact<trunc(x), T>([](T a) { return std::trunc(a); });
    check_nan<round(x), T>();
    check_nan<floor(x), T>();
    check_nan<ceil(x), T>();
    check_nan<trunc(x), T>();
    GIVES(round(x), 0.5, 0.0);
    GIVES(round(x), -0.5, -0.0);
    GIVES(round(x), 1.5, 2);
    GIVES(round(x), 2.5, 2);
    GIVES(round(x), -0.0, -0.0);
    GIVES(floor(x), -smallest<T>, -1);
    GIVES(ceil(x), -smallest<T>, -0.0);
    GIVES(ceil(x), smallest<T>, 1);
    GIVES(trunc(x), -smallest<T>, -0.0);
    GIVES(trunc(x), -largest<T>, -largest<T>);
    GIVES(round(x), inf<T>, inf<T>);
    // The number before 1/2, which 1/2 added to would round to 1.
    const T below_half = std::nextafter(T(0.5), T(0));
    GIVES(round(x), below_half, 0);
    const T odd = sizeof(T) == 4 ? T(0x1p23 + 1) : T(0x1p52 + 1);
    GIVES(round(x), odd, odd);
    GIVES(floor(x), -odd / 2, -std::ceil(odd / 2));
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(powers_and_logarithms_to_2_and_10, T, compute_types) {
  test::on_every_target([] {
    const int least = std::numeric_limits<T>::min_exponent - std::numeric_limits<T>::digits;
    std::size_t failures = 0;
    for (int k = least; k < std::numeric_limits<T>::max_exponent; ++k) {
      failures += kernel<exp2(x)>(T(k)) != std::ldexp(T(1), k);
      failures += kernel<log2(x)>(std::ldexp(T(1), k)) != T(k);
    }
    BOOST_TEST(failures == 0u);
    check_nan<exp2(x), T>();
    check_nan<log2(x), T>();
    check_nan<log10(x), T>();
    GIVES(exp2(x), -inf<T>, 0.0);
    GIVES(exp2(x), inf<T>, inf<T>);
    GIVES(exp2(x), -0.0, 1);
    GIVES(exp2(x), std::numeric_limits<T>::max_exponent, inf<T>);
    GIVES(exp2(x), largest<T>, inf<T>);
    GIVES(exp2(x), least - 1, 0.0);
    GIVES(exp2(x), std::nextafter(T(least - 1), T(0)), smallest<T>);
    BOOST_TEST(kernel<exp2(x)>(std::numeric_limits<T>::max_exponent - T(0.5)) < inf<T>);
    // A factor is multiplied in before 2^x underflows or overflows.
    GIVES(std::numeric_limits<float>::max() * exp2(x), -150,
          T(static_cast<double>(std::numeric_limits<float>::max()) * 0x1p-150));
    GIVES(0x1p-100 * exp2(x), 200, T(0x1p100));
    GIVES(x * exp2(x), -inf<T>, -0.0);
    // What rounding the argument loses is taken along.
    const T argument = T(67) + T(0x1p-17);
    const T power = T(std::exp2(1.5L * static_cast<long double>(argument)));
    BOOST_TEST(test::steps_between(kernel<exp2(x * 1.5)>(argument), power) <= 1u);
    for (const T zero : {T(0), -T(0)}) {
      GIVES(log2(x), zero, -inf<T>);
      GIVES(log10(x), zero, -inf<T>);
    }
    GIVES(log2(x), inf<T>, inf<T>);
    GIVES(log10(x), inf<T>, inf<T>);
    GIVES(log2(x), -1, nan_of<T>);
    GIVES(log10(x), -smallest<T>, nan_of<T>);
    GIVES(log10(x), 1, 0.0);
    GIVES(log10(x), 1000, 3);
    GIVES(log2(x), largest<T>, std::numeric_limits<T>::max_exponent);
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(atan_asinh_cbrt, T, compute_types) {
  test::on_every_target([] {
    check_nan<atan(x), T>();
    check_nan<asinh(x), T>();
    check_nan<cbrt(x), T>();
    for (const T sign : {T(1), T(-1)}) {
      for (const T kept : {T(0), smallest<T>, std::numeric_limits<T>::min()}) {
        GIVES(atan(x), sign * kept, sign * kept);
        GIVES(asinh(x), sign * kept, sign * kept);
      }
      GIVES(cbrt(x), sign * T(0), sign * T(0));
      GIVES(atan(x), sign * inf<T>, sign * 1.57079632679489661923L);
      GIVES(atan(x), sign * largest<T>, sign * 1.57079632679489661923L);
      GIVES(asinh(x), sign * inf<T>, sign * inf<T>);
      GIVES(cbrt(x), sign * inf<T>, sign * inf<T>);
    }
    const auto is_near = [](T got, T expected) { return test::steps_between(got, expected) <= 1; };
    BOOST_TEST(is_near(kernel<atan(x)>(T(-1)), T(-0.785398163397448309616L)));
    for (const T value : {largest<T>, -largest<T> / 2, T(3e20), T(-1e10), T(0x1p25), T(-0.5)}) {
      const auto wide = static_cast<long double>(value);
      BOOST_TEST(is_near(kernel<asinh(x)>(value), T(std::asinh(wide))), value);
      BOOST_TEST(is_near(kernel<cbrt(x)>(value), T(std::cbrt(wide))), value);
    }
    for (T value = smallest<T>; value < 1e-30; value *= 7) {
      const auto wide = static_cast<long double>(value);
      BOOST_TEST(is_near(kernel<cbrt(x)>(-value), -T(std::cbrt(wide))), value);
    }
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(angles_of_all_sizes, T, compute_types) {
  std::vector<T> angles = numbers<T>(6000);
  // Close to multiples of pi/2: those that are hardest, and those next to small ones.
  for (const long double angle :
       {16367173.0L, 16367173.0L * 0x1p72L, 6381956970095103.0L, 6381956970095103.0L * 0x1p797L,
        0x1.6ac5b262ca1ffp849L, 1e22L, 0x1p120L, 0x1.921fb6p+0L, 0x1p17L, 0x1.000002p17L, 0x1p40L,
        0x1.0000000000001p40L, static_cast<long double>(largest<T>)}) {
    if (angle <= static_cast<long double>(largest<T>)) angles.push_back(T(angle));
  }
  for (int k = 1; k < 3000; ++k) {
    const T near = T(k * 1.57079632679489661923132L);
    angles.insert(angles.end(), {near, std::nextafter(near, T(0)), std::nextafter(near, inf<T>)});
  }
  std::erase_if(angles, [](T angle) { return !std::isfinite(angle); });
  test::on_every_target([&] {
    std::vector<T> sines(angles.size()), cosines(angles.size());
    kernel<sin(x)>(angles, sines);
    kernel<cos(x)>(angles, cosines);
    double worst = 0;
    std::size_t failures = 0;
    for (std::size_t i = 0; i < angles.size(); ++i) {
      const auto wide = static_cast<long double>(angles[i]);
      worst = std::max(worst, test::ulps(sines[i], std::sin(wide)));
      worst = std::max(worst, test::ulps(cosines[i], std::cos(wide)));
      // Whatever the angles beside it, and odd and even.
      failures += test::bits(kernel<sin(x)>(angles[i])) != test::bits(sines[i]);
      failures += test::bits(kernel<cos(x)>(angles[i])) != test::bits(cosines[i]);
      failures += kernel<sin(x)>(-angles[i]) != -sines[i];
      failures += kernel<cos(x)>(-angles[i]) != cosines[i];
    }
    BOOST_TEST(worst <= 1.5);
    BOOST_TEST(failures == 0u);
    check_nan<sin(x), T>();
    check_nan<cos(x), T>();
    for (const T sign : {T(1), T(-1)}) {
      for (const T kept : {T(0), smallest<T>, std::numeric_limits<T>::min()}) {
        GIVES(sin(x), sign * kept, sign * kept);
        GIVES(cos(x), sign * kept, 1);
      }
      GIVES(sin(x), sign * inf<T>, nan_of<T>);
      GIVES(cos(x), sign * inf<T>, nan_of<T>);
    }
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(an_angle_that_is_computed_is_not_rounded, T, compute_types) {
  // The literal is 2 pi, rounded to double; of its product with x nothing is lost.
  constexpr double turn = 6.283185307179586;
  test::on_every_target([] {
    std::mt19937 random(5);
    std::normal_distribution<double> normal(0, 100);
    double worst = 0;
    for (int i = 0; i < 3000; ++i) {
      const T number = T(normal(random));
      const long double angle = static_cast<long double>(turn) * static_cast<long double>(number);
      worst = std::max(worst, test::ulps(kernel<sin(turn * x)>(number), std::sin(angle), 0.5L));
      worst = std::max(worst, test::ulps(kernel<cos(turn * x)>(number), std::cos(angle), 0.5L));
    }
    BOOST_TEST(worst <= 1.5);
    BOOST_TEST(std::signbit(kernel<sin(turn * x)>(-T(0))));
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(powers_as_c_has_them, T, compute_types) {
  const T odd = std::ldexp(T(1), std::numeric_limits<T>::digits) - 1;
  const std::vector<T> values = {0,
                                 -T(0),
                                 1,
                                 -1,
                                 T(0.5),
                                 T(-0.5),
                                 2,
                                 -2,
                                 3,
                                 -3,
                                 4,
                                 T(1.5),
                                 T(-2.5),
                                 inf<T>,
                                 -inf<T>,
                                 nan_of<T>,
                                 -nan_of<T>,
                                 smallest<T>,
                                 -smallest<T>,
                                 std::numeric_limits<T>::min(),
                                 largest<T>,
                                 -largest<T>,
                                 odd,
                                 -odd,
                                 odd + 1,
                                 odd / 2,
                                 -odd / 2,
                                 1 + std::numeric_limits<T>::epsilon(),
                                 1 - std::numeric_limits<T>::epsilon() / 2};
  test::on_every_target([&] {
    std::size_t failures = 0;
    const auto check = [&](T got, T a, T b) {
      const long double power = std::pow(static_cast<long double>(a), static_cast<long double>(b));
      const bool is_right = std::isnan(power)
                                ? test::is_nan(got)
                                : !test::is_nan(got) && test::ulps(got, power) <= 1.5 &&
                                      std::signbit(got) == std::signbit(power);
      if (!is_right) BOOST_TEST_MESSAGE(a << "^" << b << " = " << got << ", not " << power);
      failures += !is_right;
      // NaN comes out with its sign.
      if (test::is_nan(got) && std::isnan(a) != std::isnan(b)) {
        failures += std::signbit(got) != std::signbit(std::isnan(a) ? a : b);
      }
    };
    for (const T a : values) {
      for (const T b : values) check(kernel<pow(x, y)>(a, b), a, b);
      // Exponents that are known.
      check(kernel<pow(x, 0)>(a), a, 0);
      check(kernel<pow(x, -1)>(a), a, -1);
      check(kernel<pow(x, 0.5)>(a), a, T(0.5));
      check(kernel<pow(x, 1)>(a), a, 1);
      check(kernel<pow(x, 2)>(a), a, 2);
      check(kernel<pow(x, 3)>(a), a, 3);
      check(kernel<pow(x, 4)>(a), a, 4);
      check(kernel<pow(x, 5)>(a), a, 5);
      check(kernel<pow(x, -3)>(a), a, -3);
      check(kernel<pow(x, -2.5)>(a), a, T(-2.5));
      check(kernel<pow(x, infinity)>(a), a, inf<T>);
      check(kernel<pow(10, x)>(a), 10, a);
      check(kernel<pow(-1, x)>(a), -1, a);
    }
    BOOST_TEST(failures == 0u);
    // Where the power is a number of any size, subnormal ones as well, also of numbers next to 1.
    std::mt19937_64 random(3);
    const long double range =
        -std::numeric_limits<T>::min_exponent + std::numeric_limits<T>::digits;
    std::uniform_real_distribution<double> uniform(-1, 1);
    double worst = 0;
    for (int i = 0; i < 20000; ++i) {
      const double step = std::exp2(static_cast<double>(range) * (uniform(random) - 1) / 4);
      const T a = i % 2 == 0 ? T(1 + uniform(random) * step / 2)
                             : std::abs(std::bit_cast<T>(test::bits_of<T>(random())));
      if (!std::isfinite(a) || a == 0 || a == 1) continue;
      const T b = T(range * static_cast<long double>(uniform(random)) /
                    std::log2(static_cast<long double>(a)));
      const long double power = std::pow(static_cast<long double>(a), static_cast<long double>(b));
      worst = std::max(worst, test::ulps(kernel<pow(x, y)>(a, b), power));
    }
    BOOST_TEST(worst <= 1.5);
  });
}

// Of literals, at compile time.
static_assert(same_kernel<x + round(literal{2.5}), x + 2>);
static_assert(same_kernel<x + round(literal{-1e300}), x + -1e300>);
static_assert(same_kernel<x / round(literal{-0.25}), x / -0.0>);
static_assert(!same_kernel<x / round(literal{-0.25}), x / 0.0>);
static_assert(same_kernel<x + floor(literal{-2.5}), x + -3>);
static_assert(same_kernel<x + ceil(literal{-2.5}), x + -2>);
static_assert(same_kernel<x / ceil(literal{-0.5}), x / -0.0>);
static_assert(same_kernel<x / trunc(literal{-0.5}), x / -0.0>);
static_assert(same_kernel<x + trunc(literal{2.75}), x + 2>);
// A step has no slope.
static_assert(same_kernel<derivative(x* round(x)), round(x)>);
