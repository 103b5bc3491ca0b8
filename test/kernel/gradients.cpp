// SPDX-License-Identifier: BSL-1.0
// Gradients along an axis, over random shapes, beside closed forms in long double; gradients that
// are summed over the axes an operand lacks; kinks that rows have.
#define BOOST_TEST_MODULE kernel_gradients
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <fusor/fusor.hpp>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "support/numbers.hpp"

namespace {

using namespace fusor;
using wide = long double;
using wide_row = std::vector<wide>;

constexpr reduction_parameters along{.axis = 1};

/// A gradient and the largest of the terms that it is the sum of.
struct sum_of_terms {
  wide value = 0;
  wide largest = 0;
  sum_of_terms(std::initializer_list<wide> terms) {
    for (const wide term : terms) {
      value += term;
      largest = std::max(largest, std::abs(term));
    }
  }
};
using terms_row = std::vector<sum_of_terms>;

wide mean_of(const wide_row& row) {
  wide sum = 0;
  for (const wide value : row) sum += value;
  return sum / static_cast<wide>(row.size());
}
wide dot(const wide_row& a, const wide_row& b) {
  wide sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}
wide dot_of_sizes(const wide_row& a, const wide_row& b) {
  wide sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += std::abs(a[i] * b[i]);
  return sum;
}
wide_row softmax_of(const wide_row& row) {
  const wide largest = *std::max_element(row.begin(), row.end());
  wide_row result;
  wide sum = 0;
  for (const wide value : row) {
    result.push_back(std::exp(value - largest));
    sum += result.back();
  }
  for (wide& value : result) value /= sum;
  return result;
}

// For a row and the gradient of the output.
struct softmax_gradient {
  static constexpr auto formula = vjp(softmax(x, along), y);
  static terms_row expected(const wide_row& row, const wide_row& g) {
    const wide_row p = softmax_of(row);
    terms_row result;
    for (std::size_t i = 0; i < row.size(); ++i) {
      sum_of_terms each{p[i] * g[i], -p[i] * dot(g, p)};
      each.largest = std::max(each.largest, p[i] * dot_of_sizes(g, p));
      result.push_back(each);
    }
    return result;
  }
};
struct log_softmax_gradient {
  static constexpr auto formula = vjp(log_softmax(x, along), y);
  static terms_row expected(const wide_row& row, const wide_row& g) {
    const wide_row p = softmax_of(row);
    wide sum = 0, sizes = 0;
    for (const wide value : g) {
      sum += value;
      sizes += std::abs(value);
    }
    terms_row result;
    for (std::size_t i = 0; i < row.size(); ++i) {
      sum_of_terms each{g[i], -p[i] * sum};
      each.largest = std::max(each.largest, p[i] * sizes);
      result.push_back(each);
    }
    return result;
  }
};
constexpr auto rms_norm = x * rsqrt(reduce_mean(square(x), along) + 1e-6);
struct rms_norm_gradient {
  static constexpr auto formula = vjp(rms_norm, y);
  static terms_row expected(const wide_row& row, const wide_row& g) {
    const wide r = 1 / std::sqrt(dot(row, row) / static_cast<wide>(row.size()) + 1e-6);
    const wide n = static_cast<wide>(row.size());
    terms_row result;
    for (std::size_t i = 0; i < row.size(); ++i) {
      sum_of_terms each{g[i] * r, -row[i] * r * r * r * dot(row, g) / n};
      each.largest =
          std::max(each.largest, std::abs(row[i]) * r * r * r * dot_of_sizes(row, g) / n);
      result.push_back(each);
    }
    return result;
  }
};
constexpr auto below_mean = x - reduce_mean(x, along);
constexpr auto layer_norm = below_mean * rsqrt(reduce_mean(square(below_mean), along) + 1e-5);
struct layer_norm_gradient {
  static constexpr auto formula = vjp(layer_norm, y);
  static terms_row expected(const wide_row& row, const wide_row& g) {
    const wide mean = mean_of(row);
    wide_row d, size;
    for (const wide value : row) d.push_back(value - mean);
    const wide n = static_cast<wide>(row.size());
    const wide r = 1 / std::sqrt(dot(d, d) / n + 1e-5);
    wide sizes = 0;
    for (const wide value : g) sizes += std::abs(value);
    terms_row result;
    for (std::size_t i = 0; i < row.size(); ++i) {
      sum_of_terms each{g[i] * r, -mean_of(g) * r, -d[i] * r * r * r * dot(d, g) / n};
      each.largest = std::max(
          {each.largest, sizes / n * r, std::abs(d[i]) * r * r * r * dot_of_sizes(d, g) / n});
      result.push_back(each);
    }
    return result;
  }
};
/// The output is one number for a row: its gradient is g[0].
struct logsumexp_gradient {
  static constexpr auto formula = vjp(logsumexp(x, along), y);
  static terms_row expected(const wide_row& row, const wide_row& g) {
    terms_row result;
    for (const wide p : softmax_of(row)) result.push_back({g[0] * p});
    return result;
  }
};

template <class T>
struct arrays {
  std::size_t outer, extent, inner;
  std::vector<T> in, gradient, out;

