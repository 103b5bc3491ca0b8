// SPDX-License-Identifier: BSL-1.0
// What somebody would write in C.
#include "backward.hpp"

namespace bench {
namespace {

void layer_norm_backward(const float* x, const float* mean, const float* rstd, const float* g,
                         float* out, std::size_t rows, std::size_t columns) {
  const float scale = 1.0f / static_cast<float>(columns);
  for (std::size_t row = 0; row < rows; ++row) {
    const float m = mean[row];
    const float r = rstd[row];
    float sum = 0;
    float dot = 0;
    for (std::size_t i = 0; i < columns; ++i) {
      sum += g[i];
      dot += g[i] * (x[i] - m) * r;
    }
    sum *= scale;
    dot *= scale;
    for (std::size_t i = 0; i < columns; ++i) {
      out[i] = r * (g[i] - sum - (x[i] - m) * r * dot);
    }
    x += columns;
    g += columns;
    out += columns;
  }
}

}  // namespace

backward_call prepare_plain_backward(const backward_task& t) {
  if (t.what != backward::layer_norm) return {};
  return [t] {
    layer_norm_backward(t.input, t.mean, t.rstd, t.gradient, t.out, t.rows, t.columns);
    return static_cast<const float*>(t.out);
  };
}

}  // namespace bench
