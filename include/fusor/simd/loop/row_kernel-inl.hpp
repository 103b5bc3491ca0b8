// SPDX-License-Identifier: BSL-1.0
// The table of the loops of a formula.

#if defined(FUSOR_SIMD_LOOP_ROW_KERNEL_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_LOOP_ROW_KERNEL_TOGGLE
#undef FUSOR_SIMD_LOOP_ROW_KERNEL_TOGGLE
#else
#define FUSOR_SIMD_LOOP_ROW_KERNEL_TOGGLE
#endif

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

#include "fusor/schedule/tuning.hpp"
#include "fusor/simd/loop/block_copy-inl.hpp"
#include "fusor/simd/loop/online-inl.hpp"
#include "fusor/simd/loop/pipelined-inl.hpp"
#include "fusor/simd/loop/simplex-inl.hpp"
#include "fusor/simd/loop/tile_rows-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

template <class Context, std::size_t First, class Stage, bool IsLast>
struct stage_entry;
template <class Context, std::size_t First, class... Reductions, class Hoisted, bool IsLast>
struct stage_entry<Context, First, stage<form_list<Reductions...>, Hoisted>, IsLast> {
  using loops = loops_of_stage<Context, First, stage<form_list<Reductions...>, Hoisted>, IsLast>;

  template <std::size_t... M>
  static constexpr std::array<const solver_loops*, sizeof...(M)> solvers_of(
      std::index_sequence<M...>) {
    return {solver_of<Context, First + 2 * M, loops::next, Reductions>...};
  }
  static constexpr auto solvers = solvers_of(std::index_sequence_for<Reductions...>{});

  static constexpr stage_loops make() {
    stage_loops made = {sizeof...(Reductions), nullptr,       nullptr, nullptr,
                        loops::finish,         solvers.data()};
    if constexpr (loops::has_terms) {
      made.inner = loops::inner;
      made.outer = loops::outer;
      made.fold = loops::fold;
    }
    return made;
  }
};

template <class Context, class Stages>
struct stage_table;
template <class Context, class... Stages>
struct stage_table<Context, form_list<Stages...>> {
  static constexpr std::size_t first(std::size_t index) {
    const std::size_t values[] = {values_of<Stages>..., 0};
    std::size_t place = 0;
    for (std::size_t i = 0; i < index; ++i) place += values[i];
    return place;
  }
  template <std::size_t... S>
  static constexpr std::array<stage_loops, sizeof...(S)> make(std::index_sequence<S...>) {
    return {stage_entry<Context, first(S), Stages, S + 1 == sizeof...(S)>::make()...};
  }
  static constexpr auto table = make(std::index_sequence_for<Stages...>{});
  static constexpr std::size_t first_of_last = first(sizeof...(Stages) - (sizeof...(Stages) > 0));
};
template <class... Stages>
struct last_stage : std::type_identity<stage<form_list<>, form_list<>>> {};
template <class Last>
struct last_stage<Last> : std::type_identity<Last> {};
template <class First, class Second, class... Rest>
struct last_stage<First, Second, Rest...> : last_stage<Second, Rest...> {};

/// Whether this instruction set is worth loops that only save time: those of x86 processors of 2012
/// and older, where newer ones are chosen among, go without.
#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128 || \
    (HWY_ARCH_X86 && HWY_TARGET >= HWY_SSE4 && !defined(FUSOR_STATIC_DISPATCH))
inline constexpr bool is_worth_more_loops = false;
#else
inline constexpr bool is_worth_more_loops = true;
#endif

/// The loop for the last stage beside other tiles, if it has terms of many instructions, outputs to
/// write, and nothing that is solved for by going over the rows again.
template <class Context, class Outputs, class... Stages>
constexpr pipelined_loop pipelined_of(form_list<Stages...>) {
  using stages = form_list<Stages...>;
  if constexpr (is_worth_more_loops && ends_long<stages> && Context::full::forms::size > 0 &&
                !any_iterated<typename last_stage<Stages...>::type::reductions>) {
    return pipelined<Context, stage_table<Context, stages>::first_of_last,
                     typename last_stage<Stages...>::type, Outputs,
                     typename reduction_ahead<stages>::type>::run;
  } else {
    return nullptr;
  }
}

template <class Context>
constexpr const online_loops* online_of() {
  if constexpr (joins_stages<typename Context::program>) {
    return &online<Context, typename Context::program::stages>::table;
  } else {
    return nullptr;
  }
}

