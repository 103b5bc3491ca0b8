// SPDX-License-Identifier: BSL-1.0
// A differential equation is solved by a function that is fitted through its second derivative:
// the pendulum of small swings with friction, u'' + 0.4 u' + 4 u = 0, u(0) = 1, u'(0) = 0. The
// function is a sum of bumps; bump, slope and bend are one kernel of one formula and its
// derivatives.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <fusor/fusor.hpp>
#include <vector>

using namespace fusor;

namespace {

// x: the time, in widths of a bump from its centre.
constexpr auto bump = exp(-square(x) / 2);
constexpr auto bump_slope_bend = outputs(bump, derivative(bump), derivative(derivative(bump)));

constexpr double friction = 0.4, stiffness = 4, end = 6;
constexpr std::size_t bumps = 30, times = 120;

using numbers = std::vector<double>;

/// Bumps and their derivatives at a time, in that order.
struct values {
  numbers u = numbers(bumps), slope = numbers(bumps), bend = numbers(bumps);

  explicit values(double time) {
    constexpr double width = 2 * end / bumps;
    numbers from_centre(bumps);
    for (std::size_t b = 0; b < bumps; ++b) {
      const double centre = end * (static_cast<double>(b) + 0.5) / bumps * 1.2 - 0.1 * end;
      from_centre[b] = (time - centre) / width;
    }
    kernel<bump_slope_bend>(from_centre, u, slope, bend);
    kernel<x / y>(slope, width, slope);
    kernel<x / y>(bend, width * width, bend);
  }
};

/// Weights of least squares: every row is an equation, its last number the right-hand side.
numbers least_squares(const std::vector<numbers>& rows) {
  // The normal equations, with a little weight on small weights, by Gauss's elimination.
  std::vector<numbers> a(bumps, numbers(bumps + 1));
  for (const numbers& row : rows) {
    for (std::size_t i = 0; i < bumps; ++i) {
      for (std::size_t j = 0; j <= bumps; ++j) a[i][j] += row[i] * row[j];
    }
  }
  for (std::size_t i = 0; i < bumps; ++i) a[i][i] += 1e-12;
  for (std::size_t k = 0; k < bumps; ++k) {
    for (std::size_t i = k + 1; i < bumps; ++i) {
      const double factor = a[i][k] / a[k][k];
      for (std::size_t j = k; j <= bumps; ++j) a[i][j] -= factor * a[k][j];
    }
  }
  numbers weights(bumps);
  for (std::size_t i = bumps; i-- > 0;) {
    double sum = a[i][bumps];
    for (std::size_t j = i + 1; j < bumps; ++j) sum -= a[i][j] * weights[j];
    weights[i] = sum / a[i][i];
  }
  return weights;
}

double dot(const numbers& a, const numbers& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

/// The solution, by the textbook.
double exact(double time) {
  const double decay = friction / 2;
  const double frequency = std::sqrt(stiffness - decay * decay);
  return std::exp(-decay * time) *
         (std::cos(frequency * time) + decay / frequency * std::sin(frequency * time));
}

}  // namespace

int main() {
  std::vector<numbers> equations;
  for (std::size_t i = 0; i <= times; ++i) {
    const values at(end * static_cast<double>(i) / times);
    numbers row(bumps + 1);
    for (std::size_t b = 0; b < bumps; ++b) {
      row[b] = at.bend[b] + friction * at.slope[b] + stiffness * at.u[b];
    }
    equations.push_back(row);
  }
  // The start counts more than any other time.
  const values start(0);
  for (const auto& [part, right] : {std::pair{&start.u, 1.0}, std::pair{&start.slope, 0.0}}) {
    numbers row = *part;
    row.push_back(right);
    for (double& number : row) number *= 100;
    equations.push_back(row);
  }
  const numbers weights = least_squares(equations);

  std::printf("  bump    %s\n  slope   %s\n  bend    %s\n\n", to_string(bump).c_str(),
              to_string(derivative(bump)).c_str(), to_string(derivative(derivative(bump))).c_str());
  std::printf("  time      fitted       exact\n");
  double worst = 0;
  for (std::size_t i = 0; i <= 300; ++i) {
    const double time = end * static_cast<double>(i) / 300;
    const double fitted = dot(weights, values(time).u);
    worst = std::max(worst, std::abs(fitted - exact(time)));
    if (i % 50 == 0) std::printf("  %4.1f   %9.6f   %9.6f\n", time, fitted, exact(time));
  }
  if (!(worst < 2e-4)) {
    std::printf("FAILED: the fit differs from the solution by %.1e\n", worst);
    return 1;
  }
  std::printf("\nOK: %.1e from the solution at most\n", worst);
  return 0;
}
