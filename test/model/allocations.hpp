// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

namespace fusor::test {

/// How often this thread has asked for memory from the heap, in a program with allocations.cpp.
std::size_t allocations();

}  // namespace fusor::test
