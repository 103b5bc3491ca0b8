// SPDX-License-Identifier: BSL-1.0
// Written by docs/coefficients.py.
#pragma once

/// Polynomials of the vector operations; the error is that of the fit, relative.
namespace fusor::detail::coefficients {

/// normal_cdf(-t) e^(t^2 / 2) - t / sqrt(2 pi) over u = t - gelu_slope_zero for t in
/// [0.375, 1.625], lowest power first.
template <class T>
inline constexpr T gelu_slope_center[1] = {};
// error 2^-26.6
template <>
inline constexpr float gelu_slope_center<float>[] = {
    -0x1.dc87p-28f,  -0x1.25126cp-1f, 0x1.5b297cp-4f,   -0x1.2bac1p-5f, 0x1.d505aep-7f,
    -0x1.52f16ap-8f, 0x1.caaceap-10f, -0x1.14010ap-11f, 0x1.a53fep-14f,
};
// error 2^-56.8
template <>
inline constexpr double gelu_slope_center<double>[] = {
    -0x1.3bdb95217ce99p-57, -0x1.25126c154319p-1,   0x1.5b297ebb9a529p-4,  -0x1.2bad2862a40cfp-5,
    0x1.d507ae5ca730ep-7,   -0x1.526fe74d4dee6p-8,  0x1.c7c0250a1c053p-10, -0x1.20e4238821eddp-11,
    0x1.5b2859065c685p-13,  -0x1.8d96a4fb27ae2p-15, 0x1.b3e368b53bca8p-17, -0x1.cb2887ab0c77cp-19,
    0x1.d25e09420cf29p-21,  -0x1.c9fa54ca5daedp-23, 0x1.abf623ea4571p-25,  -0x1.55eac0236d4c9p-27,
    0x1.47b4d660c2ab1p-30,
};

/// silu_slope(-t) over u = t - silu_slope_zero for t in [0.5, 2], lowest power first.
template <class T>
inline constexpr T silu_slope_center[1] = {};
// error 2^-24.0
template <>
inline constexpr float silu_slope_center<float>[] = {
    -0x1.848b9ep-29f, -0x1.be141p-3f,  0x1.2c564p-3f,    -0x1.353f88p-6f, -0x1.f2e2eap-7f,
    0x1.b11c78p-8f,   0x1.26f354p-13f, -0x1.a6b582p-11f, 0x1.3d2566p-13f, 0x1.a7e3d4p-15f,
};
// error 2^-55.1
template <>
inline constexpr double silu_slope_center<double>[] = {
    0x1.b7d7537967aa7p-56,  -0x1.be1410460528p-3,   0x1.2c563458cc0aap-3,   -0x1.353eb573ca368p-6,
    -0x1.f2d0e32bc186p-7,   0x1.b0f82c49836cbp-8,   0x1.098e92b086adep-13,  -0x1.a2a7cae8fcd5bp-11,
    0x1.8574d1af6403fp-13,  0x1.572388b02a1c4p-15,  -0x1.f2d8b4de1e90ep-16, 0x1.8af5e972a8e72p-19,
    0x1.3ae53b078dbfbp-19,  -0x1.cdcadfa6b06f9p-21, -0x1.091ba9939b298p-25, 0x1.8fa7e1a844114p-24,
    -0x1.3a2299d4fe1e1p-26, -0x1.5d393369e253fp-28, 0x1.44b88d7d65a66p-29,  0x1.ce84b48890dd2p-35,
};

/// mish_slope(-t) over u = t - mish_slope_zero for t in [0, 1.625], lowest power first.
template <class T>
inline constexpr T mish_slope_center[1] = {};
// error 2^-24.1
template <>
inline constexpr float mish_slope_center<float>[] = {
    0x1.beb774p-31f, -0x1.115accp-2f,  0x1.a34a36p-3f,   -0x1.574f14p-5f,
    -0x1.4c32ecp-6f, 0x1.032276p-6f,   -0x1.b44a1ap-9f,  -0x1.0c2852p-10f,
    0x1.f32fbap-11f, -0x1.f7d38ep-12f, -0x1.1349f2p-12f,
};
// error 2^-55.4
template <>
inline constexpr double mish_slope_center<double>[] = {
    0x1.dd827678b94bap-57,  -0x1.115acb42500bcp-2,  0x1.a34a251d8ad76p-3,   -0x1.574f121a86938p-5,
    -0x1.4c222fe64bb35p-6,  0x1.03369d4acd91bp-6,   -0x1.b87ddfb74d936p-9,  -0x1.1e5e18567c94dp-10,
    0x1.037991d2c90a3p-10,  -0x1.0a7950a1ede85p-12, -0x1.5fffef2a2f475p-15, 0x1.d45226f8a27dbp-15,
    -0x1.223b02eed313ap-16, -0x1.f7e88c3cf2cffp-21, 0x1.86f5b541cc706p-19,  -0x1.223dc6386e76cp-20,
    0x1.2420618144e01p-28,  0x1.216b25c2881fcp-23,  -0x1.0dd3922884706p-25, 0x1.ab056783c799dp-25,
    0x1.0ce7dab3c8c72p-25,  0x1.0c6cbaed62819p-32,  -0x1.6db9b050251c6p-30,
};

}  // namespace fusor::detail::coefficients
