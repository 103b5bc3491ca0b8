// SPDX-License-Identifier: BSL-1.0
// Files that are no model, or none that is supported: each gives one sentence.
//
// Usage: test.model.files [of Boost.Test] -- [number of mutated files]
#define BOOST_TEST_MODULE model_files
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <fusor/model/generate.hpp>
#include <fusor/model/in_child.hpp>
#include <fusor/model/table.hpp>
#include <fusor/model/write_interfaces.hpp>
#include <random>
#include <sstream>
#include <string>

#include "model/mutated.hpp"
#include "support/refusal.hpp"

namespace {

using namespace fusor::detail::models;
using fusor::test::mutated;

std::string bytes_of(const std::string& file) {
  return read_bytes(FUSOR_TEST_DATA "/keras-models/" + file);
}
const std::string& archive() {
  static const std::string all = bytes_of("digits_relu.keras");
  return all;
}
const std::string& weights() {
  static const std::string all = bytes_of("digits_relu.weights.h5");
  return all;
}
json configuration_of(const std::string& model) {
  return json::parse(bytes_of(model + ".json"));
}

template <class Call>
std::string refusal(const Call& call) {
  return fusor::test::refusal<model_error>(call);
}
std::string refusal_of_archive(const std::string& bytes) {
  return refusal([&] { read_graph({bytes, "", ""}); });
}
std::string refusal_of(const json& model, const std::string& with = weights()) {
  return refusal([&] { read_graph(model.dump(), with); });
}

/// The sentence about the model with its layers changed by `change`.
template <class Change>
std::string changed(const Change& change, const std::string& model = "digits_relu") {
  json config = configuration_of(model);
  change(config["config"]["layers"]);
  return refusal_of(config, model == "digits_relu" ? weights() : bytes_of(model + ".weights.h5"));
}

json layer(const std::string& class_name, json config = json::object()) {
  config["name"] = "new";
  return {{"class_name", class_name}, {"config", config}};
}
/// The sentence about a layer at the end of the model.
std::string added(const std::string& class_name, const json& config = json::object()) {
  return changed([&](json& layers) { layers.push_back(layer(class_name, config)); });
}

bool has(const std::string& sentence, const std::string& part) {
  const bool found = sentence.find(part) != std::string::npos;
  if (!found) BOOST_TEST_MESSAGE("the sentence is: " << sentence);
  return found;
}

}  // namespace

BOOST_AUTO_TEST_CASE(names_of_groups_are_those_of_keras) {
  BOOST_TEST(snake_case("PReLU") == "p_re_lu");
  BOOST_TEST(snake_case("LeakyReLU") == "leaky_re_lu");
  BOOST_TEST(snake_case("ReLU") == "re_lu");
  BOOST_TEST(snake_case("ELU") == "elu");
  BOOST_TEST(snake_case("RMSNormalization") == "rms_normalization");
  BOOST_TEST(snake_case("Conv1D") == "conv1d");
  BOOST_TEST(snake_case("GlobalAveragePooling1D") == "global_average_pooling1d");
  group_names names;
  BOOST_TEST(names.next("Dense") == "dense");
  BOOST_TEST(names.next("ReLU") == "re_lu");
  BOOST_TEST(names.next("Dense") == "dense_1");
  BOOST_TEST(names.next("Dense") == "dense_2");
}

// As layers are: here the group "dense" is of the layer "dense_1".
BOOST_AUTO_TEST_CASE(a_group_of_another_layer_is_refused) {
  BOOST_TEST(refusal_of(configuration_of("digits_mish"), bytes_of("digits_mish.weights.h5")) ==
             "nothing");
  const std::string sentence =
      changed([](json& layers) { layers[1]["config"]["name"] = "dense_2"; }, "digits_mish");
  BOOST_TEST(sentence ==
             "layer \"dense_2\" (Dense): its weights are not there: the group "
             "\"layers/dense/vars\" is of the layer \"dense_1\"");
}

