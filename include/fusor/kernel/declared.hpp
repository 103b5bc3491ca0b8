// SPDX-License-Identifier: BSL-1.0
// Declared kernels: a program whose files all include <fusor/fusor.hpp> compiles the loops of a
// kernel in each file that calls it. A declared kernel has its loops in one file; the others
// include this header alone, and take some 0.5 s.
#pragma once

#include "fusor/begin.hpp"

#include <type_traits>
#include <utility>

#include "fusor/activations.hpp"
#include "fusor/kernel/calls.hpp"
#include "fusor/kernel/template_argument.hpp"
#include "fusor/language/compose.hpp"
#include "fusor/language/element.hpp"

namespace fusor {

namespace detail {

/// The element types that a kernel is declared for.
template <class... Elements>
struct element_set {
  template <class Element>
  static constexpr bool has = (std::is_same_v<Element, Elements> || ...);
};

}  // namespace detail

/// The element types of a declared kernel, as the last argument of FUSOR_DECLARE_KERNEL.
template <class... Elements>
inline constexpr detail::element_set<Elements...> element_types{};

namespace detail {

template <class Formula, class... Elements>
struct declared {
  Formula formula;
  element_set<Elements...> types;
};

template <class Formula>
constexpr auto declare(Formula formula) {
  return declared<Formula, float, double, float16, bfloat16>{formula, {}};
}
template <class Formula, class... Elements>
constexpr auto declare(Formula formula, element_set<Elements...>) {
  constexpr bool are_elements = sizeof...(Elements) > 0 && (element<Elements> && ...);
  static_assert(are_elements,
                "FUSOR_DECLARE_KERNEL: elements are float, double, float16 and bfloat16, one of "
                "them or several");
  if constexpr (are_elements) {
    return declared<Formula, Elements...>{formula, {}};
  } else {
    return declare(formula);
  }
}
template <class Formula, class Second, class... More>
constexpr auto declare(Formula formula, Second, More...) {
  static_assert(never<Second, More...>,
                "FUSOR_DECLARE_KERNEL takes a name, one formula, and then perhaps "
                "element_types<float, double>; a formula with a comma goes into parentheses");
  return declare(formula);
}

template <class Declaration>
constexpr auto formula_of_declaration() {
  constexpr auto formula = lift(kernel_argument(Declaration::declare().formula).value);
  if constexpr (is_formula<std::remove_const_t<decltype(formula)>>()) {
    return as_expression(formula);
  } else {
    return argument<0>{};  // so that a call is no second error
  }
}
template <class Declaration>
inline constexpr auto declared_formula = formula_of_declaration<Declaration>();
template <class Declaration>
using declared_elements = decltype(Declaration::declare().types);

/// The body of a kernel whose loops are in another file.
template <class Declaration>
struct declared_body {
  template <class Element>
  static constexpr bool has() {
    constexpr bool is_there = declared_elements<Declaration>::template has<Element>;
    static_assert(is_there,
                  "kernel: all arrays of a declared kernel have one element type, of those that "
                  "FUSOR_DECLARE_KERNEL names");
    return is_there;
  }

  template <call_kind Kind, class Inputs, class Outputs>
  static void run(const call& given) {
    run<Kind, typename common_element<Inputs, Outputs>::type>(given, Inputs{});
  }

  template <class Element>
  static void run_numbers(const Element* values, Element* results) {
    if constexpr (has<Element>()) Declaration::run_numbers(values, results);
  }

 private:
  template <call_kind Kind, class Element, class... Inputs>
  static void run(const call& given, element_list<Inputs...>) {
    if constexpr (has<Element>()) {
      const scalar_inputs<Element, Inputs...> numbers(given);
      Declaration::template run<Element>(numbers.kind(Kind), given);
    }
  }
};

/// A kernel whose loops are in another file; called as `kernel<E>` is.
template <class Declaration,
          class Formula = std::remove_const_t<decltype(declared_formula<Declaration>)>>
using declared_kernel =
    kernel_calls<input_count<Formula>, output_count<Formula>, declared_body<Declaration>>;

}  // namespace detail

}  // namespace fusor

/// Declares a kernel in a header, in any namespace:
///
///     #include <fusor/kernel/declared.hpp>
///     FUSOR_DECLARE_KERNEL(gate, silu(x) * y);
///     FUSOR_DECLARE_KERNEL(last_layer, softmax(x / 2), element_types<float>);
///
/// `gate(a, b, out)` and all other calls are those of `kernel<silu(x) * y>`, with the same bits and
/// the same refusals. One file of the program includes <fusor/fusor.hpp> and that header, and has,
/// in the same namespace,
///
///     FUSOR_DEFINE_KERNEL(gate);
///     FUSOR_DEFINE_KERNEL(last_layer);
///
/// All arrays of a call have one element type, of those that are named (all four, if none is); a
/// number in place of an array is rounded to it. If the definition is missing, the linker misses
/// `gate_declaration::run`.
#define FUSOR_DECLARE_KERNEL(name, ...)                                                   \
  struct [[gnu::visibility("default")]] name##_declaration {                              \
    static constexpr auto declare() {                                                     \
      using namespace ::fusor;                                                            \
      return ::fusor::detail::declare(__VA_ARGS__);                                       \
    }                                                                                     \
    template <class Element>                                                              \
    static void run(::fusor::detail::call_kind kind, const ::fusor::detail::call& given); \
    template <class Element>                                                              \
    static void run_numbers(const Element* values, Element* results);                     \
  };                                                                                      \
  inline constexpr ::fusor::detail::declared_kernel<name##_declaration> name {}

#include "fusor/end.hpp"
