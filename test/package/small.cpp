// SPDX-License-Identifier: BSL-1.0
// A program that knows the package by nothing but its flags.
#include <fusor/fusor.hpp>
#include <vector>

int main() {
  std::vector<float> data = {-1, 0, 2};
  fusor::kernel<fusor::relu>(data);
  return data == std::vector<float>{0, 0, 2} ? 0 : 1;
}
