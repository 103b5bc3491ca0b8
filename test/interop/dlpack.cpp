// SPDX-License-Identifier: BSL-1.0
// Views of DLTensors: shapes, strides, element types, and what is refused.
#define BOOST_TEST_MODULE interop_dlpack
#include <dlpack/dlpack.h>

#include <boost/test/unit_test.hpp>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fusor/fusor.hpp>
#include <fusor/interop/dlpack.hpp>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "support/numbers.hpp"
#include "support/refusal.hpp"
#include "support/targets.hpp"

using namespace fusor;
using fusor::test::refusal;

namespace {

constexpr DLDataType float32 = {kDLFloat, 32, 1};

/// A DLTensor with its shape and strides; null strides if there are none.
struct tensor {
  std::vector<std::int64_t> shape, strides;
  DLTensor dl{};

  tensor(void* data, DLDataType type, std::vector<std::int64_t> extents,
         std::vector<std::int64_t> steps = {})
      : shape(std::move(extents)), strides(std::move(steps)) {
    dl.data = data;
    dl.device = {kDLCPU, 0};
    dl.dtype = type;
    dl.ndim = static_cast<int>(shape.size());
    dl.shape = shape.data();
    dl.strides = strides.empty() ? nullptr : strides.data();
  }
  tensor(const tensor&) = delete;
  tensor& operator=(const tensor&) = delete;
  operator const DLTensor&() const {
    return dl;
  }
};

/// Numbers from -4 to 3.75.
template <class T>
std::vector<T> mixed(std::size_t count) {
  std::vector<T> values(count);
  for (std::size_t i = 0; i < count; ++i) {
    values[i] = test::element_from<T>(static_cast<double>(i * 7 % 32) / 4 - 4);
  }
  return values;
}

/// What the view of float says about a tensor that it refuses.
std::string refusal_of(const DLTensor& tensor) {
  return refusal<shape_error>([&] { (void)view<float>(tensor); });
}

}  // namespace

BOOST_AUTO_TEST_CASE(results_are_those_of_views_made_by_hand) {
  test::on_every_target([] {
    std::vector<float> in = mixed<float>(24), got(24), expected(24);
    const tensor from(in.data(), float32, {2, 3, 4}), to(got.data(), float32, {2, 3, 4});
    kernel<softmax>(view<const float>(from), view<float>(to));
    kernel<softmax>(view(in, {2, 3, 4}), view(expected, {2, 3, 4}));
    BOOST_TEST((got == expected));
    kernel<softmax(x, {.axis = -2})>(view<const float>(from), view<float>(to));
    kernel<softmax(x, {.axis = -2})>(view(in, {2, 3, 4}), view(expected, {2, 3, 4}));
    BOOST_TEST((got == expected));
    // A tensor beside views of other kinds, a bias that broadcasts, and a sum.
    const tensor bias(in.data() + 3, float32, {4}), sums(got.data(), float32, {2, 1, 4});
    kernel<x + y>(view<const float>(from), view<const float>(bias), view(got, {2, 3, 4}));
    BOOST_TEST(got[9] == in[9] + in[4]);
    kernel<reduce_sum(x, {.axis = 1})>(view(in, {2, 3, 4}), view<float>(sums));
    BOOST_TEST(got[5] == in[13] + in[17] + in[21]);
    // In place.
    std::vector<float> data = in;
    kernel<softmax>(view<float>(tensor(data.data(), float32, {2, 12})));
    kernel<softmax>(view(in, {2, 12}), view(expected, {2, 12}));
    BOOST_TEST((data == expected));
  });
}

