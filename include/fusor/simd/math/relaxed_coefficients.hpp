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

/// normal_cdf(-t), and 0 from 7 up.
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
                                                0x1.9fbcp+2f, 0x1.0c8p-3f,  0x1.78cp-2f,
                                                0x1.7b4p-1f,  0x1.407p+0f};
  alignas(64) static constexpr float coefficients[8][8] = {
      {0x1.6c6538p-6f, 0x1.66254cp-10f, 0x1.cb2e4ep-19f, 0x1.6b212cp-35f, 0x1.ca9854p-2f,
       0x1.6d058cp-2f, 0x1.d5dfd2p-3f, 0x1.af76dcp-4f},
      {-0x1.b1ee7p-5f, -0x1.25a6f4p-8f, -0x1.0df1a8p-16f, -0x1.2f0316p-32f, -0x1.950568p-2f,
       -0x1.7dc84ap-2f, -0x1.368124p-2f, -0x1.75443cp-3f},
      {0x1.b3ffb4p-5f, 0x1.b7ef9p-8f, 0x1.32568ep-15f, 0x1.4d68dcp-30f, 0x1.a8cc2cp-6f,
       0x1.18ee42p-4f, 0x1.cbfecep-4f, 0x1.d3389ap-4f},
      {-0x1.b77512p-6f, -0x1.867668p-8f, -0x1.b114d4p-15f, -0x1.151648p-29f, 0x1.095f8p-4f,
       0x1.b822fp-5f, 0x1.75b4c4p-6f, -0x1.1a13e4p-6f},
      {0x1.2d5cacp-8f, 0x1.b6a314p-9f, 0x1.9df136p-15f, 0x1.b3643p-32f, -0x1.a65caap-8f,
       -0x1.0c40ecp-6f, -0x1.77d9cep-6f, -0x1.be6ddap-7f},
      {0x1.1d5956p-9f, -0x1.23124cp-10f, -0x1.441206p-15f, -0x1.3d3014p-29f, -0x1.38e9bep-7f,
       -0x1.c12fc6p-8f, -0x1.68b784p-16f, 0x1.88c048p-8f},
      {-0x1.52ee08p-10f, 0x1.789e2ep-14f, 0x1.cf9af8p-16f, 0x1.1318c8p-27f, 0x1.170b88p-10f,
       0x1.5428ep-9f, 0x1.8d204ep-9f, 0x1.2c9df2p-11f},
      {0x1.b0ccfcp-14f, 0x1.6db06p-14f, -0x1.6336e6p-17f, -0x1.5d2a92p-28f, 0x1.257498p-10f,
       0x1.5b3db4p-11f, -0x1.5e7b52p-12f, -0x1.a78e62p-11f},
  };
};

}  // namespace fusor::detail::coefficients
