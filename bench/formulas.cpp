// SPDX-License-Identifier: BSL-1.0
// Formulas as the library runs them, beside loops of Highway calls written by hand. This file goes
// over itself with foreach_target.h, as files with Highway code do, and includes fusor.hpp in each
// of these passes.

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "formulas.cpp"
#include <hwy/foreach_target.h>  // before what follows

#include <fusor/fusor.hpp>

#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

#include <cstddef>

HWY_BEFORE_NAMESPACE();
namespace by_hand {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
namespace fv = fusor::HWY_NAMESPACE;
namespace op = fusor::detail::op;

using tag = hn::ScalableTag<float>;
using vector = hn::Vec<tag>;

// Each formula as an expert would write it. What needs exp or tanh calls the library's vector
// function in `value`, which shows what the expression machinery around it costs, and Highway's own
// in `highway_value`, which shows what the function itself is worth.

struct relu {
  static HWY_INLINE vector value(tag d, vector x) {
    return hn::Max(hn::Zero(d), x);
  }
};

struct leaky_relu {
  static HWY_INLINE vector value(tag d, vector x) {
    return hn::IfThenElse(hn::Gt(x, hn::Zero(d)), x, hn::Mul(x, hn::Set(d, 0.1f)));
  }
};

struct hard_silu {
  static HWY_INLINE vector value(tag d, vector x) {
    const vector shifted = hn::Add(x, hn::Set(d, 3.0f));
    const vector gate = hn::Min(hn::Set(d, 6.0f), hn::Max(hn::Zero(d), shifted));
    return hn::Mul(hn::Mul(hn::Max(hn::Set(d, -3.0f), x), gate), hn::Set(d, 1.0f / 6));
  }
};

struct softsign {
  static HWY_INLINE vector value(tag d, vector x) {
    return hn::Div(x, hn::Add(hn::Set(d, 1.0f), hn::Abs(x)));
  }
};

struct hypotenuse {
  static HWY_INLINE vector value(tag d, vector x) {
    const vector root = hn::Sqrt(hn::MulAdd(x, x, hn::Set(d, 4.0f)));
    return hn::Mul(hn::Add(x, root), hn::Set(d, 0.5f));
  }
};

/// With 1 at infinity, not NaN.
struct softsign_for_all {
  static HWY_INLINE vector value(tag d, vector x) {
    const vector limit = hn::Set(d, 0x1p60f);
    return softsign::value(d, hn::Min(limit, hn::Max(hn::Neg(limit), x)));
  }
};

/// As exact as the library's: without cancellation on the left, where what rounding took from the
/// sum is given back, and without overflow.
struct squareplus {
  static HWY_INLINE vector value(tag d, vector x) {
    const vector one = hn::Set(d, 1.0f);
    const vector half_size = hn::Mul(hn::Abs(x), hn::Set(d, 0.5f));
    const auto is_huge = hn::Gt(half_size, hn::Set(d, 0x1p60f));
    const vector root = hn::Mul(hn::Sqrt(hn::MulAdd(x, x, hn::Set(d, 4.0f))), hn::Set(d, 0.5f));
    const vector half_root = hn::IfThenElse(is_huge, half_size, root);
    const vector right = hn::Add(half_size, half_root);
    const vector lost = hn::Sub(half_size, hn::Sub(right, half_root));
    const vector left = hn::Div(one, right);
    const vector exact = hn::NegMulAdd(hn::Mul(left, left), lost, left);
    const vector limited = hn::IfThenElse(is_huge, left, exact);
    return hn::IfThenElse(hn::Lt(x, hn::Zero(d)), limited, right);
  }
};

struct limited_relu {
  static HWY_INLINE vector value(tag d, vector x) {
    const vector zero = hn::Zero(d);
    const vector limited = hn::Min(hn::Set(d, 6.0f), hn::Max(zero, x));
    return hn::MulAdd(hn::Set(d, 0.1f), hn::Min(zero, x), limited);
  }
};

struct cubic {
  static HWY_INLINE vector value(tag d, vector x) {
    const vector line = hn::MulAdd(hn::Set(d, 0.25f), x, hn::Set(d, 0.5f));
    return hn::MulAdd(hn::MulAdd(line, x, hn::Set(d, -1.0f)), x, hn::Set(d, 2.0f));
  }
};

struct gate {
  static HWY_INLINE vector value(tag d, vector x, vector y) {
    return fv::apply(op::times<op::sigmoid>{}, d, x, y);
  }
  static HWY_INLINE vector highway_value(tag d, vector x, vector y) {
    return hn::Div(x, hn::Add(hn::Set(d, 1.0f), hn::Exp(d, hn::Neg(y))));
  }
};

struct silu {
  static HWY_INLINE vector value(tag d, vector x) {
    return fv::apply_to_itself(op::times<op::sigmoid>{}, d, x);
  }
  static HWY_INLINE vector highway_value(tag d, vector x) {
    return gate::highway_value(d, x, x);
  }
};

struct mish {
  static HWY_INLINE vector value(tag d, vector x) {
    return fv::apply_to_itself(op::times<op::tanh_softplus>{}, d, x);
  }
  static HWY_INLINE vector highway_value(tag d, vector x) {
    return hn::Mul(x, hn::Tanh(d, hn::Log1p(d, hn::Exp(d, x))));
  }
};

struct bump {
  static HWY_INLINE vector value(tag d, vector x) {
    vector low;
    const vector square = fv::two_product(d, x, x, low);
    return fv::apply(op::exp{}, d, hn::Neg(square), hn::Neg(low));
  }
  static HWY_INLINE vector highway_value(tag d, vector x) {
    return hn::Exp(d, hn::Neg(hn::Mul(x, x)));
  }
};

struct tanh {
  static HWY_INLINE vector value(tag d, vector x) {
    return fv::apply(op::tanh{}, d, x);
  }
  static HWY_INLINE vector highway_value(tag d, vector x) {
    return hn::Tanh(d, x);
  }
};

/// The formula with Highway's own functions.
template <class Formula>
struct highway {
  template <class... Vectors>
  static HWY_INLINE vector value(tag d, Vectors... v) {
    return Formula::highway_value(d, v...);
  }
};

/// For aligned arrays apart from each other, of at least one vector. A short formula is bound by
/// the loop, so it does four vectors a round, all loads before the stores.
template <class Formula, bool IsShort, class... Inputs>
HWY_INLINE void loop(float* HWY_RESTRICT out, std::size_t count, const Inputs* HWY_RESTRICT... in) {
  const tag d;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t i = 0;
  if constexpr (IsShort) {
    for (; i + 4 * lanes <= count; i += 4 * lanes) {
      const vector first = Formula::value(d, hn::Load(d, in + i)...);
      const vector second = Formula::value(d, hn::Load(d, in + i + lanes)...);
      const vector third = Formula::value(d, hn::Load(d, in + i + 2 * lanes)...);
      const vector fourth = Formula::value(d, hn::Load(d, in + i + 3 * lanes)...);
      hn::Store(first, d, out + i);
      hn::Store(second, d, out + i + lanes);
      hn::Store(third, d, out + i + 2 * lanes);
      hn::Store(fourth, d, out + i + 3 * lanes);
    }
  }
  for (; i + lanes <= count; i += lanes) {
    hn::Store(Formula::value(d, hn::Load(d, in + i)...), d, out + i);
  }
  if (i < count) {
    hn::StoreU(Formula::value(d, hn::LoadU(d, in + count - lanes)...), d, out + count - lanes);
  }
}

// Functions with names, for HWY_EXPORT.
#define FUSOR_SHORT(name)                                                        \
  void run_##name(const float* x, const float*, float* out, std::size_t count) { \
    loop<name, true>(out, count, x);                                             \
  }
