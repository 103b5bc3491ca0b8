// SPDX-License-Identifier: BSL-1.0
// Every element-wise golden record, on every instruction set, in float and in double.
#define BOOST_TEST_MODULE activation_golden
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wdangling-pointer"  // seen by GCC 12 inside Boost's parser
#endif
#include <boost/property_tree/json_parser.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <functional>
#include <fusor/fusor.hpp>
#include <map>
#include <string>
#include <vector>

#include "support/numbers.hpp"
#include "support/targets.hpp"

namespace {

using namespace fusor;
using boost::property_tree::ptree;

struct activation_under_test {
  std::function<void(const std::vector<float>&, std::vector<float>&)> in_float;
  std::function<void(const std::vector<double>&, std::vector<double>&)> in_double;
  unsigned bound;
};

template <auto Formula>
activation_under_test entry(unsigned bound) {
  return {[](const auto& in, auto& out) { kernel<Formula>(in, out); },
          [](const auto& in, auto& out) { kernel<Formula>(in, out); }, bound};
}

// 2 ULP where no exp, log, tanh or erf is involved, else 4. Parameters are the float values of the
// records.
const std::map<std::string, activation_under_test> activations = {
    {"relu 0 null 0", entry<relu>(2)},
    {"relu 0 5 0", entry<relu(x, {.max_value = 5})>(2)},
    {"relu 0 5 2", entry<relu(x, {.max_value = 5, .threshold = 2})>(2)},
    {"relu 0 6 0", entry<relu(x, {.max_value = 6})>(2)},
    {"relu 0 null -0.5", entry<relu(x, {.threshold = -0.5})>(2)},
    {"relu 0 null 1", entry<relu(x, {.threshold = 1})>(2)},
    {"relu 0.05 6 0.1",
     entry<relu(x, {.negative_slope = 0.05f, .max_value = 6, .threshold = 0.1f})>(2)},
    {"relu 0.1 6 0", entry<relu(x, {.negative_slope = 0.1f, .max_value = 6})>(2)},
    {"relu 0.25 null 1.5", entry<relu(x, {.negative_slope = 0.25, .threshold = 1.5})>(2)},
    {"relu 0.3 4 -0.5",
     entry<relu(x, {.negative_slope = 0.3f, .max_value = 4, .threshold = -0.5})>(2)},
    {"relu 0.5 null 0", entry<relu(x, {.negative_slope = 0.5})>(2)},
    {"relu 2 null 0", entry<relu(x, {.negative_slope = 2})>(2)},
    {"relu6", entry<relu6>(2)},
    {"leaky_relu 0.01", entry<leaky_relu(x, {.negative_slope = 0.01f})>(2)},
    {"leaky_relu 0.2", entry<leaky_relu(x, {.negative_slope = 0.2f})>(2)},
    {"leaky_relu 0.3", entry<leaky_relu(x, {.negative_slope = 0.3f})>(2)},
    {"leaky_relu 2", entry<leaky_relu(x, {.negative_slope = 2})>(2)},
    {"sigmoid", entry<sigmoid>(4)},
    {"softplus", entry<softplus>(4)},
    {"softsign", entry<softsign>(2)},
    {"tanh", entry<tanh(x)>(4)},
    {"selu", entry<selu>(4)},
    {"elu 0.5", entry<elu(x, {.alpha = 0.5})>(4)},
    {"elu 1", entry<elu>(4)},
    {"elu 1.7", entry<elu(x, {.alpha = 1.7f})>(4)},
    {"celu 0.5", entry<celu(x, {.alpha = 0.5})>(4)},
    {"celu 1", entry<celu>(4)},
    {"celu 1.7", entry<celu(x, {.alpha = 1.7f})>(4)},
    {"exponential", entry<exponential>(4)},
    {"silu", entry<silu>(4)},
    {"hard_silu", entry<hard_silu>(2)},
    {"hard_sigmoid", entry<hard_sigmoid>(2)},
    {"gelu false", entry<gelu>(4)},
    {"gelu true", entry<gelu(x, {.approximate = true})>(4)},
    {"linear", entry<linear>(2)},
    {"mish", entry<mish>(4)},
    {"squareplus 0", entry<squareplus(x, {.b = 0})>(2)},
    {"squareplus 1", entry<squareplus(x, {.b = 1})>(2)},
    {"squareplus 4", entry<squareplus>(2)},
    {"soft_shrink 0", entry<soft_shrink(x, {.threshold = 0})>(2)},
    {"soft_shrink 0.5", entry<soft_shrink>(2)},
    {"soft_shrink 1.5", entry<soft_shrink(x, {.threshold = 1.5})>(2)},
    {"hard_shrink 0", entry<hard_shrink(x, {.threshold = 0})>(2)},
    {"hard_shrink 0.5", entry<hard_shrink>(2)},
    {"hard_shrink 1.5", entry<hard_shrink(x, {.threshold = 1.5})>(2)},
    {"tanh_shrink", entry<tanh_shrink>(4)},
    {"hard_tanh", entry<hard_tanh>(2)},
    {"log_sigmoid", entry<log_sigmoid>(4)},
    {"sparse_plus", entry<sparse_plus>(2)},
    {"sparse_sigmoid", entry<sparse_sigmoid>(2)},
    {"threshold -1 20", entry<threshold(x, {.threshold = -1, .default_value = 20})>(2)},
    {"threshold 0 0", entry<threshold(x, {.threshold = 0, .default_value = 0})>(2)},
    {"threshold 0.5 -1", entry<threshold(x, {.threshold = 0.5, .default_value = -1})>(2)},
};

struct record {
  std::string id, key;
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

const std::vector<record>& elementwise_records() {
  static const std::vector<record> records = [] {
    ptree root;
    read_json(FUSOR_TEST_DATA "/golden/public.json", root);
    std::vector<record> read;
    for (const auto& [name, tree] : root.get_child("records")) {
      if (tree.get<std::string>("kind") != "elementwise") continue;
      record r{tree.get<std::string>("id"), tree.get<std::string>("activation"), {}, {}};
      for (const auto& [parameter, value] : tree.get_child("params_decimal", ptree{})) {
        const std::string text = value.data();
        const bool is_word = text == "null" || text == "true" || text == "false";
        char shortest[32];
        std::snprintf(shortest, sizeof shortest, "%g", std::strtod(text.c_str(), nullptr));
        r.key += " " + (is_word ? text : std::string(shortest));
      }
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

}  // namespace

BOOST_AUTO_TEST_CASE(there_are_records_and_each_has_a_kernel) {
  BOOST_TEST(elementwise_records().size() == 53u);
  for (const record& r : elementwise_records()) {
    BOOST_TEST(activations.contains(r.key), r.id + ": no kernel for '" + r.key + "'");
    BOOST_TEST(r.input.size() == r.expected.size());
    BOOST_TEST(!r.input.empty());
  }
}

BOOST_AUTO_TEST_CASE(float_is_within_its_bound) {
  fusor::test::on_every_target([] {
    for (const record& r : elementwise_records()) {
      const auto& activation = activations.at(r.key);
      std::vector<float> got(r.input.size());
      activation.in_float(r.input, got);
      for (std::size_t i = 0; i < got.size(); ++i) {
        const float expected = static_cast<float>(r.expected[i]);
        // NaN gives NaN, also where Keras's "otherwise" branch would give a constant.
        const bool is_right = std::isnan(r.input[i]) ? std::isnan(got[i])
                                                     : fusor::test::steps_between(
                                                           got[i], expected) <= activation.bound;
        BOOST_TEST(is_right, r.key << "(" << r.input[i] << ") = " << got[i] << ", expected "
                                   << expected << ", "
                                   << fusor::test::steps_between(got[i], expected) << " ULP apart");
      }
    }
  });
}

// The expected values are correctly rounded doubles of exact results for these inputs. The
// constants of approximate gelu are doubles: their rounding alone moves the argument of its
// sigmoid, up to 90 here, by a few units of 2^-53, and the result by that many units for each of
// the 90.
BOOST_AUTO_TEST_CASE(double_is_within_four_units) {
  fusor::test::on_every_target([] {
    for (const record& r : elementwise_records()) {
      std::vector<double> got(r.input.size());
      const unsigned bound = r.key == "gelu true" ? 90 : 4;
      activations.at(r.key).in_double(std::vector<double>(r.input.begin(), r.input.end()), got);
      for (std::size_t i = 0; i < got.size(); ++i) {
        const bool is_right = std::isnan(r.input[i])
                                  ? std::isnan(got[i])
                                  : fusor::test::steps_between(got[i], r.expected[i]) <= bound;
        BOOST_TEST(is_right, r.key << "(" << r.input[i] << ") = " << got[i] << ", expected "
                                   << r.expected[i] << ", "
                                   << fusor::test::steps_between(got[i], r.expected[i])
                                   << " ULP apart");
      }
    }
  });
}
