// SPDX-License-Identifier: BSL-1.0
// A dense layer whose matrices are Eigen's, and whose activation is one pass over them in place.
#include <Eigen/Core>
#include <cstdio>
#include <fusor/fusor.hpp>
#include <fusor/interop/eigen.hpp>

using namespace fusor;

int main() {
  // Four samples of three features, one in each column, as is usual with column-major matrices.
  Eigen::MatrixXf samples(3, 4);
  samples << 1, 2, 3, 4,  //
      0, -1, 0, 1,        //
      5, 2, -2, 0;
  Eigen::MatrixXf weights(2, 3);
  weights << 0.5f, -1, 0.25f,  //
      -0.5f, 1, 0.5f;
  const Eigen::Vector2f bias(0.1f, -0.2f);

  // gelu(W x + b): the product is Eigen's. The bias broadcasts along the columns.
  Eigen::MatrixXf hidden = weights * samples;
  kernel<gelu(x + y)>(view(hidden), view(bias.data(), {2, 1}), view(hidden));

  // Of each column, the probabilities of its two classes.
  Eigen::MatrixXf probabilities(2, 4);
  kernel<softmax(x, {.axis = 0})>(view(hidden), view(probabilities));

  // A block, in place; nothing else changes. A vector is a view of one axis.
  const Eigen::MatrixXf before = samples;
  kernel<relu>(view(samples.block(1, 1, 2, 2)));
  Eigen::VectorXf largest(3);
  kernel<reduce_max(x)>(view(samples), view(largest));

  for (Eigen::Index j = 0; j < 4; ++j) {
    std::printf("sample %td: %.4f %.4f\n", j, static_cast<double>(probabilities(0, j)),
                static_cast<double>(probabilities(1, j)));
  }

  const Eigen::ArrayXXf powers = hidden.array().exp();
  const Eigen::ArrayXXf expected = powers.rowwise() / powers.colwise().sum();
  const float difference = (probabilities.array() - expected).abs().maxCoeff();
  const bool is_block_alone = samples.row(0) == before.row(0) && samples.col(0) == before.col(0) &&
                              samples(2, 2) == 0 && samples.col(3) == before.col(3);
  if (difference > 1e-6f || !is_block_alone || largest != samples.rowwise().maxCoeff()) return 1;
  std::printf("OK: within %.0e of Eigen's softmax\n", 1e-6);
}
