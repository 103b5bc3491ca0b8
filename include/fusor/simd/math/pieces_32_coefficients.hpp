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
struct tanh_pieces<32> {
  // up to 11.25, error 2^-26.8
  static constexpr double offset = 0.75;
  static constexpr bool is_less_one = false;
  alignas(64) static constexpr float node[32] = {
      0x1.607p+0f,  0x1.9dep+0f,  0x1.e0ep+0f,  0x1.0fb8p+1f, 0x1.3038p+1f, 0x1.4fep+1f,
      0x1.6fbp+1f,  0x1.8ff8p+1f, 0x1.c01p+1f,  0x1.ffc8p+1f, 0x1.1fb8p+2f, 0x1.3fccp+2f,
      0x1.607cp+2f, 0x1.7f9p+2f,  0x1.9f84p+2f, 0x1.bfe4p+2f, 0x1.f0ap+2f,  0x1.17bp+3f,
      0x1.385p+3f,  0x1.585p+3f,  0x0p+0f,      0x1.97p-4f,   0x1.53p-3f,   0x1.cep-3f,
      0x1.36cp-2f,  0x1.bf8p-2f,  0x1.24ap-1f,  0x1.5fcp-1f,  0x1.a24p-1f,  0x1.db4p-1f,
      0x1.104p+0f,  0x1.2ffp+0f};
  alignas(64) static constexpr float coefficients[6][32] = {
      {0x1.c2ab2cp-1f, 0x1.d92964p-1f, 0x1.e8a0b8p-1f, 0x1.f1894cp-1f, 0x1.f73f12p-1f,
       0x1.faa4eap-1f, 0x1.fcbc3ep-1f, 0x1.fe06acp-1f, 0x1.ff1168p-1f, 0x1.ffa7cap-1f,
       0x1.ffdf5ep-1f, 0x1.fff406p-1f, 0x1.fffbbp-1f,  0x1.fffe5ep-1f, 0x1.ffff66p-1f,
       0x1.ffffc8p-1f, 0x1.fffff4p-1f, 0x1.fffffep-1f, 0x1p+0f,        0x1p+0f,
       0x0p+0f,        0x1.95aa7p-4f,  0x1.4feffcp-3f, 0x1.c651c4p-3f, 0x1.2d8cbp-2f,
       0x1.a50848p-2f, 0x1.0870a4p-1f, 0x1.312eap-1f,  0x1.58c4cp-1f,  0x1.75a3a6p-1f,
       0x1.92f076p-1f, 0x1.a8d1d4p-1f},
      {0x1.cd438ep-3f,  0x1.2aec0cp-3f,  0x1.6d6b76p-4f,  0x1.c84ceap-5f,  0x1.15b8bep-5f,
       0x1.54fa8cp-6f,  0x1.a08beep-7f,  0x1.f85aa2p-8f,  0x1.dcc0cap-9f,  0x1.60b992p-10f,
       0x1.05075ep-11f, 0x1.7f3b76p-13f, 0x1.13fd56p-14f, 0x1.a20076p-16f, 0x1.340076p-17f,
       0x1.bff386p-19f, 0x1.86bd2ep-21f, 0x1.b7e414p-24f, 0x1.ca0656p-27f, 0x1.efe53p-30f,
       0x1p+0f,         0x1.fafa56p-1f,  0x1.f2395p-1f,   0x1.e6cddp-1f,   0x1.d3997cp-1f,
       0x1.a97178p-1f,  0x1.776bbep-1f,  0x1.4a17fp-1f,   0x1.17d752p-1f,  0x1.dea9b6p-2f,
       0x1.85c7ecp-2f,  0x1.3f0846p-2f},
      {-0x1.960306p-3f,  -0x1.143f64p-3f,  -0x1.5cbd2ep-4f,  -0x1.bb68eep-5f,  -0x1.10f914p-5f,
       -0x1.51693cp-6f,  -0x1.9de3b2p-7f,  -0x1.f66876p-8f,  -0x1.dbdc56p-9f,  -0x1.6078p-10f,
       -0x1.04f328p-11f, -0x1.7f2d34p-13f, -0x1.13f724p-14f, -0x1.a1f96ep-16f, -0x1.33fbeap-17f,
       -0x1.bfed1ap-19f, -0x1.8662e2p-21f, -0x1.b782a2p-24f, -0x1.c99c88p-27f, -0x1.ef72a4p-30f,
       0x1.aad29p-27f,   -0x1.91afc8p-4f,  -0x1.46e606p-3f,  -0x1.aff63cp-3f,  -0x1.136626p-2f,
       -0x1.5dda9cp-2f,  -0x1.83cc42p-2f,  -0x1.89829ep-2f,  -0x1.78e06cp-2f,  -0x1.5d4fa6p-2f,
       -0x1.32c10ep-2f,  -0x1.08b59ep-2f},
      {0x1.973f2cp-4f,  0x1.374b98p-4f,  0x1.a606f4p-5f,  0x1.16c8eap-5f,  0x1.5f76bep-6f,
       0x1.b8725p-7f,   0x1.10678cp-7f,  0x1.4c5acp-8f,   0x1.3c17a8p-9f,  0x1.d55a3ep-11f,
       0x1.5bcb56p-12f, 0x1.fed99p-14f,  0x1.6fe5a2p-15f, 0x1.16ae44p-16f, 0x1.9ab3ccp-18f,
       0x1.2aa23ep-19f, 0x1.0439ecp-21f, 0x1.25557ep-24f, 0x1.3109b4p-27f, 0x1.4a4256p-30f,
       -0x1.5555bcp-2f, -0x1.480a4ap-2f, -0x1.3156fap-2f, -0x1.14a00ap-2f, -0x1.cd3f4cp-3f,
       -0x1.178fdp-3f,  -0x1.8ff33cp-5f, 0x1.cfc5fcp-7f,  0x1.0ce0a2p-4f,  0x1.7d6ebep-4f,
       0x1.bdf19p-4f,   0x1.c52b1p-4f},
      {-0x1.5ba63ep-6f,  -0x1.9cca5cp-6f,  -0x1.5456acp-6f,  -0x1.ecc74ep-7f,  -0x1.476fbep-7f,
       -0x1.a69c44p-8f,  -0x1.09fc7cp-8f,  -0x1.47fadcp-9f,  -0x1.3ceebap-10f, -0x1.d8e59ep-12f,
       -0x1.5f07p-13f,   -0x1.01fb6ep-14f, -0x1.73bc5ep-16f, -0x1.198794p-17f, -0x1.9ee70cp-19f,
       -0x1.2dc044p-20f, -0x1.0f9144p-22f, -0x1.31986p-25f,  -0x1.3e5526p-28f, -0x1.58a732p-31f,
       0x1.02425cp-14f,  0x1.07b83ep-4f,   0x1.a230fcp-4f,   0x1.0a9d78p-3f,   0x1.3ed4a2p-3f,
       0x1.5b90bp-3f,    0x1.35df06p-3f,   0x1.e9e496p-4f,   0x1.419814p-4f,   0x1.775224p-5f,
       0x1.d38038p-7f,   -0x1.6b7bd8p-8f},
      {-0x1.35ec6ep-7f, 0x1.6aa862p-10f, 0x1.2e488ep-8f,  0x1.25e93ap-8f,  0x1.bfd856p-9f,
       0x1.33f9cap-9f,  0x1.918b4p-10f,  0x1.fbbc78p-11f, 0x1.f2786p-12f,  0x1.7614fep-13f,
       0x1.1567f8p-14f, 0x1.99169ap-16f, 0x1.2c332ap-17f, 0x1.bc0624p-19f, 0x1.46d0e4p-20f,
       0x1.e00018p-22f, 0x1.b46ae8p-24f, 0x1.db915p-27f,  0x1.ff9286p-30f, 0x1.14ef68p-32f,
       0x1.0f5136p-3f,  0x1.f92bfp-4f,   0x1.b51b0ep-4f,  0x1.5a2846p-4f,  0x1.7a25d6p-5f,
       -0x1.87a0dep-8f, -0x1.676558p-5f, -0x1.f8be96p-5f, -0x1.00b07p-4f,  -0x1.b40e02p-5f,
       -0x1.402afep-5f, -0x1.9e3b9cp-6f},
  };
};