  arrays(std::mt19937& random, bool is_reduced) {
    const auto below = [&](std::size_t bound) {
      return std::uniform_int_distribution<std::size_t>(1, bound)(random);
    };
    outer = below(5);
    extent = below(random() % 4 == 0 ? 300 : 40);
    inner = random() % 2 == 0 ? 1 : below(20);
    std::normal_distribution<double> normal(0, 3);
    in.resize(outer * extent * inner);
    gradient.resize(is_reduced ? outer * inner : in.size());
    out.resize(in.size());
    for (T& value : in) value = static_cast<T>(normal(random));
    for (T& value : gradient) value = static_cast<T>(normal(random));
  }
};

/// The largest error of a gradient, in units in the last place of its largest term.
template <class Case, class T>
double largest_error(bool is_reduced) {
  std::mt19937 random(7);
  double worst = 0;
  for (int trial = 0; trial < 200; ++trial) {
    arrays<T> of(random, is_reduced);
    const std::size_t gradient_extent = is_reduced ? 1 : of.extent;
    kernel<Case::formula>(view(of.in.data(), {of.outer, of.extent, of.inner}),
                          view(of.gradient.data(), {of.outer, gradient_extent, of.inner}),
                          view(of.out.data(), {of.outer, of.extent, of.inner}));
    for (std::size_t o = 0; o < of.outer; ++o) {
      for (std::size_t k = 0; k < of.inner; ++k) {
        wide_row row, g;
        const auto at = [&](std::size_t i) { return (o * of.extent + i) * of.inner + k; };
        for (std::size_t i = 0; i < of.extent; ++i) {
          row.push_back(of.in[at(i)]);
          if (!is_reduced) g.push_back(of.gradient[at(i)]);
        }
        if (is_reduced) g.push_back(of.gradient[o * of.inner + k]);
        const terms_row expected = Case::expected(row, g);
        for (std::size_t i = 0; i < of.extent; ++i) {
          const T unit = static_cast<T>(expected[i].largest);
          const wide ulp =
              std::max<wide>(std::nextafter(unit, std::numeric_limits<T>::max()) - unit,
                             std::numeric_limits<T>::denorm_min());
          const wide error = std::abs(static_cast<wide>(of.out[at(i)]) - expected[i].value) / ulp;
          worst = std::max(worst, static_cast<double>(error));
        }
      }
    }
  }
  return worst;
}

template <class Case>
void check(const char* name, bool is_reduced = false) {
  BOOST_TEST_CONTEXT(name) {
    const double in_float = largest_error<Case, float>(is_reduced);
    const double in_double = largest_error<Case, double>(is_reduced);
    BOOST_TEST_MESSAGE(name << ": " << in_float << " and " << in_double << " ULP");
    BOOST_TEST(in_float <= 8);
    BOOST_TEST(in_double <= 8);
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(gradients_are_within_8_ulp_of_their_largest_term) {
  check<softmax_gradient>("softmax");
  check<log_softmax_gradient>("log_softmax");
  check<rms_norm_gradient>("rms_norm");
  check<layer_norm_gradient>("layer_norm");
  check<logsumexp_gradient>("logsumexp", true);
}

BOOST_AUTO_TEST_CASE(cross_entropy_is_the_difference_of_two_distributions) {
  // x: logits, y: targets, z: the gradient of the loss of a row.
  constexpr auto loss = -reduce_sum(y * log_softmax(x));
  const std::vector<double> logits = {1, 2, 3, -1, 0, 5};
  const std::vector<double> targets = {0, 1, 0, 0.25, 0.5, 0.25};
  const std::vector<double> scale = {1, -2};
  std::vector<double> out(6);
  kernel<vjp(loss, z)>(view(logits.data(), {2, 3}), view(targets.data(), {2, 3}),
                       view(scale.data(), {2, 1}), view(out.data(), {2, 3}));
  for (std::size_t r = 0; r < 2; ++r) {
    const wide_row p = softmax_of(
        {logits.begin() + static_cast<int>(3 * r), logits.begin() + static_cast<int>(3 * r) + 3});
    for (std::size_t i = 0; i < 3; ++i) {
      const wide expected = scale[r] * (p[i] - targets[3 * r + i]);
      BOOST_TEST(std::abs(static_cast<wide>(out[3 * r + i]) - expected) < 1e-15);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_gradient_of_a_weight_is_summed_over_the_axes_it_lacks) {
  // layer_norm(x) * y, with one y for each column; z: the gradient of the output.
  constexpr auto normalised = [](auto of) {
    const auto below = of - reduce_mean(of);
    return below * rsqrt(reduce_mean(square(below)) + 1e-5);
  };
  constexpr std::size_t rows = 33, columns = 20;
  std::mt19937 random(3);
  std::normal_distribution<double> normal(0, 2);
  std::vector<double> in(rows * columns), weight(columns), g(rows * columns), each(rows * columns);
  for (double& value : in) value = normal(random);
  for (double& value : g) value = normal(random);
  for (double& value : weight) value = normal(random);
  constexpr auto formula = normalised(x) * y;
  std::vector<double> out(columns);
  kernel<vjp(formula, z, y)>(view(std::as_const(in).data(), {rows, columns}),
                             view(std::as_const(weight).data(), {columns}),
                             view(std::as_const(g).data(), {rows, columns}),
                             view(each.data(), {rows, columns}));
  kernel<reduce_sum(x, {.axis = 0})>(view(std::as_const(each).data(), {rows, columns}),
                                     view(out.data(), {columns}));
  for (std::size_t c = 0; c < columns; ++c) {
    wide sum = 0;
    for (std::size_t r = 0; r < rows; ++r) {
      wide_row row(in.begin() + static_cast<int>(r * columns),
                   in.begin() + static_cast<int>((r + 1) * columns));
      const wide mean = mean_of(row);
      for (wide& value : row) value -= mean;
      const wide deviation = std::sqrt(dot(row, row) / columns + wide(1e-5));
      sum += g[r * columns + c] * row[c] / deviation;
    }
    BOOST_TEST(std::abs(static_cast<wide>(out[c]) - sum) < 1e-13);
  }
  // A bias: the sum of the gradient itself, in one pass.
  kernel<reduce_sum(vjp(x + y, z, y), {.axis = 0})>(view(std::as_const(in).data(), {rows, columns}),
                                                    view(std::as_const(weight).data(), {columns}),
                                                    view(std::as_const(g).data(), {rows, columns}),
                                                    view(out.data(), {columns}));
  for (std::size_t c = 0; c < columns; ++c) {
    wide sum = 0;
    for (std::size_t r = 0; r < rows; ++r) sum += g[r * columns + c];
    BOOST_TEST(std::abs(static_cast<wide>(out[c]) - sum) < 1e-13);
  }
}

BOOST_AUTO_TEST_CASE(the_largest_elements_share) {
  const std::vector<float> in = {1, 3, 3, 2, 3, 0};
  std::vector<float> out(6);
  const float g = 6;
  kernel<vjp(reduce_max(x), y)>(view(in.data(), {1, 6}), view(&g, {1, 1}),
                                view(out.data(), {1, 6}));
  BOOST_TEST(out == (std::vector<float>{0, 2, 2, 0, 2, 0}), boost::test_tools::per_element());
  kernel<vjp(x - reduce_min(x), y)>(view(in.data(), {1, 6}), view(in.data(), {1, 6}),
                                    view(out.data(), {1, 6}));
  BOOST_TEST(out == (std::vector<float>{1, 3, 3, 2, 3, -12}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_support_of_sparsemax_takes_its_mean_away) {
  const std::vector<float> in = {0.25f, 0.5f, -4, 0, 0.125f};
  const std::vector<float> g = {1, 2, 100, 4, 1};
  std::vector<float> out(5);
  kernel<vjp(sparsemax(x), y)>(in, g, out);
  BOOST_TEST(out == (std::vector<float>{-1, 0, 0, 2, -1}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_product_gives_each_element_that_of_all_others) {
  const std::vector<float> in = {2, -3, 4, 0, -3, 4, 0, -3, 0};
  const std::vector<float> expected = {-12, 8, -6, -12, 0, 0, 0, 0, 0};
  const std::vector<float> g = {1, 1, 2};
  std::vector<float> out(9);
  kernel<vjp(reduce_prod(x, along), y)>(view(in, {3, 3}), view(g, {3, 1}), view(out, {3, 3}));
  BOOST_TEST(out == expected);
}

BOOST_AUTO_TEST_CASE(a_halved_input_has_a_gradient_in_each_half) {
  constexpr std::size_t rows = 7;
  constexpr std::size_t columns = 20;
  std::mt19937 random(5);
  std::normal_distribution<float> normal(0, 3);
  std::vector<float> in(rows * 2 * columns), g(rows * columns), out(in.size(), 77);
  for (float& value : in) value = normal(random);
  for (float& value : g) value = normal(random);

  constexpr auto swiglu = silu(first_half(x, {.axis = 1})) * second_half(x, {.axis = 1});
  constexpr auto in_first = vjp(swiglu, y, first_half(x, {.axis = 1}));
  constexpr auto in_second = vjp(swiglu, y, second_half(x, {.axis = 1}));
  const auto half_of = [&](std::size_t first) {
    return view(out.data() + first, {rows, columns}, {2 * columns, 1});
  };
  kernel<outputs(in_first, in_second)>(view(in, {rows, 2 * columns}), view(g, {rows, columns}),
                                       half_of(0), half_of(columns));
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t i = 0; i < columns; ++i) {
      const double a = in[row * 2 * columns + i];
      const double b = in[row * 2 * columns + columns + i];
      const double up = g[row * columns + i];
      const double s = 1 / (1 + std::exp(-a));
      const double slope = s * (1 + a * (1 - s));
      BOOST_TEST(std::abs(out[row * 2 * columns + i] - up * b * slope) <=
                 8e-7 * std::abs(up * b) * (s + std::abs(a) * s * (1 - s)));
      BOOST_TEST(std::abs(out[row * 2 * columns + columns + i] - up * a * s) <=
                 8e-7 * std::abs(up * a * s));
    }
  }

  static_assert(same_kernel<vjp(glu, y, first_half(x)), y * sigmoid(second_half(x))>);
  static_assert(
      same_kernel<derivative(glu, second_half(x)), first_half(x) * logistic_pdf(second_half(x))>);
  BOOST_CHECK_THROW(vjp(glu(x, {.axis = 0}), y, first_half(x)), parameter_error);
}

BOOST_AUTO_TEST_CASE(a_branch_that_is_not_taken_reaches_nothing) {
  // Where the mask is 0 the logarithm is NaN, and its slope infinite.
  constexpr auto formula = where(y > 0, x * log(y), 0);
  const std::vector<float> in = {1, 2, 3}, mask = {0, 1, -1};
  std::vector<float> out(3), g = {5, 7, 9};
  kernel<vjp(formula, z, y)>(in, mask, g, out);
  BOOST_TEST(out == (std::vector<float>{0, 14, 0}), boost::test_tools::per_element());
  // The same where the branch has a sum of the row.
  constexpr auto masked = where(x > 0, x / reduce_sum(x), 0);
  const std::vector<float> row = {1, 3, 0}, ones = {1, 0, 5};
  kernel<vjp(masked, y)>(row, ones, out);
  // d/dx of x0 / (x0 + x1 + x2): (1/4 - 1/16, -1/16, -1/16)
  BOOST_TEST(out == (std::vector<float>{0.1875f, -0.0625f, -0.0625f}),
             boost::test_tools::per_element());
}
