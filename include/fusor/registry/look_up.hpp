// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <array>
#include <boost/hana/any_of.hpp>
#include <boost/hana/at_key.hpp>
#include <boost/hana/contains.hpp>
#include <boost/hana/find.hpp>
#include <boost/hana/find_if.hpp>
#include <boost/hana/first.hpp>
#include <boost/hana/insert.hpp>
#include <boost/hana/keys.hpp>
#include <boost/hana/map.hpp>
#include <boost/hana/pair.hpp>
#include <boost/hana/string.hpp>
#include <boost/hana/unpack.hpp>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "fusor/language/expression.hpp"
#include "fusor/language/operation.hpp"
#include "fusor/registry/suggestion.hpp"

/// Maps from identifiers to activations: how they are made, extended and asked.
namespace fusor {

namespace detail {

template <spelling Name, std::size_t... I>
constexpr auto make_identifier(std::index_sequence<I...>) {
  return hana::string<Name.text[I]...>{};
}

}  // namespace detail

/// A name as a key of a catalogue.
template <detail::spelling Name>
inline constexpr auto identifier =
    detail::make_identifier<Name>(std::make_index_sequence<sizeof(Name.text) - 1>{});

/// An entry of a catalogue: an expression, an activation or another callable, under a name.
template <detail::spelling Name, class Activation>
constexpr auto named(Activation activation) {
  static_assert(std::is_class_v<Activation>,
                "named: the argument must be an expression, an activation, or a callable from "
                "expressions to an expression");
  return detail::hana::make_pair(identifier<Name>, activation);
}

/// A catalogue with further entries: `extend(catalogue, named<"swiglu">(silu(x) * y))`. A name that
/// is there already is refused at compile time.
template <class Catalogue>
constexpr auto extend(const Catalogue& of) {
  return of;
}

template <class Catalogue, class Entry, class... Entries>
constexpr auto extend(const Catalogue& of, const Entry& entry, const Entries&... entries) {
  using key = std::remove_cvref_t<decltype(detail::hana::first(entry))>;
  constexpr bool is_new = !decltype(detail::hana::contains(of, key{}))::value;
  static_assert(is_new, "extend: the catalogue has an entry of this name already");
  if constexpr (is_new) {
    return extend(detail::hana::insert(of, entry), entries...);
  } else {
    return of;
  }
}

namespace detail {

template <class Keys>
struct key_list;
template <template <class...> class Sequence, class... Keys>
struct key_list<Sequence<Keys...>> {
  static constexpr std::size_t size = sizeof...(Keys);
  static constexpr std::array<std::string_view, size> names{Keys::c_str()...};
  template <std::size_t Index>
  using at = std::tuple_element_t<Index, std::tuple<Keys...>>;
};

template <class Catalogue>
using keys_of = key_list<std::remove_cvref_t<decltype(hana::keys(std::declval<Catalogue>()))>>;

#if defined(__clang__) && __clang_major__ < 15
/// A name in the text of a compiler's error. This compiler shows a structure as numbers, but the
/// key of a map as letters.
template <spelling Name>
using name_shown = std::remove_const_t<decltype(identifier<Name>)>;
#else
template <spelling Name>
struct name_shown {};
#endif

template <class... Names>
struct nearest_are {};

template <class Key>
struct show;
template <char... Letters>
struct show<hana::string<Letters...>> {
  static constexpr char text[sizeof...(Letters) + 1] = {Letters..., '\0'};
  using type = name_shown<spelling<sizeof...(Letters) + 1>(text)>;
};

template <class Name, class Nearest>
inline constexpr bool is_known = false;

template <class Name, class Nearest>
struct unknown_name {
  static_assert(is_known<Name, Nearest>,
                "activation: the catalogue has no entry of this name; this message shows the name "
                "and the nearest ones");
};

template <const auto& Catalogue>
struct keys_in : keys_of<std::remove_cvref_t<decltype(Catalogue)>> {};

/// The position of the name that is the `Rank`-th nearest to a name.
template <spelling Name, const auto& Catalogue, std::size_t Rank>
inline constexpr std::size_t near_position =
    nearest_names<Rank + 1>(Name.text, keys_in<Catalogue>::names)[Rank];

template <spelling Name, const auto& Catalogue, std::size_t Rank>
using near_name = typename show<
    typename keys_in<Catalogue>::template at<near_position<Name, Catalogue, Rank>>>::type;

/// The activation of a name in a catalogue; stops with the name and the nearest ones if there is
/// none. The catalogue is a template argument so that its type does not fill the message.
template <spelling Name, const auto& Catalogue>
constexpr auto look_up() {
  using key = std::remove_const_t<decltype(identifier<Name>)>;
  if constexpr (decltype(hana::contains(Catalogue, key{}))::value) {
    return hana::at_key(Catalogue, key{});
  } else {
    (void)unknown_name<name_shown<Name>,
                       nearest_are<near_name<Name, Catalogue, 0>, near_name<Name, Catalogue, 1>,
                                   near_name<Name, Catalogue, 2>>>{};
    return x;
  }
}

}  // namespace detail

/// The identifiers of a catalogue, in the order of its entries.
template <class Catalogue>
constexpr auto names_of(const Catalogue&) {
  return detail::keys_of<Catalogue>::names;
}

}  // namespace fusor

#include "fusor/end.hpp"
