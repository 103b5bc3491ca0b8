// SPDX-License-Identifier: BSL-1.0
// A functional model of Keras, two branches of which one gates the other, as a library of its own:
// the line of CMake beside this file makes it. It reads handwritten digits.
//
// Usage: model [folder of the data]
#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <fstream>
#include <gated_digits.hpp>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

std::vector<float> read(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot open " + path);
  std::vector<float> values;
  for (float value = 0; file >> value;) {
    values.push_back(value);
    if (file.peek() == ',') file.get();
  }
  return values;
}

int run(const std::string& folder) {
  const std::vector<float> images = read(folder + "/digits_test_x.csv");
  const std::vector<float> digits = read(folder + "/digits_test_y.csv");
  std::vector<float> probabilities(digits.size() * gated_digits::outputs);
  gated_digits::predict(images, probabilities);  // all rows in one call

  int right = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const auto row = probabilities.begin() + static_cast<std::ptrdiff_t>(i * gated_digits::outputs);
    right +=
        static_cast<float>(std::max_element(row, row + gated_digits::outputs) - row) == digits[i];
  }
  std::printf("%d of %zu digits are right\n", right, digits.size());

  // One row alone, as a program with a stream of them has it: the same bits.
  std::array<float, gated_digits::outputs> alone;
  gated_digits::predict({images.data(), gated_digits::inputs}, alone);
  if (!std::equal(alone.begin(), alone.end(), probabilities.begin())) {
    std::printf("FAILED: one row differs from the same row beside others\n");
    return 1;
  }

  // What cannot be right is refused before anything is written.
  try {
    gated_digits::predict({images.data(), 63}, alone);
  } catch (const fusor::shape_error& error) {
    std::printf("refused: %s\n", error.what());
  }
  if (right != 351) {
    std::printf("FAILED: Keras has 351\n");
    return 1;
  }
  std::printf("OK: 97.5 %% of the digits, as Keras\n");
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc > 1 ? argv[1] : FUSOR_MODELS_DATA);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "model: %s\n", error.what());
    return 1;
  }
}
