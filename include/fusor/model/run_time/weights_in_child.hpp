// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <mutex>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "fusor/model/in_child.hpp"
#include "fusor/model/weights_file.hpp"

/// Weights that a child of this process reads, and hands over when it is asked for them. A file
/// that the HDF5 library does not survive ends the child, and none of what the library does to
/// memory or to its own state is seen here.
///
/// The child is a copy of the one thread that starts it, and does nothing but allocate memory and
/// call the library. Where the program itself was within the library in another thread at that
/// moment, the copy of its state may be of no use: the child then crashes or waits, and the file is
/// refused.
namespace fusor::detail::models {

/// Held by who starts a child, and by who calls the library in this process: a child begins with
/// the state that the library has, which may be built for one thread alone.
inline std::mutex& one_reader() {
  static std::mutex made;
  return made;
}

/// One end of a connection. What cannot be sent or received ends the conversation.
class connection {
 public:
  using clock = std::chrono::steady_clock;

  explicit connection(int end, clock::time_point until) : end_(end), until_(until) {}
  connection(const connection&) = delete;
  connection& operator=(const connection&) = delete;
  ~connection() {
    close(end_);
  }

  bool send(const void* data, std::size_t size) const {
    for (auto at = static_cast<const char*>(data); size > 0;) {
      const ssize_t more = ::send(end_, at, size, MSG_NOSIGNAL);
      if (more < 0 && errno == EINTR) continue;
      if (more <= 0) return false;
      at += more;
      size -= static_cast<std::size_t>(more);
    }
    return true;
  }
  bool receive(void* data, std::size_t size) const {
    for (auto at = static_cast<char*>(data); size > 0;) {
      const auto left = until_ - clock::now();
      const auto wait = std::chrono::ceil<std::chrono::milliseconds>(left).count();
      pollfd ready{end_, POLLIN, 0};
      const int found = wait <= 0 ? 0 : poll(&ready, 1, static_cast<int>(wait));
      if (found < 0 && errno == EINTR) continue;
      if (found <= 0) return false;
      const ssize_t more = recv(end_, at, size, 0);
      if (more < 0 && errno == EINTR) continue;
      if (more <= 0) return false;
      at += more;
      size -= static_cast<std::size_t>(more);
    }
    return true;
  }

  bool send(char letter) const {
    return send(&letter, 1);
  }
  bool receive(char& letter) const {
    return receive(&letter, 1);
  }
  bool send(bool flag) const {
    return send(flag ? '+' : '-');
  }
  bool receive(bool& flag) const {
    char letter = 0;
    const bool is_there = receive(letter);
    flag = letter == '+';
    return is_there;
  }
  /// Numbers or letters, and how many.
  template <class List>
  bool send(const List& list) const {
    const std::size_t size = list.size();
    return send(&size, sizeof size) && send(list.data(), size * sizeof list[0]);
  }
  /// At most so many: who is at the other end may have lost its mind.
  template <class List>
  bool receive(List& list, std::size_t most) const {
    std::size_t size = 0;
    if (!receive(&size, sizeof size) || size > most) return false;
    list.resize(size);
    return receive(list.data(), size * sizeof list[0]);
  }

