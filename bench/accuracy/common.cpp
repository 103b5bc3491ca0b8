// SPDX-License-Identifier: BSL-1.0
// In this order: Fusor says which instruction sets there are.
#include <fusor/fusor.hpp>

#include <hwy/targets.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <stdexcept>

#include "accuracy/kinds.hpp"
#include "accuracy/pieces.hpp"

namespace bench {

std::vector<std::int64_t> instruction_sets() {
  // Once: after a choice it is that one alone.
  static const std::vector<std::int64_t> all = hwy::SupportedAndGeneratedTargets();
  return all;
}

void choose(std::int64_t set) {
  hwy::SetSupportedTargetsForTest(set);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

std::vector<std::int64_t> sets_with_vectors(bool has_vectors) {
  std::vector<std::int64_t> all = instruction_sets();
  std::erase_if(all, [&](std::int64_t set) {
    return (fusor::test::kind_of(hwy::TargetName(set)) == fusor::test::scalar_kind) == has_vectors;
  });
  return all;
}

std::vector<measurement> named_sets(const std::vector<std::int64_t>& sets) {
  std::vector<measurement> all;
  for (const std::int64_t set : sets) {
    all.emplace_back();
    all.back().set = hwy::TargetName(set);
  }
  return all;
}

double ulps_of(double result, const mpfr_number& exact, binary_format format, bool is_absolute) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (exact.is_nan() || std::isnan(result)) {
    return exact.is_nan() && std::isnan(result) ? 0 : infinity;
  }
  const bool is_zero = result == 0 && exact == mpfr_number(0);
  if (!is_absolute && is_zero && std::signbit(result) != exact.is_negative()) return infinity;
  const mpfr_number beyond = ldexp(mpfr_number(1), format.largest);
  const auto limited = [&](const mpfr_number& value) {
    return value > beyond ? beyond : value < -beyond ? -beyond : value;
  };
  long exponent = is_absolute ? 1 : format.least;
  if (exact.is_ordinary()) exponent = std::max(exponent, exact.exponent());
  exponent = std::min(exponent, static_cast<long>(format.largest));
  const mpfr_number error = abs(limited(mpfr_number(result)) - limited(exact));
  return static_cast<double>(ldexp(error, format.digits - exponent));
}

void need_agreement(double by_c, double by_mpfr, double tolerance, const std::string& what,
                    double at, double second) {
  if (by_c == by_mpfr || std::abs(by_c - by_mpfr) <= tolerance) return;
  // A result just below a power of two, which C rounds to it: there the unit is twice as large.
  if (std::abs(2 * by_c - by_mpfr) <= tolerance) return;
  char text[300];
  std::snprintf(text, sizeof text,
                "%s: the reference of C and MPFR do not agree: errors of %.6g and %.6g ULP at "
                "%a (%.17g), %a",
                what.c_str(), by_c, by_mpfr, at, at, second);
  throw std::runtime_error(text);
}

}  // namespace bench
