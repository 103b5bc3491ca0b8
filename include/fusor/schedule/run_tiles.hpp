// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "fusor/schedule/layout.hpp"
#include "fusor/schedule/tile.hpp"
#include "fusor/schedule/tuning.hpp"

/// From the loops of a call to tiles: which rows are worked on together, what of them is copied to
/// a buffer first, and which loop over vectors comes next. Nothing here depends on a formula or on
/// an instruction set.
namespace fusor::detail {

/// Room on the stack for scalars, accumulators and copies of operands.
inline constexpr std::size_t workspace_bytes = 9472;

/// Moves the places of operands over the loops of a nest.
struct nest_iterator {
  const loop_nest* nest;
  std::size_t operands;
  std::size_t rank;
  std::size_t first_extent;  // of the first loop
  std::ptrdiff_t offset[most_operands] = {};
  std::size_t position[most_axes] = {};

  nest_iterator(const loop_nest& over, std::size_t axes, std::size_t operand_total)
      : nest(&over), operands(operand_total), rank(axes), first_extent(over.axes[0].extent) {}

  std::size_t extent(std::size_t loop) const {
    return loop == 0 ? first_extent : nest->axes[loop].extent;
  }
  void move(const loop_axis& axis, std::ptrdiff_t steps) {
    for (std::size_t o = 0; o < operands; ++o) offset[o] += axis.strides[o] * steps;
  }
  /// To the next position; false after the last one.
  bool next() {
    for (std::size_t i = rank; i-- > 0;) {
      if (++position[i] < extent(i)) {
        move(nest->axes[i], 1);
        return true;
      }
      position[i] = 0;
      move(nest->axes[i], 1 - static_cast<std::ptrdiff_t>(extent(i)));
    }
    return false;
  }
  bool is_last() const {
    for (std::size_t i = 0; i < rank; ++i) {
      if (position[i] + 1 < extent(i)) return false;
    }
    return true;
  }
  /// From the first position to position `index` of all.
  void seek(std::size_t index) {
    for (std::size_t i = rank; i-- > 0;) {
      position[i] = index % extent(i);
      index /= extent(i);
      move(nest->axes[i], static_cast<std::ptrdiff_t>(position[i]));
    }
  }
};

/// One call, or the part of it that one thread has.
class tile_run {
 public:
  tile_run(const row_kernel& kernel, const row_layout& layout) : kernel_(kernel), layout_(layout) {
    is_turned_ = !layout.is_across && kernel.stage_count > 0 && layout.inner.rank == 0 &&
                 layout.lane.extent > 0 && layout.lane.extent <= kernel.longest_turned;
    is_outer_ = is_turned_ || layout.is_across;
    outer_rank_ = layout.outer.rank;
    if (layout.inner.rank > 0) first_extent_ = layout.inner.axes[0].extent;
    inner_rank_ = layout.inner.rank;
    const loop_axis* const last = outer_rank_ > 0 ? &layout.outer.axes[outer_rank_ - 1] : nullptr;
    if (layout.is_across) {
      rows_ = &layout.lane;
      if (inner_rank_ > 0) positions_ = &layout.inner.axes[--inner_rank_];
    } else {
      rows_ = last;
      if (outer_rank_ > 0) --outer_rank_;
      positions_ = &layout.lane;
    }
    if (positions_ != nullptr) extent_ = positions_->extent;
    is_online_ = goes_online();
    for (std::size_t o = 0; o < kernel.operands; ++o) {
      row_strides_[o] = rows_ == nullptr ? 0 : rows_->strides[o];
      position_strides_[o] = positions_ == nullptr ? 0 : positions_->strides[o];
      const std::ptrdiff_t lane_stride = is_outer_ ? row_strides_[o] : position_strides_[o];
      const block_copy& copy = kernel.copies[o];
      const bool may_broadcast = o < kernel.inputs && kernel.broadcasts;
      is_in_place_[o] = !is_array(o) || (copy.is_computed && (lane_stride == copy.element_size ||
                                                              (may_broadcast && lane_stride == 0)));
      is_any_copied_ = is_any_copied_ || !is_in_place_[o];
    }
    if (!is_outer_ && streams()) {
      is_streamed_ = true;
    }
    if (!is_outer_) plan_inner();
  }

