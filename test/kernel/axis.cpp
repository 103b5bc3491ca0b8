// SPDX-License-Identifier: BSL-1.0
// Formulas along an axis, over random shapes and strides, beside a reference in long double.
#define BOOST_TEST_MODULE kernel_axis
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <fusor/fusor.hpp>
#include <numeric>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "support/numbers.hpp"
#include "support/rows.hpp"
#include "support/targets.hpp"

namespace {

using namespace fusor;
using fusor::test::element_from;
using fusor::test::to_double;
using fusor::test::ulps;
using fusor::test::wide;
using fusor::test::wide_row;

std::mt19937 generator(20241103);

std::size_t random_below(std::size_t bound) {
  return std::uniform_int_distribution<std::size_t>(0, bound - 1)(generator);
}

/// Elements in memory with random strides, gaps between them, some axes backwards.
template <class T, std::size_t Rank>
struct scattered {
  std::vector<T> memory;
  tensor_view<T, Rank> view;

  explicit scattered(const std::array<std::size_t, Rank>& shape, bool is_plain = false) {
    std::array<std::size_t, Rank> order;
    std::iota(order.begin(), order.end(), std::size_t{0});
    if (!is_plain) std::shuffle(order.begin(), order.end(), generator);
    std::array<std::ptrdiff_t, Rank> strides{};
    std::size_t size = !is_plain && random_below(3) == 0 ? 1 + random_below(3) : 1;
    std::size_t offset = 0;
    for (std::size_t i = Rank; i-- > 0;) {
      const std::size_t axis = order[i];
      strides[axis] = static_cast<std::ptrdiff_t>(size);
      if (!is_plain && random_below(4) == 0) {
        offset += size * (std::max<std::size_t>(shape[axis], 1) - 1);
        strides[axis] = -strides[axis];
      }
      size *= std::max<std::size_t>(shape[axis], 1);
      if (!is_plain && random_below(4) == 0) size += random_below(5);
    }
    memory.assign(size + 8, element_from<T>(-77));
    view = {memory.data() + offset, shape, strides};
  }

  T& at(std::size_t index) {
    std::ptrdiff_t position = 0;
    for (std::size_t i = Rank; i-- > 0;) {
      position += view.strides[i] * static_cast<std::ptrdiff_t>(index % view.shape[i]);
      index /= view.shape[i];
    }
    return view.data[position];
  }
};

/// One row of a tensor: position `row` of the other axes, in order.
template <std::size_t Rank>
std::vector<std::size_t> indices_of_row(const std::array<std::size_t, Rank>& shape,
                                        std::size_t axis, std::size_t row) {
  std::size_t inner = 1;
  for (std::size_t i = axis + 1; i < Rank; ++i) inner *= shape[i];
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < shape[axis]; ++i) {
    indices.push_back((row / inner * shape[axis] + i) * inner + row % inner);
  }
  return indices;
}

