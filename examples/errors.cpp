// SPDX-License-Identifier: BSL-1.0
// What is refused at run time, and with which sentence. Nothing is written before.
#include <cstdio>
#include <exception>
#include <fusor/fusor.hpp>
#include <span>
#include <string>
#include <vector>

using namespace fusor;

namespace {

int failures = 0;

/// Runs a call that must throw `Error` and prints what it says.
template <class Error, class Call>
void refuse(const char* what, const std::string& sentence, Call call) {
  std::string got = "nothing was thrown";
  try {
    call();
  } catch (const Error& error) {
    got = error.what();
  } catch (const std::exception& error) {
    got = std::string("another type: ") + error.what();
  }
  std::printf("%s\n  %s\n", what, got.c_str());
  if (got != sentence) {
    std::printf("  FAILED: expected \"%s\"\n", sentence.c_str());
    ++failures;
  }
}

}  // namespace

int main() {
  const std::vector<float> in(12, 1);
  std::vector<float> out(10, 7), data(12, 7);
  const std::span all(data);
  float* const nowhere = nullptr;

  refuse<shape_error>("kernel<mish>(in, out): 12 elements in, 10 out",
                      "kernel: the output has 10 elements, the input has 12",
                      [&] { kernel<mish>(in, out); });
  refuse<shape_error>("kernel<x * sigmoid(y)>(in, out, data): input y is shorter",
                      "kernel: the output has 12 elements, input y has 10",
                      [&] { kernel<x * sigmoid(y)>(in, out, data); });
  refuse<overlap_error>("kernel<mish>(data[0..11], data[1..12]): moved by one element",
                        "kernel: the output overlaps the input; pass the same memory to work in "
                        "place, or memory apart from it",
                        [&] { kernel<mish>(all.first(11), all.last(11)); });
  refuse<shape_error>("kernel<mish>(nullptr, data, 12)",
                      "kernel: the input is null, with a count of 12",
                      [&] { kernel<mish>(nowhere, data.data(), 12); });
  refuse<shape_error>("kernel<mish>(data, -1)",
                      "kernel: the count is -1, it must be a number of elements that memory can "
                      "hold",
                      [&] { kernel<mish>(data.data(), -1); });

  // In a formula that is a template argument the compiler stops at a wrong parameter; one that is
  // built at run time throws.
  refuse<parameter_error>("celu(x, {.alpha = 0})", "celu: \"alpha\" must be a number other than 0",
                          [] { (void)celu(x, {.alpha = 0}); });
  refuse<parameter_error>("squareplus(x, {.b = -1})",
                          "squareplus: \"b\" must be at least 0 and finite",
                          [] { (void)squareplus(x, {.b = -1}); });

  for (const float value : data) failures += value != 7;
  for (const float value : out) failures += value != 7;
  std::printf(failures == 0 ? "OK: each call was refused, and nothing was written\n" : "FAILED\n");
  return failures == 0 ? 0 : 1;
}
