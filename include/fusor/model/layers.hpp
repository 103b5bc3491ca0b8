// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "fusor/model/activation_formula.hpp"
#include "fusor/model/graph.hpp"
#include "fusor/model/layer_list.hpp"
#include "fusor/model/own_layers.hpp"

/// What the layers have in common that make steps of a graph.
namespace fusor::detail::models {

/// One call of a layer while the graph is made.
struct layer_call {
  graph& to;
  const weight_source& file;
  const std::vector<own_layer>& own;
  const listed_layer& layer;
  std::size_t layer_index;
  configuration config;
  std::vector<call_argument> arguments;
  std::vector<std::size_t> inputs;          // values; of numbers none
  bool is_first;                            // of the calls of this layer
  std::vector<std::size_t>& layer_weights;  // shared by its calls

  [[noreturn]] void refuse(const std::string& sentence) const {
    config.refuse(sentence);
  }

  std::size_t only_input() const {
    if (inputs.size() != 1 || arguments.size() != 1) refuse("it must be called with one tensor");
    return inputs[0];
  }
  const extents& shape(std::size_t of) const {
    return to.values[of].shape;
  }
  layer_summary& summary() const {
    return to.layers[layer_index];
  }

  /// The number of an axis among those of a row, from one that counts the axis of the rows as well.
  std::size_t row_axis(std::int64_t axis, std::size_t rank) const {
    const auto all = static_cast<std::int64_t>(rank) + 1;
    if (axis < -all || axis >= all) {
      refuse("axis " + std::to_string(axis) + " is out of range for " + std::to_string(all) +
             " axes");
    }
    const std::int64_t positive = axis < 0 ? axis + all : axis;
    if (positive == 0) refuse("axis " + std::to_string(axis) + " is that of the rows");
    return static_cast<std::size_t>(positive - 1);
  }

  /// A weight of this layer as the file has it, or as the call before this one took it.
  std::size_t weight(std::size_t position, const extents& shape) const {
    if (position < layer_weights.size()) {
      if (to.weights[layer_weights[position]].shape != shape) {
        refuse("it is called with inputs of different shapes");
      }
      return layer_weights[position];
    }
    const std::string vars = "layers/" + layer.group + "/vars";
    check_group(vars);
    tensor read = file.read(vars + "/" + std::to_string(position), shape, config.subject());
    summary().parameters += read.values.size();
    layer_weights.push_back(to.add_weight(std::move(read)));
    return layer_weights.back();
  }
  /// The same for computing with.
  const std::vector<double>& numbers(std::size_t position, const extents& shape) const {
    return to.weights[weight(position, shape)].values;
  }

  step& add(std::string formula, std::vector<operand> operands, extents shape) const {
    step made{
        std::move(formula), std::move(operands), to.add_value(std::move(shape)), {layer_index}};
    to.steps.push_back(std::move(made));
    return to.steps.back();
  }

  /// The activation of the configuration, by its name or by a formula of LAYERS.
  activation_choice activation() const {
    const json& given = config["activation"];
    const own_layer* const found = find_own_layer(own, names_of_activation(given));
    return found != nullptr ? choice_of(*found) : activation_of(given, config);
  }

  /// The layer itself as a formula of LAYERS.
  std::size_t add_own(const own_layer& given) const {
    if (file.holds_anything("layers/" + layer.group)) {
      refuse("it has weights or layers of its own, and is given as a formula of its input alone");
    }
    return add_activation(choice_of(given), only_input());
  }

  /// Adds an activation behind a value: what comes out.
  std::size_t add_activation(const activation_choice& chosen, std::size_t of) const {
    if (chosen.formula == "$0") return of;
    extents result = shape(of);
    std::string formula = chosen.formula;
    const std::size_t rank = result.size();
    const bool has_axis = chosen.reduces || chosen.halves;
    const std::size_t axis = has_axis ? row_axis(chosen.axis, rank) : 0;
    const bool is_last = !has_axis || axis + 1 == rank;
    if (!is_last) {
      const auto from_end = static_cast<std::int64_t>(axis) - static_cast<std::int64_t>(rank);
      formula.insert(formula.size() - 1, ", {.axis = " + std::to_string(from_end) + "}");
    }
    if (chosen.halves) {
      if (result[axis] % 2 != 0) {
        refuse(chosen.name() + " halves an axis of " + std::to_string(result[axis]) +
               ", which is odd");
      }
      result[axis] /= 2;
    }
    if (chosen.is_reduced) result[axis] = 1;
    step& made = add(formula, {value_operand(of)}, result);
    made.reduces = chosen.reduces;
    made.needs_all_axes = !is_last;
    made.halves = chosen.halves && is_last;
    made.stands_alone = (chosen.halves && !is_last) || chosen.is_reduced;
    return made.output;
  }

 private:
  activation_choice choice_of(const own_layer& given) const {
    const auto is_same = [&](const own_layer& each) { return each.identifier == given.identifier; };
    if (std::none_of(to.own_layers.begin(), to.own_layers.end(), is_same)) {
      to.own_layers.push_back(given);
    }
    return given.choice();
  }

  /// The trap of these files: groups are not named as layers are.
  void check_group(const std::string& vars) const {
    if (!file.has("layers")) {
      refuse_model("its weights have no group \"layers\"; save the model with Keras 3");
    }
    if (!file.has(vars)) refuse("its weights are missing: there is no group " + in_quotes(vars));
    const std::string name = file.name_of(vars);
    if (!name.empty() && name != layer.name) {
      refuse("its weights are not there: the group " + in_quotes(vars) + " is of the layer " +
             in_quotes(name));
    }
  }
};

}  // namespace fusor::detail::models
