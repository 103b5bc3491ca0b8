// SPDX-License-Identifier: BSL-1.0
// Activations by name at compile time: literals, a catalogue of your own, and going over all names.
#include <boost/hana/for_each.hpp>
#include <cstdio>
#include <fusor/fusor.hpp>
#include <vector>

using namespace fusor;

// A name that is not there is an error of the compiler, which shows the nearest ones.
static_assert(same_kernel<"swish"_act, silu>);
static_assert(same_kernel<activation<"mish">, mish>);

// Further names of your own. A name that is there already is refused.
constexpr auto mine = extend(catalogue, named<"swiglu">(silu(x) * y),
                             named<"quick_gelu">([](auto v) { return v * sigmoid(1.702 * v); }));

int main() {
  const std::vector<float> in = {-4, -1, 0, 1, 4}, weights(in.size(), 0.5f);
  std::vector<float> out(in.size()), gated(in.size());
  kernel<"hard_silu"_act>(in, out);
  kernel<"leaky_relu"_act(x, {.negative_slope = 0.1})>(in, out);
  kernel<activation<"swiglu", mine>>(in, weights, gated);

  for (const auto& parameter : parameters_of<"relu"_act>) {
    std::printf("relu: %s = %g, %s: %s\n", parameter.name, parameter.default_value(),
                parameter.range.text, parameter.meaning);
  }
  int count = 0;
  boost::hana::for_each(boost::hana::keys(mine), [&](auto key) {
    std::printf("%s%s", count++ == 0 ? "" : ", ", key.c_str());
  });
  std::printf("\n");

  const bool ok = out[0] == -0.4f && gated[4] == kernel<silu>(4.0f) * 0.5f &&
                  count == static_cast<int>(names_of(catalogue).size()) + 2;
  std::printf(ok ? "OK: %d names\n" : "FAILED: %d names\n", count);
  return ok ? 0 : 1;
}
