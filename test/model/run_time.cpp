// SPDX-License-Identifier: BSL-1.0
// Models at run time: what they give beside Keras and beside the generated libraries, what they
// refuse, and that a row does not depend on others.
//
// Usage: test.model.run_time [of Boost.Test] -- [number of mutated files]
#define BOOST_TEST_MODULE model_run_time
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <fusor/model.hpp>
#include <fusor/registry/registry.hpp>
#include <iterator>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "digits_functional.hpp"
#include "digits_mish.hpp"
#include "digits_relu.hpp"
#include "digits_zoo.hpp"
#include "model/allocations.hpp"
#include "model/mutated.hpp"
#include "several.hpp"
#include "support/refusal.hpp"

namespace {

using nlohmann::json;
using numbers = std::vector<float>;
using fusor::view;

const std::string data = FUSOR_TEST_DATA "/keras-models/";
const std::string layers_data = FUSOR_TEST_DATA "/keras-layers/";

numbers read(const std::string& file) {
  std::ifstream opened(file);
  BOOST_REQUIRE(opened);
  numbers values;
  for (float value = 0; opened >> value; opened.peek() == ',' && opened.get()) {
    values.push_back(value);
  }
  return values;
}
std::string bytes_of(const std::string& file) {
  std::ifstream opened(file, std::ios::binary);
  BOOST_REQUIRE(opened);
  return {std::istreambuf_iterator<char>(opened), {}};
}

const numbers& digits() {
  static const numbers all = read(data + "digits_test_x.csv");
  return all;
}

/// A folder for the files that a test makes.
class folder {
 public:
  folder() {
    std::string made = (std::filesystem::temp_directory_path() / "fusor-model-XXXXXX").string();
    BOOST_REQUIRE(mkdtemp(made.data()) != nullptr);
    path_ = made + "/";
  }
  folder(const folder&) = delete;
  folder& operator=(const folder&) = delete;
  ~folder() {
    std::filesystem::remove_all(path_);
  }
  std::string write(const std::string& name, const std::string& bytes) const {
    std::ofstream file(path_ + name, std::ios::binary);
    file << bytes;
    BOOST_REQUIRE(file.flush());
    return path_ + name;
  }

 private:
  std::string path_;
};
const folder& files() {
  static const folder made;
  return made;
}

/// A model without weights, of these layers, beside the weights of another.
template <class T = float>
fusor::basic_model<T> without_weights(const json& layers) {
  const json model = {{"class_name", "Sequential"}, {"config", {{"layers", layers}}}};
  return fusor::basic_model<T>(files().write("made.json", model.dump()),
                               data + "digits_relu.weights.h5");
}
json input_of(std::vector<json> shape) {
  shape.insert(shape.begin(), nullptr);
  return {{"class_name", "InputLayer"}, {"config", {{"name", "in"}, {"batch_shape", shape}}}};
}
json layer(const std::string& class_name, json config = json::object()) {
  static int number = 0;
  config["name"] = "layer_" + std::to_string(++number);
  return {{"class_name", class_name}, {"config", config}};
}

/// The argument of a call: a layer of a functional model by its number, or a number.
json tensor_of(std::size_t number) {
  return {{"layer", number}};
}

/// A functional model without weights, layer by layer.
class functional_model {
 public:
  void add(json made, const std::vector<json>& arguments) {
    made["config"]["name"] = "layer_" + std::to_string(layers_.size());
    made["name"] = made["config"]["name"];
    made["inbound_nodes"] = json::array();
    json list = json::array();
    for (const json& each : arguments) {
      list.push_back(each.is_number() ? each : tensor(each["layer"].get<std::size_t>()));
    }
    if (list.size() > 1) list = json::array({list});
    if (!list.empty()) {
      made["inbound_nodes"].push_back({{"args", list}, {"kwargs", json::object()}});
    }
    layers_.push_back(made);
  }

