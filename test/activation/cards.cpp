// SPDX-License-Identifier: BSL-1.0
// The cards of the activations are read, and what they say of derivative, range and limits is
// compared with what kernels compute; what they say of accuracy with what is measured.
#define BOOST_TEST_MODULE activation_cards
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cctype>
#include <cmath>
#include <fstream>
#include <fusor/fusor.hpp>
#include <limits>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "accuracy/table.hpp"

namespace {

using namespace fusor;

constexpr double inf = std::numeric_limits<double>::infinity();

using names = std::map<std::string, double>;

/// The value of a formula as the cards write it: `x > 0 ? 1 : alpha * e^x`, `|x| < 3 ? 1/6 : 0`,
/// `0 < x < 6 ? 1 : 0`.
class card_formula {
 public:
  card_formula(std::string text, const names& values) : text_(std::move(text)), values_(values) {}

  double value() {
    const double result = choice();
    skip();
    if (at_ != text_.size()) throw std::runtime_error("not understood: " + text_.substr(at_));
    return result;
  }

 private:
  void skip() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool take(const std::string& token) {
    skip();
    if (text_.compare(at_, token.size(), token) != 0) return false;
    at_ += token.size();
    return true;
  }
  void need(const std::string& token) {
    if (!take(token)) throw std::runtime_error(token + " expected before: " + text_.substr(at_));
  }

  double choice() {
    const double condition = comparison();
    if (!take("?")) return condition;
    const double yes = choice();
    need(":");
    const double no = choice();
    return condition != 0 ? yes : no;
  }
  double comparison() {
    double left = sum();
    bool is_comparison = false, holds = true;
    while (true) {
      const bool is_less = take("<");
      if (!is_less && !take(">")) break;
      const bool or_equal = take("=");
      const double right = sum();
      holds = holds && (is_less ? left < right : left > right || (or_equal && left == right));
      if (is_less && or_equal && left == right) holds = true;
      left = right;
      is_comparison = true;
    }
    return is_comparison ? holds : left;
  }
  double sum() {
    double result = product();
    while (true) {
      if (take("+")) {
        result += product();
      } else if (take("-")) {
        result -= product();
      } else {
        return result;
      }
    }
  }
  double product() {
    double result = prefix();
    while (true) {
      if (take("*")) {
        result *= prefix();
      } else if (take("/")) {
        result /= prefix();
      } else {
        return result;
      }
    }
  }
  double prefix() {
    if (take("-")) return -prefix();
    if (take("+")) return prefix();
    if (take("ln ")) return std::log(prefix());
    const double base = atom();
    return take("^") ? std::pow(base, prefix()) : base;
  }
  double atom() {
    skip();
    if (take("(")) {
      const double inside = choice();
      need(")");
      return inside;
    }
    if (take("|")) {
      const double inside = sum();
      need("|");
      return std::abs(inside);
    }
    if (at_ < text_.size() && std::isdigit(static_cast<unsigned char>(text_[at_])) != 0) {
      std::size_t length = 0;
      const double number = std::stod(text_.substr(at_), &length);
      at_ += length;
      return number;
    }
    std::string word;
    while (at_ < text_.size() &&
           (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 || text_[at_] == '_')) {
      word += text_[at_++];
    }
    if (take("(")) {
      std::vector<double> of = {choice()};
      while (take(",")) of.push_back(choice());
      need(")");
      return function(word, of);
    }
    if (word == "e") return std::exp(1.0);
    if (word == "pi") return std::acos(-1.0);
    if (word == "inf") return inf;
    const auto found = values_.find(word);
    if (found == values_.end()) throw std::runtime_error("no value for \"" + word + "\"");
    return found->second;
  }
  static double function(const std::string& name, const std::vector<double>& of) {
    const double a = of.front();
    if (name == "sigmoid") return 1 / (1 + std::exp(-a));
    if (name == "tanh") return std::tanh(a);
    if (name == "sqrt") return std::sqrt(a);
    if (name == "normal_cdf") return std::erfc(-a / std::sqrt(2.0)) / 2;
    if (name == "softplus") return std::max(a, 0.0) + std::log1p(std::exp(-std::abs(a)));
    if (name == "clamp" && of.size() == 3) return std::clamp(a, of[1], of[2]);
    throw std::runtime_error("no function " + name);
  }

