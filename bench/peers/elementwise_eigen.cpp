// SPDX-License-Identifier: BSL-1.0
// Compiled for this machine (-O3 -march=native), as Eigen has to be: it does not choose an
// instruction set at run time. No select where max and min say the same: it is not vectorised.
#include <Eigen/Core>
#include <unsupported/Eigen/SpecialFunctions>

#include "elementwise.hpp"

namespace bench {

namespace {

template <class T>
using array_of = Eigen::Array<T, Eigen::Dynamic, 1>;

template <class T, class Compute>
elementwise_call call_of(const elementwise_task<T>& t, Compute compute) {
  const auto count = static_cast<Eigen::Index>(t.count);
  return [=, from = t.in, to = t.out] {
    const Eigen::Map<const array_of<T>> in(from, count);
    Eigen::Map<array_of<T>> out(to, count);
    compute(in, out);
  };
}

template <class T>
elementwise_call prepare(const elementwise_task<T>& t) {
  const auto c = [](double constant) { return static_cast<T>(constant); };
#define BENCH_CASE(id, ...) \
  case activation::id:      \
    return call_of(t, [=](const auto& x, auto& out) { out = __VA_ARGS__; })
  switch (t.what) {
    BENCH_CASE(relu, x.max(c(0)));
    BENCH_CASE(relu6, x.max(c(0)).min(c(6)));
    BENCH_CASE(leaky_relu_fifth, x.max(c(0.2) * x));
    BENCH_CASE(leaky_relu_hundredth, x.max(c(0.01) * x));
    BENCH_CASE(elu, x.max(c(0)) + x.min(c(0)).expm1());
    BENCH_CASE(selu,
               c(1.0507009873554805) * x.max(c(0)) + c(1.7580993408473766) * x.min(c(0)).expm1());
    BENCH_CASE(celu, x.max(c(0)) + c(0.5) * (c(2) * x.min(c(0))).expm1());
    BENCH_CASE(exp, x.exp());
    BENCH_CASE(sigmoid, x.logistic());
    BENCH_CASE(silu, x * x.logistic());
    BENCH_CASE(quick_gelu, x * (c(1.702) * x).logistic());
    BENCH_CASE(tanh, x.tanh());
    BENCH_CASE(tanh_shrink, x - x.tanh());
    BENCH_CASE(softplus, x.max(c(0)) + (-x.abs()).exp().log1p());
    BENCH_CASE(log_sigmoid, x.min(c(0)) - (-x.abs()).exp().log1p());
    BENCH_CASE(mish, x * (x.max(c(0)) + (-x.abs()).exp().log1p()).tanh());
    BENCH_CASE(gelu, c(0.5) * x * (c(1) + (c(0.7071067811865476) * x).erf()));
    BENCH_CASE(
        gelu_tanh,
        c(0.5) * x * (c(1) + (c(0.7978845608028654) * x * (c(1) + c(0.044715) * x * x)).tanh()));
    BENCH_CASE(softsign, x / (c(1) + x.abs()));
    BENCH_CASE(squareplus, c(0.5) * (x + (x * x + c(4)).sqrt()));
    BENCH_CASE(hard_sigmoid, (x + c(3)).max(c(0)).min(c(6)) * c(1.0 / 6));
    BENCH_CASE(hard_silu, x * (x + c(3)).max(c(0)).min(c(6)) * c(1.0 / 6));
    BENCH_CASE(hard_tanh, x.max(c(-1)).min(c(1)));
    BENCH_CASE(hard_shrink, (x.abs() > c(0.5)).select(x, c(0)));
    BENCH_CASE(soft_shrink, x - x.max(c(-0.5)).min(c(0.5)));
    BENCH_CASE(threshold, (x > c(0.5)).select(x, c(-1)));
    BENCH_CASE(erf, x.erf());
  }
#undef BENCH_CASE
  return {};
}

}  // namespace

library_list eigen_libraries() {
  return {{"Eigen", prepare<float>, prepare<double>}};
}

}  // namespace bench
