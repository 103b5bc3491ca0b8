// SPDX-License-Identifier: BSL-1.0
// Batches that overlap: while one is in its last stage, which computes, memory is read and written
// for its neighbours.

#if defined(FUSOR_SIMD_LOOP_OVERLAP_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_LOOP_OVERLAP_TOGGLE
#undef FUSOR_SIMD_LOOP_OVERLAP_TOGGLE
#else
#define FUSOR_SIMD_LOOP_OVERLAP_TOGGLE
#endif

#include <cstddef>
#include <type_traits>
#include <utility>

#include "fusor/simd/loop/stages-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// Whether batches overlap: the last stage is long, and there are outputs to write beside it.
template <class Context>
inline constexpr bool overlaps_batches = ends_long<typename Context::program::stages> &&
                                         (Context::full::forms::size > 0);

/// Whether the first stage of rows is run ahead of the others, beside the last stage of other rows:
/// if one vector is all that its reduction needs.
template <class Stages>
inline constexpr bool runs_ahead = false;
template <class Op, class Term, class Invariants, class Second, class... Rest>
inline constexpr bool
    runs_ahead<form_list<stage<form_list<reduction_of<Op, Term>>, Invariants>, Second, Rest...>> =
        takes_terms<reduction_of<Op, Term>> && !keeps_low<Op> && !HWY_HAVE_SCALABLE;

/// The stage that is run ahead, if there is one, and the others.
template <class Stages, bool RunsAhead = runs_ahead<Stages>>
struct split_stages {
  using reduction = void;
  using others = Stages;
  static constexpr std::size_t values_ahead = 0;
};
template <class Reduction, class Invariants, class... Others>
struct split_stages<form_list<stage<form_list<Reduction>, Invariants>, Others...>, true> {
  using ahead = stage<form_list<Reduction>, Invariants>;
  using reduction = Reduction;
  using others = form_list<Others...>;
  static constexpr std::size_t values_ahead = values_of<ahead>;
};
template <class Context>
using stages_of = split_stages<typename Context::program::stages>;

/// A batch, and what has been found for its rows so far.
template <class Context>
struct reduced_batch {
  static constexpr std::size_t total = row_value_total<Context>;

  batch<Context> rows;
  alignas(64) typename Context::compute found[total][hn::MaxLanes(typename Context::tag())];

  /// The row values from place `First` to `Last`.
  template <std::size_t First, std::size_t Last>
  HWY_INLINE void keep(const auto& values) {
    const typename Context::tag d;
    for (std::size_t place = First; place < Last; ++place) {
      hn::Store(values.get(place, 0), d, found[place]);
    }
  }
  template <std::size_t Last>
  HWY_INLINE void give_back(auto& values) const {
    for (std::size_t place = 0; place < Last; ++place) {
      values.put(place, 0, hn::Load(typename Context::tag(), found[place]));
    }
  }
};

/// What is done beside the last stage of a batch, row by row and four positions at a time: the
/// outputs of the batch before are written, and the batch after goes through the stage that is run
/// ahead. Both have as many elements in a row; either may have fewer rows.
template <class Direction, class Context>
struct neighbours {
  using tag = typename Context::tag;
  using outputs = typename full_outputs_by<Direction, Context>::type;
  using reduction = typename stages_of<Context>::reduction;
  static constexpr bool looks_ahead = !std::is_void_v<reduction>;
  static constexpr auto places = std::make_index_sequence<row_value_total<Context>>{};

  struct nothing {};
  using value = typename std::conditional_t<looks_ahead, std::type_identity<hn::Vec<tag>>,
                                            std::type_identity<nothing>>::type;
  using partial =
      typename std::conditional_t<looks_ahead, std::type_identity<partial_values<1, tag>>,
                                  std::type_identity<nothing>>::type;

  const Context& context;
  const reduced_batch<Context>& before;
  const reduced_batch<Context>& after;
  std::size_t after_count;
  partial& found_after;  // elsewhere, so that the compiler keeps the rest in registers

  HWY_INLINE neighbours(const Context& of, const reduced_batch<Context>& b,
                        const reduced_batch<Context>& a, std::size_t count, partial& found)
      : context(of), before(b), after(a), after_count(count), found_after(found) {}

  struct one_row {
    neighbours& all;
    std::size_t row;
    bool writes;
    bool reduces;
    row_line<Context> line_before;
    row_line<Context> line_after;
    value found;

