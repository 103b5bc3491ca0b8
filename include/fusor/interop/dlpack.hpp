// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <dlpack/dlpack.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <type_traits>

#include "fusor/language/element.hpp"
#include "fusor/language/error.hpp"
#include "fusor/language/view.hpp"

/// Views of the tensors that libraries exchange through DLPack: NumPy, PyTorch, JAX, TensorFlow,
/// ... This header needs dlpack.h, of version 0.6 or later.
namespace fusor {

namespace detail {

/// The element types of kernels in the words of DLPack.
template <class T>
inline constexpr DLDataType dlpack_type = {};
template <>
inline constexpr DLDataType dlpack_type<float> = {kDLFloat, 32, 1};
template <>
inline constexpr DLDataType dlpack_type<double> = {kDLFloat, 64, 1};
template <>
inline constexpr DLDataType dlpack_type<float16> = {kDLFloat, 16, 1};
template <>
inline constexpr DLDataType dlpack_type<bfloat16> = {kDLBfloat, 16, 1};

template <class T>
bool has_elements_of(const DLTensor& tensor) {
  const DLDataType type = dlpack_type<T>;
  return tensor.dtype.code == type.code && tensor.dtype.bits == type.bits &&
         tensor.dtype.lanes == type.lanes;
}

/// "float32"; "float32 x 4" for elements of several lanes.
inline std::string print_type(const DLDataType& type) {
  std::string text;
  switch (type.code) {
    case kDLInt:
      text = "int";
      break;
    case kDLUInt:
      text = "uint";
      break;
    case kDLFloat:
      text = "float";
      break;
    case kDLBfloat:
      text = "bfloat";
      break;
    case kDLComplex:
      text = "complex";
      break;
    default:
      text = "type code " + std::to_string(type.code) + ", bits ";
  }
  text += std::to_string(type.bits);
  if (type.lanes != 1) text += " x " + std::to_string(type.lanes);
  return text;
}

inline namespace FUSOR_REFUSALS {

[[noreturn, gnu::cold]] inline void refuse_dlpack(const std::string& sentence) {
  refuse<shape_error>("view: the DLTensor " + sentence);
}

}  // namespace FUSOR_REFUSALS
}  // namespace detail

inline namespace FUSOR_REFUSALS {

/// The elements of a DLTensor as a tensor: `kernel<softmax>(view<const float>(in),
/// view<float>(out))`. T is what its dtype says, const where it is only read.
///
/// Rank     ndim, known at run time; 0 to 32
/// Shape    its shape
/// Strides  its strides; null means row-major. That they stay within memory is for its producer to
///          know
/// Data     begins at data + byte_offset and needs no alignment, not even that of T
/// Device   kDLCPU, or memory of the CPU that is pinned: kDLCUDAHost, kDLROCMHost
/// Types    float: kDLFloat 32; double: kDLFloat 64; float16: kDLFloat 16; bfloat16: kDLBfloat 16;
///          one lane
/// Owns     nothing: the DLManagedTensor that the DLTensor is part of must live as long as the view
///          is used
/// Throws   shape_error, if the device or the dtype is another, if ndim, an extent or the number of
///          elements is impossible, or if shape or data is null where it is needed
/// Source   https://dmlc.github.io/dlpack/latest/c_api.html
template <class T>
tensor_view<T, dynamic_rank> view(const DLTensor& tensor) {
  using element = std::remove_const_t<T>;
  static_assert(detail::dlpack_type<element>.bits != 0,
                "view: the elements of a DLTensor must be viewed as float, double, fusor::float16, "
                "fusor::bfloat16, or const of these");
  tensor_view<T, dynamic_rank> result{};
  switch (tensor.device.device_type) {
    case kDLCPU:
    case kDLCUDAHost:
    case kDLROCMHost:
      break;
    default:
      detail::refuse_dlpack("is on device type " + std::to_string(tensor.device.device_type) +
                            ", it must be in memory of the CPU");
  }
  if (!detail::has_elements_of<element>(tensor)) {
    detail::refuse_dlpack("has elements of " + detail::print_type(tensor.dtype) + ", not " +
                          detail::print_type(detail::dlpack_type<element>));
  }
  if (tensor.ndim < 0 || static_cast<std::size_t>(tensor.ndim) > detail::most_axes) {
    detail::refuse_dlpack("has " + std::to_string(tensor.ndim) + " axes, 0 to " +
                          std::to_string(detail::most_axes) + " are possible");
  }
  result.axes = static_cast<std::size_t>(tensor.ndim);
  if (result.axes != 0 && tensor.shape == nullptr) detail::refuse_dlpack("has axes, but no shape");
  for (std::size_t i = 0; i < result.axes; ++i) {
    if (tensor.shape[i] < 0) {
      detail::refuse_dlpack("has shape " +
                            detail::print_shape(std::span(tensor.shape, result.axes)) +
                            " with a negative extent");
    }
    result.shape[i] = static_cast<std::size_t>(detail::whole_number(tensor.shape[i]).value);
  }
  const std::size_t count = detail::element_count(std::span(result.shape).first(result.axes));
  if (count == 0) return result;
  if (tensor.data == nullptr) {
    detail::refuse_dlpack("has " + std::to_string(count) + " elements, but no data");
  }
  result.data = reinterpret_cast<T*>(static_cast<char*>(tensor.data) + tensor.byte_offset);
  std::ptrdiff_t row_major = 1;
  for (std::size_t i = result.axes; i-- > 0;) {
    result.strides[i] =
        tensor.strides == nullptr ? row_major : static_cast<std::ptrdiff_t>(tensor.strides[i]);
    row_major *= static_cast<std::ptrdiff_t>(result.shape[i]);
  }
  return result;
}

/// Calls `call` with the view of a DLTensor in the element type that its dtype says:
///
///     visit(in, [&](auto from) {
///       using element = typename decltype(from)::element_type;
///       kernel<softmax>(from, view<element>(out));
///     });
///
/// Returns what the call returns. Throws shape_error like `view`, and if kernels have no such
/// elements.
template <class Call>
decltype(auto) visit(const DLTensor& tensor, Call&& call) {
  if (detail::has_elements_of<float>(tensor)) return call(view<float>(tensor));
  if (detail::has_elements_of<double>(tensor)) return call(view<double>(tensor));
  if (detail::has_elements_of<float16>(tensor)) return call(view<float16>(tensor));
  if (detail::has_elements_of<bfloat16>(tensor)) return call(view<bfloat16>(tensor));
  detail::refuse_dlpack("has elements of " + detail::print_type(tensor.dtype) +
                        ", not float32, float64, float16 or bfloat16");
}

}  // namespace FUSOR_REFUSALS
}  // namespace fusor

#include "fusor/end.hpp"
