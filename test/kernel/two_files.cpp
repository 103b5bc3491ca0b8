// SPDX-License-Identifier: BSL-1.0
// Kernels in two files of one program: the same formula is one kernel, and nothing is defined
// twice.
#define BOOST_TEST_MODULE kernel_two_files
#include <boost/test/unit_test.hpp>
#include <fusor/fusor.hpp>
#include <vector>

void mish_of_the_other_file(const std::vector<float>& in, std::vector<float>& out);

BOOST_AUTO_TEST_CASE(the_same_formula_gives_the_same_bits_in_both_files) {
  std::vector<float> in(100), here(100), there(100);
  for (std::size_t i = 0; i < in.size(); ++i) in[i] = static_cast<float>(i) * 0.1f - 5;
  fusor::kernel<fusor::mish>(in, here);
  mish_of_the_other_file(in, there);
  BOOST_TEST((here == there));
}
