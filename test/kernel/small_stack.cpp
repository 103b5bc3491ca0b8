// SPDX-License-Identifier: BSL-1.0
// Calls on threads with a small stack, as audio threads and fibers have: at most 16 KiB are used,
// with products of matrices 24.
#define BOOST_TEST_MODULE kernel_small_stack
#include <pthread.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <functional>
#include <fusor/fusor.hpp>
#include <memory>
#include <vector>

#include "support/targets.hpp"

using namespace fusor;

namespace {

constexpr std::size_t kibibyte = 1024;

/// Runs a call on a thread whose stack has this many bytes; returns how many of them were written.
std::size_t run_on_stack(std::size_t bytes, const std::function<void()>& call) {
  constexpr unsigned char untouched = 0xa5;
  const std::size_t page = 4096;
  std::vector<unsigned char> memory(bytes + page, untouched);
  void* begin = memory.data();
  std::size_t space = memory.size();
  auto* const stack = static_cast<unsigned char*>(std::align(page, bytes, begin, space));
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  BOOST_REQUIRE(pthread_attr_setstack(&attributes, stack, bytes) == 0);
  pthread_t thread;
  BOOST_REQUIRE(pthread_create(
                    &thread, &attributes,
                    [](void* argument) -> void* {
                      (*static_cast<const std::function<void()>*>(argument))();
                      return nullptr;
                    },
                    const_cast<std::function<void()>*>(&call)) == 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
  const auto first =
      std::find_if(stack, stack + bytes, [](auto byte) { return byte != untouched; });
  return static_cast<std::size_t>(stack + bytes - first);
}

/// What a thread that does nothing has written: its own descriptor and what the system keeps there.
std::size_t used_by_a_thread() {
  static const std::size_t used = run_on_stack(128 * kibibyte, [] {});
  return used;
}

void check(const char* what, const std::function<void()>& call, std::size_t most = 16 * kibibyte) {
  call();  // once elsewhere: the dynamic linker needs stack the first time
  const std::size_t used = run_on_stack(256 * kibibyte, call) - used_by_a_thread();
  BOOST_TEST(used <= most, what << " used " << used << " bytes");
  BOOST_TEST_MESSAGE(what << ": " << used << " bytes");
  if (used <= most) run_on_stack(2 * most, call);
}

template <class T>
void check_elements() {
  std::vector<T> in(40000), out(40000), bias(1000);
  for (std::size_t i = 0; i < in.size(); ++i) in[i] = static_cast<T>(static_cast<float>(i % 17));
  check("softmax of a range", [&] { kernel<softmax>(in, out); });
  check("softmax of short rows", [&] {
    kernel<softmax>(view(in, {4000, 10}), view(out, {4000, 10}));
  });
  check("softmax of rows", [&] { kernel<softmax>(view(in, {40, 1000}), view(out, {40, 1000})); });
  check("softmax of columns", [&] {
    kernel<softmax(x, {.axis = 0})>(view(in, {40, 1000}), view(out, {40, 1000}));
  });
  check("softmax of few columns", [&] {
    kernel<softmax(x, {.axis = 0})>(view(in.data(), {13333, 3}), view(out.data(), {13333, 3}));
  });
  check("softmax of any layout", [&] {
    kernel<softmax>(view(in, {40, 1000}, {1, 40}), view(out, {40, 1000}));
  });
  check("mish of a range", [&] { kernel<mish>(in, out); });
  check("mish beside a bias", [&] {
    kernel<mish(x + y)>(view(in, {40, 1000}), view(bias, {1000}), view(out, {40, 1000}));
  });
}

}  // namespace

BOOST_AUTO_TEST_CASE(calls_use_little_of_the_stack) {
  fusor::test::on_every_target([] {
    check_elements<float>();
    check_elements<double>();
    check_elements<float16>();
    std::vector<float> in(40000, 1), out(40000);
    const auto rows = view(in, {40, 1000});
    check("log_softmax", [&] { kernel<log_softmax>(rows, view(out, {40, 1000})); });
    check("log_softmax of columns", [&] {
      kernel<log_softmax(x, {.axis = 0})>(rows, view(out, {40, 1000}));
    });
    check("sparsemax", [&] { kernel<sparsemax>(rows, view(out, {40, 1000})); });
    check(
        "a layer of one row",
        [&] {
          kernel<softmax(matmul(x, y) + z)>(view(in.data(), {1, 40}), view(in, {40, 1000}),
                                            view(in.data(), {1000}), view(out.data(), {1, 1000}));
        },
        24 * kibibyte);
    check(
        "a layer of many rows",
        [&] {
          kernel<softmax(matmul(x, y) + z)>(view(in.data(), {400, 40}), view(in.data(), {40, 100}),
                                            view(in.data(), {100}), view(out.data(), {400, 100}));
        },
        24 * kibibyte);
    check("sparsemax of columns", [&] {
      kernel<sparsemax(x, {.axis = 0})>(rows, view(out, {40, 1000}));
    });
  });
}
