// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>

#include "fusor/schedule/choose_columns.hpp"
#include "fusor/schedule/tile_run.hpp"

namespace fusor::detail {

/// Rows that lie side by side, one in each lane of a vector.
class outer_run : public tile_run {
 public:
  outer_run(const row_kernel& kernel, const row_layout& layout, const row_schedule& schedule,
            char* workspace, std::size_t bytes)
      : tile_run(kernel, layout, schedule, workspace, bytes) {}

  /// Of those side by side.
  void run(const std::ptrdiff_t* offset, std::size_t first, std::size_t last) override {
    while (first < last) {
      const std::size_t count = choose_columns(kernel_, schedule_, last - first, bytes_);
      run_tile(offset, first, count);
      first += count;
    }
  }

 protected:
  ~outer_run() = default;

  void pass(tile_loop loop, tile& of) override {
    run_pass(loop, of, false);
  }
  /// The outputs, once all that they need is found.
  virtual void write(tile& of) {
    of.materializes = kernel_.materializes;
    if (kernel_.map_outer != nullptr) {
      reads_ = reads_of_map();
      run_pass(kernel_.map_outer, of, true);
    }
    if (kernel_.reduced != nullptr) store_reduced(of, data_);
  }

  void run_tile(const std::ptrdiff_t* offset, std::size_t first, std::size_t count) {
    // Of a tile whose rows are no full vectors all is copied.
    const bool is_whole = count % kernel_.lanes == 0;
    const std::size_t copied = is_whole ? schedule_.copied(kernel_.operands) : array_total(kernel_);
    choose_positions(kernel_, schedule_, count, copied, bytes_, chosen_);
    loaded_ = 0;
    const std::size_t pitch = rounded(kernel_, count) * kernel_.size;
    char* next = room_ + chosen_.copies_at;
    for (std::size_t o = 0; o < kernel_.operands; ++o) {
      const bool is_copied = is_array(kernel_, o) && (!is_whole || schedule_.is_copied[o]);
      data_[o] = layout_.data[o] + offset[o] + row_stride(o) * static_cast<std::ptrdiff_t>(first);
      copies_[o] = is_copied ? next : nullptr;
      part_data_[o] = is_copied ? next : data_[o];
      if (is_copied) next += chosen_.copy_size;
      lane_strides_[o] = is_copied ? static_cast<std::ptrdiff_t>(kernel_.size) : row_stride(o);
      const bool is_one = o < kernel_.inputs && position_stride(o) == 0;
      step_strides_[o] =
          is_copied && !is_one ? static_cast<std::ptrdiff_t>(pitch) : position_stride(o);
    }
    keeps_materialized_ =
        !schedule_.is_online && (copies_[kernel_.materialized] == nullptr || chosen_.fits);
    tile of = start_tile(count, pitch);
    of.data = part_data_;
    run_stages(of);
    write(of);
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
        of.renormalizes = end < extent
                              ? end % positions_between_renormalizing == 0
                              : extent >= least_renormalized || lines % 16 == 0 || at.is_last();
        run_part(loop, of, at.offset, begin, is_map);
        of.is_first = false;
      }
    } while (at.next());
    if (chosen_.fits && !writes_once) loaded_ |= reads_;
  }

  column_schedule chosen_;
};

/// The same, and nothing besides.
class columns_run final : public outer_run {
 public:
  using outer_run::outer_run;
};

}  // namespace fusor::detail
