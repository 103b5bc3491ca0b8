/* SPDX-License-Identifier: BSL-1.0 */
/* The functions of kernels.cpp for C: the name and the number of inputs. */
#pragma once

#include <fusor/fusor.h>

FUSOR_DECLARE(mish, 1);
FUSOR_DECLARE(smooth_relu, 1);
FUSOR_DECLARE(scaled_elu, 2);
FUSOR_DECLARE(fisher_step, 2);
