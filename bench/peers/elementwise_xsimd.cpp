// SPDX-License-Identifier: BSL-1.0
// Compiled for this machine (-O3 -march=native), by the widest vectors that xsimd has for it.
#include <xsimd/xsimd.hpp>

#include "elementwise_formulas.hpp"

namespace bench {

namespace {

template <class T>
struct math {
  using vector = xsimd::batch<T>;
  static constexpr std::size_t lanes = vector::size;
  static vector load(const T* p) {
    return vector::load_unaligned(p);
  }
  static void store(T* p, const vector& x) {
    x.store_unaligned(p);
  }
  static vector set(double x) {
    return vector(static_cast<T>(x));
  }
  static vector max(const vector& a, const vector& b) {
    return xsimd::max(a, b);
  }
  static vector min(const vector& a, const vector& b) {
    return xsimd::min(a, b);
  }
  static vector abs(const vector& x) {
    return xsimd::abs(x);
  }
  static vector sqrt(const vector& x) {
    return xsimd::sqrt(x);
  }
  static vector exp(const vector& x) {
    return xsimd::exp(x);
  }
  static vector expm1(const vector& x) {
    return xsimd::expm1(x);
  }
  static vector log1p(const vector& x) {
    return xsimd::log1p(x);
  }
  static vector erf(const vector& x) {
    return xsimd::erf(x);
  }
  static vector erfc(const vector& x) {
    return xsimd::erfc(x);
  }
  static vector tanh(const vector& x) {
    return xsimd::tanh(x);
  }
  static vector select(const typename vector::batch_bool_type& condition, const vector& yes,
                       const vector& no) {
    return xsimd::select(condition, yes, no);
  }
};

}  // namespace

library_list xsimd_libraries() {
  return {{"xsimd", by_formulas<math<float>>, by_formulas<math<double>>}};
}

}  // namespace bench
