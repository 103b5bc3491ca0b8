// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstddef>
#include <initializer_list>
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
  constexpr sentence_part(const char* text) : kind_(kind::text), at_(text) {}
  sentence_part(const std::string& text) : kind_(kind::text), at_(text.c_str()) {}
  template <std::integral Integer>
  constexpr sentence_part(Integer number)
      : kind_(std::is_signed_v<Integer> ? kind::whole : kind::natural),
        number_(static_cast<std::size_t>(number)) {}
  constexpr sentence_part(std::span<const std::size_t> numbers)
      : kind_(kind::naturals), at_(numbers.data()), number_(numbers.size()) {}
  constexpr sentence_part(std::span<const std::ptrdiff_t> numbers)
      : kind_(kind::wholes), at_(numbers.data()), number_(numbers.size()) {}
  constexpr sentence_part(const operand_name& name) : kind_(kind::operand), at_(&name) {}

  void append_to(std::string& sentence) const;

 private:
  enum class kind { text, natural, whole, naturals, wholes, operand };
  kind kind_;
  const void* at_ = nullptr;
  std::size_t number_ = 0;
};

/// (Not by std::to_string, of which every file that refuses a call would hold two.)
[[gnu::cold, gnu::noinline]] inline void append_number(std::string& text, std::size_t number,
                                                       bool is_signed) {
  const bool is_negative = is_signed && static_cast<std::ptrdiff_t>(number) < 0;
  if (is_negative) number = 0 - number;
  char digits[24];
  char* const end = digits + sizeof(digits);
  char* at = end;
  do {
    *--at = static_cast<char>('0' + number % 10);
    number /= 10;
  } while (number > 0);
  if (is_negative) *--at = '-';
  text.append(at, end);
}

/// "(2, 3, 4)"
template <class Numbers>
std::string print_shape(const Numbers& numbers) {
  std::string text = "(";
  for (const auto number : numbers) {
    if (text.size() > 1) text += ", ";
    append_number(text, static_cast<std::size_t>(number), std::is_signed_v<decltype(+number)>);
  }
  return text + ")";
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
    append_number(text, name.index + (name.is_input ? 0 : 1), false);
  }
}

[[gnu::cold, gnu::noinline]] inline void sentence_part::append_to(std::string& sentence) const {
  switch (kind_) {
    case kind::text:
      sentence += static_cast<const char*>(at_);
      break;
    case kind::natural:
    case kind::whole:
      append_number(sentence, number_, kind_ == kind::whole);
      break;
    case kind::naturals:
      sentence += print_shape(std::span(static_cast<const std::size_t*>(at_), number_));
      break;
    case kind::wholes:
      sentence += print_shape(std::span(static_cast<const std::ptrdiff_t*>(at_), number_));
      break;
    case kind::operand:
      append_name(sentence, *static_cast<const operand_name*>(at_));
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
