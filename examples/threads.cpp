// SPDX-License-Identifier: BSL-1.0
// A kernel on several threads: with an executor of your own, or with OpenMP. The bits are the same.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <fusor/fusor.hpp>
#include <thread>
#include <vector>

using namespace fusor;

/// Calls task(i) for every i below count, on as many threads as the machine has. A program that has
/// a pool of threads calls that.
struct all_threads {
  template <class Task>
  void operator()(std::size_t count, const Task& task) const {
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
      for (std::size_t i = next++; i < count; i = next++) task(i);
    };
    std::vector<std::thread> others;
    for (unsigned i = 1; i < std::thread::hardware_concurrency(); ++i) others.emplace_back(work);
    work();
    for (std::thread& other : others) other.join();
  }
};

/// The best time of several, in nanoseconds an element.
template <class Call>
double best_time(std::size_t count, const Call& call) {
  double best = 1e9;
  for (int i = 0; i < 5; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    call();
    const std::chrono::duration<double, std::nano> time = std::chrono::steady_clock::now() - begin;
    best = std::min(best, time.count() / static_cast<double>(count));
  }
  return best;
}

int main() {
  std::vector<float> in(std::size_t{1} << 22), alone(in.size()), shared(in.size());
  for (std::size_t i = 0; i < in.size(); ++i) in[i] = static_cast<float>(i % 2001) / 200 - 5;

  const double one = best_time(in.size(), [&] { kernel<gelu>(in, alone); });
  const double all =
      best_time(in.size(), [&] { kernel<gelu>(parallel(all_threads{}), in, shared); });
  std::printf("gelu: %.2f ns an element on one thread, %.2f ns on %u threads\n", one, all,
              std::thread::hardware_concurrency());

#if defined(_OPENMP)
  kernel<gelu>(par, in, shared);
#endif
  if (alone != shared) return 1;
  std::printf("OK: the same bits\n");
}
