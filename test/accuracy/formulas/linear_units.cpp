// SPDX-License-Identifier: BSL-1.0
// Activations made of lines and parabolas.
#include "accuracy/formulas.hpp"

namespace fusor::test {

formulas linear_units() {
  return {
      make_formula<linear(x)>("linear(x)", reference_identity{}),
      make_formula<relu(x)>("relu(x)", reference_relu<>{}),
      make_formula<relu(x, {.negative_slope = 0.125, .max_value = 6})>(
          "relu(x, {.negative_slope = 0.125, .max_value = 6})", reference_relu<0.125, 6.0>{}),
      make_formula<relu(x, {.threshold = 1})>("relu(x, {.threshold = 1})",
                                              reference_relu<0.0, HUGE_VAL, 1.0>{}),
      make_formula<relu(x, {.negative_slope = 0.25, .max_value = 4, .threshold = -0.5})>(
          "relu(x, {.negative_slope = 0.25, .max_value = 4, .threshold = -0.5})",
          reference_relu<0.25, 4.0, -0.5>{}),
      make_formula<relu6(x)>("relu6(x)", reference_relu<0.0, 6.0>{}),
      make_formula<leaky_relu(x)>("leaky_relu(x)", reference_leaky_relu<0.2>{}),
      make_formula<leaky_relu(x, {.negative_slope = 0.01})>(
          "leaky_relu(x, {.negative_slope = 0.01})", reference_leaky_relu<0.01>{}),
      make_formula<leaky_relu(x, {.negative_slope = 0.125})>(
          "leaky_relu(x, {.negative_slope = 0.125})", reference_leaky_relu<0.125>{}),
      make_formula<leaky_relu(x, {.negative_slope = 2})>("leaky_relu(x, {.negative_slope = 2})",
                                                         reference_leaky_relu<2.0>{}),
      make_formula<hard_sigmoid(x)>("hard_sigmoid(x)", reference_hard_sigmoid{}),
      make_formula<hard_silu(x)>("hard_silu(x)", reference_hard_silu{}),
      make_formula<hard_tanh(x)>("hard_tanh(x)", reference_hard_tanh{}),
      make_formula<hard_shrink(x)>("hard_shrink(x)", reference_hard_shrink<>{}),
      make_formula<hard_shrink(x, {.threshold = 0.125})>("hard_shrink(x, {.threshold = 0.125})",
                                                         reference_hard_shrink<0.125>{}),
      make_formula<hard_shrink(x, {.threshold = 1.5})>("hard_shrink(x, {.threshold = 1.5})",
                                                       reference_hard_shrink<1.5>{}),
      make_formula<hard_shrink(x, {.threshold = 3})>("hard_shrink(x, {.threshold = 3})",
                                                     reference_hard_shrink<3.0>{}),
      make_formula<soft_shrink(x)>("soft_shrink(x)", reference_soft_shrink<>{}),
      make_formula<soft_shrink(x, {.threshold = 0.125})>("soft_shrink(x, {.threshold = 0.125})",
                                                         reference_soft_shrink<0.125>{}),
      make_formula<soft_shrink(x, {.threshold = 1.5})>("soft_shrink(x, {.threshold = 1.5})",
                                                       reference_soft_shrink<1.5>{}),
      make_formula<soft_shrink(x, {.threshold = 3})>("soft_shrink(x, {.threshold = 3})",
                                                     reference_soft_shrink<3.0>{}),
      make_formula<sparse_plus(x)>("sparse_plus(x)", reference_sparse_plus{}),
      make_formula<sparse_sigmoid(x)>("sparse_sigmoid(x)", reference_sparse_sigmoid{}),
      make_formula<threshold(x, {.threshold = 0.5, .default_value = -1})>(
          "threshold(x, {.threshold = 0.5, .default_value = -1})",
          reference_threshold<0.5, -1.0>{}),
      make_formula<threshold(x, {.threshold = 0, .default_value = 0})>(
          "threshold(x, {.threshold = 0, .default_value = 0})", reference_threshold<0.0, 0.0>{}),
      make_formula<threshold(x, {.threshold = -2, .default_value = 7.5})>(
          "threshold(x, {.threshold = -2, .default_value = 7.5})",
          reference_threshold<-2.0, 7.5>{}),
  };
}

}  // namespace fusor::test
