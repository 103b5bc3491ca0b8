// SPDX-License-Identifier: BSL-1.0
// The program behind fusor_add_model: from a model of Keras to the C++ of it.
//
//   fusor-model <target> <folder> <types> <model.keras>
//   fusor-model <target> <folder> <types> <model.json> <model.weights.h5>
//
// and behind them for each layer of LAYERS `--layer <name> <formula>`
// writes <folder>/<target>.cpp, <folder>/<target>.f90, <folder>/include/<target>.h and .hpp, and
// the layers to <folder>/<target>.txt, which it also prints. What is wrong with a file is said in
// one sentence.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "fusor/model/generate.hpp"
#include "fusor/model/in_child.hpp"
#include "fusor/model/table.hpp"
#include "fusor/model/write_interfaces.hpp"
#include "fusor/model/write_model.hpp"

namespace {

using namespace fusor::detail::models;

void write(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream file(path, std::ios::binary);
  file << text;
  if (!file.flush()) refuse_model("cannot write " + path.string());
}

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> parts(1);
  for (const char c : list) {
    if (c == ',') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

/// Takes the layers from the end of the arguments.
std::vector<own_layer> take_own_layers(std::vector<std::string>& arguments) {
  std::vector<own_layer> own;
  const auto begin = std::find(arguments.begin(), arguments.end(), "--layer");
  const auto rest = static_cast<std::size_t>(arguments.end() - begin);
  if (rest % 3 != 0) return own;
  const std::vector<std::string> given(begin, arguments.end());
  arguments.erase(begin, arguments.end());
  for (std::size_t i = 0; i < given.size(); i += 3) {
    own.push_back(read_own_layer(given[i + 1], given[i + 2], own, is_supported(given[i + 1])));
  }
  return own;
}

void generate(const std::vector<std::string>& arguments, const model_files& files,
              const std::vector<own_layer>& own) {
  const model_names names{arguments[0], c_identifier(arguments[0]), split(arguments[2])};
  const graph all = read_graph(files, own);
  const std::filesystem::path folder = arguments[1];
  write(folder / "include" / (names.target + ".h"), c_header_text(all, names));
  write(folder / "include" / (names.target + ".hpp"), cpp_header_text(all, names));
  write(folder / (names.target + ".f90"), fortran_text(all, names));
  write(folder / (names.target + ".cpp"), source_text(all, names));
  const std::string table = table_text(all, names);
  write(folder / (names.target + ".txt"), table);
  std::fputs(table.c_str(), stdout);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  std::vector<own_layer> own;
  outcome result{false, ""};
  try {
    own = take_own_layers(arguments);
  } catch (const model_error& error) {
    std::fprintf(stderr, "fusor_add_model(%s): %s\n", arguments[0].c_str(), error.what());
    return 1;
  }
  if (arguments.size() != 4 && arguments.size() != 5) {
    std::fputs(
        "usage: fusor-model <target> <folder> <types> <model.keras>, or <model.json> "
        "<model.weights.h5> in its place; then --layer <name> <formula> ...\n",
        stderr);
    return 2;
  }
  try {
    const model_files files =
        read_files(arguments[3], arguments.size() == 4 ? nullptr : &arguments[4]);
    const unsigned seconds = most_seconds_for(files.archive.size() + files.weights.size());
    result = in_child(seconds, [&] { generate(arguments, files, own); });
  } catch (const std::exception& error) {
    result.sentence = error.what();
  }
  if (result.is_done) return 0;
  std::fprintf(stderr, "fusor_add_model(%s): %s: %s\n", arguments[0].c_str(), arguments[3].c_str(),
               result.sentence.c_str());
  return 1;
}
