// SPDX-License-Identifier: BSL-1.0
// Compiles the loop for every instruction set of this architecture, from one include.
//
// This file has no include guard: inside a file that passes over itself with foreach_target.h it is
// included once per pass, as other parts of Highway are, and takes part in those passes.

#if defined(FUSOR_STATIC_DISPATCH)

#include "fusor/kernel/simd/rows-inl.hpp"

#elif !defined(HIGHWAY_HWY_FOREACH_TARGET_H_)

#ifdef HWY_HIGHWAY_INCLUDED
#error "include <fusor/fusor.hpp> before <hwy/highway.h>"
#include <fusor/stops_here>
#endif
// SSSE3 without SSE4 is what x86 processors of 2006 and 2007 have. They take the loop without
// vectors: a loop for them costs everybody else 0.5 s of compile time.
#ifndef HWY_DISABLED_TARGETS
#define HWY_DISABLED_TARGETS HWY_SSSE3
#endif
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "fusor/kernel/simd/rows-inl.hpp"
#include <hwy/foreach_target.h>
#undef HWY_TARGET_INCLUDE
#include "fusor/kernel/simd/rows-inl.hpp"
#define FUSOR_KERNEL_SIMD_TARGETS

#elif !HWY_ONCE || defined(FUSOR_KERNEL_SIMD_TARGETS)

#define FUSOR_KERNEL_SIMD_TARGETS
#include "fusor/kernel/simd/rows-inl.hpp"

#else
#error "include <fusor/fusor.hpp> in the file that foreach_target.h passes over, or before it"
#include <fusor/stops_here>
#endif
