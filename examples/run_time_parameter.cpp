// SPDX-License-Identifier: BSL-1.0
// A parameter that is known only at run time is an input, and the call gives a number for it.
#include <cstdio>
#include <cstdlib>
#include <fusor/fusor.hpp>
#include <vector>

using namespace fusor;

// leaky relu with its slope as input y. The built-in leaky_relu(x, {.negative_slope = 0.2})
// compiles a loop for each slope instead.
// clang-format off
constexpr auto leaky = where(x >= 0, x, y * x);
// clang-format on

// Parametric relu (He et al. 2015) is the same formula with one slope for each element.
constexpr auto parametric_relu = leaky;

int main(int argc, char** argv) {
  const float slope = argc > 1 ? std::strtof(argv[1], nullptr) : 0.2f;
  const std::vector<float> in = {-4, -2, -1, 0, 1, 2}, slopes = {0.5f, 0.25f, 0.125f, 0, 0, 0};
  std::vector<float> out(in.size()), fixed(in.size()), each(in.size());

  kernel<leaky>(in, slope, out);  // a number in place of an array
  kernel<leaky_relu(x, {.negative_slope = 0.2})>(in, fixed);
  kernel<parametric_relu>(in, slopes, each);

  std::printf("%s\n", to_string(leaky).c_str());
  std::printf("%8s%12s%14s%12s\n", "x", "y from", "leaky_relu", "y for each");
  std::printf("%8s%12s%14s%12s\n", "", "run time", "slope 0.2", "element");
  for (std::size_t i = 0; i < in.size(); ++i) {
    std::printf("%8g%12g%14g%12g\n", in[i], out[i], fixed[i], each[i]);
  }
  const bool ok =
      (slope != 0.2f || out == fixed) && each == std::vector<float>{-2, -0.5f, -0.125f, 0, 1, 2};
  std::printf(ok ? "OK: the same bits with the slope from run time\n" : "FAILED\n");
  return ok ? 0 : 1;
}
