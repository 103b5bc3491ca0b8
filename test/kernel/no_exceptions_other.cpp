// SPDX-License-Identifier: BSL-1.0
// A file with exceptions in the same program: its calls throw.
#include "kernel/no_exceptions_other.hpp"

#include <fusor/fusor.hpp>
#include <vector>

bool kernel_refuses_there() {
  std::vector<float> in(12, 1.0f);
  std::vector<float> out(10, -7.0f);
  try {
    fusor::kernel<fusor::mish>(in, out);
  } catch (const fusor::shape_error&) {
    return out == std::vector<float>(10, -7.0f);
  }
  return false;
}

bool view_refuses_there() {
  std::vector<float> in(12, 1.0f);
  const int extent = 12;
  try {
    fusor::view(in, {extent, extent});
  } catch (const fusor::shape_error&) {
    return true;
  }
  return false;
}
