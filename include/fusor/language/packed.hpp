// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>

#include "fusor/language/element.hpp"
#include "fusor/language/view.hpp"

/// Matrices in the order in which products read them.
namespace fusor {

namespace detail {

/// Columns stand in panels of at most four cache lines a row, the last panel as narrow as whole
/// cache lines allow: in a panel row follows row. Columns that fill the last cache line are 0.
inline constexpr std::size_t panel_alignment = 64;
inline constexpr std::size_t lines_per_panel = 4;
template <class T>
inline constexpr std::size_t columns_per_line = panel_alignment / sizeof(T);
template <class T>
inline constexpr std::size_t columns_per_panel = lines_per_panel* columns_per_line<T>;

/// A multiple of what fills a cache line, a power of two.
constexpr std::size_t whole_lines(std::size_t columns, std::size_t per_line) {
  return (columns + per_line - 1) & ~(per_line - 1);
}

}  // namespace detail

/// The elements of memory that a packed matrix of so many rows and columns takes.
template <class T>
constexpr std::size_t packed_size(std::size_t rows, std::size_t columns) {
  return rows * detail::whole_lines(columns, detail::columns_per_line<T>);
}

/// A packed matrix in memory of somebody else, as of weights that are part of a program: its
/// elements as `packed` writes them, `packed_size<T>(rows, columns)` of them, from an address that
/// is a multiple of 64.
template <class T>
struct packed_view {
  static_assert(std::is_same_v<T, float> || std::is_same_v<T, double>,
                "packed_view: a packed matrix holds float or double");
  const T* data;
  std::size_t rows;
  std::size_t columns;
};

/// A packed matrix that owns its elements. Any number of threads may read it; it can be moved.
template <class T>
class packed_matrix {
  static_assert(std::is_same_v<T, float> || std::is_same_v<T, double>,
                "packed_matrix: a packed matrix holds float or double");
  struct release {
    void operator()(T* elements) const {
      ::operator delete (elements, std::align_val_t{detail::panel_alignment});
    }
  };

 public:
  /// A matrix of so many rows and columns, all 0.
  packed_matrix(std::size_t rows, std::size_t columns) : rows_(rows), columns_(columns) {
    const std::size_t size = packed_size<T>(rows, columns);
    elements_.reset(static_cast<T*>(
        ::operator new (size * sizeof(T), std::align_val_t{detail::panel_alignment})));
    std::fill_n(elements_.get(), size, T{0});
  }

  std::size_t rows() const {
    return rows_;
  }
  std::size_t columns() const {
    return columns_;
  }
  const T* data() const {
    return elements_.get();
  }
  T* data() {
    return elements_.get();
  }
  /// The same without owning it.
  packed_view<T> view() const {
    return {data(), rows_, columns_};
  }

 private:
  std::size_t rows_;
  std::size_t columns_;
  std::unique_ptr<T, release> elements_;
};

namespace detail {

template <class T>
inline constexpr bool is_packed = false;
template <class T>
inline constexpr bool is_packed<packed_view<T>> = true;
template <class T>
inline constexpr bool is_packed<packed_matrix<T>> = true;

template <class T>
struct packed_element;
template <class T>
struct packed_element<packed_view<T>> : std::type_identity<T> {};
template <class T>
struct packed_element<packed_matrix<T>> : std::type_identity<T> {};

template <class T>
packed_view<T> view_of_packed(const packed_view<T>& matrix) {
  return matrix;
}
template <class T>
packed_view<T> view_of_packed(const packed_matrix<T>& matrix) {
  return matrix.view();
}

/// What a packed matrix of these elements holds: what a product with them is computed in.
template <class Element>
using packed_type = std::conditional_t<std::is_same_v<Element, double>, double, float>;

/// One element as that.
template <class Element>
packed_type<Element> widened(Element element) {
  if constexpr (std::is_same_v<Element, float> || std::is_same_v<Element, double>) {
    return element;
  } else {
    return static_cast<float>(element);
  }
}

}  // namespace detail

inline namespace FUSOR_REFUSALS {

/// The second operand of a product, ordered as the loops read it: once for many calls, which then
/// need not do it. `packed(view(weights, {inputs, outputs}))`; any strides, so that
/// `view(weights, {inputs, outputs}, {1, inputs})` takes the transpose. Of float16 and bfloat16 it
/// holds floats. The bits of a product are those with the view itself.
///
///     const auto weights = packed(view(w, {64, 32}));
///     kernel<matmul(x, y)>(view(in, {rows, 64}), weights, view(out, {rows, 32}));
///
/// Throws shape_error if there are elements, and none in memory.
template <class Element, std::size_t Rank>
auto packed(const tensor_view<Element, Rank>& matrix) {
  using stored = detail::element_type<std::remove_const_t<Element>>;
  static_assert(Rank == 2, "packed: a matrix has two axes; a batch of them is packed one by one");
  static_assert(detail::element<stored>,
                "packed: elements must be float, double, fusor::float16 or fusor::bfloat16");
  using T = detail::packed_type<stored>;
  const std::size_t rows = matrix.shape[0];
  const std::size_t columns = matrix.shape[Rank - 1];
  if (matrix.data == nullptr && rows * columns != 0) {
    detail::refuse<shape_error>("packed: the view has no memory");
  }
  packed_matrix<T> made(rows, columns);
  T* panel = made.data();
  for (std::size_t first = 0; first < columns; first += detail::columns_per_panel<T>) {
    const std::size_t count = std::min(columns - first, detail::columns_per_panel<T>);
    const std::size_t width = detail::whole_lines(count, detail::columns_per_line<T>);
    for (std::size_t row = 0; row < rows; ++row, panel += width) {
      const Element* from = matrix.data + static_cast<std::ptrdiff_t>(row) * matrix.strides[0] +
                            static_cast<std::ptrdiff_t>(first) * matrix.strides[Rank - 1];
      for (std::size_t i = 0; i < count; ++i, from += matrix.strides[Rank - 1]) {
        panel[i] = detail::widened(std::bit_cast<stored>(*from));
      }
    }
  }
  return made;
}

}  // namespace FUSOR_REFUSALS

}  // namespace fusor

#include "fusor/end.hpp"
