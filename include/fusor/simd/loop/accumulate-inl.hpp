// SPDX-License-Identifier: BSL-1.0
// The terms of a reduction at the positions of a tile, taken together.

#if defined(FUSOR_SIMD_LOOP_ACCUMULATE_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_LOOP_ACCUMULATE_TOGGLE
#undef FUSOR_SIMD_LOOP_ACCUMULATE_TOGGLE
#else
#define FUSOR_SIMD_LOOP_ACCUMULATE_TOGGLE
#endif

#include <cstddef>
#include <type_traits>
#include <utility>

#include "fusor/simd/inline.hpp"
#include "fusor/simd/loop/tile_context-inl.hpp"
#include "fusor/simd/reduce/reducer-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

template <class Reduction>
inline constexpr bool is_counted = std::is_same_v<typename Reduction::operation, op::reduce_count>;
template <class Reduction>
inline constexpr bool is_given = std::is_same_v<typename Reduction::operation, op::row_value>;
template <class Reduction>
inline constexpr bool takes_terms =
    !is_counted<Reduction> && !is_iterated<Reduction> && !is_given<Reduction>;

/// What taking terms in starts from.
template <class Reduction, class D>
FUSOR_INLINE hn::Vec<D> start_of(D d) {
  if constexpr (takes_terms<Reduction>) {
    return reducer<typename Reduction::operation>::identity(d);
  } else {
    return hn::Zero(d);
  }
}

/// The same for number `K` of the row values of several reductions: two for each, the low part is
/// 0.
template <std::size_t K, class... Reductions, class D>
FUSOR_INLINE hn::Vec<D> start_of_value(D d) {
  if constexpr (K % 2 == 0) {
    return start_of<typename element_at<K / 2, element_list<Reductions...>>::type>(d);
  } else {
    return hn::Zero(d);
  }
}

/// What a term is joined with to be itself, also a zero with its sign.
template <class Operation, class D>
FUSOR_INLINE hn::Vec<D> nothing_of(D d) {
  if constexpr (std::is_base_of_v<sum_reducer, reducer<Operation>>) {
    return hn::Neg(hn::Zero(d));
  } else {
    return reducer<Operation>::identity(d);
  }
}

template <class Reduction>
inline constexpr bool counts_nothing = std::is_same_v<Reduction, reduction_of<op::count_sum, zero>>;

/// Whether the terms of a reduction wait for the outputs.
template <class Context, class Reduction>
inline constexpr bool is_carried =
    std::is_same_v<typename Reduction::term, typename Context::program::carried>;

/// The term of a reduction at one position.
template <class Reduction, class Direction, bool Whole, class Context, class D, class... Held>
FUSOR_INLINE hn::Vec<D> term_at(const row_line<Context>& line, D d, std::size_t index,
                                std::size_t count, Held... held) {
  constexpr auto inputs = std::make_index_sequence<Context::input_total>{};
  const auto term = value_at<typename Reduction::term, Direction, Whole>(
      inputs, line.context, d, line.at, index, count, held...);
  if constexpr (is_carried<Context, Reduction>) {
    if (line.carried != nullptr) {
      write_lanes<Whole, lane<D>>(
          d, term, reinterpret_cast<char*>(line.template carried_at<Direction>(index)), count);
    }
  }
  return term;
}

/// What two terms give together: `before` and the term at one position. A product is rounded once,
/// with the sum, where there is a fused multiply-add.
template <class Reduction, class Direction, bool Whole, class Context, class D, class V,
          class... Held>
FUSOR_INLINE V join_term(const row_line<Context>& line, D d, std::size_t index, std::size_t count,
                         V before, Held... held) {
  if constexpr (is_product<typename Reduction::term> &&
                std::is_same_v<typename Reduction::operation, op::reduce_sum> &&
                !is_carried<Context, Reduction>) {
    constexpr auto inputs = std::make_index_sequence<Context::input_total>{};
    const auto a = value_at<typename factors_of<typename Reduction::term>::first, Direction, Whole>(
        inputs, line.context, d, line.at, index, count, held...);
    const auto b =
        value_at<typename factors_of<typename Reduction::term>::second, Direction, Whole>(
            inputs, line.context, d, line.at, index, count, held...);
    return hn::MulAdd(a, b, before);
  } else {
    return reducer<typename Reduction::operation>::combine(
        d, before, term_at<Reduction, Direction, Whole>(line, d, index, count, held...));
  }
}