template <std::size_t Rank>
std::size_t count_of(const std::array<std::size_t, Rank>& shape) {
  return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

/// Within 4 units of the last place; types of 16 bits are computed in float and rounded once.
template <class T>
inline constexpr double bound = sizeof(T) >= 4 ? 4 : 0.6;

template <class Case, int Axis, class T, std::size_t Rank>
void check_shape(std::array<std::size_t, Rank> shape, bool is_plain) {
  constexpr std::size_t axis =
      static_cast<std::size_t>(Axis < 0 ? static_cast<int>(Rank) + Axis : Axis);
  constexpr bool halves = std::is_same_v<Case, fusor::test::glu_row>;
  std::array<std::size_t, Rank> out_shape = shape;
  if (halves) shape[axis] *= 2;
  scattered<T, Rank> in(shape, is_plain);
  scattered<T, Rank> out(out_shape, is_plain);
  const std::size_t count = count_of(shape);
  std::normal_distribution<double> normal(0, 3);
  for (std::size_t i = 0; i < count; ++i) in.at(i) = element_from<T>(normal(generator));
  const auto read = in.memory;
  const auto before = out.memory;

  kernel<Case::template formula<Axis>>(in.view, out.view);

  BOOST_TEST(std::equal(read.begin(), read.end(), in.memory.begin(),
                        [](T a, T b) { return to_double(a) == to_double(b); }));
  for (std::size_t row = 0; row < count / shape[axis]; ++row) {
    wide_row values;
    for (const std::size_t i : indices_of_row(shape, axis, row)) {
      values.push_back(static_cast<wide>(to_double(in.at(i))));
    }
    const wide_row expected = Case::expected(values);
    const auto to = indices_of_row(out_shape, axis, row);
    for (std::size_t i = 0; i < to.size(); ++i) {
      const T got = out.at(to[i]);
      const double off = ulps(got, expected[i]);
      if (!(off <= bound<T>)) {
        BOOST_TEST(false, "axis " << Axis << " shape " << detail::print_shape(shape) << " strides "
                                  << detail::print_shape(in.view.strides) << " row " << row
                                  << " element " << i << ": " << to_double(got) << ", expected "
                                  << static_cast<double>(expected[i]) << ", off by " << off);
        return;
      }
    }
  }
  // Between the elements nothing was written.
  std::size_t changed = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    changed += to_double(before[i]) != to_double(out.memory[i]) ? 1 : 0;
  }
  BOOST_TEST(changed <= count_of(out_shape));
}

template <class Case, int Axis, class T, std::size_t Rank>
void check_random_shapes(std::size_t longest) {
  for (int i = 0; i < 6; ++i) {
    std::array<std::size_t, Rank> shape;
    for (std::size_t& extent : shape) extent = 1 + random_below(longest);
    check_shape<Case, Axis, T>(shape, i % 2 == 0);
  }
}

template <class Case, class T, std::size_t Rank, int... Axes>
void check_axes(std::size_t longest, std::integer_sequence<int, Axes...>) {
  (check_random_shapes<Case, Axes, T, Rank>(longest), ...);
}

/// Every axis of the ranks 1 to 5.
template <class Case, class T>
void check_every_axis() {
  check_axes<Case, T, 1>(200, std::make_integer_sequence<int, 1>{});
  check_axes<Case, T, 2>(70, std::make_integer_sequence<int, 2>{});
  check_axes<Case, T, 3>(20, std::make_integer_sequence<int, 3>{});
  check_axes<Case, T, 4>(8, std::make_integer_sequence<int, 4>{});
  check_axes<Case, T, 5>(5, std::make_integer_sequence<int, 5>{});
}

template <class Case, class T>
void check_last_axis() {
  check_random_shapes<Case, -1, T, 1>(200);
  check_random_shapes<Case, -1, T, 2>(70);
  check_random_shapes<Case, -1, T, 3>(20);
}

/// Rows of up to 32,768 elements, along memory and across it.
template <class Case, class T>
void check_long_rows() {
  for (const std::size_t extent : {1000u, 5003u, 32768u}) {
    check_shape<Case, -1, T, 2>({2, extent}, true);
    check_shape<Case, 0, T, 2>({extent, 19}, true);
  }
}

/// A row of which `count` elements are the largest, wherever they are, and the others are `gap` to
/// twice as far below.
std::vector<float> row_with_largest(std::size_t extent, std::size_t count, float gap) {
  std::uniform_real_distribution<float> share(1, 2);
  std::vector<float> row(extent);
  for (float& value : row) value = 3 - gap * share(generator);
  for (std::size_t i = 0; i < count; ++i) row[random_below(extent)] = 3;
  return row;
}

void check_log_softmax(const std::vector<float>& row, std::span<const float> results) {
  using reference = fusor::test::log_softmax_row;
  const wide_row expected = reference::expected(wide_row(row.begin(), row.end()));
  double worst = 0;
  for (std::size_t i = 0; i < row.size(); ++i) {
    worst = std::max(worst, ulps(results[i], expected[i]));
  }
  BOOST_TEST(worst <= 4, "row of " << row.size() << ", off by " << worst);
}

