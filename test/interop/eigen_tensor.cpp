// SPDX-License-Identifier: BSL-1.0
// Views of Eigen's tensors: shapes, strides, and results that agree with Eigen's own.
#define BOOST_TEST_MODULE interop_eigen_tensor
#include <boost/test/unit_test.hpp>
#include <concepts>
#include <cstddef>
#include <fusor/fusor.hpp>
#include <fusor/interop/eigen_tensor.hpp>
#include <utility>
#include <vector>

using namespace fusor;

namespace {

template <class Object>
using view_of = decltype(view(std::declval<Object>()));

/// softmax along the last of three axes, by Eigen.
template <class Tensor>
Tensor softmax_of(const Tensor& in) {
  using row = Eigen::array<Eigen::Index, 1>;
  using all = Eigen::array<Eigen::Index, 3>;
  const all kept = {in.dimension(0), in.dimension(1), 1}, repeated = {1, 1, in.dimension(2)};
  const Tensor powers = in.exp();
  return powers / powers.sum(row{2}).reshape(kept).broadcast(repeated);
}

template <int Layout>
void check_layout() {
  using tensor = Eigen::Tensor<double, 3, Layout>;
  tensor in(3, 4, 5), out(3, 4, 5);
  in.setRandom();
  kernel<softmax>(view(in), view(out));
  const Eigen::Tensor<double, 0, Layout> difference = (out - softmax_of(in)).abs().maximum();
  BOOST_TEST(difference() < 1e-15);
  const auto elements = view(in);
  for (Eigen::Index i = 0; i < 3; ++i) {
    for (Eigen::Index j = 0; j < 4; ++j) {
      const Eigen::Index last = 4;
      BOOST_TEST(&in(i, j, last) == elements.data + i * elements.strides[0] +
                                        j * elements.strides[1] + last * elements.strides[2]);
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(both_layouts_agree_with_eigen) {
  check_layout<Eigen::ColMajor>();
  check_layout<Eigen::RowMajor>();
}

BOOST_AUTO_TEST_CASE(maps_fixed_sizes_and_scalars) {
  std::vector<float> memory = {1, -2, 3, -4, 5, -6};
  kernel<relu>(
      view(Eigen::TensorMap<Eigen::Tensor<float, 2, Eigen::RowMajor>>(memory.data(), 2, 3)));
  BOOST_TEST((memory == std::vector<float>{1, 0, 3, 0, 5, 0}));
  const Eigen::TensorMap<Eigen::Tensor<const float, 2>> columns(memory.data(), 2, 3);
  Eigen::TensorFixedSize<float, Eigen::Sizes<3>> sums;
  kernel<reduce_sum(x, {.axis = 0})>(view(columns), view(sums));
  BOOST_TEST((sums(0) == 1 && sums(1) == 3 && sums(2) == 5));
  Eigen::Tensor<float, 0> total;
  kernel<reduce_sum(x)>(view(sums), view(total));
  BOOST_TEST(total() == 9);
}

BOOST_AUTO_TEST_CASE(constness_and_types) {
  using Eigen::Tensor;
  static_assert(std::same_as<view_of<Tensor<float, 3>&>, tensor_view<float, 3>>);
  static_assert(std::same_as<view_of<const Tensor<float, 3>&>, tensor_view<const float, 3>>);
  static_assert(std::same_as<view_of<Eigen::TensorMap<Tensor<double, 4>>>, tensor_view<double, 4>>);
  static_assert(
      std::same_as<view_of<Eigen::TensorMap<const Tensor<float, 2>>>, tensor_view<const float, 2>>);
  static_assert(std::same_as<view_of<Tensor<Eigen::half, 1>&>, tensor_view<float16, 1>>);
  static_assert(
      std::same_as<view_of<const Tensor<Eigen::bfloat16, 1>&>, tensor_view<const bfloat16, 1>>);
  BOOST_TEST(true);
}