BOOST_AUTO_TEST_CASE(archives) {
  BOOST_TEST(refusal_of_archive(archive()) == "nothing");
  const std::string none = "is no .keras file: it is no ZIP archive, or a truncated one";
  BOOST_TEST(refusal_of_archive("no archive") == none);
  BOOST_TEST(refusal_of_archive(archive().substr(0, archive().size() / 2)) == none);
  BOOST_TEST(refusal_of_archive(archive().substr(0, archive().size() - 1)) == none);
  std::string compressed = archive();
  const std::size_t directory = compressed.find("PK\1\2");
  const std::size_t entry = compressed.find("PK\1\2", directory + 1);  // of config.json
  compressed[entry + 10] = 8;
  BOOST_TEST(has(refusal_of_archive(compressed), "\"config.json\" in it is compressed"));
  std::string far = archive();
  far[entry + 43] = 127;
  BOOST_TEST(refusal_of_archive(far) ==
             "is a damaged archive: \"config.json\" is not where the directory says");
  far[entry + 45] = 127;
  BOOST_TEST(refusal_of_archive(far) ==
             "is a damaged archive: an entry lies beyond the end of the file");
  std::string other = archive();
  for (std::size_t at = 0; (at = other.find("config.json", at)) != std::string::npos;) {
    other[at] = 'C';
  }
  BOOST_TEST(refusal_of_archive(other) ==
             "is no .keras file of Keras 3: it has no \"config.json\"");
}

BOOST_AUTO_TEST_CASE(configurations) {
  const auto of_text = [](const std::string& text) {
    return refusal([&] { read_graph(text, weights()); });
  };
  BOOST_TEST(of_text("") == "its configuration is no JSON");
  BOOST_TEST(of_text("{\"class_name\": ") == "its configuration is no JSON");
  BOOST_TEST(of_text("{\"class_name\": \"\xff\"}") == "its configuration is no JSON");
  BOOST_TEST(of_text(std::string(100000, '[')) == "its configuration is nested more than 64 deep");
  BOOST_TEST(has(of_text("[]"), "is that of no Keras model"));
  BOOST_TEST(of_text(R"({"class_name": "MyModel", "config": {}})") ==
             "the model is a \"MyModel\"; supported are Sequential and Functional");
  BOOST_TEST(of_text(R"({"class_name": "Sequential", "config": {"layers": []}})") ==
             "its configuration has no layers");
  BOOST_TEST(changed([](json& layers) { layers[1] = 7; }) ==
             "its configuration has a layer without a class");
  BOOST_TEST(changed([](json& layers) { layers[1]["config"].erase("name"); }) ==
             "its configuration has a layer (\"Dense\") without a name");
  BOOST_TEST(changed([](json& layers) { layers[0]["config"]["batch_shape"][1] = nullptr; }) ==
             "layer \"pixels\" (InputLayer): axis 1 of the input has no fixed size");
  BOOST_TEST(has(changed([](json& layers) { layers[0]["config"]["dtype"] = "int32"; }),
                 "elements of the type \"int32\""));
  BOOST_TEST(has(changed([](json& layers) {
                   layers[0]["config"]["batch_shape"] = {nullptr, 100000, 100000};
                 }),
                 "a row of the shape (100000, 100000) is not supported"));
}

