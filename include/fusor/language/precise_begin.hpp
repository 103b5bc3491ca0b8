// SPDX-License-Identifier: BSL-1.0
// From here to precise_end.hpp floating-point arithmetic is what the source says, also in a file
// that is compiled with -ffast-math, -Ofast, or one of the options these stand for: sums are
// compensated, and NaN, infinities and the signs of zeros are there. No include guard: the two are
// included in pairs.
#if defined(__clang__)
#pragma float_control(precise, on, push)
#elif defined(__GNUC__)
#pragma GCC push_options
#if defined(__FAST_MATH__) || __FINITE_MATH_ONLY__ || defined(__ASSOCIATIVE_MATH__) || \
    defined(__RECIPROCAL_MATH__) || defined(__NO_SIGNED_ZEROS__)
#pragma GCC optimize("no-fast-math", "no-unsafe-math-optimizations", "no-finite-math-only", \
                     "no-associative-math", "no-reciprocal-math", "signed-zeros")
#endif
#endif
