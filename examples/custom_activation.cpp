// SPDX-License-Identifier: BSL-1.0
// An activation of your own: as a value, as a lambda, and composed from others.
#include <cstdio>
#include <fusor/fusor.hpp>
#include <vector>

using namespace fusor;

// A formula is a value. It is an activation at once: `quick_gelu(2 * x)` puts 2 * x in place of x.
constexpr auto quick_gelu = x * sigmoid(1.702 * x);

// A lambda from an expression to an expression is an activation as well.
constexpr auto quick_gelu_lambda = [](auto v) { return v * sigmoid(1.702 * v); };

// With parameters: a struct of defaults and a lambda, as the built-in activations have it.
struct swish_parameters {
  double beta = 1;
};
constexpr auto swish = [](expression auto of, swish_parameters p = {}) {
  return of * sigmoid(p.beta * of);
};

// Where you know the derivative better than the rules can find it, say so: the parts of this one
// have a kink at 0 that the product has not.
constexpr auto symlog = with_derivative(sign(x) * log1p(abs(x)), 1 / (1 + abs(x)));

// Formulas that fold to the same work share one compiled loop.
static_assert(same_kernel<quick_gelu, quick_gelu_lambda>);
static_assert(same_kernel<quick_gelu, swish(x, {.beta = 1.702})>);
static_assert(same_kernel<silu, swish>);
static_assert(!same_kernel<silu, quick_gelu>);

int main() {
  const std::vector<float> in = {-3, -1, 0, 1, 3};
  std::vector<float> by_value(in.size()), by_lambda(in.size());
  kernel<quick_gelu>(in, by_value);
  kernel<quick_gelu_lambda>(in, by_lambda);

  constexpr auto composed = mish(2 * x + y);
  const float one = kernel<composed>(0.25f, 0.5f);

  std::printf("quick_gelu                 %s\n", to_string(quick_gelu).c_str());
  std::printf("swish with beta = 1.702    %s\n", to_string(swish(x, {.beta = 1.702})).c_str());
  std::printf("mish(2 * x + y)            %s\n", to_string(composed).c_str());
  std::printf("  at x = 0.25, y = 0.5     %g, and mish at 1 is %g\n", one, kernel<mish>(1.0f));
  for (std::size_t i = 0; i < in.size(); ++i) {
    std::printf("quick_gelu(%2g)             %g\n", in[i], by_value[i]);
  }
  std::printf("its derivative             %s\n", to_string(derivative(quick_gelu)).c_str());
  std::printf("that of symlog(2 * x)      %s\n", to_string(derivative(symlog(2 * x))).c_str());
  const bool ok = by_value == by_lambda && same_kernel<derivative(symlog), 1 / (1 + abs(x))> &&
                  one == kernel<mish>(1.0f) && to_string(quick_gelu) == "x * sigmoid(1.702 * x)";
  std::printf(ok ? "OK: value, lambda and composition agree\n" : "FAILED\n");
  return ok ? 0 : 1;
}
