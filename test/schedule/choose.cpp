// SPDX-License-Identifier: BSL-1.0
// How the rows of a call are gone over, as a table: no vectors, no formula.
#define BOOST_TEST_MODULE schedule_choose
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <fusor/schedule/choose.hpp>
#include <fusor/schedule/choose_columns.hpp>
#include <vector>

namespace {

using namespace fusor::detail;

void nothing(const tile&) {}
void nothing_pipelined(const tile&, const tile&, const tile&) {}

/// What is to be known of softmax(x) of float with vectors of 16, and of x * 2 if `stages` is 0.
struct formula {
  std::vector<block_copy> copies = {{4, false, true, nullptr, nullptr},
                                    {4, false, true, nullptr, nullptr}};
  bool is_reduced[32] = {};
  const solver_loops* no_solver[1] = {nullptr};
  stage_loops stages[2] = {{1, nothing, nothing, nothing, nothing, no_solver},
                           {1, nothing, nothing, nothing, nothing, no_solver}};
  online_loops online = {};
  row_kernel kernel{};

  explicit formula(std::size_t stage_total = 2) {
    kernel.can_stream = true;
    kernel.lanes = 16;
    kernel.size = 4;
    kernel.inputs = 1;
    kernel.operands = 2;
    kernel.scalars = kernel.scalar_places = kernel.reduced_place = 9;
    kernel.stage_count = stage_total;
    kernel.stages = stages;
    kernel.longest_turned = 31;
    kernel.copies = copies.data();
    kernel.is_reduced = is_reduced;
    kernel.materialized = 1;
    if (stage_total > 0) {
      kernel.online = &online;
      kernel.pipelined = nothing_pipelined;
      kernel.materializes = kernel.is_expensive = kernel.runs_ahead = true;
    }
  }
};

/// Loops over `rows` rows of `extent` elements, in memory order or with other strides of the input.
struct loops {
  std::vector<char> memory = std::vector<char>(16);
  std::ptrdiff_t row_strides[2], strides[2];
  row_layout layout;

  loops(std::size_t rows, std::size_t extent, std::ptrdiff_t stride = 4) {
    const auto row = static_cast<std::ptrdiff_t>(4 * extent);
    row_strides[0] = row_strides[1] = row;
    strides[0] = stride;
    strides[1] = 4;
    layout.outer.rank = 1;
    layout.outer.axes[0] = {rows, row_strides};
    layout.inner.rank = 0;
    layout.lane = {extent, strides};
    layout.reduced_count = extent;
    layout.data[0] = memory.data();
    layout.data[1] = memory.data() + 8;
  }
};

/// Loops with room for as many operands as there are: rows in memory order, or a bias for every
/// input but the first.
struct many_loops {
  std::vector<char> memory = std::vector<char>(16);
  std::vector<std::ptrdiff_t> row_strides, strides;
  row_layout layout;

