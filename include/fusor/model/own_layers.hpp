// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "fusor/model/activation_formula.hpp"
#include "fusor/model/error.hpp"
#include "fusor/model/naming.hpp"

/// Layers and activations that neither Keras nor Fusor knows, each given as a formula of x.
namespace fusor::detail::models {

/// What becomes of the last axis.
enum class last_axis { kept, halved, reduced };

struct own_layer {
  std::string name;     // a class or a function of Python, or Package>Class as Keras registers it
  std::string formula;  // of x
  std::string identifier;  // of the program that is written
  last_axis axis = last_axis::kept;
  bool reduces = false;

  /// Whether a file that calls a layer so means this one.
  bool is_named(std::string_view in_file) const {
    if (in_file == name) return true;
    const std::size_t package = in_file.rfind('>');
    return name.find('>') == std::string::npos && package != std::string_view::npos &&
           in_file.substr(package + 1) == name;
  }
  activation_choice choice() const {
    return {identifier + "($0)", reduces, axis == last_axis::halved, -1,
            axis == last_axis::reduced};
  }
};

/// A formula as it is read: which functions x is in.
class own_formula {
 public:
  explicit own_formula(own_layer& layer) : layer_(layer) {}

  /// Finds the shape. What it does not understand is left to the compiler; what would reach the
  /// compiler as anything but a formula of x is refused.
  void read() {
    const std::string& text = layer_.formula;
    constexpr std::size_t longest = 2000;
    if (text.find_first_not_of(' ') == std::string::npos) refuse("it is empty");
    if (text.size() > longest) refuse("it is longer than 2000 letters");
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (is_of_word(text[i])) {
        i = read_word(i) - 1;
      } else {
        read_sign(i);
      }
    }
    if (!open_.empty()) refuse("a parenthesis is not closed");
    if (whole_ + halves_ + reduced_ == 0) refuse("it does not read x");
    if (whole_ > 0 && halves_ > 0) refuse("it reads x beside halves of x, which are shorter");
    layer_.axis = whole_ > 0    ? last_axis::kept
                  : halves_ > 0 ? last_axis::halved
                                : last_axis::reduced;
  }

 private:
  [[noreturn]] void refuse(const std::string& sentence) const {
    refuse_model("LAYERS: the formula of " + in_quotes(layer_.name) + ", " +
                 in_quotes(layer_.formula) + ": " + sentence);
  }

  static bool is_of_word(char c) {
    return is_upper(c) || is_lower(c) || is_digit(c) || c == '_';
  }

  void read_sign(std::size_t at) {
    const std::string& text = layer_.formula;
    const char sign = text[at];
    if (std::string_view(" +-*/(){}<>=!&|,.:").find(sign) == std::string_view::npos) {
      refuse("there is no " + in_quotes(std::string(1, sign)) + " in formulas");
    }
    const std::string pair = text.substr(at, 2);
    if (pair == "//" || pair == "/*") refuse("a comment is no part of a formula");
    if (sign == '(' || sign == '{') {
      open_.push_back({sign, sign == '(' ? word_ : ""});
    } else if (sign == ')' || sign == '}') {
      if (open_.empty() || (open_.back().sign == '(') != (sign == ')')) {
        refuse("a parenthesis is closed that is not open");
      }
      open_.pop_back();
    } else if (sign == ',' && open_.empty()) {
      refuse("a layer has one formula, and a comma separates two");
    }
    if (sign != ' ') word_.clear();
  }

