// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <cstddef>

#include "fusor/schedule/tile.hpp"
#include "fusor/simd/targets.hpp"

// Files of one program may be compiled with and without FUSOR_STATIC_DISPATCH, for different
// instruction sets, and with more of the stack (tuning.hpp): each kind has kernels of its own.
#if defined(FUSOR_STATIC_DISPATCH)
#define FUSOR_DISPATCH_KIND HWY_CONCAT(static_dispatch_, HWY_NAMESPACE)
#else
#define FUSOR_DISPATCH_KIND dynamic_dispatch
#endif
#if defined(FUSOR_PRODUCT_BYTES_ON_STACK)
#define FUSOR_DISPATCH \
  HWY_CONCAT(HWY_CONCAT(FUSOR_DISPATCH_KIND, _with_), FUSOR_PRODUCT_BYTES_ON_STACK)
#else
#define FUSOR_DISPATCH FUSOR_DISPATCH_KIND
#endif

/// From a plan to its loops on the instruction set of this CPU.
namespace fusor::detail {
inline namespace FUSOR_REFUSALS {
inline namespace FUSOR_DISPATCH {

#if !defined(FUSOR_STATIC_DISPATCH)
/// The index of the instruction set of this CPU in a table of loops.
inline std::size_t chosen_target() {
  auto& chosen = hwy::GetChosenTarget();
  if (!chosen.IsInitialized()) chosen.Update(hwy::SupportedTargets());
  return chosen.GetIndex();
}

/// The loop for this CPU. Where its instruction set is not compiled in, the last one, which runs
/// everywhere: another file of the program may have that instruction set, and choose it.
template <class Loop, std::size_t Size>
Loop chosen_loop(const Loop (&table)[Size]) {
  const Loop loop = table[chosen_target()];
  return loop != nullptr ? loop : table[Size - 1];
}
#endif

/// The loop of a plan over contiguous memory.
template <class Plan>
loop_of_arrays loop_of_plan() {
#if defined(FUSOR_STATIC_DISPATCH)
  return &HWY_STATIC_DISPATCH(run<Plan>);
#else
  static constexpr loop_of_arrays table[] = {nullptr, HWY_CHOOSE_TARGET_LIST(run<Plan>),
                                             HWY_CHOOSE_FALLBACK(run<Plan>)};
  return chosen_loop(table);
#endif
}

/// The loops of a plan over tensors.
template <class Plan>
const row_kernel& rows_of_plan() {
#if defined(FUSOR_STATIC_DISPATCH)
  return *HWY_STATIC_DISPATCH(rows_of<Plan>)();
#else
  using table_of = const row_kernel* (*)();
  static constexpr table_of table[] = {nullptr, HWY_CHOOSE_TARGET_LIST(rows_of<Plan>),
                                       HWY_CHOOSE_FALLBACK(rows_of<Plan>)};
  return *chosen_loop(table)();
#endif
}

}  // namespace FUSOR_DISPATCH
}  // namespace FUSOR_REFUSALS
}  // namespace fusor::detail

#include "fusor/end.hpp"
