// SPDX-License-Identifier: BSL-1.0
#include <xnnpack.h>

#include <cmath>
#include <memory>
#include <stdexcept>

#include "elementwise.hpp"

namespace bench {

namespace {

void require(xnn_status status) {
  if (status != xnn_status_success) throw std::runtime_error("XNNPACK refused");
}

using setup = xnn_status (*)(xnn_operator_t, std::size_t, const float*, float*, pthreadpool_t);

/// One row of `count` channels, by the operator that `create` makes with these parameters.
template <class Create, class... Parameters>
elementwise_call operate(const elementwise_task<float>& t, setup set_up, Create create,
                         Parameters... parameters) {
  static const xnn_status ready = xnn_initialize(nullptr);
  require(ready);
  xnn_operator_t made = nullptr;
  require(create(t.count, t.count, t.count, parameters..., 0, &made));
  const std::shared_ptr<xnn_operator> owned(made, xnn_delete_operator);
  return [=] {
    require(set_up(owned.get(), 1, t.in, t.out, nullptr));
    require(xnn_run_operator(owned.get(), nullptr));
  };
}

elementwise_call clamp(const elementwise_task<float>& t, float low, float high) {
  return operate(t, xnn_setup_clamp_nc_f32, xnn_create_clamp_nc_f32, low, high);
}
elementwise_call leaky_relu(const elementwise_task<float>& t, float slope) {
  return operate(t, xnn_setup_leaky_relu_nc_f32, xnn_create_leaky_relu_nc_f32, slope);
}

elementwise_call prepare(const elementwise_task<float>& t) {
  switch (t.what) {
    case activation::relu:
      return clamp(t, 0, INFINITY);
    case activation::relu6:
      return clamp(t, 0, 6);
    case activation::hard_tanh:
      return clamp(t, -1, 1);
    case activation::leaky_relu_fifth:
      return leaky_relu(t, 0.2f);
    case activation::leaky_relu_hundredth:
      return leaky_relu(t, 0.01f);
    case activation::elu:
      return operate(t, xnn_setup_elu_nc_f32, xnn_create_elu_nc_f32, 1.0f);
    case activation::sigmoid:
      return operate(t, xnn_setup_sigmoid_nc_f32, xnn_create_sigmoid_nc_f32);
    case activation::hard_silu:
      return operate(t, xnn_setup_hardswish_nc_f32, xnn_create_hardswish_nc_f32);
    default:
      return {};
  }
}

}  // namespace

library_list xnnpack_libraries() {
  return {{"XNNPACK", prepare, nullptr}};
}

}  // namespace bench
