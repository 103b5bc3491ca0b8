// SPDX-License-Identifier: BSL-1.0
// All loops of an instruction set. No include guard: each header below has its own.
#include "fusor/simd/loop/layer_chain-inl.hpp"
#include "fusor/simd/loop/product-inl.hpp"
#include "fusor/simd/loop/row_kernel-inl.hpp"
