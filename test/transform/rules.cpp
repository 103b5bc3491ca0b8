// SPDX-License-Identifier: BSL-1.0
// What formulas simplify and lower to, checked by compiling.
#define BOOST_TEST_MODULE transform_rules
#include <boost/test/unit_test.hpp>
#include <fusor/fusor.hpp>
#include <limits>
#include <type_traits>

using namespace fusor;
namespace op = detail::op;
using detail::form;
using detail::in;
using detail::lit;
using detail::lowered;

template <int Value>
using whole = lit<std::bit_cast<std::uint64_t>(static_cast<double>(Value))>;

template <auto Formula, class Expected>
constexpr bool simplifies_to = std::is_same_v<simplified<Formula>, Expected>;
template <auto Formula, class Expected>
constexpr bool lowers_to = std::is_same_v<lowered<simplified<Formula>>, Expected>;

using X = in<0>;
using Y = in<1>;
using Z = in<2>;

// Numbers fold.
static_assert(simplifies_to<x + literal{2} * 3, form<op::add, X, whole<6>>>);
static_assert(simplifies_to<x * sqrt(literal{9}), form<op::mul, X, whole<3>>>);
static_assert(simplifies_to<max(literal{2}, 3) - abs(literal{-1}), whole<2>>);
static_assert(simplifies_to<-(-literal{2}), whole<2>>);
static_assert(detail::divide(1, 0.0) == infinity && detail::divide(1, -0.0) == -infinity);
static_assert(detail::divide(0, 0.0) != detail::divide(0, 0.0));
static_assert(simplifies_to<-(literal{1} / -0.0), simplified<literal{infinity}>>);

// What is known in advance chooses; nested too.
static_assert(simplifies_to<where(true, x, y), X> && simplifies_to<where(false, x, y), Y>);
static_assert(simplifies_to<where(literal{1} < 2, x, y), X>);
static_assert(simplifies_to<where(x > 0 && false, x, y), Y>);
static_assert(simplifies_to<where(x > 0 || true, x, y), X>);
static_assert(simplifies_to<where(x > 0 && true, x, y),
                            form<op::where, form<op::greater, X, whole<0>>, X, Y>>);
static_assert(simplifies_to<where(x > 0, y, y), Y>);

// Neutral elements vanish where no bit changes: not x + 0, which turns -0 into +0.
static_assert(simplifies_to<1 * x * 1 / 1 - 0.0, X>);
static_assert(simplifies_to<x + 0.0, form<op::add, X, whole<0>>>);
static_assert(simplifies_to<x * 0.0, form<op::mul, X, whole<0>>>);

// A switched-off parameter leaves nothing behind.
static_assert(same_kernel<relu, relu(x, {.negative_slope = 0})>);
static_assert(same_kernel<relu, max(x, 0)>);
static_assert(same_kernel<relu(x, {.max_value = 6}), clamp(x, 0, 6)>);
static_assert(same_kernel<relu(x, {.max_value = 6}), relu6>);
static_assert(same_kernel<leaky_relu(x, {.negative_slope = 0}), relu>);
static_assert(same_kernel<elu, where(x > 0, x, expm1(x))>);
static_assert(same_kernel<celu, elu>);
static_assert(same_kernel<linear, x> && same_kernel<linear, [](auto v) { return v; }>);
static_assert(!same_kernel<relu, relu6>);
static_assert(!same_kernel<elu, elu(x, {.alpha = 0.5})>);

static_assert(simplifies_to<-x * y, form<op::neg, form<op::mul, X, Y>>>);
static_assert(simplifies_to<-x * -x, form<op::square, form<op::neg, X>>>);

// Equal formulas are one kernel, however they are written.
static_assert(same_kernel<mish, x * tanh(softplus(x))>);
static_assert(same_kernel<[](auto v) { return v * sigmoid(1.702 * v); }, x * sigmoid(1.702 * x)>);
static_assert(same_kernel<x / 4, x * 0.25> && same_kernel<x * x, square(x)>);

