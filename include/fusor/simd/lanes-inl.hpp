// SPDX-License-Identifier: BSL-1.0
// Lanes from and to memory at any stride, some or all of them; tiles of them turned.

#if defined(FUSOR_SIMD_LANES_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_LANES_TOGGLE
#undef FUSOR_SIMD_LANES_TOGGLE
#else
#define FUSOR_SIMD_LANES_TOGGLE
#endif

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>

#include "fusor/simd/memory-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// Whether a masked load or store of such elements touches no byte outside the mask here.
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3
template <class Element>
inline constexpr bool is_masked = true;
#elif HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX2
template <class Element>
inline constexpr bool is_masked = sizeof(Element) >= 4;
#else
template <class Element>
inline constexpr bool is_masked = false;
#endif

/// Whether this instruction set is worth loops that only save time: those of x86 processors of 2012
/// and older, where newer ones are chosen among, go without.
#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128 || \
    (HWY_ARCH_X86 && HWY_TARGET >= HWY_SSE4 && !defined(FUSOR_STATIC_DISPATCH))
inline constexpr bool is_worth_more_loops = false;
#else
inline constexpr bool is_worth_more_loops = true;
#endif

/// The bits of elements, one for each lane.
template <class D, class Element>
using bits_of_lanes = hn::Rebind<hwy::UnsignedFromSize<sizeof(Element)>, D>;

/// Whether the elements of a vector are at most 16 bytes: parts of them are two words.
#if HWY_HAVE_SCALABLE || HWY_TARGET == HWY_SCALAR
template <class D, class Element>
inline constexpr bool are_words = false;
#else
template <class D, class Element>
inline constexpr bool are_words = std::endian::native ==
                                  std::endian::little&& hn::MaxLanes(D()) * sizeof(Element) <= 16;

/// The first 0, 2, 4, 6 or 8 bytes; the others are 0.
HWY_INLINE std::uint64_t read_word(const char* from, std::size_t bytes) {
  std::uint64_t word = 0;
  if (bytes >= 8) {
    std::memcpy(&word, from, 8);
  } else if (bytes >= 4) {
    std::uint32_t first, last;
    std::memcpy(&first, from, 4);
    std::memcpy(&last, from + bytes - 4, 4);
    word = first | std::uint64_t{last} << 8 * (bytes - 4);
  } else if (bytes > 0) {
    std::uint16_t first;
    std::memcpy(&first, from, 2);
    word = first;
  }
  return word;
}
HWY_INLINE void write_word(std::uint64_t word, char* to, std::size_t bytes) {
  if (bytes >= 8) {
    std::memcpy(to, &word, 8);
  } else if (bytes >= 4) {
    const auto first = static_cast<std::uint32_t>(word);
    const auto last = static_cast<std::uint32_t>(word >> 8 * (bytes - 4));
    std::memcpy(to, &first, 4);
    std::memcpy(to + bytes - 4, &last, 4);
  } else if (bytes > 0) {
    const auto first = static_cast<std::uint16_t>(word);
    std::memcpy(to, &first, 2);
  }
}

/// The first `count` of neighbouring elements; the others are 0.
template <class Element, class D>
HWY_INLINE hn::Vec<D> read_words(D d, const char* from, std::size_t count) {
  const hn::FixedTag<std::uint64_t, 2> words;
  const std::size_t bytes = count * sizeof(Element);
  auto both = hn::Set(words, read_word(from, bytes));
  both = hn::InsertLane(both, 1, bytes > 8 ? read_word(from + 8, bytes - 8) : 0);
  alignas(16) Element buffer[16 / sizeof(Element)];
  hn::Store(both, words, reinterpret_cast<std::uint64_t*>(buffer));
  return load(d, buffer);
}
template <class Element, class D, class V>
HWY_INLINE void write_words(D d, V value, char* to, std::size_t count) {
  const std::size_t bytes = count * sizeof(Element);
  alignas(16) Element buffer[16 / sizeof(Element)];
  store(d, value, buffer);
  std::uint64_t word;
  std::memcpy(&word, buffer, 8);
  write_word(word, to, bytes);
  if (bytes <= 8) return;
  std::memcpy(&word, reinterpret_cast<const char*>(buffer) + 8, 8);
  write_word(word, to + 8, bytes - 8);
}
#endif

