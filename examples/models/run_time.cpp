// SPDX-License-Identifier: BSL-1.0
// Models of Keras that are known only when the program runs: their names are arguments, and none is
// compiled. Each reads handwritten digits. The library is fusor::model.
//
// Usage: run_time [models]
#include <algorithm>
#include <cstdio>
#include <exception>
#include <fstream>
#include <fusor/model.hpp>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using fusor::view;

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

/// The share of digits that a model reads right.
double share_of_right(const fusor::model& model) {
  const std::string folder = FUSOR_MODELS_DATA;
  const std::vector<float> images = read(folder + "/digits_test_x.csv");
  const std::vector<float> digits = read(folder + "/digits_test_y.csv");
  const std::size_t rows = digits.size();
  std::vector<float> scores(rows * 10);
  model.predict(view(images, {rows, 64}), view(scores, {rows, 10}));

  std::size_t right = 0;
  for (std::size_t i = 0; i < rows; ++i) {
    const auto row = scores.begin() + static_cast<std::ptrdiff_t>(i * 10);
    right += static_cast<float>(std::max_element(row, row + 10) - row) == digits[i];
  }
  return static_cast<double>(right) / static_cast<double>(rows);
}

int run(const std::vector<std::string>& files) {
  double least = 1;
  for (const std::string& file : files) {
    const fusor::model model(file);
    std::printf("%s", model.summary().c_str());
    const double share = share_of_right(model);
    std::printf("%.2f %% of the digits are right\n\n", 100 * share);
    least = std::min(least, share);
  }

  // A file that is no model gives a sentence.
  try {
    const fusor::model model(FUSOR_MODELS_DATA "/digits_test_x.csv");
  } catch (const fusor::model_error& error) {
    const std::string sentence = error.what();
    std::printf("refused: %s\n", sentence.substr(sentence.rfind('/') + 1).c_str());
  }
  if (least < 0.97) {
    std::printf("FAILED: Keras has more than 97 %%\n");
    return 1;
  }
  std::printf("OK: %zu models\n", files.size());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> files(argv + 1, argv + argc);
  if (files.empty()) {
    for (const char* const name : {"relu", "mish", "zoo", "functional"}) {
      files.push_back(FUSOR_MODELS_DATA "/digits_" + std::string(name) + ".keras");
    }
  }
  try {
    return run(files);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "run_time: %s\n", error.what());
    return 1;
  }
}
