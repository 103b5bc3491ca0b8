// SPDX-License-Identifier: BSL-1.0
// The loops over a tile for one stage of a formula, in two directions.

#if defined(FUSOR_SIMD_LOOP_STAGE_LOOPS_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_LOOP_STAGE_LOOPS_TOGGLE
#undef FUSOR_SIMD_LOOP_STAGE_LOOPS_TOGGLE
#else
#define FUSOR_SIMD_LOOP_STAGE_LOOPS_TOGGLE
#endif

#include <hwy/cache_control.h>

#include <cstddef>
#include <type_traits>
#include <utility>

#include "fusor/simd/inline.hpp"
#include "fusor/simd/loop/directions-inl.hpp"
#include "fusor/simd/loop/positions-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// Whether the last stage computes terms of many instructions.
template <class Stages>
inline constexpr bool ends_long = false;
template <class... Reductions, class Invariants>
inline constexpr bool ends_long<form_list<stage<form_list<Reductions...>, Invariants>>> =
    ((takes_terms<Reductions> && contains_long<typename Reductions::term>) || ...);
template <class First, class Second, class... Rest>
inline constexpr bool ends_long<form_list<First, Second, Rest...>> =
    ends_long<form_list<Second, Rest...>>;

/// What is done beside the last stage of rows that fit no cache: memory is asked for the inputs of
/// the next tile, and, if terms have many instructions, for its outputs where these are not written
/// past the caches.
template <class Context, bool IsLong>
struct reading_ahead {
  typename Context::place at;
  bool is_wanted;
  bool streams;

  template <class D>
  FUSOR_INLINE void take_four(D, std::size_t index, std::size_t step) const {
    if (!is_wanted) return;
    prefetch(std::make_index_sequence<Context::input_total>{}, index, step);
    if constexpr (IsLong) {
      if (!streams) prefetch_outputs(typename Context::full::positions{}, index, step);
    }
  }
  template <std::size_t... I>
  FUSOR_INLINE void prefetch(std::index_sequence<I...>, [[maybe_unused]] std::size_t index,
                             [[maybe_unused]] std::size_t step) const {
    ((is_constant<typename element_at<I, typename Context::inputs>::type> ||
              (Context::given >> I & 1) != 0
          ? void()
          : prefetch(at.at[I], index, step)),
     ...);
  }
  template <std::size_t... O>
  FUSOR_INLINE void prefetch_outputs(std::index_sequence<O...>, [[maybe_unused]] std::size_t index,
                                     [[maybe_unused]] std::size_t step) const {
    (prefetch(at.at[Context::input_total + O], index, step), ...);
  }
  static FUSOR_INLINE void prefetch(const char* row, std::size_t index, std::size_t step) {
    using T = typename Context::compute;
    const char* const first = row + index * sizeof(T);
    for (std::size_t byte = 0; byte < 4 * step * sizeof(T); byte += 64) {
      hwy::Prefetch(first + byte);
    }
  }
};

/// The rows of a vector, reduced in the loop over vectors.
struct rows_in_place {
  template <class Loops, class... Arguments>
  static HWY_INLINE void reduce(const Arguments&... arguments) {
    Loops::reduce_rows(arguments...);
  }
};

/// The loops of a stage whose results are the scalars from place `First` on.
template <class Context, std::size_t First, class Stage, bool IsLast = false>
struct loops_of_stage;

