// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "elementwise.hpp"

/// The activations by a library that has no more than exp, tanh and the like, as a careful user
/// writes them: without cancellation where a formula of the same cost has none.
namespace bench {

/// `Math` has a type `vector` of `lanes` numbers, load and store, a vector of equal numbers as
/// set(double), min, max and the functions below; vectors have operators.
template <class Math, class T, class Function>
elementwise_call loop(const elementwise_task<T>& t, Function function) {
  return [=, in = t.in, out = t.out, count = t.count] {
    constexpr std::size_t lanes = Math::lanes;
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes) Math::store(out + i, function(Math::load(in + i)));
    if (lanes == 1 || i == count) return;
    T rest[lanes] = {};
    for (std::size_t j = 0; i + j < count; ++j) rest[j] = in[i + j];
    Math::store(rest, function(Math::load(rest)));
    for (std::size_t j = 0; i + j < count; ++j) out[i + j] = rest[j];
  };
}

#define BENCH_CASE(id, ...) \
  case activation::id:      \
    return loop<m>(t, [](auto x) { return __VA_ARGS__; })

/// Those that need tanh. m: `Math` of above, short for the formulas' sake.
template <class m, class T>
elementwise_call of_tanh(const elementwise_task<T>& t) {
  switch (t.what) {
    BENCH_CASE(tanh, m::tanh(x));
    BENCH_CASE(tanh_shrink, x - m::tanh(x));
    default:
      return {};
  }
}

/// Those that need exp, expm1, log1p, erf or erfc.
template <class m, class T>
elementwise_call of_exponentials(const elementwise_task<T>& t) {
  switch (t.what) {
    BENCH_CASE(elu, m::max(x, m::set(0)) + m::expm1(m::min(x, m::set(0))));
    BENCH_CASE(selu, m::set(1.0507009873554805) * m::max(x, m::set(0)) +
                         m::set(1.7580993408473766) * m::expm1(m::min(x, m::set(0))));
    BENCH_CASE(celu,
               m::max(x, m::set(0)) + m::set(0.5) * m::expm1(m::set(2) * m::min(x, m::set(0))));
    BENCH_CASE(exp, m::exp(x));
    BENCH_CASE(sigmoid, m::set(1) / (m::set(1) + m::exp(-x)));
    BENCH_CASE(silu, x / (m::set(1) + m::exp(-x)));
    BENCH_CASE(quick_gelu, x / (m::set(1) + m::exp(m::set(-1.702) * x)));
    BENCH_CASE(softplus, m::max(x, m::set(0)) + m::log1p(m::exp(-m::abs(x))));
    BENCH_CASE(log_sigmoid, m::min(x, m::set(0)) - m::log1p(m::exp(-m::abs(x))));
    BENCH_CASE(gelu, m::set(0.5) * x * m::erfc(m::set(-0.7071067811865476) * x));
    BENCH_CASE(gelu_tanh, x / (m::set(1) + m::exp(x * (m::set(-1.5957691216057308) +
                                                       m::set(-0.07135481627260025) * x * x))));
    BENCH_CASE(erf, m::erf(x));
    case activation::mish:
      return loop<m>(t, [](auto x) {
        // tanh(log(1 + e)) = n / (n + 2). Beyond 20 that is 1.
        const auto e = m::exp(m::min(x, m::set(20)));
        const auto n = e * (e + m::set(2));
        return x * (n / (n + m::set(2)));
      });
    default:
      return {};
  }
}

/// Those that need arithmetic alone.
template <class m, class T>
elementwise_call of_arithmetic(const elementwise_task<T>& t) {
  switch (t.what) {
    BENCH_CASE(relu, m::max(x, m::set(0)));
    BENCH_CASE(relu6, m::min(m::max(x, m::set(0)), m::set(6)));
    BENCH_CASE(leaky_relu_fifth, m::max(x, m::set(0.2) * x));
    BENCH_CASE(leaky_relu_hundredth, m::max(x, m::set(0.01) * x));
    BENCH_CASE(softsign, x / (m::set(1) + m::abs(x)));
    BENCH_CASE(squareplus, m::set(0.5) * (x + m::sqrt(x * x + m::set(4))));
    BENCH_CASE(hard_sigmoid, m::min(m::max(x + m::set(3), m::set(0)), m::set(6)) * m::set(1.0 / 6));
    BENCH_CASE(hard_silu,
               x * (m::min(m::max(x + m::set(3), m::set(0)), m::set(6)) * m::set(1.0 / 6)));
    BENCH_CASE(hard_tanh, m::min(m::max(x, m::set(-1)), m::set(1)));
    BENCH_CASE(hard_shrink, m::select(m::abs(x) > m::set(0.5), x, m::set(0)));
    BENCH_CASE(soft_shrink, x - m::min(m::max(x, m::set(-0.5)), m::set(0.5)));
    BENCH_CASE(threshold, m::select(x > m::set(0.5), x, m::set(-1)));
    default:
      return {};
  }
}

#undef BENCH_CASE

/// All of them.
template <class Math, class T>
elementwise_call by_formulas(const elementwise_task<T>& t) {
  for (const auto prepare : {of_arithmetic<Math, T>, of_tanh<Math, T>, of_exponentials<Math, T>}) {
    if (const elementwise_call made = prepare(t)) return made;
  }
  return {};
}

}  // namespace bench
