// SPDX-License-Identifier: BSL-1.0
// Written by docs/coefficients.py.
#pragma once

/// Polynomials of the vector operations; the error is that of the fit, relative.
namespace fusor::detail::coefficients {

/// (log(1 + e) - e) / e^2 over v = e - 1 / 2 in [-1/2, 1/2], lowest power first.
template <class T>
inline constexpr T relaxed_log1p_fraction[1] = {};
// error 2^-24.0
template <>
inline constexpr float relaxed_log1p_fraction<float>[] = {
    -0x1.833704p-2f, 0x1.6f0d4ap-3f,  -0x1.7ddee2p-4f, 0x1.a2a36ep-5f,  -0x1.da67dep-6f,
    0x1.0e77ecp-6f,  -0x1.3f1002p-7f, 0x1.e24b06p-8f,  -0x1.24b298p-8f,
};
// error 2^-55.5
template <>
inline constexpr double relaxed_log1p_fraction<double>[] = {
    -0x1.833704d019edp-2,   0x1.6f0d7bd624bcdp-3,  -0x1.7ddf1fe86aa8bp-4,  0x1.a279c04c81491p-5,
    -0x1.da348248c136cp-6,  0x1.131116f660a62p-6,  -0x1.44ba45b9d5f97p-7,  0x1.84905221be439p-8,
    -0x1.d5fb02e8e4f0bp-9,  0x1.1ebcbf79b310ep-9,  -0x1.60737227c7dc1p-10, 0x1.b3f52ec039017p-11,
    -0x1.0f08dfdc87d0bp-11, 0x1.51de3a7ee466ep-12, -0x1.a7ba1ffdb4dcbp-13, 0x1.11ce2880d86a2p-13,
    -0x1.59d76729768ccp-14, 0x1.5b243c1b4b1a6p-15, -0x1.b7b60cffcd11fp-16, 0x1.2d368f35340b8p-15,
    -0x1.80d9a3ccbf91fp-16,
};

/// normal_cdf(-t) e^(t^2 / 2) over w = 1 - 4 / (t + 2) for t up to 7.25, or 9.25, lowest power
/// first.
template <class T>
inline constexpr T relaxed_normal_tail[1] = {};
// error 2^-19.3
template <>
inline constexpr float relaxed_normal_tail<float>[] = {
    0x1.5845e2p-3f,   -0x1.00f9e4p-2f, 0x1.70d5dap-4f,  0x1.03b464p-9f,  -0x1.2fbp-7f,
    -0x1.9633f4p-10f, 0x1.1fbc38p-10f, 0x1.30f856p-11f, 0x1.526f8ep-14f,
};
// error 2^-54.3
template <>
inline constexpr double relaxed_normal_tail<double>[] = {
    0x1.5845dcad2a54ep-3,   -0x1.00f9da4064408p-2,  0x1.70d8bdcad0474p-4,   0x1.038e2b5098fe7p-9,
    -0x1.30a4ccd24371ap-7,  -0x1.99f2b0eb29e4dp-10, 0x1.38dac98672639p-10,  0x1.66a50e5f4453bp-11,
    0x1.60ffa39dd0fd1p-17,  -0x1.452ac8985a959p-13, -0x1.525bb3c3c14f8p-14, -0x1.af7df1f306722p-19,
    0x1.59fbfd7350ec2p-16,  0x1.d388101192721p-17,  0x1.948623fe36608p-19,  -0x1.318b7c9b756f3p-19,
    -0x1.6429fce2bc1e5p-19, -0x1.4f2f09bd6789bp-20, -0x1.21989482b156fp-26, 0x1.ed38cfa14705ep-22,
    0x1.6cff1f7a2572bp-22,  0x1.1fb6f98b53b97p-24,  -0x1.cf2b2ddc0d71dp-25, -0x1.4212ffcf84145p-25,
    -0x1.f3f525aff2a08p-28,
};

/// normal_cdf(-t), and 0 where it is nothing beside 1.
template <int Count>
struct normal_pieces;
template <>
struct normal_pieces<32> {
  // up to 7.5, error 2^-29.1
  static constexpr double offset = 0.5;
  static constexpr bool is_less_one = false;
  alignas(64) static constexpr float node[32] = {
      0x1.ap+0f,   0x1.e14p+0f,  0x1.10ep+1f,  0x1.3068p+1f, 0x1.5p+1f,    0x1.6f08p+1f,
      0x1.911p+1f, 0x1.b038p+1f, 0x1.e0cp+1f,  0x1.100cp+2f, 0x1.3038p+2f, 0x1.5044p+2f,
      0x1.707p+2f, 0x1.8fep+2f,  0x1.b04cp+2f, 0x1.cf6p+2f,  0x1.48p-5f,   0x1.8p-4f,
      0x1.3cp-3f,  0x1.c78p-3f,  0x1.28cp-2f,  0x1.628p-2f,  0x1.9f8p-2f,  0x1.e1cp-2f,
      0x1.1fep-1f, 0x1.618p-1f,  0x1.a3cp-1f,  0x1.e1p-1f,   0x1.0e4p+0f,  0x1.309p+0f,
      0x1.4f7p+0f, 0x1.6dcp+0f};
  alignas(64) static constexpr float coefficients[6][32] = {
      {0x1.aaa65cp-5f,  0x1.ec8946p-6f,  0x1.0e80aap-6f,  0x1.1d0f1cp-7f,  0x1.1bee6cp-8f,
       0x1.0f332cp-9f,  0x1.c51f28p-11f, 0x1.809c46p-12f, 0x1.6a4734p-14f, 0x1.6579fcp-17f,
       0x1.0c71a2p-20f, 0x1.3f59d2p-24f, 0x1.267b08p-28f, 0x1.c8f9c6p-33f, 0x1.f7cf94p-38f,
       0x0p+0f,         0x1.efa5d2p-2f,  0x1.d9c1fp-2f,   0x1.c13762p-2f,  0x1.a5e26cp-2f,
       0x1.8b401p-2f,   0x1.75598ep-2f,  0x1.5ead88p-2f,  0x1.46ab7ep-2f,  0x1.25dbbp-2f,
       0x1.f5aea4p-3f,  0x1.a6364p-3f,   0x1.63d68ep-3f,  0x1.2a1bdp-3f,   0x1.df921cp-4f,
       0x1.854fb6p-4f,  0x1.3985dap-4f},
      {-0x1.b46178p-4f,  -0x1.172d74p-4f,  -0x1.50d76ep-5f,  -0x1.828d56p-6f,  -0x1.a0f22cp-7f,
       -0x1.ac84c6p-8f,  -0x1.81fap-9f,    -0x1.5d8b38p-10f, -0x1.69aed6p-12f, -0x1.8f0c9p-15f,
       -0x1.4c16fcp-18f, -0x1.b1bdbap-22f, -0x1.b3f4a4p-26f, -0x1.6d9dd2p-30f, -0x1.b2605ep-35f,
       0x0p+0f,          -0x1.983088p-2f,  -0x1.96b9cp-2f,   -0x1.93aecep-2f,  -0x1.8e8968p-2f,
       -0x1.87b7dcp-2f,  -0x1.80c18p-2f,   -0x1.783bf8p-2f,  -0x1.6db844p-2f,  -0x1.5cca02p-2f,
       -0x1.41e1eep-2f,  -0x1.23eb58p-2f,  -0x1.06c2f8p-2f,  -0x1.d3ffdcp-3f,  -0x1.929e76p-3f,
       -0x1.5a4674p-3f,  -0x1.267078p-3f},
      {0x1.628f48p-4f,  0x1.066934p-4f,  0x1.670bd2p-5f,  0x1.cba51cp-6f,  0x1.119f06p-6f,
       0x1.332fdcp-7f,  0x1.2e5828p-8f,  0x1.271334p-9f,  0x1.5385d4p-11f, 0x1.a7d44ap-14f,
       0x1.8a3a86p-17f, 0x1.1c5d4ap-20f, 0x1.38d558p-24f, 0x1.1c6872p-28f, 0x1.6c8f12p-33f,
       0x0p+0f,         0x1.057f18p-7f,  0x1.310b5p-6f,   0x1.f24bc6p-6f,  0x1.628ebep-5f,
       0x1.c6126p-5f,   0x1.0a65fap-4f,  0x1.3152aap-4f,  0x1.581cc2p-4f,  0x1.8837a6p-4f,
       0x1.bc7976p-4f,  0x1.dea51ep-4f,  0x1.edb452p-4f,  0x1.ee0cd8p-4f,  0x1.defea4p-4f,
       0x1.c5b9bp-4f,   0x1.a4ab3p-4f},
      {-0x1.dd4a7ep-6f,  -0x1.d79f74p-6f,  -0x1.8e02f4p-6f,  -0x1.2bf2cap-6f,  -0x1.995892p-7f,
       -0x1.01e738p-7f,  -0x1.1b9c14p-8f,  -0x1.2eff96p-9f,  -0x1.8aead8p-11f, -0x1.1bbe04p-13f,
       -0x1.2a9342p-16f, -0x1.e02466p-20f, -0x1.2309e8p-23f, -0x1.21865p-27f,  -0x1.91ec7ep-32f,
       0x0p+0f,          0x1.0fb0aep-4f,   0x1.0cc46ap-4f,   0x1.06b6f8p-4f,   0x1.f918b6p-5f,
       0x1.de6dc6p-5f,   0x1.c38658p-5f,   0x1.a30dacp-5f,   0x1.7bb30ap-5f,   0x1.3e08cap-5f,
       0x1.c12f38p-6f,   0x1.fe7ffap-7f,   0x1.492152p-8f,   -0x1.1d9e74p-8f,  -0x1.bdf8bp-7f,
       -0x1.4afd68p-6f,  -0x1.98c3fp-6f},
      {-0x1.5681e6p-9f, 0x1.721e1ap-9f,  0x1.704254p-8f,  0x1.95f12p-8f,   0x1.627836p-8f,
       0x1.0b609ap-8f,  0x1.57f55cp-9f,  0x1.9e341cp-10f, 0x1.3faf6p-11f,  0x1.11b2cp-13f,
       0x1.4f3456p-16f, 0x1.33db6p-19f,  0x1.a5509ap-23f, 0x1.d15a06p-27f, 0x1.67bd44p-31f,
       0x0p+0f,         -0x1.055618p-9f, -0x1.3016bcp-8f, -0x1.ee3eap-8f,  -0x1.5ca64p-7f,
       -0x1.b95352p-7f, -0x1.ff6abcp-7f, -0x1.2082ep-6f,  -0x1.3eaa8ep-6f, -0x1.5ea1fcp-6f,
       -0x1.7599cap-6f, -0x1.733562p-6f, -0x1.5c46b6p-6f, -0x1.36665ap-6f, -0x1.f9de8ap-7f,
       -0x1.8414cap-7f, -0x1.0cefbp-7f},
      {0x1.551cd6p-8f,   0x1.ade28ep-9f,   0x1.506a58p-10f,  -0x1.8dcfecp-13f, -0x1.f9a00cp-11f,
       -0x1.2f0862p-10f, -0x1.0600a4p-10f, -0x1.7944a6p-11f, -0x1.683792p-12f, -0x1.75d7bap-14f,
       -0x1.0eb066p-16f, -0x1.1c518p-19f,  -0x1.b87fd2p-23f, -0x1.01bbc8p-26f, -0x1.c096f4p-31f,
       0x0p+0f,          -0x1.45e41cp-7f,  -0x1.3f9f8cp-7f,  -0x1.332f7ep-7f,  -0x1.208be6p-7f,
       -0x1.0876c8p-7f,  -0x1.d8ee42p-8f,  -0x1.98b3eap-8f,  -0x1.515328p-8f,  -0x1.bf045cp-9f,
       -0x1.086c4p-10f,  0x1.4ddb4ap-10f,  0x1.a59cdp-9f,    0x1.349d76p-8f,   0x1.75a7e4p-8f,
       0x1.91efbcp-8f,   0x1.8da576p-8f},
  };
};
template <>
struct normal_pieces<8> {
  // up to 7.5, error 2^-24.3
  static constexpr double offset = 0.5;
  static constexpr bool is_less_one = false;
  alignas(64) static constexpr float node[8] = {0x1.0138p+1f, 0x1.7f88p+1f, 0x1.1fe8p+2f,
                                                0x1.9f6p+2f,  0x1.0c8p-3f,  0x1.78cp-2f,
                                                0x1.7b4p-1f,  0x1.407p+0f};
  alignas(64) static constexpr float coefficients[8][8] = {
      {0x1.6c6538p-6f, 0x1.66254cp-10f, 0x1.cb2e4ep-19f, 0x0p+0f, 0x1.ca9854p-2f, 0x1.6d058cp-2f,
       0x1.d5dfd2p-3f, 0x1.af76dcp-4f},
      {-0x1.b1ee7p-5f, -0x1.25a6f4p-8f, -0x1.0df1a8p-16f, 0x0p+0f, -0x1.950568p-2f, -0x1.7dc84ap-2f,
       -0x1.368124p-2f, -0x1.75443cp-3f},
      {0x1.b3ffb4p-5f, 0x1.b7ef9p-8f, 0x1.32568ep-15f, 0x0p+0f, 0x1.a8cc2cp-6f, 0x1.18ee42p-4f,
       0x1.cbfecep-4f, 0x1.d3389ap-4f},
      {-0x1.b77512p-6f, -0x1.867668p-8f, -0x1.b114d4p-15f, 0x0p+0f, 0x1.095f8p-4f, 0x1.b822fp-5f,
       0x1.75b4c4p-6f, -0x1.1a13e4p-6f},
      {0x1.2d5cacp-8f, 0x1.b6a314p-9f, 0x1.9df136p-15f, 0x0p+0f, -0x1.a65caap-8f, -0x1.0c40ecp-6f,
       -0x1.77d9cep-6f, -0x1.be6ddap-7f},
      {0x1.1d5956p-9f, -0x1.23124cp-10f, -0x1.441206p-15f, 0x0p+0f, -0x1.38e9bep-7f,
       -0x1.c12fc6p-8f, -0x1.68b784p-16f, 0x1.88c048p-8f},
      {-0x1.52ee08p-10f, 0x1.789e2ep-14f, 0x1.cf9af8p-16f, 0x0p+0f, 0x1.170b88p-10f, 0x1.5428ep-9f,
       0x1.8d204ep-9f, 0x1.2c9df2p-11f},
      {0x1.b0ccfcp-14f, 0x1.6db06p-14f, -0x1.6336e6p-17f, 0x0p+0f, 0x1.257498p-10f, 0x1.5b3db4p-11f,
       -0x1.5e7b52p-12f, -0x1.a78e62p-11f},
  };
};
template <>
struct normal_pieces<16> {
  // up to 11.25, error 2^-58.4
  static constexpr double offset = 0.75;
  static constexpr bool is_less_one = false;
  alignas(64) static constexpr double node[16] = {0x1.808p+0,  0x1.fe5p+0, 0x1.413p+1,  0x1.7f48p+1,
                                                  0x1.e13p+1,  0x1.2f9p+2, 0x1.6f94p+2, 0x1.b04p+2,
                                                  0x1.081ep+3, 0x1.47bp+3, 0x1.1bp-4,   0x1.7ap-3,
                                                  0x1.82cp-2,  0x1.406p-1, 0x1.bdcp-1,  0x1.203p+0};
  alignas(64) static constexpr double coefficients[15][16] = {
      {0x1.109b906e57273p-4, 0x1.7a9b958094e4fp-6, 0x1.8c6c15dc8fcd7p-8, 0x1.687252a59edbfp-10,
       0x1.655d68d67f90dp-14, 0x1.1a66dbbf8db71p-20, 0x1.3ed2a98bb79c4p-28, 0x1.fa5cb23f083d3p-38,
       0x1.623544958f7d9p-54, 0x0p+0, 0x1.e3cc1a244e98dp-2, 0x1.b5069cc140d1ep-2,
       0x1.694cd19c2afacp-2, 0x1.101f849ea20fbp-2, 0x1.892f544caaaabp-3, 0x1.0a868651d6aefp-3},
      {-0x1.0879be8158a9cp-3, -0x1.c02765741e9dcp-5, -0x1.1896660ef9776p-6, -0x1.27600accee3c8p-8,
       -0x1.65110555cdbebp-12, -0x1.5ca7e9998cee7p-18, -0x1.d6ec8af2dd5aep-26,
       -0x1.b47d6f2b33222p-35, -0x1.72b98d2c8038p-51, 0x0p+0, -0x1.978b01a9e7097p-2,
       -0x1.919e153f3c0c2p-2, -0x1.7c651c3845335p-2, -0x1.4fe2091b3f856p-2, -0x1.17a7a74fb8adp-2,
       -0x1.b190dc2e12692p-3},
      {0x1.8d3adaa145aafp-4, 0x1.bead443684a3ep-5, 0x1.6009322be99d7p-6, 0x1.ba3bc32ba20f9p-8,
       0x1.4f93f71b9bc5ep-11, 0x1.9d6edbf023983p-17, 0x1.5216adf94a5ep-24, 0x1.7080657a525bp-33,
       0x1.7e6d4e5a573c2p-49, 0x0p+0, 0x1.c286aad6d2676p-7, 0x1.2881b5afaf54fp-5,
       0x1.1f56e0310145ap-4, 0x1.a4588025799e8p-4, 0x1.e6f02b930fcf4p-4, 0x1.e81442dd1d59cp-4},
      {-0x1.badc33d280a24p-6, -0x1.bc38b6353ea62p-6, -0x1.ef5fead3a265bp-7, -0x1.882d2f66a01d3p-8,
       -0x1.86c1343f009f9p-11, -0x1.384d840cd624p-16, -0x1.39d1b81f41e87p-23,
       -0x1.95b5ea7000daap-32, -0x1.02beebfd3267cp-47, 0x0p+0, 0x1.0e65f9dcb25f3p-4,
       0x1.029fbb5e0b2ep-4, 0x1.b2d8106d5ad26p-5, 0x1.107ea104b2ab3p-5, 0x1.690291d4c2914p-7,
       -0x1.3503dce895838p-7},
      {-0x1.8a1fe0830f92bp-8, 0x1.21f21c6e52966p-8, 0x1.82d35b521fe31p-8, 0x1.b7c0a591530dbp-9,
       0x1.374f252d83a3fp-11, 0x1.4fdf833c46f6p-16, 0x1.a66c85b0e2c82p-23, 0x1.472985afe3576p-31,
       0x1.034c17861fc8cp-46, 0x0p+0, -0x1.c1cf24d55e31ep-9, -0x1.2523c51f56ae7p-7,
       -0x1.11ad3d7ad2227p-6, -0x1.6d7c1e498c054p-6, -0x1.6be9a0a378916p-6, -0x1.19e70e1631173p-6},
      {0x1.801b7f3c1324ap-8, 0x1.2ddfadbad4102p-9, -0x1.6c2529a79b7d2p-11, -0x1.2368ceab3656p-10,
       -0x1.5ee48012c2a0bp-12, -0x1.0fc65aa6e4d51p-16, -0x1.b6285fa5a32f2p-23,
       -0x1.9b7f0fbfbe651p-31, -0x1.9c15594f9fb9ep-46, 0x0p+0, -0x1.42ec923ddc8c9p-7,
       -0x1.2b871b9d3eddbp-7, -0x1.b71f2ec95d982p-8, -0x1.2012f21f0ab92p-9, 0x1.22501810da9a9p-9,
       0x1.5a94fe68a929ep-8},
      {-0x1.5cd0cbfcee5f7p-11, -0x1.63393db274585p-10, -0x1.0452e379bd789p-11,
       0x1.c2a25ce6850fep-14, 0x1.11ab567967fa4p-13, 0x1.541febfd6e86ap-17, 0x1.6b18b9907d738p-23,
       0x1.a394624202732p-31, 0x1.089ea9c497b05p-45, 0x0p+0, 0x1.2b6532749809dp-11,
       0x1.8264efed1fff7p-10, 0x1.5b3484f908ebp-9, 0x1.a3e4b3b82ee9ap-9, 0x1.5a0c7d417d73fp-9,
       0x1.554950e32dd7dp-10},
      {-0x1.22f919fd7f1f6p-11, 0x1.d4882d8058afbp-14, 0x1.115639fd327c1p-12, 0x1.6a4c4dd8debd5p-14,
       -0x1.fb673a38382a2p-16, -0x1.4b8452e91a5aep-18, -0x1.eb82468e49041p-24,
       -0x1.63d6e64800767p-31, -0x1.150d62376d8adp-45, 0x0p+0, 0x1.3211b7ff5c746p-10,
       0x1.13138f730469fp-10, 0x1.5746fe7abdb8ep-11, -0x1.9eb4ac96d521dp-16, -0x1.36664e3fd997ep-11,
       -0x1.b7d9458dfa07ep-11},
      {0x1.7001a0114c3f7p-13, 0x1.ec353311d880cp-14, -0x1.df3794b1910f6p-16, -0x1.6fc7889b1c2aep-15,
       0x1.ee160fee8e07dp-23, 0x1.eeaf220143ad5p-20, 0x1.130f77a0f3eedp-24, 0x1.feeaed9997fb4p-32,
       0x1.079c1c6c583d6p-45, 0x0p+0, -0x1.2aeb14e7af281p-14, -0x1.7df74e72f29f8p-13,
       -0x1.4a04632dcf5c4p-12, -0x1.65e19cb01f30ap-12, -0x1.ca1bd29b4549ep-13,
       -0x1.67a44590d0deep-16},
      {0x1.9def8ba16ef5cp-16, -0x1.35243419ef48ep-15, -0x1.2394b40b7725ap-16, 0x1.9f55aebea91fdp-18,
       0x1.7dc097b939e73p-19, -0x1.079218ef642cap-21, -0x1.fef9b5bd505f9p-26,
       -0x1.3a41d557802fdp-32, -0x1.e958d1d98908ap-46, 0x0p+0, -0x1.d9d01ae22fae4p-14,
       -0x1.9c3ae517476d7p-14, -0x1.a73184863dd57p-15, 0x1.b66e34608a0f6p-16, 0x1.4a0d1ec01a8b6p-14,
       0x1.6159c5f8e0239p-14},
      {-0x1.43dd5a3fcbb6dp-16, -0x1.9e10adb88bd4ep-19, 0x1.cf0d58e53cd42p-18, 0x1.12547354ab1ffp-19,
       -0x1.248496e56c3d1p-20, 0x1.2891f7d0738b7p-24, 0x1.875c6c8d85a3ap-27, 0x1.4da46856ead85p-33,
       0x1.4c8e83285d094p-46, 0x0p+0, 0x1.dd81bad7f6948p-18, 0x1.2e0df1ae0be4dp-16,
       0x1.f553132cd6df5p-16, 0x1.e18d7efe4a138p-16, 0x1.a5a820e9de14cp-17, -0x1.fc929bce816ffp-18},
      {0x1.4b1d58eaac133p-21, 0x1.dfb7cf9c1686dp-19, -0x1.462a95fb67fa2p-23, -0x1.1d48cffc19ef5p-20,
       0x1.2b9ffd69448e9p-23, 0x1.65e5e3a75447ep-27, -0x1.e34f7fcc266d8p-29, -0x1.31f6aaceda486p-34,
       -0x1.e79c99d21921cp-48, 0x0p+0, 0x1.34a1e5b4b1f95p-17, 0x1.03afd3d81a95cp-17,
       0x1.a04b382ece644p-19, -0x1.fa1ccf46fa3c9p-19, -0x1.f2cf38928bc5ap-18,
       -0x1.9a8529a1b24f4p-18},
      {0x1.73d83649ec17cp-20, -0x1.829aee3bb2599p-22, -0x1.07b00077c4a87p-21, 0x1.d9d7bcd1fbab8p-24,
       0x1.4e7820d5f7b22p-25, -0x1.4118ae580c363p-27, 0x1.c23e69ac0bedfp-31, 0x1.e7830a40305eap-36,
       0x1.50c00162f13f1p-48, 0x0p+0, -0x1.3dcf199d9764dp-21, -0x1.8e1586a047bfbp-20,
       -0x1.3ceec1422ea4ap-19, -0x1.0975b89e4f745p-19, -0x1.bb12e5acb76bep-22,
       0x1.34279fba0f2c3p-20},
      {-0x1.ac07910986501p-23, -0x1.a43e2d5dc92c4p-23, 0x1.bd1f60827f8a5p-24, 0x1.aa46f9f980069p-25,
       -0x1.61b49bbd24d1cp-26, 0x1.6669cb6331c55p-29, -0x1.cecbfc3c1cbaap-34,
       -0x1.62d089df3374bp-37, -0x1.b1f9626c17f3fp-48, 0x0p+0, -0x1.5a4de4a4df882p-21,
       -0x1.1975fa532a05fp-21, -0x1.41b93ccee9cep-23, 0x1.82223d783b984p-22, 0x1.27438ea69694fp-21,
       0x1.63a853d3a7aa4p-22},
      {-0x1.2aa486e22f765p-24, 0x1.b9dd75d5d1c2fp-25, 0x1.f9e2c4e544806p-27, -0x1.2ebd68ad26da1p-26,
       0x1.7b6904c2acd3dp-29, -0x1.2255d5dd129c2p-32, -0x1.3cbd2ba1e779ep-37, 0x1.96fe3c9dc59e2p-39,
       0x1.69a274d05f561p-49, 0x0p+0, 0x1.4ac0bf39493afp-25, 0x1.c6bf0ce26a1d6p-24,
       0x1.557f7c4236672p-23, 0x1.eaa55c0d63196p-24, -0x1.369cc8cf239b2p-27,
       -0x1.b58bcf4eca46bp-24},
  };
};

}  // namespace fusor::detail::coefficients
