// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

/// What ordinary code and the loops over vectors tell each other: a block of memory, and the loops
/// of a formula that can be run on it.
namespace fusor::detail {

/// A block of rows that is worked on together. All its elements have the type that is computed in,
/// and those that one vector takes are neighbours, or, of an input, one element.
///
/// In an inner reduction the elements of a row are the lanes of vectors. In an outer reduction each
/// lane is a row, and the elements of a row are `extent` positions.
struct tile {
  const char* const* data = nullptr;             // where each operand of the first row begins
  const std::ptrdiff_t* lane_strides = nullptr;  // in bytes, of each operand: from lane to lane,
  const std::ptrdiff_t* step_strides = nullptr;  // from row to row, or from position to position
  /// What has been found for the rows: place `p` of row `r` at scalars[p * pitch + r].
  char* scalars = nullptr;
  std::size_t scalar_pitch = 0;  // in bytes
  /// The accumulators of an inner reduction: for each, one vector for the value and one for the
  /// error term, for each row.
  char* partial = nullptr;
  std::size_t partial_pitch = 0;  // in bytes
  std::size_t row_count = 0;
  std::size_t extent = 0;         // elements of each row here
  std::size_t reduced_count = 0;  // elements of each row in all
  std::size_t rows_after = 0;     // rows of the next tile that memory is asked for
  bool is_first = true;           // accumulators start anew
  bool renormalizes = false;      // error terms are taken into the values at the end
  bool keeps_errors = true;       // error terms of an inner reduction can be other than 0
  bool materializes = false;      // a term of the last stage is written where its output will be
  /// Where that term waits instead, or null, and the stride from row to row.
  char* waiting = nullptr;
  std::ptrdiff_t waiting_stride = 0;
  bool streams = false;   // the output is written past the caches
  bool discards = false;  // terms alone are wanted, accumulators are not
};

/// A loop over contiguous arrays: `count` elements of a call of `total`.
using loop_of_arrays = void (*)(const void* const* inputs, void* const* outputs, std::size_t count,
                                std::size_t total);
using tile_loop = void (*)(const tile&);
/// The last stage of a tile, beside it the outputs of the tile before and the first stage of the
/// tile after, of which either may have no rows.
using pipelined_loop = void (*)(const tile& now, const tile& before, const tile& after);

/// From terms of a row that lie side by side to their sum, a vector of it, and to its error term.
using terms_sum = void (*)(const char* terms, std::size_t count, char* value, char* error);

/// A reduction that is solved for by going over the row until nothing changes.
struct solver_loops {
  tile_loop begin;
  tile_loop inner;
  tile_loop outer;
  tile_loop fold;
  bool (*next)(const tile&);  // true when all rows are done
};

/// One stage: terms are taken in, the lanes of a vector together; then follows what depends on
/// these results alone.
struct stage_loops {
  std::size_t reductions;
  tile_loop inner;  // or null: no terms are taken in
  tile_loop outer;
  tile_loop fold;
  tile_loop finish;
  const solver_loops* const* solvers;       // for each reduction, or null
  std::uint32_t reads = ~std::uint32_t{0};  // a bit for each input
  std::size_t first = 0;                    // the place of its first result
};

/// The first two stages in one reading of a row, block by block. Three sets of scalars lie one
/// behind the other: those found so far, those before the last block, and those of a block.
struct online_loops {
  tile_loop begin;
  bool (*take_largest)(const tile&);  // false if every row is beyond what can be scaled
  tile_loop add_block;
  bool (*are_all_within)(const tile&);
  tile_loop choose;  // for rows beyond, what was found in two readings
};

/// From elements of some type, anywhere, to neighbours of the type that is computed in, and back:
/// `rows` times `count` of them. `asks_ahead`: what follows is in no cache, and memory is asked for
/// it.
struct block_copy {
  std::ptrdiff_t element_size;
  bool is_number;    // one number of the type that is computed in
  bool is_computed;  // elements have that type
  void (*load)(char* to, std::size_t pitch, const char* from, std::ptrdiff_t row_stride,
               std::ptrdiff_t stride, std::size_t rows, std::size_t count, bool asks_ahead);
  void (*store)(const char* from, std::size_t pitch, char* to, std::ptrdiff_t row_stride,
                std::ptrdiff_t stride, std::size_t rows, std::size_t count, bool asks_ahead);
};

/// An input that has one element for each row, and the place of the scalar that this is.
struct row_input {
  std::size_t operand;
  std::size_t place;
};

struct row_kernel;
struct row_layout;
/// A way over rows that not every formula has, in a workspace of so many bytes: blocks `begin` to
/// `end` of a call. False if it is not for this one; then nothing is done.
using rows_loop = bool (*)(char* workspace, std::size_t bytes, const row_kernel& kernel,
                           const row_layout& layout, std::size_t begin, std::size_t end);

/// The loops of one formula on one instruction set, and what is to be known of it.
struct row_kernel {
  bool can_stream;    // the only output has all axes, and any part of a vector of it can be written
  void (*flush)();    // waits until what was written past the caches can be read
  std::size_t lanes;  // elements in a vector, a power of two
  std::size_t size;   // bytes of an element
  std::size_t inputs;
  std::size_t operands;
  std::size_t scalars;          // found for each row
  std::size_t accumulators;     // vectors for each row, of the stage that needs most
  std::size_t least_workspace;  // bytes that one row, or one vector of rows, needs
  std::size_t scalar_places;    // those, what solvers need, and outputs without the reduced axes
  std::size_t reduced_place;    // of the scalar that is the first output without the reduced axes
  std::size_t longest_turned;   // rows of at most so many elements have a lane each
  std::size_t stage_count;
  const stage_loops* stages;
  const online_loops* online;  // or null
  bool materializes;           // the last stage has a term that the outputs are computed from
  std::size_t materialized;    // the operand in whose place it waits
  bool is_expensive;           // the last stage has terms of many instructions
  terms_sum add_terms;         // or null: it adds up the term that the outputs are computed from
  std::size_t sum_place;       // of the scalar that this is, which its error term follows
  pipelined_loop pipelined;    // or null
  bool runs_ahead;             // the first stage of the next tile is part of it
  bool broadcasts;             // inputs can be one element for all lanes
  rows_loop run_folded;        // or null
  tile_loop map_inner;         // or null: no output has the reduced axes
  tile_loop map_outer;
  std::uint32_t map_reads;   // a bit for each input, also of outputs without the reduced axes
  tile_loop reduced;         // or null: every output has
  std::size_t row_inputs;    // the inputs that have one element for each row
  const row_input* given;    // each of them
  std::uint32_t given_bits;  // a bit for each of them
  const bool* is_reduced;    // for each output
  const block_copy* copies;  // for each operand
};

/// Repeats the first `done` bytes until there are `all`.
inline void repeat(char* bytes, std::size_t done, std::size_t all) {
  for (; done < all; done *= 2)
    std::memcpy(bytes + done, bytes, done < all - done ? done : all - done);
}

/// A number of elements, rounded up to whole vectors.
inline std::size_t rounded(const row_kernel& kernel, std::size_t count) {
  return (count + kernel.lanes - 1) & ~(kernel.lanes - 1);
}

/// Whether an operand is an array over which the loops go: no number, and nothing that has one
/// element for each row.
inline bool is_array(const row_kernel& kernel, std::size_t operand) {
  if (kernel.copies[operand].is_number) return false;
  if ((kernel.given_bits >> operand & 1) != 0) return false;
  return operand < kernel.inputs || !kernel.is_reduced[operand - kernel.inputs];
}

inline std::size_t array_total(const row_kernel& kernel) {
  std::size_t total = 0;
  for (std::size_t o = 0; o < kernel.operands; ++o) total += is_array(kernel, o) ? 1 : 0;
  return total;
}

/// Places for the scalars of a tile, or for the three sets of an online reduction.
inline std::size_t scalar_places(const row_kernel& kernel, bool is_online) {
  return is_online && kernel.scalar_places < 3 * kernel.scalars ? 3 * kernel.scalars
                                                                : kernel.scalar_places;
}

}  // namespace fusor::detail
