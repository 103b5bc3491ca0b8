// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <exception>
#include <string_view>
#include <type_traits>
#include <utility>

#include "fusor/fusor.h"
#include "fusor/kernel/kernel.hpp"
#include "fusor/language/error.hpp"
#include "fusor/registry/catalogue.hpp"

#if defined(__GNUC__)
#define FUSOR_EXPORTED __attribute__((used, visibility("default")))
#else
#define FUSOR_EXPORTED
#endif

/// Kernels as plain functions for C and what speaks C.
namespace fusor::detail {

/// Room for one sentence on each thread, so that reporting an error allocates nothing. Visible, so
/// that several libraries of kernels in one program share it.
FUSOR_EXPORTED inline thread_local char last_message[512] = "";

inline fusor_status fail(fusor_status status, std::string_view sentence) noexcept {
  const std::size_t size = sentence.copy(last_message, sizeof last_message - 1);
  last_message[size] = '\0';
  return status;
}

inline namespace FUSOR_REFUSALS {

/// The status that an exception stands for, and its sentence.
template <class Call>
fusor_status report(const Call& call) noexcept {
#if defined(__cpp_exceptions)
  try {
    call();
    return FUSOR_OK;
  } catch (const shape_error& error) {
    return fail(FUSOR_SHAPE_ERROR, error.what());
  } catch (const axis_error& error) {
    return fail(FUSOR_AXIS_ERROR, error.what());
  } catch (const overlap_error& error) {
    return fail(FUSOR_OVERLAP_ERROR, error.what());
  } catch (const parameter_error& error) {
    return fail(FUSOR_PARAMETER_ERROR, error.what());
  } catch (const std::exception& error) {
    return fail(FUSOR_OTHER_ERROR, error.what());
  } catch (...) {
    return fail(FUSOR_OTHER_ERROR, "an exception of another kind");
  }
#else
  call();
  return FUSOR_OK;
#endif
}

/// How C holds an element.
template <class Element>
using c_type = std::conditional_t<std::is_floating_point_v<Element>, Element, std::uint16_t>;

/// The formula of an exported function, checked against its number of inputs.
template <auto Formula, std::size_t Inputs>
constexpr auto exported() {
  static_assert(
      formula<decltype(Formula)>,
      "FUSOR_EXPORT: the formula must be an expression, an activation, or a callable from "
      "expressions to an expression");
  using type = std::remove_cvref_t<decltype(as_expression(Formula))>;
  static_assert(!is_output_list<type>, "FUSOR_EXPORT: the formula must have one output");
  static_assert(input_count<type> <= Inputs,
                "FUSOR_EXPORT: the formula has more inputs than the function; give their number as "
                "the third argument: FUSOR_EXPORT(name, x * y, 2)");
  return as_expression(Formula);
}

/// Calls the kernel of a formula, without the inputs that it does not use.
template <auto Formula, class Element, class Stored, class... Same>
int call_exported(std::size_t count, Stored* out, const Same*... in) noexcept {
  static_assert(sizeof(Element) == sizeof(Stored) && (std::is_same_v<Same, Stored> && ...));
  constexpr auto formula = exported<Formula, sizeof...(in)>();
  constexpr std::size_t used = input_count<std::remove_cvref_t<decltype(formula)>>;
  return report([&] {
    const Element* const inputs[] = {reinterpret_cast<const Element*>(in)...};
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      kernel<exported<Formula, sizeof...(in)>()>(inputs[I]..., reinterpret_cast<Element*>(out),
                                                 count);
    }
    (std::make_index_sequence<used>{});
  });
}

/// The same for `rows` rows, one behind the other. A formula without reductions takes them as one.
template <auto Formula, class Element, class Stored, class... Same>
int call_exported_rows(std::size_t rows, std::size_t count, Stored* out,
                       const Same*... in) noexcept {
  constexpr auto formula = exported<Formula, sizeof...(in)>();
  using program = program_of<formula>;
  const std::size_t all = count != 0 && rows > most_elements / count ? SIZE_MAX : rows * count;
  if constexpr (!is_row_program<program>) {
    return call_exported<Formula, Element>(all, out, in...);
  } else {
    using slots = typename program::slots;
    constexpr std::size_t used = input_count<std::remove_cvref_t<decltype(formula)>>;
    return report([&] {
      take_count({}, {}, count_of(all));  // refuses what no memory holds
      const Element* const inputs[] = {reinterpret_cast<const Element*>(in)...};
      [&]<std::size_t... I>(std::index_sequence<I...>) {
        using elements = same_elements<Element, used>;
        using description =
            description_of<typename program::parts, typename slot_elements<slots, elements>::type>;
        kernel<formula>(view(inputs[I], {rows, count << halvings<I, slots>})...,
                        view(reinterpret_cast<Element*>(out),
                             {rows, description::is_reduced()[0] ? std::size_t{1} : count}));
      }
      (std::make_index_sequence<used>{});
    });
  }
}

}  // namespace FUSOR_REFUSALS
}  // namespace fusor::detail

