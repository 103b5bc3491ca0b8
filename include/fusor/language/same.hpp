// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "fusor/language/expression.hpp"
#include "fusor/language/reduction.hpp"

#include "fusor/language/precise_begin.hpp"

/// Whether two expressions are the same, by type and numbers.
namespace fusor::detail {

template <std::size_t I, class Op, class... Children>
constexpr auto child(const node<Op, Children...>& e) {
  return hana::at_c<I>(e.children);
}

constexpr bool is_same(literal a, literal b) {
  return std::bit_cast<std::uint64_t>(a.value) == std::bit_cast<std::uint64_t>(b.value);
}
constexpr bool is_same(truth a, truth b) {
  return a.value == b.value;
}
constexpr bool is_same(const axis_list& a, const axis_list& b) {
  bool same = a.size == b.size;
  for (std::size_t i = 0; i < axis_list::most; ++i) same = same && a.axes[i] == b.axes[i];
  return same;
}
template <std::size_t Index>
constexpr bool is_same(argument<Index>, argument<Index>) {
  return true;
}
template <class A, class B>
constexpr bool is_same(const A&, const B&) {
  return false;
}
template <class Op, class... Children>
constexpr bool is_same(const node<Op, Children...>& a, const node<Op, Children...>& b) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    return (is_same(child<I>(a), child<I>(b)) && ...);
  }
  (std::index_sequence_for<Children...>{});
}

/// Whether the type of an expression says all of it.
template <class E>
inline constexpr bool is_its_type = false;
template <std::size_t Index>
inline constexpr bool is_its_type<argument<Index>> = true;
template <class Op, class... Children>
inline constexpr bool is_its_type<node<Op, Children...>> = (is_its_type<Children> && ...);

}  // namespace fusor::detail

#include "fusor/end.hpp"
#include "fusor/language/precise_end.hpp"
