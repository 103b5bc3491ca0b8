// SPDX-License-Identifier: BSL-1.0
// The formulas of step_kernels.hpp, for files of fusor::model that compile them.
#pragma once

// With packed weights, and rows of up to 8192 elements, a product takes nothing from the heap.
#define FUSOR_PRODUCT_BYTES_ON_STACK 40960
#include "fusor/fusor.hpp"
#include "fusor/model/run_time/step_kernels.hpp"

#include "fusor/begin.hpp"

#include <string>
#include <type_traits>
#include <utility>

namespace fusor::detail {

template <auto Formula, class T, std::size_t... I>
step_kernel make_step_kernel(std::index_sequence<I...>) {
  constexpr auto expression = as_expression(Formula);
  using given = std::remove_const_t<decltype(expression)>;
  using inputs =
      element_list<std::conditional_t<has_matmul<given> && I == 1, packed_elements<T>, T>...>;
  return {to_string(expression), sizeof...(I),
          body_of<expression>::template run<call_kind::tensors, inputs, element_list<T>>};
}

template <auto Formula, class T>
step_kernel make_step_kernel() {
  using given = std::remove_const_t<decltype(as_expression(Formula))>;
  return make_step_kernel<Formula, T>(std::make_index_sequence<input_count<given>>{});
}

/// The activation of this name, of a sum.
template <spelling Name, class T>
step_kernel make_kernel_of_sum() {
  step_kernel made = make_step_kernel<activation<Name>(x + y), T>();
  made.formula = std::string(Name.text) + "(x + y)";
  return made;
}

/// elu of a sum: with any alpha.
struct alpha_input {
  decltype(z) alpha;
};
template <class T>
step_kernel make_elu_of_sum() {
  step_kernel made = make_step_kernel<elu.formula(x + y, alpha_input{}), T>();
  made.formula = "elu(x + y)";
  made.inputs = 2;
  made.parameters = {"alpha"};
  return made;
}
template <class T>
step_kernel make_approximate_gelu_of_sum() {
  step_kernel made = make_step_kernel<gelu(x + y, {.approximate = true}), T>();
  made.formula = "gelu(x + y, {.approximate = true})";
  return made;
}

template <class T>
std::span<const step_kernel> step_kernels() {
  constexpr auto centred = x - reduce_mean(x);
  constexpr auto layer_norm = centred * rsqrt(reduce_mean(square(centred)) + y);
  static const step_kernel all[] = {
      // Layers with weights.
      make_step_kernel<matmul(x, y), T>(),
      make_step_kernel<matmul(x, y) + z, T>(),
      make_step_kernel<where(x >= 0, x, y * x), T>(),
      make_step_kernel<x * y + z, T>(),
      make_step_kernel<(x - y) * z, T>(),
      // What is behind a product with its bias.
      make_kernel_of_sum<"celu", T>(),
      make_elu_of_sum<T>(),
      make_kernel_of_sum<"exponential", T>(),
      make_approximate_gelu_of_sum<T>(),
      make_kernel_of_sum<"log_sigmoid", T>(),
      make_kernel_of_sum<"mish", T>(),
      make_kernel_of_sum<"selu", T>(),
      make_kernel_of_sum<"sigmoid", T>(),
      make_kernel_of_sum<"silu", T>(),
      make_kernel_of_sum<"softplus", T>(),
      // Normalisations.
      make_step_kernel<layer_norm, T>(),
      make_step_kernel<layer_norm * z, T>(),
      make_step_kernel<layer_norm + z, T>(),
      make_step_kernel<layer_norm * z + input<3>, T>(),
      make_step_kernel<x * rsqrt(reduce_mean(square(x)) + y) * z, T>(),
      make_step_kernel<x * min(rsqrt(reduce_sum(square(x))), y), T>(),
      // Merges, and copies.
      make_step_kernel<x, T>(),
      make_step_kernel<x + y, T>(),
      make_step_kernel<x - y, T>(),
      make_step_kernel<x * y, T>(),
      make_step_kernel<x / y, T>(),
      make_step_kernel<max(x, y), T>(),
      make_step_kernel<min(x, y), T>(),
      make_step_kernel<reduce_sum(x * y), T>(),
      // Pooling: over the axis before that of the channels.
      make_step_kernel<reduce_mean(x, {.axis = -2}), T>(),
      make_step_kernel<reduce_max(x, {.axis = -2}), T>(),
  };
  return all;
}

}  // namespace fusor::detail

#include "fusor/end.hpp"
