// SPDX-License-Identifier: BSL-1.0
#pragma once

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wdangling-pointer"  // seen by GCC 12 inside Boost's parser
#endif
#include <array>
#include <boost/property_tree/json_parser.hpp>
#include <cstddef>
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

/// A record along an axis, as a tensor of three axes: those of the record after axes of extent 1.
struct golden_axis_record {
  std::string id, activation;
  std::size_t axis;  // of the three
  std::array<std::size_t, 3> shape, output_shape;
  std::vector<float> input;
  std::vector<double> expected;
};

inline std::array<std::size_t, 3> golden_shape(const boost::property_tree::ptree& list) {
  std::array<std::size_t, 3> shape = {1, 1, 1};
  std::size_t i = 3 - list.size();
  for (const auto& [name, extent] : list) shape[i++] = extent.get_value<std::size_t>();
  return shape;
}

/// The records along an axis.
inline std::vector<golden_axis_record> read_golden_axis_records() {
  using boost::property_tree::ptree;
  ptree root;
  read_json(FUSOR_TEST_DATA "/golden/public.json", root);
  std::vector<golden_axis_record> records;
  for (const auto& [position, tree] : root.get_child("records")) {
    if (tree.get<std::string>("kind") != "axis") continue;
    const int axis = tree.get<int>("params.axis");
    const int rank = static_cast<int>(tree.get_child("shape").size());
    golden_axis_record r{tree.get<std::string>("id"),
                         tree.get<std::string>("activation"),
                         static_cast<std::size_t>(axis < 0 ? 3 + axis : 3 - rank + axis),
                         golden_shape(tree.get_child("shape")),
                         golden_shape(tree.get_child("output_shape")),
                         {},
                         {}};
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
