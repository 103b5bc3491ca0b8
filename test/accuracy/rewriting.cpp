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
struct reference_log_twice_cosh {
  template <class R>
  R operator()(R v) const {
    return std::abs(v) + std::log1p(std::exp(-2 * std::abs(v)));
  }
};
struct reference_half_tangent {
  auto operator()(auto v) const {
    return std::tan(v / 2);
  }
};
struct reference_sine_difference {
  template <class R>
  R operator()(R v) const {
    return 2 * std::cos(v + R(0x1p-11)) * std::sin(R(0x1p-11));
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

struct reference_inverse_softplus {
  template <class R>
  R operator()(R v) const {
    if (v > 1) return v + std::log1p(-std::exp(-v));
    if (v < R(0.4)) return std::log(std::expm1(v));
    // log(2) as a sum of two numbers: the result is 0 there.
    const R high = R(0.69314718055994530941723212145818L);
    const R low = sizeof(R) > 8 ? R(-1.1458352726798732811e-20L) : R(2.3190468138462995584e-17L);
    return std::log1p(2 * std::expm1((v - high) - low));
  }
};
struct reference_logit {
  template <class R>
  R operator()(R v) const {
    return v < R(0.25) ? std::log(v / (1 - v)) : std::log1p((2 * v - 1) / (1 - v));
  }
};
struct reference_by_expm1 {
  template <class R>
  R operator()(R v) const {
    if (v == 0) return 1;
    if (v < 0) return v / std::expm1(v);
    return std::isinf(v) ? R(0) : v * std::exp(-v) / -std::expm1(-v);
  }
};
struct reference_exprel {
  template <class R>
  R operator()(R v) const {
    return v == 0 ? R(1) : std::expm1(v) / v;
  }
};
struct reference_isru {
  template <class R>
  R operator()(R v) const {
    return std::isinf(v) ? std::copysign(std::sqrt(R(2)), v) : v / std::sqrt(1 + v * v / 2);
  }
};
struct reference_root_of_quadratic {
  template <class R>
  R operator()(R v) const {
    const R root = std::sqrt(v * v + 3);
    return v > 0 ? 3 / (root + v) : root - v;
  }
};
struct reference_lorentz {
  template <class R>
  R operator()(R v) const {
    const R root = std::sqrt((1 - v) * (1 + v));
    return v * v / (root * (1 + root));
  }
};
struct reference_sagitta {
  template <class R>
  R operator()(R v) const {
    return v * v / (1 + std::sqrt((1 - v) * (1 + v)));
  }
};
struct reference_langevin {
  template <class R>
  R operator()(R v) const {
    if (std::abs(v) > 2) return 1 / std::tanh(v) - 1 / v;
    R t = 0;
    for (int k = 41; k >= 5; k -= 2) t = v * v / (R(k) + t);
    return v / (3 + t);
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
      make_subject<(exp(x) - 1) / x>("(exp(x) - 1) / x", reference_exprel{}, 700, 88),
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
      make_subject<exp(x) + exp(-x) - 2>("exp(x) + exp(-x) - 2", reference_cosh_less_one{}),
      make_subject<cosh(x) - 1>("cosh(x) - 1",
                                [](auto v) {
                                  const auto s = std::sinh(v / 2);
                                  return 2 * s * s;
                                }),
      make_subject<(exp(x) - exp(-x)) / 2>("(exp(x) - exp(-x)) / 2", reference_sinh{}),
      make_subject<log((exp(x) + exp(-x)) / 2)>("log((exp(x) + exp(-x)) / 2)",
                                                reference_log_cosh{}),
      make_subject<softplus(2 * x) - x - 0.6931471805599453>(
          "softplus(2 * x) - x - 0.6931471805599453", reference_log_cosh{}),
      make_subject<log(exp(x) + exp(-x))>("log(exp(x) + exp(-x))", reference_log_twice_cosh{}),
      make_subject<sqrt((exp(2 * x) - 1) / (exp(x) - 1))>("sqrt((exp(2 * x) - 1) / (exp(x) - 1))",
                                                          reference_root_of_ratio{}, 700, 88),
      make_subject<sqrt(1 + x * x) - 1>("sqrt(1 + x * x) - 1", reference_root_less_one{}),
      make_subject<x / (1 + abs(x))>("x / (1 + abs(x))", reference_softsign{}),
      make_subject<1 - cos(x)>("1 - cos(x)",
                               [](auto v) { return 2 * std::sin(v / 2) * std::sin(v / 2); }),
      make_subject<(1 - cos(x)) / sin(x)>("(1 - cos(x)) / sin(x)", reference_half_tangent{}),
      make_subject<sin(x + 0x1p-10) - sin(x)>("sin(x + 0x1p-10) - sin(x)",
                                              reference_sine_difference{}, 800, 4096),
      // The sources are named in test/transform/digits.cpp, and here.
      make_subject<log(1 - sigmoid(x))>("log(1 - sigmoid(x))",
                                        [](auto v) { return -reference_softplus{}(v); }),
      make_subject<exp(x) / (exp(x) + exp(-x))>("exp(x) / (exp(x) + exp(-x))",
                                                [](auto v) { return reference_sigmoid{}(2 * v); }),
      make_subject<log(exp(x) - 1)>("log(exp(x) - 1)", reference_inverse_softplus{}),
      make_subject<x + log(1 - exp(-x))>("x + log(1 - exp(-x))", reference_inverse_softplus{}),
      make_subject<log(1 - tanh(x) * tanh(x))>("log(1 - tanh(x) * tanh(x))",
                                               [](auto v) { return -2 * reference_log_cosh{}(v); }),
      make_subject<log(1 + tanh(x))>(
          "log(1 + tanh(x))",
          [](auto v) { return v > 0 ? std::log1p(std::tanh(v)) : v - reference_log_cosh{}(v); }),
      make_subject<log(x) - log(1 - x)>("log(x) - log(1 - x)", reference_logit{}),
      make_subject<0.5 * log((1 + x) / (1 - x))>("0.5 * log((1 + x) / (1 - x))",
                                                 [](auto v) { return std::atanh(v); }),
      make_subject<log(x + sqrt(x * x + 1))>("log(x + sqrt(x * x + 1))",
                                             [](auto v) { return std::asinh(v); }),
      make_subject<log(x + sqrt(x * x - 1))>("log(x + sqrt(x * x - 1))",
                                             [](auto v) { return std::acosh(v); }),
      make_subject<1 - exp(-exp(x))>("1 - exp(-exp(x))",
                                     [](auto v) { return -std::expm1(-std::exp(v)); }),
      make_subject<1 / (exp(x) + 1)>("1 / (exp(x) + 1)",
                                     [](auto v) { return reference_sigmoid{}(-v); }),
      make_subject<x / (exp(x) - 1)>("x / (exp(x) - 1)", reference_by_expm1{}),
      make_subject<x / (1 - exp(-x))>("x / (1 - exp(-x))",
                                      [](auto v) { return reference_by_expm1{}(-v); }),
      make_subject<log(1 + x * x / 5)>(
          "log(1 + x * x / 5)",
          [](auto v) { return std::isinf(v) ? std::abs(v) : std::log1p(v * v / 5); }),
      // The function of Langevin; SasView/sasmodels #611
      make_subject<1 / tanh(x) - 1 / x>("1 / tanh(x) - 1 / x", reference_langevin{}),
      // Carlile et al., Improving Deep Learning by Inverse Square Root Linear Units, 2017
      make_subject<x / sqrt(1 + 0.5 * x * x)>("x / sqrt(1 + 0.5 * x * x)", reference_isru{}),
      // Barron, Squareplus: A Softplus-Like Algebraic Rectifier, 2021
      make_subject<(x + sqrt(x * x + 4)) / 2>("(x + sqrt(x * x + 4)) / 2", reference_squareplus{}),
      // racket/math #64
      make_subject<sqrt(x * x + 3) - x>("sqrt(x * x + 3) - x", reference_root_of_quadratic{}),
      // BLAST-WarpX/warpx #3708 and #2397
      make_subject<1 / sqrt(1 - x * x) - 1>("1 / sqrt(1 - x * x) - 1", reference_lorentz{}),
      // MikeMcl/decimal.js #258
      make_subject<1 - sqrt(1 - x * x)>("1 - sqrt(1 - x * x)", reference_sagitta{}),
  };
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  return run(argc, argv, subjects(), FUSOR_ACCURACY_TABLE);
}
