// SPDX-License-Identifier: BSL-1.0
// Kernels whose loops are in other files: every call, the bits and the refusals of kernel<E>.
#define BOOST_TEST_MODULE kernel_declared
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <vector>

#include "kernel/declared.hpp"
#include "support/refusal.hpp"
#include "support/tasks.hpp"

#if defined(HWY_NAMESPACE)
#error "a file that calls declared kernels is to see no loops"
#endif

using namespace fusor;
using fusor::test::backwards;
using fusor::test::refusal;
using fusor::test::waves;

void expected_gate(const std::vector<float>& a, const std::vector<float>& b,
                   std::vector<float>& out);
void expected_probabilities(const std::vector<double>& in, std::vector<double>& out,
                            std::size_t rows);

BOOST_AUTO_TEST_CASE(every_call_on_arrays) {
  const std::vector<float> a = waves<float>(100003, 0), b = waves<float>(100003, 500);
  std::vector<float> expected(a.size()), out(a.size(), -1);
  expected_gate(a, b, expected);
  layers::gate(a, b, out);
  BOOST_TEST((out == expected));

  out.assign(a.size(), -1);
  layers::gate(a.data(), b.data(), out.data(), 70);
  BOOST_TEST((std::vector(out.begin(), out.begin() + 70) ==
              std::vector(expected.begin(), expected.begin() + 70)));
  BOOST_TEST(out[70] == -1);

  std::size_t tasks = 0;
  layers::gate(parallel(backwards{&tasks}, 3), a, b, out);
  BOOST_TEST((out == expected));
  BOOST_TEST(tasks > 1);

  out = a;
  layers::gate(out, b, out);
  BOOST_TEST((out == expected));
  BOOST_TEST(layers::gate(a[5], b[5]) == expected[5]);

  std::vector<float> none;
  layers::gate(none, none, none);
  layers::filled(out);
  BOOST_TEST(out[100002] == 2.5f);
}

BOOST_AUTO_TEST_CASE(numbers_in_place_of_arrays) {
  const std::vector<float> a = waves<float>(1003, 0), b(1003, 0.75f);
  std::vector<float> expected(a.size()), out(a.size(), -1);
  expected_gate(a, b, expected);
  layers::gate(a, 0.75, out);
  BOOST_TEST((out == expected));
  expected_gate(b, a, expected);
  layers::gate(0.75f, view(a, {17, 59}), view(out, {17, 59}));
  BOOST_TEST((out == expected));
}

BOOST_AUTO_TEST_CASE(tensors) {
  const std::vector<float> a = waves<float>(600, 0), bias = waves<float>(20, 500);
  std::vector<float> repeated(600), expected(600), out(600, -1);
  for (std::size_t i = 0; i < repeated.size(); ++i) repeated[i] = bias[i % 20];
  expected_gate(a, repeated, expected);
  layers::gate(view(a, {30, 20}), view(bias, {20}), view(out, {30, 20}));
  BOOST_TEST((out == expected));

  // Every second element, and more axes than usual.
  std::vector<float> wide(1200, -1);
  layers::gate(view(a, {600}), view(repeated, {600}), view(wide, {600}, {2}));
  for (std::size_t i = 0; i < 600; ++i) {
    BOOST_TEST(wide[2 * i] == expected[i]);
    BOOST_TEST(wide[2 * i + 1] == -1);
  }
  layers::gate(view(a, {5, 1, 2, 3, 2, 10}), view(bias, {1, 1, 1, 1, 2, 10}),
               view(out, {5, 1, 2, 3, 2, 10}));
  BOOST_TEST((out == expected));
}

BOOST_AUTO_TEST_CASE(rows) {
  const std::vector<double> in = waves<double>(5000, 0);
  std::vector<double> expected(in.size()), out(in.size(), -1);
  expected_probabilities(in, expected, 50);
  layers::probabilities(view(in, {50, 100}), view(out, {50, 100}));
  BOOST_TEST((out == expected));
  BOOST_TEST(layers::probabilities(3.0) == 1);
  expected_probabilities(in, expected, 1);
  layers::probabilities(in, out);
  BOOST_TEST((out == expected));

  const float pairs[] = {1, 2, 3, 4, 0, 0, 0, 0};
  float half[4], centred[8], most[2];
  layers::halved(pairs, half, 4);
  BOOST_TEST(half[3] == 2);
  layers::halved(view(pairs, {2, 4}), view(half, {2, 2}));
  BOOST_TEST(half[0] == 0.952574127f);
  BOOST_TEST(half[3] == 0);
  layers::normalised(view(pairs, {2, 4}), view(centred, {2, 4}), view(most, {2}));
  BOOST_TEST(centred[0] == -1.5f);
  BOOST_TEST(most[0] == 4);
  BOOST_TEST(most[1] == 0);
}

BOOST_AUTO_TEST_CASE(half_types) {
  const std::vector<float16> a(100, float16(1)), b(100, float16(2));
  std::vector<float16> out(100);
  layers::gate(a, b, out);
  BOOST_TEST((out[99] == float16(1.4621172f)));
  layers::gate(a, 2.0f, out);
  BOOST_TEST((out[98] == float16(1.4621172f)));
  BOOST_TEST((layers::gate(float16(1), float16(2)) == float16(1.4621172f)));
}

BOOST_AUTO_TEST_CASE(refusals) {
  const std::vector<float> a(10), b(9);
  std::vector<float> out(10, -7);
  BOOST_TEST(refusal<shape_error>([&] { layers::gate(a, b, out); }) ==
             "kernel: the output has 10 elements, input y has 9");
  BOOST_TEST(refusal<shape_error>([&] { layers::gate(a, a, out, 11); }) ==
             "kernel: the count is 11, input x has 10 elements");
  BOOST_TEST(refusal<shape_error>([&] { layers::gate(a, a, out, -1); }) ==
             "kernel: the count is -1, it must be a number of elements that memory can hold");
  BOOST_TEST(
      refusal<overlap_error>(
          [&] { layers::gate(std::span(out).first(9), b, std::span(out).last(9)); }) ==
      "kernel: the output overlaps input x; pass the same memory to work in place, or memory "
      "apart from it");
  BOOST_TEST(out[0] == -7);
}
