// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include "fusor/kernel/call.hpp"
#include "fusor/schedule/run_tiles.hpp"

/// The work of a call, all at once or in parts.
namespace fusor::detail {

/// Elements that are worth a task of their own.
inline constexpr std::size_t elements_per_task = std::size_t{1} << 14;
inline constexpr std::size_t tasks_per_thread = 4;
/// The threads of an executor that does not say how many it has.
inline constexpr std::size_t most_threads = 64;

/// Calls `work(begin, end)` for parts of `count` units of `elements` elements each, or for all if
/// `runs` is null. Parts begin at multiples of `step`.
template <class Work>
void share_out(const runner* runs, std::size_t count, std::size_t elements, std::size_t step,
               const Work& work) {
  if (runs == nullptr) return work(0, count);
  const std::size_t worth =
      std::max<std::size_t>(1, elements_per_task / std::max<std::size_t>(1, elements));
  const std::size_t threads = runs->threads != 0 ? runs->threads : most_threads;
  const std::size_t wanted = std::min(threads * tasks_per_thread, count / worth);
  if (wanted < 2) return work(0, count);
  const std::size_t part = ((count + wanted - 1) / wanted + step - 1) / step * step;
  const auto each = [&](std::size_t i) { work(i * part, std::min(count, (i + 1) * part)); };
  runs->execute((count + part - 1) / part, {[](const void* context, std::size_t i) {
                                              (*static_cast<const decltype(each)*>(context))(i);
                                            },
                                            &each});
}

/// A loop over contiguous arrays, and what it is to run over. The sizes are bytes from element to
/// element, 0 for a number.
struct array_run {
  loop_of_arrays loop;
  const void* const* inputs;
  void* const* outputs;
  std::span<const std::size_t> input_sizes;
  std::span<const std::size_t> output_sizes;
};

inline void run_arrays(const runner& runs, const array_run& arrays, std::size_t count) {
  if (runs.describes_array(count)) return;
  share_out(&runs, count, 1, 64, [&arrays, count](std::size_t begin, std::size_t end) {
    std::array<const void*, most_operands> inputs;
    std::array<void*, most_operands> outputs;
    for (std::size_t i = 0; i < arrays.input_sizes.size(); ++i) {
      inputs[i] = static_cast<const char*>(arrays.inputs[i]) + begin * arrays.input_sizes[i];
    }
    for (std::size_t o = 0; o < arrays.output_sizes.size(); ++o) {
      outputs[o] = static_cast<char*>(arrays.outputs[o]) + begin * arrays.output_sizes[o];
    }
    arrays.loop(inputs.data(), outputs.data(), end - begin, count);
  });
}

/// Lanes `begin` to `end` of all rows.
[[gnu::noinline]] inline void run_lanes(const row_kernel& kernel, const row_layout& layout,
                                        std::size_t begin, std::size_t end) {
  row_layout part = layout;
  part.lane.extent = end - begin;
  for (std::size_t o = 0; o < kernel.operands; ++o) {
    part.data[o] += layout.lane.strides[o] * static_cast<std::ptrdiff_t>(begin);
  }
  run_tiles(kernel, part, 0, layout.outer.count());
}

/// The loops over the rows of a call; `runs` may be null.
inline void run_rows(const runner* runs, const row_kernel& kernel, const row_layout& layout) {
  if (runs == nullptr) return run_tiles(kernel, layout, 0, block_count(layout));
  if (runs->describes_rows(kernel, layout)) return;
  const std::size_t rows = layout.outer.count();
  // A row of an element-wise formula can be cut.
  const bool cuts_rows = kernel.stage_count == 0 && layout.lane.extent > rows;
  const std::size_t lanes =
      layout.is_across ? std::min(layout.lane.extent, lanes_per_block) : layout.lane.extent;
  share_out(runs, cuts_rows ? layout.lane.extent : block_count(layout),
            cuts_rows ? rows : lanes * layout.inner.count(), cuts_rows ? 64 : 1,
            [&layout, &kernel, cuts_rows](std::size_t begin, std::size_t end) {
              cuts_rows ? run_lanes(kernel, layout, begin, end)
                        : run_tiles(kernel, layout, begin, end);
            });
}

}  // namespace fusor::detail
