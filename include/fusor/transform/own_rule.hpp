// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/transform/facts.hpp"

/// Rules of a program's own, written as those of digits.hpp are. What stands left is replaced by
/// what stands right, wherever it is met, until nothing changes:
///
///   template <class A>
///   struct fusor::rules::own_rule<form<mine::cube_root, form<op::neg, A>>>
///       : becomes<form<op::neg, form<mine::cube_root, A>>> {};
///
/// A rule holds for every argument, infinite ones as well, and ends: no two of them undo each
/// other.
namespace fusor::detail {

template <class Form>
struct plain_rule;

}  // namespace fusor::detail

namespace fusor::rules {

using detail::becomes;
using detail::form;
namespace op = detail::op;

template <class Form>
struct own_rule : detail::plain_rule<Form> {};

}  // namespace fusor::rules
