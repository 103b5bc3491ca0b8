// SPDX-License-Identifier: BSL-1.0
// Random formulas before and after the rules that keep digits, beside long double: the rules are
// algebra, and no formula has a larger error than as it was written. FUSOR_TEST_FORMULAS of them.
//
// Operations are computed as correctly rounded to float, one by one, so that the formulas are
// compared and not the kernels.
#define BOOST_TEST_MODULE transform_random_formulas
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdint>
#include <fusor/fusor.hpp>
#include <fusor/transform/trace.hpp>
#include <limits>
#include <random>
#include <string>
#include <utility>
#include <vector>

#ifndef FUSOR_TEST_FORMULAS
#define FUSOR_TEST_FORMULAS 200
#endif
#ifndef FUSOR_TEST_FIRST_FORMULA
#define FUSOR_TEST_FIRST_FORMULA 0
#endif

namespace {

using namespace fusor;
namespace op = detail::op;
using detail::form;
using detail::in;
using detail::known;
using detail::lit;

// --- random formulas
// ------------------------------------------------------------------------------

constexpr std::uint32_t mixed(std::uint32_t seed) {
  seed ^= seed >> 16;
  seed *= 0x7feb352dU;
  seed ^= seed >> 15;
  seed *= 0x846ca68bU;
  return seed ^ seed >> 16;
}

/// A formula of at most `Depth` operations on top of each other; those that rules look at are
/// frequent.
template <std::uint32_t Seed, int Depth>
constexpr auto random_formula() {
  constexpr std::uint32_t pick = mixed(Seed) % 1000;
  if constexpr (Depth == 0 || pick < 40) {
    constexpr std::uint32_t leaf = mixed(Seed + 77) % 4;
    if constexpr (leaf == 0) {
      return y;
    } else {
      return x;
    }
  } else {
    constexpr auto a = [] { return random_formula<mixed(Seed + 1), Depth - 1>(); };
    constexpr auto b = [] { return random_formula<mixed(Seed + 2), Depth - 1>(); };
    if constexpr (pick < 80)
      return 1 + a();
    else if constexpr (pick < 120)
      return a() + 1;
    else if constexpr (pick < 180)
      return 1 - a();
    else if constexpr (pick < 230)
      return a() - 1;
    else if constexpr (pick < 260)
      return 2 * a();
    else if constexpr (pick < 280)
      return a() / 2;
    else if constexpr (pick < 300)
      return 0.5 * a();
    else if constexpr (pick < 330)
      return -a();
    else if constexpr (pick < 360)
      return a() + b();
    else if constexpr (pick < 400)
      return a() - b();
    else if constexpr (pick < 440)
      return a() * b();
    else if constexpr (pick < 480)
      return a() / b();
    else if constexpr (pick < 510)
      return a() / (1 + exp(b()));
    else if constexpr (pick < 530)
      return a() / (exp(-a()) + 1);
    else if constexpr (pick < 600)
      return exp(a());
    else if constexpr (pick < 670)
      return log(a());
    else if constexpr (pick < 690)
      return tanh(a());
    else if constexpr (pick < 700)
      return exp(a()) + exp(-a());
    else if constexpr (pick < 740)
      return sigmoid(a());
    else if constexpr (pick < 760)
      return softplus(a());
    else if constexpr (pick < 790)
      return erf(a());
    else if constexpr (pick < 810)
      return sqrt(a() + 1) - sqrt(a());
    else if constexpr (pick < 820)
      return sqrt(a());
    else if constexpr (pick < 824)
      return log(a() + sqrt(a() * a() + 1));
    else if constexpr (pick < 827)
      return a() / (exp(a()) - 1);
    else if constexpr (pick < 830)
      return 1 - sqrt(1 - a() * a());
    else if constexpr (pick < 850)
      return square(a());
    else if constexpr (pick < 860)
      return abs(a());
    else if constexpr (pick < 865)
      return cosh(a());
    else if constexpr (pick < 870)
      return (exp(a()) - exp(-a())) / 2;
    else if constexpr (pick < 900)
      return max(a(), 0);
    else if constexpr (pick < 920)
      return min(max(a() + 3, 0), 6) * a();
    else if constexpr (pick < 930)
      return log(a() + 1) - log(a());
    else if constexpr (pick < 935)
      return log(x / (1 - x));
    else if constexpr (pick < 940)
      return a() / sqrt(1 + a() * a());
    else if constexpr (pick < 960)
      return log(exp(a()) + exp(b()));
    else if constexpr (pick < 980)
      return 1 / a() - 1 / (a() + 1);
    else
      return exp(a()) * exp(b());
  }
}

// --- their values
// ---------------------------------------------------------------------------------

using real = long double;

struct operations {
  static real value_of(op::add, real a, real b) {
    return a + b;
  }
  static real value_of(op::sub, real a, real b) {
    return a - b;
  }
  static real value_of(op::mul, real a, real b) {
    return a * b;
  }
  static real value_of(op::div, real a, real b) {
    return a / b;
  }
  static real value_of(op::neg, real a) {
    return -a;
  }
  static bool value_of(op::greater, real a, real b) {
    return a > b;
  }
  static bool value_of(op::less, real a, real b) {
    return a < b;
  }
  static bool value_of(op::equal, real a, real b) {
    return a == b;
  }
  static real value_of(op::as_written, real a) {
    return a;
  }
  static real value_of(op::asinh, real a) {
    return std::asinh(a);
  }
  static real value_of(op::sign, real a) {
    return a > 0 ? 1 : a < 0 ? -1 : a;
  }
  static real value_of(op::where, bool c, real a, real b) {
    return c ? a : b;
  }
  static real value_of(op::abs, real a) {
    return std::abs(a);
  }
  static real value_of(op::max, real a, real b) {
    return std::isnan(a) || a > b ? a : b;
  }
  static real value_of(op::min, real a, real b) {
    return std::isnan(a) || a < b ? a : b;
  }
  static real value_of(op::clamp, real a, real low, real high) {
    return value_of(op::min{}, high, value_of(op::max{}, low, a));
  }
  static real value_of(op::sqrt, real a) {
    return std::sqrt(a);
  }
  static real value_of(op::square, real a) {
    return a * a;
  }
  static real value_of(op::hypot, real a, real b) {
    return std::hypot(a, b);
  }
  static real value_of(op::exp, real a) {
    return std::exp(a);
  }
  static real value_of(op::expm1, real a) {
    return std::expm1(a);
  }
  static real value_of(op::log, real a) {
    return std::log(a);
  }
  static real value_of(op::log1p, real a) {
    return std::log1p(a);
  }
  static real value_of(op::tanh, real a) {
    return std::tanh(a);
  }
  static real value_of(op::sinh, real a) {
    return std::sinh(a);
  }
  static real value_of(op::cosh, real a) {
    return std::cosh(a);
  }
  static real value_of(op::log_cosh, real a) {
    const real half = std::sinh(a / 2);
    return std::abs(a) > 40 ? std::abs(a) - std::log(real{2}) : std::log1p(2 * half * half);
  }
  static real value_of(op::sigmoid, real a) {
    return a >= 0 ? 1 / (1 + std::exp(-a)) : std::exp(a) / (1 + std::exp(a));
  }
  static real value_of(op::logistic_pdf, real a) {
    const real e = std::exp(-std::abs(a));
    return e / ((1 + e) * (1 + e));
  }
  static real value_of(op::softplus, real a) {
    return std::isnan(a) ? a : std::max(a, real{0}) + std::log1p(std::exp(-std::abs(a)));
  }
  static real value_of(op::erf, real a) {
    return std::erf(a);
  }
  static real value_of(op::erfc, real a) {
    return std::erfc(a);
  }
  static real value_of(op::normal_cdf, real a) {
    return std::erfc(-a * 0.70710678118654752440084436210L) / 2;
  }
  static real value_of(op::tanh_softplus, real a) {
    if (a > 60 || std::isnan(a)) return std::isnan(a) ? a : 1;
    const real e = std::exp(a);
    return e * (e + 2) / (e * (e + 2) + 2);
  }
  static real value_of(op::tanh_shrink, real a) {
    if (!(std::abs(a) < 0.01L)) return a - std::tanh(a);
    return a * a * a / 3 - a * a * a * a * a * 2 / 15;
  }
  static real value_of(op::distance_from, real a, real b) {
    return a == b ? 0 : a - b;
  }
};

/// In place of a number of digits: long double, with the last bit of each result up, down, or one
/// of the two.
constexpr int up = -1, down = -2, either = -3;
std::minstd_rand chance;

real rounded(real value, int digits) {
  if (digits < 0 && value != 0) {
    const real limit = std::numeric_limits<real>::infinity();
    const bool rises = digits == up || (digits == either && (chance() >> 10 & 1) != 0);
    return std::nextafter(value, rises ? limit : -limit);
  }
  if (digits == 24) return static_cast<float>(value);
  return digits == 53 ? static_cast<double>(value) : value;
}
bool rounded(bool value, int) {
  return value;
}

/// A form at a point, each operation rounded to so many binary digits; `IsExact`: but the sums and
/// products at the top, as operations take them that take what rounding their argument lost.
template <class Form, bool IsExact = false>
struct evaluation;
template <std::size_t Index>
struct evaluation<in<Index>, false> {
  static real at(const real* inputs, int) {
    return inputs[Index];
  }
};
template <std::uint64_t Bits>
struct evaluation<lit<Bits>, false> {
  static real at(const real*, int digits) {
    const real value = lit<Bits>::value;
    return digits < 0 ? value : rounded(value, digits);
  }
};
template <std::uint64_t Bits>
struct evaluation<lit<Bits>, true> {
  static real at(const real*, int) {
    return lit<Bits>::value;
  }
};
template <class Op, class... Children>
struct evaluation<form<Op, Children...>, false> {
  static auto at(const real* inputs, int digits) {
    return rounded(
        operations::value_of(Op{}, evaluation<Children, Op::takes_error>::at(inputs, digits)...),
        digits);
  }
};
template <class Form>
struct evaluation<Form, true> : evaluation<Form, false> {};
template <class Op, class... Children>
requires(detail::is_arithmetic<Op> &&
         !std::is_same_v<Op, op::div>) struct evaluation<form<Op, Children...>, true> {
  static real at(const real* inputs, int digits) {
    return operations::value_of(Op{}, evaluation<Children, true>::at(inputs, digits)...);
  }
};

// --- compared
// -------------------------------------------------------------------------------------

/// Whether the rules changed the formula as a whole, one after the other, and no part of it before.
template <class Steps, class Result>
constexpr bool is_changed_as_whole = false;
template <class From, class Result>
constexpr bool is_changed_as_whole<detail::form_list<detail::rewriting<From, Result>>, Result> =
    true;
template <class From, class To, class Next, class... Rest, class Result>
constexpr bool is_changed_as_whole<
    detail::form_list<detail::rewriting<From, To>, detail::rewriting<To, Next>, Rest...>, Result> =
    is_changed_as_whole<detail::form_list<detail::rewriting<To, Next>, Rest...>, Result>;

struct outcome {
  std::string text;
  bool is_changed = false, is_changed_as_whole = false;
  double usual_as_written = 0, usual = 0;  // errors that nine of ten values do not exceed
  double worst_as_written = 0, worst = 0, at_x = 0, at_y = 0;
  std::size_t points = 0, wrong = 0;
};

double error_of(real result, real expected) {
  const real limit = std::numeric_limits<float>::max();
  const real wanted = std::abs(expected) > limit
                          ? std::copysign(std::numeric_limits<real>::infinity(), expected)
                          : expected;
  if (!std::isfinite(wanted) || !std::isfinite(result)) {
    return result == wanted ? 0 : std::numeric_limits<double>::infinity();
  }
  int exponent = 0;
  std::frexp(wanted, &exponent);
  const real unit = std::ldexp(real{1}, std::max(exponent, -125) - 24);
  return static_cast<double>(std::abs(result - wanted) / unit);
}

/// Whether long double has digits to spare at a point: double gives the same, and so does long
/// double whatever the last bits. (Where a part is 0 or 1 to the last bit, it may be wrong in
/// both.)
template <class Form>
bool is_known_at(const real* inputs, real value) {
  const auto is_same = [&](int digits) {
    const real other = evaluation<Form>::at(inputs, digits);
    return std::abs(value - other) <= 0x1p-30L * std::abs(value);
  };
  if (value == 0 || !std::isfinite(value) || !is_same(53) || !is_same(up) || !is_same(down)) {
    return false;
  }
  for (int i = 0; i < 64; ++i) {
    if (!is_same(either)) return false;
  }
  return true;
}

/// The largest errors of two forms of a formula about a point: what is lost there by chance is not
/// lost in all of its neighbours.
template <class Written, class Kept>
std::pair<double, double> errors_about(double x, double y) {
  std::pair<double, double> worst;
  for (int i = -16; i <= 16; ++i) {
    for (int j = -16; j <= 16; ++j) {
      const real inputs[] = {static_cast<float>(x * (1 + i * 0x1p-20)),
                             static_cast<float>(y * (1 + j * 0x1p-20))};
      const real expected = evaluation<Written>::at(inputs, 64);
      if (!is_known_at<Written>(inputs, expected)) continue;
      worst.first = std::max(worst.first, error_of(evaluation<Written>::at(inputs, 24), expected));
      worst.second = std::max(worst.second, error_of(evaluation<Kept>::at(inputs, 24), expected));
    }
  }
  return worst;
}

template <std::uint32_t Seed, int Depth>
outcome compare() {
  static constexpr auto formula = random_formula<Seed, Depth>();
  using type = std::remove_cvref_t<decltype(formula)>;
  using written = typename detail::rewrite<detail::plain_rule,
                                           typename detail::freeze<formula, type>::type>::type;
  using kept = detail::simplified_as<formula, type>;
  using steps = typename detail::rewritings_of<formula>::steps;
  outcome found{to_string(formula), !std::is_same_v<written, kept>,
                is_changed_as_whole<steps, kept>};
  if constexpr (!std::is_same_v<written, kept>) {
    std::vector<double> errors_as_written, errors;
    std::mt19937 random(Seed);
    std::normal_distribution<float> normal(0, 2);
    std::uniform_real_distribution<float> exponent(-12, 8);
    for (int i = 0; i < 400; ++i) {
      const auto number = [&]() -> real {
        if (random() % 3 != 0) return normal(random);
        return std::copysign(std::exp2(exponent(random)), normal(random));
      };
      const real inputs[] = {number(), number()};
      const real expected = evaluation<written>::at(inputs, 64);
      if (!is_known_at<written>(inputs, expected)) continue;
      ++found.points;
      const real by_rules = evaluation<kept>::at(inputs, 64);
      found.wrong += !(std::abs(expected - by_rules) <= 0x1p-28L * std::abs(expected));
      const double error_as_written = error_of(evaluation<written>::at(inputs, 24), expected);
      const double error = error_of(evaluation<kept>::at(inputs, 24), expected);
      errors_as_written.push_back(error_as_written);
      errors.push_back(error);
      found.worst_as_written = std::max(found.worst_as_written, error_as_written);
      if (error > found.worst) {
        found.worst = error;
        found.at_x = static_cast<double>(inputs[0]);
        found.at_y = static_cast<double>(inputs[1]);
      }
    }
    if (found.worst > found.worst_as_written + 1) {
      const auto about = errors_about<written, kept>(found.at_x, found.at_y);
      found.worst_as_written = std::max(found.worst_as_written, about.first);
      found.worst = std::max(found.worst, about.second);
    }
    if (found.points > 20) {
      const auto usual = [](std::vector<double>& of) {
        const auto at = of.begin() + static_cast<std::ptrdiff_t>(of.size() * 9 / 10);
        std::nth_element(of.begin(), at, of.end());
        return *at;
      };
      found.usual_as_written = usual(errors_as_written);
      found.usual = usual(errors);
    }
  }
  return found;
}

template <int Depth, std::uint32_t... Seeds>
std::vector<outcome> compare_all(std::integer_sequence<std::uint32_t, Seeds...>) {
  return {compare<FUSOR_TEST_FIRST_FORMULA + Seeds, Depth>()...};
}

}  // namespace

