// SPDX-License-Identifier: BSL-1.0
// Kernels whose loops are in declared_loops.cpp and declared_half.cpp.
#pragma once

#include <fusor/kernel/declared.hpp>

namespace layers {

FUSOR_DECLARE_KERNEL(gate, silu(x) * y);
FUSOR_DECLARE_KERNEL(probabilities, softmax(x / 2), element_types<float, double>);
FUSOR_DECLARE_KERNEL(halved, glu, element_types<float>);
FUSOR_DECLARE_KERNEL(normalised, (outputs(x - reduce_mean(x), reduce_max(abs(x)))),
                     element_types<float>);
FUSOR_DECLARE_KERNEL(filled, 2.5, element_types<float>);
FUSOR_DECLARE_KERNEL(never_defined, x + 1);

}  // namespace layers
