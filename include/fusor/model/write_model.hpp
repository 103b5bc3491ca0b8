// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <vector>

#include "fusor/model/write_source.hpp"

/// The files of a model: C++, and headers of C, C++ and Fortran.
namespace fusor::detail::models {

/// `{in, 64}, {in_1, 3}`: the arrays of one kind with the elements of their rows.
inline std::string array_list(const graph& all, const std::vector<endpoint>& of, const char* name) {
  std::string text;
  for (std::size_t i = 0; i < of.size(); ++i) {
    text += (text.empty() ? "{" : ", {") + std::string(name);
    if (of.size() > 1) text += "_" + std::to_string(i);
    text += ", " + std::to_string(count_of(all.values[of[i].value].shape)) + "}";
  }
  return text;
}

/// The arguments of the rows from `first` on.
inline std::string advanced_arguments(const graph& all) {
  std::string text;
  const auto add = [&](const std::vector<endpoint>& of, const char* name) {
    for (std::size_t i = 0; i < of.size(); ++i) {
      text += std::string(", ") + name;
      if (of.size() > 1) text += "_" + std::to_string(i);
      text += " + first * " + std::to_string(count_of(all.values[of[i].value].shape));
    }
  };
  add(all.inputs, "in");
  add(all.outputs, "out");
  return text;
}

/// About how many elements of an activation take the time of a row.
inline std::size_t elements_of_row(const graph& all) {
  std::size_t elements = 0;
  for (const layer_summary& layer : all.layers) {
    elements += layer.multiply_adds / 8;
    for (const std::size_t output : layer.outputs) elements += count_of(all.values[output].shape);
  }
  return elements;
}

inline std::string function_name(const model_names& names, const std::string& type) {
  return names.prefix + (type == "double" ? "_predict_double" : "_predict");
}

/// The formulas of LAYERS. Compilers name the layer and its formula where they would name the file
/// of an error.
inline std::string own_layers_text(const graph& all, const model_names& names) {
  std::string text;
  for (const own_layer& each : all.own_layers) {
    const char* const shape = each.axis == last_axis::kept     ? "whole"
                              : each.axis == last_axis::halved ? "half"
                                                               : "reduced";
    text += "#line 1 \"layer " + each.name + ": " + each.formula + "\"\nconstexpr auto " +
            each.identifier + " = detail::one_formula(" + each.formula +
            ");\nstatic_assert(detail::has_shape(" + each.identifier +
            ", detail::formula_shape::" + shape + ", " + (each.reduces ? "true" : "false") +
            "),\n              \"the shape of the formula is not understood; write halves and "
            "reductions as functions of x\");\n";
  }
  return text.empty() ? "" : text + "#line 1 \"the kernels of " + names.target + "\"\n";
}

inline std::string source_text(const graph& all, const model_names& names) {
  const plan places = make_plan(all);
  std::string text = "// Written by fusor_add_model(" + names.target + ").\n" +
                     "// A call allocates nothing.\n#define FUSOR_PRODUCT_BYTES_ON_STACK 40960\n"
                     "#include <fusor/fusor.hpp>\n#include <fusor/model/call.hpp>\n#include "
                     "<fusor/model/for_rows.hpp>\n\n#include \"" +
                     names.target + ".h\"\n\nnamespace {\n\nusing namespace fusor;\n\n";
  text += own_layers_text(all, names);
  for (std::size_t i = 0; i < all.steps.size(); ++i) {
    text += "// " + layer_names(all, all.steps[i], in_comment) + "\nconstexpr auto kernel_" +
            std::to_string(i + 1) + " = " + formula_text(all.steps[i]) + ";\n";
  }
  text += "\n" + weights_text(all, names.types);
  const bool has_workspace = places.row_elements > 0;
  if (has_workspace) {
    text +=
        "\n// So many that the values between the kernels stay in the first-level cache.\n"
        "template <class T>\nconstexpr std::size_t tile_rows = sizeof(T) == sizeof(float) ? " +
        std::to_string(tile_rows(places, sizeof(float))) + " : " +
        std::to_string(tile_rows(places, sizeof(double))) + ";\n";
  }
  text +=
      "\n// A tile of rows through all layers.\ntemplate <class T>\nvoid run_rows(std::size_t "
      "rows, " +
      std::string(has_workspace ? "T* room, " : "") + parameter_list(all, "const T* ", "T* ") +
      ") {\n";
  const call_writer writer(all, places);
  for (const call& each : places.calls) text += writer.text(each);
  text += "}\n\ntemplate <class T>\nint predict(const char* function, std::size_t rows, " +
          parameter_list(all, "const T* ", "T* ") +
          ") noexcept {\n  return detail::report([&] {\n    if (rows == 0) return;\n"
          "    const detail::model_array inputs[] = {" +
          array_list(all, all.inputs, "in") + "};\n    const detail::model_array outputs[] = {" +
          array_list(all, all.outputs, "out") +
          "};\n    detail::check_model_call(function, rows, sizeof(T), inputs, outputs);\n";
  text += "    detail::for_rows(rows, " + std::to_string(elements_of_row(all)) +
          ", [&](std::size_t first, std::size_t end) {\n";
  if (has_workspace) {
    text += "      alignas(64) T room[" + std::to_string(places.row_elements) +
            " * tile_rows<T>];\n      for (; first < end; first += tile_rows<T>) {\n"
            "        const std::size_t left = end - first;\n"
            "        run_rows<T>(left < tile_rows<T> ? left : tile_rows<T>, room" +
            advanced_arguments(all) + ");\n      }\n";
  } else {
    text += "      run_rows<T>(end - first" + advanced_arguments(all) + ");\n";
  }
  text += "    });\n";
  text += "  });\n}\n\n}  // namespace\n";
  for (const std::string& type : names.types) {
    const std::string function = function_name(names, type);
    text += "\nextern \"C\" FUSOR_EXPORTED int " + function + "(" +
            parameter_list(all, "const " + type + "* ", type + "* ") +
            ", size_t rows) {\n  return predict<" + type + ">(\"" + function + "\", rows, " +
            parameter_list(all, "", "") + ");\n}\n";
  }
  return text + "\nextern \"C\" FUSOR_EXPORTED const char* " + names.prefix +
         "_message(void) {\n  return fusor::detail::last_message;\n}\n";
}

/// Calls `add` with the name and the value of each constant: the elements of a row of each array.
template <class Add>
void for_each_size(const graph& all, const Add& add) {
  const auto of = [&](const std::vector<endpoint>& endpoints, const std::string& name) {
    for (std::size_t i = 0; i < endpoints.size(); ++i) {
      add(endpoints.size() == 1 ? name : name + "_" + std::to_string(i),
          count_of(all.values[endpoints[i].value].shape), endpoints[i].name);
    }
  };
  of(all.inputs, "inputs");
  of(all.outputs, "outputs");
}

inline std::string c_header_text(const graph& all, const model_names& names) {
  std::string text = "/* Written by fusor_add_model(" + names.target +
                     ").\n   A function goes through rows, one behind the other in each array. It "
                     "returns 0, or a fusor_status\n   of <fusor/fusor.h>: nothing was written "
                     "then, and " +
                     names.prefix + "_message() says why. Any number of threads may call it. */\n" +
                     "#pragma once\n\n#include <stddef.h>\n\n#ifdef __cplusplus\nextern \"C\" "
                     "{\n#endif\n\n/* The elements of a row. */\nenum {";
  std::string sizes;
  for_each_size(all, [&](const std::string& name, std::size_t size, const std::string&) {
    sizes +=
        (sizes.empty() ? " " : ", ") + names.prefix + "_" + name + " = " + std::to_string(size);
  });
  text += sizes + " };\n\n";
  for (const std::string& type : names.types) {
    text += "int " + function_name(names, type) + "(" +
            parameter_list(all, "const " + type + "* ", type + "* ") + ", size_t rows);\n";
  }
  return text + "const char* " + names.prefix +
         "_message(void);\n\n#ifdef __cplusplus\n}\n#endif\n";
}

}  // namespace fusor::detail::models
