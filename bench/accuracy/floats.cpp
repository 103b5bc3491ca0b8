// SPDX-License-Identifier: BSL-1.0
// Errors in float: against the C library in double; MPFR confirms the largest. Sets without vectors
// give the bits of the oldest set with them but in few places, and only these need a reference.
#include <bit>
#include <cmath>

#include "accuracy/pieces.hpp"

namespace bench {

namespace {

/// The largest error, as MPFR counts it; 0 if there is none.
double confirmed_maximum(const formula& f, const error_summary& s) {
  if (!(s.maximum > 0)) return 0;
  const double confirmed = ulps_of(s.result, f.exact(s.at), float_format, f.is_absolute);
  need_agreement(s.maximum, confirmed, 0.001, f.name, s.at);
  return confirmed;
}

}  // namespace

std::vector<measurement> measure_floats(const formula& f, bool has_vectors, std::uint64_t step,
                                        const progress& report) {
  const std::vector<std::int64_t> sets = sets_with_vectors(has_vectors);
  if (sets.empty()) return {};
  std::vector<measurement> measured = named_sets(sets);
  std::vector<error_summary> summaries(sets.size());
  std::vector<float> in, out;
  std::vector<double> expected, inverse;
  const auto add_block = [&] {
    const std::size_t n = in.size();
    out.resize(n);
    expected.resize(n);
    inverse.resize(n);
    f.reference(in.data(), expected.data(), n);
    fusor::test::inverse_units(expected.data(), inverse.data(), n, f.is_absolute);
    for (std::size_t set = 0; set < sets.size(); ++set) {
      choose(sets[set]);
      f.in_float(in.data(), out.data(), n);
      fusor::test::add_errors(in.data(), out.data(), expected.data(), inverse.data(), n,
                              f.is_absolute, summaries[set]);
    }
  };
  if (step > 1) {
    in = fusor::test::boundaries<float>();
    add_block();
    for (std::uint64_t next = 0; fusor::test::next_floats(fusor::test::sample_step, next, in);) {
      add_block();
    }
  }
  for (std::uint64_t next = 0; fusor::test::next_floats(step, next, in);) {
    add_block();
    report(static_cast<double>(next) * 0x1p-32);
  }
  for (std::size_t set = 0; set < sets.size(); ++set) {
    const error_summary& s = summaries[set];
    measured[set].maximum = confirmed_maximum(f, s);
    measured[set].at = s.at;
    measured[set].mean = s.mean();
  }
  return measured;
}

std::vector<measurement> measure_floats_beside(const formula& f, const measurement& vectors,
                                               std::uint64_t step, const progress& report) {
  const std::int64_t measured_set = sets_with_vectors(true).back();
  const std::vector<std::int64_t> sets = sets_with_vectors(false);
  std::vector<measurement> measured = named_sets(sets);
  std::vector<error_summary> own(sets.size()), instead(sets.size());
  double count = 0;
  std::vector<float> in, known, out, in_other, known_other, out_other;
  std::vector<double> expected, inverse;
  const auto add_block = [&] {
    const std::size_t n = in.size();
    known.resize(n);
    out.resize(n);
    choose(measured_set);
    f.in_float(in.data(), known.data(), n);
    count += static_cast<double>(n);
    for (std::size_t set = 0; set < sets.size(); ++set) {
      choose(sets[set]);
      f.in_float(in.data(), out.data(), n);
      in_other.clear(), known_other.clear(), out_other.clear();
      for (std::size_t i = 0; i < n; ++i) {
        if (std::bit_cast<std::uint32_t>(out[i]) == std::bit_cast<std::uint32_t>(known[i]) ||
            (std::isnan(out[i]) && std::isnan(known[i]))) {
          continue;
        }
        in_other.push_back(in[i]);
        known_other.push_back(known[i]);
        out_other.push_back(out[i]);
      }
      const std::size_t others = in_other.size();
      if (others == 0) continue;
      expected.resize(others);
      inverse.resize(others);
      f.reference(in_other.data(), expected.data(), others);
      fusor::test::inverse_units(expected.data(), inverse.data(), others, f.is_absolute);
      fusor::test::add_errors(in_other.data(), out_other.data(), expected.data(), inverse.data(),
                              others, f.is_absolute, own[set]);
      fusor::test::add_errors(in_other.data(), known_other.data(), expected.data(), inverse.data(),
                              others, f.is_absolute, instead[set]);
    }
  };
  for (std::uint64_t next = 0; fusor::test::next_floats(step, next, in);) {
    add_block();
    report(static_cast<double>(next) * 0x1p-32);
  }
  for (std::size_t set = 0; set < sets.size(); ++set) {
    const error_summary& s = own[set];
    const double confirmed = confirmed_maximum(f, s);
    const bool is_larger = confirmed > vectors.maximum;
    measured[set].maximum = is_larger ? confirmed : vectors.maximum;
    measured[set].at = is_larger ? s.at : vectors.at;
    measured[set].mean = vectors.mean + (s.sum - instead[set].sum) / count;
  }
  return measured;
}

}  // namespace bench
