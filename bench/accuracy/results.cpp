// SPDX-License-Identifier: BSL-1.0
#include "accuracy/results.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace bench {

std::vector<piece> all_pieces(const std::vector<formula>& formulas, const amounts& amounts) {
  std::vector<piece> all;
  const auto add = [&](const char* type, std::uint64_t amount) {
    for (const formula& f : formulas) all.push_back({f.name, type, amount, &f});
  };
  add("float", amounts.step);
  add("float16", 1);
  add("bfloat16", 1);
  add("double", amounts.doubles);
  for (const std::string& name : pair_operations()) {
    all.push_back({name, "float", amounts.pairs});
    all.push_back({name, "double", amounts.pairs / 10});
  }
  add("scalar float", amounts.scalar_step);
  return all;
}

results read_results(const std::string& path) {
  results all;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    std::istringstream fields(line);
    std::string name, type, amount, text;
    std::getline(fields, name, '\t');
    std::getline(fields, type, '\t');
    std::getline(fields, amount, '\t');
    std::vector<measurement> sets;
    while (std::getline(fields, text, '\t')) {
      std::istringstream words(text);
      measurement m;
      std::string maximum, at, second, mean;
      words >> m.set >> maximum >> at >> second >> mean >> m.right >> m.neighbours >> m.worse;
      if (!words) throw std::runtime_error(path + ": not a line of results: " + line);
      m.maximum = std::strtod(maximum.c_str(), nullptr);
      m.at = std::strtod(at.c_str(), nullptr);
      m.second = std::strtod(second.c_str(), nullptr);
      m.mean = std::strtod(mean.c_str(), nullptr);
      sets.push_back(m);
    }
    all[name + "\t" + type + "\t" + amount] = sets;
  }
  return all;
}

void append_result(const std::string& path, const piece& p, const std::vector<measurement>& sets) {
  std::string line = p.key();
  for (const measurement& m : sets) {
    char text[300];
    std::snprintf(text, sizeof text, "\t%s %.17g %a %a %.17g %llu %llu %llu", m.set.c_str(),
                  m.maximum, m.at, m.second, m.mean, static_cast<unsigned long long>(m.right),
                  static_cast<unsigned long long>(m.neighbours),
                  static_cast<unsigned long long>(m.worse));
    line += text;
  }
  line += "\n";
  // In one write, so that two processes can append.
  std::FILE* file = std::fopen(path.c_str(), "a");
  if (file == nullptr) throw std::runtime_error(path + " cannot be written");
  std::setvbuf(file, nullptr, _IOFBF, 1 << 16);
  const bool is_written = std::fwrite(line.data(), 1, line.size(), file) == line.size();
  if (std::fclose(file) != 0 || !is_written) throw std::runtime_error(path + " cannot be written");
}

}  // namespace bench
