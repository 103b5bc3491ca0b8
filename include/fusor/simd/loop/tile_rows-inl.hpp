// SPDX-License-Identifier: BSL-1.0
// The rows of a tile of an element-wise formula, by the loop over contiguous memory.

#if defined(FUSOR_SIMD_LOOP_TILE_ROWS_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_LOOP_TILE_ROWS_TOGGLE
#undef FUSOR_SIMD_LOOP_TILE_ROWS_TOGGLE
#else
#define FUSOR_SIMD_LOOP_TILE_ROWS_TOGGLE
#endif

#include <cstddef>
#include <type_traits>
#include <utility>

#include "fusor/schedule/row_signature.hpp"
#include "fusor/schedule/tile.hpp"
#include "fusor/simd/loop/contiguous-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// The same for the rows of a tile. If there are several arrays, each may be one element for all
/// lanes.
template <class Plan, class Indices = std::make_index_sequence<Plan::program::inputs>>
struct rows_of_tile;
template <class Program, class Compute, class Outputs, class... Inputs, std::size_t... I>
struct rows_of_tile<plan<Program, Compute, Outputs, element_list<Inputs...>>,
                    std::index_sequence<I...>> {
  template <std::size_t Index, class Input>
  using in_tile = std::conditional_t<
      is_constant<Input>, Input,
      std::conditional_t<reads_slot<Index, typename Program::outputs>, maybe_one, unread>>;
  static constexpr bool broadcasts = can_broadcast<Inputs...>;
  using loop = array_loop<Program, Compute, Outputs, element_list<in_tile<I, Inputs>...>>;
  using array_plan = plan<Program, Compute, Outputs, element_list<Inputs...>>;
  static constexpr bool can_stream = loop::can_stream;

  static void run(const tile& shared) {
    constexpr std::size_t inputs = sizeof...(Inputs);
    const tile of = shared;  // a copy: the compiler must assume that a store changes the other
    const void* in[inputs + 1] = {};
    void* out[Outputs::size];
    alignas(64) Compute ones[broadcasts ? inputs : 1][hn::MaxLanes(hn::ScalableTag<Compute>())];
    for (std::size_t i = 0; i < inputs; ++i) in[i] = of.data[i];
    for (std::size_t o = 0; o < Outputs::size; ++o) out[o] = const_cast<char*>(of.data[inputs + o]);
    for (std::size_t row = 0; row < of.row_count; ++row) {
      if constexpr (broadcasts) {
        loop::run(typename loop::source_list(in, of.lane_strides, ones), out, of.extent,
                  of.streams);
      } else {
        HWY_NAMESPACE::run<array_plan>(in, out, of.extent, of.streams ? rows_beyond_caches : 0);
      }
      (void)ones;
      for (std::size_t i = 0; i < inputs; ++i) {
        in[i] = static_cast<const char*>(in[i]) + of.step_strides[i];
      }
      for (std::size_t o = 0; o < Outputs::size; ++o) {
        out[o] = static_cast<char*>(out[o]) + of.step_strides[inputs + o];
      }
    }
  }
};

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_LOOP_TILE_ROWS_TOGGLE
