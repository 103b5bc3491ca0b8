// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "fusor/schedule/tile_run.hpp"

namespace fusor::detail {

/// Rows whose elements are the lanes of vectors, some of them at a time.
class inner_run final : public tile_run {
 public:
  inner_run(const row_kernel& kernel, const row_layout& layout, const row_schedule& schedule,
            char* workspace, std::size_t bytes)
      : tile_run(kernel, layout, schedule, workspace, bytes) {}

  void run(const std::ptrdiff_t* offset, std::size_t first, std::size_t last) final {
    const std::size_t operands = kernel_.operands;
    std::uint32_t repeated = 0;  // inputs that are the same for every row
    tile of = start_tile(0, kernel_.lanes * kernel_.size);
    of.data = data_;
    of.partial = room_ + schedule_.partial.at;
    of.partial_pitch = schedule_.partial.pitch;
    of.keeps_errors = layout_.inner.rank > 0 || layout_.lane.extent > 4 * kernel_.lanes;
    for (std::size_t o = 0; o < operands; ++o) {
      data_[o] = layout_.data[o] + offset[o] + row_stride(o) * static_cast<std::ptrdiff_t>(first);
      copies_[o] = schedule_.is_copied[o] ? room_ + schedule_.copies[o].at : nullptr;
      lane_strides_[o] =
          schedule_.is_copied[o] ? static_cast<std::ptrdiff_t>(kernel_.size) : position_stride(o);
      const bool is_one = o < kernel_.inputs && row_stride(o) == 0;
      step_strides_[o] = schedule_.is_copied[o] && !is_one
                             ? static_cast<std::ptrdiff_t>(schedule_.copies[o].pitch)
                             : row_stride(o);
      if (is_one) repeated |= std::uint32_t{1} << o;
    }
    loaded_ = 0;
    if (schedule_.is_pipelined) return run_pipelined(first, last, of);
    if (schedule_.repeats > 0) return run_repeated(first, last, of);
    of.streams = schedule_.streams;
    if (schedule_.streams && kernel_.materializes) {
      of.waiting = room_ + schedule_.copies[kernel_.materialized].at;
      of.waiting_stride = static_cast<std::ptrdiff_t>(schedule_.copies[kernel_.materialized].pitch);
    }
    while (first < last) {
      of.row_count = std::min(schedule_.tile_rows, last - first);
      rows_after_ =
          schedule_.asks_ahead ? std::min(schedule_.tile_rows, last - first - of.row_count) : 0;
      run_stages(of);
      of.materializes = kernel_.materializes;
      reads_ = reads_of_map();
      if (kernel_.map_inner != nullptr) inner_pass(kernel_.map_inner, of, true);
      of.data = data_;
      if (kernel_.reduced != nullptr) store_reduced(of, data_);
      first += of.row_count;
      const auto steps = static_cast<std::ptrdiff_t>(of.row_count);
      for (std::size_t o = 0; o < operands; ++o) data_[o] += row_stride(o) * steps;
      loaded_ &= repeated;
    }
  }

 private:
  void pass(tile_loop loop, tile& of) final {
    // Of tiles in flight each has its own places, and whole rows.
    schedule_.is_pipelined ? loop(of) : inner_pass(loop, of, false);
  }