/// The terms of `Count` positions together, as a tree.
template <std::size_t Count, class Reduction, class Direction, bool Whole, class Context, class D,
          class... Held>
FUSOR_INLINE hn::Vec<D> tree_at(const row_line<Context>& line, D d, std::size_t index,
                                std::size_t step, std::size_t n, Held... held) {
  if constexpr (Count == 2) {
    const auto term = term_at<Reduction, Direction, Whole>(line, d, index, n, held...);
    return join_term<Reduction, Direction, Whole>(line, d, index + step, n, term, held...);
  } else {
    constexpr std::size_t half = Count / 2;
    const auto left = tree_at<half, Reduction, Direction, Whole>(line, d, index, step, n, held...);
    const auto right =
        tree_at<half, Reduction, Direction, Whole>(line, d, index + half * step, step, n, held...);
    return reducer<typename Reduction::operation>::combine(d, left, right);
  }
}

/// Takes the term of one position in with all that rounding loses, also of a product. `All`: every
/// lane has an element.
template <class Reduction, class Direction, bool Whole, bool All, class Context, class D, class V,
          class... Held>
FUSOR_INLINE void take_exactly(const row_line<Context>& line, D d, std::size_t index,
                               std::size_t count, V& value, V& low, Held... held) {
  V term, error;
  if constexpr (is_product<typename Reduction::term> && !is_carried<Context, Reduction>) {
    constexpr auto inputs = std::make_index_sequence<Context::input_total>{};
    using factors = factors_of<typename Reduction::term>;
    term = two_product(d,
                       value_at<typename factors::first, Direction, Whole>(
                           inputs, line.context, d, line.at, index, count, held...),
                       value_at<typename factors::second, Direction, Whole>(
                           inputs, line.context, d, line.at, index, count, held...),
                       error);
    low = hn::Add(low, All ? error : hn::IfThenElseZero(hn::FirstN(d, count), error));
  } else {
    term = term_at<Reduction, Direction, Whole>(line, d, index, count, held...);
  }
  sum_reducer::accumulate(d, value, low,
                          All ? term : hn::IfThenElseZero(hn::FirstN(d, count), term));
}

/// Takes the terms of four positions in; the first ones of all take the place of what a reduction
/// starts from.
template <class Reduction, class Direction, bool Whole, std::size_t Value, class Context, class D,
          class... Held>
FUSOR_INLINE void take_four(const row_line<Context>& line, D d, std::size_t index, std::size_t step,
                            std::size_t n, bool are_first, Held&... held) {
  using operation = typename Reduction::operation;
  if constexpr (std::is_same_v<operation, op::exact_sum>) {
    for (std::size_t i = 0; i < 4; ++i) {
      take_exactly<Reduction, Direction, Whole, true>(line, d, index + i * step, n,
                                                      pick_reference<Value>(held...),
                                                      pick_reference<Value + 1>(held...), held...);
    }
  } else if constexpr (takes_terms<Reduction> && !counts_nothing<Reduction>) {
    const auto tree = tree_at<4, Reduction, Direction, Whole>(line, d, index, step, n, held...);
    auto& value = pick_reference<Value>(held...);
    if (reducer<operation>::starts_with_term && are_first) {
      value = tree;
    } else {
      reducer<operation>::accumulate(d, value, pick_reference<Value + 1>(held...), tree);
    }
  }
}

/// The condition by which these reductions choose their terms, if it is one that seldom holds; else
/// void. The first of several.
template <class... Reductions>
struct seldom_condition : std::type_identity<void> {};
template <class First, class... Rest>
struct seldom_condition<First, Rest...> : seldom_condition<Rest...> {};
template <class Op, class A, class Largest, class Seldom, class Usual, class... Rest>
struct seldom_condition<
    reduction_of<Op, form<op::where, form<op::is_largest, A, Largest>, Seldom, Usual>>, Rest...>
    : std::type_identity<form<op::is_largest, A, Largest>> {};

/// A reduction where a condition does not hold.
template <class Reduction, class Condition>
struct without : std::type_identity<Reduction> {};
template <class Op, class Condition, class Seldom, class Usual>
struct without<reduction_of<Op, form<op::where, Condition, Seldom, Usual>>, Condition>
    : std::type_identity<reduction_of<Op, Usual>> {};

