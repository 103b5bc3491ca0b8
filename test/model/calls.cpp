// SPDX-License-Identifier: BSL-1.0
// Calls of generated models: what they give, what they refuse, and that a row does not depend on
// others.
#define BOOST_TEST_MODULE model_calls
#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstring>
#include <fstream>
#include <fusor/fusor.hpp>
#include <fusor/model/formula_shape.hpp>
#include <string>
#include <thread>
#include <vector>

#include "digits_functional.hpp"
#include "digits_gated.hpp"
#include "digits_glu.hpp"
#include "digits_logits.hpp"
#include "digits_mish.hpp"
#include "digits_own.hpp"
#include "digits_range.hpp"
#include "digits_relu.hpp"
#if defined(HAS_THREADS)
#include "digits_threads.hpp"
#endif
#include "several.hpp"
#include "support/refusal.hpp"

namespace {

using numbers = std::vector<float>;

numbers read(const std::string& file) {
  std::ifstream opened(FUSOR_TEST_DATA "/" + file);
  BOOST_REQUIRE(opened);
  numbers values;
  for (float value = 0; opened >> value; opened.peek() == ',' && opened.get()) {
    values.push_back(value);
  }
  return values;
}

const numbers& digits() {
  static const numbers all = read("keras-models/digits_test_x.csv");
  return all;
}

numbers predicted(std::size_t rows) {
  numbers out(rows * digits_mish::outputs);
  digits_mish::predict({digits().data(), rows * digits_mish::inputs}, out);
  return out;
}

template <class Error, class Call>
std::string refusal(const Call& call) {
  return fusor::test::refusal<Error>(call);
}

}  // namespace

// Whatever the number of rows, their position in a tile and the thread.
BOOST_AUTO_TEST_CASE(a_row_has_the_same_bits_beside_any_others) {
  const numbers all = predicted(360);
  constexpr std::size_t in = digits_mish::inputs, out = digits_mish::outputs;
  for (const std::size_t rows : {1u, 2u, 7u, 23u, 24u, 25u, 48u, 49u, 100u}) {
    const numbers few = predicted(rows);
    BOOST_TEST(std::memcmp(few.data(), all.data(), few.size() * sizeof(float)) == 0);
  }
  for (const std::size_t row : {5u, 23u, 24u, 359u}) {
    std::array<float, out> alone{};
    digits_mish::predict(std::span(digits()).subspan(row * in, in), alone);
    BOOST_TEST(std::memcmp(alone.data(), &all[row * out], sizeof alone) == 0);
  }
  std::vector<std::thread> threads;
  std::vector<numbers> results(4);
  for (numbers& result : results) threads.emplace_back([&] { result = predicted(360); });
  for (std::thread& each : threads) each.join();
  for (const numbers& result : results) BOOST_TEST((result == all));
}

#if defined(HAS_THREADS)
BOOST_AUTO_TEST_CASE(a_model_on_several_threads_has_the_bits_of_one) {
  constexpr std::size_t in = digits_mish::inputs, out = digits_mish::outputs;
  numbers many;
  while (many.size() < 5000 * in) many.insert(many.end(), digits().begin(), digits().end());
  for (const std::size_t rows : {0u, 1u, 24u, 25u, 100u, 1000u, 1001u, 5000u}) {
    numbers one(rows * out), several(rows * out + 1, -77.0f);
    digits_mish::predict(std::span(many).first(rows * in), one);
    digits_threads::predict(std::span(many).first(rows * in), std::span(several).first(rows * out));
    BOOST_TEST(std::memcmp(one.data(), several.data(), rows * out * sizeof(float)) == 0);
    BOOST_TEST(several.back() == -77.0f);
  }
}
#endif

BOOST_AUTO_TEST_CASE(nothing_is_written_beyond_the_rows) {
  numbers out(4 * digits_mish::outputs, -1);
  digits_mish::predict({digits().data(), 3 * digits_mish::inputs},
                       {out.data(), 3 * digits_mish::outputs});
  BOOST_TEST(std::count(out.begin(), out.end(), -1.0f) == digits_mish::outputs);
}

