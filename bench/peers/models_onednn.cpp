// SPDX-License-Identifier: BSL-1.0
#include <omp.h>

#include <dnnl.hpp>
#include <memory>
#include <unordered_map>

#include "models.hpp"

namespace bench {

namespace {

using descriptor = dnnl::memory::desc;
using tag = dnnl::memory::format_tag;

/// A primitive with its memory.
struct step {
  dnnl::primitive run;
  std::unordered_map<int, dnnl::memory> arguments;
};

bool add_activation(layer_activation what, dnnl::post_ops& after) {
  switch (what) {
    case layer_activation::leaky_relu:
      after.append_eltwise(1.0f, dnnl::algorithm::eltwise_relu, leaky_slope, 0.0f);
      return true;
    case layer_activation::tanh:
      after.append_eltwise(1.0f, dnnl::algorithm::eltwise_tanh, 0.0f, 0.0f);
      return true;
    case layer_activation::mish:
      after.append_eltwise(1.0f, dnnl::algorithm::eltwise_mish, 0.0f, 0.0f);
      return true;
    case layer_activation::gelu:
      after.append_eltwise(1.0f, dnnl::algorithm::eltwise_gelu_erf, 0.0f, 0.0f);
      return true;
    default:
      return false;
  }
}

}  // namespace

model_call prepare_onednn_model(const model_task& task) {
  omp_set_num_threads(1);
  static const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
  dnnl::stream stream(engine);
  const auto size = [](std::size_t n) { return static_cast<dnnl::memory::dim>(n); };
  const auto type = dnnl::memory::data_type::f32;
  auto steps = std::make_shared<std::vector<step>>();
  dnnl::memory in(descriptor({size(task.rows), size(task.layers[0].inputs)}, type, tag::ab), engine,
                  const_cast<float*>(task.in));
  for (const layer& each : task.layers) {
    const descriptor from({size(task.rows), size(each.inputs)}, type, tag::ab);
    const descriptor to({size(task.rows), size(each.outputs)}, type, tag::ab);
    const descriptor plain({size(each.inputs), size(each.outputs)}, type, tag::ab);
    const descriptor any({size(each.inputs), size(each.outputs)}, type, tag::any);
    const descriptor bias({1, size(each.outputs)}, type, tag::ab);
    dnnl::post_ops after;
    dnnl::primitive_attr attributes;
    if (add_activation(each.activation, after)) attributes.set_post_ops(after);
    const dnnl::matmul::primitive_desc product({from, any, bias, to}, attributes, engine);
    dnnl::memory weights(product.weights_desc(), engine);
    dnnl::memory given(plain, engine, const_cast<float*>(each.weights));
    dnnl::reorder(given, weights).execute(stream, given, weights);
    stream.wait();
    const dnnl::memory out(to, engine);
    steps->push_back({dnnl::matmul(product),
                      {{DNNL_ARG_SRC, in},
                       {DNNL_ARG_WEIGHTS, weights},
                       {DNNL_ARG_BIAS, {bias, engine, const_cast<float*>(each.bias)}},
                       {DNNL_ARG_DST, out}}});
    if (each.activation == layer_activation::softmax) {
      const dnnl::softmax_v2_forward::desc what(dnnl::prop_kind::forward_inference,
                                                dnnl::algorithm::softmax_accurate, to, to, 1);
      steps->push_back(
          {dnnl::softmax_v2_forward({what, engine}), {{DNNL_ARG_SRC, out}, {DNNL_ARG_DST, out}}});
    }
    in = out;
  }
  return [steps, stream, in]() mutable {
    for (const step& each : *steps) each.run.execute(stream, each.arguments);
    stream.wait();
    return static_cast<const float*>(in.get_data_handle());
  };
}

}  // namespace bench
