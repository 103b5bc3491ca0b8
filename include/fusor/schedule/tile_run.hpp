// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "fusor/schedule/choose.hpp"
#include "fusor/schedule/nest_iterator.hpp"

namespace fusor::detail {

/// What the two ways over the rows of a call have in common: the stages of a tile, one pass over it
/// after the other.
class tile_run {
 public:
  /// Rows `first` to `last` of those that lie at one stride from `offset` on.
  virtual void run(const std::ptrdiff_t* offset, std::size_t first, std::size_t last) = 0;

 protected:
  tile_run(const tile_run&) = delete;
  tile_run& operator=(const tile_run&) = delete;
  ~tile_run() = default;

  /// Runs a loop over a tile, part by part. (A function of the two ways, and not a template of
  /// these: the stages are compiled once.)
  virtual void pass(tile_loop loop, tile& of) = 0;

  [[gnu::noinline]] tile_run(const row_kernel& kernel, const row_layout& layout,
                             const row_schedule& schedule, char* workspace, std::size_t bytes)
      : kernel_(kernel), layout_(layout), schedule_(schedule), room_(workspace), bytes_(bytes) {
    if (schedule.positions != nullptr) extent_ = schedule.positions->extent;
    if (layout.inner.rank > 0) first_extent_ = layout.inner.axes[0].extent;
    keeps_materialized_ = schedule.keeps_materialized;
  }

  std::ptrdiff_t row_stride(std::size_t operand) const {
    return schedule_.rows == nullptr ? 0 : schedule_.rows->strides[operand];
  }
  std::ptrdiff_t position_stride(std::size_t operand) const {
    return schedule_.positions == nullptr ? 0 : schedule_.positions->strides[operand];
  }

  /// What every pass over a tile has in common.
  tile start_tile(std::size_t rows, std::size_t pitch) {
    tile made;
    made.lane_strides = lane_strides_;
    made.step_strides = step_strides_;
    made.scalars = room_;
    made.scalar_pitch = pitch;
    made.row_count = rows;
    made.reduced_count = layout_.reduced_count;
    return made;
  }

  /// What the loop of the outputs reads, and the term that is computed once more for it.
  std::uint32_t reads_of_map() const {
    const bool materializes = kernel_.materializes && !keeps_materialized_;
    return kernel_.map_reads |
           (materializes ? kernel_.stages[kernel_.stage_count - 1].reads : std::uint32_t{0});
  }

  tile_loop loop_of(const stage_loops& stage) const {
    return schedule_.lanes_are_rows ? stage.outer : stage.inner;
  }

  void run_stages(tile& of) {
    of.materializes = false;
    if (kernel_.row_inputs > 0) load_row_inputs(of, data_);
    std::size_t first = 0;
    if (schedule_.is_online) {
      run_online(of);
      first = 2;
    }
    for (; first < kernel_.stage_count; ++first) run_stage(kernel_.stages[first], of);
  }

  void run_stage(const stage_loops& stage, tile& of) {
    const bool is_last = &stage == kernel_.stages + kernel_.stage_count - 1;
    reads_ = stage.reads;
    stage_ = &stage;
    if (stage.inner != nullptr) {
      of.materializes = kernel_.materializes && is_last && keeps_materialized_;
      of.rows_after = is_last ? rows_after_ : 0;
      pass(loop_of(stage), of);
      if (!schedule_.lanes_are_rows) stage.fold(of);
    }
    of.materializes = false;
    for (std::size_t m = 0; m < stage.reductions; ++m) {
      const solver_loops* const solver = stage.solvers[m];
      if (solver == nullptr) continue;
      solver->begin(of);
      do {
        pass(schedule_.lanes_are_rows ? solver->outer : solver->inner, of);
        if (!schedule_.lanes_are_rows) solver->fold(of);
      } while (!solver->next(of));
    }
    stage.finish(of);
  }

  /// The first two stages in one reading, block by block. (Cold: compiled for size, such rows fit
  /// no cache.)
  [[gnu::cold]] void run_online(tile& of) {
    const online_loops& online = *kernel_.online;
    tile block = of;
    block.scalars += 2 * kernel_.scalars * of.scalar_pitch;
    const auto reduce = [&](const stage_loops& stage) {
      reads_ = stage.reads;
      pass(loop_of(stage), block);
      if (!schedule_.lanes_are_rows) stage.fold(block);
    };
    const bool has_lines = schedule_.inner_rank > 0;
    std::size_t& extent = has_lines ? first_extent_ : extent_;
    const std::size_t whole = extent;
    const std::size_t step = step_online(whole);
    const auto move = [&](std::size_t steps, std::ptrdiff_t sign) {
      loaded_ = 0;  // the copies are those of another block
      for (std::size_t o = 0; o < kernel_.operands; ++o) {
        const std::ptrdiff_t stride =
            has_lines ? layout_.inner.axes[0].strides[o] : position_stride(o);
        data_[o] += sign * stride * static_cast<std::ptrdiff_t>(steps);
      }
    };
    online.begin(of);
    for (std::size_t at = 0; at < whole; at += step) {
      extent = std::min(step, whole - at);
      move(at, 1);
      reduce(kernel_.stages[0]);
      const bool goes_on = online.take_largest(of);
      if (goes_on) {
        reduce(kernel_.stages[1]);
        online.add_block(of);
      }
      move(at, -1);
      extent = whole;
      if (!goes_on) break;
    }
    if (!online.are_all_within(of)) {
      for (std::size_t s = 0; s < 2; ++s) {
        reduce(kernel_.stages[s]);
        kernel_.stages[s].finish(block);
      }
      online.choose(of);
    }
    kernel_.stages[1].finish(of);
  }

