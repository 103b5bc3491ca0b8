// SPDX-License-Identifier: BSL-1.0
// The loop of a kernel over contiguous memory.

#if defined(FUSOR_SIMD_LOOP_CONTIGUOUS_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_LOOP_CONTIGUOUS_TOGGLE
#undef FUSOR_SIMD_LOOP_CONTIGUOUS_TOGGLE
#else
#define FUSOR_SIMD_LOOP_CONTIGUOUS_TOGGLE
#endif

#include <hwy/cache_control.h>

#include <algorithm>
#include <cstring>
#include <type_traits>
#include <utility>

#include "fusor/schedule/caches.hpp"
#include "fusor/schedule/signature.hpp"
#include "fusor/schedule/tile.hpp"
#include "fusor/simd/evaluate-inl.hpp"
#include "fusor/simd/loop/operands-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

#if HWY_HAVE_SCALABLE
template <class... Outputs, class... Known, class D, class Sinks, class... Values>
HWY_INLINE void compute_next(form_list<Outputs...>, form_list<Known...> known, form_list<>, D d,
                             const Sinks& to, std::size_t at, Values... values) {
  write_all(d, to, at, evaluate_from<Outputs>(known, d, values...)...);
}
template <class... Outputs, class... Known, class Next, class... Pending, class D, class Sinks,
          class... Values>
HWY_INLINE void compute_next(form_list<Outputs...> outputs, form_list<Known...> known,
                             form_list<Next, Pending...>, D d, const Sinks& to, std::size_t at,
                             Values... values) {
  compute_next(outputs, form_list<Known..., Next>{}, form_list<Pending...>{}, d, to, at, values...,
               evaluate_from<Next>(known, d, values...));
}
/// Computes the shared forms one after the other, each known to the next, then the outputs.
template <class Outputs, class Shared, class D, class Sinks, class... Values>
HWY_INLINE void compute(Outputs outputs, Shared shared, D d, const Sinks& to, std::size_t at,
                        Values... values) {
  compute_next(outputs, form_list<>{}, shared, d, to, at, values...);
}
#else
template <class... Outputs, class... Shared, std::size_t... I, class D, class Sinks,
          class... Values>
HWY_INLINE void compute_in_turn(form_list<Outputs...>, form_list<Shared...>,
                                std::index_sequence<I...>, D d, const Sinks& to, std::size_t at,
                                Values... values) {
  auto all = list_values(form_list<Shared...>{}, std::index_sequence<I...>{}, values...,
                         place_of<Shared>::make(d)...);
  (put<Shared>(all, application<Shared>::evaluate_form(d, all)), ...);
  write_all(d, to, at, evaluate<Outputs>(d, all)...);
}
/// Computes the shared forms, each from those before it, then the outputs.
template <class Outputs, class Shared, class D, class Sinks, class... Values>
HWY_INLINE void compute(Outputs outputs, Shared shared, D d, const Sinks& to, std::size_t at,
                        Values... values) {
  compute_in_turn(outputs, shared, std::index_sequence_for<Values...>{}, d, to, at, values...);
}
#endif

/// One vector: from position `read_at` of the sources to position `write_at` of the sinks.
template <class Program, class D, std::size_t... I, class... Elements, class Sinks>
HWY_INLINE void step(D d, const sources<D, std::index_sequence<I...>, Elements...>& from,
                     [[maybe_unused]] std::size_t read_at, const Sinks& to, std::size_t write_at) {
  compute(
      typename Program::outputs{}, typename Program::shared{}, d, to, write_at,
      read_once<Program, I>(read(d, static_cast<const source<I, Elements, D>&>(from), read_at))...);
}

/// Whole vectors from position `at` on. Returns the position after the last one.
template <class Program, class D, class Sources, class Sinks>
HWY_INLINE std::size_t run_vectors(D d, const Sources& from, const Sinks& to, std::size_t at,
                                   std::size_t count) {
  const std::size_t lanes = hn::Lanes(d);
  constexpr std::size_t unroll = Program::unroll;
  for (; at + unroll * lanes <= count; at += unroll * lanes) {
    step<Program>(d, from, at, to, at);
    if constexpr (unroll > 1) step<Program>(d, from, at + lanes, to, at + lanes);
    if constexpr (unroll > 2) step<Program>(d, from, at + 2 * lanes, to, at + 2 * lanes);
    if constexpr (unroll > 2) step<Program>(d, from, at + 3 * lanes, to, at + 3 * lanes);
  }
  if constexpr (unroll > 1) {
    for (; at + lanes <= count; at += lanes) step<Program>(d, from, at, to, at);
  }
  return at;
}

