// SPDX-License-Identifier: BSL-1.0
// Views of mdspans: every element in its place, and the results of views made by hand.
#define BOOST_TEST_MODULE interop_mdspan
#if defined(BOOST_TEST_DYN_LINK)
#include <boost/test/unit_test.hpp>
#else
#include <boost/test/included/unit_test.hpp>
#endif
#include <array>
#include <concepts>
#include <cstddef>
#include <fusor/fusor.hpp>
#include <fusor/interop/mdspan.hpp>
#include <mdspan>
#include <string>
#include <utility>
#include <vector>

#include "support/refusal.hpp"

using namespace fusor;
using fusor::test::refusal;

namespace {

/// A matrix, of which the layout is known to have strides only at run time.
struct layout_of_rows {
  template <class Extents>
  struct mapping {
    using extents_type = Extents;
    using index_type = typename Extents::index_type;
    using size_type = typename Extents::size_type;
    using rank_type = typename Extents::rank_type;
    using layout_type = layout_of_rows;

    Extents shape;
    std::array<index_type, 3> starts = {0, 4, 8};

    const Extents& extents() const {
      return shape;
    }
    index_type operator()(index_type i, index_type j) const {
      return starts[static_cast<std::size_t>(i)] + j;
    }
    index_type required_span_size() const {
      return 100;
    }
    static constexpr bool is_always_unique() {
      return true;
    }
    static constexpr bool is_always_exhaustive() {
      return false;
    }
    static constexpr bool is_always_strided() {
      return false;
    }
    static constexpr bool is_unique() {
      return true;
    }
    static constexpr bool is_exhaustive() {
      return false;
    }
    bool is_strided() const {
      return starts[1] - starts[0] == starts[2] - starts[1];
    }
    index_type stride(rank_type axis) const {
      return axis == 0 ? starts[1] - starts[0] : 1;
    }
    friend bool operator==(const mapping&, const mapping&) = default;
  };
};

/// 0, 1, 2, ... as numbers that a kernel changes.
std::vector<float> counting(std::size_t count) {
  std::vector<float> values(count);
  for (std::size_t i = 0; i < count; ++i) values[i] = static_cast<float>(i * 7 % 31) / 4;
  return values;
}

/// Whether the view has the elements that a matrix has.
template <class Mdspan>
bool is_in_place(const Mdspan& matrix) {
  const auto elements = view(matrix);
  static_assert(elements.rank == 2);
  bool all = true;
  for (std::size_t i = 0; i < elements.shape[0]; ++i) {
    for (std::size_t j = 0; j < elements.shape[1]; ++j) {
      using index = typename Mdspan::index_type;
      const float& element = matrix.accessor().access(
          matrix.data_handle(),
          static_cast<std::size_t>(matrix.mapping()(static_cast<index>(i), static_cast<index>(j))));
      all = all && &element == elements.data +
                                   static_cast<std::ptrdiff_t>(i) * elements.strides[0] +
                                   static_cast<std::ptrdiff_t>(j) * elements.strides[1];
    }
  }
  return all && elements.shape[0] == static_cast<std::size_t>(matrix.extent(0)) &&
         elements.shape[1] == static_cast<std::size_t>(matrix.extent(1));
}

template <class Extents, class... Strides>
auto strided(const Extents& extents, Strides... strides) {
  using index = typename Extents::index_type;
  return typename std::layout_stride::template mapping<Extents>(
      extents, std::array<index, sizeof...(Strides)>{static_cast<index>(strides)...});
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_element_is_in_its_place) {
  std::vector<float> data(200);
  float* const begin = data.data();
  using dynamic = std::dextents<std::size_t, 2>;
  using small = std::dextents<unsigned char, 2>;
  using fixed = std::extents<int, 3, 5>;
  using mixed = std::extents<long, 3, std::dynamic_extent>;
  BOOST_TEST(is_in_place(std::mdspan(begin, 3, 5)));
  BOOST_TEST(is_in_place(std::mdspan<float, dynamic, std::layout_left>(begin, 3, 5)));
  BOOST_TEST(is_in_place(std::mdspan<float, small, std::layout_left>(begin, 7, 9)));
  BOOST_TEST(is_in_place(std::mdspan<float, fixed>(begin)));
  BOOST_TEST(is_in_place(std::mdspan<const float, fixed, std::layout_left>(begin)));
  BOOST_TEST(is_in_place(std::mdspan<float, mixed>(begin, 5)));
  BOOST_TEST(is_in_place(std::mdspan<float, mixed, std::layout_left>(begin, 5)));
  BOOST_TEST(is_in_place(std::mdspan(begin, strided(dynamic(3, 5), 50, 7))));
  BOOST_TEST(is_in_place(std::mdspan(begin, strided(dynamic(3, 5), 2, 40))));
  BOOST_TEST(is_in_place(std::mdspan(begin, strided(fixed(), 11, 2))));
  BOOST_TEST(is_in_place(std::mdspan(begin, strided(mixed(5), 11, 2))));
}

BOOST_AUTO_TEST_CASE(constness_types_and_ranks) {
  std::vector<float> data = {1, 2};
  const std::mdspan<float, std::extents<int, 2>> writable(data.data());
  const std::mdspan<const double, std::dextents<int, 4>> wide(nullptr, 2, 0, 4, 5);
  static_assert(std::same_as<decltype(view(writable)), tensor_view<float, 1>>);
  static_assert(std::same_as<decltype(view(wide)), tensor_view<const double, 4>>);
  static_assert(
      std::same_as<decltype(view(std::declval<std::mdspan<float16, std::extents<int>>>())),
                   tensor_view<float16, 0>>);
  BOOST_TEST((view(wide).shape == std::array<std::size_t, 4>{2, 0, 4, 5}));
  kernel<-x>(view(writable));
  BOOST_TEST((data == std::vector<float>{-1, -2}));
  // A scalar, which broadcasts.
  const float ten = 10;
  const std::mdspan<const float, std::extents<int>> scalar(&ten);
  kernel<x + y>(view(writable), view(scalar), view(writable));
  BOOST_TEST((data == std::vector<float>{9, 8}));
}

BOOST_AUTO_TEST_CASE(results_are_those_of_views_made_by_hand) {
  const std::vector<float> data = counting(60);
  std::vector<float> got(60), expected(60);
  using shape = std::dextents<int, 3>;
  const std::mdspan<const float, shape> in(data.data(), 3, 4, 5);
  const std::mdspan<float, shape> out(got.data(), 3, 4, 5);
  kernel<softmax>(view(in), view(out));
  kernel<softmax>(view(data, {3, 4, 5}), view(expected, {3, 4, 5}));
  BOOST_TEST((got == expected));
  kernel<softmax(x, {.axis = 1})>(view(in), view(out));
  kernel<softmax(x, {.axis = 1})>(view(data, {3, 4, 5}), view(expected, {3, 4, 5}));
  BOOST_TEST((got == expected));
  // From one layout to the other.
  const std::mdspan<float, shape, std::layout_left> left(got.data(), 3, 4, 5);
  kernel<log_softmax(x, {.axis = 0})>(view(in), view(left));
  kernel<log_softmax(x, {.axis = 0})>(view(data, {3, 4, 5}), view(expected, {3, 4, 5}, {1, 3, 12}));
  BOOST_TEST((got == expected));
  // A bias along the last axis, and sums along the first.
  const std::mdspan<const float, std::extents<int, 5>> bias(data.data() + 7);
  kernel<x * y>(view(in), view(bias), view(out));
  BOOST_TEST(got[13] == data[13] * data[10]);
  std::vector<float> sums(20);
  kernel<reduce_sum(x, {.axis = 0})>(view(in), view(std::mdspan(sums.data(), 4, 5)));
  BOOST_TEST(sums[19] == data[19] + data[39] + data[59]);
}

BOOST_AUTO_TEST_CASE(nothing_beside_a_strided_mdspan_is_touched) {
  std::vector<double> data(100, 7);
  using shape = std::extents<int, 3, 4>;
  const std::mdspan matrix(data.data() + 5, strided(shape(), 28, 3));
  const auto at = [&](int i, int j) -> double& {
    return data[static_cast<std::size_t>(5 + 28 * i + 3 * j)];
  };
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 4; ++j) at(i, j) = i - j;
  }
  kernel<softmax(x, {.axis = 0})>(view(matrix));
  for (int j = 0; j < 4; ++j) {
    BOOST_TEST(at(0, j) + at(1, j) + at(2, j) == 1, boost::test_tools::tolerance(1e-15));
    BOOST_TEST(at(2, j) / at(1, j) == 2.718281828459045, boost::test_tools::tolerance(1e-15));
  }
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 4; ++j) at(i, j) = 7;
  }
  BOOST_TEST((data == std::vector<double>(100, 7)));
}

