// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <cstddef>
#include <type_traits>
#include <utility>

#include "fusor/kernel/dispatch.hpp"
#include "fusor/kernel/product.hpp"
#include "fusor/schedule/layer_chain.hpp"

/// Products behind each other, whose sizes are known when the program is compiled.
namespace fusor::detail {
inline namespace FUSOR_REFUSALS {
inline namespace FUSOR_DISPATCH {

/// A layer of a chain: a formula of the elements of `matmul(x, y)` and of further inputs, rows of
/// `Columns` numbers; y is packed, and has `Depth` rows.
template <auto Formula, std::size_t Depth, std::size_t Columns>
struct layer {
  static constexpr std::size_t input_total = input_count<std::remove_const_t<decltype(Formula)>>;
  using parts = products_of<Formula>;
  using around = decltype(simplify_forms(typename parts::outputs{}));
  static_assert(std::is_same_v<typename parts::products, form_list<form<op::matmul, in<0>, in<1>>>>,
                "layer: the formula has one product, matmul(x, y)");
  static_assert(is_element_wise<around> && !reads_slot<0, around> && !reads_slot<1, around>,
                "layer: around its product the formula is element-wise, of rows of weights");

  /// A row of one number counts as that number: the rows of the product follow each other then.
  template <class T, std::size_t I>
  using element =
      std::conditional_t<!reads_slot<I, around>, unread,
                         std::conditional_t<I != input_total && Columns == 1, constant, T>>;
  template <class T, std::size_t... I>
  static auto link_of(std::index_sequence<I...>)
      -> chain_link<plan<typename make_program<input_total + 1, around>::type, T, element_list<T>,
                         element_list<element<T, I>...>>,
                    Depth, Columns>;
  template <class T>
  using link = decltype(link_of<T>(std::make_index_sequence<input_total + 1>{}));
};

/// Layers behind each other, each of rows that the one before it computes. A row has the bits that
/// kernels of the formulas give it, called one after the other. Nothing is checked, and nothing is
/// allocated.
template <class T, class... Layers>
struct layer_chain {
  static constexpr std::size_t weight_total = ((Layers::input_total - 1) + ...);

  /// `weights` are, for each layer, the packed matrix and then the rows that its formula reads.
  static void run(std::size_t rows, const T* in, T* out, const T* const (&weights)[weight_total]) {
    using plan = chain_plan<T, typename Layers::template link<T>...>;
#if defined(FUSOR_STATIC_DISPATCH)
    HWY_STATIC_DISPATCH(run_chain<plan>)(weights, in, out, rows);
#else
    static constexpr loop_of_chain<T> table[] = {nullptr, HWY_CHOOSE_TARGET_LIST(run_chain<plan>),
                                                 HWY_CHOOSE_FALLBACK(run_chain<plan>)};
    chosen_loop(table)(weights, in, out, rows);
#endif
  }
};

}  // namespace FUSOR_DISPATCH
}  // namespace FUSOR_REFUSALS
}  // namespace fusor::detail

#include "fusor/end.hpp"
