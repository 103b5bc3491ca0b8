// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>

#include "fusor/schedule/layout.hpp"
#include "fusor/schedule/row_schedule.hpp"
#include "fusor/schedule/tile.hpp"
#include "fusor/schedule/tuning.hpp"

namespace fusor::detail {

/// Short rows of an element-wise formula that follow one another in memory are one array, in
/// which operands that are the same for every row repeat: a bias. These are copied a few times,
/// or once and a vector more where a mask of bits leads from a position to that in the row. bias
/// + relu of 64 rows of 64, AVX-512 (Zen 5): half the time; of 400 rows of 10: less than half.
inline bool choose_repeats(const row_kernel& kernel, const row_layout& layout, std::size_t bytes,
                           row_schedule& chosen) {
  const std::size_t vector = kernel.lanes * kernel.size;
  const std::size_t extent = layout.lane.extent;
  if (layout.writes_once || layout.inner.rank > 0 || chosen.rows == nullptr ||
      extent > longest_repeated * kernel.lanes || extent == 0) {
    return false;
  }
  std::size_t repeated = 0;
  std::size_t converted = 0;  // of another type: so many rows as repeat are copied at a time
  for (std::size_t o = 0; o < kernel.operands; ++o) {
    chosen.is_copied[o] = false;
    if (!is_array(kernel, o)) continue;
    const std::ptrdiff_t size = kernel.copies[o].element_size;
    const std::ptrdiff_t stride = chosen.rows->strides[o];
    const bool repeats = stride == 0 && o < kernel.inputs;
    const bool follows = stride == size * static_cast<std::ptrdiff_t>(extent);
    if (layout.lane.strides[o] != size || !(repeats || follows)) return false;
    chosen.is_copied[o] = repeats || !kernel.copies[o].is_computed;
    if (chosen.is_copied[o]) ++(repeats ? repeated : converted);
  }
  if (repeated == 0) return false;
  // Each has a slot of whole vectors, and begins where outputs that are not aligned do. Rows are
  // copied as vectors, so the last one runs over.
  const std::size_t slot = bytes / (repeated + converted) & ~(vector - 1);
  const std::size_t row = extent * kernel.size;
  std::size_t repeats = 1;
  if (kernel.broadcasts && (extent & (extent - 1)) == 0 && row + 4 * vector <= slot &&
      converted == 0) {
    chosen.period = std::max(extent, kernel.lanes);
    while (repeats * extent < kernel.lanes) repeats *= 2;
  } else {
    repeats =
        std::min((slot - 2 * vector) / row, std::max<std::size_t>(8, chosen.rows->extent / 4));
    // So many that every copy of them begins at the same place of a vector.
    std::size_t whole = 1;
    while ((whole * extent & (kernel.lanes - 1)) != 0) whole *= 2;
    if (repeats > whole) repeats &= ~(whole - 1);
    repeats = std::min(repeats, chosen.rows->extent);
    if (repeats < 2) return false;
  }
  chosen.repeats = repeats;
  std::size_t at = 0;
  for (std::size_t o = 0; o < kernel.operands; ++o) {
    if (!chosen.is_copied[o]) continue;
    chosen.copies[o] = {at, row};
    at += slot;
  }
  return true;
}

}  // namespace fusor::detail
