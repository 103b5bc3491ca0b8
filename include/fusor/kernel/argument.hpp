// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstddef>
#include <ranges>
#include <type_traits>

#include "fusor/kernel/plan.hpp"
#include "fusor/kernel/tensor.hpp"
#include "fusor/kernel/tensor_call.hpp"
#include "fusor/kernel/view.hpp"

/// The arguments of a call: what each is, what it holds, and what is refused at compile time.
namespace fusor::detail {

/// What an argument of a call is.
enum class argument_kind { number, range, view, pointer, integer, unknown };

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
  } else if constexpr (is_tensor_view<bare>) {
    return argument_kind::view;
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
  } else if constexpr (kind_of<T>() == argument_kind::view) {
    return std::type_identity<typename std::remove_cvref_t<T>::element_type>{};
  } else {
    return std::type_identity<std::remove_pointer_t<std::remove_cvref_t<T>>>{};
  }
}

/// The element type of a range, view or pointer argument, const where the elements are.
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
                "kernel: an input must be a contiguous range, a view, a pointer with a count, or a "
                "number");
  if constexpr (kind == argument_kind::range || kind == argument_kind::view ||
                kind == argument_kind::pointer) {
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
  constexpr bool is_memory =
      kind == argument_kind::range || kind == argument_kind::view || kind == argument_kind::pointer;
  static_assert(is_memory,
                "kernel: an output must be a contiguous range, a view, or a pointer with a count");
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

/// An argument as an operand of a call over tensors.
template <class T>
tensor_operand tensor_of(T& argument, std::size_t count, const void* number) {
  if constexpr (kind_of<T&>() == argument_kind::view) {
    return operand_of(argument);
  } else {
    return operand_of(view_of(argument, count, number));
  }
}

template <argument_kind... Kinds>
struct kind_list {
  static constexpr std::size_t size = sizeof...(Kinds);
  template <argument_kind Kind>
  static constexpr bool all = ((Kinds == Kind) && ...);
  template <argument_kind Kind>
  static constexpr bool any = ((Kinds == Kind) || ...);
  static constexpr bool has_memory =
      any<argument_kind::range> || any<argument_kind::view> || any<argument_kind::pointer>;
  static constexpr bool ends_with_count = [] {
    constexpr argument_kind kinds[] = {argument_kind::unknown, Kinds...};
    return kinds[size] == argument_kind::integer;
  }();
};

}  // namespace fusor::detail
