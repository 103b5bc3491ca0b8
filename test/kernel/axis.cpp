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
#include "support/targets.hpp"

namespace {

using namespace fusor;
using wide = long double;
using fusor::test::element_from;
using fusor::test::to_double;

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

// Each reference takes a row, and gives the row of results and what every result may be off by, in
// units of the last place.

struct row_of_results {
  std::vector<wide> values;
  std::vector<double> bounds;
};

wide largest_of(const std::vector<wide>& row) {
  return *std::max_element(row.begin(), row.end());
}

struct softmax_case {
  static constexpr auto formula = softmax(x);
  static row_of_results expected(const std::vector<wide>& row, bool) {
    const wide largest = largest_of(row);
    wide sum = 0;
    for (const wide value : row) sum += std::exp(value - largest);
    row_of_results results;
    for (const wide value : row) {
      results.values.push_back(std::exp(value - largest) / sum);
      results.bounds.push_back(4);
    }
    return results;
  }
};

struct log_softmax_case {
  static constexpr auto formula = log_softmax(x);
  static row_of_results expected(const std::vector<wide>& row, bool) {
    const auto largest = std::max_element(row.begin(), row.end());
    wide rest = 0;
    for (auto value = row.begin(); value != row.end(); ++value) {
      if (value != largest) rest += std::exp(*value - *largest);
    }
    row_of_results results;
    for (const wide value : row) {
      results.values.push_back(value - *largest - std::log1p(rest));
      results.bounds.push_back(4);
    }
    return results;
  }
};

struct sparsemax_case {
  static constexpr auto formula = sparsemax(x);
  static row_of_results expected(const std::vector<wide>& row, bool) {
    std::vector<wide> sorted = row;
    std::sort(sorted.rbegin(), sorted.rend());
    wide sum = 0;
    wide threshold = 0;
    for (std::size_t k = 0; k < sorted.size(); ++k) {
      sum += sorted[k];
      const wide candidate = (sum - 1) / static_cast<wide>(k + 1);
      if (sorted[k] > candidate) threshold = candidate;
    }
    row_of_results results;
    for (const wide value : row) {
      results.values.push_back(std::max<wide>(value - threshold, 0));
      results.bounds.push_back(4);
    }
    return results;
  }
};

struct rms_norm_case {
  static constexpr auto formula = x * rsqrt(reduce_mean(square(x)) + 1e-5);
  static row_of_results expected(const std::vector<wide>& row, bool is_float) {
    wide sum = 0;
    for (const wide value : row) sum += value * value;
    const wide small = is_float ? static_cast<wide>(1e-5f) : static_cast<wide>(1e-5);
    const wide scale = 1 / std::sqrt(sum / static_cast<wide>(row.size()) + small);
    row_of_results results;
    for (const wide value : row) {
      results.values.push_back(value * scale);
      results.bounds.push_back(4);
    }
    return results;
  }
};

template <class Case, class T, std::size_t Rank>
void check_random_shape(std::size_t longest, bool is_plain) {
  std::array<std::size_t, Rank> shape;
  for (std::size_t& extent : shape) extent = 1 + random_below(longest);
  scattered<T, Rank> in(shape, is_plain);
  scattered<T, Rank> out(shape, is_plain);
  const std::size_t count =
      std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
  std::normal_distribution<double> normal(0, 3);
  for (std::size_t i = 0; i < count; ++i) in.at(i) = element_from<T>(normal(generator));
  const auto written = in.memory;
  const auto before = out.memory;

  kernel<Case::formula>(in.view, out.view);

  BOOST_TEST(std::equal(written.begin(), written.end(), in.memory.begin(),
                        [](T a, T b) { return to_double(a) == to_double(b); }));
  const std::size_t extent = shape[Rank - 1];
  for (std::size_t row = 0; row < count / extent; ++row) {
    std::vector<wide> values;
    for (std::size_t i = 0; i < extent; ++i) {
      values.push_back(static_cast<wide>(to_double(in.at(row * extent + i))));
    }
    const auto [expected, bounds] = Case::expected(values, sizeof(T) != 8);
    for (std::size_t i = 0; i < extent; ++i) {
      const T got = out.at(row * extent + i);
      const double error =
          std::abs(static_cast<double>(static_cast<wide>(to_double(got)) - expected[i]));
      const int digits = sizeof(T) == 8               ? 53
                         : sizeof(T) == 4             ? 24
                         : std::is_same_v<T, float16> ? 11
                                                      : 8;
      int exponent = 0;
      (void)std::frexp(static_cast<double>(expected[i]), &exponent);
      const double unit =
          std::ldexp(1.0, std::max(exponent - digits, sizeof(T) == 8               ? -1074
                                                      : sizeof(T) == 4             ? -149
                                                      : std::is_same_v<T, float16> ? -24
                                                                                   : -133));
      const double bound = sizeof(T) >= 4 ? bounds[i] : 0.6;
      if (!(error <= bound * unit)) {
        BOOST_TEST(false, "shape " << detail::print_shape(shape) << " strides "
                                   << detail::print_shape(in.view.strides) << " row " << row
                                   << " element " << i << ": " << to_double(got) << ", expected "
                                   << static_cast<double>(expected[i]) << ", off by "
                                   << error / unit);
        return;
      }
    }
  }
  // Between the elements nothing was written.
  std::size_t changed = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    changed += to_double(before[i]) != to_double(out.memory[i]) ? 1 : 0;
  }
  BOOST_TEST(changed <= count);
}

template <class Case, class T>
void check_random_shapes() {
  for (int i = 0; i < 8; ++i) {
    check_random_shape<Case, T, 1>(200, i % 2 == 0);
    check_random_shape<Case, T, 2>(70, i % 2 == 0);
    check_random_shape<Case, T, 3>(20, i % 2 == 0);
    check_random_shape<Case, T, 4>(8, i % 2 == 0);
    check_random_shape<Case, T, 5>(5, i % 2 == 0);
  }
}

template <class Case>
void check_all_types() {
  fusor::test::on_every_target([] {
    check_random_shapes<Case, float>();
    check_random_shapes<Case, double>();
    check_random_shapes<Case, float16>();
    check_random_shapes<Case, bfloat16>();
  });
}

}  // namespace

BOOST_AUTO_TEST_CASE(softmax_is_right) {
  check_all_types<softmax_case>();
}

BOOST_AUTO_TEST_CASE(log_softmax_is_right) {
  check_all_types<log_softmax_case>();
}

BOOST_AUTO_TEST_CASE(sparsemax_is_right) {
  check_all_types<sparsemax_case>();
}

BOOST_AUTO_TEST_CASE(rms_norm_is_right) {
  check_all_types<rms_norm_case>();
}
