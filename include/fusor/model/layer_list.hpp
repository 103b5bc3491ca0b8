// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "fusor/model/graph.hpp"
#include "fusor/model/json.hpp"
#include "fusor/model/naming.hpp"

/// The layers of a configuration, and which calls of which layers they are called with.
namespace fusor::detail::models {

/// A call of a layer, as one of its outputs is referred to.
struct call_reference {
  std::size_t layer, call;

  auto operator<=>(const call_reference&) const = default;
};

/// An argument of a call: the output of another, or a number.
struct call_argument {
  bool is_number = false;
  double number = 0;
  call_reference of{};
};

struct listed_layer {
  std::string name, class_name, group;
  json config;
  json build_shape;  // of the input, where the configuration says it
  std::string registered_name{};
  std::vector<std::vector<call_argument>> calls{};

  configuration members() const {
    return {config, "layer " + in_quotes(name) + " (" + printable(class_name) + ")"};
  }
};

struct layer_list {
  std::vector<listed_layer> layers;
  std::vector<call_reference> inputs, outputs;
};

inline listed_layer read_layer(const json& entry, group_names& groups) {
  if (!member(entry, "class_name").is_string()) {
    refuse_model("its configuration has a layer without a class");
  }
  listed_layer made;
  made.class_name = member(entry, "class_name").get<std::string>();
  const json& config = member(entry, "config");
  const json& name =
      member(entry, "name").is_string() ? member(entry, "name") : member(config, "name");
  if (!name.is_string() || name.get<std::string>().empty()) {
    refuse_model("its configuration has a layer (" + in_quotes(made.class_name) +
                 ") without a name");
  }
  made.name = name.get<std::string>();
  if (!config.is_object()) made.members().refuse("\"config\" must be an object");
  made.config = config;
  made.group = groups.next(made.class_name);
  const json& registered = member(entry, "registered_name");
  if (registered.is_string()) made.registered_name = registered.get<std::string>();
  made.build_shape = member(member(entry, "build_config"), "input_shape");
  return made;
}

using layer_indices = std::map<std::string, std::size_t>;

/// What ["pixels", 0, 0] refers to.
inline call_reference read_reference(const json& history, const layer_indices& indices,
                                     const std::string& subject) {
  if (!history.is_array() || history.size() < 3 || !history[0].is_string() ||
      !is_natural(history[1]) || !is_natural(history[2])) {
    refuse_model(subject + ": a reference to a layer is not [name, number of the call, 0]");
  }
  const std::string name = history[0].get<std::string>();
  const auto found = indices.find(name);
  if (found == indices.end()) {
    refuse_model(subject + ": there is no layer " + in_quotes(name));
  }
  if (history[2].get<std::uint64_t>() != 0) {
    refuse_model(subject + ": layers with several outputs are not supported, as " +
                 in_quotes(name));
  }
  constexpr std::uint64_t most = 1 << 20;
  return {found->second, static_cast<std::size_t>(std::min(history[1].get<std::uint64_t>(), most))};
}

/// Adds the tensors and numbers of an argument, which may be a list of them.
inline void read_arguments(const json& argument, const layer_indices& indices,
                           const configuration& layer, std::vector<call_argument>& to) {
  if (argument.is_array()) {
    for (const json& each : argument) read_arguments(each, indices, layer, to);
  } else if (argument.is_number()) {
    to.push_back({true, argument.get<double>()});
  } else if (member(argument, "class_name") == "__keras_tensor__") {
    const json& history = member(member(argument, "config"), "keras_history");
    to.push_back({false, 0, read_reference(history, indices, layer.subject())});
  } else if (!argument.is_null()) {
    layer.refuse("it is called with something that is neither a tensor nor a number");
  }
}

inline void read_calls(const json& entry, const layer_indices& indices, listed_layer& layer) {
  const configuration config = layer.members();
  const json& nodes = member(entry, "inbound_nodes");
  if (!nodes.is_array()) config.refuse("\"inbound_nodes\" must be a list");
  for (const json& node : nodes) {
    if (!member(node, "args").is_array()) {
      config.refuse("\"inbound_nodes\" are not those of Keras 3; save the model with it");
    }
    std::vector<call_argument> arguments;
    read_arguments(node["args"], indices, config, arguments);
    const json& named = member(node, "kwargs");
    for (const auto& [name, value] : named.items()) {
      const bool is_nothing = value.is_null() || name == "training";
      if (!is_nothing) config.refuse("a call with " + in_quotes(name) + " is not supported");
    }
    layer.calls.push_back(std::move(arguments));
  }
}

/// One reference, or a list of them.
inline std::vector<call_reference> read_endpoints(const json& list, const layer_indices& indices,
                                                  const std::string& name) {
  if (!list.is_array() || list.empty()) {
    refuse_model("its " + in_quotes(name) + " are no list of layers");
  }
  const bool is_one = list[0].is_string();
  const json all = is_one ? json::array({list}) : list;
  std::vector<call_reference> made;
  for (const json& each : all) made.push_back(read_reference(each, indices, in_quotes(name)));
  return made;
}

inline layer_list read_functional(const json& config) {
  layer_list made;
  group_names groups;
  layer_indices indices;
  const json& entries = member(config, "layers");
  for (const json& entry : entries) {
    made.layers.push_back(read_layer(entry, groups));
    if (!indices.emplace(made.layers.back().name, made.layers.size() - 1).second) {
      refuse_model("two layers have the name " + in_quotes(made.layers.back().name));
    }
  }
  for (std::size_t i = 0; i < made.layers.size(); ++i) {
    read_calls(entries[i], indices, made.layers[i]);
  }
  made.inputs = read_endpoints(member(config, "input_layers"), indices, "input_layers");
  made.outputs = read_endpoints(member(config, "output_layers"), indices, "output_layers");
  return made;
}

/// A Sequential model: each layer is called with the one before. The input may have no layer.
inline layer_list read_sequential(const json& config) {
  layer_list made;
  group_names groups;
  for (const json& entry : member(config, "layers")) {
    listed_layer layer = read_layer(entry, groups);
    if (made.layers.empty() && layer.class_name != "InputLayer") {
      const json& whole = member(config, "build_input_shape");
      listed_layer input{"input", "InputLayer", "", json::object(), nullptr};
      input.config["batch_shape"] = whole.is_array() ? whole : layer.build_shape;
      input.calls.push_back({});
      made.layers.push_back(std::move(input));
    }
    layer.calls.push_back({});
    if (!made.layers.empty()) layer.calls[0].push_back({false, 0, {made.layers.size() - 1, 0}});
    made.layers.push_back(std::move(layer));
  }
  if (!made.layers.empty()) {
    made.inputs.push_back({0, 0});
    made.outputs.push_back({made.layers.size() - 1, 0});
  }
  return made;
}

inline layer_list read_layers(const json& model) {
  const json& class_name = member(model, "class_name");
  const json& config = member(model, "config");
  if (!class_name.is_string() || !config.is_object()) {
    refuse_model(
        "its configuration is that of no Keras model: it has no \"class_name\" with a "
        "\"config\"");
  }
  const bool is_sequential = class_name == "Sequential";
  if (!is_sequential && class_name != "Functional" && class_name != "Model") {
    refuse_model("the model is a " + in_quotes(class_name.get<std::string>()) +
                 "; supported are Sequential and Functional");
  }
  if (!member(config, "layers").is_array() || member(config, "layers").empty()) {
    refuse_model("its configuration has no layers");
  }
  return is_sequential ? read_sequential(config) : read_functional(config);
}

/// The calls in an order in which each comes after those that it is called with. Refuses cycles.
inline std::vector<call_reference> order_of_calls(const layer_list& list) {
  std::vector<call_reference> order, ready;
  std::map<call_reference, std::size_t> missing;
  std::map<call_reference, std::vector<call_reference>> waiting;
  for (std::size_t i = 0; i < list.layers.size(); ++i) {
    const listed_layer& layer = list.layers[i];
    for (std::size_t call = 0; call < layer.calls.size(); ++call) {
      std::size_t& count = missing[{i, call}];
      for (const call_argument& argument : layer.calls[call]) {
        if (argument.is_number) continue;
        if (argument.of.call >= list.layers[argument.of.layer].calls.size() &&
            list.layers[argument.of.layer].class_name != "InputLayer") {
          layer.members().refuse("it is called with a call of " +
                                 in_quotes(list.layers[argument.of.layer].name) +
                                 " that is not there");
        }
        // (An input has one output, and no call.)
        if (list.layers[argument.of.layer].class_name == "InputLayer") continue;
        ++count;
        waiting[argument.of].push_back({i, call});
      }
      if (count == 0) ready.push_back({i, call});
    }
  }
  // In the order of the file where there is a choice.
  std::reverse(ready.begin(), ready.end());
  while (!ready.empty()) {
    const call_reference next = ready.back();
    ready.pop_back();
    order.push_back(next);
    for (const call_reference& each : waiting[next]) {
      if (--missing[each] == 0) ready.push_back(each);
    }
  }
  for (const auto& [call, count] : missing) {
    if (count != 0) {
      list.layers[call.layer].members().refuse(
          "it is called with what it computes: the graph has "
          "a cycle");
    }
  }
  return order;
}

}  // namespace fusor::detail::models
