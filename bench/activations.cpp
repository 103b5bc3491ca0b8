// SPDX-License-Identifier: BSL-1.0
// Every activation, as nanoseconds per element and as a multiple of a copy of the same memory.

#include <fusor/fusor.hpp>

#include <cmath>
#include <stdexcept>

#include "side_by_side.hpp"
#include "table.hpp"

namespace {

constexpr std::size_t sizes[] = {4 * bench::Ki, 64 * bench::Ki, bench::Mi, 64 * bench::Mi};

struct arrays {
  bench::array in{64 * bench::Mi};
  bench::array out{64 * bench::Mi, bench::half_page};
  arrays() {
    bench::fill_random(in.data(), 64 * bench::Mi, 1);
  }
};

const arrays& memory() {
  static const arrays both;
  return both;
}

using call = void (*)(const float*, float*, std::size_t);

/// Compares some outputs with the formula computed in double.
bool is_right(const float* in, const float* out, std::size_t count, double (*expected)(double)) {
  for (std::size_t i = 0; i < count; i += count / 64 - 1) {
    const double right = expected(in[i]);
    if (!(std::abs(out[i] - right) <= 1e-6 * std::abs(right) + 1e-37)) return false;
  }
  return true;
}

void measure(benchmark::State& state, std::size_t count, call compute, double (*expected)(double)) {
  const float* const in = memory().in.data();
  float* const out = memory().out.data();
  compute(in, out, count);
  if (!is_right(in, out, count, expected)) {
    state.SkipWithError("an output is wrong");
    return;
  }
  const auto [copy, best] = bench::best_times(state, count, bench::copy_of(in, out, count),
                                              [=] { compute(in, out, count); });
  state.counters["ns_per_element"] = best;
  state.counters["copies"] = best / copy;
}

template <auto Formula>
void add(const char* name) {
  const call compute = [](const float* in, float* out, std::size_t count) {
    fusor::kernel<Formula>(in, out, count);
  };
  const auto expected = [](double x) { return fusor::kernel<Formula>(x); };
  for (const std::size_t count : sizes) {
    bench::add(name, count,
               [=](benchmark::State& state) { measure(state, count, compute, expected); });
  }
}

void add_all() {
  using namespace fusor;
#define FUSOR_CASE(stem, ...) add<(__VA_ARGS__)>(#__VA_ARGS__);
#include "catalogue.hpp"
#undef FUSOR_CASE
}

std::vector<bench::cell> cells(const benchmark::BenchmarkReporter::Run& run) {
  const double time = run.counters.at("ns_per_element");
  const double copies = run.counters.at("copies");
  return {{"`" + bench::row_of(run) + "`", bench::column_of(run),
           bench::digits(time, 3) + " (" + bench::digits(copies, 2) + ")"}};
}

}  // namespace

int main(int count, char** arguments) {
  add_all();
  return bench::run_all(count, arguments, "ns an element (copies)", cells);
}
