// SPDX-License-Identifier: BSL-1.0
// Misuse of handles and of FUSOR_EXPORT that is refused at compile time, in the manner of
// calls.cpp.
#include <fusor/registry/export.hpp>
#include <fusor/registry/registry.hpp>
#include <vector>

FUSOR_EXPORT(product, x* y, 2);

#if FUSOR_MISUSE == 1
FUSOR_EXPORT(wrong, x* y);
#elif FUSOR_MISUSE == 2
FUSOR_EXPORT(wrong, outputs(x, 2 * x));
#elif FUSOR_MISUSE == 3
FUSOR_EXPORT(wrong, 42);
#endif

void call(const fusor::activation_handle& handle) {
  std::vector<float> in(4), out(4);
  handle(in, out);
#if FUSOR_MISUSE == 4
  std::vector<int> integers(4);
  handle(integers);
#elif FUSOR_MISUSE == 5
  std::vector<double> wide(4);
  handle(in, wide);
#endif
}
