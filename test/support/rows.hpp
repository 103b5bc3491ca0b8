// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <fusor/fusor.hpp>
#include <vector>

/// What formulas along an axis give for one row, in long double; nothing of Fusor is used to
/// compute it.
namespace fusor::test {

using wide = long double;
using wide_row = std::vector<wide>;

struct softmax_row {
  template <int Axis>
  static constexpr auto formula = softmax(x, {.axis = Axis});

  static wide_row expected(const wide_row& row) {
    const wide largest = *std::max_element(row.begin(), row.end());
    wide sum = 0;
    for (const wide value : row) sum += std::exp(value - largest);
    wide_row results;
    for (const wide value : row) results.push_back(std::exp(value - largest) / sum);
    return results;
  }
};

struct log_softmax_row {
  template <int Axis>
  static constexpr auto formula = log_softmax(x, {.axis = Axis});

  static wide_row expected(const wide_row& row) {
    const auto largest = std::max_element(row.begin(), row.end());
    wide rest = 0;
    for (auto value = row.begin(); value != row.end(); ++value) {
      if (value != largest) rest += std::exp(*value - *largest);
    }
    wide_row results;
    for (const wide value : row) results.push_back(value - *largest - std::log1p(rest));
    return results;
  }
};

struct sparsemax_row {
  template <int Axis>
  static constexpr auto formula = sparsemax(x, {.axis = Axis});

  static wide_row expected(const wide_row& row) {
    wide_row sorted = row;
    std::sort(sorted.rbegin(), sorted.rend());
    wide sum = 0;
    wide threshold = 0;
    for (std::size_t k = 0; k < sorted.size(); ++k) {
      sum += sorted[k];
      const wide candidate = (sum - 1) / static_cast<wide>(k + 1);
      if (sorted[k] > candidate) threshold = candidate;
    }
    wide_row results;
    for (const wide value : row) results.push_back(std::max<wide>(value - threshold, 0));
    return results;
  }
};

struct glu_row {
  template <int Axis>
  static constexpr auto formula = glu(x, {.axis = Axis});

  static wide_row expected(const wide_row& row) {
    wide_row results;
    const std::size_t half = row.size() / 2;
    for (std::size_t i = 0; i < half; ++i) {
      results.push_back(row[i] / (1 + std::exp(-row[half + i])));
    }
    return results;
  }
};

struct rms_norm_row {
  static constexpr float epsilon = 0x1p-17f;  // the same number in every type
  template <int Axis>
  static constexpr auto formula = x* rsqrt(reduce_mean(square(x), {.axis = Axis}) + epsilon);

  static wide_row expected(const wide_row& row) {
    wide sum = 0;
    for (const wide value : row) sum += value * value;
    const wide scale = 1 / std::sqrt(sum / static_cast<wide>(row.size()) + epsilon);
    wide_row results;
    for (const wide value : row) results.push_back(value * scale);
    return results;
  }
};

}  // namespace fusor::test
