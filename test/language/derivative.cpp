// SPDX-License-Identifier: BSL-1.0
// Derivatives as formulas: their text, and their values at kinks, at infinity and in the tails.
#define BOOST_TEST_MODULE language_derivative
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <fusor/fusor.hpp>
#include <limits>
#include <string>
#include <vector>

namespace {

using namespace fusor;

constexpr float inf = std::numeric_limits<float>::infinity();
constexpr float no_number = std::numeric_limits<float>::quiet_NaN();

template <auto Formula>
float at(float value) {
  return kernel<Formula>(value);
}

/// Whether two numbers differ by at most so many times 2^-24.
bool is_close(float result, double expected, double units = 6) {
  return std::abs(static_cast<double>(result) - expected) <= units * 0x1p-24 * std::abs(expected);
}

constexpr auto mish_by_hand = x * tanh(softplus(x));

}  // namespace

BOOST_AUTO_TEST_CASE(a_derivative_is_a_formula) {
  BOOST_TEST(to_string(derivative(x)) == "literal{1}");
  BOOST_TEST(to_string(derivative(x, y)) == "literal{0}");
  BOOST_TEST(to_string(derivative(x * y)) == "y");
  BOOST_TEST(to_string(derivative(x * x)) == "x + x");
  BOOST_TEST(to_string(derivative(x - 3 * x * y, y)) == "-(3 * x)");
  BOOST_TEST(to_string(derivative(x / y, y)) == "-(x / y / y)");
  BOOST_TEST(to_string(derivative(softplus)) == "sigmoid(x)");
  BOOST_TEST(to_string(derivative(tanh(x))) == "4 * logistic_pdf(2 * x)");
  BOOST_TEST(to_string(derivative(silu)) == "sigmoid(x) + x * logistic_pdf(x)");
  BOOST_TEST(to_string(derivative(silu(2 * x))) ==
             "2 * sigmoid(2 * x) + 4 * x * logistic_pdf(2 * x)");
  BOOST_TEST(to_string(derivative(tanh_shrink)) == "square(tanh(x))");
  BOOST_TEST(to_string(derivative(softsign)) == "square(1 / (1 + abs(x)))");
  BOOST_TEST(to_string(derivative(derivative(softplus))) == "logistic_pdf(x)");
  BOOST_TEST(to_string(vjp(log_softmax(x) * y, z, y)) == "z * (" + to_string(log_softmax) + ")");
  // Composed and called like any other.
  BOOST_TEST(to_string(derivative(square(x))(y)) == to_string(2 * y));
}

BOOST_AUTO_TEST_CASE(a_formula_by_hand_has_the_derivative_of_the_activation) {
  BOOST_TEST((same_kernel<derivative(mish_by_hand), derivative(mish)>));
  BOOST_TEST((same_kernel<derivative(x * sigmoid(x)), derivative(silu)>));
  BOOST_TEST((same_kernel<derivative([](auto v) { return v * sigmoid(v); }), derivative(silu)>));
  BOOST_TEST((same_kernel<derivative(celu), derivative(elu)>));
}

BOOST_AUTO_TEST_CASE(kinks_are_those_of_keras) {
  BOOST_TEST(at<derivative(relu)>(0) == 0);
  BOOST_TEST(at<derivative(max(0, x))>(0) == 0);
  BOOST_TEST(at<derivative(relu)>(1e-30f) == 1);
  BOOST_TEST(at<derivative(relu6)>(0) == 0);
  BOOST_TEST(at<derivative(relu6)>(6) == 0);
  BOOST_TEST(at<derivative(hard_tanh)>(-1) == 0);
  BOOST_TEST(at<derivative(hard_tanh)>(1) == 0);
  BOOST_TEST(at<derivative(hard_sigmoid)>(-3) == 0);
  BOOST_TEST(at<derivative(hard_sigmoid)>(3) == 0);
  BOOST_TEST(at<derivative(hard_sigmoid)>(0) == 1.0f / 6);
  BOOST_TEST(at<derivative(abs(x))>(0) == 0);
  BOOST_TEST(at<derivative(leaky_relu)>(0) == 1);
  BOOST_TEST(at<derivative(elu)>(0) == 1);
  BOOST_TEST(at<derivative(elu(x, {.alpha = 0.5}))>(0) == 0.5);
  BOOST_TEST(at<derivative(soft_shrink)>(0.5f) == 0);
  BOOST_TEST(at<derivative(soft_shrink)>(0.75f) == 1);
  BOOST_TEST(at<derivative(soft_shrink)>(0.25f) == 0);
  BOOST_TEST(at<derivative(hard_shrink)>(0.5f) == 0);
  BOOST_TEST(at<derivative(threshold(x, {.threshold = 1, .default_value = 7}))>(1) == 0);
  BOOST_TEST(at<derivative(sign(x) * x)>(0) == 0);
  // Two expressions that are equal share.
  BOOST_TEST(at<derivative(max(x, 2 * x))>(0) == 1.5);
  BOOST_TEST(at<derivative(min(x, 3 * x))>(0) == 2);
  BOOST_TEST(at<derivative(max(x, 2 * x))>(-1) == 1);
  BOOST_TEST(at<derivative(min(x, 3 * x))>(-1) == 3);
}

