// SPDX-License-Identifier: BSL-1.0
// A little of each part, compiled by several compilers with several flags: element-wise kernels,
// half types, softmax along both axes, names, functions for C, a refused call.
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#if defined(FUSOR_WITH_MACROS)
#include "support/macros.hpp"
#endif
#include <fusor/fusor.hpp>
#include <fusor/registry/export.hpp>
#include <fusor/registry/registry.hpp>

FUSOR_EXPORT_TYPE(gate, float, x* sigmoid(1.702 * x), 1);

namespace {

using namespace fusor;

#if defined(FUSOR_EXPECTED)
// The best instruction set that the flags allow, by Highway's name.
constexpr bool is_expected(std::string_view name) {
  for (const std::string_view expected : {FUSOR_EXPECTED}) {
    if (name == expected) return true;
  }
  return false;
}
static_assert(is_expected(HWY_STR(HWY_NAMESPACE)));
#endif

int failures = 0;

void expect(bool holds, const char* what) {
  if (holds) return;
  std::printf("wrong: %s\n", what);
  ++failures;
}

bool is_near(double value, double expected, double relative) {
  return std::abs(value - expected) <= relative * std::abs(expected) + 1e-30;
}

/// NaN by its bits, whatever the flags say about NaN.
bool is_nan(float value) {
  return (std::bit_cast<std::uint32_t>(value) & 0x7fffffffu) > 0x7f800000u;
}

/// Whole sixteenths from -3 on: exact in every element type.
std::vector<float> numbers(std::size_t count) {
  std::vector<float> values(count);
  for (std::size_t i = 0; i < count; ++i) values[i] = static_cast<float>(i % 101) * 0.0625f - 3;
  return values;
}

[[maybe_unused]] void element_wise() {
  const auto in = numbers(203);
  auto out = in;
  kernel<x * tanh(softplus(x))>(in, out);
  for (std::size_t i = 0; i < in.size(); ++i) {
    const double v = static_cast<double>(in[i]);
    expect(is_near(static_cast<double>(out[i]), v * std::tanh(std::log1p(std::exp(v))), 1e-6),
           "mish");
  }
  kernel<"silu"_act>(in, out);
  expect(out[50] == kernel<silu>(in[50]) && is_near(static_cast<double>(out[64]), 0.7310586, 1e-6),
         "silu by name");
  std::vector<double> wide(in.begin(), in.end());
  kernel<where(x > y, x, 0.5 * y)>(wide, 0.25, wide);
  expect(wide[0] == 0.125 && wide[100] == static_cast<double>(in[100]), "where of doubles");
}

void halves() {
  const auto in = numbers(77);
  std::vector<float16> half(in.size());
  std::vector<bfloat16> brain(in.size());
  kernel<2 * x>(in, half);
  kernel<0.5 * x>(half, brain);
  for (std::size_t i = 0; i < in.size(); ++i) {
    const double v = static_cast<double>(in[i]);
    expect(is_near(static_cast<double>(static_cast<float>(half[i])), 2 * v, 0x1p-11), "float16");
    expect(is_near(static_cast<double>(static_cast<float>(brain[i])), v, 0x1p-8 + 0x1p-11),
           "bfloat16");
  }
  kernel<relu(x - y)>(half, brain, brain);
  for (std::size_t i = 0; i < in.size(); ++i) {
    const double v = static_cast<double>(in[i]) > 0 ? static_cast<double>(in[i]) : 0;
    expect(is_near(static_cast<double>(static_cast<float>(brain[i])), v, 0x1p-6), "two inputs");
  }
}

[[maybe_unused]] void products() {
  constexpr std::size_t rows = 7, depth = 33, columns = 10;
  const auto in = numbers(rows * depth), weights = numbers(depth * columns),
             bias = numbers(columns);
  std::vector<float> out(rows * columns);
  kernel<relu(matmul(x, y) + z)>(view(in, {rows, depth}), view(weights, {depth, columns}),
                                 view(bias, {columns}), view(out, {rows, columns}));
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < columns; ++c) {
      double sum = static_cast<double>(bias[c]);
      for (std::size_t k = 0; k < depth; ++k) {
        sum +=
            static_cast<double>(in[r * depth + k]) * static_cast<double>(weights[k * columns + c]);
      }
      const double error = static_cast<double>(out[r * columns + c]) - (sum > 0 ? sum : 0);
      expect(std::abs(error) < 1e-3, "matmul");
    }
  }
}

[[maybe_unused]] void softmax_along_both_axes() {
  constexpr std::size_t rows = 5, columns = 37;
  const auto in = numbers(rows * columns);
  std::vector<float> along(in.size()), across(in.size());
  kernel<softmax>(view(in, {rows, columns}), view(along, {rows, columns}));
  kernel<softmax(x, {.axis = 0})>(view(in, {rows, columns}), view(across, {rows, columns}));
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < columns; ++c) {
      const double own = std::exp(static_cast<double>(in[r * columns + c]));
      double row = 0, column = 0;
      for (std::size_t i = 0; i < columns; ++i)
        row += std::exp(static_cast<double>(in[r * columns + i]));
      for (std::size_t i = 0; i < rows; ++i)
        column += std::exp(static_cast<double>(in[i * columns + c]));
      expect(is_near(static_cast<double>(along[r * columns + c]), own / row, 1e-6),
             "softmax, axis 1");
      expect(is_near(static_cast<double>(across[r * columns + c]), own / column, 1e-6),
             "softmax, axis 0");
    }
  }
}

void exported() {
  const auto in = numbers(30);
  auto out = in;
  expect(gate_float(in.data(), out.data(), in.size()) == FUSOR_OK, "exported function");
  expect(
      out ==
          [&] {
            auto expected = in;
            kernel<x * sigmoid(1.702 * x)>(expected);
            return expected;
          }(),
      "values of the exported function");
}

[[maybe_unused]] void not_a_number() {
  const float nan = std::bit_cast<float>(0x7fc00000u);
  std::vector<float> in = {nan, 1, -1}, out(3);
  kernel<relu>(in, out);
  expect(is_nan(out[0]) && out[1] == 1 && out[2] == 0, "relu of NaN");
  kernel<tanh(x)>(in, out);
  expect(is_nan(out[0]) && out[1] > 0.76f && out[1] < 0.77f, "tanh of NaN");
}

#if defined(__cpp_exceptions)
int refused() {
  std::vector<float> in(12), out(10);
  try {
    kernel<relu>(in, out);
  } catch (const shape_error&) {
    return failures;
  }
  return 1;
}
#else
int refused() {
  std::vector<float> in(12), out(10);
  set_refusal_handler([](const char*) { std::_Exit(failures); });
  kernel<relu>(in, out);
  return 1;
}
#endif

}  // namespace

int main() {
  halves();
  exported();
  element_wise();
  not_a_number();
#if !defined(FUSOR_ELEMENT_WISE)
  softmax_along_both_axes();
  products();
#endif
  std::printf("%s, %d failures\n", HWY_STR(HWY_NAMESPACE), failures);
  std::fflush(stdout);
  return refused();
}