/// erf(t).
template <int Count>
struct erf_pieces;
template <>
struct erf_pieces<32> {
  // up to 7.5, error 2^-28.2
  static constexpr double offset = 0.5;
  static constexpr bool is_less_one = true;
  alignas(64) static constexpr float node[32] = {
      0x1.a28p+0f,  0x1.dffp+0f,  0x1.0ec8p+1f, 0x1.2fb8p+1f, 0x1.5068p+1f, 0x1.7128p+1f,
      0x1.9118p+1f, 0x1.af18p+1f, 0x1.df38p+1f, 0x1.10ap+2f,  0x1.30ap+2f,  0x1.50ap+2f,
      0x1.70ap+2f,  0x1.90ap+2f,  0x1.b0ap+2f,  0x1.d0ap+2f,  0x0p+0f,      0x1.81p-4f,
      0x1.48p-3f,   0x1.b2p-3f,   0x1.214p-2f,  0x1.598p-2f,  0x1.9dcp-2f,  0x1.db8p-2f,
      0x1.21ap-1f,  0x1.5fcp-1f,  0x1.a4p-1f,   0x1.deep-1f,  0x1.117p+0f,  0x1.2fdp+0f,
      0x1.51dp+0f,  0x1.6f7p+0f};
  alignas(64) static constexpr float coefficients[6][32] = {
      {0x1.f55bf6p-1f, 0x1.fbe50cp-1f, 0x1.fe946ap-1f, 0x1.ff9838p-1f, 0x1.ffe58ep-1f,
       0x1.fffa1p-1f,  0x1.fffec6p-1f, 0x1.ffffcp-1f,  0x1.fffffcp-1f, 0x1p+0f,
       0x1p+0f,        0x1p+0f,        0x1p+0f,        0x1p+0f,        0x1p+0f,
       0x1p+0f,        0x0p+0f,        0x1.b12666p-4f, 0x1.6ef7d8p-3f, 0x1.e27bcep-3f,
       0x1.3de82ap-2f, 0x1.778d98p-2f, 0x1.baa85ep-2f, 0x1.f45a0cp-2f, 0x1.270e22p-1f,
       0x1.56653cp-1f, 0x1.820b12p-1f, 0x1.a0cde2p-1f, 0x1.bcfa08p-1f, 0x1.d03d94p-1f,
       0x1.e03f32p-1f, 0x1.ea4de8p-1f},
      {-0x1.d816d2p-1f, -0x1.eecf0ep-1f, -0x1.f96bd2p-1f, -0x1.fded5cp-1f, -0x1.ff6c08p-1f,
       -0x1.ffdbe4p-1f, -0x1.fff7f4p-1f, -0x1.fffe4p-1f,  -0x1.ffffe2p-1f, -0x1p+0f,
       -0x1p+0f,        -0x1p+0f,        -0x1p+0f,        -0x1p+0f,        -0x1p+0f,
       -0x1p+0f,        0x1.06eba8p-3f,  0x1.e52ffap-4f,  0x1.98cc58p-4f,  0x1.42e078p-4f,
       0x1.56c9eep-5f,  0x1.c886ep-8f,   -0x1.54ae08p-5f, -0x1.72a06p-4f,  -0x1.71e7cp-3f,
       -0x1.2f4452p-2f, -0x1.b275eep-2f, -0x1.0f1dbp-1f,  -0x1.476442p-1f, -0x1.72ba48p-1f,
       -0x1.9aba3ap-1f, -0x1.b65f78p-1f},
      {-0x1.04fb4ap-3f,  -0x1.01d5ecp-4f,  -0x1.bd5aacp-6f,  -0x1.3ac54cp-7f,  -0x1.84dc18p-9f,
       -0x1.a08e2ap-11f, -0x1.9355aap-13f, -0x1.79c9d4p-15f, -0x1.cc5142p-19f, -0x1.0be6bp-24f,
       -0x1.a115e2p-31f, -0x1.83794cp-38f, -0x1.ad9fb8p-46f, -0x1.1bf096p-54f, -0x1.be3b72p-64f,
       -0x1.9ee852p-74f, 0x1.a9b786p-28f,  -0x1.ae9ad2p-4f,  -0x1.68bc5cp-3f,  -0x1.d43608p-3f,
       -0x1.2d5a7cp-2f,  -0x1.5be822p-2f,  -0x1.8c8b1cp-2f,  -0x1.b07972p-2f,  -0x1.daa07ep-2f,
       -0x1.ef26e6p-2f,  -0x1.e39b3ep-2f,  -0x1.c29958p-2f,  -0x1.8a5db8p-2f,  -0x1.4f50a2p-2f,
       -0x1.0b4648p-2f,  -0x1.a6b574p-3f},
      {0x1.ce75aap-4f,  0x1.1468bap-4f,  0x1.16f816p-5f,  0x1.c5bb04p-7f,  0x1.3bfdccp-8f,
       0x1.784108p-10f, 0x1.8fa68p-12f,  0x1.95bfaap-14f, 0x1.17453p-17f,  0x1.719b64p-23f,
       0x1.43a1a8p-29f, 0x1.4e643cp-36f, 0x1.991858p-44f, 0x1.28d55ap-52f, 0x1.ff30bcp-62f,
       0x1.04f2bcp-71f, -0x1.81277ap-2f, -0x1.770518p-2f, -0x1.642468p-2f, -0x1.4f2a58p-2f,
       -0x1.2ade0cp-2f, -0x1.097424p-2f, -0x1.b8a4acp-3f, -0x1.6121acp-3f, -0x1.92c7f6p-4f,
       -0x1.aebdd2p-7f, 0x1.0fd404p-4f,  0x1.e17ff6p-4f,  0x1.3b7eb8p-3f,  0x1.563962p-3f,
       0x1.4f3a58p-3f,  0x1.324e46p-3f},
      {-0x1.95d68ep-5f,  -0x1.59a56ep-5f,  -0x1.ba33fp-6f,   -0x1.b3592p-7f,   -0x1.61503cp-8f,
       -0x1.dedac8p-10f, -0x1.1c0652p-11f, -0x1.3bfa5ap-13f, -0x1.0c89d4p-16f, -0x1.b5e5e8p-22f,
       -0x1.cab766p-28f, -0x1.19e44cp-34f, -0x1.99a5e4p-42f, -0x1.61e2fep-50f, -0x1.6cf46p-59f,
       -0x1.c2af6ep-69f, 0x1.0189c2p-15f,  0x1.abe548p-5f,   0x1.62719ep-4f,   0x1.c6152cp-4f,
       0x1.1d3718p-3f,   0x1.416c0ap-3f,   0x1.6142fcp-3f,   0x1.7232d6p-3f,   0x1.74ec3ap-3f,
       0x1.5300c8p-3f,   0x1.0a8018p-3f,   0x1.779234p-4f,   0x1.7a16b8p-5f,   0x1.4a9abcp-7f,
       -0x1.565a12p-6f,  -0x1.3ad6a8p-5f},
      {-0x1.153ebp-9f,  0x1.746c1ep-7f,  0x1.98ce98p-7f,  0x1.12276ap-7f,  0x1.14d322p-8f,
       0x1.c121cap-10f, 0x1.2f336ep-11f, 0x1.5ddbdp-13f,  0x1.4c1fecp-16f, 0x1.57cbcp-21f,
       0x1.98ded6p-27f, 0x1.17f954p-33f, 0x1.bee4ep-41f,  0x1.a3352ep-49f, 0x1.d103b4p-58f,
       0x1.326386p-67f, 0x1.cc70a2p-4f,  0x1.b9efe2p-4f,  0x1.96ca9ap-4f,  0x1.6688e6p-4f,
       0x1.27314cp-4f,  0x1.c2dd72p-5f,  0x1.27b3ap-5f,   0x1.16f772p-6f,  -0x1.674bbp-7f,
       -0x1.54bcc8p-5f, -0x1.fa8e06p-5f, -0x1.1cc0e4p-4f, -0x1.0efccp-4f,  -0x1.c0b576p-5f,
       -0x1.3ded5ap-5f, -0x1.71200ap-6f},
  };
};

