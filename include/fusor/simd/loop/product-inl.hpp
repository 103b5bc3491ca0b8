// SPDX-License-Identifier: BSL-1.0
// Products of matrices, by tiles. Nothing here depends on a formula.

#if defined(FUSOR_SIMD_LOOP_PRODUCT_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_LOOP_PRODUCT_TOGGLE
#undef FUSOR_SIMD_LOOP_PRODUCT_TOGGLE
#else
#define FUSOR_SIMD_LOOP_PRODUCT_TOGGLE
#endif

#include <cstddef>
#include <type_traits>

#include "fusor/simd/loop/block_copy-inl.hpp"
#include "fusor/simd/loop/product_tile-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// The most bytes of a panel of which the left half is read first, and then the right one.
inline constexpr std::size_t most_bytes_read_by_halves = 128 << 10;

/// A panel of more bytes is read by halves where so many rows are multiplied with it.
inline constexpr std::size_t most_bytes_of_panel = 512 << 10;
inline constexpr std::size_t least_rows_by_halves = 12;

/// All rows of a block, of so many vectors of columns.
template <class T, std::size_t Vectors>
void product_columns(product_block block, std::ptrdiff_t step) {
  constexpr bool has_six = HWY_TARGET != HWY_SCALAR;
  constexpr bool has_eight = vectors_of_product > 2 && Vectors == 2;
  for (std::size_t left = block.rows; left > 0;) {
    // Five rows take as long as six, three as long as four; seven and eight are twice four.
    const bool are_eight = left == 7 || left == 8;
    const bool is_one_sum = block.sum != product_sum::both;
    const std::size_t rows = is_one_sum                           ? (left <= 4 ? 4 : 6)
                             : left == 1                          ? 1
                             : left == 2 && is_worth_more_loops   ? 2
                             : are_eight && has_eight             ? 8
                             : left <= 4 || are_eight || !has_six ? 4
                                                                  : 6;
    block.rows = left;
    switch (rows) {
      case 1:
        product_tile<T, 1, Vectors>(block, step);
        break;
      case 2:
        if constexpr (is_worth_more_loops) product_tile<T, 2, Vectors>(block, step);
        break;
      case 6:
        if constexpr (has_six) product_tile<T, 6, Vectors>(block, step);
        break;
      case 8:
        if constexpr (has_eight) product_tile<T, 8, Vectors>(block, step);
        break;
      default:
        product_tile<T, 4, Vectors>(block, step);
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
  // Eight rows read the columns once where tiles have two vectors of them, not twice: 2.97 -> 2.29
  // us a row of 512 to 512. Columns that come from farther away than a near cache are better read
  // whole row after whole row: 48 -> 53 us a row of 1,024 to 4,096.
  const std::size_t panel = all.depth * columns_per_panel<T> * sizeof(T);
  const bool are_rows_apart = all.out_stride >= all.columns * sizeof(T);
  const bool are_eight =
      (all.rows == 7 || all.rows == 8) && are_rows_apart && panel <= most_bytes_read_by_halves;
  // A half of a panel that a near cache does not hold is read by all rows before the other.
  const bool is_by_halves = !HWY_HAVE_SCALABLE && panel > most_bytes_of_panel &&
                            all.rows >= least_rows_by_halves && are_rows_apart;
  for (std::size_t first = 0; first < all.columns; first += columns_per_panel<T>) {
    const std::size_t columns = HWY_MIN(columns_per_panel<T>, all.columns - first);
    const std::ptrdiff_t step =
        all.right_step != 0 ? all.right_step : static_cast<std::ptrdiff_t>(columns * sizeof(T));
    const char* const columns_begin =
        all.right + first * (all.right_step != 0 ? 1 : all.depth) * sizeof(T);
    for (std::size_t at = 0; at < columns * sizeof(T);) {
      const std::size_t vectors = (columns * sizeof(T) - at) / bytes;
      block.right = columns_begin + at;
      block.out = all.out + first * sizeof(T) + at;
      if (vectors_of_product > 2 && vectors >= vectors_of_product && !are_eight) {
        if (is_by_halves) {
          block.sum = product_sum::first;
          product_columns<T, vectors_of_product>(block, step);
          block.sum = product_sum::second;
        }
        product_columns<T, vectors_of_product>(block, step);
        block.sum = product_sum::both;
        at += vectors_of_product * bytes;
      } else if (vectors >= 2) {
        product_columns<T, 2>(block, step);
        at += 2 * bytes;
      } else if constexpr (HWY_HAVE_SCALABLE || product_vector<T> == panel_alignment) {
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
  static constexpr product_loops table = {multiply<Compute>,       copy_of<Compute, Left>,
                                          copy_of<Compute, Right>, sizeof(Compute),
                                          product_vector<Compute>, product_strip<Compute>};
};

template <class Types>
const product_loops* product_loops_of() {
  return &product_loops_for<Types>::table;
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_LOOP_PRODUCT_TOGGLE