  template <class T>
  fusor::basic_model<T> read(const std::vector<std::size_t>& outputs) const {
    json out = json::array();
    for (const std::size_t each : outputs) out.push_back(history(each));
    const json model = {
        {"class_name", "Functional"},
        {"config", {{"layers", layers_}, {"input_layers", {history(0)}}, {"output_layers", out}}}};
    return fusor::basic_model<T>(files().write("functional.json", model.dump()),
                                 data + "digits_relu.weights.h5");
  }

 private:
  static json history(std::size_t number) {
    return json::array({"layer_" + std::to_string(number), 0, 0});
  }
  static json tensor(std::size_t number) {
    return {{"class_name", "__keras_tensor__"}, {"config", {{"keras_history", history(number)}}}};
  }

  json layers_ = json::array();
};

template <class Model>
numbers predicted(const Model& model, const numbers& in, std::size_t rows) {
  const std::size_t columns = in.size() / rows;
  BOOST_REQUIRE(columns == model.input_shape()[0]);
  numbers out(rows * model.output_shape()[0]);
  model.predict(in, out);
  return out;
}

/// The largest difference; NaN differs from everything.
template <class A, class B>
double difference(const std::vector<A>& a, const std::vector<B>& b) {
  BOOST_REQUIRE(a.size() == b.size());
  double most = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double each = std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i]));
    if (!(each <= most)) most = each;
  }
  return most;
}

std::size_t same_digits(const numbers& a, const numbers& b) {
  std::size_t same = 0;
  for (auto x = a.begin(), y = b.begin(); x != a.end(); x += 10, y += 10) {
    same += std::max_element(x, x + 10) - x == std::max_element(y, y + 10) - y;
  }
  return same;
}

bool are_same_bits(const numbers& a, const numbers& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

template <class Error, class Call>
std::string refusal(const Call& call) {
  return fusor::test::refusal<Error>(call);
}
bool has(const std::string& sentence, const std::string& part) {
  const bool found = sentence.find(part) != std::string::npos;
  if (!found) BOOST_TEST_MESSAGE("the sentence is: " << sentence);
  return found;
}

}  // namespace

BOOST_AUTO_TEST_CASE(digits_as_keras) {
  for (const std::string name : {"relu", "mish", "zoo", "functional"}) {
    const std::string file = data + "digits_" + name;
    const fusor::model model(file + ".keras");
    const numbers out = predicted(model, digits(), 360);
    const numbers expected = read(file + "_expected.csv");
    BOOST_TEST(same_digits(out, expected) == 360u);
    BOOST_TEST(difference(out, expected) <= (name == "zoo" ? 5e-5 : 1e-5));
    const fusor::model from_json(file + ".json", file + ".weights.h5");
    BOOST_TEST(are_same_bits(predicted(from_json, digits(), 360), out));
    const fusor::model read_here(file + ".keras", fusor::weights_reader::this_process);
    BOOST_TEST(are_same_bits(predicted(read_here, digits(), 360), out));
    const fusor::basic_model<double> exact(file + ".keras");
    std::vector<double> doubles(expected.size());
    exact.predict(std::vector<double>(digits().begin(), digits().end()), doubles);
    BOOST_TEST(difference(doubles, expected) <= (name == "zoo" ? 5e-5 : 1e-5));
    BOOST_TEST(difference(doubles, out) > 0);
  }
}

