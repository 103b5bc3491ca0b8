// SPDX-License-Identifier: BSL-1.0
// Formulas with an absolute accuracy.
#include "accuracy/formulas.hpp"

namespace fusor::test {

namespace {

/// f(v) + v slope(v), where the slope vanishes before v is infinite.
template <class Function, class Slope>
struct slope_of_product {
  template <class R>
  R operator()(R v) const {
    const R slope = Slope{}(v);
    return slope == R(0) ? Function{}(v) : Function{}(v) + v * slope;
  }
};
using slope_silu = slope_of_product<reference_sigmoid, reference_logistic_pdf>;
using slope_gelu = slope_of_product<reference_normal_cdf, reference_normal_pdf>;
struct tanh_softplus {
  template <class R>
  R operator()(R v) const {
    return tanh(reference_softplus{}(v));
  }
};
struct slope_tanh_softplus {
  template <class R>
  R operator()(R v) const {
    const R value = tanh_softplus{}(v);
    return (1 - value * value) * reference_sigmoid{}(v);
  }
};
using slope_mish = slope_of_product<tanh_softplus, slope_tanh_softplus>;

}  // namespace

formulas relaxed_formulas() {
  return {
      make_formula<relaxed(derivative(gelu(x)))>("relaxed(derivative(gelu(x)))",
                                                 absolutely<slope_gelu>{}, 40),
      make_formula<relaxed(derivative(mish(x)))>("relaxed(derivative(mish(x)))",
                                                 absolutely<slope_mish>{}),
      make_formula<relaxed(derivative(silu(x)))>("relaxed(derivative(silu(x)))",
                                                 absolutely<slope_silu>{}),
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