  /// The steps of a block: its elements stay in the first-level cache, or those of many rows side
  /// by side in the second, where a block of few would be too little work.
  std::size_t step_online(std::size_t extent) const {
    const std::size_t bytes = kernel_.size * elements_of_row(layout_) / extent *
                              (layout_.is_across ? lanes_per_block : 1);
    return std::max<std::size_t>(1, bytes_per_tile / bytes);
  }

  /// A loop over a part of a tile, which begins `from` positions and `offset` behind it. What is
  /// copied is loaded before, and stored after the loop of the outputs.
  void run_part(tile_loop loop, const tile& of, const std::ptrdiff_t* offset, std::size_t from,
                bool is_map) {
    const bool is_outer = schedule_.lanes_are_rows;
    const std::size_t steps = is_outer ? of.extent : of.row_count;
    const std::size_t lanes = is_outer ? of.row_count : of.extent;
    const auto place = [&](std::size_t o) {
      return data_[o] + offset[o] + position_stride(o) * static_cast<std::ptrdiff_t>(from);
    };
    const auto step_stride = [&](std::size_t o) {
      return is_outer ? position_stride(o) : row_stride(o);
    };
    const auto lane_stride = [&](std::size_t o) {
      return is_outer ? row_stride(o) : position_stride(o);
    };
    const auto pitch = [&](std::size_t o) { return static_cast<std::size_t>(step_strides_[o]); };
    for (std::size_t o = 0; o < kernel_.operands; ++o) {
      if (copies_[o] == nullptr) {
        part_data_[o] = place(o);
        continue;
      }
      // What waits for the outputs has a place for each element of a row.
      const bool waits = kernel_.materializes && keeps_materialized_ && o == kernel_.materialized;
      part_data_[o] = copies_[o] + (waits ? from * kernel_.size : 0);
      if (o < kernel_.inputs && (reads_ & ~loaded_) >> o & 1) {
        kernel_.copies[o].load(copies_[o], pitch(o), place(o), step_stride(o), lane_stride(o),
                               pitch(o) == 0 ? 1 : steps, lanes, schedule_.asks_ahead);
      }
    }
    if (is_map && kernel_.materializes && !keeps_materialized_) materialize(of);
    loop(of);
    if (!is_map) return;
    for (std::size_t o = kernel_.inputs; o < kernel_.operands; ++o) {
      if (copies_[o] == nullptr) continue;
      kernel_.copies[o].store(part_data_[o], pitch(o), const_cast<char*>(place(o)), step_stride(o),
                              lane_stride(o), steps, lanes, schedule_.asks_ahead);
    }
  }

  /// The term that the outputs are computed from, once more.
  void materialize(const tile& of) const {
    tile once = of;
    once.materializes = true;
    once.discards = true;
    once.is_first = true;
    once.renormalizes = false;
    loop_of(kernel_.stages[kernel_.stage_count - 1])(once);
  }

  /// Reads the inputs that have one element for each row, of rows that begin at `data`.
  [[gnu::noinline]] void load_row_inputs(const tile& of, const char* const* data) const {
    for (std::size_t i = 0; i < kernel_.row_inputs; ++i) {
      const row_input& each = kernel_.given[i];
      const block_copy& copy = kernel_.copies[each.operand];
      const char* const from = data[each.operand];
      char* const to = of.scalars + each.place * of.scalar_pitch;
      if (copy.is_number) {
        std::memcpy(to, from, kernel_.size);
        repeat(to, kernel_.size, of.row_count * kernel_.size);
      } else {
        copy.load(to, 0, from, 0, row_stride(each.operand), 1, of.row_count, false);
      }
      std::memset(to + of.scalar_pitch, 0, rounded(kernel_, of.row_count) * kernel_.size);
    }
  }

  /// Writes the outputs that lack the reduced axes, of rows that begin at `data`.
  [[gnu::noinline]] void store_reduced(const tile& of, const char* const* data) const {
    kernel_.reduced(of);
    std::size_t place = kernel_.reduced_place;
    for (std::size_t o = kernel_.inputs; o < kernel_.operands; ++o) {
      if (!kernel_.is_reduced[o - kernel_.inputs]) continue;
      kernel_.copies[o].store(of.scalars + place++ * of.scalar_pitch, 0, const_cast<char*>(data[o]),
                              0, row_stride(o), 1, of.row_count, false);
    }
  }

  const row_kernel& kernel_;
  const row_layout& layout_;
  const row_schedule& schedule_;
  char* room_;
  std::size_t bytes_;
  std::size_t extent_ = 1;        // elements of a row that lie at one stride, or of a block of them
  std::size_t first_extent_ = 1;  // of the first of the other loops within a row, or of a block
  std::size_t rows_after_ = 0;    // of the next tile, that memory is asked for
  bool keeps_materialized_;
  const stage_loops* stage_ = nullptr;          // that is run
  std::uint32_t reads_ = 0;                     // the inputs that a pass reads, a bit for each
  std::uint32_t loaded_ = 0;                    // those whose copies hold all elements of the tile
  char* copies_[most_operands];                 // of operands that are copied, or null
  std::ptrdiff_t lane_strides_[most_operands];  // of tiles
  std::ptrdiff_t step_strides_[most_operands];
  const char* data_[most_operands];       // where the rows of a tile begin
  const char* part_data_[most_operands];  // the same of a part of it
};

}  // namespace fusor::detail
