// SPDX-License-Identifier: BSL-1.0
// From elements of any type, anywhere, to rows of neighbours of the type that is computed in, and
// back. Nothing here depends on a formula.

#if defined(FUSOR_SIMD_LOOP_BLOCK_COPY_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_LOOP_BLOCK_COPY_TOGGLE
#undef FUSOR_SIMD_LOOP_BLOCK_COPY_TOGGLE
#else
#define FUSOR_SIMD_LOOP_BLOCK_COPY_TOGGLE
#endif

#include <hwy/cache_control.h>

#include <cstddef>
#include <type_traits>
#include <utility>

#include "fusor/schedule/signature.hpp"
#include "fusor/schedule/tile.hpp"
#include "fusor/simd/lanes-inl.hpp"
#include "fusor/simd/loop/contiguous-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

using namespace detail;

inline constexpr bool can_transpose = HWY_TARGET != HWY_SCALAR && !HWY_HAVE_SCALABLE;

inline constexpr std::ptrdiff_t bytes_per_cache_line = 64;
HWY_INLINE bool begins_line(std::ptrdiff_t bytes) {
  return bytes % bytes_per_cache_line == 0;
}

/// Asks memory for what lies `ahead` steps behind so many, a line of a cache at a time: the next
/// block, most likely, which begins in another page, where no processor looks for itself. softmax
/// of 262,144 rows of 16 (Zen 5): 1.08 -> 0.42 ns an element.
template <std::size_t... R>
HWY_INLINE void ask_ahead(std::index_sequence<R...>, const char* at, std::ptrdiff_t stride,
                          std::size_t ahead) {
  at += stride * static_cast<std::ptrdiff_t>(ahead);
  const std::ptrdiff_t lines = 2 * stride > bytes_per_cache_line ? stride : bytes_per_cache_line;
  const std::size_t few = lines == stride ? sizeof...(R) : sizeof...(R) / 2;
  ((R < few ? hwy::Prefetch(at + lines * static_cast<std::ptrdiff_t>(R)) : void()), ...);
}

/// Up to as many rows as a vector has lanes, of which the elements at one place are neighbours.
template <class D, class Element, std::size_t... R>
void load_transposed(std::index_sequence<R...>, char* to, std::size_t pitch, const char* from,
                     std::ptrdiff_t stride, std::size_t rows, std::size_t count, bool asks_ahead) {
  using T = lane<D>;
  const D d;
  for (std::size_t begin = 0; begin < count;
       begin += sizeof...(R), to += sizeof(T) * sizeof...(R)) {
    const std::size_t left = count - begin;
    const char* const first = from + stride * static_cast<std::ptrdiff_t>(begin);
    if (asks_ahead) ask_ahead(std::index_sequence<R...>{}, first, stride, count);
    square_tile<D> square = {
        {(R < left ? read_lanes<false, Element>(d, first + stride * static_cast<std::ptrdiff_t>(R),
                                                sizeof(Element), rows)
                   : hn::Zero(d))...}};
    transpose<sizeof...(R)>(std::make_index_sequence<sizeof...(R) / 2>{}, d, square);
    ((R < rows ? hn::StoreU(square.rows[R], d, reinterpret_cast<T*>(to + R * pitch)) : void()),
     ...);
  }
}

template <class D, class Element, std::size_t... R>
void store_transposed(std::index_sequence<R...>, const char* from, std::size_t pitch, char* to,
                      std::ptrdiff_t stride, std::size_t rows, std::size_t count, bool asks_ahead) {
  using T = lane<D>;
  const D d;
  for (std::size_t begin = 0; begin < count;
       begin += sizeof...(R), from += sizeof(T) * sizeof...(R)) {
    const std::size_t left = count - begin;
    square_tile<D> square = {
        {(R < rows ? hn::LoadU(d, reinterpret_cast<const T*>(from + R * pitch)) : hn::Zero(d))...}};
    transpose<sizeof...(R)>(std::make_index_sequence<sizeof...(R) / 2>{}, d, square);
    char* const first = to + stride * static_cast<std::ptrdiff_t>(begin);
    if (asks_ahead) ask_ahead(std::index_sequence<R...>{}, first, stride, count);
    ((R < left ? write_lanes<false, Element>(d, square.rows[R],
                                             first + stride * static_cast<std::ptrdiff_t>(R), rows)
               : void()),
     ...);
  }
}