  /// The same of an element-wise formula: rows that follow one another as one.
  void run_repeated(std::size_t first, std::size_t last, tile& of) {
    const std::size_t extent = layout_.lane.extent;
    const bool are_one = schedule_.period > 0;
    const std::size_t rows = are_one ? last - first : std::min(schedule_.repeats, last - first);
    // A vector of the output and what is copied for it begin at the same place of a cache line.
    const std::size_t ahead = schedule_.is_copied[kernel_.inputs]
                                  ? 0
                                  : reinterpret_cast<std::uintptr_t>(data_[kernel_.inputs]) &
                                        (kernel_.lanes - 1) * kernel_.size;
    bool converts = false;
    for (std::size_t o = 0; o < kernel_.operands; ++o) {
      step_strides_[o] = static_cast<std::ptrdiff_t>(rows) * row_stride(o);
      part_data_[o] = data_[o];
      if (!schedule_.is_copied[o]) continue;
      char* const to = copies_[o] += ahead;
      part_data_[o] = to;
      if (is_converted(o)) {
        converts = true;
        continue;
      }
      // Copies of a row until they are whole vectors, and then copies of these.
      const std::size_t few = std::min(schedule_.repeats, kernel_.lanes);
      const std::size_t row = extent * kernel_.size;
      kernel_.copies[o].load(to, schedule_.copies[o].pitch, data_[o], 0, position_stride(o), few,
                             extent, false);
      repeat(to, few * row, schedule_.repeats * row);
      if (are_one) {  // A vector from the last position of the period on goes on with its first.
        std::memcpy(to + schedule_.period * kernel_.size, to, kernel_.lanes * kernel_.size);
        lane_strides_[o] = -static_cast<std::ptrdiff_t>(schedule_.period);
      }
    }
    of.data = part_data_;
    const std::size_t at_once = converts ? rows : (last - first) / rows * rows;
    for (std::size_t left = last - first; left > 0;) {
      const std::size_t taken = std::min(left, at_once);
      of.row_count = taken < rows ? 1 : taken / rows;
      of.extent = std::min(taken, rows) * extent;
      map_repeated(of);
      left -= taken;
    }
  }

  /// Whether rows of an operand are of another type, and so many as repeat are copied at a time.
  bool is_converted(std::size_t operand) const {
    return schedule_.is_copied[operand] && row_stride(operand) != 0;
  }

  /// So many rows as repeat, or a multiple of them where nothing is of another type.
  void map_repeated(const tile& of) {
    for (std::size_t o = 0; o < kernel_.inputs; ++o) {
      if (!is_converted(o)) continue;
      kernel_.copies[o].load(copies_[o], 0, data_[o], 0, position_stride(o), 1, of.extent, false);
    }
    kernel_.map_inner(of);
    for (std::size_t o = kernel_.inputs; o < kernel_.operands; ++o) {
      if (!is_converted(o)) continue;
      kernel_.copies[o].store(copies_[o], 0, const_cast<char*>(data_[o]), 0, position_stride(o), 1,
                              of.extent, false);
    }
    for (std::size_t o = 0; o < kernel_.operands; ++o) {
      const std::ptrdiff_t moved = step_strides_[o] * static_cast<std::ptrdiff_t>(of.row_count);
      data_[o] += moved;
      if (!schedule_.is_copied[o]) part_data_[o] += moved;
    }
  }

  /// The same, with the outputs of a tile beside the last stage of the next one.
  void run_pipelined(std::size_t first, std::size_t last, const tile& common) {
    const std::size_t scalar_bytes = kernel_.scalar_places * kernel_.lanes * kernel_.size;
    tile ring[3];
    for (std::size_t i = 0; i < 3; ++i) {
      ring[i] = common;
      ring[i].data = pipelined_data(i);
      ring[i].scalars = room_ + i * scalar_bytes;
      ring[i].extent = layout_.lane.extent;
      ring[i].row_count = 0;
    }
    const std::size_t ahead = kernel_.runs_ahead ? 1 : 0;
    const stage_loops* const stages = kernel_.stages;
    const stage_loops& last_stage = stages[kernel_.stage_count - 1];
    take_rows(ring[0], 0, first, last);
    if (ahead != 0) run_stage(stages[0], ring[0]);
    std::size_t now = 0;
    for (std::size_t next; ring[now].row_count > 0; now = next) {
      next = now == 2 ? 0 : now + 1;
      tile& of = ring[now];
      tile& before = ring[3 - now - next];
      tile& after = ring[next];
      take_rows(after, next, first, last);
      if (kernel_.row_inputs > 0) load_row_inputs(of, of.data);
      for (std::size_t s = ahead; s + 1 < kernel_.stage_count; ++s) run_stage(stages[s], of);
      of.materializes = kernel_.materializes;
      after.partial = room_ + schedule_.partial_ahead;
      kernel_.pipelined(of, before, after);
      last_stage.fold(of);
      last_stage.finish(of);
      if (ahead != 0 && after.row_count > 0) {
        stages[0].fold(after);
        stages[0].finish(after);
      }
      after.partial = room_ + schedule_.partial.at;
      if (kernel_.reduced != nullptr) store_reduced(of, of.data);
      write_from(before, of.row_count);
    }
    write_from(ring[now == 0 ? 2 : now - 1], 0);
  }