BOOST_AUTO_TEST_CASE(rules_are_algebra) {
  std::size_t changed = 0, better = 0;
  for (const outcome& found :
       compare_all<4>(std::make_integer_sequence<std::uint32_t, FUSOR_TEST_FORMULAS>{})) {
    changed += found.is_changed;
    better += found.worst < found.worst_as_written / 2;
    BOOST_TEST_CONTEXT(found.text << " at " << found.at_x << ", " << found.at_y) {
      BOOST_TEST(found.wrong == 0U, found.wrong << " of " << found.points << " values are others");
    }
  }
  BOOST_TEST_MESSAGE(changed << " formulas have a part that rules change, " << better
                             << " have less than half the error then");
  BOOST_TEST(changed > FUSOR_TEST_FORMULAS / 10);
}

// Of small formulas that a rule changes as a whole: nothing around them magnifies an error.
BOOST_AUTO_TEST_CASE(rules_raise_no_error) {
  std::size_t changed = 0;
  for (const outcome& found :
       compare_all<2>(std::make_integer_sequence<std::uint32_t, FUSOR_TEST_FORMULAS>{})) {
    if (!found.is_changed_as_whole) continue;
    ++changed;
    BOOST_TEST_CONTEXT(found.text << " at " << found.at_x << ", " << found.at_y) {
      BOOST_TEST(found.usual <= found.usual_as_written + 1);
      BOOST_TEST(found.worst <= found.worst_as_written + 1);
    }
  }
  BOOST_TEST_MESSAGE(changed << " formulas have a part that rules change");
}
