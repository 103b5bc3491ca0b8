// SPDX-License-Identifier: BSL-1.0
// Activations that are an exponential on one side.
#include "accuracy/formulas.hpp"

namespace fusor::test {

formulas exponential_units() {
  return {
      make_formula<exponential>("exponential(x)", reference_exp{}),
      make_formula<elu(x)>("elu(x)", reference_elu<>{}),
      make_formula<elu(x, {.alpha = 0.5})>("elu(x, {.alpha = 0.5})", reference_elu<0.5>{}),
      make_formula<elu(x, {.alpha = 1.75})>("elu(x, {.alpha = 1.75})", reference_elu<1.75>{}),
      make_formula<elu(x, {.alpha = 3})>("elu(x, {.alpha = 3})", reference_elu<3.0>{}),
      make_formula<celu(x)>("celu(x)", reference_celu<1.0>{}),
      make_formula<celu(x, {.alpha = 0.5})>("celu(x, {.alpha = 0.5})", reference_celu<0.5>{}),
      make_formula<celu(x, {.alpha = 1.7})>("celu(x, {.alpha = 1.7})", reference_celu<1.7>{}),
      make_formula<celu(x, {.alpha = 3})>("celu(x, {.alpha = 3})", reference_celu<3.0>{}),
      make_formula<selu(x)>("selu(x)", reference_selu{}),
  };
}

}  // namespace fusor::test
