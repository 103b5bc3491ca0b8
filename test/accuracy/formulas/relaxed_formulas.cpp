// SPDX-License-Identifier: BSL-1.0
// Formulas with an absolute accuracy.
#include "accuracy/formulas.hpp"

namespace fusor::test {

formulas relaxed_formulas() {
  return {
      make_formula<relaxed(gelu(x))>("relaxed(gelu(x))", absolutely<reference_gelu>{}, 40),
      make_formula<relaxed(gelu(x, {.approximate = true}))>(
          "relaxed(gelu(x, {.approximate = true}))", absolutely<reference_gelu_approximate>{}, 30),
      make_formula<relaxed(log_sigmoid(x))>("relaxed(log_sigmoid(x))",
                                            absolutely<reference_log_sigmoid>{}),
      make_formula<relaxed(mish(x))>("relaxed(mish(x))", absolutely<reference_mish>{}),
      make_formula<relaxed(sigmoid(x))>("relaxed(sigmoid(x))", absolutely<reference_sigmoid>{}),
      make_formula<relaxed(silu(x))>("relaxed(silu(x))", absolutely<reference_silu>{}),
      make_formula<relaxed(softplus(x))>("relaxed(softplus(x))", absolutely<reference_softplus>{}),
      make_formula<relaxed(tanh(x))>("relaxed(tanh(x))", absolutely<reference_tanh>{}),
      make_formula<relaxed(tanh_shrink(x))>("relaxed(tanh_shrink(x))",
                                            absolutely<reference_tanh_shrink>{}),
  };
}

}  // namespace fusor::test