BOOST_AUTO_TEST_CASE(layers_and_weights) {
  BOOST_TEST(has(added("LSTM"),
                 "layer \"new\" (LSTM): the class is not supported; supported are "
                 "InputLayer, Activation, "));
  BOOST_TEST(changed([](json& layers) { layers[1]["config"]["units"] = 65; }) ==
             "layer \"hidden\" (Dense): the weight \"layers/dense/vars/0\" has the shape (64, 64), "
             "the layer needs (64, 65)");
  for (const json& units : {json(0), json(-1), json("64"), json(1.5), json(1e30), json(nullptr)}) {
    BOOST_TEST(changed([&](json& layers) { layers[1]["config"]["units"] = units; }) ==
               "layer \"hidden\" (Dense): \"units\" must be a whole number of at least 1");
  }
  BOOST_TEST(added("Dense", {{"units", 3}}) ==
             "layer \"new\" (Dense): its weights are missing: there is no group "
             "\"layers/dense_2/vars\"");
  BOOST_TEST(has(changed([](json& layers) { layers[1]["config"]["activation"] = "reluu"; }),
                 "there is no activation \"reluu\"; the nearest are \"relu\""));
  BOOST_TEST(changed([](json& layers) { layers[1]["config"]["activation"] = 3; }) ==
             "layer \"hidden\" (Dense): \"activation\" must be a name, or an object with "
             "\"class_name\" and \"config\"");
  BOOST_TEST(has(added("ReLU", {{"max_value", -1}}), "\"max_value\" must be at least 0"));
  BOOST_TEST(has(added("ReLU", {{"max_value", "much"}}), "\"max_value\" must be a number"));
  BOOST_TEST(has(added("Softmax", {{"axis", 0}}), "axis 0 is that of the rows"));
  BOOST_TEST(has(added("Softmax", {{"axis", 2}}), "axis 2 is out of range for 2 axes"));
  BOOST_TEST(has(added("Reshape", {{"target_shape", {3, 4}}}), "different numbers of elements"));
  BOOST_TEST(has(added("Reshape", {{"target_shape", {-1, -1}}}), "more than one axis open"));
  BOOST_TEST(has(added("Permute", {{"dims", {2}}}), "\"dims\" must name each of 1 axes once"));
  BOOST_TEST(has(added("Add"), "it must merge two tensors"));
  BOOST_TEST(has(added("Dot", {{"axes", 1}}), "it must be called with two tensors"));
  BOOST_TEST(has(added("Conv1D", {{"filters", 3}}), "must have positions and channels"));
  BOOST_TEST(added("glu") == "nothing");
  BOOST_TEST(has(changed([](json& layers) {
                   layers.push_back(layer("glu"));
                   layers.push_back(layer("glu"));
                 }),
                 "glu halves an axis of 5, which is odd"));
  const std::string damaged = "its weights are no HDF5 file, or a damaged one";
  BOOST_TEST(refusal_of(configuration_of("digits_relu"), "no weights") == damaged);
  BOOST_TEST(refusal_of(configuration_of("digits_relu"), "") == damaged);
  BOOST_TEST(refusal_of(configuration_of("digits_relu"), weights().substr(0, 3000)) == damaged);
}