#define FUSOR_LONG(name, ...)                                                          \
  void run_##name(const float* x, [[maybe_unused]] const float* y, float* out,         \
                  std::size_t count) {                                                 \
    loop<name, false>(out, count, __VA_ARGS__);                                        \
  }                                                                                    \
  void run_highway_##name(const float* x, [[maybe_unused]] const float* y, float* out, \
                          std::size_t count) {                                         \
    loop<highway<name>, false>(out, count, __VA_ARGS__);                               \
  }
FUSOR_SHORT(relu)
FUSOR_SHORT(leaky_relu)
FUSOR_SHORT(hard_silu)
FUSOR_SHORT(softsign)
FUSOR_SHORT(softsign_for_all)
FUSOR_SHORT(hypotenuse)
FUSOR_SHORT(squareplus)
FUSOR_SHORT(limited_relu)
FUSOR_SHORT(cubic)
FUSOR_LONG(gate, x, y)
FUSOR_LONG(silu, x)
FUSOR_LONG(mish, x)
FUSOR_LONG(bump, x)
FUSOR_LONG(tanh, x)
#undef FUSOR_SHORT
#undef FUSOR_LONG

}  // namespace HWY_NAMESPACE
}  // namespace by_hand
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

#include <algorithm>
#include <cmath>

