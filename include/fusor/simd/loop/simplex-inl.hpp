// SPDX-License-Identifier: BSL-1.0
// The threshold of sparsemax, which is solved for by going over the row until nothing changes.

#if defined(FUSOR_SIMD_LOOP_SIMPLEX_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_LOOP_SIMPLEX_TOGGLE
#undef FUSOR_SIMD_LOOP_SIMPLEX_TOGGLE
#else
#define FUSOR_SIMD_LOOP_SIMPLEX_TOGGLE
#endif

#include <cstddef>
#include <type_traits>
#include <utility>

#include "fusor/simd/inline.hpp"
#include "fusor/simd/loop/stage_loops-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// A term, counted from the origin of its row.
template <class Term, std::size_t Origin>
using from_origin = form<op::sub, Term, row<Origin>>;
template <class Term, std::size_t Origin, std::size_t Limit>
using above = form<op::greater, from_origin<Term, Origin>, row<Limit>>;
template <class Term, std::size_t Origin, std::size_t Limit>
using sum_above =
    reduction_of<op::exact_sum,
                 form<op::where, above<Term, Origin, Limit>, from_origin<Term, Origin>, zero>>;
template <class Term, std::size_t Origin, std::size_t Limit>
using count_above =
    reduction_of<op::count_sum, form<op::where, above<Term, Origin, Limit>, one, zero>>;

/// (sum - 1) / count as a pair; `none` where nothing was counted.
template <class D, class V>
FUSOR_INLINE V threshold_of(D d, V sum, V sum_low, V count, V none, V& low) {
  V error;
  const V more = two_sum(sum, set(d, -1), error);
  const V quotient = hn::Div(more, count);
  const V rest = hn::Add(residual_of_product(d, quotient, count, more), hn::Add(error, sum_low));
  const V value = two_sum(quotient, hn::Div(rest, count), low);
  low = number_or_zero(low);
  return hn::IfThenElse(hn::Eq(count, hn::Zero(d)), none, value);
}

/// The largest number that is not above value + low: a number is above the one if it is above the
/// other.
template <class D, class V>
FUSOR_INLINE V round_down(D d, V value, V low) {
  const hn::RebindToUnsigned<D> du;
  const auto bits = hn::BitCast(du, value);
  const auto one = hn::Set(du, 1);
  const V next = hn::IfThenElse(hn::Lt(value, hn::Zero(d)), hn::BitCast(d, hn::Add(bits, one)),
                                hn::BitCast(d, hn::Sub(bits, one)));
  return hn::IfThenElse(hn::Lt(low, hn::Zero(d)), next, value);
}

/// Michelot's iteration from below: the threshold for the elements above the last threshold, until
/// no more elements fall out. Elements are counted from the largest, so that the sum of those above
/// is small; from 0 if the largest is below 2, where the difference would be rounded. Of a row with
/// infinite elements, these are above, and share 1. `Place` is where the threshold goes, `Next` the
/// first place that is free, `Largest` that of the largest element.
template <class Context, std::size_t Place, std::size_t Next, std::size_t Largest, class Term>
struct simplex {
  using tag = typename Context::tag;
  using V = hn::Vec<tag>;
  static constexpr std::size_t inputs = Context::input_total;
  static constexpr std::size_t origin = Next, limit = Next + 1;
  static constexpr std::size_t sum = Next + 2, count = Next + 4, count_before = Next + 6;
  using loops = loops_of_stage<Context, sum,
                               stage<form_list<sum_above<Term, inputs + origin, inputs + limit>,
                                               count_above<Term, inputs + origin, inputs + limit>>,
                                     form_list<>>>;

  static void begin(const tile& of) {
    const tag d;
    const row_scalars<Context> found(of);
    const V highest = hn::Set(d, hwy::HighestValue<lane<tag>>());
    for (std::size_t row = 0; row < of.row_count; row += hn::Lanes(d)) {
      const V largest = found.get(Largest, row);
      const auto is_far = hn::Not(hn::Lt(hn::Abs(largest), set(d, 2)));
      const auto is_infinite = hn::Eq(largest, hn::Inf(d));
      const V from = hn::IfThenElse(is_infinite, hn::Zero(d), hn::IfThenElseZero(is_far, largest));
      V low = hn::Zero(d);
      const V value = two_sum(hn::Sub(largest, from), set(d, -1), low);
      found.put(origin, row, from);
      found.put(limit, row, hn::IfThenElse(is_infinite, highest, round_down(d, value, low)));
      found.put(count_before, row, hn::Inf(d));
    }
  }

  /// True when no elements have fallen out of any row.
  static bool next(const tile& of) {
    const tag d;
    const row_scalars<Context> found(of);
    const V highest = hn::Set(d, hwy::HighestValue<lane<tag>>());
    bool is_done = true;
    for (std::size_t row = 0; row < of.row_count; row += hn::Lanes(d)) {
      const V taken = found.get(count, row);
      const V largest = found.get(Largest, row);
      const auto is_infinite = hn::Eq(largest, hn::Inf(d));
      V low = hn::Zero(d);
      const V value = threshold_of(d, found.get(sum, row), found.get(sum + 1, row), taken,
                                   hn::Sub(largest, largest), low);
      found.put(limit, row, hn::IfThenElse(is_infinite, highest, round_down(d, value, low)));
      V error = hn::Zero(d);
      const V threshold = two_sum(found.get(origin, row), value, error);
      found.put(Place, row, hn::IfThenElse(is_infinite, largest, threshold));
      found.put(Place + 1, row,
                hn::IfThenElse(is_infinite, hn::Div(set(d, -1), taken), hn::Add(error, low)));
      const auto is_fewer =
          hn::And(hn::Lt(taken, found.get(count_before, row)), hn::FirstN(d, of.row_count - row));
      is_done = is_done && hn::AllFalse(d, is_fewer);
      found.put(count_before, row, taken);
    }
    return is_done;
  }

  static constexpr solver_loops table = {begin, loops::inner, loops::template outer<>, loops::fold,
                                         next};
};

/// The solver of a reduction whose results have place `Place`, or null.
template <class Context, std::size_t Place, std::size_t Next, class Reduction>
inline constexpr const solver_loops* solver_of = nullptr;
template <class Context, std::size_t Place, std::size_t Next, class Term, std::size_t Largest>
inline constexpr const solver_loops*
    solver_of<Context, Place, Next, reduction_of<op::simplex_threshold, Term, row<Largest>>> =
        &simplex<Context, Place, Next, Largest - Context::input_total, Term>::table;

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_LOOP_SIMPLEX_TOGGLE
