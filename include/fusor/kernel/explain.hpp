// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "fusor/kernel/kernel.hpp"
#include "fusor/kernel/print_form.hpp"
#include "fusor/kernel/schedule.hpp"
#include "fusor/kernel/work.hpp"
#include "fusor/language/compose.hpp"
#include "fusor/language/print.hpp"
#include "fusor/schedule/describe.hpp"
#include "fusor/schedule/run_folded.hpp"
#include "fusor/schedule/signature.hpp"
#include "fusor/transform/trace.hpp"

/// What a kernel does, as text.
namespace fusor {

namespace detail {

/// A line for each rule that gave a part of the formula another form.
template <class... From, class... To>
std::string print_rewritings(form_list<rewriting<From, To>...>, const value_names& names) {
  std::string text;
  ((text += "  " + form_printer<From>::print(names).text + " is computed as " +
            form_printer<To>::print(names).text + "\n"),
   ...);
  return text;
}

/// "x", or "first_half(x)"
template <class Slot>
struct slot_name;
template <std::size_t Input, class... Halves, class... Axes>
struct slot_name<slot<Input, form<Halves, Axes>...>> {
  static std::string text() {
    std::string name = detail::print(argument<Input>{}, true).text;
    ((name = Halves::name + ("(" + name) + ")"), ...);
    return name;
  }
};

/// Text of a program, line by line.
class explanation {
 public:
  explicit explanation(value_names names) : names_(std::move(names)) {}

  /// The inputs that are read, as " x, y".
  template <std::size_t Inputs, class List>
  std::string inputs_of() const {
    std::string text;
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      ((text += !reads_slot<I, List> ? "" : (text.empty() ? " " : ", ") + names_[I]), ...);
    }
    (std::make_index_sequence<Inputs>{});
    return text;
  }

  /// A pass, and what each element takes in it.
  void begin_pass(const std::string& read, const work& takes) {
    const std::string each = work_text(takes);
    text_ += "pass " + std::to_string(++passes_) + (read.empty() ? "" : " reads" + read) +
             (each.empty() ? "" : "; each element takes " + each) + "\n";
  }
  void begin_given() {
    text_ += "given for each row\n";
  }
  /// What each row takes.
  void end_row(const work& takes) {
    const std::string each = work_text(takes);
    if (!each.empty()) text_ += "  each row takes " + each + "\n";
  }
  void add_meanings(const std::string& words) {
    text_ += words;
  }

  /// A row value, which gets the next letter.
  void find(const std::string& value) {
    const std::string name = next_name();
    text_ += "  " + name + " = " + value + "\n";
    names_.push_back(name);
  }
  template <class Form>
  void find_form() {
    find(form_printer<Form>::print(names_).text);
  }
  /// A reduction: its result, and the low part of it.
  template <class Reduction>
  void find_reduction(bool is_kept) {
    find(reduction_text(static_cast<const Reduction*>(nullptr)) +
         (is_kept ? ", each term kept" : ""));
    names_.push_back("low_part(" + names_.back() + ")");
  }

  template <class... Outputs>
  void write(form_list<Outputs...>) {
    std::size_t number = 0;
    ((text_ += "  output" + (sizeof...(Outputs) > 1 ? " " + std::to_string(++number) : "") + " = " +
               form_printer<Outputs>::print(names_).text + "\n"),
     ...);
  }

  void name_kept() {
    names_.push_back("kept");
  }
  const std::string& text() const {
    return text_;
  }

 private:
  std::string next_name() {
    const std::size_t letter = letters_++;
    return letter < 23 ? std::string(1, static_cast<char>('a' + letter))
                       : "r" + std::to_string(letter);
  }

  template <class Op, class Term, class... Arguments>
  std::string reduction_text(const reduction_of<Op, Term, Arguments...>*) const {
    std::string text = Op::name + ("(" + form_printer<Term>::print(names_).text);
    ((text += ", " + form_printer<Arguments>::print(names_).text), ...);
    return text + ")";
  }
  template <class Op>
  std::string reduction_text(const reduction_of<Op, void>*) const {
    return Op::name + std::string("()");
  }

