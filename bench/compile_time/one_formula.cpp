// SPDX-License-Identifier: BSL-1.0
// What one formula costs to compile: for every instruction set, with the choice at run time.

#include <fusor/fusor.hpp>

#include <cstdio>
#include <vector>

using namespace fusor;

constexpr auto mish_by_hand = x * tanh(softplus(x));

int main() {
  const std::vector<float> in(1000, 1.0f);
  std::vector<float> out(in.size());
  kernel<mish_by_hand>(in, out);
  std::printf("%.6f\n", static_cast<double>(out[999]));
}
