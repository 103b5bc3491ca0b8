// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <cstddef>
#include <type_traits>

#include "fusor/kernel/dispatch.hpp"
#include "fusor/kernel/product_operand.hpp"
#include "fusor/schedule/product_run.hpp"

/// One product of a call: from its forms and the types of its operands to the loops.
namespace fusor::detail {
inline namespace FUSOR_REFUSALS {
inline namespace FUSOR_DISPATCH {

/// The loops of a product on the instruction set of this CPU.
template <class Types>
const product_loops& chosen_product_loops() {
#if defined(FUSOR_STATIC_DISPATCH)
  return *HWY_STATIC_DISPATCH(product_loops_of<Types>)();
#else
  using table_of = const product_loops* (*)();
  static constexpr table_of table[] = {nullptr, HWY_CHOOSE_TARGET_LIST(product_loops_of<Types>),
                                       HWY_CHOOSE_FALLBACK(product_loops_of<Types>)};
  return *chosen_loop(table)();
#endif
}

/// One product of a call: its operands, and how it is run.
template <class Product, std::size_t Inputs, class In, class Compute>
class product_of_call;
template <class LeftForm, class RightForm, std::size_t Inputs, class In, class Compute>
class product_of_call<form<op::matmul, LeftForm, RightForm>, Inputs, In, Compute> {
  using left = product_operand<LeftForm, Inputs, In>;
  using right = product_operand<RightForm, Inputs, In>;
  static_assert(!left::is_packed,
                "kernel: a packed matrix is the second operand of a matmul, and nothing else");
  static_assert(!right::is_packed ||
                    std::is_same_v<typename right::element, packed_elements<Compute>>,
                "kernel: a packed matrix must hold what the call computes in: double if an array "
                "holds double, else float");
  template <class Operand>
  using element = std::conditional_t<
      Operand::is_packed, constant,
      std::conditional_t<Operand::is_formula, Compute, typename Operand::element>>;

 public:
  explicit product_of_call(const call& given)
      : given_(given),
        left_(left::take(given.operands, axes_.shapes[0], axes_.strides[0])),
        right_(right::take(given.operands, axes_.shapes[1], axes_.strides[1])),
        run_(chosen_product_loops<product_types<Compute, element<left>, element<right>>>(),
             shape_of_product(left_.extents(), right_.extents()), left_, right_) {}
  product_of_call(const product_of_call&) = delete;

  const product_shape& shape() const {
    return run_.shape();
  }
  static constexpr bool multiplies(std::size_t input) {
    return left::reads(input) || right::reads(input);
  }

  /// What there is to do before the first part.
  void prepare() {
    if constexpr (left::is_formula && left::is_by_rows) {
      run_.compute_left_by(&product_of_call::compute_left, this);
    } else if constexpr (left::is_formula) {
      compute_whole<left>(left_, left_memory_);
    }
    if constexpr (right::is_formula) compute_whole<right>(right_, right_memory_);
    run_.prepare(right::is_packed);
  }

  const product_run& run() const {
    return run_;
  }

 private:
  template <class Operand>
  void compute_whole(tensor_operand& operand, scratch<0>& memory) {
    shape_buffer shape;
    broadcast_into(shape, operand.extents());
    const std::size_t row = shape.extents[shape.rank - 1] * sizeof(Compute);
    take_rows<Compute>(operand, shape, memory.take(element_count(shape.span()) * sizeof(Compute)),
                       row);
    Operand::template compute_all<Compute>(given_, operand);
  }

  static void compute_left(const void* self, const matrix_part& part, char* to, std::size_t pitch) {
    const auto& product = *static_cast<const product_of_call*>(self);
    shape_buffer all = product.shape().result;
    all.extents[all.rank - 1] = product.shape().depth;
    left::template compute_part<Compute>(product.given_.operands, all, part, to, pitch);
  }

  const call& given_;
  operand_axes<2, most_axes> axes_;
  tensor_operand left_;
  tensor_operand right_;
  product_run run_;
  scratch<0> left_memory_;
  scratch<0> right_memory_;
};

}  // namespace FUSOR_DISPATCH
}  // namespace FUSOR_REFUSALS
}  // namespace fusor::detail

#include "fusor/end.hpp"
