// SPDX-License-Identifier: BSL-1.0
// Formulas around products of matrices and inside their operands: the bits of one call are those of
// a kernel for each part.
#define BOOST_TEST_MODULE kernel_matmul_formulas
#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <fusor/fusor.hpp>
#include <random>
#include <string>
#include <vector>

#include "support/numbers.hpp"
#include "support/refusal.hpp"

namespace {

using namespace fusor;
using fusor::test::refusal;

std::mt19937 generator(11);

std::vector<float> random_elements(std::size_t count) {
  return fusor::test::random_elements<float>(count, generator);
}

bool are_same(const std::vector<float>& a, const std::vector<float>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

constexpr auto product = matmul(x, y);

/// Rows and columns that are one part and several, of one tile and of many.
constexpr std::size_t shapes[][3] = {{1, 5, 10},   {3, 64, 32},  {8, 17, 64},   {100, 20, 10},
                                     {97, 33, 64}, {250, 8, 40}, {61, 12, 300}, {130, 40, 514}};

/// Calls `check` with rows, depth, columns; the matrices, a bias, and their product.
template <class Check>
void for_each_shape(const Check& check) {
  for (const auto& [m, k, n] : shapes) {
    const auto a = random_elements(m * k), b = random_elements(k * n), bias = random_elements(n);
    std::vector<float> whole(m * n);
    kernel<product>(view(a, {m, k}), view(b, {k, n}), view(whole, {m, n}));
    BOOST_TEST_CONTEXT(m << " x " << k << " x " << n) {
      check(m, k, n, a, b, bias, whole);
    }
  }
}

/// `Formula` of a, b, bias beside `Around` of the product and the bias.
template <auto Formula, auto Around>
void check_around() {
  for_each_shape([](std::size_t m, std::size_t k, std::size_t n, const auto& a, const auto& b,
                    const auto& bias, const auto& whole) {
    std::vector<float> out(m * n, -77.0f), expected(m * n);
    kernel<Around>(view(whole, {m, n}), view(bias, {n}), view(expected, {m, n}));
    kernel<Formula>(view(a, {m, k}), view(b, {k, n}), view(bias, {n}), view(out, {m, n}));
    BOOST_TEST(are_same(out, expected));
    std::fill(out.begin(), out.end(), -77.0f);
    const auto weights = packed(view(b, {k, n}));
    kernel<Formula>(view(a, {m, k}), weights, view(bias, {n}), view(out, {m, n}));
    BOOST_TEST(are_same(out, expected));
  });
}

}  // namespace

BOOST_AUTO_TEST_CASE(element_wise) {
  check_around<mish(matmul(x, y) + z), mish(x + y)>();
  check_around<matmul(x, y) * 0.5 - z, x * 0.5 - y>();
  check_around<where(matmul(x, y) > 0, matmul(x, y), z), where(x > 0, x, y)>();
}

BOOST_AUTO_TEST_CASE(along_rows) {
  check_around<softmax(matmul(x, y) + z), softmax(x + y)>();
  check_around<log_softmax(matmul(x, y)) + z, log_softmax(x) + y>();
}

BOOST_AUTO_TEST_CASE(along_columns_waits_for_the_whole_product) {
  check_around<softmax(matmul(x, y) + z, {.axis = 0}), softmax(x + y, {.axis = 0})>();
  check_around<(matmul(x, y) + z) / reduce_max(abs(matmul(x, y) + z), {.axis = all_axes}),
               (x + y) / reduce_max(abs(x + y), {.axis = all_axes})>();
}

BOOST_AUTO_TEST_CASE(gates) {
  for (const auto& [m, k, half] : shapes) {
    const std::size_t n = 2 * half;
    const auto a = random_elements(m * k), b = random_elements(k * n), c = random_elements(k * n);
    std::vector<float> whole(m * n), second(m * n), out(m * half), expected(m * half), wide(m * n),
        wide_expected(m * n);
    kernel<product>(view(a, {m, k}), view(b, {k, n}), view(whole, {m, n}));
    constexpr auto halves = silu(first_half(matmul(x, y))) * second_half(matmul(x, y));
    kernel<silu(first_half(x)) * second_half(x)>(view(whole, {m, n}), view(expected, {m, half}));
    kernel<halves>(view(a, {m, k}), view(b, {k, n}), view(out, {m, half}));
    BOOST_TEST(are_same(out, expected));
    // Two products of one left operand, and of two.
    kernel<product>(view(a, {m, k}), view(c, {k, n}), view(second, {m, n}));
    kernel<silu(x) * y>(view(whole, {m, n}), view(second, {m, n}), view(wide_expected, {m, n}));
    kernel<silu(matmul(x, y)) * matmul(x, z)>(view(a, {m, k}), view(b, {k, n}), view(c, {k, n}),
                                              view(wide, {m, n}));
    BOOST_TEST(are_same(wide, wide_expected));
    const auto w = packed(view(b, {k, n}));
    kernel<silu(matmul(x, y)) * matmul(z, input<3>)>(view(a, {m, k}), w, view(a, {m, k}),
                                                     view(c, {k, n}), view(wide, {m, n}));
    BOOST_TEST(are_same(wide, wide_expected));
  }
}

BOOST_AUTO_TEST_CASE(residual_in_place_and_masks) {
  for_each_shape([](std::size_t m, std::size_t k, std::size_t n, const auto& a, const auto& b,
                    const auto& bias, const auto& whole) {
    const auto stream = random_elements(m * n), mask = random_elements(m);
    std::vector<float> out = stream, expected(m * n);
    kernel<x + gelu(y)>(view(stream, {m, n}), view(whole, {m, n}), view(expected, {m, n}));
    kernel<x + gelu(matmul(y, z))>(view(out, {m, n}), view(a, {m, k}), view(b, {k, n}),
                                   view(out, {m, n}));
    BOOST_TEST(are_same(out, expected));
    kernel<where(x > 0, y * 3, z)>(view(mask, {m, 1}), view(whole, {m, n}), view(bias, {n}),
                                   view(expected, {m, n}));
    kernel<where(x > 0, matmul(y, z) * 3, input<3>)>(
        view(mask, {m, 1}), view(a, {m, k}), view(b, {k, n}), view(bias, {n}), view(out, {m, n}));
    BOOST_TEST(are_same(out, expected));
    // A number in place of an array, and an output in transposed memory.
    std::vector<float> turned(m * n);
    kernel<x * y>(view(whole, {m, n}), 2.5f, view(turned, {m, n}, {1, m}));
    kernel<z * matmul(x, y)>(view(a, {m, k}), view(b, {k, n}), 2.5f, view(out, {m, n}, {1, m}));
    BOOST_TEST(are_same(out, turned));
  });
}

BOOST_AUTO_TEST_CASE(several_outputs_and_reduced_ones) {
  for_each_shape([](std::size_t m, std::size_t k, std::size_t n, const auto& a, const auto& b,
                    const auto&, const auto& whole) {
    std::vector<float> one(m * n), two(m * n), sums(m), most(m), other(m * n), other_sums(m);
    kernel<outputs(relu(matmul(x, y)), -matmul(x, y))>(view(a, {m, k}), view(b, {k, n}),
                                                       view(one, {m, n}), view(two, {m, n}));
    kernel<relu(x)>(whole, other);
    BOOST_TEST(are_same(one, other));
    kernel<-x>(whole, other);
    BOOST_TEST(are_same(two, other));
    kernel<reduce_sum(x)>(view(whole, {m, n}), view(other_sums, {m}));
    kernel<reduce_sum(matmul(x, y))>(view(a, {m, k}), view(b, {k, n}), view(sums, {m}));
    BOOST_TEST(are_same(sums, other_sums));
    kernel<reduce_sum(matmul(x, y))>(view(a, {m, k}), view(b, {k, n}), view(most, {m, 1}));
    BOOST_TEST(are_same(most, other_sums));
    kernel<outputs(softmax(matmul(x, y)), reduce_sum(matmul(x, y)))>(
        view(a, {m, k}), view(b, {k, n}), view(one, {m, n}), view(sums, {m}));
    // (In another formula a sum may be added up in another order.)
    kernel<outputs(softmax(x), reduce_sum(x))>(view(whole, {m, n}), view(other, {m, n}),
                                               view(other_sums, {m}));
    BOOST_TEST(are_same(one, other));
    BOOST_TEST(are_same(sums, other_sums));
    std::vector<float> columns(n), other_columns(n);
    kernel<reduce_sum(matmul(x, y), {.axis = 0})>(view(a, {m, k}), view(b, {k, n}),
                                                  view(columns, {n}));
    kernel<reduce_sum(x, {.axis = 0})>(view(whole, {m, n}), view(other_columns, {n}));
    BOOST_TEST(are_same(columns, other_columns));
  });
}

namespace {

/// `Formula` of a, b beside the product of `Left` of a, in a layout of twice the columns if it is
/// halved.
template <auto Formula, auto Left>
void check_left(std::size_t halved = 1) {
  for (const auto& [m, k, n] : shapes) {
    const auto a = random_elements(halved * m * k), b = random_elements(k * n);
    std::vector<float> left(m * k), out(m * n, -77.0f), expected(m * n);
    kernel<Left>(view(a, {m, halved * k}), view(left, {m, k}));
    kernel<product>(view(left, {m, k}), view(b, {k, n}), view(expected, {m, n}));
    kernel<Formula>(view(a, {m, halved * k}), view(b, {k, n}), view(out, {m, n}));
    BOOST_TEST(are_same(out, expected), m << " x " << k << " x " << n);
  }
}

constexpr auto rms = [](auto v) { return v * rsqrt(reduce_mean(square(v)) + 1e-6); };
constexpr auto swiglu = [](auto v) { return silu(first_half(v)) * second_half(v); };

}  // namespace

BOOST_AUTO_TEST_CASE(a_formula_as_the_left_operand) {
  check_left<matmul(relu(x), y), relu>();
  check_left<matmul(rms(x), y), rms(x)>();
  check_left<matmul(softmax(x, {.axis = 0}), y), softmax(x, {.axis = 0})>();
  check_left<matmul(swiglu(x), y), swiglu(x)>(2);
}

BOOST_AUTO_TEST_CASE(a_formula_as_the_right_operand_and_as_both) {
  for (const auto& [m, k, n] : shapes) {
    const auto a = random_elements(m * k), b = random_elements(k * n), scale = random_elements(n);
    std::vector<float> left(m * k), right(k * n), out(m * n), expected(m * n);
    kernel<x * y>(view(b, {k, n}), view(scale, {n}), view(right, {k, n}));
    kernel<product>(view(a, {m, k}), view(right, {k, n}), view(expected, {m, n}));
    kernel<matmul(x, y * z)>(view(a, {m, k}), view(b, {k, n}), view(scale, {n}), view(out, {m, n}));
    BOOST_TEST(are_same(out, expected));
    kernel<tanh(x)>(a, left);
    kernel<product>(view(left, {m, k}), view(right, {k, n}), view(expected, {m, n}));
    kernel<matmul(tanh(x), y * z)>(view(a, {m, k}), view(b, {k, n}), view(scale, {n}),
                                   view(out, {m, n}));
    BOOST_TEST(are_same(out, expected));
  }
}

BOOST_AUTO_TEST_CASE(batches_of_formulas) {
  const std::size_t m = 110, k = 9, n = 21;
  const auto a = random_elements(6 * m * k), b = random_elements(3 * k * n),
             bias = random_elements(3 * n), gains = random_elements(2 * k);
  std::vector<float> left(6 * m * k), whole(6 * m * n), out(6 * m * n), expected(6 * m * n);
  kernel<x * y>(view(a, {2, 3, m, k}), view(gains, {2, 1, 1, k}), view(left, {2, 3, m, k}));
  kernel<product>(view(left, {2, 3, m, k}), view(b, {3, k, n}), view(whole, {2, 3, m, n}));
  kernel<softmax(x + y)>(view(whole, {2, 3, m, n}), view(bias, {3, 1, n}),
                         view(expected, {2, 3, m, n}));
  kernel<softmax(matmul(x * input<3>, y) + z)>(view(a, {2, 3, m, k}), view(b, {3, k, n}),
                                               view(bias, {3, 1, n}), view(gains, {2, 1, 1, k}),
                                               view(out, {2, 3, m, n}));
  BOOST_TEST(are_same(out, expected));
  // One product that broadcasts to what stands around it.
  const auto stream = random_elements(4 * m * n);
  std::vector<float> wide(4 * m * n), wide_expected(4 * m * n);
  kernel<product>(view(a.data(), {m, k}), view(b.data(), {k, n}), view(whole.data(), {m, n}));
  kernel<x + y>(view(stream, {4, m, n}), view(whole.data(), {m, n}),
                view(wide_expected, {4, m, n}));
  kernel<x + matmul(y, z)>(view(stream, {4, m, n}), view(a.data(), {m, k}), view(b.data(), {k, n}),
                           view(wide, {4, m, n}));
  BOOST_TEST(are_same(wide, wide_expected));
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_around_a_product) {
  const auto a = random_elements(200 * 4), b = random_elements(4 * 100);
  std::vector<float> bias(99), out(200 * 100, -77.0f), short_out(200 * 99);
  BOOST_TEST(
      refusal<shape_error>([&] {
        kernel<relu(matmul(x, y) + z)>(view(a, {200, 4}), view(b, {4, 100}), view(bias, {99}),
                                       view(out, {200, 100}));
      }) == "kernel: input z has shape (99), which does not broadcast to (200, 100) of the output");
  BOOST_TEST(
      refusal<shape_error>([&] {
        kernel<relu(matmul(x, y))>(view(a, {200, 4}), view(b, {4, 100}),
                                   view(short_out, {200, 99}));
      }) ==
      "kernel: the product of matrices has shape (200, 100), which does not broadcast to (200, "
      "99) of the output");
  BOOST_TEST(refusal<axis_error>([&] {
               kernel<softmax(matmul(x, y), {.axis = 2})>(view(a, {200, 4}), view(b, {4, 100}),
                                                          view(out, {200, 100}));
             }) == "kernel: axis 2 is out of range for 2 axes");
  BOOST_TEST((out == std::vector<float>(200 * 100, -77.0f)));
}

BOOST_AUTO_TEST_CASE(as_text) {
  BOOST_TEST(to_string(tanh(matmul(x, y) + z)) == "tanh(matmul(x, y) + z)");
  BOOST_TEST(to_string(matmul(-x, input<3>)) == "matmul(-x, input<3>)");
}

// The gradient in a product is that of a formula of the product alone.
BOOST_AUTO_TEST_CASE(gradients_in_a_product) {
  for_each_shape([](std::size_t m, std::size_t k, std::size_t n, const auto& a, const auto& b,
                    const auto& bias, const auto& whole) {
    const auto g = random_elements(m * n);
    std::vector<float> out(m * n), expected(m * n);
    kernel<vjp(gelu(matmul(x, y) + z), input<3>, product)>(
        view(a, {m, k}), view(b, {k, n}), view(bias, {n}), view(g, {m, n}), view(out, {m, n}));
    kernel<vjp(gelu(x + y), z)>(view(whole, {m, n}), view(bias, {n}), view(g, {m, n}),
                                view(expected, {m, n}));
    BOOST_TEST(are_same(out, expected));
    kernel<vjp(softmax(matmul(x, y) + z), input<3>, product)>(
        view(a, {m, k}), view(b, {k, n}), view(bias, {n}), view(g, {m, n}), view(out, {m, n}));
    kernel<vjp(softmax(x + y), z)>(view(whole, {m, n}), view(bias, {n}), view(g, {m, n}),
                                   view(expected, {m, n}));
    BOOST_TEST(are_same(out, expected));
    kernel<derivative(tanh(matmul(x, y)), product)>(view(a, {m, k}), view(b, {k, n}),
                                                    view(out, {m, n}));
    kernel<derivative(tanh(x))>(whole, expected);
    BOOST_TEST(are_same(out, expected));
    if (n % 2 != 0) return;
    const auto gate = random_elements(m * n / 2);
    std::vector<float> half(m * n / 2), expected_half(m * n / 2);
    constexpr auto gated = silu(first_half(product)) * second_half(product);
    constexpr auto gated_alone = silu(first_half(x)) * second_half(x);
    kernel<vjp(gated, z, first_half(product))>(view(a, {m, k}), view(b, {k, n}),
                                               view(gate, {m, n / 2}), view(half, {m, n / 2}));
    kernel<vjp(gated_alone, y, first_half(x))>(view(whole, {m, n}), view(gate, {m, n / 2}),
                                               view(expected_half, {m, n / 2}));
    BOOST_TEST(are_same(half, expected_half));
  });
}

// A layer backwards: the gradients of what is multiplied and of the bias, beside sums in double.
BOOST_AUTO_TEST_CASE(a_layer_backwards) {
  constexpr std::size_t m = 37, k = 24, n = 19;
  const auto in = random_elements(m * k), w = random_elements(k * n), bias = random_elements(n),
             g = random_elements(m * n);
  std::vector<float> slope(m * n), in_gradient(m * k), w_gradient(k * n), bias_gradient(n);
  constexpr auto layer = tanh(matmul(x, y) + z);
  kernel<vjp(layer, input<3>, product)>(view(in, {m, k}), view(w, {k, n}), view(bias, {n}),
                                        view(g, {m, n}), view(slope, {m, n}));
  kernel<product>(view(slope, {m, n}), view(w.data(), {n, k}, {1, n}), view(in_gradient, {m, k}));
  kernel<product>(view(in.data(), {k, m}, {1, k}), view(slope, {m, n}), view(w_gradient, {k, n}));
  kernel<reduce_sum(x, {.axis = 0})>(view(slope, {m, n}), view(bias_gradient, {n}));
  std::vector<double> of_in(m * k), of_w(k * n), of_bias(n);
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      double sum = bias[j];
      for (std::size_t l = 0; l < k; ++l) sum += double{in[i * k + l]} * w[l * n + j];
      const double s = g[i * n + j] * (1 - std::tanh(sum) * std::tanh(sum));
      for (std::size_t l = 0; l < k; ++l) {
        of_in[i * k + l] += s * w[l * n + j];
        of_w[l * n + j] += s * in[i * k + l];
      }
      of_bias[j] += s;
    }
  }
  const auto largest_difference = [](const auto& a, const auto& b) {
    double most = 0;
    for (std::size_t i = 0; i < a.size(); ++i) most = std::max(most, std::abs(a[i] - b[i]));
    return most;
  };
  BOOST_TEST(largest_difference(in_gradient, of_in) < 1e-5);
  BOOST_TEST(largest_difference(w_gradient, of_w) < 1e-5);
  BOOST_TEST(largest_difference(bias_gradient, of_bias) < 1e-5);
  // That of the bias from the formula of the layer, in one call.
  std::vector<float> at_once(n);
  kernel<reduce_sum(vjp(layer, input<3>, z), {.axis = 0})>(
      view(in, {m, k}), view(w, {k, n}), view(bias, {n}), view(g, {m, n}), view(at_once, {n}));
  BOOST_TEST(largest_difference(at_once, of_bias) < 1e-5);
}
