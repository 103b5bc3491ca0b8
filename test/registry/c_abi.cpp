// SPDX-License-Identifier: BSL-1.0
// Kernels made from text by fusor_add_kernels, called as C would: the golden values, and errors.
#define BOOST_TEST_MODULE registry_c_abi
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <fusor/language/element.hpp>
#include <map>
#include <string>
#include <vector>

#include <fusor/fusor.h>
#include "axis_kernels.h"
#include "golden_kernels.h"
#include "model_kernels.h"
#include "support/golden.hpp"
#include "support/numbers.hpp"

namespace {

struct functions {
  int (*in_float)(const float*, float*, size_t);
  int (*in_double)(const double*, double*, size_t);
};

const std::map<std::string, functions> kernels = {
#define FUSOR_GOLDEN(id, name) {id, {name##_float, name##_double}},
#include "golden_kernels_table.hpp"
#undef FUSOR_GOLDEN
};

}  // namespace

BOOST_AUTO_TEST_CASE(golden_values) {
  using namespace fusor;
  const auto records = test::read_golden_records();
  BOOST_TEST(records.size() == 53u);
  BOOST_TEST(kernels.size() == 53u);
  for (const auto& r : records) {
    const functions& f = kernels.at(r.id);
    const std::uint64_t bound = test::is_transcendental(r.activation) ? 4 : 2;
    std::vector<float> got(r.input.size());
    std::vector<double> wide(r.input.begin(), r.input.end());
    BOOST_TEST(f.in_float(r.input.data(), got.data(), got.size()) == FUSOR_OK);
    BOOST_TEST(f.in_double(wide.data(), wide.data(), wide.size()) == FUSOR_OK);
    // The constants of approximate gelu are doubles: see activation/golden.cpp.
    const bool is_approximate = r.activation == "gelu" && r.parameters.at(0).second == 1;
    for (std::size_t i = 0; i < got.size(); ++i) {
      const bool is_nan = std::isnan(r.input[i]);
      const bool is_right =
          is_nan ? std::isnan(got[i])
                 : test::steps_between(got[i], static_cast<float>(r.expected[i])) <= bound;
      BOOST_TEST(is_right, r.id << " of " << r.input[i] << ": " << got[i]);
      const bool is_right_wide =
          is_nan ? std::isnan(wide[i])
                 : test::steps_between(wide[i], r.expected[i]) <= (is_approximate ? 90u : 4u);
      BOOST_TEST(is_right_wide, r.id << " of " << r.input[i] << " in double: " << wide[i]);
    }
  }
}