  void run(std::size_t begin, std::size_t end) {
    const std::size_t extent = rows_ == nullptr ? 1 : rows_->extent;
    const std::size_t per_block = layout_.is_across ? lanes_per_block : 1;
    const std::size_t blocks = (extent + per_block - 1) / per_block;
    nest_iterator at(layout_.outer, outer_rank_, kernel_.operands);
    at.seek(begin / blocks);
    std::size_t block = begin % blocks;
    while (begin < end) {
      const std::size_t taken = std::min(blocks - block, end - begin);
      const std::size_t first = block * per_block;
      const std::size_t last = std::min((block + taken) * per_block, extent);
      is_outer_ ? run_columns(at.offset, first, last) : run_rows(at.offset, first, last);
      begin += taken;
      block += taken;
      if (block == blocks) {
        block = 0;
        at.next();
      }
    }
    if (is_streamed_) kernel_.flush();
  }

 private:
  std::size_t rounded(std::size_t count) const {
    return (count + kernel_.lanes - 1) / kernel_.lanes * kernel_.lanes;
  }

  /// What every pass over a tile has in common.
  tile start_tile(std::size_t rows, std::size_t pitch) {
    tile made;
    made.lane_strides = lane_strides_;
    made.scalars = room_;
    made.scalar_pitch = pitch;
    made.row_count = rows;
    made.reduced_count = layout_.reduced_count;
    return made;
  }

  /// The stages of a tile, by passes over it, and then the outputs.
  template <class Pass>
  void run_stages(tile& of, const Pass& pass) {
    std::size_t first = 0;
    of.materializes = false;
    if (is_online_) {
      run_online(of, pass);
      first = 2;
    }
    for (; first < kernel_.stage_count; ++first) run_stage(kernel_.stages[first], of, pass);
  }
  template <class Pass>
  void run_stage(const stage_loops& stage, tile& of, const Pass& pass) {
    const bool is_last = &stage == kernel_.stages + kernel_.stage_count - 1;
    if (stage.inner != nullptr) {
      of.materializes = kernel_.materializes && is_last && keeps_materialized_;
      of.rows_after = is_last ? rows_after_ : 0;
      pass(is_outer_ ? stage.outer : stage.inner, of);
      if (!is_outer_) stage.fold(of);
    }
    of.materializes = false;
    for (std::size_t m = 0; m < stage.reductions; ++m) {
      const solver_loops* const solver = stage.solvers[m];
      if (solver == nullptr) continue;
      solver->begin(of);
      do {
        pass(is_outer_ ? solver->outer : solver->inner, of);
        if (!is_outer_) solver->fold(of);
      } while (!solver->next(of));
    }
    stage.finish(of);
  }

  /// Whether an operand is an array over which the loops go: no number, and no output that lacks
  /// the reduced axes.
  bool is_array(std::size_t operand) const {
    if (kernel_.copies[operand].is_number) return false;
    return operand < kernel_.inputs || !kernel_.is_reduced[operand - kernel_.inputs];
  }
  bool is_copied(std::size_t operand) const {
    return copies_all_ ? is_array(operand) : !is_in_place_[operand];
  }

  /// Places for scalars, and for the three sets of an online reduction.
  std::size_t scalar_places() const {
    return is_online_ ? std::max(kernel_.scalar_places, 3 * kernel_.scalars)
                      : kernel_.scalar_places;
  }

  // --- online reductions ---

  /// Whether one reading of a row serves two stages: what is read and written for it, or for as
  /// many rows as are gone over together, fits no cache. This follows from the shape alone: a row
  /// has the bits that it has alone, on any thread and at any stride.
  bool goes_online() const {
    if (kernel_.online == nullptr || (layout_.is_across && layout_.inner.rank == 0)) return false;
    const std::size_t elements =
        (layout_.is_across ? 1 : layout_.lane.extent) * layout_.inner.count();
    const std::size_t rows = layout_.is_across ? 4 * lanes_per_block : 1;
    return rows * elements > bytes_in_caches / kernel_.size / kernel_.operands;
  }