    HWY_INLINE void take_four(tag d, std::size_t index, std::size_t step) {
      if (writes) {
        write(places, d, index, step);
        write(places, d, index + step, step);
        write(places, d, index + 2 * step, step);
        write(places, d, index + 3 * step, step);
      }
      if constexpr (looks_ahead) {
        if (!reduces) return;
        auto low = hn::Zero(d);
        fusor::HWY_NAMESPACE::take_four<reduction, Direction, true, 0>(
            line_after, d, index, step, step, index == 0, found, low);
      }
    }
    template <std::size_t... K>
    HWY_INLINE void write(std::index_sequence<K...>, tag d, std::size_t index,
                          std::size_t lanes) const {
      outputs::template position<Direction, true>(line_before, d, index, lanes,
                                                  hn::Set(d, all.before.found[K][row])...);
    }

    /// From vector `begin` on.
    HWY_INLINE void finish(tag d, std::size_t begin) {
      if (writes) write_rest(places, d, begin);
      if constexpr (looks_ahead) {
        if (!reduces) return;
        const std::size_t lanes = hn::Lanes(d);
        const std::size_t left = all.context.extent - begin * lanes;
        auto low = hn::Zero(d);
        if (left > 0) {
          take_rest<reduction, Direction, false, 0>(line_after, d, begin * lanes, lanes, left,
                                                    lanes, begin == 0, found, low);
        }
        hn::Store(found, d, all.found_after.values[0][row]);
      }
    }
    template <std::size_t... K>
    HWY_INLINE void write_rest(std::index_sequence<K...>, tag d, std::size_t begin) const {
      Direction::template write_line<outputs>(line_before, d, begin,
                                              hn::Set(d, all.before.found[K][row])...);
    }
  };

  HWY_INLINE one_row row(std::size_t number) {
    const bool writes = number < before.rows.count;
    const bool reduces = number < after_count;
    return {*this,
            number,
            writes,
            reduces,
            Direction::line_of(context, before.rows.rows[writes ? number : 0], nullptr),
            Direction::line_of(context, after.rows.rows[reduces ? number : 0], nullptr),
            start()};
  }
  static HWY_INLINE value start() {
    if constexpr (looks_ahead) {
      return initial(typename reduction::operation{}, tag());
    } else {
      return {};
    }
  }
};

/// The outputs that have all axes, of the rows from `begin` on.
template <class Context, class Direction>
HWY_NOINLINE void write_rest(const Context& shared, const reduced_batch<Context>& of,
                             std::size_t begin) {
  if (begin >= of.rows.count) return;
  const Context context = shared;
  row_values<Context, Direction> found;
  of.template give_back<row_value_total<Context>>(found);
  write_full_outputs<Direction>(context, typename Context::tag(), of.rows, found, begin);
}

/// What is run ahead of the other stages.
template <class Context, class Direction>
HWY_NOINLINE void run_ahead(const Context& shared, reduced_batch<Context>& of) {
  using stages = stages_of<Context>;
  if constexpr (stages::values_ahead > 0) {
    const Context context = shared;
    row_values<Context, Direction> found;
    nothing_beside nothing;
    run_stage<Direction, 0>(typename stages::ahead{}, context, typename Context::tag(), of.rows,
                            found, nothing);
    of.template keep<0, stages::values_ahead>(found);
  }
}

/// The other stages of a batch; beside the last one, the outputs of the batch before are written
/// and, if it `looks_ahead`, the batch after is run ahead. Of this batch, only the outputs that
/// lack the reduced axes are written.
template <class Context, class Direction>
HWY_NOINLINE void run_overlapped(const Context& shared, const reduced_batch<Context>& before,
                                 reduced_batch<Context>& now, reduced_batch<Context>& after,
                                 bool looks_ahead) {
  using stages = stages_of<Context>;
  constexpr std::size_t first = stages::values_ahead;
  constexpr std::size_t total = row_value_total<Context>;
  const typename Context::tag d;
  const Context context = shared;
  row_values<Context, Direction> found;
  now.template give_back<first>(found);
  typename neighbours<Direction, Context>::partial found_after;
  neighbours<Direction, Context> beside(context, before, after, looks_ahead ? after.rows.count : 0,
                                        found_after);
  run_stages<Direction, first>(typename stages::others{}, context, d, now.rows, found, beside);
  now.template keep<first, total>(found);
  write_reduced_outputs<Direction>(context, d, now.rows, found);
  if constexpr (first > 0) {
    if (beside.after_count > 0) {
      Direction::template fold<typename stages::reduction>(context, d, after.rows, found, 0,
                                                           found_after, 0);
      using invariants = typename stages::ahead::invariants;
      put_invariants<Direction, 2>(invariants{}, std::make_index_sequence<invariants::size>{},
                                   context, d, after.rows, found);
      after.template keep<0, first>(found);
    }
  }
  write_rest<Context, Direction>(shared, before, now.rows.count);
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_LOOP_OVERLAP_TOGGLE
