// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <xnnpack.h>

#include <memory>
#include <stdexcept>

/// Operators of XNNPACK that delete themselves.
namespace bench {

using owned_operator = std::shared_ptr<xnn_operator>;

inline void require(xnn_status status) {
  if (status != xnn_status_success) throw std::runtime_error("XNNPACK refused");
}

template <class Create>
owned_operator make_operator(const Create& create) {
  static const xnn_status ready = xnn_initialize(nullptr);
  require(ready);
  xnn_operator_t made = nullptr;
  require(create(&made));
  return {made, [](xnn_operator_t op) { xnn_delete_operator(op); }};
}

}  // namespace bench
