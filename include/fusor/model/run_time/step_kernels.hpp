// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "fusor/kernel/call.hpp"

/// The kernels of fusor::model besides the activations: what the formula of a step is made of.
///
/// A model that is known only at run time has formulas that are known only then, and the loops for
/// them are compiled before. So a step is cut into the largest parts for which there is a kernel,
/// which follow each other on the rows of a tile: mish(matmul(x, y) + z) is the product with its
/// bias, and then mish in place, while the tile is in the cache. That is an activation by its name,
/// from the registry, or one of the formulas in compiled_kernels.hpp. These are written once, as
/// formulas: which part of a step each of them is, is told by what Fusor prints of it, so no text
/// of the reader is repeated there. Activations that take an exponential are there as well, of a
/// sum: what rounding lost of the sum counts in their digits (docs/rewriting.md). A formula that
/// the list has not is computed by its operations one by one, and refused when the model is read if
/// one of these has no kernel either.
namespace fusor::detail {

/// A kernel, and the formula that it computes.
struct step_kernel {
  std::string formula;
  std::size_t inputs;
  void (*run)(const call& given);
  /// Of an activation with parameters that are known only at run time, the inputs behind the
  /// others: their names.
  std::vector<std::string> parameters{};
};

/// The kernels for one element type. Of a product the second operand is packed.
template <class T>
std::span<const step_kernel> step_kernels();

extern template std::span<const step_kernel> step_kernels<float>();
extern template std::span<const step_kernel> step_kernels<double>();

}  // namespace fusor::detail

#include "fusor/end.hpp"
