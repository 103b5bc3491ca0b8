// SPDX-License-Identifier: BSL-1.0
// The half types: every one of the 65536 values, and rounding to nearest even, in the scalar code
// and in the vector code of every instruction set.
#define BOOST_TEST_MODULE kernel_half
#include <boost/mpl/list.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <fusor/fusor.hpp>
#include <limits>
#include <random>
#include <vector>

#include "support/numbers.hpp"
#include "support/targets.hpp"

using namespace fusor;

namespace {

using half_types = boost::mpl::list<float16, bfloat16>;

template <class T>
T from_bits(unsigned bits) {
  T value;
  value.bits = static_cast<std::uint16_t>(bits);
  return value;
}

/// The value of a half by its definition, without the code under test.
template <class T>
double by_definition(unsigned bits) {
  constexpr int mantissa_bits = std::is_same_v<T, float16> ? 10 : 7;
  constexpr int exponent_bits = 15 - mantissa_bits;
  const int bias = (1 << (exponent_bits - 1)) - 1;
  const int mantissa = static_cast<int>(bits & ((1u << mantissa_bits) - 1));
  const int exponent = static_cast<int>(bits >> mantissa_bits & ((1u << exponent_bits) - 1));
  const double sign = (bits & 0x8000u) != 0 ? -1 : 1;
  if (exponent == (1 << exponent_bits) - 1) {
    return mantissa != 0 ? std::nan("") : sign * std::numeric_limits<double>::infinity();
  }
  const int hidden = exponent == 0 ? 0 : 1 << mantissa_bits;
  return sign * std::ldexp(hidden + mantissa, std::max(exponent, 1) - bias - mantissa_bits);
}

/// The half nearest to a finite double, ties to even, by trying its neighbours.
template <class T>
unsigned nearest(double value) {
  const unsigned sign = std::signbit(value) ? 0x8000u : 0;
  unsigned low = 0;
  unsigned high = std::is_same_v<T, float16> ? 0x7c00u : 0x7f80u;
  while (high - low > 1) {
    const unsigned middle = (low + high) / 2;
    (by_definition<T>(middle) <= std::abs(value) ? low : high) = middle;
  }
  // The value that would follow the largest one stands for infinity when rounding.
  const double above = std::isinf(by_definition<T>(high))
                           ? by_definition<T>(low) * 2 - by_definition<T>(low - 1)
                           : by_definition<T>(high);
  const double middle = by_definition<T>(low) / 2 + above / 2;
  const bool up = std::abs(value) > middle || (std::abs(value) == middle && (low & 1u) != 0);
  return sign | (up ? high : low);
}

template <class T>
std::vector<float> interesting_floats() {
  std::vector<float> values;
  for (unsigned bits = 0; bits < 0x10000u; bits += 7) {
    const auto value = static_cast<float>(by_definition<T>(bits));
    const auto next = static_cast<float>(by_definition<T>(bits + 1));
    if (std::isnan(value) || std::isinf(value) || std::isnan(next) || std::isinf(next)) continue;
    const float middle = value / 2 + next / 2;
    for (const float v :
         {value, middle, std::nextafter(middle, 0.0f), std::nextafter(middle, 2 * middle)}) {
      values.push_back(v);
    }
  }
  for (const float v : {65504.0f, 65519.0f, 65520.0f, 65521.0f, 1e38f, 3.4e38f, 1e-8f, 2.98e-8f,
                        2.99e-8f, 1e-40f, 1e-45f, std::numeric_limits<float>::infinity()}) {
    values.push_back(v);
    values.push_back(-v);
  }
  return values;
}

}  // namespace

