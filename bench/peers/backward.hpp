// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <functional>

/// The backward passes of other libraries, each through the best interface it has.
namespace bench {

enum class backward {
  silu,
  gelu,
  mish,
  softplus,
  elu,
  tanh,
  sigmoid,
  softmax,
  layer_norm,
};

/// The gradient of the input of an activation, for a gradient of its output: rows x columns, along
/// the columns. tanh, sigmoid and softmax have kept their output, layer_norm the mean of each row
/// and the reciprocal of its deviation; `kept` is the first of these, the input else.
struct backward_task {
  backward what;
  std::size_t rows, columns;
  const float* input;
  const float* kept;
  const float* mean;
  const float* rstd;
  const float* gradient;
  float* out;

  std::size_t count() const {
    return rows * columns;
  }
};

/// A call on one thread, which says where its result is.
using backward_call = std::function<const float*()>;

backward_call prepare_torch_backward(const backward_task&);

/// Plain C of layer_norm, compiled with -O3 -march=native -ffast-math; empty for all others.
backward_call prepare_plain_backward(const backward_task&);

}  // namespace bench
