// SPDX-License-Identifier: BSL-1.0
// Activations from the configurations that Keras writes, and back.
#include <cstdio>
#include <fusor/registry/keras.hpp>
#include <string>

using namespace fusor;

int main() {
  const char* const layers[] = {
      R"("mish")",
      R"({"module": "keras.layers", "class_name": "ReLU",
          "config": {"name": "re_lu", "max_value": 6.0, "negative_slope": 0.0, "threshold": 0.0}})",
      R"({"class_name": "LeakyReLU", "config": {"name": "leaky_re_lu"}})",
      R"({"class_name": "Activation", "config": {"activation": "hard_silu"}})"};
  double sum = 0;
  for (const char* text : layers) {
    const activation_handle activation = get_from_json(text);
    std::printf("%-28s %g at -2, written back: %s\n", activation.formula().c_str(),
                activation(-2.0), config(activation).dump().c_str());
    sum += activation(-2.0);
  }
  std::string message;
  try {
    get_from_json(R"({"class_name": "ELU", "config": {"alpha": "one"}})");
  } catch (const parameter_error& error) {
    message = error.what();
    std::printf("refused: %s\n", error.what());
  }
  // relu6 gives 0, LeakyReLU of Keras has the slope 0.3, hard_silu(-2) is -1/3.
  const double expected = get("mish")(-2.0) + 0 - 0.6 + get("hard_silu")(-2.0);
  const bool ok = sum == expected && message == "get: \"alpha\" must be a number, it is \"one\"";
  std::printf(ok ? "OK: Keras's forms are read\n" : "FAILED\n");
  return ok ? 0 : 1;
}
