// SPDX-License-Identifier: BSL-1.0
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include "models.hpp"

namespace bench {

namespace {

void activate(layer_activation what, at::Tensor& x) {
  switch (what) {
    case layer_activation::none:
      break;
    case layer_activation::leaky_relu:
      at::leaky_relu_(x, leaky_slope);
      break;
    case layer_activation::tanh:
      at::tanh_(x);
      break;
    case layer_activation::mish:
      at::mish_(x);
      break;
    case layer_activation::gelu:
      x = at::gelu(x);
      break;
    case layer_activation::softmax:
      x = at::softmax(x, 1);
      break;
  }
}

}  // namespace

model_call prepare_torch_model(const model_task& task) {
  at::set_num_threads(1);
  const c10::InferenceMode guard;
  const auto tensor = [](const float* data, std::size_t rows, std::size_t columns) {
    return at::from_blob(const_cast<float*>(data),
                         {static_cast<std::int64_t>(rows), static_cast<std::int64_t>(columns)},
                         at::kFloat);
  };
  std::vector<at::Tensor> weights, biases;
  for (const layer& each : task.layers) {
    // As at::linear takes them: a row for each output.
    weights.push_back(tensor(each.weights, each.inputs, each.outputs).t().contiguous());
    biases.push_back(tensor(each.bias, 1, each.outputs).view({-1}));
  }
  return [task, weights, biases, in = tensor(task.in, task.rows, task.layers[0].inputs),
          result = at::Tensor()]() mutable {
    const c10::InferenceMode mode;
    result = in;
    for (std::size_t i = 0; i < task.layers.size(); ++i) {
      result = at::linear(result, weights[i], biases[i]);
      activate(task.layers[i].activation, result);
    }
    return static_cast<const float*>(result.data_ptr<float>());
  };
}

}  // namespace bench
