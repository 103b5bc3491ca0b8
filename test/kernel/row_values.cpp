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
    check_sparse_rows<bfloat16>(1.7e38, 0x1p25);
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

}  // namespace
