// SPDX-License-Identifier: BSL-1.0
// docs/names.md, from the catalogue: compares the file with what it should be, or with --write
// writes it.
#include <cstdio>
#include <fstream>
#include <fusor/language/print.hpp>
#include <fusor/registry/parameters.hpp>
#include <iterator>
#include <string>

namespace {

using namespace fusor;

std::string code(const std::string& text) {
  return "`" + text + "`";
}

/// One row. Required parameters are 0 in the formula.
template <auto Activation>
std::string row(const std::string& name) {
  constexpr auto& table = parameters_of<Activation>;
  std::string formula, parameters;
  if constexpr (table.empty()) {
    formula = to_string(Activation);
  } else {
    formula =
        to_string(Activation(x, typename std::remove_cvref_t<decltype(table[0])>::structure{}));
  }
  for (const auto& parameter : table) {
    const std::string value = parameter.range.text == detail::ranges::flag.text
                                  ? (parameter.default_value() == 0 ? "false" : "true")
                                  : detail::print_number(parameter.default_value());
    parameters += (parameters.empty() ? "" : "<br>") +
                  code(parameter.name + (parameter.is_required ? std::string() : " = " + value)) +
                  ", " + parameter.range.text + ": " + parameter.meaning +
                  (parameter.is_required ? " (to be given)" : "");
  }
  return "| " + code(name) + " | " + code(formula) + " | " + parameters + " |\n";
}

std::string names_document() {
  std::string text =
      "# Names\n"
      "\n"
      "The activations by their identifiers, in Keras's spelling. Written by `test.registry.names "
      "--write` from\n"
      "the catalogue; ctest compares. The formula is what `to_string` gives, with the defaults of "
      "the "
      "parameters (0 for\n"
      "those that have none). All names work as `\"mish\"_act` and `activation<\"mish\">`, as "
      "`get(\"mish\")`, in `FUSOR_EXPORT`\n"
      "and in `fusor_add_kernels`.\n"
      "\n"
      "| identifier | formula | parameters |\n"
      "|---|---|---|\n";
  [&]<template <class...> class Sequence, class... Keys>(const Sequence<Keys...>&) {
    ((text += row<boost::hana::at_key(catalogue, Keys{})>(Keys::c_str())), ...);
  }(boost::hana::keys(catalogue));
  return text;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string right = names_document();
  if (argc > 1 && std::string(argv[1]) == "--write") {
    std::ofstream(FUSOR_NAMES_DOCUMENT) << right;
    return 0;
  }
  std::ifstream file(FUSOR_NAMES_DOCUMENT);
  const std::string there{std::istreambuf_iterator<char>(file), {}};
  if (there == right) return 0;
  std::printf("docs/names.md differs from the catalogue: run this program with --write\n");
  return 1;
}