template <class Program, class D, std::size_t... I, class... Elements, class Sinks>
HWY_INLINE void step_part(D d, const sources<D, std::index_sequence<I...>, Elements...>& from,
                          const Sinks& to, std::size_t at, std::size_t count) {
  compute(typename Program::outputs{}, typename Program::shared{}, d, part_of<Sinks>{to, count}, at,
          read_part(d, static_cast<const source<I, Elements, D>&>(from), at, count)...);
}

/// A loop over contiguous arrays. Every element goes through the same vector code, whatever its
/// position.
template <class Program, class Compute, class Outputs, class Inputs>
struct array_loop;
template <class Program, class Compute, class... Outputs, class... Inputs>
struct array_loop<Program, Compute, element_list<Outputs...>, element_list<Inputs...>> {
  using D = hn::ScalableTag<Compute>;
  using input_indices = std::index_sequence_for<Inputs...>;
  using output_indices = std::index_sequence_for<Outputs...>;
  /// What a copy of an operand holds.
  template <class Input>
  using element_of =
      std::conditional_t<std::is_same_v<Input, maybe_one> || std::is_same_v<Input, unread>, Compute,
                         Input>;
  using source_list = sources<D, input_indices, Inputs...>;
  using source_copies = sources<D, input_indices, element_of<Inputs>...>;
  using input_buffers = buffers<D, input_indices, stored<element_of<Inputs>, Compute>...>;
  using sink_list = sinks<output_indices, Outputs...>;
  using output_buffers = buffers<D, output_indices, Outputs...>;

  static constexpr bool is_by_masks =
      (is_masked<stored<element_of<Inputs>, Compute>> && ... && (is_masked<Outputs> && ...));
  static constexpr bool can_stream =
      is_worth_more_loops && Program::cost <= most_streamed_cost && sizeof...(Inputs) > 0 &&
      std::is_same_v<element_list<Outputs...>, element_list<Compute>>;

  /// Whether the first output is to be written past the caches. Saves reading it first, 0.20 ns an
  /// element instead of 0.31 for relu. (Four pages side by side, as some copies do, were slower:
  /// the processor then no longer prefetches the input.)
  static HWY_INLINE bool streams(const void* const* inputs, const void* output, std::size_t total) {
    if constexpr (can_stream) {
      constexpr std::size_t bytes = (sizeof(Compute) + ... + bytes_of<Inputs>);
      if (HWY_LIKELY(!is_beyond_caches(total, bytes))) return false;
      return reinterpret_cast<std::uintptr_t>(output) % sizeof(Compute) == 0 &&
             std::count(inputs, inputs + sizeof...(Inputs), output) == 0;
    } else {
      return false;
    }
  }

  static HWY_INLINE void run(const source_list& from, void* const* outputs, std::size_t count,
                             bool is_streamed) {
    if constexpr (is_by_masks) {
      run_by_masks(from, sink_list(outputs), count, is_streamed);
    } else if constexpr (!HWY_HAVE_SCALABLE && hn::MaxLanes(D()) == 1) {
      run_whole(from, sink_list(outputs), 0, count, is_streamed);
    } else if (count < hn::Lanes(D())) {
      run_few(input_indices{}, from, outputs, count);
    } else {
      run_overlapping(from, outputs, count, is_streamed);
    }
  }

  /// One element. It is no vector in memory: to read a vector over what has just been written as a
  /// number, or the other way round, takes until it is in the cache. It goes through vectors of
  /// which all lanes are alike.
  static HWY_NOINLINE void run_one(loop_of_arrays run_vector, const void* const* inputs,
                                   void* const* outputs) {
    input_buffers one;
    output_buffers result;
    const void* ones[sizeof...(Inputs) + 1] = {};
    void* results[sizeof...(Outputs)];
    one.put_addresses(ones);
    result.put_addresses(results);
    fill(input_indices{}, one, inputs);
    run_vector(ones, results, hn::Lanes(D()), 0);
    copy_results(output_indices{}, outputs, results, 1);
  }

 private:
  /// Whole vectors from position `at` on. Returns the position after the last one.
  static HWY_INLINE std::size_t run_whole(const source_list& from, const sink_list& to,
                                          std::size_t at, std::size_t count, bool is_streamed) {
    const D d;
    if constexpr (can_stream) {
      if (HWY_UNLIKELY(is_streamed)) {
        return run_vectors<Program>(d, from, stream<Compute>{first_output(to)}, at, count);
      }
    }
    return run_vectors<Program>(d, from, to, at, count);
  }

