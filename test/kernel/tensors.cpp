// SPDX-License-Identifier: BSL-1.0
// Calls on views: broadcasting, in place, reduced outputs, and what is refused.
#define BOOST_TEST_MODULE kernel_tensors
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <fusor/fusor.hpp>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "support/numbers.hpp"
#include "support/refusal.hpp"
#include "support/rows.hpp"
#include "support/targets.hpp"

using namespace fusor;
using fusor::test::refusal;

namespace {

/// 0, 1, 2, ...
std::vector<float> counting(std::size_t count) {
  std::vector<float> values(count);
  std::iota(values.begin(), values.end(), 0.0f);
  return values;
}

}  // namespace

BOOST_AUTO_TEST_CASE(inputs_broadcast_to_the_output) {
  fusor::test::on_every_target([] {
    const std::vector<float> matrix = counting(6), bias = {10, 20, 30}, column = {100, 200};
    std::vector<float> out(6);
    kernel<x + y>(view(matrix, {2, 3}), view(bias, {3}), view(out, {2, 3}));
    BOOST_TEST((out == std::vector<float>{10, 21, 32, 13, 24, 35}));
    kernel<x + y>(view(matrix, {2, 3}), view(column, {2, 1}), view(out, {2, 3}));
    BOOST_TEST((out == std::vector<float>{100, 101, 102, 203, 204, 205}));
    kernel<x + y>(view(bias, {3}), view(column, {2, 1}), view(out, {2, 3}));
    BOOST_TEST((out == std::vector<float>{110, 120, 130, 210, 220, 230}));
    kernel<x * y>(view(matrix, {2, 3}), 2.0f, view(out, {2, 3}));
    BOOST_TEST((out == std::vector<float>{0, 2, 4, 6, 8, 10}));
    // The transpose, backwards, and every second column.
    kernel<-x>(view(matrix, {3, 2}, {1, 3}), view(out, {3, 2}));
    BOOST_TEST((out == std::vector<float>{0, -3, -1, -4, -2, -5}));
    kernel<-x>(view(matrix, {6}, {-1}, 5), view(out, {6}));
    BOOST_TEST((out == std::vector<float>{-5, -4, -3, -2, -1, 0}));
    std::vector<float> columns = counting(8);
    kernel<x + 100>(view(columns, {4}, {2}, 0), view(columns, {4}, {2}, 1));
    BOOST_TEST((columns == std::vector<float>{0, 100, 2, 102, 4, 104, 6, 106}));
  });
}

/// An input that is one element along the lanes, alone and beside others of every kind.
template <class T>
void check_one_element_along_lanes() {
  constexpr std::size_t rows = 5;
  for (const std::size_t columns : {1u, 2u, 7u, 16u, 20u, 33u, 100u, 1000u, 5000u}) {
    std::vector<T> in(rows), full(rows * columns), row(columns), out(rows * columns),
        two(out.size());
    for (std::size_t i = 0; i < rows; ++i) in[i] = T(static_cast<float>(i) - 2);
    for (std::size_t i = 0; i < full.size(); ++i) full[i] = T(static_cast<float>(i % 11) / 4);
    for (std::size_t i = 0; i < columns; ++i) row[i] = T(static_cast<float>(i % 5));
    const auto column = view(in, {rows, 1});
    const auto to = view(out, {rows, columns});
    const auto check = [&](const char* what, const auto& expected) {
      std::size_t wrong = 0;
      for (std::size_t i = 0; i < out.size(); ++i) {
        const float value =
            expected(static_cast<float>(in[i / columns]), static_cast<float>(full[i]),
                     static_cast<float>(row[i % columns]));
        wrong += out[i] == T(value) ? 0 : 1;
      }
      BOOST_TEST(wrong == 0u, what << ", " << columns << " columns");
    };
    kernel<x + 1>(column, to);
    check("alone", [](float c, float, float) { return c + 1; });
    kernel<x * y>(column, 2.0f, to);
    check("beside a number", [](float c, float, float) { return c * 2; });
    kernel<x * y>(column, column, to);
    check("twice", [](float c, float, float) { return c * c; });
    kernel<x - y>(view(full, {rows, columns}), column, to);
    check("beside a matrix", [](float c, float f, float) { return f - c; });
    kernel<x - y>(column, view(row, {columns}), to);
    check("beside a row", [](float c, float, float r) { return c - r; });
    kernel<x * y + z>(view(full, {rows, columns}), column, view(row, {columns}), to);
    check("beside both", [](float c, float f, float r) { return f * c + r; });
    kernel<outputs(x + 1, x + y)>(column, view(full, {rows, columns}), to,
                                  view(two, {rows, columns}));
    check("two outputs", [](float c, float, float) { return c + 1; });
    kernel<x + 1>(view(in.data() + 1, {1}), view(out, {rows * columns}));
    check("one element", [](float, float, float) { return 0.0f; });
  }
}

