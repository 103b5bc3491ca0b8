// SPDX-License-Identifier: BSL-1.0
// Inputs that have one element for each row: the same bits as inputs that broadcast, for every way
// over the rows; and values that a forward pass kept.
#define BOOST_TEST_MODULE kernel_row_inputs
#include <algorithm>
#include <array>
#include <boost/mpl/list.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <fusor/fusor.hpp>
#include <limits>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "support/numbers.hpp"
#include "support/refusal.hpp"
#include "support/targets.hpp"
#include "support/tasks.hpp"

namespace {

using namespace fusor;

using compute_types = boost::mpl::list<float, double>;
using element_types = boost::mpl::list<float, double, float16, bfloat16>;

template <class T>
std::vector<T> numbers(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  return test::random_elements<T>(count, random);
}

template <class T>
bool are_same(const std::vector<T>& a, const std::vector<T>& b) {
  return std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0;
}

/// A scale and an origin for each row, beside sums of it.
template <int Axis, class Origin, class Scale>
constexpr auto backward(Origin origin, Scale scale) {
  const auto normalized = (x - origin) * scale;
  return scale * (y - normalized * reduce_mean(y * normalized, {.axis = Axis}));
}
template <int Axis>
constexpr auto by_rows = backward<Axis>(row_value(z, {.axis = Axis}),
                                        row_value(input<3>, {.axis = Axis}));
template <int Axis>
constexpr auto by_broadcast = backward<Axis>(z, input<3>);

BOOST_AUTO_TEST_CASE_TEMPLATE(rows_have_the_bits_of_a_broadcast, T, element_types) {
  test::on_every_target([] {
    for (const std::size_t extent : {1u, 2u, 10u, 16u, 31u, 64u, 100u, 257u, 5000u}) {
      for (const std::size_t rows : {1u, 2u, 7u, 17u, 100u}) {
        const auto in = numbers<T>(rows * extent, 1), gradient = numbers<T>(rows * extent, 2);
        const auto origin = numbers<T>(rows, 3), scale = numbers<T>(rows, 4);
        std::vector<T> out(rows * extent), expected(rows * extent);
        // Along the last axis; the shape of what is one for a row has that axis, or has not.
        kernel<by_broadcast<-1>>(view(in, {rows, extent}), view(gradient, {rows, extent}),
                                 view(origin, {rows, 1}), view(scale, {rows, 1}),
                                 view(expected, {rows, extent}));
        kernel<by_rows<-1>>(view(in, {rows, extent}), view(gradient, {rows, extent}),
                            view(origin, {rows, 1}), view(scale, {rows}),
                            view(out, {rows, extent}));
        BOOST_TEST(are_same(out, expected), rows << " rows of " << extent);
        // Along the first.
        kernel<by_broadcast<0>>(view(in, {extent, rows}), view(gradient, {extent, rows}),
                                view(origin, {1, rows}), view(scale, {1, rows}),
                                view(expected, {extent, rows}));
        kernel<by_rows<0>>(view(in, {extent, rows}), view(gradient, {extent, rows}),
                           view(origin, {rows}), view(scale, {1, rows}), view(out, {extent, rows}));
        // Folded columns have an order of their own, with which these go among others.
        if (rows >= 64) BOOST_TEST(are_same(out, expected), rows << " columns of " << extent);
        double worst = 0;
        for (std::size_t i = 0; i < out.size(); ++i) {
          worst = std::max(worst, std::abs(test::to_double(out[i]) - test::to_double(expected[i])) /
                                      (1 + std::abs(test::to_double(expected[i]))));
        }
        BOOST_TEST(worst <= (sizeof(T) == 2   ? 1e-2
                             : sizeof(T) == 4 ? 1e-5
                                              : 1e-14),
                   rows << " columns of " << extent);
      }
    }
  });
}

BOOST_AUTO_TEST_CASE(several_axes) {
  constexpr axis_list both = {0, 2};
  constexpr auto formula = (x - row_value(y, {.axis = both})) *
                           reduce_sum(x * row_value(y, {.axis = both}), {.axis = both});
  constexpr auto expected_formula = (x - y) * reduce_sum(x * y, {.axis = both});
  const auto in = numbers<float>(3 * 5 * 70, 5);
  const auto given = numbers<float>(5, 6);
  std::vector<float> out(in.size()), expected(in.size());
  kernel<expected_formula>(view(in, {3, 5, 70}), view(given, {1, 5, 1}),
                           view(expected, {3, 5, 70}));
  kernel<formula>(view(in, {3, 5, 70}), view(given, {5}), view(out, {3, 5, 70}));
  BOOST_TEST(are_same(out, expected));
  std::fill(out.begin(), out.end(), 0.0f);
  kernel<formula>(view(in, {3, 5, 70}), view(given, {1, 5, 1}), view(out, {3, 5, 70}));
  BOOST_TEST(are_same(out, expected));
}

BOOST_AUTO_TEST_CASE(any_stride_and_order) {
  constexpr auto formula = (x - row_value(y)) * reduce_max(x);
  const std::size_t rows = 40, extent = 100;
  const auto in = numbers<float>(rows * extent, 7);
  auto given = numbers<float>(3 * rows, 8);
  std::vector<float> packed(rows), out(in.size()), expected(in.size());
  for (std::size_t r = 0; r < rows; ++r) packed[r] = given[3 * (rows - 1 - r)];
  kernel<formula>(view(in, {rows, extent}), view(packed, {rows}), view(expected, {rows, extent}));
  kernel<formula>(view(in, {rows, extent}),
                  view(static_cast<const float*>(given.data()) + 3 * (rows - 1), {rows}, {-3}),
                  view(out, {rows, extent}));
  BOOST_TEST(are_same(out, expected));
  // Rows turned, with three axes, in place, and on several threads.
  std::vector<float> in_place = in;
  std::size_t tasks = 0;
  kernel<formula>(parallel(test::backwards{&tasks}, 3), view(in_place, {2, rows / 2, extent}),
                  view(packed, {2, rows / 2}), view(in_place, {2, rows / 2, extent}));
  BOOST_TEST(are_same(in_place, expected));
}

BOOST_AUTO_TEST_CASE(numbers_and_other_outputs) {
  const auto in = numbers<float>(6 * 70, 9);
  std::vector<float> out(in.size()), expected(in.size()), sums(6), more(6);
  // A number is one element for every row.
  kernel<(x - 0.25f) * reduce_sum(x * 0.25f)>(view(in, {6, 70}), view(expected, {6, 70}));
  kernel<(x - row_value(y)) * reduce_sum(x * row_value(y))>(view(in, {6, 70}), 0.25f,
                                                            view(out, {6, 70}));
  BOOST_TEST(are_same(out, expected));
  // On numbers, and on a range, which is one row.
  BOOST_TEST(kernel<x * row_value(y)>(2.0f, 3.0f) == 6.0f);
  std::vector<float> range = {1, 2, 3};
  const std::vector<float> factor = {2};
  kernel<x * row_value(y)>(range, factor, range);
  BOOST_TEST(are_same(range, std::vector<float>{2, 4, 6}));
  // What has been summed so far, in place.
  kernel<reduce_sum(x)>(view(in, {6, 70}), view(sums, {6}));
  std::vector<float> total(6, 2.0f);
  kernel<row_value(y) + reduce_sum(x)>(view(in, {6, 70}), view(total, {6}), view(total, {6}));
  for (std::size_t r = 0; r < 6; ++r) BOOST_TEST(total[r] == 2 + sums[r]);
  // Beside outputs of one element for a row, and by itself.
  const auto given = numbers<float>(6, 10);
  kernel<outputs(x * row_value(y), reduce_sum(x) * row_value(y))>(
      view(in, {6, 70}), view(given, {6}), view(out, {6, 70}), view(more, {6}));
  for (std::size_t r = 0; r < 6; ++r) {
    BOOST_TEST(more[r] == sums[r] * given[r]);
    for (std::size_t i = 0; i < 70; ++i) BOOST_TEST(out[r * 70 + i] == in[r * 70 + i] * given[r]);
  }
  // Rows without elements, and no rows.
  kernel<row_value(y) + reduce_sum(x)>(view(in.data(), {6, 0}), view(given, {6}), view(more, {6}));
  BOOST_TEST(are_same(more, given));
  kernel<x * row_value(y)>(view(in.data(), {0, 70}), view(given.data(), {0}),
                           view(out.data(), {0, 70}));
}

BOOST_AUTO_TEST_CASE(other_shapes_are_refused) {
  const std::vector<float> in(12);
  std::vector<float> out(12);
  using test::refusal;
  BOOST_TEST(refusal<shape_error>([&] {
               kernel<x - row_value(y)>(view(in, {3, 4}), view(in.data(), {4}), view(out, {3, 4}));
             }) == "kernel: input y has shape (4), one element for each row has shape (3)");
  BOOST_TEST(refusal<shape_error>([&] {
               kernel<x - row_value(y)>(view(in, {3, 4}), view(in, {3, 4}), view(out, {3, 4}));
             }) == "kernel: input y has shape (3, 4), one element for each row has shape (3)");
  BOOST_TEST(
      refusal<overlap_error>([&] {
        kernel<x - row_value(y)>(view(in, {3, 4}), view(out.data() + 1, {3}), view(out, {3, 4}));
      }).find("overlaps input y") != std::string::npos);
}

static_assert(same_kernel<vjp(x* row_value(y), z), z * row_value(y)>);
static_assert(same_kernel<vjp(reduce_sum(x) * row_value(y), z, y), z * reduce_sum(x)>);

constexpr auto mean = reduce_mean(x);
constexpr auto rstd = rsqrt(reduce_mean(square(x - mean)) + 1e-5);
constexpr auto normalized = (x - mean) * rstd;
constexpr auto from_kept = with_kept(vjp(normalized, y), kept(mean, z), kept(rstd, input<3>));
// Nothing but the two sums of the gradient is left.
static_assert(schedule<from_kept>.passes == 2);

BOOST_AUTO_TEST_CASE_TEMPLATE(a_backward_pass_by_what_was_kept, T, compute_types) {
  test::on_every_target([] {
    for (const std::size_t extent : {2u, 10u, 31u, 64u, 300u}) {
      const std::size_t rows = 33;
      const auto in = numbers<T>(rows * extent, 11), gradient = numbers<T>(rows * extent, 12);
      std::vector<T> out(in.size()), means(rows), scales(rows), by_input(in.size()),
          by_kept(in.size());
      kernel<outputs(normalized, mean, rstd)>(view(in, {rows, extent}), view(out, {rows, extent}),
                                              view(means, {rows}), view(scales, {rows}));
      kernel<vjp(normalized, y)>(view(in, {rows, extent}), view(gradient, {rows, extent}),
                                 view(by_input, {rows, extent}));
      kernel<from_kept>(view(in, {rows, extent}), view(gradient, {rows, extent}),
                        view(means, {rows}), view(scales, {rows}), view(by_kept, {rows, extent}));
      for (std::size_t r = 0; r < rows; ++r) {
        // The terms are of the size of the scale, times elements of a few units.
        const T bound = scales[r] * 64 * std::numeric_limits<T>::epsilon() *
                        std::max<T>(1, scales[r] * scales[r]);
        for (std::size_t i = r * extent; i < (r + 1) * extent; ++i) {
          BOOST_TEST(std::abs(by_kept[i] - by_input[i]) <= bound);
        }
      }
    }
  });
}

BOOST_AUTO_TEST_CASE(other_parts_are_refused) {
  BOOST_TEST(test::refusal<parameter_error>([] {
               volatile bool never = false;  // not a constant expression
               const auto other = never ? reduce_mean(x, {.axis = 0}) : reduce_mean(x, {.axis = 1});
               with_kept(vjp(normalized, y), kept(other, z));
             }).find("with_kept: the formula has no such part") == 0);
  const auto printed = with_kept(x * rsqrt(reduce_mean(square(x)) + 1e-6),
                                 kept(rsqrt(reduce_mean(square(x)) + 1e-6), z));
  std::ostringstream text;
  text << printed;
  BOOST_TEST(text.str() == "x * row_value(z)");
}

}  // namespace
