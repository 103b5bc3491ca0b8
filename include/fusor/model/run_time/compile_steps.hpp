// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fusor/model/run_time/choose_kernel.hpp"
#include "fusor/model/run_time/formula_tree.hpp"
#include "fusor/model/run_time/program.hpp"
#include "fusor/model/run_time/step_operands.hpp"

/// From the steps of a graph to the kernels that are called.
namespace fusor::detail::models {

/// Adds the instructions of steps to a program.
template <class T>
class step_compiler {
  using memory = program_operand::memory;

 public:
  step_compiler(const graph& all, const plan& places, model_program<T>& to)
      : from_(all, places, to), places_(places), to_(to) {}

  void add(const step& each) {
    from_.take(each);
    choices_ = {};
    rooms_.clear();
    is_out_taken_ = false;
    formula_tree formula = folded(formula_reader::read(each.formula));
    operands_.clear();
    for (std::size_t i = 0; i < each.operands.size(); ++i) operands_.push_back(from_.operand_of(i));
    out_ = from_.output();
    if (is_reduction(formula) && !formula.members.empty()) merge_axes(formula);
    std::size_t axes = out_.shape.size();
    for (const program_operand& operand : operands_) axes = std::max(axes, operand.shape.size());
    if (axes > most_program_axes) refuse("it has more than 12 axes");
    if (formula.is != formula_tree::kind::function) {
      return add_call(kernel_of("x"), {leaf(formula)}, out_);
    }
    compute(formula, out_.offset == 0 && is_plain(out_), true);
  }

  /// The elements of a row that the steps need besides the values between them, at most.
  std::size_t more_elements() const {
    return more_elements_;
  }

 private:
  [[noreturn]] void refuse(const std::string& sentence) const {
    from_.refuse(sentence);
  }

  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  static constexpr std::size_t in_out = static_cast<std::size_t>(-2);

  /// What an operand of a kernel is, and which room it takes until it has been read.
  struct computed {
    program_operand where;
    std::size_t room = none;
  };

  /// The axes of a reduction, which follow each other and end before that of the channels, become
  /// one, and the formula that of kernels for it.
  void merge_axes(formula_tree& formula) {
    program_operand& in = operands_.at(0);
    const std::vector<double> axes = formula.members[0].values;
    const std::size_t rank = in.shape.size();
    bool fits = formula.members.size() == 1 && formula.members[0].name == "axis" &&
                axes.size() + 2 <= rank && out_.shape.size() == rank;
    for (std::size_t i = 0; i < axes.size(); ++i) {
      fits = fits && axes[i] == static_cast<double>(rank - 1 - axes.size() + i);
    }
    if (!fits) refuse("there is no kernel for these axes at run time");
    for (program_operand* const each : {&in, &out_}) {
      for (std::size_t i = 1; i < axes.size(); ++i) {
        const std::size_t last = each->shape.size() - 2;
        const auto inner = static_cast<std::ptrdiff_t>(each->shape[last]);
        if (each->strides[last - 1] != each->strides[last] * inner) {
          refuse("there is no kernel for these axes at run time");
        }
        each->shape[last] *= each->shape[last - 1];
        each->shape.erase(each->shape.end() - 3);
        each->strides.erase(each->strides.end() - 3);
      }
    }
    formula.members[0].values = {-2};
  }

  computed leaf(const formula_tree& of) {
    if (of.is == formula_tree::kind::operand) return {operands_.at(of.index)};
    return {from_.constant({1}, {static_cast<T>(of.number)})};
  }

  /// The extents of what a formula gives for a row.
  extents shape_of(const formula_tree& of) const {
    if (of.is == formula_tree::kind::number) return {1};
    if (of.is == formula_tree::kind::operand) return operands_.at(of.index).shape;
    if (of.function == "matmul") {
      extents shape = shape_of(of.children.at(0));
      shape.back() = shape_of(of.children.at(1)).back();
      return shape;
    }
    extents shape{1};
    for (const formula_tree& child : of.children) {
      if (!broadcast(shape, shape_of(child))) refuse("its shapes do not fit");
    }
    const bool halves = of.function == "glu";
    if (!halves && !is_reduction(of)) return shape;
    double axis = -1;
    for (const tree_member& member : of.members) {
      if (member.name == "axis") axis = member.values.at(0);
    }
    const double rank = static_cast<double>(shape.size());
    if (axis >= 0 || axis < -rank) refuse("there is no kernel for this axis at run time");
    std::size_t& extent = shape[static_cast<std::size_t>(rank + axis)];
    extent = halves ? extent / 2 : 1;
    return shape;
  }

  const step_kernel* kernel_of(std::string_view formula) const {
    for (const known_kernel& each : known_kernels<T>()) {
      if (each.kernel->formula == formula) return each.kernel;
    }
    refuse("there is no kernel for it at run time");
  }