// The same loops in the same order.
BOOST_AUTO_TEST_CASE(the_bits_of_generated_libraries) {
  const auto at_run_time = [](const char* name) {
    return predicted(fusor::model(data + name + ".keras"), digits(), 360);
  };
  numbers out(360 * 10);
  digits_relu::predict(digits(), out);
  BOOST_TEST(are_same_bits(at_run_time("digits_relu"), out));
  digits_mish::predict(digits(), out);
  BOOST_TEST(are_same_bits(at_run_time("digits_mish"), out));
  digits_zoo::predict(digits(), out);
  BOOST_TEST(are_same_bits(at_run_time("digits_zoo"), out));
  digits_functional::predict(digits(), out);
  BOOST_TEST(are_same_bits(at_run_time("digits_functional"), out));
  const std::vector<double> in(digits().begin(), digits().end());
  std::vector<double> doubles(out.size()), generated(out.size());
  fusor::basic_model<double>(data + "digits_functional.keras").predict(in, doubles);
  digits_functional::predict(in, generated);
  BOOST_TEST((doubles == generated));
}

BOOST_AUTO_TEST_CASE(layers_as_keras) {
  for (const std::string name :
       {"normalisations", "merges", "shapes", "activations", "images", "convolutions"}) {
    const fusor::model model(layers_data + name + ".keras");
    const numbers x = read(layers_data + name + "_x.csv");
    const numbers y = read(layers_data + name + "_y.csv");
    numbers out(y.size());
    model.predict(x, out);
    BOOST_TEST(difference(out, y) <= 1e-5, name);
    std::vector<double> exact(y.size());
    const fusor::basic_model<double> of_doubles(layers_data + name + ".keras");
    of_doubles.predict(std::vector<double>(x.begin(), x.end()), exact);
    BOOST_TEST(difference(exact, y) <= 1e-5, name);
    // (Of several tiles: the same rows again and again.)
    numbers many_x, many_y;
    for (int i = 0; i < 20; ++i) {
      many_x.insert(many_x.end(), x.begin(), x.end());
      many_y.insert(many_y.end(), out.begin(), out.end());
    }
    numbers many(many_y.size());
    model.predict(many_x, many);
    BOOST_TEST(are_same_bits(many, many_y), name);
  }
}

// Two inputs; three outputs, of which one is an input and one another value in another shape.
BOOST_AUTO_TEST_CASE(several_inputs_and_outputs) {
  const fusor::model model(layers_data + "several.keras");
  BOOST_TEST(model.input_count() == 2u);
  BOOST_TEST(model.output_count() == 3u);
  BOOST_TEST(model.input_shape(0)[0] == 5u);
  BOOST_TEST(model.input_shape(1).size() == 2u);
  const numbers x = read(layers_data + "several_x.csv");
  const numbers y = read(layers_data + "several_y.csv");
  constexpr std::size_t rows = 48, columns = 11;
  numbers in_0, in_1, out_0(rows * 2), out_1(rows * 4), out_2(rows * 5), expected[3];
  for (std::size_t i = 0; i < x.size(); ++i) {
    (i % columns < 5 ? in_0 : in_1).push_back(x[i]);
    expected[i % columns < 2 ? 0 : i % columns < 6 ? 1 : 2].push_back(y[i]);
  }
  model.predict({in_0, in_1}, {out_0, out_1, out_2});
  BOOST_TEST(difference(out_0, expected[0]) <= 1e-5);
  BOOST_TEST(difference(out_1, expected[1]) <= 1e-5);
  BOOST_TEST((out_2 == in_0));
  numbers other_0(rows * 2), other_1(rows * 4), other_2(rows * 5);
  several::predict(in_0, in_1, other_0, other_1, other_2);
  BOOST_TEST(difference(out_0, other_0) <= 1e-6);
  BOOST_TEST(difference(out_1, other_1) <= 1e-6);
  BOOST_TEST(refusal<fusor::shape_error>([&] {
               model.predict({in_0}, {out_0, out_1, out_2});
             }) == "model::predict: there is 1 input; the model has 2");
  BOOST_TEST(refusal<fusor::shape_error>([&] {
               model.predict({in_0, in_1}, {out_0});
             }) == "model::predict: there is 1 output; the model has 3");
  BOOST_TEST(refusal<fusor::shape_error>([&] {
               model.predict({in_0, std::span(in_1).first(6)}, {out_0, out_1, out_2});
             }) == "model::predict: in_1 has 1 rows, the first input has 48");
  BOOST_TEST(refusal<fusor::shape_error>([&] { (void)model.output_shape(3); }) ==
             "model::output_shape: there is no output 3; the model has 3");
}

