// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <type_traits>

#include "fusor/transform/facts.hpp"
#include "fusor/transform/program.hpp"

/// Parts of forms: found, collected, and replaced by others.
namespace fusor::detail {

// --- replacing
// ---------------------------------------------------------------------------------------

template <class From, class To>
struct replacement {};

template <class... Replacements>
struct replacements : Replacements... {};

template <class From, class To>
std::type_identity<To> replaced_by(const replacement<From, To>*);

template <class Form, class Replacements>
inline constexpr bool is_replaced = requires(const Replacements* all) {
  replaced_by<Form>(all);
};

template <class Form, class Replacements, bool IsReplaced = is_replaced<Form, Replacements>>
struct replace : std::type_identity<Form> {};
template <class Op, class... Children, class Replacements>
struct replace<form<Op, Children...>, Replacements, false>
    : std::type_identity<form<Op, typename replace<Children, Replacements>::type...>> {};
template <class Form, class Replacements>
struct replace<Form, Replacements, true>
    : decltype(replaced_by<Form>(static_cast<const Replacements*>(nullptr))) {};

template <class List, class Replacements>
struct replace_in;
template <class... Forms, class Replacements>
struct replace_in<form_list<Forms...>, Replacements>
    : std::type_identity<form_list<typename replace<Forms, Replacements>::type...>> {};

// --- collecting
// --------------------------------------------------------------------------------------

template <class List, class Form, bool IsIn = is_in<Form, List>>
struct append_new : append<List, Form> {};
template <class List, class Form>
struct append_new<List, Form, true> : std::type_identity<List> {};

/// The outermost forms for which `Wanted` holds, each once.
template <template <class> class Wanted, class List, class... Forms>
struct collect : std::type_identity<List> {};

template <template <class> class Wanted, class List, class Form, bool IsWanted>
struct collect_one : std::type_identity<List> {};
template <template <class> class Wanted, class List, class Form>
struct collect_one<Wanted, List, Form, true> : append_new<List, Form> {};
template <template <class> class Wanted, class List, class Op, class... Children>
struct collect_one<Wanted, List, form<Op, Children...>, false>
    : collect<Wanted, List, Children...> {};

template <template <class> class Wanted, class List, class First, class... Rest>
struct collect<Wanted, List, First, Rest...>
    : collect<Wanted, typename collect_one<Wanted, List, First, Wanted<First>::value>::type,
              Rest...> {};

template <template <class> class Wanted, class List>
struct collect_all;
template <template <class> class Wanted, class... Forms>
struct collect_all<Wanted, form_list<Forms...>> : collect<Wanted, form_list<>, Forms...> {};

template <class Form>
struct is_half_form : std::false_type {};
template <class Op, class... Children>
struct is_half_form<form<Op, Children...>> : std::bool_constant<is_half<Op>> {};

/// A reduction that needs no other first.
template <class Form>
struct is_innermost : std::false_type {};
template <class Op, class... Children>
struct is_innermost<form<Op, Children...>>
    : std::bool_constant<Op::is_reduction && !(has_reduction<Children> || ...)> {};

template <class Form>
inline constexpr bool is_row = false;
template <std::size_t Index>
inline constexpr bool is_row<row<Index>> = true;

template <class Form>
inline constexpr bool is_of_rows = is_row<Form> || is_lit<Form>;
template <class Op, class... Children>
inline constexpr bool is_of_rows<form<Op, Children...>> =
    !Op::is_reduction && !Op::is_condition && (is_of_rows<Children> && ...);
template <class Form>
inline constexpr bool has_row = is_row<Form>;
template <class Op, class... Children>
inline constexpr bool has_row<form<Op, Children...>> = (has_row<Children> || ...);

/// A form that is the same for the whole row.
template <class Form>
struct is_invariant : std::false_type {};
template <class Op, class... Children>
struct is_invariant<form<Op, Children...>>
    : std::bool_constant<is_of_rows<form<Op, Children...>> && has_row<form<Op, Children...>>> {};

template <class Form>
inline constexpr bool reads_memory = false;
template <std::size_t Index>
inline constexpr bool reads_memory<in<Index>> = true;
template <class Op, class... Children>
inline constexpr bool reads_memory<form<Op, Children...>> = (reads_memory<Children> || ...);

template <class List>
inline constexpr bool any_reduction = false;
template <class... Forms>
inline constexpr bool any_reduction<form_list<Forms...>> = (has_reduction<Forms> || ...);

}  // namespace fusor::detail