  std::string text_;
  const names& values_;
  std::size_t at_ = 0;
};

/// The text of one line of a card, up to what it says of other parameters.
std::string line_of(const std::string& stem, const std::string& title) {
  std::ifstream file(FUSOR_TEST_ACTIVATIONS + ("/" + stem + ".hpp"));
  for (std::string line; std::getline(file, line);) {
    const std::string head = "/// " + title;
    if (line.rfind(head, 0) == 0) return line.substr(line.find_first_not_of(' ', head.size()));
  }
  throw std::runtime_error(stem + ": the card has no line " + title);
}

/// `name=value` and `.name = value` of a text.
void add_values(const std::string& text, names& values) {
  for (std::size_t equal = text.find('='); equal != std::string::npos;
       equal = text.find('=', equal + 1)) {
    std::size_t end = equal;
    while (end > 0 && text[end - 1] == ' ') --end;
    std::size_t begin = end;
    while (begin > 0 && (std::isalnum(static_cast<unsigned char>(text[begin - 1])) != 0 ||
                         text[begin - 1] == '_'))
      --begin;
    const std::string value = text.substr(text.find_first_not_of(' ', equal + 1));
    if (std::isdigit(static_cast<unsigned char>(value[0])) != 0 || value[0] == '-') {
      values[text.substr(begin, end - begin)] = std::stod(value);
    }
  }
}

struct subject {
  std::string stem, example;
  double (*value)(double);
  double (*slope)(double);
};

template <auto Formula>
double slope_at(double at) {
  constexpr auto slope = derivative(Formula);
  if constexpr (std::is_same_v<std::remove_const_t<decltype(slope)>, literal>) {
    return slope.value;
  } else {
    return kernel<slope>(at);
  }
}

template <auto Formula>
subject make_subject(const char* stem, const char* example) {
  return {stem, example, [](double at) { return kernel<Formula>(at); }, slope_at<Formula>};
}

const std::vector<subject>& subjects() {
  static const std::vector<subject> all = {
#define FUSOR_CASE(stem, ...) make_subject<__VA_ARGS__>(#stem, #__VA_ARGS__),
#include "catalogue.hpp"
#undef FUSOR_CASE
  };
  return all;
}

names values_of(const subject& s) {
  names values;
  add_values(line_of(s.stem, "Keras"), values);
  add_values(s.example, values);
  if (s.stem == "selu") values = {{"scale", detail::selu_scale}, {"alpha", detail::selu_alpha}};
  if (values.count("negative_slope") != 0) values["slope"] = values["negative_slope"];
  return values;
}

/// Examples with parameters of which the cards say more than one line can: a relu with all of them,
/// gelu with a tanh, a slope of 0.
bool is_what_the_card_says(const subject& s) {
  static const std::set<std::string> general = {"relu", "gelu", "leaky_relu", "squareplus"};
  return general.count(s.stem) == 0 || s.example.find('{') == std::string::npos;
}

std::vector<double> points() {
  std::vector<double> all;
  for (double at = -12; at <= 12; at += 0.03125) all.push_back(at);
  for (double at = 16; at <= 1e6; at *= 2) all.insert(all.end(), {at, -at});
  return all;
}

std::vector<std::string> split(const std::string& text, const std::string& separator) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t end; (end = text.find(separator, begin)) != std::string::npos;
       begin = end + separator.size()) {
    parts.push_back(text.substr(begin, end - begin));
  }
  parts.push_back(text.substr(begin));
  return parts;
}

}  // namespace