// Formulas that lose digits become operations that do not; a factor joins.
static_assert(lowers_to<x * tanh(softplus(y)), form<op::times<op::tanh_softplus>, X, Y>>);
static_assert(lowers_to<sigmoid(x) * y, form<op::times<op::sigmoid>, Y, X>>);
static_assert(lowers_to<(x + y) - tanh(x + y), form<op::tanh_shrink, form<op::add, X, Y>>>);
static_assert(lowers_to<exp(x) * y, form<op::times<op::exp>, Y, X>>);

// Products and sums fuse.
static_assert(lowers_to<x * y + z, form<op::mul_add, X, Y, Z>>);
static_assert(lowers_to<z + x * y, form<op::mul_add, X, Y, Z>>);
static_assert(lowers_to<z - x * y, form<op::neg_mul_add, X, Y, Z>>);
static_assert(lowers_to<x * x - z, form<op::mul_sub, X, X, Z>>);
static_assert(lowers_to<x * y + y * z, form<op::mul_add, X, Y, form<op::mul, Y, Z>>>);

// Whatever is written of a difference from sums, the sums come in two parts; no others do.
using sum_of_x = form<op::exact_sum, X, detail::over<-1>>;
using two_parts = form<op::double_word, sum_of_x, form<op::low_part, sum_of_x>>;
template <class Row>
using high = form<op::high_word, Row>;
template <class Row>
using low = form<op::low_word, Row>;
using twice = form<op::mul, two_parts, whole<2>>;
using negated = form<op::neg, two_parts>;
using minus_twice = form<op::neg, form<op::mul, whole<-2>, two_parts>>;
static_assert(
    lowers_to<y - reduce_sum(x), form<op::sub_pair, Y, sum_of_x, form<op::low_part, sum_of_x>>>);
static_assert(lowers_to<y - reduce_sum(x) * 2, form<op::sub_pair, Y, high<twice>, low<twice>>>);
static_assert(
    lowers_to<reduce_sum(x) * 2 - y, form<op::sub_from_pair, Y, high<twice>, low<twice>>>);
static_assert(
    lowers_to<-reduce_sum(x) + y,
              form<op::sub_pair, Y, high<form<op::neg, negated>>, low<form<op::neg, negated>>>>);
static_assert(
    lowers_to<y + -2 * reduce_sum(x), form<op::sub_pair, Y, high<minus_twice>, low<minus_twice>>>);
static_assert(
    lowers_to<y * z - reduce_sum(x) * 2, form<op::mul_sub_pair, Y, high<twice>, low<twice>, Z>>);
static_assert(lowers_to<reduce_sum(x) * 2 - y * y,
                        form<op::neg_mul_add_pair, Y, high<twice>, low<twice>, Y>>);
static_assert(
    lowers_to<z - reduce_sum(x) * 2 * y, form<op::sub_scaled_pair, Z, high<twice>, low<twice>, Y>>);
static_assert(lowers_to<reduce_sum(x) * 2 - reduce_sum(x),
                        form<op::rounded, form<op::mul_sub, two_parts, whole<2>, two_parts>>>);
static_assert(
    lowers_to<y + reduce_sum(x), form<op::add, Y, form<op::reduce_sum, X, detail::over<-1>>>>);
static_assert(
    lowers_to<y - reduce_max(x), form<op::sub, Y, form<op::reduce_max, X, detail::over<-1>>>>);

// Shared parts are found, each after what it needs.
template <auto Formula>
using shared = typename detail::program_of<detail::as_expression(Formula)>::shared;
static_assert(std::is_same_v<shared<exp(x) + 3 / exp(x)>, detail::form_list<form<op::exp, X>>>);
static_assert(
    std::is_same_v<shared<outputs(abs(x) / (1 + abs(x)), sqrt(1 + abs(x)))>,
                   detail::form_list<form<op::abs, X>, form<op::add, whole<1>, form<op::abs, X>>>>);
static_assert(std::is_same_v<shared<x * tanh(x)>, detail::form_list<>>);

