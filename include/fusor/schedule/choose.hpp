// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "fusor/schedule/caches.hpp"
#include "fusor/schedule/choose_repeats.hpp"
#include "fusor/schedule/layout.hpp"
#include "fusor/schedule/row_schedule.hpp"
#include "fusor/schedule/tile.hpp"
#include "fusor/schedule/tuning.hpp"

/// From what is known of a formula and of a call to how its rows are gone over: a value, chosen by
/// an ordinary function.
namespace fusor::detail {

/// From rows, positions and stages to a schedule, in a workspace of so many bytes.
class row_scheduler {
 public:
  row_scheduler(const row_kernel& kernel, const row_layout& layout, std::size_t bytes,
                row_schedule& chosen)
      : kernel_(kernel), layout_(layout), bytes_(bytes), chosen_(chosen) {}

  [[gnu::noinline]] void choose() {
    choose_axes();
    const bool is_map = kernel_.stage_count == 0;
    if (is_map && !streams() && choose_repeats(kernel_, layout_, bytes_, chosen_)) return;
    chosen_.is_online = goes_online();
    choose_copies();
    if (!chosen_.lanes_are_rows) chosen_.streams = streams();
    chosen_.asks_ahead = asks_ahead();
    if (chosen_.lanes_are_rows) return;
    chosen_.is_pipelined = is_pipelined();
    choose_tile();
  }

 private:
  std::size_t vector() const {
    return kernel_.lanes * kernel_.size;
  }

  void choose_axes() {
    chosen_.is_turned = !layout_.is_across && kernel_.stage_count > 0 && layout_.inner.rank == 0 &&
                        layout_.lane.extent > 0 && layout_.lane.extent <= kernel_.longest_turned;
    chosen_.lanes_are_rows = chosen_.is_turned || layout_.is_across;
    chosen_.outer_rank = layout_.outer.rank;
    chosen_.inner_rank = layout_.inner.rank;
    if (layout_.is_across) {
      chosen_.rows = &layout_.lane;
      if (layout_.inner.rank > 0) chosen_.positions = &layout_.inner.axes[--chosen_.inner_rank];
    } else {
      if (layout_.outer.rank > 0) chosen_.rows = &layout_.outer.axes[--chosen_.outer_rank];
      chosen_.positions = &layout_.lane;
    }
  }

  /// Whether one reading of a row serves two stages: what is read and written for it, or for as
  /// many rows as are gone over together, fits no cache. This follows from the shape alone: a row
  /// has the bits that it has alone, on any thread and at any stride.
  bool goes_online() const {
    if (kernel_.online == nullptr || (layout_.is_across && layout_.inner.rank == 0)) return false;
    const std::size_t rows = layout_.is_across ? 4 * lanes_per_block : 1;
    return rows * elements_of_row(layout_) > bytes_in_caches / kernel_.size / kernel_.operands;
  }

  /// Whether memory is asked for the next rows: while some are turned, or where outputs are written
  /// past the caches, or terms take so many instructions that it has the time. softmax of rows of
  /// 192 that are not streamed, 16 MiB (Zen 5): 0.46 -> 0.22 ns an element; rms_norm 0.19 -> 0.22.
  bool asks_ahead() const {
    const std::size_t row = layout_.lane.extent * kernel_.size * kernel_.operands;
    if (chosen_.streams) return true;
    if (row == 0 || layout_.inner.rank > 0) return false;
    if (chosen_.is_turned) return layout_.outer.count() > bytes_in_any_cache / row;
    return !chosen_.lanes_are_rows && kernel_.is_expensive && !chosen_.is_online &&
           !chosen_.copies_any && is_beyond_caches(layout_.outer.count(), row);
  }

  void choose_copies() {
    const loop_axis* const lanes = chosen_.lanes_are_rows ? chosen_.rows : chosen_.positions;
    for (std::size_t o = 0; o < kernel_.operands; ++o) {
      const std::ptrdiff_t stride = lanes == nullptr ? 0 : lanes->strides[o];
      const bool may_broadcast = o < kernel_.inputs && kernel_.broadcasts && stride == 0;
      const bool is_in_place = kernel_.copies[o].is_computed &&
                               (stride == kernel_.copies[o].element_size || may_broadcast);
      chosen_.is_copied[o] = is_array(kernel_, o) && !is_in_place;
      chosen_.copies_any = chosen_.copies_any || chosen_.is_copied[o];
    }
  }

