// SPDX-License-Identifier: BSL-1.0
// Reductions along an axis of a few columns: what the same columns give as rows in memory, with any
// number of elements, alone and as parts of a larger tensor, in place, with gains and results for
// each column.
#define BOOST_TEST_MODULE kernel_folded_rows
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstddef>
#include <fusor/fusor.hpp>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "support/numbers.hpp"
#include "support/targets.hpp"

namespace {

using namespace fusor;

template <int Axis>
struct along {
  static constexpr auto mean = reduce_mean(x, {.axis = Axis});
  static constexpr auto variance = reduce_mean(square(x - mean), {.axis = Axis});
  static constexpr auto with_gain = (x - mean) / sqrt(variance + 1e-5) * y + z;
  static constexpr auto probabilities = softmax(x, {.axis = Axis});
  static constexpr auto logarithms = log_softmax(x, {.axis = Axis});
  // What is added for an element that is not there would be infinite.
  static constexpr auto geometric = x / exp(reduce_mean(log(x * x), {.axis = Axis}) / 2);
  static constexpr auto results =
      outputs(x - mean, mean, reduce_max(x, {.axis = Axis}), reduce_min(x, {.axis = Axis}));
};
using rows = along<2>;
using columns = along<1>;

template <class T>
bool are_close(const std::vector<T>& a, const std::vector<T>& b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    const T bound = 16 * std::numeric_limits<T>::epsilon() * std::max(T(1), std::abs(b[i]));
    if (!(std::abs(a[i] - b[i]) <= bound)) return false;
  }
  return true;
}

template <class T>
void check(std::size_t batches, std::size_t length, std::size_t width) {
  std::mt19937 generator(5);
  const std::size_t count = batches * length * width;
  auto in = fusor::test::random_elements<T>(count, generator);
  for (T& element : in) element = element + (element < 0 ? T(-0.5) : T(0.5));
  const auto gain = fusor::test::random_elements<T>(width, generator);
  const auto shift = fusor::test::random_elements<T>(width, generator);
  std::vector<T> turned(count);  // the columns of each batch as rows
  for (std::size_t i = 0; i < count; ++i) {
    turned[(i / (length * width) * width + i % width) * length + i / width % length] = in[i];
  }
  std::vector<T> out(count), expected(count), back(count);
  const auto from = view(in, {batches, length, width});
  const auto to = view(out, {batches, length, width});
  const auto from_rows = view(turned, {batches, width, length});
  const auto to_rows = view(expected, {batches, width, length});
  const auto compare = [&](const char* what) {
    for (std::size_t i = 0; i < count; ++i) {
      back[i] = expected[(i / (length * width) * width + i % width) * length + i / width % length];
    }
    BOOST_TEST(are_close(out, back), what << ": " << batches << " times " << length
                                          << " elements of " << width << " columns");
    std::fill(out.begin(), out.end(), T(7));
  };
  kernel<columns::with_gain>(from, view(gain, {width}), view(shift, {width}), to);
  kernel<rows::with_gain>(from_rows, view(gain, {width, 1}), view(shift, {width, 1}), to_rows);
  compare("normalised");
  kernel<columns::probabilities>(from, to);
  kernel<rows::probabilities>(from_rows, to_rows);
  compare("softmax");
  kernel<columns::logarithms>(from, to);
  kernel<rows::logarithms>(from_rows, to_rows);
  compare("log_softmax");
  kernel<columns::geometric>(from, to);
  kernel<rows::geometric>(from_rows, to_rows);
  compare("geometric mean");
  out = in;
  kernel<columns::probabilities>(to, to);
  kernel<rows::probabilities>(from_rows, to_rows);
  compare("in place");
  std::vector<T> found[3], wanted[3];
  for (std::size_t i = 0; i < 3; ++i) {
    found[i].resize(batches * width);
    wanted[i].resize(batches * width);
  }
  const std::size_t one = 1;
  kernel<columns::results>(from, to, view(found[0], {batches, one, width}),
                           view(found[1], {batches, one, width}),
                           view(found[2], {batches, one, width}));
  kernel<rows::results>(from_rows, to_rows, view(wanted[0], {batches, width, one}),
                        view(wanted[1], {batches, width, one}),
                        view(wanted[2], {batches, width, one}));
  compare("with results for each column");
  BOOST_TEST(are_close(found[0], wanted[0]));
  BOOST_TEST((found[1] == wanted[1]));
  BOOST_TEST((found[2] == wanted[2]));
}

template <class T>
void check_all() {
  for (const std::size_t width : {1u, 2u, 3u, 4u, 5u, 7u, 8u, 11u, 15u, 16u}) {
    for (const std::size_t length : {15u, 16u, 32u, 63u, 64u, 65u, 79u, 80u, 127u, 1000u, 4099u}) {
      check<T>(1, length, width);
    }
    check<T>(3, 77, width);
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(columns_give_what_rows_give) {
  fusor::test::on_every_target([] {
    check_all<float>();
    check_all<double>();
  });
}

BOOST_AUTO_TEST_CASE(a_million_equal_elements_lose_nothing) {
  std::vector<float> in(3 << 20, 0.1f);
  std::vector<float> sums(3);
  kernel<reduce_sum(x, {.axis = 0})>(view(in, {1u << 20, 3}), view(sums, {1, 3}));
  for (const float sum : sums) BOOST_TEST(sum == 0.1f * (1 << 20));
}

BOOST_AUTO_TEST_CASE(infinities_and_nan_stay_in_their_column) {
  const std::size_t length = 101;
  const float huge = std::numeric_limits<float>::infinity();
  std::vector<float> in(3 * length, 1.0f), out(3 * length);
  in[3 * 100] = huge;             // the first column, behind what goes together
  in[3 * 4 + 1] = std::nanf("");  // the second
  kernel<reduce_sum(x, {.axis = 0})>(view(in, {length, 3}), view(out.data(), {1, 3}));
  BOOST_TEST(out[0] == huge);
  BOOST_TEST(std::isnan(out[1]));
  BOOST_TEST(out[2] == 101.0f);
}

BOOST_AUTO_TEST_CASE(explain_says_so) {
  std::vector<float> in(3 * 1000), out(3 * 1000);
  const std::string text =
      explain<softmax(x, {.axis = 0})>(view(in, {1000, 3}), view(out, {1000, 3}));
  BOOST_TEST(text.find("few rows side by side") != std::string::npos);
}
