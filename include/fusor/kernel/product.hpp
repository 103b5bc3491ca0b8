// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <cstddef>
#include <type_traits>

#include "fusor/kernel/body.hpp"
#include "fusor/kernel/call_with_products.hpp"
#include "fusor/language/compose.hpp"
#include "fusor/language/matmul.hpp"
#include "fusor/transform/products.hpp"

/// The kernels of formulas with products of matrices.
namespace fusor::detail {
inline namespace FUSOR_REFUSALS {
inline namespace FUSOR_DISPATCH {

/// What a call of a formula with products does: the body of its kernel. Formulas that are the same
/// share it.
template <class Products, class Around, std::size_t Inputs, std::size_t Outputs,
          std::size_t StackBytes>
struct product_body {
  template <call_kind, class In, class Out>
  static void run(const call& given) {
    if (given.count.is_given) {
      refuse<shape_error>(
          "kernel: a formula with matmul takes views and ranges, whose shapes say what is "
          "multiplied, and no count");
    }
    call_with_products<Products, Around, Inputs, StackBytes, In, Out>(given).run();
  }

  template <class Element>
  static void run_numbers(const Element*, Element*) {
    refuse<shape_error>("kernel: a formula with matmul takes views and ranges, not numbers");
  }
};

template <class... Forms>
auto simplify_forms(form_list<Forms...>) -> form_list<simplified_form<Forms>...>;

template <auto Expression>
struct choose_body<Expression, true> {
  using given = std::remove_const_t<decltype(Expression)>;
  using parts = products_of<Expression>;
  using type =
      product_body<typename parts::products, decltype(simplify_forms(typename parts::outputs{})),
                   input_count<given>, output_count<given>, product_bytes_on_stack>;
};

}  // namespace FUSOR_DISPATCH
}  // namespace FUSOR_REFUSALS
}  // namespace fusor::detail

#include "fusor/end.hpp"
