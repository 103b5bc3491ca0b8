// SPDX-License-Identifier: BSL-1.0
// Logarithms and powers.
#include "accuracy/formulas.hpp"

namespace fusor::test {

formulas logarithms() {
  return {
      make_formula<log(x)>("log(x)", reference_log{}),
      make_formula<log2(x)>("log2(x)", reference_log2{}),
      make_formula<log10(x)>("log10(x)", reference_log10{}),
      make_formula<log1p(x)>("log1p(x)", reference_log1p{}),
      make_formula<rsqrt(x)>("rsqrt(x)", reference_rsqrt{}),
      make_formula<cbrt(x)>("cbrt(x)", reference_cbrt{}),
      make_formula<asinh(x)>("asinh(x)", reference_asinh{}),
      make_formula<pow(x, 2.5)>("pow(x, 2.5)", reference_pow{}),
  };
}

}  // namespace fusor::test
