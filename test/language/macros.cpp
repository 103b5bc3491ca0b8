// SPDX-License-Identifier: BSL-1.0
// After the macros of <windows.h>, <termios.h>, <X11/Xlib.h>, <complex.h>, Qt and AssertMacros.h,
// with the standard headers before: the macros are still there afterwards.
#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <charconv>
#include <cmath>
#include <complex>
#include <concepts>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <map>
#include <ostream>
#include <ranges>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include "support/macros.hpp"

#include <fusor/fusor.hpp>
#include <fusor/interop/mdspan.hpp>
#include <fusor/registry/export.hpp>
#include <fusor/registry/registry.hpp>

#if !defined(near) || !defined(far) || !defined(small) || !defined(interface) || !defined(B0)
#error "a macro is lost"
#endif
#if !defined(Bool) || !defined(Status) || !defined(None) || !defined(True) || !defined(False)
#error "a macro is lost"
#endif
#if !defined(Always) || !defined(Success) || !defined(I) || !defined(complex) || !defined(slots)
#error "a macro is lost"
#endif
#if !defined(signals) || !defined(emit) || !defined(check) || !defined(require) || !defined(verify)
#error "a macro is lost"
#endif
static_assert(min(1, 2) == 1 && max(1, 2) == 2);

FUSOR_EXPORT_TYPE(gate, float, x* sigmoid(1.702 * x), 1);

int main() {
  std::vector<float> data(12, 1.0f);
  const int status = gate_float(data.data(), data.data(), data.size());
  return status == FUSOR_OK && data[0] > 0.84f && data[0] < 0.85f ? 0 : 1;
}
