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
  std::uint64_t step = 1;         ///< one float in so many
  std::uint64_t scalar_step = 1;  ///< the same on the sets without vectors
  std::uint64_t doubles = 100'000'000;
  std::uint64_t pairs = 1'000'000'000;
};

/// A type is one of `float`, `float16`, `bfloat16`, `double`, and `scalar float`: the instruction
/// sets without vectors, which `float` leaves to it but for two inputs.
struct piece {
  std::string name, type;
  std::uint64_t amount = 1;
  const formula* of = nullptr;  ///< none for an operation of two inputs

  std::string key() const {
    return name + "\t" + type + "\t" + std::to_string(amount);
  }
};

/// All pieces in the order of the work: those that matter most first, the slowest last.
std::vector<piece> all_pieces(const std::vector<formula>& formulas, const amounts& amounts);

using results = std::map<std::string, std::vector<measurement>>;

/// What the file holds; the last line of a piece counts.
results read_results(const std::string& path);
void append_result(const std::string& path, const piece& p, const std::vector<measurement>& sets);

/// Prints a sentence for each error and share that is not what Fusor is to reach.
void print_doubtful(const std::vector<piece>& pieces, const results& from);

/// Writes docs/accuracy.md and test/accuracy/table.hpp.
void write_document(const std::string& path, const std::vector<piece>& pieces, const results& from,
                    const amounts& amounts);
void write_constants(const std::string& path, const std::vector<piece>& pieces,
                     const results& from);

}  // namespace bench
