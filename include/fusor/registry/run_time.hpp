// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <type_traits>

#include "fusor/kernel/kernel.hpp"
#include "fusor/registry/parameters.hpp"
#include "fusor/registry/registry.hpp"

#include "fusor/language/precise_begin.hpp"

/// The kernels behind a handle: parameters that are known only at run time are number inputs.
///
/// Each activation with parameters has a few kernels. A parameter that is switched off leaves
/// nothing behind, as at compile time. What can be computed from a parameter alone is computed
/// once, in double, as folding would, and rounded once.
namespace fusor::detail {

/// The loop of a formula, whose input is an array and is followed by numbers. What can be wrong
/// with a call has been refused before.
template <auto Formula, class T>
void run_loop_of(std::span<const T> in, std::span<T> out, const double* numbers) {
  if (in.empty()) return;
  constexpr auto expression = as_expression(Formula);
  constexpr std::size_t count = input_count<std::remove_const_t<decltype(expression)>> - 1;
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    using elements = element_list<T>;
    using compute = compute_type<elements>;
    [[maybe_unused]] const compute rounded[] = {static_cast<compute>(numbers[I])..., compute{}};
    const void* const inputs[] = {in.data(), rounded + I...};
    void* const outputs[] = {out.data()};
    const auto loop =
        loop_of_plan<plan<program_of<expression>, compute,
                          typename stored_outputs<program_of<expression>, elements>::type,
                          element_list<T, std::conditional_t<(I < count), constant, T>...>>>();
    loop(inputs, outputs, in.size(), in.size());
  }
  (std::make_index_sequence<count>{});
}

template <auto... Formulas>
struct kernels {
  template <class T>
  static constexpr std::array<registry_loop<T>, sizeof...(Formulas)> loops = {
      run_loop_of<Formulas, T>...};
  template <class T>
  static constexpr registry_rows<T> rows{};
};

/// One number: a tensor of one axis.
template <auto Formula, class T>
void run_row_of(std::span<const T> in, std::span<T> out, const double* numbers) {
  axis_of(static_cast<int>(numbers[0]), 1);
  kernel<Formula>(in, out);
}

/// The kernel of an activation along an axis: the last one, to which a handle moves the axis.
template <auto Activation>
struct kernels_along_axis {
  template <class T>
  static constexpr std::array<registry_loop<T>, 1> loops = {run_row_of<Activation, T>};
  template <class T>
  static constexpr registry_rows<T> rows{body_of<as_expression(
      Activation)>::template run<call_kind::tensors, element_list<T>, element_list<T>>};

  template <class Parameters>
  static kernel_choice choose(const Parameters& p) {
    return {0, {static_cast<double>(axis_list(p.axis).axes[0])}};
  }
};

/// The kernels of an activation, and which of them a set of parameters takes.
template <auto Activation>
struct run_time : kernels<Activation> {
  static kernel_choice choose(no_parameters) {
    return {};
  }
};

// clang-format off
template <> struct run_time<glu> : kernels_along_axis<glu> {};
template <> struct run_time<log_softmax> : kernels_along_axis<log_softmax> {};
template <> struct run_time<softmax> : kernels_along_axis<softmax> {};
template <> struct run_time<sparsemax> : kernels_along_axis<sparsemax> {};
// clang-format on

/// min and max against a number that is not NaN: a parameter is none.
constexpr auto at_most(auto a, auto bound) {
  return make_node<op::at_most>(a, bound);
}
constexpr auto at_least(auto a, auto bound) {
  return make_node<op::at_least>(a, bound);
}

/// The numbers that follow the input.
inline constexpr auto number_1 = y;
inline constexpr auto number_2 = z;
inline constexpr auto number_3 = input<3>;

/// Numbers in place of parameters, by their names.
struct alpha_number {
  decltype(number_1) alpha;
};
struct threshold_number {
  decltype(number_1) threshold;
  decltype(number_2) default_value;
};

// Most activations are their own formula with numbers in place of parameters. Those below are
// written anew, because a parameter that is switched off leaves a part of the formula out, or
// because a number that is known not to be NaN saves instructions. They give the bits of the
// literal ones, but for celu: a division would cost more than the rest, so it multiplies by the
// reciprocal where that is an ordinary number, and its rounding moves results by up to 2 ULP.
// clang-format off
inline constexpr auto leaky_relu_of_numbers = where(x >= 0, x, number_1 * x);
inline constexpr auto celu_of_numbers = where(x > -0x1p-60, x, number_1 * expm1(x * number_2));
inline constexpr auto soft_shrink_of_numbers = x - at_most(at_least(x, -number_1), number_1);
// clang-format on

template <>
struct run_time<leaky_relu> : kernels<leaky_relu_of_numbers, leaky_relu(x, {.negative_slope = 0})> {
  static kernel_choice choose(leaky_relu_parameters p) {
    return {p.negative_slope != 0 ? 0u : 1u, {p.negative_slope}};
  }
};

template <>
struct run_time<elu> : kernels<elu.formula(x, alpha_number{})> {
  static kernel_choice choose(elu_parameters p) {
    return {0, {p.alpha}};
  }
};

template <>
struct run_time<celu> : kernels<celu, celu_of_numbers, celu.formula(x, alpha_number{})> {
  static kernel_choice choose(celu_parameters p) {
    const bool is_ordinary = p.alpha >= 0x1p-6 && p.alpha <= 0x1p60;
    return {p.alpha == 1 ? 0u : is_ordinary ? 1u : 2u, {p.alpha, 1 / p.alpha}};
  }
};