  /// The next rows, as tile `number` of those in flight.
  [[gnu::noinline]] void take_rows(tile& into, std::size_t number, std::size_t& first,
                                   std::size_t last) {
    into.row_count = std::min(schedule_.tile_rows, last - first);
    const auto steps = static_cast<std::ptrdiff_t>(into.row_count);
    for (std::size_t o = 0; o < kernel_.operands; ++o) {
      pipelined_data(number)[o] = data_[o];
      data_[o] += row_stride(o) * steps;
    }
    first += into.row_count;
  }

  /// Where the rows of a tile in flight begin, at the end of the workspace.
  const char** pipelined_data(std::size_t number) {
    return reinterpret_cast<const char**>(room_ + bytes_ - bytes_in_flight) +
           number * kernel_.operands;
  }

  /// The outputs of the rows from `begin` on.
  [[gnu::noinline]] void write_from(const tile& of, std::size_t begin) {
    if (begin >= of.row_count) return;
    tile rest = of;
    rest.row_count -= begin;
    rest.scalars += begin * kernel_.size;
    rest.materializes = kernel_.materializes;
    for (std::size_t o = 0; o < kernel_.operands; ++o) {
      part_data_[o] = of.data[o] + row_stride(o) * static_cast<std::ptrdiff_t>(begin);
    }
    rest.data = part_data_;
    kernel_.map_inner(rest);
  }

  /// One loop over the rows of a tile, part by part.
  void inner_pass(tile_loop loop, tile& of, bool is_map) {
    const std::size_t lanes = kernel_.lanes;
    const bool writes_once = is_map && layout_.writes_once;
    const std::size_t extent = writes_once ? std::min<std::size_t>(1, extent_) : extent_;
    const std::size_t most = positions_between_renormalizing * lanes;
    const std::size_t inner_rank = writes_once ? 0 : schedule_.inner_rank;
    of.is_first = true;
    const bool is_at_once = inner_rank == 0 && !schedule_.copies_any && extent <= most;
    if (is_at_once && (keeps_materialized_ || !is_map)) {
      of.data = data_;
      of.extent = extent;
      of.renormalizes = extent + 4 * lanes > most;
      return loop(of);
    }
    nest_iterator at(layout_.inner, inner_rank, kernel_.operands);
    at.first_extent = first_extent_;
    std::size_t unsettled = 0;
    of.data = part_data_;
    do {
      std::size_t begin = 0;
      do {  // at least once, for a row without elements
        const std::size_t end = std::min(extent, begin + most);
        unsettled += end - begin + 4 * lanes;
        const bool renormalizes = unsettled > most;
        if (renormalizes) unsettled = 0;
        std::size_t from = begin;
        do {
          const std::size_t to = std::min(end, from + schedule_.part_elements);
          of.extent = to - from;
          of.renormalizes = renormalizes && to == end;
          run_part(loop, of, at.offset, from, is_map);
          of.is_first = false;
          from = to;
        } while (from < end);
        begin = end;
      } while (begin < extent);
    } while (at.next());
    if (inner_rank == 0 && !writes_once && extent <= std::min(most, schedule_.part_elements)) {
      loaded_ |= reads_;
    }
  }
};

}  // namespace fusor::detail
