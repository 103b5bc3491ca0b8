// SPDX-License-Identifier: BSL-1.0
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <array>

#include "backward.hpp"

namespace bench {

namespace {

/// A call that writes where it is told.
template <class Run>
backward_call writes_to(const at::Tensor& out, Run run) {
  return [out = at::Tensor(out), run]() mutable {
    const c10::InferenceMode mode;
    run(out);
    return static_cast<const float*>(out.data_ptr<float>());
  };
}
/// A call that gives a tensor of its own.
template <class Run>
backward_call gives(Run run) {
  return [result = at::Tensor(), run]() mutable {
    const c10::InferenceMode mode;
    result = run();
    return static_cast<const float*>(result.template data_ptr<float>());
  };
}

}  // namespace

backward_call prepare_torch_backward(const backward_task& t) {
  at::set_num_threads(1);
  const c10::InferenceMode guard;
  const auto size = [](std::size_t n) { return static_cast<std::int64_t>(n); };
  const auto tensor = [&](const float* data, std::int64_t columns) {
    return at::from_blob(const_cast<float*>(data), {size(t.rows), columns}, at::kFloat);
  };
  const std::int64_t columns = size(t.columns);
  const at::Tensor out = tensor(t.out, columns);
  const at::Tensor g = tensor(t.gradient, columns);
  const at::Tensor x = tensor(t.input, columns);
  const at::Tensor kept = tensor(t.kept, columns);
  using to = at::Tensor;
  switch (t.what) {
    case backward::silu:
      return writes_to(out, [=](to& o) { at::silu_backward_out(o, g, x); });
    case backward::gelu:
      return writes_to(out, [=](to& o) { at::gelu_backward_out(o, g, x, "none"); });
    case backward::mish:
      return gives([=] { return at::mish_backward(g, x); });
    case backward::softplus:
      return writes_to(out, [=](to& o) { at::softplus_backward_out(o, g, x, 1, 20); });
    case backward::elu:
      return writes_to(out, [=](to& o) { at::elu_backward_out(o, g, 1, 1, 1, false, x); });
    case backward::tanh:
      return writes_to(out, [=](to& o) { at::tanh_backward_out(o, g, kept); });
    case backward::sigmoid:
      return writes_to(out, [=](to& o) { at::sigmoid_backward_out(o, g, kept); });
    case backward::softmax:
      return writes_to(out,
                       [=](to& o) { at::_softmax_backward_data_out(o, g, kept, 1, at::kFloat); });
    case backward::layer_norm:
      break;
  }
  return gives([=, mean = tensor(t.mean, 1), rstd = tensor(t.rstd, 1)] {
    const std::array<bool, 3> wanted = {true, false, false};
    return std::get<0>(at::native_layer_norm_backward(g, x, {columns}, mean, rstd, {}, {}, wanted));
  });
}

}  // namespace bench
