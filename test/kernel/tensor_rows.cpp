// SPDX-License-Identifier: BSL-1.0
// Rows of views: how many, how long, of equal, infinite and repeated elements.
#define BOOST_TEST_MODULE kernel_tensor_rows
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <fusor/fusor.hpp>
#include <limits>
#include <random>
#include <vector>

#include "support/numbers.hpp"
#include "support/rows.hpp"
#include "support/targets.hpp"

using namespace fusor;

namespace {

constexpr float inf = std::numeric_limits<float>::infinity();
constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();

}  // namespace

BOOST_AUTO_TEST_CASE(a_million_equal_terms_lose_nothing) {
  fusor::test::on_every_target([] {
    const std::vector<float> in(1000000, 0.1f);
    std::vector<float> sum(1), mean(1);
    kernel<outputs(reduce_sum(x), reduce_mean(x))>(in, view(sum, {1}), view(mean, {1}));
    BOOST_TEST(sum[0] == static_cast<float>(1000000 * static_cast<double>(0.1f)));
    BOOST_TEST(mean[0] == 0.1f);
    std::vector<float> columns(2);
    kernel<reduce_sum(x, {.axis = 0})>(view(in, {500000, 2}), view(columns, {2}));
    BOOST_TEST(columns[0] == static_cast<float>(500000 * static_cast<double>(0.1f)));
  });
}

/// Axes that are not neighbours make many lines of a row, whose rests add up as well.
BOOST_AUTO_TEST_CASE(equal_terms_in_many_lines_lose_nothing) {
  fusor::test::on_every_target([] {
    for (const float term : {0.1f, 0.7f}) {
      for (const std::size_t extent : {1u, 3u, 5u, 17u, 64u, 100u}) {
        const std::size_t lines = 600000 / extent;
        const std::vector<float> in(2 * lines * extent, term);
        std::vector<float> sums(2);
        const auto expected =
            static_cast<float>(static_cast<double>(term) * double(lines * extent));
        const auto is_near = [&](float sum) { return fusor::test::ulps(sum, expected) <= 1; };
        kernel<reduce_sum(x, {.axis = {0, 2}})>(view(in, {lines, 2, extent}), view(sums, {2}));
        BOOST_TEST((is_near(sums[0]) && is_near(sums[1])));
        kernel<reduce_sum(x, {.axis = {0, 2}})>(
            view(in, {extent, 2, lines},
                 {1, static_cast<std::ptrdiff_t>(extent), static_cast<std::ptrdiff_t>(2 * extent)}),
            view(sums, {2}));
        BOOST_TEST((is_near(sums[0]) && is_near(sums[1])));
        kernel<reduce_sum(x, {.axis = {0, 1}})>(
            view(in, {lines, extent, 2}, {static_cast<std::ptrdiff_t>(2 * extent), 2, 1}),
            view(sums, {2}));
        BOOST_TEST((is_near(sums[0]) && is_near(sums[1])));
      }
    }
  });
}

/// Rows that end in one, two or three vectors and part of one, alone and beside others.
BOOST_AUTO_TEST_CASE(rows_of_every_short_length) {
  fusor::test::on_every_target([] {
    std::mt19937 generator(7);
    std::normal_distribution<float> normal(0, 3);
    for (std::size_t extent = 1; extent <= 150; ++extent) {
      const std::size_t rows = 19;
      std::vector<float> in(rows * extent), sums(rows), largest(rows), smallest(rows), one(1);
      std::vector<float> alone(rows), weights(rows * extent), weights_alone(extent);
      for (float& each : in) each = normal(generator);
      kernel<outputs(reduce_sum(square(x)), reduce_max(x), reduce_min(x))>(
          view(in, {rows, extent}), view(sums, {rows, 1}), view(largest, {rows, 1}),
          view(smallest, {rows, 1}));
      kernel<reduce_sum(square(x))>(view(in, {rows, extent}), view(alone, {rows}));
      kernel<softmax>(view(in, {rows, extent}), view(weights, {rows, extent}));
      for (std::size_t row = 0; row < rows; ++row) {
        const auto* const first = in.data() + row * extent;
        long double sum = 0;
        for (std::size_t i = 0; i < extent; ++i) {
          sum += static_cast<long double>(first[i]) * static_cast<long double>(first[i]);
        }
        BOOST_TEST(fusor::test::ulps(sums[row], sum) <= 2);
        BOOST_TEST(fusor::test::ulps(alone[row], sum) <= 2);
        BOOST_TEST(largest[row] == *std::max_element(first, first + extent));
        BOOST_TEST(smallest[row] == *std::min_element(first, first + extent));
        kernel<reduce_sum(square(x))>(view(first, {extent}), view(one, {1}));
        BOOST_TEST(one[0] == alone[row]);
        kernel<softmax>(view(first, {extent}), view(weights_alone, {extent}));
        const auto weight = weights.begin() + static_cast<std::ptrdiff_t>(row * extent);
        BOOST_TEST(std::equal(weights_alone.begin(), weights_alone.end(), weight));
        const auto expected = fusor::test::softmax_row::expected({first, first + extent});
        for (std::size_t i = 0; i < extent; ++i) {
          const double bound = 4 + 0.5 * static_cast<double>(largest[row] - first[i]);
          BOOST_TEST(fusor::test::ulps(weights_alone[i], expected[i]) <= bound);
        }
      }
    }
  });
}

