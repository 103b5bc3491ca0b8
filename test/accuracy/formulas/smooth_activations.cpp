// SPDX-License-Identifier: BSL-1.0
// Smooth activations.
#include "accuracy/formulas.hpp"

namespace fusor::test {

formulas smooth_activations() {
  return {
      make_formula<sigmoid(x)>("sigmoid(x)", reference_sigmoid{}),
      make_formula<silu(x)>("silu(x)", reference_silu{}),
      make_formula<softplus(x)>("softplus(x)", reference_softplus{}),
      make_formula<log_sigmoid(x)>("log_sigmoid(x)", reference_log_sigmoid{}),
      make_formula<mish(x)>("mish(x)", reference_mish{}),
      make_formula<gelu(x)>("gelu(x)", reference_gelu{}, 40),
      make_formula<gelu(x, {.approximate = true})>("gelu(x, {.approximate = true})",
                                                   reference_gelu_approximate{}, 30),
      make_formula<softsign(x)>("softsign(x)", reference_softsign{}),
      make_formula<squareplus(x)>("squareplus(x)", reference_squareplus<>{}),
      make_formula<squareplus(x, {.b = 0.5})>("squareplus(x, {.b = 0.5})",
                                              reference_squareplus<0.5>{}),
      make_formula<squareplus(x, {.b = 1})>("squareplus(x, {.b = 1})", reference_squareplus<1.0>{}),
      make_formula<squareplus(x, {.b = 100})>("squareplus(x, {.b = 100})",
                                              reference_squareplus<100.0>{}),
      make_formula<tanh_shrink(x)>("tanh_shrink(x)", reference_tanh_shrink{}),
  };
}

}  // namespace fusor::test