BOOST_AUTO_TEST_CASE(nothing_beside_a_strided_tensor_is_touched) {
  test::on_every_target([] {
    std::vector<double> data(200, 7), expected = mixed<double>(12);
    const std::vector<double> in = expected;
    tensor strided(data.data() + 10, {kDLFloat, 64, 1}, {3, 4}, {-4, 30});
    strided.dl.byte_offset = 8 * sizeof(double);
    const auto at = [&](std::ptrdiff_t i, std::ptrdiff_t j) -> double& {
      return data[static_cast<std::size_t>(18 - 4 * i + 30 * j)];
    };
    for (std::ptrdiff_t i = 0; i < 12; ++i) at(i / 4, i % 4) = in[static_cast<std::size_t>(i)];
    const auto elements = view<double>(strided);
    BOOST_TEST(elements.data == &at(0, 0));
    kernel<mish>(elements);
    kernel<mish>(expected);
    for (std::ptrdiff_t i = 0; i < 12; ++i) {
      BOOST_TEST(at(i / 4, i % 4) == expected[static_cast<std::size_t>(i)]);
      at(i / 4, i % 4) = 7;
    }
    BOOST_TEST((data == std::vector<double>(200, 7)));
  });
}

BOOST_AUTO_TEST_CASE(any_alignment) {
  test::on_every_target([] {
    const std::vector<float> in = mixed<float>(99);
    std::vector<float> expected(99), got(99);
    kernel<softmax>(in, expected);
    for (std::size_t offset = 0; offset < 5; ++offset) {
      std::vector<unsigned char> bytes(99 * 4 + 16, 171);
      std::memcpy(bytes.data() + offset, in.data(), 99 * 4);
      tensor row(bytes.data(), float32, {99});
      row.dl.byte_offset = offset;
      kernel<softmax>(view<float>(row));
      std::memcpy(got.data(), bytes.data() + offset, 99 * 4);
      BOOST_TEST((got == expected), offset);
      std::memset(bytes.data() + offset, 171, 99 * 4);
      BOOST_TEST((bytes == std::vector<unsigned char>(99 * 4 + 16, 171)));
    }
  });
}

BOOST_AUTO_TEST_CASE(visit_takes_the_element_type_from_the_tensor) {
  const auto check = []<class T>(T, DLDataType type, const char* name) {
    std::vector<T> in = mixed<T>(40), got(40), expected(40);
    const tensor from(in.data(), type, {5, 8}), to(got.data(), type, {5, 8});
    const int axes = visit(from, [&](auto rows) {
      using element = typename decltype(rows)::element_type;
      static_assert(std::same_as<decltype(rows), tensor_view<element, dynamic_rank>>);
      kernel<softmax>(rows, view<element>(to));
      return static_cast<int>(rows.axes);
    });
    BOOST_TEST(axes == 2);
    kernel<softmax>(view(in, {5, 8}), view(expected, {5, 8}));
    BOOST_TEST((got == expected), name);
    const tensor other(in.data(), {kDLComplex, 64, 1}, {4});
    BOOST_TEST(refusal<shape_error>([&] { (void)view<const T>(other); }) ==
               "view: the DLTensor has elements of complex64, not " + std::string(name));
  };
  check(0.0f, {kDLFloat, 32, 1}, "float32");
  check(0.0, {kDLFloat, 64, 1}, "float64");
  check(float16(), {kDLFloat, 16, 1}, "float16");
  check(bfloat16(), {kDLBfloat, 16, 1}, "bfloat16");
  std::vector<int> integers(3);
  const tensor counts(integers.data(), {kDLInt, 32, 1}, {3});
  BOOST_TEST(refusal<shape_error>([&] { visit(counts, [](auto) {}); }) ==
             "view: the DLTensor has elements of int32, not float32, float64, float16 or bfloat16");
}

BOOST_AUTO_TEST_CASE(every_rank_and_no_elements) {
  std::vector<float> data = {-3, 7};
  tensor scalar(data.data(), float32, {});
  scalar.dl.shape = nullptr;
  BOOST_TEST(view<float>(scalar).axes == 0);
  kernel<abs(x)>(view<float>(scalar));
  BOOST_TEST((data == std::vector<float>{3, 7}));
  std::vector<std::int64_t> extents(32, 1);
  extents[20] = 2;
  kernel<-x>(view<float>(tensor(data.data(), float32, extents)));
  BOOST_TEST((data == std::vector<float>{-3, -7}));
  // Without elements there need not be data; nor does it matter how many there would be otherwise.
  const std::int64_t many = std::int64_t{1} << 40;
  const tensor none(nullptr, float32, {many, 0, many, many});
  BOOST_TEST(view<float>(none).shape[3] == std::size_t{1} << 40);
  kernel<softmax>(view<float>(none));
  kernel<reduce_sum(x, {.axis = 0})>(view<float>(tensor(nullptr, float32, {0, 2})),
                                     view(data, {2}));
  BOOST_TEST((data == std::vector<float>{0, 0}));
}

