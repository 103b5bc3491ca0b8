// SPDX-License-Identifier: BSL-1.0
// Formulas along an axis: the known ones are a line each, and so are your own.
#include <cmath>
#include <cstdio>
#include <fusor/fusor.hpp>
#include <limits>
#include <vector>

using namespace fusor;

// Normalisations. Inside a formula a reduction broadcasts back along its axis.
constexpr auto rms_norm = x * rsqrt(reduce_mean(square(x)) + 1e-5) * y;  // y: gain
constexpr auto centred = x - reduce_mean(x);
constexpr auto layer_norm = centred / sqrt(reduce_mean(square(centred)) + 1e-5) * y + z;

// Its backward pass, by what the forward pass has kept of each row.
constexpr auto mean = reduce_mean(x);
constexpr auto scale = rsqrt(reduce_mean(square(centred)) + 1e-5);
constexpr auto normalized = centred * scale;
constexpr auto normalized_backward =
    with_kept(vjp(normalized, y), kept(mean, z), kept(scale, input<3>));

// Gated linear units: both halves of the last axis.
constexpr auto swiglu = silu(first_half(x)) * second_half(x);
constexpr auto geglu = gelu(first_half(x)) * second_half(x);
constexpr auto reglu = max(first_half(x), 0) * second_half(x);

// Attention: scaled scores, and a mask of 0 and -infinity that is added.
constexpr auto masked_softmax = softmax(0.125 * x + y);

// The loss of a row of logits x beside its target distribution y: one number for each row. Where y
// is 0 nothing is added, so that a logit of -infinity costs nothing there (0 * infinity is NaN);
// and log_softmax keeps the digits of a small loss, which `logsumexp(x) - reduce_sum(x * y)` rounds
// away.
constexpr auto cross_entropy = -reduce_sum(where(y == 0, 0, y* log_softmax(x)));

void print(const char* name, const std::vector<float>& row, std::size_t count) {
  std::printf("%-16s", name);
  for (std::size_t i = 0; i < count; ++i) std::printf(" %8.4f", static_cast<double>(row[i]));
  std::printf("\n");
}

int main() {
  const std::vector<float> in = {1, 2, 3, 4, -1, 0, 1, 0};  // two rows of four
  const std::vector<float> gain(4, 1), shift(4, 0);
  std::vector<float> out(8);

  kernel<softmax>(view(in, {2, 4}), view(out, {2, 4}));
  print("softmax", out, 8);
  const float last = out[3];
  kernel<softmax(x, {.axis = 0})>(view(in, {2, 4}), view(out, {2, 4}));
  print("  axis 0", out, 8);

  kernel<rms_norm>(view(in, {2, 4}), view(gain, {4}), view(out, {2, 4}));
  print("rms_norm", out, 8);
  kernel<layer_norm>(view(in, {2, 4}), view(gain, {4}), view(shift, {4}), view(out, {2, 4}));
  print("layer_norm", out, 8);

  std::vector<float> gated(4);
  kernel<swiglu>(view(in, {2, 4}), view(gated, {2, 2}));
  print("swiglu", gated, 4);
  kernel<geglu>(view(in, {2, 4}), view(gated, {2, 2}));
  print("geglu", gated, 4);
  kernel<reglu>(view(in, {2, 4}), view(gated, {2, 2}));
  print("reglu", gated, 4);

  const float hidden = -std::numeric_limits<float>::infinity();
  const std::vector<float> mask = {0, 0, hidden, hidden};
  kernel<masked_softmax>(view(in, {2, 4}), view(mask, {4}), view(out, {2, 4}));
  print("masked_softmax", out, 8);

  const std::vector<float> targets = {0, 0, 0, 1, 0, 0, 1, 0};
  std::vector<float> losses(2);
  kernel<cross_entropy>(view(in, {2, 4}), view(targets, {2, 4}), view(losses, {2}));
  print("cross_entropy", losses, 2);

  // A backward pass by what the forward pass has kept: the gradient of a row adds up to 0, as
  // normalized rows do not change with their mean.
  std::vector<float> means(2), scales(2), gradient(8);
  kernel<outputs(normalized, mean, scale)>(view(in, {2, 4}), view(out, {2, 4}), view(means, {2}),
                                           view(scales, {2}));
  kernel<normalized_backward>(view(in, {2, 4}), view(targets, {2, 4}), view(means, {2}),
                              view(scales, {2}), view(gradient, {2, 4}));
  print("in_gradient", gradient, 8);
  if (!(std::abs(gradient[0] + gradient[1] + gradient[2] + gradient[3]) <= 1e-6f)) return 1;

  // What a kernel does in each pass over a row.
  std::printf("\n%s\n", explain<masked_softmax>().c_str());

  // The loss of the first row is -log of the softmax of its target.
  if (!(std::abs(losses[0] + std::log(last)) <= 1e-6f)) return 1;

  // A target that is all but certain has a loss of log(1 + e^-20), which is not 0; and one that is
  // certain has a loss of 0 beside a class that is ruled out.
  const std::vector<float> certain = {20, 0, hidden, 0}, classes = {1, 0, 0, 1};
  kernel<cross_entropy>(view(certain, {2, 2}), view(classes, {2, 2}), view(losses, {2}));
  std::printf("losses of certain targets: %.3g and %.3g\n", static_cast<double>(losses[0]),
              static_cast<double>(losses[1]));
  if (!(std::abs(losses[0] - 2.0611537e-9f) <= 1e-15f) || losses[1] != 0) return 1;
  std::printf("OK: the loss is -log(softmax) of the target, and keeps its digits\n");
}
