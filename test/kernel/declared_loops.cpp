// SPDX-License-Identifier: BSL-1.0
#include <fusor/fusor.hpp>
#include <vector>

#include "kernel/declared.hpp"

namespace layers {

FUSOR_DEFINE_KERNEL(gate, float);
FUSOR_DEFINE_KERNEL(probabilities);
FUSOR_DEFINE_KERNEL(halved);
FUSOR_DEFINE_KERNEL(normalised);
FUSOR_DEFINE_KERNEL(filled);

}  // namespace layers

/// What an ordinary kernel makes of the same.
void expected_gate(const std::vector<float>& a, const std::vector<float>& b,
                   std::vector<float>& out) {
  using namespace fusor;
  kernel<silu(x) * y>(a, b, out);
}
void expected_probabilities(const std::vector<double>& in, std::vector<double>& out,
                            std::size_t rows) {
  using namespace fusor;
  kernel<softmax(x / 2)>(view(in, {rows, in.size() / rows}), view(out, {rows, in.size() / rows}));
}
