// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

/// Element-wise activations by Fusor and by other libraries, each through the best interface it has
/// for contiguous arrays: everything that can be prepared is prepared once. Each library has a file
/// of its own; those that are not installed are left out.
namespace bench {

/// The activations: the enumerator, the name in tables, Fusor's formula, and the reference that
/// errors are measured against (in fusor::test, or beside the program).
#define BENCH_ACTIVATIONS(ACTIVATION)                                                            \
  ACTIVATION(relu, "relu", relu(x), reference_relu)                                              \
  ACTIVATION(relu6, "relu6", relu6(x), reference_relu6)                                          \
  ACTIVATION(leaky_relu_fifth, "leaky_relu (0.2)", leaky_relu(x, {.negative_slope = 0.2}),       \
             reference_leaky_relu_fifth)                                                         \
  ACTIVATION(leaky_relu_hundredth, "leaky_relu (0.01)", leaky_relu(x, {.negative_slope = 0.01}), \
             reference_leaky_relu_hundredth)                                                     \
  ACTIVATION(elu, "elu", elu(x), reference_elu)                                                  \
  ACTIVATION(selu, "selu", selu(x), reference_selu)                                              \
  ACTIVATION(celu, "celu (0.5)", celu(x, {.alpha = 0.5}), reference_celu)                        \
  ACTIVATION(exp, "exp", exp(x), reference_exp)                                                  \
  ACTIVATION(sigmoid, "sigmoid", sigmoid(x), reference_sigmoid)                                  \
  ACTIVATION(silu, "silu", silu(x), reference_silu)                                              \
  ACTIVATION(quick_gelu, "quick gelu", x* sigmoid(1.702 * x), reference_quick_gelu)              \
  ACTIVATION(tanh, "tanh", tanh(x), reference_tanh)                                              \
  ACTIVATION(tanh_shrink, "tanh_shrink", tanh_shrink(x), reference_tanh_shrink)                  \
  ACTIVATION(softplus, "softplus", softplus(x), reference_softplus)                              \
  ACTIVATION(log_sigmoid, "log_sigmoid", log_sigmoid(x), reference_log_sigmoid)                  \
  ACTIVATION(mish, "mish", mish(x), reference_mish)                                              \
  ACTIVATION(gelu, "gelu (erf)", gelu(x), reference_gelu)                                        \
  ACTIVATION(gelu_tanh, "gelu (tanh)", gelu(x, {.approximate = true}), reference_gelu_tanh)      \
  ACTIVATION(softsign, "softsign", softsign(x), reference_softsign)                              \
  ACTIVATION(squareplus, "squareplus", squareplus(x), reference_squareplus)                      \
  ACTIVATION(hard_sigmoid, "hard_sigmoid", hard_sigmoid(x), reference_hard_sigmoid)              \
  ACTIVATION(hard_silu, "hard_silu", hard_silu(x), reference_hard_silu)                          \
  ACTIVATION(hard_tanh, "hard_tanh", hard_tanh(x), reference_hard_tanh)                          \
  ACTIVATION(hard_shrink, "hard_shrink", hard_shrink(x), reference_hard_shrink)                  \
  ACTIVATION(soft_shrink, "soft_shrink", soft_shrink(x), reference_soft_shrink)                  \
  ACTIVATION(threshold, "threshold (0.5, -1)",                                                   \
             threshold(x, {.threshold = 0.5, .default_value = -1}), reference_threshold)         \
  ACTIVATION(erf, "erf", erf(x), reference_erf)

#define BENCH_ENUMERATOR(id, name, formula, reference) id,
enum class activation { BENCH_ACTIVATIONS(BENCH_ENUMERATOR) };
#undef BENCH_ENUMERATOR

template <class T>
struct elementwise_task {
  activation what;
  const T* in;
  T* out;
  std::size_t count;
};

/// A call on one thread; empty where the library has none.
using elementwise_call = std::function<void()>;

/// A column of the table. Without an interface for a type its function is null.
struct library {
  const char* name;
  elementwise_call (*in_float)(const elementwise_task<float>&);
  elementwise_call (*in_double)(const elementwise_task<double>&);
};
using library_list = std::vector<library>;

library_list fusor_libraries();
library_list eigen_libraries();
library_list onednn_libraries();
library_list sleef_libraries();
library_list torch_libraries();
library_list xnnpack_libraries();
library_list xsimd_libraries();

/// A loop that calls std::exp and the like, by the compilers and with the options that CMake gives.
namespace plain_own {
library plain();
}
namespace plain_own_fast {
library plain();
}
namespace plain_clang {
library plain();
}
namespace plain_clang_fast {
library plain();
}

}  // namespace bench
