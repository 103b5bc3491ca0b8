// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstring>

#include "fusor/schedule/tile_run.hpp"

namespace fusor::detail {

/// One row that is too short for vectors, a call of its own: it is the first lane of an outer
/// reduction, as it is among other rows. Its elements are copied side by side, so that a vector at
/// each of them can be read, of which the other lanes count for nothing. The outputs are written as
/// those of an inner reduction, many elements at a time: they are element-wise. softmax of one row
/// of 10 (Zen 5): 186 -> 88 ns, of 31: 278 -> 108.
class row_run final : public tile_run {
 public:
  /// Whether the rows of a call are one such row.
  static bool is_for(const row_kernel& kernel, const row_layout& layout, std::size_t bytes) {
    const std::size_t extent = layout.lane.extent;
    return extent <= kernel.longest_turned && extent > 0 && kernel.stage_count > 0 &&
           layout.outer.rank == 0 && layout.inner.rank == 0 && !layout.is_across &&
           !layout.writes_once &&
           (kernel.online == nullptr ||
            extent * kernel.size * kernel.operands <= bytes_in_caches) &&
           copies_at(kernel) + (kernel.operands + 1) * bytes_of_copy(kernel, extent) <= bytes;
  }

  row_run(const row_kernel& kernel, const row_layout& layout, const row_schedule& schedule,
          char* workspace, std::size_t bytes)
      : tile_run(kernel, layout, schedule, workspace, bytes) {}

  void run(const std::ptrdiff_t*, std::size_t, std::size_t) final {
    const std::size_t extent = layout_.lane.extent;
    const auto size = static_cast<std::ptrdiff_t>(kernel_.size);
    const std::size_t bytes = bytes_of_copy(kernel_, extent);
    char* next = room_ + copies_at(kernel_);
    for (std::size_t o = 0; o < kernel_.operands; ++o, next += bytes) {
      const std::ptrdiff_t stride = layout_.lane.strides[o];
      lane_strides_[o] = step_strides_[o] = kernel_.copies[o].is_number ? 0 : size;
      data_[o] = layout_.data[o];
      copies_[o] = nullptr;
      if (!is_array(kernel_, o)) continue;
      const block_copy& copy = kernel_.copies[o];
      if (o >= kernel_.inputs && copy.is_computed && stride == size) continue;
      data_[o] = copies_[o] = next;
      if (o >= kernel_.inputs) continue;
      std::memset(next + bytes - most_vector, 0, most_vector);
      copy.load(next, 0, layout_.data[o], 0, stride, 1, extent, false);
    }
    tile of = start_tile(1, kernel_.lanes * kernel_.size);
    of.data = data_;
    of.extent = extent;
    of.renormalizes = true;
    if (kernel_.materializes) of.waiting = next;
    run_stages(of);
    if (kernel_.map_inner != nullptr) {
      kernel_.map_inner(of);
      for (std::size_t o = kernel_.inputs; o < kernel_.operands; ++o) {
        if (copies_[o] == nullptr) continue;
        kernel_.copies[o].store(copies_[o], 0, const_cast<char*>(layout_.data[o]), 0,
                                layout_.lane.strides[o], 1, extent, false);
      }
    }
    if (kernel_.reduced != nullptr) store_reduced(of, layout_.data.data());
  }

 private:
  static constexpr std::size_t most_vector = 64;

  /// Whole vectors, and one behind them.
  static std::size_t bytes_of_copy(const row_kernel& kernel, std::size_t extent) {
    return rounded(kernel, extent) * kernel.size + most_vector;
  }
  static std::size_t copies_at(const row_kernel& kernel) {
    return kernel.scalar_places * kernel.lanes * kernel.size;
  }

  /// Terms of many instructions are computed many at a time, and added up as one after the other.
  void pass(tile_loop loop, tile& of) final {
    if (!of.materializes || kernel_.add_terms == nullptr) return loop(of);
    of.discards = true;
    kernel_.stages[kernel_.stage_count - 1].inner(of);
    of.discards = false;
    char* const sum = of.scalars + kernel_.sum_place * of.scalar_pitch;
    kernel_.add_terms(of.waiting, of.extent, sum, sum + of.scalar_pitch);
  }
};

}  // namespace fusor::detail
