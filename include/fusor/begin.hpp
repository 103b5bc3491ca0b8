// SPDX-License-Identifier: BSL-1.0
// The first line of a header that programs include: what Fusor needs of the compiler, and what
// is set aside until end.hpp: warnings that are a matter of style, and common words that some
// system headers define as macros. No include guard.

#if __cplusplus < 202002L
#error "Fusor needs C++20; compile with -std=c++20"
// Nothing after it is of use: this ends the list of errors.
#include <fusor/stops_here>
#endif

#if defined(__GNUC__)
#pragma GCC diagnostic push
// Comparing numbers exactly is meant wherever it is done here.
#pragma GCC diagnostic ignored "-Wfloat-equal"
// Room for axes that are not there is not initialised; && and || make expressions.
#pragma GCC diagnostic ignored "-Weffc++"
#endif

// windows.h
#pragma push_macro("near")
#undef near
#pragma push_macro("far")
#undef far
#pragma push_macro("small")
#undef small
#pragma push_macro("min")
#undef min
#pragma push_macro("max")
#undef max
#pragma push_macro("interface")
#undef interface
// termios.h
#pragma push_macro("B0")
#undef B0
// X11
#pragma push_macro("Bool")
#undef Bool
#pragma push_macro("Status")
#undef Status
#pragma push_macro("None")
#undef None
#pragma push_macro("True")
#undef True
#pragma push_macro("False")
#undef False
#pragma push_macro("Always")
#undef Always
#pragma push_macro("Success")
#undef Success
// complex.h
#pragma push_macro("I")
#undef I
#pragma push_macro("complex")
#undef complex
// Qt
#pragma push_macro("signals")
#undef signals
#pragma push_macro("slots")
#undef slots
#pragma push_macro("emit")
#undef emit
// AssertMacros.h
#pragma push_macro("check")
#undef check
#pragma push_macro("require")
#undef require
#pragma push_macro("verify")
#undef verify
