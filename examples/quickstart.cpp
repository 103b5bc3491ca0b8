// SPDX-License-Identifier: BSL-1.0
// A network that Keras has trained classifies 360 handwritten digits. The line of CMake beside this
// file, `fusor_add_model(digits digits_mish.keras)`, makes a library of it. Then the same network
// is written here, as three formulas, with an activation of its own; and both are compared with
// Keras.
//
// Data: see data/README.md. Usage: quickstart [folder of the data]
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <digits.hpp>
#include <exception>
#include <fstream>
#include <fusor/fusor.hpp>
#include <stdexcept>
#include <string>
#include <vector>

using namespace fusor;

// An activation is a formula, and so is a layer: each is one kernel.
constexpr auto mish_by_hand = x * tanh(softplus(x));
constexpr auto hidden_1 = mish_by_hand(matmul(x, y) + z);
constexpr auto hidden_2 = gelu(matmul(x, y) + z);
constexpr auto probabilities = softmax(matmul(x, y) + z);

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

/// The layer of a formula: rows of `from` numbers to rows of `to`.
template <auto Formula>
numbers layer(const numbers& in, const std::string& stem, std::size_t from, std::size_t to) {
  const numbers kernel_of_layer = read(stem + "_kernel.csv", from * to);
  const numbers bias = read(stem + "_bias.csv", to);
  const auto weights = packed(view(kernel_of_layer, {from, to}));
  const std::size_t rows = in.size() / from;
  numbers out(rows * to);
  kernel<Formula>(view(in, {rows, from}), weights, view(bias, {to}), view(out, {rows, to}));
  return out;
}

float largest_difference(const numbers& a, const numbers& b) {
  float largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const float difference = std::abs(a[i] - b[i]);
    if (std::isnan(difference)) return difference;
    largest = std::max(largest, difference);
  }
  return largest;
}

/// Nanoseconds a row of the library, the best of many calls of so many rows.
double nanoseconds(const numbers& images, std::size_t rows) {
  numbers out(rows * digits::outputs);
  auto best = std::chrono::steady_clock::duration::max();
  for (int i = 0; i < 1000; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    digits::predict({images.data(), rows * digits::inputs}, out);
    best = std::min(best, std::chrono::steady_clock::now() - begin);
  }
  return std::chrono::duration<double, std::nano>(best).count() / static_cast<double>(rows);
}

int run(const std::string& folder) {
  constexpr std::size_t images = 360, classes = digits::outputs;
  const numbers image = read(folder + "/test_x.csv", images * digits::inputs);
  const numbers digit = read(folder + "/test_y.csv", images);
  const numbers keras = read(folder + "/expected.csv", images * classes);

  // The library, made of the file of Keras.
  numbers probability(images * classes);
  digits::predict(image, probability);

  // The same by hand.
  const numbers first = layer<hidden_1>(image, folder + "/dense_1", 64, 64);
  const numbers second = layer<hidden_2>(first, folder + "/dense_2", 64, 32);
  const numbers by_hand = layer<probabilities>(second, folder + "/logits", 32, classes);

  int right = 0;
  for (std::size_t i = 0; i < images; ++i) {
    const auto row = probability.begin() + static_cast<std::ptrdiff_t>(i * classes);
    right += static_cast<float>(std::max_element(row, row + classes) - row) == digit[i];
  }
  const double accuracy = 100.0 * right / static_cast<double>(images);
  const float from_keras = largest_difference(probability, keras);
  const float from_library = largest_difference(by_hand, probability);

  std::ifstream table(FUSOR_QUICKSTART_TABLE);  // written when the library was made
  for (std::string line; std::getline(table, line);) std::printf("%s\n", line.c_str());
  std::printf("\n360 handwritten digits\n");
  std::printf("  classified correctly      %.1f %% (%d of %zu)\n", accuracy, right, images);
  std::printf("  difference to Keras       %.1e at most\n", from_keras);
  std::printf("  one row at a time         %.0f ns a row\n", nanoseconds(image, 1));
  std::printf("  all in one call           %.0f ns a row\n\n", nanoseconds(image, images));
  std::printf("The same by hand, three formulas\n");
  std::printf("  the first                 %s\n", to_string(hidden_1).c_str());
  std::printf("  difference to the library %.1e at most\n\n", from_library);

  if (right != 351) {
    std::printf("FAILED: %d of %zu digits are right, Keras has 351\n", right, images);
    return 1;
  }
  if (!(from_keras < 1e-5f)) {
    std::printf("FAILED: the outputs differ from Keras's by %.1e, more than 1e-5\n", from_keras);
    return 1;
  }
  if (!(from_library < 1e-6f)) {
    std::printf("FAILED: the library and the formulas differ by %.1e\n", from_library);
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
