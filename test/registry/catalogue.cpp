// SPDX-License-Identifier: BSL-1.0
// Activations by name at compile time, and the table of their parameters.
#define BOOST_TEST_MODULE registry_catalogue
#include <algorithm>
#include <boost/hana/find.hpp>
#include <boost/hana/for_each.hpp>
#include <boost/hana/insert.hpp>
#include <boost/hana/length.hpp>
#include <boost/hana/optional.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <fusor/fusor.hpp>
#include <set>
#include <string>
#include <vector>

#include "support/numbers.hpp"

namespace {

using namespace fusor;

constexpr auto mine =
    extend(catalogue, named<"swiglu">(silu(x) * y),
           named<"quick_gelu">([](expression auto of) { return of * sigmoid(1.702 * of); }));

// Every header of the folder activation is in the catalogue, under the name of the file.
template <detail::spelling Name>
constexpr bool is_there = decltype(boost::hana::contains(catalogue, identifier<Name>))::value;
#define FUSOR_CASE(stem, ...) static_assert(is_there<#stem>);
#define FUSOR_ROW_CASE FUSOR_CASE
#include "catalogue.hpp"
#undef FUSOR_CASE
#undef FUSOR_ROW_CASE

static_assert(same_kernel<"mish"_act, mish>);
static_assert(same_kernel<activation<"hard_silu">, hard_silu>);
static_assert(same_kernel<"swish"_act, silu>);
static_assert(same_kernel<"hard_swish"_act, hard_silu>);
static_assert(same_kernel<"tanh"_act, tanh(x)>);
static_assert(same_kernel<"leaky_relu"_act(x, {.negative_slope = 0.5}),
                          leaky_relu(x, {.negative_slope = 0.5})>);
static_assert(same_kernel<activation<"swiglu", mine>, silu(x) * y>);
static_assert(same_kernel<activation<"relu", mine>, relu>);
static_assert(!is_there<"Mish"> && !is_there<"swiglu"> && !is_there<"">);

/// Boost.Hana does with the catalogue, which becomes a map when it is asked, what it does with
/// maps.
BOOST_AUTO_TEST_CASE(the_catalogue_is_a_map) {
  namespace hana = boost::hana;
  static_assert(decltype(hana::length(catalogue))::value == names_of(catalogue).size());
  static_assert(decltype(hana::length(hana::insert(catalogue, named<"mine">(x))))::value ==
                names_of(catalogue).size() + 1);
  static_assert(decltype(hana::contains(catalogue, identifier<"mish">))::value);
  static_assert(!decltype(hana::contains(catalogue, identifier<"misch">))::value);
  static_assert(decltype(hana::is_just(hana::find(catalogue, identifier<"mish">)))::value);
  static_assert(decltype(hana::is_nothing(hana::find(catalogue, identifier<"misch">)))::value);
  const std::string formula = to_string(hana::at_key(catalogue, identifier<"mish">));
  BOOST_TEST(formula == to_string(mish));
  BOOST_TEST(formula == to_string(catalogue[identifier<"mish">]));
  std::size_t entries = 0, keys = 0;
  hana::for_each(catalogue, [&](auto) { ++entries; });
  hana::for_each(hana::keys(catalogue), [&](auto) { ++keys; });
  BOOST_TEST(entries == names_of(catalogue).size());
  BOOST_TEST(keys == entries);
}

}  // namespace

BOOST_AUTO_TEST_CASE(names_are_unique_and_in_order) {
  constexpr auto names = names_of(catalogue);
  BOOST_TEST(std::is_sorted(names.begin(), names.end()));
  BOOST_TEST((std::set(names.begin(), names.end()).size() == names.size()));
  BOOST_TEST(names_of(mine).size() == names.size() + 2);
  BOOST_TEST(names_of(mine).back() == "quick_gelu");
}

BOOST_AUTO_TEST_CASE(a_name_is_the_kernel_itself) {
  const std::vector<float> in = {-4, -1, -0.25, 0, 0.5, 2, 5};
  std::vector<float> by_name(in.size()), direct(in.size());
  kernel<"hard_silu"_act>(in, by_name);
  kernel<hard_silu>(in, direct);
  BOOST_TEST(by_name == direct);
  kernel<activation<"quick_gelu", mine>>(in, by_name);
  kernel<x * sigmoid(1.702 * x)>(in, direct);
  BOOST_TEST(by_name == direct);
}

BOOST_AUTO_TEST_CASE(names_near_to_a_wrong_one) {
  constexpr auto names = names_of(catalogue);
  const auto nearest = [&](std::string_view name) {
    return std::string(names[detail::nearest_names<1>(name, names)[0]]);
  };
  BOOST_TEST(nearest("misch") == "mish");
  BOOST_TEST(nearest("Mish") == "mish");
  BOOST_TEST(nearest("leaky-relu") == "leaky_relu");
  BOOST_TEST(nearest("hard_sigmod") == "hard_sigmoid");
  BOOST_TEST(nearest("RELU6") == "relu6");
  static_assert(detail::edit_distance("", "abc") == 3);
  static_assert(detail::edit_distance("kitten", "sitting") == 3);
  static_assert(detail::edit_distance("gelu", "GELU") == 0);
}

// The ranges of the table are those that the activations themselves insist on.
BOOST_AUTO_TEST_CASE(ranges_agree_with_the_activations) {
  int checked = 0;
  const auto check = [&]<auto Activation>() {
    const auto& table = parameters_of<Activation>;
    using structure = typename std::remove_cvref_t<decltype(table[0])>::structure;
    for (const auto& parameter : table) {
      if (parameter.range.text == detail::ranges::flag.text) continue;  // a bool holds nothing else
      for (const double value : {-infinity, -1e300, -1.0, -1e-300, -0.0, 0.0, 1e-300, 0.5, 1.0, 7.0,
                                 1e300, infinity, std::nan("")}) {
        structure values{};
        parameter.set(values, value);
        BOOST_TEST(test::bits(parameter.get(values)) == test::bits(value));
        bool is_accepted = true;
        try {
          (void)Activation(x, values);
        } catch (const parameter_error&) {
          is_accepted = false;
        }
        BOOST_TEST(is_accepted == parameter.range.holds(value), parameter.name << " = " << value);
        ++checked;
      }
    }
  };
  check.operator()<celu>();
  check.operator()<elu>();
  check.operator()<hard_shrink>();
  check.operator()<leaky_relu>();
  check.operator()<relu>();
  check.operator()<soft_shrink>();
  check.operator()<squareplus>();
  check.operator()<threshold>();
  BOOST_TEST(checked == 11 * 13);
  // What an axis may be beyond this depends on the tensor.
  BOOST_TEST((detail::ranges::axis.holds(-1) && detail::ranges::axis.holds(31) &&
              !detail::ranges::axis.holds(32)));
  BOOST_TEST((!detail::ranges::axis.holds(0.5) && !detail::ranges::axis.holds(std::nan(""))));
}

BOOST_AUTO_TEST_CASE(defaults_are_those_of_the_structures) {
  BOOST_TEST(parameters_of<leaky_relu>[0].default_value() == 0.2);
  BOOST_TEST(parameters_of<relu>[1].default_value() == infinity);
  BOOST_TEST(parameters_of<gelu>[0].default_value() == 0);
  BOOST_TEST(parameters_of<threshold>[1].is_required);
  BOOST_TEST(parameters_of<"mish"_act>.empty());
}
