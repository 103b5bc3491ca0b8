// SPDX-License-Identifier: BSL-1.0
#include <cmath>
#include <memory>
#include <vector>

#include "axis.hpp"
#include "xnnpack_operator.hpp"

namespace bench {

namespace {

owned_operator make_product() {
  return make_operator(
      [](xnn_operator_t* to) { return xnn_create_multiply_nd_f32(-INFINITY, INFINITY, 0, to); });
}

}  // namespace

call prepare_xnnpack(const task& t) {
  if (t.what == operation::softmax && t.inner == 1) {
    const auto softmax = make_operator([&](xnn_operator_t* to) {
      return xnn_create_softmax_nc_f32(t.axis, t.axis, t.axis, 0, to);
    });
    return [=] {
      require(xnn_setup_softmax_nc_f32(softmax.get(), t.outer, t.in, t.out, nullptr));
      require(xnn_run_operator(softmax.get(), nullptr));
    };
  }
  if (t.what == operation::swiglu && t.inner == 1) {
    // sigmoid of all gates, then products row by row: this version has no silu, and its products
    // take dense tensors.
    const std::size_t half = t.axis / 2;
    const auto sigmoid = make_operator(
        [&](xnn_operator_t* to) { return xnn_create_sigmoid_nc_f32(half, t.axis, half, 0, to); });
    const auto product = make_product();
    return [=] {
      require(xnn_setup_sigmoid_nc_f32(sigmoid.get(), t.outer, t.in, t.out, nullptr));
      require(xnn_run_operator(sigmoid.get(), nullptr));
      for (std::size_t i = 0; i < t.outer; ++i) {
        float* const out = t.out + i * half;
        for (const float* factor : {t.in + i * t.axis, t.in + i * t.axis + half}) {
          require(xnn_setup_multiply_nd_f32(product.get(), 1, &half, 1, &half, out, factor, out,
                                            nullptr));
          require(xnn_run_operator(product.get(), nullptr));
        }
      }
    };
  }
  return {};
}

}  // namespace bench
