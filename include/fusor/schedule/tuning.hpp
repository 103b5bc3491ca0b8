// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

/// What Fusor takes for the size of the caches, in bytes. A program may define it otherwise, the
/// same in all its files, before it includes Fusor.
#ifndef FUSOR_BYTES_IN_CACHES
#define FUSOR_BYTES_IN_CACHES (std::size_t{64} << 20)
#endif

namespace fusor::detail {

/// What a call reads and writes is in no cache if it is more than this.
inline constexpr std::size_t bytes_in_caches = FUSOR_BYTES_IN_CACHES;

/// Rows overlap, the outputs of one with the last stage of the next, if what a row reads and writes
/// is at most this: three of them are in a cache near by then.
inline constexpr std::size_t bytes_overlapped =
    bytes_in_caches / 2 < (std::size_t{256} << 10) ? bytes_in_caches / 2 : std::size_t{256} << 10;

/// Rows whose elements fill this many bytes are worked on together: they stay in the first-level
/// cache.
inline constexpr std::size_t bytes_per_tile = 16384;

/// After this many positions error terms are taken into the values: left alone they would grow, and
/// be rounded themselves.
inline constexpr std::size_t positions_between_renormalizing = 1024;

}  // namespace fusor::detail
