// SPDX-License-Identifier: BSL-1.0
// What a library of kernels does with the tensors that Python hands over through DLPack.
#include <dlpack/dlpack.h>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <fusor/fusor.hpp>
#include <fusor/interop/dlpack.hpp>
#include <span>
#include <string>
#include <vector>

using namespace fusor;

namespace {

/// softmax along the last axis, in place, of a tensor of whichever element type.
void softmax_in_place(const DLTensor& tensor) {
  visit(tensor, [](auto elements) { kernel<softmax>(elements); });
}

/// Where NumPy, PyTorch and others would make one.
DLTensor make_tensor(void* data, DLDataType type, std::span<std::int64_t> shape,
                     std::int64_t* strides) {
  DLTensor tensor{};
  tensor.data = data;
  tensor.device = {kDLCPU, 0};
  tensor.dtype = type;
  tensor.ndim = static_cast<int>(shape.size());
  tensor.shape = shape.data();
  tensor.strides = strides;
  return tensor;
}

}  // namespace

int main() {
  constexpr DLDataType float32 = {kDLFloat, 32, 1}, int32 = {kDLInt, 32, 1};
  std::int64_t shape[] = {2, 3}, strides[] = {1, 2};

  std::vector<float> rows = {1, 2, 3, 3, 2, 1}, columns = {1, 3, 2, 2, 3, 1};
  softmax_in_place(make_tensor(rows.data(), float32, shape, nullptr));
  softmax_in_place(make_tensor(columns.data(), float32, shape, strides));  // column-major
  for (const float value : rows) std::printf("%.4f ", static_cast<double>(value));
  std::printf("\n");

  // A call for one element type reads a tensor as const and writes another.
  std::vector<float> sums(2);
  std::int64_t two[] = {2};
  kernel<reduce_sum(x)>(view<const float>(make_tensor(columns.data(), float32, shape, strides)),
                        view<float>(make_tensor(sums.data(), float32, two, nullptr)));

  std::string sentence = "nothing was refused";
  std::vector<std::int32_t> integers(6);
  try {
    softmax_in_place(make_tensor(integers.data(), int32, shape, nullptr));
  } catch (const shape_error& error) {
    sentence = error.what();
  }
  std::printf("%s\n", sentence.c_str());

  bool is_right = sentence ==
                  "view: the DLTensor has elements of int32, not float32, float64, float16 or "
                  "bfloat16";
  for (std::size_t i = 0; i < 6; ++i) {
    is_right = is_right && std::abs(rows[i] - columns[i % 3 * 2 + i / 3]) < 1e-6f;
  }
  for (const float sum : sums) is_right = is_right && std::abs(sum - 1) < 1e-6f;
  if (!is_right) return 1;
  std::printf("OK: rows and columns give the same\n");
}
