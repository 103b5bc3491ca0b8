// SPDX-License-Identifier: BSL-1.0
#include <cstdio>
#include <fusor/fusor.hpp>
#include <vector>

#include "model_kernels.h"

int main() {
  const float in = 1.5f;
  float out = 0;
  if (hidden_float(&in, &in, &out, 1) != 0 || out != fusor::kernel<fusor::gelu>(3.0f)) return 1;
  std::vector<float> data = {-1, 0, 2};
  fusor::kernel<fusor::relu>(data);
  std::printf("%g %g %g, version %d.%d.%d\n", static_cast<double>(data[0]),
              static_cast<double>(data[1]), static_cast<double>(data[2]), FUSOR_VERSION_MAJOR,
              FUSOR_VERSION_MINOR, FUSOR_VERSION_PATCH);
}
