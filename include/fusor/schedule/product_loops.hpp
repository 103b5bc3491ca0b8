// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include "fusor/schedule/tile.hpp"

/// What the loops of a product take.
namespace fusor::detail {

/// Which sums of a product are added up: both of each element, or one, which waits for the other in
/// the product's place.
enum class product_sum { both, first, second };

/// A block of a product: `rows` rows of the left matrix with some columns of the right one. Strides
/// in bytes; elements are of the type that is computed in.
struct product_block {
  const char* left;            // its rows are contiguous
  std::ptrdiff_t left_stride;  // from row to row
  const char* right;           // where the first panel begins
  std::ptrdiff_t right_step;   // from row to row of all panels; 0: packed, row follows row in each
  char* out;
  std::size_t out_stride;
  std::size_t rows;
  std::size_t columns;  // whole cache lines
  std::size_t depth;    // of the sums
  product_sum sum = product_sum::both;
};

/// What a product is computed in, and the elements of its operands; of one that is packed
/// `constant`.
template <class Compute, class Left, class Right>
struct product_types {};

/// The loops of a product on one instruction set, for operands of some types.
struct product_loops {
  void (*multiply)(const product_block&);
  block_copy left;
  block_copy right;
  std::size_t size;    // bytes of an element
  std::size_t vector;  // bytes of a vector
  std::size_t strip;   // bytes of as many vectors as are side by side in one tile of sums, at most
};

/// Whether rows of so many bytes, of whole cache lines, are computed one by one from first to last,
/// in one strip of vectors: what one writes behind its end may be overwritten by the next.
constexpr bool is_one_strip(std::size_t bytes, std::size_t vector, std::size_t strip) {
  return bytes == vector || bytes == 2 * vector || bytes == strip;
}

}  // namespace fusor::detail
