// SPDX-License-Identifier: BSL-1.0
// Written by docs/coefficients.py.
#pragma once

/// Polynomials of the vector operations; the error is that of the fit, relative.
namespace fusor::detail::coefficients {

/// (2^r - 1) / r for |r| <= 1 / 2, lowest power first.
template <class T>
inline constexpr T exp2_tail[1] = {};
// error 2^-26.3
template <>
inline constexpr float exp2_tail<float>[] = {
    0x1.62e43p-1f, 0x1.ebfbep-3f, 0x1.c6af6cp-5f, 0x1.3b2a52p-7f, 0x1.5f0956p-10f, 0x1.441412p-13f,
};
// error 2^-55.4
template <>
inline constexpr double exp2_tail<double>[] = {
    0x1.62e42fefa39efp-1,  0x1.ebfbdff82c598p-3,  0x1.c6b08d704a0c2p-5,  0x1.3b2ab6fba1d76p-7,
    0x1.5d87fe78a524bp-10, 0x1.430913098a106p-13, 0x1.ffcbfc6724283p-17, 0x1.62bfd427a44e9p-20,
    0x1.b524faa21725ep-24, 0x1.e606dee7e5577p-28, 0x1.e9d48637d76acp-32,
};

/// (log2(1 + f) - f / ln(2)) / f^2 for 1 + f in [sqrt(1/2), sqrt(2)], lowest power first.
template <class T>
inline constexpr T log2_tail[1] = {};
// error 2^-24.2
template <>
inline constexpr float log2_tail<float>[] = {
    -0x1.715476p-1f, 0x1.ec709ap-2f,  -0x1.71576ap-2f, 0x1.277b7p-2f,   -0x1.eb41e6p-3f,
    0x1.a3b3c8p-3f,  -0x1.83df38p-3f, 0x1.77e8bcp-3f,  -0x1.c574f6p-4f,
};
// error 2^-53.2
template <>
inline constexpr double log2_tail<double>[] = {
    -0x1.71547652b82ffp-1, 0x1.ec709dc3a03eap-2, -0x1.71547652b7bcdp-2, 0x1.2776c50efbc88p-2,
    -0x1.ec709dc4995dfp-3, 0x1.a61762a62de38p-3, -0x1.715475ea657e2p-3, 0x1.484b13d608a5ep-3,
    -0x1.2776dae560877p-3, 0x1.0c9a9c4b961f1p-3, -0x1.ec6b8f844efa7p-4, 0x1.c685757f743d7p-4,
    -0x1.a66b8bd197d92p-4, 0x1.8ae15695ad546p-4, -0x1.6e86cd3d2906cp-4, 0x1.5009444f56973p-4,
    -0x1.4f08f9da41e42p-4, 0x1.7cd19ded1a936p-4, -0x1.5f3be8be02056p-4, 0x1.365a8db09aac3p-5,
};

/// (log10(1 + f) - f / ln(10)) / f^2 for 1 + f in [sqrt(1/2), sqrt(2)], lowest power first.
template <class T>
inline constexpr T log10_tail[1] = {};
// error 2^-24.2
template <>
inline constexpr float log10_tail<float>[] = {
    -0x1.bcb7bp-3f, 0x1.287a74p-3f,  -0x1.bcbb4p-4f, 0x1.63cbc6p-4f,  -0x1.27c436p-4f,
    0x1.f95f34p-5f, -0x1.d30b5ap-5f, 0x1.c4a3c2p-5f, -0x1.11021cp-5f,
};
// error 2^-53.2
template <>
inline constexpr double log10_tail<double>[] = {
    -0x1.bcb7b1526e50fp-3, 0x1.287a7636f4353p-3, -0x1.bcb7b1526dc65p-4, 0x1.63c6277527806p-4,
    -0x1.287a76378a31cp-4, 0x1.fc3fa61341ee7p-5, -0x1.bcb7b0d4d0407p-5, 0x1.8b4df2f1df0c5p-5,
    -0x1.63c641c0a8abep-5, 0x1.436e6ef3176aap-5, -0x1.28776b000835ap-5, 0x1.11a62bb5c070dp-5,
    -0x1.fca4fd0b613ccp-6, 0x1.db7bb1331759bp-6, -0x1.b9578b17dfa77p-6, 0x1.94a0be28ccd5ap-6,
    -0x1.936c234beecf2p-6, 0x1.ca8d32209699ep-6, -0x1.a6ed8affc6b5cp-6, 0x1.75b3ffc348a63p-7,
};

/// 1 / cbrt(m) for m in [1, 2], lowest power first.
template <class T>
inline constexpr T inverse_cbrt[1] = {};
// error 2^-17.1
template <>
inline constexpr float inverse_cbrt<float>[] = {
    0x1.c713e2p+0f, -0x1.8dd4bep+0f, 0x1.3a267ap+0f, -0x1.2c4b96p-1f, 0x1.37ce9ep-3f, -0x1.0e87p-6f,
};
// error 2^-17.1
template <>
inline constexpr double inverse_cbrt<double>[] = {
    0x1.c713e2847cbe6p+0,  -0x1.8dd4bd7d34771p+0, 0x1.3a267a3d49ad4p+0,
    -0x1.2c4b958d54c08p-1, 0x1.37ce9e9ed0a1dp-3,  -0x1.0e87006cbe6bbp-6,
};

/// (log(1 + f) - f + f^2 / 2) / f^3 for |f| < 0.0335, lowest power first.
template <class T>
inline constexpr T pow_log_tail[1] = {};
// error 2^-23.8
template <>
inline constexpr float pow_log_tail<float>[] = {
    0x1.555554p-2f,
    -0x1.fffffep-3f,
    0x1.99edb8p-3f,
    -0x1.559efp-3f,
};
// error 2^-54.1
template <>
inline constexpr double pow_log_tail<double>[] = {
    0x1.5555555555555p-2,  -0x1.fffffffffff58p-3, 0x1.99999999998ffp-3,
    -0x1.555555573bfeep-3, 0x1.249249265385ep-3,  -0x1.ffffd05e023dap-4,
    0x1.c71c45cee1bd5p-4,  -0x1.9a768fe50423dp-4, 0x1.75290f26d1a3cp-4,
};

/// Where the first sixteenth of an octave begins: 1 is inside one.
inline constexpr double pow_first = 0x1.655556p-1;

/// 1 / m, about, for m in a sixteenth of an octave.
template <class T>
inline constexpr T pow_inverse[1] = {};
template <>
alignas(64) inline constexpr float pow_inverse<float>[] = {
    0x1.66c612p+0f, 0x1.57b864p+0f, 0x1.49e112p+0f, 0x1.3d1c14p+0f, 0x1.314abcp+0f, 0x1.2652c8p+0f,
    0x1.1c1d98p+0f, 0x1.12979ap+0f, 0x1.09afbep+0f, 0x1p+0f,        0x1.e6a74ap-1f, 0x1.cb5d4ep-1f,
    0x1.b2f934p-1f, 0x1.9d0ac2p-1f, 0x1.89374cp-1f, 0x1.7734c4p-1f};
template <>
alignas(64) inline constexpr double pow_inverse<double>[] = {
    0x1.66c612p+0, 0x1.57b864p+0, 0x1.49e112p+0, 0x1.3d1c14p+0, 0x1.314abcp+0, 0x1.2652c8p+0,
    0x1.1c1d98p+0, 0x1.12979ap+0, 0x1.09afbep+0, 0x1p+0,        0x1.e6a74ap-1, 0x1.cb5d4ep-1,
    0x1.b2f934p-1, 0x1.9d0ac2p-1, 0x1.89374cp-1, 0x1.7734c4p-1};

/// -log2 of that, so that its sum with an exponent is exact.
template <class T>
inline constexpr T pow_log_high[1] = {};
template <>
alignas(64) inline constexpr float pow_log_high<float>[] = {
    -0x1.f2ap-2f, -0x1.b348p-2f, -0x1.769p-2f, -0x1.3c4p-2f, -0x1.0428p-2f, -0x1.9c3p-3f,
    -0x1.33ep-3f, -0x1.9e4p-4f,  -0x1.b7p-5f,  0x0p+0f,      0x1.2cp-4f,    0x1.408p-3f,
    0x1.e1cp-3f,  0x1.3d48p-2f,  0x1.85f8p-2f, 0x1.cb38p-2f};
template <>
alignas(64) inline constexpr double pow_log_high<double>[] = {
    -0x1.f29de05b9p-2, -0x1.b34b1806dp-2, -0x1.7692ae7218p-2, -0x1.3c400e964p-2, -0x1.04248af0dp-2,
    -0x1.9c2d4aaa7p-3, -0x1.33e2703efp-3, -0x1.9e4c1bc0dp-4,  -0x1.b6efa8adp-5,  0x0p+0,
    0x1.2c0719e1bp-4,  0x1.4085729f08p-3, 0x1.e1b92bcc5p-3,   0x1.3d4ab14b48p-2, 0x1.85f6247714p-2,
    0x1.cb3938797p-2};

/// What is missing.
template <class T>
inline constexpr T pow_log_low[1] = {};
template <>
alignas(64) inline constexpr float pow_log_low<float>[] = {
    0x1.0fd238p-17f,  -0x1.8c0368p-17f, -0x1.57390cp-17f, -0x1.d2c834p-23f,
    0x1.ba8798p-17f,  0x1.5aaac8p-18f,  -0x1.381f78p-18f, -0x1.83781ap-17f,
    0x1.05753p-17f,   0x0p+0f,          0x1.c6786ep-18f,  0x1.5ca7c2p-17f,
    -0x1.b50cecp-17f, 0x1.58a5a4p-17f,  -0x1.db88ecp-18f, 0x1.387972p-18f};
template <>
alignas(64) inline constexpr double pow_log_low<double>[] = {
    -0x1.244b645c0199ap-42, -0x1.1b73ca92904dep-44,
    -0x1.1ef3151e7e35bp-42, -0x1.980f363d307eap-42,
    0x1.f5e86ae45595p-44,   0x1.431b14d4c5803p-43,
    0x1.6b40a72f55635p-44,  0x1.3ab83dda92899p-43,
    0x1.06c8c45d50da5p-43,  0x0p+0,
    0x1.c9ee816bc8e0dp-42,  0x1.fa8bf9a65900ap-44,
    0x1.8ea642ccb85c6p-43,  -0x1.e891f39f63a5ap-42,
    0x1.15f69d67aac6ap-43,  0x1.5322caae2e5edp-42};

}  // namespace fusor::detail::coefficients
