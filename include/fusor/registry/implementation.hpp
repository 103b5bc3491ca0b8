// SPDX-License-Identifier: BSL-1.0
// What fusor::runtime is compiled from. A program that does not link it includes this file in one
// of its source files, which then takes as long to compile as all kernels of the catalogue.
#pragma once

#include "fusor/begin.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <string>

#include "fusor/kernel/share.hpp"
#include "fusor/language/print.hpp"
#include "fusor/registry/loops.hpp"
#include "fusor/registry/registry.hpp"
#include "fusor/schedule/arrays.hpp"
#include "fusor/schedule/layout.hpp"
#include "fusor/schedule/nest_iterator.hpp"
#include "fusor/schedule/one_array.hpp"

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
inline void move_to_end(tensor_operand& operand, std::size_t axis) {
  std::rotate(operand.shape + axis, operand.shape + axis + 1, operand.shape + operand.rank);
  std::rotate(operand.strides + axis, operand.strides + axis + 1, operand.strides + operand.rank);
}

/// More axes, of extent 1, before those that are there.
inline void add_axes(tensor_operand& operand, std::size_t axes) {
  const std::size_t more = axes - operand.rank;
  std::move_backward(operand.shape, operand.shape + operand.rank, operand.shape + axes);
  std::move_backward(operand.strides, operand.strides + operand.rank, operand.strides + axes);
  std::fill_n(operand.shape, more, std::size_t{1});
  std::fill_n(operand.strides, more, std::ptrdiff_t{0});
  operand.rank = axes;
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

/// Lines `begin` to `end` of a call.
template <class T>
void call_on_lines(registry_loop<T> loop, const double* numbers, const row_layout& layout,
                   std::size_t begin, std::size_t end) {
  const loop_axis& lane = layout.lane;
  nest_iterator at(layout.outer, layout.outer.rank, 2);
  at.seek(begin);
  for (; begin < end; ++begin, at.next()) {
    call_on_line(loop, numbers, layout.data[0] + at.offset[0], lane.strides[0],
                 const_cast<char*>(layout.data[1]) + at.offset[1], lane.strides[1], lane.extent);
  }
}

template <class T>
void call_activation(const registry_entry& entry, const registry_kernels& kernels,
                     const double* numbers, call_kind kind, const call& given) {
  tensor_operand& in = given.operands[0];
  tensor_operand& out = given.operands[1];
  const auto loop = std::get<registry_loop<T>>(kernels);
  if (const auto rows = std::get<registry_rows<T>>(entry.rows).run) {
    const std::size_t rank = std::max(in.rank, out.rank);
    if (in.rank < rank) add_axes(in, rank);  // the axis is one of what the input broadcasts to
    const std::size_t axis = axis_of(static_cast<int>(numbers[0]), rank);
    move_to_end(in, axis);
    if (out.rank == rank) move_to_end(out, axis);
    return rows(given);
  }
  take_count({&in, 1}, {&out, 1}, given.count);
  std::size_t count = 0;
  const bool is_array = kind == call_kind::arrays;
  if (is_array) {
    if (!are_right<1, 1>(&in)) check_arrays({&in, 1}, {&out, 1});
    count = out.shape[0];
  }
  if (is_array || is_one_array(given.operands, 1, count)) {
    return share_out(given.runs, count, 1, 64, [&](std::size_t begin, std::size_t end) {
      loop({reinterpret_cast<const T*>(in.data) + begin, end - begin},
           {reinterpret_cast<T*>(const_cast<char*>(out.data)) + begin, end - begin}, numbers);
    });
  }
  std::ptrdiff_t loop_strides[2 * (most_axes + 1)];
  row_layout layout;
  const bool is_reduced = false;
  const slot_part name = {0, ""};
  if (!arrange(given.operands, 1, {{}, {&is_reduced, 1}, false, {&name, 1}, 1, false, {}}, layout,
               loop_strides)) {
    return;
  }
  share_out(given.runs, layout.outer.count(), layout.lane.extent, 1,
            [&](std::size_t begin, std::size_t end) {
              call_on_lines(loop, numbers, layout, begin, end);
            });
}

template void call_activation<float>(const registry_entry&, const registry_kernels&, const double*,
                                     call_kind, const call&);
template void call_activation<double>(const registry_entry&, const registry_kernels&, const double*,
                                      call_kind, const call&);
template void call_activation<float16>(const registry_entry&, const registry_kernels&,
                                       const double*, call_kind, const call&);
template void call_activation<bfloat16>(const registry_entry&, const registry_kernels&,
                                        const double*, call_kind, const call&);

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

handle_body find_activation(std::string_view name, const parameter_values& parameters) {
  for (const registry_entry& entry : registry()) {
    if (entry.name == name) return {entry, values_for(entry, parameters)};
  }
  refuse_activation(name);
}

}  // namespace detail

std::span<const std::string_view> activation_names() {
  static constexpr auto names = names_of(catalogue);
  return names;
}

}  // namespace fusor

#include "fusor/end.hpp"
