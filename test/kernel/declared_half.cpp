// SPDX-License-Identifier: BSL-1.0
// The other element types of one of the kernels.
#include <fusor/fusor.hpp>

#include "kernel/declared.hpp"

namespace layers {

FUSOR_DEFINE_KERNEL(gate, fusor::float16);

}  // namespace layers
