// SPDX-License-Identifier: BSL-1.0
// Every golden record along an axis, on every instruction set, in float and in double.
#define BOOST_TEST_MODULE activation_golden_axis
#include <boost/test/unit_test.hpp>
#include <functional>
#include <fusor/fusor.hpp>
#include <map>
#include <string>
#include <vector>

#include "support/golden.hpp"
#include "support/numbers.hpp"
#include "support/targets.hpp"

namespace {

using namespace fusor;

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
    case 0:
      return kernel<Activation(x, {.axis = 0})>(in, out);
    case 1:
      return kernel<Activation(x, {.axis = -2})>(in, out);
    default:
      return kernel<Activation(x, {.axis = -1})>(in, out);
  }
};

const std::map<std::string, activation_under_test> activations = {
    {"softmax", {along_axis<softmax>, along_axis<softmax>}},
    {"log_softmax", {along_axis<log_softmax>, along_axis<log_softmax>}},
    {"sparsemax", {along_axis<sparsemax>, along_axis<sparsemax>}},
    {"glu", {along_axis<glu>, along_axis<glu>}},
};

using record = fusor::test::golden_axis_record;

const std::vector<record>& records_along_an_axis() {
  static const std::vector<record> records = fusor::test::read_golden_axis_records();
  return records;
}

template <class T>
void check(const record& r, const call<T>& activation) {
  const std::vector<T> in(r.input.begin(), r.input.end());
  std::vector<T> out(r.expected.size());
  const auto [rows, columns, planes] = r.shape;
  const auto [out_rows, out_columns, out_planes] = r.output_shape;
  activation(view(in.data(), {rows, columns, planes}),
             view(out.data(), {out_rows, out_columns, out_planes}), r.axis);
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
