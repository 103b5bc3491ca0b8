// SPDX-License-Identifier: BSL-1.0
// Products of matrices: their error, the bits of a row, layouts and types of operands, batches, and
// what is refused.
#define BOOST_TEST_MODULE kernel_matmul
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <fusor/fusor.hpp>
#include <random>
#include <string>
#include <vector>

#include "support/numbers.hpp"
#include "support/refusal.hpp"
#include "support/targets.hpp"
#include "support/tasks.hpp"

namespace {

using namespace fusor;
using fusor::test::refusal;

constexpr auto product = matmul(x, y);

std::mt19937 generator(5);

std::size_t random_number(std::size_t from, std::size_t to) {
  return std::uniform_int_distribution<std::size_t>(from, to)(generator);
}

template <class T>
std::vector<T> random_elements(std::size_t count) {
  return test::random_elements<T>(count, generator);
}

template <class T>
bool are_same(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0;
}

/// A matrix somewhere in memory: contiguous, with gaps, transposed, or with its rows backwards.
template <class T>
struct matrix {
  std::size_t rows, columns;
  std::ptrdiff_t row_stride, column_stride;
  std::size_t origin = 0;
  std::vector<T> elements;

  matrix(std::size_t row_total, std::size_t column_total, std::size_t layout)
      : rows(row_total), columns(column_total) {
    const auto as_stride = [](std::size_t n) { return static_cast<std::ptrdiff_t>(n); };
    row_stride = as_stride(columns);
    column_stride = 1;
    if (layout == 1) row_stride += 3;
    if (layout == 2) {
      row_stride = 1;
      column_stride = as_stride(rows);
    }
    if (layout == 3) {
      row_stride = -as_stride(2 * columns);
      column_stride = 2;
      origin = rows == 0 ? 0 : (rows - 1) * 2 * columns;
    }
    elements = random_elements<T>(2 * rows * columns + 3 * rows + 3);
  }
  double at(std::size_t row, std::size_t column) const {
    return test::to_double(elements[static_cast<std::size_t>(
        static_cast<std::ptrdiff_t>(origin) + static_cast<std::ptrdiff_t>(row) * row_stride +
        static_cast<std::ptrdiff_t>(column) * column_stride)]);
  }
  auto seen(std::size_t first = 0, std::size_t count = static_cast<std::size_t>(-1)) const {
    return view(elements.data() + static_cast<std::ptrdiff_t>(origin) +
                    static_cast<std::ptrdiff_t>(first) * row_stride,
                {std::min(rows, count), columns}, {row_stride, column_stride});
  }
};

/// (k / 2 + 2) units in the last place of the sum of absolute products.
template <class T>
double bound(double absolute, std::size_t depth) {
  const double unit = std::ldexp(1.0, std::ilogb(absolute) - std::numeric_limits<T>::digits + 1);
  return (static_cast<double>(depth) / 2 + 2) * unit;
}

/// One product against sums in long double; packed and not, all rows and some of them.
template <class T, class Left, class Right>
void check_product(std::size_t rows, std::size_t depth, std::size_t columns, std::size_t layout) {
  const matrix<Left> a(rows, depth, layout % 4);
  const matrix<Right> b(depth, columns, layout / 4);
  std::vector<T> out(rows * columns, T(-77)), other(out);
  kernel<product>(a.seen(), b.seen(), view(out, {rows, columns}));
  double worst = 0;
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      long double sum = 0;
      double absolute = 0;
      for (std::size_t k = 0; k < depth; ++k) {
        sum += static_cast<long double>(a.at(i, k)) * static_cast<long double>(b.at(k, j));
        absolute += std::abs(a.at(i, k) * b.at(k, j));
      }
      const double error = std::abs(static_cast<double>(
          static_cast<long double>(test::to_double(out[i * columns + j])) - sum));
      const double limit = absolute == 0 ? 0 : bound<T>(absolute, depth);
      worst = std::max(worst, limit == 0 ? error : error / limit);
    }
  }
  BOOST_TEST(worst <= 1);
  kernel<product>(a.seen(), packed(b.seen()), view(other, {rows, columns}));
  BOOST_TEST(are_same(out, other));
  const std::size_t first = rows / 3, count = (rows + 1) / 2;
  std::fill(other.begin(), other.end(), T(-77));
  kernel<product>(a.seen(first, std::min(count, rows - first)), b.seen(),
                  view(other.data(), {std::min(count, rows - first), columns}));
  BOOST_TEST(std::memcmp(other.data(), out.data() + first * columns,
                         std::min(count, rows - first) * columns * sizeof(T)) == 0);
}

template <class T, class Left, class Right>
void check_products(int times) {
  test::on_every_target([&] {
    for (int i = 0; i < times; ++i) {
      const std::size_t most = i % 8 == 7 ? 300 : i % 2 == 0 ? 20 : 70;
      const std::size_t rows = random_number(1, most), depth = random_number(1, most),
                        columns = random_number(1, most);
      for (const std::size_t layout : {random_number(0, 15), random_number(0, 3)}) {
        BOOST_TEST_CONTEXT(rows << " x " << depth << " x " << columns << ", layout " << layout) {
          check_product<T, Left, Right>(rows, depth, columns, layout);
        }
      }
    }
  });
}

}  // namespace

