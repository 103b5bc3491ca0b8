// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstddef>
#include <exception>
#include <new>
#include <string>

/// Work on files that may hold anything, in a process of its own: the HDF5 library does not survive
/// every damaged file, and a damaged file is to give a sentence all the same.
namespace fusor::detail::models {

/// In a child that was just started: a crash ends it without a word and without a file, and it may
/// take so many seconds of the processor, as a damaged file leads the library in a circle.
inline void limit_child(unsigned most_seconds) {
  for (const int each : {SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGILL}) std::signal(each, SIG_DFL);
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  const rlimit seconds{most_seconds, most_seconds};
  setrlimit(RLIMIT_CPU, &seconds);
}

/// What a damaged file is told by that the library did not survive.
inline constexpr const char* unreadable_weights =
    "its weights are a damaged HDF5 file, which the HDF5 library cannot read";

/// The seconds that reading so many bytes may take: a second reads and writes some megabytes.
inline unsigned most_seconds_for(std::size_t bytes) {
  return static_cast<unsigned>(60 + std::min<std::size_t>(bytes >> 20, 10000));
}

/// What came of the work: a sentence, or nothing if all went well.
struct outcome {
  bool is_done;
  std::string sentence;
};

/// Calls `work` in a child of this process; what it throws comes back as a sentence.
template <class Work>
outcome in_child(unsigned most_seconds, const Work& work) {
  int ends[2];
  if (pipe(ends) != 0) return {false, "a pipe cannot be made"};
  const pid_t child = fork();
  if (child < 0) return {false, "a process cannot be started"};
  if (child == 0) {
    close(ends[0]);
    limit_child(most_seconds);
    std::string sentence;
    bool is_done = false;
    try {
      work();
      is_done = true;
    } catch (const std::bad_alloc&) {
      sentence = "it needs more memory than there is";
    } catch (const std::exception& error) {
      sentence = error.what();
    }
    sentence.insert(0, is_done ? "+" : "-");
    std::size_t written = 0;
    while (written < sentence.size()) {
      const ssize_t more = write(ends[1], sentence.data() + written, sentence.size() - written);
      if (more <= 0) break;
      written += static_cast<std::size_t>(more);
    }
    _exit(0);
  }
  close(ends[1]);
  std::string answer;
  char part[512];
  for (ssize_t size = 0; (size = read(ends[0], part, sizeof part)) > 0;) {
    answer.append(part, static_cast<std::size_t>(size));
  }
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  if (answer.empty()) {
    return {false, unreadable_weights};
  }
  return {answer[0] == '+', answer.substr(1)};
}

}  // namespace fusor::detail::models