/// The first `count` lanes, `stride` bytes apart; the others are 0.
template <class D, class Element>
HWY_NOINLINE hn::Vec<D> gather_lanes(D d, const char* from, std::ptrdiff_t stride,
                                     std::size_t count) {
  alignas(64) Element buffer[hn::MaxLanes(D())] = {};
  for (std::size_t i = 0; i < count; ++i, from += stride) {
    std::memcpy(buffer + i, from, sizeof(Element));
  }
  return load(d, buffer);
}

template <class D, class V, class Element>
HWY_NOINLINE void scatter_lanes(D d, V value, Element*, char* to, std::ptrdiff_t stride,
                                std::size_t count) {
  alignas(64) Element buffer[hn::MaxLanes(D())];
  store(d, value, buffer);
  for (std::size_t i = 0; i < count; ++i, to += stride) {
    std::memcpy(to, buffer + i, sizeof(Element));
  }
}

/// Neighbouring elements, or one for all lanes if the stride is 0: a whole vector, or `count`
/// lanes.
template <bool Whole, class Element, class D>
HWY_INLINE hn::Vec<D> read_lanes(D d, const char* from, std::ptrdiff_t stride, std::size_t count) {
  const auto* elements = reinterpret_cast<const Element*>(from);
  if (HWY_UNLIKELY(stride == 0)) {
    Element element;
    std::memcpy(&element, from, sizeof(Element));  // an element may lie anywhere
    if constexpr (sizeof(Element) == 2) {
      return hn::Set(d, static_cast<lane<D>>(static_cast<float>(element)));
    } else {
      return hn::Set(d, static_cast<lane<D>>(element));
    }
  }
  if constexpr (Whole) {
    return load(d, elements);
  } else if constexpr (is_masked<Element> && std::is_same_v<Element, lane<D>>) {
    return hn::MaskedLoad(hn::FirstN(d, count), d, elements);
  } else if constexpr (is_masked<Element>) {
    const bits_of_lanes<D, Element> bits;
    using word = lane<decltype(bits)>;
    alignas(64) Element buffer[hn::MaxLanes(D())];
    const auto masked =
        hn::MaskedLoad(hn::FirstN(bits, count), bits, reinterpret_cast<const word*>(from));
    hn::Store(masked, bits, reinterpret_cast<word*>(buffer));
    return load(d, buffer);
  } else if constexpr (are_words<D, Element>) {
    return read_words<Element>(d, from, count);
  } else {
    return gather_lanes<D, Element>(d, from, sizeof(Element), count);
  }
}

template <bool Whole, class Element, class D, class V>
HWY_INLINE void write_lanes(D d, V value, char* to, std::size_t count) {
  auto* elements = reinterpret_cast<Element*>(to);
  if constexpr (Whole) {
    store(d, value, elements);
  } else if constexpr (is_masked<Element> && std::is_same_v<Element, lane<D>>) {
    hn::BlendedStore(value, hn::FirstN(d, count), d, elements);
  } else if constexpr (is_masked<Element>) {
    const bits_of_lanes<D, Element> bits;
    using word = lane<decltype(bits)>;
    alignas(64) Element buffer[hn::MaxLanes(D())];
    store(d, value, buffer);
    hn::BlendedStore(hn::Load(bits, reinterpret_cast<const word*>(buffer)), hn::FirstN(bits, count),
                     bits, reinterpret_cast<word*>(to));
  } else if constexpr (are_words<D, Element>) {
    write_words<Element>(d, value, to, count);
  } else {
    scatter_lanes(d, value, elements, to, sizeof(Element), count);
  }
}

/// As many vectors as a vector has lanes, in registers where these suffice.
template <class D>
struct square_tile {
  hn::Vec<D> rows[hn::MaxLanes(D())];
};

/// Exchanges rows and columns: the lanes at even places and those at odd places of all pairs of
/// rows, as often as the rows can be halved.
template <std::size_t Left, std::size_t... I, class D>
HWY_INLINE void transpose(std::index_sequence<I...> half, D d, square_tile<D>& tile) {
#if HWY_TARGET != HWY_SCALAR
  if constexpr (Left > 1) {
    const square_tile<D> next = {{hn::ConcatEven(d, tile.rows[2 * I + 1], tile.rows[2 * I])...,
                                  hn::ConcatOdd(d, tile.rows[2 * I + 1], tile.rows[2 * I])...}};
    tile = next;
    transpose<Left / 2>(half, d, tile);
  }
#endif
  (void)half, (void)d, (void)tile;
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_LANES_TOGGLE
