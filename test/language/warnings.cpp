// SPDX-License-Identifier: BSL-1.0
// With -Weffc++ and -Wfloat-equal there is no warning from Fusor's headers; with FUSOR_MISUSE there
// is one from this file.
#include <fusor/fusor.hpp>
#include <fusor/interop/mdspan.hpp>
#include <fusor/registry/export.hpp>
#include <fusor/registry/registry.hpp>
#include <vector>

FUSOR_EXPORT_TYPE(gate, float, x* sigmoid(x), 1);

int main() {
  using namespace fusor;
  std::vector<float> a(6), b(6), c(2);
  std::vector<float16> half(6);
  std::vector<double> wide(6);
  kernel<x * tanh(softplus(x))>(a, b);
  kernel<celu(x, {.alpha = 2})>(a, half);
  kernel<squareplus>(wide);
  kernel<outputs(x + y, where(x == y, x, log(x) + erf(x) / normal_cdf(y)))>(a, 0.5f, b, a);
  kernel<softmax>(view(a, {2, 3}), view(b, {2, 3}));
  kernel<softmax(x, {.axis = 0})>(view(wide, {2, 3}), view(wide, {2, 3}));
  kernel<reduce_sum(square(x))>(view(a, {2, 3}), view(c, {2}));
#if defined(FUSOR_MISUSE)
  if (a[0] == b[0]) return 2;
#endif
  return explain<softmax>().empty() || to_string(gelu).empty() ? 1 : 0;
}