// Formulas of LAYERS: their shape, and what is none.
BOOST_AUTO_TEST_CASE(layers_of_formulas) {
  const auto read = [](const std::string& formula, const std::string& name = "gate") {
    return read_own_layer(name, formula, {}, is_supported(name));
  };
  for (const char* const kept :
       {"x", "2*x", "sin( x )", "softmax(x) * 2", "where(x >= 0 && x < 1, x, -x)",
        "x - reduce_max(x)", "leaky_relu(x, {.negative_slope = 0.1})",
        "x * reduce_sum(first_half(x))", ".5 * x + 1e-3"}) {
    BOOST_TEST((read(kept).axis == last_axis::kept));
  }
  for (const char* const half :
       {"glu(x)", "silu(first_half(x)) * second_half(x)", "first_half(x)", "softmax(first_half(x))",
        "first_half(x) / reduce_sum(second_half(x))"}) {
    BOOST_TEST((read(half).axis == last_axis::halved));
  }
  for (const char* const reduced : {"reduce_sum(x)", "logsumexp(x) / reduce_max(abs(x))"}) {
    BOOST_TEST((read(reduced).axis == last_axis::reduced));
  }
  BOOST_TEST(read("softmax(x)").reduces);
  BOOST_TEST(!read("silu(x)").reduces);
  const auto sentence = [&](const std::string& formula, const std::string& name = "gate") {
    return refusal([&] { read(formula, name); });
  };
  BOOST_TEST(
      sentence("x * y") ==
      "LAYERS: the formula of \"gate\", \"x * y\": it reads y, and a layer has one input, x");
  BOOST_TEST(has(sentence("x + input<1>"), "it reads input, and a layer has one input"));
  BOOST_TEST(has(sentence(" "), "it is empty"));
  BOOST_TEST(has(sentence("2"), "it does not read x"));
  BOOST_TEST(has(sentence("silu"), "it does not read x"));
  BOOST_TEST(has(sentence("x, x"), "a comma separates two"));
  BOOST_TEST(has(sentence("first_half(x) + x"), "beside halves of x"));
  BOOST_TEST(has(sentence("first_half(glu(x))"), "half of a half"));
  BOOST_TEST(has(sentence("softmax(x, {.axis = 1})"), "along the last axis"));
  BOOST_TEST(has(sentence("matmul(x, x)"), "a product needs two inputs"));
  BOOST_TEST(has(sentence("outputs(x, x)"), "a layer has one output"));
  BOOST_TEST(has(sentence("sin(x"), "a parenthesis is not closed"));
  BOOST_TEST(has(sentence("x))"), "a parenthesis is closed that is not open"));
  BOOST_TEST(has(sentence("sin(x}"), "a parenthesis is closed that is not open"));
  BOOST_TEST(has(sentence("x // x"), "a comment is no part"));
  for (const char* const sign : {"x; x", "x\n", "x \"", "x #", "x \\", "$0 x", "x[0]", "x @"}) {
    BOOST_TEST(has(sentence(sign), "in formulas"));
    BOOST_TEST(sentence(sign).find('\n') == std::string::npos);
  }
  BOOST_TEST(has(sentence(std::string(3000, ' ') + "x"), "longer than 2000"));
  for (const char* const known : {"Dense", "Add", "relu", "ReLU", "swish", "InputLayer"}) {
    BOOST_TEST(has(sentence("x", known), "that is supported as Keras has it"));
  }
  for (const char* const none : {"", "a;b", "a\"", "Mine>", "a\n"}) {
    BOOST_TEST(has(sentence("x", none), "is no name of a class or a function"));
  }
  BOOST_TEST(has(refusal([&] { read_own_layer("a>b", "x", {read("x", "a_b")}, false); }),
                 "is there twice"));
}

// Halves are taken from a product in its kernel; not behind a reduction, nor beside something else.
BOOST_AUTO_TEST_CASE(kernels_with_halves) {
  const auto kernels = [&](const char* activation, std::vector<json> behind) {
    json config = configuration_of("digits_relu");
    json& layers = config["config"]["layers"];
    layers[2]["config"]["activation"] = activation;
    for (json& each : behind) layers.push_back(std::move(each));
    // (Before products that are links of a chain are taken out again.)
    return read_graph_with(config.dump(), [] { return weights_file(weights()); }, {}).steps.size();
  };
  BOOST_TEST(kernels("glu", {}) == 2);
  BOOST_TEST(kernels("glu", {layer("Softmax")}) == 2);
  BOOST_TEST(kernels("silu", {layer("glu"), layer("ReLU")}) == 2);
  BOOST_TEST(kernels("softmax", {layer("glu"), layer("ReLU")}) == 3);
  BOOST_TEST(kernels("glu", {layer("Rescaling", {{"scale", {1, 2, 3, 4, 5}}})}) == 3);
}

