// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "elementwise.hpp"
#include "elementwise_errors.hpp"
#include "picture.hpp"
#include "side_by_side.hpp"
#include "table.hpp"

/// What the program peers has measured, as lines, Markdown, JSON and a picture.
namespace bench {

struct result {
  std::size_t library;
  double ns;
  largest_error error;
};
/// An activation at one size, by the libraries that have it.
struct row {
  std::string name;
  std::size_t count;
  std::vector<result> results;
};

inline std::string ulp_text(double ulp) {
  char text[32];
  std::snprintf(text, sizeof text, ulp < 100 ? "%.2f" : ulp < 1e4 ? "%.0f" : "%.1e", ulp);
  return text;
}

inline constexpr double few_ulp = 8;

/// The fastest within 8 ULP: of all, or of those that are not Fusor's.
inline const result* fastest(const row& of, std::size_t columns_of_fusor, bool is_peer) {
  const result* best = nullptr;
  for (const result& each : of.results) {
    if (each.error.ulp > few_ulp || (is_peer && each.library < columns_of_fusor)) continue;
    if (best == nullptr || each.ns < best->ns) best = &each;
  }
  return best;
}

inline void print_table(const std::vector<row>& rows, std::size_t count,
                        const library_list& libraries, std::size_t columns_of_fusor,
                        const char* type) {
  std::printf("\n| %s %ss: ns an element (ULP) |", size_name(count).c_str(), type);
  for (const library& each : libraries) std::printf(" %s |", each.name);
  std::printf(" Fusor / fastest peer within 8 ULP |\n|---|");
  for (std::size_t i = 0; i <= libraries.size(); ++i) std::printf("---:|");
  std::printf("\n");
  for (const row& each : rows) {
    if (each.count != count) continue;
    std::vector<std::string> cells(libraries.size());
    const result* const best = fastest(each, columns_of_fusor, false);
    for (const result& r : each.results) {
      const std::string mark = &r == best ? "**" : "";
      cells[r.library] = mark + digits(r.ns, 3) + " (" + ulp_text(r.error.ulp) + ")" + mark;
    }
    const result* const peer = fastest(each, columns_of_fusor, true);
    std::printf("| %s |", each.name.c_str());
    for (const std::string& cell : cells) std::printf(" %s |", cell.c_str());
    std::printf(" %s |\n", peer == nullptr ? "" : digits(each.results[0].ns / peer->ns, 2).c_str());
  }
}

inline void print_lines(const row& of, const library_list& libraries) {
  for (const result& each : of.results) {
    std::printf("%-20s %6s  %-28s %8.3f ns %10s ULP at %.9g\n", of.name.c_str(),
                size_name(of.count).c_str(), libraries[each.library].name, each.ns,
                ulp_text(each.error.ulp).c_str(), each.error.at);
  }
}

/// A number in JSON, which has no infinities.
inline std::string json_number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, std::isfinite(value) ? "%.9g" : "\"%g\"", value);
  return text;
}

inline void write_json(const std::string& path, const std::vector<row>& rows,
                       const library_list& libraries, const char* type) {
  std::ofstream file(path);
  const char* separator = "[\n";
  for (const row& each : rows) {
    for (const result& r : each.results) {
      file << separator << "{\"activation\": \"" << each.name << "\", \"type\": \"" << type
           << "\", \"elements\": " << each.count << ", \"library\": \"" << libraries[r.library].name
           << "\", \"ns\": " << json_number(r.ns) << ", \"ulp\": " << json_number(r.error.ulp)
           << ", \"at\": " << json_number(r.error.at) << "}";
      separator = ",\n";
    }
  }
  file << "\n]\n";
  if (!file) throw std::runtime_error("--json: cannot write " + path);
}

inline void write_picture(const std::string& path, const std::vector<row>& rows, std::size_t count,
                          const library_list& libraries, const char* type) {
  std::vector<std::string> names;
  for (const library& each : libraries) names.push_back(each.name);
  std::vector<panel> panels;
  for (const row& each : rows) {
    if (each.count != count) continue;
    panel panel{each.name, {}};
    for (const result& r : each.results) panel.marks.push_back({r.library, r.ns, r.error.ulp});
    panels.push_back(panel);
  }
  const std::string title = "Activations of " + size_name(count) + " " + type + "s";
  std::ofstream file(path);
  file << picture(title, names, panels).svg();
  if (!file) throw std::runtime_error("--svg: cannot write " + path);
}

}  // namespace bench
