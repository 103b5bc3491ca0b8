// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <new>

#include "fusor/schedule/run_outer.hpp"

namespace fusor::detail {

/// The loops of folded rows.
struct folded_loops {
  std::size_t rows;  // that lie side by side
  std::size_t line;  // bytes of an element of each, as often as elements go together
  std::size_t rest;  // bytes behind the last that go together
  row_layout folded;
  row_schedule schedule;
  std::ptrdiff_t strides[2 * most_folded];

  folded_loops(const row_kernel& kernel, const row_layout& layout)
      : rows(layout.lane.extent), line(rows * kernel.lanes * kernel.size) {
    const loop_axis& positions = layout.inner.axes[0];
    rest = positions.extent % kernel.lanes * rows * kernel.size;
    folded.outer.rank = 0;
    folded.inner.rank = 1;
    folded.inner.axes[0] = {positions.extent / kernel.lanes, strides};
    folded.lane = {rows * kernel.lanes, strides + kernel.operands};
    folded.reduced_count = layout.reduced_count;
    folded.is_across = true;
    folded.writes_once = false;
    for (std::size_t o = 0; o < kernel.operands; ++o) {
      const bool follows = is_array(kernel, o) && positions.strides[o] != 0;
      strides[o] = follows ? static_cast<std::ptrdiff_t>(line) : 0;
      strides[kernel.operands + o] = layout.lane.strides[o];
    }
    schedule.lanes_are_rows = true;
    schedule.rows = &folded.lane;
    schedule.positions = &folded.inner.axes[0];
    std::fill_n(schedule.is_copied, kernel.operands, false);
  }
  folded_loops(const folded_loops&) = delete;
  folded_loops& operator=(const folded_loops&) = delete;
};

/// A few rows side by side, fewer than a vector has lanes, whose elements are one array: of each as
/// many elements as a vector has lanes go together, in rows of their own. What is found for these
/// is folded into what holds for the row after each stage. Elements behind the last that go
/// together are copied, and taken in as one more position of some of them.
class folded_run final : public outer_run {
 public:
  /// Whether a call is such rows: memory in order, but for inputs that are one element for a row.
  static bool is_for(const row_kernel& kernel, const row_layout& layout, std::size_t bytes) {
    const std::size_t rows = layout.lane.extent;
    if (kernel.run_folded == nullptr || !layout.is_across || layout.inner.rank != 1 ||
        layout.writes_once || kernel.row_inputs > 0 || kernel.operands > most_folded ||
        rows >= kernel.lanes ||
        layout.inner.axes[0].extent < least_positions_folded * kernel.lanes ||
        lines(kernel) * rows * kernel.lanes * kernel.size + sizeof(folded_loops) > bytes) {
      return false;
    }
    for (std::size_t s = 0; s < kernel.stage_count; ++s) {
      for (std::size_t m = 0; m < kernel.stages[s].reductions; ++m) {
        if (kernel.stages[s].solvers[m] != nullptr) return false;
      }
    }
    const auto size = static_cast<std::ptrdiff_t>(kernel.size);
    for (std::size_t o = 0; o < kernel.operands; ++o) {
      if (!is_array(kernel, o)) continue;
      const std::ptrdiff_t stride = layout.inner.axes[0].strides[o];
      const bool follows = stride == size * static_cast<std::ptrdiff_t>(rows);
      if (!kernel.copies[o].is_computed || layout.lane.strides[o] != size ||
          !(follows || (stride == 0 && o < kernel.inputs))) {
        return false;
      }
    }
    return true;
  }

  /// The loops lie in the workspace, behind what they are for: they would be much of the stack.
  folded_run(const row_kernel& kernel, const row_layout& layout, folded_loops& loops,
             char* workspace)
      : outer_run(kernel, loops.folded, loops.schedule, workspace,
                  kernel.scalar_places * loops.line),
        given_(layout),
        loops_(loops),
        partial_(workspace + kernel.scalar_places * loops.line),
        rest_(partial_ + kernel.accumulators * loops.line) {}

  /// All rows: there is no other block of them.
  void run(const std::ptrdiff_t* offset, std::size_t, std::size_t) final {
    char* next = rest_;
    for (std::size_t o = 0; o < kernel_.operands; ++o) {
      rest_data_[o] = loops_.folded.data[o] = given_.data[o] + offset[o];
      if (!is_array(kernel_, o)) continue;
      rest_data_[o] = next;
      if (loops_.strides[o] == 0) {  // one element for each row: as often as elements go together
        std::memcpy(next, loops_.folded.data[o], loops_.rows * kernel_.size);
        repeat_rows(next);
        loops_.folded.data[o] = next;
      } else if (o < kernel_.inputs) {
        std::memset(next, 0, loops_.line);
        std::memcpy(next, rest_of(o), loops_.rest);
      }
      next += loops_.line;
    }
    static constexpr std::ptrdiff_t nowhere[most_operands] = {};
    outer_run::run(nowhere, 0, loops_.folded.lane.extent);
  }

