// SPDX-License-Identifier: BSL-1.0
// Formulas as they are printed are the kernel of the operation that keeps their digits, checked by
// compiling; of x, and of a part of a formula in its place.
#define BOOST_TEST_MODULE transform_digits
#include <boost/test/unit_test.hpp>
#include <fusor/fusor.hpp>

using namespace fusor;

namespace {

constexpr double root_of_2 = 1.4142135623730951;

/// Whether two formulas of v are one kernel, whatever v is.
template <auto Printed, auto Kept>
constexpr bool is_computed_as =
    same_kernel<Printed(x), Kept(x)>&& same_kernel<Printed(2.5 * x + y), Kept(2.5 * x + y)>&&
        same_kernel<Printed(abs(x)), Kept(abs(x))>;

}  // namespace

#define COMPUTED_AS(printed, kept) \
  static_assert(is_computed_as<[](auto v) { return printed; }, [](auto v) { return kept; }>)

// As Keras, PyTorch and the papers of the activations print them.
COMPUTED_AS(log(exp(v) + 1), softplus(v));
COMPUTED_AS(log(1 + exp(v)), softplus(v));
COMPUTED_AS(log1p(exp(v)), softplus(v));
COMPUTED_AS(max(v, 0) + log(1 + exp(-abs(v))), softplus(v));
COMPUTED_AS(log1p(exp(-abs(v))) + max(v, 0), softplus(v));
COMPUTED_AS((exp(v) - exp(-v)) / (exp(v) + exp(-v)), tanh(v));
COMPUTED_AS((exp(v) - exp(-v)) / (exp(-v) + exp(v)), tanh(v));
COMPUTED_AS((exp(2 * v) - 1) / (exp(2 * v) + 1), tanh(v));
COMPUTED_AS((1 - exp(-2 * v)) / (1 + exp(-2 * v)), tanh(v));
COMPUTED_AS(2 / (1 + exp(-2 * v)) - 1, tanh(v));
COMPUTED_AS(2 * sigmoid(2 * v) - 1, tanh(v));
COMPUTED_AS(1 - 2 / (exp(2 * v) + 1), tanh(v));
COMPUTED_AS(1 / (1 + exp(-v)), sigmoid(v));
COMPUTED_AS(1 / (exp(-v) + 1), sigmoid(v));
COMPUTED_AS(exp(v) / (1 + exp(v)), sigmoid(v));
COMPUTED_AS(exp(v) / (exp(v) + 1), sigmoid(v));
COMPUTED_AS(exp(v) * (1 / (1 + exp(v))), sigmoid(v));
COMPUTED_AS(0.5 * (1 + tanh(0.5 * v)), sigmoid(v));
COMPUTED_AS((tanh(v / 2) + 1) / 2, sigmoid(v));
COMPUTED_AS(1 - 1 / (1 + exp(v)), sigmoid(v));
COMPUTED_AS(v*(1 / (1 + exp(-v))), silu(v));
COMPUTED_AS(v / (1 + exp(-v)), silu(v));
COMPUTED_AS(0.5 * v * (1 + tanh(v / 2)), silu(v));
COMPUTED_AS(log(1 / (1 + exp(-v))), log_sigmoid(v));
COMPUTED_AS(log(sigmoid(v)), log_sigmoid(v));
COMPUTED_AS(-log(1 + exp(-v)), log_sigmoid(v));
COMPUTED_AS(v* tanh(softplus(v)), mish(v));
COMPUTED_AS(v* tanh(log(1 + exp(v))), mish(v));
COMPUTED_AS(v* tanh(log1p(exp(v))), mish(v));
COMPUTED_AS(v - tanh(v), tanh_shrink(v));
COMPUTED_AS(0.5 * v * (1 + erf(v / root_of_2)), gelu(v));
COMPUTED_AS(v * 0.5 * (1.0 + erf(v / 1.4142135)), gelu(v));
COMPUTED_AS(0.5 * v * (erf(v * 0.70710678) + 1), gelu(v));
COMPUTED_AS(v*(1 + erf(v / root_of_2)) / 2, gelu(v));
COMPUTED_AS(v / 2 * (1 + erf(v / sqrt(literal{2}))), gelu(v));
COMPUTED_AS(0.5 * v * erfc(-v / root_of_2), gelu(v));
COMPUTED_AS(v*(0.5 * erfc(-v * 0.7071067811865476)), gelu(v));
COMPUTED_AS((0.5 * v * (1 + tanh(0.7978845608028654 * (v + 0.044715 * v * v * v)))),
            gelu(v, {.approximate = true}));
COMPUTED_AS((0.5 * v * (1 + tanh(0.7978845608028654 * v * (1 + 0.044715 * v * v)))),
            (v * sigmoid(1.5957691216057308 * v * (1 + 0.044715 * v * v))));
COMPUTED_AS(where(v > 0, v, exp(v) - 1), elu(v));
COMPUTED_AS(where(v > 0, v, 1.5 * (exp(v) - 1)), elu(v, {.alpha = 1.5}));
COMPUTED_AS(where(v > 0, v, 1.5 * (exp(v / 1.5) - 1)), celu(v, {.alpha = 1.5}));
COMPUTED_AS(1.0507009873554805 * where(v > 0, v, 1.6732632423543772 * (exp(v) - 1)), selu(v));
COMPUTED_AS(min(max(v, 0), 6), relu6(v));
COMPUTED_AS(max(0, min(6, v)), relu6(v));
COMPUTED_AS(v* min(max(v + 3, 0), 6) / 6, hard_silu(v));
COMPUTED_AS(v*(relu6(3 + v) / 6), v*(clamp(3 + v, 0, 6) / 6));
COMPUTED_AS(max(-1, min(1, v)), hard_tanh(v));
COMPUTED_AS(v / (1 + abs(v)), softsign(v));

