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

/// A formula with reductions, or with halves. Values are numbered: inputs, then row values (two for
/// every reduction: its result and the low part of it), then the carried value.
/// `carried` is a term of the last stage that `carried_outputs` read again, at position
/// `carried_at`, where `outputs` compute it anew; void if there is none.
template <class Slots, class Stages, class Axes, class Outputs, class Carried,
          std::size_t CarriedAt, class CarriedOutputs>
struct row_program {
  static constexpr std::size_t inputs = Slots::size;
  static constexpr std::size_t carried_at = CarriedAt;
  using slots = Slots;
  using stages = Stages;
  using axes = Axes;
  using outputs = Outputs;
  using carried = Carried;
  using carried_outputs = CarriedOutputs;
};

/// How many row values a stage finds.
template <class Stage>
inline constexpr std::size_t values_of = 2 * Stage::reductions::size + Stage::invariants::size;

/// Inputs 0, 1, ..., each whole.
template <class Indices>
struct whole_slots;
template <std::size_t... I>
struct whole_slots<std::index_sequence<I...>> : std::type_identity<form_list<slot<I>...>> {};

/// The same whatever the axes are: what is compiled does not depend on them.
template <class Program>
struct without_axes;
template <class Slots, class Stages, class Axes, class Outputs, class Carried,
          std::size_t CarriedAt, class CarriedOutputs>
struct without_axes<row_program<Slots, Stages, Axes, Outputs, Carried, CarriedAt, CarriedOutputs>> {
  using slots = typename whole_slots<std::make_index_sequence<Slots::size>>::type;
  using type = row_program<slots, Stages, form_list<>, Outputs, Carried, CarriedAt, CarriedOutputs>;
};

}  // namespace fusor::detail
