// SPDX-License-Identifier: BSL-1.0
// Written by docs/coefficients.py.
#pragma once

#include <cstdint>

/// Polynomials of the vector operations; the error is that of the fit, relative.
namespace fusor::detail::coefficients {

/// e^r by `count` steps of 2: in `bits` those of 2^(i / count) e^c, less those that i adds
/// where it is moved to the exponent, where c is such that all are nearly floats; in `tail`
/// the coefficients of e^(r - c) - 1 for |r| <= ln(2) / (2 count), lowest power first, such
/// that e^0 is 1 exactly; in `low` the first of them together with what step i lacks,
/// relative, if that matters.
template <int Count>
struct exp_steps;
template <>
struct exp_steps<16> {
  // error 2^-25.9
  alignas(64) static constexpr std::int32_t bits[16] = {
      0x3f814a37, 0x3f7f0399, 0x3f7cfddc, 0x3f7b3bdf, 0x3f79c0a2, 0x3f788f47,
      0x3f77ab13, 0x3f771771, 0x3f76d7f2, 0x3f76f04f, 0x3f77646d, 0x3f78385b,
      0x3f797057, 0x3f7b10d0, 0x3f7d1e65, 0x3f7f9deb};
  // error 2^-29.6
  static constexpr float tail[] = {-0x1.46ebaap-7f, 0x1.fae452p-1f, 0x1.fae97p-2f, 0x1.51ef98p-3f};
  alignas(64) static constexpr float low[16] = {
      -0x1.46eb9ep-7f, -0x1.46eb88p-7f, -0x1.46eba8p-7f, -0x1.46ebaap-7f,
      -0x1.46ebaap-7f, -0x1.46ebc2p-7f, -0x1.46ebap-7f,  -0x1.46ebbp-7f,
      -0x1.46ebccp-7f, -0x1.46eb8ap-7f, -0x1.46ebb6p-7f, -0x1.46ebbp-7f,
      -0x1.46eb88p-7f, -0x1.46ebcap-7f, -0x1.46ebbcp-7f, -0x1.46eb96p-7f};
};
template <>
struct exp_steps<8> {
  // error 2^-27.6
  alignas(64) static constexpr std::int32_t bits[8] = {0x3f837892, 0x3f7f5ec0, 0x3f7c58a2,
                                                       0x3f7a7f2c, 0x3f79ed94, 0x3f7ac187,
                                                       0x3f7d1b61, 0x3f811e6c};
  // error 2^-33.5
  static constexpr float tail[] = {-0x1.b08e38p-6f, 0x1.f27b8ep-1f, 0x1.f27b8ep-2f, 0x1.4c5c66p-3f,
                                   0x1.4c590ep-5f};
};

/// The same for e^r - 1: in `bits` steps of so few bits that 1 less one of them is exact, in
/// `low` what their logarithms lack, in `tail` the coefficients of (e^r - 1 - r) / r^2 for
/// |r| <= ln(2) / (2 count).
template <int Count>
struct expm1_steps;
template <>
struct expm1_steps<16> {
  alignas(64) static constexpr std::int32_t bits[16] = {
      0x3f800000, 0x3f7daac0, 0x3f7b95c0, 0x3f79c3d0, 0x3f7837f0, 0x3f76f530,
      0x3f75fed0, 0x3f755840, 0x3f7504f0, 0x3f7508a0, 0x3f756730, 0x3f762490,
      0x3f774500, 0x3f78cce0, 0x3f7ac0c0, 0x3f7d2580};
  alignas(64) static constexpr float low[16] = {
      0x0p+0f,          0x1.a16b1cp-22f,  0x1.bbc0cep-23f,  0x1.83fc74p-22f,
      0x1.125002p-25f,  0x1.ea0c14p-23f,  0x1.48d13cp-21f,  -0x1.9a2c5cp-24f,
      0x1.21e7c6p-22f,  0x1.39f718p-22f,  -0x1.ec5df6p-22f, -0x1.375b8ap-22f,
      -0x1.e843fep-23f, -0x1.3a1dc2p-24f, 0x1.e1f7a8p-22f,  -0x1.85f634p-23f};
  // error 2^-24.5
  static constexpr float tail[] = {0x1p-1f, 0x1.5556e2p-3f, 0x1.55565ep-5f};
};
template <>
struct expm1_steps<8> {
  alignas(64) static constexpr std::int32_t bits[8] = {0x3f800000, 0x3f7b95c0, 0x3f7837f0,
                                                       0x3f75fed0, 0x3f7504f0, 0x3f756730,
                                                       0x3f774500, 0x3f7ac0c0};
  alignas(64) static constexpr float low[8] = {0x0p+0f,          0x1.bbc0cep-23f, 0x1.125002p-25f,
                                               0x1.48d13cp-21f,  0x1.21e7c6p-22f, -0x1.ec5df6p-22f,
                                               -0x1.e843fep-23f, 0x1.e1f7a8p-22f};
  // error 2^-21.5
  static constexpr float tail[] = {0x1p-1f, 0x1.555b84p-3f, 0x1.555974p-5f};
};

/// (e^r - 1 - r) / r^2 for |r| <= ln(2) / 2, lowest power first.
template <class T>
inline constexpr T exp_tail[1] = {};
// error 2^-28.3
template <>
inline constexpr float exp_tail<float>[] = {
    0x1p-1f, 0x1.555556p-3f, 0x1.5554e6p-5f, 0x1.1110ep-7f, 0x1.6d469p-10f, 0x1.a127fcp-13f,
};
// error 2^-58.1
template <>
inline constexpr double exp_tail<double>[] = {
    0x1p-1,
    0x1.5555555555557p-3,
    0x1.5555555555556p-5,
    0x1.111111111001cp-7,
    0x1.6c16c16c16266p-10,
    0x1.a01a01ac50533p-13,
    0x1.a01a01a714245p-16,
    0x1.71de00e89dd34p-19,
    0x1.27e4daa87b888p-22,
    0x1.af509232e2477p-26,
    0x1.1f74882ae4b27p-29,
};

/// (log(1 + f) - f + f^2 / 2) / f^3 for 1 + f in [sqrt(1/2), sqrt(2)], lowest power first.
template <class T>
inline constexpr T log_tail[1] = {};
// error 2^-23.8
template <>
inline constexpr float log_tail<float>[] = {
    0x1.555554p-2f,  -0x1.fffffcp-3f, 0x1.999d5ap-3f,  -0x1.555b4ap-3f, 0x1.23d21ap-3f,
    -0x1.fcf4c6p-4f, 0x1.dea282p-4f,  -0x1.d635bcp-4f, 0x1.1d8ea6p-4f,
};
// error 2^-55.3
template <>
inline constexpr double log_tail<double>[] = {
    0x1.5555555555555p-2, -0x1.0000000000007p-2, 0x1.99999999998d7p-3, -0x1.5555555553457p-3,
    0x1.249249249e4a9p-3, -0x1.000000017c4eap-3, 0x1.c71c71bf5db12p-4, -0x1.9999989e9f8b5p-4,
    0x1.745d1806bdea4p-4, -0x1.555582293998ep-4, 0x1.3b13c73c82083p-4, -0x1.248da6617d7e1p-4,
    0x1.110a3cb814e7cp-4, -0x1.00471d25a052ap-4, 0x1.e3351b0b8a06ap-5, -0x1.c29e22cde6a1cp-5,
    0x1.9ef55712af986p-5, -0x1.a4f2cb642aed7p-5, 0x1.e4de09bbb15acp-5, -0x1.ba0db7c5ec46p-5,
    0x1.7d29370356709p-6,
};

/// (log(1 + e) - e) / e^2 over v = e - 1 / 2 in [-1/2, 1/2], lowest power first.
template <class T>
inline constexpr T log1p_fraction[1] = {};
// error 2^-26.6
template <>
inline constexpr float log1p_fraction<float>[] = {
    -0x1.833706p-2f, 0x1.6f0d7cp-3f,  -0x1.7dde7p-4f, 0x1.a278e6p-5f,  -0x1.da8bdap-6f,
    0x1.13473cp-6f,  -0x1.3d4152p-7f, 0x1.7b4d38p-8f, -0x1.2bf346p-8f, 0x1.6f3782p-9f,
};
// error 2^-55.5
template <>
inline constexpr double log1p_fraction<double>[] = {
    -0x1.833704d019edp-2,   0x1.6f0d7bd624bcdp-3,  -0x1.7ddf1fe86aa8bp-4,  0x1.a279c04c81491p-5,
    -0x1.da348248c136cp-6,  0x1.131116f660a62p-6,  -0x1.44ba45b9d5f97p-7,  0x1.84905221be439p-8,
    -0x1.d5fb02e8e4f0bp-9,  0x1.1ebcbf79b310ep-9,  -0x1.60737227c7dc1p-10, 0x1.b3f52ec039017p-11,
    -0x1.0f08dfdc87d0bp-11, 0x1.51de3a7ee466ep-12, -0x1.a7ba1ffdb4dcbp-13, 0x1.11ce2880d86a2p-13,
    -0x1.59d76729768ccp-14, 0x1.5b243c1b4b1a6p-15, -0x1.b7b60cffcd11fp-16, 0x1.2d368f35340b8p-15,
    -0x1.80d9a3ccbf91fp-16,
};

/// erf(x) / x - 1 over s = x^2 in [0, 1], lowest power first.
template <class T>
inline constexpr T erf_center[1] = {};
// error 2^-29.5
template <>
inline constexpr float erf_center<float>[] = {
    0x1.06eba8p-3f, -0x1.81273ep-2f,  0x1.ce2d1p-4f,  -0x1.b7fabap-6f,
    0x1.54127p-8f,  -0x1.a45088p-11f, 0x1.4a569p-14f,
};
// error 2^-68.5
template <>
inline constexpr double erf_center<double>[] = {
    0x1.06eba8214db69p-3,  -0x1.812746b0379e7p-2,  0x1.ce2f21a042bdep-4,  -0x1.b82ce312889bap-6,
    0x1.565bcd0e6502dp-8,  -0x1.c02db3feeb579p-11, 0x1.f9a326c233146p-14, -0x1.f4d2561aeafd4p-17,
    0x1.b9e6509b9867dp-20, -0x1.5f6d925a0bc7ap-23, 0x1.fc4356498c2d9p-27, -0x1.4e607b41a6416p-30,
    0x1.7f072188e194dp-34, -0x1.29b9f1b3df556p-38,
};

/// (x - tanh(x)) / x^3 over s = x^2 in [0, 1], lowest power first.
template <class T>
inline constexpr T tanh_shrink_center[1] = {};
// error 2^-27.5
template <>
inline constexpr float tanh_shrink_center<float>[] = {
    0x1.555556p-2f, -0x1.1110f2p-3f, 0x1.ba117cp-5f, -0x1.65a7c4p-6f,
    0x1.1d02d6p-7f, -0x1.a45278p-9f, 0x1.e42e3p-11f, -0x1.2b7582p-13f,
};
// error 2^-56.0
template <>
inline constexpr double tanh_shrink_center<double>[] = {
    0x1.5555555555555p-2,  -0x1.11111111110b9p-3,  0x1.ba1ba1ba1453ep-5,  -0x1.664f4880d2a47p-6,
    0x1.226e3519865dfp-7,  -0x1.d6d3c538d0bbep-9,  0x1.7da2bdc3daa27p-10, -0x1.3551ae34bdfffp-11,
    0x1.f5211730ee038p-13, -0x1.94981e5bdbe6fp-14, 0x1.42090e21d3d28p-15, -0x1.ea19b73b128d8p-17,
    0x1.4eb911dcd9788p-18, -0x1.7238a0a7e22b6p-20, 0x1.1ab979c0ab58cp-22, -0x1.b028f6cb72ebfp-26,
};

/// (tanh(x) - x) / x^3 over s = x^2 in [0, 0.31], lowest power first.
template <class T>
inline constexpr T tanh_center[1] = {};
// error 2^-24.4
template <>
inline constexpr float tanh_center<float>[] = {
    -0x1.555554p-2f, 0x1.110fcep-3f, -0x1.b997bcp-5f, 0x1.5cba9ap-6f, -0x1.ae3448p-8f,
};
// error 2^-54.9
template <>
inline constexpr double tanh_center<double>[] = {
    -0x1.5555555555555p-2,  0x1.1111111110ff9p-3,  -0x1.ba1ba1b9f8362p-5,  0x1.664f4874c2a52p-6,
    -0x1.226e32869b4a2p-7,  0x1.d6d323bf00283p-9,  -0x1.7d967d0cab245p-10, 0x1.34b8c5cadd5bep-11,
    -0x1.eb7963777b35fp-13, 0x1.6313f634c2327p-14, -0x1.546807b2df0a7p-16,
};

/// (sinh(x) - x) / x^3 over s = x^2 in [0, 4], lowest power first.
template <class T>
inline constexpr T sinh_center[1] = {};
// error 2^-28.9
template <>
inline constexpr float sinh_center<float>[] = {
    0x1.555556p-3f, 0x1.111108p-7f, 0x1.a01e84p-13f, 0x1.71150cp-19f, 0x1.cada2ep-26f,
};
// error 2^-61.8
template <>
inline constexpr double sinh_center<double>[] = {
    0x1.5555555555555p-3,  0x1.111111111111p-7,   0x1.a01a01a01a1aep-13,
    0x1.71de3a555c421p-19, 0x1.ae645689bb04cp-26, 0x1.61245d7a2331ep-33,
    0x1.ae80d51c27f67p-41, 0x1.94c84002588cfp-49, 0x1.3c8f304ad4164p-57,
};

/// log(cosh(x)) / x^2 over s = x^2 in [0, 1], lowest power first.
template <class T>
inline constexpr T log_cosh_center[1] = {};
// error 2^-27.0
template <>
inline constexpr float log_cosh_center<float>[] = {
    0x1p-1f,        -0x1.5554f4p-4f,  0x1.6bfe26p-6f,  -0x1.b7b6eep-8f,
    0x1.100cdap-9f, -0x1.22cdf2p-11f, 0x1.68efe4p-14f,
};
// error 2^-60.1
template <>
inline constexpr double log_cosh_center<double>[] = {
    0x1p-1,
    -0x1.5555555555547p-4,
    0x1.6c16c16c15861p-6,
    -0x1.ba1ba1b974eb8p-8,
    0x1.1ea5d384968cap-9,
    -0x1.833d9891399c2p-11,
    0x1.0d0b1acb3eab3p-12,
    -0x1.7d9f0df1b3037p-14,
    0x1.12da15f2192a9p-15,
    -0x1.8fecbf42815e4p-17,
    0x1.22acedf7e51acp-18,
    -0x1.9a380fafb434ap-20,
    0x1.08625c5bffb1p-21,
    -0x1.18a2f464e65b8p-23,
    0x1.a0ec04c62e6c9p-26,
    -0x1.38de66ccf0ffcp-29,
};

/// erfc(t) e^(t^2) (t + c) over w = 1 - 2 c / (t + c) with c = 2; the first coefficient in two,
/// lowest power first.
template <class T>
inline constexpr T erfc_tail[1] = {};
// error 2^-25.7
template <>
inline constexpr float erfc_tail<float>[] = {
    -0x1.2b4e22p-26f, 0x1.058672p+0f,  -0x1.5fd386p-1f, 0x1.1e2de6p-2f,
    -0x1.2a886cp-5f,  -0x1.60605ap-6f, 0x1.a87b78p-8f,  0x1.92162ep-9f,
    -0x1.b5869ap-11f, -0x1.3a2cep-11f, 0x1.98fa54p-15f, 0x1.31c182p-14f,
};
// error 2^-60.4
template <>
inline constexpr double erfc_tail<double>[] = {
    -0x1.3b83c701df899p-56, 0x1.058671b52c776p+0,   -0x1.5fd386754eff9p-1,  0x1.1e2deea6b1175p-2,
    -0x1.2a88e6107d559p-5,  -0x1.606e41552a628p-6,  0x1.a89eaff8678aap-8,   0x1.9517bb7149e3fp-9,
    -0x1.b6fbf99346047p-11, -0x1.5ba438889f7a7p-11, 0x1.2054098393917p-15,  0x1.2efa33a10580ep-13,
    0x1.1e76b47fe7768p-15,  -0x1.6c0354d6306e5p-16, -0x1.0e7c3dc428b64p-16, -0x1.2d870ae231169p-20,
    0x1.e9a75ee49ad8ap-19,  0x1.0c075c3484c36p-19,  -0x1.1de4ae1941a8bp-27, -0x1.2f2d6275ed4a8p-21,
    -0x1.4a6daf62ec5c2p-22, -0x1.119bd18ac0d51p-27, 0x1.8b5d51dc2bacap-24,  0x1.f61ec7b6eefb1p-25,
    0x1.b136ce28ff80fp-29,  -0x1.287355fc7e94cp-26, -0x1.3077136fff4d6p-27, 0x1.71c3f71a8fda7p-31,
    0x1.f84a467a91b2dp-30,  0x1.e477e2d8d382p-32,
};

/// normal_cdf(-t) e^(t^2 / 2) (t + c) over w = 1 - 2 c / (t + c) with c = 2; the first in two,
/// lowest power first.
template <class T>
inline constexpr T normal_tail[1] = {};
// error 2^-26.2
template <>
inline constexpr float normal_tail<float>[] = {
    0x1.5a54aap-26f,  0x1.5845dcp-1f,   -0x1.535bbp-2f,   0x1.d7d0f8p-6f,   0x1.2ccc26p-5f,
    -0x1.ecf5d4p-12f, -0x1.b8d38ep-8f,  -0x1.fe9026p-10f, 0x1.a14466p-11f,  0x1.ae26d4p-11f,
    0x1.6f70fp-13f,   -0x1.fb3f38p-14f, -0x1.76211ap-14f, -0x1.295f18p-16f,
};
// error 2^-58.0
template <>
inline constexpr double normal_tail<double>[] = {
    0x1.c9ff43b08bf9p-55,   0x1.5845dcad2a54ep-1,   -0x1.535bafa73c585p-2,  0x1.d7d0e2393eb9dp-6,
    0x1.2ccbfbf0c682ep-5,   -0x1.ec6870ba0819ep-12, -0x1.b8b937f806cbap-8,  -0x1.ff79b9ebec77ep-10,
    0x1.9ba0c660a3c96p-11,  0x1.b1b0c5cdf1998p-11,  0x1.b217d9ab5bc69p-13,  -0x1.e540ccf393d7dp-14,
    -0x1.0d97d7375d5ddp-13, -0x1.82517cd53e453p-15, 0x1.44dfc0a911b7p-17,   0x1.6c00cc7adaaaap-16,
    0x1.a5c350b1d9c33p-17,  0x1.14228740013bap-19,  -0x1.7e28d6aa31a73p-19, -0x1.98f23a51a8085p-19,
    -0x1.727e252c4404cp-20, 0x1.2d0f9876f6554p-27,  0x1.847f4c4e072f7p-22,  0x1.187999d822cf2p-22,
    0x1.5f3f787e77c23p-22,  0x1.109c61ae7ac26p-22,  -0x1.11012523685b2p-23, -0x1.1f276ff0f1eep-22,
    -0x1.7247ab9f0087ap-25, 0x1.893e55e4b08fep-24,  0x1.239dfdadf03eap-25,  -0x1.923f711e62b7fp-27,
    -0x1.925d213aa9a1bp-28,
};

}  // namespace fusor::detail::coefficients
