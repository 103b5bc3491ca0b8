// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <cstddef>
#include <fusor/fusor.hpp>
#include <vector>

#include "accuracy/references.hpp"
#ifdef FUSOR_ACCURACY_MPFR
#include "accuracy/mpfr_number.hpp"
#endif

/// The formulas whose accuracy is measured: the activations at their defaults and at other
/// parameters, and the functions of one input. With FUSOR_ACCURACY_MPFR, for bench/accuracy, their
/// kernels of halves and their references by MPFR as well.
namespace fusor::test {

template <class In, class Out = In>
using array_function = void (*)(const In*, Out*, std::size_t);

struct formula {
  const char* name;
  double range;      ///< where a function that is constant beyond is not
  bool is_absolute;  ///< errors are counted in units of the larger of 1 and the result
  array_function<float> in_float;
  array_function<double> in_double;
  array_function<float, double> reference;
  array_function<double, long double> wide_reference;
#ifdef FUSOR_ACCURACY_MPFR
  array_function<float16> in_float16;
  array_function<bfloat16> in_bfloat16;
  multiprecision::mpfr_number (*exact)(double);
#endif
};

template <auto Formula, class T>
void call_kernel(const T* in, T* out, std::size_t n) {
  kernel<Formula>(in, out, n);
}

template <class Reference, class In, class Out>
void call_reference(const In* in, Out* out, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) out[i] = Reference{}(static_cast<Out>(in[i]));
}

template <auto Formula, class Reference>
formula make_formula(const char* name, Reference, double range = 800) {
  return {name, range, requires {Reference::term(0.0);
}
, call_kernel<Formula, float>, call_kernel<Formula, double>,
    call_reference<Reference, float, double>, call_reference<Reference, double, long double>,
#ifdef FUSOR_ACCURACY_MPFR
    call_kernel<Formula, float16>, call_kernel<Formula, bfloat16>,
    [](double v) { return Reference{}(multiprecision::mpfr_number(v)); }
#endif
};  // namespace fusor::test
}

using formulas = std::vector<formula>;

formulas exponentials();
formulas logarithms();
formulas trigonometric();
formulas distributions();
formulas exact_functions();
formulas smooth_activations();
formulas linear_units();
formulas exponential_units();
formulas relaxed_formulas();

inline formulas all_formulas() {
  formulas all;
  for (const auto topic : {exponentials, logarithms, trigonometric, distributions, exact_functions,
                           smooth_activations, linear_units, exponential_units, relaxed_formulas}) {
    for (const formula& f : topic()) all.push_back(f);
  }
  return all;
}

}  // namespace fusor::test
