// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "accuracy/errors.hpp"
#include "accuracy/formulas.hpp"

/// The pieces of the measurement: a formula in one type, or an operation of two inputs.
namespace bench {

using fusor::test::error_summary;
using fusor::test::formula;
using fusor::test::multiprecision::mpfr_number;

/// What one instruction set does in one piece.
struct measurement {
  std::string set;
  double maximum = 0;
  double at = 0, second = 0;
  double mean = 0;
  std::uint64_t right = 0, neighbours = 0, worse = 0;  ///< of halves, the results of each kind
};

/// How much of a piece is done, from 0 to 1.
using progress = std::function<void(double)>;

/// On the sets with vectors, or on the others alone.
std::vector<measurement> measure_floats(const formula& f, bool has_vectors, std::uint64_t step,
                                        const progress& report);
/// On the sets without vectors, where the last of the others has been measured: only results of
/// other bits are, so that the largest error is that of the other set or larger.
std::vector<measurement> measure_floats_beside(const formula& f, const measurement& vectors,
                                               std::uint64_t step, const progress& report);
std::vector<measurement> measure_doubles(const formula& f, std::uint64_t count,
                                         const progress& report);
std::vector<measurement> measure_float16(const formula& f);
std::vector<measurement> measure_bfloat16(const formula& f);

/// pow, hypot and division, by name; `count` random pairs.
const std::vector<std::string>& pair_operations();
std::vector<measurement> measure_float_pairs(const std::string& operation, std::uint64_t count,
                                             const progress& report);
std::vector<measurement> measure_double_pairs(const std::string& operation, std::uint64_t count,
                                              const progress& report);

/// The instruction sets that are compiled in and that this machine has, and the choice of one.
std::vector<std::int64_t> instruction_sets();
std::vector<std::int64_t> sets_with_vectors(bool has_vectors);
void choose(std::int64_t set);
std::vector<measurement> named_sets(const std::vector<std::int64_t>& sets);

/// A binary format: its digits and the exponents of its numbers, as of std::frexp.
struct binary_format {
  int digits, least, largest;
};
inline constexpr binary_format float_format{24, -125, 128};
inline constexpr binary_format double_format{53, -1021, 1024};

/// The error of a result in units in the last place of the format, counted as in errors.hpp.
double ulps_of(double result, const mpfr_number& exact, binary_format format,
               bool is_absolute = false);

template <class T>
bool is_power_of_two(T value) {
  int exponent = 0;
  return std::abs(std::frexp(value, &exponent)) == T(0.5);
}

/// Throws where the reference of C and MPFR do not agree: one of them is wrong.
void need_agreement(double by_c, double by_mpfr, double tolerance, const std::string& what,
                    double at, double second = 0);

}  // namespace bench
