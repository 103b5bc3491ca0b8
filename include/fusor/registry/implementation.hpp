// SPDX-License-Identifier: BSL-1.0
// What fusor::runtime is compiled from. A program that does not link it includes this file in one
// of its source files, which then takes as long to compile as all kernels of the catalogue.
#pragma once

#include "fusor/begin.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <string>

#include "fusor/language/print.hpp"
#include "fusor/registry/loops.hpp"
#include "fusor/registry/registry.hpp"
#include "fusor/schedule/description.hpp"
#include "fusor/schedule/layout.hpp"

namespace fusor {

namespace detail {

/// A structure of parameters from their values.
template <auto Activation>
auto parameters_from(const double* values) {
  constexpr auto& table = parameters_of<Activation>;
  typename std::remove_cvref_t<decltype(table)>::value_type::structure all{};
  for (std::size_t i = 0; i < table.size(); ++i) table[i].set(all, values[i]);
  return all;
}

template <auto Activation>
kernel_choice choose_kernel(const double* values) {
  return run_time<Activation>::choose(parameters_from<Activation>(values));
}

template <auto Activation>
std::string formula_of(const double* values) {
  if constexpr (parameters_of<Activation>.empty()) {
    (void)values;
    return to_string(Activation);
  } else {
    return to_string(Activation(x, parameters_from<Activation>(values)));
  }
}

template <auto Activation>
constexpr auto make_parameter_entries() {
  constexpr auto& table = parameters_of<Activation>;
  static_assert(table.size() <= most_parameters);
  std::array<parameter_entry, table.size()> entries{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    entries[i] = {table[i].name, table[i].default_value(), table[i].is_required,
                  table[i].range.text, table[i].range.holds};
  }
  return entries;
}

template <auto Activation>
inline constexpr auto parameter_entries = make_parameter_entries<Activation>();

/// The kernels of the activation at a place of the catalogue.
template <auto Activation>
std::vector<registry_kernels> kernels_at(std::size_t index) {
  using loops = std::remove_const_t<decltype(run_time<Activation>::template loops<float>)>;
  std::vector<registry_kernels> all;
  for (std::size_t variant = 0; variant < std::tuple_size_v<loops>; ++variant) {
    all.emplace_back(all_loops<float>()[index][variant], all_loops<double>()[index][variant],
                     all_loops<float16>()[index][variant], all_loops<bfloat16>()[index][variant]);
  }
  return all;
}

template <class... Keys, std::size_t... I>
auto make_registry(std::index_sequence<I...>) {
  return std::array<registry_entry, sizeof...(Keys)>{
      registry_entry{Keys::c_str(),
                     parameter_entries<hana::at_key(catalogue, Keys{})>,
                     choose_kernel<hana::at_key(catalogue, Keys{})>,
                     formula_of<hana::at_key(catalogue, Keys{})>,
                     kernels_at<hana::at_key(catalogue, Keys{})>(I),
                     {all_rows<float>()[I], all_rows<double>()[I], all_rows<float16>()[I],
                      all_rows<bfloat16>()[I]}}...};
}

inline const auto& registry() {
  static const auto entries = [] {
    return []<template <class...> class Sequence, class... Keys>(const Sequence<Keys...>&) {
      return make_registry<Keys...>(std::index_sequence_for<Keys...>{});
    }(hana::keys(catalogue));
  }();
  return entries;
}

/// An axis becomes the last one.
template <class T>
void move_to_end(tensor_view<T, dynamic_rank>& view, std::size_t axis) {
  std::rotate(view.shape.begin() + axis, view.shape.begin() + axis + 1,
              view.shape.begin() + view.axes);
  std::rotate(view.strides.begin() + axis, view.strides.begin() + axis + 1,
              view.strides.begin() + view.axes);
}

/// More axes, of extent 1, before those that are there.
template <class T>
void add_axes(tensor_view<T, dynamic_rank>& view, std::size_t axes) {
  const std::size_t more = axes - view.axes;
  std::move_backward(view.shape.begin(), view.shape.begin() + view.axes, view.shape.begin() + axes);
  std::move_backward(view.strides.begin(), view.strides.begin() + view.axes,
                     view.strides.begin() + axes);
  std::fill_n(view.shape.begin(), more, std::size_t{1});
  std::fill_n(view.strides.begin(), more, std::ptrdiff_t{0});
  view.axes = axes;
}

/// One line of elements, contiguous or not: what is not goes through a buffer.
template <class T>
void call_on_line(registry_loop<T> loop, const double* numbers, const char* in, std::ptrdiff_t step,
                  char* out, std::ptrdiff_t out_step, std::size_t count) {
  constexpr auto size = static_cast<std::ptrdiff_t>(sizeof(T));
  if (step == size && out_step == size) {
    loop({reinterpret_cast<const T*>(in), count}, {reinterpret_cast<T*>(out), count}, numbers);
    return;
  }
  T buffer[256];
  while (count > 0) {
    const std::size_t part = std::min(count, std::size(buffer));
    for (std::size_t i = 0; i < part; ++i, in += step) std::memcpy(buffer + i, in, sizeof(T));
    loop({buffer, part}, {buffer, part}, numbers);
    for (std::size_t i = 0; i < part; ++i, out += out_step) std::memcpy(out, buffer + i, sizeof(T));
    count -= part;
  }
}

/// All lines of a nest of loops from axis `axis` on.
template <class T>
void call_on_lines(registry_loop<T> loop, const double* numbers, const row_layout& layout,
                   std::size_t axis, const char* in, char* out) {
  if (axis == layout.outer.rank) {
    const loop_axis& lane = layout.lane;
    call_on_line(loop, numbers, in, lane.strides[0], out, lane.strides[1], lane.extent);
    return;
  }
  const loop_axis& along = layout.outer.axes[axis];
  for (std::size_t i = 0; i < along.extent; ++i) {
    call_on_lines(loop, numbers, layout, axis + 1, in, out);
    in += along.strides[0];
    out += along.strides[1];
  }
}

inline std::string in_quotes(std::string_view text) {
  return '"' + std::string(text) + '"';
}

inline std::string shortest(double value) {
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

[[noreturn]] inline void refuse_activation(std::string_view name) {
  constexpr auto names = names_of(catalogue);
  std::string sentence = "get: there is no activation " + in_quotes(name) + "; the nearest are ";
  const auto nearest = nearest_names<3>(name, names);
  sentence += in_quotes(names[nearest[0]]) + ", " + in_quotes(names[nearest[1]]) + " and " +
              in_quotes(names[nearest[2]]);
  refuse<unknown_activation>(sentence);
}

[[noreturn]] inline void refuse_parameter(const registry_entry& entry, std::string_view name) {
  const std::string activation(entry.name);
  if (entry.parameters.empty()) {
    refuse<parameter_error>(activation + ": there is no parameter " + in_quotes(name) +
                            ", nor any other");
  }
  std::string known;
  for (const parameter_entry& parameter : entry.parameters) {
    known += (known.empty() ? "" : ", ") + in_quotes(parameter.name);
  }
  refuse<parameter_error>(activation + ": there is no parameter " + in_quotes(name) +
                          "; there is " + known);
}

/// The values of all parameters, in the order of the entry.
inline std::array<double, most_parameters> values_for(const registry_entry& entry,
                                                      const parameter_values& given) {
  std::array<double, most_parameters> values{};
  std::array<bool, most_parameters> is_given{};
  const auto& known = entry.parameters;
  const std::string activation(entry.name);
  for (const auto& [name, value] : given) {
    std::size_t i = 0;
    while (i < known.size() && known[i].name != name) ++i;
    if (i == known.size()) refuse_parameter(entry, name);
    if (is_given[i])
      refuse<parameter_error>(activation + ": " + in_quotes(name) + " is given twice");
    if (!known[i].holds(value)) {
      refuse<parameter_error>(activation + ": " + in_quotes(name) + " must be " + known[i].range +
                              ", it is " + shortest(value));
    }
    values[i] = value;
    is_given[i] = true;
  }
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (is_given[i]) continue;
    if (known[i].is_required) {
      refuse<parameter_error>(activation + ": " + in_quotes(known[i].name) + " must be given");
    }
    values[i] = known[i].default_value;
  }
  return values;
}

template <class T>
void call_on_views(const registry_entry& entry, const registry_kernels& kernels,
                   const double* numbers, tensor_view<const T, dynamic_rank> in,
                   tensor_view<T, dynamic_rank> out) {
  if (const auto rows = std::get<registry_rows<T>>(entry.rows)) {
    // The axis is one of what the input broadcasts to.
    if (in.axes < out.axes) add_axes(in, out.axes);
    const std::size_t axis = axis_of(static_cast<int>(numbers[0]), in.axes);
    move_to_end(in, axis);
    if (out.axes == in.axes) move_to_end(out, axis);
    rows(in, out);
    return;
  }
  operand_axes<2, most_axes> room;
  std::array<tensor_operand, 2> operands;
  for (std::size_t i = 0; i < operands.size(); ++i) room.give(i, operands[i]);
  put_operand(in, operands[0]);
  put_operand(out, operands[1]);
  row_layout layout;
  const bool is_reduced = false;
  const slot_part name = {0, ""};
  if (!arrange(operands, 1, {{}, {&is_reduced, 1}, false, {&name, 1}, 1, false, {}}, layout,
               room.loop_strides)) {
    return;
  }
  call_on_lines(std::get<registry_loop<T>>(kernels), numbers, layout, 0, layout.data[0],
                const_cast<char*>(layout.data[1]));
}

template void call_on_views(const registry_entry&, const registry_kernels&, const double*,
                            tensor_view<const float, dynamic_rank>,
                            tensor_view<float, dynamic_rank>);
template void call_on_views(const registry_entry&, const registry_kernels&, const double*,
                            tensor_view<const double, dynamic_rank>,
                            tensor_view<double, dynamic_rank>);
template void call_on_views(const registry_entry&, const registry_kernels&, const double*,
                            tensor_view<const float16, dynamic_rank>,
                            tensor_view<float16, dynamic_rank>);
template void call_on_views(const registry_entry&, const registry_kernels&, const double*,
                            tensor_view<const bfloat16, dynamic_rank>,
                            tensor_view<bfloat16, dynamic_rank>);

}  // namespace detail

activation_handle get(std::string_view name, const parameter_values& parameters) {
  for (const detail::registry_entry& entry : detail::registry()) {
    if (entry.name == name) return {entry, detail::values_for(entry, parameters)};
  }
  detail::refuse_activation(name);
}

std::span<const std::string_view> activation_names() {
  static constexpr auto names = names_of(catalogue);
  return names;
}

}  // namespace fusor

#include "fusor/end.hpp"
