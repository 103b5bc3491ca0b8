// SPDX-License-Identifier: BSL-1.0
// Compiled for this machine (-O3 -march=native), by the widest vectors it has.
#include <immintrin.h>
#include <sleef.h>

#include "elementwise_formulas.hpp"

namespace bench {

namespace {

/// T in vectors of type v, intrinsics _mm..._ps, functions Sleef_...f16_u10; tanh to 1.0 or 3.5
/// ULP.
#define BENCH_SLEEF(name, T, v, size, mm, suffix, type, tanh_ulp) \
  struct name {                                                   \
    using vector = v;                                             \
    static constexpr std::size_t lanes = size;                    \
    static v load(const T* p) {                                   \
      return mm##_loadu_##suffix(p);                              \
    }                                                             \
    static void store(T* p, v x) {                                \
      mm##_storeu_##suffix(p, x);                                 \
    }                                                             \
    static v set(double x) {                                      \
      return mm##_set1_##suffix(static_cast<T>(x));               \
    }                                                             \
    static v max(v a, v b) {                                      \
      return mm##_max_##suffix(a, b);                             \
    }                                                             \
    static v min(v a, v b) {                                      \
      return mm##_min_##suffix(a, b);                             \
    }                                                             \
    static v abs(v x) {                                           \
      return max(x, -x);                                          \
    }                                                             \
    static v exp(v x) {                                           \
      return Sleef_exp##type##_u10(x);                            \
    }                                                             \
    static v expm1(v x) {                                         \
      return Sleef_expm1##type##_u10(x);                          \
    }                                                             \
    static v log1p(v x) {                                         \
      return Sleef_log1p##type##_u10(x);                          \
    }                                                             \
    static v erf(v x) {                                           \
      return Sleef_erf##type##_u10(x);                            \
    }                                                             \
    static v erfc(v x) {                                          \
      return Sleef_erfc##type##_u15(x);                           \
    }                                                             \
    static v tanh(v x) {                                          \
      return Sleef_tanh##type##_##tanh_ulp(x);                    \
    }                                                             \
  };

#if defined(__AVX512F__)
BENCH_SLEEF(in_float, float, __m512, 16, _mm512, ps, f16, u10)
BENCH_SLEEF(in_double, double, __m512d, 8, _mm512, pd, d8, u10)
BENCH_SLEEF(in_float_u35, float, __m512, 16, _mm512, ps, f16, u35)
BENCH_SLEEF(in_double_u35, double, __m512d, 8, _mm512, pd, d8, u35)
#elif defined(__AVX__)
BENCH_SLEEF(in_float, float, __m256, 8, _mm256, ps, f8, u10)
BENCH_SLEEF(in_double, double, __m256d, 4, _mm256, pd, d4, u10)
BENCH_SLEEF(in_float_u35, float, __m256, 8, _mm256, ps, f8, u35)
BENCH_SLEEF(in_double_u35, double, __m256d, 4, _mm256, pd, d4, u35)
#else
BENCH_SLEEF(in_float, float, __m128, 4, _mm, ps, f4, u10)
BENCH_SLEEF(in_double, double, __m128d, 2, _mm, pd, d2, u10)
BENCH_SLEEF(in_float_u35, float, __m128, 4, _mm, ps, f4, u35)
BENCH_SLEEF(in_double_u35, double, __m128d, 2, _mm, pd, d2, u35)
#endif
#undef BENCH_SLEEF

template <class Math, class T>
elementwise_call prepare(const elementwise_task<T>& t) {
  const elementwise_call made = of_tanh<Math>(t);
  return made ? made : of_exponentials<Math>(t);
}

}  // namespace

library_list sleef_libraries() {
  return {{"SLEEF", prepare<in_float>, prepare<in_double>},
          {"SLEEF u35", of_tanh<in_float_u35>, of_tanh<in_double_u35>}};
}

}  // namespace bench
