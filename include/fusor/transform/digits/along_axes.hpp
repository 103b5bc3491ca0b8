// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>

#include "fusor/transform/digits/sums.hpp"

/// Rules that keep digits: reductions.
namespace fusor::detail {

using number_of_infinity = lit<bits_of(infinity)>;

// clang-format off
// log(e^A / sum of e^A) and A - log(sum of e^A) = log_softmax(A); log(sum of e^A) = logsumexp(A)
template <class A, class Axes> using largest_along = form<op::reduce_max, argument_below<A>, Axes>;
template <class A, class Axes> using below_largest = form<op::sub, argument_below<A>, largest_along<A, Axes>>;
template <class A, class Axes> using log_of_sum = form<op::log, form<op::reduce_sum, exp_of<A>, Axes>>;
template <class A, class Axes> using log_softmax_of = form<op::sub, below_largest<A, Axes>, log_of_sum<below_largest<A, Axes>, Axes>>;
template <class A, class Axes> using logsumexp_of = form<op::where, form<op::less, form<op::abs, largest_along<A, Axes>>, number_of_infinity>,
    form<op::add, largest_along<A, Axes>, log_of_sum<below_largest<A, Axes>, Axes>>, largest_along<A, Axes>>;
template <class A, class Axes> struct simplify_rule<form<op::log, form<op::div, exp_of<A>, form<op::reduce_sum, exp_of<A>, Axes>>>> : becomes<log_softmax_of<A, Axes>> {};
template <class A, class Axes> requires std::same_as<argument_below<A>, A>
struct simplify_rule<log_of_sum<A, Axes>> : becomes<logsumexp_of<A, Axes>> {};
template <class A, class Axes> struct simplify_rule<form<op::sub, A, logsumexp_of<A, Axes>>> : becomes<log_softmax_of<A, Axes>> {};
// mean(A^2) - mean(A)^2 = mean((A - mean(A))^2)
template <class A, class Axes> using mean_of = form<op::div, form<op::reduce_sum, A, Axes>, form<op::reduce_count, Axes>>;
template <class A, class Axes> struct simplify_rule<form<op::sub, mean_of<form<op::square, A>, Axes>, form<op::square, mean_of<A, Axes>>>>
    : becomes<mean_of<form<op::square, form<op::sub, A, mean_of<A, Axes>>>, Axes>> {};
// clang-format on

}  // namespace fusor::detail
