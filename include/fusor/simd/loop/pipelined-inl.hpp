// SPDX-License-Identifier: BSL-1.0
// Software pipelining: beside the last stage of a tile the outputs of the tile before are written,
// and the tile after goes through the first stage. Arithmetic and memory are then busy together.

#if defined(FUSOR_SIMD_LOOP_PIPELINED_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_LOOP_PIPELINED_TOGGLE
#undef FUSOR_SIMD_LOOP_PIPELINED_TOGGLE
#else
#define FUSOR_SIMD_LOOP_PIPELINED_TOGGLE
#endif

#include <cstddef>
#include <type_traits>
#include <utility>

#include "fusor/schedule/tuning.hpp"
#include "fusor/simd/inline.hpp"
#include "fusor/simd/loop/output_loops-inl.hpp"
#include "fusor/simd/loop/stage_loops-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// Whether one vector is all that a reduction needs for a row.
template <class Reduction>
constexpr bool needs_one_vector() {
  if constexpr (takes_terms<Reduction>) {
    return !HWY_HAVE_SCALABLE && !reducer<typename Reduction::operation>::keeps_error;
  } else {
    return false;
  }
}

/// The reduction of the first stage if it can go beside the last one of other rows, and is not the
/// last one itself. Else void.
template <class Stages>
struct reduction_ahead : std::type_identity<void> {};
template <class Reduction, class Hoisted, class Second, class... Rest>
struct reduction_ahead<form_list<stage<form_list<Reduction>, Hoisted>, Second, Rest...>>
    : std::conditional<needs_one_vector<Reduction>(), Reduction, void> {};

/// What is done beside a row of the last stage, four vectors at a time.
template <class Context, class Outputs, class Ahead>
struct beside_row {
  using tag = typename Context::tag;
  using T = typename Context::compute;
  static constexpr bool looks_ahead = !std::is_void_v<Ahead>;
  static constexpr auto places = std::make_index_sequence<scalar_total<Context>>{};
  struct nothing {};
  using value_type = typename std::conditional_t<looks_ahead, std::type_identity<hn::Vec<tag>>,
                                                 std::type_identity<nothing>>::type;

  /// The scalars of the row before. They stay in registers: what is stored might change them where
  /// they lie, for all that the compiler knows. (A vector of a size that is not known cannot be
  /// kept in a structure.)
  using kept = typename std::conditional_t<HWY_HAVE_SCALABLE, std::type_identity<T>,
                                           std::type_identity<hn::Vec<tag>>>::type;
  struct kept_scalars {
    kept of[scalar_total<Context> + 1];
  };
  static FUSOR_INLINE kept keep(hn::Vec<tag> scalar) {
    if constexpr (HWY_HAVE_SCALABLE) {
      return hn::GetLane(scalar);
    } else {
      return scalar;
    }
  }
  static FUSOR_INLINE hn::Vec<tag> give(kept scalar) {
    if constexpr (HWY_HAVE_SCALABLE) {
      return hn::Set(tag(), scalar);
    } else {
      return scalar;
    }
  }

  kept_scalars before;
  std::size_t extent;
  bool writes;
  bool reduces;
  row_line<Context> line_before;
  row_line<Context> line_after;
  value_type found;

  static FUSOR_INLINE value_type start() {
    if constexpr (looks_ahead) {
      return reducer<typename Ahead::operation>::identity(tag());
    } else {
      return {};
    }
  }

  FUSOR_INLINE void take_four(tag d, std::size_t index, std::size_t step) {
    if (writes) {
      write(places, d, index, step);
      write(places, d, index + step, step);
      write(places, d, index + 2 * step, step);
      write(places, d, index + 3 * step, step);
    }
    if constexpr (looks_ahead) {
      if (!reduces) return;
      auto error = hn::Zero(d);
      fusor::HWY_NAMESPACE::take_four<Ahead, inner_reduction, true, 0>(
          line_after, d, index, step, step, index == 0, found, error);
    }
  }
  template <std::size_t... K>
  FUSOR_INLINE void write(std::index_sequence<K...>, tag d, std::size_t index,
                          std::size_t lanes) const {
    Outputs::template position<inner_reduction, true>(line_before, d, index, lanes,
                                                      give(before.of[K])...);
  }

