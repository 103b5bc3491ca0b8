// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>

#include "fusor/kernel/body.hpp"
#include "fusor/schedule/product_shape.hpp"
#include "fusor/schedule/row_signature.hpp"
#include "fusor/transform/products.hpp"

/// The operands of products of matrices: inputs as they are, and formulas.
namespace fusor::detail {
inline namespace FUSOR_REFUSALS {

/// What an input broadcasts with others to.
inline void broadcast_operand(shape_buffer& shape, const tensor_operand& operand) {
  if (operand.is_used && !broadcast_into(shape, operand.extents())) {
    refuse_with<shape_error>(
        {"kernel: the inputs of an operand of matmul have shapes that do not "
         "broadcast: one is ",
         operand.extents()});
  }
}

inline namespace FUSOR_DISPATCH {

/// The types of those inputs that formulas read; what they do not read counts as a number.
template <class Forms, class In, class Indices>
struct elements_read;
template <class Forms, class... In, std::size_t... I>
struct elements_read<Forms, element_list<In...>, std::index_sequence<I...>>
    : std::type_identity<element_list<std::conditional_t<reads_slot<I, Forms>, In, constant>...>> {
  static_assert(((!is_packed_operand<In> || !reads_slot<I, Forms>)&&... && true),
                "kernel: a packed matrix is the second operand of a matmul, and nothing else");
};

/// An operand that is an input as it is.
template <class Form, std::size_t Inputs, class In>
struct product_operand;
template <std::size_t Index, std::size_t Inputs, class In>
struct product_operand<in<Index>, Inputs, In> {
  using element = typename element_at<Index, In>::type;
  static constexpr bool is_formula = false;
  static constexpr bool is_packed = is_packed_operand<element>;
  static constexpr bool is_by_rows = true;
  static_assert(!is_constant<element>, "kernel: an operand of matmul is a matrix, not a number");

  static constexpr bool reads(std::size_t input) {
    return input == Index;
  }
  static tensor_operand take(std::span<tensor_operand> inputs, std::size_t*, std::ptrdiff_t*) {
    return inputs[Index];
  }
};

/// An operand that is a formula of inputs, of these element types.
template <class Form, std::size_t Inputs, class In>
struct product_operand {
  using forms = form_list<simplified_form<Form>>;
  using program = typename make_program<Inputs, forms>::type;
  using body = kernel_body<program, Inputs, 1>;
  using elements = typename elements_read<forms, In, std::make_index_sequence<Inputs>>::type;
  using rows = typename as_row_program<program>::type;
  static_assert(!description_of<
                    typename rows::parts,
                    typename slot_elements<typename rows::slots, elements>::type>::is_reduced()[0],
                "matmul: an operand that is made of reductions alone is not supported; call a "
                "kernel for it first");

  using element = void;
  static constexpr bool is_formula = true;
  static constexpr bool is_packed = false;
  static constexpr bool is_by_rows = is_row_wise<Form>;

  static constexpr bool reads(std::size_t input) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return ((I == input && reads_slot<I, forms>) || ...);
    }
    (std::make_index_sequence<Inputs>{});
  }

  /// Its shape; its elements are still to be computed.
  static tensor_operand take(std::span<tensor_operand> inputs, std::size_t* shape,
                             std::ptrdiff_t* strides) {
    shape_buffer all;
    using halved = with_slots<Inputs, forms>;
    add_slots<typename halved::outputs>(all, inputs, typename halved::slots{});
    tensor_operand made;
    made.shape = shape;
    made.strides = strides;
    made.rank = all.rank;
    made.is_plain = false;
    std::copy_n(all.extents.begin(), all.rank, shape);
    return made;
  }

  /// Computes a part of the operand, whose shape is broadcast to `all`.
  template <class Compute>
  static void compute_part(std::span<const tensor_operand> inputs, const shape_buffer& all,
                           const matrix_part& part, char* to, std::size_t pitch) {
    operand_axes<Inputs + 1, 2> room;
    std::array<tensor_operand, Inputs + 1> operands;
    const Compute unread = 0;
    for (std::size_t i = 0; i < Inputs; ++i) {
      room.give(i, operands[i]);
      if (reads(i)) {
        take_part(inputs[i], all, part, operands[i]);
      } else {
        operands[i].take_number(&unread);
      }
    }
    room.give(Inputs, operands[Inputs]);
    take_rows<Compute>(operands[Inputs], shape_of_part(part, all.rank), to, pitch);
    body::template run<call_kind::tensors, elements, element_list<Compute>>(
        {operands, {}, nullptr});
  }

  /// Computes the whole of it.
  template <class Compute>
  static void compute_all(const call& given, const tensor_operand& whole) {
    std::array<tensor_operand, Inputs + 1> operands;
    const Compute unread = 0;
    for (std::size_t i = 0; i < Inputs; ++i) {
      operands[i] = given.operands[i];
      if (!reads(i)) operands[i].take_number(&unread);
    }
    operands[Inputs] = whole;
    body::template run<call_kind::tensors, elements, element_list<Compute>>(
        {operands, {}, given.runs});
  }

 private:
  template <class Outputs, class... Slots>
  static void add_slots(shape_buffer& all, std::span<tensor_operand> inputs, form_list<Slots...>) {
    std::size_t rank = 0;
    for (std::size_t i = 0; i < Inputs; ++i) {
      if (reads(i) && inputs[i].is_used) rank = std::max(rank, inputs[i].rank);
    }
    operand_axes<1, most_axes> room;
    std::size_t index = 0;
    const auto add = [&]<class Slot>(std::type_identity<Slot>, bool is_read) {
      tensor_operand part;
      if (index < Inputs) {
        part = inputs[index];
      } else {
        room.give(0, part);
        take_slot<Slot>::take(inputs.data(), part, rank);
      }
      ++index;
      if (is_read) broadcast_operand(all, part);
    };
    [&]<std::size_t... S>(std::index_sequence<S...>) {
      (add(std::type_identity<Slots>{}, reads_slot<S, Outputs>), ...);
    }
    (std::index_sequence_for<Slots...>{});
  }
};

}  // namespace FUSOR_DISPATCH
}  // namespace FUSOR_REFUSALS
}  // namespace fusor::detail

#include "fusor/end.hpp"
