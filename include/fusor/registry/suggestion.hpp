// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

/// The names nearest to one that is not known, at compile time and at run time.
namespace fusor::detail {

/// The number of letters to insert, remove or replace to make one word of the other. Words are cut
/// after 63 letters.
constexpr std::size_t edit_distance(std::string_view a, std::string_view b) {
  constexpr std::size_t longest = 63;
  a = a.substr(0, longest);
  b = b.substr(0, longest);
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  std::array<std::size_t, longest + 1> row{};
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (lower(a[i]) == lower(b[j]) ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, diagonal + 1, row[j] + 1});
    }
  }
  return row[b.size()];
}

/// The positions of the `Count` names nearest to `name`, the nearest first. `names` holds at least
/// that many.
template <std::size_t Count, class Names>
constexpr std::array<std::size_t, Count> nearest_names(std::string_view name, const Names& names) {
  std::array<std::size_t, Count> nearest{};
  std::array<std::size_t, Count> distances{};
  distances.fill(static_cast<std::size_t>(-1));
  for (std::size_t i = 0; i < std::size(names); ++i) {
    std::size_t distance = edit_distance(name, names[i]);
    std::size_t position = i;
    for (std::size_t k = 0; k < Count; ++k) {
      if (distance < distances[k]) {
        std::swap(distance, distances[k]);
        std::swap(position, nearest[k]);
      }
    }
  }
  return nearest;
}

}  // namespace fusor::detail

#include "fusor/end.hpp"
