// SPDX-License-Identifier: BSL-1.0
// What it costs that arrays do not start at a cache line: relu, since nothing is cheaper.

#include <fusor/fusor.hpp>

#include "side_by_side.hpp"
#include "table.hpp"

namespace {

constexpr std::size_t sizes[] = {bench::Ki, 4 * bench::Ki, 64 * bench::Ki, bench::Mi};
constexpr std::size_t room = bench::Mi + 64;

void measure(benchmark::State& state, std::size_t count) {
  static const bench::array in(room), out(room, bench::half_page);
  static const bool is_filled = (bench::fill_random(in.data(), room, 1), true);
  (void)is_filled;
  const auto relu_at = [=](std::size_t in_offset, std::size_t out_offset) {
    const float* const from = in.data() + in_offset;
    float* const to = out.data() + out_offset;
    return [=] { fusor::kernel<fusor::relu>(from, to, count); };
  };
  // Four floats off is where std::vector's memory starts.
  const auto [aligned, alike, apart] =
      bench::best_times(state, count, relu_at(0, 0), relu_at(4, 4), relu_at(4, 9));
  state.counters["aligned"] = aligned;
  state.counters["alike"] = alike;
  state.counters["apart"] = apart;
}

std::vector<bench::cell> cells(const benchmark::BenchmarkReporter::Run& run) {
  const std::string row = "relu, " + bench::column_of(run);
  const double aligned = run.counters.at("aligned");
  const auto beside_aligned = [&](const char* counter) {
    const double time = run.counters.at(counter);
    return bench::digits(time, 3) + " (" + bench::digits(time / aligned, 2) + ")";
  };
  return {{row, "at a cache line", bench::digits(aligned, 3)},
          {row, "both 16 bytes after one", beside_aligned("alike")},
          {row, "16 and 36 bytes after one", beside_aligned("apart")}};
}

}  // namespace

int main(int count, char** arguments) {
  for (const std::size_t size : sizes) {
    bench::add("relu", size, [=](benchmark::State& state) { measure(state, size); });
  }
  return bench::run_all(count, arguments, "ns an element (times aligned)", cells);
}
