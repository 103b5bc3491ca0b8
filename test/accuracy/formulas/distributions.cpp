// SPDX-License-Identifier: BSL-1.0
// Error functions, distributions and densities.
#include "accuracy/formulas.hpp"

namespace fusor::test {

formulas distributions() {
  return {
      make_formula<erf(x)>("erf(x)", reference_erf{}, 6),
      make_formula<erfc(x)>("erfc(x)", reference_erfc{}, 28),
      make_formula<normal_cdf(x)>("normal_cdf(x)", reference_normal_cdf{}, 40),
      make_formula<normal_pdf(x)>("normal_pdf(x)", reference_normal_pdf{}, 40),
      make_formula<logistic_pdf(x)>("logistic_pdf(x)", reference_logistic_pdf{}),
  };
}

}  // namespace fusor::test
