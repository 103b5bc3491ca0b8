// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <array>
#include <concepts>
#include <cstddef>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "fusor/language/element.hpp"
#include "fusor/language/error.hpp"
#include "fusor/language/view.hpp"

/// Activations by names that are known only at run time.
///
/// Link `fusor::runtime`, which holds the compiled kernels, or include
/// <fusor/registry/implementation.hpp> in one source file of the program.
namespace fusor {

/// Values of parameters by name. A flag is 0 or 1.
using parameter_values = std::vector<std::pair<std::string, double>>;

namespace detail {

/// The most parameters an activation has, and the most numbers its kernel takes for them.
inline constexpr std::size_t most_parameters = 3;

/// A kernel from memory to memory, with the numbers that follow its input.
template <class T>
using registry_loop = void (*)(std::span<const T> in, std::span<T> out, const double* numbers);

/// A kernel along the last axis of tensors.
template <class T>
using registry_rows = void (*)(const tensor_view<const T, dynamic_rank>& in,
                               const tensor_view<T, dynamic_rank>& out);

/// A kernel for each element type.
using registry_kernels = std::tuple<registry_loop<float>, registry_loop<double>,
                                    registry_loop<float16>, registry_loop<bfloat16>>;

/// Which of the kernels of an activation, and the numbers it takes: those of its formula, or the
/// axis.
struct kernel_choice {
  std::size_t variant = 0;
  std::array<double, most_parameters> numbers{};
};

struct parameter_entry {
  std::string_view name;
  double default_value;
  bool is_required;
  const char* range;
  bool (*holds)(double);
};

struct registry_entry {
  std::string_view name;
  std::span<const parameter_entry> parameters;
  kernel_choice (*choose)(const double* values);
  std::string (*formula)(const double* values);
  std::vector<registry_kernels> kernels;
  /// Of an activation along an axis, else null.
  std::tuple<registry_rows<float>, registry_rows<double>, registry_rows<float16>,
             registry_rows<bfloat16>>
      rows;
};

/// Calls an activation on tensors.
template <class T>
void call_on_views(const registry_entry& entry, const registry_kernels& kernels,
                   const double* numbers, tensor_view<const T, dynamic_rank> in,
                   tensor_view<T, dynamic_rank> out);

template <class T, std::size_t Rank>
tensor_view<T, dynamic_rank> with_dynamic_rank(const tensor_view<T, Rank>& view) {
  if constexpr (Rank == dynamic_rank) {
    return view;
  } else {
    tensor_view<T, dynamic_rank> all{view.data, rank_of(view), {}, {}};
    for (std::size_t i = 0; i < Rank; ++i) {
      all.shape[i] = view.shape[i];
      all.strides[i] = view.strides[i];
    }
    return all;
  }
}

template <class Range>
concept element_range = std::ranges::contiguous_range<Range> && std::ranges::sized_range<Range> &&
    element<std::ranges::range_value_t<Range>>;

}  // namespace detail

/// An activation that was found by its name: small, copyable, valid for the rest of the program.
/// Calling it gives the bits that `kernel<...>` gives with the same numbers (celu with an alpha
/// other than a power of two: within 2 ULP of them).
class alignas(32) activation_handle {
  // What a call needs is first, in one line of the cache.
  const detail::registry_kernels* kernels;
  std::array<double, detail::most_parameters> numbers;
  const detail::registry_entry* entry;
  std::array<double, detail::most_parameters> values;

  activation_handle(const detail::registry_entry& of,
                    const std::array<double, detail::most_parameters>& with)
      : entry(&of), values(with) {
    const detail::kernel_choice chosen = of.choose(with.data());
    kernels = &of.kernels[chosen.variant];
    numbers = chosen.numbers;
  }
  friend activation_handle get(std::string_view, const parameter_values&);

 public:
  /// From one contiguous range to another of the same element type: float, double, float16 or
  /// bfloat16. They may be the same memory. For an activation along an axis a range is a tensor of
  /// one axis.
  ///
  /// Throws before anything is written: shape_error, overlap_error, axis_error.
  template <class In, class Out>
  requires(!detail::element<std::remove_cvref_t<In>>) void operator()(In&& in, Out&& out) const {
    if constexpr (detail::is_tensor_view<std::remove_cvref_t<In>> &&
                  detail::is_tensor_view<std::remove_cvref_t<Out>>) {
      on_views(in, out);
    } else {
      on_ranges(in, out);
    }
  }

 private:
  /// The same on views of any rank and strides; the input broadcasts to the shape of the output.
  template <class In, class Out>
  void on_views(const In& in, const Out& out) const {
    using element = std::remove_const_t<typename In::element_type>;
    constexpr bool is_same = std::same_as<element, typename Out::element_type>;
    static_assert(is_same,
                  "activation_handle: the output must have the element type of the input, and be "
                  "writable");
    if constexpr (is_same) {
      const auto from = detail::with_dynamic_rank(in);
      detail::call_on_views<element>(*entry, *kernels, numbers.data(),
                                     {from.data, from.axes, from.shape, from.strides},
                                     detail::with_dynamic_rank(out));
    }
  }

  template <class In, class Out>
  void on_ranges(In&& in, Out&& out) const {
    constexpr bool are_ranges = detail::element_range<In> && detail::element_range<Out>;
    static_assert(are_ranges,
                  "activation_handle: the arguments must be contiguous ranges of float, double, "
                  "fusor::float16 or fusor::bfloat16");
    if constexpr (are_ranges) {
      using element = std::ranges::range_value_t<In>;
      constexpr bool is_same = std::same_as<element, std::ranges::range_value_t<Out>>;
      static_assert(is_same,
                    "activation_handle: the output must have the element type of the input");
      if constexpr (is_same) {
        std::get<detail::registry_loop<element>> (*kernels)(
            {std::ranges::data(in), std::ranges::size(in)},
            {std::ranges::data(out), std::ranges::size(out)}, numbers.data());
      }
    }
  }

 public:
  /// In place.
  template <class Data>
  requires(!detail::element<std::remove_cvref_t<Data>>) void operator()(Data&& data) const {
    (*this)(data, data);
  }

  /// One number.
  template <detail::element T>
  T operator()(T number) const {
    (*this)(std::span(&number, 1), std::span(&number, 1));
    return number;
  }

  /// The name it was asked by.
  std::string_view name() const {
    return entry->name;
  }

  /// All its parameters, with those that were not given at their defaults.
  parameter_values parameters() const {
    parameter_values all;
    for (std::size_t i = 0; i < entry->parameters.size(); ++i) {
      all.emplace_back(entry->parameters[i].name, values[i]);
    }
    return all;
  }

  /// Whether every parameter has its default.
  bool is_default() const {
    for (std::size_t i = 0; i < entry->parameters.size(); ++i) {
      const detail::parameter_entry& parameter = entry->parameters[i];
      if (parameter.is_required || values[i] != parameter.default_value) return false;
    }
    return true;
  }

  /// The formula as text, with the values of its parameters.
  std::string formula() const {
    return entry->formula(values.data());
  }
};

/// The activation of a name, in Keras's spelling, with the parameters given and the others at their
/// defaults: `get("leaky_relu", {{"negative_slope", 0.1}})`.
///
/// Throws unknown_activation, which names the nearest ones, or parameter_error: a parameter that
/// the activation does not have, that is given twice, out of range, or missing.
activation_handle get(std::string_view name, const parameter_values& parameters = {});

/// All names, in alphabetical order.
std::span<const std::string_view> activation_names();

}  // namespace fusor

#include "fusor/end.hpp"
