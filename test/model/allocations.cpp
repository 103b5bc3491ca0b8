// SPDX-License-Identifier: BSL-1.0
// Counts what a program allocates. In a file of its own: compilers look at both sides where they
// see them, and take malloc for a mistake.
#include "model/allocations.hpp"

#include <cstdlib>
#include <new>

namespace {

thread_local std::size_t count = 0;

void* allocated(void* made) {
  ++count;
  if (made == nullptr) throw std::bad_alloc();
  return made;
}

}  // namespace

std::size_t fusor::test::allocations() {
  return count;
}

// All forms: a sanitizer has its own for those that are left out.

void* operator new(std::size_t size) {
  return allocated(std::malloc(size == 0 ? 1 : size));
}
void* operator new[](std::size_t size) {
  return operator new(size);
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++count;
  return std::malloc(size == 0 ? 1 : size);
}
void* operator new[](std::size_t size, const std::nothrow_t& none) noexcept {
  return operator new(size, none);
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  const auto multiple = static_cast<std::size_t>(alignment);
  return allocated(std::aligned_alloc(multiple, (size + multiple - 1) / multiple * multiple));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
  return operator new(size, alignment);
}

void operator delete(void* made) noexcept {
  std::free(made);
}
void operator delete[](void* made) noexcept {
  std::free(made);
}
void operator delete(void* made, std::size_t) noexcept {
  std::free(made);
}
void operator delete[](void* made, std::size_t) noexcept {
  std::free(made);
}
void operator delete(void* made, const std::nothrow_t&) noexcept {
  std::free(made);
}
void operator delete[](void* made, const std::nothrow_t&) noexcept {
  std::free(made);
}
void operator delete(void* made, std::align_val_t) noexcept {
  std::free(made);
}
void operator delete[](void* made, std::align_val_t) noexcept {
  std::free(made);
}
void operator delete(void* made, std::size_t, std::align_val_t) noexcept {
  std::free(made);
}
void operator delete[](void* made, std::size_t, std::align_val_t) noexcept {
  std::free(made);
}
