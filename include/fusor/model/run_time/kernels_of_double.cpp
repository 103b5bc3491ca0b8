// SPDX-License-Identifier: BSL-1.0
#include "fusor/model/run_time/compiled_kernels.hpp"

template std::span<const fusor::detail::step_kernel> fusor::detail::step_kernels<double>();