BOOST_AUTO_TEST_CASE(a_smooth_formula_is_right_where_its_parts_have_a_kink) {
  BOOST_TEST(at<derivative(softplus)>(0) == 0.5);
  BOOST_TEST(at<derivative(squareplus)>(0) == 0.5);
  BOOST_TEST(at<derivative(softsign)>(0) == 1);
  BOOST_TEST(at<derivative(derivative(tanh(x)))>(0) == 0);
}

BOOST_AUTO_TEST_CASE(nan_stays_nan_where_the_slope_is_not_a_constant) {
  BOOST_TEST(std::isnan(at<derivative(relu)>(no_number)));
  BOOST_TEST(std::isnan(at<derivative(relu6)>(no_number)));
  BOOST_TEST(std::isnan(at<derivative(hard_silu)>(no_number)));
  BOOST_TEST(std::isnan(at<derivative(soft_shrink)>(no_number)));
  BOOST_TEST(std::isnan(at<derivative(max(x, 2 * x))>(no_number)));
  BOOST_TEST(std::isnan(at<derivative(gelu)>(no_number)));
  BOOST_TEST(std::isnan(at<derivative(mish)>(no_number)));
  BOOST_TEST(std::isnan(at<derivative(squareplus)>(no_number)));
}

BOOST_AUTO_TEST_CASE(infinities_give_the_limit) {
  BOOST_TEST(at<derivative(silu)>(-inf) == 0);
  BOOST_TEST(at<derivative(silu)>(inf) == 1);
  BOOST_TEST(at<derivative(gelu)>(-inf) == 0);
  BOOST_TEST(at<derivative(gelu)>(inf) == 1);
  BOOST_TEST(at<derivative(gelu(x, {.approximate = true}))>(-inf) == 0);
  BOOST_TEST(at<derivative(gelu(x, {.approximate = true}))>(inf) == 1);
  BOOST_TEST(at<derivative(mish)>(-inf) == 0);
  BOOST_TEST(at<derivative(mish)>(inf) == 1);
  BOOST_TEST(at<derivative(tanh(x))>(-inf) == 0);
  BOOST_TEST(at<derivative(softplus)>(-inf) == 0);
  BOOST_TEST(at<derivative(elu)>(-inf) == 0);
  BOOST_TEST(at<derivative(selu)>(-inf) == 0);
  BOOST_TEST(at<derivative(softsign)>(-inf) == 0);
  BOOST_TEST(at<derivative(squareplus)>(inf) == 1);
  BOOST_TEST(at<derivative(squareplus)>(-inf) == 0);
  BOOST_TEST(at<derivative(tanh_shrink)>(inf) == 1);
  BOOST_TEST(at<derivative(hard_silu)>(-inf) == 0);
  BOOST_TEST(at<derivative(hard_silu)>(inf) == 1);
  BOOST_TEST(at<derivative(relu6)>(inf) == 0);
  BOOST_TEST(at<derivative(derivative(silu))>(-inf) == 0);
  BOOST_TEST(at<derivative(derivative(gelu))>(inf) == 0);
}

BOOST_AUTO_TEST_CASE(the_tails_keep_their_digits) {
  BOOST_TEST(is_close(at<derivative(gelu)>(-3.7f), -1.46388703e-3, 12));
  BOOST_TEST(is_close(at<derivative(derivative(softplus))>(37.43f), std::exp(-37.43f)));
  BOOST_TEST(is_close(at<derivative(elu)>(-40), std::exp(-40.0)));
  BOOST_TEST(is_close(at<derivative(tanh(x))>(9.5f), 4 * std::exp(-19.0)));
  BOOST_TEST(is_close(at<derivative(silu)>(-80), -79 * std::exp(-80.0)));
  BOOST_TEST(is_close(at<derivative(mish)>(-80), -79 * std::exp(-80.0)));
  BOOST_TEST(is_close(at<derivative(tanh(x))>(45), 4 * std::exp(-90.0), 1e6));
}

