// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <boost/hana/first.hpp>
#include <boost/hana/second.hpp>
#include <boost/hana/unpack.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fusor/model/formula.hpp"
#include "fusor/model/json.hpp"
#include "fusor/registry/keras.hpp"
#include "fusor/registry/parameters.hpp"

/// From an activation of Keras to a formula: by the catalogue's names and parameters, without its
/// kernels.
namespace fusor::detail::models {

struct catalogue_name {
  std::string_view name;
  std::vector<parameter_entry> parameters;

  bool has_axis() const {
    return !parameters.empty() && parameters[0].name == "axis";
  }
};

template <auto Activation>
std::vector<parameter_entry> list_parameters() {
  std::vector<parameter_entry> all;
  for (const auto& each : parameters_of<Activation>) {
    all.push_back(
        {each.name, each.default_value(), each.is_required, each.range.text, each.range.holds});
  }
  return all;
}

/// The catalogue as a list.
inline const std::vector<catalogue_name>& all_activations() {
  static const std::vector<catalogue_name> all = hana::unpack(catalogue, [](auto... entries) {
    return std::vector<catalogue_name>{
        {std::remove_cvref_t<decltype(hana::first(entries))>::c_str(),
         list_parameters<std::remove_cvref_t<decltype(hana::second(entries))>{}>()}...};
  });
  return all;
}

/// What an activation of a layer is.
struct activation_choice {
  std::string formula;  // of $0, "$0" for linear
  bool reduces = false;
  bool halves = false;
  int axis = -1;            // of one that reduces or halves, as the configuration counts
  bool is_reduced = false;  // one element is left of the axis

  std::string name() const {
    return formula.substr(0, formula.find('('));
  }
};

/// The names that are not those of functions of Fusor.
inline std::string_view function_name(std::string_view identifier) {
  if (identifier == "swish") return "silu";
  if (identifier == "hard_swish") return "hard_silu";
  return identifier;
}

inline const catalogue_name* find_name(std::string_view name) {
  const auto& all = all_activations();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.name == name; });
  return found == all.end() ? nullptr : &*found;
}

/// The entry of an identifier, or of the class of an operation of Keras: "LogSoftmax" as well as
/// "log_softmax".
inline const catalogue_name* find_activation_name(const std::string& name) {
  if (const catalogue_name* const found = find_name(name)) return found;
  return find_name(snake_case(name));
}

inline activation_choice choose_activation(const catalogue_name& entry,
                                           const std::vector<std::pair<std::string, double>>& given,
                                           const configuration& of) {
  std::vector<double> values;
  for (const parameter_entry& each : entry.parameters) values.push_back(each.default_value);
  std::vector<bool> are_given(values.size(), false);
  for (const auto& [name, value] : given) {
    std::size_t i = 0;
    while (i < values.size() && entry.parameters[i].name != name) ++i;
    if (i == values.size()) {
      of.refuse(std::string(entry.name) + " has no parameter " + in_quotes(name));
    }
    if (!entry.parameters[i].holds(value)) {
      of.refuse(in_quotes(name) + " must be " + entry.parameters[i].range + ", it is " +
                print(value));
    }
    values[i] = value;
    are_given[i] = true;
  }
  activation_choice made;
  const std::string function(function_name(entry.name));
  made.reduces = entry.has_axis() && function != "glu";
  made.halves = function == "glu";
  if (entry.has_axis()) {
    made.axis = static_cast<int>(values[0]);
    made.formula = function + "($0)";
    return made;
  }
  std::string members;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const parameter_entry& parameter = entry.parameters[i];
    if (parameter.is_required && !are_given[i]) {
      of.refuse(std::string(entry.name) + " needs " + in_quotes(parameter.name));
    }
    if (!parameter.is_required && values[i] == parameter.default_value) continue;
    const bool is_flag = parameter.range == ranges::flag.text;
    members += (members.empty() ? "." : ", .") + std::string(parameter.name) + " = " +
               (is_flag ? (values[i] != 0 ? "true" : "false") : print(values[i]));
  }
  made.formula = function == "linear" ? "$0"
                 : members.empty()    ? function + "($0)"
                                      : function + "($0, {" + members + "})";
  return made;
}

/// The number of a parameter; `of` is what the sentence is about.
inline double parameter_number(const std::string& name, const json& value,
                               const configuration& of) {
  // An axis may be a list of one.
  if (value.is_array() && value.size() == 1) return parameter_number(name, value[0], of);
  try {
    return number_in_config(name, value);
  } catch (const parameter_error&) {
    of.refuse(in_quotes(name) + " must be a number");
  }
}

/// The activation of an identifier with a configuration, as a layer or an operation has one; none
/// if there is no activation of this name.
inline std::optional<activation_choice> activation_of_class(const std::string& class_name,
                                                            const configuration& config) {
  std::vector<std::pair<std::string, double>> given;
  for (const keras_layer& layer : keras_layers) {
    if (layer.class_name != class_name) continue;
    for (const keras_parameter& parameter : layer.parameters) {
      if (parameter.name.empty()) continue;
      // (A literal, or a part of one: they end with a zero.)
      const json& value = config[parameter.name.data()];
      const json& older = config[parameter.older.empty() ? "" : parameter.older.data()];
      const std::string name(parameter.name);
      double number = parameter.default_value;
      if (!value.is_null()) {
        number = parameter_number(name, value, config);
      } else if (!parameter.older.empty() && !older.is_null()) {
        number = parameter_number(name, older, config);
      }
      given.emplace_back(name, number);
    }
    return choose_activation(*find_name(layer.activation), given, config);
  }
  const catalogue_name* const entry = find_activation_name(class_name);
  if (entry == nullptr) return std::nullopt;
  for (const auto& [key, value] : config.members().items()) {
    if (is_about_layers(key) || value.is_null()) continue;
    given.emplace_back(key, parameter_number(key, value, config));
  }
  return choose_activation(*entry, given, config);
}

/// The activation that a configuration gives as "activation", in each form that Keras writes: a
/// name, an object with a class and a configuration, nothing.
inline activation_choice activation_of(const json& value, const configuration& of) {
  if (value.is_null()) return {"$0"};
  const json none = json::object();
  std::string name;
  if (value.is_string()) {
    name = value.get<std::string>();
    if (const auto found = activation_of_class(name, {none, of.subject()})) return *found;
  } else if (member(value, "class_name").is_string()) {
    name = member(value, "class_name").get<std::string>();
    const json& config = member(value, "config");
    if (name == "function" && config.is_string()) return activation_of(config, of);
    if (name == "Activation") return activation_of(member(config, "activation"), of);
    if (config.is_null() || config.is_object()) {
      const json& members = config.is_null() ? none : config;
      if (const auto found = activation_of_class(name, {members, of.subject()})) return *found;
    }
  } else {
    of.refuse("\"activation\" must be a name, or an object with \"class_name\" and \"config\"");
  }
  std::array<std::string_view, 64> names{};
  std::size_t count = 0;
  for (const catalogue_name& each : all_activations()) names[count++] = each.name;
  const std::span<const std::string_view> known(names.data(), count);
  const auto nearest = nearest_names<3>(name, known);
  of.refuse("there is no activation " + in_quotes(name) + "; the nearest are " +
            in_quotes(names[nearest[0]]) + ", " + in_quotes(names[nearest[1]]) + " and " +
            in_quotes(names[nearest[2]]) + "; LAYERS of fusor_add_model gives others as formulas");
}

}  // namespace fusor::detail::models
