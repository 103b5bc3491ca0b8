// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include "fusor/model/write_model.hpp"

/// What C++ and Fortran see of a model.
namespace fusor::detail::models {

inline std::string cpp_header_text(const graph& all, const model_names& names) {
  const auto is_one = [](const auto& list) { return list.size() == 1; };
  std::string text = "// Written by fusor_add_model(" + names.target +
                     ").\n#pragma once\n\n#include <cstddef>\n#include <fusor/model/check.hpp>\n"
                     "#include <span>\n\n#include \"" +
                     names.target + ".h\"\n\nnamespace " + names.prefix +
                     " {\n\n/// The elements of a row.\n";
  std::string sizes;
  for_each_size(all, [&](const std::string& name, std::size_t size, const std::string& layer) {
    sizes += "inline constexpr std::size_t " + name + " = " + std::to_string(size) + ";  // " +
             in_comment(layer) + "\n";
  });
  text += sizes;
  for (const std::string& type : names.types) {
    text +=
        "\n/// Rows, one behind the other in each array. Any number of threads may call it.\n"
        "///\n/// Throws fusor::shape_error, fusor::overlap_error, before anything is "
        "written.\ninline void predict(" +
        parameter_list(all, "std::span<const " + type + "> ", "std::span<" + type + "> ") +
        ") {\n  const std::size_t rows = fusor::detail::rows_of_model(\"" + names.prefix +
        "::predict\", {";
    const auto add = [&](const auto& of, const char* name) {
      std::string list;
      for (std::size_t i = 0; i < of.size(); ++i) {
        const std::string suffix = is_one(of) ? "" : "_" + std::to_string(i);
        list += (list.empty() ? "{" : ", {") + std::string(name) + suffix + ".size(), " + name +
                "puts" + suffix + "}";
      }
      return list;
    };
    text += add(all.inputs, "in") + "}, {" + add(all.outputs, "out") +
            "});\n  fusor::detail::require_model_status(" + function_name(names, type) + "(" +
            parameter_list(all, "", "", ".data()") + ", rows), " + names.prefix +
            "_message());\n}\n";
  }
  return text + "\n}  // namespace " + names.prefix + "\n";
}

inline std::string fortran_text(const graph& all, const model_names& names) {
  std::string text =
      "! Written by fusor_add_model(" + names.target +
      ").\n! A function goes through rows, one behind the other: the first index is that within "
      "a row.\n! It returns 0, or else nothing was written, and " +
      names.prefix + "_message() is the address of the\n! sentence that says why.\nmodule " +
      names.prefix +
      "\n  use, intrinsic :: iso_c_binding, only: c_double, c_float, c_int, c_ptr, c_size_t\n"
      "  implicit none\n  private :: c_double, c_float, c_int, c_ptr, c_size_t\n\n";
  for_each_size(all, [&](const std::string& name, std::size_t size, const std::string&) {
    text += "  integer, parameter :: " + names.prefix + "_" + name + " = " + std::to_string(size) +
            "\n";
  });
  text += "\n  interface\n";
  for (const std::string& type : names.types) {
    text += "    integer(c_int) function " + function_name(names, type) + "( &\n        " +
            parameter_list(all, "", "") + ", rows) bind(c)\n      import :: c_" + type +
            ", c_int, c_size_t\n";
    const auto declare = [&](std::size_t count, const char* name, const char* intent) {
      for (std::size_t i = 0; i < count; ++i) {
        text += "      real(c_" + type + "), intent(" + intent + ") :: " + name +
                (count == 1 ? "" : "_" + std::to_string(i)) + "(*)\n";
      }
    };
    declare(all.inputs.size(), "in", "in");
    declare(all.outputs.size(), "out", "inout");
    text += "      integer(c_size_t), value :: rows\n    end function\n";
  }
  return text + "    type(c_ptr) function " + names.prefix +
         "_message() bind(c)\n      import :: c_ptr\n    end function\n  end interface\nend "
         "module\n";
}

}  // namespace fusor::detail::models
