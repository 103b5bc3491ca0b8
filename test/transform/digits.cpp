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
COMPUTED_AS((exp(-v) - exp(v)) / (exp(v) + exp(-v)), tanh(-v));
COMPUTED_AS((exp(v) - 1 / exp(v)) / (exp(v) + 1 / exp(v)), tanh(v));
COMPUTED_AS(sinh(v) / cosh(v), tanh(v));
COMPUTED_AS(sinh(v) / cosh(-v), tanh(v));
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
            gelu(v, {.approximate = true}));
COMPUTED_AS((0.5 * v * (1 + tanh(0.7978845608028654 * (v + 0.044715 * (v * v * v))))),
            gelu(v, {.approximate = true}));
COMPUTED_AS((v / 2 * (1 + tanh((v + v * v * v * 0.044715) * 0.7978845608028654))),
            gelu(v, {.approximate = true}));
COMPUTED_AS((0.5 * v * (1 + tanh((1 + 0.044715 * square(v)) * v * 0.7978845608028654))),
            gelu(v, {.approximate = true}));
COMPUTED_AS((v * sigmoid(1.5957691216057308 * v * (1 + 0.044715 * v * v))),
            gelu(v, {.approximate = true}));
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
COMPUTED_AS(2 * logistic_pdf(v) - v * tanh(v) * logistic_pdf(v),
            (2 - v * tanh(v)) * logistic_pdf(v));
COMPUTED_AS(normal_pdf(v) + (normal_pdf(v) - v * v * normal_pdf(v)), (2 - v * v) * normal_pdf(v));
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

// Powers.
COMPUTED_AS(pow(v, -1), 1 / v);
COMPUTED_AS(pow(v, 1), v);
COMPUTED_AS(pow(v, 2), square(v));
COMPUTED_AS(pow(v, 3), v* v* v);
COMPUTED_AS(pow(v, 4), square(v* v));
COMPUTED_AS(derivative(pow(x, 3))(v), 3 * square(v));
static_assert(!same_kernel<pow(x, 0.5), sqrt(x)>);

// Angles.
COMPUTED_AS(1 - cos(v), 2 * sin(0.5 * v) * sin(0.5 * v));
COMPUTED_AS(cos(v) - 1, -2 * sin(0.5 * v) * sin(0.5 * v));
COMPUTED_AS((1 - cos(v)) / sin(v), sin(0.5 * v) / cos(0.5 * v));
COMPUTED_AS(sin(v + z) - sin(v), 2 * cos(v + 0.5 * z) * sin(0.5 * z));
COMPUTED_AS(sin(z + v) - sin(v), 2 * cos(v + 0.5 * z) * sin(0.5 * z));
COMPUTED_AS(cos(v + z) - cos(v), -2 * sin(v + 0.5 * z) * sin(0.5 * z));
static_assert(!same_kernel<sin(x + y) - sin(z), 2 * cos(x + 0.5 * y) * sin(0.5 * y)>);
static_assert(!same_kernel<(1 - cos(x)) / sin(y), sin(0.5 * x) / cos(0.5 * x)>);

