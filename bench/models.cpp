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

constexpr auto product = matmul(x, y);
constexpr auto dense = matmul(x, y) + z;
constexpr auto dense_gelu = gelu(dense);
constexpr auto dense_mish = mish(dense);
constexpr auto dense_tanh = tanh(dense);
constexpr auto dense_leaky_relu = leaky_relu(dense);

/// Where the weights of all layers are, as a chain of layers takes them.
struct chain_weights {
  std::vector<packed_matrix<float>> matrices;
  std::vector<const float*> all;

  /// `ends_bare`: the last layer is the product alone.
  explicit chain_weights(const model_task& task, bool ends_bare = false) {
    for (const bench::layer& each : task.layers) {
      matrices.push_back(packed(view(each.weights, {each.inputs, each.outputs})));
      all.push_back(matrices.back().data());
      if (!ends_bare || &each != &task.layers.back()) all.push_back(each.bias);
    }
  }

  template <class Chain>
  void run(std::size_t rows, const float* in, float* out) const {
    const float* weights[Chain::weight_total];
    std::copy_n(all.begin(), Chain::weight_total, weights);
    Chain::run(rows, in, out, weights);
  }
};

/// All layers in one chain.
template <class... Layers>
model_call prepare_chain(const model_task& task) {
  auto weights = std::make_shared<chain_weights>(task);
  auto result = std::make_shared<std::vector<float>>(task.rows * task.layers.back().outputs);
  return [=] {
    weights->run<detail::layer_chain<float, Layers...>>(task.rows, task.in, result->data());
    return static_cast<const float*>(result->data());
  };
}

/// Digits: tiles of rows through a chain, then their softmax.
model_call prepare_digits(const model_task& task) {
  using chain =
      detail::layer_chain<float, detail::layer<dense_mish, 64, 64>,
                          detail::layer<dense_gelu, 64, 32>, detail::layer<product, 32, 10>>;
  auto weights = std::make_shared<chain_weights>(task, true);
  auto result = std::make_shared<std::vector<float>>(task.rows * 10);
  return [=] {
    constexpr std::size_t tile = 840;
    alignas(64) float between[tile * 12];
    for (std::size_t first = 0; first < task.rows; first += tile) {
      const std::size_t rows = std::min(tile, task.rows - first);
      weights->run<chain>(rows, task.in + first * 64, between);
      kernel<softmax(x + y)>(view(&between[0], {rows, 10}), view(task.layers[2].bias, {10}),
                             view(result->data() + first * 10, {rows, 10}));
    }
    return static_cast<const float*>(result->data());
  };
}

/// Wide: more columns than a chain takes. Tiles of rows go through both layers.
model_call prepare_wide(const model_task& task) {
  constexpr std::size_t tile = 96;
  auto weights = std::make_shared<chain_weights>(task);
  auto between = std::make_shared<std::vector<float>>(std::min(tile, task.rows) * 4096);
  auto result = std::make_shared<std::vector<float>>(task.rows * 1024);
  return [=] {
    for (std::size_t first = 0; first < task.rows; first += tile) {
      const std::size_t rows = std::min(tile, task.rows - first);
      const auto hidden = view(between->data(), {rows, 4096});
      kernel<dense_gelu>(view(task.in + first * 1024, {rows, 1024}), weights->matrices[0],
                         view(task.layers[0].bias, {4096}), hidden);
      kernel<dense>(hidden, weights->matrices[1], view(task.layers[1].bias, {1024}),
                    view(result->data() + first * 1024, {rows, 1024}));
    }
    return static_cast<const float*>(result->data());
  };
}

/// As fusor_add_model writes the networks.
model_call prepare_fusor(const std::string& name, const model_task& task) {
  if (name == "digits") return prepare_digits(task);
  if (name == "climate") {
    return prepare_chain<detail::layer<dense_leaky_relu, 124, 512>,
                         detail::layer<dense_leaky_relu, 512, 512>,
                         detail::layer<dense_leaky_relu, 512, 512>, detail::layer<dense, 512, 128>>(
        task);
  }
  if (name == "PINN") {
    return prepare_chain<detail::layer<dense_tanh, 3, 64>, detail::layer<dense_tanh, 64, 64>,
                         detail::layer<dense_tanh, 64, 64>, detail::layer<dense_tanh, 64, 64>,
                         detail::layer<dense, 64, 1>>(task);
  }
  if (name == "audio") {
    return prepare_chain<detail::layer<dense_tanh, 1, 16>, detail::layer<dense_tanh, 16, 16>,
                         detail::layer<dense, 16, 1>>(task);
  }
  return prepare_wide(task);
}

struct candidate {
  const char* name;
  model_call run;
};

std::vector<candidate> candidates_of(const std::string& network, const model_task& task) {
  std::vector<candidate> all = {{"Fusor", prepare_fusor(network, task)}};
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

  const std::vector<candidate> candidates = candidates_of(what.name, task);
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
