// SPDX-License-Identifier: BSL-1.0
// What loops read and write: the operands of a kernel, a vector or a part of one at a time.

#if defined(FUSOR_SIMD_LOOP_OPERANDS_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_LOOP_OPERANDS_TOGGLE
#undef FUSOR_SIMD_LOOP_OPERANDS_TOGGLE
#else
#define FUSOR_SIMD_LOOP_OPERANDS_TOGGLE
#endif

#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>

#include "fusor/schedule/element_list.hpp"
#include "fusor/simd/lanes-inl.hpp"
#include "fusor/transform/program.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

using namespace detail;

/// An operand of a kernel: elements in memory, or one number for all positions.
template <std::size_t Index, class Element, class D>
struct source {
  const Element* data;

  explicit source(const void* from) : data(static_cast<const Element*>(from)) {}
};

template <std::size_t Index, class D>
struct source<Index, constant, D> {
  lane<D> value;

  explicit source(const void* from, std::ptrdiff_t = 0, lane<D>* = nullptr)
      : value(*static_cast<const lane<D>*>(from)) {}
};

/// Stands for an operand of a tile that is elements of the type that is computed in, or one for all
/// lanes, or a power of two of elements that repeat, which is only known when it runs: by the
/// stride of lanes, which is 0 then, or less than 0 by the number of elements.
struct maybe_one {};

template <std::size_t Index, class D>
struct source<Index, maybe_one, D> {
  const lane<D>* data;
  std::size_t positions;  // the bits of a position that count: none for a vector of one element

  /// `ones` is room for that vector.
  HWY_INLINE source(const void* from, std::ptrdiff_t stride, lane<D>* ones)
      : data(static_cast<const lane<D>*>(from)),
        positions(stride < 0 ? ~static_cast<std::size_t>(stride) : ~std::size_t{0}) {
    if (stride == 0) {
      hn::Store(hn::Set(D(), *data), D(), ones);
      data = ones;
      positions = 0;
    }
  }
};

template <std::size_t Index, class D>
struct source<Index, unread, D> {
  explicit source(const void*, std::ptrdiff_t = 0, lane<D>* = nullptr) {}
};

template <class D, std::size_t Index>
HWY_INLINE hn::Vec<D> read(D d, const source<Index, unread, D>&, std::size_t) {
  return hn::Zero(d);
}

template <class D, std::size_t Index>
HWY_INLINE hn::Vec<D> read(D d, const source<Index, maybe_one, D>& from, std::size_t at) {
  return load(d, from.data + (at & from.positions));
}

template <class D, std::size_t Index, class Element>
HWY_INLINE hn::Vec<D> read(D d, const source<Index, Element, D>& from, std::size_t at) {
  return load(d, from.data + at);
}

template <class D, std::size_t Index>
HWY_INLINE hn::Vec<D> read(D d, const source<Index, constant, D>& from, std::size_t) {
  return hn::Set(d, from.value);
}

template <std::size_t Index, class Element>
struct sink {
  Element* data;
};

template <class D, class Indices, class... Elements>
struct sources;
template <class D, std::size_t... I, class... Elements>
struct sources<D, std::index_sequence<I...>, Elements...> : source<I, Elements, D>... {
  explicit sources(const void* const* from) : source<I, Elements, D>(from[I])... {
    (void)from;  // a formula without inputs
  }
  sources(const void* const* from, const std::ptrdiff_t* strides,
          lane<D> (*ones)[hn::MaxLanes(D())])
      : source<I, Elements, D>(from[I], strides[I], ones[I])... {
    (void)from, (void)strides, (void)ones;
  }
};

template <class Indices, class... Elements>
struct sinks;
template <std::size_t... O, class... Elements>
struct sinks<std::index_sequence<O...>, Elements...> : sink<O, Elements>... {
  explicit sinks(void* const* to) : sink<O, Elements>{static_cast<Elements*>(to[O])}... {}
};

/// One vector of every output: all of them are computed before the first is stored, so that outputs
/// may be the same memory as inputs.
template <class D, std::size_t... O, class... Elements, class... Values>
HWY_INLINE void write_all(D d, const sinks<std::index_sequence<O...>, Elements...>& to,
                          std::size_t at, Values... values) {
  (store(d, values, static_cast<const sink<O, Elements>&>(to).data + at), ...);
}

