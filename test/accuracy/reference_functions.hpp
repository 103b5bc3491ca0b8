// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <type_traits>

/// References of functions, in the type of their argument, by formulas that lose nothing there:
/// double, long double, or a number of MPFR. The functions of C are those of <cmath> for the types
/// of the language, and of mpfr_number.hpp for the other.
namespace fusor::test {
namespace references {

using std::abs, std::asinh, std::atan, std::cbrt, std::ceil, std::copysign, std::cos, std::cosh,
    std::erf, std::erfc, std::exp, std::exp2, std::expm1, std::floor, std::fma, std::hypot,
    std::isinf, std::isnan, std::log, std::log10, std::log1p, std::log2, std::nearbyint, std::pow,
    std::sin, std::sinh, std::sqrt, std::tanh, std::trunc;

/// A parameter of a reference, as Fusor holds it.
struct reference_parameter {
  double value;
  constexpr reference_parameter(double given) : value(given) {}
};

/// The sum of two numbers, for what is magnified behind it.
template <class R>
struct sum_of_two {
  R high, low;
};
template <class R>
sum_of_two<R> exact_sum(R a, R b) {
  const R high = a + b;
  const R part = high - a;
  return {high, (a - (high - part)) + (b - part)};
}
template <class R>
sum_of_two<R> exact_product(R a, R b) {
  const R high = a * b;
  return {high, isinf(high) ? R(0) : R(fma(a, b, -high))};
}
template <class R>
sum_of_two<R> exact_product(sum_of_two<R> a, R b) {
  const auto [high, low] = exact_product(a.high, b);
  return {high, isinf(high) ? R(0) : R(low + a.low * b)};
}

struct reference_identity {
  auto operator()(auto v) const {
    return v;
  }
};
struct reference_negative {
  auto operator()(auto v) const {
    return -v;
  }
};
struct reference_abs {
  template <class R>
  R operator()(R v) const {
    return abs(v);
  }
};
struct reference_sign {
  template <class R>
  R operator()(R v) const {
    return v > 0 ? R(1) : v < 0 ? R(-1) : v;
  }
};
struct reference_square {
  template <class R>
  R operator()(R v) const {
    return v * v;
  }
};
struct reference_inverse {
  template <class R>
  R operator()(R v) const {
    return 1 / v;
  }
};
struct reference_sqrt {
  template <class R>
  R operator()(R v) const {
    return sqrt(v);
  }
};
struct reference_round {
  template <class R>
  R operator()(R v) const {
    return nearbyint(v);
  }
};
struct reference_floor {
  template <class R>
  R operator()(R v) const {
    return floor(v);
  }
};
struct reference_ceil {
  template <class R>
  R operator()(R v) const {
    return ceil(v);
  }
};
struct reference_trunc {
  template <class R>
  R operator()(R v) const {
    return trunc(v);
  }
};
struct reference_exp {
  auto operator()(auto v) const {
    return exp(v);
  }
};
struct reference_exp2 {
  auto operator()(auto v) const {
    return exp2(v);
  }
};
struct reference_expm1 {
  auto operator()(auto v) const {
    return expm1(v);
  }
};
struct reference_log {
  auto operator()(auto v) const {
    return log(v);
  }
};
struct reference_log2 {
  auto operator()(auto v) const {
    return log2(v);
  }
};
struct reference_log10 {
  auto operator()(auto v) const {
    return log10(v);
  }
};
struct reference_log1p {
  auto operator()(auto v) const {
    return log1p(v);
  }
};
struct reference_rsqrt {
  template <class R>
  R operator()(R v) const {
    return 1 / sqrt(v);
  }
};
struct reference_tanh {
  auto operator()(auto v) const {
    return tanh(v);
  }
};
struct reference_sinh {
  auto operator()(auto v) const {
    return sinh(v);
  }
};
struct reference_cosh {
  auto operator()(auto v) const {
    return cosh(v);
  }
};
struct reference_asinh {
  auto operator()(auto v) const {
    return asinh(v);
  }
};
struct reference_atan {
  auto operator()(auto v) const {
    return atan(v);
  }
};
struct reference_cbrt {
  auto operator()(auto v) const {
    return cbrt(v);
  }
};
struct reference_sin {
  auto operator()(auto v) const {
    return sin(v);
  }
};
struct reference_cos {
  auto operator()(auto v) const {
    return cos(v);
  }
};
struct reference_pow {
  template <class R>
  R operator()(R v) const {
    return pow(v, R(2.5));
  }
};
struct reference_power_of {
  template <class R>
  R operator()(R v) const {
    return pow(R(1.5), v);
  }
};
struct reference_log_cosh {
  template <class R>
  R operator()(R v) const {
    const R size = abs(v);
    if (size > 1) return size - log(R(2)) + log1p(exp(-2 * size));
    const R s = sinh(v / 2);
    return log1p(2 * s * s);
  }
};
struct reference_erf {
  auto operator()(auto v) const {
    return erf(v);
  }
};
/// erfc(z + z_low) of a large z, by its continued fraction. The C library loses digits to the
/// square there: 0.2 ULP of double at 27.
template <class R>
R erfc_tail(R z, R z_low) {
  const auto [square, rest] = exact_product(z, z);
  const R e = exp(-square);
  R t = z;
  for (int k = 60; k >= 1; --k) t = z + R(k) / 2 / t;
  return (e - e * (rest + 2 * z * z_low)) / (R(1.7724538509055160272981674833411452L) * t);
}
struct reference_erfc {
  template <class R>
  R operator()(R v) const {
    if constexpr (std::is_same_v<R, long double>) {
      if (v > 6 && !isinf(v)) return erfc_tail(v, 0.0L);
    }
    return erfc(v);
  }
};
}  // namespace references
}  // namespace fusor::test