  value_names names_;
  std::string text_;
  std::size_t passes_ = 0;
  std::size_t letters_ = 0;
};

/// The forms that are computed for others, each once; void is none.
template <class... Forms>
using computed_for =
    typename program<0, std::conditional_t<std::is_void_v<Forms>, in<0>, Forms>...>::seen;

template <class Program>
struct explain_program;
template <class... Slots, class... Stages, class Axes, class... Outputs, class Carried,
          class CarriedOutputs>
struct explain_program<row_parts<form_list<Slots...>, form_list<Stages...>, Axes,
                                 form_list<Outputs...>, Carried, CarriedOutputs>> {
  using program = row_parts<form_list<Slots...>, form_list<Stages...>, Axes, form_list<Outputs...>,
                            Carried, CarriedOutputs>;

  template <class... Reductions, class... Invariants>
  static void add(explanation& lines, stage<form_list<Reductions...>, form_list<Invariants...>>) {
    work takes = total_work<computed_for<typename Reductions::term...>>();
    takes.others += (0u + ... + !std::is_void_v<typename Reductions::term>);
    if (goes_over_rows<stage<form_list<Reductions...>, form_list<Invariants...>>>) {
      lines.begin_pass(lines.inputs_of<sizeof...(Slots), form_list<Reductions...>>(), takes);
    } else {
      lines.begin_given();
    }
    (lines.find_reduction<Reductions>(std::is_same_v<typename Reductions::term, Carried> &&
                                      !std::is_void_v<Carried>),
     ...);
    (lines.find_form<Invariants>(), ...);
    lines.end_row(total_work<computed_for<Invariants...>>());
  }
  template <class... Forms>
  static void write(explanation& lines, const std::string& read, form_list<Forms...> outputs) {
    lines.begin_pass(read, total_work<computed_for<Forms...>>());
    lines.write(outputs);
  }

  /// The operations of all passes, with words for those that are in no formula.
  template <class... Reductions, class... Invariants>
  static auto forms_of(stage<form_list<Reductions...>, form_list<Invariants...>>)
      -> concatenated<form_list<form<typename Reductions::operation>...>,
                      computed_for<typename Reductions::term..., Invariants...>>;
  template <class... Forms>
  static auto forms_of(form_list<Forms...>) -> concatenated<computed_for<Forms...>>;
  template <class Written>
  using all_forms = typename concatenated<typename decltype(forms_of(Stages{}))::type...,
                                          typename decltype(forms_of(Written{}))::type>::type;

  static std::string text() {
    explanation lines({slot_name<Slots>::text()...});
    (add(lines, Stages{}), ...);
    if constexpr (!std::is_void_v<Carried>) {
      lines.name_kept();
      write(lines, " what was kept", CarriedOutputs{});
      lines.add_meanings(meanings_in(all_forms<CarriedOutputs>{}));
    } else {
      if constexpr (schedule_of<program>::has_output_pass) {
        write(lines, lines.inputs_of<sizeof...(Slots), form_list<Outputs...>>(),
              form_list<Outputs...>{});
      } else {
        lines.write(form_list<Outputs...>{});
      }
      lines.add_meanings(meanings_in(all_forms<form_list<Outputs...>>{}));
    }
    return lines.text();
  }
};

template <auto Expression>
std::string explain_rewritings() {
  using type = std::remove_cvref_t<decltype(Expression)>;
  const value_names names = []<std::size_t... I>(std::index_sequence<I...>) {
    return value_names{detail::print(argument<I>{}, true).text...};
  }
  (std::make_index_sequence<input_count<type>>{});
  if constexpr (is_output_list<type>) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      std::string text;
      ((text += print_rewritings(
            typename rewritings_of<hana::at_c<I>(Expression.expressions)>::steps{}, names)),
       ...);
      return text;
    }
    (std::make_index_sequence<output_count<type>>{});
  } else {
    return print_rewritings(typename rewritings_of<Expression>::steps{}, names);
  }
}

/// Describes a call instead of running it.
class describer final : public runner {
 public:
  explicit describer(std::string& text) : runner(1), text_(text) {}

  void execute(std::size_t, const task&) const override {}
  bool describes_array(std::size_t count) const override {
    text_ += std::to_string(count) + (count == 1 ? " element" : " elements") +
             " in one loop: every array is contiguous\n";
    return true;
  }
  bool describes_product(std::size_t rows, std::size_t columns) const override {
    text_ += rows == 0
                 ? "the whole product of matrices, and then:\n"
                 : "parts of the product of matrices, of " + std::to_string(rows) + " rows and " +
                       std::to_string(columns) + " columns, and then of each part:\n";
    return true;
  }
  bool describes_rows(const row_kernel& kernel, const row_layout& layout) const override {
    const std::size_t bytes =
        kernel.least_workspace > workspace_bytes ? large_workspace_bytes : workspace_bytes;
    text_ += describe(kernel, layout, choose(kernel, layout, bytes),
                      folded_run::is_for(kernel, layout, bytes));
    return true;
  }

 private:
  std::string& text_;
};

}  // namespace detail

/// What `kernel<Formula>` does, in lines of text: the formula; which of its parts are computed as
/// another formula that keeps their digits; what each pass reads, finds and writes, in the
/// operations it is computed with; how many arrays are read and written. For people: the words may
/// change.
template <auto Formula>
requires formula<decltype(Formula)> std::string explain() {
  constexpr memory_schedule plan = schedule<Formula>;
  const auto arrays = [](std::size_t count) {
    return std::to_string(count) + (count == 1 ? " array" : " arrays");
  };
  std::string text = to_string(Formula) + "\n";
  text += detail::explain_rewritings<detail::as_expression(Formula)>();
  using program = detail::program_of<detail::as_expression(Formula)>;
  text += detail::explain_program<typename detail::as_row_program<program>::type::parts>::text();
  text += arrays(plan.reads) + " read, " + arrays(plan.writes) + " written";
  if (plan.passes_beyond_caches != plan.passes) {
    text += "; " + std::to_string(plan.passes_beyond_caches) + " passes where a row fits no cache";
  }
  return text + "\n";
}

/// The same, and then how the call `kernel<Formula>(arguments...)` is run with these arguments: the
/// way over memory that was chosen, and why. Nothing is computed. What the call refuses is refused
/// here as well.
template <auto Formula, class First, class... Arguments>
requires formula<decltype(Formula)> std::string explain(First&& first, Arguments&&... arguments) {
  std::string text = explain<Formula>();
  kernel<Formula>.describe(detail::describer(text), std::forward<First>(first),
                           std::forward<Arguments>(arguments)...);
  return text;
}

}  // namespace fusor

#include "fusor/end.hpp"
