// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cmath>
#include <type_traits>

#include "accuracy/reference_functions.hpp"

/// References of activations and of what belongs to them.
namespace fusor::test {
namespace references {

struct reference_sigmoid {
  template <class R>
  R operator()(R v) const {
    return v >= 0 ? R(1 / (1 + exp(-v))) : R(exp(v) / (1 + exp(v)));
  }
};
struct reference_logistic_pdf {
  template <class R>
  R operator()(R v) const {
    const R e = exp(-abs(v));
    return e / ((1 + e) * (1 + e));
  }
};
struct reference_softplus {
  template <class R>
  R operator()(R v) const {
    return std::max(v, R(0)) + log1p(exp(-abs(v)));
  }
};
struct reference_log_sigmoid {
  auto operator()(auto v) const {
    return -reference_softplus{}(-v);
  }
};
struct reference_normal_cdf {
  template <class R>
  R operator()(R v) const {
    if (isinf(v)) return v > 0 ? R(1) : R(0);
    if constexpr (std::is_floating_point_v<R>) {
      // v / sqrt(2) as a sum of two numbers: the tail of erfc magnifies what rounding it loses.
      constexpr long double root = 0.70710678118654752440084436210484903928L;
      constexpr long double root_low = 1.8950325588932571e-20L;
      const R high = static_cast<R>(root);
      const R low = static_cast<R>(root - high) + (sizeof(R) > 8 ? static_cast<R>(root_low) : R(0));
      const R z = -v * high;
      const R z_low = fma(-v, high, -z) - v * low;
      if (sizeof(R) > 8 && z > 6) return erfc_tail(z, z_low) / 2;
      return (erfc(z) - R(1.1283791670955125738961589031215452L) * exp(-z * z) * z_low) / 2;
    } else {
      return erfc(-v / sqrt(R(2))) / 2;
    }
  }
};
struct reference_normal_pdf {
  template <class R>
  R operator()(R v) const {
    const auto [square, rest] = exact_product(v, v);
    if constexpr (std::is_floating_point_v<R>) {
      const R e = exp(-square / 2);
      return R(0.39894228040143267793994605993438L) * (e - e * rest / 2);
    } else {
      return exp(-square / 2) / sqrt(8 * atan(R(1)));
    }
  }
};
struct reference_gelu {
  template <class R>
  R operator()(R v) const {
    return isinf(v) && v < 0 ? R(-0.0) : R(v * reference_normal_cdf{}(v));
  }
};
struct reference_gelu_approximate {
  template <class R>
  R operator()(R v) const {
    if (isinf(v) && v < 0) return R(-0.0);
    // Fusor's constants are these doubles. The argument of the sigmoid as a sum of two numbers:
    // its tail magnifies what rounding it loses.
    const auto cubic = exact_product(exact_product(v, v), R(0.044715));
    const auto [one, one_low] = exact_sum(R(1), cubic.high);
    const auto [u, u_low] = exact_product(
        exact_product(sum_of_two<R>{one, isinf(one) ? R(0) : R(one_low + cubic.low)}, v),
        R(1.5957691216057307117597842397375));
    if (u >= 0) return v / (1 + exp(-u));
    const R e = exp(u) + exp(u) * u_low;
    return v * (e / (1 + e));
  }
};
struct reference_silu {
  template <class R>
  R operator()(R v) const {
    return isinf(v) && v < 0 ? R(-0.0) : R(v * reference_sigmoid{}(v));
  }
};
struct reference_mish {
  template <class R>
  R operator()(R v) const {
    if (v > 60) return v;
    if (isinf(v)) return R(-0.0);
    const R e = exp(v);
    return v * (e * (e + 2) / (e * (e + 2) + 2));
  }
};
struct reference_tanh_shrink {
  template <class R>
  R operator()(R v) const {
    if (!(abs(v) < 1)) return v - tanh(v);
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
    return v > 0 ? R(scale * v) : R(scale * alpha * expm1(v));
  }
};
template <reference_parameter Alpha = 1.0>
struct reference_elu {
  template <class R>
  R operator()(R v) const {
    return v > 0 ? v : R(R(Alpha.value) * expm1(v));
  }
};
template <reference_parameter Alpha = 0.5>
struct reference_celu {
  template <class R>
  R operator()(R v) const {
    return v > 0 ? v : R(R(Alpha.value) * expm1(v / R(Alpha.value)));
  }
};
struct reference_gauss {
  template <class R>
  R operator()(R v) const {
    const auto [square, rest] = exact_product(v, v);
    const R e = exp(-square);
    return e - e * rest;
  }
};
struct reference_third {
  template <class R>
  R operator()(R v) const {
    const R third = v / 3, e = exp(third);
    return isinf(third) || isinf(e) ? e : R(e + e * R(fma(R(-3), third, v)) / 3);
  }
};
struct reference_softsign {
  template <class R>
  R operator()(R v) const {
    return isinf(v) ? copysign(R(1), v) : R(v / (1 + abs(v)));
  }
};
template <reference_parameter B = 4.0>
struct reference_squareplus {
  template <class R>
  R operator()(R v) const {
    const R root = sqrt(v * v + R(B.value));
    return v < 0 ? R(R(B.value) / 2 / (root - v)) : R(v / 2 + root / 2);
  }
};
struct reference_hard_sigmoid {
  template <class R>
  R operator()(R v) const {
    return v <= -3 ? R(0) : v >= 3 ? R(1) : R((v + 3) / 6);
  }
};
struct reference_hard_silu {
  template <class R>
  R operator()(R v) const {
    return v <= -3 ? R(-0.0) : R(v * reference_hard_sigmoid{}(v));
  }
};
struct reference_hard_tanh {
  template <class R>
  R operator()(R v) const {
    return v < -1 ? R(-1) : v > 1 ? R(1) : v;
  }
};
struct reference_sparse_plus {
  template <class R>
  R operator()(R v) const {
    return v <= -1 ? R(0) : v >= 1 ? v : R((v + 1) * (v + 1) / 4);
  }
};
struct reference_sparse_sigmoid {
  template <class R>
  R operator()(R v) const {
    return v <= -1 ? R(0) : v >= 1 ? R(1) : R((v + 1) / 2);
  }
};
template <reference_parameter Slope = 0.125>
struct reference_leaky_relu {
  template <class R>
  R operator()(R v) const {
    return v >= 0 ? v : R(R(Slope.value) * v);
  }
};
/// Keras's relu, piece by piece.
template <reference_parameter Slope = 0.0, reference_parameter Largest = HUGE_VAL,
          reference_parameter Threshold = 0.0>
struct reference_relu {
  template <class R>
  R operator()(R v) const {
    const R threshold = Threshold.value, largest = Largest.value;
    if (v <= threshold) {
      return Slope.value != 0 ? R(R(Slope.value) * (v - threshold))
                              : R(v == 0 && threshold == 0 ? v : R(0));
    }
    // With a slope, 0 is added.
    return v < 0 ? R(0) : v > largest ? largest : Slope.value != 0 ? R(v + 0) : v;
  }
};
template <reference_parameter Threshold = 0.5>
struct reference_hard_shrink {
  template <class R>
  R operator()(R v) const {
    return abs(v) <= R(Threshold.value) ? R(0) : v;
  }
};
template <reference_parameter Threshold = 0.5>
struct reference_soft_shrink {
  template <class R>
  R operator()(R v) const {
    const R threshold = Threshold.value;
    return v > threshold ? R(v - threshold) : v < -threshold ? R(v + threshold) : R(v - v);
  }
};
template <reference_parameter Threshold, reference_parameter Default>
struct reference_threshold {
  template <class R>
  R operator()(R v) const {
    return v <= R(Threshold.value) ? R(Default.value) : v;
  }
};

/// Errors of what is absolutely accurate are counted in units of the larger of 1 and the result.
template <class Reference>
struct absolutely : Reference {
  template <class R>
  static R term(R v) {
    return std::max(R(1), R(abs(Reference{}(v))));
  }
};

}  // namespace references

using namespace references;

}  // namespace fusor::test
