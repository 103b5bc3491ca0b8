// SPDX-License-Identifier: BSL-1.0
// Bad calls are refused with one sentence, before anything is written.
#define BOOST_TEST_MODULE kernel_errors
#include <boost/test/unit_test.hpp>
#include <fusor/fusor.hpp>
#include <span>
#include <string>
#include <vector>

#include "support/refusal.hpp"

using namespace fusor;
using fusor::test::refusal;

BOOST_AUTO_TEST_CASE(lengths_that_differ) {
  std::vector<float> ten(10, 7), twelve(12, 7);
  const std::vector<float> untouched = ten;
  BOOST_TEST(refusal<shape_error>([&] { kernel<relu>(twelve, ten); }) ==
             "kernel: the output has 10 elements, the input has 12");
  BOOST_TEST(refusal<shape_error>([&] { kernel<x * y>(ten, twelve, ten); }) ==
             "kernel: the output has 10 elements, input y has 12");
  BOOST_TEST(refusal<shape_error>([&] { kernel<x + input<3>>(ten, 1.0f, 1.0f, twelve, ten); }) ==
             "kernel: the output has 10 elements, input 3 has 12");
  BOOST_TEST(refusal<shape_error>([&] { kernel<outputs(x, -x)>(ten, ten, twelve); }) ==
             "kernel: output 1 has 10 elements, output 2 has 12");
  BOOST_TEST(refusal<std::invalid_argument>([&] { kernel<relu>(twelve, ten); }) != "nothing");
  BOOST_TEST((ten == untouched));
}

BOOST_AUTO_TEST_CASE(overlap_that_is_not_the_same_memory) {
  std::vector<float> data(20, 7);
  const std::vector<float> untouched = data;
  const std::span<float> first(data.data(), 10), shifted(data.data() + 1, 10),
      last(data.data() + 10, 10);
  const std::string sentence =
      "kernel: the output overlaps the input; pass the same memory to work in place, or memory "
      "apart from it";
  BOOST_TEST(refusal<overlap_error>([&] { kernel<x + 1>(first, shifted); }) == sentence);
  BOOST_TEST(refusal<overlap_error>([&] { kernel<x + 1>(shifted, first); }) == sentence);
  BOOST_TEST(refusal<overlap_error>([&] { kernel<x + 1>(data.data(), data.data() + 9, 10); }) ==
             sentence);
  BOOST_TEST(
      refusal<overlap_error>([&] { kernel<x * y>(last, shifted, first); }) ==
      "kernel: the output overlaps input y; pass the same memory to work in place, or memory "
      "apart from it");
  BOOST_TEST(refusal<overlap_error>([&] { kernel<outputs(x, -x)>(last, first, first); }) ==
             "kernel: output 2 overlaps output 1; every output needs memory of its own");
  // The same address with elements of another size is not the same memory.
  const auto* as_double = reinterpret_cast<const double*>(data.data());
  BOOST_TEST(refusal<overlap_error>([&] { kernel<x + 1>(as_double, data.data(), 10); }) ==
             sentence);
  BOOST_TEST((data == untouched));
  // Neighbours do not overlap.
  kernel<x + 1>(first, last);
  BOOST_TEST(data[10] == 8.0f);
}

BOOST_AUTO_TEST_CASE(null_and_impossible_counts) {
  std::vector<float> data(5, 7);
  const std::vector<float> untouched = data;
  float* const nowhere = nullptr;
  BOOST_TEST(refusal<shape_error>([&] { kernel<relu>(nowhere, data.data(), 5); }) ==
             "kernel: the input is null, with a count of 5");
  BOOST_TEST(refusal<shape_error>([&] { kernel<relu>(data.data(), nowhere, 5); }) ==
             "kernel: the output is null, with a count of 5");
  BOOST_TEST(refusal<shape_error>([&] { kernel<relu>(nowhere, 5); }) ==
             "kernel: the input is null, with a count of 5");
  BOOST_TEST(refusal<shape_error>([&] { kernel<x * y>(data.data(), nowhere, data.data(), 5); }) ==
             "kernel: input y is null, with a count of 5");
  BOOST_TEST(refusal<shape_error>([&] { kernel<relu>(data.data(), data.data(), -3); }) ==
             "kernel: the count is -3, it must be a number of elements that memory can hold");
  BOOST_TEST(refusal<shape_error>([&] { kernel<relu>(data.data(), ~std::size_t{0}); }) ==
             "kernel: the count is 18446744073709551615, it must be a number of elements that "
             "memory can hold");
  BOOST_TEST((data == untouched));
}

BOOST_AUTO_TEST_CASE(a_count_that_a_range_is_too_short_for) {
  std::vector<float> eight(8, 7), nine(9, 7);
  float four[4] = {7, 7, 7, 7};
  const std::vector<float> untouched = eight;
  const auto refused = [](const auto& call) { return refusal<shape_error>(call); };
  BOOST_TEST(refused([&] { kernel<relu>(nine, eight, 9); }) ==
             "kernel: the count is 9, the output has 8 elements");
  BOOST_TEST(refused([&] { kernel<relu>(eight, nine, 9); }) ==
             "kernel: the count is 9, the input has 8 elements");
  BOOST_TEST(refused([&] { kernel<x * y>(nine, four, nine, 5); }) ==
             "kernel: the count is 5, input y has 4 elements");
  BOOST_TEST(refused([&] { kernel<relu>(eight, 9); }) ==
             "kernel: the count is 9, the input has 8 elements");
  BOOST_TEST(refused([&] { kernel<relu>(four, 100); }) ==
             "kernel: the count is 100, the input has 4 elements");
  BOOST_TEST(refused([&] { kernel<relu>(eight, std::span<float>(), 1); }) ==
             "kernel: the count is 1, the output has 0 elements");
  BOOST_TEST(refused([&] { kernel<glu>(eight, nine, 5); }) ==
             "kernel: the count is 5, which takes 10 elements of the input; the input has 8");
  BOOST_TEST(refused([&] { kernel<softmax>(nine, eight, 9); }) ==
             "kernel: the count is 9, the output has 8 elements");
  BOOST_TEST(refused([&] { kernel<reduce_sum(x)>(eight, std::span<float>(), 1); }) ==
             "kernel: the count is 1, the output has 0 elements");
  BOOST_TEST(refused([&] { kernel<relu>(eight, eight, -1); }) ==
             "kernel: the count is -1, it must be a number of elements that memory can hold");
  BOOST_TEST((eight == untouched));
}
