// SPDX-License-Identifier: BSL-1.0
// Kernels in two files of one program: the same formula is one kernel, and nothing is defined
// twice. The other file is compiled with -ffast-math, which changes no result in either.
#define BOOST_TEST_MODULE kernel_two_files
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <fusor/fusor.hpp>
#include <limits>
#include <vector>

#include "support/numbers.hpp"

void mish_of_the_other_file(const std::vector<float>& in, std::vector<float>& out);
float sum_of_the_other_file(const std::vector<float>& in);

BOOST_AUTO_TEST_CASE(the_same_formula_gives_the_same_bits_in_both_files) {
  std::vector<float> in(100), here(100), there(100);
  for (std::size_t i = 0; i < in.size(); ++i) in[i] = static_cast<float>(i) * 0.1f - 5;
  fusor::kernel<fusor::mish>(in, here);
  mish_of_the_other_file(in, there);
  BOOST_TEST((here == there));
}

// NaN is told by its bits: what is inline in both files, as std::isnan is, may be that of the
// other.
BOOST_AUTO_TEST_CASE(the_laws_hold_in_both_files) {
  const float inf = std::numeric_limits<float>::infinity();
  const std::vector<float> in = {std::numeric_limits<float>::quiet_NaN(), inf, -inf};
  std::vector<float> out(3);
  fusor::kernel<fusor::mish>(in, out);
  BOOST_TEST(fusor::test::is_nan(out[0]));
  BOOST_TEST(out[1] == inf);
  BOOST_TEST(out[2] == 0);
  mish_of_the_other_file(in, out);
  BOOST_TEST(fusor::test::is_nan(out[0]));
  BOOST_TEST(out[1] == inf);
  BOOST_TEST(out[2] == 0);

  const std::vector<float> tenths(1000003, 0.1f);
  std::vector<float> sum(1);
  fusor::kernel<fusor::reduce_sum(fusor::x)>(tenths, sum);
  BOOST_TEST(sum[0] == 100000.305f);
  BOOST_TEST(sum_of_the_other_file(tenths) == 100000.305f);
}
