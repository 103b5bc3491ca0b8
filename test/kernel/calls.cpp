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

BOOST_AUTO_TEST_CASE_TEMPLATE(a_count_takes_the_first_elements_of_ranges, T, elements) {
  fusor::test::on_every_target([] {
    const T before = element_from<T>(-7);
    const auto is_first = [&](const auto& range, std::size_t count) {
      bool is_right = is_half_plus_one(std::span(std::ranges::data(range), count));
      for (std::size_t i = count; i < std::ranges::size(range); ++i) {
        is_right = is_right && to_double(range[i]) == -7;
      }
      return is_right;
    };
    const std::vector<T> in = ramp<T>(64);
    for (const std::size_t count : {0u, 1u, 3u, 17u, 63u, 64u}) {
      std::vector<T> out(64, before);
      kernel<half_plus_one>(in, out, count);
      BOOST_TEST(is_first(out, count), count);
      T c_array[64];
      std::fill_n(c_array, 64, before);
      kernel<half_plus_one>(in.data(), c_array, static_cast<int>(count));
      BOOST_TEST(is_first(c_array, count), count);
      std::array<T, 64> array;
      array.fill(before);
      kernel<half_plus_one>(in, std::span(array), count);
      BOOST_TEST(is_first(array, count), count);
      std::vector<T> in_place(64, before);
      std::copy_n(in.begin(), count, in_place.begin());
      kernel<half_plus_one>(in_place, count);
      BOOST_TEST(is_first(in_place, count), count);
    }
  });
}

BOOST_AUTO_TEST_CASE(a_count_of_halves_and_of_reductions) {
  fusor::test::on_every_target([] {
    const std::vector<float> in = ramp<float>(64);
    std::vector<float> halves(64, -7.0f), sum(2, -7.0f);
    kernel<second_half(x) - first_half(x)>(in, halves, 5);  // of ten
    BOOST_TEST(halves[4] == 5);
    BOOST_TEST(halves[5] == -7);
    kernel<reduce_sum(x)>(in, sum, 5);  // to one
    BOOST_TEST(sum[0] == 10);
    BOOST_TEST(sum[1] == -7);
  });
}

// Types of the compiler and of Highway with the bits of ours.
template <class T>
void check_half_type() {
  std::vector<T> in(77), out(77);
  for (std::size_t i = 0; i < 77; ++i) {
    in[i] = std::bit_cast<T>(detail::element_type<T>(static_cast<float>(i % 32)));
  }
  const auto is_right = [](const std::vector<T>& range) {
    std::vector<detail::element_type<T>> same(range.size());
    std::memcpy(static_cast<void*>(same.data()), range.data(), range.size() * sizeof(T));
    return is_half_plus_one(same);
  };
  kernel<half_plus_one>(in, out);
  BOOST_TEST(is_right(out));
  kernel<half_plus_one>(view(in, {7, 11}), view(out, {7, 11}));
  BOOST_TEST(is_right(out));
  kernel<x * y + z>(in.data(), std::bit_cast<T>(detail::element_type<T>(0.5f)), 1.0f, out.data(),
                    77);
  BOOST_TEST(is_right(out));
  static_assert(std::is_same_v<decltype(kernel<half_plus_one>(in[0])), T>);
  BOOST_TEST(static_cast<float>(
                 std::bit_cast<detail::element_type<T>>(kernel<half_plus_one>(in[4]))) == 3);
  kernel<half_plus_one>(in);
  BOOST_TEST(is_right(in));
}

BOOST_AUTO_TEST_CASE(half_types_of_others) {
  fusor::test::on_every_target([] {
    check_half_type<hwy::float16_t>();
    check_half_type<hwy::bfloat16_t>();
#if defined(__FLT16_MANT_DIG__) && (defined(__clang__) || defined(__SSE2__) || __GNUC__ >= 13)
    check_half_type<_Float16>();
#endif
#if defined(__STDCPP_BFLOAT16_T__)
    check_half_type<decltype(0.0bf16)>();
#endif
  });
}

BOOST_AUTO_TEST_CASE(a_number_fills) {
  fusor::test::on_every_target([] {
    std::vector<float> out(21);
    kernel<2>(out);
    BOOST_TEST((out == std::vector<float>(21, 2.0f)));
    kernel<-3>(out.data(), 20);
    BOOST_TEST(out[19] == -3);
    BOOST_TEST(out[20] == 2);
#if __cpp_nontype_template_args >= 201911L  // Clang 18 and newer
    kernel<2.5>(view(out, {7, 3}));
    BOOST_TEST((out == std::vector<float>(21, 2.5f)));
#endif
  });
}

BOOST_AUTO_TEST_CASE(sixteen_inputs_and_sixteen_outputs) {
  fusor::test::on_every_target([] {
    constexpr std::size_t count = 133;
    std::vector<std::vector<float>> all(32, std::vector<float>(count));
    for (std::size_t i = 0; i < 16; ++i) {
      std::iota(all[i].begin(), all[i].end(), static_cast<float>(i));
    }
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      const auto check = [&] {
        for (std::size_t i = 0; i < count; ++i) {
          for (std::size_t o = 0; o < 16; ++o) {
            BOOST_TEST(all[16 + o][i] == static_cast<float>(o * (15 - o + i)));
            all[16 + o][i] = 0;
          }
        }
      };
      constexpr auto formulas = outputs(static_cast<double>(I) * input<15 - I>...);
      kernel<formulas>(all[I]..., all[16 + I]...);
      check();
      kernel<formulas>(view(all[I], {7, 19})..., view(all[16 + I], {7, 19})...);
      check();
    }
    (std::make_index_sequence<16>{});
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
