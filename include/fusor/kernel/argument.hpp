// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <type_traits>

#include "fusor/language/element.hpp"
#include "fusor/language/packed.hpp"
#include "fusor/language/view.hpp"
#include "fusor/schedule/element_list.hpp"
#include "fusor/schedule/operand.hpp"

/// The arguments of a call: what each is, what it holds, and what is refused at compile time.
namespace fusor::detail {

/// What an argument of a call is.
enum class argument_kind { number, range, view, packed, pointer, integer, unknown };

/// One element in place of an array; std::float16_t and the like count as what they hold.
template <class T>
concept floating_number = element<element_type<T>>;

template <class T>
constexpr argument_kind kind_of() {
  using bare = std::remove_cvref_t<T>;
  if constexpr (floating_number<bare>) {
    return argument_kind::number;
  } else if constexpr (std::is_integral_v<bare>) {
    return argument_kind::integer;
  } else if constexpr (is_tensor_view<bare>) {
    return argument_kind::view;
  } else if constexpr (is_packed<bare>) {
    return argument_kind::packed;
  } else if constexpr (std::ranges::contiguous_range<T> && std::ranges::sized_range<T>) {
    return argument_kind::range;
  } else if constexpr (std::is_pointer_v<bare>) {
    return argument_kind::pointer;
  } else {
    return argument_kind::unknown;
  }
}

template <class T>
constexpr auto pointed_at() {
  if constexpr (kind_of<T>() == argument_kind::range) {
    return std::type_identity<
        std::remove_reference_t<std::ranges::range_reference_t<std::remove_reference_t<T>>>>{};
  } else if constexpr (kind_of<T>() == argument_kind::view) {
    return std::type_identity<typename std::remove_cvref_t<T>::element_type>{};
  } else {
    return std::type_identity<std::remove_pointer_t<std::remove_cvref_t<T>>>{};
  }
}

/// The element type of a range, view or pointer argument, const where the elements are.
template <class T>
using element_of = typename decltype(pointed_at<T>())::type;

/// The element type of an output.
template <class T>
using output_element_of = element_type<element_of<T>>;

/// The element type of an input, or `constant` for a number.
template <class T, argument_kind Kind = kind_of<T>()>
struct input_element_of : std::type_identity<output_element_of<T>> {};
template <class T>
struct input_element_of<T, argument_kind::number> : std::type_identity<constant> {};
template <class T>
struct input_element_of<T, argument_kind::packed>
    : std::type_identity<packed_elements<typename packed_element<std::remove_cvref_t<T>>::type>> {};

/// What a call on numbers returns: their type if it is the same, else double if one is, else float.
template <class First, class... Rest>
struct number_result : std::conditional<(std::is_same_v<First, Rest> && ...), First,
                                        compute_type<element_list<First, Rest...>>> {};

/// Whether an argument, as deduced for a forwarding reference, is a temporary that owns its
/// elements, as a vector does and a span does not: those of a constant one are constant.
template <class T>
inline constexpr bool owns_dying_memory = false;
template <class T>
requires(!std::is_reference_v<T> && kind_of<T&>() == argument_kind::range &&
         !std::ranges::borrowed_range<T> &&
         !std::ranges::view<T>) inline constexpr bool owns_dying_memory<T> =
    !std::ranges::range<const T> || std::is_const_v<element_of<const T&>>;

/// Tensors of libraries that have a header of ours, by what these types have.
template <class T>
concept eigen_object = requires(const std::remove_cvref_t<T>& object) {
  object.derived();
  typename std::remove_cvref_t<T>::Scalar;
};
template <class T>
concept mdspan_object = requires(const std::remove_cvref_t<T>& object) {
  object.mapping();
  object.extents();
};
template <class T>
concept dlpack_object = requires(const std::remove_cvref_t<T>& object) {
  object.ndim;
  object.byte_offset;
};

/// Refuses an argument that no call takes at compile time, with one sentence; true if there was
/// nothing to refuse.
template <class T>
constexpr bool is_argument() {
  constexpr auto kind = kind_of<T>();
  constexpr bool is_known = kind != argument_kind::unknown;
  static_assert(is_known || !eigen_object<T>,
                "kernel: an Eigen object is passed as view(object), from "
                "<fusor/interop/eigen.hpp>");
  static_assert(is_known || !mdspan_object<T>,
                "kernel: an mdspan is passed as view(span), from <fusor/interop/mdspan.hpp>");
  static_assert(is_known || !dlpack_object<T>,
                "kernel: a DLTensor is passed as view<float>(tensor), from "
                "<fusor/interop/dlpack.hpp>");
  static_assert(is_known || eigen_object<T> || mdspan_object<T> || dlpack_object<T>,
                "kernel: an argument must be a contiguous range, a view, a pointer with a count, "
                "or a number");
  if constexpr (kind == argument_kind::range || kind == argument_kind::view ||
                kind == argument_kind::pointer) {
    constexpr bool is_element = element<element_type<element_of<T>>>;
    static_assert(is_element,
                  "kernel: elements must be float, double, fusor::float16 or fusor::bfloat16; "
                  "convert other types first");
    return is_element;
  }
  return is_known;
}

/// Refuses an input at compile time, with one sentence; true if there was nothing to refuse.
template <class T>
constexpr bool is_input() {
  constexpr auto kind = kind_of<T>();
  static_assert(kind != argument_kind::integer,
                "kernel: a number must be floating-point; write 2.0 instead of 2");
  return kind != argument_kind::integer;
}

/// The same for an output.
template <class T>
constexpr bool is_output() {
  constexpr auto kind = kind_of<T>();
  constexpr bool is_memory =
      kind == argument_kind::range || kind == argument_kind::view || kind == argument_kind::pointer;
  static_assert(is_memory,
                "kernel: an output must be a contiguous range, a view, or a pointer with a count");
  if constexpr (is_memory) {
    static_assert(!std::is_const_v<element_of<T>>,
                  "kernel: the output must be writable, its elements are const");
    return !std::is_const_v<element_of<T>>;
  }
  return false;
}

/// The number that an argument holds, in the type a kernel computes in; 0 for memory.
template <class Compute, class T>
constexpr Compute number_in(const T& argument) {
  if constexpr (std::is_same_v<T, float> || std::is_same_v<T, double>) {
    return static_cast<Compute>(argument);
  } else if constexpr (kind_of<const T&>() == argument_kind::number) {
    return static_cast<Compute>(static_cast<float>(std::bit_cast<element_type<T>>(argument)));
  } else {
    return 0;
  }
}

/// What an argument is as an operand, which has room for its axes. `number` holds the value of a
/// number.
template <class T>
void put_argument(T& argument, const void* number, tensor_operand& operand) {
  constexpr auto kind = kind_of<T&>();
  if constexpr (kind == argument_kind::view) {
    operand.take_view(argument);
  } else if constexpr (kind == argument_kind::packed) {
    const auto matrix = view_of_packed(argument);
    operand.take_packed(matrix.data, matrix.rows, matrix.columns);
  } else if constexpr (kind == argument_kind::range) {
    operand.take_array(std::ranges::data(argument), std::ranges::size(argument));
  } else if constexpr (kind == argument_kind::pointer) {
    operand.take_array(argument, any_count);
  } else {
    operand.take_number(number);
  }
}

/// The rank of a view, where it is known at compile time; of other arguments 0.
template <class T>
constexpr std::size_t fixed_rank() {
  if constexpr (kind_of<T>() == argument_kind::view) {
    constexpr std::size_t rank = std::remove_cvref_t<T>::rank;
    return rank == dynamic_rank ? 0 : rank;
  } else {
    return 0;
  }
}

/// The elements of a view that is one array, in which row follows row; else 0.
template <class T, std::size_t Rank>
constexpr std::size_t elements_in_order(const tensor_view<T, Rank>& view) {
  std::size_t count = 1;
  for (std::size_t i = Rank; i-- > 0;) {
    if (view.strides[i] != static_cast<std::ptrdiff_t>(count)) return 0;
    count *= view.shape[i];
  }
  return count;
}

/// Whether a view is a row of as many elements as the last axis of another one.
template <class T, class U, std::size_t Rank>
constexpr bool is_row_of(const tensor_view<T, 1>& row, const tensor_view<U, Rank>& of) {
  return row.shape[0] == of.shape[Rank - 1] && row.strides[0] == 1;
}

/// Whether an argument is contiguous memory; where it begins and how many elements it holds: of a
/// pointer as many as the call says.
template <class T>
constexpr bool is_array() {
  return kind_of<T>() == argument_kind::range || kind_of<T>() == argument_kind::pointer;
}
template <class T>
auto* array_data(T& argument) {
  if constexpr (kind_of<T&>() == argument_kind::range) {
    return std::ranges::data(argument);
  } else {
    return argument;
  }
}
template <class T>
std::size_t array_size(T& argument, std::size_t count) {
  if constexpr (kind_of<T&>() == argument_kind::range) {
    return std::ranges::size(argument);
  } else {
    return count;
  }
}

/// The count that ends a call.
template <class Integer>
constexpr call_count count_of(Integer count) {
  return {static_cast<std::size_t>(count), true, count < 0};
}

/// The most axes that an argument can have.
template <class T>
constexpr std::size_t axes_of() {
  if constexpr (kind_of<T>() == argument_kind::view) {
    constexpr std::size_t rank = std::remove_cvref_t<T>::rank;
    return rank == dynamic_rank ? most_axes : rank;
  } else if constexpr (kind_of<T>() == argument_kind::packed) {
    return 2;
  } else {
    return 1;
  }
}

/// Whether the arguments in memory are views, all of them.
template <class... Arguments>
inline constexpr bool all_views = !((kind_of<Arguments&>() == argument_kind::range ||
                                     kind_of<Arguments&>() == argument_kind::pointer) ||
                                    ...);

template <argument_kind... Kinds>
struct kind_list {
  static constexpr std::size_t size = sizeof...(Kinds);
  template <argument_kind Kind>
  static constexpr bool any = ((Kinds == Kind) || ...);
  static constexpr bool has_memory = any<argument_kind::range> || any<argument_kind::view> ||
                                     any<argument_kind::packed> || any<argument_kind::pointer>;
  static constexpr bool ends_with_count = [] {
    constexpr argument_kind kinds[] = {argument_kind::unknown, Kinds...};
    return kinds[size] == argument_kind::integer;
  }();
};

}  // namespace fusor::detail
