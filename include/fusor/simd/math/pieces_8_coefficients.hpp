// SPDX-License-Identifier: BSL-1.0
// Written by docs/coefficients.py.
#pragma once

/// Polynomials of the vector operations; the error is that of the fit, relative.
namespace fusor::detail::coefficients {

/// Polynomials over t - node for `Count` intervals: coefficients of the powers from 0 up, that
/// of the first less one if the table says so.

/// tanh(t).
template <int Count>
struct tanh_pieces;
template <>
struct tanh_pieces<8> {
  // up to 11.25, error 2^-25.7
  static constexpr double offset = 0.75;
  static constexpr bool is_less_one = false;
  alignas(64) static constexpr float node[8] = {0x1.bf1p+0f,  0x1.5f88p+1f, 0x1.103p+2f,
                                                0x1.9044p+2f, 0x1.285p+3f,  0x0p+0f,
                                                0x1.02ep-1f,  0x1.011p+0f};
  alignas(64) static constexpr float coefficients[9][8] = {
      {0x1.e1c528p-1f, 0x1.fbcd3ap-1f, 0x1.ffcafcp-1f, 0x1.ffff08p-1f, 0x1p+0f, 0x0p+0f,
       0x1.ddb7e2p-2f, 0x1.86d36ap-1f},
      {0x1.d56622p-4f, 0x1.0b977cp-6f, 0x1.a80994p-11f, 0x1.f00aa4p-17f, 0x1.36a96cp-25f, 0x1p+0f,
       0x1.909128p-1f, 0x1.ab572ap-2f},
      {-0x1.b9af3p-4f, -0x1.0965c2p-6f, -0x1.a7de08p-11f, -0x1.f00a1cp-17f, -0x1.370dp-25f,
       0x1.1668bap-28f, -0x1.75bf18p-2f, -0x1.4633dap-2f},
      {0x1.03231ap-4f, 0x1.5c0bfap-7f, 0x1.1a6ba4p-11f, 0x1.4ac88p-17f, 0x1.a876c4p-26f,
       -0x1.55556cp-2f, -0x1.72bd0ap-4f, 0x1.aa376ap-4f},
      {-0x1.8273a2p-6f, -0x1.508636p-8f, -0x1.19ece8p-12f, -0x1.4abb68p-18f, -0x1.a38bcep-27f,
       0x1.725b18p-17f, 0x1.4fa53cp-3f, 0x1.b65dfep-6f},
      {0x1.e06b72p-9f, 0x1.f6484ep-10f, 0x1.bec40cp-14f, 0x1.06a88ap-19f, 0x1.1df8d8p-28f,
       0x1.10b4d6p-3f, -0x1.d87dccp-6f, -0x1.779bd4p-5f},
      {0x1.0abf12p-9f, -0x1.1f6aa2p-11f, -0x1.28a51ep-15f, -0x1.5ee29ap-21f, -0x1.92f678p-30f,
       0x1.923d2ap-10f, -0x1.94092cp-5f, 0x1.37478p-6f},
      {-0x1.0d035cp-9f, 0x1.a9c546p-14f, 0x1.735b42p-17f, 0x1.c2038ap-23f, 0x1.8765a6p-31f,
       -0x1.f79c3ep-5f, 0x1.bfc176p-6f, 0x1.55d478p-9f},
      {0x1.bcea04p-11f, -0x1.51bdf8p-22f, -0x1.613e1ep-19f, -0x1.bb392cp-25f, -0x1.6de8e4p-33f,
       0x1.40c804p-6f, 0x1.0b77b8p-7f, -0x1.c04722p-8f},
  };
};

/// erf(t).
template <int Count>
struct erf_pieces;
template <>
struct erf_pieces<8> {
  // up to 5.625, error 2^-27.9
  static constexpr double offset = 0.375;
  static constexpr bool is_less_one = true;
  alignas(64) static constexpr float node[8] = {0x1.0ec8p+1f, 0x1.9118p+1f, 0x1.28ap+2f,
                                                0x0p+0f,      0x1.014p-2f,  0x1.00cp-1f,
                                                0x1.bdap-1f,  0x1.61p+0f};
  alignas(64) static constexpr float coefficients[9][8] = {
      {0x1.fe946ap-1f, 0x1.fffec6p-1f, 0x1p+0f, 0x0p+0f, 0x1.1c4868p-2f, 0x1.0b279p-1f,
       0x1.9031f2p-1f, 0x1.e5cd4ep-1f},
      {-0x1.f96bd2p-1f, -0x1.fff7f4p-1f, -0x1p+0f, 0x1.06eba8p-3f, 0x1.e6530ap-5f, -0x1.f5c87ap-4f,
       -0x1.e24b04p-2f, -0x1.a9b586p-1f},
      {-0x1.bd5b1ap-6f, -0x1.936642p-13f, -0x1.c9d1bep-30f, 0x1.4e1f8p-37f, -0x1.108598p-2f,
       -0x1.c297e6p-2f, -0x1.d77b16p-2f, -0x1.dbf2c8p-3f},
      {0x1.16f3d6p-5f, 0x1.8ffeap-12f, 0x1.dd959p-26f, -0x1.812746p-2f, -0x1.3bf46cp-2f,
       -0x1.29c2b2p-3f, 0x1.740352p-4f, 0x1.42789ap-3f},
      {-0x1.b9b3bep-6f, -0x1.17aeeap-11f, -0x1.155a9ap-25f, 0x1.b7102ep-24f, 0x1.050e3cp-3f,
       0x1.770dc6p-3f, 0x1.d2bf34p-4f, -0x1.fd6f38p-6f},
      {0x1.9d5aap-7f, 0x1.219f0cp-11f, -0x1.22726ap-24f, 0x1.ce2bc2p-4f, 0x1.46ad2ap-4f,
       0x1.c32aecp-8f, -0x1.12092p-4f, -0x1.ed11b6p-6f},
      {-0x1.b757a4p-10f, -0x1.c997dcp-12f, 0x1.d45df8p-26f, 0x1.cd79ecp-15f, -0x1.4d298ep-5f,
       -0x1.997bfap-5f, -0x1.6752f2p-7f, 0x1.6a7906p-6f},
      {-0x1.131dc2p-9f, 0x1.1bcfcap-12f, 0x1.7ae126p-23f, -0x1.c0b95ep-6f, -0x1.05f9f2p-6f,
       0x1.657edp-8f, 0x1.2b1df2p-6f, -0x1.63c36ap-10f},
      {0x1.5a886p-10f, -0x1.c7d31ep-14f, -0x1.1814d6p-23f, 0x1.528c46p-9f, 0x1.3bed32p-7f,
       0x1.47887ap-7f, -0x1.c32818p-10f, -0x1.142fe6p-8f},
  };
};

/// erfc(t) e^(t^2).
template <int Count>
struct erfc_tail_pieces;
template <>
struct erfc_tail_pieces<8> {
  // up to 11.25, error 2^-27.3
  static constexpr double offset = 0.75;
  static constexpr bool is_less_one = false;
  alignas(64) static constexpr float node[8] = {0x1.c02p+0f,  0x1.5f9p+1f,  0x1.0f88p+2f,
                                                0x1.9074p+2f, 0x1.27b6p+3f, 0x1.0ap-3f,
                                                0x1.00ap-1f,  0x1.fcap-1f};
  alignas(64) static constexpr float coefficients[9][8] = {
      {0x1.23bfp-2f, 0x1.8d1028p-3f, 0x1.09558p-3f, 0x1.6cc844p-4f, 0x1.f144bcp-5f, 0x1.bcd2dap-1f,
       0x1.3ae9cep-1f, 0x1.b7b258p-2f},
      {-0x1.0c20c8p-3f, -0x1.039352p-4f, -0x1.dbbf44p-6f, -0x1.c72d42p-7f, -0x1.a9974p-8f,
       -0x1.ce2e24p-1f, -0x1.060c4ap-1f, -0x1.19dd1ep-2f},
      {0x1.c88c74p-5f, 0x1.44b946p-6f, 0x1.a0ec7cp-8f, 0x1.18b90ap-9f, 0x1.6a37b2p-11f,
       0x1.80cb5cp-1f, 0x1.6f238ap-2f, 0x1.3f61bep-3f},
      {-0x1.6c70f2p-6f, -0x1.867532p-8f, -0x1.65a65ap-10f, -0x1.56697ep-12f, -0x1.32996ep-14f,
       -0x1.12cd28p-1f, -0x1.c5702ep-3f, -0x1.4899f4p-4f},
      {0x1.132718p-7f, 0x1.c4f1bcp-10f, 0x1.2ca8ecp-12f, 0x1.9d27ccp-15f, 0x1.021d3cp-17f,
       0x1.5d1a3cp-2f, 0x1.fb0174p-4f, 0x1.3853fcp-5f},
      {-0x1.8b350ap-9f, -0x1.fc421cp-12f, -0x1.eeed64p-15f, -0x1.ed0258p-18f, -0x1.af3a2p-21f,
       -0x1.9366dp-3f, -0x1.050d76p-4f, -0x1.1583f8p-6f},
      {0x1.0fe2ccp-10f, 0x1.14cfep-13f, 0x1.9127dcp-17f, 0x1.23426ep-20f, 0x1.676d1ep-24f,
       0x1.ae7df8p-4f, 0x1.f5668ap-6f, 0x1.d155f4p-8f},
      {-0x1.79fd1ap-12f, -0x1.2ecf8p-15f, -0x1.58e806p-19f, -0x1.63b6b4p-23f, -0x1.451e48p-27f,
       -0x1.afd7e2p-5f, -0x1.cf2eecp-7f, -0x1.78a9ap-9f},
      {0x1.e0fd38p-14f, 0x1.35b0e6p-17f, 0x1.0a610ap-21f, 0x1.9f4d84p-26f, 0x1.09df4cp-30f,
       0x1.9c2978p-6f, 0x1.8d5664p-8f, 0x1.186a3ap-10f},
  };
};

/// normal_cdf(-t) e^(t^2 / 2).
template <int Count>
struct normal_tail_pieces;
template <>
struct normal_tail_pieces<8> {
  // up to 22.15625, error 2^-26.2
  static constexpr double offset = 1.84375;
  static constexpr bool is_less_one = false;
  alignas(64) static constexpr float node[8] = {0x1.80ead2p-1f, 0x1.a6cp+0f,  0x1.94e8p+1f,
                                                0x1.4a5p+2f,    0x1.04bcp+3f, 0x1.84f2p+3f,
                                                0x1.2288p+4f,   -0x1.99p-4f};
  alignas(64) static constexpr float coefficients[9][8] = {
      {0x1.331e9ap-2f, 0x1.8b0572p-3f, 0x1.dbab06p-4f, 0x1.31dc96p-4f, 0x1.8b4fd4p-5f,
       0x1.0b18f8p-5f, 0x1.66e166p-6f, 0x1.15be48p-1f},
      {-0x1.63410ap-3f, -0x1.496adp-4f, -0x1.02beb8p-5f, -0x1.bbcca2p-7f, -0x1.793c52p-8f,
       -0x1.5afedap-9f, -0x1.3a55f8p-10f, -0x1.cffbf4p-2f},
      {0x1.5b2976p-4f, 0x1.ec1b8p-6f, 0x1.09ae38p-7f, 0x1.38c5a2p-9f, 0x1.6330fcp-11f,
       0x1.bfea2cp-13f, 0x1.1281d4p-14f, 0x1.2ce894p-2f},
      {-0x1.2bad2cp-5f, -0x1.50ae1p-7f, -0x1.036642p-9f, -0x1.ad2c7ep-12f, -0x1.4a27cp-14f,
       -0x1.1f4802p-16f, -0x1.de0f4cp-19f, -0x1.495aa2p-3f},
      {0x1.d512b2p-7f, 0x1.ac3bb8p-9f, 0x1.e45f32p-12f, 0x1.1f29f4p-14f, 0x1.2f1204p-17f,
       0x1.6e3d56p-20f, 0x1.9f0e62p-23f, 0x1.3d5a14p-4f},
      {-0x1.526612p-8f, -0x1.ff7072p-11f, -0x1.b153dp-14f, -0x1.77165p-17f, -0x1.12p-20f,
       -0x1.cfb706p-24f, -0x1.66445ep-27f, -0x1.1422cap-5f},
      {0x1.c3eb5ap-10f, 0x1.215316p-12f, 0x1.767866p-16f, 0x1.df8298p-20f, 0x1.eba1ecp-24f,
       0x1.2410d8p-27f, 0x1.3542fp-31f, 0x1.b993b8p-7f},
      {-0x1.269a58p-11f, -0x1.41ca8p-14f, -0x1.5460fcp-18f, -0x1.3ad266p-22f, -0x1.e11698p-27f,
       -0x1.8035f2p-31f, -0x1.252382p-35f, -0x1.4ce77p-8f},
      {0x1.c2dc7ap-13f, 0x1.47cc3cp-16f, 0x1.15c148p-20f, 0x1.841ea2p-25f, 0x1.a1f85ap-30f,
       0x1.dd9804p-35f, 0x1.f7682p-40f, 0x1.c8725cp-10f},
  };
  /// What the function has beyond the line at each point.
  alignas(64) static constexpr float beyond_line[8] = {
      -0x1.dc87p-28f,  -0x1.dd19ccp-2f, -0x1.2556d6p+0f, -0x1.fbfc74p+0f,
      -0x1.99e526p+1f, -0x1.343f2cp+2f, -0x1.ce380cp+2f, 0x1.2a23a4p-1f};
};

}  // namespace fusor::detail::coefficients
