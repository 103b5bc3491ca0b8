// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

#include "fusor/kernel/argument.hpp"
#include "fusor/kernel/call.hpp"
#include "fusor/kernel/parallel.hpp"

namespace fusor::detail {
inline namespace FUSOR_REFUSALS {

/// The calls of a kernel of so many inputs and outputs: which forms there are, and from their
/// arguments to a `call`, which `Body` runs.
template <std::size_t Inputs, std::size_t Outputs, class Body>
class kernel_calls : protected Body {
  static constexpr std::size_t total = Inputs + Outputs;

  template <std::size_t... I, std::size_t... O, class Arguments>
  void on_memory(std::index_sequence<I...>, std::index_sequence<O...>, const runner* runs,
                 call_count count, const Arguments& arguments) const {
    constexpr bool accepted = (is_input<std::tuple_element_t<I, Arguments>>() && ... && true) &&
                              (is_output<std::tuple_element_t<Inputs + O, Arguments>>() && ...);
    if constexpr (accepted) {
      using inputs =
          element_list<typename input_element_of<std::tuple_element_t<I, Arguments>>::type...>;
      using outputs =
          element_list<output_element_of<std::tuple_element_t<Inputs + O, Arguments>>...>;
      constexpr bool is_flat = (is_array<std::tuple_element_t<I, Arguments>>() && ... && true) &&
                               (is_array<std::tuple_element_t<Inputs + O, Arguments>>() && ...);
      if constexpr (is_flat && requires(const void* const* in, void* const* out) {
                      Body::run_if_right(inputs{}, outputs{}, in, out, 1);
                    }) {
        // The usual call, short.
        const std::size_t length =
            count.is_given ? count.value : array_size(std::get<Inputs>(arguments), count.value);
        const void* const in[] = {array_data(std::get<I>(arguments))..., nullptr};
        void* const out[] = {array_data(std::get<Inputs + O>(arguments))...};
        const auto holds = [&](const auto& array) {
          const std::size_t size = array_size(array, length);
          return count.is_given ? size >= length : size == length;
        };
        if (runs == nullptr && (holds(std::get<I>(arguments)) && ... && true) &&
            (holds(std::get<Inputs + O>(arguments)) && ...) &&
            Body::run_if_right(inputs{}, outputs{}, in, out, length)) {
          return;
        }
      }
      if constexpr (requires(const void* const* in, void* const* out) {
                      Body::run_if_right(inputs{}, outputs{}, in, out, 1);
                    }) {
        if (runs == nullptr && run_views(std::index_sequence<I...>{}, std::index_sequence<O...>{},
                                         inputs{}, outputs{}, arguments)) {
          return;
        }
      }
      using compute = compute_type<inputs, outputs>;
      const compute numbers[] = {number_in<compute>(std::get<I>(arguments))..., 0};
      constexpr std::size_t axes =
          std::max({std::size_t{1}, axes_of<std::tuple_element_t<I, Arguments>>()...,
                    axes_of<std::tuple_element_t<Inputs + O, Arguments>>()...});
      operand_axes<total, axes> room;
      std::array<tensor_operand, total> operands;
      for (std::size_t i = 0; i < total; ++i) room.give(i, operands[i]);
      (put_argument(std::get<I>(arguments), numbers + I, operands[I]), ...);
      (put_argument(std::get<Inputs + O>(arguments), nullptr, operands[Inputs + O]), ...);
      constexpr bool has_view =
          ((kind_of<std::tuple_element_t<I, Arguments>>() == argument_kind::view) || ...) ||
          ((kind_of<std::tuple_element_t<Inputs + O, Arguments>>() == argument_kind::view) || ...);
      this->template run<has_view ? call_kind::tensors : call_kind::arrays, inputs, outputs>(
          {operands, count, runs});
    }
  }

  /// The usual call of views, short: all are arrays of one shape, or inputs are a row of the last
  /// axis. False leaves the call to others, with nothing done.
  template <std::size_t... I, std::size_t... O, class In, class Out, class Arguments>
  static bool run_views(std::index_sequence<I...>, std::index_sequence<O...>, In, Out,
                        const Arguments& arguments) {
    constexpr std::size_t rank = fixed_rank<std::tuple_element_t<Inputs, Arguments>>();
    constexpr std::size_t input_ranks[] = {fixed_rank<std::tuple_element_t<I, Arguments>>()...,
                                           rank};
    constexpr bool is_usual =
        rank > 0 && ((input_ranks[I] == rank || input_ranks[I] == 1) && ... && true) &&
        ((fixed_rank<std::tuple_element_t<Inputs + O, Arguments>>() == rank) && ...);
    constexpr bool are_alike = ((input_ranks[I] == rank) && ... && true);
    if constexpr (is_usual) {
      const auto& first = std::get<Inputs>(arguments);
      const auto fits = [&first](const auto& view) {
        if constexpr (std::remove_cvref_t<decltype(view)>::rank == rank) {
          return view.shape == first.shape && view.strides == first.strides;
        } else {
          return is_row_of(view, first);
        }
      };
      const std::size_t count = elements_in_order(first);
      if (count == 0 || !(fits(std::get<I>(arguments)) && ... && true) ||
          !(fits(std::get<Inputs + O>(arguments)) && ...)) {
        return false;
      }
      const void* const in[] = {std::get<I>(arguments).data..., nullptr};
      void* const out[] = {std::get<Inputs + O>(arguments).data...};
      if constexpr (are_alike) {
        return Body::run_if_right(In{}, Out{}, in, out, count);
      } else {
        static constexpr bool is_row[] = {(input_ranks[I] == 1)..., false};
        const std::size_t columns = first.shape[rank - 1];
        return Body::run_rows_if_right(In{}, Out{}, in, is_row, out, count, columns);
      }
    }
    return false;
  }

  template <class... Arguments>
  void on_memory(const runner* runs, call_count count, Arguments&... arguments) const {
    on_memory(std::make_index_sequence<Inputs>{}, std::make_index_sequence<Outputs>{}, runs, count,
              std::tie(arguments...));
  }
  template <class Integer, class... Arguments>
  void on_counted_memory(const runner* runs, Integer count, Arguments&... arguments) const {
    static_assert(!all_views<Arguments...>,
                  "kernel: a count goes with pointers and ranges; a view has a shape of its own");
    on_memory(runs, count_of(count), arguments...);
  }

  template <class... Numbers>
  auto on_numbers(const Numbers&... numbers) const {
    using given = typename number_result<Numbers...>::type;
    using result = element_type<given>;
    using compute = compute_type<element_list<result>>;
    const result values[] = {static_cast<result>(number_in<compute>(numbers))...};
    std::array<result, Outputs> results{};
    this->run_numbers(values, results.data());
    if constexpr (Outputs == 1) {
      return std::bit_cast<given>(results[0]);
    } else {
      return std::bit_cast<std::array<given, Outputs>>(results);
    }
  }

  template <class... Arguments>
  auto run_call(const runner* runs, Arguments&... arguments) const {
    using kinds = kind_list<kind_of<Arguments&>()...>;
    constexpr bool one_to_one = Inputs == 1 && Outputs == 1;
    if constexpr (kinds::size == Inputs && kinds::size > 0 && !kinds::has_memory) {
      if constexpr ((is_input<Arguments&>() && ...)) return on_numbers(arguments...);
    } else if constexpr (one_to_one && kinds::size == 1) {
      static_assert(!kinds::template any<argument_kind::pointer>,
                    "kernel: pointers must be followed by the count of their elements");
      on_memory(runs, {}, arguments..., arguments...);
    } else if constexpr (one_to_one && kinds::size == 2 && kinds::ends_with_count) {
      [&](auto& data, auto count) { on_counted_memory(runs, count, data, data); }(arguments...);
    } else if constexpr (kinds::size == total + 1 && kinds::ends_with_count) {
      const auto all = std::tie(arguments...);
      [&]<std::size_t... I>(std::index_sequence<I...>) {
        on_counted_memory(runs, std::get<total>(all), std::get<I>(all)...);
      }
      (std::make_index_sequence<total>{});
    } else if constexpr (kinds::size == total) {
      static_assert(!kinds::template any<argument_kind::pointer>,
                    "kernel: pointers must be followed by the count of their elements");
      on_memory(runs, {}, arguments...);
    } else {
      static_assert(Inputs > 0,
                    "kernel: the formula has no input, so a call has only outputs (is there a "
                    "variable named x, y or z that hides an input?)");
      static_assert(Inputs == 0 || kinds::size == total,
                    "kernel: the call needs one argument for each input of the expression, then "
                    "one for each output (then a count, if they are pointers)");
    }
  }

  /// Refuses an output that dies with the call; true if there is none.
  template <class... Arguments>
  static constexpr bool keeps_outputs() {
    using kinds = kind_list<kind_of<Arguments&>()...>;
    constexpr std::size_t operands = sizeof...(Arguments) - (kinds::ends_with_count ? 1 : 0);
    constexpr std::size_t first_output = operands < total ? 0 : Inputs;
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
  constexpr kernel_calls() = default;
  constexpr explicit kernel_calls(const Body& body) : Body(body) {}

  /// One argument for each input, then one for each output; the calls are listed at `kernel`.
  template <class... Arguments>
  requires(!begins_with_policy<Arguments...>) auto operator()(Arguments&&... arguments) const {
    if constexpr ((is_argument<Arguments&>() && ... && keeps_outputs<Arguments...>())) {
      return run_call(nullptr, arguments...);
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
      const policy_runner<executor> runs(policy);
      return run_call(&runs, arguments...);
    }
  }

  /// How such a call is run, told to `description` instead of running it; see `explain`.
  template <class... Arguments>
  void describe(const runner& description, Arguments&&... arguments) const {
    if constexpr ((is_argument<Arguments&>() && ... && keeps_outputs<Arguments...>())) {
      run_call(&description, arguments...);
    }
  }
};

}  // namespace FUSOR_REFUSALS
}  // namespace fusor::detail

#include "fusor/end.hpp"
