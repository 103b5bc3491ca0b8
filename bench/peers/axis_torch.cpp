// SPDX-License-Identifier: BSL-1.0
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include "axis.hpp"

namespace bench {

call prepare_torch(const task& t) {
  at::set_num_threads(1);
  const c10::InferenceMode guard;
  const auto size = [](std::size_t n) { return static_cast<std::int64_t>(n); };
  const auto in = at::from_blob(const_cast<float*>(t.in),
                                {size(t.outer), size(t.axis), size(t.inner)}, at::kFloat);
  const std::int64_t extent = size(t.what == operation::swiglu ? t.axis / 2 : t.axis);
  auto out = at::from_blob(t.out, {size(t.outer), extent, size(t.inner)}, at::kFloat);
  switch (t.what) {
    case operation::softmax:
      return [=]() mutable {
        const c10::InferenceMode mode;
        at::_softmax_out(out, in, 1, false);
      };
    case operation::log_softmax:
      return [=]() mutable {
        const c10::InferenceMode mode;
        at::_log_softmax_out(out, in, 1, false);
      };
    case operation::rms_norm:
      return [=]() mutable {
        const c10::InferenceMode mode;
        at::mul_out(out, in, in.square().mean(1, true).add_(epsilon).rsqrt_());
      };
    case operation::swiglu:
      break;
  }
  return [=, a = in.narrow(1, 0, extent), b = in.narrow(1, extent, extent)]() mutable {
    const c10::InferenceMode mode;
    at::silu_out(out, a);
    out.mul_(b);
  };
}

}  // namespace bench
