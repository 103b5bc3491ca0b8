// SPDX-License-Identifier: BSL-1.0
// Rows of 16-bit elements have the bits of the same rows of floats, rounded once: short and long
// ones, with biases, a number for each row, halves of an input, several outputs, along any axis.
// Also where caches are taken for so small that rows fit none.
#define BOOST_TEST_MODULE kernel_rows_of_halves
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstring>
#include <fusor/fusor.hpp>
#include <random>
#include <vector>

#include "support/numbers.hpp"

namespace {

using namespace fusor;

constexpr auto layer_norm =
    (x - reduce_mean(x)) / sqrt(reduce_mean(square(x - reduce_mean(x))) + 1e-5);
constexpr auto with_gain = layer_norm * y + z;
constexpr auto masked = softmax(where(y > 0, x, -1e4));
constexpr auto by_row = x * rsqrt(reduce_mean(square(x)) + y);
constexpr auto gated = softmax(first_half(x)) * second_half(x);
constexpr auto both = outputs(softmax, logsumexp(x));
constexpr auto down = x - logsumexp(x, {.axis = 0}) * y;

/// An array of 16-bit elements, and the same as floats.
struct array {
  std::vector<float16> halves;
  std::vector<float> floats;

  explicit array(std::size_t count) : halves(count), floats(count) {}
  array(std::size_t count, std::mt19937& generator) : array(count) {
    kernel<x>(fusor::test::random_elements<float>(count, generator), halves);
    kernel<x>(halves, floats);
  }
  bool has_bits_of_floats() const {
    std::vector<float16> rounded(floats.size());
    kernel<x>(floats, rounded);
    return std::memcmp(rounded.data(), halves.data(), halves.size() * sizeof(float16)) == 0;
  }
};

void check(std::size_t rows, std::size_t columns) {
  std::mt19937 generator(11);
  const array in(rows * columns, generator), wide(2 * rows * columns, generator);
  const array gain(columns, generator), shift(columns, generator), scale(rows, generator);
  array out(rows * columns), found(rows);
  const auto run = [&](auto kernel_of_views) {
    kernel_of_views([](auto& from) { return std::span(from.halves); });
    kernel_of_views([](auto& from) { return std::span(from.floats); });
    BOOST_TEST(out.has_bits_of_floats(), rows << " rows of " << columns);
    BOOST_TEST(found.has_bits_of_floats(), rows << " rows of " << columns);
  };
  run([&](auto of) {
    kernel<with_gain>(view(of(in), {rows, columns}), view(of(gain), {columns}),
                      view(of(shift), {columns}), view(of(out), {rows, columns}));
  });
  run([&](auto of) {
    kernel<masked>(view(of(in), {rows, columns}), view(of(gain), {columns}),
                   view(of(out), {rows, columns}));
  });
  run([&](auto of) {
    kernel<by_row>(view(of(in), {rows, columns}), view(of(scale), {rows, 1}),
                   view(of(out), {rows, columns}));
  });
  run([&](auto of) {
    kernel<gated>(view(of(wide), {rows, 2 * columns}), view(of(out), {rows, columns}));
  });
  run([&](auto of) {
    kernel<both>(view(of(in), {rows, columns}), view(of(out), {rows, columns}),
                 view(of(found), {rows}));
  });
  run([&](auto of) {
    kernel<down>(view(of(in), {rows, columns}), view(of(gain), {columns}),
                 view(of(out), {rows, columns}));
  });
}

}  // namespace

BOOST_AUTO_TEST_CASE(rows_of_every_kind) {
  for (const std::size_t columns : {1u, 2u, 3u, 8u, 10u, 16u, 17u, 31u, 32u, 33u, 47u, 48u, 64u,
                                    100u, 256u, 257u, 1000u, 3000u, 4596u}) {
    for (const std::size_t rows : {1u, 2u, 5u, 16u, 17u, 40u, 70u}) check(rows, columns);
  }
}