// In every form that Keras writes: a class, a function, with the package and without.
BOOST_AUTO_TEST_CASE(names_of_layers_of_formulas) {
  const auto with = [&](const std::string& name, const json& last,
                        const std::string& formula = "sin(x)") {
    json config = configuration_of("digits_relu");
    config["config"]["layers"].push_back(last);
    return refusal([&] {
      const graph made =
          read_graph(config.dump(), weights(), {read_own_layer(name, formula, {}, false)});
      const model_names names{"digits", "digits", {"float"}};
      BOOST_TEST(has(source_text(made, names), "layer_" + c_identifier(name) + "("));
      BOOST_TEST(has(table_text(made, names),
                     "with layer_" + c_identifier(name) + "(x) = " + formula + "\n"));
    });
  };
  json registered = layer("Wave");
  registered["registered_name"] = "Mine>Wave";
  const json function =
      layer("Activation", {{"activation", {{"class_name", "function"}, {"config", "Mine>wave"}}}});
  const json object = layer(
      "Activation",
      {{"activation",
        {{"class_name", "Wave"}, {"config", json::object()}, {"registered_name", "Mine>Wave"}}}});
  BOOST_TEST(with("Wave", registered) == "nothing");
  BOOST_TEST(with("Mine>Wave", registered) == "nothing");
  BOOST_TEST(with("Wave", object) == "nothing");
  BOOST_TEST(with("Mine>Wave", object) == "nothing");
  BOOST_TEST(with("wave", function) == "nothing");
  BOOST_TEST(with("Mine>wave", function) == "nothing");
  BOOST_TEST(with("wave", layer("Activation", {{"activation", "wave"}})) == "nothing");
  // Of another package; and one that nothing is.
  BOOST_TEST(has(with("Other>Wave", registered),
                 "layer \"new\" (Wave): the class is not supported; supported are "));
  BOOST_TEST(with("wave", layer("Flatten")) ==
             "LAYERS: no layer or activation of the model is \"wave\"");
  // With weights, and where the halves are none.
  json config = configuration_of("digits_relu");
  config["config"]["layers"][1]["class_name"] = "DENSE";  // the group "dense", as of Dense
  BOOST_TEST(refusal([&] {
               read_graph(config.dump(), weights(), {read_own_layer("DENSE", "sin(x)", {}, false)});
             }) ==
             "layer \"hidden\" (DENSE): it has weights or layers of its own, and is given as a "
             "formula of its input alone");
  BOOST_TEST(with("Half", layer("Half"), "glu(x)") == "nothing");
  json halves = configuration_of("digits_relu");
  for (int i = 0; i < 2; ++i) halves["config"]["layers"].push_back(layer("Half"));
  BOOST_TEST(refusal([&] {
               read_graph(halves.dump(), weights(), {read_own_layer("Half", "glu(x)", {}, false)});
             }) == "layer \"new\" (Half): layer_Half halves an axis of 5, which is odd");
}

// What a file calls its layers is no part of a program, and of a sentence on one line.
BOOST_AUTO_TEST_CASE(names_of_layers_may_be_anything) {
  const std::string evil = "*/ \n#error evil \\\n\xe2\x80\xae\"";
  json config = configuration_of("digits_relu");
  config["config"]["layers"][0]["config"]["name"] = evil;
  config["config"]["layers"].push_back(
      {{"class_name", "Activation"}, {"config", {{"name", evil}, {"activation", "tanh"}}}});
  const graph made = read_graph(config.dump(), weights());
  const model_names names{"digits", "digits", {"float"}};
  for (const std::string& text : {source_text(made, names), c_header_text(made, names),
                                  cpp_header_text(made, names), fortran_text(made, names)}) {
    // In a comment of one line, which nothing continues.
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      const std::size_t found = line.find("evil");
      BOOST_TEST((found == std::string::npos || line.find("//") < found));
      BOOST_TEST((found == std::string::npos || line.back() == '"'));
    }
    BOOST_TEST(std::all_of(text.begin(), text.end(),
                           [](char c) { return c == '\n' || (c >= 32 && c < 127); }));
  }
  BOOST_TEST(has(source_text(made, names), "evil"));
  BOOST_TEST(table_text(made, names).find("\n#error") == std::string::npos);
  config["config"]["layers"][1]["class_name"] = evil;
  BOOST_TEST(refusal_of(config).find('\n') == std::string::npos);
}

