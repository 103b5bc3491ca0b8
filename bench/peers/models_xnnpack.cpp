// SPDX-License-Identifier: BSL-1.0
#include <cmath>
#include <memory>

#include "models.hpp"
#include "xnnpack_operator.hpp"

namespace bench {

/// This version has no tanh, mish or gelu.
model_call prepare_xnnpack_model(const model_task& task) {
  std::vector<owned_operator> products, activations;
  for (const layer& each : task.layers) {
    const std::size_t n = each.outputs;
    products.push_back(make_operator([&](xnn_operator_t* to) {
      return xnn_create_fully_connected_nc_f32(each.inputs, n, each.inputs, n, each.weights,
                                               each.bias, -INFINITY, INFINITY,
                                               XNN_FLAG_TRANSPOSE_WEIGHTS, to);
    }));
    if (each.activation == layer_activation::leaky_relu) {
      activations.push_back(make_operator([&](xnn_operator_t* to) {
        return xnn_create_leaky_relu_nc_f32(n, n, n, leaky_slope, 0, to);
      }));
    } else if (each.activation == layer_activation::softmax) {
      activations.push_back(make_operator(
          [&](xnn_operator_t* to) { return xnn_create_softmax_nc_f32(n, n, n, 0, to); }));
    } else if (each.activation == layer_activation::none) {
      activations.push_back(nullptr);
    } else {
      return {};
    }
  }
  // Room behind each array: it reads whole vectors.
  auto values = std::make_shared<std::vector<std::vector<float>>>(outputs_of(task, task.rows + 1));
  return [=] {
    const float* in = task.in;
    for (std::size_t i = 0; i < task.layers.size(); ++i) {
      float* const out = (*values)[i].data();
      require(xnn_setup_fully_connected_nc_f32(products[i].get(), task.rows, in, out, nullptr));
      require(xnn_run_operator(products[i].get(), nullptr));
      if (task.layers[i].activation == layer_activation::leaky_relu) {
        require(xnn_setup_leaky_relu_nc_f32(activations[i].get(), task.rows, out, out, nullptr));
        require(xnn_run_operator(activations[i].get(), nullptr));
      } else if (task.layers[i].activation == layer_activation::softmax) {
        require(xnn_setup_softmax_nc_f32(activations[i].get(), task.rows, out, out, nullptr));
        require(xnn_run_operator(activations[i].get(), nullptr));
      }
      in = out;
    }
    return in;
  };
}

}  // namespace bench
