// SPDX-License-Identifier: BSL-1.0
// The forms of memory: ranges, pointers, in place, half types, and different types in and out.
#include <array>
#include <cstdio>
#include <fusor/fusor.hpp>
#include <span>
#include <vector>

using namespace fusor;

int main() {
  const std::vector<float> in = {-2, -1, -0.5, 0, 0.5, 1, 2};
  std::vector<float> expected(in.size());
  kernel<mish>(in, expected);

  // In place: one range alone, or the same memory as input and output.
  std::vector<float> data = in;
  kernel<mish>(data);
  bool ok = data == expected;
  data = in;
  kernel<mish>(data, data);
  ok = ok && data == expected;

  // Pointers, followed by the count of their elements.
  data = in;
  kernel<mish>(data.data(), data.size());
  ok = ok && data == expected;
  kernel<mish>(in.data(), data.data(), data.size());
  ok = ok && data == expected;

  // Any contiguous range: a part of a vector, std::array, C arrays. The same number gives the same
  // bits wherever it stands.
  std::array<float, 3> middle{};
  kernel<mish>(std::span(in).subspan(2, 3), middle);
  ok = ok && middle == std::array{expected[2], expected[3], expected[4]};
  float three[3] = {0.5f, 1, 2};
  kernel<mish>(three);
  ok = ok && three[2] == expected[6];

  // Half types are computed in float and rounded once, to nearest even. In and out may differ.
  std::vector<float16> half(in.size());
  std::vector<bfloat16> brain(in.size());
  std::vector<double> wide(in.size());
  kernel<mish>(in, half);
  kernel<mish>(half, brain);
  kernel<mish>(in, wide);  // computed in double, because an array holds double
  std::printf("%8s%14s%14s%22s\n", "x", "float", "float16", "double");
  for (std::size_t i = 0; i < in.size(); ++i) {
    std::printf("%8g%14.8f%14.8f%22.17f\n", in[i], expected[i], static_cast<float>(half[i]),
                wide[i]);
    ok = ok && half[i] == float16(expected[i]) &&
         brain[i] == bfloat16(kernel<mish>(static_cast<float>(half[i])));
  }
  std::printf(ok ? "OK: every form of the call gives the same bits\n" : "FAILED\n");
  return ok ? 0 : 1;
}
