// SPDX-License-Identifier: BSL-1.0
// Formulas along an axis beside the same from other libraries, as multiples of a copy of the input.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fusor/fusor.hpp>
#include <string>
#include <vector>

#include "peers/axis.hpp"
#include "side_by_side.hpp"
#include "table.hpp"

namespace {

using namespace fusor;
using bench::operation;
using bench::task;

constexpr auto rms_norm = x * rsqrt(reduce_mean(square(x), {.axis = 1}) + bench::epsilon);
constexpr auto swiglu = silu(first_half(x, {.axis = 1})) * second_half(x, {.axis = 1});

struct named_operation {
  operation what;
  const char* name;
};
constexpr named_operation operations[] = {{operation::softmax, "softmax"},
                                          {operation::log_softmax, "log_softmax"},
                                          {operation::rms_norm, "rms_norm"},
                                          {operation::swiglu, "swiglu"}};

struct extents {
  std::size_t outer, axis, inner;
};
constexpr extents shapes[] = {{4096, 64, 1},  {4096, 10, 1}, {1024, 1000, 1}, {256, 4096, 1},
                              {32, 32768, 1}, {64, 256, 64}, {64, 2048, 1},   {16384, 1024, 1}};

template <auto Formula>
bench::call prepare(const task& t) {
  return [t, in = view(t.in, {t.outer, t.axis, t.inner}),
          out = view(t.out, {t.outer, t.out_count() / t.outer / t.inner, t.inner})] {
    kernel<Formula>(in, out);
  };
}

bench::call prepare_fusor(const task& t) {
  switch (t.what) {
    case operation::softmax:
      return prepare<softmax(x, {.axis = 1})>(t);
    case operation::log_softmax:
      return prepare<log_softmax(x, {.axis = 1})>(t);
    case operation::rms_norm:
      return prepare<rms_norm>(t);
    case operation::swiglu:
      break;
  }
  return prepare<swiglu>(t);
}

struct candidate {
  std::string name;
  bench::call run;
};

/// Whether two results agree to 1e-4 of the larger (a peer that adds 32768 floats one after another
/// loses that much); logarithms, which cancel, to 1e-4.
bool agree(const float* a, const float* b, const task& t) {
  const float least = t.what == operation::log_softmax ? 1.0f : 1e-6f;
  for (std::size_t i = 0; i < t.out_count(); ++i) {
    if (!(std::abs(a[i] - b[i]) <= 1e-4f * std::max(least, std::abs(b[i])))) return false;
  }
  return true;
}

void measure(benchmark::State& state, const named_operation& what, const extents& shape) {
  const std::size_t count = shape.outer * shape.axis * shape.inner;
  const bench::array in(count), out(count, bench::half_page);
  bench::fill_random(in.data(), count, 1);
  const task t{what.what, shape.outer, shape.axis, shape.inner, in.data(), out.data()};

  std::vector<candidate> candidates;
  candidates.push_back({"copy", bench::copy_of(in.data(), out.data(), count)});
  candidates.push_back({"Fusor", prepare_fusor(t)});
  candidates[1].run();
  const std::vector<float> expected(out.data(), out.data() + t.out_count());
  for (const bench::peer& peer : bench::peers) {
    if (peer.name == nullptr) continue;
    const bench::call run = peer.prepare(t);
    if (!run) continue;
    run();
    if (!agree(out.data(), expected.data(), t)) {
      state.SkipWithError((std::string(peer.name) + " gives something else").c_str());
      return;
    }
    candidates.push_back({peer.name, run});
  }

  const std::size_t calls = std::max<std::size_t>(1, 128 * bench::Ki / count);
  const std::vector<double> best = bench::best_bursts(state, candidates, calls);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    state.counters[candidates[i].name] = best[i] / best[0];
  }
  state.counters["ns"] = best[1] * 1e9 / static_cast<double>(calls * t.out_count());
}

std::vector<bench::cell> cells_of(const benchmark::BenchmarkReporter::Run& run) {
  const std::string row = bench::row_of(run) + " " + bench::column_of(run);
  std::vector<bench::cell> cells = {{row, "Fusor, ns", bench::digits(run.counters.at("ns"), 3)},
                                    {row, "Fusor", bench::digits(run.counters.at("Fusor"), 2)}};
  for (const bench::peer& peer : bench::peers) {
    if (peer.name == nullptr) continue;
    const auto found = run.counters.find(peer.name);
    cells.push_back(
        {row, peer.name, found == run.counters.end() ? "" : bench::digits(found->second, 2)});
  }
  return cells;
}

}  // namespace

int main(int count, char** arguments) {
  setenv("OMP_NUM_THREADS", "1", 1);
  for (const named_operation& what : operations) {
    for (const extents& shape : shapes) {
      std::string name = std::to_string(shape.outer) + "x" + std::to_string(shape.axis);
      if (shape.inner > 1) name += "x" + std::to_string(shape.inner);
      benchmark::RegisterBenchmark((std::string(what.name) + "/" + name).c_str(),
                                   [=](benchmark::State& state) { measure(state, what, shape); })
          ->UseManualTime()
          ->MinTime(0.5);
    }
  }
  return bench::run_all(count, arguments, "copies of the input", cells_of);
}