  /// The first two stages, block by block.
  template <class Pass>
  void run_online(tile& of, const Pass& pass) {
    const online_loops& online = *kernel_.online;
    tile block = of;
    block.scalars += 2 * kernel_.scalars * of.scalar_pitch;
    const auto reduce = [&](const stage_loops& stage) {
      pass(is_outer_ ? stage.outer : stage.inner, block);
      if (!is_outer_) stage.fold(block);
    };
    std::size_t& extent = inner_rank_ > 0 ? first_extent_ : extent_;
    const std::ptrdiff_t* const strides =
        inner_rank_ > 0 ? layout_.inner.axes[0].strides : position_strides_;
    const std::size_t whole = extent;
    // The elements of a block stay in the first-level cache; those of many rows side by side in the
    // second, or a block of few would be too little work.
    const std::size_t elements =
        (layout_.is_across ? 1 : layout_.lane.extent) * layout_.inner.count();
    const std::size_t bytes =
        kernel_.size * elements / whole * (layout_.is_across ? lanes_per_block : 1);
    const std::size_t step = std::max<std::size_t>(1, bytes_per_tile / bytes);
    const auto move = [&](std::size_t steps, std::ptrdiff_t sign) {
      for (std::size_t o = 0; o < kernel_.operands; ++o) {
        data_[o] += sign * strides[o] * static_cast<std::ptrdiff_t>(steps);
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

  // --- rows along memory ---

  /// Whether the output is written past the caches: what fits none, contiguous and not in place.
  bool streams() const {
    const std::size_t inputs = kernel_.inputs;
    if (!kernel_.can_stream || is_online_ || is_any_copied_ || layout_.writes_once ||
        layout_.inner.rank > 0 || layout_.lane.extent < (kernel_.is_expensive ? 128 : 32)) {
      return false;
    }
    const char* const out = layout_.data[inputs];
    if (reinterpret_cast<std::uintptr_t>(out) % kernel_.size != 0) return false;
    for (std::size_t i = 0; i < inputs; ++i) {
      if (layout_.data[i] == out) return false;
    }
    const std::size_t row = layout_.lane.extent * kernel_.size;
    if (kernel_.materializes && row > 2 * workspace_bytes / 3) return false;
    return layout_.outer.count() > bytes_in_caches / kernel_.operands / row;
  }

  /// How many rows a tile has, and what goes where in the workspace.
  void plan_inner() {
    const std::size_t elements =
        std::max<std::size_t>(1, layout_.lane.extent * layout_.inner.count());
    is_pipelined_ = is_pipelined();
    keeps_materialized_ = !is_online_;
    const std::size_t bytes = is_pipelined_  ? bytes_overlapped / 4
                              : is_streamed_ ? (8192)
                                             : bytes_per_tile;
    tile_rows_ =
        std::min(kernel_.lanes, std::max<std::size_t>(1, bytes / (elements * kernel_.size)));
    if (rows_ == nullptr) tile_rows_ = 1;
    std::size_t accumulators = 0;
    for (std::size_t s = 0; s < kernel_.stage_count; ++s) {
      const stage_loops& stage = kernel_.stages[s];
      accumulators = std::max(accumulators, 2 * stage.reductions);
      for (std::size_t m = 0; m < stage.reductions; ++m) {
        if (stage.solvers[m] != nullptr) accumulators = std::max<std::size_t>(accumulators, 4);
      }
    }
    const std::size_t vector = kernel_.lanes * kernel_.size;
    // Accumulators take half of the room at most.
    while (tile_rows_ > 1 && tile_rows_ * accumulators * vector > workspace_bytes / 2) {
      tile_rows_ = (tile_rows_ + 1) / 2;
    }
    // What is computed once more for the outputs stays in the first-level cache for them.
    chunk_ = (is_online_ ? 64 : positions_between_renormalizing) * kernel_.lanes;
    partial_ = room_ + (is_pipelined_ ? 3 : 1) * scalar_places() * vector;
    if (is_pipelined_) {
      const auto left =
          static_cast<std::size_t>(room_ + workspace_bytes - partial_) - bytes_in_flight;
      while (tile_rows_ > 1 && tile_rows_ * (accumulators + 2) * vector > left) {
        tile_rows_ = (tile_rows_ + 1) / 2;
      }
    }
    partial_pitch_ = tile_rows_ * vector;
    partial_ahead_ = partial_ + accumulators * partial_pitch_;
    char* const next = partial_ + accumulators * partial_pitch_;
    if (is_any_copied_) plan_copies(next, elements);
    if (is_streamed_ && kernel_.materializes) {
      // What waits for the output waits elsewhere.
      const std::size_t row = rounded(elements) * kernel_.size;
      const auto left = static_cast<std::size_t>(room_ + workspace_bytes - next);
      while (tile_rows_ > 1 && tile_rows_ * row > left) --tile_rows_;
      copies_[kernel_.inputs] = {next, row};
    }
  }

  /// Buffers for what is copied, and the elements of a row that are copied at a time.
  void plan_copies(char* next, std::size_t elements) {
    std::size_t copied = 0;
    for (std::size_t o = 0; o < kernel_.operands; ++o) copied += is_copied(o);
    const std::size_t group = 4 * kernel_.lanes * kernel_.size;
    auto left = static_cast<std::size_t>(room_ + workspace_bytes - next);
    const auto halve_rows = [&](std::size_t bytes_per_row) {
      while (tile_rows_ > 1 && tile_rows_ * bytes_per_row > left) tile_rows_ = (tile_rows_ + 1) / 2;
    };
    const std::size_t waiting = kernel_.materialized;
    bool is_placed = false;
    if (kernel_.materializes && is_copied(waiting)) {
      // What waits for the outputs has room for whole rows, if one row has.
      const std::size_t row = rounded(elements) * kernel_.size;
      const std::size_t others = (copied - 1) * group;
      keeps_materialized_ = !is_online_ && layout_.inner.rank == 0 && row + others <= left;
      if (keeps_materialized_) {
        halve_rows(row + others);
        copies_[waiting] = {next, row};
        next += tile_rows_ * row;
        left -= tile_rows_ * row;
        --copied;
        is_placed = true;
      }
    }
    if (copied == 0) return;
    halve_rows(copied * group);
    std::size_t groups = std::max<std::size_t>(1, left / (tile_rows_ * copied * group));
    while ((groups & (groups - 1)) != 0) groups &= groups - 1;
    chunk_ = std::min(chunk_, groups * 4 * kernel_.lanes);
    const std::size_t pitch = std::min(chunk_, rounded(layout_.lane.extent)) * kernel_.size;
    for (std::size_t o = 0; o < kernel_.operands; ++o) {
      if (!is_copied(o) || (is_placed && o == waiting)) continue;
      copies_[o] = {next, pitch};
      next += tile_rows_ * pitch;
    }
  }

  /// Rows `first` to `last` of those that lie at one stride from `offset` on.
  void run_rows(const std::ptrdiff_t* offset, std::size_t first, std::size_t last) {
    const std::size_t operands = kernel_.operands;
    tile of = start_tile(0, kernel_.lanes * kernel_.size);
    of.step_strides = tile_strides_;
    of.partial = partial_;
    of.partial_pitch = partial_pitch_;
    of.keeps_errors = layout_.inner.rank > 0 || layout_.lane.extent > 4 * kernel_.lanes;
    for (std::size_t o = 0; o < operands; ++o) {
      data_[o] = layout_.data[o] + offset[o] + row_strides_[o] * static_cast<std::ptrdiff_t>(first);
      lane_strides_[o] =
          is_copied(o) ? static_cast<std::ptrdiff_t>(kernel_.size) : position_strides_[o];
      tile_strides_[o] =
          is_copied(o) ? static_cast<std::ptrdiff_t>(copies_[o].pitch) : row_strides_[o];
    }
    if (is_pipelined_) return run_pipelined(first, last, of);
    of.streams = is_streamed_;
    if (is_streamed_ && kernel_.materializes) {
      of.waiting = copies_[kernel_.inputs].at;
      of.waiting_stride = static_cast<std::ptrdiff_t>(copies_[kernel_.inputs].pitch);
    }
    while (first < last) {
      of.row_count = std::min(tile_rows_, last - first);
      rows_after_ = is_streamed_ ? std::min(tile_rows_, last - first - of.row_count) : 0;
      run_stages(of, [&](tile_loop loop, tile& t) { inner_pass(loop, t, false); });
      of.materializes = kernel_.materializes;
      if (kernel_.map_inner != nullptr) inner_pass(kernel_.map_inner, of, true);
      of.data = data_;
      if (kernel_.reduced != nullptr) store_reduced(of, data_);
      first += of.row_count;
      const auto steps = static_cast<std::ptrdiff_t>(of.row_count);
      for (std::size_t o = 0; o < operands; ++o) data_[o] += row_strides_[o] * steps;
    }
  }

  /// Whether tiles are pipelined: whole rows, taken where they are, of which three tiles stay in a
  /// cache near by.
  bool is_pipelined() const {
    const std::size_t bytes = kernel_.operands * kernel_.size * layout_.lane.extent;
    return kernel_.pipelined != nullptr && !is_online_ && !is_any_copied_ && !is_streamed_ &&
           !layout_.writes_once && layout_.inner.rank == 0 && bytes <= bytes_overlapped &&
           layout_.lane.extent >= 8 * kernel_.lanes;
  }

  /// The same, with the outputs of a tile beside the last stage of the next one.
  void run_pipelined(std::size_t first, std::size_t last, const tile& common) {
    const std::size_t operands = kernel_.operands;
    const std::size_t scalar_bytes = kernel_.scalar_places * kernel_.lanes * kernel_.size;
    tile ring[3];
    for (std::size_t i = 0; i < 3; ++i) {
      ring[i] = common;
      ring[i].data = pipelined_data(i);
      ring[i].scalars = room_ + i * scalar_bytes;
      ring[i].extent = layout_.lane.extent;
      ring[i].row_count = 0;
    }
    const auto take = [&](std::size_t number) {
      tile& into = ring[number];
      into.row_count = std::min(tile_rows_, last - first);
      const auto steps = static_cast<std::ptrdiff_t>(into.row_count);
      for (std::size_t o = 0; o < operands; ++o) {
        pipelined_data(number)[o] = data_[o];
        data_[o] += row_strides_[o] * steps;
      }
      first += into.row_count;
    };
    const std::size_t ahead = kernel_.runs_ahead ? 1 : 0;
    const stage_loops* const stages = kernel_.stages;
    const stage_loops& last_stage = stages[kernel_.stage_count - 1];
    const auto plainly = [&](const stage_loops& stage, tile& of) {
      run_stage(stage, of, [](tile_loop loop, tile& t) { loop(t); });
    };
    take(0);
    if (ahead != 0) plainly(stages[0], ring[0]);
    std::size_t now = 0;
    for (std::size_t next; ring[now].row_count > 0; now = next) {
      next = now == 2 ? 0 : now + 1;
      tile& of = ring[now];
      tile& before = ring[3 - now - next];
      tile& after = ring[next];
      take(next);
      for (std::size_t s = ahead; s + 1 < kernel_.stage_count; ++s) plainly(stages[s], of);
      of.materializes = kernel_.materializes;
      after.partial = partial_ahead_;
      kernel_.pipelined(of, before, after);
      last_stage.fold(of);
      last_stage.finish(of);
      if (ahead != 0 && after.row_count > 0) {
        stages[0].fold(after);
        stages[0].finish(after);
      }
      after.partial = partial_;
      if (kernel_.reduced != nullptr) store_reduced(of, of.data);
      write_from(before, of.row_count);
    }
    write_from(ring[now == 0 ? 2 : now - 1], 0);
  }

  /// Where the rows of a tile in flight begin, at the end of the workspace.
  const char** pipelined_data(std::size_t number) {
    return reinterpret_cast<const char**>(room_ + workspace_bytes - bytes_in_flight) +
           number * kernel_.operands;
  }

  /// The outputs of the rows from `begin` on.
  void write_from(const tile& of, std::size_t begin) {
    if (begin >= of.row_count) return;
    tile rest = of;
    rest.row_count -= begin;
    rest.scalars += begin * kernel_.size;
    rest.materializes = kernel_.materializes;
    for (std::size_t o = 0; o < kernel_.operands; ++o) {
      part_data_[o] = of.data[o] + row_strides_[o] * static_cast<std::ptrdiff_t>(begin);
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
    const std::size_t inner_rank = writes_once ? 0 : inner_rank_;
    of.is_first = true;
    const bool is_at_once = inner_rank == 0 && !is_any_copied_ && extent <= most;
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
          const std::size_t to = std::min(end, from + chunk_);
          of.extent = to - from;
          of.renormalizes = renormalizes && to == end;
          run_part(loop, of, at.offset, from, is_map);
          of.is_first = false;
          from = to;
        } while (from < end);
        begin = end;
      } while (begin < extent);
    } while (at.next());
  }

  /// A loop over the elements of every row from `from` on, `offset` behind its first one.
  void run_part(tile_loop loop, tile& of, const std::ptrdiff_t* offset, std::size_t from,
                bool is_map) {
    const auto place = [&](std::size_t o) {
      return data_[o] + offset[o] + position_strides_[o] * static_cast<std::ptrdiff_t>(from);
    };
    for (std::size_t o = 0; o < kernel_.operands; ++o) {
      if (!is_copied(o)) {
        part_data_[o] = place(o);
        continue;
      }
      const bool is_whole =
          kernel_.materializes && keeps_materialized_ && o == kernel_.materialized;
      part_data_[o] = copies_[o].at + (is_whole ? from * kernel_.size : 0);
      if (o < kernel_.inputs) {
        kernel_.copies[o].load(copies_[o].at, copies_[o].pitch, place(o), row_strides_[o],
                               position_strides_[o], of.row_count, of.extent);
      }
    }
    if (is_map && kernel_.materializes && !keeps_materialized_) materialize(of);
    loop(of);
    if (!is_map) return;
    for (std::size_t o = kernel_.inputs; o < kernel_.operands; ++o) {
      if (!is_copied(o)) continue;
      kernel_.copies[o].store(part_data_[o], copies_[o].pitch, const_cast<char*>(place(o)),
                              row_strides_[o], position_strides_[o], of.row_count, of.extent);
    }
  }

  /// The term that the outputs are computed from, once more.
  void materialize(const tile& of) const {
    tile once = of;
    const stage_loops& last = kernel_.stages[kernel_.stage_count - 1];
    once.materializes = true;
    once.discards = true;
    once.is_first = true;
    once.renormalizes = false;
    (is_outer_ ? last.outer : last.inner)(once);
  }

  /// Writes the outputs that lack the reduced axes.
  void store_reduced(const tile& of, const char* const* data) const {
    kernel_.reduced(of);
    std::size_t place = kernel_.reduced_place;
    for (std::size_t o = kernel_.inputs; o < kernel_.operands; ++o) {
      if (!kernel_.is_reduced[o - kernel_.inputs]) continue;
      kernel_.copies[o].store(of.scalars + place++ * of.scalar_pitch, 0, const_cast<char*>(data[o]),
                              0, row_strides_[o], 1, of.row_count);
    }
  }

  // --- rows side by side ---

  /// Rows `first` to `last` of those side by side from `offset` on.
  void run_columns(const std::ptrdiff_t* offset, std::size_t first, std::size_t last) {
    const std::size_t lanes = kernel_.lanes;
    while (first < last) {
      const std::size_t left = last - first;
      // Vectors that are full are taken where they are, if nothing has to be copied.
      copies_all_ = is_any_copied_ || left < lanes;
      const std::size_t room = copies_all_ ? workspace_bytes / 3 : workspace_bytes;
      const std::size_t wanted = copies_all_ ? 256 : 1024;
      const std::size_t vectors = std::min(room / scalar_places(), wanted) / (lanes * kernel_.size);
      const std::size_t most = std::max<std::size_t>(1, vectors) * lanes;
      const std::size_t count = std::min(most, copies_all_ ? left : left / lanes * lanes);
      run_outer_tile(offset, first, count);
      first += count;
    }
  }

  void run_outer_tile(const std::ptrdiff_t* offset, std::size_t first, std::size_t count) {
    const std::size_t operands = kernel_.operands;
    const std::size_t extent = extent_;
    const std::size_t pitch = rounded(count) * kernel_.size;
    // A power of two, so that the number of rows does not decide when error terms are taken in. Not
    // as many positions as the cache would hold: those of wide rows lie at the same places of
    // pages.
    step_ = positions_between_renormalizing;
    const std::size_t positions = bytes_per_tile / 1 / kernel_.size;
    while (step_ > 8 && step_ * count > positions) step_ /= 2;
    keeps_materialized_ = !is_online_;
    is_loaded_ = false;
    fits_ = false;
    if (copies_all_) {
      std::size_t copied = 0;
      for (std::size_t o = 0; o < operands; ++o) copied += is_array(o);
      char* next = room_ + scalar_places() * pitch;
      const auto left = static_cast<std::size_t>(room_ + workspace_bytes - next);
      fits_ = !is_online_ && inner_rank_ == 0 && extent <= positions_between_renormalizing &&
              extent * pitch * copied <= left;
      if (fits_) {
        step_ = positions_between_renormalizing;
      } else {
        while (step_ > 4 && step_ * pitch * copied > left) step_ /= 2;
      }
      keeps_materialized_ = fits_;
      for (std::size_t o = 0; o < operands; ++o) {
        if (!is_array(o)) continue;
        copies_[o] = {next, pitch};
        next += std::min(extent, step_) * pitch;
      }
    }
    for (std::size_t o = 0; o < operands; ++o) {
      data_[o] = layout_.data[o] + offset[o] + row_strides_[o] * static_cast<std::ptrdiff_t>(first);
      const bool is_copy = copies_all_ && is_array(o);
      lane_strides_[o] = is_copy ? static_cast<std::ptrdiff_t>(kernel_.size) : row_strides_[o];
      tile_strides_[o] = is_copy ? static_cast<std::ptrdiff_t>(pitch) : position_strides_[o];
    }
    tile of = start_tile(count, pitch);
    of.step_strides = tile_strides_;
    of.data = part_data_;
    run_stages(of, [&](tile_loop loop, tile& t) { outer_pass(loop, t, false); });
    of.materializes = kernel_.materializes;
    if (kernel_.map_outer != nullptr) outer_pass(kernel_.map_outer, of, true);
    if (kernel_.reduced != nullptr) store_reduced(of, data_);
  }

  void outer_pass(tile_loop loop, tile& of, bool is_map) {
    const bool writes_once = is_map && layout_.writes_once;
    const std::size_t extent = writes_once ? 1 : extent_;
    nest_iterator at(layout_.inner, writes_once ? 0 : inner_rank_, kernel_.operands);
    at.first_extent = first_extent_;
    const std::size_t blocks = std::max<std::size_t>(1, (extent + step_ - 1) / step_);
    std::size_t lines = 0;
    of.is_first = true;
    do {
      ++lines;
      for (std::size_t b = 0; b < blocks; ++b) {
        // The last block of an axis comes first when outputs are written: it is in the cache still.
        const std::size_t begin = (is_map ? blocks - 1 - b : b) * step_;
        const std::size_t end = std::min(begin + step_, extent);
        of.extent = end - begin;
        of.renormalizes = end < extent ? end % positions_between_renormalizing == 0
                                       : extent >= 256 || lines % 16 == 0 || at.is_last();
        run_block(loop, of, at.offset, begin, is_map);
        of.is_first = false;
      }
    } while (at.next());
    is_loaded_ = fits_;
  }

  /// A loop over the positions from `begin` on, `offset` behind the first.
  void run_block(tile_loop loop, const tile& of, const std::ptrdiff_t* offset, std::size_t begin,
                 bool is_map) {
    const auto place = [&](std::size_t o) {
      return data_[o] + offset[o] + position_strides_[o] * static_cast<std::ptrdiff_t>(begin);
    };
    for (std::size_t o = 0; o < kernel_.operands; ++o) {
      if (!copies_all_ || !is_array(o)) {
        part_data_[o] = place(o);
        continue;
      }
      part_data_[o] = copies_[o].at;
      if (o < kernel_.inputs && !is_loaded_) {
        kernel_.copies[o].load(copies_[o].at, copies_[o].pitch, place(o), position_strides_[o],
                               row_strides_[o], of.extent, of.row_count);
      }
    }
    if (is_map && kernel_.materializes && !keeps_materialized_) materialize(of);
    loop(of);
    if (!is_map || !copies_all_) return;
    for (std::size_t o = kernel_.inputs; o < kernel_.operands; ++o) {
      if (!is_array(o)) continue;
      kernel_.copies[o].store(copies_[o].at, copies_[o].pitch, const_cast<char*>(place(o)),
                              position_strides_[o], row_strides_[o], of.extent, of.row_count);
    }
  }

  static constexpr std::size_t bytes_in_flight = 3 * most_operands * sizeof(const char*);

  struct buffer {
    char* at;
    std::size_t pitch;
  };

  const row_kernel& kernel_;
  const row_layout& layout_;
  const loop_axis* rows_ = nullptr;       // rows that lie at one stride
  const loop_axis* positions_ = nullptr;  // elements of a row that lie at one stride
  std::size_t first_extent_ = 1;          // of the first of the other loops within a row
  std::size_t extent_ = 1;                // elements of a row that lie at one stride
  std::size_t outer_rank_;                // of the other loops over rows
  std::size_t inner_rank_;                // of those within a row
  bool is_turned_;                        // rows are short, and are turned so that each has a lane
  bool is_outer_;                         // lanes are rows
  bool is_any_copied_ = false;
  bool copies_all_ = false;
  bool keeps_materialized_ = true;  // from the last stage to the outputs
  bool fits_ = false;               // all positions of a tile are copied at once
  bool is_loaded_ = false;
  std::size_t tile_rows_ = 0;
  std::size_t rows_after_ = 0;  // of the next tile, that memory is asked for
  std::size_t chunk_ = 0;       // elements of a row that are gone over at a time
  std::size_t step_ = 0;        // positions that are gone over at a time
  bool is_pipelined_ = false;
  bool is_online_ = false;    // one reading serves the first two stages
  bool is_streamed_ = false;  // the output is written past the caches
  char* partial_ = nullptr;
  char* partial_ahead_ = nullptr;
  std::size_t partial_pitch_ = 0;
  bool is_in_place_[most_operands];
  buffer copies_[most_operands];
  std::ptrdiff_t row_strides_[most_operands];
  std::ptrdiff_t position_strides_[most_operands];
  std::ptrdiff_t lane_strides_[most_operands];  // of tiles
  std::ptrdiff_t tile_strides_[most_operands];
  const char* data_[most_operands];  // of a tile
  const char* part_data_[most_operands];
  alignas(64) char room_[workspace_bytes];
};

/// Blocks `begin` to `end` of a call.
inline void run_tiles(const row_kernel& kernel, const row_layout& layout, std::size_t begin,
                      std::size_t end) {
  tile_run(kernel, layout).run(begin, end);
}

}  // namespace fusor::detail
