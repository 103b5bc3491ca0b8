// SPDX-License-Identifier: BSL-1.0
// Functions of angles.
#include "accuracy/formulas.hpp"

namespace fusor::test {

formulas trigonometric() {
  return {
      make_formula<sin(x)>("sin(x)", reference_sin{}),
      make_formula<cos(x)>("cos(x)", reference_cos{}),
      make_formula<atan(x)>("atan(x)", reference_atan{}),
  };
}

}  // namespace fusor::test
