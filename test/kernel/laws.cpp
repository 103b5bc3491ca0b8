// SPDX-License-Identifier: BSL-1.0
// Laws that hold for every activation of the catalogue, on every instruction set. Compiled once for
// each element type, FUSOR_TEST_ELEMENT.
#define BOOST_TEST_MODULE kernel_laws
#include <bit>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstring>
#include <fusor/fusor.hpp>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "support/numbers.hpp"
#include "support/targets.hpp"

namespace {

using namespace fusor;
using element_type = FUSOR_TEST_ELEMENT;

/// The calls of one kernel that the laws are stated with.
struct subject {
  std::string name;
  element_type (*on_number)(element_type);
  void (*on_pointers)(const element_type*, element_type*, std::size_t);
};

template <auto Formula>
subject make_subject(const char* name) {
  return {name, [](element_type value) { return kernel<Formula>(value); },
          [](const element_type* in, element_type* out, std::size_t count) {
            kernel<Formula>(in, out, count);
          }};
}

const std::vector<subject>& subjects() {
  static const std::vector<subject> subjects = {
#define FUSOR_CASE(stem, ...) make_subject<__VA_ARGS__>(#__VA_ARGS__),
#include "catalogue.hpp"
#undef FUSOR_CASE
    // And formulas of a user, with literals, shared parts and every operation left.
    make_subject<x * exp(-x * x)>("x * exp(-x * x)"),
    make_subject<where((x > 1 && x < 3) || !(x != -2), log(abs(x)), rsqrt(square(x) + 1))>("where"),
    make_subject<(x - 1) * sigmoid(x + 1)>("(x - 1) * sigmoid(x + 1)"),
    make_subject<1e-35 * x * sigmoid(x / 3)>("1e-35 * x * sigmoid(x / 3)"),
    make_subject<x * logistic_pdf(x) + (x - 1) * logistic_pdf(x / 3)>("logistic_pdf"),
    make_subject<derivative(gelu)>("derivative(gelu)"),
    make_subject<relaxed(gelu)>("relaxed(gelu)"),
    make_subject<relaxed(mish)>("relaxed(mish)"),
    make_subject<relaxed(tanh_shrink)>("relaxed(tanh_shrink)"),
    make_subject<relaxed(log_sigmoid)>("relaxed(log_sigmoid)"),
    make_subject<derivative(silu) * tanh(softplus(x)) + derivative(silu(x / 3))>(
        "shared exponentials"),
#if !defined(__FAST_MATH__)  // NaN of both signs meet in it, and GCC then picks one as it likes
    make_subject<derivative(mish) - derivative(silu(x / 3))>("derivative(mish)"),
#endif
    make_subject<tanh(x) * (1 - tanh(x) * tanh(x)) + exp(-x) * expm1(-x)>("tanh and its slope"),
    make_subject<x * normal_pdf(x) + (x - 1) * normal_pdf(x / 3)>("normal_pdf"),
    make_subject<erf(x) + erfc(x) * sign(x) - log1p(abs(x)) / hypot(x, 3)>("erf and others"),
    make_subject<sinh(x) * cosh(x / 3) * log_cosh(x) + sinh(x / 3)>("sinh and others"),
    make_subject<round(3 * x) + floor(x) + ceil(x / 3) + trunc(x)>("round and others"),
    make_subject<exp2(x / 3) * log2(square(x) + 1) + log10(square(x) + 2)>("exp2 and others"),
    make_subject<atan(x) * asinh(x / 3) + cbrt(square(x))>("atan and others"),
    make_subject<sin(x) + sin(10 * x)>("sin"),
    make_subject<cos(x / 3) * cos(x)>("cos"),
    make_subject<pow(square(x) + 0.5, x / 9) + 0.5 * pow(x, 3) + pow(1.5, x / 7)>("pow"),
    make_subject<min(max(x, sqrt(abs(x))), x + 2) / (1 + square(tanh(x)) + tanh(x))>("min, max"),
  };
  return subjects;
}

constexpr std::size_t most_lanes = 64 / sizeof(element_type);
constexpr std::size_t longest = 4 * most_lanes + 3;

std::vector<element_type> inputs() {
  std::mt19937 random(20240607);
  std::normal_distribution<double> normal(0, 4);
  std::vector<element_type> values;
  const double inf = std::numeric_limits<double>::infinity();
  for (const double special :
       {0.0,  -0.0, inf,  -inf, 1e-40, -1e-40, 1e30, -1e30, 88.0, -88.0, 1.0,
        -1.0, 0.5,  -3.0, 3.0,  104.0, -104.0, 20.0, -20.0, 60.0, -60.0, -85.5}) {
    values.push_back(fusor::test::element_from<element_type>(special));
  }
  while (values.size() < longest) {
    values.push_back(fusor::test::element_from<element_type>(normal(random)));
  }
  std::shuffle(values.begin(), values.end(), random);
  return values;
}

/// Memory with a margin on both sides that must stay as it is.
struct guarded {
  static constexpr std::size_t margin = 2 * most_lanes;
  static constexpr int canary = 0x5a;
  std::vector<unsigned char> bytes;
  element_type* data;
  std::size_t count;