// Operations that keep the digits.
COMPUTED_AS(exp(v) - 1, expm1(v));
COMPUTED_AS(-1 + exp(v), expm1(v));
COMPUTED_AS(log(1 + v), log1p(v));
COMPUTED_AS(log(v + 1), log1p(v));
COMPUTED_AS(1 - sigmoid(v), sigmoid(-v));
COMPUTED_AS(sigmoid(v) * (1 - sigmoid(v)), logistic_pdf(v));
COMPUTED_AS((1 - sigmoid(v)) * sigmoid(v), logistic_pdf(-v));
COMPUTED_AS(1 - tanh(v) * tanh(v), 4 * logistic_pdf(2 * v));
COMPUTED_AS(1 - square(tanh(v)), 4 * logistic_pdf(2 * v));
COMPUTED_AS(1 - erf(v), erfc(v));
COMPUTED_AS(1 + erf(v), erfc(-v));
COMPUTED_AS(log(exp(v)), v);
COMPUTED_AS(max(v, 0) + min(v, 0), v);
COMPUTED_AS(exp(v) * exp(z), exp(v + z));
COMPUTED_AS(exp(v) / exp(z), exp(v - z));
COMPUTED_AS(exp(v) * exp(v), exp(2 * v));
COMPUTED_AS(max(v, 0) - v * z + log(1 + exp(-abs(v))), softplus(v) - v * z);
COMPUTED_AS(log(exp(v) + exp(z)), log(exp(v) + exp(z)));
COMPUTED_AS(sqrt(v + 1) - sqrt(v), 1 / (sqrt(v + 1) + sqrt(v)));
COMPUTED_AS(log(1 - exp(-v)), log1p(-exp(-v)));
COMPUTED_AS(sqrt((exp(2 * v) - 1) / (exp(v) - 1)), sqrt(1 + exp(v)));

// Along an axis.
COMPUTED_AS(log(softmax(v)), log_softmax(v));
COMPUTED_AS(log(exp(v) / reduce_sum(exp(v))), log_softmax(v));
COMPUTED_AS(log(reduce_sum(exp(v))), logsumexp(v));
COMPUTED_AS(v - log(reduce_sum(exp(v))), log_softmax(v));
COMPUTED_AS(v - logsumexp(v), log_softmax(v));
COMPUTED_AS(reduce_mean(square(v)) - square(reduce_mean(v)),
            reduce_mean(square(v - reduce_mean(v))));
COMPUTED_AS(reduce_mean(v* v) - reduce_mean(v) * reduce_mean(v),
            reduce_mean(square(v - reduce_mean(v))));

// Derivatives of what was printed.
COMPUTED_AS(derivative(log(1 + exp(x)))(v), sigmoid(v));
COMPUTED_AS(derivative(1 / (1 + exp(-x)))(v), derivative(1 / (1 + exp(-x)))(v));

// What is written so stays as it is, and stays apart from what is around it.
static_assert(!same_kernel<as_written(log(1 + exp(x))), softplus>);
static_assert(!same_kernel<log(as_written(1 + exp(x))), softplus>);
static_assert(same_kernel<log(1 + as_written(exp(x))), log1p(as_written(exp(x)))>);

// What only looks like it stays as it is.
static_assert(!same_kernel<log(2 + exp(x)), softplus>);
static_assert(!same_kernel<x / (1 + exp(-y)), silu>);
static_assert(!same_kernel<0.5 * x*(1 + erf(x / 1.41)), gelu>);
static_assert(!same_kernel<exp(x) - 2, expm1(x)>);
static_assert(!same_kernel<1 - tanh(x) * tanh(y), 4 * logistic_pdf(2 * x)>);
static_assert(!same_kernel<x - log(reduce_sum(exp(2 * x))), log_softmax>);
static_assert(!same_kernel<reduce_mean(square(x)) - square(reduce_mean(2 * x)),
                           reduce_mean(square(x - reduce_mean(x)))>);

BOOST_AUTO_TEST_CASE(compiled) {
  BOOST_TEST(kernel<log(1 + exp(x))>(100.0f) == 100.0f);
  BOOST_TEST(kernel<as_written(log(1 + exp(x)))>(100.0f) == std::numeric_limits<float>::infinity());
  BOOST_TEST(kernel<exp(x) - 1>(1e-8f) == 1e-8f);
  BOOST_TEST(kernel<as_written(exp(x) - 1)>(1e-8f) == 0);
  BOOST_TEST(to_string(as_written(exp(x) - 1)) == "as_written(exp(x) - 1)");
  BOOST_TEST(to_string(derivative(as_written(exp(x) - 1))) == "exp(x)");
  BOOST_TEST(kernel<log(sigmoid(x))>(-300.0f) == -300.0f);
  BOOST_TEST(kernel<x / (1 + exp(-x))>(-std::numeric_limits<float>::infinity()) == 0);
}