/// erfc(t) e^(t^2).
template <int Count>
struct erfc_tail_pieces;
template <>
struct erfc_tail_pieces<32> {
  // up to 11.25, error 2^-28.3
  static constexpr double offset = 0.75;
  static constexpr bool is_less_one = false;
  alignas(64) static constexpr float node[32] = {
      0x1.613p+0f,  0x1.a23p+0f, 0x1.dffp+0f,  0x1.1098p+1f, 0x1.3138p+1f, 0x1.4ec8p+1f,
      0x1.70dp+1f,  0x1.90cp+1f, 0x1.c08p+1f,  0x1.0088p+2f, 0x1.1fbcp+2f, 0x1.3f9cp+2f,
      0x1.609p+2f,  0x1.7f6p+2f, 0x1.9f78p+2f, 0x1.c01p+2f,  0x1.f004p+2f, 0x1.181ep+3f,
      0x1.3804p+3f, 0x1.58p+3f,  0x1.9cp-6f,   0x1.84p-4f,   0x1.378p-3f,  0x1.c98p-3f,
      0x1.434p-2f,  0x1.b7cp-2f, 0x1.1ecp-1f,  0x1.64p-1f,   0x1.a44p-1f,  0x1.df6p-1f,
      0x1.10bp+0f,  0x1.30bp+0f};
  alignas(64) static constexpr float coefficients[6][32] = {
      {0x1.5ea956p-2f, 0x1.343e18p-2f, 0x1.13ed02p-2f, 0x1.f01198p-3f, 0x1.c20596p-3f,
       0x1.9ece14p-3f, 0x1.7c47d8p-3f, 0x1.608f5p-3f,  0x1.3db60ep-3f, 0x1.180682p-3f,
       0x1.f623f2p-4f, 0x1.c5faeap-4f, 0x1.9ce6dp-4f,  0x1.7c9dbep-4f, 0x1.5fe63cp-4f,
       0x1.46d0fap-4f, 0x1.27c05cp-4f, 0x1.064e06p-4f, 0x1.d78e82p-5f, 0x1.ac1a26p-5f,
       0x1.f1ca34p-1f, 0x1.cd8f5ap-1f, 0x1.b2be1p-1f,  0x1.94c26cp-1f, 0x1.72a998p-1f,
       0x1.4eb63ap-1f, 0x1.2c1bacp-1f, 0x1.0e385cp-1f, 0x1.ed90eep-2f, 0x1.c8560ep-2f,
       0x1.a44232p-2f, 0x1.85d7f4p-2f},
      {-0x1.77c6aap-3f, -0x1.28ceecp-3f, -0x1.e37e28p-4f, -0x1.8c0d7p-4f,  -0x1.497e88p-4f,
       -0x1.1a2fd8p-4f, -0x1.ddea92p-5f, -0x1.9d291ap-5f, -0x1.51d768p-5f, -0x1.0845f2p-5f,
       -0x1.aafb6ap-6f, -0x1.5e5372p-6f, -0x1.22a946p-6f, -0x1.ef0be8p-7f, -0x1.a7eeb8p-7f,
       -0x1.6e31dcp-7f, -0x1.2c663p-7f,  -0x1.d9615ep-8f, -0x1.7eeeb4p-8f, -0x1.3be37cp-8f,
       -0x1.1458fp+0f,  -0x1.ea4942p-1f, -0x1.bd7b58p-1f, -0x1.8ce48ep-1f, -0x1.57b698p-1f,
       -0x1.224026p-1f, -0x1.e325d6p-2f, -0x1.93e914p-2f, -0x1.5938aap-2f, -0x1.2cf1bp-2f,
       -0x1.04274ep-2f, -0x1.c6f9dp-3f},
      {0x1.6dc656p-4f,  0x1.07453ap-4f, 0x1.8a8b48p-5f,  0x1.29608ep-5f,  0x1.c96df8p-6f,
       0x1.6e399p-6f,   0x1.2028b8p-6f, 0x1.d2c446p-7f,  0x1.5c516cp-7f,  0x1.e68506p-8f,
       0x1.63a82p-8f,   0x1.09b73ap-8f, 0x1.935206p-9f,  0x1.3df074p-9f,  0x1.f9388cp-10f,
       0x1.9679e6p-10f, 0x1.2ec0ap-10f, 0x1.a8847ep-11f, 0x1.3566b2p-11f, 0x1.d03bdcp-12f,
       0x1.e3e43ap-1f,  0x1.9f1de8p-1f, 0x1.6efc1cp-1f,  0x1.3c191ep-1f,  0x1.06293cp-1f,
       0x1.a4219p-2f,   0x1.49ap-2f,    0x1.0398a4p-2f,  0x1.a46a92p-3f,  0x1.5d2304p-3f,
       0x1.1e4b22p-3f,  0x1.dc5ce8p-4f},
      {-0x1.49365ep-5f,  -0x1.b42064p-6f,  -0x1.2f14c2p-6f,  -0x1.a7754ep-7f,  -0x1.2ef67p-7f,
       -0x1.c7b8fcp-8f,  -0x1.4ec944p-8f,  -0x1.fe068cp-9f,  -0x1.5d06a4p-9f,  -0x1.b57e3p-10f,
       -0x1.22864ap-10f, -0x1.8c829cp-11f, -0x1.13f202p-11f, -0x1.937db6p-12f, -0x1.29e94ep-12f,
       -0x1.bf1364p-13f, -0x1.2ecfbep-13f, -0x1.7a641cp-14f, -0x1.f18112p-15f, -0x1.53b7ecp-15f,
       -0x1.685a46p-1f,  -0x1.2ca464p-1f,  -0x1.03c6c4p-1f,  -0x1.b309eep-2f,  -0x1.5bf034p-2f,
       -0x1.0ab92ep-2f,  -0x1.8e0d9p-3f,   -0x1.29e04p-3f,   -0x1.cc7afcp-4f,  -0x1.6eaa5p-4f,
       -0x1.1f2256p-4f,  -0x1.c95202p-5f},
      {0x1.16288cp-6f,  0x1.557ab6p-7f,  0x1.bac61ap-8f,  0x1.2041e6p-8f,  0x1.81814cp-9f,
       0x1.1164b4p-9f,  0x1.7881c2p-10f, 0x1.0e9344p-10f, 0x1.5615cep-11f, 0x1.823f7p-12f,
       0x1.d350dcp-13f, 0x1.23f43ap-13f, 0x1.755d18p-14f, 0x1.fb0a9ap-15f, 0x1.5c54f8p-15f,
       0x1.e80dbp-16f,  0x1.2e0bbp-16f,  0x1.508a1ep-17f, 0x1.8f42e8p-18f, 0x1.f07366p-19f,
       0x1.daf636p-2f,  0x1.82c922p-2f,  0x1.4793cp-2f,   0x1.0b95d8p-2f,  0x1.9f091ap-3f,
       0x1.31ec26p-3f,  0x1.b4d1fcp-4f,  0x1.385e8cp-4f,  0x1.cf4446p-5f,  0x1.634e2ap-5f,
       0x1.0af70cp-5f,  0x1.98c1c2p-6f},
      {-0x1.be5ba2p-8f,  -0x1.0122ccp-8f,  -0x1.33ce8cp-9f,  -0x1.7a3f38p-10f, -0x1.de26bcp-11f,
       -0x1.383496p-11f, -0x1.9d4a84p-12f, -0x1.18c118p-12f, -0x1.471936p-13f, -0x1.4fb9dp-14f,
       -0x1.6eae08p-15f, -0x1.a42372p-16f, -0x1.f537b8p-17f, -0x1.38150ap-17f, -0x1.903f5ep-18f,
       -0x1.07e11p-18f,  -0x1.29b596p-19f, -0x1.290676p-20f, -0x1.3df648p-21f, -0x1.685b16p-22f,
       -0x1.16e30ep-2f,  -0x1.c5119p-3f,   -0x1.73cdb4p-3f,  -0x1.2ff646p-3f,  -0x1.c836c6p-4f,
       -0x1.3bd40ap-4f,  -0x1.b74de6p-5f,  -0x1.34c046p-5f,  -0x1.b93614p-6f,  -0x1.40377ap-6f,
       -0x1.d32c8ap-7f,  -0x1.58eb76p-7f},
  };
};

