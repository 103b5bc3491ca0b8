// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

/// Files of models with something changed in them.
namespace fusor::test {

/// A file with a few of its bytes changed, some lost, or a piece put elsewhere.
inline std::string mutated(const std::string& of, std::mt19937& random) {
  std::string bytes = of;
  const auto below = [&](std::size_t end) { return random() % std::max<std::size_t>(end, 1); };
  switch (below(8)) {
    case 0:
      bytes.resize(below(bytes.size()));
      break;
    case 1:
      bytes.erase(below(bytes.size()), 1 + below(64));
      break;
    case 2:
      bytes.insert(below(bytes.size()), bytes.substr(below(bytes.size()), 1 + below(64)));
      break;
    default:
      for (std::size_t count = 1 + below(8); count > 0 && !bytes.empty(); --count) {
        static constexpr unsigned char extreme[] = {0, 1, 0x7f, 0x80, 0xff, '{', '"', '9'};
        const bool is_extreme = below(2) == 0;
        bytes[below(bytes.size())] =
            static_cast<char>(is_extreme ? extreme[below(sizeof extreme)] : below(256));
      }
  }
  return bytes;
}

/// All parts of a configuration.
inline void list_parts(nlohmann::json& of, std::vector<nlohmann::json*>& parts) {
  parts.push_back(&of);
  if (of.is_structured()) {
    for (nlohmann::json& part : of) list_parts(part, parts);
  }
}

/// A configuration in which parts are something else: still JSON, so that it gets farther.
inline std::string mutated(nlohmann::json config, std::mt19937& random) {
  static const nlohmann::json others = nlohmann::json::parse(
      R"([null, true, 0, -1, 1, 2, 3, 64, 1e300, 1.5, 4294967296, 18446744073709551615, "", "x",
          [], {}, [null], [[]], [0], [-1, -1], {"config": {}}, "Softmax", "BatchNormalization",
          "LayerNormalization", "Concatenate", "Add", "Flatten", "PReLU", "Normalization", "glu",
          "Permute", "Reshape", "Rescaling", "GlobalMaxPooling1D", "MaxPooling1D", "Conv1D",
          "InputLayer", "gate", "pixels"])");
  for (std::size_t count = 1 + random() % 3; count > 0; --count) {
    std::vector<nlohmann::json*> parts;
    list_parts(config["config"], parts);
    nlohmann::json& part = *parts[random() % parts.size()];
    const nlohmann::json other =
        random() % 4 == 0 ? *parts[random() % parts.size()] : others[random() % others.size()];
    if (part.is_structured() && !part.empty() && random() % 2 == 0) {
      part.erase(part.begin());
    } else {
      part = other;
    }
  }
  return config.dump();
}

}  // namespace fusor::test
