// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include "fusor/registry/run_time.hpp"

namespace fusor::detail {

template <class Keys>
struct loops_of_keys;
template <template <class...> class Sequence, class... Keys>
struct loops_of_keys<Sequence<Keys...>> {
  template <class T>
  static constexpr const registry_loop<T>* table[] = {
      run_time<hana::at_key(catalogue, Keys{})>::template loops<T>.data()...};
  template <class T>
  static constexpr registry_rows<T> rows[] = {
      run_time<hana::at_key(catalogue, Keys{})>::template rows<T>...};
};

/// The kernels of every activation of the catalogue, in its order, for one element type. A function
/// template, so that a library can compile each element type by itself.
template <class T>
const registry_loop<T>* const* all_loops() {
  using keys = std::remove_cvref_t<decltype(hana::keys(catalogue))>;
  return loops_of_keys<keys>::template table<T>;
}

/// The same for the activations along an axis; null for the others.
template <class T>
const registry_rows<T>* all_rows() {
  using keys = std::remove_cvref_t<decltype(hana::keys(catalogue))>;
  return loops_of_keys<keys>::template rows<T>;
}

}  // namespace fusor::detail

#include "fusor/end.hpp"
