// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <new>

#include "fusor/language/packed.hpp"

namespace fusor::detail {

/// Memory of a call: of its own frame where no more than `StackBytes` are needed.
template <std::size_t StackBytes>
class scratch {
 public:
  scratch() = default;
  scratch(const scratch&) = delete;
  scratch& operator=(const scratch&) = delete;
  ~scratch() {
    release();
  }

  /// What was taken before is lost.
  char* take(std::size_t bytes) {
    if (bytes <= StackBytes) return stack_;
    if (bytes > size_) {
      release();
      size_ = 0;
      heap_ = static_cast<char*>(::operator new (bytes, std::align_val_t{panel_alignment}));
      size_ = bytes;
    }
    return heap_;
  }

 private:
  void release() {
    if (size_ != 0) ::operator delete (heap_, std::align_val_t{panel_alignment});
  }

  alignas(panel_alignment) char stack_[StackBytes == 0 ? 1 : StackBytes];
  char* heap_;
  std::size_t size_ = 0;
};

}  // namespace fusor::detail
