// SPDX-License-Identifier: BSL-1.0
// Measures the accuracy of every formula on every instruction set, as bench/README.md says.
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "accuracy/results.hpp"

namespace {

using namespace bench;

struct options {
  amounts how_much;
  std::string formula, results = "accuracy.results";
  std::uint64_t part = 1, parts = 1;
  bool is_again = false, is_writing = false;
};

std::uint64_t number(const std::string& option, const std::string& text) {
  char* end = nullptr;
  const std::uint64_t value = std::strtoull(text.c_str(), &end, 10);
  if (text.empty() || *end != '\0' || text[0] == '-') {
    throw std::invalid_argument(option + " needs a whole number, not \"" + text + "\"");
  }
  return value;
}

options read_options(int argc, char** argv) {
  options given;
  std::optional<std::uint64_t> scalar_step;
  for (int i = 1; i < argc; ++i) {
    const std::string option = argv[i];
    const auto value = [&]() -> std::string {
      if (i + 1 == argc) throw std::invalid_argument(option + " needs a value");
      return argv[++i];
    };
    if (option == "--every") {
      given.how_much.step = number(option, value());
    } else if (option == "--scalar-every") {
      scalar_step = number(option, value());
    } else if (option == "--doubles") {
      given.how_much.doubles = number(option, value());
    } else if (option == "--pairs") {
      given.how_much.pairs = number(option, value());
    } else if (option == "--formula") {
      given.formula = value();
    } else if (option == "--part") {
      const std::string text = value();
      const std::size_t slash = text.find('/');
      if (slash == std::string::npos) throw std::invalid_argument("--part needs K/N");
      given.part = number(option, text.substr(0, slash));
      given.parts = number(option, text.substr(slash + 1));
    } else if (option == "--results") {
      given.results = value();
    } else if (option == "--again") {
      given.is_again = true;
    } else if (option == "--write") {
      given.is_writing = true;
    } else {
      throw std::invalid_argument("there is no option " + option);
    }
  }
  given.how_much.scalar_step = scalar_step.value_or(given.how_much.step);
  if (given.how_much.step == 0) throw std::invalid_argument("--every needs a number above 0");
  if (given.how_much.scalar_step == 0) {
    throw std::invalid_argument("--scalar-every needs a number above 0");
  }
  if (given.part < 1 || given.part > given.parts) {
    throw std::invalid_argument("--part K/N needs K from 1 to N");
  }
  return given;
}

using seconds = std::chrono::duration<double>;
double since(std::chrono::steady_clock::time_point start) {
  return seconds(std::chrono::steady_clock::now() - start).count();
}

/// A bar for a terminal, else nothing. Time that is left is as the time so far, by pieces.
class progress_bar {
 public:
  explicit progress_bar(std::size_t pieces) : pieces_(pieces) {}

  void show(const piece& p, std::size_t done, double within) {
    if (!is_terminal_ || since(shown_) < 0.2) return;
    shown_ = std::chrono::steady_clock::now();
    const double share = (static_cast<double>(done) + within) / static_cast<double>(pieces_);
    const double elapsed = since(start_);
    const auto width = static_cast<std::size_t>(share * 30);
    std::fprintf(stderr, "\r\033[K[%-30s] %zu/%zu %s %s %.0f %%, %.0f min, about %.0f min left",
                 std::string(width, '#').c_str(), done, pieces_, p.name.c_str(), p.type.c_str(),
                 100 * within, elapsed / 60, share > 0 ? elapsed / 60 * (1 - share) / share : 0.0);
    std::fflush(stderr);
  }
  void clear() const {
    if (is_terminal_) std::fprintf(stderr, "\r\033[K");
  }

 private:
  std::size_t pieces_;
  bool is_terminal_ = isatty(STDERR_FILENO) != 0;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now(), shown_;
};

std::vector<measurement> measure(const piece& p, const results& finished, const progress& report) {
  if (p.of == nullptr) {
    return p.type == "float" ? measure_float_pairs(p.name, p.amount, report)
                             : measure_double_pairs(p.name, p.amount, report);
  }
  if (p.type == "float") return measure_floats(*p.of, true, p.amount, report);
  if (p.type == "scalar float") {
    const auto vectors = finished.find(piece{p.name, "float", p.amount, p.of}.key());
    if (p.amount > 1 || vectors == finished.end() || vectors->second.empty()) {
      return measure_floats(*p.of, false, p.amount, report);
    }
    return measure_floats_beside(*p.of, vectors->second.back(), p.amount, report);
  }
  if (p.type == "double") return measure_doubles(*p.of, p.amount, report);
  return p.type == "float16" ? measure_float16(*p.of) : measure_bfloat16(*p.of);
}

void print(const piece& p, const std::vector<measurement>& sets, double time) {
  std::printf("%s in %s, %.1f s:", p.name.c_str(), p.type.c_str(), time);
  for (const measurement& m : sets) {
    std::printf("  %s %.3f", m.set.c_str(), m.maximum);
    if (m.right > 0) {
      std::printf(", %llu not right, %llu worse",
                  static_cast<unsigned long long>(m.neighbours + m.worse),
                  static_cast<unsigned long long>(m.worse));
    } else {
      std::printf(" (%.3f)", m.mean);
    }
    if (m.maximum > 0) std::printf(" at %.17g", m.at);
    if (m.maximum > 0 && p.of == nullptr) std::printf(", %.17g", m.second);
  }
  std::printf("\n");
  std::fflush(stdout);
}

int run(const options& given) {
  const std::vector<formula> formulas = fusor::test::all_formulas();
  const std::vector<piece> all = all_pieces(formulas, given.how_much);
  if (given.is_writing) {
    const results from = read_results(given.results);
    print_doubtful(all, from);
    write_document(FUSOR_SOURCE "/docs/accuracy.md", all, from, given.how_much);
    write_constants(FUSOR_SOURCE "/test/accuracy/table.hpp", all, from);
    return 0;
  }
  results finished = read_results(given.results);
  std::vector<piece> pieces;
  // A formula is the work of one process in all types.
  std::map<std::string, std::size_t> numbers;
  std::size_t found = 0;
  for (const piece& p : all) {
    const std::size_t index = numbers.emplace(p.name, numbers.size() + 1).first->second;
    if (!given.formula.empty() && given.formula != p.name) continue;
    ++found;
    if (index % given.parts != given.part % given.parts) continue;
    if (given.is_again || finished.count(p.key()) == 0) pieces.push_back(p);
  }
  if (found == 0) throw std::invalid_argument("no formula is called " + given.formula);
  progress_bar bar(pieces.size());
  int failures = 0;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const auto start = std::chrono::steady_clock::now();
    try {
      const std::vector<measurement> sets =
          measure(pieces[i], finished, [&](double within) { bar.show(pieces[i], i, within); });
      append_result(given.results, pieces[i], sets);
      finished[pieces[i].key()] = sets;
      bar.clear();
      print(pieces[i], sets, since(start));
    } catch (const std::runtime_error& error) {
      bar.clear();
      std::fprintf(stderr, "%s\n", error.what());
      ++failures;
    }
  }
  std::fprintf(stderr, "%zu pieces measured, %d of them not\n", pieces.size(), failures);
  return failures == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(read_options(argc, argv));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "accuracy: %s\n", error.what());
    return 2;
  }
}
