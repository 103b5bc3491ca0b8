// SPDX-License-Identifier: BSL-1.0
// Views of Eigen's objects that are refused at compile time, as in calls.cpp.
#include <Eigen/Core>
#include <fusor/fusor.hpp>
#include <fusor/interop/eigen.hpp>
#include <fusor/interop/eigen_tensor.hpp>
#include <utility>

using namespace fusor;

int main() {
  Eigen::MatrixXf a(2, 2), b(2, 2);
  const Eigen::Ref<const Eigen::MatrixXf> reference(a);
  kernel<relu>(view(a), view(b));
  kernel<relu>(view(reference), view(b.transpose()));

#if FUSOR_MISUSE == 1
  kernel<relu>(view(a + b), view(b));
#elif FUSOR_MISUSE == 2
  kernel<relu>(view(a * b), view(b));
#elif FUSOR_MISUSE == 3
  kernel<relu>(view(a.reverse()), view(b));
#elif FUSOR_MISUSE == 4
  kernel<relu>(view(Eigen::MatrixXf(2, 2)), view(b));
#elif FUSOR_MISUSE == 5
  kernel<relu>(view(std::move(a)), view(b));
#elif FUSOR_MISUSE == 6
  kernel<relu>(view(Eigen::Ref<const Eigen::MatrixXf>(a * b)), view(b));
#elif FUSOR_MISUSE == 7
  Eigen::MatrixXi integers(2, 2);
  kernel<relu>(view(integers), view(b));
#elif FUSOR_MISUSE == 8
  kernel<relu>(view(a), view(std::as_const(b).row(1)));
#elif FUSOR_MISUSE == 9
  kernel<relu>(view(Eigen::Tensor<float, 2>(2, 2)), view(b));
#endif
}
