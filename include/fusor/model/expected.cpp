// SPDX-License-Identifier: BSL-1.0
// The test that fusor_add_model makes of EXPECTED: a model's outputs beside those of Keras.
//
//   <target>_expected <x.csv> <y.csv> <difference>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include FUSOR_MODEL_HEADER

namespace {

/// All numbers of a file, row after row.
std::vector<double> read(const std::string& path, std::size_t columns) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot open " + path);
  std::vector<double> numbers;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line == "\r") continue;
    const char* at = line.c_str();
    for (std::size_t i = 0; i < columns; ++i) {
      char* end = nullptr;
      numbers.push_back(std::strtod(at, &end));
      if (end == at) throw std::runtime_error(path + ": a line has fewer numbers than a row");
      at = end + (*end == ',');
    }
    if (*at != '\0' && *at != '\r') {
      throw std::runtime_error(path + ": a line has more numbers than a row");
    }
  }
  if (numbers.empty()) throw std::runtime_error(path + ": has no numbers");
  return numbers;
}

std::size_t largest(const double* row, std::size_t columns) {
  return static_cast<std::size_t>(std::max_element(row, row + columns) - row);
}

template <class T>
bool compare(const char* type, const std::vector<double>& x, const std::vector<double>& y,
             double allowed) {
  constexpr std::size_t columns = FUSOR_MODEL::outputs;
  const std::vector<T> in(x.begin(), x.end());
  std::vector<T> out(y.size());
  FUSOR_MODEL::predict(in, out);
  const std::vector<double> found(out.begin(), out.end());
  double difference = 0;
  std::size_t same = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    // (A NaN where Keras has one is no difference, any other is.)
    const double each = std::abs(found[i] - y[i]);
    const bool are_same = std::isnan(found[i]) ? std::isnan(y[i]) : found[i] == y[i];
    if (!are_same && !(each <= difference)) difference = std::isnan(each) ? INFINITY : each;
  }
  const std::size_t rows = y.size() / columns;
  for (std::size_t row = 0; row < rows; ++row) {
    same += largest(&found[row * columns], columns) == largest(&y[row * columns], columns);
  }
  std::printf(
      "%s: the largest element is Keras's in %zu of %zu rows, differences are at most %.2g\n", type,
      same, rows, difference);
  if (difference <= allowed) return true;
  std::printf("FAILED: the difference may be %g\n", allowed);
  return false;
}

template <class... Types>
bool compare_all(const std::vector<double>& x, const std::vector<double>& y, double allowed) {
  return (compare<Types>(sizeof(Types) == sizeof(float) ? "float" : "double", x, y, allowed) & ...);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc != 4) throw std::runtime_error("takes two files and a difference");
    const std::vector<double> x = read(argv[1], FUSOR_MODEL::inputs);
    const std::vector<double> y = read(argv[2], FUSOR_MODEL::outputs);
    return compare_all<FUSOR_MODEL_TYPES>(x, y, std::strtod(argv[3], nullptr)) ? 0 : 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s\n", argv[0], error.what());
    return 1;
  }
}
