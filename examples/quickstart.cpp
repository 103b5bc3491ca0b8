// SPDX-License-Identifier: BSL-1.0
// A trained network classifies 360 handwritten digits. Its first activation is a formula written
// here; the result is compared with what Keras computed, and the speed with one loop per operator.
//
// Data: see data/README.md. Usage: quickstart [folder of the data]
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <exception>
#include <fstream>
#include <fusor/fusor.hpp>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

using namespace fusor;

constexpr auto mish_by_hand = x * tanh(softplus(x));

namespace {

using numbers = std::vector<float>;

/// All numbers of a CSV file, row after row.
numbers read(const std::string& path, std::size_t expected) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot open " + path);
  numbers values;
  float value = 0;
  while (file >> value) {
    values.push_back(value);
    if (file.peek() == ',') file.get();
  }
  if (values.size() != expected || !file.eof()) {
    throw std::runtime_error(path + ": " + std::to_string(values.size()) + " numbers read, " +
                             std::to_string(expected) + " and nothing else expected");
  }
  return values;
}

/// A dense layer: out = in * weights + bias, for rows of `from` numbers to rows of `to`.
struct dense {
  std::size_t from, to;
  numbers weights, bias;

  dense(const std::string& stem, std::size_t from_units, std::size_t to_units)
      : from(from_units),
        to(to_units),
        weights(read(stem + "_kernel.csv", from * to)),
        bias(read(stem + "_bias.csv", to)) {}

  numbers operator()(const numbers& in) const {
    const std::size_t rows = in.size() / from;
    numbers out(rows * to);
    for (std::size_t row = 0; row < rows; ++row) {
      float* const sums = &out[row * to];
      std::copy(bias.begin(), bias.end(), sums);
      for (std::size_t i = 0; i < from; ++i) {
        for (std::size_t j = 0; j < to; ++j) sums[j] += in[row * from + i] * weights[i * to + j];
      }
    }
    return out;
  }
};

/// mish one operator at a time, each a pass over memory: four passes, five arrays read. One array
/// for each result, as libraries do that evaluate operator by operator.
void one_operator_at_a_time(const numbers& in, numbers& grown, numbers& plus, numbers& gate,
                            numbers& out) {
  for (std::size_t i = 0; i < in.size(); ++i) grown[i] = std::exp(in[i]);
  for (std::size_t i = 0; i < in.size(); ++i) plus[i] = std::log1p(grown[i]);
  for (std::size_t i = 0; i < in.size(); ++i) gate[i] = std::tanh(plus[i]);
  for (std::size_t i = 0; i < in.size(); ++i) out[i] = in[i] * gate[i];
}

/// Nanoseconds per element, the best of several calls.
template <class Call>
double nanoseconds(std::size_t elements, int calls, Call call) {
  call();  // warm up
  auto best = std::chrono::steady_clock::duration::max();
  for (int i = 0; i < calls; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    call();
    best = std::min(best, std::chrono::steady_clock::now() - begin);
  }
  return std::chrono::duration<double, std::nano>(best).count() / static_cast<double>(elements);
}

/// The instruction set that kernels run on: the best of Highway's for this CPU.
std::string instruction_set() {
#if defined(FUSOR_STATIC_DISPATCH)
  return hwy::TargetName(HWY_STATIC_TARGET) + std::string(", chosen by the compiler's flags");
#else
  const auto usable = hwy::SupportedTargets() & HWY_TARGETS;
  return hwy::TargetName(usable & -usable) + std::string(", chosen at run time");
#endif
}

int run(const std::string& folder) {
  constexpr std::size_t images = 360, pixels = 64, classes = 10;
  const numbers image = read(folder + "/test_x.csv", images * pixels);
  const numbers digit = read(folder + "/test_y.csv", images);
  const numbers keras = read(folder + "/expected.csv", images * classes);
  const dense dense_1(folder + "/dense_1", pixels, 64);
  const dense dense_2(folder + "/dense_2", 64, 32);
  const dense logits(folder + "/logits", 32, classes);

  numbers hidden_1 = dense_1(image);
  kernel<mish_by_hand>(hidden_1);
  numbers hidden_2 = dense_2(hidden_1);
  kernel<gelu>(hidden_2);
  numbers probability = logits(hidden_2);
  kernel<softmax>(view(probability, {images, classes}));  // of each row, in place

  int right = 0;
  float difference = 0;
  for (std::size_t i = 0; i < images; ++i) {
    const auto row = probability.begin() + static_cast<std::ptrdiff_t>(i * classes);
    right += static_cast<float>(std::max_element(row, row + classes) - row) == digit[i];
  }
  for (std::size_t i = 0; i < probability.size(); ++i) {
    difference = std::max(difference, std::abs(probability[i] - keras[i]));
  }
  const double accuracy = 100.0 * right / static_cast<double>(images);

  constexpr std::size_t elements = std::size_t{1} << 21;
  numbers in(elements), out(elements), grown(elements), plus(elements), gate(elements);
  numbers out_by_operator(elements);
  std::mt19937 generator(1);
  std::normal_distribution<float> normal(0, 3);
  for (float& value : in) value = normal(generator);
  const double fused = nanoseconds(elements, 9, [&] { kernel<mish_by_hand>(in, out); });
  const double separate = nanoseconds(
      elements, 5, [&] { one_operator_at_a_time(in, grown, plus, gate, out_by_operator); });
  float speed_difference = 0;
  for (std::size_t i = 0; i < elements; ++i) {
    speed_difference = std::max(speed_difference, std::abs(out[i] - out_by_operator[i]));
  }

  constexpr auto plan = schedule<mish_by_hand>;
  std::printf("The network\n");
  std::printf("  64 pixels -> Dense 64, mish_by_hand -> Dense 32, gelu -> Dense 10, softmax\n\n");
  std::printf("  mish_by_hand              %s\n", to_string(mish_by_hand).c_str());
  std::printf("  gelu                      %s\n", to_string(gelu).c_str());
  std::printf("  instruction set           %s\n\n", instruction_set().c_str());
  std::printf("360 handwritten digits\n");
  std::printf("  classified correctly      %.1f %% (%d of %zu)\n", accuracy, right, images);
  std::printf("  difference to Keras       %.1e at most\n\n", difference);
  std::printf("mish_by_hand on %zu floats   one operator at a time     fused\n", elements);
  std::printf("                                std::exp, log1p, tanh, *\n");
  std::printf("  passes over memory                               4%10zu\n", plan.passes);
  std::printf("  arrays read                                      5%10zu\n", plan.reads);
  std::printf("  arrays written                                   4%10zu\n", plan.writes);
  std::printf("  ns per element                         %11.2f%10.2f\n", separate, fused);
  std::printf("  speed                                            1%10.1f\n\n", separate / fused);

  if (right != 351) {
    std::printf("FAILED: %d of %zu digits are right, Keras has 351\n", right, images);
    return 1;
  }
  if (!(difference < 1e-5f)) {
    std::printf("FAILED: the outputs differ from Keras's by %.1e, more than 1e-5\n", difference);
    return 1;
  }
  if (!(speed_difference < 1e-5f)) {
    std::printf("FAILED: fused and one operator at a time differ by %.1e\n", speed_difference);
    return 1;
  }
  std::printf("OK: %.1f %% of the digits, as Keras, and its outputs to within 1e-5\n", accuracy);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc > 1 ? argv[1] : FUSOR_EXAMPLES_DATA);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "quickstart: %s\n", error.what());
    return 1;
  }
}