// Whatever the number of rows, their position in a tile and the thread.
BOOST_AUTO_TEST_CASE(a_row_has_the_same_bits_beside_any_others) {
  const fusor::model model(data + "digits_mish.keras");
  const numbers all = predicted(model, digits(), 360);
  for (const std::size_t rows : {1u, 2u, 7u, 23u, 24u, 25u, 95u, 97u, 193u}) {
    numbers few(rows * 10);
    model.predict({digits().data(), rows * 64}, few);
    BOOST_TEST(std::memcmp(few.data(), all.data(), few.size() * sizeof(float)) == 0);
  }
  for (const std::size_t row : {5u, 95u, 96u, 359u}) {
    std::array<float, 10> alone{};
    model.predict(std::span(digits()).subspan(row * 64, 64), alone);
    BOOST_TEST(std::memcmp(alone.data(), &all[row * 10], sizeof alone) == 0);
  }
  std::vector<std::thread> threads;
  std::vector<numbers> results(8);
  for (std::size_t i = 0; i < results.size(); ++i) {
    threads.emplace_back([&, i] {
      // Half of them with a copy, half with a model that they read themselves.
      const auto by =
          i % 4 == 1 ? fusor::weights_reader::child : fusor::weights_reader::this_process;
      const fusor::model mine = i % 2 == 0 ? model : fusor::model(data + "digits_mish.keras", by);
      results[i].resize(360 * 10);
      for (int times = 0; times < 5; ++times) mine.predict(digits(), results[i]);
    });
  }
  for (std::thread& each : threads) each.join();
  for (const numbers& result : results) BOOST_TEST(are_same_bits(result, all));
}

// Who reads the weights is no concern of the program: its children are its own, and a signal
// handler for them finds nothing amiss.
BOOST_AUTO_TEST_CASE(a_program_with_children_of_its_own) {
  const auto before = std::signal(SIGCHLD, SIG_IGN);
  const fusor::model model(data + "digits_mish.keras");
  std::signal(SIGCHLD, before);
  BOOST_TEST(model.input_count() == 1u);
  const pid_t child = fork();
  if (child == 0) _exit(3);
  const fusor::model other(data + "digits_mish.keras");
  int status = 0;
  BOOST_TEST(waitpid(child, &status, 0) == child);
  BOOST_TEST(WEXITSTATUS(status) == 3);
  BOOST_TEST(waitpid(-1, &status, WNOHANG) == -1);  // nobody is left
}

BOOST_AUTO_TEST_CASE(a_call_allocates_nothing_or_once) {
  const fusor::model model(data + "digits_mish.keras");
  numbers out(360 * 10);
  std::size_t before = fusor::test::allocations();
  model.predict(digits(), out);
  BOOST_TEST(fusor::test::allocations() - before == 0u);
  // Rows whose values between the layers no stack is to hold: tanh(x) is read twice.
  functional_model graph;
  graph.add(input_of({50000}), {});
  graph.add(layer("Activation", {{"activation", "tanh"}}), {tensor_of(0)});
  graph.add(layer("Softmax"), {tensor_of(1)});
  graph.add(layer("Add"), {tensor_of(1), tensor_of(2)});
  const fusor::model wide = graph.read<float>({3});
  numbers x(3 * 50000), y(3 * 50000);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i % 1000) / 500 - 1;
  before = fusor::test::allocations();
  wide.predict(x, y);
  BOOST_TEST(fusor::test::allocations() - before == 1u);
  double sum = 0;
  for (std::size_t i = 0; i < 50000; ++i) sum += std::exp(std::tanh(static_cast<double>(x[i])));
  double most = 0;
  for (std::size_t i = 0; i < 50000; ++i) {
    const double t = std::tanh(static_cast<double>(x[i]));
    most = std::max(most, std::abs(t + std::exp(t) / sum - static_cast<double>(y[i])));
  }
  BOOST_TEST(most < 1e-6);
}

