// SPDX-License-Identifier: BSL-1.0
// The two directions of a reduction, and the scalars of rows.

#if defined(FUSOR_SIMD_LOOP_DIRECTIONS_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_LOOP_DIRECTIONS_TOGGLE
#undef FUSOR_SIMD_LOOP_DIRECTIONS_TOGGLE
#else
#define FUSOR_SIMD_LOOP_DIRECTIONS_TOGGLE
#endif

#include <cstddef>
#include <type_traits>
#include <utility>

#include "fusor/simd/inline.hpp"
#include "fusor/simd/loop/tile_context-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

// --- the two directions ---

/// The elements of a row are the lanes of vectors.
struct inner_reduction {
  static constexpr bool is_across = false;

  /// Of the elements that are left, those of the next position.
  static FUSOR_INLINE std::size_t lanes_of(std::size_t left, std::size_t lanes) {
    return HWY_MIN(left, lanes);
  }
  template <class Element, class Context>
  static FUSOR_INLINE const char* address(const Context& context, const typename Context::place& at,
                                          std::size_t operand, std::size_t index) {
    const std::ptrdiff_t stride = context.template stride<Element>(operand);
    return HWY_UNLIKELY(stride == 0) ? at.at[operand] : at.at[operand] + index * sizeof(Element);
  }
  /// To the position that lies `count` after this one.
  template <class Context>
  static FUSOR_INLINE void advance(row_line<Context>&, std::size_t& index, std::size_t count) {
    index += count;
  }
  template <class Context>
  static FUSOR_INLINE std::ptrdiff_t carried_stride(const Context&) {
    return sizeof(typename Context::compute);
  }
};

/// Each lane is a row. Positions lie at any stride.
struct outer_reduction {
  static constexpr bool is_across = true;

  static FUSOR_INLINE std::size_t lanes_of(std::size_t, std::size_t lanes) {
    return lanes;
  }
  template <class Element, class Context>
  static FUSOR_INLINE const char* address(const Context& context, const typename Context::place& at,
                                          std::size_t operand, std::size_t index) {
    return at.at[operand] + static_cast<std::ptrdiff_t>(index) * context.inner_strides[operand];
  }
  /// The line moves, not the index: a product of index and stride for every operand would cost as
  /// much as the arithmetic.
  template <class Context>
  static FUSOR_INLINE void advance(row_line<Context>& line, std::size_t&, std::size_t count) {
    const auto steps = static_cast<std::ptrdiff_t>(count);
    line.at.move(line.context.inner_strides, steps);
    if (line.carried != nullptr) line.carried += steps * carried_stride(line.context);
  }
  template <class Context>
  static FUSOR_INLINE std::ptrdiff_t carried_stride(const Context& context) {
    return context.inner_strides[materialized_operand<Context>];
  }
};

/// Where the term that waits for the outputs is, or null.
template <class Context>
FUSOR_INLINE char* materialized_at(const tile& of, const typename Context::place& at,
                                   std::size_t row) {
  if constexpr (has_carried<Context>) {
    if (of.waiting != nullptr) {
      return of.waiting + static_cast<std::ptrdiff_t>(row) * of.waiting_stride;
    }
    if (of.materializes) return const_cast<char*>(at.at[materialized_operand<Context>]);
  }
  return nullptr;
}
template <class Context>
FUSOR_INLINE row_line<Context> line_at(const Context& context, const tile& of,
                                       const typename Context::place& at, std::size_t row) {
  return {context, at.copy(), materialized_at<Context>(of, at, row), of.streams};
}
template <class Context>
FUSOR_INLINE row_line<Context> outer_line(const Context& context, const tile& of, std::size_t row) {
  auto at = Context::place_of(of);
  at.move(context.strides, static_cast<std::ptrdiff_t>(row));
  return line_at(context, of, at, 0);
}

// --- the scalars of rows ---

/// Scalars by place and row.
template <class Context>
struct row_scalars {
  using tag = typename Context::tag;
  using T = typename Context::compute;
  char* data;
  std::size_t pitch;

  FUSOR_INLINE explicit row_scalars(const tile& of, std::size_t set = 0)
      : data(of.scalars + set * scalar_total<Context> * of.scalar_pitch), pitch(of.scalar_pitch) {}

  FUSOR_INLINE T* at(std::size_t place, std::size_t row) const {
    return reinterpret_cast<T*>(data + place * pitch) + row;
  }
  FUSOR_INLINE hn::Vec<tag> get(std::size_t place, std::size_t row) const {
    return hn::Load(tag(), at(place, row));
  }
  FUSOR_INLINE hn::Vec<tag> one(std::size_t place, std::size_t row) const {
    return hn::Set(tag(), *at(place, row));
  }
  FUSOR_INLINE void put(std::size_t place, std::size_t row, hn::Vec<tag> value) const {
    hn::Store(value, tag(), at(place, row));
  }
};

/// A scalar that follows from those before it, for all rows.
template <class Context, class Form, std::size_t... P>
FUSOR_INLINE void put_scalar(std::index_sequence<P...>, const tile& of, std::size_t place) {
  constexpr auto inputs = std::make_index_sequence<Context::input_total>{};
  const typename Context::tag d;
  const Context context(of);
  const row_scalars<Context> scalars(of);
  const auto at = Context::place_of(of);
  for (std::size_t row = 0; row < of.row_count; row += hn::Lanes(d)) {
    scalars.put(place, row, row_value<Form>(inputs, context, d, at, scalars.get(P, row)...));
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_LOOP_DIRECTIONS_TOGGLE