  /// Whether the output is written past the caches: what fits none, contiguous and not in place.
  [[gnu::noinline]] bool streams() const {
    if (!kernel_.can_stream || chosen_.is_online || chosen_.copies_any || layout_.writes_once ||
        layout_.inner.rank > 0 || layout_.lane.extent * kernel_.size < least_streamed_bytes()) {
      return false;
    }
    const char* const out = layout_.data[kernel_.inputs];
    if (reinterpret_cast<std::uintptr_t>(out) % kernel_.size != 0) return false;
    if (std::count(layout_.data.begin(), layout_.data.begin() + kernel_.inputs, out) != 0) {
      return false;
    }
    const std::size_t row = layout_.lane.extent * kernel_.size;
    const std::size_t others = (scalar_places(kernel_, false) + kernel_.accumulators) * vector();
    if (kernel_.materializes && row + vector() + others > bytes_) return false;
    return is_beyond_caches(layout_.outer.count(), kernel_.operands * row);
  }

  /// Rows of the output that begin and end with a vector may be shorter.
  std::size_t least_streamed_bytes() const {
    const std::size_t out = reinterpret_cast<std::uintptr_t>(layout_.data[kernel_.inputs]);
    const std::size_t stride =
        chosen_.rows == nullptr ? 0
                                : static_cast<std::size_t>(chosen_.rows->strides[kernel_.inputs]);
    const bool is_whole =
        ((out | stride | layout_.lane.extent * kernel_.size) & (vector() - 1)) == 0;
    return is_whole ? least_streamed_whole : least_streamed;
  }

  /// Whether tiles are pipelined: whole rows, taken where they are, of which three tiles stay in a
  /// cache near by. Stages before the last one do not renormalize within a row.
  bool is_pipelined() const {
    const std::size_t extent = layout_.lane.extent;
    const std::size_t others =
        (3 * scalar_places(kernel_, false) + kernel_.accumulators + 2) * vector();
    const std::size_t plain_stages = kernel_.stage_count - (kernel_.runs_ahead ? 1 : 0);
    return kernel_.pipelined != nullptr && !chosen_.is_online && !chosen_.copies_any &&
           !chosen_.asks_ahead && !layout_.writes_once && layout_.inner.rank == 0 &&
           kernel_.operands * kernel_.size * extent <= bytes_pipelined &&
           extent >= least_vectors_pipelined * kernel_.lanes &&
           (plain_stages <= 1 ||
            extent + 4 * kernel_.lanes <= positions_between_renormalizing * kernel_.lanes) &&
           others + bytes_in_flight <= bytes_;
  }

  /// Whether rows beside each other are neighbours of an operand that is copied: as many as a
  /// vector has lanes then share what is read and written of it. relu of the transpose of 1024 rows
  /// of 1024 (Zen 5): 1.15 -> 0.27 ns an element; softmax to one: 9.2 -> 0.8.
  bool is_transposed() const {
    for (std::size_t o = 0; o < kernel_.operands && chosen_.rows != nullptr; ++o) {
      if (chosen_.is_copied[o] && chosen_.rows->strides[o] == kernel_.copies[o].element_size) {
        return true;
      }
    }
    return false;
  }

  /// The least that one row needs for copies, or for a term that waits.
  std::size_t bytes_beside_accumulators() const {
    if (chosen_.streams && kernel_.materializes) {
      return rounded(kernel_, layout_.lane.extent) * kernel_.size;
    }
    return chosen_.copied(kernel_.operands) * 4 * vector();
  }

