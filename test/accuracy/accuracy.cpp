// SPDX-License-Identifier: BSL-1.0
// Measures the accuracy of operations and activations. Fails where an error exceeds what
// docs/accuracy.md states; `--write` writes that table instead.
#include "support/accuracy.hpp"

#include <string>
#include <vector>

#include "accuracy/references.hpp"

namespace {

using namespace fusor;
using namespace fusor::test;

const std::vector<subject>& subjects() {
  static const std::vector<subject> all = {
      make_subject<exp(x)>("exp(x)", reference_exp{}),
      make_subject<exp2(x)>("exp2(x)", reference_exp2{}, 1100),
      make_subject<expm1(x)>("expm1(x)", reference_expm1{}),
      make_subject<log(x)>("log(x)", reference_log{}),
      make_subject<log2(x)>("log2(x)", reference_log2{}),
      make_subject<log10(x)>("log10(x)", reference_log10{}),
      make_subject<log1p(x)>("log1p(x)", reference_log1p{}),
      make_subject<rsqrt(x)>("rsqrt(x)", reference_rsqrt{}),
      make_subject<tanh(x)>("tanh(x)", reference_tanh{}),
      make_subject<sinh(x)>("sinh(x)", reference_sinh{}),
      make_subject<cosh(x)>("cosh(x)", reference_cosh{}),
      make_subject<asinh(x)>("asinh(x)", reference_asinh{}),
      make_subject<atan(x)>("atan(x)", reference_atan{}),
      make_subject<cbrt(x)>("cbrt(x)", reference_cbrt{}),
      make_subject<sin(x)>("sin(x)", reference_sin{}),
      make_subject<cos(x)>("cos(x)", reference_cos{}),
      make_subject<pow(x, 2.5)>("pow(x, 2.5)", reference_pow{}),
      make_subject<pow(1.5, x)>("pow(1.5, x)", reference_power_of{}, 1900),
      make_subject<log_cosh(x)>("log_cosh(x)", reference_log_cosh{}),
      make_subject<sigmoid>("sigmoid(x)", reference_sigmoid{}),
      make_subject<softplus>("softplus(x)", reference_softplus{}),
      make_subject<erf(x)>("erf(x)", reference_erf{}),
      make_subject<erfc(x)>("erfc(x)", reference_erfc{}),
      make_subject<logistic_pdf(x)>("logistic_pdf(x)", reference_logistic_pdf{}),
      make_subject<normal_cdf(x)>("normal_cdf(x)", reference_normal_cdf{}, 20),
      make_subject<normal_pdf(x)>("normal_pdf(x)", reference_normal_pdf{}, 20),
      make_subject<exp(-x * x)>("exp(-x * x)", reference_gauss{}),
      make_subject<exp(x / 3)>("exp(x / 3)", reference_third{}),
      make_subject<celu(x, {.alpha = 0.5})>("celu(x, {.alpha = 0.5})", reference_celu{}),
      make_subject<elu>("elu(x)", reference_elu{}),
      make_subject<gelu>("gelu(x)", reference_gelu{}, 20),
      make_subject<gelu(x, {.approximate = true})>("gelu(x, {.approximate = true})",
                                                   reference_gelu_approximate{}, 1),
      make_subject<hard_sigmoid>("hard_sigmoid(x)", reference_hard_sigmoid{}),
      make_subject<hard_silu>("hard_silu(x)", reference_hard_silu{}),
      make_subject<leaky_relu(x, {.negative_slope = 0.125})>(
          "leaky_relu(x, {.negative_slope = 0.125})", reference_leaky_relu{}),
      make_subject<log_sigmoid>("log_sigmoid(x)", reference_log_sigmoid{}),
      make_subject<mish>("mish(x)", reference_mish{}),
      make_subject<selu>("selu(x)", reference_selu{}),
      make_subject<silu>("silu(x)", reference_silu{}),
      make_subject<softsign>("softsign(x)", reference_softsign{}),
      make_subject<sparse_plus>("sparse_plus(x)", reference_sparse_plus{}),
      make_subject<squareplus>("squareplus(x)", reference_squareplus{}),
      make_subject<tanh_shrink>("tanh_shrink(x)", reference_tanh_shrink{}),
      make_subject<relaxed(gelu)>("relaxed(gelu(x))", absolutely<reference_gelu>{}, 20),
      make_subject<relaxed(gelu(x, {.approximate = true}))>(
          "relaxed(gelu(x, {.approximate = true}))", absolutely<reference_gelu_approximate>{}, 1),
      make_subject<relaxed(log_sigmoid)>("relaxed(log_sigmoid(x))",
                                         absolutely<reference_log_sigmoid>{}),
      make_subject<relaxed(mish)>("relaxed(mish(x))", absolutely<reference_mish>{}),
      make_subject<relaxed(softplus)>("relaxed(softplus(x))", absolutely<reference_softplus>{}),
      make_subject<relaxed(tanh(x))>("relaxed(tanh(x))", absolutely<reference_tanh>{}),
      make_subject<relaxed(tanh_shrink)>("relaxed(tanh_shrink(x))",
                                         absolutely<reference_tanh_shrink>{}),
  };
  return all;
}

std::string heading(const char*, std::uint64_t step) {
  const std::string every = std::to_string(step);
  return "# Accuracy\n\n"
         "The largest error in units in the last place (ULP). Written by `test.accuracy --every " +
         every +
         " --write`;\n"
         "`ctest` measures a sample of it, on every instruction set that Highway offers here, and "
         "fails where an\nerror is larger than stated.\n\n"
         "- float: " +
         (step == 1 ? "every one of the 2^32 floats" : "one float in " + every) +
         ", against the C library in double, on every set but scalar.\n"
         "- double: a million numbers up to +-800 (normal_cdf and gelu: +-20; approximate gelu: "
         "+-1, because its\n  constants are doubles), against the C library in long double.\n\n"
         "0.5 is a correctly rounded result. What is not listed (relu, relu6, linear, hard_tanh, "
         "hard_shrink,\nthreshold, round, floor, ceil, trunc: exact; soft_shrink, sparse_sigmoid: "
         "rounded once) is compared elsewhere in the tests. What is\n`relaxed` is counted in units "
         "of the "
         "last place of max(1, |result|). Derivatives: "
         "[derivatives.md](derivatives.md).\n";
}

}  // namespace

int main(int argc, char** argv) {
  return run(argc, argv, subjects(), FUSOR_ACCURACY_TABLE, heading);
}
