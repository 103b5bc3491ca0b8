// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstdint>

#include "fusor/transform/digits/hyperbolic.hpp"
#include "fusor/transform/digits/logarithms.hpp"
#include "fusor/transform/digits/roots.hpp"
#include "fusor/transform/digits/sums.hpp"

/// Rules that keep digits: logarithms that invert softplus, sigmoid, sinh and cosh. `as_written`
/// keeps a rule from what it wrote itself.
namespace fusor::detail {

// clang-format off
// log(e^A - 1) = A + log(1 - e^-A), the inverse of softplus; near log(2), where it is 0,
// log(1 + 2 (e^(A - log(2)) - 1)), with log(2) in three parts, of which the first is a float
template <class A> using above_log_two = form<op::sub, form<op::sub, form<op::sub, A,
    lit<bits_of(0x1.62e43p-1)>>, lit<bits_of(0.69314718055994531 - 0x1.62e43p-1)>>, lit<bits_of(2.319046813846299e-17)>>;
template <class A> using inverse_softplus = form<op::where, form<op::greater, A, one>,
    form<op::as_written, form<op::add, A, form<op::log1p, form<op::neg, exp_of<negative<A>>>>>>,
    form<op::where, form<op::less, A, number<3, 8>>, form<op::log, form<op::where, form<op::less, A, lit<bits_of(0x1p-60)>>, A, form<op::expm1, A>>>,
        form<op::log1p, form<op::mul, number<2>, form<op::expm1, above_log_two<A>>>>>>;
template <class A> struct logarithm<form<op::expm1, A>> : becomes<inverse_softplus<A>> {};
template <class A, class B> requires are_opposite<A, B> struct simplify_rule<form<op::add, A, log_one_minus_exp<B>>> : becomes<inverse_softplus<A>> {};
template <class A, class B> requires are_opposite<A, B> struct simplify_rule<form<op::add, log_one_minus_exp<B>, A>> : becomes<inverse_softplus<A>> {};
// log(e^A - e^B) = A + log(1 - e^(B - A))
template <class A, class B> struct logarithm<form<op::sub, exp_of<A>, exp_of<B>>> : becomes<form<op::add, A, log_one_minus_exp<form<op::sub, B, A>>>> {};
template <class A> struct logarithm<form<op::mul, number<2>, sinh_of<A>>> : becomes<form<op::add, A, log_one_minus_exp<twice<negative<A>>>>> {};

// log(A / (1 - A)) = log(A) - log(1 - A), the inverse of sigmoid: log(1 + (2 A - 1) / (1 - A)) where that keeps the digits
template <class A> using logit_of = form<op::where, form<op::less, A, number<1, 4>>,
    form<op::as_written, form<op::log, form<op::div, A, form<op::sub, one, A>>>>,
    form<op::log1p, form<op::div, form<op::sub, form<op::mul, number<2>, A>, one>, form<op::sub, one, A>>>>;
template <class A, class S> concept sum_to_one = !is_lit<A> && shifted<S>::number == 1 && are_opposite<A, typename shifted<S>::rest>;
template <class A, class S> requires sum_to_one<A, S> struct logarithm<form<op::div, A, S>> : becomes<logit_of<A>> {};
template <class A, class B> requires are_opposite<A, B> struct simplify_rule<form<op::sub, form<op::log, A>, form<op::log1p, B>>> : becomes<logit_of<A>> {};
template <class A, class B> requires are_opposite<A, B> struct simplify_rule<form<op::sub, form<op::log1p, B>, form<op::log, A>>> : becomes<form<op::neg, logit_of<A>>> {};

// log(A + sqrt(A^2 + 1)) = asinh(A)
template <class A> struct logarithm<sum_with_root<A, one>> : becomes<form<op::asinh, A>> {};

// log(A + sqrt(A^2 - 1)) = log(1 + (A - 1 + sqrt(A - 1) sqrt(A + 1))), the inverse of cosh; log(2 A) far from 0
template <class A> using is_moderate = form<op::less, A, lit<bits_of(0x1p60)>>;
template <class A, class Small> using log_of_sum_or_twice = form<op::add, form<op::log1p, form<op::where, is_moderate<A>, Small, A>>,
    form<op::where, is_moderate<A>, zero, lit<bits_of(0.69314718055994531)>>>;
template <class A> using inverse_cosh = log_of_sum_or_twice<A, form<op::add, form<op::sub, A, one>,
    form<op::mul, form<op::sqrt, form<op::sub, A, one>>, form<op::sqrt, form<op::add, A, one>>>>>;
template <class A, class S> concept square_less_one = shifted<S>::number == -1 && std::same_as<typename shifted<S>::rest, form<op::square, A>>;
template <class A, class S> requires square_less_one<A, S> struct logarithm<form<op::add, A, form<op::sqrt, S>>> : becomes<inverse_cosh<A>> {};
template <class A, class S> requires square_less_one<A, S> struct logarithm<form<op::add, form<op::sqrt, S>, A>> : becomes<inverse_cosh<A>> {};
// clang-format on

}  // namespace fusor::detail
