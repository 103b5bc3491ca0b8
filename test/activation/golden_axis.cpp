// SPDX-License-Identifier: BSL-1.0
// Every golden record along an axis, on every instruction set, in float and in double.
#define BOOST_TEST_MODULE activation_golden_axis
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wdangling-pointer"  // seen by GCC 12 inside Boost's parser
#endif
#include <array>
#include <boost/property_tree/json_parser.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <fusor/fusor.hpp>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "support/numbers.hpp"
#include "support/targets.hpp"

namespace {

using namespace fusor;
using boost::property_tree::ptree;

/// A tensor of three axes: those of a record after axes of extent 1.
template <class T>
using view3 = tensor_view<T, 3>;

template <class T>
using call = std::function<void(view3<const T>, view3<T>, std::size_t axis)>;

struct activation_under_test {
  call<float> in_float;
  call<double> in_double;
};

template <auto Activation>
constexpr auto along_axis = [](const auto& in, const auto& out, std::size_t axis) {
  switch (axis) {
    case 0: return kernel<Activation(x, {.axis = 0})>(in, out);
    case 1: return kernel<Activation(x, {.axis = -2})>(in, out);
    default: return kernel<Activation(x, {.axis = -1})>(in, out);
  }
};

const std::map<std::string, activation_under_test> activations = {
    {"softmax", {along_axis<softmax>, along_axis<softmax>}},
    {"log_softmax", {along_axis<log_softmax>, along_axis<log_softmax>}},
    {"sparsemax", {along_axis<sparsemax>, along_axis<sparsemax>}},
    {"glu", {along_axis<glu>, along_axis<glu>}},
};

struct record {
  std::string id, activation;
  std::size_t axis;  // of the three
  std::array<std::size_t, 3> shape, output_shape;
  std::vector<float> input;
  std::vector<double> expected;
};

std::vector<double> numbers_in(const ptree& list) {
  std::vector<double> numbers;
  for (const auto& [name, value] : list) {
    numbers.push_back(std::strtod(value.data().c_str(), nullptr));
  }
  return numbers;
}

std::array<std::size_t, 3> shape_in(const ptree& list) {
  const std::vector<double> numbers = numbers_in(list);
  std::array<std::size_t, 3> shape = {1, 1, 1};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    shape[3 - numbers.size() + i] = static_cast<std::size_t>(numbers[i]);
  }
  return shape;
}

const std::vector<record>& records_along_an_axis() {
  static const std::vector<record> records = [] {
    ptree root;
    read_json(FUSOR_TEST_DATA "/golden/public.json", root);
    std::vector<record> read;
    for (const auto& [name, tree] : root.get_child("records")) {
      if (tree.get<std::string>("kind") != "axis") continue;
      const int axis = tree.get<int>("params.axis");
      const auto rank = static_cast<int>(tree.get_child("shape").size());
      record r;
      r.id = tree.get<std::string>("id");
      r.activation = tree.get<std::string>("activation");
      r.axis = static_cast<std::size_t>(axis < 0 ? 3 + axis : 3 - rank + axis);
      r.shape = shape_in(tree.get_child("shape"));
      r.output_shape = shape_in(tree.get_child("output_shape"));
      for (const double value : numbers_in(tree.get_child("input"))) {
        r.input.push_back(static_cast<float>(value));
      }
      r.expected = numbers_in(tree.get_child("expected"));
      read.push_back(r);
    }
    return read;
  }();
  return records;
}

template <class T>
void check(const record& r, const call<T>& activation) {
  const std::vector<T> in(r.input.begin(), r.input.end());
  std::vector<T> out(r.expected.size());
  activation({in.data(), r.shape, detail::row_major(r.shape)},
             {out.data(), r.output_shape, detail::row_major(r.output_shape)}, r.axis);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const T expected = static_cast<T>(r.expected[i]);
    BOOST_TEST(fusor::test::steps_between(out[i], expected) <= 4u,
               r.id << " at " << i << ": " << out[i] << ", expected " << expected << ", "
                    << fusor::test::steps_between(out[i], expected) << " ULP apart");
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(there_are_records_and_each_has_a_kernel) {
  BOOST_TEST(records_along_an_axis().size() == 143u);
  for (const record& r : records_along_an_axis()) {
    BOOST_TEST(activations.contains(r.activation), r.id);
    BOOST_TEST(!r.expected.empty());
  }
}

BOOST_AUTO_TEST_CASE(float_is_within_four_units) {
  fusor::test::on_every_target([] {
    for (const record& r : records_along_an_axis()) check(r, activations.at(r.activation).in_float);
  });
}

BOOST_AUTO_TEST_CASE(double_is_within_four_units) {
  fusor::test::on_every_target([] {
    for (const record& r : records_along_an_axis()) {
      check(r, activations.at(r.activation).in_double);
    }
  });
}
