// SPDX-License-Identifier: BSL-1.0
// Views of mdspans that are refused at compile time, as in calls.cpp.
#include <cstddef>
#include <fusor/fusor.hpp>
#include <fusor/interop/mdspan.hpp>
#include <mdspan>

using namespace fusor;

/// Twice what is in memory.
struct doubled {
  using offset_policy = doubled;
  using element_type = float;
  using reference = float;
  using data_handle_type = float*;

  reference access(data_handle_type data, std::size_t i) const {
    return 2 * data[i];
  }
  data_handle_type offset(data_handle_type data, std::size_t i) const {
    return data + i;
  }
};

/// The lower triangle of a symmetric matrix.
struct triangle {
  template <class Extents>
  struct mapping {
    using extents_type = Extents;
    using index_type = typename Extents::index_type;
    using size_type = typename Extents::size_type;
    using rank_type = typename Extents::rank_type;
    using layout_type = triangle;

    Extents shape;

    const Extents& extents() const {
      return shape;
    }
    index_type operator()(index_type i, index_type j) const {
      return i > j ? i * (i + 1) / 2 + j : j * (j + 1) / 2 + i;
    }
    index_type required_span_size() const {
      return shape.extent(0) * (shape.extent(0) + 1) / 2;
    }
    static constexpr bool is_always_unique() {
      return false;
    }
    static constexpr bool is_always_exhaustive() {
      return true;
    }
    static constexpr bool is_always_strided() {
      return false;
    }
    static constexpr bool is_unique() {
      return false;
    }
    static constexpr bool is_exhaustive() {
      return true;
    }
    static constexpr bool is_strided() {
      return false;
    }
    friend bool operator==(const mapping&, const mapping&) = default;
  };
};

int main() {
  using shape = std::extents<int, 3, 3>;
  float data[9] = {};
  const std::mdspan<float, shape> matrix(data);
  kernel<relu>(view(matrix));

#if FUSOR_MISUSE == 1
  const std::mdspan<float, shape, std::layout_right, doubled> twice(data);
  kernel<relu>(view(twice), view(matrix));
#elif FUSOR_MISUSE == 2
  const std::mdspan<float, shape, triangle> symmetric(data);
  kernel<relu>(view(symmetric), view(matrix));
#elif FUSOR_MISUSE == 3
  int integers[9] = {};
  kernel<relu>(view(std::mdspan<int, shape>(integers)), view(matrix));
#endif
}
