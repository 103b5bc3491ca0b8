// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <span>
#include <type_traits>

#include "fusor/schedule/element_list.hpp"
#include "fusor/schedule/operand.hpp"

/// A call after the types of its arguments have been taken from it.
namespace fusor::detail {

struct row_kernel;
struct row_layout;

/// One of several tasks: a function that is called with the number of the task.
struct task {
  void (*function)(const void* context, std::size_t number);
  const void* context;

  void operator()(std::size_t number) const {
    function(context, number);
  }
};

/// Who runs the loops of a call in place of the thread that makes it. It is asked after everything
/// that can be wrong with the call was checked.
class runner {
 public:
  explicit runner(std::size_t most_threads) : threads(most_threads) {}

  /// Calls `each(i)` for every i from 0 to count - 1, on any threads; returns when all are done.
  virtual void execute(std::size_t count, const task& each) const = 0;

  /// Whether a call is to be described alone; then it has been.
  virtual bool describes_array(std::size_t) const {
    return false;
  }
  virtual bool describes_rows(const row_kernel&, const row_layout&) const {
    return false;
  }
  /// The same of products of matrices, of which so many rows and columns are computed at a time; 0:
  /// all of them. What stands around them is described next.
  virtual bool describes_product(std::size_t, std::size_t) const {
    return false;
  }

  std::size_t threads;  // 0: not said

 protected:
  ~runner() = default;
};

/// Checks a call and runs nothing of it.
class checker final : public runner {
 public:
  checker() : runner(1) {}
  void execute(std::size_t, const task&) const override {}
  bool describes_array(std::size_t) const override {
    return true;
  }
  bool describes_rows(const row_kernel&, const row_layout&) const override {
    return true;
  }
};

/// What a call has besides its formula and the types of its elements.
struct call {
  std::span<tensor_operand> operands;  // the inputs, then the outputs
  call_count count;
  const runner* runs = nullptr;  // null: this thread
};

/// Whether all arguments of a call are ranges, pointers and numbers, or there are views as well.
enum class call_kind { arrays, tensors };

/// The numbers among the inputs of a call, as tensors without axes of elements like those of its
/// arrays: for loops that know arrays alone.
template <class Element, class... Inputs>
class scalar_inputs {
 public:
  /// What the call is then.
  static constexpr call_kind kind(call_kind as_given) {
    return (is_constant<Inputs> || ...) ? call_kind::tensors : as_given;
  }

  explicit scalar_inputs(const call& given) {
    using compute = compute_type<element_list<Element>>;
    constexpr bool is_number[] = {is_constant<Inputs>..., false};
    for (std::size_t i = 0; i < sizeof...(Inputs); ++i) {
      if (!is_number[i]) continue;
      const void* const number = given.operands[i].data;
      values_[i] = static_cast<Element>(*static_cast<const compute*>(number));
      given.operands[i].take_scalar(values_ + i);
    }
  }

 private:
  Element values_[sizeof...(Inputs) + 1];
};

/// The one element type of the arrays of a call; void if they have several.
template <class... Lists>
struct common_element;
template <class... Inputs, class First, class... Outputs>
struct common_element<element_list<Inputs...>, element_list<First, Outputs...>>
    : std::conditional<((std::is_same_v<First, Inputs> || is_constant<Inputs>)&&...) &&
                           (std::is_same_v<First, Outputs> && ...),
                       First, void> {};

}  // namespace fusor::detail
