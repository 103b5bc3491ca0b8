// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

/// Errors of arrays of results in units in the last place, or at 1 where that is larger and they
/// are absolute.
namespace fusor::test {

/// The errors of many results. What is infinitely wrong: NaN beside a number, and, where they
/// are not absolute, a zero of the wrong sign where 0 is right. A number that underflows to the
/// other zero is wrong by less than 1.
struct error_summary {
  double maximum = 0;
  double at = 0;
  double result = 0;  ///< what came out there
  double sum = 0;
  double count = 0;  ///< of what is not NaN

  double mean() const {
    return count > 0 ? sum / count : 0;
  }
  void add(double error, double where, double got);
  void merge(const error_summary& other);
};

/// 1 / the unit in the last place that a float has at `expected`.
void inverse_units(const double* expected, double* inverse, std::size_t n, bool is_absolute);

/// Adds the errors of `out`, with the inverse units of `expected`.
void add_errors(const float* in, const float* out, const double* expected, const double* inverse,
                std::size_t n, bool is_absolute, error_summary& summary);

/// The error of each.
void errors_of(const float* out, const double* expected, const double* inverse, double* errors,
               std::size_t n, bool is_absolute);

/// The same in double.
void inverse_units(const long double* expected, long double* inverse, std::size_t n,
                   bool is_absolute);
void errors_of(const double* out, const long double* expected, const long double* inverse,
               double* errors, std::size_t n, bool is_absolute);

/// What the tests measure beside the boundaries: one float in so many, and the first random
/// doubles, in blocks of this size. It is a part of all that bench/accuracy measures.
inline constexpr std::uint64_t sample_step = 4001;
inline constexpr std::uint64_t sample_seed = 99;
inline constexpr std::size_t double_block = 1 << 12;

/// Floats: every `step`-th of all 2^32 from `next` on, block by block. False at the end.
bool next_floats(std::uint64_t step, std::uint64_t& next, std::vector<float>& block);

/// Numbers next to the boundaries of all exponents: the first three mantissas and the last two,
/// with both signs; infinities and a NaN.
template <class T>
std::vector<T> boundaries();

/// Random bits: splitmix64.
class random_bits {
 public:
  explicit random_bits(std::uint64_t seed) : state_(seed) {}
  std::uint64_t operator()();
  /// Of [0, 1).
  double uniform();
  double sign();

 private:
  std::uint64_t state_;
};

/// `n` doubles: random bits, exponents spread evenly where functions are not constant, and numbers
/// of [-range, range], even and crowded near 0.
void random_doubles(random_bits& random, double range, double* out, std::size_t n);

}  // namespace fusor::test
