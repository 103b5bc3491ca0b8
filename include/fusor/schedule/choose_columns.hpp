// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>

#include "fusor/schedule/choose.hpp"

/// How rows side by side are gone over: what follows from how many there are, besides what follows
/// from the call.
namespace fusor::detail {

/// How `count` rows side by side are gone over.
struct column_schedule {
  std::size_t positions = 1;  // that are gone over at a time
  bool fits = false;          // all positions are copied at once
  std::size_t copies_at = 0;  // where the copy of the first operand is, in the workspace
  std::size_t copy_size = 0;  // bytes from there to that of the next one
};

/// How many of `left` rows side by side go together.
inline std::size_t choose_columns(const row_kernel& kernel, const row_schedule& schedule,
                                  std::size_t left, std::size_t bytes) {
  // Vectors that are full are taken where they are, if nothing has to be copied.
  const bool is_part = left < kernel.lanes;
  const bool copies = schedule.copies_any || is_part;
  const std::size_t copied = is_part ? array_total(kernel) : schedule.copied(kernel.operands);
  const std::size_t whole =
      is_part || copied == array_total(kernel) ? left : left & ~(kernel.lanes - 1);
  const std::size_t places = scalar_places(kernel, schedule.is_online);
  const std::size_t vector = kernel.lanes * kernel.size;
  const std::size_t extent = schedule.positions == nullptr ? 1 : schedule.positions->extent;
  std::size_t line = bytes / (places + (copies ? extent * copied : 0));
  std::size_t wanted = bytes_per_line;
  if (copies && line < vector) {
    // Not all positions fit: they are copied again for every pass. Scalars take a third of the room
    // at most, beside copies of four positions at least.
    line = std::min(bytes / places / 3, bytes / (places + 4 * copied));
    wanted = bytes_per_copied_line;
  }
  const std::size_t vectors = std::min(line, wanted) / vector;
  return std::min(std::max<std::size_t>(1, vectors) * kernel.lanes, whole);
}

/// How so many rows side by side, of so many copied arrays, are gone over. (Not returned: a
/// structure is copied as vectors, which wait for members that were written one by one.)
inline void choose_positions(const row_kernel& kernel, const row_schedule& schedule,
                             std::size_t count, std::size_t copied, std::size_t bytes,
                             column_schedule& chosen) {
  chosen.fits = false;
  // A power of two, so that the number of rows does not decide when error terms are taken in.
  chosen.positions = positions_between_renormalizing;
  while (chosen.positions > 8 && chosen.positions * count * kernel.size > bytes_per_tile) {
    chosen.positions /= 2;
  }
  if (copied == 0) return;
  const std::size_t extent = schedule.positions == nullptr ? 1 : schedule.positions->extent;
  const std::size_t pitch = rounded(kernel, count) * kernel.size;
  const std::size_t next = scalar_places(kernel, schedule.is_online) * pitch;
  chosen.copies_at = next;
  chosen.fits = !schedule.is_online && schedule.inner_rank == 0 &&
                extent <= positions_between_renormalizing &&
                extent * pitch * copied <= bytes - next;
  if (chosen.fits) chosen.positions = positions_between_renormalizing;
  while (!chosen.fits && chosen.positions > 4 && chosen.positions * pitch * copied > bytes - next) {
    chosen.positions /= 2;
  }
  chosen.copy_size = std::min(extent, chosen.positions) * pitch;
}

}  // namespace fusor::detail
