// SPDX-License-Identifier: BSL-1.0
// Reductions: one struct each. docs/adding-a-reduction.md says what its members are for.

#if defined(FUSOR_SIMD_REDUCE_REDUCER_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_REDUCE_REDUCER_TOGGLE
#undef FUSOR_SIMD_REDUCE_REDUCER_TOGGLE
#else
#define FUSOR_SIMD_REDUCE_REDUCER_TOGGLE
#endif

#include "fusor/simd/evaluate-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// What reduction `Op` is, in every lane: an accumulator, a value and its error term, takes terms
/// in. There is one for each reduction of language/operation.hpp.
template <class Op>
struct reducer;

/// A reduction whose value alone is its accumulator: `Self` has identity and combine.
template <class Self>
struct plain_reducer {
  static constexpr bool keeps_error = false;
  static constexpr bool folds_error = false;
  static constexpr bool starts_with_term = true;

  template <class D, class V>
  static HWY_INLINE void accumulate(D d, V& value, V&, V term) {
    value = Self::combine(d, value, term);
  }
  template <class D, class V>
  static HWY_INLINE void renormalize(D, V&, V&) {}
};

/// A sum with all that rounding loses in the error term.
struct sum_reducer {
  static constexpr bool keeps_error = true;
  static constexpr bool folds_error = true;
  static constexpr bool starts_with_term = true;

  template <class D>
  static HWY_INLINE hn::Vec<D> identity(D d) {
    return hn::Zero(d);
  }
  template <class D, class V>
  static HWY_INLINE V combine(D, V a, V b) {
    return hn::Add(a, b);
  }
  template <class D, class V>
  static HWY_INLINE void accumulate(D, V& value, V& error, V term) {
    V lost;
    value = two_sum(value, term, lost);
    error = hn::Add(error, lost);
  }
  template <class D, class V>
  static HWY_INLINE void renormalize(D, V& value, V& error) {
    tidy_pair(value, error);
  }
};

template <>
struct reducer<op::reduce_sum> : sum_reducer {};

/// Each term by itself: none is added to others first.
template <>
struct reducer<op::exact_sum> : sum_reducer {
  static constexpr bool starts_with_term = false;
};

/// Terms are 0 or 1. They are counted in the error term, exactly until the next renormalization;
/// whole numbers below 2^24, so the lanes are folded without it.
template <>
struct reducer<op::count_sum> : sum_reducer {
  static constexpr bool folds_error = false;
  static constexpr bool starts_with_term = false;

  template <class D, class V>
  static HWY_INLINE void accumulate(D, V&, V& error, V term) {
    error = hn::Add(error, term);
  }
};

template <>
struct reducer<op::reduce_prod> : plain_reducer<reducer<op::reduce_prod>> {
  template <class D>
  static HWY_INLINE hn::Vec<D> identity(D d) {
    return set(d, 1);
  }
  template <class D, class V>
  static HWY_INLINE V combine(D, V a, V b) {
    return hn::Mul(a, b);
  }
};

template <>
struct reducer<op::reduce_max> : plain_reducer<reducer<op::reduce_max>> {
  template <class D>
  static HWY_INLINE hn::Vec<D> identity(D d) {
    return hn::Neg(hn::Inf(d));
  }
  template <class D, class V>
  static HWY_INLINE V combine(D d, V a, V b) {
    return apply(op::max{}, d, a, b);
  }
};

/// The same where NaN may be lost.
template <>
struct reducer<op::largest> : plain_reducer<reducer<op::largest>> {
  template <class D>
  static HWY_INLINE hn::Vec<D> identity(D d) {
    return hn::Neg(hn::Inf(d));
  }
  template <class D, class V>
  static HWY_INLINE V combine(D d, V a, V b) {
    return at_least(d, b, a);
  }
};

template <>
struct reducer<op::reduce_min> : plain_reducer<reducer<op::reduce_min>> {
  template <class D>
  static HWY_INLINE hn::Vec<D> identity(D d) {
    return hn::Inf(d);
  }
  template <class D, class V>
  static HWY_INLINE V combine(D d, V a, V b) {
    return apply(op::min{}, d, a, b);
  }
};

