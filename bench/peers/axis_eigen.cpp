// SPDX-License-Identifier: BSL-1.0
// Compiled for this machine (-O3 -march=native), as Eigen has to be: it does not choose an
// instruction set at run time.
#include <Eigen/Core>

#include "axis.hpp"

namespace bench {

namespace {

using matrix = Eigen::Array<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using matrix_in = Eigen::Map<const matrix>;
using matrix_out = Eigen::Map<matrix>;
using row_in = Eigen::Map<const Eigen::ArrayXf>;
using row_out = Eigen::Map<Eigen::ArrayXf>;

void softmax_row(const row_in& in, row_out& out) {
  out = (in - in.maxCoeff()).exp();
  out *= 1 / out.sum();
}
void softmax_columns(const matrix_in& in, matrix_out& out) {
  const Eigen::Array<float, 1, Eigen::Dynamic> largest = in.colwise().maxCoeff();
  out = (in.rowwise() - largest).exp();
  const Eigen::Array<float, 1, Eigen::Dynamic> inverse = out.colwise().sum().inverse();
  out.rowwise() *= inverse;
}

void log_softmax_row(const row_in& in, row_out& out) {
  const float largest = in.maxCoeff();
  out = in - (largest + std::log((in - largest).exp().sum()));
}
void log_softmax_columns(const matrix_in& in, matrix_out& out) {
  const Eigen::Array<float, 1, Eigen::Dynamic> largest = in.colwise().maxCoeff();
  const Eigen::Array<float, 1, Eigen::Dynamic> rest =
      largest + (in.rowwise() - largest).exp().colwise().sum().log();
  out = in.rowwise() - rest;
}

void rms_norm_row(const row_in& in, row_out& out) {
  out = in / std::sqrt(in.square().mean() + static_cast<float>(epsilon));
}
void rms_norm_columns(const matrix_in& in, matrix_out& out) {
  const Eigen::Array<float, 1, Eigen::Dynamic> factor =
      (in.square().colwise().mean() + static_cast<float>(epsilon)).rsqrt();
  out = in.rowwise() * factor;
}

using on_row = void (*)(const row_in&, row_out&);
using on_columns = void (*)(const matrix_in&, matrix_out&);

call by_rows(const task& t, on_row one, on_columns many) {
  const auto axis = static_cast<Eigen::Index>(t.axis);
  const auto inner = static_cast<Eigen::Index>(t.inner);
  return [=] {
    for (std::size_t i = 0; i < t.outer; ++i) {
      const float* const in = t.in + i * t.axis * t.inner;
      float* const out = t.out + i * t.axis * t.inner;
      if (inner == 1) {
        row_out to(out, axis);
        one(row_in(in, axis), to);
      } else {
        matrix_out to(out, axis, inner);
        many(matrix_in(in, axis, inner), to);
      }
    }
  };
}

}  // namespace

call prepare_eigen(const task& t) {
  switch (t.what) {
    case operation::softmax:
      return by_rows(t, softmax_row, softmax_columns);
    case operation::log_softmax:
      return by_rows(t, log_softmax_row, log_softmax_columns);
    case operation::rms_norm:
      return by_rows(t, rms_norm_row, rms_norm_columns);
    case operation::swiglu:
      break;
  }
  return [t] {
    const std::size_t half = t.axis * t.inner / 2;
    const auto count = static_cast<Eigen::Index>(half);
    for (std::size_t i = 0; i < t.outer; ++i) {
      const row_in a(t.in + 2 * i * half, count), b(t.in + (2 * i + 1) * half, count);
      row_out(t.out + i * half, count) = a * b / (1 + (-a).exp());
    }
  };
}

}  // namespace bench
