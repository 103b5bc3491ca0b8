// SPDX-License-Identifier: BSL-1.0
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include "elementwise.hpp"

namespace bench {

namespace {

using tensor = at::Tensor;

template <class Run>
elementwise_call call_of(const tensor& in, const tensor& out, Run run) {
  return [in = tensor(in), out = tensor(out), run]() mutable {
    const c10::InferenceMode mode;
    run(out, in);
  };
}

template <class T>
elementwise_call prepare(const elementwise_task<T>& t) {
  at::set_num_threads(1);
  const c10::InferenceMode mode;
  const auto tensor_of = [&](const T* data) {
    return at::from_blob(const_cast<T*>(data), {static_cast<std::int64_t>(t.count)},
                         c10::CppTypeToScalarType<T>::value);
  };
  const tensor in = tensor_of(t.in), result = tensor_of(t.out);
#define BENCH_CASE(id, ...) \
  case activation::id:      \
    return call_of(in, result, [](tensor& out, const tensor& x) { __VA_ARGS__; })
  switch (t.what) {
    BENCH_CASE(relu, at::clamp_min_out(out, x, 0));
    BENCH_CASE(relu6, at::hardtanh_out(out, x, 0, 6));
    BENCH_CASE(leaky_relu_fifth, at::leaky_relu_out(out, x, 0.2));
    BENCH_CASE(leaky_relu_hundredth, at::leaky_relu_out(out, x, 0.01));
    BENCH_CASE(elu, at::elu_out(out, x));
    BENCH_CASE(selu, at::elu_out(out, x, 1.6732632423543772, 1.0507009873554805));
    BENCH_CASE(celu, at::elu_out(out, x, 0.5, 1, 2));
    BENCH_CASE(exp, at::exp_out(out, x));
    BENCH_CASE(sigmoid, at::sigmoid_out(out, x));
    BENCH_CASE(silu, at::silu_out(out, x));
    BENCH_CASE(quick_gelu,
               at::mul_out(out, x, at::scalar_tensor(1.702, x.options())).sigmoid_().mul_(x));
    BENCH_CASE(tanh, at::tanh_out(out, x));
    BENCH_CASE(tanh_shrink, at::sub_out(out, x, at::tanh_out(out, x)));
    BENCH_CASE(softplus, at::softplus_out(out, x));
    BENCH_CASE(log_sigmoid, at::log_sigmoid_out(out, x));
    BENCH_CASE(mish, at::mish_out(out, x));
    BENCH_CASE(gelu, at::gelu_out(out, x, "none"));
    BENCH_CASE(gelu_tanh, at::gelu_out(out, x, "tanh"));
    BENCH_CASE(softsign, at::div_out(out, x, at::abs_out(out, x).add_(1)));
    BENCH_CASE(squareplus, at::mul_out(out, x, x).add_(4).sqrt_().add_(x).mul_(0.5));
    BENCH_CASE(hard_sigmoid, at::hardsigmoid_out(out, x));
    BENCH_CASE(hard_silu, at::hardswish_out(out, x));
    BENCH_CASE(hard_tanh, at::hardtanh_out(out, x));
    BENCH_CASE(hard_shrink, at::hardshrink_out(out, x));
    BENCH_CASE(soft_shrink, at::softshrink_out(out, x));
    BENCH_CASE(threshold, at::threshold_out(out, x, 0.5, -1));
    BENCH_CASE(erf, at::erf_out(out, x));
  }
#undef BENCH_CASE
  return {};
}

}  // namespace

library_list torch_libraries() {
  return {{"PyTorch", prepare<float>, prepare<double>}};
}

}  // namespace bench
