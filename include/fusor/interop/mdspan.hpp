// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <concepts>
#include <cstddef>
#include <type_traits>

#include "fusor/language/error.hpp"
#include "fusor/language/view.hpp"

/// Views of mdspans. This header includes no implementation of mdspan and works with all: the
/// standard library's, the reference implementation's (Kokkos), CUDA's.
namespace fusor {

namespace detail {

/// std::mdspan, or a class with its members.
template <class T>
concept mdspan_like = requires(const T& span) {
  typename T::element_type;
  typename T::extents_type;
  typename T::mapping_type;
  typename T::accessor_type;
  std::integral_constant<std::size_t, T::rank()>{};
  span.data_handle();
  span.mapping();
  { span.is_strided() } -> std::convertible_to<bool>;
};

/// Whether the accessor is the one that an mdspan has where none is named.
template <class T>
inline constexpr bool has_default_accessor = false;
template <template <class...> class Mdspan, class T, class Extents, class Layout, class Accessor>
inline constexpr bool has_default_accessor<Mdspan<T, Extents, Layout, Accessor>> =
    std::same_as<Accessor, typename Mdspan<T, Extents>::accessor_type>;

template <class Mapping>
concept mapping_with_strides = Mapping::extents_type::rank()
== 0 || requires(const Mapping& mapping) {
  { mapping.stride(0) } -> std::integral;
};

}  // namespace detail

inline namespace FUSOR_REFUSALS {

/// The elements of an mdspan as a tensor: `kernel<softmax>(view(in), view(out))`.
///
/// Rank     that of the mdspan, 0 included; at most 32
/// Shape    its extents, static or dynamic
/// Strides  those of its layout: layout_right, layout_left, layout_stride, padded ones, slices
///          (submdspan), and layouts of your own that are strided
/// Const    mdspan<const float, ...> is viewed as const float
/// Refused  at compile time: an accessor other than the default one, as it may compute what it
///          gives; a layout without strides
/// Throws   shape_error if a layout that may have strides has none, or if the shape has more
///          elements than memory can hold
/// Source   ISO C++23, [mdspan.mdspan]
template <detail::mdspan_like Mdspan>
auto view(const Mdspan& span) {
  using mapping = typename Mdspan::mapping_type;
  constexpr bool is_memory = detail::has_default_accessor<Mdspan>;
  constexpr bool is_strided = detail::mapping_with_strides<mapping>;
  static_assert(is_memory,
                "view: the mdspan must have its default accessor; what another accessor gives may "
                "not be what is in memory");
  static_assert(is_strided, "view: the layout of the mdspan must have strides");
  if constexpr (is_memory && is_strided) {
    if (!span.is_strided())
      detail::refuse<shape_error>("view: the layout of the mdspan has no strides");
    tensor_view<typename Mdspan::element_type, Mdspan::rank()> result{span.data_handle(), {}, {}};
    if constexpr (Mdspan::rank() > 0) {
      for (std::size_t i = 0; i < Mdspan::rank(); ++i) {
        result.shape[i] = static_cast<std::size_t>(span.extent(i));
        result.strides[i] = static_cast<std::ptrdiff_t>(span.mapping().stride(i));
      }
    }
    detail::element_count(result.shape);
    return result;
  }
}

}  // namespace FUSOR_REFUSALS
}  // namespace fusor

#include "fusor/end.hpp"