BOOST_AUTO_TEST_CASE_TEMPLATE(every_half_widens_to_its_value, T, half_types) {
  std::vector<T> halves;
  for (unsigned bits = 0; bits < 0x10000u; ++bits) {
    halves.push_back(from_bits<T>(bits));
    const double expected = by_definition<T>(bits);
    const auto got = static_cast<double>(static_cast<float>(halves.back()));
    BOOST_TEST((std::isnan(expected) ? std::isnan(got) : got == expected));
  }
  fusor::test::on_every_target([&] {
    std::vector<float> as_float(halves.size());
    std::vector<double> as_double(halves.size());
    std::vector<T> back(halves.size());
    kernel<x>(halves, as_float);
    kernel<x>(halves, as_double);
    kernel<x>(as_float, back);
    std::size_t wrong = 0;
    for (unsigned bits = 0; bits < 0x10000u; ++bits) {
      const double expected = by_definition<T>(bits);
      if (std::isnan(expected)) {
        wrong += !std::isnan(as_float[bits]) + !std::isnan(as_double[bits]) +
                 !fusor::test::is_nan(back[bits]);
      } else {
        wrong += as_float[bits] != expected;
        wrong += as_double[bits] != expected;
        wrong += back[bits].bits != bits;
      }
    }
    BOOST_TEST(wrong == 0u);
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(floats_round_to_nearest_even, T, half_types) {
  const std::vector<float> values = interesting_floats<T>();
  BOOST_TEST(values.size() > 30000u);
  for (const float v : values) {
    if (std::isinf(v)) continue;
    BOOST_TEST(T(v).bits == nearest<T>(v), v);
  }
  fusor::test::on_every_target([&] {
    std::vector<T> got(values.size());
    kernel<x>(values, got);
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < got.size(); ++i) wrong += got[i].bits != T(values[i]).bits;
    BOOST_TEST(wrong == 0u);
  });
}

// Rounding a double to float first and then to half would round twice.
BOOST_AUTO_TEST_CASE_TEMPLATE(doubles_round_once, T, half_types) {
  std::vector<double> values;
  for (const float v : interesting_floats<T>()) {
    if (std::isinf(v) || std::abs(v) < 1e-37f) continue;
    values.push_back(v);
    values.push_back(std::nextafter(static_cast<double>(v), 0.0));
    values.push_back(std::nextafter(static_cast<double>(v), 2.0 * static_cast<double>(v)));
  }
  fusor::test::on_every_target([&] {
    std::vector<T> got(values.size());
    kernel<x>(values, got);
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < got.size(); ++i) wrong += got[i].bits != nearest<T>(values[i]);
    BOOST_TEST(wrong == 0u);
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(nan_stays_nan, T, half_types) {
  fusor::test::on_every_target([] {
    std::vector<float> in(40, std::numeric_limits<float>::quiet_NaN());
    in[3] = -in[3];
    in[5] = std::bit_cast<float>(0x7f800001u);
    std::vector<T> out(40);
    kernel<x>(in, out);
    for (const T value : out) BOOST_TEST(fusor::test::is_nan(value));
    std::vector<double> wide(40, std::numeric_limits<double>::quiet_NaN());
    kernel<x>(wide, out);
    for (const T value : out) BOOST_TEST(fusor::test::is_nan(value));
  });
}

namespace {

/// Every tiny bfloat16: what `Formula` gives beside `slope` times it, a little above (1) or below
/// that (-1), rounded.
template <auto Formula>
std::size_t wrong_ties(double slope, int above, int below) {
  std::vector<bfloat16> in, out;
  for (unsigned bits = 1; bits < 0x3000u; ++bits) {  // up to 2^-31
    in.push_back(from_bits<bfloat16>(bits));
    in.push_back(from_bits<bfloat16>(bits | 0x8000u));
  }
  out.resize(in.size());
  kernel<Formula>(in, out);
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < in.size(); ++i) {
    const double exact = slope * test::to_double(in[i]);
    const double moved = exact + (exact > 0 ? above : below) * std::abs(exact) * 0x1p-40;
    wrong += out[i].bits != nearest<bfloat16>(moved);
  }
  return wrong;
}

}  // namespace

// What x^2 decides is lost in float, where it is less than half a unit of the last place beside x.
BOOST_AUTO_TEST_CASE(results_in_the_middle_go_the_way_that_the_formula_bends) {
  test::on_every_target([] {
    BOOST_TEST(wrong_ties<silu>(0.5, 1, 1) == 0u);
    BOOST_TEST(wrong_ties<-silu(-x)>(0.5, -1, -1) == 0u);
    BOOST_TEST(wrong_ties<x / (2 + x)>(0.5, -1, -1) == 0u);
    BOOST_TEST(wrong_ties<where(x > 0, 3 * x, 3 * expm1(x))>(3, 0, 1) == 0u);
    BOOST_TEST(wrong_ties<x / 2>(0.5, 0, 0) == 0u);
    BOOST_TEST(wrong_ties<3 * x>(3, 0, 0) == 0u);
  });
}

// In other memory as well.
BOOST_AUTO_TEST_CASE(a_strided_output_has_the_bits_of_an_array) {
  test::on_every_target([] {
    std::vector<bfloat16> in, out(300), strided(600);
    for (unsigned bits = 1; bits <= 300; ++bits) in.push_back(from_bits<bfloat16>(bits));
    kernel<silu>(in, out);
    kernel<silu>(view(in, {10, 30}), view(strided, {10, 30}, {60, 2}));
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < out.size(); ++i) wrong += out[i].bits != strided[2 * i].bits;
    kernel<silu>(view(in, {10, 30}), view(strided.data(), {10, 30}, {1, 10}));
    for (std::size_t i = 0; i < out.size(); ++i) {
      wrong += out[i].bits != strided[i % 30 * 10 + i / 30].bits;
    }
    BOOST_TEST(wrong == 0u);
  });
}

// A sum that a float holds is in the middle because it is: to the even neighbour.
BOOST_AUTO_TEST_CASE(results_that_are_exact_are_rounded_to_even) {
  std::vector<bfloat16> in, out;
  for (unsigned bits = 0x3c00u; bits < 0x4100u; ++bits) in.push_back(from_bits<bfloat16>(bits));
  out.resize(in.size());
  kernel<x * x + x / 2>(in, out);
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < in.size(); ++i) {
    const double a = test::to_double(in[i]);
    wrong += out[i].bits != nearest<bfloat16>(a * a + a / 2);
  }
  BOOST_TEST(wrong == 0u);
}
