// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <type_traits>

#include "fusor/transform/collect.hpp"
#include "fusor/transform/program.hpp"
#include "fusor/transform/scaled.hpp"

/// Operations of a lowered program that hold the same exponential, as sigmoid(A) and
/// logistic_pdf(A) do, compute it once, for the arguments where that is possible.
namespace fusor::detail {

/// The argument of the exponential in a form, and the operation that does without it; void for a
/// form that has none to share.
template <class A, class Operation = void>
struct held_exponential {
  using argument = A;
  using operation = Operation;
  template <class Parts, class Complement, class... Factors>
  using by = form<Operation, Factors..., Parts, Complement>;
};
template <class Form>
struct exponential_in : held_exponential<void> {};

// clang-format off
template <class A> struct exponential_in<form<op::exp, A>>           : held_exponential<A, op::by_exp_parts<op::exp>> {};
template <class A> struct exponential_in<form<op::expm1, A>>         : held_exponential<A, op::by_exp_parts<op::expm1>> {};
template <class A> struct exponential_in<form<op::sigmoid, A>>       : held_exponential<A, op::by_exp_parts<op::sigmoid>> {};
template <class A> struct exponential_in<form<op::logistic_pdf, A>>  : held_exponential<A, op::by_exp_parts<op::logistic_pdf>> {};
template <class A> struct exponential_in<form<op::tanh_softplus, A>> : held_exponential<A, op::by_exp_parts<op::tanh_softplus>> {};
template <class A> struct exponential_in<form<op::tanh, A>>          : held_exponential<twice<A>, op::by_exp_parts<op::tanh>> {};
template <class A> struct exponential_in<form<op::sigmoid, form<op::neg, A>>>      : held_exponential<A, op::by_exp_parts<op::sigmoid, -1>> {};
template <class A> struct exponential_in<form<op::logistic_pdf, form<op::neg, A>>> : exponential_in<form<op::logistic_pdf, A>> {};
template <class F, class A> struct exponential_in<form<op::times<op::exp>, F, A>>           : held_exponential<A, op::by_exp_parts<op::times<op::exp>>> {};
template <class F, class A> struct exponential_in<form<op::times<op::sigmoid>, F, A>>       : held_exponential<A, op::by_exp_parts<op::times<op::sigmoid>>> {};
template <class F, class A> struct exponential_in<form<op::times<op::logistic_pdf>, F, A>>  : held_exponential<A, op::by_exp_parts<op::times<op::logistic_pdf>>> {};
template <class F, class A> struct exponential_in<form<op::times<op::tanh_softplus>, F, A>> : held_exponential<A, op::by_exp_parts<op::times<op::tanh_softplus>>> {};
template <class F, class A> struct exponential_in<form<op::times<op::sigmoid>, F, form<op::neg, A>>>      : held_exponential<A, op::by_exp_parts<op::times<op::sigmoid>, -1>> {};
template <class F, class A> struct exponential_in<form<op::times<op::logistic_pdf>, F, form<op::neg, A>>> : exponential_in<form<op::times<op::logistic_pdf>, F, A>> {};
// clang-format on

template <class A, class List>
inline constexpr std::size_t count_with_exponential = 0;
template <class A, class... Forms>
inline constexpr std::size_t count_with_exponential<A, form_list<Forms...>> =
    (std::size_t{0} + ... + std::is_same_v<typename exponential_in<Forms>::argument, A>);

/// Whether several forms of a list hold the exponential of A.
template <class A, class List>
inline constexpr bool is_shared_exponential = count_with_exponential<A, List> > 1;
template <class List>
inline constexpr bool is_shared_exponential<void, List> = false;

/// Operations that need e^A - 1.
template <class Operation>
inline constexpr bool takes_expm1 = false;
template <>
inline constexpr bool takes_expm1<op::by_exp_parts<op::expm1>> = true;
template <>
inline constexpr bool takes_expm1<op::by_exp_parts<op::tanh>> = true;

template <class A, class List>
inline constexpr bool is_exact_at_0 = false;
template <class A, class... Forms>
inline constexpr bool is_exact_at_0<A, form_list<Forms...>> =
    ((std::is_same_v<typename exponential_in<Forms>::argument, A> &&
      takes_expm1<typename exponential_in<Forms>::operation>) ||
     ...);
template <class A, class List>
using parts_of_exp = form<op::exp_parts<is_exact_at_0<A, List>>, A>;

/// A form with its exponentials shared, and the list of their arguments.
template <class Form, class List, class Arguments,
          bool IsShared = is_shared_exponential<typename exponential_in<Form>::argument, List>>
struct share_exponentials {
  using type = Form;
  using arguments = Arguments;
};

template <class Op, class Done, class List, class Arguments, class... Rest>
struct share_in_children;
template <class Op, class... Done, class List, class Arguments>
struct share_in_children<Op, form_list<Done...>, List, Arguments> {
  using type = form<Op, Done...>;
  using arguments = Arguments;
};
template <class Op, class... Done, class List, class Arguments, class First, class... Rest>
struct share_in_children<Op, form_list<Done...>, List, Arguments, First, Rest...>
    : share_in_children<
          Op, form_list<Done..., typename share_exponentials<First, List, Arguments>::type>, List,
          typename share_exponentials<First, List, Arguments>::arguments, Rest...> {};

template <class Op, class... Children, class List, class Arguments>
struct share_exponentials<form<Op, Children...>, List, Arguments, false>
    : share_in_children<Op, form_list<>, List, Arguments, Children...> {};

template <class Op, class A, class List, class Arguments>
struct share_exponentials<form<Op, A>, List, Arguments, true> {
  using held = exponential_in<form<Op, A>>;
  using parts = parts_of_exp<typename held::argument, List>;
  using type = typename held::template by<parts, form<op::exp_complement, parts>>;
  using arguments = typename append_new<Arguments, typename held::argument>::type;
};
template <class Op, class Factor, class A, class List, class Arguments>
struct share_exponentials<form<Op, Factor, A>, List, Arguments, true> {
  using held = exponential_in<form<Op, Factor, A>>;
  using factor = share_exponentials<Factor, List, Arguments>;
  using parts = parts_of_exp<typename held::argument, List>;
  using type =
      typename held::template by<parts, form<op::exp_complement, parts>, typename factor::type>;
  using arguments = typename append_new<typename factor::arguments, typename held::argument>::type;
};

/// An output, chosen as a whole.
template <class Form, class Shared, class Arguments>
struct output_by_usual;
template <class Form, class Shared>
struct output_by_usual<Form, Shared, form_list<>> : std::type_identity<Form> {};
template <class Form, class Shared, class... As>
struct output_by_usual<Form, Shared, form_list<As...>>
    : std::type_identity<form<op::where_usual<Form, As...>, Shared>> {};
template <class Form, class List, class Shares = share_exponentials<Form, List, form_list<>>>
using output_with_shared =
    typename output_by_usual<Form, typename Shares::type, typename Shares::arguments>::type;

template <class List>
inline constexpr bool shares_exponentials = false;
template <class... Forms>
inline constexpr bool shares_exponentials<form_list<Forms...>> =
    (is_shared_exponential<typename exponential_in<Forms>::argument, form_list<Forms...>> || ...);

/// A program, with its exponentials shared.
template <class Program, bool Shares = shares_exponentials<typename Program::visited::seen>>
struct with_shared_exponentials : std::type_identity<Program> {};
template <std::size_t Inputs, class... Outputs>
struct with_shared_exponentials<program<Inputs, Outputs...>, true> {
  using seen = typename program<Inputs, Outputs...>::visited::seen;
  using type = program<Inputs, output_with_shared<Outputs, seen>...>;
};

}  // namespace fusor::detail
