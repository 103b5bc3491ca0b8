// SPDX-License-Identifier: BSL-1.0
// Calls that take a short way to their loops give the bits of those that do not: one row among many
// rows, and a bias beside an array that repeats it.
#define BOOST_TEST_MODULE kernel_short_calls
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <fusor/fusor.hpp>
#include <random>
#include <vector>

#include "support/numbers.hpp"
#include "support/targets.hpp"

namespace {

using namespace fusor;
using test::bits;

constexpr auto rms_norm = x * rsqrt(reduce_mean(square(x)) + 1e-6);
constexpr float guard = -77;

std::vector<float> random_numbers(std::size_t count, std::mt19937& random) {
  std::normal_distribution<float> normal(0, 3);
  std::vector<float> values(count);
  for (float& value : values) value = normal(random);
  return values;
}

std::size_t differences(const std::vector<float>& a, const std::vector<float>& b) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < a.size(); ++i) found += bits(a[i]) != bits(b[i]);
  return found;
}

/// Rows of `extent` numbers, `gap` numbers between them: all in one call, and a call for each.
template <auto Formula>
void check_rows(std::size_t rows, std::size_t extent, std::size_t gap, bool is_reduced,
                std::mt19937& random) {
  const std::size_t pitch = extent + gap;
  const std::vector<float> in = random_numbers(rows * pitch, random);
  std::vector<float> together(rows * pitch, guard), alone(rows * pitch, guard);
  const auto stride = static_cast<std::ptrdiff_t>(pitch);
  const std::size_t results = is_reduced ? 1 : extent;
  kernel<Formula>(view(in.data(), {rows, extent}, {stride, 1}),
                  view(together.data(), {rows, results}, {stride, 1}));
  for (std::size_t r = 0; r < rows; ++r) {
    kernel<Formula>(view(in.data() + r * pitch, {1, extent}),
                    view(alone.data() + r * pitch, {1, results}));
  }
  BOOST_TEST(differences(together, alone) == 0u,
             rows << " rows of " << extent << ", " << gap << " between them");
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_row_alone_has_the_bits_it_has_among_others) {
  test::on_every_target([] {
    std::mt19937 random(11);
    for (std::size_t extent = 1; extent <= 40; ++extent) {
      for (const std::size_t gap : {std::size_t{0}, std::size_t{3}}) {
        const std::size_t rows = 1 + random() % 40;
        check_rows<softmax>(rows, extent, gap, false, random);
        check_rows<log_softmax>(rows, extent, gap, false, random);
        check_rows<rms_norm>(rows, extent, gap, false, random);
        check_rows<sparsemax>(rows, extent, gap, false, random);
        check_rows<reduce_sum(x)>(rows, extent, gap, true, random);
        check_rows<reduce_max(x)>(rows, extent, gap, true, random);
      }
    }
  });
}

BOOST_AUTO_TEST_CASE(a_number_beside_a_row_alone) {
  test::on_every_target([] {
    std::mt19937 random(13);
    constexpr std::size_t rows = 5;
    for (std::size_t extent = 1; extent <= 40; ++extent) {
      const std::vector<float> in = random_numbers(rows * extent, random);
      std::vector<float> together(rows * extent, guard), alone(rows * extent, guard);
      const auto check = [&](const auto& each) {
        each(in.data(), together.data(), rows);
        for (std::size_t r = 0; r < rows; ++r) {
          each(in.data() + r * extent, alone.data() + r * extent, std::size_t{1});
        }
        BOOST_TEST(differences(together, alone) == 0u, "rows of " << extent);
      };
      check([&](const float* from, float* to, std::size_t count) {
        kernel<softmax(x * y)>(view(from, {count, extent}), 0.7f, view(to, {count, extent}));
      });
      check([&](const float* from, float* to, std::size_t count) {
        kernel<rms_norm(x) * y>(view(from, {count, extent}), 0.7f, view(to, {count, extent}));
      });
    }
  });
}

BOOST_AUTO_TEST_CASE(a_bias_has_the_bits_of_an_array_that_repeats_it) {
  test::on_every_target([] {
    std::mt19937 random(12);
    for (int trial = 0; trial < 300; ++trial) {
      const std::size_t rows = 1 + random() % 60;
      const std::size_t columns =
          random() % 2 == 0 ? std::size_t{1} << random() % 10 : 1 + random() % 300;
      const std::size_t offset = random() % 17, end = rows * columns;
      const std::vector<float> in = random_numbers(end + offset, random);
      const std::vector<float> bias = random_numbers(columns, random);
      const std::vector<float> scale = random_numbers(columns, random);
      std::vector<float> all_bias(end), all_scale(end), expected(end), out(end + 40, guard);
      for (std::size_t i = 0; i < end; ++i) {
        all_bias[i] = bias[i % columns];
        all_scale[i] = scale[i % columns];
      }
      const float* const from = in.data() + offset;
      float* const to = out.data() + random() % 17;
      kernel<relu(x * y + z)>(from, all_scale.data(), all_bias.data(), expected.data(), end);
      kernel<relu(x * y + z)>(view(from, {rows, columns}), view(scale.data(), {1, columns}),
                              view(bias.data(), {columns}), view(to, {rows, columns}));
      std::size_t wrong = 0;
      for (std::size_t i = 0; i < end; ++i) wrong += bits(to[i]) != bits(expected[i]);
      for (const float* p = out.data(); p != to; ++p) wrong += *p != guard;
      for (const float* p = to + end; p != out.data() + out.size(); ++p) wrong += *p != guard;
      BOOST_TEST(wrong == 0u, rows << "x" << columns);
      // The bias first, and the output in place.
      kernel<x - sigmoid(y)>(all_bias.data(), from, expected.data(), end);
      std::vector<float> in_place(from, from + end);
      kernel<x - sigmoid(y)>(view(bias.data(), {columns}), view(in_place.data(), {rows, columns}),
                             view(in_place.data(), {rows, columns}));
      BOOST_TEST(differences(in_place, expected) == 0u, rows << "x" << columns << " in place");
    }
  });
}
