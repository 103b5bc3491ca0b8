// SPDX-License-Identifier: BSL-1.0
// What explain says: the passes that a kernel makes.
#define BOOST_TEST_MODULE kernel_explain
#include <boost/test/unit_test.hpp>
#include <fusor/fusor.hpp>
#include <string>
#include <vector>

namespace {

using namespace fusor;

BOOST_AUTO_TEST_CASE(element_wise_formulas_take_one_pass) {
  BOOST_TEST(explain<mish>() ==
             "x * tanh(softplus(x))\n"
             "  tanh(softplus(x)) is computed as tanh_softplus(x)\n"
             "pass 1 reads x; each element takes 1 exponential, 1 division, 1 other operation\n"
             "  output = x * tanh_softplus(x)\n"
             "  tanh_softplus(a) = tanh(softplus(a))\n"
             "1 array read, 1 array written\n");
  BOOST_TEST(explain<outputs(-(x + y), 2 - (x - y))>() ==
             "outputs(-(x + y), 2 - (x - y))\n"
             "pass 1 reads x, y; each element takes 4 operations\n"
             "  output 1 = -(x + y)\n"
             "  output 2 = 2 - (x - y)\n"
             "2 arrays read, 2 arrays written\n");
  BOOST_TEST(explain<where(true, y, input<3>)>() ==
             "y\n"
             "pass 1 reads y\n"
             "  output = y\n"
             "1 array read, 1 array written\n");
  BOOST_TEST(explain<glu>() ==
             "first_half(x) * sigmoid(second_half(x))\n"
             "pass 1 reads first_half(x), second_half(x); each element takes 1 exponential, "
             "1 division, 1 other operation\n"
             "  output = first_half(x) * sigmoid(second_half(x))\n"
             "2 arrays read, 1 array written\n");
}

BOOST_AUTO_TEST_CASE(parts_that_lose_digits_are_named) {
  BOOST_TEST(explain<0.5 * x*(1 + tanh(y * 2))>() ==
             "0.5 * x * (1 + tanh(y * 2))\n"
             "  1 + tanh(y * 2) is computed as 2 * sigmoid(4 * y)\n"
             "  0.5 * x * (2 * sigmoid(4 * y)) is computed as x * sigmoid(4 * y)\n"
             "pass 1 reads x, y; each element takes 1 exponential, 1 division, "
             "2 other operations\n"
             "  output = x * sigmoid(4 * y)\n"
             "2 arrays read, 1 array written\n");
  BOOST_TEST(explain<outputs(log(1 + exp(x)), as_written(log(1 + exp(x))))>() ==
             "outputs(log(1 + exp(x)), as_written(log(1 + exp(x))))\n"
             "  log(1 + exp(x)) is computed as log1p(exp(x))\n"
             "  log1p(exp(x)) is computed as softplus(x)\n"
             "pass 1 reads x; each element takes 2 exponentials, 2 logarithms, 1 other operation\n"
             "  output 1 = softplus(x)\n"
             "  output 2 = log(1 + exp(x))\n"
             "1 array read, 2 arrays written\n");
}

BOOST_AUTO_TEST_CASE(what_is_computed_once_is_counted_once) {
  BOOST_TEST(explain<outputs(silu, derivative(silu))>() ==
             "outputs(x * sigmoid(x), sigmoid(x) + x * logistic_pdf(x))\n"
             "  sigmoid(x) + x * logistic_pdf(x) is computed as silu_slope(x)\n"
             "pass 1 reads x; each element takes 1 exponential, 1 division, 3 other operations\n"
             "  output 1 = x * sigmoid(x)\n"
             "  output 2 = silu_slope(x)\n"
             "  an exponential and a quotient of it that several of these need are computed once, "
             "where the argument is usual\n"
             "  silu_slope(a) = sigmoid(a) + a * logistic_pdf(a), right near its zero\n"
             "1 array read, 2 arrays written\n");
  BOOST_TEST(explain<x / 3 + y / (1 + y)>() ==
             "x / 3 + y / (1 + y)\n"
             "pass 1 reads x, y; each element takes 1 division, 3 other operations\n"
             "  output = x / 3 + y / (1 + y)\n"
             "2 arrays read, 1 array written\n");
}

BOOST_AUTO_TEST_CASE(reductions_take_a_pass_each_that_needs_another) {
  BOOST_TEST(explain<softmax>() ==
             "exp(x - reduce_max(x)) / reduce_sum(exp(x - reduce_max(x)))\n"
             "pass 1 reads x; each element takes 1 operation\n"
             "  a = largest(x)\n"
             "  b = exp_origin(a)\n"
             "  c = exp_power(a)\n"
             "  d = exp_lowest(a)\n"
             "  each row takes 3 operations\n"
             "pass 2 reads x; each element takes 1 exponential, 1 other operation\n"
             "  e = reduce_sum(exp_scaled(x, b, c, d)), each term kept\n"
             "  f = inverse(e)\n"
             "  g = inverse_low(e)\n"
             "  each row takes 1 division, 1 other operation\n"
             "pass 3 reads what was kept; each element takes 1 operation\n"
             "  output = mul_pair(kept, f, g)\n"
             "  largest(a) = reduce_max(a), which may lose a NaN that comes back later\n"
             "  exp_origin(a): 0, or a, where a is huge\n"
             "  exp_power(a): the power of two that makes exp(a) about 1\n"
             "  exp_lowest(a): from where on an exponential is 0 beside exp(a)\n"
             "  exp_scaled(a, b, c, d) = exp(a - b) times a power of two that c says, 0 for a below "
             "d\n"
             "  inverse(a) = 1 / a\n"
             "  inverse_low(a): what rounding 1 / a lost\n"
             "  mul_pair(a, b, c) = a * (b + c), where c is the low part of b\n"
             "1 array read, 1 array written; 2 passes where a row fits no cache\n");
  BOOST_TEST(explain<x * rsqrt(reduce_mean(square(x)) + 0.5) * y>() ==
             "x * rsqrt(reduce_mean(square(x)) + 0.5) * y\n"
             "pass 1 reads x; each element takes 2 operations\n"
             "  a = reduce_sum(square(x))\n"
             "  b = reduce_count()\n"
             "  c = rsqrt(a / b + 0.5)\n"
             "  each row takes 1 division, 1 root, 1 other operation\n"
             "pass 2 reads x, y; each element takes 2 operations\n"
             "  output = x * c * y\n"
             "2 arrays read, 1 array written\n");
  BOOST_TEST(explain<sparsemax>() ==
             "max(x - simplex_threshold(x), 0)\n"
             "pass 1 reads x; each element takes 1 operation\n"
             "  a = reduce_max(x)\n"
             "pass 2 reads x; each element takes 1 operation\n"
             "  b = simplex_threshold(x, a)\n"
             "pass 3 reads x; each element takes 3 operations\n"
             "  output = at_least(distance_from(x, b) - low_part(b), 0)\n"
             "  simplex_threshold(a, b): found by going over the row until nothing changes, from the "
             "largest element b\n"
             "  distance_from(a, b) = a - b, 0 where both are the same infinity\n"
             "  at_least(a, b) = max(a, b), where b is a number\n"
             "1 array read, 1 array written\n");
}

BOOST_AUTO_TEST_CASE(what_follows_from_reductions_alone_takes_no_pass) {
  BOOST_TEST(explain<outputs(reduce_sum(x), reduce_max(x))>() ==
             "outputs(reduce_sum(x), reduce_max(x))\n"
             "pass 1 reads x; each element takes 2 operations\n"
             "  a = reduce_sum(x)\n"
             "  b = reduce_max(x)\n"
             "  output 1 = a\n"
             "  output 2 = b\n"
             "1 array read, 2 arrays written\n");
  // A constant beside them is written to all positions.
  constexpr auto with_constant = outputs(reduce_sum(x), where(true, 1, x));
  static_assert(schedule<with_constant>.passes == 2);
  BOOST_TEST(explain<with_constant>() ==
             "outputs(reduce_sum(x), literal{1})\n"
             "pass 1 reads x; each element takes 1 operation\n"
             "  a = reduce_sum(x)\n"
             "pass 2\n"
             "  output 1 = a\n"
             "  output 2 = 1\n"
             "1 array read, 2 arrays written\n");
}

BOOST_AUTO_TEST_CASE(of_a_call) {
  std::vector<float> in(64 * 1000, 1), out(in.size(), -7);
  const std::vector<float> untouched = out;
  std::vector<float16> half(in.size());
  const auto has = [](const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
  };
  const std::string rows = explain<softmax(x)>(view(in, {64, 1000}), view(out, {64, 1000}));
  BOOST_TEST(rows.starts_with(explain<softmax(x)>()));
  BOOST_TEST(has(rows, "64 rows of 1000 elements; vectors of "));
  BOOST_TEST(has(rows, "\n  inner reduction: lanes are the elements of a row"));
  BOOST_TEST(has(rows, "\n  pipelined: "));
  const std::string columns =
      explain<softmax(x, {.axis = 0})>(view(in, {64, 1000}), view(out, {64, 1000}));
  BOOST_TEST(has(columns, "1000 rows of 64 elements"));
  BOOST_TEST(has(columns, "\n  outer reduction: lanes are rows"));
  BOOST_TEST(has(explain<softmax(x)>(view(half, {64, 1000}), view(out, {64, 1000})),
                 "\n  1 operand is copied to vectors first"));
  BOOST_TEST(has(explain<mish>(in, out), "\n64000 elements in one loop"));
  BOOST_TEST(has(explain<mish>(view(in, {64, 1000}), view(out, {64, 1000})),
                 "\n64000 elements in one loop"));
  BOOST_TEST(
      has(explain<x + y>(view(in, {64, 1000}), view(in.data(), {1, 1000}), view(out, {64, 1000})),
          "\n  element-wise"));
  // Nothing is computed, and what is refused is refused.
  BOOST_TEST((out == untouched));
  BOOST_CHECK_THROW(explain<softmax(x)>(view(in, {64, 1000}), view(out, {1000, 64})), shape_error);
}

}  // namespace
