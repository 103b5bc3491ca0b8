// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <array>
#include <type_traits>

#include "fusor/language/error.hpp"
#include "fusor/language/expression.hpp"

#include "fusor/language/precise_begin.hpp"

/// Activations with parameters: called with an expression and, in braces, their parameters by name.
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
  /// Refuses another value, with a sentence: its text must stand in the call of require_parameter,
  /// or else GCC does not show it. Null: the type says it all.
  void (*require)(bool holds);
  double (*get)(const Parameters&);
  void (*set)(Parameters&, double);

  /// Its value where none is given.
  constexpr double default_value() const {
    return get(Parameters{});
  }
};

namespace detail {

/// The ranges that parameters have. Infinity is a number, NaN is none.
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

/// (A function and not null: a comparison with null is no constant for GCC's sanitizers.)
constexpr void refuse_nothing(bool) {}

template <auto Member>
constexpr auto describe(const char* name, parameter_range range, const char* meaning,
                        void (*require)(bool) = refuse_nothing, bool is_required = false) {
  using structure = typename member_of<decltype(Member)>::structure;
  using value = typename member_of<decltype(Member)>::value;
  return parameter<structure>{
      name,
      is_required,
      range,
      meaning,
      require,
      [](const structure& from) {
        if constexpr (requires { (from.*Member).axes; }) {
          return static_cast<double>((from.*Member).axes[0]);  // one of several axes: the first
        } else {
          return static_cast<double>(from.*Member);
        }
      },
      [](structure& to, double number) {
        if constexpr (requires { (to.*Member).axes; }) {
          to.*Member = static_cast<int>(number);
        } else {
          to.*Member = static_cast<value>(number);
        }
      }};
}

inline namespace FUSOR_REFUSALS {

/// `Table` lists the parameters, `Formula` makes the expression from the argument and all of them.
/// What else somebody may call it with is refused by `Refusal`, whose sentence says which
/// parameters there are.
///
/// A refused call makes an expression, so that what is around it is no second error.
template <class Parameters, class Table, class Formula, class Refusal>
struct activation_with {
  static constexpr Table parameters{};
  static constexpr Formula formula{};

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
      for (const auto& each : Table{}()) each.require(each.range.holds(each.get(given)));
      return Formula{}(of, given);
    } else {
      Refusal{}(given);
      return of;
    }
  }
};

/// The same where parameters have no defaults.
template <class Parameters, class Table, class Formula, class Refusal>
struct activation_with_required {
  using required_parameters = Parameters;
  static constexpr Table parameters{};
  static constexpr Formula formula{};

  template <class A, class Given = Parameters>
  constexpr auto operator()(A of, Given given) const {
    return activation_with<Parameters, Table, Formula, Refusal>{}(of, given);
  }
  template <class A>
  constexpr A operator()(A wrong) const {
    Refusal{}(wrong);
    return wrong;
  }
};

template <class Parameters, class Table, class Formula, class Refusal>
constexpr activation_with<Parameters, Table, Formula, Refusal> with_parameters(Table, Formula,
                                                                               Refusal) {
  return {};
}
template <class Parameters, class Table, class Formula, class Refusal>
constexpr activation_with_required<Parameters, Table, Formula, Refusal> with_required_parameters(
    Table, Formula, Refusal) {
  return {};
}

}  // namespace FUSOR_REFUSALS
}  // namespace detail
}  // namespace fusor

#include "fusor/end.hpp"
#include "fusor/language/precise_end.hpp"