// A formula along an axis takes one row: here, line by line.
BOOST_AUTO_TEST_CASE(golden_values_along_an_axis) {
  using namespace fusor;
  const std::map<std::string, functions> along = {{"softmax", {softmax_float, softmax_double}},
                                                  {"log_softmax", {logs_float, logs_double}},
                                                  {"sparsemax", {sparse_float, sparse_double}},
                                                  {"glu", {gated_float, gated_double}}};
  for (const auto& r : test::read_golden_axis_records()) {
    const functions& f = along.at(r.activation);
    std::size_t step = 1;
    for (std::size_t i = r.axis + 1; i < 3; ++i) step *= r.shape[i];
    const std::size_t count = r.shape[r.axis], results = r.output_shape[r.axis];
    for (std::size_t line = 0; line < r.input.size() / count; ++line) {
      const std::size_t from = line / step * step * count + line % step;
      const std::size_t to = line / step * step * results + line % step;
      std::vector<float> in, out(results);
      std::vector<double> wide_in, wide(results);
      for (std::size_t i = 0; i < count; ++i) in.push_back(r.input[from + i * step]);
      wide_in.assign(in.begin(), in.end());
      BOOST_TEST(f.in_float(in.data(), out.data(), results) == FUSOR_OK);
      BOOST_TEST(f.in_double(wide_in.data(), wide.data(), results) == FUSOR_OK);
      for (std::size_t i = 0; i < results; ++i) {
        const double expected = r.expected[to + i * step];
        BOOST_TEST(test::steps_between(out[i], static_cast<float>(expected)) <= 4u, r.id);
        BOOST_TEST(test::steps_between(wide[i], expected) <= 4u, r.id);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(several_inputs_and_half_types) {
  const float a[] = {1, 2, -3}, b[] = {4, 5, 6}, c[] = {0.5f, 0.5f, 2}, d[] = {1, 1, 1};
  float out[3] = {};
  BOOST_TEST(weighted_float(a, b, c, d, out, 3) == FUSOR_OK);
  BOOST_TEST((out[0] == 3.5f && out[1] == 5.0f && out[2] == 9.5f));
  std::uint16_t half[] = {fusor::float16(-2.0f).bits, fusor::float16(0.5f).bits};
  BOOST_TEST(clipped_float16(half, half, 2) == FUSOR_OK);
  BOOST_TEST((half[0] == fusor::float16(-1.0f).bits && half[1] == fusor::float16(0.5f).bits));
  std::uint16_t brain[] = {fusor::bfloat16(-2.0f).bits};
  BOOST_TEST(clipped_bfloat16(brain, brain, 1) == FUSOR_OK);
  BOOST_TEST(brain[0] == fusor::bfloat16(-1.0f).bits);
}

// Rows one behind the other: each as the function of one row computes it.
BOOST_AUTO_TEST_CASE(rows) {
  constexpr std::size_t count = 5, total = 7;
  std::vector<float> in(2 * total * count), out(total * count), row(count);
  for (std::size_t i = 0; i < in.size(); ++i) in[i] = static_cast<float>(i * 37 % 23) / 4 - 2;
  const auto is_row = [&](std::size_t i) {
    return std::equal(row.begin(), row.end(), out.begin() + static_cast<std::ptrdiff_t>(i * count));
  };
  BOOST_TEST(softmax_float_rows(in.data(), out.data(), total, count) == FUSOR_OK);
  for (std::size_t i = 0; i < total; ++i) {
    BOOST_TEST(softmax_float(in.data() + i * count, row.data(), count) == FUSOR_OK);
    BOOST_TEST(is_row(i));
  }
  BOOST_TEST(gated_float_rows(in.data(), out.data(), total, count) == FUSOR_OK);
  for (std::size_t i = 0; i < total; ++i) {  // of twice as many
    BOOST_TEST(gated_float(in.data() + 2 * i * count, row.data(), count) == FUSOR_OK);
    BOOST_TEST(is_row(i));
  }
  std::vector<float> sums(total), sum(1);
  BOOST_TEST(dot_float_rows(in.data(), in.data() + 1, sums.data(), total, count) == FUSOR_OK);
  for (std::size_t i = 0; i < total; ++i) {
    BOOST_TEST(dot_float(in.data() + i * count, in.data() + i * count + 1, sum.data(), count) ==
               FUSOR_OK);
    BOOST_TEST(sums[i] == sum[0]);
  }
  BOOST_TEST(clipped_float_rows(in.data(), out.data(), total, count) == FUSOR_OK);
  BOOST_TEST(clipped_float(in.data() + 2 * count, row.data(), count) == FUSOR_OK);
  BOOST_TEST(is_row(2));
  // What is refused has written nothing.
  const std::vector<float> before = out;
  const std::size_t many = static_cast<std::size_t>(-1) / 2;
  BOOST_TEST(softmax_float_rows(in.data(), out.data(), many, count) == FUSOR_SHAPE_ERROR);
  BOOST_TEST(clipped_float_rows(in.data(), out.data(), count, many) == FUSOR_SHAPE_ERROR);
  BOOST_TEST(softmax_float_rows(nullptr, out.data(), total, count) == FUSOR_SHAPE_ERROR);
  BOOST_TEST(softmax_float_rows(in.data(), out.data(), total, 0) == FUSOR_AXIS_ERROR);
  BOOST_TEST(softmax_float_rows(nullptr, nullptr, 0, count) == FUSOR_OK);
  BOOST_TEST((out == before));
}

BOOST_AUTO_TEST_CASE(six_inputs) {
  const float a[] = {1, 2}, b[] = {3, 4}, c[] = {5, 6}, d[] = {7, 8}, e[] = {9, 10}, f[] = {2, 3};
  float out[2] = {};
  BOOST_TEST(six_float(a, b, c, d, e, f, out, 2) == FUSOR_OK);
  BOOST_TEST(out[0] == 1 + 3 + 5 + 7 + 9 * 2);
  BOOST_TEST(out[1] == 2 + 4 + 6 + 8 + 10 * 3);
}

BOOST_AUTO_TEST_CASE(errors_are_statuses) {
  float data[8] = {7, 7, 7, 7, 7, 7, 7, 7};
  BOOST_TEST(clipped_float(data, data + 1, 7) == FUSOR_OVERLAP_ERROR);
  BOOST_TEST(std::string(fusor_message()) ==
             "kernel: the output overlaps the input; pass the same memory to work in place, or "
             "memory apart from it");
  BOOST_TEST(clipped_float(nullptr, data, 8) == FUSOR_SHAPE_ERROR);
  BOOST_TEST(std::string(fusor_message()) == "kernel: the input is null, with a count of 8");
  BOOST_TEST(clipped_float(data, nullptr, 8) == FUSOR_SHAPE_ERROR);
  BOOST_TEST(clipped_float(data, data, static_cast<size_t>(-1)) == FUSOR_SHAPE_ERROR);
  BOOST_TEST(clipped_float(nullptr, nullptr, 0) == FUSOR_OK);
  BOOST_TEST(softmax_float(data, data, 0) == FUSOR_AXIS_ERROR);
  for (const float value : data) BOOST_TEST(value == 7);
}
