// SPDX-License-Identifier: BSL-1.0
// All positions of a tile along one direction: reduced, or written.

#if defined(FUSOR_SIMD_LOOP_POSITIONS_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_LOOP_POSITIONS_TOGGLE
#undef FUSOR_SIMD_LOOP_POSITIONS_TOGGLE
#else
#define FUSOR_SIMD_LOOP_POSITIONS_TOGGLE
#endif

#include <cstddef>
#include <utility>

#include "fusor/simd/loop/accumulate-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// What is done beside a reduction: nothing.
struct nothing_beside {
  template <class D>
  static HWY_INLINE void take_four(D, std::size_t, std::size_t) {}
};

/// Positions `step` apart, from `begin` on, `left` of them or of their elements, `lanes` at each.
struct position_range {
  std::size_t begin;
  std::size_t left;
  std::size_t step;
  std::size_t lanes;
};

/// Reduces positions. The values are the last ones of `held`; low parts are not settled. `beside`
/// is called for every four positions.
template <class Direction, bool Whole, class... Reductions, std::size_t... M, class Context,
          class D, class Beside, class... Held>
HWY_INLINE void reduce_positions(form_list<Reductions...> all, std::index_sequence<M...>,
                                 row_line<Context> line, D d, position_range range, bool are_first,
                                 Beside& beside, Held&... held) {
  auto [begin, left, step, lanes] = range;
  constexpr std::size_t first = sizeof...(Held) - 2 * sizeof...(M);
  constexpr bool all_whole = Whole && Direction::is_across;  // the last position as well
  std::size_t index = 0;
  Direction::advance(line, index, begin);
  for (; left >= 4 * step; left -= 4 * step) {
    take_fours<Direction, Whole>(all, std::index_sequence<first + 2 * M...>{}, line, d, index, step,
                                 are_first, held...);
    beside.take_four(d, index, step);
    Direction::advance(line, index, 4 * step);
    are_first = false;
  }
  if (left > 0) {
    (take_rest<Reductions, Direction, all_whole, first + 2 * M>(line, d, index, step, left, lanes,
                                                                are_first, held...),
     ...);
  }
}

/// Computes the outputs of `count` positions `step` apart, from `begin` on: all lanes, or the first
/// `lanes`.
template <class Direction, bool Whole, class Write, class Context, class D, class... Held>
HWY_INLINE void write_positions(row_line<Context> line, D d, std::size_t begin, std::size_t count,
                                std::size_t step, std::size_t lanes, Held... held) {
  std::size_t i = 0;
  std::size_t index = 0;
  Direction::advance(line, index, begin);
  if constexpr (Write::unroll > 1 && Whole) {
    for (; i + 2 <= count; i += 2) {
      Write::template position<Direction, true>(line, d, index, lanes, held...);
      Write::template position<Direction, true>(line, d, index + step, lanes, held...);
      Direction::advance(line, index, 2 * step);
    }
  }
  for (; i < count; ++i) {
    Write::template position<Direction, Whole>(line, d, index, lanes, held...);
    Direction::advance(line, index, step);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_LOOP_POSITIONS_TOGGLE
