// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include "fusor/schedule/element_list.hpp"
#include "fusor/schedule/tile.hpp"

/// Products behind each other, whose sizes are known when the program is compiled.
namespace fusor::detail {

/// One of them: what stands around the product, an element-wise plan whose last input is the
/// product, and the sizes of the matrix that rows are multiplied with.
template <class Plan, std::size_t Depth, std::size_t Columns>
struct chain_link {
  using plan = Plan;
  static constexpr std::size_t depth = Depth;
  static constexpr std::size_t columns = Columns;
};

template <class Compute, class... Links>
struct chain_plan {
  using compute = Compute;
};

/// Goes through all links. `weights` are, for each link in turn, the packed matrix and then the
/// rows of columns that the formula reads.
template <class T>
using loop_of_chain = void (*)(const T* const* weights, const T* in, T* out, std::size_t rows);

/// The rows that go through all links together: few, so that what is between the links stays near,
/// and a multiple of those of register tiles; half of them where the widest link is wide.
inline constexpr std::size_t most_rows_of_chain = 24;
constexpr std::size_t rows_of_chain(std::size_t bytes_of_columns) {
  return bytes_of_columns <= 2048 ? most_rows_of_chain : most_rows_of_chain / 2;
}

}  // namespace fusor::detail