  guarded(std::size_t offset, std::size_t length)
      : bytes((length + 2 * margin + most_lanes) * sizeof(element_type) + 64, canary),
        count(length) {
    auto address = reinterpret_cast<std::uintptr_t>(bytes.data());
    address = (address + 63) / 64 * 64;
    data = reinterpret_cast<element_type*>(address) + margin + offset;
  }

  bool is_intact() const {
    const auto* begin = bytes.data();
    const auto* end = begin + bytes.size();
    const auto* low = reinterpret_cast<const unsigned char*>(data);
    const auto* high = reinterpret_cast<const unsigned char*>(data + count);
    const auto is_canary = [](unsigned char byte) { return byte == canary; };
    return std::all_of(begin, low, is_canary) && std::all_of(high, end, is_canary);
  }
};

bool is_same(const element_type* a, const element_type* b, std::size_t count) {
  return count == 0 || std::memcmp(a, b, count * sizeof(element_type)) == 0;
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_length_and_offset_gives_the_bits_of_the_scalar_call) {
  const std::vector<element_type> in = inputs();
  fusor::test::on_every_target([&] {
    for (const subject& s : subjects()) {
      std::vector<element_type> expected;
      for (const element_type value : in) expected.push_back(s.on_number(value));
      std::size_t failures = 0;
      for (std::size_t length = 0; length <= longest; ++length) {
        for (std::size_t offset = 0; offset < most_lanes; ++offset) {
          guarded from(offset * 5 % most_lanes, length);
          guarded to(offset, length);
          if (length > 0) std::memcpy(from.data, in.data(), length * sizeof(element_type));
          s.on_pointers(from.data, to.data, length);
          failures += !is_same(to.data, expected.data(), length);
          failures += length > 0 && !is_same(from.data, in.data(), length);
          failures += !to.is_intact() + !from.is_intact();
          // In place, at the offset of the input.
          s.on_pointers(from.data, from.data, length);
          failures += !is_same(from.data, expected.data(), length);
          failures += !from.is_intact();
        }
      }
      BOOST_TEST(failures == 0u, s.name << ": " << failures << " calls differ");
    }
  });
}

BOOST_AUTO_TEST_CASE(nan_gives_nan) {
  const auto nan = fusor::test::element_from<element_type>(std::nan(""));
  fusor::test::on_every_target([&] {
    for (const subject& s : subjects()) {
      if (s.name == "where") continue;  // asks whether x != -2, which NaN answers
      BOOST_TEST(fusor::test::is_nan(s.on_number(nan)), s.name);
    }
  });
}

BOOST_AUTO_TEST_CASE(the_sign_of_nan_does_not_depend_on_its_position) {
  const auto positive = fusor::test::element_from<element_type>(std::nan(""));
  const element_type one = fusor::test::element_from<element_type>(1);
  using bits_type = fusor::test::bits_of<element_type>;
  const auto sign = static_cast<bits_type>(bits_type{1} << (8 * sizeof(element_type) - 1));
  const auto negative =
      std::bit_cast<element_type>(static_cast<bits_type>(fusor::test::bits(positive) ^ sign));
  fusor::test::on_every_target([&] {
    for (const subject& s : subjects()) {
      // As written, NaN of both signs meet in these: either may come out.
      if (s.name == "erf and others" || s.name == "min, max" || s.name == "x * exp(-x * x)") {
        continue;
      }
      for (const element_type nan : {positive, negative}) {
        const element_type expected = s.on_number(nan);
        std::size_t failures = 0;
        for (std::size_t length = 1; length <= 2 * most_lanes + 3; ++length) {
          for (std::size_t position = 0; position < length; ++position) {
            std::vector<element_type> in(length, one), out(length);
            in[position] = nan;
            s.on_pointers(in.data(), out.data(), length);
            failures += !is_same(&out[position], &expected, 1);
          }
        }
        BOOST_TEST(failures == 0u, s.name << ": " << failures << " results differ");
      }
    }
  });
}

BOOST_AUTO_TEST_CASE(finite_and_infinite_inputs_give_no_nan) {
  fusor::test::on_every_target([&] {
    for (const subject& s : subjects()) {
      if (s.name == "erf and others" || s.name == "min, max") continue;  // inf / inf as written
      if (s.name == "sin" || s.name == "cos") continue;                  // sin(inf)
      for (const element_type value : inputs()) {
        BOOST_TEST(!fusor::test::is_nan(s.on_number(value)),
                   s.name << " at " << fusor::test::to_double(value));
      }
    }
  });
}

BOOST_AUTO_TEST_CASE(a_long_array_gives_the_bits_of_the_scalar_call) {
  std::mt19937 random(7);
  std::normal_distribution<double> normal(0, 4);
  std::vector<element_type> in(10007);
  for (element_type& value : in) value = fusor::test::element_from<element_type>(normal(random));
  fusor::test::on_every_target([&] {
    for (const subject& s : subjects()) {
      std::vector<element_type> got(in.size());
      std::vector<element_type> expected(in.size());
      s.on_pointers(in.data(), got.data(), in.size());
      for (std::size_t i = 0; i < in.size(); ++i) expected[i] = s.on_number(in[i]);
      BOOST_TEST(is_same(got.data(), expected.data(), in.size()), s.name);
    }
  });
}
