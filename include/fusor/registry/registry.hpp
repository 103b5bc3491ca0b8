// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "fusor/kernel/calls.hpp"
#include "fusor/language/element.hpp"
#include "fusor/language/error.hpp"

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
struct registry_rows {
  void (*run)(const call& given) = nullptr;
};

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
  /// Of an activation along an axis, else none.
  std::tuple<registry_rows<float>, registry_rows<double>, registry_rows<float16>,
             registry_rows<bfloat16>>
      rows;
};

/// Calls an activation on arrays and tensors of one element type.
template <class T>
void call_activation(const registry_entry& entry, const registry_kernels& kernels,
                     const double* numbers, call_kind kind, const call& given);

/// What a handle holds, and how it runs a call.
struct alignas(32) handle_body {
  // What a call needs is first, in one line of the cache.
  const registry_kernels* kernels;
  std::array<double, most_parameters> loop_numbers;
  const registry_entry* entry;
  std::array<double, most_parameters> own_values;

  handle_body(const registry_entry& of, const std::array<double, most_parameters>& with)
      : entry(&of), own_values(with) {
    const kernel_choice chosen = of.choose(with.data());
    kernels = &of.kernels[chosen.variant];
    loop_numbers = chosen.numbers;
  }

  template <call_kind Kind, class Input, class Output>
  void run(const call& given) const {
    run<typename common_element<Input, Output>::type>(Kind, given, Input{});
  }

  template <class Element>
  void run_numbers(const Element* value, Element* result) const {
    std::get<registry_loop<Element>> (*kernels)({value, 1}, {result, 1}, loop_numbers.data());
  }

 private:
  template <class Element, class Input>
  void run(call_kind kind, const call& given, element_list<Input>) const {
    constexpr bool is_same = !std::is_void_v<Element>;
    static_assert(is_same, "activation_handle: the output must have the element type of the input");
    if constexpr (is_same) {
      const scalar_inputs<Element, Input> number(given);
      call_activation<Element>(*entry, *kernels, loop_numbers.data(), number.kind(kind), given);
    }
  }
};

/// What a handle of this name holds; `get` says what is refused.
handle_body find_activation(std::string_view name, const parameter_values& parameters);

}  // namespace detail

/// An activation that was found by its name: small, copyable, valid for the rest of the program.
/// Calling it gives the bits that `kernel<...>` gives with the same numbers (celu with an alpha
/// other than 1: within 2 ULP of them). The calls are those of a kernel of one input: ranges,
/// pointers with a count, views, numbers, in place, on several threads; all of one element type.
/// For an activation along an axis a range is a tensor of one axis.
///
/// Throws before anything is written: shape_error, overlap_error, axis_error.
class activation_handle : public detail::kernel_calls<1, 1, detail::handle_body> {
 public:
  using kernel_calls::kernel_calls;

  /// The name it was asked by.
  std::string_view name() const {
    return entry->name;
  }

  /// All its parameters, with those that were not given at their defaults.
  parameter_values parameters() const {
    parameter_values all;
    for (std::size_t i = 0; i < entry->parameters.size(); ++i) {
      all.emplace_back(entry->parameters[i].name, own_values[i]);
    }
    return all;
  }

  /// Whether every parameter has its default.
  bool is_default() const {
    for (std::size_t i = 0; i < entry->parameters.size(); ++i) {
      const detail::parameter_entry& parameter = entry->parameters[i];
      if (parameter.is_required || own_values[i] != parameter.default_value) return false;
    }
    return true;
  }

  /// The formula as text, with the values of its parameters.
  std::string formula() const {
    return entry->formula(own_values.data());
  }
};

/// The activation of a name, in Keras's spelling, with the parameters given and the others at their
/// defaults: `get("leaky_relu", {{"negative_slope", 0.1}})`.
///
/// Throws unknown_activation, which names the nearest ones, or parameter_error: a parameter that
/// the activation does not have, that is given twice, out of range, or missing.
inline activation_handle get(std::string_view name, const parameter_values& parameters = {}) {
  return activation_handle(detail::find_activation(name, parameters));
}

/// All names, in alphabetical order.
std::span<const std::string_view> activation_names();

}  // namespace fusor

#include "fusor/end.hpp"
