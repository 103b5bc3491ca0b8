// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "fusor/model/describe.hpp"
#include "fusor/model/plan.hpp"
#include "fusor/model/run_time/program.hpp"

/// The operands of a step as those of kernels.
namespace fusor::detail::models {

inline std::vector<std::ptrdiff_t> strides_of(const extents& shape) {
  const extents strides = row_major_strides(shape);
  return {strides.begin(), strides.end()};
}
inline bool is_plain(const program_operand& of) {
  return of.strides == strides_of(of.shape);
}

/// The operands of one step after the other. What they are in is that of a row of the model, with
/// the rows in the first axis.
template <class T>
class step_operands {
  using memory = program_operand::memory;

 public:
  step_operands(const graph& all, const plan& places, model_program<T>& to)
      : all_(all),
        places_(places),
        to_(to),
        factors_(all.weights.size(), none),
        constants_(all.weights.size(), none) {}

  void take(const step& each) {
    step_ = &each;
    how_ = arrangement_of(all_, each);
  }

  [[noreturn]] void refuse(const std::string& sentence) const {
    refuse_model("the kernel of " + layer_names(all_, *step_, in_quotes) + ", " +
                 in_quotes(formula_text(*step_)) + ": " + sentence + "; use fusor_add_model");
  }

  /// The output of the step.
  program_operand output() const {
    if (!step_->out_placement.empty()) return placed(step_->output, step_->out_placement[0]);
    return value_as(step_->output, all_.values[step_->output].shape);
  }

  /// An operand of the step by its position; of a product the second is packed.
  program_operand operand_of(std::size_t position) {
    const operand& of = step_->operands[position];
    const extents& own = all_.shape_of(of);
    if (of.from == operand::kind::weight) {
      return is_factor(position) ? factor(of.index) : constant_weight(of.index);
    }
    if (position == 0 && !step_->in_placement.empty()) {
      return placed(of.index, step_->in_placement[0]);
    }
    extents aligned = own;
    if (how_ == arrangement::all_axes) {
      // Axes that are missing are those after that of the rows.
      const std::size_t axes = step_->out_placement.empty()
                                   ? all_.values[step_->output].shape.size()
                                   : step_->out_placement[0].shape.size();
      if (aligned.size() < axes) aligned.insert(aligned.begin(), axes - own.size(), 1);
    }
    return value_as(of.index, aligned);
  }

  bool is_factor(std::size_t position) const {
    return step_->has_product && position == 1;
  }

  /// Numbers that are the same for all rows.
  program_operand constant(const extents& shape, std::vector<T> numbers) {
    to_.constants.push_back(std::move(numbers));
    return constant_at(to_.constants.size() - 1, shape);
  }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  program_operand place_of(std::size_t value) const {
    const location& at = places_.locations[all_.values[value].storage];
    program_operand made;
    made.of = at.at == location::kind::input    ? memory::input
              : at.at == location::kind::output ? memory::output
                                                : memory::workspace;
    made.index = at.index;
    made.has_rows = true;
    return made;
  }

  /// A value as the rows of a model lie: `shape` is that of one of them.
  program_operand value_as(std::size_t value, const extents& shape) const {
    program_operand made = place_of(value);
    const std::size_t count = count_of(shape);
    if (how_ == arrangement::arrays) {
      made.shape = {count};
    } else if (how_ == arrangement::rows) {
      const std::size_t last = shape.empty() ? 1 : shape.back();
      made.shape = {count / last, last};
    } else {
      made.shape = shape;
      made.shape.insert(made.shape.begin(), 1);
    }
    made.strides = strides_of(made.shape);
    return made;
  }
  program_operand placed(std::size_t value, const placement& at) const {
    program_operand made = place_of(value);
    made.offset = at.offset;
    made.shape = at.shape;
    made.shape.insert(made.shape.begin(), 1);
    made.strides.assign(at.strides.begin(), at.strides.end());
    made.strides.insert(made.strides.begin(),
                        static_cast<std::ptrdiff_t>(count_of(all_.values[value].shape)));
    return made;
  }

  program_operand factor(std::size_t weight) {
    const tensor& of = all_.weights[weight];
    if (factors_[weight] == none) {
      const std::vector<T> numbers(of.values.begin(), of.values.end());
      factors_[weight] = to_.factors.size();
      to_.factors.push_back(packed(view(numbers, {of.shape[0], of.shape[1]})));
    }
    program_operand made;
    made.numbers = to_.factors[factors_[weight]].data();
    made.shape = of.shape;
    made.strides.assign(of.shape.size(), 0);
    return made;
  }

  program_operand constant_at(std::size_t index, const extents& shape) const {
    program_operand made;
    made.numbers = to_.constants[index].data();
    made.shape = shape.empty() ? extents{1} : shape;
    made.strides = strides_of(made.shape);
    return made;
  }
  program_operand constant_weight(std::size_t weight) {
    const tensor& of = all_.weights[weight];
    if (constants_[weight] == none) {
      constants_[weight] = to_.constants.size();
      to_.constants.emplace_back();
      for (const double each : of.values) to_.constants.back().push_back(static_cast<T>(each));
    }
    return constant_at(constants_[weight], without_leading_ones(of.shape));
  }

  const graph& all_;
  const plan& places_;
  model_program<T>& to_;
  std::vector<std::size_t> factors_, constants_;  // of weights: where they are in the program
  const step* step_ = nullptr;
  arrangement how_ = arrangement::arrays;
};

}  // namespace fusor::detail::models
