// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include "fusor/language/expression.hpp"

/// Functions of C that formulas do not have, and what to write instead.
namespace fusor {

#define FUSOR_NO_FUNCTION(name, sentence)                                 \
  template <class A, class... B>                                          \
  requires operands<A, B...>                                              \
  constexpr auto name(A a, B...) {                                        \
    static_assert(detail::never<A, B...>, "there is no " #name sentence); \
    return detail::lift(a);                                               \
  }
FUSOR_NO_FUNCTION(fabs, "; write abs(x)")
FUSOR_NO_FUNCTION(fmax, "; write max(x, y)")
FUSOR_NO_FUNCTION(fmin, "; write min(x, y)")
FUSOR_NO_FUNCTION(fma, "; write x * y + z, which is rounded once where that is one instruction")
FUSOR_NO_FUNCTION(fmod, "; write x - y * trunc(x / y) for x and y of similar size")
FUSOR_NO_FUNCTION(tan, "; write sin(x) / cos(x)")
FUSOR_NO_FUNCTION(asin, "; write atan(x / sqrt((1 - x) * (1 + x)))")
FUSOR_NO_FUNCTION(acos, "; write 2 * atan(sqrt((1 - x) / (1 + x)))")
FUSOR_NO_FUNCTION(atan2, "; write atan(y / x) for x > 0")
FUSOR_NO_FUNCTION(acosh, "; write log(x + sqrt(x * x - 1))")
FUSOR_NO_FUNCTION(atanh, "; write 0.5 * log((1 + x) / (1 - x))")
FUSOR_NO_FUNCTION(lgamma, "; see fusor/language/functions.hpp for the functions of formulas")
FUSOR_NO_FUNCTION(tgamma, "; see fusor/language/functions.hpp for the functions of formulas")

#undef FUSOR_NO_FUNCTION

}  // namespace fusor

#include "fusor/end.hpp"
