// SPDX-License-Identifier: BSL-1.0
// FUSOR_STATIC_DISPATCH: compiled for one instruction set, and linked with nothing.
#include <cmath>
#include <cstdio>
#include <fusor/fusor.hpp>
#include <vector>

int main() {
  std::vector<float> in(100), out(100);
  for (std::size_t i = 0; i < in.size(); ++i) in[i] = static_cast<float>(i) * 0.1f - 5;
  fusor::kernel<fusor::silu>(in, out);
  for (std::size_t i = 0; i < in.size(); ++i) {
    const double v = in[i];
    const double expected = v / (1 + std::exp(-v));
    if (std::abs(out[i] - expected) > 2e-7 * std::abs(expected)) {
      std::printf("silu(%g) = %g, expected %g\n", v, static_cast<double>(out[i]), expected);
      return 1;
    }
  }
  std::printf("passed on %s\n", hwy::TargetName(HWY_TARGET));
}