 private:
  int end_;
  clock::time_point until_;
};

/// What the child is asked.
enum class weight_question : char { has, holds_anything, name_of, read };

class weights_in_child final : public weight_source {
 public:
  explicit weights_in_child(std::string_view bytes) : weights_in_child(start(bytes)) {
    answer();  // whether the file could be opened
  }
  weights_in_child(const weights_in_child&) = delete;
  weights_in_child& operator=(const weights_in_child&) = delete;
  ~weights_in_child() override {
    // The child ends when nobody is there any more, or when its time is over.
    to_child_.reset();
    while (waitpid(child_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }

  bool has(const std::string& path) const override {
    return ask_flag(weight_question::has, path);
  }
  bool holds_anything(const std::string& group) const override {
    return ask_flag(weight_question::holds_anything, group);
  }
  std::string name_of(const std::string& group) const override {
    ask(weight_question::name_of, group);
    std::string name;
    need(to_child_->receive(name, longest_text));
    return name;
  }
  tensor read(const std::string& path, const extents& expected,
              const std::string& whose) const override {
    ask(weight_question::read, path, expected, whose);
    tensor made{expected, {}};
    const std::size_t count = count_of(expected);
    need(to_child_->receive(made.values, count) && made.values.size() == count);
    return made;
  }

 private:
  static constexpr std::size_t longest_text = std::size_t{1} << 20;

  struct started {
    pid_t child;
    int end;
    unsigned seconds;
  };

  explicit weights_in_child(const started& of)
      : child_(of.child),
        to_child_(std::in_place, of.end,
                  connection::clock::now() + std::chrono::seconds(of.seconds)) {}

  static started start(std::string_view bytes) {
    // A child that had the end of another would keep it open beyond its end.
    const std::lock_guard alone(one_reader());
    const unsigned seconds = most_seconds_for(bytes.size());
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
      refuse_model("its weights cannot be read: a connection to another process cannot be made");
    }
    const pid_t child = fork();
    if (child == 0) {
      close(ends[0]);
      limit_child(seconds);
      end_after(seconds + 1);
      serve(connection(ends[1], connection::clock::now() + std::chrono::seconds(seconds)), bytes);
      _exit(0);
    }
    close(ends[1]);
    if (child < 0) {
      close(ends[0]);
      refuse_model("its weights cannot be read: another process cannot be started");
    }
    return {child, ends[0], seconds};
  }

  /// Ends this process after so many seconds of the clock, as where it waits for a thread that it
  /// has not.
  static void end_after(unsigned seconds) {
    std::signal(SIGALRM, SIG_DFL);
    sigset_t alarms;
    sigemptyset(&alarms);
    sigaddset(&alarms, SIGALRM);
    sigprocmask(SIG_UNBLOCK, &alarms, nullptr);
    alarm(seconds);
  }

  static void need(bool is_done) {
    if (!is_done) refuse_model(unreadable_weights);
  }
  /// Refuses with the sentence of the child if that is its answer.
  void answer() const {
    bool is_right = false;
    need(to_child_->receive(is_right));
    if (is_right) return;
    std::string sentence;
    need(to_child_->receive(sentence, longest_text));
    refuse_model(sentence);
  }
  void ask(weight_question question, const std::string& path, const extents& expected = {},
           const std::string& whose = "") const {
    need(to_child_->send(static_cast<char>(question)) && to_child_->send(path) &&
         to_child_->send(expected) && to_child_->send(whose));
    answer();
  }
  bool ask_flag(weight_question question, const std::string& path) const {
    ask(question, path);
    bool flag = false;
    need(to_child_->receive(flag));
    return flag;
  }

  /// Calls `work`, and sends what it throws; false if that was so.
  template <class Work>
  static bool try_to(const connection& to_parent, const Work& work) {
    std::string sentence;
    try {
      work();
      return true;
    } catch (const std::bad_alloc&) {
      sentence = "it needs more memory than there is";
    } catch (const std::exception& error) {
      sentence = error.what();
    }
    to_parent.send(false);
    to_parent.send(sentence);
    return false;
  }

  /// What the child does, until the other end is closed.
  static void serve(const connection& to_parent, std::string_view bytes) {
    try_to(to_parent, [&] {
      const weights_file file(bytes);
      if (to_parent.send(true)) answer_all(to_parent, file);
    });
  }
  static void answer_all(const connection& to_parent, const weights_file& file) {
    char question = 0;
    std::string path, whose;
    extents expected;
    while (to_parent.receive(question) && to_parent.receive(path, longest_text) &&
           to_parent.receive(expected, longest_text) && to_parent.receive(whose, longest_text)) {
      try_to(to_parent, [&] {
        switch (static_cast<weight_question>(question)) {
          case weight_question::has:
            return give(to_parent, file.has(path));
          case weight_question::holds_anything:
            return give(to_parent, file.holds_anything(path));
          case weight_question::name_of:
            return give(to_parent, file.name_of(path));
          case weight_question::read:
            return give(to_parent, file.read(path, expected, whose).values);
        }
      });
    }
  }
  template <class Result>
  static void give(const connection& to_parent, const Result& result) {
    if (to_parent.send(true)) to_parent.send(result);
  }

  pid_t child_;
  std::optional<connection> to_child_;
};

}  // namespace fusor::detail::models
