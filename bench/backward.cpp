// SPDX-License-Identifier: BSL-1.0
// Backward passes beside those of other libraries, and of plain C: times of theirs by ours.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fusor/fusor.hpp>
#include <string>
#include <vector>

#include "peers/backward.hpp"
#include "side_by_side.hpp"
#include "table.hpp"

namespace {

using namespace fusor;
using bench::backward;
using bench::backward_call;
using bench::backward_task;

constexpr double epsilon = 1e-5;

// With y the gradient; the mean of a row was kept, and 1 / deviation.
constexpr auto mean_of_row = reduce_mean(x);
constexpr auto rstd = rsqrt(reduce_mean(square(x - mean_of_row)) + epsilon);
constexpr auto layer_norm_backward =
    with_kept(vjp((x - mean_of_row) * rstd, y), kept(mean_of_row, z), kept(rstd, input<3>));

struct named_backward {
  backward what;
  const char* name;
};
constexpr named_backward element_wise[] = {{backward::silu, "silu"},
                                           {backward::gelu, "gelu"},
                                           {backward::mish, "mish"},
                                           {backward::softplus, "softplus"},
                                           {backward::elu, "elu"},
                                           {backward::tanh, "tanh, from the output"},
                                           {backward::sigmoid, "sigmoid, from the output"}};
constexpr named_backward of_rows[] = {{backward::softmax, "softmax, from the output"},
                                      {backward::layer_norm, "layer_norm"}};

struct extents {
  std::size_t rows, columns;
};
constexpr extents shapes[] = {{4096, 10}, {4096, 64}, {512, 768}, {64, 4096}, {32, 32768}};

template <auto Formula>
backward_call of_arrays(const backward_task& t) {
  return [t] {
    kernel<Formula>(t.kept, t.gradient, t.out, t.count());
    return static_cast<const float*>(t.out);
  };
}

backward_call prepare_fusor(const backward_task& t) {
  switch (t.what) {
    case backward::silu:
      return of_arrays<y * derivative(silu)>(t);
    case backward::gelu:
      return of_arrays<y * derivative(gelu)>(t);
    case backward::mish:
      return of_arrays<y * derivative(mish)>(t);
    case backward::softplus:
      return of_arrays<y * derivative(softplus)>(t);
    case backward::elu:
      return of_arrays<y * derivative(elu)>(t);
    case backward::tanh:
      return of_arrays<y * derivative_from_output(tanh(x))>(t);
    case backward::sigmoid:
      return of_arrays<y * derivative_from_output(sigmoid)>(t);
    case backward::softmax:
      return [t, in = view(t.kept, {t.rows, t.columns}),
              gradient = view(t.gradient, {t.rows, t.columns}),
              out = view(t.out, {t.rows, t.columns})] {
        kernel<vjp_from_output(softmax, y)>(in, gradient, out);
        return static_cast<const float*>(t.out);
      };
    case backward::layer_norm:
      break;
  }
  return [t, in = view(t.input, {t.rows, t.columns}),
          gradient = view(t.gradient, {t.rows, t.columns}), mean = view(t.mean, {t.rows, 1}),
          deviation = view(t.rstd, {t.rows, 1}), out = view(t.out, {t.rows, t.columns})] {
    kernel<layer_norm_backward>(in, gradient, mean, deviation, out);
    return static_cast<const float*>(t.out);
  };
}

struct candidate {
  const char* name;
  backward_call run;
};

bool agree(const float* a, const float* b, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    if (!(std::abs(a[i] - b[i]) <= 2e-5f * std::max(1.0f, std::abs(b[i])))) return false;
  }
  return true;
}

