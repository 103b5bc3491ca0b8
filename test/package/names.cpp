// SPDX-License-Identifier: BSL-1.0
// Every identifier of the catalogue in four ways: as a literal, at run time, and in C from a kernel
// that CMake made; in float and double, the same bits.
#include <bit>
#include <cstdint>
#include <cstdio>
#include <fusor/fusor.hpp>
#include <fusor/registry/registry.hpp>
#include <string_view>
#include <vector>

#include "name_kernels.h"

using namespace fusor;

namespace {

int failures = 0;
std::size_t names = 0;

template <class Bits, class T, class Literal, class Exported>
void check(const char* name, const activation_handle& handle, Literal literal, Exported exported) {
  std::vector<T> in, by_literal(101), by_handle(101), by_c(101);
  const std::size_t inputs = std::string_view(name) == "glu" ? 202 : 101;
  for (std::size_t i = 0; i < inputs; ++i) in.push_back(static_cast<T>(i) / 4 - 12);
  literal(in, by_literal);
  handle(in, by_handle);
  failures += exported(in.data(), by_c.data(), by_c.size()) != 0;
  for (std::size_t i = 0; i < by_c.size(); ++i) {
    if (std::bit_cast<Bits>(by_literal[i]) != std::bit_cast<Bits>(by_handle[i]) ||
        std::bit_cast<Bits>(by_literal[i]) != std::bit_cast<Bits>(by_c[i])) {
      std::printf("%s(%g) = %.17g, %.17g at run time, %.17g in C\n", name,
                  static_cast<double>(in[i]), static_cast<double>(by_literal[i]),
                  static_cast<double>(by_handle[i]), static_cast<double>(by_c[i]));
      ++failures;
    }
  }
}

}  // namespace

int main() {
#define FUSOR_NAME(name, ...)                                                               \
  {                                                                                         \
    const auto literal = [](const auto& in, auto& out) { kernel<(__VA_ARGS__)>(in, out); }; \
    const parameter_values parameters =                                                     \
        #name[0] == 't' && #name[2] == 'r'                                                  \
            ? parameter_values{{"threshold", 0.5}, {"default_value", -1}}                   \
            : parameter_values{};                                                           \
    check<std::uint32_t, float>(#name, get(#name, parameters), literal, name##_float);      \
    check<std::uint64_t, double>(#name, get(#name, parameters), literal, name##_double);    \
    ++names;                                                                                \
  }
#include "names.inc"
#undef FUSOR_NAME
  if (names != activation_names().size()) ++failures;
  std::printf(failures == 0 ? "OK: %zu names in four ways\n" : "FAILED: %zu names\n", names);
  return failures == 0 ? 0 : 1;
}
