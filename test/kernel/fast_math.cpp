// SPDX-License-Identifier: BSL-1.0
// Compiled with -ffast-math and without: prints the bits of many results, or, where it is given the
// path of the other program, compares them with what that prints.
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <fusor/fusor.hpp>
#include <string>
#include <vector>

namespace {

using namespace fusor;

constexpr auto centred = x - reduce_mean(x);

/// Numbers of all kinds, made of bits: arithmetic of this file is not what it says.
template <class T>
std::vector<T> inputs() {
  using bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
  constexpr int mantissa = sizeof(T) == 4 ? 23 : 52;
  constexpr bits exponents = sizeof(T) == 4 ? 0xff : 0x7ff;
  std::vector<T> values;
  bits random = 12345;
  for (bits exponent = exponents / 2 - 30; exponent < exponents / 2 + 8; ++exponent) {
    random = random * 1664525 + 1013904223;
    const bits number = exponent << mantissa | (random >> 8 & ((bits{1} << mantissa) - 1));
    values.push_back(std::bit_cast<T>(number));
    values.push_back(std::bit_cast<T>(number | bits{1} << (8 * sizeof(T) - 1)));
  }
  return values;
}

template <class T>
std::vector<T> specials() {
  using bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
  constexpr int mantissa = sizeof(T) == 4 ? 23 : 52;
  constexpr bits infinite = (sizeof(T) == 4 ? bits{0xff} : bits{0x7ff}) << mantissa;
  std::vector<T> values = inputs<T>();
  for (const bits number : {bits{0}, bits{1}, bits{12345}, infinite - 1, infinite,
                            infinite | bits{1} << (mantissa - 1)}) {
    values.push_back(std::bit_cast<T>(number));
    values.push_back(std::bit_cast<T>(number | bits{1} << (8 * sizeof(T) - 1)));
  }
  return values;
}

std::string text;

template <class T>
void print(const char* name, const std::vector<T>& values) {
  text += name;
  for (const T value : values) {
    using bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
    auto number = static_cast<unsigned long long>(std::bit_cast<bits>(value));
    // The sign of a NaN may be that of either operand.
    const auto infinite = sizeof(T) == 4 ? 0x7f800000ull : 0x7ff0000000000000ull;
    if ((number & (infinite | (infinite - 1))) > infinite) number = infinite + 1;
    char digits[24];
    std::snprintf(digits, sizeof digits, " %llx", number);
    text += digits;
  }
  text += "\n";
}

template <auto Formula, class T>
void show(const char* name, const std::vector<T>& in) {
  std::vector<T> out(in.size());
  kernel<Formula>(in, out);
  print(name, out);
}

template <auto Formula, class T>
void show_reduced(const char* name, const std::vector<T>& in) {
  std::vector<T> out(1);
  kernel<Formula>(in, out);
  print(name, out);
}

template <class T>
void show_all() {
  const std::vector<T> in = specials<T>(), finite = inputs<T>();
  show<relu6>("relu6", in);
  show<tanh(x)>("tanh", in);
  show<mish>("mish", in);
  show<gelu>("gelu", in);
  show<softplus>("softplus", in);
  show<selu>("selu", in);
  show<x * exp(1 - x * x)>("x * exp(1 - x * x)", in);
  show<where(x > 0 && x != 2, log1p(x) / 3, min(x, -x)) + sign(x) * 0.1>("where", in);
  show<squareplus>("squareplus", in);
  show<sqrt(x) + rsqrt(square(x) + 1) + hypot(x, 1 / x)>("roots", in);
  show<round(x) + floor(x) * 0.1 + atan(x) + cbrt(x)>("round and others", in);
  show<exp2(x) + log2(x) - log10(x) * asinh(x)>("exp2 and others", in);
  show<sin(x) * cos(x / 3)>("sin and cos", in);
  show<pow(x, 1 / x) * pow(x, 5)>("pow", in);
  show<softmax>("softmax", in);
  show<softmax>("softmax of numbers", finite);
  show<log_softmax>("log_softmax of numbers", finite);
  show<sparsemax>("sparsemax of numbers", finite);
  show<centred / sqrt(reduce_mean(square(centred)) + 1e-5)>("normalised", finite);
  show_reduced<logsumexp(x)>("logsumexp", finite);
  const std::vector<T> tenths(1000003, T(0.1f));
  show_reduced<reduce_sum(x)>("a million tenths", tenths);
}

}  // namespace

int main(int count, char** arguments) {
  show_all<float>();
  show_all<double>();
  if (count < 2) return std::fputs(text.c_str(), stdout) < 0;
  std::string other;
  std::FILE* const output = popen(arguments[1], "r");
  char block[4096];
  for (std::size_t size; (size = std::fread(block, 1, sizeof block, output)) > 0;) {
    other.append(block, size);
  }
  pclose(output);
  if (text == other && text.find("a million tenths 47c35027\n") != std::string::npos) return 0;
  std::printf("here:\n%s\nthere:\n%s", text.c_str(), other.c_str());
  return 1;
}
