// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <array>

#include "fusor/registry/catalogue.hpp"

#include "fusor/language/precise_begin.hpp"

/// The parameters of the activations: names, defaults, valid values and meaning, for code and
/// documentation alike.
namespace fusor {

/// The values that a parameter may have, in words and as a test.
struct parameter_range {
  const char* text;
  bool (*holds)(double);
};

/// One parameter, a member of the structure `Parameters`. A flag is the number 0 or 1 here.
template <class Parameters>
struct parameter {
  using structure = Parameters;

  const char* name;
  bool is_required;
  parameter_range range;
  const char* meaning;
  double (*get)(const Parameters&);
  void (*set)(Parameters&, double);

  /// Its value where none is given.
  constexpr double default_value() const {
    return get(Parameters{});
  }
};

/// The structure of activations that take no parameters.
struct no_parameters {};

namespace detail {

/// The ranges of the table below. Infinity is a number, NaN is none.
namespace ranges {
// clang-format off
inline constexpr parameter_range axis{"an axis, a whole number from -32 to 31", [](double v) { return v >= -32 && v <= 31 && v == static_cast<double>(static_cast<int>(v)); }};
inline constexpr parameter_range flag{"true or false", [](double v) { return v == 0 || v == 1; }};
inline constexpr parameter_range number{"a number", [](double v) { return v == v; }};
inline constexpr parameter_range not_zero{"a number other than 0", [](double v) { return v > 0 || v < 0; }};
inline constexpr parameter_range at_least_zero{"at least 0", [](double v) { return v >= 0; }};
inline constexpr parameter_range finite_at_least_zero{"at least 0 and finite", [](double v) { return v >= 0 && v < infinity; }};
// clang-format on
}  // namespace ranges

template <class T>
struct member_of;
template <class Class, class Value>
struct member_of<Value Class::*> {
  using structure = Class;
  using value = Value;
};

template <auto Member>
constexpr auto describe(const char* name, parameter_range range, const char* meaning,
                        bool is_required = false) {
  using structure = typename member_of<decltype(Member)>::structure;
  using value = typename member_of<decltype(Member)>::value;
  return parameter<structure>{
      name,
      is_required,
      range,
      meaning,
      [](const structure& from) { return static_cast<double>(from.*Member); },
      [](structure& to, double number) { to.*Member = static_cast<value>(number); }};
}

/// The axis of an activation along one axis or several: one here.
constexpr auto describe_axis(const char* meaning) {
  return parameter<reduction_parameters>{
      "axis",
      false,
      ranges::axis,
      meaning,
      [](const reduction_parameters& from) { return static_cast<double>(from.axis.axes[0]); },
      [](reduction_parameters& to, double number) { to.axis = static_cast<int>(number); }};
}

}  // namespace detail

/// The parameters of an activation, in the order of its structure; empty where there are none. A
/// user's activation may have its own specialisation.
template <auto Activation>
inline constexpr std::array<parameter<no_parameters>, 0> parameters_of{};

// The table: one line for each parameter.
// clang-format off
template <>
inline constexpr std::array parameters_of<celu>{
    detail::describe<&celu_parameters::alpha>("alpha", detail::ranges::not_zero, "the limit on the left is -alpha")};
template <>
inline constexpr std::array parameters_of<elu>{
    detail::describe<&elu_parameters::alpha>("alpha", detail::ranges::number, "the limit on the left is -alpha")};
template <>
inline constexpr std::array parameters_of<gelu>{
    detail::describe<&gelu_parameters::approximate>("approximate", detail::ranges::flag, "whether the normal distribution is replaced by a tanh")};
template <>
inline constexpr std::array parameters_of<glu>{
    detail::describe<&axis_parameters::axis>("axis", detail::ranges::axis, "the axis that is halved")};
template <>
inline constexpr std::array parameters_of<hard_shrink>{
    detail::describe<&hard_shrink_parameters::threshold>("threshold", detail::ranges::at_least_zero, "sizes up to this one become 0")};
template <>
inline constexpr std::array parameters_of<leaky_relu>{
    detail::describe<&leaky_relu_parameters::negative_slope>("negative_slope", detail::ranges::number, "the factor of negative values")};
template <>
inline constexpr std::array parameters_of<log_softmax>{detail::describe_axis("the axis along which e^result adds up to 1")};
template <>
inline constexpr std::array parameters_of<relu>{
    detail::describe<&relu_parameters::negative_slope>("negative_slope", detail::ranges::number, "the factor of what lies below the threshold"),
    detail::describe<&relu_parameters::max_value>("max_value", detail::ranges::at_least_zero, "the largest result; infinity for none (null in JSON)"),
    detail::describe<&relu_parameters::threshold>("threshold", detail::ranges::number, "values up to this one count as 0")};
template <>
inline constexpr std::array parameters_of<soft_shrink>{
    detail::describe<&soft_shrink_parameters::threshold>("threshold", detail::ranges::finite_at_least_zero, "how far values are moved towards 0")};
template <>
inline constexpr std::array parameters_of<softmax>{detail::describe_axis("the axis along which results add up to 1")};
template <>
inline constexpr std::array parameters_of<sparsemax>{detail::describe_axis("the axis along which results add up to 1")};
template <>
inline constexpr std::array parameters_of<squareplus>{
    detail::describe<&squareplus_parameters::b>("b", detail::ranges::finite_at_least_zero, "the square of twice the value at 0")};
template <>
inline constexpr std::array parameters_of<threshold>{
    detail::describe<&threshold_parameters::threshold>("threshold", detail::ranges::number, "values up to this one are replaced", true),
    detail::describe<&threshold_parameters::default_value>("default_value", detail::ranges::number, "what they are replaced by", true)};
// clang-format on

}  // namespace fusor

#include "fusor/end.hpp"
#include "fusor/language/precise_end.hpp"
