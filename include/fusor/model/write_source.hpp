// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <vector>

#include "fusor/model/describe.hpp"
#include "fusor/model/plan.hpp"

#include "fusor/fusor.hpp"

/// The C++ of a model: its formulas, its weights, and its walk over tiles of rows.
namespace fusor::detail::models {

/// Bytes as a string of C++, which compilers read far faster than numbers: 8 million weights in 6
/// seconds, where 650,000 took 5 as numbers, and 10 times the memory.
inline void append_bytes(std::string& text, const char* bytes, std::size_t count) {
  constexpr std::size_t on_a_line = 64;
  for (std::size_t i = 0; i < count; ++i) {
    if (i % on_a_line == 0) text += i == 0 ? "\n      \"" : "\"\n      \"";
    const auto byte = static_cast<unsigned char>(bytes[i]);
    if (byte >= 32 && byte < 127 && byte != '"' && byte != '\\' && byte != '?') {
      text += bytes[i];
    } else {
      text += '\\';
      for (const int shift : {6, 3, 0}) text += static_cast<char>('0' + (byte >> shift & 7));
    }
  }
  text += count == 0 ? "\"\"" : "\"";
}

/// A weight as an array: of a factor of a product its panels.
template <class T>
void append_weight(std::string& text, const tensor& weight, bool is_factor,
                   const std::string& name) {
  std::vector<T> numbers(weight.values.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<T>(weight.values[i]);
  if (is_factor) {
    const auto panels = packed(view(numbers, {weight.shape[0], weight.shape[1]}));
    numbers.assign(panels.data(), panels.data() + packed_size<T>(weight.shape[0], weight.shape[1]));
  }
  text += "  alignas(64) static inline const char " + name + "[] =";
  append_bytes(text, reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(T));
  text += ";\n";
}

/// Writes calls of kernels, whose names have the numbers of the steps, from 1 on.
class call_writer {
 public:
  call_writer(const graph& all, const plan& places) : all_(all), places_(places) {}

  std::string text(const call& of) const {
    const step& first = all_.steps[of.first];
    return is_link(all_, first) ? chain_text(of) : step_text(first, of.first + 1);
  }

 private:
  /// Products behind each other, whose sizes are written down.
  std::string chain_text(const call& of) const {
    std::string layers, weights;
    for (std::size_t i = of.first; i < of.first + of.count; ++i) {
      const step& each = all_.steps[i];
      const extents& factor = all_.weights[each.operands[1].index].shape;
      layers += ", detail::layer<kernel_" + std::to_string(i + 1) + ", " +
                std::to_string(factor[0]) + ", " + std::to_string(factor[1]) + ">";
      for (std::size_t k = 1; k < each.operands.size(); ++k) {
        weights += (weights.empty() ? "" : ", ") + weight_text(each.operands[k].index);
      }
    }
    const step& first = all_.steps[of.first];
    const std::size_t out = all_.steps[of.first + of.count - 1].output;
    return "  detail::layer_chain<T" + layers + ">::run(" + times_rows(rows_of_value(all_, out)) +
           ", " + pointer(first.operands[0].index) + ", " + pointer(out) + ", {" + weights +
           "});\n";
  }

  std::string step_text(const step& each, std::size_t number) const {
    const arrangement how = arrangement_of(all_, each);
    std::string text = "  kernel<kernel_" + std::to_string(number) + ">(";
    for (std::size_t i = 0; i < each.operands.size(); ++i) {
      text += argument(each, i, how) + ", ";
    }
    const extents& shape = all_.values[each.output].shape;
    if (how == arrangement::arrays) {
      return text + pointer(each.output) + ", " + times_rows(count_of(shape)) + ");\n";
    }
    if (how == arrangement::rows) return text + rows_view(pointer(each.output), shape) + ");\n";
    if (each.out_placement.empty()) {
      return text + axes_view(pointer(each.output), shape) + ");\n";
    }
    return text + placed_view(each.output, each.out_placement[0]) + ");\n";
  }

  static std::string weight_text(std::size_t index) {
    return "numbers<T>(weights<T>::weight_" + std::to_string(index) + ")";
  }

  std::string pointer(std::size_t value) const {
    const location& at = places_.locations[all_.values[value].storage];
    const auto name = [&](const char* of, std::size_t count) {
      return count == 1 ? std::string(of) : of + std::string("_") + std::to_string(at.index);
    };
    if (at.at == location::kind::input) return name("in", all_.inputs.size());
    if (at.at == location::kind::output) return name("out", all_.outputs.size());
    return at.index == 0 ? "room" : "room + " + std::to_string(at.index) + " * tile_rows<T>";
  }

  static std::string times_rows(std::size_t count) {
    return count == 1 ? "rows" : "rows * " + std::to_string(count);
  }

  static std::string rows_view(const std::string& pointer, const extents& shape) {
    const std::size_t last = shape.empty() ? 1 : shape.back();
    return "view(" + pointer + ", {" + times_rows(count_of(shape) / last) + ", " +
           std::to_string(last) + "})";
  }

  static std::string list(const std::string& first, const extents& rest) {
    std::string text = "{" + first;
    for (const std::size_t each : rest) text += ", " + std::to_string(each);
    return text + "}";
  }
  static std::string axes_view(const std::string& pointer, const extents& shape) {
    return "view(" + pointer + ", " + list("rows", shape) + ")";
  }
  std::string placed_view(std::size_t value, const placement& placed) const {
    std::string from = pointer(value);
    if (placed.offset != 0) from += " + " + std::to_string(placed.offset);
    return "view(" + from + ", " + list("rows", placed.shape) + ", " +
           list(std::to_string(count_of(all_.values[value].shape)), placed.strides) + ")";
  }

  std::string argument(const step& each, std::size_t position, arrangement how) const {
    const operand& of = each.operands[position];
    const extents& own = all_.shape_of(of);
    if (of.from == operand::kind::weight) {
      const std::string name = weight_text(of.index);
      if (each.has_product && position == 1) {
        return "packed_view<T>{" + name + ", " + std::to_string(own[0]) + ", " +
               std::to_string(own[1]) + "}";
      }
      std::string sizes;
      for (const std::size_t extent : without_leading_ones(own)) {
        sizes += (sizes.empty() ? "" : ", ") + std::to_string(extent);
      }
      return "view(" + name + ", {" + (sizes.empty() ? "1" : sizes) + "})";
    }
    if (how == arrangement::arrays) return pointer(of.index);
    if (how == arrangement::rows) return rows_view(pointer(of.index), own);
    if (position == 0 && !each.in_placement.empty()) {
      return placed_view(of.index, each.in_placement[0]);
    }
    // Axes that are missing are those after that of the rows.
    extents aligned = own;
    const extents& shape =
        each.out_placement.empty() ? all_.values[each.output].shape : each.out_placement[0].shape;
    if (aligned.size() < shape.size())
      aligned.insert(aligned.begin(), shape.size() - own.size(), 1);
    return axes_view(pointer(of.index), aligned);
  }

  const graph& all_;
  const plan& places_;
};

inline std::string weights_text(const graph& all, const std::vector<std::string>& types) {
  std::vector<bool> are_used(all.weights.size(), false), are_factors(all.weights.size(), false);
  for (const step& each : all.steps) {
    for (std::size_t i = 0; i < each.operands.size(); ++i) {
      if (each.operands[i].from != operand::kind::weight) continue;
      are_used[each.operands[i].index] = true;
      if (each.has_product && i == 1) are_factors[each.operands[i].index] = true;
    }
  }
  std::string text =
      "// The bytes of the weights.\n#if defined(__clang__)\n#pragma clang diagnostic ignored "
      "\"-Woverlength-strings\"\n#endif\ntemplate <class T>\nstruct weights;\n";
  for (const std::string& type : types) {
    text += "\ntemplate <>\nstruct weights<" + type + "> {\n";
    for (std::size_t i = 0; i < all.weights.size(); ++i) {
      if (!are_used[i]) continue;
      const std::string name = "weight_" + std::to_string(i);
      if (type == "float") {
        append_weight<float>(text, all.weights[i], are_factors[i], name);
      } else {
        append_weight<double>(text, all.weights[i], are_factors[i], name);
      }
    }
    text += "};\n";
  }
  return text +
         "\ntemplate <class T>\nconst T* numbers(const char* bytes) {\n"
         "  return static_cast<const T*>(static_cast<const void*>(bytes));\n}\n";
}

/// The parameters of a function that takes all inputs and outputs: `before` ahead of each name.
inline std::string parameter_list(const graph& all, const std::string& of_input,
                                  const std::string& of_output, const std::string& behind = "") {
  std::string text;
  const auto add = [&](const char* name, std::size_t count, const std::string& before) {
    for (std::size_t i = 0; i < count; ++i) {
      text += (text.empty() ? "" : ", ") + before + name;
      if (count > 1) text += "_" + std::to_string(i);
      text += behind;
    }
  };
  add("in", all.inputs.size(), of_input);
  add("out", all.outputs.size(), of_output);
  return text;
}

}  // namespace fusor::detail::models
