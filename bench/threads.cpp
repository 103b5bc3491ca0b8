// SPDX-License-Identifier: BSL-1.0
// Kernels on two threads of OpenMP beside one.
#include <omp.h>

#include <algorithm>
#include <cstring>
#include <fusor/fusor.hpp>
#include <vector>

#include "side_by_side.hpp"
#include "table.hpp"

namespace {

constexpr std::size_t sizes[] = {16 * bench::Ki, 64 * bench::Ki, bench::Mi, 16 * bench::Mi};
constexpr std::size_t row = 1024;

template <auto Formula>
void measure(benchmark::State& state, std::size_t count) {
  const bench::array in(count), one(count, bench::half_page), two(count, bench::half_page);
  bench::fill_random(in.data(), count, 1);
  const auto from = fusor::view(in.data(), {count / row, row});
  const auto to_one = fusor::view(one.data(), {count / row, row});
  const auto to_two = fusor::view(two.data(), {count / row, row});
  const auto [alone, shared] = bench::best_times(
      state, count, [=] { fusor::kernel<Formula>(from, to_one); },
      [=] { fusor::kernel<Formula>(fusor::par, from, to_two); });
  if (std::memcmp(one.data(), two.data(), count * sizeof(float)) != 0) {
    state.SkipWithError("two threads give other bits than one");
    return;
  }
  state.counters["one"] = alone;
  state.counters["two"] = shared;
}

std::vector<bench::cell> cells(const benchmark::BenchmarkReporter::Run& run) {
  const double one = run.counters.at("one");
  const double two = run.counters.at("two");
  return {{bench::row_of(run), bench::column_of(run),
           bench::digits(one, 3) + " -> " + bench::digits(two, 3) + " (" +
               bench::digits(one / two, 2) + ")"}};
}

}  // namespace

int main(int count, char** arguments) {
  omp_set_num_threads(2);
  for (const std::size_t size : sizes) {
    bench::add("`mish(x)`", size,
               [=](benchmark::State& state) { measure<fusor::mish>(state, size); });
    bench::add("`softmax(x)`, rows of 1024", size,
               [=](benchmark::State& state) { measure<fusor::softmax>(state, size); });
  }
  return bench::run_all(count, arguments, "ns an element, one thread -> two (times as fast)",
                        cells);
}
