// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "fusor/model/layers.hpp"

/// The layers with weights, and normalisations: each from its configuration to steps of a graph.
/// A function returns the value that comes out.
namespace fusor::detail::models {

inline std::size_t add_dense(const layer_call& call) {
  const std::size_t in = call.only_input();
  const extents in_shape = call.shape(in);
  if (in_shape.empty()) call.refuse("its input has no axis");
  const std::size_t units = call.config.size("units");
  for (const char* const name : {"quantization_config", "lora_rank"}) {
    if (call.config.has(name)) call.refuse(in_quotes(name) + " is not supported");
  }
  extents shape = in_shape;
  shape.back() = units;
  std::string formula = "matmul($0, $1)";
  std::vector<operand> operands{value_operand(in),
                                weight_operand(call.weight(0, {in_shape.back(), units}))};
  if (call.config.flag("use_bias", true)) {
    formula += " + $2";
    operands.push_back(weight_operand(call.weight(1, {units})));
  }
  call.summary().multiply_adds += count_of(in_shape) * units;
  step& made = call.add(formula, operands, shape);
  made.has_product = made.is_bare_dense = true;
  return call.add_activation(call.activation(), made.output);
}

inline std::size_t add_prelu(const layer_call& call) {
  const std::size_t in = call.only_input();
  const extents shape = call.shape(in);
  extents slopes = shape;
  if (call.config.has("shared_axes")) {
    for (const std::int64_t axis : call.config.axes("shared_axes", 0)) {
      slopes[call.row_axis(axis, shape.size())] = 1;
    }
  }
  return call
      .add("where($0 >= 0, $0, $1 * $0)",
           {value_operand(in), weight_operand(call.weight(0, slopes))}, shape)
      .output;
}

/// Numbers for the positions of some axes, so that they broadcast to a shape.
inline operand add_along(const layer_call& call, const extents& shape,
                         const std::vector<std::size_t>& axes, std::vector<double> values) {
  extents along(shape.size(), 1);
  for (const std::size_t axis : axes) along[axis] = shape[axis];
  return weight_operand(call.to.add_weight({along, std::move(values)}));
}

/// x * scale + shift, with the statistics of training.
inline std::size_t add_batch_normalization(const layer_call& call) {
  const std::size_t in = call.only_input();
  const extents shape = call.shape(in);
  const auto axes = call.config.axes("axis", -1);
  if (axes.size() != 1) call.refuse("\"axis\" must be one axis");
  const std::size_t axis = call.row_axis(axes[0], shape.size());
  const extents per_channel{shape[axis]};
  const double epsilon = call.config.number("epsilon", 1e-3);
  std::size_t position = 0;
  std::vector<double> scale(shape[axis], 1), shift(shape[axis], 0);
  if (call.config.flag("scale", true)) scale = call.numbers(position++, per_channel);
  if (call.config.flag("center", true)) shift = call.numbers(position++, per_channel);
  const std::vector<double> mean = call.numbers(position, per_channel);
  const std::vector<double> variance = call.numbers(position + 1, per_channel);
  for (std::size_t i = 0; i < scale.size(); ++i) {
    scale[i] /= std::sqrt(variance[i] + epsilon);
    shift[i] -= mean[i] * scale[i];
  }
  const operand scales = add_along(call, shape, {axis}, scale);
  const operand shifts = add_along(call, shape, {axis}, shift);
  step& made = call.add("$0 * $1 + $2", {value_operand(in), scales, shifts}, shape);
  made.is_affine = axis + 1 == shape.size();
  return made.output;
}

/// The last axis, or a list of it alone.
inline void require_last_axis(const layer_call& call, std::size_t rank) {
  const auto axes = call.config.axes("axis", -1);
  if (axes.size() != 1 || call.row_axis(axes[0], rank) + 1 != rank) {
    call.refuse("it is supported along the last axis alone");
  }
}

inline std::size_t add_layer_normalization(const layer_call& call) {
  const std::size_t in = call.only_input();
  const extents shape = call.shape(in);
  require_last_axis(call, shape.size());
  if (call.config.flag("rms_scaling", false)) call.refuse("\"rms_scaling\" is not supported");
  std::string formula =
      "($0 - reduce_mean($0)) * rsqrt(reduce_mean(square($0 - reduce_mean($0))) + " +
      print(call.config.number("epsilon", 1e-3)) + ")";
  std::vector<operand> operands{value_operand(in)};
  const auto add = [&](const char* flag, const char* sign) {
    if (!call.config.flag(flag, true)) return;
    formula += sign + std::string("$") + std::to_string(operands.size());
    operands.push_back(weight_operand(call.weight(operands.size() - 1, {shape.back()})));
  };
  add("scale", " * ");
  add("center", " + ");
  step& made = call.add(formula, operands, shape);
  made.reduces = true;
  return made.output;
}

inline std::size_t add_rms_normalization(const layer_call& call) {
  const std::size_t in = call.only_input();
  const extents shape = call.shape(in);
  require_last_axis(call, shape.size());
  step& made = call.add("$0 * rsqrt(reduce_mean(square($0)) + " +
                            print(call.config.number("epsilon", 1e-6)) + ") * $1",
                        {value_operand(in), weight_operand(call.weight(0, {shape.back()}))}, shape);
  made.reduces = true;
  return made.output;
}

inline std::size_t add_unit_normalization(const layer_call& call) {
  const std::size_t in = call.only_input();
  require_last_axis(call, call.shape(in).size());
  step& made = call.add("$0 * min(rsqrt(reduce_sum(square($0))), 1e12)", {value_operand(in)},
                        call.shape(in));
  made.reduces = true;
  return made.output;
}

/// A number, or numbers of a list.
inline std::vector<double> read_numbers(const layer_call& call, const json& value,
                                        const char* name) {
  std::vector<double> all;
  const json list = value.is_array() ? value : json::array({value});
  for (const json& each : list) {
    if (each.is_array()) {
      const std::vector<double> inner = read_numbers(call, each, name);
      all.insert(all.end(), inner.begin(), inner.end());
    } else if (each.is_number()) {
      all.push_back(each.get<double>());
    } else {
      call.refuse(in_quotes(name) + " must be a number or a list of numbers");
    }
  }
  return all;
}

inline std::size_t add_rescaling(const layer_call& call) {
  const std::size_t in = call.only_input();
  const extents shape = call.shape(in);
  std::string formula = "$0";
  std::vector<operand> operands{value_operand(in)};
  const auto add = [&](const char* name, const char* sign, double nothing) {
    const json& given = call.config[name];
    const auto values =
        given.is_null() ? std::vector<double>{nothing} : read_numbers(call, given, name);
    if (values.size() == 1) {
      if (values[0] != nothing) formula += sign + print(values[0]);
    } else if (!shape.empty() && values.size() == shape.back()) {
      formula += sign + std::string("$") + std::to_string(operands.size());
      operands.push_back(add_along(call, shape, {shape.size() - 1}, values));
    } else {
      call.refuse(in_quotes(name) + " has " + std::to_string(values.size()) +
                  " numbers, the input has the shape " + print(shape));
    }
  };
  add("scale", " * ", 1);
  add("offset", " + ", 0);
  return formula == "$0" ? in : call.add(formula, operands, shape).output;
}

inline std::size_t add_normalization(const layer_call& call) {
  const std::size_t in = call.only_input();
  const extents shape = call.shape(in);
  // Null is no axis: one mean of all elements.
  const bool is_one = call.config.members().contains("axis") && !call.config.has("axis");
  std::vector<std::size_t> axes;
  if (!is_one) {
    for (const std::int64_t axis : call.config.axes("axis", -1)) {
      axes.push_back(call.row_axis(axis, shape.size()));
    }
  }
  std::sort(axes.begin(), axes.end());
  axes.erase(std::unique(axes.begin(), axes.end()), axes.end());
  extents kept;
  for (const std::size_t axis : axes) kept.push_back(shape[axis]);
  std::vector<double> mean, variance;
  if (call.config.has("mean")) {
    mean = read_numbers(call, call.config["mean"], "mean");
    variance = read_numbers(call, call.config["variance"], "variance");
  } else {
    mean = call.numbers(0, kept);
    variance = call.numbers(1, kept);
  }
  const std::size_t count = count_of(kept);
  for (std::vector<double>* const each : {&mean, &variance}) {
    if (each->size() == 1) each->resize(count, each->front());
    if (each->size() != count) {
      call.refuse("\"mean\" and \"variance\" must have " + std::to_string(count) + " numbers");
    }
  }
  constexpr double least = 1e-7;  // Keras's epsilon
  for (double& each : variance) each = std::max(std::sqrt(each), least);
  const bool is_inverse = call.config.flag("invert", false);
  if (!is_inverse) {
    for (double& each : variance) each = 1 / each;
  }
  const operand means = add_along(call, shape, axes, mean);
  const operand scales = add_along(call, shape, axes, variance);
  return call
      .add(is_inverse ? "$0 * $2 + $1" : "($0 - $1) * $2", {value_operand(in), means, scales},
           shape)
      .output;
}

}  // namespace fusor::detail::models
