// SPDX-License-Identifier: BSL-1.0
// See precise_begin.hpp.
#if defined(__clang__)
#pragma float_control(pop)
#elif defined(__GNUC__)
#pragma GCC pop_options
#endif
