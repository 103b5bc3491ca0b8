// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <map>
#include <string>
#include <vector>

/// Results as a Markdown table: what docs/speed.md shows.
namespace bench {

struct cell {
  std::string row;
  std::string column;
  std::string text;
};

/// A number with the digits that a table needs.
inline std::string digits(double value, int decimals) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return text;
}

/// Collects the cells that a program makes of its runs, and prints them when all are done.
class table_reporter : public benchmark::BenchmarkReporter {
 public:
  using cells_of_run = std::vector<cell> (*)(const Run&);

  table_reporter(std::string corner, cells_of_run make_cells)
      : corner_(std::move(corner)), make_cells_(make_cells) {}

  bool ReportContext(const Context&) override {
    return true;
  }

  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (run.error_occurred) {
        std::fprintf(stderr, "%s: %s\n", run.benchmark_name().c_str(), run.error_message.c_str());
        continue;
      }
      for (const cell& each : make_cells_(run)) add(each);
    }
  }

  void Finalize() override {
    print_row(corner_, columns_);
    std::printf("|---|");
    for (std::size_t i = 0; i < columns_.size(); ++i) std::printf("---:|");
    std::printf("\n");
    for (const std::string& row : rows_) {
      std::vector<std::string> texts;
      for (const std::string& column : columns_) texts.push_back(texts_[{row, column}]);
      print_row(row, texts);
    }
  }

 private:
  static void add_once(std::vector<std::string>& names, const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }

  static void print_row(const std::string& first, const std::vector<std::string>& rest) {
    std::printf("| %s |", first.c_str());
    for (const std::string& text : rest) std::printf(" %s |", text.c_str());
    std::printf("\n");
  }

  void add(const cell& each) {
    add_once(rows_, each.row);
    add_once(columns_, each.column);
    texts_[{each.row, each.column}] = each.text;
  }

  std::string corner_;
  cells_of_run make_cells_;
  std::vector<std::string> rows_, columns_;
  std::map<std::pair<std::string, std::string>, std::string> texts_;
};

/// A benchmark is named "<row>/<column>"; both may hold a slash-free text with spaces.
inline std::string row_of(const benchmark::BenchmarkReporter::Run& run) {
  const std::string& name = run.run_name.function_name;
  return name.substr(0, name.rfind('/'));
}
inline std::string column_of(const benchmark::BenchmarkReporter::Run& run) {
  const std::string& name = run.run_name.function_name;
  return name.substr(name.rfind('/') + 1);
}

/// Runs what is registered: with --table as a Markdown table, else as Google Benchmark does.
inline int run_all(int count, char** arguments, const std::string& corner,
                   table_reporter::cells_of_run make_cells) {
  char** const end = std::remove_if(arguments + 1, arguments + count, [](const char* argument) {
    return std::strcmp(argument, "--table") == 0;
  });
  const bool as_table = end != arguments + count;
  int rest = static_cast<int>(end - arguments);
  benchmark::Initialize(&rest, arguments);
  if (benchmark::ReportUnrecognizedArguments(rest, arguments)) return 1;
  if (as_table) {
    table_reporter reporter(corner, make_cells);
    benchmark::RunSpecifiedBenchmarks(&reporter);
  } else {
    benchmark::RunSpecifiedBenchmarks();
  }
  benchmark::Shutdown();
  return 0;
}

}  // namespace bench
