// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <vector>

/// Calls on several threads: what they are made on, and who runs their tasks.
namespace fusor::test {

/// Numbers from -6 to 6.6 that go up and down; another `from` gives others.
template <class T = float>
std::vector<T> waves(std::size_t count, std::size_t from = 0) {
  std::vector<T> values(count);
  for (std::size_t i = 0; i < count; ++i)
    values[i] = static_cast<T>((i * 37 + from) % 1009) / 80 - 6;
  return values;
}

/// Runs tasks from the last to the first, and counts them.
struct backwards {
  std::size_t* tasks;

  template <class Task>
  void operator()(std::size_t count, const Task& task) const {
    for (std::size_t i = count; i-- > 0;) task(i);
    *tasks += count;
  }
};

}  // namespace fusor::test
