// SPDX-License-Identifier: BSL-1.0
// Every form of a call, in every element type.
#define BOOST_TEST_MODULE kernel_calls
#include <array>
#include <boost/mpl/list.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <fusor/fusor.hpp>
#include <memory>
#include <numeric>
#include <span>
#include <vector>

#include "support/numbers.hpp"
#include "support/targets.hpp"

using namespace fusor;
using fusor::test::element_from;
using fusor::test::to_double;

namespace {

using elements = boost::mpl::list<float, double, float16, bfloat16>;

constexpr auto half_plus_one = 0.5 * x + 1;  // exact for small whole numbers in every type

template <class T>
std::vector<T> ramp(std::size_t count) {
  std::vector<T> values(count);
  for (std::size_t i = 0; i < count; ++i) values[i] = element_from<T>(static_cast<double>(i % 32));
  return values;
}

template <class Range>
bool is_half_plus_one(const Range& range) {
  std::size_t i = 0;
  for (const auto value : range) {
    if (to_double(value) != 0.5 * static_cast<double>(i++ % 32) + 1) return false;
  }
  return true;
}

}  // namespace

BOOST_AUTO_TEST_CASE_TEMPLATE(ranges_pointers_and_in_place, T, elements) {
  fusor::test::on_every_target([] {
    const std::vector<T> in = ramp<T>(77);
    std::vector<T> out(77);
    kernel<half_plus_one>(in, out);
    BOOST_TEST(is_half_plus_one(out));

    std::vector<T> by_span(77);
    kernel<half_plus_one>(std::span<const T>(in), std::span<T>(by_span));
    BOOST_TEST(is_half_plus_one(by_span));

    std::array<T, 31> array{};
    T c_array[31];
    std::copy_n(in.begin(), 31, array.begin());
    kernel<half_plus_one>(array, c_array);
    BOOST_TEST(is_half_plus_one(c_array));
    kernel<half_plus_one>(array);
    BOOST_TEST(is_half_plus_one(array));

    std::vector<T> by_pointer(77);
    const T* const from = in.data();
    kernel<half_plus_one>(from, by_pointer.data(), by_pointer.size());
    BOOST_TEST(is_half_plus_one(by_pointer));
    kernel<half_plus_one>(from, by_pointer.data(), 77);
    kernel<half_plus_one>(from, by_pointer.data(), std::uint8_t{77});
    BOOST_TEST(is_half_plus_one(by_pointer));

    std::vector<T> in_place = in;
    kernel<half_plus_one>(in_place);
    BOOST_TEST(is_half_plus_one(in_place));
    in_place = in;
    kernel<half_plus_one>(in_place.data(), 77);
    BOOST_TEST(is_half_plus_one(in_place));
    in_place = in;
    kernel<half_plus_one>(in_place, in_place);
    BOOST_TEST(is_half_plus_one(in_place));

    const auto owned = std::make_unique<T[]>(77);
    kernel<half_plus_one>(from, owned.get(), 77);
    BOOST_TEST(is_half_plus_one(std::span(owned.get(), 77)));

    BOOST_TEST(to_double(kernel<half_plus_one>(in[3])) == 2.5);
    static_assert(std::is_same_v<decltype(kernel<half_plus_one>(T{})), T>);
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(numbers_in_place_of_inputs, T, elements) {
  fusor::test::on_every_target([] {
    const std::vector<T> in = ramp<T>(50);
    std::vector<T> out(50);
    kernel<y * x + z>(in, 0.5f, 1.0, out);
    BOOST_TEST(is_half_plus_one(out));
    kernel<x * y + z>(element_from<T>(0.5), in, float16(1.0f), out);
    BOOST_TEST(is_half_plus_one(out));
    kernel<x * y + z>(0.5f, in.data(), bfloat16(1.0f), out.data(), 50);
    BOOST_TEST(is_half_plus_one(out));
    kernel<x + y>(1.5f, 2.0f, out);
    for (const T value : out) BOOST_TEST(to_double(value) == 3.5);
    kernel<literal{2.5}>(out);
    for (const T value : out) BOOST_TEST(to_double(value) == 2.5);
  });
}

BOOST_AUTO_TEST_CASE(numbers_alone_give_a_number) {
  fusor::test::on_every_target([] {
    static_assert(std::is_same_v<decltype(kernel<x * y>(2.0f, 3.0f)), float>);
    static_assert(std::is_same_v<decltype(kernel<x * y>(2.0f, 3.0)), double>);
    static_assert(std::is_same_v<decltype(kernel<x * y>(float16(2.0f), bfloat16(3.0f))), float>);
    static_assert(std::is_same_v<decltype(kernel<outputs(x, -x)>(2.0f)), std::array<float, 2>>);
    BOOST_TEST(kernel<x * y>(2.0f, 3.0) == 6.0);
    BOOST_TEST(kernel<x / y>(1.0, 3.0) == 1.0 / 3.0);
    BOOST_TEST((kernel<outputs(x, -x)>(2.0f) == std::array{2.0f, -2.0f}));
    BOOST_TEST(to_double(kernel<x * y>(float16(2.0f), float16(3.0f))) == 6.0);
    const double exact = 0.1;
    BOOST_TEST(kernel<x>(exact) == exact);
  });
}

BOOST_AUTO_TEST_CASE(eight_inputs_and_several_outputs) {
  constexpr auto sum = x + y + z + input<3> + input<4> + input<5> + input<6> + input<7>;
  constexpr auto weighted =
      x + 2 * y + 3 * z + 4 * input<3> + 5 * input<4> + 6 * input<5> + 7 * input<6> + 8 * input<7>;
  fusor::test::on_every_target([&] {
    std::vector<std::vector<float>> in(8, std::vector<float>(133));
    for (std::size_t i = 0; i < 8; ++i)
      std::iota(in[i].begin(), in[i].end(), static_cast<float>(i));
    std::vector<float> total(133), weights(133), product(133);
    kernel<outputs(sum, weighted, x * sum)>(in[0], in[1], in[2], in[3], in[4], in[5], in[6], in[7],
                                            total, weights, product);
    for (std::size_t i = 0; i < 133; ++i) {
      const auto f = static_cast<float>(i);
      BOOST_TEST(total[i] == 8 * f + 28);
      BOOST_TEST(weights[i] == 36 * f + 168);
      BOOST_TEST(product[i] == f * (8 * f + 28));
    }
  });
}

BOOST_AUTO_TEST_CASE(outputs_may_be_the_memory_of_inputs) {
  fusor::test::on_every_target([] {
    for (std::size_t count : {0u, 1u, 5u, 16u, 17u, 40u, 333u}) {
      std::vector<float> a(count), b(count);
      std::iota(a.begin(), a.end(), 1.0f);
      std::iota(b.begin(), b.end(), 1000.0f);
      const std::vector<float> old_a = a, old_b = b;
      kernel<outputs(y, x)>(a, b, a, b);  // swaps
      BOOST_TEST((a == old_b));
      BOOST_TEST((b == old_a));
    }
  });
}

// Each pair of types: a value that all of them hold comes through unchanged.
template <class In>
struct to_each_type {
  template <class Out>
  static void check() {
    const std::vector<In> in = ramp<In>(99);
    std::vector<Out> out(99);
    kernel<half_plus_one>(in, out);
    BOOST_TEST(is_half_plus_one(out));
    kernel<half_plus_one>(in.data(), out.data(), 7);
    BOOST_TEST(is_half_plus_one(out));
  }
};

BOOST_AUTO_TEST_CASE_TEMPLATE(inputs_and_outputs_may_differ_in_type, In, elements) {
  fusor::test::on_every_target([] {
    to_each_type<In>::template check<float>();
    to_each_type<In>::template check<double>();
    to_each_type<In>::template check<float16>();
    to_each_type<In>::template check<bfloat16>();
    const std::vector<In> in = ramp<In>(70);
    const std::vector<double> factor(70, 0.5);
    const std::vector<bfloat16> one(70, bfloat16(1.0f));
    std::vector<float> out(70);
    kernel<x * y + z>(in, factor, one, out);  // computed in double
    BOOST_TEST(is_half_plus_one(out));
  });
}

BOOST_AUTO_TEST_CASE(callables_are_kernels) {
  fusor::test::on_every_target([] {
    const std::vector<float> in = ramp<float>(20);
    std::vector<float> out(20), again(20);
    kernel<[](auto v) { return 0.5 * v + 1; }>(in, out);
    BOOST_TEST(is_half_plus_one(out));
    kernel<[](auto a, auto b) { return a * b + 1; }>(in, 0.5f, out);
    BOOST_TEST(is_half_plus_one(out));
    kernel<silu>(in, out);
    kernel<x * sigmoid(x)>(in, again);
    BOOST_TEST((out == again));
    kernel<relu(half_plus_one)>(in, out);
    BOOST_TEST(is_half_plus_one(out));
  });
}

BOOST_AUTO_TEST_CASE(memory_that_is_not_aligned_to_an_element) {
  fusor::test::on_every_target([] {
    std::vector<unsigned char> bytes(400), result(400);
    for (std::size_t shift = 0; shift < 4; ++shift) {
      const std::vector<float> in = ramp<float>(77);
      std::memcpy(bytes.data() + shift, in.data(), 77 * sizeof(float));
      // Such pointers are not valid C++ for a float, but they exist in packed files.
      kernel<half_plus_one>(reinterpret_cast<const float*>(bytes.data() + shift),
                            reinterpret_cast<float*>(result.data() + 3 - shift), 77);
      std::vector<float> out(77);
      std::memcpy(out.data(), result.data() + 3 - shift, 77 * sizeof(float));
      BOOST_TEST(is_half_plus_one(out));
    }
  });
}

BOOST_AUTO_TEST_CASE(empty_calls_do_nothing) {
  std::vector<float> none, also_none;
  kernel<mish>(none, also_none);
  kernel<mish>(none);
  const float* const nowhere = nullptr;
  kernel<mish>(nowhere, static_cast<float*>(nullptr), 0);
  kernel<outputs(x, y)>(none, 1.0f, none, also_none);
}
