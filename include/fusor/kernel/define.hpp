// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <tuple>
#include <type_traits>

#include "fusor/kernel/body.hpp"
#include "fusor/kernel/declared.hpp"

/// The loops of declared kernels.
namespace fusor::detail {
inline namespace FUSOR_REFUSALS {
inline namespace FUSOR_DISPATCH {

/// What a declared kernel runs, for arrays of one element type.
template <class Declaration, class Element>
void run_defined(call_kind kind, const call& given) {
  constexpr auto formula = declared_formula<Declaration>;
  using written = std::remove_const_t<decltype(formula)>;
  using inputs = same_elements<Element, input_count<written>>;
  using outputs = same_elements<Element, output_count<written>>;
  using body = body_of<formula>;
  kind == call_kind::arrays ? body::template run<call_kind::arrays, inputs, outputs>(given)
                            : body::template run<call_kind::tensors, inputs, outputs>(given);
}

/// The functions of a declared kernel for one element type.
template <class Element>
struct defined_functions {
  void (*run)(call_kind, const call&);
  void (*run_numbers)(const Element*, Element*);
};

template <class Declaration, class Element>
constexpr defined_functions<Element> define() {
  static_assert(declared_elements<Declaration>::template has<Element>,
                "FUSOR_DEFINE_KERNEL: the kernel is not declared for this element type");
  return {&Declaration::template run<Element>, &Declaration::template run_numbers<Element>};
}
template <class Declaration, class... Elements>
constexpr auto define(element_set<Elements...>) {
  return std::tuple(define<Declaration, Elements>()...);
}

}  // namespace FUSOR_DISPATCH
}  // namespace FUSOR_REFUSALS
}  // namespace fusor::detail

#define FUSOR_DEFINE_KERNEL_FUNCTIONS(name, arguments, ...)                       \
  template <class Element>                                                        \
  void name##_declaration::run(::fusor::detail::call_kind kind,                   \
                               const ::fusor::detail::call& given) {              \
    ::fusor::detail::run_defined<name##_declaration, Element>(kind, given);       \
  }                                                                               \
  template <class Element>                                                        \
  void name##_declaration::run_numbers(const Element* values, Element* results) { \
    using namespace ::fusor::detail;                                              \
    body_of<declared_formula<name##_declaration>>::run_numbers(values, results);  \
  }                                                                               \
  /* Makes the functions for these types, and keeps them. */                      \
  [[gnu::used]] static constexpr auto name##_definition =                         \
      ::fusor::detail::define<__VA_ARGS__>(arguments)
#define FUSOR_DEFINE_KERNEL_1(name)                                                             \
  FUSOR_DEFINE_KERNEL_FUNCTIONS(name, ::fusor::detail::declared_elements<name##_declaration>{}, \
                                name##_declaration)
#define FUSOR_DEFINE_KERNEL_2(name, element) \
  FUSOR_DEFINE_KERNEL_FUNCTIONS(name, , name##_declaration, element)
#define FUSOR_DEFINE_KERNEL_CHOICE(first, second, chosen, ...) chosen

/// Defines the loops of a kernel that FUSOR_DECLARE_KERNEL has declared: in one file of the
/// program, in the namespace of the declaration.
///
///     FUSOR_DEFINE_KERNEL(gate);          // for all types that it is declared for
///     FUSOR_DEFINE_KERNEL(gate, float);   // for one: other files have the others
#define FUSOR_DEFINE_KERNEL(...)                                                          \
  FUSOR_DEFINE_KERNEL_CHOICE(__VA_ARGS__, FUSOR_DEFINE_KERNEL_2, FUSOR_DEFINE_KERNEL_1, ) \
  (__VA_ARGS__)

#include "fusor/end.hpp"
