// SPDX-License-Identifier: BSL-1.0
#include <omp.h>

#include <cmath>
#include <dnnl.hpp>
#include <unordered_map>

#include "elementwise.hpp"

namespace bench {

namespace {

using dnnl::algorithm;

elementwise_call eltwise(const elementwise_task<float>& t, algorithm what, float alpha = 0,
                         float beta = 0) {
  static const dnnl::engine engine = [] {
    omp_set_num_threads(1);
    return dnnl::engine(dnnl::engine::kind::cpu, 0);
  }();
  const auto count = static_cast<dnnl::memory::dim>(t.count);
  const dnnl::memory::desc vector({count}, dnnl::memory::data_type::f32,
                                  dnnl::memory::format_tag::a);
  const dnnl::eltwise_forward::desc description(dnnl::prop_kind::forward_inference, what, vector,
                                                alpha, beta);
  const std::unordered_map<int, dnnl::memory> arguments = {
      {DNNL_ARG_SRC, dnnl::memory(vector, engine, const_cast<float*>(t.in))},
      {DNNL_ARG_DST, dnnl::memory(vector, engine, t.out)}};
  return [primitive = dnnl::eltwise_forward({description, engine}), arguments,
          stream = dnnl::stream(engine)]() mutable {
    primitive.execute(stream, arguments);
    stream.wait();
  };
}

elementwise_call prepare(const elementwise_task<float>& t) {
  switch (t.what) {
    case activation::relu:
      return eltwise(t, algorithm::eltwise_relu);
    case activation::relu6:
      return eltwise(t, algorithm::eltwise_clip, 0, 6);
    case activation::leaky_relu_fifth:
      return eltwise(t, algorithm::eltwise_relu, 0.2f);
    case activation::leaky_relu_hundredth:
      return eltwise(t, algorithm::eltwise_relu, 0.01f);
    case activation::elu:
      return eltwise(t, algorithm::eltwise_elu, 1);
    case activation::exp:
      return eltwise(t, algorithm::eltwise_exp);
    case activation::sigmoid:
      return eltwise(t, algorithm::eltwise_logistic);
    case activation::silu:
      return eltwise(t, algorithm::eltwise_swish, 1);
    case activation::quick_gelu:
      return eltwise(t, algorithm::eltwise_swish, 1.702f);
    case activation::tanh:
      return eltwise(t, algorithm::eltwise_tanh);
    case activation::softplus:
      return eltwise(t, algorithm::eltwise_soft_relu);
    case activation::log_sigmoid:
      return eltwise(t, algorithm::eltwise_logsigmoid);
    case activation::mish:
      return eltwise(t, algorithm::eltwise_mish);
    case activation::gelu:
      return eltwise(t, algorithm::eltwise_gelu_erf);
    case activation::gelu_tanh:
      return eltwise(t, algorithm::eltwise_gelu_tanh);
    case activation::hard_silu:
      return eltwise(t, algorithm::eltwise_hardswish);
    case activation::hard_tanh:
      return eltwise(t, algorithm::eltwise_clip, -1, 1);
    default:
      return {};
  }
}

}  // namespace

library_list onednn_libraries() {
  return {{"oneDNN", prepare, nullptr}};
}

}  // namespace bench