BOOST_AUTO_TEST_CASE(memory_that_the_cpu_reads) {
  std::vector<float> data(4);
  tensor row(data.data(), float32, {4});
  for (const auto device : {kDLCPU, kDLCUDAHost, kDLROCMHost}) {
    row.dl.device.device_type = device;
    BOOST_TEST(view<float>(row).data == data.data());
  }
  for (const auto device : {kDLCUDA, kDLOpenCL, kDLVulkan, kDLMetal, kDLROCM, kDLExtDev}) {
    row.dl.device.device_type = device;
    BOOST_TEST(refusal_of(row) == "view: the DLTensor is on device type " +
                                      std::to_string(static_cast<int>(device)) +
                                      ", it must be in memory of the CPU");
  }
}

BOOST_AUTO_TEST_CASE(what_is_refused) {
  std::vector<float> data(12, 7);
  const auto of_type = [&](DLDataType type) { return refusal_of(tensor(data.data(), type, {3})); };
  BOOST_TEST(of_type({kDLFloat, 64, 1}) ==
             "view: the DLTensor has elements of float64, not float32");
  BOOST_TEST(of_type({kDLInt, 32, 1}) == "view: the DLTensor has elements of int32, not float32");
  BOOST_TEST(of_type({kDLUInt, 8, 1}) == "view: the DLTensor has elements of uint8, not float32");
  BOOST_TEST(of_type({kDLBfloat, 16, 1}) ==
             "view: the DLTensor has elements of bfloat16, not float32");
  BOOST_TEST(of_type({kDLFloat, 32, 4}) ==
             "view: the DLTensor has elements of float32 x 4, not float32");
  BOOST_TEST(of_type({77, 8, 1}) ==
             "view: the DLTensor has elements of type code 77, bits 8, not float32");

  tensor axes(data.data(), float32, std::vector<std::int64_t>(33, 1));
  BOOST_TEST(refusal_of(axes) == "view: the DLTensor has 33 axes, 0 to 32 are possible");
  axes.dl.ndim = -1;
  BOOST_TEST(refusal_of(axes) == "view: the DLTensor has -1 axes, 0 to 32 are possible");
  axes.dl.ndim = 2;
  axes.dl.shape = nullptr;
  BOOST_TEST(refusal_of(axes) == "view: the DLTensor has axes, but no shape");

  BOOST_TEST(refusal_of(tensor(data.data(), float32, {3, -4})) ==
             "view: the DLTensor has shape (3, -4) with a negative extent");
  const std::int64_t many = std::int64_t{1} << 40;
  BOOST_TEST(refusal_of(tensor(data.data(), float32, {many, many})) ==
             "view: the shape (1099511627776, 1099511627776) has more elements than memory can "
             "hold");
  BOOST_TEST(refusal_of(tensor(data.data(), float32, {std::numeric_limits<std::int64_t>::max()})) ==
             "view: the shape (9223372036854775807) has more elements than memory can hold");
  BOOST_TEST(refusal_of(tensor(nullptr, float32, {3, 4})) ==
             "view: the DLTensor has 12 elements, but no data");

  const tensor in(data.data(), float32, {3, 4}), turned(data.data(), float32, {4, 3}, {1, 4});
  BOOST_TEST(
      refusal<shape_error>([&] { kernel<relu>(view<float>(in), view<float>(turned)); }) ==
      "kernel: the input has shape (3, 4), which does not broadcast to (4, 3) of the output");
  BOOST_TEST(refusal<axis_error>([&] { kernel<softmax(x, {.axis = 2})>(view<float>(in)); }) ==
             "kernel: axis 2 is out of range for 2 axes");
  BOOST_TEST((data == std::vector<float>(12, 7)));
}
