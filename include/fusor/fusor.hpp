// SPDX-License-Identifier: BSL-1.0
// No include guard here: each header below has its own, and simd may be needed once for
// every pass of foreach_target.h over the including file.

#include "fusor/begin.hpp"

#include "fusor/version.hpp"

#include "fusor/language/absent_functions.hpp"
#include "fusor/language/compose.hpp"
#include "fusor/language/derivative.hpp"
#include "fusor/language/derivative_from_output.hpp"
#include "fusor/language/error.hpp"
#include "fusor/language/expression.hpp"
#include "fusor/language/functions.hpp"
#include "fusor/language/kept.hpp"
#include "fusor/language/matmul.hpp"
#include "fusor/language/misuse.hpp"
#include "fusor/language/operation.hpp"
#include "fusor/language/operators.hpp"
#include "fusor/language/own_operation.hpp"
#include "fusor/language/packed.hpp"
#include "fusor/language/parameters.hpp"
#include "fusor/language/print.hpp"
#include "fusor/language/reduction.hpp"

#include "fusor/registry/catalogue.hpp"
#include "fusor/registry/parameters.hpp"

#include "fusor/simd/targets.hpp"
#if !defined(HWY_ONCE) || HWY_ONCE
#include "fusor/kernel/define.hpp"
#include "fusor/kernel/explain.hpp"
#include "fusor/kernel/kernel.hpp"
#include "fusor/kernel/layer_chain.hpp"
#include "fusor/kernel/parallel.hpp"
#include "fusor/kernel/product.hpp"
#include "fusor/kernel/schedule.hpp"
#include "fusor/language/view.hpp"
#endif

#include "fusor/end.hpp"