// Hyperbolic functions.
COMPUTED_AS((exp(v) + exp(-v)) / 2, cosh(v));
COMPUTED_AS(0.5 * (exp(-v) + exp(v)), cosh(v));
COMPUTED_AS(0.5 * exp(v) + 0.5 * exp(-v), cosh(v));
COMPUTED_AS((exp(v) - exp(-v)) / 2, sinh(v));
COMPUTED_AS(0.5 * (exp(v) - exp(-v)), sinh(v));
COMPUTED_AS((expm1(v) - expm1(-v)) / 2, sinh(v));
COMPUTED_AS(((exp(v) - 1) + (1 - exp(-v))) / 2, sinh(v));
COMPUTED_AS(z*(exp(v) - exp(-v)) / 2, z* sinh(v));
COMPUTED_AS(0.5 * z * (exp(v) - exp(-v)), z* sinh(v));
COMPUTED_AS(exp(v) + exp(-v), 2 * cosh(v));
COMPUTED_AS(exp(v) - exp(-v), 2 * sinh(v));
COMPUTED_AS(2 / (exp(v) + exp(-v)), 1 / cosh(v));
COMPUTED_AS(square(1 / cosh(v)), 4 * logistic_pdf(2 * v));
COMPUTED_AS(square(2 / (exp(v) + exp(-v))), 4 * logistic_pdf(2 * v));
COMPUTED_AS(4 / square(exp(v) + exp(-v)), 4 * logistic_pdf(2 * v));
COMPUTED_AS(1 / (cosh(v) * cosh(v)), 4 * logistic_pdf(2 * v));
COMPUTED_AS(exp(-v) / square(1 + exp(-v)), logistic_pdf(v));
COMPUTED_AS(exp(v) / square(1 + exp(v)), logistic_pdf(v));
COMPUTED_AS(log(1 / cosh(v)), -log_cosh(v));
COMPUTED_AS(log(2 / (exp(v) + exp(-v))), -log_cosh(v));
COMPUTED_AS(log(1 - tanh(v)), log1p(-tanh(v)));
COMPUTED_AS(log(1 + tanh(v)), log1p(tanh(v)));
COMPUTED_AS(cosh(v) / sinh(v), 1 / tanh(v));
COMPUTED_AS(cosh(v) - sinh(v), exp(-v));
COMPUTED_AS((exp(v) + exp(-v)) / 2 - 1, cosh(v) - 1);
COMPUTED_AS(expm1(v) + expm1(-v), exp(v) - 2 + exp(-v));
COMPUTED_AS(log(cosh(v)), log_cosh(v));
COMPUTED_AS(log((exp(v) + exp(-v)) / 2), log_cosh(v));
COMPUTED_AS(log(0.5 * (exp(v) + exp(-v))), log_cosh(v));
COMPUTED_AS(log(exp(v) + exp(-v)), log(2 * cosh(v)));
COMPUTED_AS(log(exp(v) + exp(-v)) - 0.6931471805599453, log_cosh(v));
COMPUTED_AS(abs(v) + log1p(exp(-2 * abs(v))) - log(literal{2}), log_cosh(v));
COMPUTED_AS(abs(v) - 0.69314718f + log1p(exp(-2 * abs(v))), log_cosh(v));
COMPUTED_AS(v + softplus(-2 * v) - 0.6931471805599453, log_cosh(v));
COMPUTED_AS(v + (softplus(-2 * v) - 0.6931471805599453), log_cosh(v));
COMPUTED_AS(softplus(2 * v) - v - 0.6931471805599453, log_cosh(v));

static_assert(same_kernel<exp(x) + exp(-x) - 2, exp(x) - 2 + exp(-x)>);
static_assert(same_kernel<2 - (exp(x) + exp(-x)), expm1(x) * expm1(-x)>);
static_assert(same_kernel<cosh(x) - 1, 2 * sinh(0.5 * x) * sinh(0.5 * x)>);
static_assert(same_kernel<1 - cosh(x + y), -2 * sinh(0.5 * (x + y)) * sinh(0.5 * (x + y))>);
static_assert(same_kernel<log(2 * cosh(x)), abs(x) + softplus(-2 * abs(x))>);

