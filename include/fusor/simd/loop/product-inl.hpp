// SPDX-License-Identifier: BSL-1.0
// Products of matrices: sums of some rows and columns that stay in registers. Nothing here depends
// on a formula.

#if defined(FUSOR_SIMD_LOOP_PRODUCT_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_LOOP_PRODUCT_TOGGLE
#undef FUSOR_SIMD_LOOP_PRODUCT_TOGGLE
#else
#define FUSOR_SIMD_LOOP_PRODUCT_TOGGLE
#endif

#include <cstddef>
#include <type_traits>

#include "fusor/language/packed.hpp"
#include "fusor/schedule/product_loops.hpp"
#include "fusor/simd/loop/block_copy-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

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
      auto sum = hn::Zero(d);
      const char* right = block.right;
      for (std::size_t k = 0; k < block.depth; ++k, right += step) {
        sum = hn::MulAdd(hn::Set(d, left[k]),
                         hn::LoadU(d, reinterpret_cast<const T*>(right) + v * lanes), sum);
      }
      hn::StoreU(sum, d, reinterpret_cast<T*>(block.out + block.out_stride * r) + v * lanes);
    }
  }
}

#else

/// `Rows` rows and `Vectors` vectors of columns of a block. Of fewer rows the last one is computed
/// again in the place of those that are missing.
template <class T, std::size_t Rows, std::size_t Vectors>
HWY_NOINLINE void product_tile(const product_block& block, std::ptrdiff_t step) {
  const product_tag<T> d;
  using V = hn::Vec<decltype(d)>;
  const std::size_t lanes = hn::Lanes(d);
  const T* left[Rows];
  V sums[Rows][Vectors];
#pragma GCC unroll 8
  for (std::size_t r = 0; r < Rows; ++r) {
    const std::size_t row = HWY_MIN(r, block.rows - 1);
    left[r] = reinterpret_cast<const T*>(block.left +
                                         block.left_stride * static_cast<std::ptrdiff_t>(row));
#pragma GCC unroll 8
    for (std::size_t v = 0; v < Vectors; ++v) sums[r][v] = hn::Zero(d);
  }
  const char* right = block.right;
  for (std::size_t k = 0; k < block.depth; ++k, right += step) {
    V columns[Vectors];
#pragma GCC unroll 8
    for (std::size_t v = 0; v < Vectors; ++v) {
      columns[v] = hn::LoadU(d, reinterpret_cast<const T*>(right) + v * lanes);
    }
#pragma GCC unroll 8
    for (std::size_t r = 0; r < Rows; ++r) {
      const V element = hn::Set(d, left[r][k]);
#pragma GCC unroll 8
      for (std::size_t v = 0; v < Vectors; ++v) {
        sums[r][v] = hn::MulAdd(element, columns[v], sums[r][v]);
      }
    }
  }
#pragma GCC unroll 8
  for (std::size_t r = 0; r < Rows; ++r) {
    char* const out = block.out + block.out_stride * HWY_MIN(r, block.rows - 1);
#pragma GCC unroll 8
    for (std::size_t v = 0; v < Vectors; ++v) {
      hn::StoreU(sums[r][v], d, reinterpret_cast<T*>(out) + v * lanes);
    }
  }
}

#endif

/// All rows of a block, of so many vectors of columns.
template <class T, std::size_t Vectors>
void product_columns(product_block block, std::ptrdiff_t step) {
  for (std::size_t left = block.rows; left > 0;) {
    // Five rows take as long as six, three as long as four; seven and eight are twice four.
    const std::size_t rows = left == 1                             ? 1
                             : left == 2                           ? 2
                             : left <= 4 || left == 7 || left == 8 ? 4
                                                                   : 6;
    block.rows = left;
    switch (rows) {
      case 1:
        product_tile<T, 1, Vectors>(block, step);
        break;
      case 2:
        product_tile<T, 2, Vectors>(block, step);
        break;
      case 4:
        product_tile<T, 4, Vectors>(block, step);
        break;
      default:
        product_tile<T, 6, Vectors>(block, step);
    }
    const std::size_t done = HWY_MIN(rows, left);
    left -= done;
    block.left += block.left_stride * static_cast<std::ptrdiff_t>(done);
    block.out += block.out_stride * done;
  }
}

template <class T>
void multiply(const product_block& all) {
  const product_tag<T> d;
  const std::size_t bytes = hn::Lanes(d) * sizeof(T);
  product_block block = all;
  for (std::size_t first = 0; first < all.columns; first += columns_per_panel<T>) {
    const std::size_t columns = HWY_MIN(columns_per_panel<T>, all.columns - first);
    const std::ptrdiff_t step =
        all.right_step != 0 ? all.right_step : static_cast<std::ptrdiff_t>(columns * sizeof(T));
    const char* const panel = all.right + first * (all.right_step != 0 ? 1 : all.depth) * sizeof(T);
    for (std::size_t at = 0; at < columns * sizeof(T);) {
      const std::size_t vectors = (columns * sizeof(T) - at) / bytes;
      block.right = panel + at;
      block.out = all.out + first * sizeof(T) + at;
      if (vectors_of_product > 2 && vectors >= vectors_of_product) {
        product_columns<T, vectors_of_product>(block, step);
        at += vectors_of_product * bytes;
      } else if (vectors >= 2) {
        product_columns<T, 2>(block, step);
        at += 2 * bytes;
      } else {
        product_columns<T, 1>(block, step);
        at += bytes;
      }
    }
  }
}

/// The loops of a product.
template <class Types>
struct product_loops_for;
template <class Compute, class Left, class Right>
struct product_loops_for<product_types<Compute, Left, Right>> {
  static constexpr product_loops table = {
      multiply<Compute>,
      copy_of<Compute, Left>,
      copy_of<Compute, Right>,
      sizeof(Compute),
      hn::MaxLanes(product_tag<Compute>()) * sizeof(Compute),
      vectors_of_product* hn::MaxLanes(product_tag<Compute>()) * sizeof(Compute)};
};

template <class Types>
const product_loops* product_loops_of() {
  return &product_loops_for<Types>::table;
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_LOOP_PRODUCT_TOGGLE