/// What the forward pass has kept.
void keep(const backward_task& t, float* kept, float* mean, float* deviation) {
  const auto in = view(t.input, {t.rows, t.columns});
  const auto out = view(kept, {t.rows, t.columns});
  constexpr auto center = reduce_mean(x);
  constexpr auto scale = rsqrt(reduce_mean(square(x - center)) + epsilon);
  kernel<outputs(center, scale)>(in, view(mean, {t.rows, 1}), view(deviation, {t.rows, 1}));
  if (t.what == backward::tanh) kernel<tanh(x)>(in, out);
  if (t.what == backward::sigmoid) kernel<sigmoid>(in, out);
  if (t.what == backward::softmax) kernel<softmax>(in, out);
}

void measure(benchmark::State& state, const named_backward& what, const extents& shape) {
  const std::size_t count = shape.rows * shape.columns;
  const bench::array in(count), gradient(count), kept(count), out(count, bench::half_page);
  std::vector<float> mean(shape.rows), deviation(shape.rows);
  bench::fill_random(in.data(), count, 1);
  bench::fill_random(gradient.data(), count, 2);
  const bool keeps_output = what.what == backward::tanh || what.what == backward::sigmoid ||
                            what.what == backward::softmax;
  const backward_task t{what.what,
                        shape.rows,
                        shape.columns,
                        in.data(),
                        keeps_output ? kept.data() : in.data(),
                        mean.data(),
                        deviation.data(),
                        gradient.data(),
                        out.data()};
  keep(t, kept.data(), mean.data(), deviation.data());

  std::vector<candidate> candidates = {{"Fusor", prepare_fusor(t)}};
  candidates[0].run();
  const std::vector<float> expected(out.data(), out.data() + count);
#ifdef BENCH_HAS_TORCH
  candidates.push_back({"PyTorch", bench::prepare_torch_backward(t)});
#endif
  if (const backward_call plain = bench::prepare_plain_backward(t)) {
    candidates.push_back({"C", plain});
  }
  for (std::size_t i = 1; i < candidates.size(); ++i) {
    if (agree(candidates[i].run(), expected.data(), count)) continue;
    state.SkipWithError((std::string(candidates[i].name) + " gives something else").c_str());
    return;
  }

  const std::size_t calls = std::max<std::size_t>(1, 128 * bench::Ki / count);
  const std::vector<double> best = bench::best_bursts(state, candidates, calls);
  for (std::size_t i = 1; i < candidates.size(); ++i) {
    state.counters[candidates[i].name] = best[i] / best[0];
  }
  state.counters["ns"] = best[0] * 1e9 / static_cast<double>(calls * count);
}

std::vector<bench::cell> cells_of(const benchmark::BenchmarkReporter::Run& run) {
  const std::string row = bench::row_of(run) + " " + bench::column_of(run);
  std::vector<bench::cell> cells = {
      {row, "Fusor, ns an element", bench::digits(run.counters.at("ns"), 3)}};
  for (const char* name : {"PyTorch", "C"}) {
    const auto found = run.counters.find(name);
    cells.push_back(
        {row, name, found == run.counters.end() ? "" : bench::digits(found->second, 2)});
  }
  return cells;
}

void add(const named_backward& what, const std::string& size, const extents& shape) {
  benchmark::RegisterBenchmark((std::string(what.name) + "/" + size).c_str(),
                               [=](benchmark::State& state) { measure(state, what, shape); })
      ->UseManualTime()
      ->MinTime(0.5);
}

}  // namespace

int main(int count, char** arguments) {
  setenv("OMP_NUM_THREADS", "1", 1);
  for (const named_backward& what : element_wise) {
    for (const std::size_t size : {4 * bench::Ki, 64 * bench::Ki, bench::Mi, 64 * bench::Mi}) {
      add(what, bench::size_name(size), {1, size});
    }
  }
  for (const named_backward& what : of_rows) {
    for (const extents& shape : shapes) {
      add(what, std::to_string(shape.rows) + "x" + std::to_string(shape.columns), shape);
    }
  }
  return bench::run_all(count, arguments, "theirs / ours", cells_of);
}
