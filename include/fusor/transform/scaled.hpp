// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstdint>
#include <type_traits>

#include "fusor/transform/facts.hpp"

/// Forms taken apart as an eye does it: a number times the rest, a number plus the rest, whatever
/// order and signs they were written in.
namespace fusor::detail {

/// The literal Numerator / Denominator.
template <int Numerator, int Denominator = 1>
using number = lit<bits_of(static_cast<double>(Numerator) / Denominator)>;

/// A number, by its value as far as a float shows it.
constexpr bool is_near(double a, double b) {
  const double difference = a < b ? b - a : a - b;
  return difference <= 0x1p-23 * (b < 0 ? -b : b);
}

/// A number that products with moderate ones neither overflow nor lose.
constexpr bool is_ordinary(double value) {
  const double size = value < 0 ? -value : value;
  return size >= 0x1p-60 && size <= 0x1p60;
}

// --- a number times the rest
// -----------------------------------------------------------------------------

/// `number * rest`, where rest is no product with a number: of -x / 3 it is -1/3 and x.
template <class Form>
struct scaled {
  static constexpr double number = 1;
  using rest = Form;
};
template <class A>
struct scaled<form<op::neg, A>> {
  static constexpr double number = -scaled<A>::number;
  using rest = typename scaled<A>::rest;
};
template <std::uint64_t Bits, class A>
requires(!is_lit<A>) struct scaled<form<op::mul, lit<Bits>, A>> {
  static constexpr double number = lit<Bits>::value * scaled<A>::number;
  using rest = typename scaled<A>::rest;
};
template <std::uint64_t Bits, class A>
requires(!is_lit<A>) struct scaled<form<op::mul, A, lit<Bits>>>
    : scaled<form<op::mul, lit<Bits>, A>> {
};
template <std::uint64_t Bits, class A>
requires(!is_lit<A>) struct scaled<form<op::div, A, lit<Bits>>> {
  static constexpr double number = divide(scaled<A>::number, lit<Bits>::value);
  using rest = typename scaled<A>::rest;
};
template <class Form>
using unscaled = typename scaled<Form>::rest;

/// `Number * Form`, for a number that is a power of two or the negative of one: no bit changes but
/// the sign of a zero.
template <class Number, class Form>
struct product_with : std::type_identity<form<op::mul, Number, Form>> {};
template <class Form>
struct product_with<one, Form> : std::type_identity<Form> {};
template <class Form>
struct product_with<number<-1>, Form> : std::type_identity<form<op::neg, Form>> {};
template <class A, class B>
struct product_with<number<-1>, form<op::sub, A, B>> : std::type_identity<form<op::sub, B, A>> {};

template <class Number, class Form>
struct rescaled : product_with<Number, Form> {};
template <std::uint64_t Number, std::uint64_t Bits>
struct rescaled<lit<Number>, lit<Bits>>
    : std::type_identity<lit<bits_of(lit<Number>::value* lit<Bits>::value)>> {};
template <class Number, class A>
struct rescaled<Number, form<op::neg, A>>
    : rescaled<typename rescaled<number<-1>, Number>::type, A> {};
template <class Number, std::uint64_t Bits, class A>
requires(!is_lit<A>) struct rescaled<Number, form<op::mul, lit<Bits>, A>>
    : product_with<typename rescaled<Number, lit<Bits>>::type, A> {
};
template <class Number, std::uint64_t Bits, class A>
requires(!is_lit<A>) struct rescaled<Number, form<op::mul, A, lit<Bits>>>
    : product_with<typename rescaled<Number, lit<Bits>>::type, A> {
};

template <class Number, std::uint64_t Bits, class A, class B>
requires(!is_lit<A> &&
         !is_lit<B>) struct rescaled<Number, form<op::mul, form<op::mul, lit<Bits>, A>, B>>
    : std::type_identity<
          form<op::mul, typename rescaled<Number, form<op::mul, lit<Bits>, A>>::type, B>> {
};

template <class Form>
using negative = typename rescaled<number<-1>, Form>::type;
template <class Form>
using twice = typename rescaled<number<2>, Form>::type;
template <class Form>
using half = typename rescaled<number<1, 2>, Form>::type;

template <class A, class B>
inline constexpr bool are_opposite =
    std::is_same_v<negative<A>, B> || std::is_same_v<A, negative<B>>;

// --- a number plus the rest
// ------------------------------------------------------------------------------

/// `number + rest`: of 1 - x it is 1 and -x.
template <class Form>
struct shifted {
  static constexpr double number = 0;
  using rest = Form;
};
template <std::uint64_t Bits, class A>
requires(!is_lit<A>) struct shifted<form<op::add, lit<Bits>, A>> {
  static constexpr double number = lit<Bits>::value;
  using rest = A;
};
template <std::uint64_t Bits, class A>
requires(!is_lit<A>) struct shifted<form<op::add, A, lit<Bits>>>
    : shifted<form<op::add, lit<Bits>, A>> {
};
template <std::uint64_t Bits, class A>
requires(!is_lit<A>) struct shifted<form<op::sub, A, lit<Bits>>> {
  static constexpr double number = -lit<Bits>::value;
  using rest = A;
};
template <std::uint64_t Bits, class A>
requires(!is_lit<A>) struct shifted<form<op::sub, lit<Bits>, A>> {
  static constexpr double number = lit<Bits>::value;
  using rest = negative<A>;
};

/// The rest of 1 + rest, else void.
template <class Form>
using beside_one =
    std::conditional_t<shifted<Form>::number == 1, typename shifted<Form>::rest, void>;

// --- a number times a power
// ------------------------------------------------------------------------------

/// `number * A^power`, in any order of its factors, for a given A: of 0.5 * x * (x * x) it is 0.5
/// and 3. A power of -1 says that the form is no such product, or one of several numbers.
template <class Form, class A>
struct multiple_of_power {
  static constexpr double number = 1;
  static constexpr int power = std::is_same_v<Form, A> ? 1 : -1;
};
template <std::uint64_t Bits, class A>
struct multiple_of_power<lit<Bits>, A> {
  static constexpr double number = lit<Bits>::value;
  static constexpr int power = std::is_same_v<lit<Bits>, A> ? -1 : 0;
};
template <class F, class G, class A>
requires(!std::is_same_v<form<op::mul, F, G>, A>) struct multiple_of_power<form<op::mul, F, G>, A> {
  using first = multiple_of_power<F, A>;
  using second = multiple_of_power<G, A>;
  static constexpr double number = first::number * second::number;
  static constexpr int power =
      first::power >= 0 && second::power >= 0 && (first::number == 1 || second::number == 1)
          ? first::power + second::power
          : -1;
};
template <class F, class A>
requires(!std::is_same_v<form<op::square, F>, A>) struct multiple_of_power<form<op::square, F>, A>
    : multiple_of_power<form<op::mul, F, F>, A> {
};
template <class F, class A>
requires(!std::is_same_v<form<op::neg, F>, A>) struct multiple_of_power<form<op::neg, F>, A> {
  static constexpr double number = -multiple_of_power<F, A>::number;
  static constexpr int power = multiple_of_power<F, A>::power;
};
template <class Form, class A, int Power>
concept multiple_of = multiple_of_power<Form, A>::power == Power;

template <class Op, class Form>
inline constexpr bool is_application = false;
template <class Op, class... Children>
inline constexpr bool is_application<Op, form<Op, Children...>> = true;

template <class Form>
struct operand_of;
template <class Op, class A>
struct operand_of<form<Op, A>> : std::type_identity<A> {};
/// The A of f(A), and the B of e^B.
template <class Form>
using argument_of = typename operand_of<Form>::type;

/// 1 + e^B, in any order.
template <class Form>
concept one_plus_exp = is_application<op::exp, beside_one<Form>>;

}  // namespace fusor::detail
