// SPDX-License-Identifier: BSL-1.0
// The functions that the table of a formula points to. They are named by the plan alone, so that
// names stay short, and what they call is in them.

#if defined(FUSOR_SIMD_LOOP_ENTRIES_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_LOOP_ENTRIES_TOGGLE
#undef FUSOR_SIMD_LOOP_ENTRIES_TOGGLE
#else
#define FUSOR_SIMD_LOOP_ENTRIES_TOGGLE
#endif

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "fusor/simd/loop/online-inl.hpp"
#include "fusor/simd/loop/pipelined-inl.hpp"
#include "fusor/simd/loop/simplex-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// Where the results of stage `S` begin, and its loops.
template <class Stages>
struct stage_list;
template <class... Stages>
struct stage_list<form_list<Stages...>> {
  static constexpr std::size_t first(std::size_t index) {
    const std::size_t values[] = {values_of<Stages>..., 0};
    std::size_t place = 0;
    for (std::size_t i = 0; i < index; ++i) place += values[i];
    return place;
  }
  template <std::size_t S>
  using stage = typename element_at<S, element_list<Stages...>>::type;
  template <class Plan, std::size_t S>
  using loops = loops_of_stage<tile_context<Plan>, first(S), stage<S>, S + 1 == sizeof...(Stages)>;
};
template <class Plan>
using stages_of = stage_list<typename Plan::program::stages>;
template <class Plan, std::size_t S>
using loops_at = typename stages_of<Plan>::template loops<Plan, S>;

template <class Plan, std::size_t S>
void inner_stage(const tile& of) {
  loops_at<Plan, S>::inner(of);
}
/// The rows of a vector, for terms of many instructions: not in the loop over vectors, a call for
/// few rows would begin with all that the loop keeps.
template <class Plan, std::size_t S, class Scalars, class... Held>
void outer_rows(const tile_context<Plan>& context, const tile& of, const Scalars& scalars,
                std::size_t row, Held... held) {
  loops_at<Plan, S>::reduce_rows(context, of, scalars, row, held...);
}
template <class Plan, std::size_t S>
struct rows_apart {
  template <class Loops, class... Arguments>
  static HWY_INLINE void reduce(const tile_context<Plan>& context, const tile& of,
                                const Arguments&... arguments) {
    outer_rows<Plan, S>(context, of, arguments...);
  }
};
template <class Plan, std::size_t S>
void outer_stage(const tile& of) {
  using rows = std::conditional_t<ends_long<form_list<typename stages_of<Plan>::template stage<S>>>,
                                  rows_apart<Plan, S>, rows_in_place>;
  loops_at<Plan, S>::template outer<rows>(of);
}
template <class Plan, std::size_t S>
void fold_stage(const tile& of) {
  loops_at<Plan, S>::fold(of);
}
template <class Plan, std::size_t S>
void finish_stage(const tile& of) {
  loops_at<Plan, S>::finish(of);
}

/// The inputs that forms read, a bit for each.
template <class Plan, class... Forms>
inline constexpr std::uint32_t reads_of = slots_read<tile_context<Plan>::input_total, Forms...>;

template <class Plan, std::size_t S>
struct stage_entry {
  using loops = loops_at<Plan, S>;
  static constexpr std::size_t first = stages_of<Plan>::first(S);

  template <class... Reductions, std::size_t... M>
  static constexpr std::array<const solver_loops*, sizeof...(M)> solvers_of(
      form_list<Reductions...>, std::index_sequence<M...>) {
    return {solver_of<tile_context<Plan>, first + 2 * M, loops::next, Reductions>...};
  }
  static constexpr auto solvers =
      solvers_of(typename stages_of<Plan>::template stage<S>::reductions{}, loops::each);

  static constexpr stage_loops make() {
    using stage = typename stages_of<Plan>::template stage<S>;
    stage_loops made = {solvers.size(),
                        nullptr,
                        nullptr,
                        nullptr,
                        finish_stage<Plan, S>,
                        solvers.data(),
                        reads_of<Plan, typename stage::reductions, typename stage::invariants>,
                        first};
    if constexpr (loops::has_terms) {
      made.inner = inner_stage<Plan, S>;
      made.outer = outer_stage<Plan, S>;
      made.fold = fold_stage<Plan, S>;
    }
    return made;
  }
};