// As papers print them, and as people met them in trouble.
// Goodfellow et al., Generative Adversarial Nets, 2014; tensorflow/models #9531
COMPUTED_AS(log(1 - sigmoid(v)), -softplus(v));
COMPUTED_AS(log(1 - 1 / (1 + exp(-v))), -softplus(v));
// Rendle et al., BPR: Bayesian Personalized Ranking from Implicit Feedback, 2009;
// thinking-machines-lab/tinker-cookbook #188, deepspeedai/DeepSpeedExamples #501
COMPUTED_AS(-log(sigmoid(v - z)), softplus(z - v));
// Rafailov et al., Direct Preference Optimization, 2023
COMPUTED_AS(exp(v) / (exp(v) + exp(z)), sigmoid(v - z));
COMPUTED_AS(exp(v) / (exp(z) + exp(v)), sigmoid(v - z));
COMPUTED_AS(-log(exp(v) / (exp(v) + exp(z))), softplus(z - v));
COMPUTED_AS(exp(v) / (exp(v) + exp(-v)), sigmoid(2 * v));
// Hong et al., ORPO: Monolithic Preference Optimization without Reference Model, 2024;
// huggingface/trl #2274
COMPUTED_AS(log(sigmoid(v)) - log(1 - sigmoid(v)), v);
COMPUTED_AS(log(sigmoid(v) / (1 - sigmoid(v))), v);
COMPUTED_AS(softplus(v) - softplus(-v), v);
// Lin et al., Focal Loss for Dense Object Detection, 2017; open-mmlab/mmdetection #2331
COMPUTED_AS(-(1 - sigmoid(v)) * (1 - sigmoid(v)) * log(sigmoid(v)),
            -(square(sigmoid(-v)) * -softplus(-v)));
// stan-dev/math #2827
COMPUTED_AS(log(1 - 1 / (1 + exp((1.5 - v) / 2))), -softplus(-0.5 * (1.5 - v)));
// pytorch/pytorch #72759, cornellius-gp/gpytorch #775
COMPUTED_AS(log(exp(v) - 1), log(expm1(v)));
COMPUTED_AS(v + log(1 - exp(-v)), log(expm1(v)));
COMPUTED_AS(log(1 - exp(-v)) + v, log(expm1(v)));
COMPUTED_AS(v + log(-expm1(-v)), log(expm1(v)));
COMPUTED_AS(v + log1p(-exp(-v)), log(expm1(v)));
// Maechler, Accurately Computing log(1 - exp(-|a|)), 2012
COMPUTED_AS(log(1 - exp(-abs(v))), log1p(-exp(-abs(v))));
COMPUTED_AS(log(-expm1(-abs(v))), log1p(-exp(-abs(v))));
// pyro-ppl/numpyro #2007
COMPUTED_AS(log(exp(v) - exp(z)), v + log(1 - exp(z - v)));
// jax-ml/jax #1624, JuliaStats/LogExpFunctions.jl #61
COMPUTED_AS(max(v, z) + log1p(exp(-abs(v - z))), log(exp(v) + exp(z)));
COMPUTED_AS(max(v, z) + log(1 + exp(-abs(z - v))), log(exp(v) + exp(z)));
// Haarnoja et al., Soft Actor-Critic Algorithms and Applications, 2018; rlworkgroup/garage #1174
COMPUTED_AS(log(1 - tanh(v) * tanh(v)), -2 * log_cosh(v));
COMPUTED_AS(log1p(-tanh(v) * tanh(v)), -2 * log_cosh(v));
COMPUTED_AS(2 * (0.6931471805599453 - v - softplus(-2 * v)), 2 * -log_cosh(v));
COMPUTED_AS(2 * (log(literal{2}) - v - log(1 + exp(-2 * v))), 2 * -log_cosh(v));
// keras-team/keras #8524, JuliaStats/LogExpFunctions.jl #31
COMPUTED_AS(v + softplus(-2 * v) - log(literal{2}), log_cosh(v));
// Maddison et al., The Concrete Distribution, 2017; scipy/scipy #21388
COMPUTED_AS(log(v) - log(1 - v), log(v / (1 - v)));
COMPUTED_AS(log(1 - v) - log(v), -log(v / (1 - v)));
// Ganea et al., Hyperbolic Neural Networks, 2018; denisyarats/pytorch_sac #7
COMPUTED_AS(0.5 * (log(1 + v) - log(1 - v)), 0.5 * log((1 + v) / (1 - v)));
COMPUTED_AS(0.5 * log((1 + v) / (1 - v)), 0.5 * (log1p(v) - log1p(-v)));
// Misra, Mish: A Self Regularized Non-Monotonic Activation Function, 2019; AlexeyAB/darknet #5452
COMPUTED_AS(v*(square(1 + exp(v)) - 1) / (square(1 + exp(v)) + 1), mish(v));
COMPUTED_AS(v*((square(1 + exp(v)) - 1) / (square(1 + exp(v)) + 1)), mish(v));
COMPUTED_AS(v*(exp(v) * (exp(v) + 2)) / (exp(v) * (exp(v) + 2) + 2), mish(v));
// statsmodels/statsmodels #826, JuliaStats/LogExpFunctions.jl #56
COMPUTED_AS(1 - exp(-exp(v)), -expm1(-exp(v)));
// Goldberg, What Every Computer Scientist Should Know About Floating-Point Arithmetic, 1991
COMPUTED_AS(exp(12 * log(1 + v)) - 1, expm1(12 * log1p(v)));
// finsberg/gotranx #67, brian-team/brian2 #1117
COMPUTED_AS(v / (exp(v) - 1), v / expm1(v));
COMPUTED_AS(v / (1 - exp(-v)), -v / expm1(-v));
// Barron, A General and Adaptive Robust Loss Function, 2019; haskell/statistics #214
COMPUTED_AS(log(0.5 * v * v + 1), log1p(0.5 * v * v));
COMPUTED_AS(3.5 * log(1 + v * v / 6), 3.5 * log1p(v * v / 6));
// SasView/sasmodels #611
COMPUTED_AS(cosh(v) / sinh(v) - 1 / v, 1 / tanh(v) - 1 / v);
// tinygrad/tinygrad #17749, rust-lang/rust #72486
COMPUTED_AS(log(sqrt(v* v + 1) + v), asinh(v));
COMPUTED_AS(log(v + sqrt(1 + v * v)), asinh(v));
// stillwater-sc/universal #890
COMPUTED_AS(log(sqrt(v* v - 1) + v), log(v + sqrt(square(v) - 1)));

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
COMPUTED_AS(derivative(log(cosh(x)))(v), tanh(v));
COMPUTED_AS(derivative(log(1 + exp(x)))(v), sigmoid(v));
COMPUTED_AS(derivative(1 / (1 + exp(-x)))(v), derivative(1 / (1 + exp(-x)))(v));