  /// The ends by masks. Few vectors are not aligned, unless they are written past the caches: that
  /// would cost as much as it saves.
  static HWY_INLINE void run_by_masks(const source_list& from, const sink_list& to,
                                      std::size_t count, bool is_streamed) {
    const D d;
    const std::size_t lanes = hn::Lanes(d);
    const bool is_aligned = is_streamed || count >= least_aligned * lanes;
    std::size_t part =
        is_aligned ? HWY_MIN(count, elements_to_alignment(first_output(to), lanes)) : 0;
    std::size_t at = 0;
    if constexpr (Program::unroll > 2) {
      if (part != 0) step_part<Program>(d, from, to, 0, part);
      at = run_whole(from, to, part, count, is_streamed);
      if (at < count) step_part<Program>(d, from, to, at, count - at);
    } else {
      // Many instructions: one place for both ends, less to compile.
      for (;;) {
        if (part != 0) step_part<Program>(d, from, to, at, part);
        at += part;
        if (at == count) return;
        at = run_whole(from, to, at, count, is_streamed);
        part = count - at;
      }
    }
  }

  /// Fewer elements than a vector has, in a copy that has as many.
  template <std::size_t... I>
  static HWY_INLINE void run_few(std::index_sequence<I...>, const source_list& from,
                                 void* const* outputs, std::size_t count) {
    input_buffers copy{};
    const void* copied[sizeof...(I) + 1];
    copy.put_addresses(copied);
    (copy_few(static_cast<const source<I, Inputs, D>&>(from), const_cast<void*>(copied[I]), count),
     ...);
    (void)from;
    output_buffers result;
    void* results[sizeof...(Outputs)];
    result.put_addresses(results);
    step<Program>(D(), source_copies(copied), 0, sink_list(results), 0);
    copy_results(output_indices{}, outputs, results, count);
  }
  template <class Source>
  static HWY_INLINE void copy_few(const Source& from, void* to, std::size_t count) {
    if constexpr (requires { from.value; }) {
      std::memcpy(to, &from.value, sizeof(from.value));
    } else if constexpr (requires { from.data; }) {
      std::memcpy(to, from.data, count * sizeof(*from.data));
    }
  }
  template <std::size_t... O>
  static HWY_INLINE void copy_results(std::index_sequence<O...>, void* const* to,
                                      void* const* results, std::size_t count, std::size_t at = 0) {
    (std::memcpy(static_cast<Outputs*>(to[O]) + at, results[O], count * sizeof(Outputs)), ...);
  }
  template <std::size_t... I>
  static HWY_INLINE void fill(std::index_sequence<I...>, input_buffers& one,
                              const void* const* inputs) {
    const D d;
    (store(d,
           read_lanes<true, stored<Inputs, Compute>>(d, static_cast<const char*>(inputs[I]), 0, 0),
           static_cast<buffer<I, stored<Inputs, Compute>, hn::MaxLanes(D())>&>(one).data),
     ...);
    (void)one, (void)inputs, (void)d;
  }

  /// An array that is not a whole number of vectors ends with a vector that overlaps the one
  /// before. The vectors at the two ends are computed first and stored last, so that this holds in
  /// place as well.
  static HWY_INLINE void run_overlapping(const source_list& from, void* const* outputs,
                                         std::size_t count, bool is_streamed) {
    const D d;
    const std::size_t lanes = hn::Lanes(d);
    const sink_list to(outputs);
    const std::size_t at = elements_to_alignment(first_output(to), lanes);
    const bool has_head = at != 0;
    const bool has_tail = (count - at) % lanes != 0;
    output_buffers head{}, tail{};
    void* heads[sizeof...(Outputs)];
    void* tails[sizeof...(Outputs)];
    head.put_addresses(heads);
    tail.put_addresses(tails);
    if (has_head) step<Program>(d, from, 0, sink_list(heads), 0);
    if (has_tail) step<Program>(d, from, count - lanes, sink_list(tails), 0);
    run_whole(from, to, at, count, is_streamed);
    if (has_head) copy_results(output_indices{}, outputs, heads, lanes);
    if (has_tail) copy_results(output_indices{}, outputs, tails, lanes, count - lanes);
  }
};

/// Stands for the elements of a call whose rows are written past the caches. Who runs its tiles
/// waits for them, once.
inline constexpr std::size_t rows_beyond_caches = static_cast<std::size_t>(-1);

/// The entry of a kernel on this instruction set. `total` are the elements of the call of which
/// these are a part.
template <class Plan>
void run(const void* const* inputs, void* const* outputs, std::size_t count, std::size_t total) {
  using loop = array_loop<typename Plan::program, typename Plan::compute, typename Plan::outputs,
                          typename Plan::inputs>;
  if (HWY_UNLIKELY(count == 1) && hn::Lanes(typename loop::D()) > 1) {
    return loop::run_one(run<Plan>, inputs, outputs);
  }
  const bool is_streamed = loop::streams(inputs, outputs[0], total);
  loop::run(typename loop::source_list(inputs), outputs, count, is_streamed);
  if (HWY_UNLIKELY(is_streamed) && total != rows_beyond_caches) hwy::FlushStream();
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_LOOP_CONTIGUOUS_TOGGLE
