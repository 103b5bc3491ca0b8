// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <span>
#include <string>
#include <type_traits>
#include <utility>

#include "fusor/language/error.hpp"

/// The sentences of refused calls.
namespace fusor::detail {

/// What an operand is called: "the input", or "input y" where there are several; "the output", or
/// "output 2".
struct operand_name {
  const char* text;  // "the first half of ", or all of it
  std::size_t index = 0;
  std::size_t total = 0;  // 0: the text is all of it
  bool is_input = true;
};

inline operand_name input_name(std::size_t index, std::size_t inputs, const char* part = "") {
  return {part, index, inputs, true};
}
inline operand_name output_name(std::size_t index, std::size_t outputs) {
  return {"", index, outputs, false};
}

/// A part of a sentence. It owns nothing, so that a function that refuses holds no code for text:
/// it is put together in one place, when it is needed.
class sentence_part {
 public:
  constexpr sentence_part(const char* text) : kind_(kind::text), text_(text) {}
  sentence_part(const std::string& text) : kind_(kind::text), text_(text.c_str()) {}
  template <std::integral Integer>
  constexpr sentence_part(Integer number)
      : kind_(std::is_signed_v<Integer> ? kind::whole : kind::natural),
        number_(static_cast<std::size_t>(number)) {}
  constexpr sentence_part(std::span<const std::size_t> numbers)
      : kind_(kind::naturals), naturals_(numbers.data()), number_(numbers.size()) {}
  constexpr sentence_part(std::span<const std::ptrdiff_t> numbers)
      : kind_(kind::wholes), wholes_(numbers.data()), number_(numbers.size()) {}
  constexpr sentence_part(const operand_name& name) : kind_(kind::operand), operand_(name) {}

  void append_to(std::string& sentence) const;

 private:
  enum class kind { text, natural, whole, naturals, wholes, operand };
  kind kind_;
  const char* text_ = nullptr;
  const std::size_t* naturals_ = nullptr;
  const std::ptrdiff_t* wholes_ = nullptr;
  std::size_t number_ = 0;
  operand_name operand_ = {""};
};

/// "(2, 3, 4)"
template <class Number>
void append_numbers(std::string& text, const Number* numbers, std::size_t count) {
  text += "(";
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) text += ", ";
    text += std::to_string(numbers[i]);
  }
  text += ")";
}

template <class Numbers>
std::string print_shape(const Numbers& numbers) {
  std::string text;
  append_numbers(text, std::data(numbers), std::size(numbers));
  return text;
}

[[gnu::cold, gnu::noinline]] inline void append_name(std::string& text, const operand_name& name) {
  text += name.text;
  if (name.total == 0) return;
  text += name.total == 1 ? "the " : "";
  text += name.is_input ? "input" : "output";
  if (name.total == 1) return;
  text += " ";
  if (name.is_input && name.index < 3) {
    text += "xyz"[name.index];
  } else {
    text += std::to_string(name.index + (name.is_input ? 0 : 1));
  }
}

[[gnu::cold, gnu::noinline]] inline void sentence_part::append_to(std::string& sentence) const {
  switch (kind_) {
    case kind::text:
      sentence += text_;
      break;
    case kind::natural:
      sentence += std::to_string(number_);
      break;
    case kind::whole:
      sentence += std::to_string(static_cast<std::ptrdiff_t>(number_));
      break;
    case kind::naturals:
      append_numbers(sentence, naturals_, number_);
      break;
    case kind::wholes:
      append_numbers(sentence, wholes_, number_);
      break;
    case kind::operand:
      append_name(sentence, operand_);
      break;
  }
}

inline namespace FUSOR_REFUSALS {

/// The end of a refused call, with a sentence from its parts.
template <class Error>
[[noreturn, gnu::cold, gnu::noinline]] void refuse_with(
    std::initializer_list<sentence_part> parts) {
  std::string sentence;
  for (const sentence_part& part : parts) part.append_to(sentence);
  refuse<Error>(sentence);
}

}  // namespace FUSOR_REFUSALS
}  // namespace fusor::detail
