// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include "accuracy/references.hpp"
#include "elementwise.hpp"
#include "support/numbers.hpp"

/// The largest errors of the activations, in units in the last place (ULP), against formulas that
/// lose nothing in the next wider type.
namespace bench {

using namespace fusor::test;

// What the tests of accuracy have no reference for.
#define BENCH_REFERENCE(name, result) \
  struct reference_##name {           \
    template <class R>                \
    R operator()(R v) const {         \
      return result;                  \
    }                                 \
  }
BENCH_REFERENCE(relu, std::max(v, R(0)));
BENCH_REFERENCE(relu6, std::clamp(v, R(0), R(6)));
BENCH_REFERENCE(leaky_relu_fifth, v > 0 ? v : v / 5);
BENCH_REFERENCE(leaky_relu_hundredth, v > 0 ? v : v / 100);
BENCH_REFERENCE(quick_gelu,
                std::isinf(v) && v < 0 ? R(-0.0) : v * reference_sigmoid{}(R(1.702) * v));
// Its constants are doubles, as everyone's are.
BENCH_REFERENCE(gelu_tanh, std::isinf(v) && v < 0
                               ? R(-0.0)
                               : v * reference_sigmoid{}(R(1.5957691216057308) *
                                                         (v + R(0.044715) * v * v * v)));
BENCH_REFERENCE(hard_tanh, std::clamp(v, R(-1), R(1)));
BENCH_REFERENCE(hard_shrink, std::abs(v) > R(0.5) ? v : R(0));
BENCH_REFERENCE(soft_shrink, v - std::clamp(v, R(-0.5), R(0.5)));
BENCH_REFERENCE(threshold, v > R(0.5) ? v : R(-1));
#undef BENCH_REFERENCE

template <class T>
struct wider;
template <>
struct wider<float> {
  using type = double;
};
template <>
struct wider<double> {
  using type = long double;
};
template <class T>
using wide = typename wider<T>::type;

/// Some 200,000 numbers: half of them of all exponents alike, half where activations bend and
/// vanish, and those at the ends.
template <class T>
std::vector<T> spread_inputs() {
  using limits = std::numeric_limits<T>;
  std::vector<T> inputs;
  for (const T size :
       {T{0}, limits::denorm_min(), limits::min(), limits::max(), limits::infinity()}) {
    inputs.insert(inputs.end(), {size, -size});
  }
  constexpr std::size_t half = 100000;
  constexpr auto step = std::numeric_limits<bits_of<T>>::max() / half;
  for (std::size_t i = 0; i < half; ++i) {
    inputs.push_back(std::bit_cast<T>(static_cast<bits_of<T>>(i * step)));
  }
  std::mt19937_64 random(7);
  std::uniform_real_distribution<T> until_it_vanishes(sizeof(T) == 4 ? T{-110} : T{-750},
                                                      sizeof(T) == 4 ? T{110} : T{750});
  std::normal_distribution<T> bend(T{0}, T{3});
  for (std::size_t i = 0; i < half / 2; ++i) {
    inputs.push_back(until_it_vanishes(random));
    inputs.push_back(bend(random));
  }
  std::erase_if(inputs, [](T x) { return std::isnan(x); });
  return inputs;
}

/// The exact results for some inputs.
template <class T>
std::vector<wide<T>> exact_results(activation what, const std::vector<T>& inputs) {
  std::vector<wide<T>> exact;
  exact.reserve(inputs.size());
  const auto append = [&](auto reference) {
    for (const T x : inputs) exact.push_back(reference(static_cast<wide<T>>(x)));
  };
  switch (what) {
#define BENCH_CASE(id, name, formula, reference) \
  case activation::id:                           \
    append(reference{});                         \
    break;
    BENCH_ACTIVATIONS(BENCH_CASE)
#undef BENCH_CASE
  }
  return exact;
}

struct largest_error {
  double ulp = 0;
  double at = 0;
};

/// Of all inputs, or of those alone that are normal numbers and so is the result; or 0. NaN where
/// there is a number is infinitely wrong.
template <class T>
largest_error find_largest_error(const std::vector<T>& inputs, const std::vector<T>& outputs,
                                 const std::vector<wide<T>>& exact, bool of_normal) {
  const auto is_normal = [](auto value) {
    using limits = std::numeric_limits<T>;
    return value == 0 || (std::abs(value) >= limits::min() && std::abs(value) <= limits::max());
  };
  largest_error largest;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (of_normal && !(is_normal(inputs[i]) && is_normal(exact[i]))) continue;
    const double error = ulps(outputs[i], exact[i]);
    if (error > largest.ulp) largest = {error, static_cast<double>(inputs[i])};
  }
  return largest;
}

}  // namespace bench
