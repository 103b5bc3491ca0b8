// SPDX-License-Identifier: BSL-1.0
// Sums of some rows and columns of a product, which stay in registers.

#if defined(FUSOR_SIMD_LOOP_PRODUCT_TILE_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_LOOP_PRODUCT_TILE_TOGGLE
#undef FUSOR_SIMD_LOOP_PRODUCT_TILE_TOGGLE
#else
#define FUSOR_SIMD_LOOP_PRODUCT_TILE_TOGGLE
#endif

#include <cstddef>
#include <type_traits>

#include "fusor/language/packed.hpp"
#include "fusor/schedule/product_loops.hpp"
#include "fusor/simd/lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

using namespace detail;

/// Vectors side by side of one tile: with six rows as many sums as registers hold beside what is
/// multiplied. 6x4 of 32 registers: 254 of 256 GFLOP/s (Zen 5, AVX-512, GCC 12 and Clang 19), 8x3
/// the same, 4x4 200 with GCC. 6x2 of 16 registers: 131 of 137.
#if HWY_TARGET <= HWY_AVX3 || HWY_ARCH_ARM_A64
inline constexpr std::size_t vectors_of_product = 4;
#else
inline constexpr std::size_t vectors_of_product = 2;
#endif

/// Vectors that divide a cache line.
template <class T>
using product_tag = hn::CappedTag<T, columns_per_line<T>>;

/// The bytes of such a vector, and of as many as are side by side.
template <class T>
inline constexpr std::size_t product_vector = hn::MaxLanes(product_tag<T>()) * sizeof(T);
template <class T>
inline constexpr std::size_t product_strip = vectors_of_product* product_vector<T>;

/// Each element of a product is the sum of two sums, over the first half of so many elements and
/// over the others; of fewer one sum. Of few rows both are added up in turn, as an addition waits
/// for the one before: a row of 64 to 64, 74 -> 37 ns (Zen 5, AVX-512); of many the sums of the
/// first half wait in memory, 2 % of the time of 64 elements.
inline constexpr std::size_t least_depth_of_two_sums = 32;
inline std::size_t first_sum_of(std::size_t depth) {
  return depth < least_depth_of_two_sums ? 0 : depth / 2;
}

#if HWY_HAVE_SCALABLE

/// Vectors of a size that is not known cannot be held in an array.
template <class T, std::size_t Rows, std::size_t Vectors>
void product_tile(const product_block& block, std::ptrdiff_t step) {
  const product_tag<T> d;
  const std::size_t lanes = hn::Lanes(d);
  for (std::size_t r = 0; r < HWY_MIN(Rows, block.rows); ++r) {
    const T* const left =
        reinterpret_cast<const T*>(block.left + block.left_stride * static_cast<std::ptrdiff_t>(r));
    for (std::size_t v = 0; v < Vectors; ++v) {
      const char* right = block.right;
      const auto sum_to = [&](std::size_t begin, std::size_t end) {
        auto sum = hn::Zero(d);
        for (std::size_t k = begin; k < end; ++k, right += step) {
          sum = hn::MulAdd(hn::Set(d, left[k]),
                           hn::LoadU(d, reinterpret_cast<const T*>(right) + v * lanes), sum);
        }
        return sum;
      };
      const std::size_t half = first_sum_of(block.depth);
      const auto first = sum_to(0, half);
      hn::StoreU(hn::Add(first, sum_to(half, block.depth)), d,
                 reinterpret_cast<T*>(block.out + block.out_stride * r) + v * lanes);
    }
  }
}

#else

/// Sums of a tile, and where the rows begin that they are of.
template <class T, std::size_t Rows, std::size_t Vectors>
struct product_sums {
  using D = product_tag<T>;
  using V = hn::Vec<D>;
  V values[Rows][Vectors];

  HWY_INLINE product_sums() {
#pragma GCC unroll 8
    for (std::size_t r = 0; r < Rows; ++r) {
#pragma GCC unroll 8
      for (std::size_t v = 0; v < Vectors; ++v) values[r][v] = hn::Zero(D());
    }
  }

  /// Adds element k of each row, multiplied with a row of columns.
  HWY_INLINE void add(const T* const (&left)[Rows], std::size_t k, const char* right) {
    V columns[Vectors];
#pragma GCC unroll 8
    for (std::size_t v = 0; v < Vectors; ++v) {
      columns[v] = hn::LoadU(D(), reinterpret_cast<const T*>(right) + v * hn::Lanes(D()));
    }
#pragma GCC unroll 8
    for (std::size_t r = 0; r < Rows; ++r) {
      const V element = hn::Set(D(), left[r][k]);
#pragma GCC unroll 8
      for (std::size_t v = 0; v < Vectors; ++v) {
        values[r][v] = hn::MulAdd(element, columns[v], values[r][v]);
      }
    }
  }
};

/// Whether two tiles of sums fit into the registers together, or there are no vectors anyhow.
template <std::size_t Rows, std::size_t Vectors>
inline constexpr bool are_sums_in_turn =
    Rows* Vectors <= 2 * vectors_of_product || HWY_TARGET == HWY_SCALAR;

