// SPDX-License-Identifier: BSL-1.0
// Compiles the loop for every instruction set of this architecture, from one include.
//
// This file has no include guard: inside a file that passes over itself with foreach_target.h it is
// included once per pass, as other parts of Highway are, and takes part in those passes.

// What Highway needs to be told so that it takes the best instruction set that the compiler's flags
// allow. A program may have settings of its own, which stay.
#if !defined(HIGHWAY_HWY_DETECT_TARGETS_H_) && !defined(HWY_BASELINE_TARGETS)
// It asks for AES and PCLMUL as well, which -march=x86-64-v2, -v3, -v4 and haswell do not have, and
// would fall back to SSSE3. Nothing here uses them.
#if defined(__SSE4_1__) && defined(__SSE4_2__) && !(defined(__AES__) && defined(__PCLMUL__)) && \
    !defined(HWY_DISABLE_PCLMUL_AES)
#define HWY_DISABLE_PCLMUL_AES
#endif
// Of the set that -march=sapphirerapids has, 1.0.3 compiles no loop unless it is asked to, and then
// stops because the best set has none.
#if defined(__AVXVNNI__) && defined(__VAES__) && defined(__VPCLMULQDQ__) &&             \
    defined(__AVX512VBMI__) && defined(__AVX512VBMI2__) && defined(__AVX512BITALG__) && \
    defined(__AVX512VPOPCNTDQ__) && !defined(HWY_WANT_AVX3_DL)
#define HWY_WANT_AVX3_DL
#endif
// Where there are no vectors, loops over single numbers. With Clang it would write vectors as
// arrays of 16 bytes, which take a quarter of the time of compiling a softmax, and run slower.
#ifndef HWY_BROKEN_EMU128
#define HWY_BROKEN_EMU128 1
#endif
#endif

#if defined(__clang__) && (defined(__FAST_MATH__) || __FINITE_MATH_ONLY__) && \
    !defined(FUSOR_SIMD_INTRINSICS)
// clang-format off
// Apple's 15 is 16. Those before give each call of an intrinsic the options of the file, whatever
// the pragma of precise_begin.hpp says.
#if defined(__apple_build_version__) ? __clang_major__ < 15 : __clang_major__ < 16
#error "with -ffast-math and the like, Fusor needs Clang 16 or newer, or GCC: older ones would change results of its kernels. Compile this file without"
#elif defined(__XMMINTRIN_H) || defined(__ARM_NEON_H)
#error "with -ffast-math and the like, include <fusor/fusor.hpp> before <immintrin.h> and what includes it, as <random> does with -march: Clang compiles the intrinsics of a header as the file says that includes it first"
#endif
// clang-format on
#endif
#define FUSOR_SIMD_INTRINSICS

// What is included for its own sake keeps the options of the file.
#include <hwy/base.h>

#include <algorithm>
#include <cstring>

#include "fusor/schedule/layout.hpp"
#include "fusor/transform/long_rows.hpp"
//
#include "fusor/language/precise_begin.hpp"

#if defined(FUSOR_STATIC_DISPATCH)

#include "fusor/simd/loops-inl.hpp"

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
#define HWY_TARGET_INCLUDE "fusor/simd/loops-inl.hpp"
#include <hwy/foreach_target.h>
#undef HWY_TARGET_INCLUDE
#include "fusor/simd/loops-inl.hpp"
#define FUSOR_SIMD_TARGETS

#elif !HWY_ONCE || defined(FUSOR_SIMD_TARGETS)

#define FUSOR_SIMD_TARGETS
#include "fusor/simd/loops-inl.hpp"

#else
#error "include <fusor/fusor.hpp> in the file that foreach_target.h passes over, or before it"
#include <fusor/stops_here>
#endif

#include "fusor/language/precise_end.hpp"
