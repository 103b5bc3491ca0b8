// SPDX-License-Identifier: BSL-1.0
// A file that calls kernels whose loops are in another one, and compiles in half a second.
#include <cmath>
#include <cstdio>
#include <vector>

#include "kernels.hpp"

int main() {
  using fusor::view;
  const std::vector<float> up = {-2, -1, 0, 1, 2, 3}, down = {1, 2, 3, 4, 5, 6};
  std::vector<float> hidden(6);
  model::gate(up, down, hidden);  // every call that kernel<silu(x) * y> has
  std::printf("gate(1, 4) = %.4f\n", static_cast<double>(hidden[3]));

  // Two queries and three keys, of which the first query may not see the last two.
  const float hides = -INFINITY;
  const std::vector<float> scores = {8, 16, 24, 8, 16, 24}, mask = {0, hides, hides, 0, 0, 0};
  std::vector<float> weights(6);
  model::attention(view(scores, {2, 3}), view(mask, {2, 3}), view(weights, {2, 3}));
  std::printf("weights of the second query: %.4f %.4f %.4f\n", static_cast<double>(weights[3]),
              static_cast<double>(weights[4]), static_cast<double>(weights[5]));

  const bool holds = std::abs(hidden[3] - 2.9242f) < 1e-4f && weights[0] == 1 && weights[1] == 0 &&
                     std::abs(weights[5] - 0.6652f) < 1e-4f;
  if (!holds) return 1;
  std::printf("OK: declared kernels\n");
}