#if HWY_TARGET != HWY_SCALAR
/// Neighbouring lanes of two rows together: those of `a` are the first half. (Not by structures:
/// vectors of a size that is not known cannot be members.)
template <class Reducer, class D, class V>
HWY_INLINE void join_rows(D d, V a, V a_error, V b, V b_error, bool have_errors, V& value,
                          V& error) {
  value = hn::ConcatEven(d, b, a);
  error = hn::Zero(d);
  const V odd = hn::ConcatOdd(d, b, a);
  if constexpr (Reducer::folds_error) {
    if (have_errors) {
      error = hn::Add(hn::ConcatEven(d, b_error, a_error), hn::ConcatOdd(d, b_error, a_error));
    }
    Reducer::accumulate(d, value, error, odd);
  } else {
    value = Reducer::combine(d, value, odd);
  }
}
#endif

/// Takes the lanes of every row together, two rows at a time, until each lane is a row: `values`
/// and, unless they are 0, `errors` hold a vector for each of `rows` rows, at most as many as a
/// vector has lanes. Nothing here depends on a formula.
template <class Reducer, class D>
HWY_NOINLINE void reduce_lanes(lane<D>* values, lane<D>* errors, [[maybe_unused]] std::size_t rows,
                               [[maybe_unused]] bool have_errors, lane<D>* value_to,
                               lane<D>* error_to) {
  const D d;
#if HWY_TARGET != HWY_SCALAR
  using V = hn::Vec<D>;
  const std::size_t lanes = hn::Lanes(d);
  const auto error_of = [&](std::size_t r) {
    return Reducer::folds_error && have_errors ? hn::Load(d, errors + r * lanes) : hn::Zero(d);
  };
  const auto join = [&](std::size_t r, V& value, V& error) {
    const std::size_t first = HWY_MIN(r, rows - 1), second = HWY_MIN(r + 1, rows - 1);
    join_rows<Reducer>(d, hn::Load(d, values + first * lanes), error_of(first),
                       hn::Load(d, values + second * lanes), error_of(second), have_errors, value,
                       error);
  };
  for (std::size_t width = lanes; width > 1;) {
    // Four at a time, so that there is less to store, and to wait for.
    const std::size_t together = width > 2 ? 4 : 2;
    std::size_t joined = 0;
    for (std::size_t r = 0; r < rows; r += together, ++joined) {
      V value, error;
      join(r, value, error);
      if (together > 2) {
        V next, next_error;
        join(r + 2, next, next_error);
        join_rows<Reducer>(d, value, error, next, next_error, true, value, error);
      }
      hn::Store(value, d, values + joined * lanes);
      if constexpr (Reducer::folds_error) hn::Store(error, d, errors + joined * lanes);
    }
    rows = joined;
    have_errors = true;
    width /= together;
  }
#endif
  auto value = hn::Load(d, values);
  auto error = hn::Zero(d);
  if (Reducer::folds_error && have_errors) error = hn::Load(d, errors);
  Reducer::renormalize(d, value, error);
  hn::Store(value, d, value_to);
  hn::Store(error, d, error_to);
}

/// Adds up terms in memory as an outer reduction adds up those of a row: four at a time, and what
/// is left one after the other, so that a row has the bits that it has there. All lanes of the
/// results are alike.
template <class D>
void add_terms(const char* terms, std::size_t count, char* value_to, char* error_to) {
  using T = lane<D>;
  const D d;
  const T* const from = reinterpret_cast<const T*>(terms);
  hn::Vec<D> value = hn::Zero(d);
  hn::Vec<D> error = hn::Zero(d);
  for (std::size_t i = 0; i < count; i += 4) {
    hn::Vec<D> sum = hn::Set(d, from[i]);
    if (i + 4 <= count) {
      sum = hn::Add(hn::Add(sum, hn::Set(d, from[i + 1])),
                    hn::Add(hn::Set(d, from[i + 2]), hn::Set(d, from[i + 3])));
    } else {
      for (std::size_t j = i + 1; j < count; ++j) sum = hn::Add(sum, hn::Set(d, from[j]));
    }
    if (i == 0) {
      value = sum;
    } else {
      sum_reducer::accumulate(d, value, error, sum);
    }
  }
  sum_reducer::renormalize(d, value, error);
  hn::Store(value, d, reinterpret_cast<T*>(value_to));
  hn::Store(error, d, reinterpret_cast<T*>(error_to));
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_REDUCE_REDUCER_TOGGLE
