// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "fusor/model/layers.hpp"

/// The layers without weights that merge tensors or change their shape.
namespace fusor::detail::models {

/// A merging layer: its sign, or its function of two.
struct merge_rule {
  std::string_view class_name, sign, function;
};

inline constexpr merge_rule merge_rules[] = {
    {"Add", " + ", ""},     {"Subtract", " - ", ""},   {"Multiply", " * ", ""},
    {"Average", " + ", ""}, {"Maximum", "", "max"},    {"Minimum", "", "min"},
    {"Divide", " / ", ""},  {"TrueDivide", " / ", ""},
};

/// One tensor of several, and numbers.
inline std::size_t add_merge(const layer_call& call, const merge_rule& rule) {
  constexpr std::size_t most = 16;  // inputs of a kernel
  if (call.inputs.empty() || call.arguments.size() < 2) call.refuse("it must merge two tensors");
  if (call.inputs.size() > most) call.refuse("it merges more than 16 tensors");
  const bool is_of_two = rule.sign == " - " || rule.sign == " / ";
  if (is_of_two && call.arguments.size() != 2) call.refuse("it must be called with two tensors");
  extents shape = call.shape(call.inputs[0]);
  std::string formula;
  std::vector<operand> operands;
  for (const call_argument& argument : call.arguments) {
    std::string text = print(argument.number);
    if (!argument.is_number) {
      const operand next = value_operand(call.inputs[operands.size()]);
      if (!broadcast(shape, call.to.shape_of(next))) {
        call.refuse("the shapes " + print(shape) + " and " + print(call.to.shape_of(next)) +
                    " do not fit");
      }
      text = "$" + std::to_string(operands.size());
      operands.push_back(next);
    }
    if (formula.empty()) {
      formula = text;
    } else if (rule.function.empty()) {
      formula += std::string(rule.sign) + text;
    } else {
      formula = std::string(rule.function) + "(" + formula + ", " + text + ")";
    }
  }
  if (rule.class_name == "Average") {
    formula = "(" + formula + ") / " + std::to_string(call.arguments.size());
  }
  return call.add(formula, operands, shape).output;
}

/// The sum of products of two tensors of one axis.
inline std::size_t add_dot(const layer_call& call) {
  if (call.inputs.size() != 2 || call.arguments.size() != 2) {
    call.refuse("it must be called with two tensors");
  }
  const extents shape = call.shape(call.inputs[0]);
  bool are_last = shape.size() == 1 && call.shape(call.inputs[1]) == shape;
  for (const std::int64_t axis : call.config.axes("axes", -1)) {
    are_last = are_last && call.row_axis(axis, 1) == 0;
  }
  if (!are_last || call.config.flag("normalize", false)) {
    call.refuse(
        "it is supported for two tensors of one axis and of the same size, not normalized; "
        "they have the shapes " +
        print(shape) + " and " + print(call.shape(call.inputs[1])));
  }
  step& made = call.add("reduce_sum($0 * $1)",
                        {value_operand(call.inputs[0]), value_operand(call.inputs[1])}, {1});
  made.stands_alone = made.reduces = true;
  return made.output;
}

inline std::size_t add_concatenate(const layer_call& call) {
  if (call.inputs.empty() || call.inputs.size() != call.arguments.size()) {
    call.refuse("it must be called with tensors");
  }
  const extents first = call.shape(call.inputs[0]);
  const auto axes = call.config.axes("axis", -1);
  if (axes.size() != 1) call.refuse("\"axis\" must be one axis");
  const std::size_t axis = call.row_axis(axes[0], first.size());
  extents shape = first;
  shape[axis] = 0;
  for (const std::size_t input : call.inputs) {
    extents each = call.shape(input);
    const std::size_t extent = axis < each.size() ? each[axis] : 0;
    if (axis < each.size()) each[axis] = first[axis];
    if (each != first) {
      call.refuse("the shapes " + print(first) + " and " + print(call.shape(input)) +
                  " do not fit along the axis");
    }
    shape[axis] += extent;
  }
  const extents strides = row_major_strides(shape);
  const std::size_t whole = call.to.add_value(shape);
  std::size_t position = 0;
  for (const std::size_t input : call.inputs) {
    const extents piece = call.shape(input);
    step made{"$0", {value_operand(input)}, whole, {call.layer_index}};
    made.out_placement.push_back({piece, strides, position * strides[axis]});
    call.to.steps.push_back(std::move(made));
    position += piece[axis];
  }
  return whole;
}

/// The same elements, in the same order: a copy that is left out later.
inline std::size_t add_reshape(const layer_call& call, const extents& shape) {
  const std::size_t in = call.only_input();
  if (count_of(shape) != count_of(call.shape(in))) {
    call.refuse("the shapes " + print(call.shape(in)) + " and " + print(shape) +
                " have different numbers of elements");
  }
  if (shape == call.shape(in)) return in;
  return call.to.add_alias(in, shape);
}

inline std::size_t add_flatten(const layer_call& call) {
  return add_reshape(call, {count_of(call.shape(call.only_input()))});
}

inline std::size_t add_target_shape(const layer_call& call) {
  const json& target = call.config["target_shape"];
  if (!target.is_array()) call.refuse("\"target_shape\" must be a list");
  extents shape;
  std::size_t unknown = 0;
  for (const json& extent : target) {
    const bool is_unknown = extent == -1 || extent.is_null();
    unknown += is_unknown;
    shape.push_back(is_unknown ? 1 : call.config.size_of(extent, "target_shape"));
  }
  if (unknown > 1) call.refuse("\"target_shape\" leaves more than one axis open");
  if (unknown == 1) {
    const std::size_t all = count_of(call.shape(call.only_input()));
    const std::size_t known = count_of(shape);
    const auto open = std::find_if(target.begin(), target.end(), [](const json& extent) {
      return extent == -1 || extent.is_null();
    });
    if (known != 0 && all % known == 0) {
      shape[static_cast<std::size_t>(open - target.begin())] = all / known;
    }
  }
  return add_reshape(call, shape);
}

inline std::size_t add_permute(const layer_call& call) {
  const std::size_t in = call.only_input();
  const extents from = call.shape(in);
  const extents strides = row_major_strides(from);
  const auto dims = call.config.axes("dims", 0);
  placement turned;
  std::vector<bool> are_taken(from.size(), false);
  for (const std::int64_t dim : dims) {
    const auto axis = static_cast<std::size_t>(dim - 1);
    if (dim < 1 || axis >= from.size() || are_taken[axis]) {
      call.refuse("\"dims\" must name each of " + std::to_string(from.size()) + " axes once");
    }
    are_taken[axis] = true;
    turned.shape.push_back(from[axis]);
    turned.strides.push_back(strides[axis]);
  }
  if (dims.size() != from.size()) {
    call.refuse("\"dims\" must name each of " + std::to_string(from.size()) + " axes once");
  }
  step& made = call.add("$0", {value_operand(in)}, turned.shape);
  made.in_placement.push_back(turned);
  return made.output;
}

/// The mean or the largest of all positions of each channel.
inline std::size_t add_global_pooling(const layer_call& call, const std::string& reduction) {
  const std::size_t in = call.only_input();
  const extents from = call.shape(in);
  const json& format = call.config["data_format"];
  if (!format.is_null() && format != "channels_last") {
    call.refuse("\"data_format\" must be channels_last");
  }
  if (from.size() < 2) call.refuse("its input must have positions and channels");
  std::string axes;
  for (std::size_t i = 1; i < from.size(); ++i) {
    axes += (axes.empty() ? "" : ", ") + std::to_string(i);
  }
  if (from.size() > 2) axes = "{" + axes + "}";
  extents reduced(from.size(), 1);
  reduced.back() = from.back();
  const bool keeps = call.config.flag("keepdims", false);
  step& made = call.add(reduction + "($0, {.axis = " + axes + "})", {value_operand(in)},
                        keeps ? reduced : extents{from.back()});
  made.stands_alone = made.needs_all_axes = made.reduces = true;
  made.out_placement.push_back({reduced, row_major_strides(reduced)});
  return made.output;
}

}  // namespace fusor::detail::models
