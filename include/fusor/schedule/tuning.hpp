// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

/// What Fusor takes for the size of the caches, in bytes, where results depend on it, and at most
/// for what is written past them (schedule/caches.hpp). A program may define it otherwise, the
/// same in all its files, before it includes Fusor.
#ifndef FUSOR_BYTES_IN_CACHES
#define FUSOR_BYTES_IN_CACHES (std::size_t{64} << 20)
#endif

namespace fusor::detail {

/// What a call reads and writes is in no cache if it is more than this.
inline constexpr std::size_t bytes_in_caches = FUSOR_BYTES_IN_CACHES;

/// Arrays of fewer vectors are gone over as they lie in memory, longer ones from where the output
/// is aligned.
inline constexpr std::size_t least_aligned = 16;

/// Rows whose elements fill this many bytes are worked on together: they stay in the first-level
/// cache.
inline constexpr std::size_t bytes_per_tile = 16384;

/// Tiles are pipelined if what a row reads and writes is at most this: three of them are in a cache
/// near by then. softmax of 1024 rows of 1000, AVX-512 (Zen 5): 0.20 -> 0.15 ns an element.
inline constexpr std::size_t bytes_pipelined =
    bytes_in_caches / 2 < (std::size_t{256} << 10) ? bytes_in_caches / 2 : std::size_t{256} << 10;

/// Shorter rows are not: what goes beside them takes longer to begin than it saves.
inline constexpr std::size_t least_vectors_pipelined = 8;

/// The bytes of a tile that fits no cache. About as far as a processor works ahead, so that it
/// reads the next tile while it writes this one.
inline constexpr std::size_t bytes_per_streamed_tile = 8192;

/// The output of a formula that takes more, in fused multiply-adds of a vector, is not written past
/// the caches: memory is faster than the formula, and the store that goes past them makes it wait.
/// 64 Mi floats (Zen 5): exp (13) 0.17 ns an element past the caches and 0.21 else, expm1 (18) 0.18
/// and 0.22, tanh (23) 0.21 and 0.21, log (27) 0.26 and 0.24, mish (30) 0.27 and 0.25.
inline constexpr unsigned most_streamed_cost = 24;

/// Rows of fewer bytes are not written past the caches: of an output whose rows are whole vectors,
/// and of others, whose ends are written by themselves. rms_norm of 32 Mi floats (Zen 5), streamed
/// and not: rows of 64 0.17 and 0.29 ns an element, 0.44 and 0.24 where they begin anywhere, of 128
/// 0.21 and 0.24, 0.30 and 0.30, of 256 0.24 and 0.32 anywhere.
inline constexpr std::size_t least_streamed_whole = 256;
inline constexpr std::size_t least_streamed = 1024;

/// After this many positions error terms are taken into the values: left alone they would grow, and
/// be rounded themselves.
inline constexpr std::size_t positions_between_renormalizing = 1024;
/// After a line of so many positions they are as well, and after every 16 shorter ones.
inline constexpr std::size_t least_renormalized = positions_between_renormalizing / 4;

/// Rows side by side that are worked on together fill this many bytes at each position, or, where
/// they are copied first and not all fit, so that buffers hold more positions, this many.
inline constexpr std::size_t bytes_per_line = 1024;
inline constexpr std::size_t bytes_per_copied_line = 256;

/// Rows of at most so many elements are lanes of vectors side by side, if they have fewer than four
/// vectors: of terms of many instructions, and of others.
inline constexpr std::size_t longest_lane_expensive = 47;
inline constexpr std::size_t longest_lane = 31;
/// So many for each reduction, divided by the number of arrays.
inline constexpr std::size_t longest_lane_per_array = 62;

/// Rows of fewer bytes of an element-wise formula that are not one array are lanes side by side,
/// and, where as many operands lie along them, somewhat longer ones; so many of them at least.
/// swiglu of rows of 2 (Zen 5): 5.6 -> 1.7 ns a row, relu of a transpose with rows of 8 3.4 -> 1.2.
inline constexpr std::size_t least_row_bytes = 64;
inline constexpr std::size_t least_turned_row_bytes = 256;
inline constexpr std::size_t least_lanes = 32;

/// Fewer rows side by side than lanes are folded, if they have so many elements for each lane.
inline constexpr std::size_t least_positions_folded = 4;
/// Formulas of more operands are not, for the room that this takes.
inline constexpr std::size_t most_folded = 8;

/// Rows of at most so many vectors are taken as one array, in which a bias repeats: longer ones
/// take no longer one by one.
inline constexpr std::size_t longest_repeated = 32;
/// Rows of at least so many vectors are gone over one by one where they are, without a choice.
inline constexpr std::size_t least_vectors_in_place = 16;

/// Room on the stack of a call for scalars, accumulators and copies of operands: with all else at
/// most 16 KiB. A formula with so many operands or scalars that it needs more has the larger room.
#if defined(__clang__)
inline constexpr std::size_t workspace_bytes = 8576;  // loops of Clang take more of the stack
#else
// With 8832 bytes log_softmax of rows of 64 takes a third longer (AVX-512, Zen 5, GCC 12).
inline constexpr std::size_t workspace_bytes = 9088;
#endif
inline constexpr std::size_t large_workspace_bytes = 65536;

/// A part of a product is computed, and then the formula around it: so many bytes, of at most so
/// many rows, and of a formula that takes any part of a row one panel. With two panels 1,024 rows
/// of 512 and 512 outputs take 1.03 to 1.1 of the time (Zen 5): fewer rows, for which the panels
/// are read again.
inline constexpr std::size_t bytes_per_product = std::size_t{32} << 10;
inline constexpr std::size_t most_rows_per_product = 96;
/// Rows of the largest tile of sums in registers: see vectors_of_product.
inline constexpr std::size_t rows_of_product_tile = 6;
/// A matrix that so many rows are multiplied with is not packed for them, if its rows are
/// contiguous.
inline constexpr std::size_t most_rows_unpacked = 12;
/// What a call with a product takes of the stack for parts of products that are small; larger ones
/// are on the heap. A file that may not allocate, and has the stack, defines it as another number,
/// before it includes Fusor: its kernels are others than those of files that do not.
#if defined(FUSOR_PRODUCT_BYTES_ON_STACK)
constexpr std::size_t product_bytes_on_stack = FUSOR_PRODUCT_BYTES_ON_STACK;
#else
constexpr std::size_t product_bytes_on_stack = 2048;
#endif

}  // namespace fusor::detail
