// SPDX-License-Identifier: BSL-1.0
// Kernels for other languages, one line each. The name is that of the C functions: mish_float,
// mish_double, and mish_float16 and mish_bfloat16 on the bits of half numbers.
#include <fusor/registry/export.hpp>

FUSOR_EXPORT(mish, "mish"_act);
FUSOR_EXPORT(smooth_relu, softplus(x));
FUSOR_EXPORT(scaled_elu, elu(x) * y, 2);

// A formula with reductions: probabilities_float_rows takes all rows of a matrix.
FUSOR_EXPORT(probabilities, softmax(x));

// One explicit Euler step of the reaction-diffusion equation of Fisher, u_t = u_xx + u (1 - u),
// from u and its second difference, which is u_xx for a spacing of 1/2 times 1/4.
FUSOR_EXPORT(fisher_step, x + 0.02 * (4 * y + x * (1 - x)), 2);
