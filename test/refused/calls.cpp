// SPDX-License-Identifier: BSL-1.0
// Misuse that is refused at compile time. The file compiles as it is; with FUSOR_MISUSE set to the
// number of a case it is refused, and test/CMakeLists.txt checks for which reason.
#include <fusor/fusor.hpp>
#include <memory>
#include <vector>

using namespace fusor;

struct nothing {};

constexpr auto halves = [](auto... inputs) {
  return ((first_half(inputs) * second_half(inputs)) + ...);
};
[[maybe_unused]] constexpr auto many_halves = halves(
    x, y, z, input<3>, input<4>, input<5>, input<6>, input<7>, input<8>, input<9>, input<10>);

int main() {
  std::vector<float> in(4), out(4);
  kernel<relu>(in, out);
  kernel<leaky_relu(x, {.negative_slope = 0.1})>(in, out);

#if FUSOR_MISUSE == 1
  std::vector<int> integers(4);
  kernel<relu>(integers, out);
#elif FUSOR_MISUSE == 2
  kernel<x * y>(in, 2, out);
#elif FUSOR_MISUSE == 3
  kernel<relu>(3);
#elif FUSOR_MISUSE == 4
  kernel<nothing{}>(in, out);
#elif FUSOR_MISUSE == 5
  kernel<[](auto) { return 1; }>(in, out);
#elif FUSOR_MISUSE == 6
  kernel<x + y>(in, out);
#elif FUSOR_MISUSE == 7
  kernel<relu>(in, out, out);
#elif FUSOR_MISUSE == 8
  const std::vector<float> constant(4);
  kernel<relu>(in, constant);
#elif FUSOR_MISUSE == 9
  kernel<relu>(in.data(), out.data());
#elif FUSOR_MISUSE == 10
  kernel<leaky_relu(x, {.slope = 0.1})>(in, out);
#elif FUSOR_MISUSE == 11
  kernel<celu(x, {.alpha = 0})>(in, out);
#elif FUSOR_MISUSE == 12
  kernel<(x > 0)>(in, out);
#elif FUSOR_MISUSE == 13
  kernel<relu>(std::make_unique<float>(1.0f), out);
#elif FUSOR_MISUSE == 14
  kernel<x + input<16> >(in, in, in, in, in, in, in, in, in, in, in, in, in, in, in, in, in, out);
#elif FUSOR_MISUSE == 15
  constexpr auto silu_by_hand = x * sigmoid(x);
  kernel<silu_by_hand(x, y)>(in, in, out);
#elif FUSOR_MISUSE == 16
  kernel<relu>(in, 1.0f);
#elif FUSOR_MISUSE == 17
  kernel<relu>(in.data());
#elif FUSOR_MISUSE == 18
  std::vector<long double> wide(4);
  kernel<relu>(wide, out);
#elif FUSOR_MISUSE == 19
  kernel<relu>(par, in, out);
#elif FUSOR_MISUSE == 20
  kernel<first_half(x - reduce_max(x, {.axis = 0}))>(in, out);
#elif FUSOR_MISUSE == 21
  kernel<relu>(in, std::vector<float>(4));
#elif FUSOR_MISUSE == 22
  kernel<relu>(std::vector<float>(4));
#elif FUSOR_MISUSE == 23
  kernel<relu>(std::move(in), 3);
#elif FUSOR_MISUSE == 24
  kernel<relu>(view(in, {2, 2}), view(out, {2, 2}), 4);
#elif FUSOR_MISUSE == 25
  kernel<many_halves>(in, in, in, in, in, in, in, in, in, in, in, out);
#elif FUSOR_MISUSE == 26
  kernel<relu(x + y)>(view(in, {2, 2}), packed(view(in, {2, 2})), view(out, {2, 2}));
#elif FUSOR_MISUSE == 27
  kernel<matmul(x, y)>(packed(view(in, {2, 2})), view(in, {2, 2}), view(out, {2, 2}));
#elif FUSOR_MISUSE == 28
  kernel<matmul(x, y) + y>(view(in, {2, 2}), packed(view(in, {2, 2})), view(out, {2, 2}));
#elif FUSOR_MISUSE == 29
  std::vector<double> wide(4);
  kernel<matmul(x, y)>(view(in, {2, 2}), packed(view(in, {2, 2})), view(wide, {2, 2}));
#elif FUSOR_MISUSE == 30
  kernel<matmul(x, y)>(view(in, {2, 2}), 2.0f, view(out, {2, 2}));
#elif FUSOR_MISUSE == 31
  kernel<matmul(x, 2)>(in, out);
#elif FUSOR_MISUSE == 32
  kernel<matmul(matmul(x, y), z)>(view(in, {2, 2}), view(in, {2, 2}), view(in, {2, 2}),
                                  view(out, {2, 2}));
#elif FUSOR_MISUSE == 33
  kernel<matmul(reduce_sum(x), y)>(view(in, {2, 2}), view(in, {2, 2}), view(out, {2, 2}));
#elif FUSOR_MISUSE == 34
  constexpr auto slope = derivative(relu(matmul(x, y)));
#elif FUSOR_MISUSE == 35
  packed(view(in, {4}));
#elif FUSOR_MISUSE == 36
  kernel<matmul(x, y)>(view(in, {2, 2}), view(in, {2, 2}), packed(view(in, {2, 2})));
#endif
}
