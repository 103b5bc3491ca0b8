// SPDX-License-Identifier: BSL-1.0
#include <fusor/fusor.hpp>
#include <vector>

void mish_of_the_other_file(const std::vector<float>& in, std::vector<float>& out);
float sum_of_the_other_file(const std::vector<float>& in);

void mish_of_the_other_file(const std::vector<float>& in, std::vector<float>& out) {
  fusor::kernel<fusor::x * fusor::tanh(fusor::softplus(fusor::x))>(in, out);
}

float sum_of_the_other_file(const std::vector<float>& in) {
  std::vector<float> sum(1);
  fusor::kernel<fusor::reduce_sum(fusor::x)>(in, sum);
  return sum[0];
}
