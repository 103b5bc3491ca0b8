// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>

#include "fusor/transform/form.hpp"

/// The engine that applies rules to a form, from the leaves up, until none applies.
namespace fusor::detail {

template <template <class> class Rule, class Form>
struct rewrite;

/// One step at the root, and again on what it gives, until the rule leaves it as it is.
template <template <class> class Rule, class Form, class Next = typename Rule<Form>::type>
struct rewrite_root : rewrite<Rule, Next> {};

template <template <class> class Rule, class Form>
struct rewrite_root<Rule, Form, Form> {
  using type = Form;
};

template <template <class> class Rule, class Form>
struct rewrite {
  using type = Form;
};

template <template <class> class Rule, class Op, class... Children>
struct rewrite<Rule, form<Op, Children...>>
    : rewrite_root<Rule, form<Op, typename rewrite<Rule, Children>::type...>> {};

}  // namespace fusor::detail
