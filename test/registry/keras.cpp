// SPDX-License-Identifier: BSL-1.0
// Activations from Keras's serialised forms.
#define BOOST_TEST_MODULE registry_keras
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <fusor/registry/keras.hpp>
#include <string>

#include "support/refusal.hpp"

namespace {

using namespace fusor;
using nlohmann::json;

template <class Error>
std::string refusal(const std::string& text) {
  return test::refusal<Error>([&] { get_from_json(text); });
}

}  // namespace

BOOST_AUTO_TEST_CASE(forms_of_keras) {
  BOOST_TEST(get_from_json(R"("mish")").name() == "mish");
  BOOST_TEST(get(json("silu")).name() == "silu");
  BOOST_TEST(get("silu").name() == "silu");
  const auto relu = get_from_json(
      R"({"module": "keras.layers", "class_name": "ReLU", "registered_name": null,
          "config": {"name": "re_lu", "trainable": true, "dtype": {"class_name": "DTypePolicy"},
                     "max_value": null, "negative_slope": 0.1, "threshold": 0.5}})");
  BOOST_TEST(relu.name() == "relu");
  BOOST_TEST(
      (relu.parameters() ==
       parameter_values{{"negative_slope", 0.1}, {"max_value", INFINITY}, {"threshold", 0.5}}));
  BOOST_TEST(get_from_json(R"({"class_name": "ReLU", "config": {"max_value": 6}})")(7.5) == 6.0);
  BOOST_TEST(get_from_json(R"({"class_name": "ELU", "config": {"alpha": 2}})")(-800.0) == -2.0);
  BOOST_TEST(get_from_json(R"({"class_name": "LeakyReLU", "config": {"alpha": 0.5}})")(-2.0) ==
             -1.0);
  BOOST_TEST(
      get_from_json(R"({"class_name": "Activation", "config": {"activation": "tanh"}})").name() ==
      "tanh");
  BOOST_TEST(get_from_json(R"({"class_name": "function", "config": "gelu"})").name() == "gelu");
  BOOST_TEST(get_from_json(R"({"class_name": "gelu", "config": {"approximate": true}})")
                 .parameters()[0]
                 .second == 1);
  BOOST_TEST(get_from_json(R"({"class_name": "mish"})").name() == "mish");
}

// The layer's default is 0.3, that of the function 0.2.
BOOST_AUTO_TEST_CASE(defaults_of_a_layer_are_its_own) {
  BOOST_TEST(get_from_json(R"({"class_name": "LeakyReLU", "config": {}})")(-1.0) == -0.3);
  BOOST_TEST(get_from_json(R"({"class_name": "leaky_relu", "config": {}})")(-1.0) == -0.2);
}

BOOST_AUTO_TEST_CASE(config_is_read_back) {
  BOOST_TEST(config(get("mish")) == json("mish"));
  BOOST_TEST(config(get("relu")) == json("relu"));
  const json leaky = config(get("leaky_relu", {{"negative_slope", 0.1}}));
  BOOST_TEST(leaky ==
             json::parse(R"({"class_name": "LeakyReLU", "config": {"negative_slope": 0.1}})"));
  for (const activation_handle& handle :
       {get("relu", {{"negative_slope", 0.25}}), get("relu", {{"max_value", 6}}),
        get("elu", {{"alpha", 0.5}}), get("celu", {{"alpha", -2}}),
        get("gelu", {{"approximate", true}}), get("swish"),
        get("threshold", {{"threshold", 1}, {"default_value", 2}})}) {
    const auto again = get_from_json(config(handle).dump());
    BOOST_TEST(again.name() == handle.name());
    BOOST_TEST((again.parameters() == handle.parameters()));
  }
}

