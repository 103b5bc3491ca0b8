// SPDX-License-Identifier: BSL-1.0
// Views of Eigen's objects: every element in its place, and results that agree with Eigen's own.
#define BOOST_TEST_MODULE interop_eigen
#include <Eigen/Core>
#include <boost/test/unit_test.hpp>
#include <concepts>
#include <cstddef>
#include <fusor/fusor.hpp>
#include <fusor/interop/eigen.hpp>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "support/numbers.hpp"
#include "support/refusal.hpp"
#include "support/targets.hpp"

using namespace fusor;
using Eigen::Dynamic;
using Eigen::Index;
using fusor::test::refusal;

namespace {

using row_major_matrix = Eigen::Matrix<float, Dynamic, Dynamic, Eigen::RowMajor>;
using any_stride = Eigen::Stride<Dynamic, Dynamic>;

template <class Object>
using view_of = decltype(view(std::declval<Object>()));

/// Numbers from -8 to 8.
template <class Matrix>
Matrix random_matrix(Index rows, Index columns) {
  static std::mt19937 random(42);
  std::uniform_real_distribution<double> numbers(-8, 8);
  Matrix result(rows, columns);
  for (Index i = 0; i < rows; ++i) {
    for (Index j = 0; j < columns; ++j) {
      result(i, j) = static_cast<typename Matrix::Scalar>(numbers(random));
    }
  }
  return result;
}

/// Whether every position of the view is the element that Eigen has there.
template <class Element, class Object>
bool is_in_place(const tensor_view<Element, 1>& elements, Object&& object) {
  bool all = elements.shape[0] == static_cast<std::size_t>(object.size());
  for (Index i = 0; i < object.size(); ++i) {
    all = all && elements.data + i * elements.strides[0] == &object.coeffRef(i);
  }
  return all;
}
template <class Element, class Object>
bool is_in_place(const tensor_view<Element, 2>& elements, Object&& object) {
  bool all = elements.shape[0] == static_cast<std::size_t>(object.rows()) &&
             elements.shape[1] == static_cast<std::size_t>(object.cols());
  for (Index i = 0; i < object.rows(); ++i) {
    for (Index j = 0; j < object.cols(); ++j) {
      all = all && elements.data + i * elements.strides[0] + j * elements.strides[1] ==
                       &object.coeffRef(i, j);
    }
  }
  return all;
}

template <std::size_t Rank, class Object>
void check_in_place(const char* name, Object&& object) {
  const auto elements = view(std::forward<Object>(object));
  static_assert(elements.rank == Rank);
  BOOST_TEST(is_in_place(elements, object), name);
}
#define CHECK_IN_PLACE(rank, ...) check_in_place<rank>(#__VA_ARGS__, __VA_ARGS__)

/// What functions on any of Eigen's objects take.
template <class Derived>
auto view_of_base(Eigen::DenseBase<Derived>& object) {
  return view(object);
}

/// softmax of the rows, in double, by Eigen.
template <class Matrix>
Eigen::ArrayXXd softmax_of_rows(const Matrix& matrix) {
  const Eigen::ArrayXXd wide = matrix.template cast<double>().array();
  const Eigen::ArrayXXd powers = (wide.colwise() - wide.rowwise().maxCoeff().eval()).exp();
  return powers.colwise() / powers.rowwise().sum().eval();
}

/// The largest relative difference.
template <class Matrix, class Expected>
double difference(const Matrix& got, const Expected& expected) {
  const Eigen::ArrayXXd wide = got.template cast<double>().array();
  return ((wide - expected) / expected).abs().maxCoeff();
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_element_is_in_its_place) {
  Eigen::MatrixXf matrix(4, 6);
  row_major_matrix rows(4, 6);
  Eigen::Matrix<double, 3, 5> fixed;
  Eigen::Matrix<float, 2, 3, Eigen::RowMajor> fixed_rows;
  Eigen::ArrayXXd array(3, 7);
  Eigen::VectorXf vector(5);
  Eigen::RowVector3d row;
  CHECK_IN_PLACE(2, matrix);
  CHECK_IN_PLACE(2, rows);
  CHECK_IN_PLACE(2, fixed);
  CHECK_IN_PLACE(2, fixed_rows);
  CHECK_IN_PLACE(2, array);
  CHECK_IN_PLACE(1, vector);
  CHECK_IN_PLACE(1, row);

  CHECK_IN_PLACE(2, matrix.transpose());
  CHECK_IN_PLACE(2, rows.transpose());
  CHECK_IN_PLACE(2, fixed_rows.transpose());
  CHECK_IN_PLACE(1, vector.transpose());
  CHECK_IN_PLACE(2, matrix.block(1, 2, 2, 3));
  CHECK_IN_PLACE(2, matrix.block(1, 2, 2, 3).transpose());
  CHECK_IN_PLACE(2, rows.block<2, 3>(1, 2));
  CHECK_IN_PLACE(2, matrix.middleCols(1, 2));
  CHECK_IN_PLACE(2, matrix.leftCols(1));
  CHECK_IN_PLACE(1, matrix.leftCols<1>());
  CHECK_IN_PLACE(1, matrix.row(1));
  CHECK_IN_PLACE(1, matrix.col(2));
  CHECK_IN_PLACE(1, rows.row(1));
  CHECK_IN_PLACE(1, rows.col(2).transpose());
  CHECK_IN_PLACE(1, fixed.row(2).segment(1, 3));
  CHECK_IN_PLACE(1, vector.tail<2>());
  CHECK_IN_PLACE(1, matrix.diagonal());
  CHECK_IN_PLACE(1, rows.diagonal(-1));
  CHECK_IN_PLACE(2, matrix.reshaped(2, 12));
  CHECK_IN_PLACE(2, matrix.array());
  CHECK_IN_PLACE(2, array.matrix());

  std::vector<float> memory(100);
  Eigen::Map<Eigen::MatrixXf> map(memory.data(), 4, 5);
  Eigen::Map<row_major_matrix, 0, any_stride> strided(memory.data(), 4, 5, any_stride(20, 3));
  Eigen::Map<Eigen::MatrixXf, 0, Eigen::OuterStride<9>> outer(memory.data(), 4, 5);
  Eigen::Map<Eigen::VectorXf, 0, Eigen::InnerStride<>> inner(memory.data(), 5,
                                                             Eigen::InnerStride<>(7));
  Eigen::Ref<Eigen::MatrixXf> reference(matrix);
  CHECK_IN_PLACE(2, map);
  CHECK_IN_PLACE(2, strided);
  CHECK_IN_PLACE(2, strided.block(1, 1, 2, 3).transpose());
  CHECK_IN_PLACE(1, strided.row(2));
  CHECK_IN_PLACE(1, strided.diagonal());
  CHECK_IN_PLACE(2, outer);
  CHECK_IN_PLACE(1, inner);
  CHECK_IN_PLACE(2, reference);
  CHECK_IN_PLACE(2, Eigen::Map<Eigen::Matrix2f>(memory.data()));
  CHECK_IN_PLACE(2, Eigen::Ref<Eigen::MatrixXf>(matrix));

  BOOST_TEST(is_in_place(view_of_base(strided), strided));
  BOOST_TEST(is_in_place(view_of_base(vector), vector));

  // Of complex numbers the real and the imaginary parts.
  Eigen::MatrixXcf complex(2, 3);
  BOOST_TEST(view(complex.imag()).data - view(complex.real()).data == 1);
  BOOST_TEST(view(complex.imag()).strides[1] == 4);
}

BOOST_AUTO_TEST_CASE(constness_and_types) {
  using Eigen::MatrixXf;
  static_assert(std::same_as<view_of<MatrixXf&>, tensor_view<float, 2>>);
  static_assert(std::same_as<view_of<const MatrixXf&>, tensor_view<const float, 2>>);
  static_assert(std::same_as<view_of<Eigen::VectorXd&>, tensor_view<double, 1>>);
  static_assert(std::same_as<view_of<Eigen::Map<MatrixXf>>, tensor_view<float, 2>>);
  static_assert(std::same_as<view_of<Eigen::Map<const MatrixXf>>, tensor_view<const float, 2>>);
  static_assert(std::same_as<view_of<Eigen::Ref<MatrixXf>>, tensor_view<float, 2>>);
  static_assert(std::same_as<view_of<Eigen::Ref<const MatrixXf>&>, tensor_view<const float, 2>>);
  static_assert(std::same_as<view_of<decltype(std::declval<const MatrixXf&>().transpose())>,
                             tensor_view<const float, 2>>);
  static_assert(std::same_as<view_of<Eigen::MatrixX<Eigen::half>&>, tensor_view<float16, 2>>);
  static_assert(std::same_as<view_of<const Eigen::VectorX<Eigen::bfloat16>&>,
                             tensor_view<const bfloat16, 1>>);
  static_assert(std::same_as<view_of<Eigen::Matrix<float, 1, 1>&>, tensor_view<float, 1>>);
  BOOST_TEST(true);
}

BOOST_AUTO_TEST_CASE(softmax_along_both_axes_agrees_with_eigen) {
  test::on_every_target([] {
    for (const Index columns : {1, 2, 7, 16, 33, 100}) {
      const auto matrix = random_matrix<Eigen::MatrixXf>(5, columns);
      const row_major_matrix rows = matrix;
      const Eigen::ArrayXXd by_rows = softmax_of_rows(matrix);
      const Eigen::ArrayXXd by_columns = softmax_of_rows(matrix.transpose()).transpose();
      Eigen::MatrixXf out(5, columns);
      row_major_matrix out_rows(5, columns);
      kernel<softmax>(view(matrix), view(out));
      kernel<softmax>(view(matrix), view(out_rows));
      BOOST_TEST(difference(out, by_rows) < 4e-7);
      BOOST_TEST(difference(out_rows, by_rows) < 4e-7);
      kernel<softmax(x, {.axis = 0})>(view(rows), view(out));
      kernel<softmax(x, {.axis = 0})>(view(rows), view(out_rows));
      BOOST_TEST(difference(out, by_columns) < 4e-7);
      BOOST_TEST(difference(out_rows, by_columns) < 4e-7);
      // The columns are the rows of the transpose.
      Eigen::MatrixXf transposed(columns, 5);
      kernel<softmax>(view(rows.transpose()), view(transposed));
      BOOST_TEST(difference(transposed.transpose(), by_columns) < 4e-7);
    }
  });
}

BOOST_AUTO_TEST_CASE(nothing_beside_a_strided_map_is_touched) {
  test::on_every_target([] {
    constexpr Index rows = 6, columns = 11;
    const auto matrix = random_matrix<Eigen::MatrixXd>(rows, columns);
    const Eigen::ArrayXXd expected = softmax_of_rows(matrix);
    // Every third element of every second line of the memory, in either order, in place.
    for (const auto& strides : {any_stride(80, 3), any_stride(3, 40), any_stride(3, 80)}) {
      std::vector<double> memory(1000, 7);
      Eigen::Map<Eigen::MatrixXd, 0, any_stride> map(memory.data() + 5, rows, columns, strides);
      map = matrix;
      kernel<softmax>(view(map));
      BOOST_TEST(difference(map, expected) < 2e-15);
      map.setConstant(7);
      BOOST_TEST((memory == std::vector<double>(1000, 7)));
    }
    // A block, a row, a column and a diagonal of a larger matrix.
    Eigen::MatrixXd large = random_matrix<Eigen::MatrixXd>(20, 20);
    Eigen::MatrixXd by_hand = large;
    kernel<max(x, 0)>(view(large.block(2, 3, 7, 9)));
    by_hand.block(2, 3, 7, 9) = by_hand.block(2, 3, 7, 9).cwiseMax(0);
    kernel<-x>(view(large.row(15)));
    by_hand.row(15) *= -1;
    kernel<x + 1>(view(large.col(17)));
    by_hand.col(17).array() += 1;
    kernel<x * x>(view(large.diagonal()));
    by_hand.diagonal() = by_hand.diagonal().array().square();
    BOOST_TEST((large == by_hand));
  });
}

BOOST_AUTO_TEST_CASE(vectors_broadcast_and_reductions_give_vectors) {
  test::on_every_target([] {
    const auto matrix = random_matrix<Eigen::MatrixXf>(5, 9);
    const auto bias = random_matrix<Eigen::RowVectorXf>(1, 9);
    const auto column = random_matrix<Eigen::VectorXf>(5, 1);
    Eigen::MatrixXf out(5, 9);
    kernel<x + y>(view(matrix), view(bias), view(out));
    BOOST_TEST((out == matrix.rowwise() + bias));
    kernel<x + y>(view(matrix), view(column.data(), {column.size(), 1}), view(out));
    BOOST_TEST((out == matrix.colwise() + column));
    kernel<x * y>(view(matrix), 0.5f, view(out));
    BOOST_TEST((out == 0.5f * matrix));

    Eigen::VectorXf largest(5);
    kernel<reduce_max(x)>(view(matrix), view(largest));
    BOOST_TEST((largest == matrix.rowwise().maxCoeff()));
    Eigen::RowVectorXf smallest(9);
    kernel<reduce_min(x, {.axis = 0})>(view(matrix), view(smallest));
    BOOST_TEST((smallest == matrix.colwise().minCoeff()));
    Eigen::RowVectorXf sums(9);
    kernel<reduce_sum(x, {.axis = 0})>(view(matrix), view(sums));
    const Eigen::RowVectorXd wide = matrix.cast<double>().colwise().sum();
    BOOST_TEST((sums - wide.cast<float>()).cwiseAbs().maxCoeff() < 4e-6f);
  });
}

BOOST_AUTO_TEST_CASE(sixteen_bits_are_the_same_bits) {
  const auto check = []<class Theirs, class Ours>(Theirs, Ours) {
    // All values, as 256 rows of 256, NaN among them.
    Eigen::Matrix<Theirs, Dynamic, Dynamic, Eigen::RowMajor> in(256, 256), out(256, 256);
    std::vector<Ours> ours(65536), expected(65536);
    for (Index i = 0; i < 65536; ++i) {
      const auto bits = static_cast<std::uint16_t>(i);
      ours[static_cast<std::size_t>(i)].bits = bits;
      in.data()[i] = Eigen::numext::bit_cast<Theirs>(bits);
    }
    BOOST_TEST(static_cast<float>(in(64, 3)) == static_cast<float>(ours[64 * 256 + 3]));
    kernel<silu>(ours, expected);
    kernel<silu>(view(in), view(out));
    bool is_same = true;
    for (Index i = 0; i < 65536; ++i) {
      is_same = is_same && Eigen::numext::bit_cast<std::uint16_t>(out.data()[i]) ==
                               expected[static_cast<std::size_t>(i)].bits;
    }
    BOOST_TEST(is_same);
  };
  test::on_every_target([&] {
    check(Eigen::half(), float16());
    check(Eigen::bfloat16(), bfloat16());
  });
}

BOOST_AUTO_TEST_CASE(objects_without_elements) {
  Eigen::MatrixXf none(0, 3), no_columns(3, 0);
  kernel<softmax>(view(none));
  kernel<relu>(view(none.diagonal()));
  Eigen::VectorXf sums = Eigen::VectorXf::Constant(3, 7);
  kernel<reduce_sum(x)>(view(no_columns), view(sums));
  BOOST_TEST((sums == Eigen::VectorXf::Zero(3)));
}

BOOST_AUTO_TEST_CASE(what_is_refused) {
  const Eigen::MatrixXf in = Eigen::MatrixXf::Ones(3, 4);
  Eigen::MatrixXf out = Eigen::MatrixXf::Constant(4, 3, 7), square(3, 3);
  const Eigen::MatrixXf untouched = out;
  BOOST_TEST(
      refusal<shape_error>([&] { kernel<relu>(view(in), view(out)); }) ==
      "kernel: the input has shape (3, 4), which does not broadcast to (4, 3) of the output");
  kernel<relu>(view(in), view(out.transpose()));
  BOOST_TEST((out.transpose() == in));
  out = untouched;
  BOOST_TEST(
      refusal<overlap_error>([&] { kernel<relu>(view(square), view(square.transpose())); }) ==
      "kernel: the output overlaps the input; it would be written before it was read for the last "
      "time; pass memory apart from it");
  BOOST_TEST(refusal<axis_error>([&] {
               kernel<softmax(x, {.axis = 1})>(view(in.row(0)), view(out.col(0)));
             }) == "kernel: axis 1 is out of range for 1 axis");
  BOOST_TEST((out == untouched));
}