BOOST_AUTO_TEST_CASE(layouts_of_ones_own) {
  using shape = std::extents<int, 3, 4>;
  std::vector<float> data(12, -1);
  const std::mdspan<float, shape, layout_of_rows> rows(data.data(), {shape(), {0, 4, 8}});
  BOOST_TEST(is_in_place(rows));
  kernel<relu>(view(rows));
  BOOST_TEST((data == std::vector<float>(12, 0)));
  const std::mdspan<float, shape, layout_of_rows> uneven(data.data(), {shape(), {0, 4, 7}});
  BOOST_TEST(refusal<shape_error>([&] { (void)view(uneven); }) ==
             "view: the layout of the mdspan has no strides");
}

BOOST_AUTO_TEST_CASE(what_is_refused) {
  std::vector<float> in(12), out(12, 7);
  const std::mdspan from(in.data(), 3, 4), to(out.data(), 4, 3);
  BOOST_TEST(
      refusal<shape_error>([&] { kernel<relu>(view(from), view(to)); }) ==
      "kernel: the input has shape (3, 4), which does not broadcast to (4, 3) of the output");
  const std::mdspan<const float, std::dextents<int, 2>> none(nullptr, 4, 3);
  BOOST_TEST(refusal<shape_error>([&] { kernel<relu>(view(none), view(to)); }) ==
             "kernel: the input is null, with a count of 12");
  BOOST_TEST((out == std::vector<float>(12, 7)));
}
