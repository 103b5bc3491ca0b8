// SPDX-License-Identifier: BSL-1.0
// Errors in double: against the C library in long double, and against MPFR where they are large.
#include <algorithm>
#include <cmath>
#include <optional>

#include "accuracy/pieces.hpp"

namespace bench {

namespace {

/// Numbers where something happens, and both neighbours of each. The hard ones to round are those
/// of Lefevre and Muller, "Worst cases for correct rounding of the elementary functions in double
/// precision" (2001), for exp, log, exp2, log2 and sin; the double that is nearest to a multiple of
/// pi/2 is that of Muller, "Elementary Functions".
std::vector<double> hard_cases() {
  std::vector<double> all = fusor::test::boundaries<double>();
  std::vector<double> centers = {0x1.9e9cbbfd6080bp-31, 0x1.62a88613629b5p678,
                                 0x1.e4596526bf94dp-10, 0x1.b4ebe40c95a01p0,
                                 0x1.e0000000001c2p-20, 0x1.6ac5b262ca1ffp849};
  for (int k = 1; k <= 1000; ++k) centers.push_back(k * 1.5707963267948966);
  for (int k = -1100; k <= 1100; ++k) {
    centers.push_back(k);
    centers.push_back(k + 0.5);
    centers.push_back(k * 0.69314718055994531);
  }
  // Where exp, expm1, sinh, erfc and the densities end.
  for (const double end :
       {709.782712893384, 745.1332191019412, 708.3964185322641, 710.4758600739439, 26.543, 27.226,
        37.519, 38.485, 1024.0, 1074.0, 1075.0}) {
    centers.push_back(end);
  }
  for (const double center : centers) {
    for (const double sign : {1.0, -1.0}) {
      double above = sign * center, below = above;
      all.push_back(above);
      for (int step = 0; step < 2; ++step) {
        all.push_back(above = std::nextafter(above, HUGE_VAL));
        all.push_back(below = std::nextafter(below, -HUGE_VAL));
      }
    }
  }
  return all;
}

}  // namespace

std::vector<measurement> measure_doubles(const formula& f, std::uint64_t count,
                                         const progress& report) {
  constexpr std::size_t block = fusor::test::double_block;
  // Where the error by C is closer than this to the largest one, MPFR decides. C may be wrong by
  // it.
  constexpr double margin = 0.01;
  constexpr double large = 1.5;
  constexpr std::uint64_t sample = 100000;
  const std::vector<std::int64_t> sets = instruction_sets();
  std::vector<measurement> measured = named_sets(sets);
  std::vector<error_summary> summaries(sets.size());
  std::vector<double> in = hard_cases(), out, errors;
  std::vector<long double> expected, inverse;
  std::vector<std::optional<mpfr_number>> exact;
  fusor::test::random_bits random(fusor::test::sample_seed);
  // The hard cases come first, and do not count.
  std::uint64_t done = 0, counted = 0;
  while (!in.empty()) {
    const std::size_t n = in.size();
    out.resize(n);
    errors.resize(n);
    expected.resize(n);
    inverse.resize(n);
    exact.assign(n, std::nullopt);
    f.wide_reference(in.data(), expected.data(), n);
    fusor::test::inverse_units(expected.data(), inverse.data(), n, f.is_absolute);
    for (std::size_t set = 0; set < sets.size(); ++set) {
      choose(sets[set]);
      f.in_double(in.data(), out.data(), n);
      fusor::test::errors_of(out.data(), expected.data(), inverse.data(), errors.data(), n,
                             f.is_absolute);
      error_summary& summary = summaries[set];
      for (std::size_t i = 0; i < n; ++i) {
        double error = errors[i];
        const bool is_checked = (done + i) % sample == 0;
        const double limit = std::max(summary.maximum - margin, 0.49);
        // Just below a power of two the unit is half of what it is at the power.
        const bool may_be_twice = 2 * error > limit && is_power_of_two(expected[i]);
        if (error > large || error > limit || may_be_twice || is_checked) {
          if (!exact[i]) exact[i] = f.exact(in[i]);
          const double by_mpfr = ulps_of(out[i], *exact[i], double_format, f.is_absolute);
          if (is_checked) need_agreement(error, by_mpfr, margin, f.name, in[i]);
          error = by_mpfr;
        }
        summary.add(error, in[i], out[i]);
        summary.sum += error;
        summary.count += std::isnan(expected[i]) ? 0 : 1;
      }
    }
    done += n;
    report(count == 0 ? 1 : static_cast<double>(counted) / static_cast<double>(count));
    in.resize(std::min<std::uint64_t>(block, count - counted));
    counted += in.size();
    fusor::test::random_doubles(random, f.range, in.data(), in.size());
  }
  for (std::size_t set = 0; set < sets.size(); ++set) {
    measured[set].maximum = summaries[set].maximum;
    measured[set].at = summaries[set].at;
    measured[set].mean = summaries[set].mean();
  }
  return measured;
}

}  // namespace bench