template <class Case>
void check_all_types() {
  fusor::test::on_every_target([] {
    check_every_axis<Case, float>();
    check_every_axis<Case, double>();
    check_last_axis<Case, float16>();
    check_last_axis<Case, bfloat16>();
    check_long_rows<Case, float>();
    check_long_rows<Case, double>();
  });
}

}  // namespace

BOOST_AUTO_TEST_CASE(softmax_is_right) {
  check_all_types<fusor::test::softmax_row>();
}

BOOST_AUTO_TEST_CASE(log_softmax_is_right) {
  check_all_types<fusor::test::log_softmax_row>();
}

/// Three rows, along and across.
void check_largest(std::size_t extent, std::size_t count, float gap) {
  constexpr std::size_t total = 3;
  std::vector<std::vector<float>> rows;
  std::vector<float> along, across(total * extent), results(total * extent);
  for (std::size_t r = 0; r < total; ++r) {
    rows.push_back(row_with_largest(extent, count, gap));
    along.insert(along.end(), rows[r].begin(), rows[r].end());
    for (std::size_t i = 0; i < extent; ++i) across[i * total + r] = rows[r][i];
  }
  kernel<log_softmax(x, {.axis = -1})>(view(along.data(), {total, extent}),
                                       view(results.data(), {total, extent}));
  for (std::size_t r = 0; r < total; ++r) {
    check_log_softmax(rows[r], std::span(results).subspan(r * extent, extent));
  }
  kernel<log_softmax(x, {.axis = 0})>(view(across.data(), {extent, total}),
                                      view(results.data(), {extent, total}));
  for (std::size_t r = 0; r < total; ++r) {
    std::vector<float> column;
    for (std::size_t i = 0; i < extent; ++i) column.push_back(results[i * total + r]);
    check_log_softmax(rows[r], column);
  }
}

BOOST_AUTO_TEST_CASE(log_softmax_of_rows_with_several_largest_elements) {
  fusor::test::on_every_target([] {
    for (const std::size_t extent : {5u, 64u, 100u, 4096u}) {
      for (const std::size_t count : {1u, 2u, 5u}) {
        for (const float gap : {0.25f, 17.0f, 50.0f}) check_largest(extent, count, gap);
      }
    }
  });
}

BOOST_AUTO_TEST_CASE(largest_elements_of_two_inputs_in_one_formula) {
  fusor::test::on_every_target([] {
    for (const std::size_t extent : {5u, 64u, 4096u}) {
      const auto a = row_with_largest(extent, 2, 17);
      const auto b = row_with_largest(extent, 3, 17);
      std::vector<float> of_a(extent), of_b(extent), larger(extent);
      kernel<log_softmax(x, {.axis = -1})>(view(a.data(), {extent}), view(of_a.data(), {extent}));
      kernel<log_softmax(x, {.axis = -1})>(view(b.data(), {extent}), view(of_b.data(), {extent}));
      kernel<max(log_softmax(x, {.axis = -1}), log_softmax(y, {.axis = -1}))>(
          view(a.data(), {extent}), view(b.data(), {extent}), view(larger.data(), {extent}));
      for (std::size_t i = 0; i < extent; ++i) {
        BOOST_TEST(larger[i] == std::max(of_a[i], of_b[i]));
      }
    }
  });
}

BOOST_AUTO_TEST_CASE(sparsemax_is_right) {
  check_all_types<fusor::test::sparsemax_row>();
}

BOOST_AUTO_TEST_CASE(glu_is_right) {
  check_all_types<fusor::test::glu_row>();
}

BOOST_AUTO_TEST_CASE(rms_norm_is_right) {
  check_all_types<fusor::test::rms_norm_row>();
}
