// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "fusor/language/precise_begin.hpp"

namespace fusor::detail {

/// How tightly an operator binds, for printing.
enum class precedence { disjunction, conjunction, equality, relation, sum, product, prefix, call };

/// A name usable as a template argument.
template <std::size_t Size>
struct spelling {
  char text[Size]{};
  constexpr spelling(const char (&letters)[Size]) {
    for (std::size_t i = 0; i < Size; ++i) text[i] = letters[i];
  }
};

template <spelling Name, precedence Binding, bool IsCondition = false>
struct operation {
  static constexpr auto name_text = Name;
  static constexpr const char* name = Name.text;
  static constexpr precedence binding = Binding;
  static constexpr bool is_condition = IsCondition;
  static constexpr bool is_reduction = false;
  /// Whether it is an operation of a program, own_operation.hpp.
  static constexpr bool is_own = false;
  /// Whether it is many instructions: its loops are unrolled less, and hide memory behind it.
  static constexpr bool is_expensive = false;
  /// What a vector takes, about, in fused multiply-adds: measured on arrays in the first-level
  /// cache (float, AVX-512, Zen 5).
  static constexpr unsigned cost = 1;
  /// Whether it takes the error term of its argument, because a relative error of the argument
  /// grows with the argument.
  static constexpr bool takes_error = false;
  /// Whether the product of a factor with it is computed as a whole, `times<Op>`, which is right
  /// where it alone would underflow.
  static constexpr bool joins_factor = false;
};

template <spelling Name, precedence Binding>
using infix = operation<Name, Binding>;
template <spelling Name, precedence Binding>
using comparison = operation<Name, Binding, true>;
template <spelling Name, bool IsCondition = false>
using prefix = operation<Name, precedence::prefix, IsCondition>;
template <spelling Name>
using function = operation<Name, precedence::call>;
inline constexpr unsigned with_error = 1;
inline constexpr unsigned with_factor = 2;
template <spelling Name, unsigned Cost, unsigned Traits = 0>
struct expensive : function<Name> {
  static constexpr bool is_expensive = true;
  static constexpr unsigned cost = Cost;
  static constexpr bool takes_error = (Traits & with_error) != 0;
  static constexpr bool joins_factor = (Traits & with_factor) != 0;
};
template <spelling Name>
struct reduction : function<Name> {
  static constexpr bool is_reduction = true;
};

/// Correctly rounded square root, bit by bit, for folding: std::sqrt is not constexpr in Clang.
constexpr double square_root(double a) {
  if (!(a > 0) || a == std::numeric_limits<double>::infinity()) {
    return a == 0 || a > 0 ? a : std::numeric_limits<double>::quiet_NaN();
  }
  double scale = 0x1p-27;
  for (; a >= 0x1p54; a *= 0.25) scale *= 2;
  for (; a < 0x1p52; a *= 4) scale *= 0.5;
  // 54 bits of the root of a 2^54: one more than a double holds, for rounding.
  const auto digits = static_cast<std::uint64_t>(a);
  std::uint64_t root = 0;
  std::uint64_t rest = 0;
  for (int i = 52; i >= -54; i -= 2) {
    rest = rest << 2 | (i >= 0 ? digits >> i & 3 : 0);
    const std::uint64_t trial = root << 2 | 1;
    root = root << 1 | (rest >= trial ? 1 : 0);
    if (rest >= trial) rest -= trial;
  }
  return static_cast<double>((root >> 1) + (root & 1)) * 2 * scale;
}

/// The nearest whole number, of two the even one, and the whole numbers beside a; a zero has the
/// sign of a.
constexpr double nearest(double a) {
  if (!(a > -0x1p52 && a < 0x1p52) || a == 0) return a;
  const double whole = a < 0 ? (a - 0x1p52) + 0x1p52 : (a + 0x1p52) - 0x1p52;
  return whole == 0 && a < 0 ? -0.0 : whole;
}
constexpr double whole_below(double a) {
  return nearest(a) > a ? nearest(a) - 1 : nearest(a);
}
constexpr double whole_above(double a) {
  return -whole_below(-a);
}

/// a / b, also where b is 0: that is not a constant expression by itself.
constexpr double divide(double a, double b) {
  if (b != 0 || b != b) return a / b;
  if (a == 0 || a != a) return std::numeric_limits<double>::quiet_NaN();
  const bool is_negative = (a < 0) != (std::bit_cast<std::uint64_t>(b) != 0);
  return is_negative ? -std::numeric_limits<double>::infinity()
                     : std::numeric_limits<double>::infinity();
}

/// The table of operations: one line each. `fold` is there where a literal result is exact or
/// correctly rounded; what the vector code does is in simd, under the same name.
namespace op {
using p = precedence;

// clang-format off
struct add           : infix<"+", p::sum>             { static constexpr double fold(double a, double b) { return a + b; } };
struct sub           : infix<"-", p::sum>             { static constexpr double fold(double a, double b) { return a - b; } };
struct mul           : infix<"*", p::product>         { static constexpr double fold(double a, double b) { return a * b; } };
struct div           : infix<"/", p::product>         { static constexpr double fold(double a, double b) { return divide(a, b); } };
struct neg           : prefix<"-">                    { static constexpr double fold(double a) { return -a; } };

struct less          : comparison<"<", p::relation>   { static constexpr bool fold(double a, double b) { return a < b; } };
struct less_equal    : comparison<"<=", p::relation>  { static constexpr bool fold(double a, double b) { return a <= b; } };
struct greater       : comparison<">", p::relation>   { static constexpr bool fold(double a, double b) { return a > b; } };
struct greater_equal : comparison<">=", p::relation>  { static constexpr bool fold(double a, double b) { return a >= b; } };
struct equal         : comparison<"==", p::equality>  { static constexpr bool fold(double a, double b) { return a == b; } };
struct not_equal     : comparison<"!=", p::equality>  { static constexpr bool fold(double a, double b) { return a != b; } };
struct logical_and   : comparison<"&&", p::conjunction> {};
struct logical_or    : comparison<"||", p::disjunction> {};
struct logical_not   : prefix<"!", true> {};
struct where         : function<"where"> {};

struct abs           : function<"abs">    { static constexpr double fold(double a) { return a < 0 ? -a : a == 0 ? 0 : a; } };
struct min           : function<"min">    { static constexpr double fold(double a, double b) { return a != a || a < b ? a : b; } };
struct max           : function<"max">    { static constexpr double fold(double a, double b) { return a != a || a > b ? a : b; } };
struct clamp         : function<"clamp">  { static constexpr double fold(double a, double lo, double hi) { return min::fold(hi, max::fold(lo, a)); } };
struct sqrt          : function<"sqrt">   { static constexpr double fold(double a) { return square_root(a); } };
struct rsqrt         : function<"rsqrt">  { static constexpr double fold(double a) { return divide(1, square_root(a)); } };
struct square        : function<"square"> { static constexpr double fold(double a) { return a * a; } };
struct sign          : function<"sign">   { static constexpr double fold(double a) { return a > 0 ? 1 : a < 0 ? -1 : a; } };
struct hypot         : function<"hypot"> {};
struct round         : function<"round">  { static constexpr double fold(double a) { return nearest(a); } };
struct floor         : function<"floor">  { static constexpr double fold(double a) { return whole_below(a); } };
struct ceil          : function<"ceil">   { static constexpr double fold(double a) { return whole_above(a); } };
struct trunc         : function<"trunc">  { static constexpr double fold(double a) { return a < 0 ? whole_above(a) : whole_below(a); } };
struct stop_gradient : function<"stop_gradient"> {};
struct with_derivative : function<"with_derivative"> {};
struct as_written    : function<"as_written"> {};
struct relaxed       : function<"relaxed"> {};

struct exp           : expensive<"exp", 13, with_error | with_factor> {};
struct exp2          : expensive<"exp2", 9, with_error | with_factor> {};
struct expm1         : expensive<"expm1", 18, with_error> {};
struct log           : expensive<"log", 27> {};
struct log2          : expensive<"log2", 23> {};
struct log10         : expensive<"log10", 24> {};
struct log1p         : expensive<"log1p", 37> {};
struct tanh          : expensive<"tanh", 23> {};
struct sinh          : expensive<"sinh", 28, with_error> {};
struct cosh          : expensive<"cosh", 20, with_error> {};
struct log_cosh      : expensive<"log_cosh", 49> {};
struct atan          : expensive<"atan", 21> {};
struct asinh         : expensive<"asinh", 49> {};
struct cbrt          : expensive<"cbrt", 33> {};
struct sin           : expensive<"sin", 23, with_error> {};
struct cos           : expensive<"cos", 22, with_error> {};
struct pow           : expensive<"pow", 92> {};
struct sigmoid       : expensive<"sigmoid", 11, with_error | with_factor> {};
struct logistic_pdf  : expensive<"logistic_pdf", 14, with_error | with_factor> {};
struct softplus      : expensive<"softplus", 77, with_error> {};
struct erf           : expensive<"erf", 52> {};
struct erfc          : expensive<"erfc", 52> {};
struct normal_cdf    : expensive<"normal_cdf", 59, with_factor> {};
struct normal_pdf    : expensive<"normal_pdf", 17, with_factor> {};
struct tanh_softplus : expensive<"tanh_softplus", 30, with_error | with_factor> {};
struct tanh_shrink   : expensive<"tanh_shrink", 30> {};

// Along axes, which are the last operand.
struct reduce_sum        : reduction<"reduce_sum"> {};
struct reduce_mean       : reduction<"reduce_mean"> {};
struct reduce_prod       : reduction<"reduce_prod"> {};
struct reduce_max        : reduction<"reduce_max"> {};
struct reduce_min        : reduction<"reduce_min"> {};
struct simplex_threshold : reduction<"simplex_threshold"> {};
struct first_half        : function<"first_half"> {};
struct second_half       : function<"second_half"> {};
struct matmul            : function<"matmul"> {};     // of the last two axes; not computed by loops of formulas

// What formulas are lowered to; nobody writes these.
struct at_least      : function<"at_least"> {};       // max(a, b), where b is not NaN
struct at_most       : function<"at_most"> {};        // min(a, b), where b is not NaN
struct hypot_of_square : function<"hypot_of_square"> {};  // sqrt(a^2 + b), where b is of ordinary size
struct with_sign_of  : function<"with_sign_of"> {};   // |a| with the sign of b
struct quotient      : function<"quotient"> {};       // a / b, where b and 1 / b are normal numbers
struct mul_add       : function<"mul_add"> {};        // a * b + c, rounded once
struct mul_sub       : function<"mul_sub"> {};        // a * b - c
struct neg_mul_add   : function<"neg_mul_add"> {};    // c - a * b
struct gelu_slope    : expensive<"gelu_slope", 62, with_factor> {};  // normal_cdf(a) + a normal_pdf(a)
struct silu_slope    : expensive<"silu_slope", 30, with_factor> {};  // sigmoid(a) + a logistic_pdf(a)
struct mish_slope    : expensive<"mish_slope", 45, with_factor> {};  // the same of tanh_softplus
template <class Op> inline constexpr unsigned relaxed_cost = 0;     // none but of those that have a faster way
template <> inline constexpr unsigned relaxed_cost<tanh> = 15;
template <> inline constexpr unsigned relaxed_cost<sigmoid> = sigmoid::cost;
template <> inline constexpr unsigned relaxed_cost<softplus> = 26;
template <> inline constexpr unsigned relaxed_cost<normal_cdf> = 20;
template <> inline constexpr unsigned relaxed_cost<tanh_softplus> = 18;
template <> inline constexpr unsigned relaxed_cost<silu_slope> = 14;
template <> inline constexpr unsigned relaxed_cost<mish_slope> = 22;
template <> inline constexpr unsigned relaxed_cost<gelu_slope> = 34;
template <class Op>
struct relaxed_op    : expensive<Op::name_text, relaxed_cost<Op>, Op::joins_factor ? with_factor : 0> {};  // Op, absolutely accurate
template <class Op>
struct times         : expensive<"times", Op::cost + 1> {};  // a * Op(b), right where Op(b) alone would underflow
struct expm1_of_negative : expensive<"expm1_of_negative", 15, with_error | with_factor> {};  // expm1(a), where only a <= 0 matters
template <std::uint64_t Bits>
struct pow_by        : expensive<"pow_by", 82> {};           // a^b for a b whose bits these are
template <bool IsExactAt0>
struct exp_scale     : expensive<"exp_scale", 8, with_error> {};    // e^a = scale (1 + tail), for the usual a
template <bool IsExactAt0>
struct exp_tail      : expensive<"exp_tail", 4, with_error> {};
struct exp_complement : expensive<"exp_complement", 5> {};          // 1 / (1 + e^a) by them
template <class Op, int Sign = 1>
struct by_exp_parts  : function<"by_exp_parts"> {};   // Op(Sign * a) by a, scale, tail, complement
template <class General, class... As>
struct where_usual   : function<"where_usual"> {};    // an output, or General where an A is not usual
struct row_value     : reduction<"row_value"> {};     // an input that has one element for each row
struct reduce_count  : reduction<"reduce_count"> {};  // the number of elements along axes
struct largest       : reduction<"largest"> {};       // reduce_max, or any element beside NaN
struct is_largest    : equal {};                      // a == b, where b is the largest a of many
struct gradient_sum  : reduce_sum {};                 // of a gradient: what rounding it loses is not needed
struct count_sum     : reduce_sum {};                 // the sum of terms that are 0 or 1
struct exact_sum     : reduce_sum {};                 // each addition keeps what rounding lost
struct low_part      : function<"low_part"> {};       // what rounding a reduction lost
struct double_word   : function<"double_word"> {};    // a + b, where b is the low part of a
struct rounded       : function<"rounded"> {};        // a, computed with double words
struct high_word     : function<"high_word"> {};      // the same, where the rest is needed as well:
struct low_word      : function<"low_word"> {};       // what rounding lost
struct exp_scaled    : expensive<"exp_scaled", 13> {};     // e^(a - b) / 2^c, where b and c go with the
struct exp_origin    : function<"exp_origin"> {};     // largest a: b is 0, or, where a is huge, the
struct exp_power     : function<"exp_power"> {};      // largest a itself; c makes the largest result
struct exp_lowest    : function<"exp_lowest"> {};     // about 1; from the lowest a on the result is 0
struct exp_summed    : expensive<"exp_summed", 12> {};     // exp_scaled, less exact: a term of a sum
struct sub_pair      : function<"sub_pair"> {};       // a - (b + c), where c is the low part of b
struct sub_from_pair : function<"sub_from_pair"> {};  // (b + c) - a
struct mul_sub_pair  : function<"mul_sub_pair"> {};   // a * d - (b + c)
struct neg_mul_add_pair : function<"neg_mul_add_pair"> {};  // (b + c) - a * d
struct sub_scaled_pair : function<"sub_scaled_pair"> {};    // a - (b + c) * d
struct distance_from : function<"distance_from"> {};  // a - b; 0 where both are the same infinity
struct log_of_pair   : function<"log_of_pair"> {};    // log(a + b), where b is the low part of a
struct mul_pair      : function<"mul_pair"> {};       // a * (b + c), where c is the low part of b
struct inverse       : function<"inverse"> {};        // 1 / a in three parts: high, low, and a power
struct inverse_low   : function<"inverse_low"> {};    // of two by which both were scaled
struct inverse_scale : function<"inverse_scale"> {};
struct div_by_row    : function<"div_by_row"> {};     // a / b by the three parts of 1 / b
// clang-format on

/// Functions of one number, which somebody may take for a formula: kernel<tanh>.
template <class... Ops>
struct list {};
using of_one_number = list<abs, asinh, atan, cbrt, ceil, cos, cosh, erf, erfc, exp, exp2, expm1,
                           floor, log, log10, log1p, log2, log_cosh, logistic_pdf, normal_cdf,
                           normal_pdf, round, rsqrt, sign, sin, sinh, sqrt, square, tanh, trunc>;

}  // namespace op
}  // namespace fusor::detail

#include "fusor/end.hpp"
#include "fusor/language/precise_end.hpp"