// What is written so stays as it is, and stays apart from what is around it.
static_assert(!same_kernel<as_written(log(1 + exp(x))), softplus>);

// Relaxed formulas are simplified as ever.
static_assert(same_kernel<relaxed(relu), relu>);
static_assert(same_kernel<relaxed(x* tanh(log(1 + exp(x)))), relaxed(mish)>);
static_assert(same_kernel<relaxed(0.5 * x * (1 + erf(x / 1.4142135623730951))), relaxed(gelu)>);
static_assert(!same_kernel<relaxed(gelu), gelu>);
static_assert(same_kernel<derivative(relaxed(gelu)), derivative(gelu)>);

static_assert(!same_kernel<log(as_written(1 + exp(x))), softplus>);
static_assert(same_kernel<log(1 + as_written(exp(x))), log1p(as_written(exp(x)))>);

// Two rules that know the same product.
static_assert(same_kernel<2 * sigmoid(x) * (1 + 0.5 * sigmoid(x) * sigmoid(x)),
                          (1 + 0.5 * sigmoid(x) * sigmoid(x)) * (2 * sigmoid(x))>);

// The slope of A f(A), in any order, with any factors.
template <auto Printed, auto Gelu>
inline constexpr bool is_slope_of = same_kernel<Printed, derivative(Gelu)>;
static_assert(is_slope_of<normal_cdf(x) + x * normal_pdf(x), gelu(x)>);
static_assert(is_slope_of<normal_pdf(x) * x + normal_cdf(x), gelu(x)>);
static_assert(
    is_slope_of<0.5 * (1 + erf(x / 1.4142135623730951)) + 0.3989423 * x * exp(-x* x / 2), gelu(x)>);
