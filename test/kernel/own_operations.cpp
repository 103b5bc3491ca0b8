// SPDX-License-Identifier: BSL-1.0
// Operations of a program's own are as those of the library: in kernels of each kind, printed,
// folded, rewritten by rules of their own, and differentiated.
#define BOOST_TEST_MODULE kernel_own_operations
#include "kernel/own_operations.hpp"
//
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <vector>

#include "support/targets.hpp"

using namespace fusor;
using own::blend;
using own::distance;
using own::thrice;

static_assert(same_kernel<thrice(-x), -thrice(x)>);
static_assert(same_kernel<thrice(literal{2}) + x, 6 + x>);
static_assert(same_kernel<derivative(distance(x, 3.0)), sign(x - 3.0)>);
static_assert(same_kernel<derivative(distance(x, y), y), sign(y - x)>);
static_assert(same_kernel<derivative(blend(square(x), y, z)), 2 * x>);
static_assert(same_kernel<derivative(blend(x, y, z), z), 2 * z>);
static_assert(!same_kernel<distance(x, y), distance(y, x)>);

namespace {

std::vector<float> numbers(std::size_t count) {
  std::vector<float> made(count);
  for (std::size_t i = 0; i < count; ++i) made[i] = 0.37f * static_cast<float>(i) - 5;
  return made;
}

}  // namespace

BOOST_AUTO_TEST_CASE(they_are_printed_by_name) {
  BOOST_TEST(to_string(distance(x, 2 * y) + 1) == "distance(x, 2 * y) + 1");
  BOOST_TEST(to_string(derivative(blend(x, y, z))) == "literal{1}");
}

BOOST_AUTO_TEST_CASE(kernels_of_arrays_have_them_on_each_instruction_set) {
  fusor::test::on_every_target([] {
    for (std::size_t count = 0; count < 70; ++count) {
      const std::vector<float> a = numbers(count);
      const std::vector<float> b(count, 2.5f);
      std::vector<float> near(count), mixed(count), scaled(count);
      kernel<outputs(distance(x, y), blend(x, y, x), thrice(x))>(a, b, near, mixed, scaled);
      for (std::size_t i = 0; i < count; ++i) {
        BOOST_TEST(near[i] == std::abs(a[i] - 2.5f));
        BOOST_TEST(mixed[i] == kernel<blend(x, y, x)>(a[i], b[i]));
        BOOST_TEST(std::abs(mixed[i] - (a[i] + a[i] * a[i])) <= 1e-5f * (1 + a[i] * a[i]));
        BOOST_TEST(scaled[i] == 3 * a[i]);
      }
    }
  });
}

BOOST_AUTO_TEST_CASE(they_stand_beside_reductions_in_tensors_and_in_double) {
  const std::vector<float> in = numbers(6 * 20);
  std::vector<float> out(6), turned(20);
  kernel<reduce_max(distance(x, 1.0))>(view(in, {6, 20}), view(out, {6, 1}));
  kernel<reduce_sum(thrice(x), {.axis = 0})>(view(in, {6, 20}), view(turned, {1, 20}));
  for (std::size_t row = 0; row < 6; ++row) {
    float largest = 0;
    for (std::size_t i = 0; i < 20; ++i) {
      largest = std::max(largest, std::abs(in[row * 20 + i] - 1));
    }
    BOOST_TEST(out[row] == largest);
  }
  for (std::size_t i = 0; i < 20; ++i) {
    double sum = 0;
    for (std::size_t row = 0; row < 6; ++row) sum += 3.0 * in[row * 20 + i];
    BOOST_TEST(std::abs(turned[i] - sum) < 1e-4);
  }
  BOOST_TEST((kernel<distance(x, y)>(1.0, 3.5) == 2.5));
  BOOST_TEST((kernel<blend(x, y, z)>(1.0, 3.5, 2.0) == 5.0));
  BOOST_TEST(std::isnan(kernel<distance(x, y)>(std::nanf(""), 1.0f)));
}

BOOST_AUTO_TEST_CASE(half_types_are_computed_in_float) {
  const std::vector<float16> in = {float16(1.5f), float16(-2.0f)};
  std::vector<float16> out(2);
  kernel<thrice(x)>(in, out);
  BOOST_TEST(static_cast<float>(out[0]) == 4.5f);
  BOOST_TEST(static_cast<float>(out[1]) == -6.0f);
}
