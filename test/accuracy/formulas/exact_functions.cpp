// SPDX-License-Identifier: BSL-1.0
// What is exact or rounded once.
#include "accuracy/formulas.hpp"

namespace fusor::test {

formulas exact_functions() {
  return {
      make_formula<-x>("-x", reference_negative{}),
      make_formula<abs(x)>("abs(x)", reference_abs{}),
      make_formula<sign(x)>("sign(x)", reference_sign{}),
      make_formula<square(x)>("square(x)", reference_square{}),
      make_formula<1 / x>("1 / x", reference_inverse{}),
      make_formula<sqrt(x)>("sqrt(x)", reference_sqrt{}),
      make_formula<round(x)>("round(x)", reference_round{}),
      make_formula<floor(x)>("floor(x)", reference_floor{}),
      make_formula<ceil(x)>("ceil(x)", reference_ceil{}),
      make_formula<trunc(x)>("trunc(x)", reference_trunc{}),
      make_formula<stop_gradient(x)>("stop_gradient(x)", reference_identity{}),
  };
}

}  // namespace fusor::test
