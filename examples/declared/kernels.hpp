// SPDX-License-Identifier: BSL-1.0
// The kernels of a model, for every file that calls them: no loop is seen here.
#pragma once

#include <fusor/kernel/declared.hpp>

namespace model {

FUSOR_DECLARE_KERNEL(gate, silu(x) * y);  // float, double and the half types
FUSOR_DECLARE_KERNEL(attention, softmax(x * 0.125 + y), element_types<float>);  // y: the mask

}  // namespace model
