// SPDX-License-Identifier: BSL-1.0
// What is found for a row, where rounding it once, or an infinity on the way, would show.
#define BOOST_TEST_MODULE kernel_row_values
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstddef>
#include <fusor/fusor.hpp>
#include <limits>
#include <random>
#include <vector>

#include "support/numbers.hpp"
#include "support/rows.hpp"
#include "support/targets.hpp"

namespace {

using namespace fusor;
using test::element_from;
using test::to_double;
using test::ulps;
using test::wide;
using test::wide_row;

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Types of 16 bits are computed in float and rounded once.
template <class T>
inline constexpr double bound = sizeof(T) >= 4 ? 4 : 0.6;

// --- sparsemax ---

/// A row and what sparsemax gives for it.
struct sparse_row {
  std::vector<double> row, expected;
};

/// Each row, made as long as `extent` by elements far below, along memory and across it, beside the
/// others.
template <class T>
void check_sparse_rows(const std::vector<sparse_row>& rows, std::size_t extent, double below) {
  const std::size_t total = rows.size();
  std::vector<T> along(total * extent, element_from<T>(below)), across = along;
  for (std::size_t r = 0; r < total; ++r) {
    for (std::size_t i = 0; i < rows[r].row.size(); ++i) {
      // Spread over the row.
      const std::size_t at = i * (extent / rows[r].row.size());
      along[r * extent + at] = across[at * total + r] = element_from<T>(rows[r].row[i]);
    }
  }
  std::vector<T> of_along(along.size()), of_across(along.size());
  kernel<sparsemax(x, {.axis = 1})>(view(along, {total, extent}), view(of_along, {total, extent}));
  kernel<sparsemax(x, {.axis = 0})>(view(across, {extent, total}),
                                    view(of_across, {extent, total}));
  for (std::size_t r = 0; r < total; ++r) {
    for (std::size_t i = 0; i < extent; ++i) {
      const std::size_t step = extent / rows[r].row.size();
      const bool is_given = i % step == 0 && i / step < rows[r].row.size();
      const double other = std::isnan(rows[r].expected[0]) ? nan : 0;
      const double expected = is_given ? rows[r].expected[i / step] : other;
      BOOST_TEST(ulps(of_along[r * extent + i], expected) <= bound<T>,
                 "row " << r << " along, of " << extent << ", element " << i << ": "
                        << to_double(of_along[r * extent + i]) << ", expected " << expected);
      BOOST_TEST(ulps(of_across[i * total + r], expected) <= bound<T>,
                 "row " << r << " across, of " << extent << ", element " << i << ": "
                        << to_double(of_across[i * total + r]) << ", expected " << expected);
    }
  }
}

template <class T>
void check_sparse_rows(double huge, double large) {
  const double third = 1.0 / 3;
  const std::vector<sparse_row> rows = {
      {{large}, {1}},
      {{large, 1, 2}, {1, 0, 0}},
      {{-large, -large}, {0.5, 0.5}},
      {{huge, 0}, {1, 0}},
      {{huge, huge, 0}, {0.5, 0.5, 0}},
      {{huge, -huge, huge, 5, huge}, {third, 0, third, 0, third}},
      {{inf, 0, 0}, {1, 0, 0}},
      {{0, huge, inf}, {0, 0, 1}},
      {{inf, 7, inf, -inf}, {0.5, 0, 0.5, 0}},
      {{-inf, 0, 1}, {0, 0, 1}},
      {{-inf, 0.25, 0.75, -inf}, {0, 0.25, 0.75, 0}},
      {{nan, 0, 1}, {nan, nan, nan}},
      {{inf, nan}, {nan, nan}},
  };
  for (const std::size_t extent : {5u, 31u, 300u, 5003u}) check_sparse_rows<T>(rows, extent, -huge);
}

BOOST_AUTO_TEST_CASE(sparsemax_of_huge_and_infinite_elements) {
  test::on_every_target([] {
    check_sparse_rows<float>(1.7e38, 16777220);
    check_sparse_rows<double>(1.7e308, 0x1p53 + 4);
    check_sparse_rows<float16>(65504, 2048);
    std::vector<float> nothing_left(20, static_cast<float>(-inf)), out(20);
    kernel<sparsemax>(nothing_left, out);
    for (const float value : out) BOOST_TEST(std::isnan(value));
  });
}

BOOST_AUTO_TEST_CASE(sparsemax_of_elements_that_differ_little) {
  std::mt19937 random(5);
  test::on_every_target([&] {
    for (const float origin : {2097152.0f, 1e6f, 1000.3f, 2.5f, 1.9f, -2097152.0f, -1.5f}) {
      for (const std::size_t extent : {8u, 100u, 5003u}) {
        std::vector<float> row(extent), out(extent);
        for (std::size_t i = 0; i < extent; ++i) {
          row[i] = origin + static_cast<float>(random() % 8) * 0.25f;
        }
        kernel<sparsemax>(row, out);
        const wide_row expected = test::sparsemax_row::expected(wide_row(row.begin(), row.end()));
        double worst = 0;
        for (std::size_t i = 0; i < extent; ++i) worst = std::max(worst, ulps(out[i], expected[i]));
        BOOST_TEST(worst <= 4, "row of " << extent << " from " << origin << ", off by " << worst);
      }
    }
    // An element that is above the threshold by less than the threshold's own rounding.
    const float largest = 0.3f;
    const float lowest = largest - 1;  // rounded upwards
    std::vector<float> row = {largest, lowest, -5}, out(3);
    kernel<sparsemax>(row, out);
    const wide_row expected = test::sparsemax_row::expected(wide_row(row.begin(), row.end()));
    for (std::size_t i = 0; i < 3; ++i) BOOST_TEST(ulps(out[i], expected[i]) <= 4);
  });
}

// --- what is subtracted from ---

constexpr auto centred = x - reduce_mean(x);
constexpr auto centred_columns = x - reduce_mean(x, {.axis = 0});

wide mean_of(const wide_row& row) {
  wide sum = 0;
  for (const wide value : row) sum += value;
  return sum / static_cast<wide>(row.size());
}

/// The variance of a row around its mean.
wide variance_of(const wide_row& row) {
  const wide mean = mean_of(row);
  wide_row squares;
  for (const wide value : row) squares.push_back((value - mean) * (value - mean));
  return mean_of(squares);
}

/// Elements around `origin`, as far from it as they are from each other.
template <class T>
std::vector<T> row_around(double origin, std::size_t extent, unsigned seed) {
  std::mt19937 generator(seed);
  std::normal_distribution<double> normal;
  std::vector<T> row(extent);
  for (T& value : row) value = static_cast<T>(origin + normal(generator));
  return row;
}

/// Within 4 units of the last place; or, where numbers of this size cancel almost to nothing, of
/// what double words, or the reference, hold of them.
template <class T>
bool is_close(T got, wide expected, wide size) {
  const int digits = std::min(2 * std::numeric_limits<T>::digits - 10, 56);
  return ulps(got, expected) <= 4 ||
         std::abs(static_cast<wide>(got) - expected) <= std::ldexp(size, -digits);
}

/// The results that are right for a row, and the size of what cancels in them.
struct differences {
  wide_row results;
  wide size;
};

/// What is left of `of` when factors times `from` is subtracted.
differences subtract(const wide_row& of, const wide_row& factors, wide from) {
  differences all{{}, 0};
  for (std::size_t i = 0; i < of.size(); ++i) {
    all.results.push_back(of[i] - factors[i] * from);
    all.size = std::max({all.size, std::abs(of[i]), std::abs(factors[i] * from)});
  }
  return all;
}

wide_row products(const wide_row& a, const wide_row& b) {
  wide_row all;
  for (std::size_t i = 0; i < a.size(); ++i) all.push_back(a[i] * b[i]);
  return all;
}

/// Rows x around several origins, and weights y.
template <auto Formula, class T, class Expected>
void check_differences(const char* name, const Expected& expected) {
  for (const double origin : {0.0, 100.0, 10000.0, -1e6}) {
    for (const std::size_t extent : {1u, 5u, 16u, 100u, 4099u, 20001u}) {
      const auto row = row_around<T>(origin, extent, 1);
      auto weights = row_around<T>(0, extent, 2);
      for (T& weight : weights) weight = std::abs(weight);
      std::vector<T> out(extent);
      kernel<Formula>(row, weights, out);
      const differences right =
          expected(wide_row(row.begin(), row.end()), wide_row(weights.begin(), weights.end()));
      std::size_t failures = 0;
      for (std::size_t i = 0; i < extent; ++i) {
        failures += is_close(out[i], right.results[i], right.size) ? 0 : 1;
      }
      BOOST_TEST(failures == 0u, name << " of " << extent << " around " << origin);
    }
  }
}

template <class T>
void check_from_weighted_mean() {
  check_differences<x - reduce_sum(x * y) / reduce_sum(y), T>(
      "x - weighted mean", [](const wide_row& row, const wide_row& weights) {
        const wide mean = mean_of(products(row, weights)) / mean_of(weights);
        return subtract(row, wide_row(row.size(), 1), mean);
      });
}

BOOST_AUTO_TEST_CASE(what_is_subtracted_is_not_rounded) {
  test::on_every_target([] {
    check_from_weighted_mean<float>();
    check_from_weighted_mean<double>();
    check_differences<x * y - reduce_mean(x * y), float>(
        "x * y - mean", [](const wide_row& row, const wide_row& weights) {
          const wide_row all = products(row, weights);
          return subtract(all, wide_row(row.size(), 1), mean_of(all));
        });
    check_differences<y - x * reduce_mean(y), float>(
        "y - x * mean", [](const wide_row& row, const wide_row& weights) {
          return subtract(weights, row, mean_of(weights));
        });
  });
}

BOOST_AUTO_TEST_CASE(normalised_rows_keep_their_digits) {
  constexpr auto normalised = centred / sqrt(reduce_mean(square(centred)) + 1e-5);
  constexpr auto normalised_columns =
      centred_columns / sqrt(reduce_mean(square(centred_columns), {.axis = 0}) + 1e-5);
  test::on_every_target([&] {
    struct figure {
      float origin;
      double first;
    };
    for (const auto& [origin, first] :
         {figure{100, -1.341528}, figure{1000, -1.341508}, figure{10000, -1.331333}}) {
      std::vector<float> row(16), out(16);
      for (std::size_t i = 0; i < 16; ++i) row[i] = origin + static_cast<float>(i) / 1000;
      kernel<normalised>(row, out);
      BOOST_TEST(std::abs(static_cast<double>(out[0]) - first) < 6e-7, out[0] << " at " << origin);
      const wide_row values(row.begin(), row.end());
      const wide deviation = std::sqrt(variance_of(values) + static_cast<wide>(1e-5f));
      for (std::size_t i = 0; i < 16; ++i) {
        BOOST_TEST(ulps(out[i], (values[i] - mean_of(values)) / deviation) <= 4);
      }
      // Side by side, the row has other neighbours.
      std::vector<float> columns(16 * 19), of_columns(columns.size());
      for (std::size_t i = 0; i < columns.size(); ++i) columns[i] = row[i / 19] * float(i % 19 + 1);
      kernel<normalised_columns>(view(columns, {16, 19}), view(of_columns, {16, 19}));
      for (std::size_t i = 0; i < 16; ++i) {
        BOOST_TEST(ulps(of_columns[i * 19], (values[i] - mean_of(values)) / deviation) <= 4);
      }
    }
  });
}

BOOST_AUTO_TEST_CASE(a_difference_of_sums_is_not_rounded_twice) {
  constexpr auto variance = reduce_mean(square(x)) - square(reduce_mean(x));
  test::on_every_target([&] {
    for (const double origin : {0.0, 100.0, 1000.0}) {
      for (const std::size_t extent : {5u, 16u, 4099u}) {
        const auto row = row_around<float>(origin, extent, 3);
        std::vector<float> out(1);
        kernel<variance>(row, out);
        const wide right = variance_of(wide_row(row.begin(), row.end()));
        BOOST_TEST(ulps(out[0], right) <= 4, extent << " around " << origin);
      }
    }
  });
}

BOOST_AUTO_TEST_CASE(differences_from_sums_that_are_not_finite) {
  test::on_every_target([] {
    const float huge = std::numeric_limits<float>::max();
    std::vector<float> out(3);
    kernel<x - reduce_sum(x)>(std::vector<float>{1, static_cast<float>(inf), 2}, out);
    BOOST_TEST(out[0] == -inf);
    BOOST_TEST(std::isnan(out[1]));
    kernel<x - reduce_mean(x)>(std::vector<float>{huge, huge, 2}, out);
    BOOST_TEST(out[2] == -inf);
    kernel<x - reduce_mean(x)>(std::vector<float>{1, static_cast<float>(nan), 2}, out);
    for (const float value : out) BOOST_TEST(std::isnan(value));
    kernel<x * y - reduce_sum(x * y)>(std::vector<float>{huge, 1, 2}, std::vector<float>{2, 1, 1},
                                      out);
    BOOST_TEST(out[1] == -inf);
  });
}

}  // namespace
