// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <hwy/base.h>

/// Of functions between a loop and the operations of its formula. GCC would leave some of them as
/// calls, at up to twice the time of a loop, so they are forced. Clang inlines what matters by
/// itself; what is forced it copies before it has simplified it, which takes twice the time to
/// compile, and four times the memory.
#if defined(__clang__)
#define FUSOR_INLINE inline
#else
#define FUSOR_INLINE HWY_INLINE
#endif