/// normal_cdf(-t) e^(t^2 / 2).
template <int Count>
struct normal_tail_pieces;
template <>
struct normal_tail_pieces<32> {
  // up to 24.375, error 2^-27.7
  static constexpr double offset = 1.625;
  static constexpr bool is_less_one = false;
  alignas(64) static constexpr float node[32] = {
      0x1.f7p-2f,   0x1.80ead2p-1f, 0x1.017p+0f,  0x1.407p+0f,  0x1.81ep+0f,  0x1.c1cp+0f,
      0x1.ffbp+0f,  0x1.1fp+1f,     0x1.503p+1f,  0x1.8f1p+1f,  0x1.cef8p+1f, 0x1.082cp+2f,
      0x1.27fcp+2f, 0x1.4894p+2f,   0x1.6848p+2f, 0x1.87ap+2f,  0x1.b808p+2f, 0x1.f82p+2f,
      0x1.1bdap+3f, 0x1.3bbap+3f,   0x1.5beep+3f, 0x1.7bdep+3f, 0x1.9c02p+3f, 0x1.bc1ep+3f,
      0x1.ebf4p+3f, 0x1.15e5p+4f,   0x1.361bp+4f, 0x1.5613p+4f, 0x1.75e3p+4f, 0x1.03p-4f,
      0x1.938p-3f,  0x1.3cp-2f};
  alignas(64) static constexpr float coefficients[6][32] = {
      {0x1.68094cp-2f, 0x1.331e9ap-2f, 0x1.0b117ep-2f, 0x1.d835fp-3f,  0x1.a416aep-3f,
       0x1.7a4f5ep-3f, 0x1.586e08p-3f, 0x1.3b886cp-3f, 0x1.161072p-3f, 0x1.e1a4fcp-4f,
       0x1.a721eep-4f, 0x1.77dda8p-4f, 0x1.52b69ap-4f, 0x1.335f4ap-4f, 0x1.19de52p-4f,
       0x1.046abap-4f, 0x1.d1daf2p-5f, 0x1.9882e6p-5f, 0x1.6beb34p-5f, 0x1.47ef28p-5f,
       0x1.2a1928p-5f, 0x1.1164e4p-5f, 0x1.f8a73cp-6f, 0x1.d48ce2p-6f, 0x1.a76322p-6f,
       0x1.77187ep-6f, 0x1.5059b8p-6f, 0x1.310f4p-6f,  0x1.1733aap-6f, 0x1.e7289cp-2f,
       0x1.b87f88p-2f, 0x1.96d2e8p-2f},
      {-0x1.cf5384p-3f, -0x1.63410ap-3f,  -0x1.17e5d8p-3f,  -0x1.c3ed46p-4f,  -0x1.6fa5eep-4f,
       -0x1.30cf6ep-4f, -0x1.013072p-4f,  -0x1.b63312p-5f,  -0x1.5ad4d4p-5f,  -0x1.08e99ep-5f,
       -0x1.9e7c1p-6f,  -0x1.4a723ep-6f,  -0x1.0e67cp-6f,   -0x1.c0112ap-7f,  -0x1.7a8d2cp-7f,
       -0x1.4451cep-7f, -0x1.049c7cp-7f,  -0x1.927c2ap-8f,  -0x1.405a9ep-8f,  -0x1.04b25p-8f,
       -0x1.af8b56p-9f, -0x1.6b701ap-9f,  -0x1.35e426p-9f,  -0x1.0b5982p-9f,  -0x1.b4fce2p-10f,
       -0x1.574ap-10f,  -0x1.1434f6p-10f, -0x1.c69f38p-11f, -0x1.7cf36ep-11f, -0x1.79b672p-2f,
       -0x1.41bab2p-2f, -0x1.1af93ep-2f},
      {0x1.ec7b16p-4f,  0x1.5b295ap-4f,  0x1.f9556ap-5f,  0x1.7abd78p-5f,  0x1.1e0312p-5f,
       0x1.ba3c8ep-6f,  0x1.5d970cp-6f,  0x1.179b28p-6f,  0x1.92a19p-7f,   0x1.12c106p-7f,
       0x1.82b97ap-8f,  0x1.16f844p-8f,  0x1.a12dacp-9f,  0x1.3d2c46p-9f,  0x1.efba4p-10f,
       0x1.8b1cd4p-10f, 0x1.1e5d1ap-10f, 0x1.86f054p-11f, 0x1.16c716p-11f, 0x1.9a955cp-12f,
       0x1.35e7aap-12f, 0x1.dfe95ep-13f, 0x1.7a68a4p-13f, 0x1.2f9448p-13f, 0x1.c12f16p-14f,
       0x1.392abep-14f, 0x1.c47474p-15f, 0x1.520728p-15f, 0x1.036bfp-15f,  0x1.cf465ep-3f,
       0x1.791c4cp-3f,  0x1.3f7ffcp-3f},
      {-0x1.c88176p-5f,  -0x1.2bacbp-5f,   -0x1.979b7p-6f,   -0x1.1e84f2p-6f,  -0x1.95927ep-7f,
       -0x1.26ddacp-7f,  -0x1.b80142p-8f,  -0x1.4ca0fp-8f,   -0x1.b7c2bep-9f,  -0x1.0ebe1p-9f,
       -0x1.599234p-10f, -0x1.c6162ep-11f, -0x1.37dafp-11f,  -0x1.b50954p-12f, -0x1.3d0462p-12f,
       -0x1.d77ba6p-13f, -0x1.354cccp-13f, -0x1.769012p-14f, -0x1.dfd31ep-15f, -0x1.405c64p-15f,
       -0x1.b9ae14p-16f, -0x1.3ac82ep-16f, -0x1.cb7944p-17f, -0x1.570834p-17f, -0x1.cbdcfcp-18f,
       -0x1.1cc76cp-18f, -0x1.71a07cp-19f, -0x1.f599aap-20f, -0x1.60b128p-20f, -0x1.e4164ep-4f,
       -0x1.7b6fb2p-4f,  -0x1.37919ap-4f},
      {0x1.7d53a6p-6f,  0x1.d624cep-7f,  0x1.2d049p-7f,   0x1.8f9cc6p-8f,  0x1.0acf7cp-8f,
       0x1.6f0186p-9f,  0x1.03d19p-9f,   0x1.7516b4p-10f, 0x1.c99868p-11f, 0x1.ffd724p-12f,
       0x1.29f762p-12f, 0x1.666a1p-13f,  0x1.c5fff8p-14f, 0x1.263402p-14f, 0x1.8d4a86p-15f,
       0x1.1446c2p-15f, 0x1.4a60bcp-16f, 0x1.63ac58p-17f, 0x1.99e5bep-18f, 0x1.f0dc8ap-19f,
       0x1.391f02p-19f, 0x1.9b1f12p-20f, 0x1.15e4c4p-20f, 0x1.8254f6p-21f, 0x1.d748d8p-22f,
       0x1.032c3cp-22f, 0x1.2e29b4p-23f, 0x1.745dbcp-24f, 0x1.dfb60ap-25f, 0x1.c05324p-5f,
       0x1.53f09ep-5f,  0x1.0f9d06p-5f},
      {-0x1.1ea11p-7f,   -0x1.542b1cp-8f,  -0x1.9f0548p-9f,  -0x1.03dd22p-9f,  -0x1.4bc448p-10f,
       -0x1.b144fp-11f,  -0x1.210f8cp-11f, -0x1.88988p-12f,  -0x1.c4d7a6p-13f, -0x1.caf452p-14f,
       -0x1.ea536cp-15f, -0x1.123776p-15f, -0x1.40d10cp-16f, -0x1.84d776p-17f, -0x1.e84a5p-18f,
       -0x1.3bfd52p-18f, -0x1.59a082p-19f, -0x1.4c691p-20f,  -0x1.5878e4p-21f, -0x1.7b4ec8p-22f,
       -0x1.b73498p-23f, -0x1.09c976p-23f, -0x1.4dc03ap-24f, -0x1.b0ea24p-25f, -0x1.de6f96p-26f,
       -0x1.d3847p-27f,  -0x1.ebfecep-28f, -0x1.13673ep-28f, -0x1.4471b8p-29f, -0x1.78ba8cp-6f,
       -0x1.19f838p-6f,  -0x1.acad2p-7f},
  };
  /// What the function has beyond the line at each point.
  alignas(64) static constexpr float beyond_line[32] = {
      0x1.3ebc98p-3f,  -0x1.dc87p-28f,  -0x1.1f7c26p-3f, -0x1.133d2ap-2f, -0x1.95b91ep-2f,
      -0x1.084566p-1f, -0x1.4228fcp-1f, -0x1.7b1a3ep-1f, -0x1.d2f62ap-1f, -0x1.204d94p+0f,
      -0x1.56f328p+0f, -0x1.8e10d2p+0f, -0x1.c32734p+0f, -0x1.f91fc2p+0f, -0x1.16a78ap+1f,
      -0x1.305562p+1f, -0x1.57d0aep+1f, -0x1.8bd9bep+1f, -0x1.bf467cp+1f, -0x1.f2b3e6p+1f,
      -0x1.134762p+2f, -0x1.2cf44cp+2f, -0x1.46c36cp+2f, -0x1.608624p+2f, -0x1.86de32p+2f,
      -0x1.b9fd84p+2f, -0x1.ed8afap+2f, -0x1.105704p+3f, -0x1.29c5ecp+3f, 0x1.cd53bep-2f,
      0x1.6802f6p-2f,  0x1.18c212p-2f};
};

}  // namespace fusor::detail::coefficients
