// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <string>
#include <type_traits>

#include "fusor/language/operation.hpp"
#include "fusor/transform/collect.hpp"
#include "fusor/transform/program.hpp"

/// What the operations of a lowered formula take, and what those are that nobody writes: for people
/// who ask.
namespace fusor::detail {

/// What is dear in an operation, and the number of those that are not.
struct work {
  unsigned exponentials = 0;
  unsigned logarithms = 0;
  unsigned divisions = 0;
  unsigned roots = 0;
  unsigned others = 0;

  constexpr work& operator+=(const work& more) {
    exponentials += more.exponentials;
    logarithms += more.logarithms;
    divisions += more.divisions;
    roots += more.roots;
    others += more.others;
    return *this;
  }
};

// clang-format off
inline constexpr work one_exponential{.exponentials = 1};
inline constexpr work one_quotient_of_exponentials{.exponentials = 1, .divisions = 1};

template <class Op> inline constexpr work work_of{.others = 1};
template <> inline constexpr work work_of<op::exp>            = one_exponential;
template <> inline constexpr work work_of<op::expm1>          = one_exponential;
template <> inline constexpr work work_of<op::expm1_of_negative> = one_exponential;
template <> inline constexpr work work_of<op::exp_scaled>     = one_exponential;
template <> inline constexpr work work_of<op::exp_summed>     = one_exponential;
template <> inline constexpr work work_of<op::exp_scale<false>> = one_exponential;
template <> inline constexpr work work_of<op::exp_scale<true>>  = one_exponential;
template <bool IsExact> inline constexpr work work_of<op::exp_tail<IsExact>>{};
template <> inline constexpr work work_of<op::normal_pdf>     = one_exponential;
template <> inline constexpr work work_of<op::sigmoid>        = one_quotient_of_exponentials;
template <> inline constexpr work work_of<op::logistic_pdf>   = one_quotient_of_exponentials;
template <> inline constexpr work work_of<op::tanh>           = one_quotient_of_exponentials;
template <> inline constexpr work work_of<op::sinh>           = one_quotient_of_exponentials;
template <> inline constexpr work work_of<op::cosh>           = one_quotient_of_exponentials;
template <> inline constexpr work work_of<op::erf>            = one_quotient_of_exponentials;
template <> inline constexpr work work_of<op::erfc>           = one_quotient_of_exponentials;
template <> inline constexpr work work_of<op::normal_cdf>     = one_quotient_of_exponentials;
template <> inline constexpr work work_of<op::gelu_slope>     = one_quotient_of_exponentials;
template <> inline constexpr work work_of<op::silu_slope>     = one_quotient_of_exponentials;
template <> inline constexpr work work_of<op::mish_slope>     = one_quotient_of_exponentials;
template <> inline constexpr work work_of<op::tanh_softplus>  = one_quotient_of_exponentials;
template <> inline constexpr work work_of<op::tanh_shrink>    = one_quotient_of_exponentials;
template <> inline constexpr work work_of<op::softplus>{.exponentials = 1, .logarithms = 1};
template <> inline constexpr work work_of<op::log_cosh>{.exponentials = 1, .logarithms = 1};
template <> inline constexpr work work_of<op::log>{.logarithms = 1};
template <> inline constexpr work work_of<op::log1p>{.logarithms = 1};
template <> inline constexpr work work_of<op::log_of_pair>{.logarithms = 2};
template <> inline constexpr work work_of<op::div>{.divisions = 1};
template <> inline constexpr work work_of<op::quotient>{.divisions = 1};
template <> inline constexpr work work_of<op::inverse>{.divisions = 1};
template <> inline constexpr work work_of<op::exp_complement>{.divisions = 1};
template <> inline constexpr work work_of<op::by_exp_parts<op::tanh_softplus>>{.divisions = 1, .others = 1};
template <> inline constexpr work work_of<op::by_exp_parts<op::mish_slope>>{.divisions = 1, .others = 1};
template <> inline constexpr work work_of<op::sqrt>{.roots = 1};
template <> inline constexpr work work_of<op::rsqrt>{.roots = 1};
template <> inline constexpr work work_of<op::hypot_of_square>{.roots = 1, .others = 1};
template <> inline constexpr work work_of<op::hypot>{.roots = 1, .others = 2};
template <class General, class... As> inline constexpr work work_of<op::where_usual<General, As...>>{};
// clang-format on

template <class Op>
constexpr work with_factor_of() {
  work sum = work_of<Op>;
  ++sum.others;
  return sum;
}
template <class Op>
inline constexpr work work_of<op::relaxed_op<Op>> = work_of<Op>;
template <class Op>
inline constexpr work work_of<op::times<Op>> = with_factor_of<Op>();
template <class Op, int Sign>
inline constexpr work work_of<op::by_exp_parts<op::times<Op>, Sign>> =
    with_factor_of<op::by_exp_parts<Op, Sign>>();

template <class Form>
inline constexpr work work_of_form{};
template <class Op, class... Children>
inline constexpr work work_of_form<form<Op, Children...>> = work_of<Op>;
template <class A, std::uint64_t Bits>
inline constexpr work work_of_form<form<op::div, A, lit<Bits>>> =
    is_invertible<lit<Bits>> ? work{.others = 1} : work{.divisions = 1};

/// What forms take together, each once.
template <class List>
constexpr work total_work() {
  return [&]<class... Forms>(form_list<Forms...>) {
    work sum;
    ((sum += work_of_form<Forms>), ...);
    return sum;
  }(List{});
}

/// "1 exponential, 2 divisions, 3 other operations"
inline std::string work_text(const work& sum) {
  std::string text;
  const auto add = [&](unsigned count, const char* what) {
    if (count == 0) return;
    text +=
        (text.empty() ? "" : ", ") + std::to_string(count) + " " + what + (count == 1 ? "" : "s");
  };
  add(sum.exponentials, "exponential");
  add(sum.logarithms, "logarithm");
  add(sum.divisions, "division");
  add(sum.roots, "root");
  const bool alone = text.empty();
  add(sum.others, alone ? "operation" : "other operation");
  return text;
}

/// What an operation is that stands in no formula of a user, or null.
// clang-format off
template <class Op> inline constexpr const char* meaning_of = nullptr;
template <> inline constexpr const char* meaning_of<op::matmul>           = "matmul(a, b): a product of matrices; parts of it are computed, and then the rest of the formula in the cache";
template <> inline constexpr const char* meaning_of<op::tanh_softplus>    = "tanh_softplus(a) = tanh(softplus(a))";
template <> inline constexpr const char* meaning_of<op::gelu_slope>       = "gelu_slope(a) = normal_cdf(a) + a * normal_pdf(a), right near its zero";
template <> inline constexpr const char* meaning_of<op::silu_slope>       = "silu_slope(a) = sigmoid(a) + a * logistic_pdf(a), right near its zero";
template <> inline constexpr const char* meaning_of<op::mish_slope>       = "mish_slope(a): the slope of a * tanh(softplus(a)), right near its zero";
template <> inline constexpr const char* meaning_of<op::tanh_shrink>      = "tanh_shrink(a) = a - tanh(a)";
template <> inline constexpr const char* meaning_of<op::expm1_of_negative> = "expm1_of_negative(a) = expm1(a), where only a <= 0 matters";
template <> inline constexpr const char* meaning_of<op::at_least>         = "at_least(a, b) = max(a, b), where b is a number";
template <> inline constexpr const char* meaning_of<op::at_most>          = "at_most(a, b) = min(a, b), where b is a number";
template <> inline constexpr const char* meaning_of<op::hypot_of_square>  = "hypot_of_square(a, b) = sqrt(a * a + b), right where a * a would overflow";
template <> inline constexpr const char* meaning_of<op::with_sign_of>     = "with_sign_of(a, b): |a| with the sign of b";
template <> inline constexpr const char* meaning_of<op::quotient>         = "quotient(a, b) = a / b, where neither is huge or tiny";
template <> inline constexpr const char* meaning_of<op::mul_add>          = "mul_add(a, b, c) = a * b + c, rounded once";
template <> inline constexpr const char* meaning_of<op::mul_sub>          = "mul_sub(a, b, c) = a * b - c, rounded once";
template <> inline constexpr const char* meaning_of<op::neg_mul_add>      = "neg_mul_add(a, b, c) = c - a * b, rounded once";
template <> inline constexpr const char* meaning_of<op::largest>          = "largest(a) = reduce_max(a), which may lose a NaN that comes back later";
template <> inline constexpr const char* meaning_of<op::exact_sum>        = "exact_sum(a) = reduce_sum(a), with what each addition loses";
template <> inline constexpr const char* meaning_of<op::low_part>         = "low_part(a): what rounding a lost";
template <> inline constexpr const char* meaning_of<op::double_word>      = "double_word(a, b) = a + b, not rounded";
template <> inline constexpr const char* meaning_of<op::rounded>          = "rounded(a): a in twice the precision, then rounded";
template <> inline constexpr const char* meaning_of<op::high_word>        = "high_word(a): a in twice the precision, then rounded";
template <> inline constexpr const char* meaning_of<op::low_word>         = "low_word(a): what that rounding lost";
template <> inline constexpr const char* meaning_of<op::exp_scaled>       = "exp_scaled(a, b, c, d) = exp(a - b) times a power of two that c says, 0 for a below d";
template <> inline constexpr const char* meaning_of<op::exp_summed>       = "exp_summed(a, b, c, d) = exp_scaled(a, b, c, d), less exact: a term of a sum";
template <> inline constexpr const char* meaning_of<op::exp_origin>       = "exp_origin(a): 0, or a, where a is huge";
template <> inline constexpr const char* meaning_of<op::exp_power>        = "exp_power(a): the power of two that makes exp(a) about 1";
template <> inline constexpr const char* meaning_of<op::exp_lowest>       = "exp_lowest(a): from where on an exponential is 0 beside exp(a)";
template <> inline constexpr const char* meaning_of<op::sub_pair>         = "sub_pair(a, b, c) = a - (b + c), where c is the low part of b";
template <> inline constexpr const char* meaning_of<op::sub_from_pair>    = "sub_from_pair(a, b, c) = (b + c) - a";
template <> inline constexpr const char* meaning_of<op::mul_sub_pair>     = "mul_sub_pair(a, b, c, d) = a * d - (b + c), where c is the low part of b";
template <> inline constexpr const char* meaning_of<op::neg_mul_add_pair> = "neg_mul_add_pair(a, b, c, d) = (b + c) - a * d";
template <> inline constexpr const char* meaning_of<op::sub_scaled_pair>  = "sub_scaled_pair(a, b, c, d) = a - (b + c) * d, where c is the low part of b";
template <> inline constexpr const char* meaning_of<op::distance_from>    = "distance_from(a, b) = a - b, 0 where both are the same infinity";
template <> inline constexpr const char* meaning_of<op::log_of_pair>      = "log_of_pair(a, b) = log(a + b), where b is the low part of a";
template <> inline constexpr const char* meaning_of<op::mul_pair>         = "mul_pair(a, b, c) = a * (b + c), where c is the low part of b";
template <> inline constexpr const char* meaning_of<op::inverse>          = "inverse(a) = 1 / a";
template <> inline constexpr const char* meaning_of<op::inverse_low>      = "inverse_low(a): what rounding 1 / a lost";
template <> inline constexpr const char* meaning_of<op::inverse_scale>    = "inverse_scale(a): a power of two by which 1 / a is scaled, so that it is no subnormal number";
template <> inline constexpr const char* meaning_of<op::div_by_row>       = "div_by_row(a, b, c, d) = a / b by the parts of 1 / b";
template <> inline constexpr const char* meaning_of<op::simplex_threshold> = "simplex_threshold(a, b): found by going over the row until nothing changes, from the largest element b";
template <class Op> inline constexpr const char* meaning_of<op::times<Op>> = meaning_of<Op>;
template <class Op> inline constexpr const char* meaning_of<op::relaxed_op<Op>> = meaning_of<Op>;
template <class Op, int Sign> inline constexpr const char* meaning_of<op::by_exp_parts<Op, Sign>> = meaning_of<Op>;
template <class General, class... As> inline constexpr const char* meaning_of<op::where_usual<General, As...>> =
    "an exponential and a quotient of it that several of these need are computed once, where the argument is usual";
// clang-format on

/// The operations of forms, each once.
template <class Ops, class... Forms>
struct operations_in : std::type_identity<Ops> {};
template <class Ops, class Op, class... Children, class... Rest>
struct operations_in<Ops, form<Op, Children...>, Rest...>
    : operations_in<typename append_new<Ops, Op>::type, Rest...> {};

/// A line for each of them that stands in no formula.
template <class... Forms>
std::string meanings_in(form_list<Forms...>) {
  return []<class... Ops>(form_list<Ops...>) {
    std::string text;
    [[maybe_unused]] const auto add = [&](const char* meaning) {
      if (meaning == nullptr || text.find(meaning) != std::string::npos) return;
      text += std::string("  ") + meaning + "\n";
    };
    (add(meaning_of<Ops>), ...);
    return text;
  }(typename operations_in<form_list<>, Forms...>::type{});
}

}  // namespace fusor::detail

#include "fusor/end.hpp"
