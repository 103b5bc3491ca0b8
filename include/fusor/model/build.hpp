// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "fusor/model/layer_steps.hpp"
#include "fusor/model/merge_steps.hpp"
#include "fusor/model/window_steps.hpp"

/// From a configuration and its weights to the graph.
namespace fusor::detail::models {

/// How a layer of a class is added.
struct layer_rule {
  std::string_view class_name;
  std::size_t (*add)(const layer_call&);
};

inline std::size_t add_nothing(const layer_call& call) {
  return call.only_input();
}

// clang-format off
inline constexpr layer_rule layer_rules[] = {
    {"Activation", [](const layer_call& call) { return call.add_activation(call.activation(), call.only_input()); }},
    {"ActivityRegularization", add_nothing},
    {"AlphaDropout", add_nothing},
    {"AveragePooling1D", [](const layer_call& call) { return add_pooling(call, "reduce_mean"); }},
    {"BatchNormalization", add_batch_normalization},
    {"Concatenate", add_concatenate},
    {"Conv1D", add_conv1d},
    {"Dense", add_dense},
    {"Dot", add_dot},
    {"Dropout", add_nothing},
    {"Flatten", add_flatten},
    {"GaussianDropout", add_nothing},
    {"GaussianNoise", add_nothing},
    {"GlobalAveragePooling1D", [](const layer_call& call) { return add_global_pooling(call, "reduce_mean"); }},
    {"GlobalAveragePooling2D", [](const layer_call& call) { return add_global_pooling(call, "reduce_mean"); }},
    {"GlobalMaxPooling1D", [](const layer_call& call) { return add_global_pooling(call, "reduce_max"); }},
    {"GlobalMaxPooling2D", [](const layer_call& call) { return add_global_pooling(call, "reduce_max"); }},
    {"Identity", add_nothing},
    {"LayerNormalization", add_layer_normalization},
    {"MaxPooling1D", [](const layer_call& call) { return add_pooling(call, "reduce_max"); }},
    {"Normalization", add_normalization},
    {"PReLU", add_prelu},
    {"Permute", add_permute},
    {"RMSNormalization", add_rms_normalization},
    {"Rescaling", add_rescaling},
    {"Reshape", add_target_shape},
    {"SpatialDropout1D", add_nothing},
    {"SpatialDropout2D", add_nothing},
    {"UnitNormalization", add_unit_normalization},
};
// clang-format on

/// What a sentence about a layer that is not supported says is supported.
inline std::string supported_layers() {
  std::string text = "InputLayer";
  for (const layer_rule& rule : layer_rules) text += ", " + std::string(rule.class_name);
  for (const keras_layer& layer : keras_layers) text += ", " + std::string(layer.class_name);
  for (const merge_rule& rule : merge_rules) text += ", " + std::string(rule.class_name);
  return text + ", and every activation by its name";
}

/// Whether a class or an activation needs no formula.
inline bool is_supported(const std::string& name) {
  const auto is_named = [&](const auto& each) { return each.class_name == name; };
  const auto is_in = [&](const auto& list) {
    return std::any_of(std::begin(list), std::end(list), is_named);
  };
  return name == "InputLayer" || is_in(layer_rules) || is_in(keras_layers) || is_in(merge_rules) ||
         find_activation_name(name) != nullptr;
}

/// The value that comes out of a call of a layer.
inline std::size_t add_layer(const layer_call& call) {
  const std::string& name = call.layer.class_name;
  if (const own_layer* const own = find_own_layer(call.own, {name, call.layer.registered_name})) {
    return call.add_own(*own);
  }
  for (const layer_rule& rule : layer_rules) {
    if (rule.class_name == name) return rule.add(call);
  }
  for (const merge_rule& rule : merge_rules) {
    if (rule.class_name == name) return add_merge(call, rule);
  }
  if (const auto activation = activation_of_class(name, call.config)) {
    return call.add_activation(*activation, call.only_input());
  }
  call.refuse("the class is not supported; supported are " + supported_layers() +
              "; LAYERS of fusor_add_model gives others as formulas");
}

/// The shape of a row of an input, whose first axis is that of the rows.
inline extents input_shape(const configuration& config) {
  const char* const name = config.has("batch_shape") ? "batch_shape" : "batch_input_shape";
  const json& shape = config[name];
  if (!shape.is_array() || shape.empty()) {
    config.refuse("the shape of the input is not known: \"batch_shape\" must be a list");
  }
  extents made;
  for (std::size_t i = 1; i < shape.size(); ++i) {
    if (shape[i].is_null()) {
      config.refuse("axis " + std::to_string(i) + " of the input has no fixed size");
    }
    made.push_back(config.size_of(shape[i], name));
  }
  const json& type = config["dtype"];
  if (type.is_string() && type.get<std::string>().find("float") == std::string::npos) {
    config.refuse("the input has elements of the type " + in_quotes(type.get<std::string>()) +
                  "; supported are floating-point numbers");
  }
  if (config.flag("sparse", false) || config.flag("ragged", false)) {
    config.refuse("the input is sparse or ragged, which is not supported");
  }
  return made;
}

/// The formula of a layer for the table: what its first call added.
inline std::string summary_formula(const graph& made, std::size_t first_step, std::size_t value) {
  std::string text;
  for (std::size_t i = first_step; i < made.steps.size(); ++i) {
    const step& each = made.steps[i];
    // Copies are no part of what a layer computes.
    if (!each.out_placement.empty() && (each.formula == "$0" || each.formula == "0")) continue;
    std::vector<std::string> inputs;
    for (std::size_t k = 0; k < each.operands.size(); ++k) inputs.push_back(input_text(k));
    // An activation behind a product has the product as its only operand.
    if (!text.empty()) inputs = {text};
    text = substitute(each.formula, inputs);
    if (each.output == value) break;
  }
  return text == "x" ? "" : text;
}

/// The graph of a model, each layer with its own steps.
inline graph build_graph(const layer_list& list, const weight_source& file,
                         const std::vector<own_layer>& own) {
  graph made;
  std::map<call_reference, std::size_t> values;
  for (std::size_t i = 0; i < list.layers.size(); ++i) {
    const listed_layer& layer = list.layers[i];
    made.layers.push_back({layer.name, layer.class_name, ""});
    if (layer.class_name != "InputLayer") continue;
    values[{i, 0}] = made.add_value(input_shape(layer.members()));
    made.layers.back().outputs.push_back(values[{i, 0}]);
  }
  for (const call_reference& input : list.inputs) {
    const listed_layer& layer = list.layers[input.layer];
    if (layer.class_name != "InputLayer" || input.call != 0) {
      layer.members().refuse("it is an input of the model and no InputLayer");
    }
    for (const endpoint& other : made.inputs) {
      if (other.name == layer.name) layer.members().refuse("it is an input of the model twice");
    }
    made.inputs.push_back({layer.name, values[{input.layer, 0}]});
  }
  std::vector<std::vector<std::size_t>> weights_of(list.layers.size());
  for (const call_reference& next : order_of_calls(list)) {
    const listed_layer& layer = list.layers[next.layer];
    if (layer.class_name == "InputLayer") continue;
    layer_call call{made,
                    file,
                    own,
                    layer,
                    next.layer,
                    layer.members(),
                    layer.calls[next.call],
                    {},
                    next.call == 0,
                    weights_of[next.layer]};
    for (const call_argument& argument : call.arguments) {
      if (argument.is_number) continue;
      const auto found = values.find(argument.of);
      if (found == values.end()) call.refuse("it is called with an output that is not there");
      call.inputs.push_back(found->second);
    }
    const std::size_t first_step = made.steps.size();
    const std::size_t value = add_layer(call);
    values[next] = value;
    layer_summary& summary = made.layers[next.layer];
    summary.outputs.push_back(value);
    if (summary.formula.empty()) summary.formula = summary_formula(made, first_step, value);
  }
  for (const call_reference& output : list.outputs) {
    const auto found = values.find(output);
    const listed_layer& layer = list.layers[output.layer];
    if (found == values.end())
      layer.members().refuse("it is an output of the model and is not there");
    made.outputs.push_back({layer.name, found->second});
  }
  for (const own_layer& each : own) {
    if (find_own_layer(made.own_layers, {each.name}) == nullptr) {
      refuse_model("LAYERS: no layer or activation of the model is " + in_quotes(each.name));
    }
  }
  return made;
}

}  // namespace fusor::detail::models
