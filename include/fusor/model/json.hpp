// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fusor/model/error.hpp"

/// JSON of files that may hold anything.
namespace fusor::detail::models {

using nlohmann::json;

/// The JSON of a text. Refuses what is none, and what is nested deeper than any model.
inline json parse_json(std::string_view text) {
  constexpr int deepest = 64;
  bool is_deep = false;
  const auto look = [&](int depth, json::parse_event_t, json&) {
    is_deep = is_deep || depth > deepest;
    return !is_deep;
  };
  json parsed;
  try {
    parsed = json::parse(text, look);
  } catch (const json::exception&) {
    if (!is_deep) refuse_model("its configuration is no JSON");
  }
  if (is_deep) refuse_model("its configuration is nested more than 64 deep");
  return parsed;
}

/// A member of an object, null where it is none or has none.
inline const json& member(const json& of, const char* name) {
  static const json null;
  if (!of.is_object()) return null;
  const auto found = of.find(name);
  return found == of.end() ? null : *found;
}

inline bool is_natural(const json& value) {
  return value.is_number_unsigned() ||
         (value.is_number_integer() && value.get<std::int64_t>() >= 0);
}

/// The members of a configuration, with sentences about `of`, as `layer "a" (Dense)`.
class configuration {
 public:
  configuration(const json& members, std::string of) : members_(&members), of_(std::move(of)) {}

  [[noreturn]] void refuse(const std::string& sentence) const {
    refuse_model(of_ + ": " + sentence);
  }
  const json& operator[](const char* name) const {
    return member(*members_, name);
  }
  bool has(const char* name) const {
    return !(*this)[name].is_null();
  }
  const std::string& subject() const {
    return of_;
  }
  const json& members() const {
    return *members_;
  }

  /// A size: a whole number of at least 1, and below what could overflow.
  std::size_t size(const char* name) const {
    return size_of((*this)[name], name);
  }
  std::size_t size_of(const json& value, const char* name) const {
    constexpr std::uint64_t most = std::uint64_t{1} << 31;
    if (!is_natural(value) || value.get<std::uint64_t>() == 0 ||
        value.get<std::uint64_t>() > most) {
      refuse(in_quotes(name) + " must be a whole number of at least 1");
    }
    return static_cast<std::size_t>(value.get<std::uint64_t>());
  }
  double number(const char* name, double otherwise) const {
    const json& value = (*this)[name];
    if (value.is_null()) return otherwise;
    if (!value.is_number()) refuse(in_quotes(name) + " must be a number");
    return value.get<double>();
  }
  bool flag(const char* name, bool otherwise) const {
    const json& value = (*this)[name];
    if (value.is_null()) return otherwise;
    if (!value.is_boolean()) refuse(in_quotes(name) + " must be true or false");
    return value.get<bool>();
  }
  /// One axis or a list of them.
  std::vector<std::int64_t> axes(const char* name, std::int64_t otherwise) const {
    const json& value = (*this)[name];
    if (value.is_null()) return {otherwise};
    std::vector<std::int64_t> all;
    const json list = value.is_array() ? value : json::array({value});
    for (const json& axis : list) {
      constexpr std::int64_t most = 64;
      if (!axis.is_number_integer() || axis.get<std::int64_t>() < -most ||
          (axis.is_number_unsigned() && axis.get<std::uint64_t>() > most) ||
          axis.get<std::int64_t>() > most) {
        refuse(in_quotes(name) + " must be an axis");
      }
      all.push_back(axis.get<std::int64_t>());
    }
    return all;
  }

 private:
  const json* members_;
  std::string of_;
};

}  // namespace fusor::detail::models