BOOST_AUTO_TEST_CASE(one_element_along_the_lanes) {
  fusor::test::on_every_target([] {
    check_one_element_along_lanes<float>();
    check_one_element_along_lanes<double>();
    check_one_element_along_lanes<float16>();
  });
}

BOOST_AUTO_TEST_CASE(a_half_that_is_one_element_along_the_lanes) {
  fusor::test::on_every_target([] {
    for (const std::size_t columns : {2u, 7u, 16u, 40u}) {
      // In an allocation of its own size: what lies behind it is another number, or no memory.
      const std::vector<float> in = {1, 2, 3, 4};
      std::vector<float> half(2 * columns), both(2 * columns);
      kernel<relu(first_half(x, {.axis = 0}))>(view(in, {4, 1}), view(half, {2, columns}));
      kernel<first_half(x, {.axis = 0}) * second_half(x, {.axis = 0})>(view(in, {4, 1}),
                                                                       view(both, {2, columns}));
      std::size_t wrong = 0;
      for (std::size_t i = 0; i < half.size(); ++i) {
        const std::size_t row = i / columns;
        wrong += half[i] != in[row] || both[i] != in[row] * in[row + 2];
      }
      BOOST_TEST(wrong == 0u, columns << " columns");
    }
  });
}

namespace {

/// Rows of a few elements in every layout that makes them lanes, or does not: the bits of arrays.
template <class T>
void check_short_rows() {
  constexpr auto formula = tanh(x) * y + z;
  for (const std::size_t columns : {1u, 2u, 3u, 5u, 8u, 15u, 16u, 17u, 40u}) {
    for (const std::size_t rows : {1u, 3u, 31u, 32u, 33u, 200u, 1500u}) {
      const std::size_t count = rows * columns;
      std::vector<T> in(count), turned(count), reversed(count), apart(2 * count + 8), scale(rows),
          scales(count), row(columns), all_rows(count), expected(count);
      for (std::size_t i = 0; i < count; ++i) {
        const std::size_t at = i / columns, of = i % columns;
        in[i] = T(static_cast<float>(i * 7 % 101) / 32 - 1);
        turned[of * rows + at] = reversed[count - 1 - i] = apart[2 * i] = in[i];
        scale[at] = scales[i] = T(static_cast<float>(at % 13) / 4);
        row[of] = all_rows[i] = T(static_cast<float>(of % 5) / 8);
      }
      kernel<formula>(in, scales, all_rows, expected);
      const auto r = static_cast<std::ptrdiff_t>(rows), c = static_cast<std::ptrdiff_t>(columns);
      const auto check = [&](const T* data, std::ptrdiff_t row_stride, std::ptrdiff_t stride) {
        const auto from = view(data, {rows, columns}, {row_stride, stride});
        std::vector<T> out(count), out_turned(count);
        kernel<formula>(from, view(scale, {rows, 1}), view(row, {columns}),
                        view(out, {rows, columns}));
        BOOST_TEST((out == expected), rows << " rows of " << columns);
        kernel<formula>(from, view(scale, {rows, 1}), view(row, {columns}),
                        view(out_turned, {rows, columns}, {1, r}));
        bool are_same = true;
        for (std::size_t i = 0; i < count; ++i) {
          are_same = are_same && out_turned[i % columns * rows + i / columns] == expected[i];
        }
        BOOST_TEST(are_same, rows << " rows of " << columns << ", turned");
      };
      check(in.data(), c, 1);
      check(turned.data(), 1, r);
      check(reversed.data() + count - 1, -c, -1);
      check(apart.data(), 2 * c, 2);
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(short_rows_in_every_layout) {
  fusor::test::on_every_target([] {
    check_short_rows<float>();
    check_short_rows<double>();
    check_short_rows<float16>();
  });
}

BOOST_AUTO_TEST_CASE(views_of_every_length_give_the_bits_of_plain_calls) {
  fusor::test::on_every_target([] {
    for (std::size_t columns = 1; columns < 70; ++columns) {
      const std::size_t count = 3 * columns;
      std::vector<float> in(2 * count), plain(count), strided(count), gathered(count);
      for (std::size_t i = 0; i < in.size(); ++i) in[i] = static_cast<float>(i % 37) / 4 - 5;
      std::vector<float> packed(count);
      for (std::size_t i = 0; i < count; ++i) packed[i] = in[2 * i];
      kernel<mish>(packed, plain);
      kernel<mish>(view(in, {3, columns}, {2 * columns, 2}), view(gathered, {3, columns}));
      kernel<mish>(view(packed, {columns, 3}, {1, columns}),
                   view(strided, {columns, 3}, {1, columns}));
      BOOST_TEST((gathered == plain), columns);
      BOOST_TEST((strided == plain), columns);
    }
  });
}

BOOST_AUTO_TEST_CASE(reductions_at_the_root_give_the_smaller_tensor) {
  fusor::test::on_every_target([] {
    const std::vector<float> in = counting(24);  // 2 x 3 x 4
    std::vector<float> rows(6), columns(8), middle(12), one(1), pairs(3);
    kernel<reduce_sum(x)>(view(in, {2, 3, 4}), view(rows, {2, 3}));
    BOOST_TEST((rows == std::vector<float>{6, 22, 38, 54, 70, 86}));
    kernel<reduce_max(x, {.axis = 1})>(view(in, {2, 3, 4}), view(columns, {2, 4}));
    BOOST_TEST((columns == std::vector<float>{8, 9, 10, 11, 20, 21, 22, 23}));
    kernel<reduce_mean(x, {.axis = 0})>(view(in, {2, 3, 4}), view(middle, {3, 4}));
    BOOST_TEST((middle == std::vector<float>{6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17}));
    kernel<reduce_sum(x, {.axis = {0, -1}})>(view(in, {2, 3, 4}), view(pairs, {3}));
    BOOST_TEST((pairs == std::vector<float>{60, 92, 124}));
    kernel<reduce_sum(x, {.axis = {0, -1}})>(view(in, {2, 3, 4}), view(pairs, {1, 3, 1}));
    BOOST_TEST((pairs == std::vector<float>{60, 92, 124}));
    kernel<reduce_min(x, {.axis = all_axes}) - 5>(view(in, {2, 3, 4}), view(one, {1, 1, 1}));
    BOOST_TEST(one[0] == -5);
    kernel<reduce_prod(x + 1, {.axis = 0})>(view(in, {2, 12}), view(middle, {12}));
    BOOST_TEST(middle[11] == 12 * 24);
    // Several outputs, one of them reduced; several inputs.
    std::vector<float> centred(24), means(6);
    kernel<outputs(x - reduce_mean(x), reduce_mean(x))>(view(in, {6, 4}), view(centred, {6, 4}),
                                                        view(means, {6}));
    BOOST_TEST(centred[3] == 1.5f);
    BOOST_TEST(means[5] == 21.5f);
    kernel<reduce_sum(x * y)>(view(in, {6, 4}), view(in.data(), {4}), view(rows, {6}));
    BOOST_TEST((rows == std::vector<float>{14, 38, 62, 86, 110, 134}));
    kernel<reduce_sum(x) * y>(view(in, {6, 4}), 2.0f, view(rows, {6}));
    BOOST_TEST((rows == std::vector<float>{12, 44, 76, 108, 140, 172}));
    // On a plain range.
    kernel<reduce_sum(x)>(in, view(one, {1}));
    BOOST_TEST(one[0] == 276);
  });
}

BOOST_AUTO_TEST_CASE(in_place_equals_out_of_place) {
  fusor::test::on_every_target([] {
    for (const std::size_t columns : {1u, 7u, 16u, 33u, 200u, 1500u}) {
      std::vector<float> in(3 * columns), out(3 * columns);
      for (std::size_t i = 0; i < in.size(); ++i) in[i] = static_cast<float>(i * 7 % 31) / 3;
      const std::ptrdiff_t n = static_cast<std::ptrdiff_t>(columns);
      std::vector<float> data = in;
      kernel<softmax>(view(in, {3, n}), view(out, {3, n}));
      kernel<softmax>(view(data, {3, n}));
      BOOST_TEST((data == out));
      // The same rows as columns: other loops, the same numbers to the last units.
      data = in;
      kernel<softmax(x, {.axis = 0})>(view(data, {n, 3}, {1, n}), view(data, {n, 3}, {1, n}));
      BOOST_TEST((data == out));
      // A row alone gives the bits that it gives beside others.
      std::vector<float> row(in.begin() + n, in.begin() + 2 * n);
      kernel<softmax>(row);
      BOOST_TEST(std::equal(row.begin(), row.end(), out.begin() + n));
    }
  });
}

BOOST_AUTO_TEST_CASE(halves) {
  fusor::test::on_every_target([] {
    std::vector<float> in = {1, 2, 3, 4, 5, 6, 7, 8}, out(4);
    kernel<first_half(x) - 10 * second_half(x)>(in, out);
    BOOST_TEST((out == std::vector<float>{-49, -58, -67, -76}));
    kernel<first_half(x, {.axis = 0}) * second_half(x, {.axis = 0})>(view(in, {4, 2}),
                                                                     view(out, {2, 2}));
    BOOST_TEST((out == std::vector<float>{5, 12, 21, 32}));
    kernel<second_half(first_half(x))>(in, view(out, {2}, {1}));
    BOOST_TEST(out[0] == 3);
    // Into the first half of the input itself.
    kernel<first_half(x) + second_half(x)>(view(in, {2, 4}), view(in, {2, 2}, {4, 1}));
    BOOST_TEST((in == std::vector<float>{4, 6, 3, 4, 12, 14, 7, 8}));
  });
}

BOOST_AUTO_TEST_CASE(nothing_to_do) {
  std::vector<float> none, sums(2, 7);
  kernel<softmax>(view(none, {0, 3}), view(none, {0, 3}));
  kernel<relu>(view(none, {2, 0}), view(none, {2, 0}));
  kernel<reduce_sum(x)>(view(none, {2, 0}), view(sums, {2}));
  BOOST_TEST((sums == std::vector<float>{0, 0}));
  kernel<reduce_prod(x)>(view(none, {2, 0}), view(sums, {2}));
  BOOST_TEST((sums == std::vector<float>{1, 1}));
  // The rows side by side, several reduced axes, and an output that has the empty axis.
  kernel<reduce_sum(x, {.axis = 0})>(view(none, {0, 2}), view(sums, {2}));
  BOOST_TEST((sums == std::vector<float>{0, 0}));
  kernel<reduce_prod(x, {.axis = {0, 2}})>(view(none, {3, 2, 0}), view(sums, {2}));
  BOOST_TEST((sums == std::vector<float>{1, 1}));
  kernel<outputs(x + reduce_sum(x, {.axis = 0}), reduce_sum(x, {.axis = 0}))>(
      view(none, {0, 2}), view(none, {0, 2}), view(sums, {2}));
  BOOST_TEST((sums == std::vector<float>{0, 0}));
  const std::size_t many = std::size_t{1} << 40;
  kernel<relu>(view(none, {0, many, many}), view(none, {0, many, many}));
  BOOST_TEST(
      refusal<axis_error>([&] { kernel<softmax>(none, none); }) ==
      "kernel: shape (0): the reduced axes are empty; the maximum of no elements is undefined");
}

/// An output that lacks the reduced axes may be computed from inputs that lack them as well: a sum
/// is added to what is there.
BOOST_AUTO_TEST_CASE(reductions_are_added_to_what_is_there) {
  fusor::test::on_every_target([] {
    for (const std::size_t rows : {1u, 2u, 8u, 21u}) {
      for (const std::size_t columns : {1u, 3u, 8u, 17u, 40u}) {
        const std::vector<float> in = counting(rows * columns);
        std::vector<float> sums(columns, 1000), more(rows, 500), expected_sums(columns, 1000),
            expected_more(rows, 500);
        for (std::size_t i = 0; i < rows * columns; ++i) {
          expected_sums[i % columns] += in[i];
          expected_more[i / columns] += 2 * in[i];
        }
        const auto all = view(in, {rows, columns});
        kernel<y + reduce_sum(x, {.axis = 0})>(all, view(sums, {1, columns}),
                                               view(sums, {1, columns}));
        BOOST_TEST((sums == expected_sums), rows << " rows of " << columns);
        kernel<y + 2 * reduce_sum(x)>(all, view(more, {rows, 1}), view(more, {rows}));
        BOOST_TEST((more == expected_more), rows << " rows of " << columns);
        // Out of place, and several at once.
        std::vector<float> out(rows), largest(rows);
        kernel<outputs(y * reduce_sum(exp(0.0 * x)), reduce_max(x))>(
            all, view(more, {rows, 1}), view(out, {rows}), view(largest, {rows, 1}));
        BOOST_TEST(out[rows - 1] == more[rows - 1] * static_cast<float>(columns));
        BOOST_TEST(largest[rows - 1] == in.back());
      }
    }
  });
}

/// An output may be the memory of an input whose elements have all been read when it is written.
BOOST_AUTO_TEST_CASE(outputs_on_the_memory_of_inputs) {
  const std::string too_early =
      "it would be written before it was read for the last time; pass memory apart from it";
  for (const std::size_t n : {2u, 3u, 17u, 40u}) {
    std::vector<float> matrix(n * n), vector(n, 1);
    for (std::size_t i = 0; i < n * n; ++i) matrix[i] = static_cast<float>(i % 7);
    const std::vector<float> before = vector;
    // v = A v, v = A^T v: rows that are reduced later still read v.
    const auto refused = [](const auto& call) { return refusal<overlap_error>(call); };
    BOOST_TEST(
        refused([&] {
          kernel<reduce_sum(x * y)>(view(matrix, {n, n}), view(vector, {n}), view(vector, {n}));
        }) == "kernel: the output overlaps input y; " + too_early);
    BOOST_TEST(
        refused([&] {
          kernel<reduce_sum(x * y)>(view(matrix, {n, n}), view(vector, {n}), view(vector, {n, 1}));
        }) == "kernel: the output overlaps input y; " + too_early);
    BOOST_TEST(refused([&] {
                 kernel<reduce_sum(x * y, {.axis = 0})>(view(matrix, {n, n}), view(vector, {n, 1}),
                                                        view(vector, {n}));
               }) == "kernel: the output overlaps input y; " + too_early);
    // The sums are there before the differences have been computed.
    std::vector<float> differences(n * n);
    BOOST_TEST(refused([&] {
                 kernel<outputs(x - reduce_max(x), reduce_sum(x))>(
                     view(vector, {n, 1}), view(differences, {n, n}), view(vector, {n}));
               }) == "kernel: output 2 overlaps the input; " + too_early);
    // In place, but turned.
    BOOST_TEST(refused([&] {
                 kernel<x + 1>(view(matrix, {n, n}, {1, n}), view(matrix, {n, n}));
               }) == "kernel: the output overlaps the input; " + too_early);
    BOOST_TEST((vector == before));
    // Each row reads the element that it writes, and no other.
    fusor::test::on_every_target([&] {
      std::vector<float> factors(n), expected(n);
      std::iota(factors.begin(), factors.end(), 1.0f);
      kernel<reduce_sum(x * y)>(view(matrix, {n, n}), view(factors, {n, 1}), view(expected, {n}));
      kernel<reduce_sum(x * y)>(view(matrix, {n, n}), view(factors, {n, 1}), view(factors, {n}));
      BOOST_TEST((factors == expected));
      std::iota(factors.begin(), factors.end(), 1.0f);
      kernel<reduce_sum(x * y, {.axis = 0})>(view(matrix, {n, n}), view(factors, {n}),
                                             view(expected, {n}));
      kernel<reduce_sum(x * y, {.axis = 0})>(view(matrix, {n, n}), view(factors, {n}),
                                             view(factors, {1, n}));
      BOOST_TEST((factors == expected));
    });
  }
}

BOOST_AUTO_TEST_CASE(elements_in_structures) {
  struct structure {
    float wide;
    float16 half, other_half;
  };
  std::vector<structure> all(40);
  for (std::size_t i = 0; i < 40; ++i) all[i] = {static_cast<float>(i), float16(), float16(7)};
  kernel<0.5 * x>(view(&all[0].wide, {40}, {2}), view(&all[0].half, {40}, {4}));
  kernel<x + 1>(view(&all[0].half, {40}, {4}), view(&all[0].wide, {40}, {2}));
  for (std::size_t i = 0; i < 40; ++i) {
    BOOST_TEST(all[i].wide == 0.5f * static_cast<float>(i) + 1);
    BOOST_TEST(static_cast<float>(all[i].other_half) == 7);
  }
  // The second half of a float and the half behind it.
  auto* const halves = reinterpret_cast<float16*>(&all[0].wide);
  BOOST_TEST(refusal<overlap_error>([&] {
               kernel<x + 1>(view(&all[0].wide, {39}, {2}), view(halves + 1, {39}, {4}));
             }) != "nothing");
}

BOOST_AUTO_TEST_CASE(outputs_that_overlap_themselves) {
  const std::vector<float> in(36, 1);
  std::vector<float> out(99, 7);
  const auto refused = [&](std::size_t rows, std::size_t columns, std::ptrdiff_t down,
                           std::ptrdiff_t right) {
    return refusal<overlap_error>([&] {
      kernel<x + 1>(view(in.data(), {rows, columns}),
                    view(out.data() + 40, {rows, columns}, {down, right}));
    });
  };
  BOOST_TEST(refused(3, 3, 1, 1) ==
             "kernel: the output, of shape (3, 3) and strides (1, 1), overlaps itself; every "
             "position needs an element of its own");
  BOOST_TEST(refused(3, 3, 2, 1) != "nothing");
  BOOST_TEST(refused(3, 3, -2, 1) != "nothing");
  BOOST_TEST(refused(3, 3, 1, -1) != "nothing");
  BOOST_TEST(refused(4, 4, 4, 6) != "nothing");
  BOOST_TEST((out == std::vector<float>(99, 7)));
  BOOST_TEST(refused(2, 2, 2, 1) == "nothing");
  BOOST_TEST(refused(2, 3, 3, 2) == "nothing");  // 0, 2, 4 and 3, 5, 7
  BOOST_TEST(refused(1, 3, 0, 2) == "nothing");
  BOOST_TEST(refused(3, 2, -2, 1) == "nothing");
  BOOST_TEST(refused(4, 3, 3, 4) == "nothing");
}

/// Whether the vectors of a reduction along the last axis lie across its rows. The last view is the
/// output.
template <class... Views>
bool lies_across(const Views&... views) {
  constexpr std::size_t total = sizeof...(views);
  constexpr std::array<bool, 1> is_reduced = {true};
  const int last = -1;
  const std::span<const int> axes[] = {{&last, 1}};
  detail::operand_axes<total, 2> room;
  std::ptrdiff_t loop_strides[3 * total];
  std::array<detail::tensor_operand, total> operands;
  for (std::size_t i = 0; i < total; ++i) room.give(i, operands[i]);
  std::size_t next = 0;
  (operands[next++].take_view(views), ...);
  detail::row_layout layout;
  detail::arrange(operands, total - 1, {axes, is_reduced, false, {}, 0, false, {}}, layout,
                  loop_strides);
  return layout.is_across;
}

/// What is read and written most decides along which axis vectors lie.
BOOST_AUTO_TEST_CASE(small_operands_do_not_choose_the_vectors) {
  std::vector<float> in(256 * 768), plain(256), columns(256, 0.0f), differences(256), largest(256),
      again(256);
  std::mt19937 random(7);
  for (float& value : in) value = static_cast<float>(random() % 1000) / 999;
  kernel<reduce_sum(x)>(view(in, {256, 768}), view(plain, {256}));
  kernel<reduce_sum(x - y)>(view(in, {256, 768}), view(columns, {256, 1}),
                            view(differences, {256}));
  BOOST_TEST((differences == plain));
  kernel<outputs(reduce_sum(x), reduce_max(x))>(view(in, {256, 768}), view(again, {256}),
                                                view(largest, {256}));
  BOOST_TEST((again == plain));
  // Columns of a matrix in memory order lie across; so they do beside a factor for each position.
  std::vector<float> weights(256), sums(768);
  float* const at = in.data();
  BOOST_TEST(!lies_across(view(at, {256, 768}), view(columns, {256, 1}), view(plain, {256})));
  BOOST_TEST(lies_across(view(at, {768, 256}, {1, 768}), view(sums, {768})));
  BOOST_TEST(lies_across(view(at, {768, 256}, {1, 768}), view(weights, {256}), view(sums, {768})));
}

BOOST_AUTO_TEST_CASE(what_is_refused) {
  std::vector<float> in(12, 1), out(12, 7);
  const std::vector<float> untouched = out;
  BOOST_TEST(refusal<axis_error>([&] {
               kernel<softmax(x, {.axis = 2})>(view(in, {3, 4}), view(out, {3, 4}));
             }) == "kernel: axis 2 is out of range for 2 axes");
  BOOST_TEST(refusal<axis_error>([&] { kernel<softmax(x, {.axis = -2})>(in, out); }) ==
             "kernel: axis -2 is out of range for 1 axis");
  BOOST_TEST(refusal<axis_error>([&] {
               kernel<reduce_sum(x, {.axis = {1, -1}})>(view(in, {3, 4}), view(out, {3}, {1}));
             }) == "kernel: axis -1 is listed twice");
  BOOST_TEST(refusal<axis_error>([&] {
               kernel<glu>(view(in, {4, 3}), view(out, {4, 3}));
             }) == "kernel: axis -1 of shape (4, 3) cannot be halved, its extent must be even");
  BOOST_TEST(refusal<shape_error>([&] { kernel<glu>(in, out); }) ==
             "kernel: the output has 12 elements, the first half of the input has 6");
  BOOST_TEST(refusal<shape_error>([&] {
               kernel<silu(first_half(x)) * second_half(x) + y>(view(in, {3, 4}), view(in, {3, 4}),
                                                                view(out, {3, 4}));
             }) ==
             "kernel: the first half of input x has shape (3, 2), which does not broadcast "
             "to (3, 4) of the output");
  BOOST_TEST(refusal<shape_error>([&] {
               kernel<x + y>(view(in, {3, 4}), view(in, {3}, {1}), view(out, {3, 4}));
             }) ==
             "kernel: input y has shape (3), which does not broadcast to (3, 4) of the output");
  BOOST_TEST(refusal<shape_error>([&] {
               kernel<reduce_sum(x)>(view(in, {3, 4}), view(out, {4}, {1}));
             }) == "kernel: the output has shape (4), the reduced formula has shape (3)");
  BOOST_TEST(refusal<overlap_error>([&] {
               kernel<x + 1>(view(in, {2, 3}, {4, 1}), view(in, {2, 3}, {4, 1}, 1));
             }) ==
             "kernel: the output overlaps the input; pass the same memory to work in place, "
             "or memory apart from it");
  BOOST_TEST(
      refusal<overlap_error>([&] { kernel<x + 1>(view(in, {3}, {1}), view(out, {3}, {0})); }) ==
      "kernel: the output has stride 0 along axis 0; every position needs an element "
      "of its own");
  BOOST_TEST(refusal<shape_error>([&] {
               (void)view(in, {3, 5});
             }) == "view: the shape (3, 5) has 15 elements, the buffer has 12");
  BOOST_TEST(refusal<shape_error>([&] {
               (void)view(in, {3, 2}, {5, 1}, 1);
             }) ==
             "view: the shape (3, 2) with strides (5, 1) from element 1 leaves the buffer of 12 "
             "elements");
  BOOST_TEST(refusal<shape_error>([&] { (void)view(in, {3}, {-1}); }) ==
             "view: the shape (3) with strides (-1) from element 0 leaves the buffer of 12 "
             "elements");
  BOOST_TEST(refusal<shape_error>([&] { (void)view(in, {-3}); }) ==
             "view: the shape (-3) has a negative extent");
  BOOST_TEST(refusal<shape_error>([&] {
               (void)view(in.data(), {std::size_t{1} << 40, std::size_t{1} << 40});
             }) ==
             "view: the shape (1099511627776, 1099511627776) has more elements than memory "
             "can hold");
  BOOST_TEST((out == untouched));
}

/// A formula that finds so much for each row that it has a larger workspace.
constexpr auto moments = [](auto v, auto... powers) {
  return outputs(reduce_sum(v) + (... + reduce_sum(powers)), v - reduce_mean(v * v));
};
constexpr auto many_scalars =
    moments(x, 1.5 * x, 2.5 * x, 3.5 * x, 4.5 * x, 5.5 * x, 6.5 * x, 7.5 * x, 8.5 * x, 9.5 * x,
            10.5 * x, 11.5 * x, 12.5 * x, 13.5 * x, 14.5 * x, 15.5 * x, 16.5 * x, 17.5 * x,
            18.5 * x, 19.5 * x, x* y, abs(x) * y, x* abs(y), abs(x* y));

BOOST_AUTO_TEST_CASE(many_scalars_of_rows) {
  test::on_every_target([] {
    for (const std::size_t extent : {1u, 5u, 40u, 300u, 5000u}) {
      const std::size_t rows = 20;
      std::vector<float> in(rows * extent), other(extent, -2), sums(rows), centred(in.size());
      for (std::size_t i = 0; i < in.size(); ++i) in[i] = static_cast<float>(i % 7) - 1;
      // 1 + 1.5 + ... + 19.5 = 200.5 times the sum of x; the rest has y = -2 in it.
      std::vector<double> expected(rows), square(rows);
      for (std::size_t i = 0; i < in.size(); ++i) {
        const double v = in[i];
        expected[i / extent] += 200.5 * v - 2 * v - 2 * std::abs(v) + 2 * v + 2 * std::abs(v);
        square[i / extent] += v * v / static_cast<double>(extent);
      }
      std::vector<float> strided(2 * in.size());
      for (std::size_t i = 0; i < in.size(); ++i) strided[2 * i] = in[i];
      const auto two = static_cast<std::ptrdiff_t>(2);
      for (const bool is_strided : {false, true}) {
        const std::ptrdiff_t step = is_strided ? two : 1;
        const auto from = view((is_strided ? strided : in).data(), {rows, extent},
                               {step * static_cast<std::ptrdiff_t>(extent), step});
        kernel<many_scalars>(from, view(other, {1, extent}), view(sums, {rows, 1}),
                             view(centred, {rows, extent}));
        double worst = 0;
        for (std::size_t r = 0; r < rows; ++r) {
          worst = std::max(worst, std::abs(sums[r] - expected[r]) / (1 + std::abs(expected[r])));
          for (std::size_t i = 0; i < extent; ++i) {
            const double right = in[r * extent + i] - square[r];
            worst = std::max(worst, std::abs(centred[r * extent + i] - right) / (1 + square[r]));
          }
        }
        BOOST_TEST(worst < 1e-6, extent << " elements: " << worst);
      }
    }
  });
}

/// Reductions that are solved for beside others of the same stage.
BOOST_AUTO_TEST_CASE(sparsemax_and_softmax_of_one_formula) {
  constexpr auto both = outputs(sparsemax(x), softmax(x));
  test::on_every_target([&] {
    for (const std::size_t extent : {10u, 64u, 300u, 3000u}) {
      const std::size_t rows = 20;
      std::vector<float> in(rows * extent), sparse(in.size()), soft(in.size()), expected(in.size());
      for (std::size_t i = 0; i < in.size(); ++i) in[i] = static_cast<float>(i * 7919 % 1000) / 250;
      const auto all = [&](std::vector<float>& of) { return view(of, {rows, extent}); };
      kernel<both>(all(in), all(sparse), all(soft));
      kernel<sparsemax(x)>(all(in), all(expected));
      BOOST_TEST((sparse == expected), "sparsemax of " << extent);
      kernel<softmax(x)>(all(in), all(expected));
      BOOST_TEST((soft == expected), "softmax of " << extent);
    }
  });
}

constexpr auto sum_of_16 = x + y + z + input<3> + input<4> + input<5> + input<6> + input<7> +
                           input<8> + input<9> + input<10> + input<11> + input<12> + input<13> +
                           input<14> + input<15>;

/// 16 inputs that are given by `of(0)`, `of(1)`, ...
template <auto Formula, class Of, class Output>
void call_with_16(const Of& of, const Output& output) {
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    kernel<Formula>(of(I)..., output);
  }
  (std::make_index_sequence<16>{});
}

template <auto Formula, class T>
void check_many_operands(std::size_t rows, std::size_t columns, bool are_biases, double expected) {
  const std::vector<T> in(rows * columns, static_cast<T>(1.0f));
  std::vector<T> out(in.size());
  call_with_16<Formula>(
      [&](std::size_t input) {
        return view(in.data(), {are_biases && input > 0 ? 1 : rows, columns});
      },
      view(out, {rows, columns}));
  double worst = 0;
  for (const T value : out) worst = std::max(worst, std::abs(test::to_double(value) - expected));
  BOOST_TEST(worst < (sizeof(T) == 2 ? 1e-3 : 1e-6) * std::max(1.0, expected),
             rows << " x " << columns << ": " << worst);
}

BOOST_AUTO_TEST_CASE(as_many_inputs_as_there_may_be) {
  test::on_every_target([] {
    for (const std::size_t columns : {3u, 5u, 7u, 10u, 11u, 13u, 60u, 300u}) {
      const double part = 1.0 / static_cast<double>(columns);
      for (const bool are_biases : {false, true}) {
        check_many_operands<sum_of_16, float>(400, columns, are_biases, 16);
        check_many_operands<softmax(sum_of_16), float>(40, columns, are_biases, part);
        check_many_operands<softmax(sum_of_16), float16>(40, columns, are_biases, part);
        check_many_operands<softmax(sum_of_16, {.axis = 0}), float16>(40, columns, are_biases,
                                                                      1.0 / 40);
      }
    }
  });
}
