// SPDX-License-Identifier: BSL-1.0
// Errors in float: against the C library in double; MPFR confirms the largest.
#include "accuracy/pieces.hpp"

namespace bench {

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
    const double confirmed = ulps_of(s.result, f.exact(s.at), float_format, f.is_absolute);
    if (s.maximum > 0) need_agreement(s.maximum, confirmed, 0.001, f.name, s.at);
    measured[set].maximum = s.maximum > 0 ? confirmed : 0;
    measured[set].at = s.at;
    measured[set].mean = s.mean();
  }
  return measured;
}

}  // namespace bench