#include "side_by_side.hpp"
#include "table.hpp"

namespace by_hand {

using call = void (*)(const float* x, const float* y, float* out, std::size_t count);

#define FUSOR_CALL(function, name)                                                      \
  HWY_EXPORT(function);                                                                 \
  constexpr call name = [](const float* x, const float* y, float* out, std::size_t n) { \
    HWY_DYNAMIC_DISPATCH(function)(x, y, out, n);                                       \
  };
#define FUSOR_SHORT(name) FUSOR_CALL(run_##name, name##_by_hand)
#define FUSOR_LONG(name) \
  FUSOR_SHORT(name)      \
  FUSOR_CALL(run_highway_##name, name##_by_highway_math)
FUSOR_SHORT(relu)
FUSOR_SHORT(leaky_relu)
FUSOR_SHORT(hard_silu)
FUSOR_SHORT(softsign)
FUSOR_SHORT(softsign_for_all)
FUSOR_SHORT(hypotenuse)
FUSOR_SHORT(squareplus)
FUSOR_SHORT(limited_relu)
FUSOR_SHORT(cubic)
FUSOR_LONG(gate)
FUSOR_LONG(silu)
FUSOR_LONG(mish)
FUSOR_LONG(bump)
FUSOR_LONG(tanh)
#undef FUSOR_SHORT
#undef FUSOR_LONG
#undef FUSOR_CALL

}  // namespace by_hand

namespace {

using by_hand::call;

constexpr std::size_t sizes[] = {4 * bench::Ki, 64 * bench::Ki, bench::Mi};

struct arrays {
  static constexpr std::size_t count = bench::Mi;
  bench::array x{count}, y{count}, out{count, bench::half_page};
  arrays() {
    bench::fill_random(x.data(), count, 1);
    bench::fill_random(y.data(), count, 2);
  }
};

const arrays& memory() {
  static const arrays all;
  return all;
}

/// One formula: the ways to run it, and what is right.
struct ways {
  call by_library;
  call by_hand;
  call by_highway_math;  // or null
  double (*expected)(double x, double y);
};

/// Runs one way and compares some outputs with what is right.
bool is_right(call compute, std::size_t count, double (*expected)(double, double)) {
  const auto& [x, y, out] = memory();
  std::fill_n(out.data(), count, -1e30f);
  compute(x.data(), y.data(), out.data(), count);
  for (std::size_t i = 0; i < count; i += count / 64 - 1) {
    const double right = expected(x.data()[i], y.data()[i]);
    if (!(std::abs(out.data()[i] - right) <= 4e-6 * std::abs(right) + 1e-6)) return false;
  }
  return true;
}

void measure(benchmark::State& state, std::size_t count, const ways& with) {
  const float* const x = memory().x.data();
  const float* const y = memory().y.data();
  float* const out = memory().out.data();
  for (const call each : {with.by_library, with.by_hand, with.by_highway_math}) {
    if (each && !is_right(each, count, with.expected)) {
      state.SkipWithError("an output is wrong");
      return;
    }
  }
  const auto copy = bench::copy_of(x, out, count);
  const auto library = [=] { with.by_library(x, y, out, count); };
  const auto hand = [=] { with.by_hand(x, y, out, count); };
  const auto note = [&](double copied, double fused, double written) {
    state.counters["copy"] = copied;
    state.counters["by_library"] = fused;
    state.counters["by_hand"] = written;
    state.counters["library/hand"] = fused / written;
  };
  if (with.by_highway_math) {
    const auto highway = [=] { with.by_highway_math(x, y, out, count); };
    const auto best = bench::best_times(state, count, copy, library, hand, highway);
    note(best[0], best[1], best[2]);
    state.counters["by_highway_math"] = best[3];
  } else {
    const auto best = bench::best_times(state, count, copy, library, hand);
    note(best[0], best[1], best[2]);
  }
}

template <auto Formula>
void add(const char* name, call by_hand, call by_highway_math, double (*expected)(double, double)) {
  const call by_library = [](const float* x, [[maybe_unused]] const float* y, float* out,
                             std::size_t count) {
    if constexpr (fusor::detail::input_count<std::remove_const_t<decltype(Formula)>> == 2) {
      fusor::kernel<Formula>(x, y, out, count);
    } else {
      fusor::kernel<Formula>(x, out, count);
    }
  };
  for (const std::size_t count : sizes) {
    bench::add(name, count, [=](benchmark::State& state) {
      measure(state, count, {by_library, by_hand, by_highway_math, expected});
    });
  }
}

void add_all() {
  using namespace fusor;
// The formula in double, with x and y as inputs.
#define FUSOR_EXPECTED(...) \
  [](double x, [[maybe_unused]] double y) -> double { return __VA_ARGS__; }
#define FUSOR_SHORT(name, expected, ...) \
  add<(__VA_ARGS__)>(#__VA_ARGS__, by_hand::name##_by_hand, nullptr, expected)
#define FUSOR_LONG(name, expected, ...)                                                      \
  add<(__VA_ARGS__)>(#__VA_ARGS__, by_hand::name##_by_hand, by_hand::name##_by_highway_math, \
                     expected)
  // clang-format off
  FUSOR_SHORT(relu, FUSOR_EXPECTED(std::max(x, 0.0)), max(x, 0));
  FUSOR_SHORT(leaky_relu, FUSOR_EXPECTED(x > 0 ? x : 0.1 * x), where(x > 0, x, 0.1 * x));
  FUSOR_SHORT(hard_silu, FUSOR_EXPECTED(x * std::clamp(x + 3, 0.0, 6.0) / 6), max(x, -3) * clamp(x + 3, 0, 6) / 6);
  FUSOR_SHORT(softsign, FUSOR_EXPECTED(x / (1 + std::abs(x))), x / (1 + abs(x)));
  FUSOR_SHORT(hypotenuse, FUSOR_EXPECTED((x + std::sqrt(x * x + 4)) / 2), (x + sqrt(square(x) + 4)) / 2);
  FUSOR_SHORT(cubic, FUSOR_EXPECTED(((0.25 * x + 0.5) * x - 1) * x + 2), ((0.25 * x + 0.5) * x - 1) * x + 2);
  FUSOR_LONG(silu, FUSOR_EXPECTED(x / (1 + std::exp(-x))), x * sigmoid(x));
  FUSOR_LONG(gate, FUSOR_EXPECTED(x / (1 + std::exp(-y))), x * sigmoid(y));
  FUSOR_LONG(mish, FUSOR_EXPECTED(x * std::tanh(std::log1p(std::exp(x)))), x * tanh(softplus(x)));
  FUSOR_LONG(bump, FUSOR_EXPECTED(std::exp(-x * x)), exp(-x * x));
  FUSOR_LONG(tanh, FUSOR_EXPECTED(std::tanh(x)), tanh(x));
  // Activations without exponentials that cost more than a copy.
  FUSOR_SHORT(softsign_for_all, FUSOR_EXPECTED(x / (1 + std::abs(x))), softsign(x));
  FUSOR_SHORT(squareplus, FUSOR_EXPECTED((x + std::sqrt(x * x + 4)) / 2), squareplus(x));
  FUSOR_SHORT(limited_relu, FUSOR_EXPECTED(std::clamp(x, 0.0, 6.0) + 0.1 * std::min(x, 0.0)), relu(x, {.negative_slope = 0.1, .max_value = 6}));
  // clang-format on
#undef FUSOR_EXPECTED
#undef FUSOR_SHORT
#undef FUSOR_LONG
}

std::vector<bench::cell> cells(const benchmark::BenchmarkReporter::Run& run) {
  const std::string row = "`" + bench::row_of(run) + "`, " + bench::column_of(run);
  std::vector<bench::cell> all = {
      {row, "copy", bench::digits(run.counters.at("copy"), 3)},
      {row, "by_library", bench::digits(run.counters.at("by_library"), 3)},
      {row, "by_hand", bench::digits(run.counters.at("by_hand"), 3)},
      {row, "library / hand", bench::digits(run.counters.at("library/hand"), 2)}};
  if (run.counters.count("by_highway_math") != 0) {
    all.push_back({row, "by_highway_math", bench::digits(run.counters.at("by_highway_math"), 3)});
  }
  return all;
}

}  // namespace

int main(int count, char** arguments) {
  add_all();
  return bench::run_all(count, arguments, "ns an element", cells);
}

#endif  // HWY_ONCE
