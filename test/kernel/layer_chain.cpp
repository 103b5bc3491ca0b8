// SPDX-License-Identifier: BSL-1.0
// Layers whose sizes are known when the program is compiled have the bits of kernels called one
// after the other, on every instruction set.
#define BOOST_TEST_MODULE kernel_layer_chain
#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstring>
#include <fusor/fusor.hpp>
#include <random>
#include <utility>
#include <vector>

#include "support/numbers.hpp"
#include "support/targets.hpp"

namespace {

using namespace fusor;
using detail::layer;
using detail::layer_chain;

template <class T>
std::vector<T> random_elements(std::size_t count) {
  static std::mt19937 generator(5);
  return fusor::test::random_elements<T>(count, generator);
}

template <auto Formula, std::size_t Depth, std::size_t Columns>
struct checked_layer {
  static constexpr std::size_t depth = Depth, columns = Columns;
  static constexpr std::size_t bias_total = layer<Formula, Depth, Columns>::input_total - 2;
  using type = layer<Formula, Depth, Columns>;

  template <class T>
  struct weights {
    std::vector<T> elements = random_elements<T>(Depth * Columns);
    packed_matrix<T> factor = packed(view(elements, {Depth, Columns}));
    std::array<std::vector<T>, bias_total> biases;

    weights() {
      for (std::vector<T>& each : biases) each = random_elements<T>(Columns);
    }

    void append_to(std::vector<const T*>& all) const {
      all.push_back(factor.data());
      for (const std::vector<T>& each : biases) all.push_back(each.data());
    }

    std::vector<T> call(const std::vector<T>& in, std::size_t rows) const {
      std::vector<T> out(rows * Columns);
      [&]<std::size_t... I>(std::index_sequence<I...>) {
        kernel<Formula>(view(in, {rows, Depth}), factor, view(biases[I], {Columns})...,
                        view(out, {rows, Columns}));
      }
      (std::make_index_sequence<bias_total>{});
      return out;
    }
  };
};

template <class T, class... Layers>
void check_chain() {
  constexpr std::size_t depths[] = {Layers::depth...}, columns[] = {Layers::columns...};
  constexpr std::size_t last = columns[sizeof...(Layers) - 1];
  using chain = layer_chain<T, typename Layers::type...>;
  const std::tuple<typename Layers::template weights<T>...> layers;
  std::vector<const T*> weights;
  std::apply([&](const auto&... each) { (each.append_to(weights), ...); }, layers);
  BOOST_TEST_REQUIRE(weights.size() == chain::weight_total);
  const T* all[chain::weight_total];
  std::copy(weights.begin(), weights.end(), all);
  constexpr T untouched = -77;
  for (const std::size_t rows : std::initializer_list<std::size_t>{
           0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 23, 24, 25, 47, 49, 100}) {
    const std::vector<T> in = random_elements<T>(rows * depths[0]);
    std::vector<T> expected = in;
    std::apply([&](const auto&... each) { ((expected = each.call(expected, rows)), ...); }, layers);
    std::vector<T> out(rows * last + 16, untouched);
    chain::run(rows, in.data(), out.data(), all);
    BOOST_TEST_CONTEXT(rows << " rows") {
      BOOST_TEST((std::memcmp(out.data(), expected.data(), rows * last * sizeof(T)) == 0));
      BOOST_TEST(std::count(out.begin() + static_cast<std::ptrdiff_t>(rows * last), out.end(),
                            untouched) == 16);
    }
  }
}

constexpr auto product = matmul(x, y);
constexpr auto dense = matmul(x, y) + z;
constexpr auto tanh_layer = tanh(matmul(x, y) + z);
constexpr auto gelu_layer = gelu(matmul(x, y) + z);
/// A slope for each column, and a scale.
constexpr auto slope_layer =
    where(matmul(x, y) + z > 0, matmul(x, y) + z, input<3>*(matmul(x, y) + z)) * input<4>;

template <class T>
void check_all() {
  check_chain<T, checked_layer<product, 5, 7>>();
  check_chain<T, checked_layer<tanh_layer, 1, 16>, checked_layer<tanh_layer, 16, 16>,
              checked_layer<dense, 16, 1>>();
  check_chain<T, checked_layer<gelu_layer, 64, 31>, checked_layer<slope_layer, 31, 33>>();
  check_chain<T, checked_layer<tanh_layer, 3, 64>, checked_layer<product, 64, 65>,
              checked_layer<tanh_layer, 65, 10>, checked_layer<slope_layer, 10, 1>,
              checked_layer<tanh_layer, 1, 2>>();
  check_chain<T, checked_layer<tanh_layer, 33, 300>, checked_layer<dense, 300, 512>>();
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_chain_of_floats_has_the_bits_of_kernels_on_every_instruction_set) {
  fusor::test::on_every_target(check_all<float>);
}

BOOST_AUTO_TEST_CASE(a_chain_of_doubles_has_the_bits_of_kernels_on_every_instruction_set) {
  fusor::test::on_every_target(check_all<double>);
}
