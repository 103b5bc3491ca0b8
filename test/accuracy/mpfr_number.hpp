// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mpfr.h>

namespace fusor::test::multiprecision {

/// A number of MPFR with 256 bits, as far as the references need one.
class mpfr_number {
 public:
  mpfr_number() : mpfr_number(0.0) {}
  mpfr_number(int value) : mpfr_number(static_cast<double>(value)) {}
  mpfr_number(double value) {
    mpfr_init2(value_, bits);
    mpfr_set_d(value_, value, MPFR_RNDN);
  }
  mpfr_number(long double value) {
    mpfr_init2(value_, bits);
    mpfr_set_ld(value_, value, MPFR_RNDN);
  }
  mpfr_number(const mpfr_number& other) {
    mpfr_init2(value_, bits);
    mpfr_set(value_, other.value_, MPFR_RNDN);
  }
  mpfr_number& operator=(const mpfr_number& other) {
    mpfr_set(value_, other.value_, MPFR_RNDN);
    return *this;
  }
  ~mpfr_number() {
    mpfr_clear(value_);
  }

  explicit operator double() const {
    return mpfr_get_d(value_, MPFR_RNDN);
  }
  explicit operator long double() const {
    return mpfr_get_ld(value_, MPFR_RNDN);
  }

  /// The exponent e of a number in [2^(e - 1), 2^e), as of std::frexp.
  long exponent() const {
    return mpfr_get_exp(value_);
  }
  bool is_nan() const {
    return mpfr_nan_p(value_) != 0;
  }
  bool is_negative() const {
    return mpfr_signbit(value_) != 0;
  }
  bool is_ordinary() const {
    return mpfr_regular_p(value_) != 0;
  }

  using mpfr_unary = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);
  friend mpfr_number apply(mpfr_unary function, const mpfr_number& a) {
    mpfr_number result;
    function(result.value_, a.value_, MPFR_RNDN);
    return result;
  }
  using mpfr_binary = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t);
  friend mpfr_number apply(mpfr_binary function, const mpfr_number& a, const mpfr_number& b) {
    mpfr_number result;
    function(result.value_, a.value_, b.value_, MPFR_RNDN);
    return result;
  }
  using mpfr_whole = int (*)(mpfr_ptr, mpfr_srcptr);
  friend mpfr_number apply(mpfr_whole function, const mpfr_number& a) {
    mpfr_number result;
    function(result.value_, a.value_);
    return result;
  }
  friend mpfr_number fma(const mpfr_number& a, const mpfr_number& b, const mpfr_number& c) {
    mpfr_number result;
    mpfr_fma(result.value_, a.value_, b.value_, c.value_, MPFR_RNDN);
    return result;
  }

  friend bool operator<(const mpfr_number& a, const mpfr_number& b) {
    return mpfr_less_p(a.value_, b.value_) != 0;
  }
  friend bool operator<=(const mpfr_number& a, const mpfr_number& b) {
    return mpfr_lessequal_p(a.value_, b.value_) != 0;
  }
  friend bool operator>(const mpfr_number& a, const mpfr_number& b) {
    return b < a;
  }
  friend bool operator>=(const mpfr_number& a, const mpfr_number& b) {
    return b <= a;
  }
  friend bool operator==(const mpfr_number& a, const mpfr_number& b) {
    return mpfr_equal_p(a.value_, b.value_) != 0;
  }
  friend bool isinf(const mpfr_number& a) {
    return mpfr_inf_p(a.value_) != 0;
  }
  friend mpfr_number ldexp(const mpfr_number& a, long exponent) {
    mpfr_number result;
    mpfr_mul_2si(result.value_, a.value_, exponent, MPFR_RNDN);
    return result;
  }

  // clang-format off
  friend mpfr_number operator+(const mpfr_number& a, const mpfr_number& b) { return apply(mpfr_add, a, b); }
  friend mpfr_number operator-(const mpfr_number& a, const mpfr_number& b) { return apply(mpfr_sub, a, b); }
  friend mpfr_number operator*(const mpfr_number& a, const mpfr_number& b) { return apply(mpfr_mul, a, b); }
  friend mpfr_number operator/(const mpfr_number& a, const mpfr_number& b) { return apply(mpfr_div, a, b); }
  friend mpfr_number pow(const mpfr_number& a, const mpfr_number& b) { return apply(mpfr_pow, a, b); }
  friend mpfr_number hypot(const mpfr_number& a, const mpfr_number& b) { return apply(mpfr_hypot, a, b); }
  friend mpfr_number copysign(const mpfr_number& a, const mpfr_number& b) { return apply(mpfr_copysign, a, b); }
  // mpfr_neg and mpfr_abs are also macros.
  friend mpfr_number operator-(const mpfr_number& a) { return apply((mpfr_neg), a); }
  friend mpfr_number abs(const mpfr_number& a) { return a.is_negative() ? -a : a; }
  friend mpfr_number nearbyint(const mpfr_number& a) { return apply(mpfr_rint, a); }
  friend mpfr_number floor(const mpfr_number& a) { return apply((mpfr_floor), a); }
  friend mpfr_number ceil(const mpfr_number& a) { return apply((mpfr_ceil), a); }
  friend mpfr_number trunc(const mpfr_number& a) { return apply((mpfr_trunc), a); }
  friend mpfr_number sqrt(const mpfr_number& a) { return apply(mpfr_sqrt, a); }
  friend mpfr_number cbrt(const mpfr_number& a) { return apply(mpfr_cbrt, a); }
  friend mpfr_number exp(const mpfr_number& a) { return apply(mpfr_exp, a); }
  friend mpfr_number exp2(const mpfr_number& a) { return apply(mpfr_exp2, a); }
  friend mpfr_number expm1(const mpfr_number& a) { return apply(mpfr_expm1, a); }
  friend mpfr_number log(const mpfr_number& a) { return apply(mpfr_log, a); }
  friend mpfr_number log2(const mpfr_number& a) { return apply(mpfr_log2, a); }
  friend mpfr_number log10(const mpfr_number& a) { return apply(mpfr_log10, a); }
  friend mpfr_number log1p(const mpfr_number& a) { return apply(mpfr_log1p, a); }
  friend mpfr_number sin(const mpfr_number& a) { return apply(mpfr_sin, a); }
  friend mpfr_number cos(const mpfr_number& a) { return apply(mpfr_cos, a); }
  friend mpfr_number atan(const mpfr_number& a) { return apply(mpfr_atan, a); }
  friend mpfr_number tanh(const mpfr_number& a) { return apply(mpfr_tanh, a); }
  friend mpfr_number sinh(const mpfr_number& a) { return apply(mpfr_sinh, a); }
  friend mpfr_number cosh(const mpfr_number& a) { return apply(mpfr_cosh, a); }
  friend mpfr_number asinh(const mpfr_number& a) { return apply(mpfr_asinh, a); }
  friend mpfr_number erf(const mpfr_number& a) { return apply(mpfr_erf, a); }
  friend mpfr_number erfc(const mpfr_number& a) { return apply(mpfr_erfc, a); }
  // clang-format on

 private:
  static constexpr mpfr_prec_t bits = 256;
  mpfr_t value_;
};

}  // namespace fusor::test::multiprecision
