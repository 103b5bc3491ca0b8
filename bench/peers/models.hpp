// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

/// Whole networks of other libraries, each through the best interface it has.
namespace bench {

enum class layer_activation { none, leaky_relu, tanh, mish, gelu, softmax };

/// activation(x w + b); w has `inputs` rows of `outputs` elements.
struct layer {
  std::size_t inputs, outputs;
  layer_activation activation;
  const float* weights;
  const float* bias;
};

struct model_task {
  std::vector<layer> layers;
  std::size_t rows;
  const float* in;
};

/// A prediction on one thread, which says where its result is; empty if the library has not all of
/// it.
using model_call = std::function<const float*()>;

model_call prepare_eigen_model(const model_task&);
model_call prepare_onednn_model(const model_task&);
model_call prepare_xnnpack_model(const model_task&);
model_call prepare_torch_model(const model_task&);
/// OpenBLAS for the products, a kernel of Fusor for what follows, some rows at a time.
model_call prepare_openblas_model(const model_task&);
/// Loops as generators of C write them, compiled with -O3 -march=native.
model_call prepare_plain_model(const model_task&);

inline constexpr float leaky_slope = 0.2f;

/// Room for what each layer computes.
inline std::vector<std::vector<float>> outputs_of(const model_task& task, std::size_t rows) {
  std::vector<std::vector<float>> made;
  for (const layer& each : task.layers) made.emplace_back(rows * each.outputs);
  return made;
}

}  // namespace bench
