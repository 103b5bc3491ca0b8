// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <type_traits>

#include "fusor/language/expression.hpp"

/// Activations with parameters: called with an expression and, in braces, their parameters by name.
namespace fusor::detail {

/// `Formula` makes the expression, from the argument and all parameters. What else somebody may
/// call it with is refused by `Refusal`, whose sentence says which parameters there are.
///
/// A refused call makes an expression, so that what is around it is no second error.
template <class Parameters, class Formula, class Refusal>
struct activation_with {
  /// Parameters in braces are of type `Given`, because it cannot be deduced from them.
  template <class A, class Given = Parameters>
  constexpr auto operator()(A of, Given given = {}) const {
    constexpr bool are_parameters = std::is_same_v<Given, Parameters>;
    static_assert(expression<A>,
                  "an activation makes an expression of an expression; to compute with numbers, "
                  "call its kernel: kernel<relu>(1.0f)");
    if constexpr (!expression<A>) {
      return literal{0};
    } else if constexpr (are_parameters) {
      return Formula{}(of, given);
    } else {
      Refusal{}(given);
      return of;
    }
  }
};

/// The same where parameters have no defaults.
template <class Parameters, class Formula, class Refusal>
struct activation_with_required {
  using required_parameters = Parameters;

  template <class A, class Given = Parameters>
  constexpr auto operator()(A of, Given given) const {
    return activation_with<Parameters, Formula, Refusal>{}(of, given);
  }
  template <class A>
  constexpr A operator()(A wrong) const {
    Refusal{}(wrong);
    return wrong;
  }
};

template <class Parameters, class Formula, class Refusal>
constexpr activation_with<Parameters, Formula, Refusal> with_parameters(Formula, Refusal) {
  return {};
}
template <class Parameters, class Formula, class Refusal>
constexpr activation_with_required<Parameters, Formula, Refusal> with_required_parameters(Formula,
                                                                                          Refusal) {
  return {};
}

}  // namespace fusor::detail

#include "fusor/end.hpp"
