// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <algorithm>
#include <cstddef>

#include "fusor/language/compose.hpp"
#include "fusor/language/expression.hpp"
#include "fusor/language/operation.hpp"

/// Products of matrices inside a formula.
namespace fusor {

namespace detail {

template <class Expression>
inline constexpr bool has_matmul = false;
template <class Op, class... Children>
inline constexpr bool has_matmul<node<Op, Children...>> = (has_matmul<Children> || ...);
template <class A, class B>
inline constexpr bool has_matmul<node<op::matmul, A, B>> = true;
template <class... Expressions>
inline constexpr bool has_matmul<output_list<Expressions...>> = (has_matmul<Expressions> || ...);

}  // namespace detail

/// The product of matrices: element (i, j) is the sum of a(i, k) * b(k, j) over k.
///
///     kernel<mish(matmul(x, y) + z)>(view(in, {rows, 64}), packed(view(w, {64, 32})),
///                                    view(bias, {32}), view(out, {rows, 32}));
///
/// Shapes: a is (..., m, k), b is (..., k, n), the product (..., m, n); the axes before broadcast
/// by NumPy's rules. An a of shape (k) and a b of shape (k, n) give (n). b is an input, best of all
/// one that was packed once (see `packed`), or a formula of inputs; a is an input or a formula,
/// which is computed row by row as it is needed: `matmul(relu(x), y)`. What stands around a product
/// goes over a part of it as soon as that is there, while it is in the first-level cache: any
/// formula, and reductions along the last axis; reductions along others wait for the whole product,
/// which then takes memory of its own. A formula may have several products, but none inside an
/// operand of another, and takes ranges and views; a number or a pointer has no shape.
///
/// Limits: NaN and infinities as the sums give them, of no products (k = 0) 0.
///
/// Accuracy: each element is the sum of two, over the first half of k and over the rest (of fewer
/// than 32 elements one), each of them a chain of additions in the order of k, fused with the
/// multiplications where the instruction set has that, in double if an array or b is double, else
/// in float: the error is at most (k / 2 + 2) ULP of the sum of |a(i, k) * b(k, j)|. The bits of a
/// row depend on neither the number of rows, nor its position, nor threads, nor packing.
///
/// Throws shape_error where shapes do not fit, overlap_error where an output overlaps an operand of
/// a product.
///
/// Source: K. Goto, R. van de Geijn, Anatomy of high-performance matrix multiplication, ACM TOMS 34
/// (2008).
template <class A, class B>
requires operands<A, B>
constexpr auto matmul(A a, B b) {
  constexpr bool have_inputs = detail::input_count < A >> 0 && detail::input_count < B >> 0;
  constexpr bool is_product_of_product = detail::has_matmul<A> || detail::has_matmul<B>;
  static_assert(have_inputs, "matmul: both operands are matrices, not numbers");
  static_assert(!is_product_of_product,
                "matmul: an operand of a product cannot hold another product; call a kernel for it "
                "first");
  if constexpr (have_inputs && !is_product_of_product) {
    return detail::make_node<detail::op::matmul>(a, b);
  } else {
    return detail::make_node<detail::op::add>(a, b);  // so that it is the only error
  }
}

}  // namespace fusor

#include "fusor/end.hpp"
