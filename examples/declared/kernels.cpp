// SPDX-License-Identifier: BSL-1.0
// The one file that holds their loops.
#include <fusor/fusor.hpp>

#include "kernels.hpp"

namespace model {

FUSOR_DEFINE_KERNEL(gate);
FUSOR_DEFINE_KERNEL(attention);

}  // namespace model
