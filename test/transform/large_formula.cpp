// SPDX-License-Identifier: BSL-1.0
// A formula of a hundred operations and operands, and its derivatives, for instantiations.cmake:
// how much a compiler has to do for it. FUSOR_DERIVATIVES is 0, 1 or 2; without it the kernel is x
// + 1.
#include <fusor/fusor.hpp>
#include <span>

using namespace fusor;

template <int Terms>
constexpr auto sum_of_terms() {
  const auto term = (0.5 + Terms) * tanh(1.25 / Terms * x + Terms) * exp(-x * x);
  if constexpr (Terms == 1) {
    return term;
  } else {
    return sum_of_terms<Terms - 1>() + term;
  }
}

#if !defined(FUSOR_DERIVATIVES)
constexpr auto formula_to_compile = x + 1;
#elif FUSOR_DERIVATIVES == 0
constexpr auto formula_to_compile = sum_of_terms<7>();
#elif FUSOR_DERIVATIVES == 1
constexpr auto formula_to_compile = derivative(sum_of_terms<7>());
#else
constexpr auto formula_to_compile = derivative(derivative(sum_of_terms<7>()));
#endif

void run(std::span<const float> in, std::span<float> out) {
  kernel<formula_to_compile>(in, out);
}
