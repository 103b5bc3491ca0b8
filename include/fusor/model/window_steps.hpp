// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "fusor/model/layers.hpp"

/// Layers that go over windows of positions, one after the other: convolutions and pooling. A
/// window is a part of the rows as they lie in memory, so a convolution is a product whose rows
/// overlap.
namespace fusor::detail::models {

/// The one number of a parameter that has one for each axis of positions.
inline std::size_t one_size(const layer_call& call, const char* name, std::size_t otherwise) {
  const json& value = call.config[name];
  if (value.is_null()) return otherwise;
  if (!value.is_array()) return call.config.size_of(value, name);
  if (value.size() != 1) call.refuse(in_quotes(name) + " must be one number");
  return call.config.size_of(value[0], name);
}

/// Windows along the first of two axes, positions and channels.
struct windows {
  std::size_t count, size, step, channels;
};

/// The windows of a layer over a value: which value they lie in, a longer one where zeros are put
/// before and behind.
inline std::pair<std::size_t, windows> add_windows(const layer_call& call, const char* size_name) {
  std::size_t in = call.only_input();
  const extents shape = call.shape(in);
  if (shape.size() != 2) call.refuse("its input must have positions and channels");
  const json& format = call.config["data_format"];
  if (!format.is_null() && format != "channels_last") {
    call.refuse("\"data_format\" must be channels_last");
  }
  windows made{0, one_size(call, size_name, 2), 0, shape[1]};
  const bool is_pooling = std::string_view(size_name) == "pool_size";
  made.step = one_size(call, "strides", is_pooling ? made.size : 1);
  const json& padding = call.config["padding"];
  std::size_t length = shape[0];
  std::size_t before = 0;
  std::size_t behind = 0;
  if (padding == "causal" && !is_pooling) {
    before = made.size - 1;
  } else if (padding == "same" && !is_pooling) {
    const std::size_t last = (length + made.step - 1) / made.step * made.step - made.step;
    const std::size_t zeros = std::max(last + made.size, length) - length;
    before = zeros / 2;
    behind = zeros - before;
  } else if (!padding.is_null() && padding != "valid") {
    call.refuse("\"padding\" must be valid" + std::string(is_pooling ? "" : ", causal or same"));
  }
  if (before + behind > 0) {
    const extents padded{before + length + behind, shape[1]};
    const extents strides = row_major_strides(padded);
    const std::size_t whole = call.to.add_value(padded);
    const auto place = [&](const char* formula, std::vector<operand> of, std::size_t from,
                           std::size_t count) {
      if (count == 0) return;
      step each{formula, std::move(of), whole, {call.layer_index}};
      each.stands_alone = each.operands.empty();
      each.out_placement.push_back({{count, shape[1]}, strides, from * shape[1]});
      call.to.steps.push_back(std::move(each));
    };
    place("0", {}, 0, before);
    place("$0", {value_operand(in)}, before, length);
    place("0", {}, before + length, behind);
    in = whole;
    length = padded[0];
  }
  if (length < made.size) {
    call.refuse("a window has " + std::to_string(made.size) + " positions, the input has " +
                std::to_string(length));
  }
  made.count = (length - made.size) / made.step + 1;
  return {in, made};
}

inline std::size_t add_conv1d(const layer_call& call) {
  const std::size_t filters = call.config.size("filters");
  if (one_size(call, "groups", 1) != 1) call.refuse("\"groups\" must be 1");
  if (one_size(call, "dilation_rate", 1) != 1) call.refuse("\"dilation_rate\" must be 1");
  if (call.config.has("lora_rank")) call.refuse("\"lora_rank\" is not supported");
  const auto [in, over] = add_windows(call, "kernel_size");
  const std::size_t terms = over.size * over.channels;
  const std::size_t kernel = call.weight(0, {over.size, over.channels, filters});
  // The same elements as a matrix.
  const std::size_t matrix = call.to.add_weight({{terms, filters}, call.to.weights[kernel].values});
  std::string formula = "matmul($0, $1)";
  std::vector<operand> operands{value_operand(in), weight_operand(matrix)};
  if (call.config.flag("use_bias", true)) {
    formula += " + $2";
    operands.push_back(weight_operand(call.weight(1, {filters})));
  }
  call.summary().multiply_adds += over.count * terms * filters;
  step& made = call.add(formula, operands, {over.count, filters});
  made.has_product = made.is_bare_dense = true;
  made.in_placement.push_back({{over.count, terms}, {over.step * over.channels, 1}});
  return call.add_activation(call.activation(), made.output);
}

/// The mean or the largest of each channel in each window.
inline std::size_t add_pooling(const layer_call& call, const std::string& reduction) {
  const auto [in, over] = add_windows(call, "pool_size");
  step& made =
      call.add(reduction + "($0, {.axis = 2})", {value_operand(in)}, {over.count, over.channels});
  made.stands_alone = made.needs_all_axes = made.reduces = true;
  made.in_placement.push_back(
      {{over.count, over.size, over.channels}, {over.step * over.channels, over.channels, 1}});
  made.out_placement.push_back({{over.count, 1, over.channels}, {over.channels, over.channels, 1}});
  return made.output;
}

}  // namespace fusor::detail::models