  /// The end of the word that begins at `at`.
  std::size_t read_word(std::size_t at) {
    const std::string& text = layer_.formula;
    std::size_t end = at;
    while (end < text.size() && is_of_word(text[end])) ++end;
    const std::string word = text.substr(at, end - at);
    word_ = word;
    const bool is_member = at > 0 && text[at - 1] == '.';
    if (is_member && word == "axis")
      refuse("halves and reductions of a layer go along the last axis");
    if (is_member || is_digit(word[0])) return end;
    if (word == "y" || word == "z" || word == "input") {
      refuse("it reads " + word + ", and a layer has one input, x");
    }
    if (word == "matmul") refuse("a product needs two inputs, and a layer has one, x");
    if (word == "outputs") refuse("a layer has one output");
    if (word == "return") refuse("it is no expression");
    layer_.reduces = layer_.reduces || is_reduction(word) || is_along_axis(word);
    if (word == "x") read_x();
    return end;
  }

  void read_x() {
    const auto within = [&](const auto& holds) {
      return std::count_if(open_.begin(), open_.end(),
                           [&](const opened& each) { return holds(each.function); });
    };
    const auto halves = within([](const std::string& function) { return is_half(function); });
    if (halves > 1) refuse("it takes half of a half");
    if (within([](const std::string& function) { return is_reduction(function); }) > 0) {
      ++reduced_;
    } else {
      ++(halves == 1 ? halves_ : whole_);
    }
  }

  static bool is_reduction(std::string_view function) {
    return function.substr(0, 7) == "reduce_" || function == "logsumexp" ||
           function == "simplex_threshold";
  }
  static bool is_half(std::string_view function) {
    return function == "first_half" || function == "second_half" || function == "glu";
  }
  /// Softmax and its like: of the shape of their input.
  static bool is_along_axis(std::string_view function) {
    const catalogue_name* const found = find_name(function);
    return found != nullptr && found->has_axis() && !is_half(function);
  }

  struct opened {
    char sign;
    std::string function;
  };

  own_layer& layer_;
  std::string word_;  // that a parenthesis would follow
  std::vector<opened> open_;
  std::size_t whole_ = 0, halves_ = 0, reduced_ = 0;  // how often x is read so
};

/// A layer of LAYERS; refuses what is none. `is_known` are the names of Keras and of Fusor.
inline own_layer read_own_layer(const std::string& name, const std::string& formula,
                                const std::vector<own_layer>& others, bool is_known) {
  const bool is_name = std::all_of(name.begin(), name.end(), [](char c) {
    return is_upper(c) || is_lower(c) || is_digit(c) || c == '_' || c == '>' || c == '-' ||
           c == '.' || c == ' ';
  });
  if (!is_name || name.empty() || name.back() == '>') {
    refuse_model("LAYERS: " + in_quotes(name) +
                 " is no name of a class or a function, as MyLayer, my_activation and "
                 "Package>MyLayer are");
  }
  if (is_known) {
    refuse_model("LAYERS: " + in_quotes(name) +
                 " is a layer or an activation that is supported as Keras has it");
  }
  own_layer made{name, formula, "layer_" + c_identifier(name)};
  for (const own_layer& other : others) {
    if (other.identifier == made.identifier) {
      refuse_model("LAYERS: " + in_quotes(name) + " is there twice");
    }
  }
  own_formula(made).read();
  return made;
}

/// The layer that one of some names means, null if none does.
inline const own_layer* find_own_layer(const std::vector<own_layer>& all,
                                       const std::vector<std::string>& names) {
  for (const own_layer& each : all) {
    for (const std::string& name : names) {
      if (each.is_named(name)) return &each;
    }
  }
  return nullptr;
}

/// The names of an activation in a configuration: of a function, or of an object's class.
inline std::vector<std::string> names_of_activation(const json& value) {
  if (value.is_string()) return {value.get<std::string>()};
  const json& class_name = member(value, "class_name");
  const json& config = member(value, "config");
  if (class_name == "function") return names_of_activation(config);
  if (class_name == "Activation") return names_of_activation(member(config, "activation"));
  std::vector<std::string> names;
  for (const json& each : {class_name, member(value, "registered_name")}) {
    if (each.is_string()) names.push_back(each.get<std::string>());
  }
  return names;
}

}  // namespace fusor::detail::models
