// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <algorithm>
#include <cstddef>
#include <thread>
#include <type_traits>
#include <utility>

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
/// says how many there are; the work is cut into a few pieces for each. The executor is called only
/// after everything that can be wrong with a call was checked, and a task throws nothing.
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

/// All work at once, on this thread.
struct sequential {
  template <class Work>
  void share_out(std::size_t count, std::size_t, std::size_t, const Work& work) const {
    work(0, count);
  }
};

/// Elements that are worth a task of their own.
inline constexpr std::size_t elements_per_task = std::size_t{1} << 14;
inline constexpr std::size_t tasks_per_thread = 4;

template <class Executor>
std::size_t thread_count(const parallel_policy<Executor>& policy) {
  if (policy.threads != 0) return policy.threads;
#if defined(_OPENMP)
  if constexpr (std::is_same_v<Executor, openmp_executor>) {
    return static_cast<std::size_t>(std::max(1, omp_get_max_threads()));
  }
#endif
  return std::max(1u, std::thread::hardware_concurrency());
}

/// Calls `work(begin, end)` for parts of `count` units of `elements` elements each. Parts begin at
/// multiples of `step`.
template <class Executor>
struct shared_out {
  const parallel_policy<Executor>& policy;

  template <class Work>
  void share_out(std::size_t count, std::size_t elements, std::size_t step,
                 const Work& work) const {
    const std::size_t worth =
        std::max<std::size_t>(1, elements_per_task / std::max<std::size_t>(1, elements));
    const std::size_t most = thread_count(policy) * tasks_per_thread;
    const std::size_t wanted = std::min(most, count / worth);
    if (wanted < 2) return work(0, count);
    const std::size_t part = ((count + wanted - 1) / wanted + step - 1) / step * step;
    policy.executor((count + part - 1) / part,
                    [&](std::size_t i) { work(i * part, std::min(count, (i + 1) * part)); });
  }
};

}  // namespace detail

/// Several threads by OpenMP, as many as it is set to use. Needs a program compiled with -fopenmp.
inline constexpr parallel_policy<detail::openmp_executor> par{{}, 0};

}  // namespace fusor

#include "fusor/end.hpp"