extern "C" FUSOR_EXPORTED inline const char* fusor_message() {
  return fusor::detail::last_message;
}

#define FUSOR_ELEMENT_float float
#define FUSOR_ELEMENT_double double
#define FUSOR_ELEMENT_float16 fusor::float16
#define FUSOR_ELEMENT_bfloat16 fusor::bfloat16
#define FUSOR_INPUTS_1 in_0
#define FUSOR_INPUTS_2 in_0, in_1
#define FUSOR_INPUTS_3 in_0, in_1, in_2
#define FUSOR_INPUTS_4 in_0, in_1, in_2, in_3

/// The functions for one element type: `FUSOR_EXPORT_TYPE(gate, float, silu(x) * y, 2)` is
/// gate_float and gate_float_rows.
#define FUSOR_EXPORT_TYPE(name, element, expression, inputs)                         \
  extern "C" FUSOR_EXPORTED FUSOR_SIGNATURE_##inputs(                                \
      name##_##element, fusor::detail::c_type<FUSOR_ELEMENT_##element>) {            \
    using namespace fusor;                                                           \
    return fusor::detail::call_exported<(expression), FUSOR_ELEMENT_##element>(      \
        count, out, FUSOR_INPUTS_##inputs);                                          \
  }                                                                                  \
  extern "C" FUSOR_EXPORTED FUSOR_ROWS_SIGNATURE_##inputs(                           \
      name##_##element##_rows, fusor::detail::c_type<FUSOR_ELEMENT_##element>) {     \
    using namespace fusor;                                                           \
    return fusor::detail::call_exported_rows<(expression), FUSOR_ELEMENT_##element>( \
        rows, count, out, FUSOR_INPUTS_##inputs);                                    \
  }                                                                                  \
  static_assert(true)

#define FUSOR_EXPORT_INPUTS(name, expression, inputs)   \
  FUSOR_EXPORT_TYPE(name, float, expression, inputs);   \
  FUSOR_EXPORT_TYPE(name, double, expression, inputs);  \
  FUSOR_EXPORT_TYPE(name, float16, expression, inputs); \
  FUSOR_EXPORT_TYPE(name, bfloat16, expression, inputs)
#define FUSOR_EXPORT_2(name, expression) FUSOR_EXPORT_INPUTS(name, expression, 1)
#define FUSOR_EXPORT_3(name, expression, inputs) FUSOR_EXPORT_INPUTS(name, expression, inputs)
#define FUSOR_EXPORT_CHOICE(first, second, third, chosen, ...) chosen

/// Functions for C, in one line of a source file:
///
///     FUSOR_EXPORT(gate, x * sigmoid(x));      // one input
///     FUSOR_EXPORT(swiglu, silu(x) * y, 2);    // two inputs, up to four
///
/// makes gate_float, gate_double, gate_float16 and gate_bfloat16 (the last two on uint16_t). Each
/// takes its inputs, the output and the count, and returns a fusor_status instead of throwing; what
/// was wrong is in fusor_message(). gate_float_rows and so on take a number of rows before the
/// count: for formulas with reductions, all rows of a matrix in one call. In C,
/// `FUSOR_DECLARE(swiglu, 2);` after `#include <fusor/fusor.h>` declares them. In a file compiled
/// with -fno-exceptions a refused call does not return: see set_refusal_handler. An expression with
/// a comma outside parentheses goes into parentheses.
#define FUSOR_EXPORT(...) \
  FUSOR_EXPORT_CHOICE(__VA_ARGS__, FUSOR_EXPORT_3, FUSOR_EXPORT_2, )(__VA_ARGS__)

#include "fusor/end.hpp"
