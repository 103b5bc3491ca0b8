// SPDX-License-Identifier: BSL-1.0
// Exponentials and what is made of them.
#include "accuracy/formulas.hpp"

namespace fusor::test {

formulas exponentials() {
  return {
      make_formula<exp(x)>("exp(x)", reference_exp{}),
      make_formula<exp2(x)>("exp2(x)", reference_exp2{}, 1100),
      make_formula<expm1(x)>("expm1(x)", reference_expm1{}),
      make_formula<sinh(x)>("sinh(x)", reference_sinh{}),
      make_formula<cosh(x)>("cosh(x)", reference_cosh{}),
      make_formula<tanh(x)>("tanh(x)", reference_tanh{}),
      make_formula<log_cosh(x)>("log_cosh(x)", reference_log_cosh{}),
      make_formula<exp(-x * x)>("exp(-x * x)", reference_gauss{}, 40),
      make_formula<exp(x / 3)>("exp(x / 3)", reference_third{}, 2400),
      make_formula<pow(1.5, x)>("pow(1.5, x)", reference_power_of{}, 1900),
  };
}

}  // namespace fusor::test
