// SPDX-License-Identifier: BSL-1.0
// Operations of a program's own: their vector code, or number by number without it.

#if defined(FUSOR_SIMD_OWN_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_OWN_TOGGLE
#undef FUSOR_SIMD_OWN_TOGGLE
#else
#define FUSOR_SIMD_OWN_TOGGLE
#endif

#include <cstddef>
#include <utility>

#include "fusor/language/expression.hpp"
#include "fusor/simd/inline.hpp"
#include "fusor/simd/math/vector-inl.hpp"

#ifdef FUSOR_OPERATIONS
#include FUSOR_OPERATIONS
#endif

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// Number by number.
template <class Op, class D, std::size_t... I, class... Vs>
FUSOR_INLINE hn::Vec<D> compute_lanes(std::index_sequence<I...>, D d, Vs... operands) {
  using T = lane<D>;
  alignas(64) T lanes[sizeof...(Vs)][hn::MaxLanes(D())];
  (hn::Store(operands, d, lanes[I]), ...);
  for (std::size_t i = 0; i < hn::Lanes(d); ++i) lanes[0][i] = Op::compute(lanes[I][i]...);
  return hn::Load(d, lanes[0]);
}

template <class Op, class D, class... Vs>
FUSOR_INLINE hn::Vec<D> apply_own(Op operation, D d, Vs... operands) {
  if constexpr (requires { apply(operation, d, operands...); }) {
    return apply(operation, d, operands...);
  } else if constexpr (requires { Op::compute(hn::GetLane(operands)...); }) {
    return compute_lanes<Op>(std::index_sequence_for<Vs...>{}, d, operands...);
  } else {
    static_assert(detail::never<Op>,
                  "an operation of your own has neither compute nor vector code: the header that "
                  "FUSOR_OPERATIONS names has no apply for it");
    return hn::Zero(d);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_OWN_TOGGLE
