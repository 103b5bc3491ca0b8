// SPDX-License-Identifier: BSL-1.0
#include <cblas.h>

#include <algorithm>
#include <cstring>
#include <fusor/fusor.hpp>
#include <memory>

#include "models.hpp"

extern "C" void openblas_set_num_threads(int);

namespace bench {

namespace {

using namespace fusor;

void activate(layer_activation what, float* values, std::size_t rows, std::size_t columns) {
  const std::size_t count = rows * columns;
  switch (what) {
    case layer_activation::none:
      break;
    case layer_activation::leaky_relu:
      return kernel<leaky_relu>(values, count);
    case layer_activation::tanh:
      return kernel<tanh(x)>(values, count);
    case layer_activation::mish:
      return kernel<mish>(values, count);
    case layer_activation::gelu:
      return kernel<gelu>(values, count);
    case layer_activation::softmax:
      return kernel<softmax>(view(values, {rows, columns}), view(values, {rows, columns}));
  }
}

}  // namespace

model_call prepare_openblas_model(const model_task& task) {
  openblas_set_num_threads(1);
  const std::size_t block = std::min<std::size_t>(task.rows, 64);
  auto values = std::make_shared<std::vector<std::vector<float>>>(outputs_of(task, block));
  auto result = std::make_shared<std::vector<float>>(task.rows * task.layers.back().outputs);
  return [=] {
    for (std::size_t first = 0; first < task.rows; first += block) {
      const std::size_t rows = std::min(block, task.rows - first);
      const float* in = task.in + first * task.layers[0].inputs;
      for (std::size_t i = 0; i < task.layers.size(); ++i) {
        const layer& each = task.layers[i];
        const bool is_last = i + 1 == task.layers.size();
        float* const out = is_last ? result->data() + first * each.outputs : (*values)[i].data();
        for (std::size_t r = 0; r < rows; ++r) {
          std::memcpy(out + r * each.outputs, each.bias, each.outputs * sizeof(float));
        }
        const auto size = [](std::size_t n) { return static_cast<int>(n); };
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, size(rows), size(each.outputs),
                    size(each.inputs), 1, in, size(each.inputs), each.weights, size(each.outputs),
                    1, out, size(each.outputs));
        activate(each.activation, out, rows, each.outputs);
        in = out;
      }
    }
    return static_cast<const float*>(result->data());
  };
}

}  // namespace bench