// Every form that Keras writes.
BOOST_AUTO_TEST_CASE(forms_of_activations) {
  const json none = json::object();
  const configuration of{none, "layer"};
  const auto formula = [&](const char* text) {
    return activation_of(json::parse(text), of).formula;
  };
  BOOST_TEST(formula("null") == "$0");
  BOOST_TEST(formula(R"("linear")") == "$0");
  BOOST_TEST(formula(R"("mish")") == "mish($0)");
  BOOST_TEST(formula(R"("Gelu")") == "gelu($0)");
  BOOST_TEST(formula(R"("LogSoftmax")") == "log_softmax($0)");
  BOOST_TEST(formula(R"("hard_swish")") == "hard_silu($0)");
  BOOST_TEST(formula(R"({"class_name": "function", "config": "silu"})") == "silu($0)");
  BOOST_TEST(formula(R"({"class_name": "LeakyReLU", "config": {"negative_slope": 0.25}})") ==
             "leaky_relu($0, {.negative_slope = 0.25})");
  BOOST_TEST(formula(R"({"class_name": "LeakyReLU", "config": {"alpha": 0.25}})") ==
             "leaky_relu($0, {.negative_slope = 0.25})");
  BOOST_TEST(formula(R"({"class_name": "LeakyReLU", "config": {}})") ==
             "leaky_relu($0, {.negative_slope = 0.3})");
  BOOST_TEST(formula(R"({"class_name": "Gelu", "config": {"approximate": true, "name": "g"}})") ==
             "gelu($0, {.approximate = true})");
  BOOST_TEST(formula(R"({"class_name": "Activation", "config": {"activation": "tanh"}})") ==
             "tanh($0)");
  BOOST_TEST(formula(R"({"class_name": "ReLU", "config": {"max_value": null}})") == "relu($0)");
}

BOOST_AUTO_TEST_CASE(graphs) {
  const std::string model = "digits_functional";
  const auto call_of = [](json& layer) -> json& {
    return layer["inbound_nodes"][0]["args"][0]["config"]["keras_history"];
  };
  // The layers are pixels, gate, value, gate_sigmoid, gated, output.
  BOOST_TEST(changed([](json&) {}, model) == "nothing");
  BOOST_TEST(has(changed([&](json& layers) { call_of(layers[1])[0] = "output"; }, model),
                 "the graph has a cycle"));
  BOOST_TEST(has(changed([&](json& layers) { call_of(layers[1])[0] = "gate"; }, model),
                 "the graph has a cycle"));
  BOOST_TEST(has(changed([&](json& layers) { call_of(layers[1])[0] = "nobody"; }, model),
                 "there is no layer \"nobody\""));
  BOOST_TEST(has(changed([&](json& layers) { call_of(layers[3])[1] = 5; }, model),
                 "a call of \"gate\" that is not there"));
  BOOST_TEST(has(changed([&](json& layers) { call_of(layers[3])[2] = 1; }, model),
                 "layers with several outputs are not supported"));
  BOOST_TEST(has(changed([&](json& layers) { call_of(layers[3]) = "gate"; }, model),
                 "a reference to a layer is not"));
  BOOST_TEST(has(changed([](json& layers) { layers[2] = layers[1]; }, model),
                 "two layers have the name \"gate\""));
  BOOST_TEST(
      has(changed([](json& layers) { layers[1]["inbound_nodes"][0]["kwargs"]["mask"] = 1; }, model),
          "a call with \"mask\" is not supported"));
  BOOST_TEST(has(changed(
                     [](json& layers) {
                       layers[1]["inbound_nodes"] = {{"pixels", 0, 0}};
                     },
                     model),
                 "are not those of Keras 3"));
  BOOST_TEST(has(changed([](json& layers) { layers[4]["class_name"] = "Concatenate"; }, model),
                 "the weight \"layers/dense_2/vars/0\" has the shape (48, 10), the layer needs "
                 "(96, 10)"));
  json config = configuration_of(model);
  config["config"]["output_layers"] = {"output", 1, 0};
  BOOST_TEST(has(refusal_of(config, bytes_of(model + ".weights.h5")), "is not there"));
  config["config"]["output_layers"] = "output";
  BOOST_TEST(has(refusal_of(config, bytes_of(model + ".weights.h5")), "are no list of layers"));
  config["config"]["output_layers"] = {"output", 0, 0};
  config["config"]["input_layers"] = {"gate", 0, 0};
  BOOST_TEST(has(refusal_of(config, bytes_of(model + ".weights.h5")), "no InputLayer"));
}

