// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <boost/mpl/list.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <fusor/fusor.hpp>
#include <limits>

#include "support/numbers.hpp"

/// What functions are at +-0, at infinities and NaN, and at the ends of a type.
namespace fusor::test {

using compute_types = boost::mpl::list<float, double>;
template <class T>
constexpr T inf = std::numeric_limits<T>::infinity();
template <class T>
constexpr T smallest = std::numeric_limits<T>::denorm_min();
template <class T>
constexpr T largest = std::numeric_limits<T>::max();
template <class T>
constexpr T nan_of = std::numeric_limits<T>::quiet_NaN();

/// The same number, with the same sign of a zero; any NaN beside a NaN.
template <class T>
bool is_same(T a, T b) {
  return is_nan(a) ? is_nan(b) : bits(a) == bits(b);
}

#define GIVES(formula, in, out)                                    \
  BOOST_TEST(fusor::test::is_same(kernel<formula>(T(in)), T(out)), \
             #formula << " at " << T(in) << " is " << kernel<formula>(T(in)))

/// NaN comes out with its sign.
template <auto Formula, class T>
void check_nan() {
  for (const T sign : {T(1), T(-1)}) {
    const T nan = std::copysign(nan_of<T>, sign);
    BOOST_TEST(is_nan(kernel<Formula>(nan)), Formula);
    BOOST_TEST(std::signbit(kernel<Formula>(nan)) == std::signbit(nan), Formula);
  }
}

}  // namespace fusor::test
