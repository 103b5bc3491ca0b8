// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <cstddef>

#include "fusor/language/compose.hpp"
#include "fusor/schedule/description.hpp"
#include "fusor/schedule/signature.hpp"
#include "fusor/transform/long_rows.hpp"
#include "fusor/transform/rules.hpp"

namespace fusor {

/// How often a kernel goes over memory: a property of the expression, known at compile time.
///
///     schedule<E>.passes   loops over the elements; with reductions, over each row
///     schedule<E>.reads    arrays read from memory; an input that folding removed is not read
///     schedule<E>.writes   arrays written
///     schedule<E>.passes_beyond_caches   passes over a row that fits no cache
///
/// A row is what a reduction takes together. From the second pass on it is read from the caches, if
/// it fits them. If not, every pass reads it from memory; softmax and log_softmax then find the
/// largest element and the sum in one.
struct memory_schedule {
  std::size_t passes;
  std::size_t reads;
  std::size_t writes;
  std::size_t passes_beyond_caches;
};

namespace detail {

template <class Program>
struct schedule_of;
template <class... Slots, class... Stages, class Axes, class... Outputs, class Carried,
          class CarriedOutputs>
struct schedule_of<row_parts<form_list<Slots...>, form_list<Stages...>, Axes, form_list<Outputs...>,
                             Carried, CarriedOutputs>> {
  /// What follows from reductions alone needs no pass of its own.
  static constexpr bool has_output_pass = (!(has_row<Outputs> && !reads_memory<Outputs>) || ...);
  template <std::size_t... I>
  static constexpr std::size_t reads(std::index_sequence<I...>) {
    return (std::size_t{0} + ... + (reads_slot<I, form_list<Stages..., Outputs...>> ? 1 : 0));
  }
  static constexpr std::size_t passes =
      (std::size_t{has_output_pass ? 1u : 0u} + ... + (goes_over_rows<Stages> ? 1 : 0));
  static constexpr bool is_long =
      joined_stages<sizeof...(Slots), form_list<Stages...>>::is_possible;
  static constexpr memory_schedule value = {passes,
                                            reads(std::make_index_sequence<sizeof...(Slots)>{}),
                                            sizeof...(Outputs), passes - (is_long ? 1 : 0)};
};

}  // namespace detail

template <auto Formula>
requires formula<decltype(Formula)>
inline constexpr memory_schedule schedule = [] {
  using program = detail::program_of<detail::as_expression(Formula)>;
  return detail::schedule_of<typename detail::as_row_program<program>::type::parts>::value;
}();

}  // namespace fusor

#include "fusor/end.hpp"
