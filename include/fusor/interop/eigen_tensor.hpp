// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <cstddef>
#include <type_traits>
#include <unsupported/Eigen/CXX11/Tensor>

#include "fusor/interop/eigen.hpp"
#include "fusor/language/view.hpp"

/// Views of Eigen's tensors, which TensorFlow uses too. This header needs Eigen 3.4 or later, with
/// its unsupported modules.
namespace fusor {

namespace detail {

template <class T>
inline constexpr bool is_eigen_tensor = false;
template <class Scalar, int Rank, int Options, class Index>
inline constexpr bool is_eigen_tensor<Eigen::Tensor<Scalar, Rank, Options, Index>> = true;
template <class Scalar, class Sizes, int Options, class Index>
inline constexpr bool is_eigen_tensor<Eigen::TensorFixedSize<Scalar, Sizes, Options, Index>> = true;

template <class T>
inline constexpr bool is_eigen_tensor_map = false;
template <class Plain, int Options, template <class> class MakePointer>
inline constexpr bool is_eigen_tensor_map<Eigen::TensorMap<Plain, Options, MakePointer>> = true;

}  // namespace detail

/// The elements of an Eigen::Tensor, TensorFixedSize or TensorMap as a tensor:
/// `kernel<softmax>(view(in), view(out))`.
///
/// Shape    its dimensions
/// Strides  row-major or column-major, as its layout says
/// Const    const tensors and TensorMap<const ...> are viewed as const
/// Types    Eigen::half is viewed as float16, Eigen::bfloat16 as bfloat16
/// Refused  at compile time: temporaries other than a TensorMap, as they own their elements.
///          Expressions, as slices and sums of tensors, have no view
template <class Tensor>
requires(detail::is_eigen_tensor<std::remove_cvref_t<Tensor>> ||
         detail::is_eigen_tensor_map<std::remove_cvref_t<Tensor>>) auto view(Tensor&& tensor) {
  using object = std::remove_cvref_t<Tensor>;
  constexpr bool stays = std::is_lvalue_reference_v<Tensor> || detail::is_eigen_tensor_map<object>;
  static_assert(stays,
                "view: the Eigen tensor is a temporary that owns its elements; give it a name");
  constexpr bool is_row_major = int{object::Layout} == int{Eigen::RowMajor};
  constexpr auto rank = static_cast<std::size_t>(object::NumIndices);
  const auto data = detail::elements_at(tensor.data());
  using element = std::remove_pointer_t<std::remove_const_t<decltype(data)>>;
  tensor_view<element, rank> result{data, {}, {}};
  std::ptrdiff_t stride = 1;
  for (std::size_t i = 0; i < rank; ++i) {
    // Some of Eigen's tensors take a signed number, some an unsigned one; this converts to both.
    const auto axis = static_cast<unsigned char>(is_row_major ? rank - 1 - i : i);
    result.shape[axis] = static_cast<std::size_t>(tensor.dimension(axis));
    result.strides[axis] = stride;
    stride *= tensor.dimension(axis);
  }
  return result;
}

}  // namespace fusor

#include "fusor/end.hpp"
