// SPDX-License-Identifier: BSL-1.0
#include <omp.h>

#include <dnnl.hpp>
#include <memory>
#include <unordered_map>

#include "axis.hpp"

namespace bench {

namespace {

using dims = dnnl::memory::dims;
using descriptor = dnnl::memory::desc;

const dnnl::engine& engine() {
  static const dnnl::engine cpu = [] {
    omp_set_num_threads(1);
    return dnnl::engine(dnnl::engine::kind::cpu, 0);
  }();
  return cpu;
}

dnnl::memory memory_of(const descriptor& what, const float* data) {
  return {what, engine(), const_cast<float*>(data)};
}

call run(const dnnl::primitive& primitive, std::unordered_map<int, dnnl::memory> arguments) {
  return [primitive, arguments, stream = dnnl::stream(engine())]() mutable {
    primitive.execute(stream, arguments);
    stream.wait();
  };
}

}  // namespace

call prepare_onednn(const task& t) {
  const auto size = [](std::size_t n) { return static_cast<dnnl::memory::dim>(n); };
  const auto type = dnnl::memory::data_type::f32;
  if (t.what == operation::softmax || t.what == operation::log_softmax) {
    const descriptor tensor =
        t.inner == 1 ? descriptor({size(t.outer), size(t.axis)}, type, dnnl::memory::format_tag::ab)
                     : descriptor({size(t.outer), size(t.axis), size(t.inner)}, type,
                                  dnnl::memory::format_tag::abc);
    const auto algorithm = t.what == operation::softmax ? dnnl::algorithm::softmax_accurate
                                                        : dnnl::algorithm::softmax_log;
    const dnnl::softmax_v2_forward::desc what(dnnl::prop_kind::forward_inference, algorithm, tensor,
                                              tensor, 1);
    return run(dnnl::softmax_v2_forward({what, engine()}),
               {{DNNL_ARG_SRC, memory_of(tensor, t.in)}, {DNNL_ARG_DST, memory_of(tensor, t.out)}});
  }
  if (t.what == operation::swiglu) {
    const std::size_t half = t.axis * t.inner / 2;
    const descriptor gate({size(t.outer), size(half)}, type, dims{size(2 * half), 1});
    const descriptor result({size(t.outer), size(half)}, type, dims{size(half), 1});
    // One primitive: a + 0, then silu, then times b.
    const descriptor scalar({1, 1}, type, dims{1, 1});
    dnnl::post_ops after;
    after.append_eltwise(1.0f, dnnl::algorithm::eltwise_swish, 1.0f, 0.0f);
    after.append_binary(dnnl::algorithm::binary_mul, gate);
    dnnl::primitive_attr attributes;
    attributes.set_post_ops(after);
    const dnnl::binary::desc sum(dnnl::algorithm::binary_add, gate, scalar, result);
    static const float zero = 0;
    return run(
        dnnl::binary({sum, attributes, engine()}),
        {{DNNL_ARG_SRC_0, memory_of(gate, t.in)},
         {DNNL_ARG_SRC_1, memory_of(scalar, &zero)},
         {DNNL_ARG_DST, memory_of(result, t.out)},
         {DNNL_ARG_ATTR_MULTIPLE_POST_OP(1) | DNNL_ARG_SRC_1, memory_of(gate, t.in + half)}});
  }
  return {};
}

}  // namespace bench
