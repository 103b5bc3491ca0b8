// SPDX-License-Identifier: BSL-1.0
// A row has the same bits whatever lies beside it and however the work is shared out, also where
// most rows fit no cache: compiled for caches of 2 KiB.
#define BOOST_TEST_MODULE kernel_partitions
#define FUSOR_BYTES_IN_CACHES 2048
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstring>
#include <fusor/fusor.hpp>
#include <random>
#include <vector>

namespace {

using namespace fusor;

/// Random elements; every seventh row along the last axis, and every fifth along the first, has
/// some that are far away.
template <class T>
std::vector<T> elements(std::size_t rows, std::size_t columns) {
  std::mt19937 generator(static_cast<unsigned>(rows * 31 + columns));
  std::normal_distribution<double> normal(0, 3);
  std::vector<T> values(rows * columns);
  for (T& value : values) value = static_cast<T>(normal(generator));
  for (std::size_t i = 0; i < values.size(); ++i) {
    const bool is_far = i / columns % 7 == 2 || i % columns % 5 == 1;
    if (is_far && generator() % 8 == 0) values[i] = static_cast<T>(i % 2 == 0 ? 3000 : -3000);
  }
  return values;
}

template <class T>
bool are_same(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0;
}

/// The tasks one after the other, the last first.
const auto backwards = [](std::size_t count, const auto& task) {
  for (std::size_t i = count; i-- > 0;) task(i);
};

template <auto Formula, class T>
void check_threads(std::size_t planes, std::size_t rows, std::size_t columns) {
  const std::size_t count = planes * rows * columns;
  const auto in = elements<T>(planes * rows, columns);
  std::vector<T> alone(count), shared(count), in_place = in;
  kernel<Formula>(view(in, {planes, rows, columns}), view(alone, {planes, rows, columns}));
  kernel<Formula>(view(in_place, {planes, rows, columns}));
  BOOST_TEST(are_same(in_place, alone), "in place, " << rows << " x " << columns);
  for (const std::size_t threads : {1u, 2u, 3u, 4u, 7u, 16u, 64u}) {
    std::fill(shared.begin(), shared.end(), T(-77));
    kernel<Formula>(parallel(backwards, threads), view(in, {planes, rows, columns}),
                    view(shared, {planes, rows, columns}));
    BOOST_TEST(are_same(shared, alone), threads << " threads, " << rows << " x " << columns);
  }
}

template <auto Rows, auto Columns, class T>
void check_all_threads() {
  for (const std::size_t rows : {2u, 40u, 300u, 16500u}) {
    for (const std::size_t columns : {1u, 3u, 63u, 64u, 65u, 320u, 515u}) {
      if (rows * columns > 1200000) continue;
      check_threads<Columns, T>(1, rows, columns);
      check_threads<Rows, T>(1, columns, rows);
    }
  }
  check_threads<Columns, T>(20, 20, 20);
  check_threads<Columns, T>(20, 1, 2000);
}

template <int Axis>
constexpr auto logs = log_softmax(x, {.axis = Axis});

BOOST_AUTO_TEST_CASE(tasks_do_not_change_bits) {
  check_all_threads<logs<2>, logs<1>, float>();
  check_all_threads<logs<2>, logs<1>, double>();
  check_all_threads<softmax(x, {.axis = 2}), softmax(x, {.axis = 1}), float>();
}

BOOST_AUTO_TEST_CASE(columns_do_not_change_their_neighbours) {
  constexpr auto column_sums = reduce_sum(x, {.axis = 0});
  constexpr std::size_t rows = 700, columns = 330;
  const auto in = elements<float>(rows, columns);
  std::vector<float> all(in.size());
  kernel<logs<0>>(view(in, {rows, columns}), view(all, {rows, columns}));
  for (const std::size_t begin : {0u, 1u, 5u, 64u}) {
    for (const std::size_t count : {2u, 4u, 7u, 65u, 256u}) {
      std::vector<float> some(rows * count), got(some.size()), expected(some.size());
      for (std::size_t i = 0; i < some.size(); ++i) {
        some[i] = in[i / count * columns + begin + i % count];
        expected[i] = all[i / count * columns + begin + i % count];
      }
      kernel<logs<0>>(view(some, {rows, count}), view(got, {rows, count}));
      BOOST_TEST(are_same(got, expected), count << " columns from " << begin);
      std::vector<float> sums(columns), some_sums(count);
      kernel<column_sums>(view(in, {rows, columns}), sums);
      kernel<column_sums>(view(some, {rows, count}), some_sums);
      BOOST_TEST(std::equal(some_sums.begin(), some_sums.end(),
                            sums.begin() + static_cast<std::ptrdiff_t>(begin)),
                 "sums of " << count << " columns from " << begin);
    }
  }
}

}  // namespace