BOOST_AUTO_TEST_CASE(derivatives_are_those_of_the_cards) {
  for (const subject& s : subjects()) {
    if (!is_what_the_card_says(s)) continue;
    names values = values_of(s);
    const std::string text = line_of(s.stem, "Derivative");
    BOOST_TEST_CONTEXT(s.example << ": " << text) {
      for (const double at : points()) {
        values["x"] = at;
        const double stated = card_formula(text, values).value();
        const double slope = s.slope(at);
        if (std::isnan(stated) || slope == stated) continue;  // e^x at 1e6, times 0
        BOOST_TEST(std::abs(slope - stated) <= 1e-12 * (1 + std::abs(stated)),
                   "at " << at << ": " << slope << ", not " << stated);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(limits_are_those_of_the_cards) {
  for (const subject& s : subjects()) {
    if (!is_what_the_card_says(s)) continue;
    const names values = values_of(s);
    for (const std::string& limit : split(line_of(s.stem, "Limits"), ",  ")) {
      const std::size_t arrow = limit.find(" -> ");
      const std::string from = limit.substr(0, arrow);
      std::string to = limit.substr(arrow + 4);
      for (const char* end : {" = ", " or ", " ("}) to = to.substr(0, to.find(end));
      BOOST_TEST_CONTEXT(s.example << ": " << limit) {
        if (from == "NaN") {
          BOOST_TEST(std::isnan(s.value(std::nan(""))));
        } else if (from == "+-0") {
          BOOST_TEST(s.value(0.0) == 0);
          BOOST_TEST(s.value(-0.0) == 0);
          if (to == "+-0") BOOST_TEST(std::signbit(s.value(-0.0)) != std::signbit(s.value(0.0)));
        } else {
          const double result = s.value(card_formula(from, values).value());
          const double stated = card_formula(to, values).value();
          BOOST_TEST((result == stated || std::abs(result - stated) <= 1e-12), result);
          if (to == "-0" || to == "+0") BOOST_TEST(std::signbit(result) == (to == "-0"));
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(ranges_are_those_of_the_cards) {
  for (const subject& s : subjects()) {
    if (!is_what_the_card_says(s)) continue;
    const names values = values_of(s);
    const std::string text = line_of(s.stem, "Range");
    const std::string range = split(text, ";").front();
    BOOST_TEST_CONTEXT(s.example << ": " << text) {
      // The outer ends of all intervals.
      const std::size_t open = range.find_first_of("[("), close = range.find_last_of("])}");
      const bool is_union = range.find(" + ") != std::string::npos;
      const std::string first = range.substr(open + 1, range.find(',') - open - 1);
      std::string last = range.substr(0, close);
      last = last.substr(last.find_last_of(",{") + 1);
      double low = card_formula(first, values).value();
      double high = card_formula(last, values).value();
      if (is_union && range[close] == '}') {
        low = std::min(low, high);
        high = inf;
      }
      double least = inf, largest = -inf;
      std::vector<double> at = points();
      std::sort(at.begin(), at.end());
      double before = -inf;
      for (const double x_value : at) {
        const double result = s.value(x_value);
        least = std::min(least, result);
        largest = std::max(largest, result);
        if (text.find("increasing") != std::string::npos) BOOST_TEST(result >= before);
        if (text.find("odd") != std::string::npos) BOOST_TEST(s.value(-x_value) == -result);
        if (text.find("convex") != std::string::npos && std::abs(x_value) < 12) {
          const double middle = (s.value(x_value - 0.5) + s.value(x_value + 0.5)) / 2;
          BOOST_TEST(middle >= result - 1e-9 * std::abs(result));
        }
        before = result;
      }
      const auto is_reached = [](double bound, double result) {
        return std::isinf(bound) ? std::abs(result) > 1e5 : std::abs(result - bound) < 2e-3;
      };
      BOOST_TEST(is_reached(low, least), "the least value is " << least);
      BOOST_TEST(is_reached(high, largest), "the largest value is " << largest);
    }
  }
}

namespace {

/// `exact ...`, `correctly rounded ...`, `at most 2 ULP`, in ULP.
double stated_accuracy(const std::string& text) {
  if (text.rfind("exact", 0) == 0) return 0;
  if (text.rfind("correctly rounded", 0) == 0) return 0.5;
  const std::string at_most = "at most ";
  if (text.rfind(at_most, 0) == 0 && text.find(" ULP") != std::string::npos) {
    return std::stod(text.substr(at_most.size()));
  }
  throw std::runtime_error("not an accuracy: " + text);
}

/// The row of the activation at its defaults, or with what parameters it needs.
const test::accuracy_row& measured_row(const std::string& stem) {
  for (const std::string& start : {stem + "(x)", stem + "(x, "}) {
    for (const test::accuracy_row& row : test::accuracy_table) {
      if (std::string(row.formula).rfind(start, 0) == 0) return row;
    }
  }
  throw std::runtime_error(stem + " is not in test/accuracy/table.hpp");
}

}  // namespace

BOOST_AUTO_TEST_CASE(accuracies_are_those_that_are_measured) {
  for (const subject& s : subjects()) {
    const double stated = stated_accuracy(line_of(s.stem, "Accuracy"));
    const test::accuracy_row& row = measured_row(s.stem);
    BOOST_TEST_CONTEXT(row.formula) {
      BOOST_TEST(test::accuracy_row::largest(row.in_float) <= stated);
      BOOST_TEST(test::accuracy_row::largest(row.in_double) <= stated);
    }
  }
}
