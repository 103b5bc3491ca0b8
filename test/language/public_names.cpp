// SPDX-License-Identifier: BSL-1.0
// Beside `using namespace std` and a user's own names. Checked by compiling; public_names.cmake
// compares the names that these headers put into namespace fusor with a list.
#include <algorithm>
#include <cmath>
#include <complex>
#include <fusor/fusor.hpp>
#include <fusor/interop/mdspan.hpp>
#include <fusor/registry/export.hpp>
#include <fusor/registry/registry.hpp>
#include <ranges>
#include <string>
#include <vector>

// What users call their own things.
namespace hana {}
namespace op {
struct add {};
}  // namespace op
namespace coefficients {
inline constexpr double half = 0.5;
}
struct node {};
struct argument {};
struct precedence {};
struct element {};
template <class T>
struct floating {};
struct reciprocal_parts {};
int lift = 1;

using namespace std;
using namespace fusor;

// Operators and functions are found without the directives, too.
namespace elsewhere {
constexpr auto formula = fusor::where(fusor::x > 0, -fusor::x + 1, exp(fusor::x* fusor::y) / 2);
static_assert(fusor::same_kernel<formula(fusor::y, fusor::x),
                                 where(fusor::y > 0, -fusor::y + 1, exp(fusor::y* fusor::x) / 2)>);
}  // namespace elsewhere

int main() {
  vector<float> v = {3, 1, 2};
  ranges::sort(v);
  const node own_node{};
  const argument own_argument{};
  const op::add own_operation{};
  const element own_element{};
  const precedence own_precedence{};
  const floating<float> own_floating{};
  const reciprocal_parts own_parts{};
  (void)own_node, (void)own_argument, (void)own_operation, (void)own_element;
  (void)own_precedence, (void)own_floating, (void)own_parts;
  kernel<x * tanh(softplus(x))>(v);
  kernel<"mish"_act>(v);
  return static_cast<int>(sqrt(4.0) + coefficients::half) + lift - 3;
}
