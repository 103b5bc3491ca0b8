// SPDX-License-Identifier: BSL-1.0
// Arrays that no cache holds are written past the caches: the same bits, in every position, and
// nothing beyond the ends.
#define BOOST_TEST_MODULE kernel_huge
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <fusor/fusor.hpp>
#include <vector>

#include "support/targets.hpp"

using namespace fusor;

namespace {

constexpr std::size_t count = (std::size_t{40} << 20) / sizeof(float) + 1003;  // 80 MiB in and out

/// Whether one call gives the bits of many calls on short pieces.
template <auto Formula, class T>
bool is_same_as_in_pieces(const std::vector<T>& in, std::size_t offset, bool is_in_place) {
  const std::size_t length = in.size() - 40;
  std::vector<T> out(in.size(), T(77)), pieces(in.size(), T(77));
  if (is_in_place) std::copy(in.begin(), in.end(), out.begin());
  const T* from = is_in_place ? out.data() + offset : in.data() + 1;
  const std::vector<T> source(from, from + length);
  kernel<Formula>(from, out.data() + offset, length);
  for (std::size_t at = 0; at < length; at += 5000) {
    kernel<Formula>(source.data() + at, pieces.data() + offset + at,
                    std::min<std::size_t>(5000, length - at));
  }
  if (is_in_place) {
    std::copy_n(in.begin(), offset, pieces.begin());
    std::copy(in.begin() + static_cast<std::ptrdiff_t>(offset + length), in.end(),
              pieces.begin() + static_cast<std::ptrdiff_t>(offset + length));
  }
  return out == pieces;
}

template <class T>
std::vector<T> ramp(std::size_t length) {
  std::vector<T> values(length);
  for (std::size_t i = 0; i < length; ++i) {
    values[i] = static_cast<T>(i % 4093) * T(0.005) - T(10);
  }
  return values;
}

}  // namespace

BOOST_AUTO_TEST_CASE(one_call_gives_the_bits_of_many) {
  const auto in = ramp<float>(count);
  const auto wide = ramp<double>(count / 2);
  fusor::test::on_every_target([&] {
    BOOST_TEST((is_same_as_in_pieces<max(x, 0)>(in, 0, false)));
    BOOST_TEST((is_same_as_in_pieces<max(x, 0)>(in, 3, false)));
    BOOST_TEST((is_same_as_in_pieces<max(x, 0)>(in, 5, true)));
    BOOST_TEST((is_same_as_in_pieces<max(x, 0.5)>(wide, 1, false)));
  });
  BOOST_TEST((is_same_as_in_pieces<x * sigmoid(x)>(in, 7, false)));
}