BOOST_AUTO_TEST_CASE(what_is_refused) {
  BOOST_TEST(refusal<unknown_activation>(R"("gleu")").find("\"gelu\"") != std::string::npos);
  BOOST_TEST(refusal<unknown_activation>(R"({"class_name": "Dense", "config": {}})") != "nothing");
  BOOST_TEST(refusal<parameter_error>(R"({"class_name": "ReLU", "config": {"max_value": -1}})") ==
             "relu: \"max_value\" must be at least 0, it is -1");
  BOOST_TEST(refusal<parameter_error>(R"({"class_name": "ReLU", "config": {"alpha": 1}})") ==
             "get: the layer \"ReLU\" has no parameter \"alpha\"");
  BOOST_TEST(refusal<parameter_error>(R"({"class_name": "ReLU", "config": {"": 1}})") ==
             "get: the layer \"ReLU\" has no parameter \"\"");
  BOOST_TEST(refusal<parameter_error>(R"({"class_name": "ELU", "config": {"alpha": "1"}})") ==
             "get: \"alpha\" must be a number, it is \"1\"");
  BOOST_TEST(refusal<parameter_error>(R"({"class_name": "ELU", "config": {"alpha": null}})") ==
             "get: \"alpha\" must be a number, it is null");
  BOOST_TEST(refusal<parameter_error>(R"({"class_name": "mish", "config": {"axis": 1}})") ==
             "mish: there is no parameter \"axis\", nor any other");
  BOOST_TEST(refusal<parameter_error>(R"({"class_name": "relu", "config": [1]})") ==
             "get: the \"config\" of \"relu\" must be an object, it is [1]");
  BOOST_TEST(refusal<parameter_error>(R"({"class_name": "Activation", "config": {}})") ==
             "get: the \"config\" of \"Activation\" must have a name as \"activation\"");
  BOOST_TEST(
      refusal<parameter_error>(R"({"class_name": "PReLU", "config": {}})").find("has weights") !=
      std::string::npos);
  BOOST_TEST(refusal<parameter_error>("3").find("a configuration is a name") != std::string::npos);
  BOOST_TEST(refusal<parameter_error>(R"({"config": {}})").find("a configuration is a name") !=
             std::string::npos);
  for (const char* text : {"", "{", "mish", "\"mish", "{\"class_name\": }", "[\"mish\"", "\xff"}) {
    BOOST_TEST(refusal<parameter_error>(text).find("get: ") == 0u);
  }
}

BOOST_AUTO_TEST_CASE(texts_from_elsewhere) {
  BOOST_TEST(refusal<parameter_error>(R"({"class_name": "ELU", "config": {"alpha": 1e999}})") !=
             "nothing");
  BOOST_TEST(refusal<parameter_error>("\"mish\xff\"") != "nothing");
  BOOST_TEST(refusal<parameter_error>("{\"class_name\": \"ELU\", \"config\": {\"\xff\": 1}}") !=
             "nothing");
  const std::string many(100000, '[');
  BOOST_TEST(refusal<parameter_error>(many) == "get: the text is nested more than 64 deep");
  BOOST_TEST(refusal<parameter_error>(many + std::string(100000, ']')) ==
             "get: the text is nested more than 64 deep");
  BOOST_TEST(
      refusal<parameter_error>(R"({"class_name": "ELU", "config": {"alpha": 1, "alpha": 2}})") ==
      "get: \"alpha\" is given twice");
  BOOST_TEST(refusal<parameter_error>(
                 R"({"class_name": "LeakyReLU", "config": {"alpha": 1, "negative_slope": 2}})") ==
             "get: \"negative_slope\" is given twice, once as \"alpha\"");
  // The same key in two objects is given once in each.
  BOOST_TEST(
      get_from_json(R"({"class_name": "ELU", "name": "ELU", "config": {"name": "a"}})").name() ==
      "elu");
  // Values that come from a program, not from text.
  BOOST_TEST(test::refusal<std::invalid_argument>([] { get(json("\xff")); }) != "nothing");
  BOOST_TEST(test::refusal<parameter_error>([] {
               get(json{{"class_name", "ELU"}, {"config", {{"alpha", "\xff"}}}});
             }) != "nothing");
  json nested = json::array();
  for (int i = 0; i < 100000; ++i) nested = json::array({std::move(nested)});
  BOOST_TEST(test::refusal<parameter_error>([&] { get(nested); }) ==
             "get: a configuration is a name, or an object with \"class_name\" and \"config\"; it "
             "is an array");
}

BOOST_AUTO_TEST_CASE(infinite_parameters_are_read_back) {
  const double inf = std::numeric_limits<double>::infinity();
  for (const auto& parameters : {parameter_values{{"threshold", inf}},
                                 {{"threshold", -inf}},
                                 {{"max_value", inf}},
                                 {{"negative_slope", inf}, {"max_value", 6.0}},
                                 {{"negative_slope", -inf}}}) {
    const auto written = get("relu", parameters);
    const auto text = config(written).dump();
    BOOST_TEST((get_from_json(text).parameters() == written.parameters()), text);
  }
  const auto step = get("threshold", {{"threshold", -inf}, {"default_value", inf}});
  BOOST_TEST((get_from_json(config(step).dump()).parameters() == step.parameters()));
}