BOOST_AUTO_TEST_CASE(rows_with_infinities_and_nan) {
  fusor::test::on_every_target([] {
    std::vector<float> out(3);
    const auto softmax_of = [&](std::vector<float> row) {
      out.resize(row.size());
      kernel<softmax>(row, out);
      return out;
    };
    BOOST_TEST((softmax_of({-inf, 0, -inf}) == std::vector<float>{0, 1, 0}));
    BOOST_TEST((softmax_of({7}) == std::vector<float>{1}));
    BOOST_TEST((softmax_of({1e38f, -1e38f}) == std::vector<float>{1, 0}));
    BOOST_TEST((softmax_of({-3e38f, -3e38f}) == std::vector<float>{0.5f, 0.5f}));
    for (const auto& row :
         {std::vector<float>{-inf, -inf}, {inf, 0}, {0, not_a_number}, {not_a_number, inf}}) {
      for (const float value : softmax_of(row)) BOOST_TEST(std::isnan(value));
      kernel<log_softmax>(row, out);
      for (const float value : out) BOOST_TEST(std::isnan(value));
      if (row[0] == inf) continue;  // of which sparsemax makes (1, 0)
      kernel<sparsemax>(row, out);
      if (row[0] == inf) {
        BOOST_TEST((out == std::vector<float>{1, 0}));  // the limit, as softmax has none
      } else {
        for (const float value : out) BOOST_TEST(std::isnan(value));
      }
    }
    std::vector<float> one(1);
    const auto logsumexp_of = [&](const std::vector<float>& row) {
      kernel<logsumexp(x)>(row, view(one, {1}));
      return one[0];
    };
    BOOST_TEST(logsumexp_of({-inf, -inf}) == -inf);
    BOOST_TEST(logsumexp_of({inf, 0}) == inf);
    BOOST_TEST(std::isnan(logsumexp_of({not_a_number, 0})));
    BOOST_TEST(std::abs(logsumexp_of({1000, 1000}) - 1000.69315f) <= 0x1p-14f);
    kernel<reduce_max(x)>(std::vector<float>{1, not_a_number, 3}, view(one, {1}));
    BOOST_TEST(std::isnan(one[0]));
    kernel<reduce_sum(x)>(std::vector<float>{1, inf, 3}, view(one, {1}));
    BOOST_TEST(one[0] == inf);
    kernel<x / reduce_sum(x)>(std::vector<float>{2e38f, 2e38f}, out = {7, 7});
    BOOST_TEST((out == std::vector<float>{0, 0}));
    std::vector<float> tiny = {1e-45f, 0};
    kernel<x / reduce_sum(x)>(tiny);
    BOOST_TEST((tiny == std::vector<float>{1, 0}));
  });
}

BOOST_AUTO_TEST_CASE(rows_of_one_element_repeated) {
  fusor::test::on_every_target([] {
    const std::vector<float> in = {2, -3, 0.5f};
    for (const std::size_t columns : {1u, 40u, 1000u}) {
      const auto repeated = view(in.data(), {3, columns}, {1, 0});
      std::vector<float> out(3 * columns), sums(3);
      kernel<softmax(x)>(repeated, view(out, {3, columns}));
      const float share = 1 / static_cast<float>(columns);
      for (const float value : out) BOOST_TEST(std::abs(value - share) <= share * 0x1p-22f);
      kernel<x - reduce_mean(x)>(repeated, view(out, {3, columns}));
      BOOST_TEST((out == std::vector<float>(3 * columns)));
      kernel<reduce_sum(x)>(repeated, view(sums, {3, 1}));
      BOOST_TEST(sums[1] == -3 * static_cast<float>(columns));
      kernel<softmax(x + y)>(repeated, repeated, view(out, {3, columns}));
      for (const float value : out) BOOST_TEST(std::abs(value - share) <= share * 0x1p-22f);
      kernel<softmax(x, {.axis = 0})>(repeated, view(out, {3, columns}));
      BOOST_TEST(out[0] == out[columns - 1]);
      BOOST_TEST(std::abs(out[0] - 0.8130953f) <= 0x1p-22f);
    }
  });
}

BOOST_AUTO_TEST_CASE(logsumexp_is_within_2_ulp_of_its_result_or_of_the_largest_element) {
  std::mt19937 generator(5);
  for (const double scale : {0.1, 1.0, 10.0, 30.0}) {
    for (const double offset : {0.0, -3.0, 100.0, 5000.0}) {
      std::normal_distribution<double> normal(offset, scale);
      for (const std::size_t count : {1u, 2u, 10u, 64u, 1000u}) {
        std::vector<float> row(count), got(1);
        for (float& value : row) value = static_cast<float>(normal(generator));
        const long double largest = *std::max_element(row.begin(), row.end());
        long double sum = 0;
        for (const float value : row) sum += std::exp(value - largest);
        const long double expected = largest + std::log(sum);
        const auto magnitude = std::max(std::abs(expected), std::abs(largest));
        const long double ulp = std::ldexp(1.0L, std::ilogb(magnitude) - 23);
        fusor::test::on_every_target([&] {
          kernel<logsumexp(x)>(row, view(got, {1}));
          BOOST_TEST(std::abs(got[0] - expected) <= 2 * ulp,
                     count << " of " << offset << " +- " << scale << ": " << got[0]);
        });
      }
    }
  }
}
