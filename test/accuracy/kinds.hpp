// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <limits>
#include <string_view>

/// The rows of table.hpp, which bench/accuracy writes: bounds for each kind of instruction set.
namespace fusor::test {

inline constexpr std::size_t kinds = 4, scalar_kind = 3;

/// 0 with AVX-512, 1 with AVX2, 2 without a fused multiply-add, 3 scalar; `kinds` for others.
constexpr std::size_t kind_of(std::string_view set) {
  if (set.starts_with("AVX3")) return 0;
  if (set == "AVX2") return 1;
  if (set == "SSE4" || set == "SSSE3" || set == "SSE2") return 2;
  return set == "SCALAR" || set == "EMU128" ? scalar_kind : kinds;
}

inline constexpr double inf = std::numeric_limits<double>::infinity();

struct accuracy_bounds {
  double maximum, mean;
};

struct accuracy_row {
  const char* formula;
  accuracy_bounds in_float[kinds], in_double[kinds];
  double float16, bfloat16;

  static constexpr double largest(const accuracy_bounds (&bounds)[kinds]) {
    double all = 0;
    for (const accuracy_bounds& one : bounds) all = one.maximum > all ? one.maximum : all;
    return all;
  }
  /// The bound on a kind of set, on a set of another kind the largest of all.
  static constexpr double bound(const accuracy_bounds (&bounds)[kinds], std::size_t kind) {
    return kind < kinds ? bounds[kind].maximum : largest(bounds);
  }
};

}  // namespace fusor::test