BOOST_AUTO_TEST_CASE(views_and_ranges) {
  const fusor::model model(data + "digits_relu.keras");
  const numbers expected = predicted(model, digits(), 360);
  numbers out(360 * 10, -1);
  model.predict(view(digits(), {360, 64}), view(out, {360, 10}));
  BOOST_TEST(are_same_bits(out, expected));
  std::fill(out.begin(), out.end(), -1.0f);
  model.predict({digits().data(), 3 * 64}, {out.data(), 3 * 10});
  BOOST_TEST(std::count(out.begin(), out.end(), -1.0f) == 357 * 10);
  model.predict(std::span<const float>(), std::span<float>());
  const auto sentence = [&](const auto& in, auto&& result) {
    return refusal<fusor::shape_error>([&] { model.predict(in, result); });
  };
  numbers in(2 * 64), two(20);
  BOOST_TEST(
      sentence(view(in, {2, 8, 8}), view(two, {2, 10})) ==
      "model::predict: the input has the shape (2, 8, 8), which is not that of rows of (64)");
  BOOST_TEST(sentence(view(in, {128}), two) ==
             "model::predict: the input has the shape (128), which is not that of rows of (64)");
  BOOST_TEST(sentence(view(in, {2, 64}, {1, 2}), two) ==
             "model::predict: the input is not rows one behind the other: the strides of its view "
             "are (1, 2)");
  BOOST_TEST(sentence(std::span(in).first(65), two) ==
             "model::predict: the input has 65 elements, which are no rows of 64");
  BOOST_TEST(sentence(in, std::span(two).first(10)) ==
             "model::predict: the output has 1 rows, the first input has 2");
  BOOST_TEST(
      sentence(std::span(static_cast<const float*>(nullptr), 64), std::span(two).first(10)) ==
      "model::predict: the input is null, with 1 rows");
  BOOST_TEST(refusal<fusor::overlap_error>([&] {
               model.predict(in, std::span(in).subspan(100, 20));
             }) == "model::predict: the output overlaps the input; a model needs memory for each");
  BOOST_TEST((two == numbers(20)));
  // Rows of several axes.
  const fusor::model images(layers_data + "images.keras");
  const auto shape = images.input_shape();
  BOOST_REQUIRE(shape.size() == 3u);
  const numbers x = read(layers_data + "images_x.csv");
  const std::size_t rows = x.size() / (shape[0] * shape[1] * shape[2]);
  const std::size_t columns = images.output_shape()[0];
  numbers y(rows * columns), same(y.size());
  images.predict(x, y);
  images.predict(view(x, {rows, shape[0], shape[1], shape[2]}), view(same, {rows, columns}));
  BOOST_TEST(are_same_bits(same, y));
  images.predict(view(x, {rows, x.size() / rows}), view(same, {rows, columns}));
  BOOST_TEST(are_same_bits(same, y));
}

BOOST_AUTO_TEST_CASE(its_summary) {
  const std::string summary = fusor::model(data + "digits_mish.keras").summary();
  BOOST_TEST(has(summary, "\n3 kernels, over tiles of 96 rows with 36864 bytes between them:\n"));
  // The layers are what the generator has printed.
  const std::string printed = bytes_of(FUSOR_TEST_MODELS "/digits_mish/digits_mish.txt");
  const std::string layers = printed.substr(0, printed.find(" kernels, over"));
  BOOST_TEST(summary.substr(0, layers.size() - 1) == layers.substr(0, layers.size() - 1));
}