  many_loops(const row_kernel& kernel, std::size_t rows, std::size_t extent, bool are_biases) {
    const std::ptrdiff_t size = kernel.copies[0].element_size;
    row_strides.assign(kernel.operands, size * static_cast<std::ptrdiff_t>(extent));
    strides.assign(kernel.operands, size);
    if (are_biases) std::fill(row_strides.begin() + 1, row_strides.end() - 1, 0);
    layout.outer.rank = 1;
    layout.outer.axes[0] = {rows, row_strides.data()};
    layout.inner.rank = 0;
    layout.lane = {extent, strides.data()};
    layout.reduced_count = extent;
    layout.data.fill(memory.data());
    layout.data[kernel.inputs] = memory.data() + 8;
  }
};

void check_rows(const row_kernel& kernel, std::size_t extent, std::size_t bytes) {
  const std::size_t vector = kernel.lanes * kernel.size;
  for (const bool are_biases : {false, true}) {
    for (const std::size_t rows : {1u, 400u, 100000u}) {
      const many_loops over(kernel, rows, extent, are_biases);
      const row_schedule chosen = choose(kernel, over.layout, bytes);
      if (chosen.lanes_are_rows) continue;
      std::size_t failures = chosen.tile_rows < 1;
      failures += chosen.partial.at + kernel.accumulators * chosen.partial.pitch > bytes;
      const std::size_t end = bytes - (chosen.is_pipelined ? bytes_in_flight : 0);
      failures += chosen.is_pipelined && chosen.partial_ahead + 2 * chosen.partial.pitch > end;
      for (std::size_t o = 0; o < kernel.operands; ++o) {
        const bool waits = chosen.streams && kernel.materializes && o == kernel.materialized;
        if (!chosen.is_copied[o] && !waits) continue;
        const bool is_one = o < kernel.inputs && over.row_strides[o] == 0;
        const std::size_t copied_rows = chosen.repeats > 0 ? chosen.repeats
                                        : is_one           ? 1
                                                           : chosen.tile_rows;
        const std::size_t last = chosen.copies[o].at + (copied_rows - 1) * chosen.copies[o].pitch;
        failures += last + (chosen.copies[o].pitch + vector - 1) / vector * vector > end;
        failures += chosen.repeats == 0 && chosen.copies[o].at < chosen.partial_ahead;
      }
      BOOST_TEST(failures == 0u, rows << " rows of " << extent << ", " << kernel.operands
                                      << " operands, " << kernel.scalars << " scalars, "
                                      << kernel.accumulators << " accumulators");
    }
  }
}

void check_columns(const row_kernel& kernel, std::size_t extent, std::size_t bytes) {
  const loop_axis positions = {extent, nullptr};
  for (const bool copies_any : {false, true}) {
    for (const bool is_online : {false, true}) {
      row_schedule schedule;
      schedule.positions = &positions;
      schedule.copies_any = copies_any;
      std::fill_n(schedule.is_copied, kernel.operands, copies_any);
      schedule.is_online = is_online;
      for (const std::size_t left : {1u, 16u, 17u, 1000u}) {
        const std::size_t count = choose_columns(kernel, schedule, left, bytes);
        const bool copies = copies_any || count < kernel.lanes;
        column_schedule chosen;
        choose_positions(kernel, schedule, count, copies ? kernel.operands : 0, bytes, chosen);
        const std::size_t scalars =
            scalar_places(kernel, is_online) * rounded(kernel, count) * kernel.size;
        BOOST_TEST(count >= 1u);
        BOOST_TEST(scalars + (copies ? kernel.operands * chosen.copy_size : 0) <= bytes,
                   count << " columns of " << extent << ", " << kernel.operands << " operands, "
                         << kernel.scalars << " scalars");
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(rows_in_memory_order) {
  const formula softmax;
  // Too short for vectors: each row has a lane. One element more than fits two vectors: not.
  BOOST_TEST(choose(softmax.kernel, loops(4096, 10).layout, workspace_bytes).is_turned);
  BOOST_TEST(choose(softmax.kernel, loops(1, 10).layout, workspace_bytes).is_turned);
  BOOST_TEST(choose(softmax.kernel, loops(4096, 31).layout, workspace_bytes).is_turned);
  BOOST_TEST(!choose(softmax.kernel, loops(4096, 32).layout, workspace_bytes).is_turned);
  // So many of them side by side that all they need is copied once, and not for every pass.
  for (const std::size_t extent : {10u, 16u, 24u, 31u}) {
    const loops over(4096, extent);
    const row_schedule turned = choose(softmax.kernel, over.layout, workspace_bytes);
    const std::size_t count = choose_columns(softmax.kernel, turned, 4096, workspace_bytes);
    column_schedule chosen;
    choose_positions(softmax.kernel, turned, count, 2, workspace_bytes, chosen);
    BOOST_TEST(count % 16 == 0u);
    BOOST_TEST(chosen.fits, count << " rows of " << extent);
  }

  const loops short_rows(4096, 64);
  const row_schedule of_short = choose(softmax.kernel, short_rows.layout, workspace_bytes);
  BOOST_TEST(!of_short.lanes_are_rows);
  BOOST_TEST(!of_short.is_pipelined);
  BOOST_TEST(of_short.tile_rows == 16u);

  const loops rows(1024, 1000);
  const row_schedule of_rows = choose(softmax.kernel, rows.layout, workspace_bytes);
  BOOST_TEST(of_rows.is_pipelined);
  BOOST_TEST(of_rows.tile_rows > 1u);
  BOOST_TEST(!of_rows.streams);

  // Beyond the caches the output is written past them, and the materialised term has a buffer.
  const loops many(16384, 1024);
  const row_schedule of_many = choose(softmax.kernel, many.layout, workspace_bytes);
  BOOST_TEST(of_many.streams);
  BOOST_TEST(!of_many.is_pipelined);
  BOOST_TEST(of_many.copies[1].at + of_many.tile_rows * of_many.copies[1].pitch <= workspace_bytes);

  // Shorter rows are, if they begin and end with a vector; memory is asked for the others, and for
  // those that are turned.
  loops whole(std::size_t{1} << 20, 64);
  alignas(64) const char aligned[64] = {};
  whole.layout.data[1] = aligned;
  BOOST_TEST(choose(softmax.kernel, whole.layout, workspace_bytes).streams);
  for (const std::size_t extent : {64u, 100u, 250u}) {
    const loops others(std::size_t{1} << 20, extent);
    const row_schedule of_others = choose(softmax.kernel, others.layout, workspace_bytes);
    BOOST_TEST(!of_others.streams, "rows of " << extent);
    BOOST_TEST(of_others.asks_ahead, "rows of " << extent);
    BOOST_TEST(!of_others.is_pipelined, "rows of " << extent);
  }
  for (const std::size_t count : {1000u, 1u << 20}) {
    const loops short_ones(count, 10);
    const row_schedule of_short_ones = choose(softmax.kernel, short_ones.layout, workspace_bytes);
    BOOST_TEST(of_short_ones.is_turned);
    BOOST_TEST(of_short_ones.asks_ahead == (count > 1000), count << " rows of 10");
  }
  BOOST_TEST(!of_rows.asks_ahead);

  // A row that fits no cache: two stages in one reading, and what waits is computed again.
  const loops huge(1, std::size_t{1} << 24);
  const row_schedule of_huge = choose(softmax.kernel, huge.layout, workspace_bytes);
  BOOST_TEST(of_huge.is_online);
  BOOST_TEST(!of_huge.keeps_materialized);
}

BOOST_AUTO_TEST_CASE(what_decides_about_bits_does_not_depend_on_strides) {
  const formula softmax;
  for (const std::size_t extent : {10u, 31u, 32u, 1000u, 1u << 24}) {
    const loops plain(8, extent), strided(8, extent, 8), broadcast(8, extent, 0);
    const row_schedule a = choose(softmax.kernel, plain.layout, workspace_bytes);
    for (const loops* const other : {&strided, &broadcast}) {
      const row_schedule b = choose(softmax.kernel, other->layout, workspace_bytes);
      BOOST_TEST(a.is_turned == b.is_turned);
      BOOST_TEST(a.lanes_are_rows == b.lanes_are_rows);
      BOOST_TEST(a.is_online == b.is_online);
      BOOST_TEST(b.copies_any);
      BOOST_TEST(b.is_copied[0]);
      BOOST_TEST(b.is_copied[1] == b.is_turned);
    }
  }
}

BOOST_AUTO_TEST_CASE(copies_fit_the_workspace) {
  for (const std::size_t extent : {40u, 100u, 1000u, 5000u, 100000u}) {
    for (const bool is_half : {false, true}) {
      formula softmax;
      if (is_half) {
        for (block_copy& copy : softmax.copies) copy.is_computed = false, copy.element_size = 2;
      }
      const loops strided(64, extent, 8);
      const row_schedule chosen = choose(softmax.kernel, strided.layout, workspace_bytes);
      BOOST_TEST(chosen.tile_rows >= 1u);
      BOOST_TEST(chosen.part_elements % 64 == 0u);
      for (std::size_t o = 0; o < 2; ++o) {
        if (!chosen.is_copied[o]) continue;
        BOOST_TEST(chosen.copies[o].at + chosen.tile_rows * chosen.copies[o].pitch <=
                   workspace_bytes);
        const bool has_whole_rows = o == 1 && chosen.keeps_materialized;
        BOOST_TEST(chosen.copies[o].pitch >=
                   4 * std::min(has_whole_rows ? extent : chosen.part_elements, extent));
      }
    }
  }
}

/// As many operands and scalars as formulas may have: nothing goes beyond the workspace. The last
/// bytes of a row that is copied are those of a whole vector.
BOOST_AUTO_TEST_CASE(everything_fits_the_workspace) {
  constexpr std::size_t vector = 64;
  for (const std::size_t operands : {2u, 4u, 9u, 17u, 28u, 32u}) {
    for (const std::size_t reductions : {0u, 1u, 2u, 5u}) {
      for (const std::size_t scalars : {5u, 20u, 60u}) {
        for (const std::size_t stages : {0u, 2u}) {
          formula of(stages);
          const std::vector<block_copy> half(operands, {2, false, false, nullptr, nullptr});
          const std::vector<block_copy> full(operands, {4, false, true, nullptr, nullptr});
          const std::vector<const solver_loops*> no_solvers(5, nullptr);
          for (stage_loops& stage : of.stages) {
            stage.reductions = reductions;
            stage.solvers = no_solvers.data();
          }
          of.kernel.operands = operands;
          of.kernel.inputs = of.kernel.materialized = operands - 1;
          of.kernel.scalars = of.kernel.scalar_places = scalars;
          of.kernel.accumulators = stages == 0 ? 0 : 2 * reductions;
          of.kernel.least_workspace =
              vector * (3 * scalars + of.kernel.accumulators + 4 * operands);
          const std::size_t bytes = of.kernel.least_workspace <= workspace_bytes
                                        ? workspace_bytes
                                        : large_workspace_bytes;
          for (const bool is_half : {true, false}) {
            of.kernel.copies = (is_half ? half : full).data();
            for (const std::size_t extent : {3u, 10u, 11u, 40u, 300u, 1024u, 3000u, 100000u}) {
              check_rows(of.kernel, extent, bytes);
              check_columns(of.kernel, extent, bytes);
            }
          }
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(element_wise) {
  const formula twice(0);
  const loops rows(64, 100);
  const row_schedule chosen = choose(twice.kernel, rows.layout, workspace_bytes);
  BOOST_TEST(!chosen.is_turned);
  BOOST_TEST(!chosen.lanes_are_rows);
  BOOST_TEST(!chosen.is_pipelined);
  BOOST_TEST(chosen.repeats == 0u);
}

BOOST_AUTO_TEST_CASE(what_is_in_a_cache) {
  BOOST_TEST(bytes_in_any_cache <= bytes_cached());
  BOOST_TEST(bytes_cached() <= bytes_in_caches);
  BOOST_TEST(!is_beyond_caches(bytes_in_any_cache / 8, 8));
  BOOST_TEST(!is_beyond_caches(bytes_cached() / 8, 8));
  BOOST_TEST(is_beyond_caches(bytes_cached() / 8 + 1, 8));
  BOOST_TEST(is_beyond_caches(std::size_t{1} << 62, 8));  // as many bytes as cannot be counted
  BOOST_TEST(!is_beyond_caches(0, 8));
}

}  // namespace

BOOST_AUTO_TEST_CASE(rows_that_share_what_is_copied_go_together) {
  const formula twice(0);
  loops transposed(1024, 1024, 4096);
  transposed.row_strides[0] = 4;
  const row_schedule turned = choose(twice.kernel, transposed.layout, 9088);
  BOOST_TEST(turned.is_copied[0]);
  BOOST_TEST(!turned.is_copied[1]);
  BOOST_TEST(turned.tile_rows == 16u);
  const loops apart(1024, 1024, 8);  // every second element: rows share nothing
  BOOST_TEST(choose(twice.kernel, apart.layout, 9088).tile_rows == 4u);

  // What waits for the outputs has room for all of these rows, or is computed again.
  const formula softmax;
  for (const std::size_t extent : {32u, 1024u}) {
    loops to_transposed(1024, extent);
    to_transposed.strides[1] = 4096;
    to_transposed.row_strides[1] = 4;
    const row_schedule chosen = choose(softmax.kernel, to_transposed.layout, 9088);
    BOOST_TEST(chosen.tile_rows == 16u);
    BOOST_TEST(chosen.keeps_materialized == (extent == 32));
  }
}