template <class Context, std::size_t First, class... Reductions, class... Hoisted, bool IsLast>
struct loops_of_stage<Context, First, stage<form_list<Reductions...>, form_list<Hoisted...>>,
                      IsLast> {
  using tag = typename Context::tag;
  using T = typename Context::compute;
  using V = hn::Vec<tag>;
  static constexpr std::size_t total = sizeof...(Reductions);
  static constexpr std::size_t next = First + 2 * total;
  static constexpr bool has_terms = (takes_terms<Reductions> || ...);
  static constexpr auto each = std::index_sequence_for<Reductions...>{};

  template <std::size_t... M, class... Held>
  static FUSOR_INLINE void renormalize(std::index_sequence<M...>, Held&... held) {
    (renormalize_reduction<Reductions, First + 2 * M>(tag(), held...), ...);
  }

  // An inner reduction.

  static HWY_INLINE void inner(const tile& of) {
    inner(std::make_index_sequence<next>{}, of);
  }
  template <std::size_t... K>
  static HWY_INLINE void inner(std::index_sequence<K...>, const tile& shared) {
    const tile of = shared;  // a copy: the compiler must assume that a store changes the other
    const Context context(of);
    const row_scalars<Context> scalars(of);
    auto at = Context::place_of(of);
    for (std::size_t row = 0; row < of.row_count; ++row) {
      if constexpr (IsLast) {
        auto at_after = at;
        at_after.move(context.inner_strides, static_cast<std::ptrdiff_t>(of.row_count));
        constexpr bool is_long =
            ends_long<form_list<stage<form_list<Reductions...>, form_list<Hoisted...>>>>;
        reading_ahead<Context, is_long> beside{at_after.copy(), row < of.rows_after, of.streams};
        reduce_row(line_at(context, of, at, row), of, row, beside,
                   inner_start<K>(of, scalars, row)...);
      } else {
        nothing_beside beside;
        reduce_row(line_at(context, of, at, row), of, row, beside,
                   inner_start<K>(of, scalars, row)...);
      }
      at.move(context.inner_strides, 1);
    }
  }

  static FUSOR_INLINE T* partial(const tile& of, std::size_t m, std::size_t row) {
    return reinterpret_cast<T*>(of.partial + m * of.partial_pitch) + row * hn::Lanes(tag());
  }

  template <std::size_t K>
  static FUSOR_INLINE V inner_start(const tile& of, const row_scalars<Context>& scalars,
                                    std::size_t row) {
    if constexpr (K < First) {
      return scalars.one(K, row);
    } else {
      if (of.is_first) return start_of_value<K - First, Reductions...>(tag());
      return hn::Load(tag(), partial(of, K - First, row));
    }
  }

  template <class Beside, class... Held>
  static HWY_INLINE void reduce_row(const row_line<Context>& line, const tile& of, std::size_t row,
                                    Beside& beside, Held... held) {
    const tag d;
    const std::size_t lanes = hn::Lanes(d);
    reduce_positions<inner_reduction, true>(form_list<Reductions...>{}, each, line, d,
                                            {0, of.extent, lanes, lanes}, of.is_first, beside,
                                            held...);
    if (of.discards) return;
    finish_row(each, of, row, held...);
  }
  template <std::size_t... M, class... Held>
  static FUSOR_INLINE void finish_row(std::index_sequence<M...>, const tile& of, std::size_t row,
                                      Held... held) {
    if (of.renormalizes) renormalize(each, held...);
    (put_partial<Reductions, M>(of, row, pick_reference<First + 2 * M>(held...),
                                pick_reference<First + 2 * M + 1>(held...)),
     ...);
  }
  template <class Reduction, std::size_t M>
  static FUSOR_INLINE void put_partial(const tile& of, std::size_t row, V value, V error) {
    using operation = typename Reduction::operation;
    if constexpr (takes_terms<Reduction>) {
      hn::Store(value, tag(), partial(of, 2 * M, row));
      if constexpr (reducer<operation>::keeps_error) {
        if (of.keeps_errors || !reducer<operation>::starts_with_term) {
          hn::Store(error, tag(), partial(of, 2 * M + 1, row));
        }
      }
    }
  }

  /// The lanes of every row together.
  static HWY_INLINE void fold(const tile& of) {
    fold(each, of);
  }
  template <std::size_t... M>
  static HWY_INLINE void fold(std::index_sequence<M...>, const tile& of) {
    (fold_one<Reductions, M>(of), ...);
  }
  template <class Reduction, std::size_t M>
  static HWY_INLINE void fold_one(const tile& of) {
    using operation = typename Reduction::operation;
    if constexpr (takes_terms<Reduction>) {
      const tag d;
      if constexpr (reducer<operation>::keeps_error && !reducer<operation>::folds_error) {
        for (std::size_t row = 0; row < of.row_count; ++row) {
          T* const value = partial(of, 2 * M, row);
          hn::Store(hn::Add(hn::Load(d, value), hn::Load(d, partial(of, 2 * M + 1, row))), d,
                    value);
        }
      }
      const row_scalars<Context> scalars(of);
      const std::size_t lanes = hn::Lanes(d);
      for (std::size_t row = 0; row < of.row_count; row += lanes) {
        reduce_lanes<reducer<operation>, tag>(
            partial(of, 2 * M, row), partial(of, 2 * M + 1, row),
            HWY_MIN(lanes, of.row_count - row),
            of.keeps_errors || !reducer<operation>::starts_with_term,
            scalars.at(First + 2 * M, row), scalars.at(First + 2 * M + 1, row));
      }
    }
  }

  // An outer reduction.

  /// `Rows` is called for the rows of each vector, and calls reduce_rows.
  template <class Rows = rows_in_place>
  static HWY_INLINE void outer(const tile& of) {
    outer<Rows>(std::make_index_sequence<next>{}, of);
  }
  template <class Rows, std::size_t... K>
  static HWY_INLINE void outer(std::index_sequence<K...>, const tile& shared) {
    const tile of = shared;  // a copy: the compiler must assume that a store changes the other
    const Context context(of);
    const row_scalars<Context> scalars(of);
    for (std::size_t row = 0; row < of.row_count; row += hn::Lanes(tag())) {
      Rows::template reduce<loops_of_stage>(context, of, scalars, row,
                                            outer_start<K>(of, scalars, row)...);
    }
  }
  template <std::size_t K>
  static FUSOR_INLINE V outer_start(const tile& of, const row_scalars<Context>& scalars,
                                    std::size_t row) {
    if constexpr (K >= First) {
      if (of.is_first) return start_of_value<K - First, Reductions...>(tag());
    }
    return scalars.get(K, row);
  }
  template <class... Held>
  static HWY_INLINE void reduce_rows(const Context& context, const tile& of,
                                     const row_scalars<Context>& scalars, std::size_t row,
                                     Held... held) {
    const tag d;
    nothing_beside nothing;
    reduce_positions<outer_reduction, true>(
        form_list<Reductions...>{}, each, outer_line(context, of, row), d,
        {0, of.extent, 1, hn::Lanes(d)}, of.is_first, nothing, held...);
    if (of.discards) return;
    finish_rows(each, of, scalars, row, held...);
  }
  template <std::size_t... M, class... Held>
  static FUSOR_INLINE void finish_rows(std::index_sequence<M...>, const tile& of,
                                       const row_scalars<Context>& scalars, std::size_t row,
                                       Held... held) {
    if (of.renormalizes) renormalize(each, held...);
    (put_rows<Reductions>(scalars, First + 2 * M, row, pick_reference<First + 2 * M>(held...),
                          pick_reference<First + 2 * M + 1>(held...)),
     ...);
  }
  template <class Reduction>
  static FUSOR_INLINE void put_rows(const row_scalars<Context>& scalars, std::size_t place,
                                    std::size_t row, V value, V error) {
    if constexpr (takes_terms<Reduction>) {
      scalars.put(place, row, value);
      scalars.put(place + 1, row, error);
    }
  }

  // What follows.

  static HWY_INLINE void finish(const tile& of) {
    finish(each, std::index_sequence_for<Hoisted...>{}, of);
  }
  template <std::size_t... M, std::size_t... H>
  static HWY_INLINE void finish(std::index_sequence<M...>, std::index_sequence<H...>,
                                const tile& of) {
    (put_count<Reductions>(of, First + 2 * M), ...);
    (put_scalar<Context, Hoisted>(std::make_index_sequence<next + H>{}, of, next + H), ...);
  }
  /// What a reduction is that takes no terms and is not solved for: the number of elements.
  template <class Reduction>
  static FUSOR_INLINE void put_count(const tile& of, std::size_t place) {
    if constexpr (is_counted<Reduction>) {
      const tag d;
      const row_scalars<Context> scalars(of);
      const T high = static_cast<T>(of.reduced_count);
      const double low = static_cast<double>(of.reduced_count) - static_cast<double>(high);
      for (std::size_t row = 0; row < of.row_count; row += hn::Lanes(d)) {
        scalars.put(place, row, hn::Set(d, high));
        scalars.put(place + 1, row, set(d, low));
      }
    }
  }
};

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_LOOP_STAGE_LOOPS_TOGGLE