BOOST_AUTO_TEST_CASE(double_is_more_exact) {
  const std::vector<double> in(digits().begin(), digits().end());
  std::vector<double> exact(360 * digits_functional::outputs);
  numbers rounded(exact.size());
  digits_functional::predict(in, exact);
  digits_functional::predict(digits(), rounded);
  double difference = 0;
  for (std::size_t i = 0; i < exact.size(); ++i) {
    difference = std::max(difference, std::abs(exact[i] - static_cast<double>(rounded[i])));
  }
  BOOST_TEST(difference < 1e-6);
  BOOST_TEST(difference > 0);
}

// Two inputs; an output that is an input, and one that is another value in another shape.
BOOST_AUTO_TEST_CASE(several_inputs_and_outputs) {
  static_assert(several::inputs_0 == 5 && several::inputs_1 == 6);
  static_assert(several::outputs_0 == 2 && several::outputs_1 == 4 && several::outputs_2 == 5);
  const numbers x = read("keras-layers/several_x.csv");
  const numbers y = read("keras-layers/several_y.csv");
  constexpr std::size_t rows = 48, columns = 11;
  BOOST_REQUIRE(x.size() == rows * columns);
  BOOST_REQUIRE(y.size() == rows * columns);
  numbers in_0, in_1, out_0(rows * 2), out_1(rows * 4), out_2(rows * 5);
  for (std::size_t i = 0; i < x.size(); ++i) (i % columns < 5 ? in_0 : in_1).push_back(x[i]);
  several::predict(in_0, in_1, out_0, out_1, out_2);
  float difference = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    const std::size_t row = i / columns, column = i % columns;
    const float found = column < 2   ? out_0[row * 2 + column]
                        : column < 6 ? out_1[row * 4 + column - 2]
                                     : out_2[row * 5 + column - 6];
    difference = std::max(difference, std::abs(found - y[i]));
  }
  BOOST_TEST(difference < 1e-5f);
  BOOST_TEST((out_2 == in_0));
}

// The first half of the outputs by a sigmoid of the second.
BOOST_AUTO_TEST_CASE(a_layer_that_halves) {
  static_assert(digits_relu::outputs == 10 && digits_glu::outputs == 5);
  numbers whole(360 * 10), halved(360 * 5);
  digits_relu::predict(digits(), whole);
  digits_glu::predict(digits(), halved);
  float difference = 0;
  for (std::size_t i = 0; i < halved.size(); ++i) {
    const float* const row = &whole[i / 5 * 10 + i % 5];
    difference = std::max(difference, std::abs(halved[i] - row[0] / (1 + std::exp(-row[5]))));
  }
  BOOST_TEST(difference < 1e-6f);
}

// What generated sources say of formulas, so that one whose text misleads does not compile.
BOOST_AUTO_TEST_CASE(shapes_of_formulas) {
  using namespace fusor;
  using enum detail::formula_shape;
  static_assert(detail::has_shape(silu(x), whole, false));
  static_assert(detail::has_shape(silu, whole, false));
  static_assert(detail::has_shape(softmax(x), whole, true));
  static_assert(detail::has_shape(x * reduce_sum(first_half(x)), whole, true));
  static_assert(detail::has_shape(glu(x) + 1, half, false));
  static_assert(detail::has_shape(reduce_max(x) - 2 * reduce_min(x), reduced, true));
  static_assert(detail::has_shape(first_half(x) + x, mixed, false));
  static_assert(detail::has_shape(first_half(first_half(x)), mixed, false));
  static_assert(detail::has_shape(x * y, mixed, false));
  BOOST_TEST(!detail::has_shape(softmax(x), whole, false));
}

