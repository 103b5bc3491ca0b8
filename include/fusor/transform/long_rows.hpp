// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <type_traits>

#include "fusor/transform/rules.hpp"
#include "fusor/transform/stages.hpp"

/// Two stages that one reading of a row serves: a largest element, then sums of exponentials scaled
/// by it. The row is taken block by block; when a block has a larger element, the sums so far are
/// scaled anew, by a power of two, which rounds nothing.
namespace fusor::detail {

/// How a reduction follows row value `Largest`, the largest Term, when that grows.
enum class regrowth { unknown, sum, sum_below_largest, count_of_largest };

template <class Reduction, class Term, std::size_t Largest>
struct regrowth_of {
  static constexpr auto value = regrowth::unknown;
};

template <class Exp>
concept scaled_exp = std::same_as<Exp, op::exp_scaled> || std::same_as<Exp, op::exp_summed>;

/// The row values by which the exponentials are scaled.
template <std::size_t Origin, std::size_t Power, std::size_t Lowest>
struct scaled_by {
  static constexpr std::size_t origin = Origin;
  static constexpr std::size_t power = Power;
  static constexpr std::size_t lowest = Lowest;
};

template <scaled_exp Exp, class Term, std::size_t O, std::size_t P, std::size_t L, std::size_t M>
struct regrowth_of<reduction_of<op::reduce_sum, form<Exp, Term, row<O>, row<P>, row<L>>>, Term, M>
    : scaled_by<O, P, L> {
  static constexpr auto value = regrowth::sum;
};
template <scaled_exp Exp, class Term, std::size_t O, std::size_t P, std::size_t L, std::size_t M>
struct regrowth_of<
    reduction_of<op::reduce_sum, form<op::where, form<op::is_largest, Term, row<M>>, zero,
                                      form<Exp, Term, row<O>, row<P>, row<L>>>>,
    Term, M> : scaled_by<O, P, L> {
  static constexpr auto value = regrowth::sum_below_largest;
};
template <class Term, std::size_t M>
struct regrowth_of<
    reduction_of<op::count_sum, form<op::where, form<op::is_largest, Term, row<M>>, one, zero>>,
    Term, M> {
  static constexpr auto value = regrowth::count_of_largest;
};

/// Whether one reading serves the first two of these stages, which follow `Inputs` inputs.
template <std::size_t Inputs, class Stages>
struct joined_stages {
  static constexpr bool is_possible = false;
};
template <std::size_t Inputs, class Term, class Invariants, class... Reductions, class Following,
          class... Rest>
struct joined_stages<Inputs,
                     form_list<stage<form_list<reduction_of<op::largest, Term>>, Invariants>,
                               stage<form_list<Reductions...>, Following>, Rest...>> {
  template <class Reduction>
  static constexpr regrowth follows = regrowth_of<Reduction, Term, Inputs>::value;
  static constexpr std::size_t counts =
      (std::size_t{0} + ... + (follows<Reductions> == regrowth::count_of_largest ? 1 : 0));
  static constexpr bool is_possible =
      ((follows<Reductions> != regrowth::unknown &&
        (follows<Reductions> != regrowth::sum_below_largest || counts == 1)) &&
       ...);
};

template <class Program>
inline constexpr bool joins_stages = false;
template <class Slots, class Outputs, bool AreLowered>
inline constexpr bool joins_stages<row_program<Slots, Outputs, AreLowered>> =
    joined_stages<slots_in<Slots>::type::size,
                  typename row_program<Slots, Outputs, AreLowered>::stages>::is_possible;

}  // namespace fusor::detail
