// SPDX-License-Identifier: BSL-1.0
// How the rows of a call are gone over, as a table: no vectors, no formula.
#define BOOST_TEST_MODULE schedule_choose
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <fusor/schedule/choose.hpp>
#include <vector>

namespace {

using namespace fusor::detail;

void nothing(const tile&) {}
void nothing_pipelined(const tile&, const tile&, const tile&) {}

/// What is to be known of softmax(x) of float with vectors of 16, and of x * 2 if `stages` is 0.
struct formula {
  std::vector<block_copy> copies = {{4, false, true, nullptr, nullptr},
                                    {4, false, true, nullptr, nullptr}};
  bool is_reduced[1] = {false};
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

BOOST_AUTO_TEST_CASE(rows_in_memory_order) {
  const formula softmax;
  // Too short for vectors: each row has a lane. One element more than fits two vectors: not.
  BOOST_TEST(choose(softmax.kernel, loops(4096, 10).layout, workspace_bytes).is_turned);
  BOOST_TEST(choose(softmax.kernel, loops(1, 10).layout, workspace_bytes).is_turned);
  BOOST_TEST(choose(softmax.kernel, loops(4096, 31).layout, workspace_bytes).is_turned);
  BOOST_TEST(!choose(softmax.kernel, loops(4096, 32).layout, workspace_bytes).is_turned);

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

BOOST_AUTO_TEST_CASE(element_wise) {
  const formula twice(0);
  const loops rows(64, 100);
  const row_schedule chosen = choose(twice.kernel, rows.layout, workspace_bytes);
  BOOST_TEST(!chosen.is_turned);
  BOOST_TEST(!chosen.lanes_are_rows);
  BOOST_TEST(!chosen.is_pipelined);
  BOOST_TEST(chosen.accumulators == 0u);
}

}  // namespace