  /// How many rows a tile has, and what goes where in the workspace.
  void choose_tile() {
    const std::size_t elements = std::max<std::size_t>(1, elements_of_row(layout_));
    const std::size_t bytes = chosen_.is_pipelined ? bytes_pipelined / 4
                              : chosen_.streams    ? bytes_per_streamed_tile
                                                   : bytes_per_tile;
    std::size_t& rows = chosen_.tile_rows;
    if (chosen_.rows != nullptr) {
      rows = std::min(kernel_.lanes, std::max<std::size_t>(1, bytes / (elements * kernel_.size)));
      if (is_transposed()) rows = std::min(kernel_.lanes, chosen_.rows->extent);
    }
    const std::size_t sets = chosen_.is_pipelined ? 3 : 1;
    const std::size_t scalars = sets * scalar_places(kernel_, chosen_.is_online) * vector();
    const std::size_t left = bytes_ - scalars - (chosen_.is_pipelined ? bytes_in_flight : 0);
    // Accumulators take half of the room at most, and leave what one row needs besides.
    const std::size_t accumulators = kernel_.accumulators + (chosen_.is_pipelined ? 2 : 0);
    const std::size_t room =
        chosen_.is_pipelined ? left : std::min(left / 2, left - bytes_beside_accumulators());
    while (rows > 1 && rows * accumulators * vector() > room) rows = (rows + 1) / 2;
    chosen_.partial = {scalars, rows * vector()};
    next_ = scalars + kernel_.accumulators * rows * vector();
    chosen_.partial_ahead = next_;
    // What is computed once more for the outputs stays in the first-level cache for them.
    chosen_.keeps_materialized = !chosen_.is_online;
    chosen_.part_elements =
        (chosen_.is_online ? 64 : positions_between_renormalizing) * kernel_.lanes;
    if (chosen_.copies_any) place_copies(elements);
    if (chosen_.streams && kernel_.materializes) {
      // What waits for the output waits elsewhere.
      const std::size_t row = rounded(kernel_, elements) * kernel_.size;
      while (rows > 1 && rows * row > bytes_ - next_) --rows;
      chosen_.copies[kernel_.materialized] = {next_, row};
    }
  }

  void halve_rows(std::size_t bytes_per_row, std::size_t others = 0) {
    std::size_t& rows = chosen_.tile_rows;
    while (rows > 1 && rows * bytes_per_row + others > bytes_ - next_) rows = (rows + 1) / 2;
  }

  /// Whether an operand is copied once for all rows of a tile.
  bool is_copied_once(std::size_t operand) const {
    return operand < kernel_.inputs && chosen_.is_copied[operand] &&
           (chosen_.rows == nullptr || chosen_.rows->strides[operand] == 0);
  }

  /// Buffers for what is copied, and the elements of a row that are copied at a time.
  void place_copies(std::size_t elements) {
    std::size_t once = 0;
    for (std::size_t o = 0; o < kernel_.inputs; ++o) once += is_copied_once(o) ? 1 : 0;
    std::size_t each = chosen_.copied(kernel_.operands) - once;
    const std::size_t waiting = kernel_.materialized;
    const std::size_t line =
        std::max(vector(), rounded(kernel_, layout_.lane.extent) * kernel_.size);
    const std::size_t group = std::min(4 * vector(), line);
    bool is_placed = false;
    if (kernel_.materializes && chosen_.is_copied[waiting]) {
      // What waits for the outputs has whole rows, if there is room for one, or all that share it.
      const std::size_t row = rounded(kernel_, elements) * kernel_.size;
      const std::size_t others = (each - 1) * group;
      const std::size_t wanted = is_transposed() ? chosen_.tile_rows : 1;
      is_placed = !chosen_.is_online && layout_.inner.rank == 0 &&
                  wanted * (row + others) + once * group <= bytes_ - next_;
      chosen_.keeps_materialized = is_placed;
      if (is_placed) {
        halve_rows(row + others, once * group);
        chosen_.copies[waiting] = {next_, row};
        next_ += chosen_.tile_rows * row;
        --each;
      }
    }
    if (each + once == 0) return;
    halve_rows(each * group, once * group);
    std::size_t groups =
        std::max<std::size_t>(1, (bytes_ - next_) / ((chosen_.tile_rows * each + once) * group));
    while ((groups & (groups - 1)) != 0) groups &= groups - 1;  // a power of two
    chosen_.part_elements = std::min(chosen_.part_elements, groups * 4 * kernel_.lanes);
    const std::size_t pitch = std::min(chosen_.part_elements * kernel_.size, line);
    for (std::size_t o = 0; o < kernel_.operands; ++o) {
      if (!chosen_.is_copied[o] || (is_placed && o == waiting)) continue;
      chosen_.copies[o] = {next_, pitch};
      next_ += (is_copied_once(o) ? 1 : chosen_.tile_rows) * pitch;
    }
  }

  const row_kernel& kernel_;
  const row_layout& layout_;
  std::size_t bytes_;
  std::size_t next_ = 0;  // the first byte of the workspace that is free
  row_schedule& chosen_;  // in the memory of the caller, who may have little
};

inline row_schedule choose(const row_kernel& kernel, const row_layout& layout, std::size_t bytes) {
  row_schedule chosen;  // but for operands that are not there
  row_scheduler(kernel, layout, bytes, chosen).choose();
  return chosen;
}

}  // namespace fusor::detail
