// SPDX-License-Identifier: BSL-1.0
// docs/accuracy.md and the constexpr table of the tests.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
#include <stdexcept>

#include "accuracy/kinds.hpp"
#include "accuracy/results.hpp"

namespace bench {

namespace {

using fusor::test::kind_of;

double rounded_up(double value) {
  return std::max(0.0, std::ceil(value * 100 - 1e-9) / 100);
}

std::string text_of(double value, const char* format = "%.2f") {
  char text[40];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

/// The largest error of a piece on any set.
const measurement& worst(const std::vector<measurement>& sets) {
  return *std::max_element(sets.begin(), sets.end(),
                           [](const auto& a, const auto& b) { return a.maximum < b.maximum; });
}

/// Of halves, the results that are correctly rounded, in percent, on the worst set.
double share(const std::vector<measurement>& sets) {
  double least = 100;
  for (const measurement& m : sets) {
    const auto all = static_cast<double>(m.right + m.neighbours + m.worse);
    least = std::min(least, 100 * static_cast<double>(m.right) / all);
  }
  return std::floor(least * 100) / 100;
}

std::string processor() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("model name", 0) == 0) return line.substr(line.find(':') + 2);
  }
  return "a processor that does not tell its name";
}

const std::vector<measurement>& line_of(const results& from, const piece& p) {
  const auto found = from.find(p.key());
  if (found == from.end()) {
    throw std::runtime_error("the results hold no line of " + p.name + " in " + p.type +
                             " with this amount; measure it first");
  }
  return found->second;
}

/// What the table has a row of: a formula or an operation of two inputs.
struct row {
  std::string name;
  bool is_pair;
  /// All sets, of each type; those without vectors are in `float` as well.
  std::map<std::string, std::vector<measurement>> types;
};

std::vector<row> rows_of(const std::vector<piece>& pieces, const results& from) {
  std::vector<row> rows;
  for (const piece& p : pieces) {
    auto found =
        std::find_if(rows.begin(), rows.end(), [&](const row& r) { return r.name == p.name; });
    if (found == rows.end()) found = rows.insert(rows.end(), {p.name, p.of == nullptr, {}});
    const std::vector<measurement>& line = line_of(from, p);
    std::vector<measurement>& sets = found->types[p.type == "scalar float" ? "float" : p.type];
    sets.insert(sets.end(), line.begin(), line.end());
  }
  return rows;
}

std::string maximum_of(const std::vector<measurement>& sets) {
  return text_of(rounded_up(worst(sets).maximum));
}

std::string heading(const amounts& amounts) {
  const auto number = [](std::uint64_t n) { return text_of(static_cast<double>(n), "%g"); };
  std::string floats = amounts.step == 1 ? "every one of the 2^32 floats"
                                         : "one float in " + std::to_string(amounts.step);
  if (amounts.scalar_step != amounts.step) {
    floats += ", without vectors " + (amounts.scalar_step == 1
                                          ? std::string("every one")
                                          : "one in " + std::to_string(amounts.scalar_step));
  }
  if (amounts.step != 1 || amounts.scalar_step != 1) {
    floats += " and the numbers next to the boundaries of all exponents";
  }
  return "# Accuracy\n\n"
         "The largest errors in units in the last place (ULP), subnormal results included; 0.5 is "
         "a correctly rounded\nresult, 0 an exact one. Written by `build/bench/bench/accuracy "
         "--write`, see [bench](../bench/README.md); the tests measure\na sample on every "
         "instruction set and fail where an error is larger. On " +
         processor() +
         ".\n\n"
         "- float: " +
         floats +
         ", against the C library in double; MPFR confirms the largest error.\n"
         "- double: " +
         number(amounts.doubles) +
         " numbers (random bits, all exponents, the range where the function is not constant) and "
         "hard cases,\n  against the C library in long double, and against MPFR where the error "
         "is large.\n"
         "- float16 and bfloat16: all 65,536 numbers; the share of results that are correctly "
         "rounded. The others are the\n  neighbour, unless a number of worse ones is given.\n"
         "- Two inputs: " +
         number(amounts.pairs) + " pairs of floats, " + number(amounts.pairs / 10) +
         " of doubles, and hard cases.\n\n"
         "NaN that does not give NaN, and a zero of the wrong sign where the exact result is 0, "
         "count as an infinite error. What\nis `relaxed` is counted in units of the last place of "
         "max(1, |result|). Derivatives: [derivatives.md](derivatives.md).\n";
}

}  // namespace