/// `Rows` rows and `Vectors` vectors of columns of a block. Of fewer rows the last one is computed
/// again in the place of those that are missing.
template <class T, std::size_t Rows, std::size_t Vectors>
HWY_NOINLINE void product_tile(const product_block& block, std::ptrdiff_t step) {
  const product_tag<T> d;
  using V = hn::Vec<decltype(d)>;
  using sums = product_sums<T, Rows, Vectors>;
  const std::size_t lanes = hn::Lanes(d);
  const T* left[Rows];
#pragma GCC unroll 8
  for (std::size_t r = 0; r < Rows; ++r) {
    const std::size_t row = HWY_MIN(r, block.rows - 1);
    left[r] = reinterpret_cast<const T*>(block.left +
                                         block.left_stride * static_cast<std::ptrdiff_t>(row));
  }
  const auto write = [&](const V(&values)[Rows][Vectors], const auto& complete) HWY_ATTR {
#pragma GCC unroll 8
    for (std::size_t r = 0; r < Rows; ++r) {
      char* const out = block.out + block.out_stride * HWY_MIN(r, block.rows - 1);
#pragma GCC unroll 8
      for (std::size_t v = 0; v < Vectors; ++v) {
        hn::StoreU(complete(values[r][v], r, v), d, reinterpret_cast<T*>(out) + v * lanes);
      }
    }
  };
  const std::size_t half = first_sum_of(block.depth);
  const char* right = block.right;
  if constexpr (are_sums_in_turn<Rows, Vectors>) {
    sums first, second;
    const std::ptrdiff_t apart = static_cast<std::ptrdiff_t>(half) * step;
    std::size_t k = 0;
    for (std::size_t other = half; k < half; ++k, ++other, right += step) {
      first.add(left, k, right);
      second.add(left, other, right + apart);
    }
    right += apart;
    for (k += half; k < block.depth; ++k, right += step) second.add(left, k, right);
    write(second.values, [&](V value, std::size_t r, std::size_t v)
                             HWY_ATTR { return hn::Add(first.values[r][v], value); });
  } else {
    alignas(64) T first[Rows * Vectors * hn::MaxLanes(d)];
    std::size_t k = 0;
    const auto keep = [](V value, std::size_t, std::size_t) HWY_ATTR { return value; };
    if (block.sum == product_sum::second) {
      k = half;
      right += static_cast<std::ptrdiff_t>(half) * step;
    } else if (half != 0) {
      sums now;
      for (; k < half; ++k, right += step) now.add(left, k, right);
      if (block.sum == product_sum::first) return write(now.values, keep);
#pragma GCC unroll 8
      for (std::size_t r = 0; r < Rows; ++r) {
#pragma GCC unroll 8
        for (std::size_t v = 0; v < Vectors; ++v) {
          hn::Store(now.values[r][v], d, first + (r * Vectors + v) * lanes);
        }
      }
    }
    sums now;
    for (; k < block.depth; ++k, right += step) now.add(left, k, right);
    if (block.sum == product_sum::second) {
#pragma GCC unroll 8
      for (std::size_t r = 0; r < Rows; ++r) {
        if (r >= block.rows) return;
        T* const out = reinterpret_cast<T*>(block.out + block.out_stride * r);
#pragma GCC unroll 8
        for (std::size_t v = 0; v < Vectors; ++v) {
          const V other = hn::LoadU(d, out + v * lanes);
          hn::StoreU(hn::Add(other, now.values[r][v]), d, out + v * lanes);
        }
      }
      return;
    }
    if (half == 0) return write(now.values, keep);
    write(now.values, [&](V value, std::size_t r, std::size_t v) HWY_ATTR {
      return hn::Add(hn::Load(d, first + (r * Vectors + v) * lanes), value);
    });
  }
}

/// `Rows` rows of a product of one vector of columns and of few elements, `Depth`, whose rows
/// follow each other in memory: more than a tile of any rows can have, whose addresses fill the
/// registers.
template <class T, std::size_t Rows, std::size_t Depth>
HWY_NOINLINE void narrow_product_tile(const T* left, const T* right, T* out, std::size_t pitch) {
  const product_tag<T> d;
  static_assert(Depth < least_depth_of_two_sums, "the sums are one");
  hn::Vec<decltype(d)> sums[Rows];
#pragma GCC unroll 16
  for (std::size_t r = 0; r < Rows; ++r) sums[r] = hn::Zero(d);
  for (std::size_t k = 0; k < Depth; ++k, ++left, right += columns_per_line<T>) {
    const auto columns = hn::LoadU(d, right);
#pragma GCC unroll 16
    for (std::size_t r = 0; r < Rows; ++r) {
      sums[r] = hn::MulAdd(hn::Set(d, left[r * Depth]), columns, sums[r]);
    }
  }
#pragma GCC unroll 16
  for (std::size_t r = 0; r < Rows; ++r) hn::StoreU(sums[r], d, out + r * pitch);
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_LOOP_PRODUCT_TILE_TOGGLE
