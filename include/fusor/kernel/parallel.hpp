// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <algorithm>
#include <cstddef>
#include <type_traits>
#include <utility>

#include "fusor/kernel/call.hpp"

#if defined(_OPENMP)
#include <omp.h>
#endif

/// Kernels on several threads: `kernel<E>(par, in, out)`. The bits are those of one thread.
namespace fusor {

/// How a kernel shares its work out. Made by `parallel`.
template <class Executor>
struct parallel_policy {
  using executor_type = Executor;

  Executor executor;
  std::size_t threads;
};

/// Work shared out by an executor of yours: `executor(count, task)` is to call `task(i)` for every
/// i from 0 to count - 1, on any threads, in any order, and to return when all are done. `threads`
/// says how many there are; the work is cut into a few pieces for each, or into up to 256 where it
/// is not said. A piece is worth some 16,000 elements. The executor is called only after everything
/// that can be wrong with a call was checked, and a task throws nothing.
///
///     kernel<mish>(parallel(my_pool), in, out);
///     kernel<mish>(parallel([&](auto count, auto task) { my_pool.run(count, task); }, 8), in,
///     out);
template <class Executor>
constexpr parallel_policy<Executor> parallel(Executor executor, std::size_t threads = 0) {
  return {std::move(executor), threads};
}

namespace detail {

// Programs may hold files compiled with and without OpenMP.
#if defined(_OPENMP)
inline namespace with_openmp {

struct openmp_executor {
  static constexpr bool is_there = true;

  template <class Task>
  void operator()(std::size_t count, const Task& task) const {
#pragma omp parallel for schedule(dynamic)
    for (std::size_t i = 0; i < count; ++i) task(i);
  }
};

}  // namespace with_openmp
#else
inline namespace without_openmp {

struct openmp_executor {
  static constexpr bool is_there = false;

  template <class Task>
  void operator()(std::size_t, const Task&) const {}
};

}  // namespace without_openmp
#endif

template <class T>
inline constexpr bool is_policy = false;
template <class Executor>
inline constexpr bool is_policy<parallel_policy<Executor>> = true;

template <class... Arguments>
inline constexpr bool begins_with_policy = false;
template <class First, class... Rest>
inline constexpr bool begins_with_policy<First, Rest...> = is_policy<std::remove_cvref_t<First>>;

template <class Executor>
inline constexpr bool is_runnable = true;
template <>
inline constexpr bool is_runnable<openmp_executor> = openmp_executor::is_there;

template <class Executor>
std::size_t thread_count(const parallel_policy<Executor>& policy) {
#if defined(_OPENMP)
  if constexpr (std::is_same_v<Executor, openmp_executor>) {
    if (policy.threads == 0) return static_cast<std::size_t>(std::max(1, omp_get_max_threads()));
  }
#endif
  return policy.threads;
}

/// A call with a policy.
template <class Executor>
class policy_runner final : public runner {
 public:
  explicit policy_runner(const parallel_policy<Executor>& policy)
      : runner(thread_count(policy)), policy_(policy) {}

  void execute(std::size_t count, const task& each) const override {
    policy_.executor(count, each);
  }

 private:
  const parallel_policy<Executor>& policy_;
};

}  // namespace detail

/// Several threads by OpenMP, as many as it is set to use. Needs a program compiled with -fopenmp.
inline constexpr parallel_policy<detail::openmp_executor> par{{}, 0};

}  // namespace fusor

#include "fusor/end.hpp"