BOOST_AUTO_TEST_CASE(what_is_no_model) {
  const auto sentence = [](const auto&... names) {
    return refusal<fusor::model_error>([&] { fusor::model model(names...); });
  };
  BOOST_TEST(sentence("nowhere/none.keras") == "nowhere/none.keras: cannot be opened");
  BOOST_TEST(sentence(data + "digits_relu.json", "nowhere/none.h5") ==
             data + "digits_relu.json: its weights, nowhere/none.h5: cannot be opened");
  BOOST_TEST(has(sentence(data), "is no regular file"));
  BOOST_TEST(has(sentence(files().write("empty.keras", "")), "empty.keras: is empty"));
  const std::string archive = bytes_of(data + "digits_relu.keras");
  BOOST_TEST(has(sentence(files().write("half.keras", archive.substr(0, archive.size() / 2))),
                 "half.keras: is no .keras file: it is no ZIP archive, or a truncated one"));
  const std::string weights = bytes_of(data + "digits_relu.weights.h5");
  const std::string config = data + "digits_relu.json";
  const std::string damaged = "its weights are no HDF5 file, or a damaged one";
  BOOST_TEST(has(sentence(config, files().write("none.h5", "none")), damaged));
  BOOST_TEST(has(sentence(config, files().write("half.h5", weights.substr(0, 3000))), damaged));
  BOOST_TEST(has(sentence(config, data + "digits_zoo.weights.h5"),
                 "layer \"hidden\" (Dense): its weights are not there: the group "
                 "\"layers/dense/vars\" is of the layer"));
  const auto of_layers = [](const std::vector<json>& layers) {
    return refusal<fusor::model_error>([&] { without_weights(layers); });
  };
  BOOST_TEST(of_layers({input_of({4})}) == "nothing");
  BOOST_TEST(has(of_layers({input_of({4}), layer("LSTM")}),
                 "(LSTM): the class is not supported; supported are InputLayer, Activation, "));
  BOOST_TEST(has(of_layers({input_of({4}), layer("MySwiglu")}),
                 "LAYERS of fusor_add_model gives others as formulas"));
  BOOST_TEST(has(of_layers({input_of({4}), layer("Activation", {{"activation", "my_swiglu"}})}),
                 "LAYERS of fusor_add_model gives others as formulas"));
  BOOST_TEST(has(of_layers({input_of({1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2}),
                            layer("Softmax", {{"axis", 2}})}),
                 "it has more than 12 axes; use fusor_add_model"));
}

// Each activation of the catalogue and each layer without weights, of one row and of many.
BOOST_AUTO_TEST_CASE(every_activation_runs) {
  std::size_t count = 0;
  for (const std::string_view name : fusor::activation_names()) {
    if (name == "threshold") continue;  // it needs parameters
    const auto model =
        without_weights({input_of({6}), layer("Activation", {{"activation", std::string(name)}})});
    const bool halves = name == "glu";
    const numbers in{-3, -1, -0.25, 0.5, 1, 2};
    numbers out(halves ? 3 : 6), expected(out.size());
    model.predict(in, out);
    const auto handle = fusor::get(name);
    handle(view(in, {1, 6}), view(expected, {1, out.size()}));
    BOOST_TEST(are_same_bits(out, expected), name);
    ++count;
  }
  BOOST_TEST(count > 25u);
}

namespace {

/// A value of a random model beside its layer: (4, 6) or, of a pooling, (1, 6).
struct reference_value {
  std::size_t positions;
  std::vector<double> numbers;

