// SPDX-License-Identifier: BSL-1.0
// Expressions are values; most of what holds of them is checked by compiling. <math.h>, with its
// functions in the global namespace, and `using namespace fusor` live side by side.
#define BOOST_TEST_MODULE language_expression
#include <math.h>

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <complex>
#include <fusor/fusor.hpp>
#include <type_traits>
#include <vector>

using namespace fusor;

// Names that users give to their own things.
std::vector<float> in, out, form, lit, constant, known, table, data, node, op, hana, ranges, lift;

namespace {

using fusor::detail::argument;

template <auto Value>
constexpr auto as_template_argument = Value;

template <class A, class B>
concept adds = requires(A a, B b) {
  a + b;
};
template <class A, class B>
concept ands = requires(A a, B b) {
  a&& b;
};

// Two expressions are equal when they are the same template argument.
template <auto Value>
struct identity {};
template <auto A, auto B>
constexpr bool is_equal = std::is_same_v<identity<A>, identity<B>>;

}  // namespace

// Structural; empty where no number is stored.
static_assert(
    is_equal<as_template_argument<x * tanh(softplus(x)) + 1.5>, x * tanh(softplus(x)) + 1.5>);
static_assert(!is_equal<x + 1.5, x + 2.5>);
static_assert(
    std::is_same_v<decltype(x + y), detail::node<detail::op::add, argument<0>, argument<1>>>);
static_assert(std::is_trivially_copyable_v<decltype(x + 1)>);

// Numbers of every arithmetic type become literals; bool is a condition, not a number.
static_assert(is_equal<x + 1, x + 1.0f> && is_equal<1ull + x, 1.0 + x>);
static_assert(adds<argument<0>, short> && adds<long double, argument<0>>);
static_assert(!adds<argument<0>, bool> && !adds<bool, argument<0>>);
static_assert(!adds<argument<0>, decltype(x < y)>);
static_assert(!adds<argument<0>, const char*>);
static_assert(ands<decltype(x < y), decltype(x == 0)> && ands<decltype(x < y), bool>);
static_assert(condition<decltype(x < y)> && !condition<decltype(x + y)>);
static_assert(is_equal<where(true, x, 1), where(true, x, 1.0)>);

// Composition: an expression is called like a function, a callable is used like an expression.
constexpr auto mish_by_hand = x * tanh(softplus(x));
static_assert(is_equal<mish_by_hand(2 * x + y), (2 * x + y) * tanh(softplus(2 * x + y))>);
static_assert(is_equal<(x - y)(y, x), y - x>);
static_assert(is_equal<x(y), y>);
static_assert(is_equal<(x * y)(z, 2), z * 2>);
static_assert(is_equal<gelu(x + y), (x * normal_cdf(x))(x + y)> ||
              same_kernel<gelu(x + y), (x + y) * normal_cdf(x + y)>);
static_assert(formula<decltype(relu)> && formula<decltype(mish)> && formula<decltype(x)>);
static_assert(formula<decltype([](auto a, auto b) { return a * b; })>);
static_assert(formula<decltype(outputs(x, x + 1))>);
static_assert(is_equal<outputs(
                           mish, [](auto v) { return v + 1; }, 2),
                       outputs(mish(x), x + 1, 2)>);
static_assert(!formula<int> && !formula<decltype([](int) { return 1; })>);
static_assert(!formula<decltype([](auto) { return 1; })>);

// Numbers keep their functions.
static_assert(std::is_same_v<decltype(tanh(1.0)), double>);
static_assert(std::is_same_v<decltype(exp(x)), detail::node<detail::op::exp, argument<0>>>);

BOOST_AUTO_TEST_CASE(functions_of_numbers_are_still_those_of_cmath) {
  BOOST_TEST(tanh(0.0) == 0.0);
  BOOST_TEST(exp(0.0) == 1.0);
  BOOST_TEST(std::abs(std::exp(std::complex<double>(0, 0))) == 1.0);
  BOOST_TEST(erf(0.0) + log1p(0.0) == 0.0);
}

BOOST_AUTO_TEST_CASE(the_names_of_users_are_theirs) {
  in = {1, -1};
  kernel<relu>(in);
  out = form = lit = constant = known = table = data = in;
  BOOST_TEST(out[1] == 0.0f);
}

BOOST_AUTO_TEST_CASE(parameters_out_of_range_are_refused_with_a_sentence) {
  const auto says = [](const char* sentence) {
    return [=](const parameter_error& error) { return std::string(error.what()) == sentence; };
  };
  volatile double zero = 0;
  BOOST_CHECK_EXCEPTION(celu(x, {.alpha = zero}), parameter_error,
                        says("celu: \"alpha\" must be a number other than 0"));
  BOOST_CHECK_EXCEPTION(relu(x, {.max_value = zero - 1}), parameter_error,
                        says("relu: \"max_value\" must be at least 0"));
  BOOST_CHECK_EXCEPTION(hard_shrink(x, {.threshold = std::nan("")}), parameter_error,
                        says("hard_shrink: \"threshold\" must be at least 0"));
  BOOST_CHECK_EXCEPTION(squareplus(x, {.b = zero - 1}), parameter_error,
                        says("squareplus: \"b\" must be at least 0 and finite"));
}
