// SPDX-License-Identifier: BSL-1.0
// Several threads give the bits of one.
#define BOOST_TEST_MODULE kernel_parallel
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <fusor/fusor.hpp>
#include <stdexcept>
#include <thread>
#include <vector>

#include "support/tasks.hpp"

using namespace fusor;
using fusor::test::waves;

namespace {

/// Three threads that take tasks from a counter, and how many tasks there were.
struct pool {
  std::atomic<std::size_t>* tasks;

  template <class Task>
  void operator()(std::size_t count, const Task& task) const {
    *tasks += count;
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
      for (std::size_t i = next++; i < count; i = next++) task(i);
    };
    std::thread first(work), second(work);
    work();
    first.join();
    second.join();
  }
};

/// The call with threads and without gives the same bits; the number of tasks.
template <auto Formula, class Run>
std::size_t check_same(std::size_t in_size, std::size_t out_size, const Run& run) {
  const std::vector<float> in = waves(in_size);
  std::vector<float> alone(out_size, -1), shared(out_size, -2);
  std::atomic<std::size_t> tasks = 0;
  run([](const auto&... arguments) { kernel<Formula>(arguments...); }, in, alone);
  run([&](const auto&... arguments) { kernel<Formula>(parallel(pool{&tasks}, 3), arguments...); },
      in, shared);
  BOOST_TEST((alone == shared));
  return tasks;
}

}  // namespace

BOOST_AUTO_TEST_CASE(element_wise) {
  for (const std::size_t count : {0u, 1u, 1000u, 40000u, 100003u, 1000000u}) {
    const std::size_t tasks = check_same<mish>(
        count, count,
        [](const auto& call, const auto& in, auto& out) { call(in, std::span(out)); });
    BOOST_TEST((tasks > 1) == (count >= 40000));
  }
  std::vector<float> data = waves(100001), expected = waves(100001);
  std::atomic<std::size_t> tasks = 0;
  kernel<x * 2 + 1>(parallel(pool{&tasks}), data);
  kernel<x * 2 + 1>(expected);
  BOOST_TEST((data == expected));
  kernel<outputs(x + y, x - y)>(parallel(pool{&tasks}), data, 0.5f, expected, data);
  BOOST_TEST(expected[70000] == data[70000] + 1);
}

BOOST_AUTO_TEST_CASE(element_wise_on_tensors) {
  // One row, and a few long ones.
  BOOST_TEST(check_same<mish>(100003, 100003, [](const auto& call, const auto& in, auto& out) {
               call(view(in, {100003}), view(out, {100003}));
             }) > 1u);
  BOOST_TEST(check_same<mish>(100000, 100000, [](const auto& call, const auto& in, auto& out) {
               call(view(in, {10, 10000}), view(out, {10, 10000}));
             }) > 1u);
  BOOST_TEST(
      check_same<x - y>(100000, 90003, [](const auto& call, const auto& in, auto& out) {
        call(view(in, {3, 30001}, {30002, 1}), view(in, {3, 1}, {1, 1}), view(out, {3, 30001}));
      }) > 1u);
  BOOST_TEST(check_same<glu>(200000, 100000, [](const auto& call, const auto& in, auto& out) {
               call(view(in, {2, 100000}), view(out, {2, 50000}));
             }) > 1u);
  BOOST_TEST(check_same<x * 2>(90000, 90000, [](const auto& call, const auto& in, auto& out) {
               call(view(in, {30000, 3}, {-1, 30000}, 29999), view(out, {30000, 3}));
             }) > 1u);
}

BOOST_AUTO_TEST_CASE(along_an_axis) {
  const auto rows = [](const auto& call, const auto& in, auto& out) {
    call(view(in, {1000, 100}), view(out, {1000, 100}));
  };
  BOOST_TEST(check_same<softmax>(100000, 100000, rows) > 1u);
  BOOST_TEST(check_same<softmax(x, {.axis = 0})>(
                 100000, 100000, [](const auto& call, const auto& in, auto& out) {
                   call(view(in, {50, 2000}), view(out, {50, 2000}));
                 }) > 1u);
  BOOST_TEST(
      check_same<reduce_sum(x)>(100000, 1000, [](const auto& call, const auto& in, auto& out) {
        call(view(in, {1000, 100}), view(out, {1000}));
      }) > 1u);
  BOOST_TEST(check_same<x * y>(200000, 100000, [](const auto& call, const auto& in, auto& out) {
               call(view(in, {1000, 100}, {200, 2}), view(in, {100}, {1}), view(out, {1000, 100}));
             }) > 1u);
  // One row cannot be shared out.
  BOOST_TEST(check_same<softmax>(100000, 100000, [](const auto& call, const auto& in, auto& out) {
               call(in, std::span(out));
             }) == 0u);
}

BOOST_AUTO_TEST_CASE(errors_come_before_the_executor) {
  std::vector<float> in(100000), out(99999, 7);
  std::atomic<std::size_t> tasks = 0;
  BOOST_CHECK_THROW(kernel<mish>(parallel(pool{&tasks}), in, out), shape_error);
  BOOST_TEST(tasks == 0u);
  BOOST_TEST(out[0] == 7);
}

#if defined(_OPENMP)
BOOST_AUTO_TEST_CASE(with_openmp) {
  const std::vector<float> in = waves(300000);
  std::vector<float> alone(in.size()), shared(in.size());
  kernel<gelu>(in, alone);
  kernel<gelu>(par, in, shared);
  BOOST_TEST((alone == shared));
  kernel<log_softmax>(view(in, {3000, 100}), view(alone, {3000, 100}));
  kernel<log_softmax>(par, view(in, {3000, 100}), view(shared, {3000, 100}));
  BOOST_TEST((alone == shared));
}
#endif
