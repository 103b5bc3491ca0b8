// SPDX-License-Identifier: BSL-1.0
// Written by docs/coefficients.py.
#pragma once

#include <cstdint>

/// Polynomials of the vector operations; the error is that of the fit, relative.
namespace fusor::detail::coefficients {

/// The bits of 2^(i / 16) e^c, less those that i adds where it is moved to the exponent.
/// c is such that all are nearly floats.
// error 2^-25.9
alignas(64) inline constexpr std::int32_t exp_steps[16] = {
    0x3f7d14b1, 0x3f7c2491, 0x3f79fe49, 0x3f781a50, 0x3f767b96, 0x3f75252c, 0x3f741a45, 0x3f735e39,
    0x3f72f486, 0x3f72e0d1, 0x3f7326e9, 0x3f73cac8, 0x3f74d094, 0x3f763ca4, 0x3f78137e, 0x3f7a59dd,
};
/// e^(r - c) - 1 for |r| <= ln(2) / 32, lowest power first. e^0 is 1 exactly.
// error 2^-29.6
inline constexpr float exp_step_tail[] = {
    0x1.79f6cep-7f,
    0x1.02f3eep+0f,
    0x1.02f68cp-1f,
    0x1.594754p-3f,
};
/// Its first coefficient together with what step i lacks, relative.
alignas(64) inline constexpr float exp_step_low[16] = {
    0x1.79f6d6p-7f, 0x1.79f6b6p-7f, 0x1.79f6acp-7f, 0x1.79f6e2p-7f, 0x1.79f6eep-7f, 0x1.79f6b6p-7f,
    0x1.79f6b2p-7f, 0x1.79f6c6p-7f, 0x1.79f6c2p-7f, 0x1.79f6e4p-7f, 0x1.79f6eap-7f, 0x1.79f6bap-7f,
    0x1.79f6dep-7f, 0x1.79f6bp-7f,  0x1.79f6cep-7f, 0x1.79f6dap-7f,
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

/// erf(x) / x over s = x^2 in [0, 1], lowest power first.
template <class T>
inline constexpr T erf_center[1] = {};
// error 2^-29.5
template <>
inline constexpr float erf_center<float>[] = {
    0x1.20dd74p+0f, -0x1.81273ep-2f,  0x1.ce2d1p-4f,  -0x1.b7fabap-6f,
    0x1.54127p-8f,  -0x1.a45088p-11f, 0x1.4a569p-14f,
};
// error 2^-68.5
template <>
inline constexpr double erf_center<double>[] = {
    0x1.20dd750429b6dp+0,  -0x1.812746b0379e7p-2,  0x1.ce2f21a042bdep-4,  -0x1.b82ce312889bap-6,
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

/// erfc(t) e^(t^2) (t + c) over w = 1 - 2 c / (t + c) with c = 3 / 2, lowest power first.
template <class T>
inline constexpr T erfc_tail[1] = {};
// error 2^-26.9
template <>
inline constexpr float erfc_tail<float>[] = {
    0x1.edf488p-1f,  -0x1.0404eap-1f,  0x1.35bf4ap-4f,   0x1.8750eep-5f,
    -0x1.0a2082p-7f, -0x1.35ff16p-7f,  -0x1.a221ecp-11f, 0x1.d1c596p-10f,
    0x1.bb9204p-11f, -0x1.513216p-14f, -0x1.bed5a6p-13f, -0x1.047386p-14f,
};
// error 2^-60.3
template <>
inline constexpr double erfc_tail<double>[] = {
    0x1.edf487f74041cp-1,   -0x1.0404eaa26c48fp-1,  0x1.35bf360d08625p-4,   0x1.87518828aa09cp-5,
    -0x1.0a11cd2ed9b24p-7,  -0x1.3607c39d6e264p-7,  -0x1.a8d6e51cc938bp-11, 0x1.d07c9dc3fc584p-10,
    0x1.cf90164f958c3p-11,  -0x1.84364b47cd263p-15, -0x1.0d4dd51e3aa9p-12,  -0x1.0900137954a7cp-13,
    0x1.deb792f686db1p-21,  0x1.437f44e0d5277p-15,  0x1.a05bfda0b3055p-16,  0x1.30070abc5944bp-18,
    -0x1.4dd2b71371381p-18, -0x1.5bd21633c0bb7p-18, -0x1.265b1ab431559p-19, 0x1.f7ff496ac168fp-24,
    0x1.c5bc9fcd815bep-21,  0x1.5afc5dbd6c00ep-21,  0x1.36b19d89b9bf1p-22,  0x1.473281596f623p-26,
    -0x1.635f4be481e3fp-23, -0x1.832106064533ep-23, -0x1.5d577a4507ebfp-25, 0x1.026ce39b0b731p-24,
    0x1.68c878358ca4p-25,   -0x1.627bcec61e2e1p-31, -0x1.195bed27613fap-27, -0x1.1c856568b820ap-29,
};

/// normal_cdf(-t) e^(t^2 / 2) (t + c) over w = 1 - 2 c / (t + c) with c = 3 / sqrt(2), lowest power
/// first.
template <class T>
inline constexpr T normal_tail[1] = {};
// error 2^-26.9
template <>
inline constexpr float normal_tail<float>[] = {
    0x1.5d4772p-1f,  -0x1.6fb902p-2f,  0x1.b60c7ap-5f,   0x1.14b3c8p-5f,
    -0x1.785c42p-8f, -0x1.b666b2p-8f,  -0x1.27aa12p-11f, 0x1.4959b4p-10f,
    0x1.39a6d2p-11f, -0x1.dcdddep-15f, -0x1.3bf5b2p-13f, -0x1.70556ep-15f,
};
// error 2^-60.3
template <>
inline constexpr double normal_tail<double>[] = {
    0x1.5d47713757324p-1,   -0x1.6fb901fbed2dbp-2,  0x1.b60c5ceee5b7bp-5,   0x1.14b4364cb84a8p-5,
    -0x1.7847763c7f508p-8,  -0x1.b672f7eb5c582p-8,  -0x1.2c6826f32bac4p-11, 0x1.487116c2a06b8p-10,
    0x1.47c9d66a81525p-11,  -0x1.1281e4e14c5b6p-15, -0x1.7cda797a85347p-13, -0x1.76c45b0bedce8p-14,
    0x1.52810c900b85bp-21,  0x1.c97e7a070d685p-16,  0x1.2669174e6f8bcp-16,  0x1.adf5b70f7ecbbp-19,
    -0x1.d818dfbccbe0ap-19, -0x1.ebe486d3f2fd3p-19, -0x1.a04835e41efffp-20, 0x1.64613db346e35p-24,
    0x1.40d722fcf6ce8p-21,  0x1.eab647b8c8816p-22,  0x1.b7632ca5074f8p-23,  0x1.ceba122b40b46p-27,
    -0x1.f6927f82b6954p-24, -0x1.11bdd58d792e5p-23, -0x1.ee0b35635c48cp-26, 0x1.6d77f84402fcfp-25,
    0x1.fe396dbe8eeabp-26,  -0x1.f550c7c998bb5p-32, -0x1.8de6decfdcd5fp-28, -0x1.925fa22a06b8fp-30,
};

}  // namespace fusor::detail::coefficients
