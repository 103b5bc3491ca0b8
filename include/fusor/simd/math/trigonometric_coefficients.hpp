// SPDX-License-Identifier: BSL-1.0
// Written by docs/coefficients.py.
#pragma once

/// Polynomials of the vector operations; the error is that of the fit, relative.
namespace fusor::detail::coefficients {

/// (sin(r) - r) / r^3 over s = r^2 in [0, 0.64], lowest power first.
template <class T>
inline constexpr T sin_tail[1] = {};
// error 2^-32.2
template <>
inline constexpr float sin_tail<float>[] = {
    -0x1.555556p-3f,
    0x1.11110ep-7f,
    -0x1.a0132cp-13f,
    0x1.6d969ep-19f,
};
// error 2^-63.2
template <>
inline constexpr double sin_tail<double>[] = {
    -0x1.5555555555555p-3,  0x1.111111111111p-7,   -0x1.a01a01a0197d4p-13, 0x1.71de3a54361f8p-19,
    -0x1.ae6453ca65b3dp-26, 0x1.612146c012422p-33, -0x1.aaf7413aa6338p-41,
};

/// (cos(r) - 1) / r^2 over s = r^2 in [0, 0.64], lowest power first.
template <class T>
inline constexpr T cos_tail[1] = {};
// error 2^-30.3
template <>
inline constexpr float cos_tail<float>[] = {
    -0x1p-1f,
    0x1.55554cp-5f,
    -0x1.6c0d5ep-10f,
    0x1.9a3916p-16f,
};
// error 2^-60.7
template <>
inline constexpr double cos_tail<double>[] = {
    -0x1p-1,
    0x1.555555555555p-5,
    -0x1.6c16c16c15a85p-10,
    0x1.a01a019d870bap-16,
    -0x1.27e4f897cf216p-22,
    0x1.1eea4363761b1p-29,
    -0x1.8fd740673ab74p-37,
};

/// (atan(t) - t) / t^3 over s = t^2 in [0, 1], lowest power first.
template <class T>
inline constexpr T atan_tail[1] = {};
// error 2^-27.0
template <>
inline constexpr float atan_tail<float>[] = {
    -0x1.555556p-2f, 0x1.999956p-3f,  -0x1.248952p-3f, 0x1.c62cdap-4f,  -0x1.6dd8fep-4f,
    0x1.2006f8p-4f,  -0x1.9115a4p-5f, 0x1.aefb2cp-6f,  -0x1.2ba6b6p-7f, 0x1.86406cp-10f,
};
// error 2^-55.9
template <>
inline constexpr double atan_tail<double>[] = {
    -0x1.5555555555555p-2,  0x1.99999999998f9p-3, -0x1.249249248c7dap-3,  0x1.c71c71c472843p-4,
    -0x1.745d16f26d0a3p-4,  0x1.3b13aaf4aba4ap-4, -0x1.1110bfea8ed5ep-4,  0x1.e1dc0d7679adcp-5,
    -0x1.af00bd568a3d2p-5,  0x1.854a7b99af61dp-5, -0x1.60ebd1489b946p-5,  0x1.3d3f26d5ea7ffp-5,
    -0x1.147b2825d82f6p-5,  0x1.c3ac54a572735p-6, -0x1.4b974a27ac39fp-6,  0x1.a1fe88baf72d4p-7,
    -0x1.aef1a8e977bf8p-8,  0x1.57cc888719aap-9,  -0x1.8a2f3ae537bb1p-11, 0x1.1f0adb240a1fbp-13,
    -0x1.8d087295ab9f4p-17,
};

/// (asinh(x) - x) / x^3 over s = x^2 in [0, 1/4], lowest power first.
template <class T>
inline constexpr T asinh_tail[1] = {};
// error 2^-22.9
template <>
inline constexpr float asinh_tail<float>[] = {
    -0x1.555552p-3f, 0x1.332ed2p-4f, -0x1.6c98ecp-5f, 0x1.d79732p-6f, -0x1.d434b2p-7f,
};
// error 2^-53.6
template <>
inline constexpr double asinh_tail<double>[] = {
    -0x1.5555555555555p-3, 0x1.3333333332f5fp-4, -0x1.6db6db6d5b365p-5, 0x1.f1c71c3bee026p-6,
    -0x1.6e8b9ab4638efp-6, 0x1.1c4e072f36dc7p-6, -0x1.c983b8d12e853p-7, 0x1.79b0dbdcdfc75p-7,
    -0x1.3a4aeece7e69cp-7, 0x1.f38921b605d54p-8, -0x1.4733e5158e0e1p-8, 0x1.ee3fd77d44d42p-10,
};

}  // namespace fusor::detail::coefficients
