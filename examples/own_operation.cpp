// SPDX-License-Identifier: BSL-1.0
// What formulas do not compose is an operation of your own: with its value, its derivative, rules
// and vector code in one header, own/round_to_8_bits.hpp. Without vector code it is computed number
// by number, as erf of the C library is here.
#include "own/round_to_8_bits.hpp"
//
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

using namespace fusor;
using own::round_to_8_bits;

// An operation without vector code: a function of the C library, to compare with.
struct c_erf_operation : own_operation<"c_erf", 100> {
  template <class T>
  static T compute(T a) {
    return std::erf(a);
  }
  template <std::size_t Operand>
  static constexpr auto derivative(auto a) {
    return 1.1283791670955126 * exp(-square(a));
  }
};
constexpr auto c_erf = [](expression auto a) { return apply_operation<c_erf_operation>(a); };

// gelu as a processor of bfloat16 would give it, trained straight through.
constexpr auto quantised = round_to_8_bits(gelu(round_to_8_bits(x)));

static_assert(same_kernel<round_to_8_bits(round_to_8_bits(x)), round_to_8_bits(x)>);
static_assert(
    same_kernel<round_to_8_bits(x) * round_to_8_bits(literal{1.001}), round_to_8_bits(x)>);
static_assert(same_kernel<derivative(round_to_8_bits(gelu(x))), derivative(gelu)>);

int main() {
  std::vector<float> in(1000), out(in.size()), slope(in.size()), by_hand(in.size());
  for (std::size_t i = 0; i < in.size(); ++i) in[i] = 0.01f * static_cast<float>(i) - 5;

  kernel<outputs(quantised, derivative(quantised))>(in, out, slope);

  std::printf("%s\n", to_string(quantised).c_str());
  std::printf("its derivative: %s\n", to_string(derivative(quantised)).c_str());
  bool ok = true;
  for (std::size_t i = 0; i < in.size(); ++i) {
    const float rounded = own::round_to_8_bits_operation::compute(in[i]);
    ok = ok && out[i] == own::round_to_8_bits_operation::compute(kernel<gelu>(rounded));
    if (i % 250 == 125) std::printf("  at %6.2f %9.6f slope %9.6f\n", in[i], out[i], slope[i]);
  }

  kernel<0.5 * x*(1 + c_erf(x / 1.4142135623730951))>(in, by_hand);
  kernel<gelu>(in, out);
  float difference = 0;
  for (std::size_t i = 0; i < in.size(); ++i) {
    difference = std::max(difference, std::abs(out[i] - by_hand[i]));
  }
  std::printf("gelu by the erf of the C library is within %.1g of it\n", difference);
  ok = ok && difference < 1e-6f;
  std::printf(ok ? "OK: by vectors as by single numbers\n" : "FAILED\n");
  return ok ? 0 : 1;
}
