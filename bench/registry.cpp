// SPDX-License-Identifier: BSL-1.0
// What a call through a handle costs beside the kernel itself, with the same parameters known at
// run time and at compile time: the best of many short rounds in turn.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fusor/fusor.hpp>
#include <fusor/registry/registry.hpp>
#include <vector>

using namespace fusor;

namespace {

using array = std::vector<float>;

template <auto Formula>
[[gnu::noinline]] void call_kernel(const array& in, array& out) {
  kernel<Formula>(in, out);
}

[[gnu::noinline]] void call_handle(const activation_handle& handle, const array& in, array& out) {
  handle(in, out);
}

template <class Call>
double nanoseconds(std::size_t calls, const Call& call) {
  const auto begin = std::chrono::steady_clock::now();
  for (std::size_t i = 0; i < calls; ++i) call();
  const std::chrono::duration<double, std::nano> time = std::chrono::steady_clock::now() - begin;
  return time.count() / static_cast<double>(calls);
}

template <auto Formula>
void measure(std::size_t count, const char* name, const parameter_values& parameters = {}) {
  array in(count), out(count);
  for (std::size_t i = 0; i < count; ++i) in[i] = static_cast<float>(i % 37) * 0.3f - 5;
  const activation_handle handle = get(name, parameters);
  const std::size_t calls = 1000000 / count + 1000;
  double direct = infinity, by_handle = infinity;
  for (int round = 0; round < 101; ++round) {
    direct = std::min(direct, nanoseconds(calls, [&] { call_kernel<Formula>(in, out); }));
    by_handle = std::min(by_handle, nanoseconds(calls, [&] { call_handle(handle, in, out); }));
  }
  std::printf("| %-46s | %8.1f | %8.1f | %+6.1f | %+6.1f |\n",
              handle.formula().substr(0, 46).c_str(), direct, by_handle, by_handle - direct,
              100 * (by_handle / direct - 1));
}

}  // namespace

int main() {
  for (const std::size_t count : {16u, 4096u}) {
    std::printf("\n%zu floats\n| formula | kernel, ns | handle, ns | more, ns | more, %% |\n",
                count);
    std::printf("|---|---|---|---|---|\n");
    measure<relu>(count, "relu");
    measure<mish>(count, "mish");
    measure<gelu>(count, "gelu");
    measure<leaky_relu(x, {.negative_slope = 0.1})>(count, "leaky_relu", {{"negative_slope", 0.1}});
    measure<elu(x, {.alpha = 0.7})>(count, "elu", {{"alpha", 0.7}});
    measure<celu(x, {.alpha = 0.7})>(count, "celu", {{"alpha", 0.7}});
    measure<relu(x, {.max_value = 5})>(count, "relu", {{"max_value", 5}});
    measure<relu(x, {.threshold = 0.4})>(count, "relu", {{"threshold", 0.4}});
    measure<relu(x, {.negative_slope = 0.1, .max_value = 5, .threshold = 0.4})>(
        count, "relu", {{"negative_slope", 0.1}, {"max_value", 5}, {"threshold", 0.4}});
    measure<hard_shrink(x, {.threshold = 0.7})>(count, "hard_shrink", {{"threshold", 0.7}});
    measure<soft_shrink(x, {.threshold = 0.7})>(count, "soft_shrink", {{"threshold", 0.7}});
    measure<squareplus(x, {.b = 3})>(count, "squareplus", {{"b", 3}});
    measure<threshold(x, {.threshold = 0.7, .default_value = 2})>(
        count, "threshold", {{"threshold", 0.7}, {"default_value", 2}});
  }
}
