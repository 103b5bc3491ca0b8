// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <map>
#include <string>
#include <string_view>

/// How Keras names the groups of weights, and C its functions.
namespace fusor::detail::models {

// Of ASCII, whatever the locale.
inline bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
inline bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// The name of a class as Keras writes it in groups: "LeakyReLU" is "leaky_re_lu".
inline std::string snake_case(std::string_view name) {
  std::string word;
  for (const char c : name) {
    if (is_upper(c) || is_lower(c) || is_digit(c) || c == '_') word += c;
  }
  // Two rules, one after the other: any character before a capital and small letters, then a small
  // letter before a capital. Matches do not overlap.
  std::string split;
  for (std::size_t i = 0; i < word.size();) {
    if (i + 2 < word.size() && is_upper(word[i + 1]) && is_lower(word[i + 2])) {
      split += word[i];
      split += '_';
      split += word[i + 1];
      for (i += 2; i < word.size() && is_lower(word[i]); ++i) split += word[i];
    } else {
      split += word[i++];
    }
  }
  std::string snake;
  for (std::size_t i = 0; i < split.size(); ++i) {
    if (i > 0 && is_lower(split[i - 1]) && is_upper(split[i])) snake += '_';
    snake += is_upper(split[i]) ? static_cast<char>(split[i] + ('a' - 'A')) : split[i];
  }
  return snake;
}

/// The groups of the layers of a model: the class in snake case, with a counter from the second on.
class group_names {
 public:
  std::string next(std::string_view class_name) {
    const std::string name = snake_case(class_name);
    const auto [entry, is_first] = used_.try_emplace(name, 0);
    if (is_first) return name;
    return name + "_" + std::to_string(++entry->second);
  }

 private:
  std::map<std::string, std::size_t> used_;
};

inline std::string c_identifier(std::string_view name) {
  std::string identifier;
  for (const char c : name) {
    identifier += is_upper(c) || is_lower(c) || is_digit(c) ? c : '_';
  }
  if (identifier.empty() || is_digit(identifier[0])) identifier.insert(0, 1, '_');
  return identifier;
}

}  // namespace fusor::detail::models