// Operations that hold the exponential of one argument compute it once, and 1 / (1 + e^x) as well.
using twice_x = form<op::mul, whole<2>, X>;
template <class A, bool IsExactAt0, class... Before>
using by_exponential =
    detail::form_list<Before..., form<op::exp_scale<IsExactAt0>, A>,
                      form<op::exp_tail<IsExactAt0>, A>,
                      form<op::exp_complement, form<op::exp_scale<IsExactAt0>, A>,
                           form<op::exp_tail<IsExactAt0>, A>>>;
static_assert(std::is_same_v<shared<outputs(silu, derivative(silu))>, by_exponential<X, false>>);
static_assert(std::is_same_v<shared<x * sigmoid(y) + logistic_pdf(-y)>, by_exponential<Y, false>>);
static_assert(std::is_same_v<shared<outputs(tanh(x), derivative(tanh(x)))>,
                             by_exponential<twice_x, true, twice_x>>);
static_assert(std::is_same_v<shared<sigmoid(x) + logistic_pdf(y) + tanh(x)>, detail::form_list<>>);

// A deep formula with shared parts stays small: 2^40 leaves as a tree, 41 nodes as a graph.
template <int Depth>
constexpr auto doubled() {
  if constexpr (Depth == 0) {
    return x;
  } else {
    constexpr auto inner = doubled<Depth - 1>();
    return abs(inner) + 1;
  }
}
static_assert(schedule<doubled<40>()>.reads == 1);

// Bounds of a sum with a number, where taking the number to the other side is exact.
static_assert(same_kernel<where(x + 3 < 6, x, y), where(x < 3, x, y)>);
static_assert(same_kernel<where(x - 2 >= -1, x, y), where(x >= 1, x, y)>);
static_assert(same_kernel<where(2 + x > 0, x, y), where(x > -2, x, y)>);
static_assert(!same_kernel<where(x + 0.1 < 0.3, x, y), where(x < 0.2, x, y)>);
static_assert(!same_kernel<where(x + 3 == 6, x, y), where(x == 3, x, y)>);

// Passes, reads and writes.
static_assert(schedule<mish>.passes == 1 && schedule<mish>.reads == 1 &&
              schedule<mish>.writes == 1);
static_assert(schedule<x * y + z>.reads == 3);
static_assert(schedule<where(true, x, y)>.reads == 1);
static_assert(schedule<softmax>.passes == 3 && schedule<softmax>.reads == 1 &&
              schedule<softmax>.writes == 1);
static_assert(schedule<softmax>.passes_beyond_caches == 2 &&
              schedule<log_softmax>.passes_beyond_caches == 2);
static_assert(schedule<mish>.passes_beyond_caches == 1);
static_assert(schedule<sparsemax>.passes_beyond_caches == schedule<sparsemax>.passes);
static_assert(schedule<glu>.passes == 1 && schedule<glu>.reads == 2);
static_assert(schedule<reduce_sum(x)>.passes == 1 && schedule<reduce_sum(x)>.writes == 1);
static_assert(schedule<x * rsqrt(reduce_mean(square(x)) + 1e-6)>.passes == 2);
static_assert(schedule<outputs(x + y, x - y, x* y)>.writes == 3);

BOOST_AUTO_TEST_CASE(square_root_for_folding_is_correctly_rounded) {
  for (double a :
       {0.0, 1.0, 2.0, 3.0, 4.0, 0.1, 1e-300, 1e300, 5e-324, 1.7976931348623157e308, 2e-9}) {
    BOOST_TEST(detail::square_root(a) == std::sqrt(a), "at " << a);
  }
  for (int i = 1; i < 20000; ++i) BOOST_TEST(detail::square_root(i * 0.37) == std::sqrt(i * 0.37));
  BOOST_TEST(std::isnan(detail::square_root(-1)));
  BOOST_TEST(std::isnan(detail::square_root(std::nan(""))));
  BOOST_TEST(std::isinf(detail::square_root(std::numeric_limits<double>::infinity())));
}
