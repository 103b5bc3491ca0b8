// SPDX-License-Identifier: BSL-1.0
// Rows that fit no cache, of which the largest element and the sum are found in one reading: in
// every order in which larger elements can come, beside a reference in long double.
#define BOOST_TEST_MODULE kernel_long_rows
#define FUSOR_BYTES_IN_CACHES (1 << 20)
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstddef>
#include <fusor/fusor.hpp>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "support/numbers.hpp"
#include "support/rows.hpp"
#include "support/targets.hpp"

namespace {

using namespace fusor;
using test::wide;
using test::wide_row;

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

struct pattern {
  std::string name;
  std::vector<double> row;
};

/// Rows of `count` elements. Blocks are smaller than an eighth of it.
std::vector<pattern> patterns(std::size_t count) {
  std::mt19937 generator(11);
  std::normal_distribution<double> normal(0, 3);
  std::vector<double> random(count);
  for (double& value : random) value = static_cast<double>(static_cast<float>(normal(generator)));
  std::vector<pattern> all;
  const auto add = [&](const std::string& name, auto value) {
    std::vector<double> row(count);
    for (std::size_t i = 0; i < count; ++i) row[i] = value(i);
    all.push_back({name, row});
  };
  const auto eighth = [&](std::size_t i) { return i * 8 / count; };
  add("random", [&](std::size_t i) { return random[i]; });
  add("rising", [&](std::size_t i) { return static_cast<double>(eighth(i)) + random[i] / 64; });
  add("falling", [&](std::size_t i) { return random[i] / 64 - static_cast<double>(eighth(i)); });
  add("equal", [](std::size_t) { return 2.5; });
  add("the same largest element in many blocks, then a larger one", [&](std::size_t i) {
    return i % 977 == 0 ? (eighth(i) < 5 ? 12.0 : 12.0625) : random[i] / 4;
  });
  add("-inf first", [&](std::size_t i) { return eighth(i) < 3 ? -inf : random[i]; });
  add("-inf last", [&](std::size_t i) { return eighth(i) > 3 ? -inf : random[i]; });
  add("in great steps", [&](std::size_t i) {
    return (eighth(i) < 2 ? -900 : eighth(i) < 5 ? 0 : 900) + random[i];
  });
  add("one element far above", [&](std::size_t i) { return i == count / 2 ? 700 : random[i]; });
  add("beyond the limit in the end",
      [&](std::size_t i) { return eighth(i) < 5 ? random[i] : 2048 + std::round(random[i]); });
  add("beyond the limit at once", [&](std::size_t i) { return 4096 + std::round(random[i]); });
  add("below the limit", [&](std::size_t i) { return -4096 + std::round(random[i]); });
  add("below the limit, then within",
      [&](std::size_t i) { return eighth(i) < 5 ? -4096 : random[i] - 1000; });
  add("-inf alone", [](std::size_t) { return -inf; });
  add("NaN first", [&](std::size_t i) { return i == 3 ? nan : random[i]; });
  add("NaN among -inf, first", [&](std::size_t i) {
    return i == 3 ? nan : eighth(i) < 2 ? -inf : random[i];
  });
  add("NaN last", [&](std::size_t i) { return i == count - 1 ? nan : random[i]; });
  add("NaN alone", [](std::size_t) { return nan; });
  add("+inf", [&](std::size_t i) { return i == count / 3 ? inf : random[i]; });
  return all;
}

template <class Case>
wide_row expected_of(const std::vector<double>& row) {
  wide_row values(row.begin(), row.end());
  bool is_undefined = true;
  for (const double value : row) is_undefined = is_undefined && value == -inf;
  for (const double value : row) is_undefined = is_undefined || std::isnan(value) || value == inf;
  if (is_undefined) return wide_row(row.size(), std::numeric_limits<wide>::quiet_NaN());
  return Case::expected(values);
}

template <class T>
void compare(const wide_row& expected, const T* got, std::size_t stride, const std::string& where) {
  double worst = 0;
  std::size_t at = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const double off = test::ulps(got[i * stride], expected[i]);
    if (!(off <= worst)) {
      worst = off;
      at = i;
    }
  }
  BOOST_TEST(worst <= 4, where << ", element " << at << ": " << got[at * stride] << ", expected "
                               << static_cast<double>(expected[at]) << ", off by " << worst);
}

template <class T>
std::vector<double> rounded(std::vector<double> row) {
  for (double& value : row) value = static_cast<double>(static_cast<T>(value));
  return row;
}

/// Each pattern as a row along memory, then all of them side by side.
template <class Case, class T>
void check(std::size_t count) {
  const auto all = patterns(count);
  const std::size_t side = all.size();
  std::vector<wide_row> expected;
  std::vector<T> rows;
  std::vector<T> columns(count * side);
  for (std::size_t row = 0; row < side; ++row) {
    expected.push_back(expected_of<Case>(rounded<T>(all[row].row)));
    for (std::size_t i = 0; i < count; ++i) {
      rows.push_back(static_cast<T>(all[row].row[i]));
      columns[i * side + row] = rows.back();
    }
  }
  std::vector<T> out(count * side);
  test::on_every_target([&] {
    kernel<Case::template formula<1>>(view(rows, {side, count}), view(out, {side, count}));
    for (std::size_t row = 0; row < side; ++row) {
      compare(expected[row], out.data() + row * count, 1, all[row].name + " along");
    }
    kernel<Case::template formula<0>>(view(columns, {count, side}), view(out, {count, side}));
    for (std::size_t row = 0; row < side; ++row) {
      compare(expected[row], out.data() + row, side, all[row].name + " across");
    }
    std::vector<T> in_place = rows;
    kernel<Case::template formula<1>>(view(in_place, {side, count}));
    compare(expected[0], in_place.data(), 1, "in place");
  });
}

BOOST_AUTO_TEST_CASE(softmax_in_float) {
  check<test::softmax_row, float>(140001);
}

BOOST_AUTO_TEST_CASE(softmax_in_double) {
  check<test::softmax_row, double>(70001);
}

BOOST_AUTO_TEST_CASE(log_softmax_in_float) {
  check<test::log_softmax_row, float>(140001);
}

BOOST_AUTO_TEST_CASE(log_softmax_in_double) {
  check<test::log_softmax_row, double>(70001);
}

BOOST_AUTO_TEST_CASE(a_row_over_several_axes) {
  constexpr auto formula = exp(x - reduce_max(x, {.axis = {0, 2}})) /
                           reduce_sum(exp(x - reduce_max(x, {.axis = {0, 2}})), {.axis = {0, 2}});
  constexpr std::size_t outer = 70, middle = 2, inner = 2001;
  const auto all = patterns(outer * inner);
  std::vector<float> in(outer * middle * inner), out(in.size());
  const auto at = [&](std::size_t row, std::size_t i) {
    return (i / inner * middle + row) * inner + i % inner;
  };
  for (std::size_t row = 0; row < middle; ++row) {
    for (std::size_t i = 0; i < outer * inner; ++i) {
      in[at(row, i)] = static_cast<float>(all[row].row[i]);
    }
  }
  test::on_every_target([&] {
    kernel<formula>(view(in, {outer, middle, inner}), view(out, {outer, middle, inner}));
    for (std::size_t row = 0; row < middle; ++row) {
      std::vector<float> got;
      for (std::size_t i = 0; i < outer * inner; ++i) got.push_back(out[at(row, i)]);
      compare(expected_of<test::softmax_row>(rounded<float>(all[row].row)), got.data(), 1,
              all[row].name);
    }
  });
}

}  // namespace
