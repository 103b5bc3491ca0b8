// SPDX-License-Identifier: BSL-1.0
// The language alone, for measure_names.sh.
#include <fusor/language/compose.hpp>
#include <fusor/language/functions.hpp>
#include <fusor/language/operators.hpp>

constexpr auto formula = fusor::x * tanh(fusor::x);

int main() {}
