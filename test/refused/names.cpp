// SPDX-License-Identifier: BSL-1.0
// Misuse of names that is refused at compile time, in the manner of calls.cpp.
#include <fusor/registry/catalogue.hpp>

using namespace fusor;

constexpr auto mine = extend(catalogue, named<"swiglu">(silu(x) * y));
constexpr auto gate = activation<"swiglu", mine>;
constexpr auto smooth = "mish"_act;

#if FUSOR_MISUSE == 1
constexpr auto wrong = "misch"_act;
#elif FUSOR_MISUSE == 2
constexpr auto wrong = activation<"soft_max">;
#elif FUSOR_MISUSE == 3
constexpr auto wrong = "Mish"_act;
#elif FUSOR_MISUSE == 4
constexpr auto wrong = extend(catalogue, named<"mish">(silu));
#elif FUSOR_MISUSE == 5
constexpr auto wrong = extend(catalogue, named<"twice">(2 * x), named<"twice">(x + x));
#elif FUSOR_MISUSE == 6
constexpr auto wrong = named<"two">(2.0);
#elif FUSOR_MISUSE == 7
constexpr auto wrong = activation<"swigly", mine>;
#endif

int main() {}