BOOST_AUTO_TEST_CASE(errors_and_bits_in_float) {
  check_products<float, float, float>(24);
}

BOOST_AUTO_TEST_CASE(errors_and_bits_in_double) {
  check_products<double, double, double>(16);
}

BOOST_AUTO_TEST_CASE(elements_of_16_bits) {
  check_products<float, float16, bfloat16>(8);
  check_products<float, bfloat16, float>(8);
  check_products<float, float, float16>(8);
}

BOOST_AUTO_TEST_CASE(a_result_of_16_bits_is_rounded_once) {
  const matrix<float16> a(5, 33, 0), b(33, 7, 0);
  std::vector<float> exact(35);
  std::vector<float16> out(35), rounded(35);
  kernel<product>(a.seen(), b.seen(), view(exact, {5, 7}));
  kernel<product>(a.seen(), b.seen(), view(out, {5, 7}));
  kernel<x>(exact, rounded);
  BOOST_TEST(are_same(out, rounded));
}

BOOST_AUTO_TEST_CASE(sums_in_double_where_an_array_holds_double) {
  const matrix<float> a(3, 40, 0), b(40, 5, 0);
  const std::vector<double> wide(b.elements.begin(), b.elements.end());
  std::vector<double> out(15), other(15);
  kernel<product>(a.seen(), b.seen(), view(out, {3, 5}));
  kernel<product>(a.seen(), packed(view(wide.data(), {40, 5})), view(other, {3, 5}));
  BOOST_TEST(are_same(out, other));
}

BOOST_AUTO_TEST_CASE(nothing_to_multiply) {
  std::vector<float> out(12, -77.0f);
  const std::vector<float> none;
  kernel<product + 1>(view(none, {3, 0}), view(none, {0, 4}), view(out, {3, 4}));
  BOOST_TEST((out == std::vector<float>(12, 1.0f)));
  const std::vector<float> some(20);
  kernel<product>(view(none, {0, 5}), view(some, {5, 4}), view(out.data(), {0, 4}));
  kernel<product>(view(some, {5, 4}), view(none, {4, 0}), view(out.data(), {5, 0}));
  BOOST_TEST((out == std::vector<float>(12, 1.0f)));
}

BOOST_AUTO_TEST_CASE(infinities_and_nan_go_where_they_belong) {
  test::on_every_target([] {
    constexpr float inf = std::numeric_limits<float>::infinity();
    const std::vector<float> a = {1, inf, 0, 2}, b = {1, 2, 3, 0, -1, 1};
    std::vector<float> out(6);
    kernel<product>(view(a, {2, 2}), view(b, {2, 3}), view(out, {2, 3}));
    BOOST_TEST(std::isnan(out[0]));
    BOOST_TEST(out[1] == -inf);
    BOOST_TEST(out[2] == inf);
    BOOST_TEST((out[3] == 0 && out[4] == -2 && out[5] == 2));
  });
}

BOOST_AUTO_TEST_CASE(one_row_as_a_range) {
  const matrix<float> b(64, 33, 0);
  const auto a = random_elements<float>(64);
  std::vector<float> out(33), other(33);
  kernel<product>(a, view(b.elements.data(), {64, 33}), out);
  kernel<product>(view(a, {1, 64}), packed(b.seen()), view(other, {1, 33}));
  BOOST_TEST(are_same(out, other));
}

// Panels that a near cache does not hold are read by halves: not so where there are few rows.
BOOST_AUTO_TEST_CASE(long_sums_have_the_bits_of_one_row) {
  test::on_every_target([] {
    constexpr std::size_t rows = 101, depth = 2501, columns = 75;
    const matrix<float> a(rows, depth, 0), b(depth, columns, 0);
    const auto weights = packed(b.seen());
    std::vector<float> out(rows * columns), each(out.size());
    for (const std::size_t some : {12u, 13u, 14u, 15u, 16u, 101u}) {
      kernel<product>(view(a.elements.data(), {some, depth}), weights,
                      view(out.data(), {some, columns}));
      for (std::size_t r = 0; r < some; ++r) {
        kernel<product>(view(a.elements.data() + r * depth, {1, depth}), weights,
                        view(each.data() + r * columns, {1, columns}));
      }
      BOOST_TEST(std::memcmp(out.data(), each.data(), some * columns * sizeof(float)) == 0);
    }
  });
}