void print_doubtful(const std::vector<piece>& pieces, const results& from) {
  constexpr double most_ulps = 2, least_share = 99.9;
  for (const row& r : rows_of(pieces, from)) {
    for (const auto& [type, sets] : r.types) {
      if (type != "float16" && type != "bfloat16") {
        const double largest = rounded_up(worst(sets).maximum);
        if (largest <= most_ulps) continue;
        std::printf("%s in %s is wrong by up to %.2f ULP, more than %g.\n", r.name.c_str(),
                    type.c_str(), largest, most_ulps);
      } else if (share(sets) < least_share) {
        std::printf("%s in %s is correctly rounded for %.2f %%, less than %g %%.\n", r.name.c_str(),
                    type.c_str(), share(sets), least_share);
      }
    }
  }
}

void write_document(const std::string& path, const std::vector<piece>& pieces, const results& from,
                    const amounts& amounts) {
  std::string text = heading(amounts);
  text += "\n| formula | float | double | float16 | bfloat16 |\n|---|---|---|---|---|\n";
  const auto halves = [](const std::vector<measurement>& sets) {
    std::uint64_t worse = 0;
    for (const measurement& m : sets) worse = std::max(worse, m.worse);
    return text_of(share(sets)) + " %" + (worse > 0 ? ", " + std::to_string(worse) + " worse" : "");
  };
  const std::vector<row> rows = rows_of(pieces, from);
  for (const row& r : rows) {
    text += "| `" + r.name + "` | " + maximum_of(r.types.at("float")) + " | " +
            maximum_of(r.types.at("double")) + " | ";
    text += r.is_pair
                ? "| |\n"
                : halves(r.types.at("float16")) + " | " + halves(r.types.at("bfloat16")) + " |\n";
  }
  // A table for each type of the instruction sets: maximum (mean), and where the maximum is.
  for (const std::string type : {"float", "double"}) {
    text += "\n## " + type +
            ", by instruction set\n\nThe largest error, the mean in parentheses, " +
            "and the input of the largest of all.\n\n| formula |";
    std::string line = "\n|---|";
    for (const measurement& m : rows.front().types.at(type)) {
      text += " " + m.set + " |";
      line += "---|";
    }
    text += " at |" + line + "---|\n";
    for (const row& r : rows) {
      text += "| `" + r.name + "` |";
      const std::vector<measurement>& sets = r.types.at(type);
      for (const measurement& m : sets) {
        text += " " + text_of(rounded_up(m.maximum)) + " (" + text_of(m.mean, "%.3f") + ") |";
      }
      const measurement& largest = worst(sets);
      const char* digits = type == "float" ? "%.9g" : "%.17g";
      text += largest.maximum == 0
                  ? " |\n"
                  : " " + text_of(largest.at, digits) +
                        (r.is_pair ? ", " + text_of(largest.second, digits) : "") + " |\n";
    }
  }
  std::ofstream(path) << text;
}

void write_constants(const std::string& path, const std::vector<piece>& pieces,
                     const results& from) {
  std::string text =
      "// SPDX-License-Identifier: BSL-1.0\n"
      "// Written by bench/accuracy: its --write measures what is here.\n"
      "#pragma once\n\n#include \"accuracy/kinds.hpp\"\n\n"
      "namespace fusor::test {\n\n"
      "/// {formula, {float: {maximum, mean} of AVX-512, AVX2, SSE, scalar}, {double: the same},\n"
      "/// percentage correctly rounded of float16, of bfloat16}.\n"
      "// clang-format off\n"
      "inline constexpr accuracy_row accuracy_table[] = {\n";
  const auto bounds = [](const std::vector<measurement>& sets) {
    std::string list = ", {";
    for (std::size_t kind = 0; kind < fusor::test::kinds; ++kind) {
      double maximum = -1, mean = 0;
      for (const measurement& m : sets) {
        if (kind_of(m.set) != kind) continue;
        maximum = std::max(maximum, m.maximum);
        mean = std::max(mean, m.mean);
      }
      // A kind that this machine does not have: what holds for all others.
      if (maximum < 0) {
        for (const measurement& m : sets) {
          maximum = std::max(maximum, m.maximum);
          mean = std::max(mean, m.mean);
        }
      }
      list += (kind == 0 ? "{" : ", {") + text_of(rounded_up(maximum)) + ", " +
              text_of(rounded_up(mean)) + "}";
    }
    return list + "}";
  };
  for (const row& r : rows_of(pieces, from)) {
    text += "    {\"" + r.name + "\"" + bounds(r.types.at("float")) + bounds(r.types.at("double"));
    text += r.is_pair ? ", 0, 0},\n"
                      : ", " + text_of(share(r.types.at("float16"))) + ", " +
                            text_of(share(r.types.at("bfloat16"))) + "},\n";
  }
  std::ofstream(path) << text << "};\n// clang-format on\n\n}  // namespace fusor::test\n";
}

}  // namespace bench