/// Whether rows are two to four elements of the type that is computed in, one after the other.
template <class D, class Element>
HWY_INLINE bool are_interleaved(std::ptrdiff_t stride, std::size_t rows) {
  return std::is_same_v<Element, lane<D>> && rows >= 2 && rows <= 4 &&
         stride == static_cast<std::ptrdiff_t>(rows * sizeof(Element));
}

/// Whole vectors of such rows, and none of others. Returns how many elements of each row that is.
template <class D, class Element>
std::size_t load_interleaved(char* to, std::size_t pitch, const char* from, std::ptrdiff_t stride,
                             std::size_t rows, std::size_t count) {
  using T = lane<D>;
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  if (!are_interleaved<D, Element>(stride, rows)) return 0;
  hn::Vec<D> a = hn::Zero(d), b = a, c = a, e = a;
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes, to += lanes * sizeof(T)) {
    const T* const at = reinterpret_cast<const T*>(from) + i * rows;
    if (rows == 2) {
      hn::LoadInterleaved2(d, at, a, b);
    } else if (rows == 3) {
      hn::LoadInterleaved3(d, at, a, b, c);
    } else {
      hn::LoadInterleaved4(d, at, a, b, c, e);
    }
    hn::StoreU(a, d, reinterpret_cast<T*>(to));
    hn::StoreU(b, d, reinterpret_cast<T*>(to + pitch));
    if (rows > 2) hn::StoreU(c, d, reinterpret_cast<T*>(to + 2 * pitch));
    if (rows > 3) hn::StoreU(e, d, reinterpret_cast<T*>(to + 3 * pitch));
  }
  return i;
}

template <class D, class Element>
std::size_t store_interleaved(const char* from, std::size_t pitch, char* to, std::ptrdiff_t stride,
                              std::size_t rows, std::size_t count) {
  using T = lane<D>;
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  if (!are_interleaved<D, Element>(stride, rows)) return 0;
  const auto row = [&](std::size_t r) {
    return hn::LoadU(d, reinterpret_cast<const T*>(from + r * pitch));
  };
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes, from += lanes * sizeof(T)) {
    T* const at = reinterpret_cast<T*>(to) + i * rows;
    if (rows == 2) {
      hn::StoreInterleaved2(row(0), row(1), d, at);
    } else if (rows == 3) {
      hn::StoreInterleaved3(row(0), row(1), row(2), d, at);
    } else {
      hn::StoreInterleaved4(row(0), row(1), row(2), row(3), d, at);
    }
  }
  return i;
}