  double at(std::size_t position, std::size_t channel) const {
    return numbers[(positions == 1 ? 0 : position) * 6 + channel];
  }
};

constexpr std::string_view merges[] = {"Add",     "Subtract", "Multiply",
                                       "Average", "Maximum",  "Minimum"};

double merged(std::size_t kind, const std::vector<double>& of) {
  double value = of[0];
  for (std::size_t i = 1; i < of.size(); ++i) {
    if (kind == 0 || kind == 3) value += of[i];
    if (kind == 1) value -= of[i];
    if (kind == 2) value *= of[i];
    if (kind == 4) value = std::max(value, of[i]);
    if (kind == 5) value = std::min(value, of[i]);
  }
  return kind == 3 ? value / static_cast<double>(of.size()) : value;
}

double activated(std::size_t kind, double x) {
  if (kind == 0) return std::tanh(x);
  if (kind == 1) return 1 / (1 + std::exp(-x));
  if (kind == 2) return std::max(x, 0.0);
  return x > 0 ? x : 0.5 * std::expm1(x);
}

}  // namespace

// Graphs of merges, activations and reductions, fused as it comes, beside sums done here.
BOOST_AUTO_TEST_CASE(random_graphs) {
  std::mt19937 random(24);
  const auto below = [&](std::size_t end) { return static_cast<std::size_t>(random() % end); };
  std::size_t merged_kernels = 0;
  for (int round = 0; round < 150; ++round) {
    constexpr std::size_t rows = 30;
    numbers in(rows * 24);
    for (float& each : in) each = static_cast<float>(below(2001)) / 1000 - 1;
    functional_model graph;
    graph.add(input_of({4, 6}), {});
    // Of all rows, one behind the other: positions are those of a row.
    std::vector<std::vector<reference_value>> values(1);
    for (std::size_t row = 0; row < rows; ++row) {
      values[0].push_back({4,
                           {in.begin() + static_cast<std::ptrdiff_t>(row * 24),
                            in.begin() + static_cast<std::ptrdiff_t>(row * 24 + 24)}});
    }
    const std::size_t layers = 2 + below(12);
    for (std::size_t i = 0; i < layers; ++i) {
      const std::size_t last = values.size() - 1;
      const auto pick = [&] { return below(3) == 0 ? below(values.size()) : last; };
      std::vector<reference_value> made;
      const std::size_t kind = below(10);
      if (kind == 0) {
        const std::size_t of = pick();
        graph.add(layer("GlobalAveragePooling1D", {{"keepdims", true}}), {tensor_of(of)});
        for (const reference_value& each : values[of]) {
          reference_value mean{1, std::vector<double>(6, 0)};
          for (std::size_t k = 0; k < each.numbers.size(); ++k) {
            mean.numbers[k % 6] += each.numbers[k] / static_cast<double>(each.positions);
          }
          made.push_back(mean);
        }
      } else if (kind < 5) {
        const std::size_t of = pick();
        const std::size_t which = below(5);
        if (which == 4) {
          graph.add(layer("Softmax"), {tensor_of(of)});
        } else if (which == 3) {
          graph.add(layer("ELU", {{"alpha", 0.5}}), {tensor_of(of)});
        } else {
          constexpr const char* names[] = {"tanh", "sigmoid", "relu"};
          graph.add(layer("Activation", {{"activation", names[which]}}), {tensor_of(of)});
        }
        for (reference_value each : values[of]) {
          for (std::size_t p = 0; p < each.positions; ++p) {
            double sum = 0;
            for (std::size_t c = 0; c < 6; ++c) sum += std::exp(each.at(p, c));
            for (std::size_t c = 0; c < 6; ++c) {
              double& x = each.numbers[p * 6 + c];
              x = which == 4 ? std::exp(x) / sum : activated(which, x);
            }
          }
          made.push_back(each);
        }
      } else {
        const std::size_t which = below(6);
        const std::size_t count = which == 1 ? 2 : 2 + below(3);
        std::vector<json> arguments;
        std::vector<std::size_t> of;
        std::vector<double> given(count, 0);
        for (std::size_t k = 0; k < count; ++k) {
          if (k > 0 && below(5) == 0) {
            given[k] = static_cast<double>(below(9)) / 4 - 1;
            arguments.push_back(given[k]);
            of.push_back(values.size());
          } else {
            of.push_back(pick());
            arguments.push_back(tensor_of(of.back()));
          }
        }
        graph.add(layer(std::string(merges[which])), arguments);
        for (std::size_t row = 0; row < rows; ++row) {
          reference_value result{1, {}};
          for (const std::size_t each : of) {
            if (each < values.size()) {
              result.positions = std::max(result.positions, values[each][row].positions);
            }
          }
          for (std::size_t p = 0; p < result.positions; ++p) {
            for (std::size_t c = 0; c < 6; ++c) {
              std::vector<double> terms;
              for (std::size_t k = 0; k < count; ++k) {
                terms.push_back(of[k] < values.size() ? values[of[k]][row].at(p, c) : given[k]);
              }
              result.numbers.push_back(merged(which, terms));
            }
          }
          made.push_back(result);
        }
      }
      values.push_back(made);
    }
    const std::size_t other = 1 + below(layers);
    const auto model = graph.read<double>({layers, other});
    merged_kernels += model.summary().find("\", \"") != std::string::npos;
    std::vector<std::vector<double>> out;
    for (const std::size_t of : {layers, other}) {
      out.emplace_back(rows * values[of][0].numbers.size());
    }
    const std::vector<double> exact(in.begin(), in.end());
    model.predict({exact}, {out[0], out[1]});
    for (std::size_t o = 0; o < 2; ++o) {
      std::vector<double> expected;
      for (const reference_value& each : values[o == 0 ? layers : other]) {
        expected.insert(expected.end(), each.numbers.begin(), each.numbers.end());
      }
      double most = 0, size = 1;
      for (const double each : expected) size = std::max(size, std::abs(each));
      most = difference(out[o], expected);
      BOOST_TEST_REQUIRE(most <= 1e-12 * size, model.summary());
    }
  }
  BOOST_TEST(merged_kernels > 100u);
}

