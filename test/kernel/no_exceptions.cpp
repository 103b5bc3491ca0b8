// SPDX-License-Identifier: BSL-1.0
// A file without exceptions and without run-time types: a refused call ends the program, by its
// handler or by std::abort(), and has written nothing. The argument of the program says which call.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fusor/fusor.hpp>
#include <fusor/registry/export.hpp>
#include <fusor/registry/registry.hpp>
#include <string_view>
#include <vector>

#include "kernel/no_exceptions_other.hpp"

#if defined(__cpp_exceptions) || defined(__cpp_rtti)
#error "this file is to be compiled with -fno-exceptions -fno-rtti"
#endif

FUSOR_EXPORT_TYPE(gate, float, silu, 1);

namespace {

using fusor::x;

std::vector<float> in(12, 1.0f);
std::vector<float> out(10, -7.0f);

const char* what_was_written() {
  for (const float element : out) {
    if (element != -7.0f) return "something was written";
  }
  return "nothing was written";
}

[[noreturn]] void on_refusal(const char* sentence) {
  std::printf("handler: %s; %s\n", sentence, what_was_written());
  std::fflush(stdout);
  std::_Exit(0);
}

void on_abort(int) {
  std::printf("aborted; %s\n", what_was_written());
  std::fflush(stdout);
  std::_Exit(0);
}

}  // namespace

int main(int count, char** arguments) {
  const std::string_view refused = count > 1 ? arguments[1] : "";
  std::signal(SIGABRT, on_abort);
  if (refused != "abort" && refused != "terminate") fusor::set_refusal_handler(on_refusal);

  fusor::kernel<fusor::mish>(in, in);
  if (in[0] < 0.86f || in[0] > 0.87f) return 1;
  // The other file throws and catches, whatever this one does.
  if (refused == "other") return kernel_refuses_there() && view_refuses_there() ? 0 : 1;

  if (refused == "abort" || refused == "count") fusor::kernel<fusor::mish>(in, out);
  if (refused == "overlap") fusor::kernel<fusor::mish>(in.data(), in.data() + 1, 8);
  if (refused == "view") {
    const int axis = static_cast<int>(in.size());
    fusor::view(in, {axis, axis});
  }
  if (refused == "axis") {
    fusor::kernel<fusor::softmax(x, {.axis = 2})>(fusor::view(in.data(), {2, 5}),
                                                  fusor::view(out, {2, 5}));
  }
  if (refused == "parameter") fusor::celu(x, {.alpha = static_cast<double>(count) - 2});
  if (refused == "export") gate_float(in.data(), nullptr, 5);
  // fusor::runtime is compiled with exceptions.
  if (refused == "terminate") fusor::get("misch");
  return 1;
}
