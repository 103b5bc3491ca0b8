// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

#include "fusor/transform/program.hpp"

/// A formula with reductions as stages. Each stage reads a row and reduces it; the last one
/// computes the outputs from the row and from what the stages before have found, the row values. In
/// the forms of a stage, a row value found earlier is a leaf, `row<I>`, so that every stage is
/// element-wise.
namespace fusor::detail {

/// A part of an input: whole, or halves of halves, each step form<op::first_half, Axis> or so.
template <std::size_t Input, class... Steps>
struct slot {
  static constexpr std::size_t input = Input;
};

/// One reduction of a stage: what it reduces with, and the form of its terms. `Arguments` are row
/// values that it needs besides.
template <class Op, class Term, class... Arguments>
struct reduction_of {
  using operation = Op;
  using term = Term;
};

/// One stage: reductions, then the row values that follow from theirs.
template <class Reductions, class Invariants>
struct stage {
  using reductions = Reductions;
  using invariants = Invariants;
};

/// How many row values a stage finds.
template <class Stage>
inline constexpr std::size_t values_of = 2 * Stage::reductions::size + Stage::invariants::size;

/// Inputs 0, 1, ..., each whole.
template <std::size_t Inputs>
struct whole_slots {};

/// The slots that are meant, as a list.
template <class Slots>
struct slots_in : std::type_identity<Slots> {};
template <std::size_t Inputs>
struct slots_in<whole_slots<Inputs>> {
  template <std::size_t... I>
  static auto make(std::index_sequence<I...>) -> form_list<slot<I>...>;
  using type = decltype(make(std::make_index_sequence<Inputs>{}));
};

}  // namespace fusor::detail
