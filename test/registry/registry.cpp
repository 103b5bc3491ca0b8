// SPDX-License-Identifier: BSL-1.0
// Activations by names that are known at run time.
#define BOOST_TEST_MODULE registry_registry
#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <fusor/fusor.hpp>
#include <fusor/registry/registry.hpp>
#include <string>
#include <vector>

#include "support/golden.hpp"
#include "support/numbers.hpp"
#include "support/refusal.hpp"
#include "support/targets.hpp"

namespace {

using namespace fusor;
using fusor::test::refusal;
using test::bits;

template <class T>
std::vector<T> numbers() {
  std::vector<T> all;
  for (const double v : {0.0, -0.0, 1e-45, -1e-40, 1e-9, 0.3,  0.5, 0.99, 1.0,  1.5,
                         2.5, 3.0,  5.9,   6.0,    20.0, 88.0, 1e4, 1e20, 3e38, infinity}) {
    all.push_back(test::element_from<T>(v));
    all.push_back(test::element_from<T>(-v));
  }
  for (int i = -400; i < 400; ++i) all.push_back(test::element_from<T>(i * 0.0371));
  all.push_back(test::element_from<T>(std::nan("")));
  return all;
}

/// The parameters in a formula of a card: "celu(x, {.alpha = 1.7})".
parameter_values parameters_in(const std::string& text) {
  parameter_values found;
  for (std::size_t dot = text.find('.'); dot != std::string::npos; dot = text.find('.', dot + 1)) {
    const std::size_t equals = text.find(" = ", dot);
    if (equals == std::string::npos || !std::islower(static_cast<unsigned char>(text[dot + 1]))) {
      continue;
    }
    const std::string value =
        text.substr(equals + 3, text.find_first_of(",}", equals) - equals - 3);
    found.emplace_back(text.substr(dot + 1, equals - dot - 1), test::golden_number(value));
  }
  return found;
}

int compared = 0;

/// A handle gives the bits of the kernel with the same numbers in its formula. celu multiplies by
/// the reciprocal of an alpha that is known at run time, which differs
/// by the rounding of that.
template <auto Formula, class T>
void compare(const std::string& name, const std::string& text) {
  const auto handle = get(name, parameters_in(text));
  const std::vector<T> in = numbers<T>();
  std::vector<T> direct(in.size()), out(in.size()), in_place = in;
  kernel<Formula>(in, direct);
  handle(in, out);
  handle(in_place);
  for (std::size_t i = 0; i < in.size(); ++i) {
    bool is_same =
        bits(out[i]) == bits(direct[i]) || (test::is_nan(out[i]) && test::is_nan(direct[i]));
    if (name == "celu" && text != "celu(x)") {
      const T a = out[i], b = direct[i];
      is_same = is_same || std::abs(test::to_double(a) - test::to_double(b)) <=
                               2 * std::abs(test::to_double(b)) * std::numeric_limits<T>::epsilon();
    }
    BOOST_TEST(is_same, text << " of " << test::to_double(in[i]) << ": " << test::to_double(out[i])
                             << ", the kernel " << test::to_double(direct[i]));
    BOOST_TEST(bits(in_place[i]) == bits(out[i]));
    // Which NaN it is depends on the instructions.
    BOOST_TEST((test::is_nan(out[i]) || bits(handle(in[i])) == bits(out[i])));
  }
  ++compared;
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_bits_of_the_kernel_in_float_and_double) {
  test::on_every_target([] {
    compared = 0;
#define FUSOR_CASE(stem, ...)                         \
  compare<(__VA_ARGS__), float>(#stem, #__VA_ARGS__); \
  compare<(__VA_ARGS__), double>(#stem, #__VA_ARGS__);
#include "catalogue.hpp"
#undef FUSOR_CASE
    BOOST_TEST(compared >= 70);
  });
}

BOOST_AUTO_TEST_CASE(golden_values_along_an_axis) {
  const auto records = test::read_golden_axis_records();
  BOOST_TEST(records.size() == 143u);
  test::on_every_target([&] {
    for (const auto& r : records) {
      // From the front and from the back.
      const auto axis = static_cast<double>(r.axis);
      const auto front = get(r.activation, {{"axis", axis}});
      const auto back = get(r.activation, {{"axis", axis - 3}});
      std::vector<float> got(r.expected.size());
      std::vector<double> wide_in(r.input.begin(), r.input.end()), wide(r.expected.size());
      const auto [a, b, c] = r.shape;
      const auto [out_a, out_b, out_c] = r.output_shape;
      front(view(r.input.data(), {a, b, c}), view(got.data(), {out_a, out_b, out_c}));
      back(view(wide_in.data(), {a, b, c}), view(wide.data(), {out_a, out_b, out_c}));
      for (std::size_t i = 0; i < got.size(); ++i) {
        BOOST_TEST(test::steps_between(got[i], static_cast<float>(r.expected[i])) <= 4u,
                   r.id << " at " << i << ": " << got[i]);
        BOOST_TEST(test::steps_between(wide[i], r.expected[i]) <= 4u,
                   r.id << " at " << i << " in double: " << wide[i]);
      }
    }
  });
}

BOOST_AUTO_TEST_CASE(tensors) {
  const std::vector<float> in = {1, 2, 3, 4, 5, 6};
  std::vector<float> out(6), expected(6);
  // Element-wise on any strides; the input broadcasts.
  const auto mish_handle = get("mish");
  kernel<mish>(view(in, {3, 2}, {1, 3}), view(expected, {3, 2}));
  mish_handle(view(in, {3, 2}, {1, 3}), view(out, {3, 2}));
  BOOST_TEST((out == expected));
  mish_handle(view(in, {3}, {1}), view(out, {2, 3}));
  BOOST_TEST(out[5] == kernel<mish>(3.0f));
  std::vector<double> long_line(2000), packed(1000), strided(1000);
  for (std::size_t i = 0; i < 2000; ++i) long_line[i] = static_cast<double>(i) / 100 - 10;
  get("elu", {{"alpha", 2}})(view(long_line, {1000}, {2}), view(strided, {1000}));
  for (std::size_t i = 0; i < 1000; ++i) packed[i] = long_line[2 * i];
  get("elu", {{"alpha", 2}})(packed);
  BOOST_TEST((packed == strided));
  // Along an axis: a range is one row; views have the axis of the handle.
  kernel<softmax>(in, expected);
  get("softmax")(in, out);
  BOOST_TEST((out == expected));
  kernel<softmax(x, {.axis = 0})>(view(in, {2, 3}), view(expected, {2, 3}));
  get("softmax", {{"axis", 0}})(view(in, {2, 3}), view(out, {2, 3}));
  BOOST_TEST((out == expected));
  // The axis is one of the output's, where the input has fewer.
  std::vector<float> thirds(9), expected_thirds(9);
  kernel<softmax(x, {.axis = 0})>(view(in.data(), {3}), view(expected_thirds, {3, 3}));
  get("softmax", {{"axis", 0}})(view(in.data(), {3}), view(thirds, {3, 3}));
  BOOST_TEST((thirds == expected_thirds));
  BOOST_TEST(thirds[4] == 1 / 3.0f);
  kernel<softmax(x, {.axis = -1})>(view(in.data(), {3}), view(expected_thirds, {3, 3}));
  get("softmax")(view(in.data(), {3}), view(thirds, {3, 3}));
  BOOST_TEST((thirds == expected_thirds));
  BOOST_CHECK_THROW(get("softmax", {{"axis", 0}})(view(in, {2, 3}), view(out.data(), {3})),
                    shape_error);
  std::vector<float> half(3);
  get("glu")(in, half);
  BOOST_TEST(half[0] == kernel<x * sigmoid(y)>(1.0f, 4.0f));
  BOOST_TEST(get("softmax")(7.0f) == 1.0f);
  BOOST_TEST((get("softmax", {{"axis", 1}}).formula() ==
              "exp(x - reduce_max(x, {.axis = 1})) / reduce_sum(exp(x - reduce_max(x, {.axis = "
              "1})), {.axis = 1})"));
  BOOST_CHECK_THROW(get("softmax", {{"axis", 1}})(in, out), axis_error);
  BOOST_CHECK_THROW(get("softmax", {{"axis", 0.5}}), parameter_error);
  BOOST_CHECK_THROW(get("glu")(half, half), axis_error);
  BOOST_CHECK_THROW(mish_handle(view(in, {2, 3}), view(out, {3, 2})), shape_error);
}

BOOST_AUTO_TEST_CASE(half_types) {
  const std::vector<float16> in = {float16(-1.0f), float16(0.5f), float16(3.0f)};
  std::vector<float16> out(3), direct(3);
  get("relu", {{"max_value", 2}})(in, out);
  kernel<relu(x, {.max_value = 2})>(in, direct);
  BOOST_TEST((out == direct));
  std::vector<bfloat16> data = {bfloat16(-1.0f), bfloat16(0.5f)}, expected = data;
  get("mish")(data);
  kernel<mish>(expected);
  BOOST_TEST((data == expected));
  BOOST_TEST((get("elu")(float16(-2.0f)) == kernel<elu>(float16(-2.0f))));
}

BOOST_AUTO_TEST_CASE(golden_values) {
  const auto records = test::read_golden_records();
  BOOST_TEST(records.size() == 53u);
  test::on_every_target([&] {
    for (const auto& r : records) {
      const auto handle = get(r.activation, r.parameters);
      const std::uint64_t bound = test::is_transcendental(r.activation) ? 4 : 2;
      std::vector<float> got(r.input.size());
      handle(r.input, got);
      std::vector<double> wide(r.input.begin(), r.input.end());
      handle(wide);
      // The constants of approximate gelu are doubles: see activation/golden.cpp.
      const bool is_approximate = r.activation == "gelu" && r.parameters.at(0).second == 1;
      for (std::size_t i = 0; i < got.size(); ++i) {
        const bool is_nan = std::isnan(r.input[i]);
        const float expected = static_cast<float>(r.expected[i]);
        const bool is_right =
            is_nan ? std::isnan(got[i]) : test::steps_between(got[i], expected) <= bound;
        BOOST_TEST(is_right, r.id << " of " << r.input[i] << ": " << got[i]);
        const bool is_right_wide =
            is_nan ? std::isnan(wide[i])
                   : test::steps_between(wide[i], r.expected[i]) <= (is_approximate ? 90u : 4u);
        BOOST_TEST(is_right_wide, r.id << " of " << r.input[i] << " in double: " << wide[i]);
      }
    }
  });
}

BOOST_AUTO_TEST_CASE(every_name_is_there) {
  BOOST_TEST(std::ranges::equal(activation_names(), names_of(catalogue)));
  for (const std::string_view name : activation_names()) {
    if (name == "threshold") continue;
    BOOST_TEST(get(name).name() == name);
    BOOST_TEST(!get(name).formula().empty());
    const std::vector<float> in(2, std::nanf(""));
    std::vector<float> out(name == "glu" ? 1 : 2);
    get(name)(in, out);
    BOOST_TEST(std::isnan(out[0]), name);
  }
  BOOST_TEST(get("swish")(1.5f) == kernel<silu>(1.5f));
}

BOOST_AUTO_TEST_CASE(what_a_handle_says) {
  const auto leaky = get("leaky_relu", {{"negative_slope", 0.1}});
  BOOST_TEST(leaky.name() == "leaky_relu");
  BOOST_TEST(leaky.formula() == "where(x >= 0, x, 0.1 * x)");
  BOOST_TEST((leaky.parameters() == parameter_values{{"negative_slope", 0.1}}));
  BOOST_TEST((get("relu", {{"max_value", 6}}).parameters() ==
              parameter_values{{"negative_slope", 0}, {"max_value", 6}, {"threshold", 0}}));
  BOOST_TEST(get("mish").formula() == "x * tanh(softplus(x))");
  BOOST_TEST(get("mish").parameters().empty());
  BOOST_TEST(get("gelu", {{"approximate", true}}).formula() != get("gelu").formula());
  auto copy = get("relu");
  copy = leaky;
  BOOST_TEST(copy(-1.0) == -0.1);
  static_assert(std::is_trivially_copyable_v<activation_handle>);
  static_assert(sizeof(activation_handle) <= 64);
}

// Values next to the ends of what takes a kernel of its own.
BOOST_AUTO_TEST_CASE(parameters_of_every_size) {
  for (const double b : {1e-300, 1e-30, 1e-9, 0.5, 1.0, 4.0, 1e9, 1e25, 1e60, 1e300}) {
    const double root = std::sqrt(b);
    BOOST_TEST(std::abs(get("squareplus", {{"b", b}})(0.0) - root / 2) <= root * 1e-15);
    BOOST_TEST(get("squareplus", {{"b", b}})(1e200) == 1e200);
  }
  for (const double alpha : {1e-40, 1e-30, 0.3, -0.5, 3.0, 1e30, 1e40}) {
    const auto handle = get("celu", {{"alpha", alpha}});
    BOOST_TEST(handle(2.5) == 2.5);
    const double expected = alpha * std::expm1(-0.7 / alpha);
    if (std::isfinite(expected)) {
      BOOST_TEST(std::abs(handle(-0.7) - expected) <= std::abs(expected) * 1e-15);
    }
  }
  BOOST_TEST(get("elu", {{"alpha", 0}})(-3.0f) == 0.0f);
  BOOST_TEST(get("leaky_relu", {{"negative_slope", 0}})(-infinity) == 0.0);
  BOOST_TEST(get("relu", {{"max_value", infinity}})(infinity) == infinity);
  BOOST_TEST(get("relu", {{"max_value", 0}})(3.0) == 0.0);
}

/// By a literal and by a handle.
template <auto Formula, class T>
std::array<T, 2> by_both(std::string_view name, const parameter_values& parameters, T number) {
  return {kernel<Formula>(number), get(name, parameters)(number)};
}

BOOST_AUTO_TEST_CASE(parameters_at_the_ends) {
  test::on_every_target([] {
    // squareplus(x) = b / (2 (sqrt(x^2 + b) - x)) on the left.
    const auto check = []<class T>(double b, T number, const std::array<T, 2>& results) {
      const long double v = static_cast<long double>(number);
      const long double root = std::hypot(v, std::sqrt(static_cast<long double>(b)));
      const auto expected = static_cast<T>(v < 0 ? b / (2 * (root - v)) : (root + v) / 2);
      for (const T result : results) {
        BOOST_TEST(test::steps_between(result, expected) <= 4u, b << " at " << number);
      }
    };
    for (const float number : {-3.0f, -1e-3f, -1e-20f, -1e-23f, -0.0f, 1e-22f, 0.5f}) {
      check(1e-40, number,
            by_both<squareplus(x, {.b = 1e-40}), float>("squareplus", {{"b", 1e-40}}, number));
      check(1e-45, number,
            by_both<squareplus(x, {.b = 1e-45}), float>("squareplus", {{"b", 1e-45}}, number));
      check(1e-310, static_cast<double>(number),
            by_both<squareplus(x, {.b = 1e-310}), double>("squareplus", {{"b", 1e-310}},
                                                          static_cast<double>(number)));
    }
    const auto steep = [](float number) {
      const auto results = by_both<relu(x, {.negative_slope = infinity}), float>(
          "relu", {{"negative_slope", infinity}}, number);
      BOOST_TEST(bits(results[0]) == bits(results[1]), number);
      return results[0];
    };
    BOOST_TEST(steep(0.5f) == 0.5f);
    BOOST_TEST(steep(0.0f) == 0.0f);
    BOOST_TEST(steep(-0.0f) == 0.0f);
    BOOST_TEST(steep(-0.5f) == -infinity);
    BOOST_TEST(steep(-std::numeric_limits<float>::infinity()) == -infinity);
    BOOST_TEST(test::is_nan(
        kernel<relu(x, {.negative_slope = infinity})>(std::numeric_limits<float>::quiet_NaN())));
    const auto all = [](float number) {
      const auto results =
          by_both<relu(x, {.negative_slope = -infinity, .max_value = 6, .threshold = 1}), float>(
              "relu", {{"negative_slope", -infinity}, {"max_value", 6}, {"threshold", 1}}, number);
      BOOST_TEST(results[0] == results[1], number);
      return results[0];
    };
    BOOST_TEST(all(7) == 6);
    BOOST_TEST(all(1) == 0);
    BOOST_TEST(all(0.5f) == infinity);
  });
}

BOOST_AUTO_TEST_CASE(names_that_are_not_there) {
  BOOST_TEST(
      refusal<unknown_activation>([] { get("misch"); }) ==
      "get: there is no activation \"misch\"; the nearest are \"mish\", \"swish\" and \"silu\"");
  BOOST_TEST(
      refusal<unknown_activation>([] { get("Mish"); }) ==
      "get: there is no activation \"Mish\"; the nearest are \"mish\", \"swish\" and \"silu\"");
  BOOST_CHECK_THROW(get(""), unknown_activation);
  BOOST_CHECK_THROW(get(std::string(10000, 'a')), unknown_activation);
  BOOST_CHECK_THROW(get(std::string_view("mish\0", 5)), unknown_activation);
}

BOOST_AUTO_TEST_CASE(parameters_that_are_wrong) {
  const auto sentence = [](const char* name, const parameter_values& parameters) {
    return refusal<parameter_error>([&] { get(name, parameters); });
  };
  const double nan = std::nan("");
  BOOST_TEST(sentence("relu", {{"slope", 0.1}}) ==
             "relu: there is no parameter \"slope\"; there is \"negative_slope\", \"max_value\", "
             "\"threshold\"");
  BOOST_TEST(sentence("relu", {{"axis", 1}}) ==
             "relu: there is no parameter \"axis\"; there is \"negative_slope\", \"max_value\", "
             "\"threshold\"");
  BOOST_TEST(sentence("mish", {{"axis", 1}}) ==
             "mish: there is no parameter \"axis\", nor any other");
  BOOST_TEST(sentence("relu", {{"max_value", -1}}) ==
             "relu: \"max_value\" must be at least 0, it is -1");
  BOOST_TEST(sentence("relu", {{"max_value", nan}}) ==
             "relu: \"max_value\" must be at least 0, it is nan");
  BOOST_TEST(sentence("relu", {{"threshold", 1}, {"threshold", 2}}) ==
             "relu: \"threshold\" is given twice");
  BOOST_TEST(sentence("celu", {{"alpha", 0}}) ==
             "celu: \"alpha\" must be a number other than 0, it is 0");
  BOOST_TEST(sentence("elu", {{"alpha", nan}}) == "elu: \"alpha\" must be a number, it is nan");
  BOOST_TEST(sentence("gelu", {{"approximate", 0.5}}) ==
             "gelu: \"approximate\" must be true or false, it is 0.5");
  BOOST_TEST(sentence("threshold", {{"threshold", 1}}) ==
             "threshold: \"default_value\" must be given");
  BOOST_TEST(sentence("soft_shrink", {{"threshold", infinity}}) ==
             "soft_shrink: \"threshold\" must be at least 0 and finite, it is inf");
}

BOOST_AUTO_TEST_CASE(a_refused_call_writes_nothing) {
  const auto handle = get("leaky_relu");
  std::vector<float> in(12, -1.0f), out(10, 7.0f);
  BOOST_CHECK_THROW(handle(in, out), shape_error);
  BOOST_CHECK_THROW(handle(std::span(in).first(11), std::span(in).last(11)), overlap_error);
  BOOST_TEST(std::ranges::count(out, 7.0f) == 10);
  BOOST_TEST(std::ranges::count(in, -1.0f) == 12);
  std::vector<float> nothing;
  handle(nothing);
  std::array<double, 2> pair{-1, 1};
  handle(pair);
  BOOST_TEST(pair[0] == -0.2);
}
