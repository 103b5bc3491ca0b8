// SPDX-License-Identifier: BSL-1.0
// Images as an mdspan: a softmax over their channels, whatever the layout. Needs <mdspan>, C++23.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fusor/fusor.hpp>
#include <fusor/interop/mdspan.hpp>
#include <mdspan>
#include <vector>

using namespace fusor;

// (image, row, column, channel)
using images = std::extents<int, 2, 4, 5, 3>;

int main() {
  std::vector<float> data(2 * 4 * 5 * 3), by_channel(data.size());
  for (std::size_t i = 0; i < data.size(); ++i) data[i] = static_cast<float>(i % 7);

  // One in, one out: channels side by side, to channels apart.
  const std::mdspan<const float, images> in(data.data());
  const std::mdspan<float, images, std::layout_left> out(by_channel.data());
  kernel<softmax>(view(in), view(out));

  // The second channel of every pixel of one image, in place: strides of its own.
  std::vector<float> image(data.begin(), data.begin() + 60);
  const std::layout_stride::mapping<std::extents<int, 4, 5>> every_third({}, std::array{15, 3});
  kernel<1 - x>(view(std::mdspan(image.data() + 1, every_third)));

  float worst = 0;
  for (int n = 0; n < 2; ++n) {
    for (int i = 0; i < 4; ++i) {
      for (int j = 0; j < 5; ++j) {
        float sum = 0;
        for (int c = 0; c < 3; ++c) sum += std::exp(in[n, i, j, c]);
        for (int c = 0; c < 3; ++c) {
          worst = std::max(worst, std::abs(out[n, i, j, c] - std::exp(in[n, i, j, c]) / sum));
        }
      }
    }
  }
  for (std::size_t i = 0; i < image.size(); ++i) {
    if (image[i] != (i % 3 == 1 ? 1 - data[i] : data[i])) return 1;
  }
  std::printf("largest difference from the formula: %.1e\n", static_cast<double>(worst));
  if (worst > 1e-6f) return 1;
  std::printf("OK: softmax over the last of %zu axes\n", in.rank());
}