static_assert(is_slope_of<sigmoid(x) * (1 + x * (1 - sigmoid(x))), silu(x)>);
static_assert(is_slope_of<sigmoid(x) + x * sigmoid(x) * (1 - sigmoid(x)), silu(x)>);
static_assert(is_slope_of<silu(x) + sigmoid(x) * (1 - silu(x)), silu(x)>);
static_assert(is_slope_of<derivative(x / (1 + exp(-x))), silu(x)>);
static_assert(is_slope_of<derivative(x* tanh(log(1 + exp(x)))), mish(x)>);
static_assert(
    same_kernel<y * z * sigmoid(x) + z * x * logistic_pdf(x) * y, y * z * derivative(silu(x))>);
static_assert(same_kernel<z * sigmoid(x* z) + x * z*(z* logistic_pdf(x* z)),
                          z*(sigmoid(x* z) + x * z * logistic_pdf(x * z))>);
static_assert(!same_kernel<sigmoid(x) + y * logistic_pdf(x), derivative(silu(x))>);
static_assert(!same_kernel<2 * sigmoid(x) + x * logistic_pdf(x), 2 * derivative(silu(x))>);
static_assert(!same_kernel<sigmoid(x) - x * logistic_pdf(x), derivative(silu(x))>);
static_assert(!same_kernel<sigmoid(x) + x * x * logistic_pdf(x), derivative(silu(x))>);

// What only looks like it stays as it is.
static_assert(!same_kernel<log(exp(x) - 2), log(expm1(x))>);
static_assert(!same_kernel<log(x / (1 - y)), log(x / (1 - x))>);
static_assert(!same_kernel<x / (exp(y) - 1), x / expm1(x)>);
static_assert(!same_kernel<x + softplus(-2 * y) - 0.6931471805599453, log_cosh(x)>);
static_assert(!same_kernel<x + softplus(-2 * x) - 0.7, log_cosh(x)>);
static_assert(!same_kernel<cosh(x) + sinh(y), exp(x)>);
// e^(log y) has the digits of y, log(y) fewer.
static_assert(same_kernel<log(exp(x) + exp(2 * y)), max(x, 2 * y) + softplus(-abs(x - 2 * y))>);
static_assert(!same_kernel<log(exp(x) + exp(log(y))), max(x, log(y)) + softplus(-abs(x - log(y)))>);
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
  BOOST_TEST(kernel<log(cosh(x))>(-300.0f) == 299.306854f);
  BOOST_TEST(kernel<log(cosh(x))>(1e-15f) == 0.5e-30f);
  BOOST_TEST(kernel<log(x + sqrt(x * x + 1))>(-1e10f) == -23.7189980f);
  BOOST_TEST(kernel<1 / sqrt(x) - 1 / sqrt(x + 1)>(-0.0f) ==
             -std::numeric_limits<float>::infinity());
  BOOST_TEST(kernel<x / (exp(x) - 1)>(0.0f) == 1);
  BOOST_TEST(kernel<x / (exp(x) - 1)>(1e-45f) == 1);
  BOOST_TEST(kernel<(exp(x) - 1) / x>(-1e-45f) == 1);
  BOOST_TEST(kernel<x / sqrt(1 + x * x)>(-1e30f) == -1);
  // Softplus with a beta, which tracel-ai/burn #5373 and pytorch/pytorch #171249 are about.
  constexpr auto by_beta = softplus(y * x) / y;
  BOOST_TEST(kernel<by_beta>(1e10f, 1e30f) == 1e10f);
  BOOST_TEST(kernel<by_beta>(-1e10f, 1e30f) == 0);
  BOOST_TEST(kernel<by_beta>(-1e10f, -1e30f) == -1e10f);
  BOOST_TEST(kernel<by_beta>(1e-10f, 1e-10f) == 6.93147181e9f);
  BOOST_TEST(kernel<by_beta>(3.0f, 5.0f) == 3.00000006f);
  BOOST_TEST(kernel<x / (1 + exp(-x))>(-std::numeric_limits<float>::infinity()) == 0);
}
