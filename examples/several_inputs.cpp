// SPDX-License-Identifier: BSL-1.0
// Several inputs and several outputs, still in one pass over memory.
#include <cstdio>
#include <fusor/fusor.hpp>
#include <vector>

using namespace fusor;

constexpr auto gated = x * sigmoid(y);             // x, y, z are inputs 0, 1, 2
constexpr auto blend = where(z > 0, x, y);         // three inputs
constexpr auto weighted = input<3> * (x + y + z);  // input<I> is any other, up to 8
constexpr auto mean = 0.5 * (x + y);
constexpr auto half_difference = 0.5 * (x - y);
constexpr auto both = outputs(mean, half_difference);  // two outputs of one pass

int main() {
  const std::vector<float> a = {-2, -1, 0, 1, 2}, b = {3, 1, 0, -1, -3};
  std::vector<float> out(a.size()), out_1(a.size()), out_2(a.size());
  bool ok = true;

  kernel<gated>(a, b, out);  // one argument for each input, then the output
  std::printf("%s\n ", to_string(gated).c_str());
  for (const float value : out) std::printf(" %g", value);

  kernel<gated>(a, 0.0f, out);  // a number stands for all positions
  std::printf("\nthe same with y = 0\n ");
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::printf(" %g", out[i]);
    ok = ok && out[i] == a[i] / 2;
  }
  std::printf("\nwith numbers alone\n  %g\n", kernel<gated>(4.0, 0.0));
  ok = ok && kernel<gated>(4.0, 0.0) == 2 && kernel<blend>(1.0f, 2.0f, -1.0f) == 2 &&
       kernel<weighted>(1.0f, 2.0f, 3.0f, 10.0f) == 60;

  kernel<both>(a, b, out_1, out_2);  // outputs after inputs
  for (std::size_t i = 0; i < a.size(); ++i) {
    ok = ok && out_1[i] + out_2[i] == a[i] && out_1[i] - out_2[i] == b[i];
  }
  std::printf("%s and %s\n  %zu pass, %zu arrays read, %zu written\n", to_string(mean).c_str(),
              to_string(half_difference).c_str(), schedule<both>.passes, schedule<both>.reads,
              schedule<both>.writes);
  std::printf(ok ? "OK: several inputs and outputs\n" : "FAILED\n");
  return ok ? 0 : 1;
}
