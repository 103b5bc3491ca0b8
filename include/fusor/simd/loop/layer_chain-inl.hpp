// SPDX-License-Identifier: BSL-1.0
// Products behind each other, whose sizes are known when the program is compiled: no call between
// them has shapes to look at.

#if defined(FUSOR_SIMD_LOOP_LAYER_CHAIN_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef FUSOR_SIMD_LOOP_LAYER_CHAIN_TOGGLE
#undef FUSOR_SIMD_LOOP_LAYER_CHAIN_TOGGLE
#else
#define FUSOR_SIMD_LOOP_LAYER_CHAIN_TOGGLE
#endif

#include <algorithm>
#include <cstddef>

#include "fusor/language/packed.hpp"
#include "fusor/schedule/layer_chain.hpp"
#include "fusor/simd/loop/contiguous-inl.hpp"
#include "fusor/simd/loop/product-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace fusor {
namespace HWY_NAMESPACE {

/// One link of a chain: a product, and what stands around it.
template <class T, class Link, class Plan = typename Link::plan>
struct chain_link_loop;
template <class T, class Link, class Program, class Outputs, class... Inputs>
struct chain_link_loop<T, Link, plan<Program, T, Outputs, element_list<Inputs...>>> {
  using loop = array_loop<Program, T, Outputs, element_list<Inputs...>>;
  static constexpr std::size_t columns = Link::columns;
  static constexpr std::size_t depth = Link::depth;
  static constexpr std::size_t product_index = sizeof...(Inputs) - 1;
  /// All inputs but the rows that are multiplied.
  static constexpr std::size_t weight_total = product_index - 1;
  static constexpr std::size_t padded = whole_lines(columns, columns_per_line<T>);
  static constexpr std::size_t pitch =
      is_one_strip(padded * sizeof(T), product_vector<T>, product_strip<T>) ? columns : padded;

  /// Elements that the product of so many rows takes, and what may be written behind it.
  static constexpr std::size_t room(std::size_t rows) {
    return rows * pitch + columns_per_panel<T>;
  }

  /// Rows of a narrow product at a time: with them its additions need not wait for each other.
  static constexpr std::size_t narrow_rows = 12;
  static constexpr bool is_narrow =
      !HWY_HAVE_SCALABLE && vectors_of_product > 2 &&
      padded * sizeof(T) == product_vector<T>&& depth < least_depth_of_two_sums;

  static HWY_INLINE void run_product(const T* factor, const T* in, T* product, std::size_t rows) {
    if constexpr (is_narrow) {
      for (; rows >= narrow_rows; rows -= narrow_rows) {
        narrow_product_tile<T, narrow_rows, depth>(in, factor, product, pitch);
        in += narrow_rows * depth;
        product += narrow_rows * pitch;
      }
      if (rows == 0) return;
    }
    multiply<T>({reinterpret_cast<const char*>(in), static_cast<std::ptrdiff_t>(depth * sizeof(T)),
                 reinterpret_cast<const char*>(factor), 0, reinterpret_cast<char*>(product),
                 pitch * sizeof(T), rows, padded, depth});
  }

  static HWY_INLINE void run(const T* const* weights, const T* in, T* product, T* out,
                             std::size_t rows) {
    run_product(weights[0], in, product, rows);
    const void* from[sizeof...(Inputs)] = {};
    for (std::size_t i = 1; i < weight_total; ++i) from[i + 1] = weights[i];
    from[product_index] = product;
    void* to[] = {out};
    if constexpr (columns == 1 && pitch == 1) {
      loop::run(typename loop::source_list(from), to, rows, false);
    } else {
      for (std::size_t r = 0; r < rows; ++r) {
        from[product_index] = product + r * pitch;
        to[0] = out + r * columns;
        loop::run(typename loop::source_list(from), to, columns, false);
      }
    }
  }
};

template <class Chain>
struct chain_loop;
template <class T, class... Links>
struct chain_loop<chain_plan<T, Links...>> {
  static constexpr std::size_t link_total = sizeof...(Links);
  static constexpr std::size_t columns[] = {Links::columns...};
  static constexpr std::size_t depths[] = {Links::depth...};
  static constexpr std::size_t widest = std::max({Links::columns...});
  static constexpr std::size_t most_rows = rows_of_chain(widest * sizeof(T));

  /// From `in` on through the links from `At` on; what is between them in two arrays in turn.
  template <std::size_t At, class Link, class... Rest>
  static HWY_INLINE void run_links(const T* const* weights, const T* in, T* product,
                                   T* const (&between)[2], T* out, std::size_t rows) {
    using loop = chain_link_loop<T, Link>;
    if constexpr (At + 1 == link_total) {
      loop::run(weights, in, product, out, rows);
    } else {
      loop::run(weights, in, product, between[At % 2], rows);
      run_links<At + 1, Rest...>(weights + loop::weight_total, between[At % 2], product, between,
                                 out, rows);
    }
  }

  static void run(const T* const* weights, const T* in, T* out, std::size_t rows) {
    alignas(64) T product[std::max({chain_link_loop<T, Links>::room(most_rows)...})];
    alignas(64) T even[link_total > 1 ? most_rows * widest : 1];
    alignas(64) T odd[link_total > 2 ? most_rows * widest : 1];
    T* const between[] = {even, odd};
    for (std::size_t first = 0; first < rows; first += most_rows) {
      run_links<0, Links...>(weights, in + first * depths[0], product, between,
                             out + first * columns[link_total - 1],
                             HWY_MIN(rows - first, most_rows));
    }
  }
};

/// The entry of a chain on this instruction set.
template <class Chain>
void run_chain(const typename Chain::compute* const* weights, const typename Chain::compute* in,
               typename Chain::compute* out, std::size_t rows) {
  chain_loop<Chain>::run(weights, in, out, rows);
}

}  // namespace HWY_NAMESPACE
}  // namespace fusor
HWY_AFTER_NAMESPACE();

#endif  // FUSOR_SIMD_LOOP_LAYER_CHAIN_TOGGLE
