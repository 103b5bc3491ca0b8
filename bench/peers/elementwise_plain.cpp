// SPDX-License-Identifier: BSL-1.0
// A loop with the functions of the standard library, compiled several ways: BENCH_PLAIN is the
// namespace of one, BENCH_PLAIN_NAME its column.
#include <cmath>

#include "elementwise_formulas.hpp"

namespace bench::BENCH_PLAIN {

namespace {

template <class T>
struct math {
  static constexpr std::size_t lanes = 1;
  static T load(const T* p) {
    return *p;
  }
  static void store(T* p, T x) {
    *p = x;
  }
  static constexpr T set(double x) {
    return static_cast<T>(x);
  }
  static T max(T a, T b) {
    return a > b ? a : b;
  }
  static T min(T a, T b) {
    return a < b ? a : b;
  }
  static T abs(T x) {
    return std::abs(x);
  }
  static T sqrt(T x) {
    return std::sqrt(x);
  }
  static T exp(T x) {
    return std::exp(x);
  }
  static T expm1(T x) {
    return std::expm1(x);
  }
  static T log1p(T x) {
    return std::log1p(x);
  }
  static T erf(T x) {
    return std::erf(x);
  }
  static T erfc(T x) {
    return std::erfc(x);
  }
  static T tanh(T x) {
    return std::tanh(x);
  }
  static T select(bool condition, T yes, T no) {
    return condition ? yes : no;
  }
};

}  // namespace

library plain() {
  return {BENCH_PLAIN_NAME, by_formulas<math<float>>, by_formulas<math<double>>};
}

}  // namespace bench::BENCH_PLAIN
