// SPDX-License-Identifier: BSL-1.0
// Measures a sample of the accuracy of every formula on every instruction set: one float in
// `--every`, sample_step unless given, and the numbers next to the boundaries of all exponents.
// Fails where an error is larger than the table states that bench/accuracy has written. In this
// order: Fusor says which instruction sets there are.
#include <fusor/fusor.hpp>

#include <hwy/targets.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <vector>

#include "accuracy/errors.hpp"
#include "accuracy/formulas.hpp"
#include "accuracy/table.hpp"

namespace {

using namespace fusor::test;

const accuracy_row* find_row(std::string_view name) {
  for (const accuracy_row& row : accuracy_table) {
    if (row.formula == name) return &row;
  }
  return nullptr;
}

void choose(std::int64_t target) {
  hwy::SetSupportedTargetsForTest(target);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

/// The errors of `in` on every set, added to the summaries.
void add_floats(const formula& f, const std::vector<std::int64_t>& sets,
                const std::vector<float>& in, std::vector<error_summary>& summaries) {
  const std::size_t n = in.size();
  std::vector<float> out(n);
  std::vector<double> expected(n), inverse(n);
  f.reference(in.data(), expected.data(), n);
  inverse_units(expected.data(), inverse.data(), n, f.is_absolute);
  for (std::size_t set = 0; set < sets.size(); ++set) {
    choose(sets[set]);
    f.in_float(in.data(), out.data(), n);
    add_errors(in.data(), out.data(), expected.data(), inverse.data(), n, f.is_absolute,
               summaries[set]);
  }
}

void add_doubles(const formula& f, const std::vector<std::int64_t>& sets,
                 const std::vector<double>& in, std::vector<error_summary>& summaries) {
  const std::size_t n = in.size();
  std::vector<double> out(n), errors(n);
  std::vector<long double> expected(n), inverse(n);
  f.wide_reference(in.data(), expected.data(), n);
  inverse_units(expected.data(), inverse.data(), n, f.is_absolute);
  for (std::size_t set = 0; set < sets.size(); ++set) {
    choose(sets[set]);
    f.in_double(in.data(), out.data(), n);
    errors_of(out.data(), expected.data(), inverse.data(), errors.data(), n, f.is_absolute);
    for (std::size_t i = 0; i < n; ++i) summaries[set].add(errors[i], in[i], out[i]);
  }
}

/// How many sets are worse than stated. `slack` is what the reference may be wrong by.
int compare(const formula& f, const char* type, const std::vector<std::int64_t>& sets,
            const std::vector<error_summary>& summaries, const accuracy_bounds (&bounds)[kinds],
            double slack) {
  int failures = 0;
  for (std::size_t set = 0; set < sets.size(); ++set) {
    const char* name = hwy::TargetName(sets[set]);
    const error_summary& s = summaries[set];
    const double bound = accuracy_row::bound(bounds, kind_of(name));
    if (s.maximum <= bound + slack) continue;
    ++failures;
    std::printf("%s in %s on %s: %.3f ULP at %.17g (%a), more than the %.2f stated\n", f.name, type,
                name, s.maximum, s.at, s.at, bound);
  }
  return failures;
}

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t step = sample_step;
  if (argc == 3 && std::strcmp(argv[1], "--every") == 0) {
    step = std::strtoull(argv[2], nullptr, 10);
  }
  if (argc != 1 && (argc != 3 || step == 0)) {
    std::printf("usage: test.accuracy [--every N]\n");
    return 2;
  }
  const std::vector<std::int64_t> sets = hwy::SupportedAndGeneratedTargets();
  constexpr int double_blocks = 12;
  int failures = 0, formulas = 0;
  for (const formula& f : all_formulas()) {
    ++formulas;
    const accuracy_row* row = find_row(f.name);
    if (row == nullptr) {
      ++failures;
      std::printf("%s is not in the table\n", f.name);
      continue;
    }
    std::vector<error_summary> in_float(sets.size()), in_double(sets.size());
    add_floats(f, sets, boundaries<float>(), in_float);
    std::vector<float> floats;
    for (std::uint64_t next = 0; next_floats(step, next, floats);) {
      add_floats(f, sets, floats, in_float);
    }
    add_doubles(f, sets, boundaries<double>(), in_double);
    random_bits random(sample_seed);
    std::vector<double> doubles(double_block);
    for (int i = 0; i < double_blocks; ++i) {
      random_doubles(random, f.range, doubles.data(), doubles.size());
      add_doubles(f, sets, doubles, in_double);
    }
    failures += compare(f, "float", sets, in_float, row->in_float, 0.001);
    failures += compare(f, "double", sets, in_double, row->in_double, 0.02);
  }
  std::printf("%d formulas on %zu instruction sets, %d results worse than stated\n", formulas,
              sets.size(), failures);
  return failures == 0 ? 0 : 1;
}
