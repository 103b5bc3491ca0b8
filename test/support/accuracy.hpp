// SPDX-License-Identifier: BSL-1.0
#pragma once

// In this order: Fusor says which instruction sets there are.
#include <fusor/fusor.hpp>

#include <hwy/targets.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <limits>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "support/numbers.hpp"

/// Measuring errors in units in the last place, in float over every `--every`-th of all 2^32 floats
/// and in double over random numbers, on every instruction set, against the C library in the next
/// wider type; and a table of them that is written or compared.
namespace fusor::test {

template <class T>
using array_call = void (*)(const T*, T*, std::size_t);

struct subject {
  const char* name;
  array_call<float> in_float;
  array_call<double> in_double;
  double (*reference)(double);
  long double (*wide_reference)(long double);
  double limit;       ///< errors in double are measured on [-limit, limit]
  float float_limit;  ///< and in float from a normal number to this
  double (*term)(double);
  long double (*wide_term)(long double);
  double zero;  // where the result crosses 0 and no number is there for it, or 0
};

template <class Reference>
constexpr double zero_of() {
  if constexpr (requires { Reference::zero; }) {
    return Reference::zero;
  } else {
    return 0;
  }
}
/// So many numbers next to that zero are always looked at, on each side.
inline constexpr int beside_zero = 4096;

/// The largest term of a result that is a sum and has a zero, where `Reference` knows it: errors
/// are counted in its units.
template <class Reference, class R>
R largest_term(R v) {
  if constexpr (requires { Reference::term(v); }) {
    return Reference::term(v);
  } else {
    return 0;
  }
}

template <auto Formula, class Reference>
subject make_subject(const char* name, Reference, double limit = 800,
                     float float_limit = std::numeric_limits<float>::infinity()) {
  return {name,
          [](const float* in, float* out, std::size_t n) { kernel<Formula>(in, out, n); },
          [](const double* in, double* out, std::size_t n) { kernel<Formula>(in, out, n); },
          [](double v) { return Reference{}(v); },
          [](long double v) { return Reference{}(v); },
          limit,
          float_limit,
          largest_term<Reference, double>,
          largest_term<Reference, long double>,
          zero_of<Reference>()};
}

/// The first output of a kernel of two, which share what both need.
template <auto Formula, auto Beside, class Reference>
subject make_subject_beside(const char* name, Reference reference) {
  subject made = make_subject<Formula>(name, reference);
  made.in_float = [](const float* in, float* out, std::size_t n) {
    std::vector<float> beside(n);
    kernel<outputs(Formula, Beside)>(in, out, beside.data(), n);
  };
  made.in_double = [](const double* in, double* out, std::size_t n) {
    std::vector<double> beside(n);
    kernel<outputs(Formula, Beside)>(in, out, beside.data(), n);
  };
  return made;
}

inline void choose(std::int64_t target) {
  hwy::SetSupportedTargetsForTest(target);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

struct worst_error {
  double ulp = 0;
  double at = 0;

  void add(double error, double where) {
    if (error > ulp) *this = {error, where};
  }
};

/// The largest error in float, over every `step`-th float, NaN excepted.
inline worst_error measure_float(const subject& s, std::uint64_t step,
                                 const std::vector<std::int64_t>& targets) {
  constexpr std::size_t block = 1 << 14;
  std::vector<float> in(block), out(block);
  std::vector<double> expected(block);
  worst_error worst;
  static_assert(2 * beside_zero < block);
  for (std::uint64_t next = 0; next <= 0xffffffffu;) {
    std::size_t count = 0;
    if (next == 0 && s.zero != 0) {
      const auto middle = std::bit_cast<std::uint32_t>(static_cast<float>(s.zero));
      for (std::uint32_t i = 0; i < 2 * beside_zero; ++i) {
        in[count++] = std::bit_cast<float>(middle - beside_zero + i);
      }
    }
    for (; count < block && next <= 0xffffffffu; next += step) {
      const float value = std::bit_cast<float>(static_cast<std::uint32_t>(next));
      const bool is_within = std::isinf(s.float_limit) || std::abs(value) >= 0x1p-126f;
      if (is_within && std::abs(value) <= s.float_limit) in[count++] = value;
    }
    for (std::size_t i = 0; i < count; ++i) expected[i] = s.reference(in[i]);
    for (const std::int64_t target : targets) {
      choose(target);
      s.in_float(in.data(), out.data(), count);
      for (std::size_t i = 0; i < count; ++i) {
        if (static_cast<float>(expected[i]) == out[i]) continue;
        worst.add(ulps(out[i], expected[i], s.term(in[i])), in[i]);
      }
    }
  }
  // A result that is right to the last bit is within half a unit.
  worst.add(0.5, 0);
  return worst;
}

inline worst_error measure_double(const subject& s, std::size_t count,
                                  const std::vector<std::int64_t>& targets) {
  std::mt19937_64 random(99);
  std::normal_distribution<double> normal(0, 5);
  std::uniform_real_distribution<double> uniform(-s.limit, s.limit);
  std::uniform_real_distribution<double> exponent(-60, 6);
  std::vector<double> in, out(count);
  for (std::size_t i = 0; i < count; ++i) {
    double value = i % 3 == 0   ? normal(random)
                   : i % 3 == 1 ? uniform(random)
                                : std::copysign(std::exp2(exponent(random)), normal(random));
    value = std::clamp(value, -s.limit, s.limit);
    in.push_back(value);
  }
  if (s.zero != 0) {
    const auto middle = std::bit_cast<std::uint64_t>(s.zero);
    for (std::uint64_t i = 0; i < 2 * beside_zero; ++i) {
      in[i] = std::bit_cast<double>(middle - beside_zero + i);  // the nearest ones,
      in[2 * beside_zero + i] = s.zero * (1 + std::exp2(exponent(random) - 6));  // and farther ones
      in[4 * beside_zero + i] = s.zero * (1 - std::exp2(exponent(random) - 6));
    }
  }
  std::vector<long double> expected(count);
  for (std::size_t i = 0; i < count; ++i) expected[i] = s.wide_reference(in[i]);
  worst_error worst;
  for (const std::int64_t target : targets) {
    choose(target);
    s.in_double(in.data(), out.data(), count);
    for (std::size_t i = 0; i < count; ++i) {
      const auto term = s.wide_term(in[i]);
      worst.add(ulps(out[i], expected[i], term), in[i]);
    }
  }
  worst.add(0.5, 0);
  return worst;
}

/// The bounds that docs/accuracy.md states: | `name` | float | double |.
inline std::map<std::string, std::pair<double, double>> stated_bounds(const char* table_path) {
  std::map<std::string, std::pair<double, double>> bounds;
  std::ifstream file(table_path);
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("| `", 0) != 0) continue;
    const std::size_t end = line.find('`', 3);
    std::istringstream numbers(line.substr(end + 1));
    char bar;
    double in_float, in_double;
    if (numbers >> bar >> in_float >> bar >> in_double) {
      bounds[line.substr(3, end - 3)] = {in_float, in_double};
    }
  }
  return bounds;
}

