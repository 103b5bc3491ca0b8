// SPDX-License-Identifier: BSL-1.0
// Misuse of declared kernels, in the manner of calls.cpp. As it stands it compiles, and links if a
// file defines the kernel.
#include <fusor/kernel/declared.hpp>
#include <vector>

#if FUSOR_MISUSE == 3
#include <fusor/fusor.hpp>
#endif

FUSOR_DECLARE_KERNEL(gate, silu(x) * y, element_types<float>);

#if FUSOR_MISUSE == 3
FUSOR_DEFINE_KERNEL(gate, double);
#elif FUSOR_MISUSE == 4
FUSOR_DECLARE_KERNEL(wrong, x, y);
#elif FUSOR_MISUSE == 5
FUSOR_DECLARE_KERNEL(wrong, threshold);
#elif FUSOR_MISUSE == 6
FUSOR_DECLARE_KERNEL(wrong, x + 1, element_types<int>);
#endif

int main() {
  std::vector<float> a(8);
  std::vector<double> b(8);
  gate(a, a, a);
#if FUSOR_MISUSE == 1
  gate(a, b, a);
#elif FUSOR_MISUSE == 2
  gate(b, b, b);
#elif FUSOR_MISUSE >= 4
  wrong(a, a);
#endif
}
