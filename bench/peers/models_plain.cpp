// SPDX-License-Identifier: BSL-1.0
// Loops as generators of C write them; compiled with -O3 -march=native.
#include <algorithm>
#include <cmath>
#include <memory>

#include "models.hpp"

namespace bench {

namespace {

void activate(layer_activation what, float* values, std::size_t count) {
  switch (what) {
    case layer_activation::none:
      break;
    case layer_activation::leaky_relu:
      for (std::size_t i = 0; i < count; ++i) {
        values[i] = values[i] > 0 ? values[i] : leaky_slope * values[i];
      }
      break;
    case layer_activation::tanh:
      for (std::size_t i = 0; i < count; ++i) values[i] = std::tanh(values[i]);
      break;
    case layer_activation::mish:
      for (std::size_t i = 0; i < count; ++i) {
        values[i] *= std::tanh(std::log1p(std::exp(values[i])));
      }
      break;
    case layer_activation::gelu:
      for (std::size_t i = 0; i < count; ++i) {
        values[i] *= 0.5f * (1.0f + std::erf(0.7071067811865476f * values[i]));
      }
      break;
    case layer_activation::softmax: {
      const float most = *std::max_element(values, values + count);
      float sum = 0;
      for (std::size_t i = 0; i < count; ++i) sum += values[i] = std::exp(values[i] - most);
      for (std::size_t i = 0; i < count; ++i) values[i] /= sum;
    }
  }
}

}  // namespace

model_call prepare_plain_model(const model_task& task) {
  auto values = std::make_shared<std::vector<std::vector<float>>>(outputs_of(task, 1));
  auto result = std::make_shared<std::vector<float>>(task.rows * task.layers.back().outputs);
  return [=] {
    for (std::size_t row = 0; row < task.rows; ++row) {
      const float* in = task.in + row * task.layers[0].inputs;
      for (std::size_t i = 0; i < task.layers.size(); ++i) {
        const layer& each = task.layers[i];
        const bool is_last = i + 1 == task.layers.size();
        float* const out = is_last ? result->data() + row * each.outputs : (*values)[i].data();
        for (std::size_t j = 0; j < each.outputs; ++j) out[j] = each.bias[j];
        for (std::size_t k = 0; k < each.inputs; ++k) {
          for (std::size_t j = 0; j < each.outputs; ++j) {
            out[j] += in[k] * each.weights[k * each.outputs + j];
          }
        }
        activate(each.activation, out, each.outputs);
        in = out;
      }
    }
    return static_cast<const float*>(result->data());
  };
}

}  // namespace bench