template <>
struct run_time<gelu> : kernels<gelu, gelu(x, {.approximate = true})> {
  static kernel_choice choose(gelu_parameters p) {
    return {p.approximate ? 1u : 0u, {}};
  }
};

template <>
struct run_time<hard_shrink> : kernels<hard_shrink.formula(x, threshold_number{})> {
  static kernel_choice choose(hard_shrink_parameters p) {
    return {0, {p.threshold}};
  }
};

template <>
struct run_time<soft_shrink> : kernels<soft_shrink, soft_shrink_of_numbers> {
  static kernel_choice choose(soft_shrink_parameters p) {
    return {p.threshold == soft_shrink_parameters{}.threshold ? 0u : 1u, {p.threshold}};
  }
};

template <>
struct run_time<threshold> : kernels<threshold.formula(x, threshold_number{})> {
  static kernel_choice choose(threshold_parameters p) {
    return {0, {p.threshold, p.default_value}};
  }
};

template <bool First, class A, class B>
constexpr auto choose_formula(A a, B b) {
  if constexpr (First) {
    return a;
  } else {
    return b;
  }
}

/// The three parts of relu, each of them given or not; the numbers are those that are given, and
/// of the threshold its negative: adding takes x from memory, subtracting must load it first.
template <bool HasThreshold, bool HasMaximum, bool HasSlope>
constexpr auto relu_of_numbers() {
  constexpr auto minus_edge = input<1>;
  constexpr std::size_t maximum_at = HasThreshold ? 2 : 1;
  constexpr std::size_t slope_at = HasMaximum ? maximum_at + 1 : maximum_at;
  constexpr auto maximum = input<maximum_at>;
  constexpr auto slope = input<slope_at>;
  const auto gated = choose_formula<HasThreshold>(where(x <= -minus_edge, 0, x), max(x, 0));
  const auto positive = choose_formula<HasThreshold>(max(gated, 0), gated);
  const auto limited = choose_formula<HasMaximum>(at_most(positive, maximum), gated);
  const auto below = min(choose_formula<HasThreshold>(x + minus_edge, x), 0);
  return choose_formula<HasSlope>(limited + slope * below, limited);
}

/// relu with an infinite slope, of which nothing is left above the threshold.
constexpr auto relu_of_infinite_slope() {
  constexpr auto minus_edge = input<1>;
  const auto gated = where(minus_edge == 0, max(x, 0), where(x <= -minus_edge, 0, x));
  const auto limited = at_most(max(gated, 0), input<2>);
  return where(x < -minus_edge, limited + input<3> * (x + minus_edge), limited);
}

template <>
struct run_time<relu>
    : kernels<relu_of_numbers<false, false, false>(), relu_of_numbers<true, false, false>(),
              relu_of_numbers<false, true, false>(), relu_of_numbers<true, true, false>(),
              relu_of_numbers<false, false, true>(), relu_of_numbers<true, false, true>(),
              relu_of_numbers<false, true, true>(), relu_of_numbers<true, true, true>(),
              relu_of_infinite_slope()> {
  static kernel_choice choose(relu_parameters p) {
    if (p.negative_slope == infinity || p.negative_slope == -infinity) {
      return {8, {-p.threshold, p.max_value, p.negative_slope}};
    }
    kernel_choice choice;
    std::size_t count = 0;
    const auto add = [&](bool is_given, std::size_t weight, double number) {
      if (!is_given) return;
      choice.variant += weight;
      choice.numbers[count++] = number;
    };
    add(p.threshold != 0, 1, -p.threshold);
    add(p.max_value < infinity, 2, p.max_value);
    add(p.negative_slope != 0, 4, p.negative_slope);
    return choice;
  }
};

/// squareplus: see activation/squareplus.hpp. Where b is of ordinary size the numbers are b,
/// b / 4 and 4 / b, else sqrt(b) and half of it.
template <bool IsOrdinary, class Root>
constexpr auto squareplus_of_numbers(Root root) {
  const auto s = 0.5 * root;
  const auto half = 0.5 * abs(x) + s;
  const auto lost = 0.5 * abs(x) - (half - s);
  const auto ratio = number_2 / half;
  const auto left = choose_formula<IsOrdinary>(ratio, number_2 * ratio);
  const auto square_of_left = choose_formula<IsOrdinary>(square(left) * number_3, square(ratio));
  const auto corrected = left - square_of_left * lost;
  const auto far = where(x > -0x1p60, corrected, left);
  return where(x < 0, where(abs(x) < s, s - 0.5 * abs(x), far), half);
}

template <>
struct run_time<squareplus> : kernels<> {
  template <class T>
  static constexpr std::array<registry_loop<T>, 4> loops = {
      run_loop_of<squareplus, T>,
      run_loop_of<squareplus_of_numbers<true>(make_node<op::hypot_of_square>(x, number_1)), T>,
      run_loop_of<squareplus_of_numbers<false>(hypot(x, number_1)), T>,
      run_loop_of<squareplus(x, {.b = 0}), T>};

  static kernel_choice choose(squareplus_parameters p) {
    const double root = square_root(p.b);
    if (p.b == squareplus_parameters{}.b) return {0, {}};
    if (p.b == 0) return {3, {}};
    if (root < 0x1p-40 || root > 0x1p40) return {2, {root, root / 2}};
    return {1, {p.b, p.b / 4, 4 / p.b}};
  }
};

}  // namespace fusor::detail

#include "fusor/end.hpp"
#include "fusor/language/precise_end.hpp"