namespace {

std::size_t mutations() {
  const auto& suite = boost::unit_test::framework::master_test_suite();
  return suite.argc > 1 ? std::strtoul(suite.argv[1], nullptr, 10) : 1500;
}

/// Whether a call gives a model or a sentence on one line; anything else ends this program.
template <class Call>
bool is_told(const Call& call, std::size_t& refused) {
  try {
    call();
    return true;
  } catch (const model_error& error) {
    ++refused;
    const std::string sentence = error.what();
    return !sentence.empty() && sentence.find('\n') == std::string::npos;
  }
}

}  // namespace

// What this library reads itself, in this process: a crash would end the test.
BOOST_AUTO_TEST_CASE(mutated_configurations_and_archives) {
  std::mt19937 random(18);
  const std::string functional = bytes_of("digits_functional.json");
  const json config = json::parse(functional);
  const std::string its_weights = bytes_of("digits_functional.weights.h5");
  // Of the archive what is around the weights.
  const std::size_t begin = archive().find("model.weights.h5") + 16;
  const std::size_t end = begin + archive_entry_bytes(archive(), "model.weights.h5").size();
  std::size_t refused = 0;
  for (std::size_t i = 0; i < mutations(); ++i) {
    if (i % 3 != 0) {
      const std::string bytes = i % 3 == 1 ? mutated(functional, random) : mutated(config, random);
      BOOST_REQUIRE(is_told([&] { read_graph(bytes, its_weights); }, refused));
    } else {
      const std::string around =
          mutated(archive().substr(0, begin) + archive().substr(end), random);
      const std::size_t cut = std::min(begin, around.size());
      const std::string bytes =
          around.substr(0, cut) + archive().substr(begin, end - begin) + around.substr(cut);
      BOOST_REQUIRE(is_told([&] { read_graph({bytes, "", ""}); }, refused));
    }
  }
  BOOST_TEST_MESSAGE(refused << " of " << mutations() << " were refused");
  // The mutations reach the file: most are noticed, and some change nothing that counts.
  BOOST_TEST(refused > mutations() / 2);
  BOOST_TEST(refused < mutations());
}

// What the HDF5 library reads, in a process of its own, as the generator does.
BOOST_AUTO_TEST_CASE(mutated_weights) {
  std::mt19937 random(19);
  const std::string config = bytes_of("digits_relu.json");
  std::size_t refused = 0;
  std::size_t unread = 0;
  for (std::size_t i = 0; i < mutations(); ++i) {
    // Its first 14 KiB and what is behind the numbers tell what is where.
    const std::string bytes = mutated(weights(), random);
    const outcome result = in_child(2, [&] { read_graph(config, bytes); });
    BOOST_REQUIRE((result.is_done || !result.sentence.empty()));
    BOOST_REQUIRE(result.sentence.find('\n') == std::string::npos);
    refused += !result.is_done;
    unread += result.sentence.find("which the HDF5 library cannot read") != std::string::npos;
  }
  BOOST_TEST_MESSAGE(refused << " of " << mutations() << " were refused, the library ended in "
                             << unread);
  BOOST_TEST(refused > mutations() / 10);
  BOOST_TEST(refused < mutations());
}
