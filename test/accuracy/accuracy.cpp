// SPDX-License-Identifier: BSL-1.0
// Measures the accuracy of operations and activations, in float over every `--every`-th of all 2^32
// floats and in double over random numbers, on every instruction set, against the C library in the
// next wider type. Fails where an error exceeds what docs/accuracy.md states; `--write` writes that
// table instead.
#include <hwy/targets.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <fusor/fusor.hpp>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "support/numbers.hpp"

namespace {

using namespace fusor;
using fusor::test::ulps;

template <class T>
using array_call = void (*)(const T*, T*, std::size_t);

struct subject {
  const char* name;
  array_call<float> in_float;
  array_call<double> in_double;
  double (*reference)(double);
  long double (*wide_reference)(long double);
  double at_least_in_double;  ///< errors in double are measured on [-limit, limit] with this limit
};

template <auto Formula, class Reference>
subject make_subject(const char* name, Reference, double limit = 800) {
  return {name,
          [](const float* in, float* out, std::size_t n) { kernel<Formula>(in, out, n); },
          [](const double* in, double* out, std::size_t n) { kernel<Formula>(in, out, n); },
          [](double v) { return Reference{}(v); },
          [](long double v) { return Reference{}(v); },
          limit};
}

// References, in the type of their argument, by formulas that lose nothing there. C's functions are
// called by their full names: the operations of the same name take expressions.
struct reference_exp {
  auto operator()(auto v) const {
    return std::exp(v);
  }
};
struct reference_expm1 {
  auto operator()(auto v) const {
    return std::expm1(v);
  }
};
struct reference_log {
  auto operator()(auto v) const {
    return std::log(v);
  }
};
struct reference_log1p {
  auto operator()(auto v) const {
    return std::log1p(v);
  }
};
struct reference_rsqrt {
  auto operator()(auto v) const {
    return 1 / std::sqrt(v);
  }
};
struct reference_tanh {
  auto operator()(auto v) const {
    return std::tanh(v);
  }
};
struct reference_sigmoid {
  template <class R>
  R operator()(R v) const {
    return v >= 0 ? 1 / (1 + std::exp(-v)) : std::exp(v) / (1 + std::exp(v));
  }
};
struct reference_softplus {
  template <class R>
  R operator()(R v) const {
    return std::max(v, R(0)) + std::log1p(std::exp(-std::abs(v)));
  }
};
struct reference_log_sigmoid {
  auto operator()(auto v) const {
    return -reference_softplus{}(-v);
  }
};
struct reference_erf {
  auto operator()(auto v) const {
    return std::erf(v);
  }
};
struct reference_erfc {
  auto operator()(auto v) const {
    return std::erfc(v);
  }
};
struct reference_normal_cdf {
  template <class R>
  R operator()(R v) const {
    // v / sqrt(2) as a sum of two numbers: the tail of erfc magnifies what rounding it loses.
    constexpr long double root = 0.70710678118654752440084436210484903928L;
    constexpr long double root_low = -1.2026635805416830e-20L;
    const R high = static_cast<R>(root);
    const R low = static_cast<R>(root - high) + (sizeof(R) > 8 ? static_cast<R>(root_low) : R(0));
    const R z = -v * high;
    const R z_low = std::fma(-v, high, -z) - v * low;
    if (std::isinf(v)) return v > 0 ? 1 : 0;
    return (std::erfc(z) - R(1.1283791670955125738961589031215452L) * std::exp(-z * z) * z_low) / 2;
  }
};
struct reference_gelu {
  template <class R>
  R operator()(R v) const {
    return std::isinf(v) && v < 0 ? R(-0.0) : v * reference_normal_cdf{}(v);
  }
};
struct reference_gelu_approximate {
  template <class R>
  R operator()(R v) const {
    if (std::isinf(v) && v < 0) return R(-0.0);
    const R u = R(1.5957691216057307117597842397375L) * (v + R(0.044715L) * v * v * v);
    return v * reference_sigmoid{}(u);
  }
};
struct reference_silu {
  template <class R>
  R operator()(R v) const {
    return std::isinf(v) && v < 0 ? R(-0.0) : v * reference_sigmoid{}(v);
  }
};
struct reference_mish {
  template <class R>
  R operator()(R v) const {
    if (v > 60) return v;
    if (std::isinf(v)) return R(-0.0);
    const R e = std::exp(v);
    return v * (e * (e + 2) / (e * (e + 2) + 2));
  }
};
struct reference_tanh_shrink {
  template <class R>
  R operator()(R v) const {
    if (!(std::abs(v) < 1)) return v - std::tanh(v);
    // tanh(v) = v / (1 + t) with the continued fraction t = v^2 / (3 + v^2 / (5 + ...)).
    R t = 0;
    for (int k = 31; k >= 3; k -= 2) t = v * v / (R(k) + t);
    return v * t / (1 + t);
  }
};
struct reference_selu {
  template <class R>
  R operator()(R v) const {
    const R scale = R(1.0507009873554804934193349852946L);
    return v > 0 ? scale * v : scale * R(1.6732632423543772848170429916717L) * std::expm1(v);
  }
};
struct reference_elu {
  template <class R>
  R operator()(R v) const {
    return v > 0 ? v : std::expm1(v);
  }
};
struct reference_celu {
  template <class R>
  R operator()(R v) const {
    return v > 0 ? v : R(0.5) * std::expm1(2 * v);
  }
};
struct reference_gauss {
  template <class R>
  R operator()(R v) const {
    const R square = v * v;
    return std::isinf(v) ? R(0) : std::exp(-square) * (1 - std::fma(v, v, -square));
  }
};
struct reference_third {
  template <class R>
  R operator()(R v) const {
    return std::exp(v / 3);
  }
};
struct reference_softsign {
  template <class R>
  R operator()(R v) const {
    return std::isinf(v) ? std::copysign(R(1), v) : v / (1 + std::abs(v));
  }
};
struct reference_squareplus {
  template <class R>
  R operator()(R v) const {
    const R root = std::sqrt(v * v + 4);
    return v < 0 ? 2 / (root - v) : v / 2 + root / 2;
  }
};
struct reference_hard_sigmoid {
  template <class R>
  R operator()(R v) const {
    return std::clamp(v + 3, R(0), R(6)) / 6;
  }
};
struct reference_hard_silu {
  template <class R>
  R operator()(R v) const {
    return v <= -3 ? R(-0.0) : v * reference_hard_sigmoid{}(v);
  }
};
struct reference_sparse_plus {
  template <class R>
  R operator()(R v) const {
    return v <= -1 ? 0 : v >= 1 ? v : (v + 1) * (v + 1) / 4;
  }
};
struct reference_leaky_relu {
  template <class R>
  R operator()(R v) const {
    return v >= 0 ? v : R(0.125) * v;
  }
};

const std::vector<subject>& subjects() {
  static const std::vector<subject> all = {
      make_subject<exp(x)>("exp(x)", reference_exp{}),
      make_subject<expm1(x)>("expm1(x)", reference_expm1{}),
      make_subject<log(x)>("log(x)", reference_log{}),
      make_subject<log1p(x)>("log1p(x)", reference_log1p{}),
      make_subject<rsqrt(x)>("rsqrt(x)", reference_rsqrt{}),
      make_subject<tanh(x)>("tanh(x)", reference_tanh{}),
      make_subject<sigmoid>("sigmoid(x)", reference_sigmoid{}),
      make_subject<softplus>("softplus(x)", reference_softplus{}),
      make_subject<erf(x)>("erf(x)", reference_erf{}),
      make_subject<erfc(x)>("erfc(x)", reference_erfc{}),
      make_subject<normal_cdf(x)>("normal_cdf(x)", reference_normal_cdf{}, 20),
      make_subject<exp(-x * x)>("exp(-x * x)", reference_gauss{}),
      make_subject<exp(x / 3)>("exp(x / 3)", reference_third{}),
      make_subject<celu(x, {.alpha = 0.5})>("celu(x, {.alpha = 0.5})", reference_celu{}),
      make_subject<elu>("elu(x)", reference_elu{}),
      make_subject<gelu>("gelu(x)", reference_gelu{}, 20),
      make_subject<gelu(x, {.approximate = true})>("gelu(x, {.approximate = true})",
                                                   reference_gelu_approximate{}, 1),
      make_subject<hard_sigmoid>("hard_sigmoid(x)", reference_hard_sigmoid{}),
      make_subject<hard_silu>("hard_silu(x)", reference_hard_silu{}),
      make_subject<leaky_relu(x, {.negative_slope = 0.125})>(
          "leaky_relu(x, {.negative_slope = 0.125})", reference_leaky_relu{}),
      make_subject<log_sigmoid>("log_sigmoid(x)", reference_log_sigmoid{}),
      make_subject<mish>("mish(x)", reference_mish{}),
      make_subject<selu>("selu(x)", reference_selu{}),
      make_subject<silu>("silu(x)", reference_silu{}),
      make_subject<softsign>("softsign(x)", reference_softsign{}),
      make_subject<sparse_plus>("sparse_plus(x)", reference_sparse_plus{}),
      make_subject<squareplus>("squareplus(x)", reference_squareplus{}),
      make_subject<tanh_shrink>("tanh_shrink(x)", reference_tanh_shrink{}),
  };
  return all;
}

void choose(std::int64_t target) {
  hwy::SetSupportedTargetsForTest(target);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

struct worst_error {
  double ulp = 0;
  double at = 0;

  void add(double error, double where) {
    if (error > ulp) *this = {error, where};
  }
};

/// The largest error in float, over every `step`-th float, NaN excepted.
worst_error measure_float(const subject& s, std::uint64_t step,
                          const std::vector<std::int64_t>& targets) {
  constexpr std::size_t block = 1 << 14;
  std::vector<float> in(block), out(block);
  std::vector<double> expected(block);
  worst_error worst;
  for (std::uint64_t next = 0; next <= 0xffffffffu;) {
    std::size_t count = 0;
    for (; count < block && next <= 0xffffffffu; next += step) {
      const float value = std::bit_cast<float>(static_cast<std::uint32_t>(next));
      if (!std::isnan(value)) in[count++] = value;
    }
    for (std::size_t i = 0; i < count; ++i) expected[i] = s.reference(in[i]);
    for (const std::int64_t target : targets) {
      choose(target);
      s.in_float(in.data(), out.data(), count);
      for (std::size_t i = 0; i < count; ++i) {
        if (static_cast<float>(expected[i]) == out[i]) continue;
        worst.add(ulps(out[i], expected[i]), in[i]);
      }
    }
  }
  // A result that is right to the last bit is within half a unit.
  worst.add(0.5, 0);
  return worst;
}

worst_error measure_double(const subject& s, std::size_t count,
                           const std::vector<std::int64_t>& targets) {
  std::mt19937_64 random(99);
  std::normal_distribution<double> normal(0, 5);
  std::uniform_real_distribution<double> uniform(-s.at_least_in_double, s.at_least_in_double);
  std::uniform_real_distribution<double> exponent(-60, 6);
  std::vector<double> in, out(count);
  for (std::size_t i = 0; i < count; ++i) {
    double value = i % 3 == 0   ? normal(random)
                   : i % 3 == 1 ? uniform(random)
                                : std::copysign(std::exp2(exponent(random)), normal(random));
    value = std::clamp(value, -s.at_least_in_double, s.at_least_in_double);
    in.push_back(value);
  }
  std::vector<long double> expected(count);
  for (std::size_t i = 0; i < count; ++i) expected[i] = s.wide_reference(in[i]);
  worst_error worst;
  for (const std::int64_t target : targets) {
    choose(target);
    s.in_double(in.data(), out.data(), count);
    for (std::size_t i = 0; i < count; ++i) worst.add(ulps(out[i], expected[i]), in[i]);
  }
  worst.add(0.5, 0);
  return worst;
}

/// The bounds that docs/accuracy.md states: | `name` | float | double |.
std::map<std::string, std::pair<double, double>> stated_bounds() {
  std::map<std::string, std::pair<double, double>> bounds;
  std::ifstream file(FUSOR_ACCURACY_TABLE);
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("| `", 0) != 0) continue;
    const std::size_t end = line.find('`', 3);
    std::istringstream numbers(line.substr(end + 1));
    char bar;
    double in_float, in_double;
    if (numbers >> bar >> in_float >> bar >> in_double) {
      bounds[line.substr(3, end - 3)] = {in_float, in_double};
    }
  }
  return bounds;
}

