// SPDX-License-Identifier: BSL-1.0
// Rows that are computed together, batch beside batch, have the bits that each has alone. Compiled
// twice: for the caches that Fusor expects, and for caches that most of these rows do not fit.
#define BOOST_TEST_MODULE kernel_batches
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstring>
#include <fusor/fusor.hpp>
#include <limits>
#include <random>
#include <vector>

#include "support/targets.hpp"

namespace {

using namespace fusor;

constexpr float inf = std::numeric_limits<float>::infinity();
constexpr float nan = std::numeric_limits<float>::quiet_NaN();

/// Random rows of different scales and places; in some of them -inf, NaN, or equal elements.
template <class T>
std::vector<T> random_rows(std::size_t rows, std::size_t extent) {
  std::mt19937 generator(static_cast<unsigned>(rows * 7919 + extent));
  std::normal_distribution<float> normal;
  std::vector<T> values(rows * extent);
  for (std::size_t row = 0; row < rows; ++row) {
    const float scale = static_cast<float>(1 + row % 7);
    const float offset = static_cast<float>(row % 5) * 10 - 20;
    T* const first = values.data() + row * extent;
    for (std::size_t i = 0; i < extent; ++i) {
      first[i] = static_cast<T>(scale * normal(generator) + offset);
    }
    if (row % 11 == 3) first[0] = first[extent - 1] = static_cast<T>(-inf);
    if (row % 11 == 5) first[row % extent] = static_cast<T>(nan);
    if (row % 11 == 7) std::fill_n(first, extent, static_cast<T>(offset));
  }
  return values;
}

template <class T>
bool are_same(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0;
}

/// Rows too short to overlap, rows that do, rows too long to; a batch and less, several, and a
/// rest.
template <class T, class Check>
void for_each_shape(const Check& check) {
  for (const std::size_t extent : {100u, 257u, 300u, 1000u, 1027u, 4096u, 5003u, 17000u, 40000u}) {
    for (const std::size_t rows : {1u, 2u, 3u, 5u, 16u, 17u, 33u, 50u}) {
      if (rows * extent > 250000) continue;
      BOOST_TEST_CONTEXT(rows << " x " << extent) {
        check(rows, extent, random_rows<T>(rows, extent));
      }
    }
  }
}

/// All rows by one call, apart and in place, and by a call each.
template <auto Formula, class T>
void check_rows() {
  test::on_every_target([] {
    for_each_shape<T>([](std::size_t rows, std::size_t extent, const std::vector<T>& in) {
      std::vector<T> together(in.size()), alone(in.size()), in_place = in;
      kernel<Formula>(view(in, {rows, extent}), view(together, {rows, extent}));
      kernel<Formula>(view(in_place, {rows, extent}), view(in_place, {rows, extent}));
      for (std::size_t row = 0; row < rows; ++row) {
        kernel<Formula>(view(in.data() + row * extent, {1, extent}),
                        view(alone.data() + row * extent, {1, extent}));
      }
      BOOST_TEST(are_same(together, alone));
      BOOST_TEST(are_same(in_place, alone));
    });
  });
}

BOOST_AUTO_TEST_CASE(softmax_and_log_softmax) {
  check_rows<softmax(x), float>();
  check_rows<softmax(x), double>();
  check_rows<softmax(x), float16>();
  check_rows<log_softmax(x), float>();
  check_rows<log_softmax(x), bfloat16>();
}

BOOST_AUTO_TEST_CASE(other_stages) {
  check_rows<sparsemax(silu(x)), float>();  // no terms in the last stage
  check_rows<x / reduce_sum(exp(x)), float>();
  check_rows<softmax(x - reduce_mean(x)), float>();
  check_rows<x * reduce_mean(tanh(x / reduce_max(abs(x)))), float>();
  // Two reductions read what one of them could carry to the output.
  check_rows<silu(x) / reduce_sum(silu(x)) / reduce_sum(x), float>();
}

/// Rows with gaps between them, which no call may touch, at every place within a line of a cache.
template <auto Formula, std::size_t InputsPerOutput = 1>
void check_gaps() {
  test::on_every_target([] {
    for (const std::size_t extent : {32u, 60u, 100u, 128u, 250u, 1000u, 4097u}) {
      const std::size_t rows = 90000 / extent;
      const std::size_t in_extent = InputsPerOutput * extent;
      const std::size_t pitch = extent + 1 + extent % 7;
      const auto in = random_rows<float>(rows, in_extent);
      std::vector<float> alone(rows * extent), together(rows * pitch + 16, -77);
      for (std::size_t row = 0; row < rows; ++row) {
        kernel<Formula>(view(in.data() + row * in_extent, {1, in_extent}),
                        view(alone.data() + row * extent, {1, extent}));
      }
      const std::size_t first = extent % 16;
      kernel<Formula>(view(in, {rows, in_extent}), view(together.data() + first, {rows, extent},
                                                        {static_cast<std::ptrdiff_t>(pitch), 1}));
      BOOST_TEST_CONTEXT(rows << " x " << extent) {
        bool is_right = true;
        for (std::size_t row = 0; row < rows; ++row) {
          is_right = is_right && std::memcmp(together.data() + first + row * pitch,
                                             alone.data() + row * extent, extent * 4) == 0;
        }
        BOOST_TEST(is_right);
        for (std::size_t row = 0; row < rows; ++row) {
          std::fill_n(together.begin() + static_cast<std::ptrdiff_t>(first + row * pitch), extent,
                      -77.0f);
        }
        BOOST_TEST(std::count(together.begin(), together.end(), -77.0f) ==
                   static_cast<std::ptrdiff_t>(together.size()));
      }
    }
  });
}

BOOST_AUTO_TEST_CASE(gaps_between_rows) {
  check_gaps<softmax(x)>();
  check_gaps<log_softmax(x)>();
  check_gaps<x * rsqrt(reduce_mean(square(x)) + 1e-6)>();
  check_gaps<silu(first_half(x)) * second_half(x), 2>();
  check_gaps<hard_silu>();
}

/// Rows of a few elements one after the other, from any place in memory: as each alone. Around the
/// outputs nothing is written.
template <auto Formula, class T>
void check_few_elements() {
  test::on_every_target([] {
    for (std::size_t extent = 1; extent < 10; ++extent) {
      for (const std::size_t rows : {1u, 7u, 16u, 17u, 33u, 64u, 100u, 300u, 1001u}) {
        const std::size_t first = (extent + rows) % 4, count = rows * extent;
        std::vector<T> in(first), together(count + 8, T(-77)), alone(count), sums(rows),
            sums_alone(rows);
        const auto values = random_rows<T>(rows, extent);
        in.insert(in.end(), values.begin(), values.end());
        T* const out = together.data() + 4 - first;
        kernel<Formula>(view(in.data() + first, {rows, extent}), view(out, {rows, extent}),
                        view(sums, {rows, 1}));
        for (std::size_t row = 0; row < rows; ++row) {
          kernel<Formula>(view(values.data() + row * extent, {1, extent}),
                          view(alone.data() + row * extent, {1, extent}),
                          view(sums_alone.data() + row, {1, 1}));
        }
        BOOST_TEST_CONTEXT(rows << " x " << extent) {
          BOOST_TEST(std::memcmp(out, alone.data(), count * sizeof(T)) == 0);
          BOOST_TEST(are_same(sums, sums_alone));
          std::fill_n(out, count, T(-77));
          BOOST_TEST(std::count(together.begin(), together.end(), T(-77)) ==
                     static_cast<std::ptrdiff_t>(together.size()));
        }
      }
    }
  });
}

BOOST_AUTO_TEST_CASE(rows_of_a_few_elements) {
  check_few_elements<outputs(softmax(x), logsumexp(x)), float>();
  check_few_elements<outputs(x - reduce_mean(x), reduce_sum(square(x))), float>();
  check_few_elements<outputs(softmax(x), reduce_max(x)), double>();
}

BOOST_AUTO_TEST_CASE(several_operands) {
  static constexpr auto formula = outputs(softmax(x + y), logsumexp(x + y));
  test::on_every_target([] {
    for_each_shape<float>([](std::size_t rows, std::size_t extent, const std::vector<float>& in) {
      const std::vector<float> bias(in.begin(), in.begin() + static_cast<std::ptrdiff_t>(extent));
      std::vector<float> together(in.size()), alone(in.size()), sums(rows), sums_alone(rows);
      kernel<formula>(view(in, {rows, extent}), view(bias, {1, extent}),
                      view(together, {rows, extent}), view(sums, {rows, 1}));
      for (std::size_t row = 0; row < rows; ++row) {
        kernel<formula>(view(in.data() + row * extent, {1, extent}), view(bias, {1, extent}),
                        view(alone.data() + row * extent, {1, extent}),
                        view(sums_alone.data() + row, {1, 1}));
      }
      BOOST_TEST(are_same(together, alone));
      BOOST_TEST(are_same(sums, sums_alone));
    });
  });
}

}  // namespace
