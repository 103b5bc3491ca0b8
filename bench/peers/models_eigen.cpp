// SPDX-License-Identifier: BSL-1.0
// Compiled for this machine (-O3 -march=native), as Eigen has to be.
#include <Eigen/Core>
#include <memory>
#include <unsupported/Eigen/SpecialFunctions>

#include "models.hpp"

namespace bench {

namespace {

using matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

void activate(layer_activation what, matrix& values) {
  auto x = values.array();
  switch (what) {
    case layer_activation::none:
      break;
    case layer_activation::leaky_relu:
      x = x.max(leaky_slope * x);
      break;
    case layer_activation::tanh:
      x = x.tanh();
      break;
    case layer_activation::mish:
      x = x * (x.max(0.0f) + (-x.abs()).exp().log1p()).tanh();
      break;
    case layer_activation::gelu:
      x = 0.5f * x * (1.0f + (0.7071067811865476f * x).erf());
      break;
    case layer_activation::softmax:
      x = (x.colwise() - x.rowwise().maxCoeff().eval()).exp().eval();
      x.colwise() /= x.rowwise().sum().eval();
      break;
  }
}

}  // namespace

model_call prepare_eigen_model(const model_task& task) {
  const auto index = [](std::size_t n) { return static_cast<Eigen::Index>(n); };
  auto values = std::make_shared<std::vector<matrix>>();
  for (const layer& each : task.layers) values->emplace_back(index(task.rows), index(each.outputs));
  return [task, values, index] {
    const float* in = task.in;
    for (std::size_t i = 0; i < task.layers.size(); ++i) {
      const layer& each = task.layers[i];
      matrix& out = (*values)[i];
      const Eigen::Map<const matrix> x(in, index(task.rows), index(each.inputs));
      const Eigen::Map<const matrix> w(each.weights, index(each.inputs), index(each.outputs));
      const Eigen::Map<const Eigen::RowVectorXf> b(each.bias, index(each.outputs));
      out.noalias() = x * w;
      out.rowwise() += b;
      activate(each.activation, out);
      in = out.data();
    }
    return in;
  };
}

}  // namespace bench
