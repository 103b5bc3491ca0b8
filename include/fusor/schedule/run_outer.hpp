// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>

#include "fusor/schedule/tile_run.hpp"

namespace fusor::detail {

/// Rows that lie side by side, one in each lane of a vector.
class outer_run final : tile_run {
 public:
  outer_run(const row_kernel& kernel, const row_layout& layout, const row_schedule& schedule,
            char* workspace, std::size_t bytes)
      : tile_run(kernel, layout, schedule, workspace, bytes) {}

  /// Rows `first` to `last` of those side by side from `offset` on.
  void run(const std::ptrdiff_t* offset, std::size_t first, std::size_t last) {
    while (first < last) {
      const std::size_t count = choose_columns(kernel_, schedule_, last - first, bytes_);
      run_tile(offset, first, count);
      first += count;
    }
  }

 private:
  void pass(tile_loop loop, tile& of) final {
    run_pass(loop, of, false);
  }

  void run_tile(const std::ptrdiff_t* offset, std::size_t first, std::size_t count) {
    copies_ = schedule_.copies_any || count < kernel_.lanes;
    chosen_ = choose_positions(kernel_, schedule_, count, copies_, bytes_);
    keeps_materialized_ = !schedule_.is_online && (!copies_ || chosen_.fits);
    is_loaded_ = false;
    const std::size_t pitch = rounded(kernel_, count) * kernel_.size;
    const char* copy = room_ + chosen_.copies_at;
    for (std::size_t o = 0; o < kernel_.operands; ++o) {
      data_[o] = layout_.data[o] + offset[o] + row_stride(o) * static_cast<std::ptrdiff_t>(first);
      part_data_[o] = is_copied(o) ? copy : data_[o];
      if (is_copied(o)) copy += chosen_.copy_size;
      lane_strides_[o] = is_copied(o) ? static_cast<std::ptrdiff_t>(kernel_.size) : row_stride(o);
      step_strides_[o] = is_copied(o) ? static_cast<std::ptrdiff_t>(pitch) : position_stride(o);
    }
    tile of = start_tile(count, pitch);
    of.data = part_data_;
    run_stages(of);
    of.materializes = kernel_.materializes;
    if (kernel_.map_outer != nullptr) run_pass(kernel_.map_outer, of, true);
    if (kernel_.reduced != nullptr) store_reduced(of, data_);
  }

  /// Of a tile whose rows are no full vector, or of which something has to be, all is copied.
  bool is_copied(std::size_t operand) const {
    return copies_ && is_array(kernel_, operand);
  }

  void run_pass(tile_loop loop, tile& of, bool is_map) {
    const bool writes_once = is_map && layout_.writes_once;
    const std::size_t extent = writes_once ? 1 : extent_;
    nest_iterator at(layout_.inner, writes_once ? 0 : schedule_.inner_rank, kernel_.operands);
    at.first_extent = first_extent_;
    const std::size_t blocks =
        std::max<std::size_t>(1, (extent + chosen_.positions - 1) / chosen_.positions);
    std::size_t lines = 0;
    of.is_first = true;
    do {
      ++lines;
      for (std::size_t b = 0; b < blocks; ++b) {
        // The last block of an axis comes first when outputs are written: it is in the cache still.
        const std::size_t begin = (is_map ? blocks - 1 - b : b) * chosen_.positions;
        const std::size_t end = std::min(begin + chosen_.positions, extent);
        of.extent = end - begin;
        of.renormalizes = end < extent ? end % positions_between_renormalizing == 0
                                       : extent >= 256 || lines % 16 == 0 || at.is_last();
        run_block(loop, of, at.offset, begin, is_map);
        of.is_first = false;
      }
    } while (at.next());
    is_loaded_ = chosen_.fits;
  }

  /// A loop over the positions from `begin` on, `offset` behind the first.
  void run_block(tile_loop loop, const tile& of, const std::ptrdiff_t* offset, std::size_t begin,
                 bool is_map) {
    const auto place = [&](std::size_t o) {
      return data_[o] + offset[o] + position_stride(o) * static_cast<std::ptrdiff_t>(begin);
    };
    for (std::size_t o = 0; o < kernel_.operands; ++o) {
      if (!is_copied(o)) {
        part_data_[o] = place(o);
        continue;
      }
      if (o < kernel_.inputs && !is_loaded_) {
        kernel_.copies[o].load(const_cast<char*>(part_data_[o]), of.scalar_pitch, place(o),
                               position_stride(o), row_stride(o), of.extent, of.row_count);
      }
    }
    if (is_map && kernel_.materializes && !keeps_materialized_) materialize(of);
    loop(of);
    if (!is_map || !copies_) return;
    for (std::size_t o = kernel_.inputs; o < kernel_.operands; ++o) {
      if (!is_copied(o)) continue;
      kernel_.copies[o].store(part_data_[o], of.scalar_pitch, const_cast<char*>(place(o)),
                              position_stride(o), row_stride(o), of.extent, of.row_count);
    }
  }

  column_schedule chosen_;
  bool copies_ = false;
  bool is_loaded_ = false;
};

}  // namespace fusor::detail