  /// From element `begin` on. Returns the vector for the row ahead in `partial`.
  FUSOR_INLINE void finish(tag d, std::size_t begin, T* partial) {
    if (writes) write_rest(places, begin);
    if constexpr (looks_ahead) {
      if (!reduces) return;
      const std::size_t lanes = hn::Lanes(d);
      auto error = hn::Zero(d);
      if (begin < extent) {
        take_rest<Ahead, inner_reduction, false, 0>(line_after, d, begin, lanes, extent - begin,
                                                    lanes, begin == 0, found, error);
      }
      hn::Store(found, d, partial);
    }
  }
  template <std::size_t... K>
  FUSOR_INLINE void write_rest(std::index_sequence<K...>, std::size_t begin) const {
    Outputs::inner_row_from(line_before, begin, extent, give(before.of[K])...);
  }
};

/// The loop for the last stage, whose results are the scalars from place `First` on.
template <class Context, std::size_t First, class Stage, class Outputs, class Ahead>
struct pipelined;
template <class Context, std::size_t First, class... Reductions, class Hoisted, class Outputs,
          class Ahead>
struct pipelined<Context, First, stage<form_list<Reductions...>, Hoisted>, Outputs, Ahead> {
  using loops = loops_of_stage<Context, First, stage<form_list<Reductions...>, Hoisted>, true>;
  using tag = typename Context::tag;
  using beside = beside_row<Context, Outputs, Ahead>;

  static HWY_INLINE void run(const tile& now, const tile& before, const tile& after) {
    run(std::make_index_sequence<loops::next>{}, beside::places, now, before, after);
  }

 private:
  template <std::size_t... K, std::size_t... K_before>
  static HWY_INLINE void run(std::index_sequence<K...>, std::index_sequence<K_before...>,
                             const tile& shared, const tile& shared_before,
                             const tile& shared_after) {
    const tag d;
    const tile of = shared, before = shared_before, after = shared_after;
    const Context context(of);
    const row_scalars<Context> scalars(of), scalars_before(before);
    auto at = Context::place_of(of);
    auto at_before = Context::place_of(before.row_count > 0 ? before : of);
    auto at_after = Context::place_of(after.row_count > 0 ? after : of);
    for (std::size_t row = 0; row < of.row_count; ++row) {
      beside next = {
          {{beside::keep(scalars_before.one(K_before, row))..., beside::keep(hn::Zero(d))}},
          of.extent,
          row < before.row_count,
          row < after.row_count,
          line_at(context, of, at_before, row),
          line_at(context, of, at_after, row),
          beside::start()};
      reduce_row(line_at(context, of, at, row), of, row, next, after,
                 loops::template inner_start<K>(of, scalars, row)...);
      at.move(context.inner_strides, 1);
      if (row + 1 < before.row_count) at_before.move(context.inner_strides, 1);
      if (row + 1 < after.row_count) at_after.move(context.inner_strides, 1);
    }
  }

  template <class... Held>
  static HWY_INLINE void reduce_row(const row_line<Context>& line, const tile& of, std::size_t row,
                                    beside& next, const tile& after, Held... held) {
    const tag d;
    const std::size_t lanes = hn::Lanes(d);
    const std::size_t most = positions_between_renormalizing * lanes;
    for (std::size_t begin = 0, end; begin < of.extent; begin = end) {
      end = HWY_MIN(of.extent, begin + most);
      reduce_positions<inner_reduction, true>(form_list<Reductions...>{}, loops::each, line, d,
                                              {begin, end - begin, lanes, lanes}, begin == 0, next,
                                              held...);
      if (end - begin + 4 * lanes > most) loops::renormalize(loops::each, held...);
    }
    next.finish(d, of.extent / (4 * lanes) * (4 * lanes), loops::partial(after, 0, row));
    loops::finish_row(loops::each, of, row, held...);
  }
};

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_LOOP_PIPELINED_TOGGLE
