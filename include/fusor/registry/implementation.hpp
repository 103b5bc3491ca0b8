// SPDX-License-Identifier: BSL-1.0
// What fusor::runtime is compiled from. A program that does not link it includes this file in one
// of its source files, which then takes as long to compile as all kernels of the catalogue.
#pragma once

#include <charconv>
#include <string>

#include "fusor/language/print.hpp"
#include "fusor/registry/loops.hpp"
#include "fusor/registry/registry.hpp"

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

template <class... Keys, std::size_t... I>
auto make_registry(std::index_sequence<I...>) {
  return std::array<registry_entry, sizeof...(Keys)>{
      registry_entry{Keys::c_str(),
                     parameter_entries<hana::at_key(catalogue, Keys{})>,
                     choose_kernel<hana::at_key(catalogue, Keys{})>,
                     formula_of<hana::at_key(catalogue, Keys{})>,
                     {all_loops<float>()[I], all_loops<double>()[I], all_loops<float16>()[I],
                      all_loops<bfloat16>()[I]}}...};
}

inline const auto& registry() {
  static const auto entries = [] {
    return []<template <class...> class Sequence, class... Keys>(const Sequence<Keys...>&) {
      return make_registry<Keys...>(std::index_sequence_for<Keys...>{});
    }(hana::keys(catalogue));
  }();
  return entries;
}

inline std::string quoted(std::string_view text) {
  return '"' + std::string(text) + '"';
}

inline std::string shortest(double value) {
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

[[noreturn]] inline void refuse_activation(std::string_view name) {
  constexpr auto names = names_of(catalogue);
  std::string sentence = "get: there is no activation " + quoted(name) + "; the nearest are ";
  const auto nearest = nearest_names<3>(name, names);
  sentence += quoted(names[nearest[0]]) + ", " + quoted(names[nearest[1]]) + " and " +
              quoted(names[nearest[2]]);
  throw unknown_activation(sentence);
}

[[noreturn]] inline void refuse_parameter(const registry_entry& entry, std::string_view name) {
  const std::string activation(entry.name);
  if (entry.parameters.empty()) {
    throw parameter_error(activation + ": there is no parameter " + quoted(name) +
                          ", nor any other");
  }
  std::string known;
  for (const parameter_entry& parameter : entry.parameters) {
    known += (known.empty() ? "" : ", ") + quoted(parameter.name);
  }
  throw parameter_error(activation + ": there is no parameter " + quoted(name) + "; there is " +
                        known);
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
    if (is_given[i]) throw parameter_error(activation + ": " + quoted(name) + " is given twice");
    if (!known[i].holds(value)) {
      throw parameter_error(activation + ": " + quoted(name) + " must be " + known[i].range +
                            ", it is " + shortest(value));
    }
    values[i] = value;
    is_given[i] = true;
  }
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (is_given[i]) continue;
    if (known[i].is_required) {
      throw parameter_error(activation + ": " + quoted(known[i].name) + " must be given");
    }
    values[i] = known[i].default_value;
  }
  return values;
}

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
