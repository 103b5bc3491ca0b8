// SPDX-License-Identifier: BSL-1.0
#pragma once

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wdangling-pointer"  // seen by GCC 12 inside Boost's parser
#endif
#include <boost/property_tree/json_parser.hpp>
#include <cstdlib>
#include <limits>
#include <string>
#include <utility>
#include <vector>

/// The golden records as they are in the file.
namespace fusor::test {

struct golden_record {
  std::string id, activation;
  std::vector<std::pair<std::string, double>> parameters;  // None is infinity
  std::vector<float> input;
  std::vector<double> expected;
};

inline double golden_number(const std::string& text) {
  if (text == "null") return std::numeric_limits<double>::infinity();
  if (text == "true" || text == "false") return text == "true" ? 1 : 0;
  return std::strtod(text.c_str(), nullptr);
}

/// The element-wise records.
inline std::vector<golden_record> read_golden_records() {
  using boost::property_tree::ptree;
  ptree root;
  read_json(FUSOR_TEST_DATA "/golden/public.json", root);
  std::vector<golden_record> records;
  for (const auto& [position, tree] : root.get_child("records")) {
    if (tree.get<std::string>("kind") != "elementwise") continue;
    golden_record r{tree.get<std::string>("id"), tree.get<std::string>("activation"), {}, {}, {}};
    for (const auto& [name, value] : tree.get_child("params", ptree{})) {
      r.parameters.emplace_back(name, golden_number(value.data()));
    }
    for (const auto& [name, value] : tree.get_child("input")) {
      r.input.push_back(static_cast<float>(golden_number(value.data())));
    }
    for (const auto& [name, value] : tree.get_child("expected")) {
      r.expected.push_back(golden_number(value.data()));
    }
    records.push_back(std::move(r));
  }
  return records;
}

/// Whether the result may be 4 units from the expected value, because an exp, log, tanh or erf is
/// involved, instead of 2.
inline bool is_transcendental(const std::string& activation) {
  for (const char* name : {"celu", "elu", "exponential", "gelu", "log_sigmoid", "mish", "selu",
                           "sigmoid", "silu", "softplus", "tanh", "tanh_shrink"}) {
    if (activation == name) return true;
  }
  return false;
}

}  // namespace fusor::test
