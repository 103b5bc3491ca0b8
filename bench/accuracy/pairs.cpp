// SPDX-License-Identifier: BSL-1.0
// Errors of the operations of two inputs, float against double and double against long double of
// the C library, and both against MPFR where they are large.
#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <optional>
#include <stdexcept>

#include "accuracy/pieces.hpp"

namespace bench {

namespace {

using namespace fusor;

template <class T>
using pair_function = void (*)(const T*, const T*, T*, std::size_t);

template <auto Formula, class T>
void call_kernel(const T* a, const T* b, T* out, std::size_t n) {
  kernel<Formula>(a, b, out, n);
}

struct by_pow {
  template <class R>
  R operator()(R a, R b) const {
    using std::pow;
    return pow(a, b);
  }
};
/// NaN beside infinity gives NaN in Fusor, infinity in C.
struct by_hypot {
  template <class R>
  R operator()(R a, R b) const {
    using std::hypot;
    return a == a && b == b ? R(hypot(a, b)) : R(a + b);
  }
};
struct by_division {
  template <class R>
  R operator()(R a, R b) const {
    return a / b;
  }
};

struct pair_operation {
  std::string name;
  pair_function<float> in_float;
  pair_function<double> in_double;
  double (*reference)(double, double);
  long double (*wide_reference)(long double, long double);
  mpfr_number (*exact)(double, double);
};

template <auto Formula, class Reference>
pair_operation make_operation(const char* name, Reference) {
  return {name,
          call_kernel<Formula, float>,
          call_kernel<Formula, double>,
          [](double a, double b) { return Reference{}(a, b); },
          [](long double a, long double b) { return Reference{}(a, b); },
          [](double a, double b) { return Reference{}(mpfr_number(a), mpfr_number(b)); }};
}

const std::vector<pair_operation>& operations() {
  static const std::vector<pair_operation> all = {
      make_operation<pow(x, y)>("pow(x, y)", by_pow{}),
      make_operation<hypot(x, y)>("hypot(x, y)", by_hypot{}),
      make_operation<x / y>("x / y", by_division{}),
  };
  return all;
}

const pair_operation& find_operation(const std::string& name) {
  for (const pair_operation& operation : operations()) {
    if (operation.name == name) return operation;
  }
  throw std::invalid_argument("no operation of two inputs is called " + name);
}

template <class T>
struct pairs {
  std::vector<T> first, second;
  void add(double a, double b) {
    first.push_back(static_cast<T>(a));
    second.push_back(static_cast<T>(b));
  }
};

/// What the standard of C says of pow, hypot and division at special numbers, and numbers around
/// which implementations go wrong: a base next to 1 and a huge exponent, powers next to the ends of
/// the range and in the middle between two numbers, squares that overflow or underflow,
/// Pythagorean triples of all sizes.
template <class T>
pairs<T> hard_pairs() {
  using limits = std::numeric_limits<T>;
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const double eps = limits::epsilon(), least = limits::denorm_min(), normal = limits::min();
  const double largest = limits::max(), top = limits::max_exponent;
  std::vector<double> special = {0,
                                 0.5,
                                 1,
                                 1.5,
                                 2,
                                 2.5,
                                 3,
                                 4,
                                 5,
                                 7,
                                 10,
                                 1 + eps,
                                 1 - eps / 2,
                                 2 - eps,
                                 1.0 / 3,
                                 0.1,
                                 1 / eps - 1,
                                 1 / eps,
                                 1 / eps + 2,
                                 2 / eps,
                                 2 / eps - 1,
                                 4 / eps,
                                 least,
                                 3 * least,
                                 normal,
                                 normal - least,
                                 largest,
                                 largest / 2,
                                 std::sqrt(largest),
                                 std::sqrt(normal),
                                 std::sqrt(least),
                                 top,
                                 top - 1,
                                 1 - top,
                                 2 - top,
                                 3 - top - limits::digits,
                                 2 - top - limits::digits,
                                 infinity};
  for (std::size_t i = special.size(); i > 0; --i) special.push_back(-special[i - 1]);
  special.push_back(std::numeric_limits<double>::quiet_NaN());
  pairs<T> all;
  for (const double a : special) {
    for (const double b : special) all.add(a, b);
  }
  // (1 + k eps)^y, with y where the power leaves the range, or is a number next to 1.
  for (int k = -40; k <= 40; ++k) {
    if (k == 0) continue;
    const double base = 1 + k * eps / (k < 0 ? 2 : 1);
    for (const double power : {top, 1 - top, 1 - top - limits::digits, 1.0, 20.0}) {
      const double y = power * 0.69314718055994531 / std::log1p(base - 1);
      for (int step = -3; step <= 3; ++step) all.add(base, y * (1 + step * eps));
    }
    all.add(base, 1 / eps);
    all.add(base, 2 / eps);
  }
  // Powers with whole exponents whose results are exact, or in the middle between two numbers.
  for (int base = 3; base <= 4097; base += 2) {
    for (int exponent = 2; exponent <= 33; ++exponent) {
      if (exponent * std::log2(base) > limits::digits + 2) break;
      all.add(base, exponent);
      all.add(-base, exponent);
      all.add(base, 0.5 + exponent);
      all.add(std::pow(base, exponent), 1.0 / exponent);
      all.add(std::pow(base, exponent), 0.5);
    }
  }
  for (int m = 2; m <= 40; ++m) {
    for (int n = 1; n < m; ++n) {
      for (int e = limits::min_exponent - limits::digits; e < limits::max_exponent; e += 7) {
        all.add(std::ldexp(m * m - n * n, e), std::ldexp(2 * m * n, e));
      }
    }
  }
  return all;
}

template <class T>
T any(fusor::test::random_bits& random) {
  using bits = std::conditional_t<sizeof(T) == 8, std::uint64_t, std::uint32_t>;
  return std::bit_cast<T>(static_cast<bits>(random() >> (64 - 8 * sizeof(T))));
}

/// Of any bits; of moderate sizes; with a power that is a number of the type, near its ends or
/// below the normal ones; with a base next to 1.
template <class T>
void random_pair(fusor::test::random_bits& random, std::uint64_t i, T& first, T& second) {
  using limits = std::numeric_limits<T>;
  first = any<T>(random);
  second = any<T>(random);
  switch (i % 8) {
    case 0:
    case 1:
      return;
    case 2: {  // neighbours in size
      const double size = std::exp2(8 * random.uniform() - 4);
      second = static_cast<T>(random.sign() * static_cast<double>(first) * size);
      return;
    }
    case 3: {
      first = static_cast<T>(random.sign() * std::exp2(20 * random.uniform() - 10));
      second = static_cast<T>(random.sign() * std::exp2(20 * random.uniform() - 10));
      return;
    }
    case 4: {  // negative bases, whole exponents
      first = static_cast<T>(-std::exp2(8 * random.uniform() - 4));
      second = static_cast<T>(std::floor(64 * random.uniform()) - 32);
      return;
    }
    default: {
      const bool is_near_1 = i % 8 == 7;
      const double size = is_near_1 ? std::exp2(-random.uniform() * limits::digits) : 1;
      first = is_near_1 ? static_cast<T>(1 + random.sign() * size / 2)
                        : static_cast<T>(std::abs(static_cast<double>(first)));
      const double low = limits::min_exponent - limits::digits - 2, high = limits::max_exponent + 1;
      const double power = low + (high - low) * random.uniform();
      second = static_cast<T>(power / std::log2(static_cast<double>(first)));
    }
  }
}

/// The largest errors of the sets, and what MPFR says of them.
template <class T, class Wide, class Exact>
void add_pairs(const pairs<T>& in, const std::vector<T>& out, const std::vector<Wide>& expected,
               const std::vector<double>& errors, const Exact& exact, double margin,
               binary_format format, const std::string& name, std::uint64_t done,
               error_summary& summary, measurement& m,
               std::vector<std::optional<mpfr_number>>& found) {
  constexpr double large = 1.5;
  constexpr std::uint64_t sample = 100000;
  for (std::size_t i = 0; i < out.size(); ++i) {
    double error = errors[i];
    const bool is_checked = (done + i) % sample == 0;
    const double limit = std::max(summary.maximum - margin, 0.49);
    const bool may_be_twice = 2 * error > limit && is_power_of_two(expected[i]);
    if (error > large || error > limit || may_be_twice || is_checked) {
      const auto a = static_cast<double>(in.first[i]), b = static_cast<double>(in.second[i]);
      if (!found[i]) found[i] = exact(a, b);
      const double by_mpfr = ulps_of(static_cast<double>(out[i]), *found[i], format);
      if (is_checked) need_agreement(error, by_mpfr, margin, name, a, b);
      error = by_mpfr;
      if (error > summary.maximum) m.second = b;
      summary.add(error, a, static_cast<double>(out[i]));
    }
    summary.sum += error;
    summary.count += found[i] && found[i]->is_nan() ? 0 : 1;
  }
}

template <class T, class Wide, class Call, class Reference>
std::vector<measurement> measure(const pair_operation& operation, Call call, Reference reference,
                                 std::uint64_t count, binary_format format,
                                 const progress& report) {
  constexpr std::size_t block = 1 << 12;
  const std::vector<std::int64_t> sets = instruction_sets();
  std::vector<measurement> measured = named_sets(sets);
  std::vector<error_summary> summaries(sets.size());
  pairs<T> in = hard_pairs<T>();
  std::vector<T> out;
  std::vector<Wide> expected, inverse;
  std::vector<double> errors;
  std::vector<std::optional<mpfr_number>> found;
  fusor::test::random_bits random(2026);
  // The hard cases come first, and do not count.
  for (std::uint64_t done = 0, counted = 0; !in.first.empty();) {
    const std::size_t n = in.first.size();
    out.resize(n);
    expected.resize(n);
    inverse.resize(n);
    errors.resize(n);
    found.assign(n, std::nullopt);
    for (std::size_t i = 0; i < n; ++i) expected[i] = reference(in.first[i], in.second[i]);
    fusor::test::inverse_units(expected.data(), inverse.data(), n, false);
    for (std::size_t set = 0; set < sets.size(); ++set) {
      choose(sets[set]);
      call(in.first.data(), in.second.data(), out.data(), n);
      fusor::test::errors_of(out.data(), expected.data(), inverse.data(), errors.data(), n, false);
      add_pairs(in, out, expected, errors, operation.exact, 0.002, format, operation.name, done,
                summaries[set], measured[set], found);
    }
    done += n;
    report(count == 0 ? 1 : static_cast<double>(counted) / static_cast<double>(count));
    const std::size_t next = std::min<std::uint64_t>(block, count - counted);
    counted += next;
    in.first.resize(next);
    in.second.resize(next);
    for (std::size_t i = 0; i < next; ++i) random_pair(random, i, in.first[i], in.second[i]);
  }
  for (std::size_t set = 0; set < sets.size(); ++set) {
    measured[set].maximum = summaries[set].maximum;
    measured[set].at = summaries[set].at;
    measured[set].mean = summaries[set].mean();
  }
  return measured;
}

}  // namespace

const std::vector<std::string>& pair_operations() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const pair_operation& operation : operations()) all.push_back(operation.name);
    return all;
  }();
  return names;
}

std::vector<measurement> measure_float_pairs(const std::string& name, std::uint64_t count,
                                             const progress& report) {
  const pair_operation& operation = find_operation(name);
  return measure<float, double>(operation, operation.in_float, operation.reference, count,
                                float_format, report);
}

std::vector<measurement> measure_double_pairs(const std::string& name, std::uint64_t count,
                                              const progress& report) {
  const pair_operation& operation = find_operation(name);
  return measure<double, long double>(operation, operation.in_double, operation.wide_reference,
                                      count, double_format, report);
}

}  // namespace bench
