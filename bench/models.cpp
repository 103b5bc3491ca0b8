// SPDX-License-Identifier: BSL-1.0
// Whole networks beside those of other libraries, one thread each: nanoseconds a row.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fusor/fusor.hpp>
#include <string>
#include <utility>
#include <vector>

#include "peers/models.hpp"
#include "side_by_side.hpp"

namespace {

using namespace fusor;
using bench::layer_activation;
using bench::model_call;
using bench::model_task;

struct network {
  const char* name;
  std::vector<std::size_t> sizes;
  std::vector<layer_activation> activations;
};

const std::vector<network> networks = {
    {"digits",
     {64, 64, 32, 10},
     {layer_activation::mish, layer_activation::gelu, layer_activation::softmax}},
    {"climate",
     {124, 512, 512, 512, 128},
     {layer_activation::leaky_relu, layer_activation::leaky_relu, layer_activation::leaky_relu,
      layer_activation::none}},
    {"PINN",
     {3, 64, 64, 64, 64, 1},
     {layer_activation::tanh, layer_activation::tanh, layer_activation::tanh,
      layer_activation::tanh, layer_activation::none}},
    {"audio",
     {1, 16, 16, 1},
     {layer_activation::tanh, layer_activation::tanh, layer_activation::none}},
    {"wide", {1024, 4096, 1024}, {layer_activation::gelu, layer_activation::none}},
};

template <class Activation>
constexpr auto dense(Activation activation) {
  return activation(matmul(x, y) + z);
}
constexpr auto none = [](auto v) { return v; };

void run_layer(layer_activation what, const tensor_view<const float, 2>& in,
               const packed_matrix<float>& weights, const tensor_view<const float, 1>& bias,
               const tensor_view<float, 2>& out) {
  switch (what) {
    case layer_activation::none:
      return kernel<dense(none)>(in, weights, bias, out);
    case layer_activation::leaky_relu:
      return kernel<dense(leaky_relu)>(in, weights, bias, out);
    case layer_activation::tanh:
      return kernel<fusor::tanh(matmul(x, y) + z)>(in, weights, bias, out);
    case layer_activation::mish:
      return kernel<dense(mish)>(in, weights, bias, out);
    case layer_activation::gelu:
      return kernel<dense(gelu)>(in, weights, bias, out);
    case layer_activation::softmax:
      return kernel<dense(softmax)>(in, weights, bias, out);
  }
}

/// Tiles of rows go through all layers, one after the other.
model_call prepare_fusor(const model_task& task) {
  std::size_t widest = 0;
  auto weights = std::make_shared<std::vector<packed_matrix<float>>>();
  for (const bench::layer& each : task.layers) {
    weights->push_back(packed(view(each.weights, {each.inputs, each.outputs})));
    widest = std::max(widest, each.outputs);
  }
  // Two arrays of a tile in the first-level cache; more rows than that where weights would be read
  // too often.
  const std::size_t tile =
      std::min(task.rows, std::clamp<std::size_t>(bench::Ki * 16 / (4 * widest), 96, 1024));
  auto values = std::make_shared<std::vector<std::vector<float>>>(bench::outputs_of(task, tile));
  auto result = std::make_shared<std::vector<float>>(task.rows * task.layers.back().outputs);
  return [=] {
    for (std::size_t first = 0; first < task.rows; first += tile) {
      const std::size_t rows = std::min(tile, task.rows - first);
      const float* in = task.in + first * task.layers[0].inputs;
      for (std::size_t i = 0; i < task.layers.size(); ++i) {
        const bench::layer& each = task.layers[i];
        const bool is_last = i + 1 == task.layers.size();
        float* const out = is_last ? result->data() + first * each.outputs : (*values)[i].data();
        run_layer(each.activation, view(in, {rows, each.inputs}), (*weights)[i],
                  view(each.bias, {each.outputs}), view(out, {rows, each.outputs}));
        in = out;
      }
    }
    return static_cast<const float*>(result->data());
  };
}

struct candidate {
  const char* name;
  model_call run;
};

std::vector<candidate> candidates_of(const model_task& task) {
  std::vector<candidate> all = {{"Fusor", prepare_fusor(task)}};
  [[maybe_unused]] const auto add = [&](const char* name, model_call call) {
    if (call) all.push_back({name, std::move(call)});
  };
#ifdef BENCH_HAS_EIGEN
  add("Eigen", bench::prepare_eigen_model(task));
#endif
#ifdef BENCH_HAS_ONEDNN
  add("oneDNN", bench::prepare_onednn_model(task));
#endif
#ifdef BENCH_HAS_XNNPACK
  add("XNNPACK", bench::prepare_xnnpack_model(task));
#endif
#ifdef BENCH_HAS_TORCH
  add("PyTorch", bench::prepare_torch_model(task));
#endif
#ifdef BENCH_HAS_OPENBLAS
  add("OpenBLAS", bench::prepare_openblas_model(task));
#endif
  add("C", bench::prepare_plain_model(task));
  return all;
}

/// The largest difference of two predictions, in units of the largest number.
double difference(const float* a, const float* b, std::size_t count) {
  double most = 0, largest = 1e-30;
  for (std::size_t i = 0; i < count; ++i) {
    most = std::max(most, static_cast<double>(std::abs(a[i] - b[i])));
    largest = std::max(largest, static_cast<double>(std::abs(b[i])));
    if (std::isnan(a[i])) return NAN;
  }
  return most / largest;
}

void measure(const network& what, std::size_t rows, double seconds) {
  std::vector<std::vector<float>> arrays;
  model_task task;
  for (std::size_t i = 0; i < what.activations.size(); ++i) {
    const std::size_t inputs = what.sizes[i], outputs = what.sizes[i + 1];
    std::vector<float> weights(inputs * outputs), bias(outputs);
    bench::fill_random(weights.data(), weights.size(), static_cast<unsigned>(2 * i));
    bench::fill_random(bias.data(), bias.size(), static_cast<unsigned>(2 * i + 1));
    for (float& each : weights) each /= 3 * std::sqrt(static_cast<float>(inputs));
    arrays.push_back(std::move(weights));
    arrays.push_back(std::move(bias));
    task.layers.push_back({inputs, outputs, what.activations[i], nullptr, nullptr});
  }
  for (std::size_t i = 0; i < task.layers.size(); ++i) {
    task.layers[i].weights = arrays[2 * i].data();
    task.layers[i].bias = arrays[2 * i + 1].data();
  }
  std::vector<float> in((rows + 1) * what.sizes[0]);
  bench::fill_random(in.data(), in.size(), 77);
  task.rows = rows;
  task.in = in.data();

  const std::vector<candidate> candidates = candidates_of(task);
  const std::size_t count = rows * what.sizes.back();
  const float* const first = candidates[0].run();
  const std::vector<float> ours(first, first + count);
  std::size_t work = 0;
  for (const bench::layer& each : task.layers) work += each.inputs * each.outputs;
  const std::size_t calls = std::max<std::size_t>(1, 10'000'000 / (rows * work));
  const std::vector<double> best = bench::best_bursts(seconds, candidates, calls);
  std::printf("| %s | %zu |", what.name, rows);
  for (const char* name : {"Fusor", "Eigen", "oneDNN", "XNNPACK", "PyTorch", "OpenBLAS", "C"}) {
    std::string text;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      if (candidates[i].name != std::string(name)) continue;
      const double ns = best[i] * 1e9 / static_cast<double>(calls * rows);
      char number[32];
      std::snprintf(number, sizeof number, ns < 100 ? "%.1f" : "%.0f", ns);
      text = number;
      const double differs = difference(candidates[i].run(), ours.data(), count);
      if (!(differs <= 1e-4)) text += " (differs)";
    }
    std::printf(" %s |", text.c_str());
  }
  std::printf("\n");
  std::fflush(stdout);
}

}  // namespace

int main(int count, char** arguments) {
  setenv("OMP_NUM_THREADS", "1", 1);
  setenv("OPENBLAS_NUM_THREADS", "1", 1);
  // The name of a network, or all of them.
  const std::string wanted = count > 1 ? arguments[1] : "";
  std::printf(
      "| network | rows | Fusor | Eigen | oneDNN | XNNPACK | PyTorch | OpenBLAS | C |\n"
      "|---|---:|---:|---:|---:|---:|---:|---:|---:|\n");
  for (const network& each : networks) {
    if (!wanted.empty() && wanted != each.name) continue;
    const bool is_wide = each.name == std::string("wide");
    for (const std::size_t rows : {1, 8, 64, 1024, 16384}) {
      if (is_wide && rows > 1024) continue;
      measure(each, rows, is_wide ? 2 : 1);
    }
  }
}
