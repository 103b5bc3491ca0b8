// SPDX-License-Identifier: BSL-1.0
// No include guard here: each header below has its own, and simd may be needed once for
// every pass of foreach_target.h over the including file.

#include "fusor/begin.hpp"

#include "fusor/version.hpp"

#include "fusor/language/compose.hpp"
#include "fusor/language/error.hpp"
#include "fusor/language/expression.hpp"
#include "fusor/language/functions.hpp"
#include "fusor/language/misuse.hpp"
#include "fusor/language/operation.hpp"
#include "fusor/language/operators.hpp"
#include "fusor/language/parameters.hpp"
#include "fusor/language/print.hpp"
#include "fusor/language/reduction.hpp"

#include "fusor/activation/celu.hpp"
#include "fusor/activation/elu.hpp"
#include "fusor/activation/exponential.hpp"
#include "fusor/activation/gelu.hpp"
#include "fusor/activation/glu.hpp"
#include "fusor/activation/hard_shrink.hpp"
#include "fusor/activation/hard_sigmoid.hpp"
#include "fusor/activation/hard_silu.hpp"
#include "fusor/activation/hard_tanh.hpp"
#include "fusor/activation/leaky_relu.hpp"
#include "fusor/activation/linear.hpp"
#include "fusor/activation/log_sigmoid.hpp"
#include "fusor/activation/log_softmax.hpp"
#include "fusor/activation/mish.hpp"
#include "fusor/activation/relu.hpp"
#include "fusor/activation/relu6.hpp"
#include "fusor/activation/selu.hpp"
#include "fusor/activation/sigmoid.hpp"
#include "fusor/activation/silu.hpp"
#include "fusor/activation/soft_shrink.hpp"
#include "fusor/activation/softmax.hpp"
#include "fusor/activation/softplus.hpp"
#include "fusor/activation/softsign.hpp"
#include "fusor/activation/sparse_plus.hpp"
#include "fusor/activation/sparse_sigmoid.hpp"
#include "fusor/activation/sparsemax.hpp"
#include "fusor/activation/squareplus.hpp"
#include "fusor/activation/tanh.hpp"
#include "fusor/activation/tanh_shrink.hpp"
#include "fusor/activation/threshold.hpp"

#include "fusor/registry/catalogue.hpp"
#include "fusor/registry/parameters.hpp"

#include "fusor/simd/targets.hpp"
#if !defined(HWY_ONCE) || HWY_ONCE
#include "fusor/kernel/explain.hpp"
#include "fusor/kernel/kernel.hpp"
#include "fusor/kernel/parallel.hpp"
#include "fusor/kernel/schedule.hpp"
#include "fusor/language/view.hpp"
#endif

#include "fusor/end.hpp"
