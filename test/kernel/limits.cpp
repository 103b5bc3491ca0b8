// SPDX-License-Identifier: BSL-1.0
// Relaxed operations, factors beside functions that vanish, and slopes: what they are at +-0, at
// infinities and NaN.
#define BOOST_TEST_MODULE kernel_limits
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <fusor/fusor.hpp>
#include <limits>

#include "support/limits.hpp"
#include "support/numbers.hpp"
#include "support/targets.hpp"

using namespace fusor;

namespace {

using test::check_nan;
using test::compute_types;
using test::inf;
using test::largest;
using test::nan_of;

// Relaxed operations have the limits of the others, also beside an infinite factor.
BOOST_AUTO_TEST_CASE_TEMPLATE(limits_of_relaxed_operations, T, compute_types) {
  test::on_every_target([] {
    for (const T zero : {T(0), T(-0.0)}) {
      GIVES(gelu(x), zero, zero);
      GIVES(mish(x), zero, zero);
      GIVES(tanh_shrink(x), zero, zero);
    }
    check_nan<relaxed(gelu(x)), T>();
    check_nan<relaxed(mish(x)), T>();
    check_nan<relaxed(softplus(x)), T>();
    check_nan<relaxed(tanh(x)), T>();
    check_nan<relaxed(tanh_shrink(x)), T>();
    check_nan<relaxed(normal_cdf(x)), T>();
    for (const T far : {T(800), largest<T>, inf<T>}) {
      GIVES(relaxed(gelu(x)), far, far);
      GIVES(relaxed(gelu(x)), -far, -0.0);
      GIVES(relaxed(mish(x)), far, far);
      GIVES(relaxed(mish(x)), -far, -0.0);
      GIVES(relaxed(softplus(x)), far, far);
      GIVES(relaxed(softplus(x)), -far, 0);
      GIVES(relaxed(log_sigmoid(x)), far, -0.0);
      GIVES(relaxed(tanh(x)), far, 1);
      GIVES(relaxed(tanh(x)), -far, -1);
      GIVES(relaxed(normal_cdf(x)), far, 1);
      GIVES(relaxed(normal_cdf(x)), -far, 0);
      GIVES(relaxed(tanh_shrink(x)), far, far - 1);
      BOOST_TEST(test::is_same(kernel<y * relaxed(gelu(x))>(T(100), far), 100 * far));
      BOOST_TEST(test::is_same(kernel<relaxed(y * normal_cdf(x))>(T(-800), far), T(0)));
      BOOST_TEST(test::is_same(kernel<relaxed(y * tanh(softplus(x)))>(T(-800), far), T(0)));
      BOOST_TEST(test::is_same(kernel<relaxed(y * tanh(softplus(x)))>(T(800), far), far));
    }
    for (const T zero : {T(0), T(-0.0)}) {
      GIVES(relaxed(gelu(x)), zero, zero);
      GIVES(relaxed(mish(x)), zero, zero);
      GIVES(relaxed(tanh(x)), zero, zero);
      GIVES(relaxed(tanh_shrink(x)), zero, 0);
    }
  });
}

/// A factor beside a function that is 0 at -infinity, or at both ends.
template <auto Function, class T>
void check_factor() {
  BOOST_TEST(test::is_nan(kernel<Function>(nan_of<T>)), Function);
  BOOST_TEST(test::is_nan(kernel<y * Function>(nan_of<T>, T(1))), Function);
  BOOST_TEST(test::is_nan(kernel<y * Function>(T(1), nan_of<T>)), Function);
  for (const T factor : {T(1), largest<T> / 64, -largest<T> / 64}) {
    for (T at = -4; at <= 4; at += T(1) / 8) {
      const long double exact =
          static_cast<long double>(factor) * static_cast<long double>(kernel<Function>(at));
      BOOST_TEST(std::abs(kernel<y * Function>(at, factor) - T(exact)) <=
                     std::abs(T(exact)) * 4 * std::numeric_limits<T>::epsilon(),
                 Function << " at " << at << " times " << factor);
    }
    for (const T far : {T(2000), largest<T>, inf<T>}) {
      BOOST_TEST(kernel<y * Function>(-far, factor) == T(0), Function);
    }
  }
  BOOST_TEST(kernel<y * Function>(-inf<T>, inf<T>) == T(0), Function);
  BOOST_TEST(kernel<y * Function>(T(1), -inf<T>) == -inf<T>, Function);
}
BOOST_AUTO_TEST_CASE_TEMPLATE(factors, T, compute_types) {
  test::on_every_target([] {
    check_factor<exp(x), T>();
    check_factor<sigmoid(x), T>();
    check_factor<logistic_pdf(x), T>();
    check_factor<normal_cdf(x), T>();
    check_factor<normal_pdf(x), T>();
    check_factor<tanh(softplus(x)), T>();
    check_factor<derivative(silu(x)), T>();
    check_factor<derivative(gelu(x)), T>();
    check_factor<derivative(mish(x)), T>();
    check_factor<relaxed(sigmoid(x)), T>();
    check_factor<relaxed(normal_cdf(x)), T>();
    check_factor<relaxed(tanh(softplus(x))), T>();
  });
}

/// The slope of a function that rises from 0 to x, by itself and with a factor.
template <auto Slope, class T>
void check_limits_of_slope() {
  BOOST_TEST(test::is_nan(kernel<Slope>(nan_of<T>)), Slope);
  BOOST_TEST(test::is_nan(kernel<y * Slope>(nan_of<T>, T(1))), Slope);
  BOOST_TEST(test::is_nan(kernel<y * Slope>(T(1), nan_of<T>)), Slope);
  BOOST_TEST(kernel<Slope>(T(0)) == kernel<Slope>(T(-0.0)), Slope);
  for (const T far : {T(2000), largest<T>, inf<T>}) {
    BOOST_TEST(kernel<Slope>(far) == T(1), Slope);
    BOOST_TEST(kernel<Slope>(-far) == T(0), Slope);
    for (const T factor : {largest<T>, inf<T>}) {
      BOOST_TEST(kernel<y * Slope>(far, factor) == factor, Slope);
      BOOST_TEST(kernel<y * Slope>(-far, factor) == T(0), Slope);
      BOOST_TEST(kernel<y * Slope>(T(0), -factor) < T(-1e30), Slope);
    }
  }
}
BOOST_AUTO_TEST_CASE_TEMPLATE(limits_of_slopes, T, compute_types) {
  test::on_every_target([] {
    check_limits_of_slope<derivative(silu(x)), T>();
    check_limits_of_slope<derivative(mish(x)), T>();
    check_limits_of_slope<derivative(gelu(x)), T>();
    check_limits_of_slope<relaxed(derivative(silu(x))), T>();
    check_limits_of_slope<relaxed(derivative(mish(x))), T>();
    check_limits_of_slope<relaxed(derivative(gelu(x))), T>();
    // Both are e^x (1 + x) to the last digit here, and a factor is multiplied in before that
    // underflows.
    const bool is_float = sizeof(T) == 4;
    for (const T far : {is_float ? T(-90) : T(-720), is_float ? T(-190) : T(-1430)}) {
      const T factor = is_float ? T(1e38) : T(1e308);
      const long double power = std::exp(static_cast<long double>(far) / 2);
      const auto result =
          T(static_cast<long double>(factor) * power * power * (1 + static_cast<long double>(far)));
      BOOST_TEST(test::steps_between(kernel<y * derivative(silu(x))>(far, factor), result) <= 4u);
      BOOST_TEST(test::steps_between(kernel<y * derivative(mish(x))>(far, factor), result) <= 4u);
    }
    // Where a value and its slope are computed together.
    T value, slope;
    for (const T far : {T(2000), inf<T>}) {
      kernel<outputs(silu(x), derivative(silu(x)))>(&far, &value, &slope, 1);
      BOOST_TEST((value == far && slope == T(1)));
      kernel<outputs(mish(x), derivative(mish(x)))>(&far, &value, &slope, 1);
      BOOST_TEST((value == far && slope == T(1)));
    }
  });
}

}  // namespace
