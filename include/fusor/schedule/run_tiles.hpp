// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>

#include "fusor/schedule/run_in_place.hpp"
#include "fusor/schedule/run_inner.hpp"
#include "fusor/schedule/run_outer.hpp"
#include "fusor/schedule/run_row.hpp"

/// From the loops of a call to tiles: which rows are worked on together, what of them is copied to
/// a buffer first, and which loop over vectors comes next. Nothing here depends on a formula or on
/// an instruction set.
namespace fusor::detail {

/// Blocks `begin` to `end` of a call, by one of the two ways over rows.
[[gnu::noinline]] inline void run_blocks(tile_run& run, const row_kernel& kernel,
                                         const row_layout& layout, const row_schedule& schedule,
                                         std::size_t begin, std::size_t end) {
  const std::size_t extent = schedule.rows == nullptr ? 1 : schedule.rows->extent;
  const std::size_t per_block = layout.is_across ? lanes_per_block : 1;
  const std::size_t blocks = (extent + per_block - 1) / per_block;
  nest_iterator at(layout.outer, schedule.outer_rank, kernel.operands);
  std::size_t block = 0;
  if (begin > 0) {  // no division for a short call
    at.seek(begin / blocks);
    block = begin % blocks;
  }
  while (begin < end) {
    const std::size_t taken = std::min(blocks - block, end - begin);
    run.run(at.offset, block * per_block, std::min((block + taken) * per_block, extent));
    begin += taken;
    block += taken;
    if (block == blocks) {
      block = 0;
      at.next();
    }
  }
  if (schedule.streams) kernel.flush();
}

/// The same in a workspace.
[[gnu::noinline]] inline void run_in(char* workspace, std::size_t bytes, const row_kernel& kernel,
                                     const row_layout& layout, std::size_t begin, std::size_t end) {
  const row_schedule schedule = choose(kernel, layout, bytes);
  if (schedule.lanes_are_rows) {
    columns_run run(kernel, layout, schedule, workspace, bytes);
    run_blocks(run, kernel, layout, schedule, begin, end);
  } else {
    inner_run run(kernel, layout, schedule, workspace, bytes);
    run_blocks(run, kernel, layout, schedule, begin, end);
  }
}

/// A call of one row that is short. (A frame of its own: calls on small stacks pay for one.)
[[gnu::noinline]] inline void run_row(char* workspace, std::size_t bytes, const row_kernel& kernel,
                                      const row_layout& layout) {
  row_schedule schedule;
  schedule.lanes_are_rows = true;
  row_run(kernel, layout, schedule, workspace, bytes).run(nullptr, 0, 1);
}

/// The workspace of a formula that needs much. A frame of its own, for it alone.
[[gnu::noinline]] inline void run_in_large_workspace(const row_kernel& kernel,
                                                     const row_layout& layout, std::size_t begin,
                                                     std::size_t end) {
  alignas(64) char workspace[large_workspace_bytes];
  if (kernel.run_folded != nullptr &&
      kernel.run_folded(workspace, sizeof(workspace), kernel, layout, begin, end)) {
    return;
  }
  run_in(workspace, sizeof(workspace), kernel, layout, begin, end);
}

[[gnu::noinline]] inline void run_tiles(const row_kernel& kernel, const row_layout& layout,
                                        std::size_t begin, std::size_t end) {
  if (kernel.stage_count == 0 && begin == 0 && end == block_count(layout) &&
      run_in_place(kernel, layout)) {
    return;
  }
  if (kernel.least_workspace > workspace_bytes) {
    return run_in_large_workspace(kernel, layout, begin, end);
  }
  alignas(64) char workspace[workspace_bytes];
  if (row_run::is_for(kernel, layout, sizeof(workspace))) {
    return run_row(workspace, sizeof(workspace), kernel, layout);
  }
  if (kernel.run_folded != nullptr &&
      kernel.run_folded(workspace, sizeof(workspace), kernel, layout, begin, end)) {
    return;
  }
  run_in(workspace, sizeof(workspace), kernel, layout, begin, end);
}

}  // namespace fusor::detail
