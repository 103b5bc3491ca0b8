// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <ranges>
#include <tuple>
#include <type_traits>
#include <utility>

#include "fusor/kernel/plan.hpp"
#include "fusor/kernel/simd/targets.hpp"
#include "fusor/kernel/view.hpp"
#include "fusor/language/compose.hpp"
#include "fusor/transform/rules.hpp"

namespace fusor {

namespace detail {

/// What an argument of a call is.
enum class argument_kind { number, range, pointer, integer, unknown };

template <class T>
concept floating_number = std::same_as<T, float> || std::same_as<T, double> ||
    std::same_as<T, float16> || std::same_as<T, bfloat16>;

template <class T>
constexpr argument_kind kind_of() {
  using bare = std::remove_cvref_t<T>;
  if constexpr (floating_number<bare>) {
    return argument_kind::number;
  } else if constexpr (std::is_integral_v<bare>) {
    return argument_kind::integer;
  } else if constexpr (std::ranges::contiguous_range<T> && std::ranges::sized_range<T>) {
    return argument_kind::range;
  } else if constexpr (std::is_pointer_v<bare>) {
    return argument_kind::pointer;
  } else {
    return argument_kind::unknown;
  }
}

template <class T>
constexpr auto pointed_at() {
  if constexpr (kind_of<T>() == argument_kind::range) {
    return std::type_identity<
        std::remove_reference_t<std::ranges::range_reference_t<std::remove_reference_t<T>>>>{};
  } else {
    return std::type_identity<std::remove_pointer_t<std::remove_cvref_t<T>>>{};
  }
}

/// The element type of a range or pointer argument, const where the elements are.
template <class T>
using element_of = typename decltype(pointed_at<T>())::type;

/// The element type of an input, or `constant` for a number.
template <class T, bool IsNumber = kind_of<T>() == argument_kind::number>
struct input_element_of : std::type_identity<constant> {};
template <class T>
struct input_element_of<T, false> : std::remove_const<element_of<T>> {};

/// The type a call computes in: double if an array holds double, else float.
template <class... Elements>
struct compute_type_of
    : std::conditional<(std::is_same_v<Elements, double> || ...), double, float> {};
template <class... Elements>
using compute_type = typename compute_type_of<Elements...>::type;

/// What a call on numbers returns: their type if it is the same, else double if one is, else float.
template <class First, class... Rest>
struct number_result
    : std::conditional<(std::is_same_v<First, Rest> && ...), First, compute_type<First, Rest...>> {
};

/// Refuses an input at compile time, with one sentence; true if there was nothing to refuse.
template <class T>
constexpr bool is_input() {
  constexpr auto kind = kind_of<T>();
  static_assert(kind != argument_kind::integer,
                "kernel: a number must be floating-point; write 2.0 instead of 2");
  static_assert(kind != argument_kind::unknown,
                "kernel: an input must be a contiguous range, a pointer with a count, or a number");
  if constexpr (kind == argument_kind::range || kind == argument_kind::pointer) {
    static_assert(element<std::remove_const_t<element_of<T>>>,
                  "kernel: elements must be float, double, fusor::float16 or fusor::bfloat16; "
                  "convert other types first");
    return element<std::remove_const_t<element_of<T>>>;
  }
  return kind == argument_kind::number;
}

/// The same for an output.
template <class T>
constexpr bool is_output() {
  constexpr auto kind = kind_of<T>();
  constexpr bool is_memory = kind == argument_kind::range || kind == argument_kind::pointer;
  static_assert(is_memory,
                "kernel: an output must be a contiguous range, or a pointer with a count");
  if constexpr (is_memory) {
    using pointed = element_of<T>;
    static_assert(!std::is_const_v<pointed>,
                  "kernel: the output must be writable, its elements are const");
    static_assert(element<std::remove_const_t<pointed>>,
                  "kernel: elements must be float, double, fusor::float16 or fusor::bfloat16; "
                  "convert other types first");
    return element<pointed>;
  }
  return false;
}

/// The loop of a plan on the instruction set of this CPU.
template <class Plan>
void dispatch(const void* const* inputs, void* const* outputs, std::size_t count) {
#if defined(FUSOR_STATIC_DISPATCH)
  HWY_STATIC_DISPATCH(run<Plan>)(inputs, outputs, count);
#else
  using loop = void (*)(const void* const*, void* const*, std::size_t);
  static constexpr loop table[] = {nullptr, HWY_CHOOSE_TARGET_LIST(run<Plan>),
                                   HWY_CHOOSE_FALLBACK(run<Plan>)};
  auto& chosen = hwy::GetChosenTarget();
  if (!chosen.IsInitialized()) chosen.Update(hwy::SupportedTargets());
  table[chosen.GetIndex()](inputs, outputs, count);
#endif
}

/// The number that an argument holds, in the type a kernel computes in; 0 for memory.
template <class Compute, class T>
constexpr Compute number_in(const T& argument) {
  if constexpr (std::is_arithmetic_v<T>) {
    return static_cast<Compute>(argument);
  } else if constexpr (kind_of<const T&>() == argument_kind::number) {
    return static_cast<Compute>(static_cast<float>(argument));
  } else {
    return 0;
  }
}

/// An argument as an operand. `count` is that of pointers; `number` holds the value of a number.
template <class T>
operand_view view_of(T& argument, std::size_t count, const void* number) {
  constexpr auto kind = kind_of<T&>();
  if constexpr (kind == argument_kind::range) {
    return {std::ranges::data(argument), std::ranges::size(argument), sizeof(element_of<T&>),
            false};
  } else if constexpr (kind == argument_kind::pointer) {
    return {argument, count, sizeof(element_of<T&>), false};
  } else {
    return {number, 0, 0, true};
  }
}

template <argument_kind... Kinds>
struct kind_list {
  static constexpr std::size_t size = sizeof...(Kinds);
  template <argument_kind Kind>
  static constexpr bool all = ((Kinds == Kind) && ...);
  template <argument_kind Kind>
  static constexpr bool any = ((Kinds == Kind) || ...);
  static constexpr bool has_memory = any<argument_kind::range> || any<argument_kind::pointer>;
  static constexpr bool ends_with_count = [] {
    constexpr argument_kind kinds[] = {argument_kind::unknown, Kinds...};
    return kinds[size] == argument_kind::integer;
  }();
};

// A program compiled with and without FUSOR_STATIC_DISPATCH holds two different kernels.
#if defined(FUSOR_STATIC_DISPATCH)
inline namespace static_dispatch {
#else
inline namespace dynamic_dispatch {
#endif

/// The calls of kernel<E>. `Expression` is an expression or a list of outputs.
template <auto Expression>
class kernel_object {
  using written = std::remove_const_t<decltype(Expression)>;
  using pass = program_of<Expression>;
  static constexpr std::size_t input_total = input_count<written>;
  static constexpr std::size_t output_total = output_count<written>;
  static_assert(input_total <= 8, "kernel: an expression has at most eight inputs");

  template <std::size_t... I, std::size_t... O, class Arguments>
  static void on_memory(std::index_sequence<I...>, std::index_sequence<O...>, std::size_t count,
                        const Arguments& arguments) {
    constexpr bool accepted =
        (is_input<std::tuple_element_t<I, Arguments>>() && ... && true) &&
        (is_output<std::tuple_element_t<input_total + O, Arguments>>() && ...);
    if constexpr (accepted) {
      using inputs =
          element_list<typename input_element_of<std::tuple_element_t<I, Arguments>>::type...>;
      using outputs = element_list<element_of<std::tuple_element_t<input_total + O, Arguments>>...>;
      using compute =
          compute_type<typename input_element_of<std::tuple_element_t<I, Arguments>>::type...,
                       element_of<std::tuple_element_t<input_total + O, Arguments>>...>;
      const compute numbers[] = {number_in<compute>(std::get<I>(arguments))..., 0};
      const operand_view in[] = {view_of(std::get<I>(arguments), count, numbers + I)..., {}};
      const operand_view out[] = {view_of(std::get<input_total + O>(arguments), count, nullptr)...};
      check_operands({in, sizeof...(I)}, out);
      if (out[0].count == 0) return;
      const void* const in_data[] = {in[I].data..., nullptr};
      void* const out_data[] = {const_cast<void*>(out[O].data)...};
      dispatch<plan<pass, compute, outputs, inputs>>(in_data, out_data, out[0].count);
    }
  }

  template <class... Arguments>
  static void on_memory(std::size_t count, Arguments&... arguments) {
    on_memory(std::make_index_sequence<input_total>{}, std::make_index_sequence<output_total>{},
              count, std::tie(arguments...));
  }

  template <class... Numbers>
  static auto on_numbers(const Numbers&... numbers) {
    using result = typename number_result<Numbers...>::type;
    using compute = compute_type<result>;
    const result values[] = {static_cast<result>(number_in<compute>(numbers))...};
    std::array<result, output_total> results{};
    [&]<std::size_t... I, std::size_t... O>(std::index_sequence<I...>, std::index_sequence<O...>) {
      const void* const in_data[] = {values + I...};
      void* const out_data[] = {results.data() + O...};
      dispatch<plan<pass, compute, element_list<std::enable_if_t<(O + 1 > 0), result>...>,
                    element_list<std::enable_if_t<(I + 1 > 0), result>...>>>(in_data, out_data, 1);
    }
    (std::make_index_sequence<input_total>{}, std::make_index_sequence<output_total>{});
    if constexpr (output_total == 1) {
      return results[0];
    } else {
      return results;
    }
  }

 public:
  /// One argument for each input, then one for each output; the calls are listed at `kernel`.
  template <class... Arguments>
  auto operator()(Arguments&&... arguments) const {
    using kinds = kind_list<kind_of<Arguments&>()...>;
    constexpr std::size_t operands = input_total + output_total;
    constexpr bool one_to_one = input_total == 1 && output_total == 1;
    if constexpr (kinds::size == input_total && kinds::size > 0 && !kinds::has_memory) {
      if constexpr ((is_input<Arguments&>() && ...)) return on_numbers(arguments...);
    } else if constexpr (one_to_one && kinds::size == 1) {
      static_assert(!kinds::template any<argument_kind::pointer>,
                    "kernel: pointers must be followed by the count of their elements");
      on_memory(0, arguments..., arguments...);
    } else if constexpr (one_to_one && kinds::size == 2 && kinds::ends_with_count) {
      [](auto pointer, auto count) {
        on_memory(checked_count(count), pointer, pointer);
      }(arguments...);
    } else if constexpr (kinds::size == operands + 1 && kinds::ends_with_count) {
      const auto all = std::tie(arguments...);
      [&]<std::size_t... I>(std::index_sequence<I...>) {
        on_memory(checked_count(std::get<operands>(all)), std::get<I>(all)...);
      }
      (std::make_index_sequence<operands>{});
    } else if constexpr (kinds::size == operands) {
      static_assert(!kinds::template any<argument_kind::pointer>,
                    "kernel: pointers must be followed by the count of their elements");
      on_memory(0, arguments...);
    } else {
      static_assert(kinds::size == operands,
                    "kernel: the call needs one argument for each input of the expression, then "
                    "one for each output (then a count, if they are pointers)");
    }
  }
};

}  // namespace static_dispatch or dynamic_dispatch

/// Stands where a template argument was refused, so that its call is no second error.
struct refused_kernel {
  template <class... Arguments>
  void operator()(Arguments&&...) const {}
};

template <auto Formula>
constexpr auto make_kernel() {
  constexpr bool is_formula = formula<decltype(Formula)>;
  static_assert(is_formula,
                "kernel: the template argument must be an expression, an activation, or a callable "
                "from expressions to an expression");
  if constexpr (is_formula) {
    return kernel_object<as_expression(Formula)>{};
  } else {
    return refused_kernel{};
  }
}

}  // namespace detail

/// One fused, vectorised loop for a formula: an expression, an activation, a lambda from
/// expressions to an expression, or outputs(e1, e2, ...).
///
///     kernel<E>(in, out);            // ranges: std::vector, std::span, std::array, C arrays, ...
///     kernel<E>(in, out, count);     // pointers
///     kernel<E>(data);               // in place, for one input; kernel<E>(pointer, count) as well
///     kernel<E>(a, 0.5f, b, out);    // several inputs; a number stands for all positions
///     kernel<E>(1.0f);               // numbers alone: returns a number, of their type
///     kernel<outputs(E1, E2)>(in, out1, out2);
///
/// Elements are float, double, float16 or bfloat16, and may differ between operands. The kernel
/// computes in double if an array (or, in a call on numbers, a number) is double, else in float,
/// and rounds to nearest even at the end. The same input gives the same bits, whatever the length,
/// the position, the alignment, in place or not.
///
/// Memory is read once and written once. An output may be the very memory of an input; any other
/// overlap is refused.
///
/// Throws before anything is written: shape_error (lengths differ, null with a count, impossible
/// count), overlap_error.
template <auto Formula>
inline constexpr auto kernel = detail::make_kernel<Formula>();

/// Whether two formulas are the same after simplification, and so share one compiled loop.
template <auto Formula1, auto Formula2>
inline constexpr bool same_kernel = std::same_as<detail::program_of<as_expression(Formula1)>,
                                                 detail::program_of<as_expression(Formula2)>>;

}  // namespace fusor