/// The lanes in which a condition holds at one of `Count` positions.
template <std::size_t Count, class Condition, class Direction, bool Whole, class Context, class D,
          class... Held>
FUSOR_INLINE hn::Mask<D> holds_at(const row_line<Context>& line, D d, std::size_t index,
                                  std::size_t step, std::size_t n, Held... held) {
  if constexpr (Count == 1) {
    return value_at<Condition, Direction, Whole>(std::make_index_sequence<Context::input_total>{},
                                                 line.context, d, line.at, index, n, held...);
  } else {
    constexpr std::size_t half = Count / 2;
    return hn::Or(holds_at<half, Condition, Direction, Whole>(line, d, index, step, n, held...),
                  holds_at<half, Condition, Direction, Whole>(line, d, index + half * step, step, n,
                                                              held...));
  }
}

/// Takes the terms of four positions in. What a condition chooses that seldom holds is computed
/// only where it does: it need not be looked at vector by vector.
template <class Direction, bool Whole, class... Reductions, std::size_t... Value, class Context,
          class D, class... Held>
FUSOR_INLINE void take_fours(form_list<Reductions...>, std::index_sequence<Value...>,
                             const row_line<Context>& line, D d, std::size_t index,
                             std::size_t step, bool are_first, Held&... held) {
  const std::size_t n = hn::Lanes(d);
  using condition = typename seldom_condition<Reductions...>::type;
  if constexpr (!std::is_void_v<condition>) {
    if (HWY_LIKELY(hn::AllFalse(
            d, holds_at<4, condition, Direction, Whole>(line, d, index, step, n, held...)))) {
      (take_four<typename without<Reductions, condition>::type, Direction, Whole, Value>(
           line, d, index, step, n, are_first, held...),
       ...);
      return;
    }
  }
  (take_four<Reductions, Direction, Whole, Value>(line, d, index, step, n, are_first, held...),
   ...);
}

/// Takes the terms of up to four positions in, added up first: `left` is how far they go. Along a
/// row, the last of them may have fewer elements than a vector.
template <class Reduction, class Direction, bool Whole, std::size_t Value, class Context, class D,
          class... Held>
FUSOR_INLINE void take_rest(row_line<Context> line, D d, std::size_t index, std::size_t step,
                            std::size_t left, std::size_t lanes, bool are_first, Held&... held) {
  using operation = typename Reduction::operation;
  if constexpr (std::is_same_v<operation, op::exact_sum>) {
    for (; left > step; left -= step) {
      take_exactly<Reduction, Direction, true, true>(line, d, index, lanes,
                                                     pick_reference<Value>(held...),
                                                     pick_reference<Value + 1>(held...), held...);
      Direction::advance(line, index, step);
    }
    take_exactly<Reduction, Direction, Whole, Direction::is_across>(
        line, d, index, Direction::lanes_of(left, lanes), pick_reference<Value>(held...),
        pick_reference<Value + 1>(held...), held...);
  } else if constexpr (takes_terms<Reduction>) {
    auto& value = pick_reference<Value>(held...);
    auto& low = pick_reference<Value + 1>(held...);
    auto sum = nothing_of<operation>(d);
    auto others = reducer<operation>::identity(d);
    for (; left > step; left -= step) {
      sum = join_term<Reduction, Direction, true>(line, d, index, lanes, sum, held...);
      others = sum;
      Direction::advance(line, index, step);
    }
    const std::size_t count = Direction::lanes_of(left, lanes);
    sum = join_term<Reduction, Direction, Whole>(line, d, index, count, sum, held...);
    if constexpr (!Direction::is_across) sum = hn::IfThenElse(hn::FirstN(d, count), sum, others);
    if (reducer<operation>::starts_with_term && are_first) {
      value = sum;
    } else {
      reducer<operation>::accumulate(d, value, low, sum);
    }
  }
}

template <class Reduction, std::size_t Value, class D, class... Held>
FUSOR_INLINE void renormalize_reduction(D d, Held&... held) {
  if constexpr (takes_terms<Reduction>) {
    reducer<typename Reduction::operation>::renormalize(d, pick_reference<Value>(held...),
                                                        pick_reference<Value + 1>(held...));
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_LOOP_ACCUMULATE_TOGGLE
