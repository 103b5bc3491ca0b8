// SPDX-License-Identifier: BSL-1.0
// Activations by names that are known only at run time, as in a file that describes a model. Links
// fusor::runtime, so the kernels of the catalogue are not compiled here.
#include <cstdio>
#include <fusor/registry/registry.hpp>
#include <string>
#include <vector>

using namespace fusor;

int main() {
  struct layer {
    std::string activation;
    parameter_values parameters;
  };
  const layer model[] = {{"leaky_relu", {{"negative_slope", 0.1}}}, {"gelu", {}}, {"tanh", {}}};

  std::vector<float> signal = {-2, -0.5f, 0, 0.5f, 2};
  for (const layer& each : model) {
    const activation_handle activation = get(each.activation, each.parameters);
    activation(signal);  // in place
    std::printf("%-10s  %-28s", std::string(activation.name()).c_str(),
                activation.formula().c_str());
    for (const float value : signal) std::printf(" %8.4f", static_cast<double>(value));
    std::printf("\n");
  }

  int refused = 0;
  for (const layer& each :
       {layer{"leaky-relu", {}}, layer{"relu", {{"max", 6}}}, layer{"celu", {{"alpha", 0}}}}) {
    try {
      get(each.activation, each.parameters);
    } catch (const std::invalid_argument& error) {  // unknown_activation, parameter_error
      std::printf("refused: %s\n", error.what());
      ++refused;
    }
  }
  const bool ok =
      refused == 3 && signal[2] == 0 && get("mish").formula() == "x * tanh(softplus(x))";
  std::printf(ok ? "OK: %zu names at run time\n" : "FAILED: %zu names\n",
              activation_names().size());
  return ok ? 0 : 1;
}