namespace {

/// Whether a file gives a model that runs, or a sentence on one line.
template <class... Files>
bool is_told(std::size_t& refused, const Files&... names) {
  try {
    const fusor::model model(names...);
    std::vector<numbers> arrays;
    std::size_t elements = 1;
    for (const std::size_t extent : model.input_shape()) elements *= extent;
    numbers in(elements, 0.5f);
    elements = 1;
    for (const std::size_t extent : model.output_shape()) elements *= extent;
    numbers out(elements);
    if (model.input_count() == 1 && model.output_count() == 1) model.predict(in, out);
    return true;
  } catch (const fusor::model_error& error) {
    ++refused;
    const std::string sentence = error.what();
    return !sentence.empty() && sentence.find('\n') == std::string::npos;
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(mutated_files) {
  std::mt19937 random(18);
  const std::string config = bytes_of(data + "digits_functional.json");
  const std::string weights = bytes_of(data + "digits_functional.weights.h5");
  const std::string archive = bytes_of(data + "digits_relu.keras");
  const auto& suite = boost::unit_test::framework::master_test_suite();
  const std::size_t count = suite.argc > 1 ? std::strtoul(suite.argv[1], nullptr, 10) : 300;
  std::size_t refused = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (i % 4 == 0) {
      const std::string file =
          files().write("mutated.keras", fusor::test::mutated(archive, random));
      BOOST_REQUIRE(is_told(refused, file));
    } else if (i % 4 == 1) {
      const std::string file = files().write("mutated.h5", fusor::test::mutated(weights, random));
      BOOST_REQUIRE(is_told(refused, data + "digits_functional.json", file));
    } else {
      const std::string file =
          files().write("mutated.json", fusor::test::mutated(json::parse(config), random));
      BOOST_REQUIRE(is_told(refused, file, data + "digits_functional.weights.h5"));
    }
  }
  BOOST_TEST_MESSAGE(refused << " of " << count << " were refused");
  BOOST_TEST(refused > count / 4);
  BOOST_TEST(refused < count);
}