/// An output that is written past the caches: elements of the type of the lanes, from an address
/// where a vector is aligned.
template <class Element>
struct stream {
  Element* data;
};

template <class D, class Value>
HWY_INLINE void write_all(D d, const stream<lane<D>>& to, std::size_t at, Value value) {
  hn::Stream(value, d, to.data + at);
}

/// Fewer elements than a vector has, by masks: from position `at` on, `count` of them.
template <class D, std::size_t Index, class Element>
HWY_INLINE hn::Vec<D> read_part(D d, const source<Index, Element, D>& from, std::size_t at,
                                std::size_t count) {
  return read_lanes<false, Element>(d, reinterpret_cast<const char*>(from.data + at),
                                    sizeof(Element), count);
}
template <class D, std::size_t Index>
HWY_INLINE hn::Vec<D> read_part(D d, const source<Index, maybe_one, D>& from, std::size_t at,
                                std::size_t count) {
  // Not by masks from a vector that has just been written, which would have to be in the cache.
  if (from.positions == 0) return hn::Set(d, *from.data);
  return read_lanes<false, lane<D>>(
      d, reinterpret_cast<const char*>(from.data + (at & from.positions)), sizeof(lane<D>), count);
}
template <class D, std::size_t Index>
HWY_INLINE hn::Vec<D> read_part(D d, const source<Index, unread, D>&, std::size_t, std::size_t) {
  return hn::Zero(d);
}
template <class D, std::size_t Index>
HWY_INLINE hn::Vec<D> read_part(D d, const source<Index, constant, D>& from, std::size_t,
                                std::size_t) {
  return hn::Set(d, from.value);
}

/// Outputs of which so many elements are written.
template <class Sinks>
struct part_of {
  const Sinks& to;
  std::size_t count;
};
template <class D, std::size_t... O, class... Elements, class... Values>
HWY_INLINE void write_all(D d, const part_of<sinks<std::index_sequence<O...>, Elements...>>& part,
                          std::size_t at, Values... values) {
  (write_lanes<false, Elements>(
       d, values, reinterpret_cast<char*>(static_cast<const sink<O, Elements>&>(part.to).data + at),
       part.count),
   ...);
}

/// The number of elements to skip until `to` is aligned to a vector, or 0 if it never is.
template <class Element>
HWY_INLINE std::size_t elements_to_alignment(const Element* to, std::size_t lanes) {
  const std::size_t bytes = lanes * sizeof(Element);
  const std::size_t beyond = reinterpret_cast<std::uintptr_t>(to) % bytes;
  return beyond % sizeof(Element) != 0 ? 0 : (bytes - beyond) % bytes / sizeof(Element);
}

template <class First>
HWY_INLINE First* first_output(const sink<0, First>& to) {
  return to.data;
}

/// Room for one vector of each operand.
template <std::size_t Index, class Element, std::size_t Lanes>
struct buffer {
  alignas(64) Element data[Lanes];
};
template <class D, class Indices, class... Elements>
struct buffers;
template <class D, std::size_t... I, class... Elements>
struct buffers<D, std::index_sequence<I...>, Elements...>
    : buffer<I, Elements, hn::MaxLanes(D())>... {
  template <class Pointer>
  HWY_INLINE void put_addresses([[maybe_unused]] Pointer* to) {
    ((to[I] = static_cast<buffer<I, Elements, hn::MaxLanes(D())>*>(this)->data), ...);
  }
};

template <class Element>
inline constexpr std::size_t bytes_of = sizeof(Element);
template <>
inline constexpr std::size_t bytes_of<constant> = 0;

/// What a short formula takes more than once is read once: GCC would read it again for each
/// instruction, and where the addresses of what is read and what was written look alike, wait.
template <class Program, std::size_t Index, class V>
HWY_INLINE V read_once(V v) {
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_SSSE3 && defined(__GNUC__) && !defined(__clang__)
  if constexpr (Program::unroll > 1 && uses_of < in<Index>, typename Program::seen >> 1) {
    asm("" : "+v"(v.raw));
  }
#endif
  return v;
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_LOOP_OPERANDS_TOGGLE
