// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "accuracy/pieces.hpp"

/// The file of results, a line for each finished piece, and what is written from it.
namespace bench {

/// How much is measured.
struct amounts {
  std::uint64_t step = 1;  ///< one float in so many
  std::uint64_t doubles = 100'000'000;
  std::uint64_t pairs = 1'000'000'000;
};

struct piece {
  std::string name, type;
  std::uint64_t amount = 1;
  const formula* of = nullptr;  ///< none for an operation of two inputs

  std::string key() const {
    return name + "\t" + type + "\t" + std::to_string(amount);
  }
};

/// All pieces, those of a formula together.
std::vector<piece> all_pieces(const std::vector<formula>& formulas, const amounts& amounts);

using results = std::map<std::string, std::vector<measurement>>;

/// What the file holds; the last line of a piece counts.
results read_results(const std::string& path);
void append_result(const std::string& path, const piece& p, const std::vector<measurement>& sets);

/// Writes docs/accuracy.md and test/accuracy/table.hpp.
void write_document(const std::string& path, const std::vector<piece>& pieces, const results& from,
                    const amounts& amounts);
void write_constants(const std::string& path, const std::vector<piece>& pieces,
                     const results& from);

}  // namespace bench