  void add_call(const step_kernel* kernel, const std::vector<computed>& inputs,
                const program_operand& out, const std::optional<handle_body>& activation = {}) {
    program_instruction made;
    if (kernel != nullptr) made.kernel = kernel->run;
    made.activation = activation;
    for (const computed& each : inputs) made.operands.push_back(each.where);
    made.operands.push_back(out);
    to_.instructions.push_back(std::move(made));
  }

  /// Adds the kernels of a formula, and says where its result is: in the output if it is the whole
  /// formula; what is before it may lie there as well if `may_use_out`.
  computed compute(const formula_tree& of, bool may_use_out, bool is_whole) {
    if (of.is != formula_tree::kind::function) return leaf(of);
    if (!is_of_rows(of)) refuse("there is no kernel for formulas of weights alone at run time");
    std::vector<const formula_tree*> children;
    std::optional<handle_body> activation;
    const step_kernel* const kernel = choices_.choose(of, children);
    if (kernel == nullptr) {
      if (!is_activation(of)) {
        refuse("there is no kernel for its " + in_quotes(of.function) + " at run time");
      }
      activation = activation_of_tree(of);
      children = {&of.children[0]};
    }
    const bool is_product = kernel != nullptr && kernel->formula.starts_with("matmul(x, y)");
    const bool may_be_in_place = !is_product && !is_reduction(of);
    const extents shape = shape_of(of);
    std::vector<computed> inputs;
    for (std::size_t i = 0; i < children.size(); ++i) {
      const formula_tree& child = *children[i];
      const bool is_packed =
          child.is == formula_tree::kind::operand && from_.is_factor(child.index);
      if (is_packed != (is_product && i == 1)) refuse("its product has no kernel at run time");
      inputs.push_back(compute(child, may_use_out && may_be_in_place, false));
    }
    for (std::size_t i = 0; kernel != nullptr && i < kernel->parameters.size(); ++i) {
      const double value = parameter_of(of, kernel->parameters[i]);
      inputs.push_back({from_.constant({1}, {static_cast<T>(value)})});
    }
    computed result{out_, in_out};
    if (!is_whole) result = room_for(shape, inputs, may_use_out, may_be_in_place);
    add_call(kernel, inputs, result.where, activation);
    for (const computed& each : inputs) {
      if (each.room != result.room) release(each.room);
    }
    return result;
  }

  /// Room for a result: that of an input of its shape, the output, or a free part of the workspace.
  computed room_for(const extents& shape, const std::vector<computed>& inputs, bool may_use_out,
                    bool may_be_in_place) {
    for (const computed& each : inputs) {
      if (may_be_in_place && each.room != none && each.where.shape == shape) return each;
    }
    if (may_use_out && !is_out_taken_ && shape == out_.shape) {
      is_out_taken_ = true;
      return {out_, in_out};
    }
    const std::size_t elements = count_of(shape);
    std::size_t chosen = 0;
    while (chosen < rooms_.size() && (rooms_[chosen].is_taken || rooms_[chosen].size < elements)) {
      ++chosen;
    }
    if (chosen == rooms_.size()) {
      const std::size_t size =
          (elements + alignment_elements - 1) / alignment_elements * alignment_elements;
      const std::size_t offset = rooms_.empty() ? 0 : rooms_.back().offset + rooms_.back().size;
      rooms_.push_back({offset, size, false});
      more_elements_ = std::max(more_elements_, offset + size);
    }
    rooms_[chosen].is_taken = true;
    program_operand made;
    made.of = memory::workspace;
    made.index = places_.row_elements + rooms_[chosen].offset;
    made.shape = shape;
    made.strides = strides_of(shape);
    made.has_rows = true;
    return {made, chosen};
  }
  void release(std::size_t room) {
    if (room == in_out) is_out_taken_ = false;
    if (room < rooms_.size()) rooms_[room].is_taken = false;
  }

  struct part {
    std::size_t offset, size;
    bool is_taken;
  };

  /// Whether a formula reads values of the rows, and not weights alone.
  bool is_of_rows(const formula_tree& of) const {
    if (of.is == formula_tree::kind::operand) return operands_.at(of.index).has_rows;
    return std::any_of(of.children.begin(), of.children.end(),
                       [&](const formula_tree& child) { return is_of_rows(child); });
  }

  step_operands<T> from_;
  const plan& places_;
  model_program<T>& to_;
  std::size_t more_elements_ = 0;
  // Of the step that is added.
  std::vector<program_operand> operands_{};
  program_operand out_{};
  kernel_choices<T> choices_{};
  std::vector<part> rooms_{};
  bool is_out_taken_ = false;
};

}  // namespace fusor::detail::models
