// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include "fusor/kernel/plan.hpp"
#include "fusor/language/compose.hpp"
#include "fusor/transform/rules.hpp"

namespace fusor {

namespace detail {

template <std::size_t Index, class Form>
inline constexpr bool reads_input = std::is_same_v<Form, in<Index>>;
template <std::size_t Index, class Op, class... Children>
inline constexpr bool reads_input<Index, form<Op, Children...>> = (reads_input<Index, Children> ||
                                                                   ...);
template <std::size_t Index, class... Forms>
inline constexpr bool reads_input<Index, form_list<Forms...>> = (reads_input<Index, Forms> || ...);

template <class Program, std::size_t... I>
constexpr std::size_t count_reads(std::index_sequence<I...>) {
  return (std::size_t{0} + ... + (reads_input<I, typename Program::outputs> ? 1 : 0));
}

}  // namespace detail

/// How often a kernel goes over memory: a property of the expression, known at compile time.
///
///     schedule<E>.passes   loops over the elements
///     schedule<E>.reads    arrays read from memory; an input that folding removed is not read
///     schedule<E>.writes   arrays written
struct memory_schedule {
  std::size_t passes;
  std::size_t reads;
  std::size_t writes;
};

template <auto Formula>
requires formula<decltype(Formula)>
inline constexpr memory_schedule schedule = [] {
  using program = detail::program_of<as_expression(Formula)>;
  return memory_schedule{1,
                         detail::count_reads<program>(std::make_index_sequence<program::inputs>{}),
                         program::outputs::size};
}();

}  // namespace fusor
