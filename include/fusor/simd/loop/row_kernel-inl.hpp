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

#include "fusor/schedule/run_folded.hpp"
#include "fusor/schedule/tuning.hpp"
#include "fusor/simd/loop/block_copy-inl.hpp"
#include "fusor/simd/loop/entries-inl.hpp"
#include "fusor/simd/loop/tile_rows-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// The table of a plan.
template <class Plan>
struct row_kernel_of;
template <class Program, class Compute, class... Outputs, class... Inputs>
struct row_kernel_of<plan<Program, Compute, element_list<Outputs...>, element_list<Inputs...>>> {
  /// The loops are the same for all types of elements in memory.
  using in_tile = plan<Program, Compute, element_list<element_in_tile<Outputs, Compute>...>,
                       element_list<element_in_tile<Inputs, Compute>...>>;
  using context = tile_context<in_tile>;

  /// The plan of the same formula over contiguous arrays, if it is element-wise.
  template <class... Forms>
  static plan<program<sizeof...(Inputs), Forms...>, Compute,
              element_list<element_in_tile<Outputs, Compute>...>,
              element_list<element_in_tile<Inputs, Compute>...>>
      plan_of_arrays(form_list<Forms...>);
  using array_plan = decltype(plan_of_arrays(typename Program::outputs{}));

  static constexpr block_copy copies[] = {copy_of<Compute, Inputs>...,
                                          copy_of<Compute, Outputs>...};

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

  template <class... Reductions, class... Invariants>
  static constexpr std::size_t count_reductions(form_list<stage<Reductions, Invariants>...>) {
    return (Reductions::size + ... + 0);
  }
  /// Rows of fewer than four vectors have a lane each, if as many as a vector has lanes find room
  /// side by side: what it takes to turn the arrays is less than what reductions of each row take.
  /// softmax of rows of 31 (Zen 5): 19.3 -> 11.3 ns a row, layer_norm of 15 with AVX2 17.5 -> 8.5.
  static constexpr std::size_t longest_turned(bool is_long) {
    constexpr std::size_t lanes = hn::MaxLanes(typename context::tag());
    constexpr std::size_t arrays = (sizeof...(Outputs) + ... + (is_constant<Inputs> ? 0 : 1));
    constexpr std::size_t room =
        least_workspace() > workspace_bytes ? large_workspace_bytes : workspace_bytes;
    constexpr std::size_t lines = room / (lanes * sizeof(Compute)) - scalar_total<context>;
    constexpr std::size_t worth =
        longest_lane_per_array * count_reductions(typename Program::stages()) / arrays;
    if (HWY_HAVE_SCALABLE || lanes == 1) return 0;
    const std::size_t most =
        HWY_MIN(4 * lanes - 1, is_long ? longest_lane_expensive : longest_lane);
    return HWY_MAX(lanes, HWY_MIN(HWY_MIN(most, worth), lines / arrays));
  }

  static constexpr row_kernel make() {
    constexpr std::size_t lanes = hn::MaxLanes(typename context::tag());
    constexpr bool is_long = ends_long<typename Program::stages>;
    row_kernel made{};
    made.can_stream = is_masked<Compute> && sizeof...(Outputs) == 1 &&
                      context::full::forms::size == 1 &&
                      (Program::stages::size > 0 || rows_of_tile<array_plan>::can_stream) &&
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
    made.longest_turned = longest_turned(is_long);
    made.stage_count = Program::stages::size;
    made.stages = stage_table<in_tile>.data();
    made.online = online_of<in_tile>();
    made.materializes = has_carried<context> && context::full::forms::size > 0;
    made.materialized = materialized_operand<context>;
    made.is_expensive = is_long;
    if constexpr (is_long && lanes > 4 && context::full::forms::size > 0) {
      constexpr std::size_t last = Program::stages::size - 1;
      made.add_terms = terms_sum_of<in_tile, typename stages_of<in_tile>::template stage<last>>;
      made.sum_place = stages_of<in_tile>::first(last);
    }
    made.broadcasts = context::broadcasts;
    if constexpr (Program::stages::size == 0) {
      made.map_inner = rows_of_tile<array_plan>::run;
    } else if constexpr (context::full::forms::size > 0) {
      made.map_inner = inner_outputs<in_tile>;
      made.map_outer = outer_outputs<in_tile>;
    }
    made.map_reads =
        reads_of<in_tile, typename outputs_at<in_tile>::forms, typename context::reduced::forms>;
    if constexpr (Program::stages::size > 0 && lanes > 1 && !HWY_HAVE_SCALABLE) {
      made.run_folded = run_folded;
    }
    made.pipelined = pipelined_of<in_tile>();
    made.runs_ahead = !std::is_void_v<typename reduction_ahead<typename Program::stages>::type>;
    using row_inputs = row_inputs_of<typename Program::stages>;
    made.row_inputs = row_inputs::list.size();
    made.given = row_inputs::list.data();
    made.given_bits = row_inputs::bits;
    if constexpr (context::reduced::forms::size > 0) made.reduced = reduced_outputs<in_tile>;
    made.is_reduced = reduced_flags<typename Program::outputs, element_list<Inputs...>>.data();
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
