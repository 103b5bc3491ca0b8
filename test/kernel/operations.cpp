// SPDX-License-Identifier: BSL-1.0
// Operations whose result is exact, against the scalar operators of C++, over pairs of values that
// include +-0, subnormals, infinities and NaN.
#define BOOST_TEST_MODULE kernel_operations
#include <algorithm>
#include <boost/mpl/list.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <fusor/fusor.hpp>
#include <limits>
#include <random>
#include <vector>

#include "support/numbers.hpp"
#include "support/targets.hpp"

using namespace fusor;

namespace {

using compute_types = boost::mpl::list<float, double>;

template <class T>
struct pairs {
  std::vector<T> a, b;

  pairs() {
    using limits = std::numeric_limits<T>;
    std::mt19937 random(11);
    std::normal_distribution<T> normal(0, 3);
    std::vector<T> values = {T(0),
                             -T(0),
                             T(1),
                             -T(1),
                             T(2),
                             limits::min(),
                             -limits::min(),
                             limits::denorm_min(),
                             limits::max(),
                             limits::lowest(),
                             limits::infinity(),
                             -limits::infinity(),
                             limits::quiet_NaN(),
                             T(0.5),
                             T(-3)};
    for (int i = 0; i < 20; ++i) values.push_back(normal(random));
    for (const T first : values) {
      for (const T second : values) {
        a.push_back(first);
        b.push_back(second);
      }
    }
  }
};

/// Compares a kernel of two inputs with a scalar function, bit for bit but for the sign of zero and
/// the payload of NaN.
template <class T, class Kernel, class Reference>
void check(const char* name, const Kernel& kernel_of, const Reference& reference,
           std::uint64_t bound = 0) {
  const pairs<T> in;
  std::vector<T> out(in.a.size());
  kernel_of(in.a, in.b, out);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const T expected = reference(in.a[i], in.b[i]);
    BOOST_TEST(
        fusor::test::steps_between(out[i], expected) <= bound,
        name << "(" << in.a[i] << ", " << in.b[i] << ") = " << out[i] << ", expected " << expected);
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE_TEMPLATE(arithmetic, T, compute_types) {
  fusor::test::on_every_target([] {
    check<T>("add", kernel<x + y>, [](T a, T b) { return a + b; });
    check<T>("sub", kernel<x - y>, [](T a, T b) { return a - b; });
    check<T>("mul", kernel<x * y>, [](T a, T b) { return a * b; });
    check<T>("div", kernel<x / y>, [](T a, T b) { return a / b; });
    check<T>(
        "div by literal", kernel<x / 3 + 0.0 * y>, [](T a, T b) { return a / 3 + 0 * b; }, 1);
    check<T>(
        "div by -0.7", kernel<x / -0.7f + 0.0 * y>,
        [](T a, T b) { return a / static_cast<T>(-0.7f) + 0 * b; }, 1);
    check<T>(
        "div by 1 / 0.3", kernel<x / (1 / static_cast<double>(0.3f)) + 0.0 * y>,
        [](T a, T b) { return a * static_cast<T>(0.3f) + 0 * b; }, 1);
    check<T>("div by a power of two", kernel<where(y == y, x / 8, x / 8)>,
             [](T a, T) { return a / 8; });
    check<T>("neg", kernel<where(y == y, -x, -x)>, [](T a, T) { return -a; });
    check<T>("square", kernel<square(x) + 0.0 * y>, [](T a, T b) { return std::fma(a, a, 0 * b); });
    check<T>("sqrt", kernel<sqrt(x) + 0.0 * y>, [](T a, T b) { return std::sqrt(a) + 0 * b; });
    check<T>(
        "rsqrt", kernel<rsqrt(x) + 0.0 * y>,
        [](T a, T b) { return static_cast<T>(1 / std::sqrt(static_cast<long double>(a))) + 0 * b; },
        1);
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(selection, T, compute_types) {
  const T nan = std::numeric_limits<T>::quiet_NaN();
  const auto either_nan = [](T a, T b) { return std::isnan(a) || std::isnan(b); };
  fusor::test::on_every_target([&] {
    check<T>("min", kernel<min(x, y)>,
             [&](T a, T b) { return either_nan(a, b) ? nan : std::min(a, b); });
    check<T>("max", kernel<max(x, y)>,
             [&](T a, T b) { return either_nan(a, b) ? nan : std::max(a, b); });
    check<T>("min with a literal", kernel<min(x, 1) + 0.0 * min(1, y)>, [&](T a, T b) {
      return (std::isnan(a) ? nan : std::min(a, T(1))) +
             0 * (std::isnan(b) ? nan : std::min(b, T(1)));
    });
    check<T>("max with a literal", kernel<max(x, 1) + 0.0 * max(-1, min(y, 1))>, [&](T a, T b) {
      return (std::isnan(a) ? nan : std::max(a, T(1))) + (std::isnan(b) ? nan : 0);
    });
    check<T>("clamp", kernel<clamp(x, -abs(y), abs(y))>, [&](T a, T b) {
      return either_nan(a, b) ? nan : std::min(std::abs(b), std::max(-std::abs(b), a));
    });
    check<T>("clamp to literals", kernel<clamp(x, -1, 2) + 0.0 * clamp(y, 0, 1)>,
             [&](T a, T b) { return either_nan(a, b) ? nan : std::clamp(a, T(-1), T(2)); });
    check<T>("abs", kernel<where(y == y, abs(x), abs(x))>, [](T a, T) { return std::abs(a); });
    check<T>("sign", kernel<where(y == y, sign(x), sign(x))>,
             [](T a, T) { return std::isnan(a) || a == 0 ? a : std::copysign(T(1), a); });
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(comparisons, T, compute_types) {
  fusor::test::on_every_target([] {
    check<T>("<", kernel<where(x < y, 1, 2)>, [](T a, T b) { return T(a < b ? 1 : 2); });
    check<T>("<=", kernel<where(x <= y, 1, 2)>, [](T a, T b) { return T(a <= b ? 1 : 2); });
    check<T>(">", kernel<where(x > y, 1, 2)>, [](T a, T b) { return T(a > b ? 1 : 2); });
    check<T>(">=", kernel<where(x >= y, 1, 2)>, [](T a, T b) { return T(a >= b ? 1 : 2); });
    check<T>("==", kernel<where(x == y, 1, 2)>, [](T a, T b) { return T(a == b ? 1 : 2); });
    check<T>("!=", kernel<where(x != y, 1, 2)>, [](T a, T b) { return T(a != b ? 1 : 2); });
    check<T>("&&", kernel<where(x > 0 && y > 0, 1, 2)>,
             [](T a, T b) { return T(a > 0 && b > 0 ? 1 : 2); });
    check<T>("||", kernel<where(x > 0 || y > 0, 1, 2)>,
             [](T a, T b) { return T(a > 0 || b > 0 ? 1 : 2); });
    check<T>("!", kernel<where(!(x > y), 1, 2)>, [](T a, T b) { return T(!(a > b) ? 1 : 2); });
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(hypot_neither_overflows_nor_underflows, T, compute_types) {
  fusor::test::on_every_target([] {
    check<T>(
        "hypot", kernel<hypot(x, y)>,
        [](T a, T b) {
          return std::isnan(a) || std::isnan(b) ? std::numeric_limits<T>::quiet_NaN()
                                                : std::hypot(a, b);
        },
        1);
    check<T>(
        "hypot with a literal", kernel<hypot(x, 1.5) + 0.0 * min(abs(y), 1)>,
        [](T a, T b) {
          return std::isnan(a) || std::isnan(b) ? std::numeric_limits<T>::quiet_NaN()
                                                : std::hypot(a, T(1.5));
        },
        1);
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(hyperbolic, T, compute_types) {
  fusor::test::on_every_target([] {
    using wide = long double;
    check<T>(
        "sinh", kernel<where(y == y, sinh(x), y)>,
        [](T a, T b) { return b == b ? T(std::sinh(wide(a))) : b; }, 2);
    check<T>(
        "cosh", kernel<where(y == y, cosh(x), y)>,
        [](T a, T b) { return b == b ? T(std::cosh(wide(a))) : b; }, 2);
    // To the last finite result, and to the last that is no zero.
    const T last = sizeof(T) == 4 ? T(89.4) : T(710.4);
    BOOST_TEST(kernel<cosh(x)>(last) < std::numeric_limits<T>::infinity());
    BOOST_TEST(kernel<sinh(x)>(-last) > -std::numeric_limits<T>::infinity());
    BOOST_TEST(kernel<log_cosh(x)>(2 * last) == 2 * last - T(0.69314718055994531));
    const T small = sizeof(T) == 4 ? T(1e-20) : T(1e-160);
    BOOST_TEST(kernel<log_cosh(x)>(small) == T(wide(small) * wide(small) / 2));
    BOOST_TEST(kernel<log_cosh(x)>(-std::numeric_limits<T>::infinity()) ==
               std::numeric_limits<T>::infinity());
    BOOST_TEST(std::signbit(kernel<sinh(x)>(-T(0))));
    BOOST_TEST(kernel<cosh(x)>(T(0)) == 1);
    BOOST_TEST(!std::signbit(kernel<log_cosh(x)>(-T(0))));
  });
}
