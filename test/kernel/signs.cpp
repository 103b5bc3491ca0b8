// SPDX-License-Identifier: BSL-1.0
// Signs that no formula specifies, of zeros and of NaN, do not depend on what lies beside a row.
#define BOOST_TEST_MODULE kernel_signs
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <fusor/fusor.hpp>
#include <random>
#include <vector>

#include "support/numbers.hpp"
#include "support/targets.hpp"

namespace {

using namespace fusor;
using test::bits;
using test::element_from;
using test::to_double;

constexpr std::size_t most_rows = 40;

/// Zeros of both signs, the lesser ones below them for a largest element and above for a least one.
template <class T>
std::vector<T> zeros(std::size_t count, double lesser, unsigned seed) {
  std::mt19937 generator(seed);
  std::vector<T> values(count);
  for (T& value : values) {
    const unsigned kind = generator() % 4;
    value = element_from<T>(kind == 0 ? 0.0 : kind == 1 ? -0.0 : lesser);
  }
  return values;
}

/// Rows along memory, and rows side by side, each also alone or beside one other.
template <auto Along, auto Across, class T>
void check_beside_others(double lesser) {
  test::on_every_target([&] {
    for (std::size_t extent = 1; extent <= 40; ++extent) {
      const std::vector<T> in = zeros<T>(most_rows * extent, lesser, static_cast<unsigned>(extent));
      std::vector<T> turned(in.size()), alone(most_rows), beside_one(most_rows), out(most_rows);
      for (std::size_t r = 0; r < most_rows; ++r) {
        for (std::size_t i = 0; i < extent; ++i) turned[i * most_rows + r] = in[r * extent + i];
        kernel<Along>(view(in.data() + r * extent, {1, extent}), view(alone.data() + r, {1, 1}));
      }
      const auto rows = static_cast<std::ptrdiff_t>(most_rows);
      for (std::size_t r = 0; r < most_rows; r += 2) {
        kernel<Across>(view(turned.data() + r, {extent, 2}, {rows, 1}),
                       view(beside_one.data() + r, {1, 2}));
      }
      std::size_t failures = 0;
      for (std::size_t count = 1; count <= most_rows; ++count) {
        kernel<Along>(view(in.data(), {count, extent}), view(out.data(), {count, 1}));
        for (std::size_t r = 0; r < count; ++r) failures += bits(out[r]) != bits(alone[r]);
        if (count == 1) continue;
        kernel<Across>(view(turned.data(), {extent, count}, {rows, 1}),
                       view(out.data(), {1, count}));
        for (std::size_t r = 0; r < count; ++r) failures += bits(out[r]) != bits(beside_one[r]);
      }
      BOOST_TEST(failures == 0u, "of " << extent << " elements");
    }
  });
}

BOOST_AUTO_TEST_CASE(a_zero_of_a_row_does_not_depend_on_other_rows) {
  check_beside_others<reduce_max(x, {.axis = 1}), reduce_max(x, {.axis = 0}), float>(-1);
  check_beside_others<reduce_min(x, {.axis = 1}), reduce_min(x, {.axis = 0}), float>(1);
  check_beside_others<reduce_max(x, {.axis = 1}), reduce_max(x, {.axis = 0}), double>(-1);
  check_beside_others<reduce_max(x, {.axis = 1}), reduce_max(x, {.axis = 0}), float16>(-1);
}

/// What a row with one NaN gives is the same wherever it lies, apart from its own position, and
/// however long the row is.
template <auto Formula, class T>
void check_nan() {
  test::on_every_target([] {
    for (const double sign : {1.0, -1.0}) {
      const T nan = element_from<T>(std::copysign(std::nan(""), sign));
      const T one = element_from<T>(1);
      std::vector<T> first{nan, one};
      kernel<Formula>(first, first);
      std::size_t failures = 0;
      for (std::size_t extent = 2; extent <= 40; ++extent) {
        for (std::size_t at = 0; at < extent; ++at) {
          std::vector<T> row(extent, one);
          row[at] = nan;
          kernel<Formula>(row, row);
          for (std::size_t i = 0; i < extent; ++i) {
            failures += bits(row[i]) != bits(first[i == at ? 0 : 1]);
          }
        }
      }
      BOOST_TEST(failures == 0u, Formula << ", NaN of sign " << sign << ": " << failures);
    }
  });
}

BOOST_AUTO_TEST_CASE(the_sign_of_nan_does_not_depend_on_where_it_lies) {
  check_nan<softmax(x), float>();
  check_nan<log_softmax(x), float>();
  check_nan<x - reduce_max(x), double>();
  check_nan<x * rsqrt(reduce_mean(square(x)) + 1e-6), float16>();
}

}  // namespace
