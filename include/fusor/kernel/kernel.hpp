// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <ranges>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

#include "fusor/kernel/argument.hpp"
#include "fusor/kernel/parallel.hpp"
#include "fusor/language/compose.hpp"
#include "fusor/language/view.hpp"
#include "fusor/schedule/describe.hpp"
#include "fusor/schedule/description.hpp"
#include "fusor/schedule/one_array.hpp"
#include "fusor/schedule/range.hpp"
#include "fusor/schedule/run_tiles.hpp"
#include "fusor/schedule/signature.hpp"
#include "fusor/simd/targets.hpp"
#include "fusor/transform/rules.hpp"

// Files of one program may be compiled with and without FUSOR_STATIC_DISPATCH, and for different
// instruction sets: each kind has kernels of its own.
#if defined(FUSOR_STATIC_DISPATCH)
#define FUSOR_DISPATCH HWY_CONCAT(static_dispatch_, HWY_NAMESPACE)
#else
#define FUSOR_DISPATCH dynamic_dispatch
#endif

namespace fusor {

namespace detail {

inline namespace FUSOR_REFUSALS {
inline namespace FUSOR_DISPATCH {

#if !defined(FUSOR_STATIC_DISPATCH)
/// The index of the instruction set of this CPU in a table of loops.
inline std::size_t chosen_target() {
  auto& chosen = hwy::GetChosenTarget();
  if (!chosen.IsInitialized()) chosen.Update(hwy::SupportedTargets());
  return chosen.GetIndex();
}

/// The loop for this CPU. Where its instruction set is not compiled in, the last one, which runs
/// everywhere: another file of the program may have that instruction set, and choose it.
template <class Loop, std::size_t Size>
Loop chosen_loop(const Loop (&table)[Size]) {
  const Loop loop = table[chosen_target()];
  return loop != nullptr ? loop : table[Size - 1];
}
#endif

/// The loop of a plan over contiguous memory, on the instruction set of this CPU.
template <class Plan>
auto loop_of_plan() {
  using loop = void (*)(const void* const*, void* const*, std::size_t);
#if defined(FUSOR_STATIC_DISPATCH)
  return loop(&HWY_STATIC_DISPATCH(run<Plan>));
#else
  static constexpr loop table[] = {nullptr, HWY_CHOOSE_TARGET_LIST(run<Plan>),
                                   HWY_CHOOSE_FALLBACK(run<Plan>)};
  return chosen_loop(table);
#endif
}

/// The loops of a plan over tensors.
template <class Plan>
const row_kernel& rows_of_plan() {
#if defined(FUSOR_STATIC_DISPATCH)
  return *HWY_STATIC_DISPATCH(rows_of<Plan>)();
#else
  using table_of = const row_kernel* (*)();
  static constexpr table_of table[] = {nullptr, HWY_CHOOSE_TARGET_LIST(rows_of<Plan>),
                                       HWY_CHOOSE_FALLBACK(rows_of<Plan>)};
  return *chosen_loop(table)();
#endif
}

/// Where part of a call's memory begins.
template <class Element>
const void* from_element(const void* data, std::size_t begin) {
  if constexpr (is_constant<Element>) {
    return data;
  } else {
    return static_cast<const Element*>(data) + begin;
  }
}

/// Runs a plan over `count` elements, or over parts of them on several threads.
template <class Plan, class Sharing, class... Inputs, class... Outputs, std::size_t... I,
          std::size_t... O>
void dispatch(const Sharing& sharing, element_list<Inputs...>, element_list<Outputs...>,
              std::index_sequence<I...>, std::index_sequence<O...>, const void* const* inputs,
              void* const* outputs, std::size_t count) {
  const auto loop = loop_of_plan<Plan>();
  if constexpr (std::is_same_v<Sharing, describing>) {
    sharing.array(count);
  } else if constexpr (std::is_same_v<Sharing, sequential>) {
    loop(inputs, outputs, count);
  } else {
    sharing.share_out(count, 1, 64, [=](std::size_t begin, std::size_t end) {
      const void* const in[] = {from_element<Inputs>(inputs[I], begin)..., nullptr};
      void* const out[] = {static_cast<Outputs*>(outputs[O]) + begin...};
      loop(in, out, end - begin);
    });
  }
}

template <class Plan, class Sharing>
void dispatch(const Sharing& sharing, const void* const* inputs, void* const* outputs,
              std::size_t count) {
  using in = typename Plan::inputs;
  using out = typename Plan::outputs;
  dispatch<Plan>(sharing, in{}, out{}, std::make_index_sequence<in::size>{},
                 std::make_index_sequence<out::size>{}, inputs, outputs, count);
}

/// Lanes `begin` to `end` of all rows.
inline row_layout part_of_lanes(const row_layout& layout, std::size_t operands, std::size_t begin,
                                std::size_t end) {
  row_layout part = layout;
  part.lane.extent = end - begin;
  for (std::size_t o = 0; o < operands; ++o) {
    part.data[o] += layout.lane.strides[o] * static_cast<std::ptrdiff_t>(begin);
  }
  return part;
}

/// Runs a plan over all blocks of rows.
template <class Plan, class Sharing>
void dispatch_rows(const Sharing& sharing, const row_layout& layout) {
  const row_kernel& kernel = rows_of_plan<Plan>();
  if constexpr (std::is_same_v<Sharing, describing>) {
    return sharing.rows(kernel, layout);
  } else if constexpr (!std::is_same_v<Sharing, sequential> && Plan::program::stages::size == 0) {
    // Element-wise: a row can be cut.
    const std::size_t rows = layout.outer.count();
    if (layout.lane.extent > rows) {
      constexpr std::size_t operands = Plan::inputs::size + Plan::outputs::size;
      return sharing.share_out(layout.lane.extent, rows, 64,
                               [&layout, &kernel, rows](std::size_t begin, std::size_t end) {
                                 run_tiles(kernel, part_of_lanes(layout, operands, begin, end), 0,
                                           rows);
                               });
    }
  }
  if constexpr (!std::is_same_v<Sharing, describing>) {
    const std::size_t lanes =
        layout.is_across ? std::min(layout.lane.extent, lanes_per_block) : layout.lane.extent;
    sharing.share_out(block_count(layout), lanes * layout.inner.count(), 1,
                      [&layout, &kernel](std::size_t begin, std::size_t end) {
                        run_tiles(kernel, layout, begin, end);
                      });
  }
}

/// The calls of kernel<E>. `Expression` is an expression or a list of outputs.
template <auto Expression>
class kernel_object {
  using written = std::remove_const_t<decltype(Expression)>;
  using pass = program_of<Expression>;
  static constexpr std::size_t input_total = input_count<written>;
  static constexpr std::size_t output_total = output_count<written>;
  static_assert(input_total <= max_inputs, "kernel: an expression has at most 16 inputs");
  static constexpr bool is_by_rows = is_row_program<pass>;

  /// A call on tensors of at most so many axes, or of a formula with reductions. `put` fills in
  /// what the inputs and the outputs are.
  template <class Compute, class Inputs, class Outputs, std::size_t Axes, class Sharing, class Put>
  static void on_tensors(const Sharing& sharing, const Put& put) {
    using rows = typename as_row_program<pass>::type;
    using slots = typename slot_elements<typename rows::slots, Inputs>::type;
    using description = description_of<rows, slots>;
    operand_axes<description::operand_total, Axes> room;
    std::array<tensor_operand, description::operand_total> operands;
    for (std::size_t i = 0; i < operands.size(); ++i) room.give(i, operands[i]);
    put(operands.data(), operands.data() + rows::inputs, description::is_reduced);
    if constexpr (!is_by_rows) {
      std::size_t count = 0;
      if (is_one_array(operands, input_total, count)) {
        return on_array<Compute, Inputs, Outputs>(sharing, operands, count);
      }
    }
    row_layout layout;
    if (!description::arrange(input_total, room, operands, layout)) return;
    using program = typename without_axes<rows>::type;
    dispatch_rows<plan<program, Compute, Outputs, slots>>(sharing, layout);
  }

  /// An element-wise formula where all arrays are contiguous.
  template <class Compute, class Inputs, class Outputs, class Sharing>
  static void on_array(const Sharing& sharing,
                       const std::array<tensor_operand, input_total + output_total>& operands,
                       std::size_t count) {
    const void* in[input_total + 1] = {};
    void* out[output_total];
    for (std::size_t i = 0; i < input_total; ++i) in[i] = operands[i].data;
    for (std::size_t o = 0; o < output_total; ++o) {
      out[o] = const_cast<char*>(operands[input_total + o].data);
    }
    dispatch<plan<pass, Compute, Outputs, Inputs>>(sharing, in, out, count);
  }

  template <std::size_t... I, std::size_t... O, class Sharing, class Count, class Arguments>
  static void on_memory(std::index_sequence<I...>, std::index_sequence<O...>,
                        const Sharing& sharing, Count count, const Arguments& arguments) {
    constexpr bool accepted =
        (is_input<std::tuple_element_t<I, Arguments>>() && ... && true) &&
        (is_output<std::tuple_element_t<input_total + O, Arguments>>() && ...);
    if constexpr (accepted) {
      using inputs =
          element_list<typename input_element_of<std::tuple_element_t<I, Arguments>>::type...>;
      using outputs =
          element_list<output_element_of<std::tuple_element_t<input_total + O, Arguments>>...>;
      using compute =
          compute_type<typename input_element_of<std::tuple_element_t<I, Arguments>>::type...,
                       output_element_of<std::tuple_element_t<input_total + O, Arguments>>...>;
      const compute numbers[] = {number_in<compute>(std::get<I>(arguments))..., 0};
      constexpr bool has_view =
          ((kind_of<std::tuple_element_t<I, Arguments>>() == argument_kind::view) || ...) ||
          ((kind_of<std::tuple_element_t<input_total + O, Arguments>>() == argument_kind::view) ||
           ...);
      if constexpr (is_by_rows || has_view) {
        using slots = typename as_row_program<pass>::type::slots;
        constexpr std::size_t axes =
            std::max({std::size_t{1}, axes_of<std::tuple_element_t<I, Arguments>>()...,
                      axes_of<std::tuple_element_t<input_total + O, Arguments>>()...});
        on_tensors<compute, inputs, outputs, axes>(
            sharing, [&](tensor_operand* in, tensor_operand* out, const auto& is_reduced) {
              (put_argument(std::get<I>(arguments),
                            count.of_input(I, input_total, halvings<I, slots>), numbers + I, in[I]),
               ...);
              (put_argument(std::get<input_total + O>(arguments),
                            count.of_output(O, output_total, is_reduced[O]), nullptr, out[O]),
               ...);
              (void)in, (void)numbers;
            });
      } else {
        const operand_view in[] = {
            view_of(std::get<I>(arguments), count.of_input(I, input_total, 0), numbers + I)..., {}};
        const operand_view out[] = {view_of(std::get<input_total + O>(arguments),
                                            count.of_output(O, output_total, false), nullptr)...};
        check_operands({in, sizeof...(I)}, out);
        if (out[0].count == 0) return;
        const void* const in_data[] = {in[I].data..., nullptr};
        void* const out_data[] = {const_cast<void*>(out[O].data)...};
        dispatch<plan<pass, compute, outputs, inputs>>(sharing, in_data, out_data, out[0].count);
      }
    }
  }

  template <class Sharing, class Count, class... Arguments>
  static void on_memory(const Sharing& sharing, Count count, Arguments&... arguments) {
    static_assert(!(Count::is_given && all_views<Arguments...>),
                  "kernel: a count goes with pointers and ranges; a view has a shape of its own");
    on_memory(std::make_index_sequence<input_total>{}, std::make_index_sequence<output_total>{},
              sharing, count, std::tie(arguments...));
  }

  template <class... Numbers>
  static auto on_numbers(const Numbers&... numbers) {
    using given = typename number_result<Numbers...>::type;
    using result = element_type<given>;
    using compute = compute_type<result>;
    const result values[] = {static_cast<result>(number_in<compute>(numbers))...};
    std::array<result, output_total> results{};
    if constexpr (is_by_rows) {
      [&]<std::size_t... I, std::size_t... O>(std::index_sequence<I...>,
                                              std::index_sequence<O...>) {
        on_tensors<compute, element_list<std::enable_if_t<(I + 1 > 0), result>...>,
                   element_list<std::enable_if_t<(O + 1 > 0), result>...>,
                   1>(sequential{}, [&](tensor_operand* in, tensor_operand* out, const auto&) {
          (put_operand(operand_view{values + I, 1, sizeof(result), false}, in[I]), ...);
          (put_operand(operand_view{results.data() + O, 1, sizeof(result), false}, out[O]), ...);
        });
      }
      (std::make_index_sequence<input_total>{}, std::make_index_sequence<output_total>{});
    } else {
      [&]<std::size_t... I, std::size_t... O>(std::index_sequence<I...>,
                                              std::index_sequence<O...>) {
        const void* const in_data[] = {values + I...};
        void* const out_data[] = {results.data() + O...};
        dispatch<plan<pass, compute, element_list<std::enable_if_t<(O + 1 > 0), result>...>,
                      element_list<std::enable_if_t<(I + 1 > 0), result>...>>>(
            sequential{}, in_data, out_data, 1);
      }
      (std::make_index_sequence<input_total>{}, std::make_index_sequence<output_total>{});
    }
    if constexpr (output_total == 1) {
      return std::bit_cast<given>(results[0]);
    } else {
      return std::bit_cast<std::array<given, output_total>>(results);
    }
  }

  template <class Sharing, class... Arguments>
  static auto call(const Sharing& sharing, Arguments&... arguments) {
    using kinds = kind_list<kind_of<Arguments&>()...>;
    constexpr std::size_t operands = input_total + output_total;
    constexpr bool one_to_one = input_total == 1 && output_total == 1;
    if constexpr (kinds::size == input_total && kinds::size > 0 && !kinds::has_memory) {
      if constexpr ((is_input<Arguments&>() && ...)) return on_numbers(arguments...);
    } else if constexpr (one_to_one && kinds::size == 1) {
      static_assert(!kinds::template any<argument_kind::pointer>,
                    "kernel: pointers must be followed by the count of their elements");
      on_memory(sharing, no_count{}, arguments..., arguments...);
    } else if constexpr (one_to_one && kinds::size == 2 && kinds::ends_with_count) {
      [&](auto& data, auto count) {
        on_memory(sharing, given_count{checked_count(count)}, data, data);
      }(arguments...);
    } else if constexpr (kinds::size == operands + 1 && kinds::ends_with_count) {
      const auto all = std::tie(arguments...);
      [&]<std::size_t... I>(std::index_sequence<I...>) {
        on_memory(sharing, given_count{checked_count(std::get<operands>(all))},
                  std::get<I>(all)...);
      }
      (std::make_index_sequence<operands>{});
    } else if constexpr (kinds::size == operands) {
      static_assert(!kinds::template any<argument_kind::pointer>,
                    "kernel: pointers must be followed by the count of their elements");
      on_memory(sharing, no_count{}, arguments...);
    } else {
      static_assert(input_total > 0,
                    "kernel: the formula has no input, so a call has only outputs (is there a "
                    "variable named x, y or z that hides an input?)");
      static_assert(input_total == 0 || kinds::size == operands,
                    "kernel: the call needs one argument for each input of the expression, then "
                    "one for each output (then a count, if they are pointers)");
    }
  }

  /// Refuses an output that dies with the call; true if there is none.
  template <class... Arguments>
  static constexpr bool keeps_outputs() {
    using kinds = kind_list<kind_of<Arguments&>()...>;
    constexpr std::size_t operands = sizeof...(Arguments) - (kinds::ends_with_count ? 1 : 0);
    constexpr std::size_t first_output = operands < input_total + output_total ? 0 : input_total;
    constexpr bool dies = [] {
      const bool owns[] = {owns_dying_memory<Arguments>..., false};
      return std::count(owns + first_output, owns + sizeof...(Arguments), true) != 0;
    }();
    static_assert(!dies,
                  "kernel: the output is a temporary that owns its elements, which die with it; "
                  "give it a name");
    return !dies;
  }

 public:
  /// One argument for each input, then one for each output; the calls are listed at `kernel`.
  template <class... Arguments>
  requires(!begins_with_policy<Arguments...>) auto operator()(Arguments&&... arguments) const {
    if constexpr ((is_argument<Arguments&>() && ... && keeps_outputs<Arguments...>())) {
      return call(sequential{}, arguments...);
    }
  }

  /// How such a call is run, instead of running it; see `explain`.
  template <class... Arguments>
  static void describe(std::string& text, Arguments&&... arguments) {
    if constexpr ((is_argument<Arguments&>() && ... && keeps_outputs<Arguments...>())) {
      call(describing{text}, arguments...);
    }
  }

  /// The same, shared out to several threads.
  template <class Policy, class... Arguments>
  requires begins_with_policy<Policy>
  auto operator()(Policy&& policy, Arguments&&... arguments) const {
    using executor = typename std::remove_cvref_t<Policy>::executor_type;
    static_assert(is_runnable<executor>,
                  "kernel: par needs a program compiled with -fopenmp; or pass parallel(executor)");
    if constexpr ((is_argument<Arguments&>() && ... &&
                   (is_runnable<executor> && keeps_outputs<Arguments...>()))) {
      return call(shared_out<executor>{policy}, arguments...);
    }
  }
};

}  // namespace FUSOR_DISPATCH
}  // namespace FUSOR_REFUSALS

/// Stands for the name of several functions, of which no type can be deduced: kernel<tanh>.
struct function_name {};

/// The template argument of a kernel: a formula, a number, or what somebody takes for a formula.
template <class T = function_name>
struct kernel_argument {
  T value;

