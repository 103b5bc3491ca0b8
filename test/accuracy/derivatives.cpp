// SPDX-License-Identifier: BSL-1.0
// Measures the accuracy of derivatives against their closed forms. Fails where an error exceeds
// what docs/derivatives.md states; `--write` writes its table instead.
#include <string>
#include <vector>

#include "accuracy/references.hpp"
#include "support/accuracy.hpp"

namespace {

using namespace fusor;
using namespace fusor::test;

// The derivatives, in the type of their argument, by formulas that lose nothing there but near a
// zero of the derivative, where the wider type has digits to spare.
template <class R>
R sigmoid_of(R v) {
  return reference_sigmoid{}(v);
}
/// a b, or the limit 0 where b vanishes and a is infinite.
template <class R>
R product(R a, R b) {
  return b == 0 ? R(0) : a * b;
}

/// A derivative next to its zero, `high` + `low`, where its terms cancel: the integral of the
/// second derivative from there on, by Gauss and Legendre.
template <class R>
constexpr R width_of_zero = R(1) / 16;
template <class R>
bool is_near_zero(R v, double high) {
  return std::abs(v - R(high)) < width_of_zero<R>;
}
template <class Bend, class R>
R integral_from_zero(R v, double high, long double low) {
  const R u = (v - R(high)) - R(low);
  const R middle = R(high) + u / 2;
  const R inner = R(0.53846931010568309103631442070020880L);
  const R outer = R(0.90617984593866399279762687829939297L);
  const auto both = [&](R at) { return Bend{}(middle - at * u / 2) + Bend{}(middle + at * u / 2); };
  const R sum = R(128) / 225 * Bend{}(middle) +
                R(0.47862867049936646804129151483563819L) * both(inner) +
                R(0.23692688505618908751426404071991736L) * both(outer);
  return u / 2 * sum;
}

struct slope_tanh {
  auto operator()(auto v) const {
    return 4 * reference_logistic_pdf{}(2 * v);
  }
};
struct slope_silu {
  static constexpr double zero = -0x1.474973c84120bp+0;
  struct bend {
    template <class R>
    R operator()(R v) const {
      return reference_logistic_pdf{}(v) * (2 - v * std::tanh(v / 2));
    }
  };
  template <class R>
  R operator()(R v) const {
    if (is_near_zero(v, zero)) return integral_from_zero<bend>(v, zero, -1.094699418309343743e-16L);
    return product(1 + product(v, sigmoid_of(-v)), sigmoid_of(v));
  }
};
template <class R>
R gauss(R v) {
  return reference_normal_pdf{}(v);
}
struct slope_normal_cdf {
  auto operator()(auto v) const {
    return gauss(v);
  }
};
struct slope_erf {
  template <class R>
  R operator()(R v) const {
    return R(1.1283791670955125738961589031215452L) * reference_gauss{}(v);
  }
};
struct slope_erfc {
  auto operator()(auto v) const {
    return -slope_erf{}(v);
  }
};
struct slope_gelu {
  static constexpr double zero = -0x1.80ead197f00b4p-1;
  struct bend {
    template <class R>
    R operator()(R v) const {
      return (2 - v * v) * gauss(v);
    }
  };
  template <class R>
  R operator()(R v) const {
    if (is_near_zero(v, zero)) return integral_from_zero<bend>(v, zero, 1.495675917700988327e-17L);
    return reference_normal_cdf{}(v) + product(v, gauss(v));
  }
};
struct slope_gelu_approximate {
  template <class R>
  static R term(R v) {
    const R u = R(1.5957691216057307117597842397375L) * (v + R(0.044715L) * v * v * v);
    return sigmoid_of(u);
  }
  template <class R>
  R operator()(R v) const {
    const R c = R(1.5957691216057307117597842397375L);
    const R u = c * (v + R(0.044715L) * v * v * v);
    const R bend = c * (v + 3 * R(0.044715L) * v * v * v);
    return sigmoid_of(u) + product(bend, reference_logistic_pdf{}(u));
  }
};
struct slope_mish {
  static constexpr double zero = -0x1.31432c0d12d84p+0;
  /// With T = tanh(softplus(v)) and q = sigmoid(-v): T' = (1 - T^2) (1 - q), and what follows.
  struct bend {
    template <class R>
    R operator()(R v) const {
      const R e = std::exp(v);
      const R t = e * (e + 2) / (e * (e + 2) + 2);
      const R slope = (1 - t * t) * e / (1 + e);
      const R of_slope = slope / (1 + e) - 2 * t * slope * e / (1 + e);
      return 2 * slope + v * of_slope;
    }
  };
  template <class R>
  R operator()(R v) const {
    if (v > 60) return 1;
    if (std::isinf(v)) return 0;
    if (is_near_zero(v, zero)) return integral_from_zero<bend>(v, zero, -4.848482984803104555e-17L);
    const R e = std::exp(v);
    const R below = 2 * e + e * e + 2;
    return e * (4 * (v + 1) + 4 * e * e + e * e * e + e * (4 * v + 6)) / (below * below);
  }
};
struct slope_elu {
  template <class R>
  R operator()(R v) const {
    return v > 0 ? R(1) : std::exp(v);
  }
};
/// alpha e^v below 0, of a number that is a fraction of whole ones.
template <int Numerator, int Denominator = 1>
struct slope_elu_of {
  template <class R>
  R operator()(R v) const {
    return v > 0 ? R(1) : R(Numerator) / Denominator * std::exp(v);
  }
};
/// e^(v / alpha) below 0.
template <int Numerator, int Denominator = 1>
struct slope_celu {
  template <class R>
  R operator()(R v) const {
    return v > 0 ? R(1) : std::exp(v * Denominator / Numerator);
  }
};
struct slope_selu {
  template <class R>
  R operator()(R v) const {
    const R scale = R(1.0507009873554804934193349852946L);
    return v > 0 ? scale : scale * R(1.6732632423543772848170429916717L) * std::exp(v);
  }
};
struct slope_softsign {
  template <class R>
  R operator()(R v) const {
    return 1 / ((1 + std::abs(v)) * (1 + std::abs(v)));
  }
};
/// With b = (Numerator / Denominator)^2.
template <int Numerator, int Denominator = 1>
struct slope_squareplus {
  template <class R>
  R operator()(R v) const {
    if (std::isinf(v)) return v > 0 ? R(1) : R(0);
    const R c = R(Numerator) / Denominator;
    const R root = std::hypot(v, c);
    return v < 0 ? c * c / 2 / (root - v) / root : (1 + v / root) / 2;
  }
};
struct slope_tanh_shrink {
  auto operator()(auto v) const {
    return std::tanh(v) * std::tanh(v);
  }
};
struct slope_hard_silu {
  template <class R>
  R operator()(R v) const {
    return v <= -3 ? R(0) : v >= 3 ? R(1) : (2 * v + 3) / 6;
  }
};
struct slope_sparse_plus {
  template <class R>
  R operator()(R v) const {
    return v <= -1 ? R(0) : v >= 1 ? R(1) : (v + 1) / 2;
  }
};
struct slope_exp2 {
  template <class R>
  R operator()(R v) const {
    return std::exp2(v) * R(0.69314718055994530941723212145818L);
  }
};
struct slope_log2 {
  template <class R>
  R operator()(R v) const {
    return R(1.4426950408889634073599246810019L) / v;
  }
};
struct slope_log10 {
  template <class R>
  R operator()(R v) const {
    return R(0.43429448190325182765112891891661L) / v;
  }
};
struct slope_power_of {
  template <class R>
  R operator()(R v) const {
    return std::pow(R(1.5), v) * R(0.40546510810816438197801311546434914L);
  }
};
struct slope_log1p {
  auto operator()(auto v) const {
    return 1 / (1 + v);
  }
};
struct slope_asinh {
  template <class R>
  R operator()(R v) const {
    return 1 / std::hypot(v, R(1));
  }
};
struct slope_atan {
  template <class R>
  R operator()(R v) const {
    return 1 / (1 + v * v);
  }
};
struct slope_cbrt {
  template <class R>
  R operator()(R v) const {
    return 1 / (3 * std::cbrt(v) * std::cbrt(v));
  }
};
struct slope_rsqrt {
  template <class R>
  R operator()(R v) const {
    return R(-0.5) / (std::sqrt(v) * v);
  }
};
struct slope_hypot {
  template <class R>
  R operator()(R v) const {
    return std::isinf(v) ? std::numeric_limits<R>::quiet_NaN() : v / std::hypot(v, R(3));
  }
};

// Second derivatives.
struct bend_tanh {
  template <class R>
  R operator()(R v) const {
    return -2 * std::tanh(v) * slope_tanh{}(v);
  }
};
struct bend_silu {
  template <class R>
  static R term(R v) {
    return 2 * reference_logistic_pdf{}(v);
  }
  template <class R>
  R operator()(R v) const {
    return reference_logistic_pdf{}(v)*2 -
           product(v * std::tanh(v / 2), reference_logistic_pdf{}(v));
  }
};
struct bend_gelu {
  template <class R>
  static R term(R v) {
    return 2 * gauss(v);
  }
  template <class R>
  R operator()(R v) const {
    return product(2 - v * v, gauss(v));
  }
};
struct bend_elu {
  template <class R>
  R operator()(R v) const {
    return v > 0 ? R(0) : std::exp(v);
  }
};

const std::vector<subject>& subjects() {
  static const std::vector<subject> all = {
      make_subject<derivative(sigmoid)>("derivative(sigmoid)", reference_logistic_pdf{}),
      make_subject<derivative(tanh(x))>("derivative(tanh(x))", slope_tanh{}, 370),
      make_subject<derivative(softplus)>("derivative(softplus)", reference_sigmoid{}),
      make_subject<derivative(silu)>("derivative(silu)", slope_silu{}),
      make_subject<derivative(mish)>("derivative(mish)", slope_mish{}),
      make_subject<derivative(gelu)>("derivative(gelu)", slope_gelu{}, 20),
      make_subject<derivative(gelu(x, {.approximate = true}))>(
          "derivative(gelu(x, {.approximate = true}))", slope_gelu_approximate{}, 1),
      make_subject<derivative(elu)>("derivative(elu)", slope_elu{}),
      make_subject<derivative(celu(x, {.alpha = 0.5}))>("derivative(celu(x, {.alpha = 0.5}))",
                                                        slope_celu<1, 2>{}, 370),
      make_subject<derivative(celu(x, {.alpha = 1.5}))>("derivative(celu(x, {.alpha = 1.5}))",
                                                        slope_celu<3, 2>{}, 1000),
      make_subject<derivative(celu(x, {.alpha = 3}))>("derivative(celu(x, {.alpha = 3}))",
                                                      slope_celu<3>{}, 2000),
      make_subject<derivative(elu(x, {.alpha = 0.25}))>("derivative(elu(x, {.alpha = 0.25}))",
                                                        slope_elu_of<1, 4>{}),
      make_subject<derivative(elu(x, {.alpha = 1.5}))>("derivative(elu(x, {.alpha = 1.5}))",
                                                       slope_elu_of<3, 2>{}),
      make_subject<derivative(elu(x, {.alpha = 7}))>("derivative(elu(x, {.alpha = 7}))",
                                                     slope_elu_of<7>{}),
      make_subject<derivative(selu)>("derivative(selu)", slope_selu{}),
      make_subject<derivative(softsign)>("derivative(softsign)", slope_softsign{}),
      make_subject<derivative(squareplus)>("derivative(squareplus)", slope_squareplus<2>{}),
      make_subject<derivative(squareplus(x, {.b = 1}))>("derivative(squareplus(x, {.b = 1}))",
                                                        slope_squareplus<1>{}),
      make_subject<derivative(squareplus(x, {.b = 0.0625}))>(
          "derivative(squareplus(x, {.b = 0.0625}))", slope_squareplus<1, 4>{}),
      make_subject<derivative(squareplus(x, {.b = 81}))>("derivative(squareplus(x, {.b = 81}))",
                                                         slope_squareplus<9>{}),
      make_subject<derivative(tanh_shrink)>("derivative(tanh_shrink)", slope_tanh_shrink{}),
      make_subject<derivative(hard_silu)>("derivative(hard_silu)", slope_hard_silu{}),
      make_subject<derivative(sparse_plus)>("derivative(sparse_plus)", slope_sparse_plus{}),
      make_subject<derivative(log_sigmoid)>("derivative(log_sigmoid)",
                                            [](auto v) { return sigmoid_of(-v); }),
      make_subject<derivative(erf(x))>("derivative(erf(x))", slope_erf{}, 20),
      make_subject<derivative(erfc(x))>("derivative(erfc(x))", slope_erfc{}, 20),
      make_subject<derivative(normal_cdf(x))>("derivative(normal_cdf(x))", slope_normal_cdf{}, 20),
      make_subject<derivative(expm1(x))>("derivative(expm1(x))", reference_exp{}),
      make_subject<derivative(sinh(x))>("derivative(sinh(x))", reference_cosh{}),
      make_subject<derivative(cosh(x))>("derivative(cosh(x))", reference_sinh{}),
      make_subject<derivative(log_cosh(x))>("derivative(log_cosh(x))", reference_tanh{}),
      make_subject<derivative(log(x))>("derivative(log(x))", [](auto v) { return 1 / v; }),
      make_subject<derivative(exp2(x))>("derivative(exp2(x))", slope_exp2{}, 1100),
      make_subject<derivative(log2(x))>("derivative(log2(x))", slope_log2{}),
      make_subject<derivative(log10(x))>("derivative(log10(x))", slope_log10{}),
      make_subject<derivative(log1p(x))>("derivative(log1p(x))", slope_log1p{}),
      make_subject<derivative(sin(x))>("derivative(sin(x))", reference_cos{}),
      make_subject<derivative(cos(x))>("derivative(cos(x))", [](auto v) { return -std::sin(v); }),
      make_subject<derivative(pow(x, 2.5))>(
          "derivative(pow(x, 2.5))",
          [](auto v) { return decltype(v)(2.5) * std::pow(v, decltype(v)(1.5)); }),
      make_subject<derivative(pow(1.5, x))>("derivative(pow(1.5, x))", slope_power_of{}, 1740, 215),
      make_subject<derivative(asinh(x))>("derivative(asinh(x))", slope_asinh{}),
      make_subject<derivative(atan(x))>("derivative(atan(x))", slope_atan{}),
      make_subject<derivative(cbrt(x))>("derivative(cbrt(x))", slope_cbrt{}),
      make_subject<derivative(sqrt(x))>("derivative(sqrt(x))",
                                        [](auto v) { return decltype(v)(0.5) / std::sqrt(v); }),
      make_subject<derivative(rsqrt(x))>("derivative(rsqrt(x))", slope_rsqrt{}),
      make_subject<derivative(hypot(x, 3))>("derivative(hypot(x, 3))", slope_hypot{}),
      make_subject<derivative(derivative(tanh(x)))>("derivative(derivative(tanh(x)))", bend_tanh{},
                                                    370),
      make_subject<derivative(derivative(softplus))>("derivative(derivative(softplus))",
                                                     reference_logistic_pdf{}),
      make_subject<derivative(derivative(silu))>("derivative(derivative(silu))", bend_silu{}),
      make_subject<derivative(derivative(gelu))>("derivative(derivative(gelu))", bend_gelu{}, 20),
      make_subject<derivative(derivative(elu))>("derivative(derivative(elu))", bend_elu{}),
      make_subject_beside<sigmoid, derivative(sigmoid)>("sigmoid beside its derivative",
                                                        reference_sigmoid{}),
      make_subject_beside<tanh(x), derivative(tanh(x))>("tanh(x) beside its derivative",
                                                        [](auto v) { return std::tanh(v); }),
      make_subject_beside<silu, derivative(silu)>("silu beside its derivative", reference_silu{}),
      make_subject_beside<mish, derivative(mish)>("mish beside its derivative", reference_mish{}),
      make_subject_beside<elu, derivative(elu)>("elu beside its derivative", reference_elu{}),
  };
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  return run(argc, argv, subjects(), FUSOR_ACCURACY_TABLE);
}
