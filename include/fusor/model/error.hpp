// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>

#include "fusor/model/model_error.hpp"

/// What every part of the reader of models refuses with. Its headers are for the generator and for
/// fusor::model: they need nlohmann-json and the HDF5 library, which no program of a generated
/// model does.
namespace fusor::detail::models {

using fusor::model_error;

[[noreturn]] inline void refuse_model(const std::string& sentence) {
  throw model_error(sentence);
}

/// A name of a file's own as part of a sentence: short and on one line.
inline std::string printable(std::string_view name) {
  constexpr std::size_t longest = 80;
  std::string text;
  for (const char letter : name.substr(0, longest)) {
    const bool is_shown = static_cast<unsigned char>(letter) >= 32 && letter != 127;
    text += is_shown ? letter : '?';
  }
  return name.size() > longest ? text + "..." : text;
}
inline std::string in_quotes(std::string_view name) {
  return "\"" + printable(name) + "\"";
}

/// The same as part of a comment of a program: nothing there but letters, digits and the like.
inline std::string in_comment(std::string_view name) {
  std::string text = in_quotes(name);
  for (char& letter : text) {
    if (static_cast<unsigned char>(letter) >= 127 || letter == '\\') letter = '?';
  }
  return text;
}

}  // namespace fusor::detail::models
