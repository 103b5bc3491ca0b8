// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <Eigen/Core>
#include <cstddef>
#include <type_traits>
#include <utility>

#include "fusor/language/element.hpp"
#include "fusor/language/view.hpp"

/// Views of Eigen's matrices, arrays and vectors. This header needs Eigen 3.4 or later.
namespace fusor {

namespace detail {

template <class Derived>
void as_dense(const Eigen::DenseBase<Derived>&);
template <class T>
concept eigen_dense = requires(const T& dense) {
  as_dense(dense);
};

/// Whether an expression is elements in memory with strides, rather than something to compute.
template <class Derived>
concept has_eigen_memory = (Derived::Flags & Eigen::DirectAccessBit) != 0 &&
                           requires(Derived& dense) {
  dense.data();
  dense.innerStride();
  dense.outerStride();
};

/// Whether an expression holds elements itself: Matrix, Array, and what may hold a copy.
template <class Derived>
std::true_type owns_elements(const Eigen::PlainObjectBase<Derived>&);
template <class Plain, int Options, class Stride>
std::true_type owns_elements(const Eigen::Ref<const Plain, Options, Stride>&);
template <class Expression>
std::true_type owns_elements(const Eigen::NestByValue<Expression>&);
std::false_type owns_elements(...);

/// From one element of a vector to the next.
template <class Vector>
std::ptrdiff_t step_of(const Vector& vector) {
  return vector.innerStride();
}
/// Of a diagonal, for what Eigen 3.4 says is true only of matrices whose own inner stride is 1.
template <class Matrix, int Index>
std::ptrdiff_t step_of(const Eigen::Diagonal<Matrix, Index>& diagonal) {
  return diagonal.nestedExpression().innerStride() + diagonal.nestedExpression().outerStride();
}

/// Eigen's 16-bit types as those of Fusor: the same bits.
template <class T>
T* elements_at(T* data) {
  return data;
}
inline float16* elements_at(Eigen::half* data) {
  static_assert(sizeof(Eigen::half) == sizeof(float16));
  return reinterpret_cast<float16*>(data);
}
inline const float16* elements_at(const Eigen::half* data) {
  return reinterpret_cast<const float16*>(data);
}
inline bfloat16* elements_at(Eigen::bfloat16* data) {
  static_assert(sizeof(Eigen::bfloat16) == sizeof(bfloat16));
  return reinterpret_cast<bfloat16*>(data);
}
inline const bfloat16* elements_at(const Eigen::bfloat16* data) {
  return reinterpret_cast<const bfloat16*>(data);
}

}  // namespace detail

/// The elements of a dense object of Eigen as a tensor: `kernel<softmax>(view(in), view(out))`.
///
/// Takes    Matrix, Array, Map, Ref, and blocks, rows, columns, segments, diagonals and transposes
///          of these; fixed and dynamic sizes, row- and column-major, any Stride
/// Shape    (rows, columns); of what is a vector at compile time (size). A vector broadcasts along
///          the rows of a matrix; `view(v.data(), {v.size(), 1})` along its columns
/// Strides  those of the object
/// Const    const objects, Map<const ...> and Ref<const ...> are viewed as const
/// Types    Eigen::half is viewed as float16, Eigen::bfloat16 as bfloat16
/// Refused  at compile time: expressions that are not in memory, as `a + b`; temporaries that own
///          their elements. What is made of such a temporary, as `MatrixXf(2, 3).transpose()`,
///          cannot be told apart and dangles
template <class Dense>
requires detail::eigen_dense<Dense>
auto view(Dense&& dense) {
  auto& object = dense.derived();
  using derived = std::remove_cvref_t<decltype(object)>;
  constexpr bool is_memory = detail::has_eigen_memory<derived>;
  constexpr bool stays = std::is_lvalue_reference_v<Dense> ||
                         !decltype(detail::owns_elements(std::declval<derived&>()))::value;
  static_assert(is_memory,
                "view: the Eigen expression is not in memory; assign it to a matrix or an array");
  static_assert(stays,
                "view: the Eigen object is a temporary that owns its elements; give it a name");
  if constexpr (is_memory && stays) {
    // What an object without elements says about their place may not be a pointer.
    const auto data = detail::elements_at(object.size() == 0 ? nullptr : object.data());
    using element = std::remove_pointer_t<std::remove_const_t<decltype(data)>>;
    if constexpr (derived::RowsAtCompileTime == 1 || derived::ColsAtCompileTime == 1) {
      return tensor_view<element, 1>{
          data, {static_cast<std::size_t>(object.size())}, {detail::step_of(object)}};
    } else {
      return tensor_view<element, 2>{
          data,
          {static_cast<std::size_t>(object.rows()), static_cast<std::size_t>(object.cols())},
          {object.rowStride(), object.colStride()}};
    }
  }
}

}  // namespace fusor

#include "fusor/end.hpp"
