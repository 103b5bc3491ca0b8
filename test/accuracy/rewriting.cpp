// SPDX-License-Identifier: BSL-1.0
// Measures the accuracy of formulas that lose digits as they are printed. Fails where an error
// exceeds what docs/rewriting.md states; `--write` writes its table instead.
#include <cmath>
#include <fstream>
#include <string>
#include <vector>

#include "accuracy/references.hpp"
#include "support/accuracy.hpp"

namespace {

using namespace fusor;
using namespace fusor::test;

// References, by formulas that lose nothing, in the type of their argument.
struct reference_sqrt_difference {
  template <class R>
  R operator()(R v) const {
    return 1 / (std::sqrt(v + 1) + std::sqrt(v));
  }
};
struct reference_rsqrt_difference {
  template <class R>
  R operator()(R v) const {
    return 1 / (std::sqrt(v) * std::sqrt(v + 1)) / (std::sqrt(v) + std::sqrt(v + 1));
  }
};
struct reference_inverse_difference {
  template <class R>
  R operator()(R v) const {
    return -1 / (v + 1) / v;
  }
};
struct reference_second_difference {
  template <class R>
  R operator()(R v) const {
    return 2 / v / (v + 1) / (v - 1);
  }
};
struct reference_log_difference {
  template <class R>
  R operator()(R v) const {
    return v > 1 ? std::log1p(1 / v) : std::log1p(v) - std::log(v);
  }
};
struct reference_cosh_less_one {
  template <class R>
  R operator()(R v) const {
    return 4 * std::sinh(v / 2) * std::sinh(v / 2);
  }
};
struct reference_root_of_ratio {
  template <class R>
  R operator()(R v) const {
    return std::sqrt(std::exp(v) + 1);
  }
};
struct reference_root_less_one {
  template <class R>
  R operator()(R v) const {
    if (std::isinf(v)) return std::abs(v);
    const R size = std::abs(v);
    return size > R(1e9) ? size - 1 : size * (size / (1 + std::hypot(size, R(1))));
  }
};
struct reference_log_one_minus_exp {
  template <class R>
  R operator()(R v) const {
    return v < std::log(R(2)) ? std::log(-std::expm1(-v)) : std::log1p(-std::exp(-v));
  }
};

const std::vector<subject>& subjects() {
  static const std::vector<subject> all = {
      make_subject<exp(x) - 1>("exp(x) - 1", reference_expm1{}),
      make_subject<log(1 + x)>("log(1 + x)", reference_log1p{}),
      make_subject<log(1 + exp(x))>("log(1 + exp(x))", reference_softplus{}),
      make_subject<log(sigmoid(x))>("log(sigmoid(x))", reference_log_sigmoid{}),
      make_subject<log(1 - exp(-x))>("log(1 - exp(-x))", reference_log_one_minus_exp{}, 700, 1e30f),
      make_subject<x / (1 + exp(-x))>("x / (1 + exp(-x))", reference_silu{}),
      make_subject<2 / (1 + exp(-2 * x)) - 1>("2 / (1 + exp(-2 * x)) - 1", reference_tanh{}),
      make_subject<0.5 * x*(1 + erf(x / 1.4142135))>("0.5 * x * (1 + erf(x / 1.4142135))",
                                                     reference_gelu{}, 20),
      make_subject<1 - erf(x)>("1 - erf(x)", reference_erfc{}),
      make_subject<sigmoid(x) * (1 - sigmoid(x))>("sigmoid(x) * (1 - sigmoid(x))",
                                                  reference_logistic_pdf{}),
      make_subject<(exp(x) - 1) / x>(
          "(exp(x) - 1) / x", [](auto v) { return std::expm1(v) / v; }, 700, 88),
      make_subject<log(1 - x) / log(1 + x)>("log(1 - x) / log(1 + x)",
                                            [](auto v) { return std::log1p(-v) / std::log1p(v); }),
      make_subject<log((1 - x) / (1 + x))>("log((1 - x) / (1 + x))",
                                           [](auto v) { return std::log1p(-v) - std::log1p(v); }),
      make_subject<sqrt(x + 1) - sqrt(x)>("sqrt(x + 1) - sqrt(x)", reference_sqrt_difference{}),
      make_subject<1 / sqrt(x) - 1 / sqrt(x + 1)>("1 / sqrt(x) - 1 / sqrt(x + 1)",
                                                  reference_rsqrt_difference{}),
      make_subject<1 / (x + 1) - 1 / x>("1 / (x + 1) - 1 / x", reference_inverse_difference{}),
      make_subject<1 / (x + 1) - 2 / x + 1 / (x - 1)>("1 / (x + 1) - 2 / x + 1 / (x - 1)",
                                                      reference_second_difference{}),
      make_subject<log(x + 1) - log(x)>("log(x + 1) - log(x)", reference_log_difference{}),
      make_subject<exp(x) - 2 + exp(-x)>("exp(x) - 2 + exp(-x)", reference_cosh_less_one{}),
      make_subject<sqrt((exp(2 * x) - 1) / (exp(x) - 1))>("sqrt((exp(2 * x) - 1) / (exp(x) - 1))",
                                                          reference_root_of_ratio{}, 700, 88),
      make_subject<sqrt(1 + x * x) - 1>("sqrt(1 + x * x) - 1", reference_root_less_one{}),
      make_subject<x / (1 + abs(x))>("x / (1 + abs(x))", reference_softsign{}),
  };
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  return run(argc, argv, subjects(), FUSOR_ACCURACY_TABLE);
}