/// Rows begin at multiples of `pitch`, which has room for whole vectors; what is left of the last
/// one becomes 0.
template <class D, class Element>
void load_block(char* to, std::size_t pitch, const char* from, std::ptrdiff_t row_stride,
                std::ptrdiff_t stride, [[maybe_unused]] std::size_t rows, std::size_t count,
                [[maybe_unused]] bool asks_ahead) {
  using T = lane<D>;
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  if constexpr (can_transpose) {
    if (row_stride == sizeof(Element) && stride != sizeof(Element) && stride != 0) {
      const std::size_t done = load_interleaved<D, Element>(to, pitch, from, stride, rows, count);
      to += done * sizeof(T);
      from += stride * static_cast<std::ptrdiff_t>(done);
      count -= done;
      const char* const first = from;
      for (; rows > 0; to += pitch * HWY_MIN(rows, lanes), from += sizeof(Element) * lanes,
                       rows -= HWY_MIN(rows, lanes)) {
        load_transposed<D, Element>(std::make_index_sequence<hn::MaxLanes(D())>{}, to, pitch, from,
                                    stride, HWY_MIN(rows, lanes), count,
                                    asks_ahead && begins_line(from - first));
      }
      return;
    }
  }
  const bool is_contiguous = stride == sizeof(Element) || stride == 0;
  for (; rows > 0; --rows, to += pitch, from += row_stride) {
    T* const row = reinterpret_cast<T*>(to);
    std::size_t i = 0;
    if (is_contiguous) {
      for (; i + lanes <= count; i += lanes) {
        hn::StoreU(read_lanes<true, Element>(d, from + stride * static_cast<std::ptrdiff_t>(i),
                                             stride, lanes),
                   d, row + i);
      }
      if (i < count) {
        hn::StoreU(read_lanes<false, Element>(d, from + stride * static_cast<std::ptrdiff_t>(i),
                                              stride, count - i),
                   d, row + i);
      }
    } else {
      for (; i < count; i += lanes) {
        hn::StoreU(gather_lanes<D, Element>(d, from + stride * static_cast<std::ptrdiff_t>(i),
                                            stride, HWY_MIN(lanes, count - i)),
                   d, row + i);
      }
    }
  }
}

template <class D, class Element>
void store_block(const char* from, std::size_t pitch, char* to, std::ptrdiff_t row_stride,
                 std::ptrdiff_t stride, [[maybe_unused]] std::size_t rows, std::size_t count,
                 [[maybe_unused]] bool asks_ahead) {
  using T = lane<D>;
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  if constexpr (can_transpose) {
    if (row_stride == sizeof(Element) && stride != sizeof(Element)) {
      const std::size_t done = store_interleaved<D, Element>(from, pitch, to, stride, rows, count);
      to += stride * static_cast<std::ptrdiff_t>(done);
      from += done * sizeof(T);
      count -= done;
      const char* const first = to;
      for (; rows > 0; from += pitch * HWY_MIN(rows, lanes), to += sizeof(Element) * lanes,
                       rows -= HWY_MIN(rows, lanes)) {
        store_transposed<D, Element>(std::make_index_sequence<hn::MaxLanes(D())>{}, from, pitch, to,
                                     stride, HWY_MIN(rows, lanes), count,
                                     asks_ahead && begins_line(to - first));
      }
      return;
    }
  }
  for (; rows > 0; --rows, from += pitch, to += row_stride) {
    const T* const row = reinterpret_cast<const T*>(from);
    std::size_t i = 0;
    if (stride == sizeof(Element)) {
      for (; i + lanes <= count; i += lanes) {
        write_lanes<true, Element>(d, hn::LoadU(d, row + i),
                                   to + stride * static_cast<std::ptrdiff_t>(i), lanes);
      }
      if (i < count) {
        write_lanes<false, Element>(d, hn::LoadU(d, row + i),
                                    to + stride * static_cast<std::ptrdiff_t>(i), count - i);
      }
    } else {
      for (; i < count; i += lanes) {
        scatter_lanes(d, hn::LoadU(d, row + i), static_cast<Element*>(nullptr),
                      to + stride * static_cast<std::ptrdiff_t>(i), stride,
                      HWY_MIN(lanes, count - i));
      }
    }
  }
}

/// How elements of one type are copied where `Compute` is computed in.
template <class Compute, class Element>
inline constexpr block_copy copy_of = {sizeof(Element), false, std::is_same_v<Compute, Element>,
                                       load_block<hn::ScalableTag<Compute>, Element>,
                                       store_block<hn::ScalableTag<Compute>, Element>};
template <class Compute>
inline constexpr block_copy copy_of<Compute, constant> = {0, true, true, nullptr, nullptr};

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_LOOP_BLOCK_COPY_TOGGLE