  constexpr kernel_argument(T given) : value(given) {}
};

template <>
struct kernel_argument<function_name> {
  template <class Op>
  using function = node<Op, argument<0>> (*)(argument<0>);

  function_name value{};

  constexpr kernel_argument(function<op::abs>) {}
  constexpr kernel_argument(function<op::erf>) {}
  constexpr kernel_argument(function<op::erfc>) {}
  constexpr kernel_argument(function<op::exp>) {}
  constexpr kernel_argument(function<op::expm1>) {}
  constexpr kernel_argument(function<op::log>) {}
  constexpr kernel_argument(function<op::log1p>) {}
  constexpr kernel_argument(function<op::normal_cdf>) {}
  constexpr kernel_argument(function<op::rsqrt>) {}
  constexpr kernel_argument(function<op::sign>) {}
  constexpr kernel_argument(function<op::sqrt>) {}
  constexpr kernel_argument(function<op::square>) {}
  constexpr kernel_argument(function<op::tanh>) {}
};

template <std::size_t Size>
struct kernel_argument<spelling<Size>> {
  spelling<Size> value;

  constexpr kernel_argument(const char (&text)[Size]) : value(text) {}
};
template <std::size_t Size>
kernel_argument(const char (&)[Size]) -> kernel_argument<spelling<Size>>;

/// Whether a template argument is the name of an activation or of a function.
template <class T>
inline constexpr bool is_name = std::is_same_v<T, function_name>;
template <std::size_t Size>
inline constexpr bool is_name<spelling<Size>> = true;

/// Stands where a template argument was refused, so that its call is no second error.
struct refused_kernel {
  template <class... Arguments>
  void operator()(Arguments&&...) const {}
};

template <auto Formula>
constexpr auto make_kernel() {
  using type = std::remove_const_t<decltype(Formula)>;
  constexpr bool is_function = std::is_same_v<type, function_name>;
  static_assert(!is_function,
                "kernel: the template argument is a function; apply it: kernel<tanh(x)>");
  static_assert(!is_name<type> || is_function,
                "kernel: the template argument is text; an activation by its name is written "
                "\"relu\"_act");
  static_assert(!needs_parameters<type>,
                "kernel: this activation has parameters without defaults; give them by name, as in "
                "threshold(x, {.threshold = 0, .default_value = 0})");
  if constexpr (is_name<type> || needs_parameters<type>) {
    return refused_kernel{};
  } else {
    constexpr bool is_formula = formula<type>;
    static_assert(is_formula,
                  "kernel: the template argument must be an expression, an activation, or a "
                  "callable from expressions to an expression");
    if constexpr (is_formula) {
      return kernel_object<as_expression(Formula)>{};
    } else {
      return refused_kernel{};
    }
  }
}

}  // namespace detail

/// One fused, vectorised loop for a formula: an expression, an activation, a lambda from
/// expressions to an expression, or outputs(e1, e2, ...).
///
///     kernel<E>(in, out);            // ranges: std::vector, std::span, std::array, C arrays, ...
///     kernel<E>(in, out, count);     // pointers, or the first elements of ranges; of an input
///     that
///                                    // is halved twice as many, of an output that is reduced one
///     kernel<E>(data);               // in place, for one input; kernel<E>(data, count) as well
///     kernel<E>(a, 0.5f, b, out);    // up to 16 inputs; a number stands for all positions
///     kernel<2.5>(out);              // fills
///     kernel<E>(1.0f);               // numbers alone: returns a number, of their type
///     kernel<outputs(E1, E2)>(in, out1, out2);
///     kernel<E>(par, in, out);       // on several threads, see kernel/parallel.hpp; every call
///     kernel<E>(view(in, {2, 3}), bias, view(out, {2, 3}));  // tensors; see `view`
///
/// Between tensors, inputs broadcast to the shape of the output by NumPy's rules. An output that is
/// made of reductions alone lacks the reduced axes, or has them with extent 1.
///
/// Elements are float, double, float16 or bfloat16 (std::float16_t and the like are taken for what
/// they hold), and may differ between operands. The kernel
/// computes in double if an array (or, in a call on numbers, a number) is double, else in float,
/// and rounds to nearest even at the end. The same input gives the same bits, whatever the length,
/// the position, the alignment, in place or not; reductions: for the same shape, axes and strides.
///
/// Memory is read once and written once. An output may be the very memory of an input, if each
/// element is then read where it is written and nowhere else; any other overlap is refused.
///
/// Throws before anything is written: shape_error (lengths or shapes do not fit, null with a count,
/// a count that is impossible or larger than a range), axis_error (an axis that is not there, is
/// listed twice, cannot be halved, or is empty where a largest element is asked for),
/// overlap_error.
template <detail::kernel_argument Formula>
inline constexpr auto kernel = detail::make_kernel<detail::lift(Formula.value)>();

/// Whether two formulas are the same after simplification, and so share one compiled loop.
template <auto Formula1, auto Formula2>
inline constexpr bool same_kernel =
    std::same_as<detail::program_of<detail::as_expression(Formula1)>,
                 detail::program_of<detail::as_expression(Formula2)>>;

}  // namespace fusor

#include "fusor/end.hpp"
