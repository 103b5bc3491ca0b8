// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <functional>

/// What other libraries offer for the same work, each through the best interface it has: everything
/// that can be prepared is prepared once, and a call is what a program in a hurry would call. Each
/// library has a file of its own; those that are not installed are left out.
namespace bench {

enum class operation { softmax, log_softmax, rms_norm, swiglu };

/// An operation along the middle axis of a dense tensor of three axes. The output of swiglu has
/// half the extent along it.
struct task {
  operation what;
  std::size_t outer, axis, inner;
  const float* in;
  float* out;

  std::size_t in_count() const {
    return outer * axis * inner;
  }
  std::size_t out_count() const {
    return what == operation::swiglu ? in_count() / 2 : in_count();
  }
};

/// Added to the mean of squares in rms_norm.
inline constexpr double epsilon = 1e-6;

/// A call on one thread; empty where the library has none.
using call = std::function<void()>;

struct peer {
  const char* name;
  call (*prepare)(const task&);
};

call prepare_eigen(const task&);
call prepare_onednn(const task&);
call prepare_torch(const task&);
call prepare_xnnpack(const task&);

inline constexpr peer peers[] = {
#ifdef BENCH_HAS_EIGEN
    {"Eigen", prepare_eigen},
#endif
#ifdef BENCH_HAS_ONEDNN
    {"oneDNN", prepare_onednn},
#endif
#ifdef BENCH_HAS_TORCH
    {"PyTorch", prepare_torch},
#endif
#ifdef BENCH_HAS_XNNPACK
    {"XNNPACK", prepare_xnnpack},
#endif
    {nullptr, nullptr},
};

}  // namespace bench