template <class Plan, std::size_t... S>
constexpr std::array<stage_loops, sizeof...(S)> make_stage_table(std::index_sequence<S...>) {
  return {stage_entry<Plan, S>::make()...};
}
template <class Plan>
inline constexpr auto stage_table =
    make_stage_table<Plan>(std::make_index_sequence<Plan::program::stages::size>{});

/// The outputs that have all axes: from the inputs, or from the term that waits for them.
template <class Plan, class Context = tile_context<Plan>>
using outputs_at = loops_of_outputs<
    Context,
    std::conditional_t<has_carried<Context>, typename Plan::program::carried_outputs,
                       typename Context::full::forms>,
    typename Context::full::positions>;
template <class Plan>
void inner_outputs(const tile& of) {
  outputs_at<Plan>::inner(of);
}
template <class Plan>
void outer_outputs(const tile& of) {
  outputs_at<Plan>::outer(of);
}
template <class Plan>
void reduced_outputs(const tile& of) {
  put_reduced<tile_context<Plan>>(typename tile_context<Plan>::reduced::forms{}, of);
}

template <class Plan, class Stages = typename Plan::program::stages>
using pipelined_at = pipelined<tile_context<Plan>, stages_of<Plan>::first(Stages::size - 1),
                               typename stages_of<Plan>::template stage<Stages::size - 1>,
                               outputs_at<Plan>, typename reduction_ahead<Stages>::type>;
template <class Plan>
void pipelined_stage(const tile& now, const tile& before, const tile& after) {
  pipelined_at<Plan>::run(now, before, after);
}

/// The loop for the last stage beside other tiles, if it has terms of many instructions, outputs to
/// write, and nothing that is solved for by going over the rows again.
template <class Plan>
constexpr pipelined_loop pipelined_of() {
  using stages = typename Plan::program::stages;
  if constexpr (is_worth_more_loops && ends_long<stages> &&
                tile_context<Plan>::full::forms::size > 0) {
    using last = typename stages_of<Plan>::template stage<stages::size - 1>;
    if constexpr (!any_iterated<typename last::reductions>) return pipelined_stage<Plan>;
  }
  return nullptr;
}

/// How the terms of the last stage are added up, if they wait for the outputs and are all that it
/// takes in.
template <class Plan, class Stage>
inline constexpr terms_sum terms_sum_of = nullptr;
template <class Plan, class Term, class... Arguments, class Invariants>
inline constexpr terms_sum terms_sum_of<
    Plan, stage<form_list<reduction_of<op::reduce_sum, Term, Arguments...>>, Invariants>> =
    std::is_same_v<Term, typename Plan::program::carried>
        ? add_terms<typename tile_context<Plan>::tag>
        : nullptr;

template <class Plan>
using online_at = online<tile_context<Plan>, typename Plan::program::stages>;
template <class Plan>
void begin_online(const tile& of) {
  online_at<Plan>::begin(of);
}
template <class Plan>
bool take_largest(const tile& of) {
  return online_at<Plan>::take_largest(of);
}
template <class Plan>
void add_block(const tile& of) {
  online_at<Plan>::add_block(of);
}
template <class Plan>
bool are_all_within(const tile& of) {
  return online_at<Plan>::are_all_within(of);
}
template <class Plan>
void choose_online(const tile& of) {
  online_at<Plan>::choose(of);
}
template <class Plan>
inline constexpr online_loops online_table = {begin_online<Plan>, take_largest<Plan>,
                                              add_block<Plan>, are_all_within<Plan>,
                                              choose_online<Plan>};

template <class Plan>
constexpr const online_loops* online_of() {
  if constexpr (joins_stages<typename Plan::program>) {
    return &online_table<Plan>;
  } else {
    return nullptr;
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_LOOP_ENTRIES_TOGGLE
