// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cmath>

namespace fusor::test {

// References, in the type of their argument, by formulas that lose nothing there. C's functions are
// called by their full names: the operations of the same name take expressions.
struct reference_exp {
  auto operator()(auto v) const {
    return std::exp(v);
  }
};
struct reference_exp2 {
  auto operator()(auto v) const {
    return std::exp2(v);
  }
};
struct reference_expm1 {
  auto operator()(auto v) const {
    return std::expm1(v);
  }
};
struct reference_log {
  auto operator()(auto v) const {
    return std::log(v);
  }
};
struct reference_log2 {
  auto operator()(auto v) const {
    return std::log2(v);
  }
};
struct reference_log10 {
  auto operator()(auto v) const {
    return std::log10(v);
  }
};
struct reference_log1p {
  auto operator()(auto v) const {
    return std::log1p(v);
  }
};
struct reference_rsqrt {
  auto operator()(auto v) const {
    return 1 / std::sqrt(v);
  }
};
struct reference_tanh {
  auto operator()(auto v) const {
    return std::tanh(v);
  }
};
struct reference_sinh {
  auto operator()(auto v) const {
    return std::sinh(v);
  }
};
struct reference_cosh {
  auto operator()(auto v) const {
    return std::cosh(v);
  }
};
struct reference_asinh {
  auto operator()(auto v) const {
    return std::asinh(v);
  }
};
struct reference_atan {
  auto operator()(auto v) const {
    return std::atan(v);
  }
};
struct reference_cbrt {
  auto operator()(auto v) const {
    return std::cbrt(v);
  }
};
struct reference_sin {
  auto operator()(auto v) const {
    return std::sin(v);
  }
};
struct reference_cos {
  auto operator()(auto v) const {
    return std::cos(v);
  }
};
struct reference_pow {
  template <class R>
  R operator()(R v) const {
    return std::pow(v, R(2.5));
  }
};
struct reference_power_of {
  template <class R>
  R operator()(R v) const {
    return std::pow(R(1.5), v);
  }
};
struct reference_log_cosh {
  template <class R>
  R operator()(R v) const {
    const R size = std::abs(v);
    if (size > 1)
      return size - R(0.69314718055994530941723212145818L) + std::log1p(std::exp(-2 * size));
    const R s = std::sinh(v / 2);
    return std::log1p(2 * s * s);
  }
};
struct reference_sigmoid {
  template <class R>
  R operator()(R v) const {
    return v >= 0 ? 1 / (1 + std::exp(-v)) : std::exp(v) / (1 + std::exp(v));
  }
};
struct reference_logistic_pdf {
  template <class R>
  R operator()(R v) const {
    const R e = std::exp(-std::abs(v));
    return e / ((1 + e) * (1 + e));
  }
};
struct reference_softplus {
  template <class R>
  R operator()(R v) const {
    return std::max(v, R(0)) + std::log1p(std::exp(-std::abs(v)));
  }
};
struct reference_log_sigmoid {
  auto operator()(auto v) const {
    return -reference_softplus{}(-v);
  }
};
struct reference_erf {
  auto operator()(auto v) const {
    return std::erf(v);
  }
};
struct reference_erfc {
  auto operator()(auto v) const {
    return std::erfc(v);
  }
};
struct reference_normal_cdf {
  template <class R>
  R operator()(R v) const {
    // v / sqrt(2) as a sum of two numbers: the tail of erfc magnifies what rounding it loses.
    constexpr long double root = 0.70710678118654752440084436210484903928L;
    constexpr long double root_low = -1.2026635805416830e-20L;
    const R high = static_cast<R>(root);
    const R low = static_cast<R>(root - high) + (sizeof(R) > 8 ? static_cast<R>(root_low) : R(0));
    const R z = -v * high;
    const R z_low = std::fma(-v, high, -z) - v * low;
    if (std::isinf(v)) return v > 0 ? 1 : 0;
    return (std::erfc(z) - R(1.1283791670955125738961589031215452L) * std::exp(-z * z) * z_low) / 2;
  }
};
struct reference_normal_pdf {
  template <class R>
  R operator()(R v) const {
    // The square as a sum of two numbers.
    const R square = v * v;
    const R rest = std::isinf(square) ? R(0) : std::fma(v, v, -square);
    return R(0.39894228040143267793994605993438L) * std::exp(-square / 2) * (1 - rest / 2);
  }
};
struct reference_gelu {
  template <class R>
  R operator()(R v) const {
    return std::isinf(v) && v < 0 ? R(-0.0) : v * reference_normal_cdf{}(v);
  }
};
struct reference_gelu_approximate {
  template <class R>
  R operator()(R v) const {
    if (std::isinf(v) && v < 0) return R(-0.0);
    const R u = R(1.5957691216057307117597842397375L) * (v + R(0.044715L) * v * v * v);
    return v * reference_sigmoid{}(u);
  }
};
struct reference_silu {
  template <class R>
  R operator()(R v) const {
    return std::isinf(v) && v < 0 ? R(-0.0) : v * reference_sigmoid{}(v);
  }
};
struct reference_mish {
  template <class R>
  R operator()(R v) const {
    if (v > 60) return v;
    if (std::isinf(v)) return R(-0.0);
    const R e = std::exp(v);
    return v * (e * (e + 2) / (e * (e + 2) + 2));
  }
};
struct reference_tanh_shrink {
  template <class R>
  R operator()(R v) const {
    if (!(std::abs(v) < 1)) return v - std::tanh(v);
    // tanh(v) = v / (1 + t) with the continued fraction t = v^2 / (3 + v^2 / (5 + ...)).
    R t = 0;
    for (int k = 31; k >= 3; k -= 2) t = v * v / (R(k) + t);
    return v * t / (1 + t);
  }
};
struct reference_selu {
  template <class R>
  R operator()(R v) const {
    // Keras's constants are these doubles.
    const R scale = 1.0507009873554804934193349852946;
    const R alpha = 1.6732632423543772848170429916717;
    return v > 0 ? scale * v : scale * alpha * std::expm1(v);
  }
};
struct reference_elu {
  template <class R>
  R operator()(R v) const {
    return v > 0 ? v : std::expm1(v);
  }
};
struct reference_celu {
  template <class R>
  R operator()(R v) const {
    return v > 0 ? v : R(0.5) * std::expm1(2 * v);
  }
};
struct reference_gauss {
  template <class R>
  R operator()(R v) const {
    const R square = v * v;
    return std::isinf(v) ? R(0) : std::exp(-square) * (1 - std::fma(v, v, -square));
  }
};
struct reference_third {
  template <class R>
  R operator()(R v) const {
    return std::exp(v / 3);
  }
};
struct reference_softsign {
  template <class R>
  R operator()(R v) const {
    return std::isinf(v) ? std::copysign(R(1), v) : v / (1 + std::abs(v));
  }
};
struct reference_squareplus {
  template <class R>
  R operator()(R v) const {
    const R root = std::sqrt(v * v + 4);
    return v < 0 ? 2 / (root - v) : v / 2 + root / 2;
  }
};
struct reference_hard_sigmoid {
  template <class R>
  R operator()(R v) const {
    return std::clamp(v + 3, R(0), R(6)) / 6;
  }
};
struct reference_hard_silu {
  template <class R>
  R operator()(R v) const {
    return v <= -3 ? R(-0.0) : v * reference_hard_sigmoid{}(v);
  }
};
struct reference_sparse_plus {
  template <class R>
  R operator()(R v) const {
    return v <= -1 ? 0 : v >= 1 ? v : (v + 1) * (v + 1) / 4;
  }
};
struct reference_leaky_relu {
  template <class R>
  R operator()(R v) const {
    return v >= 0 ? v : R(0.125) * v;
  }
};

/// Errors of what is absolutely accurate are counted in units of the larger of 1 and the result.
template <class Reference>
struct absolutely : Reference {
  template <class R>
  static R term(R v) {
    return std::max(R(1), std::abs(Reference{}(v)));
  }
};

}  // namespace fusor::test
