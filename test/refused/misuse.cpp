// SPDX-License-Identifier: BSL-1.0
// What people type that is not there. The file compiles as it is; with FUSOR_MISUSE set to the
// number of a case it is refused, with one sentence of ours, in at most 20 lines.
#include <cmath>
#include <functional>
#include <fusor/fusor.hpp>
#include <iostream>
#include <vector>

using namespace fusor;

/// An object as Eigen's are: without its header it is no range.
struct matrix_of_eigen {
  using Scalar = float;
  const matrix_of_eigen& derived() const {
    return *this;
  }
};

struct own : own_operation<"own"> {};
struct own_number : own_operation<"own_number"> {
  template <class T>
  static T compute(T a) {
    return a;
  }
};

int main() {
  std::vector<float> in(4), out(4);
  kernel<mish>(in, out);
  std::cout << mish(x) << '\n';

#if FUSOR_MISUSE == 1
  kernel<tan(x)>(in, out);
#elif FUSOR_MISUSE == 2
  kernel<fmod(x, 2)>(in, out);
#elif FUSOR_MISUSE == 3
  kernel<std::exp(x)>(in, out);
#elif FUSOR_MISUSE == 4
  kernel<fabs(x)>(in, out);
#elif FUSOR_MISUSE == 5
  kernel<x % 2>(in, out);
#elif FUSOR_MISUSE == 6
  constexpr auto leaky = x > 0 ? x : 0.1 * x;
#elif FUSOR_MISUSE == 7
  if (x > 0) kernel<mish>(in, out);
#elif FUSOR_MISUSE == 8
  kernel<where(x && y, x, y)>(in, in, out);
#elif FUSOR_MISUSE == 9
  kernel<leaky_relu(x, {.slope = 0.1})>(in, out);
#elif FUSOR_MISUSE == 10
  kernel<leaky_relu(x, 0.1)>(in, out);
#elif FUSOR_MISUSE == 11
  kernel<gelu(x, true)>(in, out);
#elif FUSOR_MISUSE == 12
  kernel<threshold>(in, out);
#elif FUSOR_MISUSE == 13
  kernel<threshold(x)>(in, out);
#elif FUSOR_MISUSE == 14
  kernel<"relu">(in, out);
#elif FUSOR_MISUSE == 15
  float result = mish(1.0f);
#elif FUSOR_MISUSE == 16
  float result = relu(1.0f);
#elif FUSOR_MISUSE == 17
  std::function<float(float)> function = mish;
#elif FUSOR_MISUSE == 18
  std::vector<decltype(x)> inputs;
#elif FUSOR_MISUSE == 19
  constexpr float x = 1;
  kernel<mish(x)>(in, out);
#elif FUSOR_MISUSE == 20
  kernel<mish>(matrix_of_eigen(), out);
#elif FUSOR_MISUSE == 21
  kernel<celu(x, {.alpha = 0})>(in, out);
#elif FUSOR_MISUSE == 22
  kernel<1 / 2 * x>(in, out);
#elif FUSOR_MISUSE == 23
  kernel<x + 1 / 3>(in, out);
#elif FUSOR_MISUSE == 24
  kernel<x ^ 2>(in, out);
#elif FUSOR_MISUSE == 25
  std::vector<int> integers(4);
  kernel<mish>(integers, out);
#elif FUSOR_MISUSE == 26
  kernel<tanh>(in, out);
#elif FUSOR_MISUSE == 27
  kernel<derivative(softmax)>(in, out);
#elif FUSOR_MISUSE == 28
  kernel<vjp(glu, y)>(in, out, out);
#elif FUSOR_MISUSE == 29
  constexpr auto cube = with_derivative(x * y, 3 * square(x));
#elif FUSOR_MISUSE == 30
  kernel<vjp(x - reduce_sum(x) * reduce_sum(x, {.axis = 0}), y)>(in, out, out);
#elif FUSOR_MISUSE == 31
  kernel<derivative(glu)>(in, out);
#elif FUSOR_MISUSE == 32
  kernel<apply_operation<own>(x)>(in, out);
#elif FUSOR_MISUSE == 33
  kernel<derivative(apply_operation<own_number>(x))>(in, out);
#elif FUSOR_MISUSE == 34
  kernel<x - row_value(y + 1)>(in, in, out);
#elif FUSOR_MISUSE == 35
  kernel<x - row_value(y) * y>(in, in, out);
#elif FUSOR_MISUSE == 36
  kernel<with_kept(vjp(softmax, y), kept(reduce_sum(x), z))>(in, in, in, out);
#elif FUSOR_MISUSE == 37
  kernel<with_kept(vjp(softmax, y), kept(exp(x), z))>(in, in, out);
#endif
}
