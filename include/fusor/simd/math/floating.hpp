// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <cstdint>
#include <type_traits>

#include "fusor/language/precise_begin.hpp"

/// Constants of the types that kernels compute in.
namespace fusor::detail {

template <class T>
struct floating;

template <>
struct floating<float> {
  static constexpr int mantissa_bits = 23;
  static constexpr double round = 0x1.8p23;  ///< adding and subtracting it rounds to a whole number
  static constexpr double splitter = 0x1p12 + 1;  ///< splits a number into two halves of 12 bits
  static constexpr double ln2_high = 0x1.63p-1;   ///< ln 2 = high + low; k * high is exact
  static constexpr double ln2_low = -0x1.bd0105c610ca8p-13;
  static constexpr double exp_underflow = -104;  ///< e^x is 0 from here down
  static constexpr double exp_overflow = 89;     ///< e^x is infinite from here up
  static constexpr double exp_usual = 88;  ///< up to here, 2^k of e^x = 2^k m is an ordinary number
  static constexpr double product_underflow = -194;  ///< and so is a e^x, for every finite a
  static constexpr double product_overflow = 194;
  static constexpr double scaled_exponent = 60;  ///< of the largest exponential of a sum
  static constexpr double scaled_lowest = -128;  ///< an exponential this far below is 0 beside it
  static constexpr double sigmoid_one = 18;      ///< sigmoid(x) is 1 from here up
  static constexpr double sigmoid_shift = 64;    ///< e^-x is computed less so many powers of two
  static constexpr double sigmoid_scale = 0x1p-64;
  static constexpr double sigmoid_usual = 86;  ///< between -this and this, 1 + e^-x is no trouble
  static constexpr double sigmoid_far_shift = 63;  ///< below -usual, 1 + e^-x is e^-x, less this
  static constexpr double sigmoid_farther = -110;
  static constexpr double sigmoid_farther_shift = 156;
  static constexpr double tanh_one = 9.25;  ///< tanh(x) is 1 from here up
  static constexpr double normal_cdf_product_zero = 19.75;
  static constexpr double normal_density = 0x1.9884540000000p-2;  ///< 1 / sqrt(2 pi) = this + low
  static constexpr double normal_density_low = -0x1.857935ee5e06ap-27;
  static constexpr double normal_negligible = 7.25;  ///< normal_cdf(-x) is beside 1 from here up
  static constexpr double gelu_slope_zero = 0x1.80ead2p-1;  ///< gelu_slope(-this) is next to 0
  static constexpr double gelu_slope_usual = 12;            ///< down to -this it is a normal number
  static constexpr double silu_slope_zero = 0x1.474974p+0;
  static constexpr double mish_slope_zero = 0x1.31432cp+0;
  static constexpr double exp_negligible = 0x1p-120;
  static constexpr double erfc_zero = 10.25;  ///< erfc(x) is 0 from here up
};

template <>
struct floating<double> {
  static constexpr int mantissa_bits = 52;
  static constexpr double round = 0x1.8p52;
  static constexpr double splitter = 0x1p27 + 1;
  static constexpr double ln2_high = 0x1.62e42fee00000p-1;
  static constexpr double ln2_low = 0x1.a39ef35793c76p-33;
  static constexpr double exp_underflow = -746;
  static constexpr double exp_overflow = 710;
  static constexpr double exp_usual = 709;
  static constexpr double product_underflow = -1456;
  static constexpr double product_overflow = 1456;
  static constexpr double scaled_exponent = 500;
  static constexpr double scaled_lowest = -1050;
  static constexpr double sigmoid_one = 38;
  static constexpr double sigmoid_shift = 500;
  static constexpr double sigmoid_scale = 0x1p-500;
  static constexpr double sigmoid_usual = 700;
  static constexpr double sigmoid_far_shift = 505;
  static constexpr double sigmoid_farther = -900;
  static constexpr double sigmoid_farther_shift = 1200;
  static constexpr double tanh_one = 20;
  static constexpr double normal_cdf_product_zero = 54;
  static constexpr double normal_density = 0x1.9884533d43651p-2;
  static constexpr double normal_density_low = -0x1.cbc0d30ebfd15p-56;
  static constexpr double normal_negligible = 9.25;
  static constexpr double gelu_slope_zero = 0x1.80ead197f00b4p-1;
  static constexpr double gelu_slope_usual = 36;
  static constexpr double silu_slope_zero = 0x1.474973c84120bp+0;
  static constexpr double mish_slope_zero = 0x1.31432c0d12d84p+0;
  static constexpr double exp_negligible = 0x1p-1000;
  static constexpr double erfc_zero = 27.5;
};

/// a * b - product, exactly (Dekker).
constexpr double product_error(double a, double b, double product) {
  constexpr double splitter = floating<double>::splitter;
  const double a_high = a * splitter - (a * splitter - a);
  const double b_high = b * splitter - (b * splitter - b);
  const double a_low = a - a_high;
  const double b_low = b - b_high;
  return ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low;
}

/// 1 / divisor = high + low, in numbers of type T, where low has the sign of high: an infinite
/// dividend times each of them is the same infinity.
template <class T>
struct reciprocal_parts {
  double high;
  double low;

  constexpr explicit reciprocal_parts(double divisor) : high(1 / divisor), low(0) {
    low = remainder(divisor);
    if ((low < 0) != (high < 0) && low != 0) {
      high = toward_zero(high);
      low = remainder(divisor);
    }
  }

 private:
  constexpr double remainder(double divisor) const {
    if constexpr (std::is_same_v<T, float>) {
      return 1 / divisor - static_cast<double>(static_cast<float>(high));
    } else {
      const double product = high * divisor;
      return ((1 - product) - product_error(high, divisor, product)) / divisor;
    }
  }
  static constexpr double toward_zero(double value) {
    if constexpr (std::is_same_v<T, float>) {
      const auto bits = std::bit_cast<std::uint32_t>(static_cast<float>(value));
      return static_cast<double>(std::bit_cast<float>(bits - 1));
    } else {
      return std::bit_cast<double>(std::bit_cast<std::uint64_t>(value) - 1);
    }
  }
};

}  // namespace fusor::detail

#include "fusor/language/precise_end.hpp"
