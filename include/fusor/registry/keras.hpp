// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <array>
#include <concepts>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "fusor/registry/registry.hpp"

#include "fusor/language/precise_begin.hpp"

/// Activations in the serialised forms of Keras. This header alone needs nlohmann-json; the program
/// needs what registry.hpp needs.
namespace fusor {

namespace detail {

/// A parameter of a layer of Keras: its name, the name in older files, and the layer's own default.
struct keras_parameter {
  std::string_view name, older;
  double default_value;
};

/// A layer of Keras that is an activation.
struct keras_layer {
  std::string_view class_name, activation;
  std::array<keras_parameter, 3> parameters;
};

inline constexpr double no_maximum = std::numeric_limits<double>::infinity();

// clang-format off
inline constexpr keras_layer keras_layers[] = {
    {"ELU",       "elu",        {{{"alpha", "", 1}}}},
    {"LeakyReLU", "leaky_relu", {{{"negative_slope", "alpha", 0.3}}}},
    {"ReLU",      "relu",       {{{"negative_slope", "", 0}, {"max_value", "", no_maximum}, {"threshold", "", 0}}}},
    {"Softmax",   "softmax",    {{{"axis", "", -1}}}},
};
// clang-format on

inline namespace FUSOR_REFUSALS {

[[noreturn]] inline void refuse_config(const std::string& sentence) {
  refuse<parameter_error>("get: " + sentence);
}

/// A value for a sentence: as it is, or what it is if it is nested. Bytes that are not UTF-8 are
/// replaced.
inline std::string shown(const nlohmann::json& value) {
  for (const nlohmann::json& part : value) {
    if (value.is_structured() && part.is_structured()) {
      return value.is_array() ? "an array" : "an object";
    }
  }
  return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// The number in a configuration: true and false are 1 and 0, null is infinity (no maximum), and
/// text is what `config` writes for numbers that JSON has not.
inline double number_in_config(const std::string& name, const nlohmann::json& value) {
  if (value.is_boolean()) return value.get<bool>() ? 1 : 0;
  if (value.is_number()) return value.get<double>();
  if (value.is_null() && name == "max_value") return no_maximum;
  if (value == "Infinity") return std::numeric_limits<double>::infinity();
  if (value == "-Infinity") return -std::numeric_limits<double>::infinity();
  refuse_config(shown(name) + " must be a number, it is " + shown(value));
}

/// The inverse: JSON has no infinite numbers.
inline nlohmann::json config_of_number(const std::string& name, double value) {
  if (name == "max_value" && value == no_maximum) return nullptr;
  if (value == std::numeric_limits<double>::infinity()) return "Infinity";
  if (value == -std::numeric_limits<double>::infinity()) return "-Infinity";
  return value;
}

/// What every layer and function of Keras has beside its parameters.
inline bool is_about_layers(std::string_view key) {
  for (const std::string_view other :
       {"name", "trainable", "dtype", "batch_input_shape", "build_config", "registered_name",
        "module", "activity_regularizer"}) {
    if (key == other) return true;
  }
  return false;
}

inline activation_handle get_layer(const keras_layer& layer, const nlohmann::json& config) {
  std::array<double, 3> values{};
  std::array<bool, 3> is_given{};
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = layer.parameters[i].default_value;
  for (const auto& [key, value] : config.items()) {
    if (is_about_layers(key)) continue;
    std::size_t i = 0;
    while (i < values.size() && key != layer.parameters[i].name &&
           key != layer.parameters[i].older) {
      ++i;
    }
    if (i == values.size() || key.empty()) {
      refuse_config("the layer \"" + std::string(layer.class_name) + "\" has no parameter " +
                    shown(key));
    }
    if (is_given[i]) {
      refuse_config("\"" + std::string(layer.parameters[i].name) + "\" is given twice, once as \"" +
                    std::string(layer.parameters[i].older) + "\"");
    }
    is_given[i] = true;
    values[i] = number_in_config(key, value);
  }
  parameter_values parameters;
  for (std::size_t i = 0; i < values.size() && !layer.parameters[i].name.empty(); ++i) {
    parameters.emplace_back(layer.parameters[i].name, values[i]);
  }
  return fusor::get(layer.activation, parameters);
}

/// The members of "config", or none where it is missing or null.
inline nlohmann::json members_of(const std::string& class_name, const nlohmann::json& config) {
  const auto found = config.find("config");
  if (found == config.end() || found->is_null()) return nlohmann::json::object();
  if (!found->is_object()) {
    refuse_config("the \"config\" of " + shown(class_name) + " must be an object, it is " +
                  shown(*found));
  }
  return *found;
}

}  // namespace FUSOR_REFUSALS
}  // namespace detail

inline namespace FUSOR_REFUSALS {

/// The activation of a configuration: a name ("mish"), or an object
/// {"class_name": ..., "config": ...}, where the class is a name of the catalogue, one of the
/// layers ReLU, LeakyReLU, ELU and Softmax, the layer Activation, or "function" with a name as its
/// configuration.
///
/// Throws unknown_activation, or parameter_error where the configuration has another shape, or
/// parameters that the activation does not take.
template <std::same_as<nlohmann::json> Json>
activation_handle get(const Json& config) {
  if (config.is_string()) return fusor::get(config.template get<std::string>());
  if (!config.is_object() || !config.contains("class_name") || !config["class_name"].is_string()) {
    detail::refuse_config(
        "a configuration is a name, or an object with \"class_name\" and \"config\"; it is " +
        detail::shown(config));
  }
  const std::string name = config["class_name"].template get<std::string>();
  if (name == "function" && config.contains("config") && config["config"].is_string()) {
    return fusor::get(config["config"].template get<std::string>());
  }
  if (name == "PReLU") {
    detail::refuse_config(
        "the layer \"PReLU\" has weights; use kernel<where(x >= 0, x, y * x)> with the weights as "
        "input y");
  }
  const Json members = detail::members_of(name, config);
  if (name == "Activation") {
    if (!members.contains("activation") || !members["activation"].is_string()) {
      detail::refuse_config("the \"config\" of \"Activation\" must have a name as \"activation\"");
    }
    return fusor::get(members["activation"].template get<std::string>());
  }
  for (const detail::keras_layer& layer : detail::keras_layers) {
    if (layer.class_name == name) return detail::get_layer(layer, members);
  }
  parameter_values parameters;
  for (const auto& [key, value] : members.items()) {
    if (!detail::is_about_layers(key)) {
      parameters.emplace_back(key, detail::number_in_config(key, value));
    }
  }
  return fusor::get(name, parameters);
}

/// The same from JSON text. Throws parameter_error as well where the text is not JSON (and says
/// where, but in files without exceptions), has a number that no double holds or bytes that are not
/// UTF-8, gives a key twice, or is nested more than 64 deep.
inline activation_handle get_from_json(std::string_view text) {
  std::vector<std::set<std::string>> keys;  // of the objects that are open
  std::string twice;
  bool is_deep = false;
  // False for a part that is not to be kept.
  const auto look = [&](int depth, nlohmann::json::parse_event_t event, nlohmann::json& part) {
    using parse_event_t = nlohmann::json::parse_event_t;
    is_deep = is_deep || depth > 64;
    if (is_deep) return false;
    if (event == parse_event_t::object_start) keys.emplace_back();
    if (event == parse_event_t::object_end) keys.pop_back();
    if (event == parse_event_t::key && !keys.back().insert(part.get<std::string>()).second) {
      twice = detail::shown(part);
    }
    return true;
  };
#if defined(__cpp_exceptions)
  nlohmann::json config;
  try {
    config = nlohmann::json::parse(text, look);
  } catch (const nlohmann::json::exception& error) {
    if (!is_deep) detail::refuse_config(error.what());
  }
#else
  const nlohmann::json config = nlohmann::json::parse(text, look, false);
#endif
  if (is_deep) detail::refuse_config("the text is nested more than 64 deep");
  if (config.is_discarded()) detail::refuse_config("the text is not JSON");
  if (!twice.empty()) detail::refuse_config(twice + " is given twice");
  return fusor::get(config);
}

/// What `get` reads back: the name where every parameter has its default; else the layer of Keras,
/// or {"class_name": name, "config": parameters} where Keras has no layer.
inline nlohmann::json config(const activation_handle& of) {
  if (of.is_default()) return std::string(of.name());
  nlohmann::json members = nlohmann::json::object();
  for (const auto& [name, value] : of.parameters()) {
    members[name] = detail::config_of_number(name, value);
  }
  std::string class_name(of.name());
  for (const detail::keras_layer& layer : detail::keras_layers) {
    if (layer.activation == of.name()) class_name = layer.class_name;
  }
  return {{"class_name", class_name}, {"config", members}};
}

}  // namespace FUSOR_REFUSALS
}  // namespace fusor

#include "fusor/end.hpp"
#include "fusor/language/precise_end.hpp"
