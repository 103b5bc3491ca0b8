// SPDX-License-Identifier: BSL-1.0
// Views of DLTensors that are refused at compile time, as in calls.cpp.
#include <fusor/interop/dlpack.hpp>

int main() {
  const DLTensor tensor{};
  (void)fusor::view<const float>(tensor);
#if FUSOR_MISUSE == 1
  (void)fusor::view<int>(tensor);
#endif
}
