// SPDX-License-Identifier: BSL-1.0
// Matrices with inputs that are one row for all have the bits of arrays, on every instruction set:
// any size, any alignment, in place, several biases and outputs; and what is refused.
#define BOOST_TEST_MODULE kernel_biases
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstring>
#include <fusor/fusor.hpp>
#include <random>
#include <string>
#include <vector>

#include "support/numbers.hpp"
#include "support/refusal.hpp"
#include "support/targets.hpp"

namespace {

using namespace fusor;
using fusor::test::refusal;

template <class T>
std::vector<T> random_elements(std::size_t count) {
  static std::mt19937 generator(7);
  return fusor::test::random_elements<T>(count, generator);
}

template <class T>
std::vector<T> repeated(const std::vector<T>& row, std::size_t times) {
  std::vector<T> all;
  for (std::size_t i = 0; i < times; ++i) all.insert(all.end(), row.begin(), row.end());
  return all;
}

template <class T>
bool are_same(const T* a, const std::vector<T>& b) {
  return std::memcmp(a, b.data(), b.size() * sizeof(T)) == 0;
}

constexpr auto scaled = tanh(x * y + z);

template <class T>
void check(std::size_t rows, std::size_t columns) {
  constexpr T untouched = -77;
  const std::size_t count = rows * columns;
  const auto in = random_elements<T>(count);
  const auto scale = random_elements<T>(columns), bias = random_elements<T>(columns);
  const auto scales = repeated(scale, rows), biases = repeated(bias, rows);
  std::vector<T> one(count), two(count);
  kernel<relu(x + y)>(in, biases, one);
  kernel<scaled>(in, scales, biases, two);
  for (const std::size_t offset : std::initializer_list<std::size_t>{0, 1, 5}) {
    BOOST_TEST_CONTEXT(rows << " rows of " << columns << ", from element " << offset) {
      std::vector<T> memory(count + offset + 64, untouched);
      T* const out = memory.data() + offset;
      const auto is_clean = [&] {
        return std::count(memory.begin(), memory.end(), untouched) >=
               static_cast<std::ptrdiff_t>(offset + 64);
      };
      kernel<relu(x + y)>(view(in, {rows, columns}), view(bias, {columns}),
                          view(out, {rows, columns}));
      BOOST_TEST(are_same(out, one));
      BOOST_TEST(is_clean());
      kernel<scaled>(view(in, {rows, columns}), view(scale, {columns}), view(bias, {columns}),
                     view(out, {rows, columns}));
      BOOST_TEST(are_same(out, two));
      BOOST_TEST(is_clean());
      // The row first, three axes, in place.
      std::copy(in.begin(), in.end(), out);
      kernel<relu(y + x)>(view(bias, {columns}), view(out, {1, rows, columns}),
                          view(out, {1, rows, columns}));
      BOOST_TEST(are_same(out, one));
      BOOST_TEST(is_clean());
      // A bias of two axes, and two outputs.
      std::vector<T> other(count);
      kernel<outputs(relu(x + y), scaled)>(view(in, {rows, columns}), view(bias, {1, columns}),
                                           view(bias, {columns}), view(out, {rows, columns}),
                                           view(other, {rows, columns}));
      BOOST_TEST(are_same(out, one));
      std::vector<T> expected(count);
      kernel<scaled>(in, biases, biases, expected);
      BOOST_TEST(are_same(other.data(), expected));
      BOOST_TEST(is_clean());
    }
  }
}

template <class T>
void check_all() {
  for (const std::size_t columns : std::initializer_list<std::size_t>{
           1, 2, 3, 4, 7, 8, 10, 16, 17, 31, 32, 33, 64, 100, 128, 256, 500, 512, 513, 1000}) {
    for (const std::size_t rows : std::initializer_list<std::size_t>{1, 2, 3, 9, 64, 130})
      check<T>(rows, columns);
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(biases_of_floats_on_every_instruction_set) {
  fusor::test::on_every_target(check_all<float>);
}

BOOST_AUTO_TEST_CASE(biases_of_doubles_on_every_instruction_set) {
  fusor::test::on_every_target(check_all<double>);
}

namespace {

template <class T>
std::vector<T> converted(const std::vector<float>& from) {
  std::vector<T> to(from.size());
  kernel<x>(from, to);
  return to;
}

/// Elements, biases and results of different types.
template <class In, class Bias, class Out>
void check_types() {
  for (const std::size_t columns : {1u, 2u, 3u, 10u, 16u, 17u, 40u, 64u, 100u, 700u, 3000u}) {
    for (const std::size_t rows : {1u, 2u, 5u, 16u, 131u}) {
      const std::size_t count = rows * columns;
      const auto in = converted<In>(random_elements<float>(count));
      const auto scale = converted<Bias>(random_elements<float>(columns));
      const auto bias = converted<Bias>(random_elements<float>(columns));
      std::vector<Out> expected(count), memory(count + 6);
      kernel<scaled>(in, repeated(scale, rows), repeated(bias, rows), expected);
      for (const std::size_t offset : {0u, 1u, 5u}) {
        kernel<scaled>(view(in, {rows, columns}), view(scale, {columns}), view(bias, {columns}),
                       view(memory.data() + offset, {rows, columns}));
        BOOST_TEST(are_same(memory.data() + offset, expected),
                   rows << " rows of " << columns << ", from element " << offset);
        BOOST_TEST(std::all_of(memory.begin() + static_cast<std::ptrdiff_t>(offset + count),
                               memory.end(), [](Out element) { return element == Out(0); }));
        std::fill(memory.begin(), memory.end(), Out(0));
      }
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(elements_of_16_bits_with_biases) {
  check_types<bfloat16, bfloat16, bfloat16>();
  check_types<float16, float, float>();
  check_types<float, float16, float16>();
  check_types<float, float16, float>();
}

BOOST_AUTO_TEST_CASE(what_is_refused) {
  std::vector<float> in(64 * 64), bias(64), out(64 * 64);
  // The output overlaps the bias, or is shifted against the input.
  BOOST_TEST(
      refusal<overlap_error>([&] {
        kernel<relu(x + y)>(view(in, {64, 64}), view(out.data() + 5, {64}), view(out, {64, 64}));
      }) != "");
  BOOST_TEST(refusal<overlap_error>([&] {
               kernel<relu(x + y)>(view(out.data() + 1, {63, 64}), view(bias, {64}),
                                   view(out.data(), {63, 64}));
             }) != "");
  BOOST_TEST(
      refusal<shape_error>([&] {
        kernel<relu(x + y)>(view(in, {64, 64}), view(bias.data(), {63}), view(out, {64, 64}));
      }) != "");
  BOOST_TEST(refusal<shape_error>([&] {
               kernel<relu(x + y)>(view(in, {64, 64}),
                                   view(static_cast<const float*>(nullptr), {64}),
                                   view(out, {64, 64}));
             }) != "");
  BOOST_TEST(std::count(out.begin(), out.end(), 0.0f) == 64 * 64);
}