double rounded_up(double value) {
  return std::ceil(value * 100) / 100;
}

void write_table(const std::map<std::string, std::pair<double, double>>& measured,
                 std::uint64_t step) {
  std::ofstream file(FUSOR_ACCURACY_TABLE);
  file << "# Accuracy\n\n"
          "The largest error in units in the last place (ULP). Written by `test.accuracy --every "
       << step
       << " --write`;\n`ctest` measures a sample of it, on every instruction set that Highway "
          "offers "
          "here, and fails where an\nerror is larger than stated.\n\n"
          "- float: "
       << (step == 1 ? "every one of the 2^32 floats" : "one float in " + std::to_string(step))
       << ", against the C library in double, on every set but scalar.\n"
          "- double: a million numbers up to +-800 (normal_cdf and gelu: +-20; approximate gelu: "
          "+-1, "
          "because its\n  constants are doubles), against the C library in long double.\n\n"
          "0.5 is a correctly rounded result. What is not listed (relu, relu6, linear, hard_tanh, "
          "hard_shrink,\nthreshold: exact; soft_shrink, sparse_sigmoid: rounded once) is compared "
          "elsewhere in the tests.\n\n"
          "| formula | float | double |\n|---|---|---|\n";
  file << std::fixed;
  file.precision(2);
  for (const subject& s : subjects()) {
    const auto [in_float, in_double] = measured.at(s.name);
    file << "| `" << s.name << "` | " << in_float << " | " << in_double << " |\n";
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t step = 4001;
  bool is_writing = false;
  std::string chosen;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--write") == 0) is_writing = true;
    if (std::strcmp(argv[i], "--formula") == 0 && i + 1 < argc) chosen = argv[++i];
    if (std::strcmp(argv[i], "--every") == 0 && i + 1 < argc)
      step = std::strtoull(argv[++i], nullptr, 10);
  }
  if (step == 0) step = 1;
  std::vector<std::int64_t> targets = hwy::SupportedAndGeneratedTargets();
  if (step < 100) {
    // All floats take days without vectors.
    std::erase_if(targets,
                  [](std::int64_t target) { return target == HWY_SCALAR || target == HWY_EMU128; });
  }
  const auto bounds = stated_bounds();
  auto measured = bounds;
  std::size_t formulas = 0;
  int failures = 0;
  std::printf("%-42s %8s %24s %8s %24s\n", "formula", "float", "at", "double", "at");
  for (const subject& s : subjects()) {
    if (!chosen.empty() && chosen != s.name) continue;
    ++formulas;
    const worst_error in_float = measure_float(s, step, targets);
    const worst_error in_double = measure_double(s, is_writing ? 1000000 : 100000, targets);
    std::printf("%-42s %8.3f %24.9g %8.3f %24.17g", s.name, in_float.ulp, in_float.at,
                in_double.ulp, in_double.at);
    measured[s.name] = {rounded_up(in_float.ulp), rounded_up(in_double.ulp)};
    if (!is_writing) {
      const auto stated = bounds.find(s.name);
      const bool is_within = stated != bounds.end() && in_float.ulp <= stated->second.first &&
                             in_double.ulp <= stated->second.second;
      if (!is_within) {
        ++failures;
        std::printf("  MORE THAN STATED");
      }
    }
    std::printf("\n");
    std::fflush(stdout);
  }
  if (is_writing) write_table(measured, step);
  std::printf("%zu formulas on %zu instruction sets, %d worse than stated\n", formulas,
              targets.size(), failures);
  return failures == 0 ? 0 : 1;
}
