// SPDX-License-Identifier: BSL-1.0
#define BOOST_TEST_MODULE language_print
#include <boost/test/unit_test.hpp>
#include <fusor/fusor.hpp>
#include <type_traits>

using namespace fusor;

// The text of the source compiled to the expression; printing gives the same text. So what is
// printed compiles back to the same expression.
#define PRINTS_AS_WRITTEN(...) BOOST_TEST(to_string(__VA_ARGS__) == #__VA_ARGS__)

BOOST_AUTO_TEST_CASE(operators_with_as_few_parentheses_as_possible) {
  PRINTS_AS_WRITTEN(x);
  PRINTS_AS_WRITTEN(input<7>);
  PRINTS_AS_WRITTEN(x + y + z);
  PRINTS_AS_WRITTEN(x + (y + z));
  PRINTS_AS_WRITTEN(x - (y - z));
  PRINTS_AS_WRITTEN(x * y / z);
  PRINTS_AS_WRITTEN(x * (y / z));
  PRINTS_AS_WRITTEN((x + y) * z);
  PRINTS_AS_WRITTEN(x + y * z);
  PRINTS_AS_WRITTEN(-x * y);
  PRINTS_AS_WRITTEN(-(x * y));
  PRINTS_AS_WRITTEN(-(-x));
  PRINTS_AS_WRITTEN(x - -1);
  PRINTS_AS_WRITTEN(0.1 * x + 1e-30);
  PRINTS_AS_WRITTEN(x * 1.0507009873554805);
  PRINTS_AS_WRITTEN(x < infinity);
  PRINTS_AS_WRITTEN(where(x > 1 && y <= 2, x, 0));
  PRINTS_AS_WRITTEN(where((x > 1 && y <= 2) || !(x == y), x, -1));
  PRINTS_AS_WRITTEN(where(x != y || (x < y || x >= z), 1, x));
}

BOOST_AUTO_TEST_CASE(functions) {
  PRINTS_AS_WRITTEN(x * tanh(softplus(x)));
  PRINTS_AS_WRITTEN(min(abs(x), max(sqrt(y), rsqrt(z))));
  PRINTS_AS_WRITTEN(clamp(square(x), -1, 1) + sign(x));
  PRINTS_AS_WRITTEN(exp(expm1(log(log1p(x)))));
  PRINTS_AS_WRITTEN(sinh(x) / cosh(x) + log_cosh(y));
  PRINTS_AS_WRITTEN(erf(x) - erfc(x) + normal_cdf(x) * hypot(x, 2));
  PRINTS_AS_WRITTEN(exp2(x) * log2(y) - log10(z));
  PRINTS_AS_WRITTEN(atan(x) + asinh(y) * cbrt(z));
  PRINTS_AS_WRITTEN(sin(x) / cos(x));
  PRINTS_AS_WRITTEN(pow(x, 2.5) - pow(2, -y));
  PRINTS_AS_WRITTEN(round(x) - floor(y) + ceil(x) * trunc(z));
  PRINTS_AS_WRITTEN(sigmoid(x));
  PRINTS_AS_WRITTEN(outputs(x + y, x * y));
}

BOOST_AUTO_TEST_CASE(literals_that_stand_alone_say_so) {
  PRINTS_AS_WRITTEN(literal{2} + literal{3});
  BOOST_TEST(to_string(literal{2}) == "literal{2}");
  static_assert(std::is_same_v<decltype(literal{2} + literal{3}),
                               decltype(detail::lift(2) + detail::lift(3))>);
}

BOOST_AUTO_TEST_CASE(parts_that_are_switched_off_are_not_printed) {
  BOOST_TEST(to_string(relu) == "max(x, 0)");
  BOOST_TEST(to_string(relu(x, {.max_value = 6})) == "clamp(max(x, 0), 0, 6)");
  BOOST_TEST(to_string(leaky_relu) == "where(x >= 0, x, 0.2 * x)");
  BOOST_TEST(to_string(gelu) == "x * normal_cdf(x)");
  BOOST_TEST(to_string([](auto a, auto b) { return a * sigmoid(b); }) == "x * sigmoid(y)");
}

BOOST_AUTO_TEST_CASE(reductions) {
  PRINTS_AS_WRITTEN(exp(x - reduce_max(x)));
  PRINTS_AS_WRITTEN(reduce_sum(x * y, {.axis = 0}) / reduce_mean(x, {.axis = {0, -2}}));
  PRINTS_AS_WRITTEN(reduce_prod(x, {.axis = all_axes}) - reduce_min(x));
  PRINTS_AS_WRITTEN(first_half(x) * sigmoid(second_half(x, {.axis = 1})));
  BOOST_TEST(to_string(softmax) == "exp(x - reduce_max(x)) / reduce_sum(exp(x - reduce_max(x)))");
}
