// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <type_traits>

#include "fusor/kernel/call.hpp"
#include "fusor/kernel/dispatch.hpp"
#include "fusor/kernel/share.hpp"
#include "fusor/language/compose.hpp"
#include "fusor/language/matmul.hpp"
#include "fusor/schedule/arrays.hpp"
#include "fusor/schedule/description.hpp"
#include "fusor/schedule/one_array.hpp"
#include "fusor/schedule/run_in_place.hpp"
#include "fusor/schedule/signature.hpp"
#include "fusor/transform/rules.hpp"

namespace fusor::detail {
inline namespace FUSOR_REFUSALS {
inline namespace FUSOR_DISPATCH {

/// What a call of kernel<E> does once the types of its arguments are known: checks it, arranges its
/// loops and runs them. Formulas that are the same pass share it.
template <class Pass, std::size_t Inputs, std::size_t Outputs>
class kernel_body {
  using pass = Pass;
  static constexpr std::size_t input_total = Inputs;
  static constexpr std::size_t output_total = Outputs;
  static constexpr std::size_t total = input_total + output_total;
  static constexpr bool is_by_rows = is_row_program<pass>;

  template <class Element>
  static constexpr std::size_t size_of = is_constant<Element> ? 0 : sizeof(Element);

  template <class... In, class... Out>
  static void run_loop(element_list<In...>, element_list<Out...>, const runner* runs,
                       const void* const* in, void* const* out, std::size_t count) {
    using inputs = element_list<In...>;
    using outputs = element_list<Out...>;
    using stored = typename stored_outputs<pass, outputs>::type;
    const auto loop = loop_of_plan<plan<pass, compute_type<inputs, outputs>, stored, inputs>>();
    if (runs == nullptr) return loop(in, out, count, count);
    static constexpr std::array<std::size_t, input_total> input_sizes = {size_of<In>...};
    static constexpr std::array<std::size_t, output_total> output_sizes = {size_of<Out>...};
    detail::run_arrays(*runs, {loop, in, out, input_sizes, output_sizes}, count);
  }

  static bool are_apart(const void* a, std::size_t a_bytes, const void* b, std::size_t b_bytes) {
    const auto distance = reinterpret_cast<std::uintptr_t>(a) - reinterpret_cast<std::uintptr_t>(b);
    return distance >= b_bytes && -distance >= a_bytes;
  }

  /// An element-wise formula where all arrays are contiguous.
  template <class In, class Out>
  static void run_arrays(const call& given, std::size_t count) {
    const void* in[input_total + 1] = {};
    void* out[output_total];
    for (std::size_t i = 0; i < input_total; ++i) in[i] = given.operands[i].data;
    for (std::size_t o = 0; o < output_total; ++o) {
      out[o] = const_cast<char*>(given.operands[input_total + o].data);
    }
    run_loop(In{}, Out{}, given.runs, in, out, count);
  }

  /// Tensors of at most so many axes.
  template <class In, class Out, std::size_t Axes>
  [[gnu::noinline]] static void run_rows(const call& given) {
    using rows = typename as_row_program<pass>::type;
    using slots = typename slot_elements<typename rows::slots, In>::type;
    using description = description_of<typename rows::parts, slots>;
    constexpr std::size_t slot_total = description::operand_total - output_total;
    std::ptrdiff_t loop_strides[(Axes + 1) * description::operand_total];
    row_layout layout;
    const auto arrange = [&](std::span<tensor_operand, description::operand_total> operands) {
      return description::arrange(input_total, operands, layout, loop_strides);
    };
    if constexpr (slot_total == input_total) {
      if (!arrange(given.operands.template first<total>())) return;
    } else {
      operand_axes<slot_total - input_total, Axes> room;
      std::array<tensor_operand, description::operand_total> operands;
      std::copy_n(given.operands.begin(), input_total, operands.begin());
      for (std::size_t i = input_total; i < slot_total; ++i) {
        room.give(i - input_total, operands[i]);
      }
      std::copy_n(given.operands.begin() + input_total, output_total,
                  operands.begin() + slot_total);
      if (!arrange(operands)) return;
    }
    using program = typename without_axes<rows>::type;
    using stored = typename stored_outputs<pass, Out>::type;
    const row_kernel& kernel = rows_of_plan<plan<program, compute_type<In, Out>, stored, slots>>();
    detail::run_rows(given.runs, kernel, layout);
  }

  template <class In, class Out>
  static void run_tensors(const call& given) {
    using rows = typename as_row_program<pass>::type;
    using description = description_of<typename rows::parts,
                                       typename slot_elements<typename rows::slots, In>::type>;
    take_count(given.operands.first(input_total), given.operands.last(output_total), given.count,
               halvings_of_inputs<input_total, typename rows::slots>, description::is_reduced());
    if constexpr (!is_by_rows) {
      std::size_t count = 0;
      if (is_one_array(given.operands, input_total, count)) {
        return run_arrays<In, Out>(given, count);
      }
    }
    std::size_t rank = 0;
    for (const tensor_operand& operand : given.operands) rank = std::max(rank, operand.rank);
    constexpr std::size_t usual = 4;
    rank <= usual ? run_rows<In, Out, usual>(given) : run_rows<In, Out, most_axes>(given);
  }

 public:
  template <call_kind Kind, class In, class Out>
  static void run(const call& given) {
    static_assert(!has_packed<In>,
                  "kernel: a packed matrix is the second operand of a matmul, and nothing else");
    if constexpr (is_by_rows || Kind == call_kind::tensors) {
      run_tensors<In, Out>(given);
    } else {
      const auto inputs = given.operands.first(input_total);
      const auto outputs = given.operands.last(output_total);
      take_count(inputs, outputs, given.count);
      if (!are_right<input_total, output_total>(given.operands.data())) {
        check_arrays(inputs, outputs);
      }
      const std::size_t count = outputs[0].shape[0];
      if (count != 0) run_arrays<In, Out>(given, count);
    }
  }

  /// An element-wise formula on `count` elements of each array, if it is plain that nothing is
  /// wrong with them. False leaves the call, and what is to be said of it, to `run`.
  template <class... In, class... Out>
  static bool run_if_right(element_list<In...> inputs, element_list<Out...> outputs,
                           const void* const* in, void* const* out,
                           std::size_t count) requires(!is_by_rows) {
    constexpr std::size_t most = static_cast<std::size_t>(-1) / 16;
    bool is_right = count - 1 < most;
    std::size_t o = 0;
    const auto add_output = [&]<class Element>(std::type_identity<Element>) {
      is_right = is_right && out[o] != nullptr;
      std::size_t i = 0;
      [[maybe_unused]] const auto add_input = [&]<class Input>(std::type_identity<Input>) {
        is_right = is_right && in[i] != nullptr &&
                   ((std::is_same_v<Input, Element> && in[i] == out[o]) ||
                    are_apart(in[i], count * sizeof(Input), out[o], count * sizeof(Element)));
        ++i;
      };
      (add_input(std::type_identity<In>{}), ...);
      for (std::size_t other = 0; other < o; ++other) {
        is_right = is_right &&
                   are_apart(out[other], count * sizeof(double), out[o], count * sizeof(double));
      }
      ++o;
    };
    (add_output(std::type_identity<Out>{}), ...);
    if (!is_right) return false;
    run_loop(inputs, outputs, nullptr, in, out, count);
    return true;
  }

  /// The same on rows of `columns` elements, `count` in all, where some inputs are one row.
  template <class... In, class... Out>
  static bool run_rows_if_right(element_list<In...> inputs, element_list<Out...>,
                                const void* const* in, const bool* is_row, void* const* out,
                                std::size_t count, std::size_t columns) requires(!is_by_rows) {
    using outputs = element_list<Out...>;
    using compute = compute_type<element_list<In...>, outputs>;
    if constexpr ((std::is_same_v<In, compute> && ... && true) &&
                  (std::is_same_v<Out, compute> && ...)) {
      using rows = typename as_row_program<pass>::type;
      const row_kernel& kernel = rows_of_plan<
          plan<typename without_axes<rows>::type, compute, outputs, element_list<In...>>>();
      if (!in_place_rows::may_be(kernel, count / columns, columns)) return false;
      const char* data[total];
      for (std::size_t i = 0; i < total; ++i) {
        data[i] = static_cast<const char*>(i < input_total ? in[i] : out[i - input_total]);
        if (data[i] == nullptr) return false;
        const std::size_t bytes =
            (i < input_total && is_row[i] ? columns : count) * sizeof(compute);
        for (std::size_t o = 0; o < output_total && input_total + o != i; ++o) {
          if (i < input_total ? (data[i] == out[o] && !is_row[i]) : o > i - input_total) continue;
          if (!are_apart(data[i], bytes, out[o], count * sizeof(compute))) return false;
        }
      }
      return in_place_rows(kernel, data, is_row, count / columns, columns).run();
    } else {
      (void)inputs, (void)in, (void)is_row, (void)out, (void)count, (void)columns;
      return false;
    }
  }

  /// One position: `values` are the inputs, of one type all.
  template <class Element>
  static void run_numbers(const Element* values, Element* results) {
    using inputs = same_elements<Element, input_total>;
    using outputs = same_elements<Element, output_total>;
    if constexpr (is_by_rows) {
      operand_axes<total, 1> room;
      std::array<tensor_operand, total> operands;
      for (std::size_t i = 0; i < total; ++i) {
        room.give(i, operands[i]);
        operands[i].take_array(i < input_total ? values + i : results + (i - input_total), 1);
      }
      run_tensors<inputs, outputs>({operands, {}, nullptr});
    } else {
      const void* in[input_total + 1] = {};
      void* out[output_total];
      for (std::size_t i = 0; i < input_total; ++i) in[i] = values + i;
      for (std::size_t o = 0; o < output_total; ++o) out[o] = results + o;
      run_loop(inputs{}, outputs{}, nullptr, in, out, 1);
    }
  }
};

/// Of an expression, or a list of outputs; of those with products of matrices in product.hpp.
template <auto Expression, bool HasProducts>
struct choose_body {
  using given = std::remove_const_t<decltype(Expression)>;
  using type = kernel_body<program_of<Expression>, input_count<given>, output_count<given>>;
};
template <auto Expression, class T = std::remove_const_t<decltype(Expression)>>
using body_of = typename choose_body<Expression, has_matmul<T>>::type;

}  // namespace FUSOR_DISPATCH
}  // namespace FUSOR_REFUSALS
}  // namespace fusor::detail

#include "fusor/end.hpp"
