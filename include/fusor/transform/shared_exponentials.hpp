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
};
template <class Form>
struct exponential_in : held_exponential<void> {};

// clang-format off
template <class A> struct exponential_in<form<op::exp, A>>           : held_exponential<A, op::by_exp_parts<op::exp>> {};
template <class A> struct exponential_in<form<op::expm1, A>>         : held_exponential<A, op::by_exp_parts<op::expm1>> {};
template <class A> struct exponential_in<form<op::expm1_of_negative, A>> : exponential_in<form<op::expm1, A>> {};
template <class A> struct exponential_in<form<op::sigmoid, A>>       : held_exponential<A, op::by_exp_parts<op::sigmoid>> {};
template <class A> struct exponential_in<form<op::logistic_pdf, A>>  : held_exponential<A, op::by_exp_parts<op::logistic_pdf>> {};
template <class A> struct exponential_in<form<op::tanh_softplus, A>> : held_exponential<A, op::by_exp_parts<op::tanh_softplus>> {};
template <class A> struct exponential_in<form<op::silu_slope, A>>    : held_exponential<A, op::by_exp_parts<op::silu_slope>> {};
template <class A> struct exponential_in<form<op::mish_slope, A>>    : held_exponential<A, op::by_exp_parts<op::mish_slope>> {};
template <class A> struct exponential_in<form<op::tanh, A>>          : held_exponential<twice<A>, op::by_exp_parts<op::tanh>> {};
template <class A> struct exponential_in<form<op::sigmoid, form<op::neg, A>>>      : held_exponential<A, op::by_exp_parts<op::sigmoid, -1>> {};
template <class A> struct exponential_in<form<op::logistic_pdf, form<op::neg, A>>> : exponential_in<form<op::logistic_pdf, A>> {};
// clang-format on

/// The same with a factor.
template <class Operation>
struct times_factor : std::type_identity<void> {};
template <class Op, int Sign>
struct times_factor<op::by_exp_parts<Op, Sign>>
    : std::type_identity<op::by_exp_parts<op::times<Op>, Sign>> {};
template <class Op, class Factor, class A>
struct exponential_in<form<op::times<Op>, Factor, A>>
    : held_exponential<
          typename exponential_in<form<Op, A>>::argument,
          typename times_factor<typename exponential_in<form<Op, A>>::operation>::type> {};

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

/// The operation of a form, by the parts of its exponential.
template <class Operation, bool IsExactAt0, class A, class... Factors>
using by_parts = form<Operation, Factors..., A, form<op::exp_scale<IsExactAt0>, A>,
                      form<op::exp_tail<IsExactAt0>, A>,
                      form<op::exp_complement, form<op::exp_scale<IsExactAt0>, A>,
                           form<op::exp_tail<IsExactAt0>, A>>>;

/// A form with its exponentials shared, where they are in `List` more than once.
template <class Form, class List,
          bool IsShared = is_shared_exponential<typename exponential_in<Form>::argument, List>>
struct with_parts : std::type_identity<Form> {};
template <class Op, class... Children, class List>
struct with_parts<form<Op, Children...>, List, false>
    : std::type_identity<form<Op, typename with_parts<Children, List>::type...>> {};
template <class Op, class A, class List>
struct with_parts<form<Op, A>, List, true> {
  using held = exponential_in<form<Op, A>>;
  using argument = typename held::argument;
  using type = by_parts<typename held::operation, is_exact_at_0<argument, List>, argument>;
};
template <class Op, class Factor, class A, class List>
struct with_parts<form<Op, Factor, A>, List, true> {
  using held = exponential_in<form<Op, Factor, A>>;
  using argument = typename held::argument;
  using type = by_parts<typename held::operation, is_exact_at_0<argument, List>, argument,
                        typename with_parts<Factor, List>::type>;
};

/// The arguments of the exponentials that are shared, each once.
template <class List, class Arguments, class... Forms>
struct shared_arguments : std::type_identity<Arguments> {};
template <class List, class Arguments, class First, class... Rest>
struct shared_arguments<List, Arguments, First, Rest...>
    : shared_arguments<List,
                       typename std::conditional_t<
                           is_shared_exponential<typename exponential_in<First>::argument, List>,
                           append_new<Arguments, typename exponential_in<First>::argument>,
                           std::type_identity<Arguments>>::type,
                       Rest...> {};
template <class List>
struct shared_arguments_of;
template <class... Forms>
struct shared_arguments_of<form_list<Forms...>>
    : shared_arguments<form_list<Forms...>, form_list<>, Forms...> {};

/// An output, chosen as a whole, where all arguments are usual and where not.
template <class Form, class Shared, class Arguments>
struct output_by_usual;
template <class Form, class Shared, class... As>
struct output_by_usual<Form, Shared, form_list<As...>>
    : std::type_identity<form<op::where_usual<Form, As...>, Shared>> {};
template <class Form, class... As>
struct output_by_usual<Form, Form, form_list<As...>> : std::type_identity<Form> {};

/// It is compiled both ways: where there are many arguments, that takes more time than it saves.
inline constexpr std::size_t most_shared_exponentials = 2;

template <class List>
inline constexpr std::size_t exponential_total = 0;
template <class... Forms>
inline constexpr std::size_t exponential_total<form_list<Forms...>> =
    (std::size_t{0} + ... + !std::is_void_v<typename exponential_in<Forms>::argument>);
inline constexpr std::size_t most_exponentials = 12;

template <class List>
inline constexpr bool has_few_exponentials =
    exponential_total<List> > 1 && exponential_total<List> <= most_exponentials;

template <class List, bool AreFew = has_few_exponentials<List>>
struct arguments_to_share : std::type_identity<form_list<>> {};
template <class List>
struct arguments_to_share<List, true> : shared_arguments_of<List> {};

/// A program, with its exponentials shared.
template <class Program,
          class Arguments = typename arguments_to_share<typename Program::seen>::type>
struct with_shared_exponentials : std::type_identity<Program> {};
template <std::size_t Inputs, class... Outputs, class... As>
requires(sizeof...(As) > 0 &&
         sizeof...(As) <=
             most_shared_exponentials) struct with_shared_exponentials<program<Inputs, Outputs...>,
                                                                       form_list<As...>> {
  using seen = typename program<Inputs, Outputs...>::seen;
  using type =
      program<Inputs, typename output_by_usual<Outputs, typename with_parts<Outputs, seen>::type,
                                               form_list<As...>>::type...>;
};

}  // namespace fusor::detail