BOOST_AUTO_TEST_CASE(batches) {
  test::on_every_target([] {
    const std::size_t m = 7, k = 9, n = 21;
    const auto a = random_elements<float>(2 * 3 * m * k), b = random_elements<float>(3 * k * n);
    std::vector<float> out(2 * 3 * m * n), each(out.size());
    const auto compare = [&](auto matrix_of_a, auto matrix_of_b) {
      for (std::size_t i = 0; i < 6; ++i) {
        kernel<product>(view(a.data() + matrix_of_a(i) * m * k, {m, k}),
                        view(b.data() + matrix_of_b(i) * k * n, {k, n}),
                        view(each.data() + i * m * n, {m, n}));
      }
      BOOST_TEST(are_same(out, each));
    };
    const auto result = view(out, {2, 3, 7, 21});
    const auto same = [](std::size_t i) { return i; };
    const auto second = [](std::size_t i) { return i % 3; };
    const auto first = [](std::size_t i) { return i / 3; };
    const auto none = [](std::size_t) { return std::size_t{0}; };
    kernel<product>(view(a, {2, 3, m, k}), view(b.data(), {k, n}), result);
    compare(same, none);
    kernel<product>(view(a, {2, 3, m, k}), packed(view(b.data(), {k, n})), result);
    compare(same, none);
    kernel<product>(view(a, {2, 3, m, k}), view(b, {3, k, n}), result);
    compare(same, second);
    kernel<product>(view(a.data(), {2, 1, m, k}), view(b, {3, k, n}), result);
    compare(first, second);
    kernel<product>(view(a.data(), {m, k}), view(b.data(), {2, 3, k, n}, {0, 189, 21, 1}), result);
    compare(none, second);
  });
}

BOOST_AUTO_TEST_CASE(threads_change_no_bit) {
  for (const std::size_t rows : {1u, 5u, 100u, 401u}) {
    for (const std::size_t columns : {3u, 64u, 300u}) {
      const matrix<float> a(rows, 50, 0), b(50, columns, 1);
      const auto bias = random_elements<float>(columns);
      std::vector<float> out(rows * columns), shared(out.size());
      constexpr auto layer = tanh(matmul(x, y) + z);
      kernel<layer>(a.seen(), b.seen(), view(bias, {columns}), view(out, {rows, columns}));
      for (const std::size_t threads : {1u, 2u, 5u, 16u}) {
        std::size_t tasks = 0;
        kernel<layer>(parallel(test::backwards{&tasks}, threads), a.seen(), b.seen(),
                      view(bias, {columns}), view(shared, {rows, columns}));
        BOOST_TEST(are_same(out, shared));
        BOOST_TEST((tasks > 1 || threads == 1 || rows * columns < 100000));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_is_refused_before_anything_is_written) {
  std::vector<float> a(12), b(20), out(15, -77.0f);
  const auto call = [&](auto left, auto right, auto result) {
    return refusal<shape_error>([&] { kernel<product>(left, right, result); });
  };
  BOOST_TEST(call(view(a, {3, 4}), view(b, {5, 4}), view(out, {3, 5})) ==
             "kernel: matmul of shapes (3, 4) and (5, 4): the last axis of the first and the last "
             "but one of the second must have the same extent");
  BOOST_TEST(call(view(a, {3, 4}), view(b, {20}), view(out, {3, 5})) ==
             "kernel: matmul of shapes (3, 4) and (20): the second needs two axes, or more if the "
             "first has two or more");
  BOOST_TEST(
      call(view(a, {2, 3, 2}), view(b.data(), {3, 2, 3}), view(out.data(), {2, 3, 2})) ==
      "kernel: matmul of shapes (2, 3, 2) and (3, 2, 3): the axes before the last two do not "
      "broadcast");
  BOOST_TEST(call(view(a, {3, 4}), view(b, {4, 5}), view(out.data(), {5, 3})) != "nothing");
  BOOST_TEST(call(view(a, {3, 4}), packed(view(b, {5, 4})), view(out, {3, 5})) != "nothing");
  BOOST_TEST(call(view(static_cast<const float*>(nullptr), {3, 4}), view(b, {4, 5}),
                  view(out, {3, 5})) == "kernel: input x is null, with a count of 12");
  BOOST_TEST(refusal<shape_error>([&] { kernel<product>(1.0f, 2.0f); }) ==
             "kernel: a formula with matmul takes views and ranges, not numbers");
  BOOST_TEST(refusal<shape_error>([&] { kernel<product>(a.data(), b.data(), out.data(), 4); }) ==
             "kernel: a formula with matmul takes views and ranges, whose shapes say what is "
             "multiplied, and no count");
  BOOST_TEST(refusal<overlap_error>([&] {
               kernel<product>(view(a, {3, 4}), view(b.data(), {4, 4}), view(a, {3, 4}));
             }) ==
             "kernel: the output overlaps input x; a matrix that is multiplied needs memory "
             "apart from it");
  BOOST_TEST(refusal<overlap_error>([&] {
               kernel<product>(view(a, {3, 4}), view(b, {4, 5}), view(b.data() + 5, {3, 5}));
             }) ==
             "kernel: the output overlaps input y; a matrix that is multiplied needs memory "
             "apart from it");
  BOOST_TEST((out == std::vector<float>(15, -77.0f)));
  BOOST_TEST(refusal<shape_error>([&] {
               packed(view(static_cast<const float*>(nullptr), {3, 4}));
             }) == "packed: the view has no memory");
}