BOOST_AUTO_TEST_CASE(a_branch_that_is_not_taken_gives_no_nan) {
  // sqrt(0)' is infinite, and 0 times that is NaN.
  BOOST_TEST(at<derivative(where(x > 0, sqrt(x), x))>(0) == 1);
  BOOST_TEST(at<derivative(where(x > 0, x * log(x), 0))>(-1) == 0);
}

BOOST_AUTO_TEST_CASE(an_author_may_give_the_derivative) {
  constexpr auto cube = with_derivative(x * square(x), 3 * square(x));
  BOOST_TEST(to_string(cube) == "x * square(x)");
  BOOST_TEST((same_kernel<cube, x * square(x)>));
  BOOST_TEST(to_string(derivative(cube)) == "3 * square(x)");
  BOOST_TEST(at<derivative(cube(2 * x))>(1) == 24);
  constexpr auto area = with_derivative(x * y, y, x);
  BOOST_TEST(to_string(derivative(area(y, x * y), y)) == "x * y + y * x");
  // What is stopped is a number to derivatives.
  BOOST_TEST(to_string(derivative(x * stop_gradient(x))) == "x");
  BOOST_TEST((same_kernel<x * stop_gradient(x), square(x)>));
}

BOOST_AUTO_TEST_CASE(a_backward_pass_is_one_kernel) {
  const std::vector<float> in = {-1, 0, 2}, gradient = {3, 4, 5};
  std::vector<float> out(3), value(3), slope(3);
  kernel<y * derivative(relu)>(in, gradient, out);
  BOOST_TEST(out == (std::vector<float>{0, 0, 5}), boost::test_tools::per_element());
  kernel<y * derivative(linear)>(in, gradient, out);
  BOOST_TEST(out == gradient, boost::test_tools::per_element());
  kernel<outputs(softplus, derivative(softplus))>(in, value, slope);
  for (std::size_t i = 0; i < in.size(); ++i) {
    BOOST_TEST(value[i] == kernel<softplus>(in[i]));
    BOOST_TEST(slope[i] == kernel<sigmoid>(in[i]));
  }
}

BOOST_AUTO_TEST_CASE(the_output_gives_the_slope_where_it_was_kept) {
  BOOST_TEST(to_string(derivative_from_output(tanh(x))) == "1 - square(x)");
  BOOST_TEST(to_string(derivative_from_output(sigmoid)) == "x * (1 - x)");
  for (const double value : {-3.0, -0.5, 0.0, 0.25, 2.0}) {
    const auto is_near = [](double a, double b) { return std::abs(a - b) <= 1e-14; };
    BOOST_TEST(is_near(kernel<derivative_from_output(tanh(x))>(std::tanh(value)),
                       kernel<derivative(tanh(x))>(value)));
    BOOST_TEST(is_near(kernel<derivative_from_output(sigmoid)>(kernel<sigmoid>(value)),
                       kernel<derivative(sigmoid)>(value)));
    BOOST_TEST(is_near(kernel<derivative_from_output(softplus)>(kernel<softplus>(value)),
                       kernel<derivative(softplus)>(value)));
    BOOST_TEST(is_near(kernel<derivative_from_output(exp(x))>(std::exp(value)), std::exp(value)));
    BOOST_TEST(is_near(kernel<derivative_from_output(max(x, 0))>(std::max(value, 0.0)),
                       kernel<derivative(relu)>(value)));
  }
  const std::vector<double> in = {1, 2, -1, 0.5}, gradient = {3, -1, 2, 0.25};
  std::vector<double> kept(4), by_output(4), by_input(4);
  kernel<softmax>(in, kept);
  kernel<vjp_from_output(softmax, y)>(kept, gradient, by_output);
  kernel<vjp(softmax, y)>(in, gradient, by_input);
  for (std::size_t i = 0; i < 4; ++i) BOOST_TEST(std::abs(by_output[i] - by_input[i]) < 1e-15);
  kernel<log_softmax>(in, kept);
  kernel<vjp_from_output(log_softmax, y)>(kept, gradient, by_output);
  kernel<vjp(log_softmax, y)>(in, gradient, by_input);
  for (std::size_t i = 0; i < 4; ++i) BOOST_TEST(std::abs(by_output[i] - by_input[i]) < 1e-15);
}
