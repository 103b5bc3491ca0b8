// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <random>
#include <string>
#include <vector>

/// Candidates measured side by side: in turn, in short bursts, the best time of each kept, so that
/// what else the machine does falls on all of them alike.
namespace bench {

inline constexpr std::size_t Ki = 1024;
inline constexpr std::size_t Mi = 1024 * Ki;

inline std::string size_name(std::size_t count) {
  return count % Mi == 0 ? std::to_string(count / Mi) + " Mi" : std::to_string(count / Ki) + " Ki";
}

/// An array that starts at a page, or so many bytes after one.
template <class T>
class array_of {
 public:
  explicit array_of(std::size_t count, std::size_t bytes_after = 0)
      : memory_(static_cast<std::byte*>(
            ::operator new (count * sizeof(T) + bytes_after, std::align_val_t{page}))),
        first_(reinterpret_cast<T*>(memory_.get() + bytes_after)) {
    std::fill_n(first_, count, T{0});
  }

  T* data() const {
    return first_;
  }

 private:
  static constexpr std::size_t page = 4096;
  struct release {
    void operator()(std::byte* memory) const {
      ::operator delete (memory, std::align_val_t{page});
    }
  };
  std::unique_ptr<std::byte, release> memory_;
  T* first_;
};
using array = array_of<float>;

/// Where outputs start within a page. Processors tell a load from an earlier store by their places
/// in the page at first: half a page apart, an output is not mistaken for the input.
inline constexpr std::size_t half_page = 2048;

/// Fills with numbers of a normal distribution. Beyond the first million they repeat.
template <class T>
void fill_random(T* to, std::size_t count, unsigned seed) {
  std::mt19937 engine(seed);
  std::normal_distribution<T> distribution(T{0}, T{3});
  const std::size_t drawn = std::min(count, Mi);
  for (std::size_t i = 0; i < drawn; ++i) to[i] = distribution(engine);
  for (std::size_t i = drawn; i < count; ++i) to[i] = to[i - drawn];
}

/// The time of one burst: enough calls to make the clock's own cost small.
template <class Candidate>
double time_burst(const Candidate& candidate, std::size_t calls) {
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t i = 0; i < calls; ++i) {
    candidate();
    benchmark::ClobberMemory();
  }
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// The best time of each candidate in nanoseconds per element. An iteration of the benchmark is one
/// burst of each.
template <class... Candidates>
std::array<double, sizeof...(Candidates)> best_times(benchmark::State& state, std::size_t count,
                                                     const Candidates&... candidates) {
  const std::size_t calls = std::max<std::size_t>(1, 128 * Ki / count);
  std::array<double, sizeof...(Candidates)> best;
  best.fill(1e30);
  for (auto iteration : state) {
    (void)iteration;
    const double times[] = {time_burst(candidates, calls)...};
    double sum = 0;
    for (std::size_t i = 0; i < best.size(); ++i) {
      best[i] = std::min(best[i], times[i]);
      sum += times[i];
    }
    state.SetIterationTime(sum);
  }
  for (double& each : best) each *= 1e9 / static_cast<double>(calls) / static_cast<double>(count);
  return best;
}

/// A burst of each candidate, which has a call `run`: takes over the seconds that are less than its
/// best, and gives the sum. Each is called once before it is timed, so that it finds the caches as
/// it leaves them, not as the one before.
template <class Candidate>
double burst_of_each(const std::vector<Candidate>& candidates, std::size_t calls,
                     std::vector<double>& best) {
  double sum = 0;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    candidates[i].run();
    const double time = time_burst(candidates[i].run, calls);
    best[i] = std::min(best[i], time);
    sum += time;
  }
  return sum;
}

/// The best seconds of a burst of each candidate.
template <class Candidate>
std::vector<double> best_bursts(benchmark::State& state, const std::vector<Candidate>& candidates,
                                std::size_t calls) {
  std::vector<double> best(candidates.size(), 1e30);
  for (auto iteration : state) {
    (void)iteration;
    state.SetIterationTime(burst_of_each(candidates, calls, best));
  }
  return best;
}

/// The same without a benchmark: bursts for so many seconds, three of each at least.
template <class Candidate>
std::vector<double> best_bursts(double seconds, const std::vector<Candidate>& candidates,
                                std::size_t calls) {
  std::vector<double> best(candidates.size(), 1e30);
  double sum = 0;
  for (int rounds = 0; rounds < 3 || sum < seconds; ++rounds) {
    sum += burst_of_each(candidates, calls, best);
  }
  return best;
}

/// Registers a benchmark, named "<name>/<size>".
template <class Measure>
void add(const std::string& name, std::size_t count, Measure measure) {
  benchmark::RegisterBenchmark((name + "/" + size_name(count)).c_str(), measure)
      ->UseManualTime()
      ->MinTime(0.2);
}

/// The yardstick: a copy of the same memory.
inline auto copy_of(const float* from, float* to, std::size_t count) {
  return [=] { std::memcpy(to, from, count * sizeof(float)); };
}

}  // namespace bench
