// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <cstddef>

#include "fusor/kernel/calls.hpp"
#include "fusor/language/operation.hpp"
#include "fusor/registry/registry.hpp"

/// The kernels of fusor::runtime by name, for files that are to compile quickly: no formula and no
/// loop is seen here.
///
///     #include <fusor/registry/kernels.hpp>
///     fusor::kernels::mish(in, out);
///     fusor::kernels::softmax(view(in, {rows, columns}), view(out, {rows, columns}));
///
/// The calls are those of `kernel<mish>`, with arrays of one element type, the same bits and the
/// same refusals; parameters have their defaults. Others, and `threshold`, whose parameters have
/// none, come from `get`.
namespace fusor {

namespace detail {

template <spelling Name>
struct runtime_body {
  static const handle_body& found() {
    static const handle_body body = find_activation(Name.text, {});
    return body;
  }
  template <call_kind Kind, class Input, class Output>
  static void run(const call& given) {
    found().run<Kind, Input, Output>(given);
  }
  template <class Element>
  static void run_numbers(const Element* value, Element* result) {
    found().run_numbers(value, result);
  }
};

template <spelling Name>
using runtime_kernel = kernel_calls<1, 1, runtime_body<Name>>;

}  // namespace detail

namespace kernels {

inline constexpr detail::runtime_kernel<"celu"> celu{};
inline constexpr detail::runtime_kernel<"elu"> elu{};
inline constexpr detail::runtime_kernel<"exponential"> exponential{};
inline constexpr detail::runtime_kernel<"gelu"> gelu{};
inline constexpr detail::runtime_kernel<"glu"> glu{};
inline constexpr detail::runtime_kernel<"hard_shrink"> hard_shrink{};
inline constexpr detail::runtime_kernel<"hard_sigmoid"> hard_sigmoid{};
inline constexpr detail::runtime_kernel<"hard_silu"> hard_silu{};
inline constexpr detail::runtime_kernel<"hard_tanh"> hard_tanh{};
inline constexpr detail::runtime_kernel<"leaky_relu"> leaky_relu{};
inline constexpr detail::runtime_kernel<"linear"> linear{};
inline constexpr detail::runtime_kernel<"log_sigmoid"> log_sigmoid{};
inline constexpr detail::runtime_kernel<"log_softmax"> log_softmax{};
inline constexpr detail::runtime_kernel<"mish"> mish{};
inline constexpr detail::runtime_kernel<"relu"> relu{};
inline constexpr detail::runtime_kernel<"relu6"> relu6{};
inline constexpr detail::runtime_kernel<"selu"> selu{};
inline constexpr detail::runtime_kernel<"sigmoid"> sigmoid{};
inline constexpr detail::runtime_kernel<"silu"> silu{};
inline constexpr detail::runtime_kernel<"soft_shrink"> soft_shrink{};
inline constexpr detail::runtime_kernel<"softmax"> softmax{};
inline constexpr detail::runtime_kernel<"softplus"> softplus{};
inline constexpr detail::runtime_kernel<"softsign"> softsign{};
inline constexpr detail::runtime_kernel<"sparse_plus"> sparse_plus{};
inline constexpr detail::runtime_kernel<"sparse_sigmoid"> sparse_sigmoid{};
inline constexpr detail::runtime_kernel<"sparsemax"> sparsemax{};
inline constexpr detail::runtime_kernel<"squareplus"> squareplus{};
inline constexpr detail::runtime_kernel<"tanh"> tanh{};
inline constexpr detail::runtime_kernel<"tanh_shrink"> tanh_shrink{};

}  // namespace kernels
}  // namespace fusor

#include "fusor/end.hpp"