 private:
  /// Scalars, accumulators and the rest of each array, for each element that goes together.
  static std::size_t lines(const row_kernel& kernel) {
    return kernel.scalar_places + kernel.accumulators + array_total(kernel);
  }
  const char* rest_of(std::size_t operand) const {
    return loops_.folded.data[operand] + static_cast<std::ptrdiff_t>(extent_ * loops_.line);
  }
  /// From an element of each row to as many as go together.
  void repeat_rows(char* elements) const {
    repeat(elements, loops_.rows * kernel_.size, loops_.line);
  }

  tile rest_of_tile(const tile& of) const {
    tile part = of;
    part.data = rest_data_;
    part.row_count = loops_.rest / kernel_.size;
    part.extent = 1;
    part.is_first = false;
    part.renormalizes = true;
    return part;
  }

  void pass(tile_loop loop, tile& of) final {
    outer_run::pass(loop, of);
    const std::size_t results = 2 * stage_->reductions;
    char* found = of.scalars + stage_->first * of.scalar_pitch;
    if (loops_.rest > 0) {
      // Lanes of the last vector that have no element keep what they have.
      const std::size_t vector = kernel_.lanes * kernel_.size;
      const std::size_t kept = (vector - loops_.rest % vector) % vector;
      const auto copy_kept = [&](bool back) {
        for (std::size_t r = 0; r < results; ++r) {
          char* const at = found + r * of.scalar_pitch + loops_.rest;
          char* const saved = partial_ + r * vector;
          back ? std::memcpy(at, saved, kept) : std::memcpy(saved, at, kept);
        }
      };
      copy_kept(false);
      loop(rest_of_tile(of));
      copy_kept(true);
    }
    for (std::size_t r = 0; r < results; ++r) {
      const char* from = found + r * of.scalar_pitch;
      for (std::size_t i = 0; i < kernel_.lanes; ++i) {
        for (std::size_t row = 0; row < loops_.rows; ++row, from += kernel_.size) {
          std::memcpy(partial_ + r * loops_.line + (row * kernel_.lanes + i) * kernel_.size, from,
                      kernel_.size);
        }
      }
    }
    tile all = of;
    all.row_count = loops_.rows;
    all.partial = partial_;
    all.partial_pitch = loops_.line;
    all.keeps_errors = true;
    stage_->fold(all);
    for (std::size_t r = 0; r < results; ++r, found += of.scalar_pitch) repeat_rows(found);
  }

  void write(tile& of) final {
    if (kernel_.map_outer != nullptr) {
      tile part = rest_of_tile(of);
      of.materializes = part.materializes = kernel_.materializes;
      if (loops_.rest > 0) kernel_.map_outer(part);
      run_pass(kernel_.map_outer, of, true);
      for (std::size_t o = kernel_.inputs; o < kernel_.operands; ++o) {
        if (!is_array(kernel_, o)) continue;
        std::memcpy(const_cast<char*>(rest_of(o)), rest_data_[o], loops_.rest);
      }
    }
    of.row_count = loops_.rows;
    if (kernel_.reduced != nullptr) store_reduced(of, data_);
  }

  const row_layout& given_;
  folded_loops& loops_;
  char* partial_;
  char* rest_;
  const char* rest_data_[most_folded];
};

/// Rows that are folded: blocks `begin` to `end` of a call. (A frame of its own.)
[[gnu::noinline]] inline bool run_folded(char* workspace, std::size_t bytes,
                                         const row_kernel& kernel, const row_layout& layout,
                                         std::size_t begin, std::size_t end) {
  if (!folded_run::is_for(kernel, layout, bytes)) return false;
  const std::size_t at_loops = (bytes - sizeof(folded_loops)) / alignof(folded_loops);
  folded_loops& loops =
      *new (workspace + at_loops * alignof(folded_loops)) folded_loops(kernel, layout);
  folded_run run(kernel, layout, loops, workspace);
  nest_iterator at(layout.outer, layout.outer.rank, kernel.operands);
  if (begin > 0) at.seek(begin);
  for (; begin < end; ++begin, at.next()) run.run(at.offset, 0, loops.rows);
  return true;
}

}  // namespace fusor::detail
