// SPDX-License-Identifier: BSL-1.0
// softmax of tensors from outside, for dlpack_numpy.py.
#include <dlpack/dlpack.h>

#include <cstdio>
#include <exception>
#include <fusor/fusor.hpp>
#include <fusor/interop/dlpack.hpp>

using namespace fusor;

/// Along the last axis. Returns an empty text, or what was wrong.
extern "C" const char* softmax_of(const DLTensor* in, const DLTensor* out) {
  static char message[256];
  message[0] = '\0';
  try {
    visit(*in, [&](auto from) {
      kernel<softmax>(from, view<typename decltype(from)::element_type>(*out));
    });
  } catch (const std::exception& error) {
    std::snprintf(message, sizeof message, "%s", error.what());
  }
  return message;
}