// Layers given as formulas: one behind a product, one that halves, one with a reduction, and one
// that is a reduction.
BOOST_AUTO_TEST_CASE(layers_of_formulas) {
  static_assert(digits_own::outputs == 5 && digits_range::outputs == 1);
  constexpr std::size_t rows = 360;
  numbers whole(rows * 10), out(rows * 5), range(rows);
  digits_relu::predict(digits(), whole);
  digits_own::predict(digits(), out);
  digits_range::predict(digits(), range);
  const std::vector<double> in(digits().begin(), digits().end());
  std::vector<double> exact(rows * 5);
  digits_own::predict(in, exact);
  float difference = 0, of_exact = 0, of_range = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    const float* const p = &whole[row * 10];
    std::array<float, 5> gated{};
    float sum = 0;
    for (std::size_t i = 0; i < 5; ++i) sum += gated[i] = p[i] / (1 + std::exp(-p[i])) * p[i + 5];
    for (std::size_t i = 0; i < 5; ++i) {
      // (What is next to nothing is a share of little.)
      if (sum < 1e-4f) continue;
      difference = std::max(difference, std::abs(out[row * 5 + i] - gated[i] / sum));
      of_exact =
          std::max(of_exact, std::abs(out[row * 5 + i] - static_cast<float>(exact[row * 5 + i])));
    }
    const auto [least, most] = std::minmax_element(p, p + 10);
    of_range = std::max(of_range, std::abs(range[row] - (*most - *least)));
  }
  BOOST_TEST(difference < 1e-5f);
  BOOST_TEST(of_exact < 1e-5f);
  BOOST_TEST(of_range < 1e-6f);
}

// A product of twice the width, its halves and a reduction of what they make: one kernel.
BOOST_AUTO_TEST_CASE(halves_of_a_product) {
  static_assert(digits_gated::outputs == 5 && digits_logits::outputs == 10);
  constexpr std::size_t rows = 360;
  numbers logits(rows * 10), out(rows * 5);
  digits_logits::predict(digits(), logits);
  digits_gated::predict(digits(), out);
  double difference = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    std::array<double, 5> gated{};
    double sum = 0, size = 0;
    for (std::size_t i = 0; i < 5; ++i) {
      const double a = static_cast<double>(logits[row * 10 + i]);
      gated[i] = a / (1 + std::exp(-a)) * static_cast<double>(logits[row * 10 + i + 5]);
      sum += gated[i];
      size += std::abs(gated[i]);
    }
    // (Where they cancel, the quotients are as large as their errors.)
    for (std::size_t i = 0; i < 5; ++i) {
      const double found = static_cast<double>(out[row * 5 + i]);
      difference = std::max(difference, std::abs(found * sum - gated[i]) / size);
    }
  }
  BOOST_TEST(difference < 1e-5);
}

BOOST_AUTO_TEST_CASE(what_is_refused) {
  numbers in(2 * 64), out(20);
  BOOST_TEST(refusal<fusor::shape_error>([&] {
               digits_mish::predict({in.data(), 65}, out);
             }) == "digits_mish::predict: the input has 65 elements, which are no rows of 64");
  BOOST_TEST(refusal<fusor::shape_error>([&] {
               digits_mish::predict(in, {out.data(), 10});
             }) == "digits_mish::predict: the output has 1 rows, the first input has 2");
  BOOST_TEST(refusal<fusor::overlap_error>([&] {
               digits_mish::predict(in, {in.data() + 100, 20});
             }) ==
             "digits_mish_predict: the output overlaps the input; a model needs memory for each");
  BOOST_TEST(digits_mish_predict(nullptr, out.data(), 1) == FUSOR_SHAPE_ERROR);
  BOOST_TEST(digits_mish_message() ==
             std::string("digits_mish_predict: the input is null, with 1 rows"));
  BOOST_TEST(digits_mish_predict(in.data(), nullptr, 1) == FUSOR_SHAPE_ERROR);
  BOOST_TEST(digits_mish_predict(in.data(), out.data(), SIZE_MAX / 8) == FUSOR_SHAPE_ERROR);
  BOOST_TEST(digits_mish_predict(nullptr, nullptr, 0) == FUSOR_OK);
  numbers first(5), second(6), small(2), hidden(4);
  BOOST_TEST(several_predict(first.data(), second.data(), small.data(), hidden.data(),
                             hidden.data(), 1) == FUSOR_OVERLAP_ERROR);
  BOOST_TEST(several_predict(first.data(), nullptr, small.data(), hidden.data(), first.data(), 1) ==
             FUSOR_SHAPE_ERROR);
  BOOST_TEST(several_message() == std::string("several_predict: in_1 is null, with 1 rows"));
  BOOST_TEST((out == numbers(20)));
}