/// The table of a plan.
template <class Plan>
struct row_kernel_of;
template <class Program, class Compute, class... Outputs, class... Inputs>
struct row_kernel_of<plan<Program, Compute, element_list<Outputs...>, element_list<Inputs...>>> {
  /// The loops are the same for all types of elements in memory.
  using context =
      tile_context<plan<Program, Compute, element_list<element_in_tile<Outputs, Compute>...>,
                        element_list<element_in_tile<Inputs, Compute>...>>>;
  using full =
      loops_of_outputs<context,
                       std::conditional_t<has_carried<context>, typename Program::carried_outputs,
                                          typename context::full::forms>,
                       typename context::full::positions>;
  using stages = stage_table<context, typename Program::stages>;

  /// The plan of the same formula over contiguous arrays, if it is element-wise.
  template <class... Forms>
  static plan<program<sizeof...(Inputs), Forms...>, Compute,
              element_list<element_in_tile<Outputs, Compute>...>,
              element_list<element_in_tile<Inputs, Compute>...>>
      plan_of_arrays(form_list<Forms...>);
  using array_plan = decltype(plan_of_arrays(typename Program::outputs{}));

  template <class... Forms>
  static constexpr std::array<bool, sizeof...(Forms)> reduced_flags(form_list<Forms...>) {
    return {is_reduced_output<Forms, element_list<Inputs...>>...};
  }
  static constexpr auto is_reduced = reduced_flags(typename Program::outputs{});
  static constexpr block_copy copies[] = {copy_of<Compute, Inputs>...,
                                          copy_of<Compute, Outputs>...};

  static void write_reduced(const tile& of) {
    put_reduced<context>(typename context::reduced::forms{}, of);
  }

  template <class... Stages>
  static constexpr std::size_t most_accumulators(form_list<Stages...>) {
    std::size_t most = any_iterated<form_list<Stages...>> ? 4 : 0;
    ((most = HWY_MAX(most, 2 * Stages::reductions::size)), ...);
    return most;
  }
  /// Scalars, or three sets of them; accumulators; four vectors of every operand.
  static constexpr std::size_t least_workspace() {
    const std::size_t places =
        HWY_MAX(reduced_place<context> + context::reduced::forms::size, 3 * scalar_total<context>);
    const std::size_t operands = sizeof...(Inputs) + sizeof...(Outputs);
    return (places + most_accumulators(typename Program::stages{}) + 4 * operands) *
           hn::MaxLanes(typename context::tag()) * sizeof(Compute);
  }

  static constexpr row_kernel make() {
    constexpr std::size_t lanes = hn::MaxLanes(typename context::tag());
    constexpr bool is_long = ends_long<typename Program::stages>;
    row_kernel made{};
    made.can_stream = is_masked<Compute> && sizeof...(Outputs) == 1 &&
                      context::full::forms::size == 1 &&
                      std::is_same_v<element_list<Outputs...>, element_list<Compute>>;
    made.flush = hwy::FlushStream;
    made.lanes = lanes;
    made.size = sizeof(Compute);
    made.inputs = sizeof...(Inputs);
    made.operands = sizeof...(Inputs) + sizeof...(Outputs);
    made.accumulators = most_accumulators(typename Program::stages{});
    made.least_workspace = least_workspace();
    static_assert(least_workspace() <= large_workspace_bytes,
                  "kernel: the formula finds more for each row than there is room for");
    made.scalars = scalar_total<context>;
    made.scalar_places = reduced_place<context> + context::reduced::forms::size;
    made.reduced_place = reduced_place<context>;
    made.longest_turned = HWY_HAVE_SCALABLE || lanes == 1 ? 0 : (is_long ? 2 : 1) * (lanes - 1) + 1;
    made.stage_count = Program::stages::size;
    made.stages = stages::table.data();
    made.online = online_of<context>();
    made.materializes = has_carried<context> && context::full::forms::size > 0;
    made.materialized = materialized_operand<context>;
    made.is_expensive = is_long;
    made.broadcasts = context::broadcasts;
    if constexpr (Program::stages::size == 0) {
      made.map_inner = rows_of_tile<array_plan>::run;
    } else if constexpr (context::full::forms::size > 0) {
      made.map_inner = full::inner;
      made.map_outer = full::outer;
    }
    made.pipelined = pipelined_of<context, full>(typename Program::stages{});
    made.runs_ahead = !std::is_void_v<typename reduction_ahead<typename Program::stages>::type>;
    if constexpr (context::reduced::forms::size > 0) made.reduced = write_reduced;
    made.is_reduced = is_reduced.data();
    made.copies = copies;
    return made;
  }
  static constexpr row_kernel table = make();
};

/// The entry of a kernel over tensors on this instruction set.
template <class Plan>
const row_kernel* rows_of() {
  return &row_kernel_of<Plan>::table;
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_LOOP_ROW_KERNEL_TOGGLE