inline double rounded_up(double value) {
  return std::ceil(value * 100) / 100;
}

inline void write_table(const std::vector<subject>& subjects, const char* table_path,
                        const std::string& heading,
                        const std::map<std::string, std::pair<double, double>>& measured) {
  std::ofstream file(table_path);
  file << heading << "\n| formula | float | double |\n|---|---|---|\n";
  file << std::fixed;
  file.precision(2);
  for (const subject& s : subjects) {
    const auto [in_float, in_double] = measured.at(s.name);
    file << "| `" << s.name << "` | " << in_float << " | " << in_double << " |\n";
  }
}

/// The text of a file before its table stays; the sentence above the table says what was measured.
inline std::string text_before_table(const char* table_path, std::uint64_t step) {
  std::ifstream file(table_path);
  std::string text;
  for (std::string line; std::getline(file, line) && line.rfind("Measured over", 0) != 0;) {
    text += line + "\n";
  }
  return text + "Measured over " +
         (step == 1 ? "every float" : "one float in " + std::to_string(step)) +
         " and a million doubles, as [accuracy.md](accuracy.md) is; written by the test with "
         "`--every " +
         std::to_string(step) + " --write`.\n";
}

/// Measures the subjects as the command line says, and compares the table at `table_path`, or
/// writes it, below `heading(step)`.
inline int run(int argc, char** argv, const std::vector<subject>& subjects, const char* table_path,
               std::string (*heading)(const char* path, std::uint64_t step) = text_before_table) {
  std::uint64_t step = 4001;
  bool is_writing = false;
  std::string chosen;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--write") == 0) is_writing = true;
    if (std::strcmp(argv[i], "--formula") == 0 && i + 1 < argc) chosen = argv[++i];
    if (std::strcmp(argv[i], "--every") == 0 && i + 1 < argc)
      step = std::strtoull(argv[++i], nullptr, 10);
  }
  if (step == 0) step = 1;
  std::vector<std::int64_t> targets = hwy::SupportedAndGeneratedTargets();
  if (step < 100) {
    // All floats take days without vectors.
    std::erase_if(targets,
                  [](std::int64_t target) { return target == HWY_SCALAR || target == HWY_EMU128; });
  }
  const auto bounds = stated_bounds(table_path);
  auto measured = bounds;
  std::size_t formulas = 0;
  int failures = 0;
  std::printf("%-42s %8s %24s %8s %24s\n", "formula", "float", "at", "double", "at");
  for (const subject& s : subjects) {
    if (!chosen.empty() && chosen != s.name) continue;
    ++formulas;
    const worst_error in_float = measure_float(s, step, targets);
    const worst_error in_double = measure_double(s, is_writing ? 1000000 : 100000, targets);
    std::printf("%-42s %8.3f %24.9g %8.3f %24.17g", s.name, in_float.ulp, in_float.at,
                in_double.ulp, in_double.at);
    measured[s.name] = {rounded_up(in_float.ulp), rounded_up(in_double.ulp)};
    if (!is_writing) {
      const auto stated = bounds.find(s.name);
      const bool is_within = stated != bounds.end() && in_float.ulp <= stated->second.first &&
                             in_double.ulp <= stated->second.second;
      if (!is_within) {
        ++failures;
        std::printf("  MORE THAN STATED");
      }
    }
    std::printf("\n");
    std::fflush(stdout);
  }
  if (is_writing) write_table(subjects, table_path, heading(table_path, step), measured);
  std::printf("%zu formulas on %zu instruction sets, %d worse than stated\n", formulas,
              targets.size(), failures);
  return failures == 0 ? 0 : 1;
}

}  // namespace fusor::test
