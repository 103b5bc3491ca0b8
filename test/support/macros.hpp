// SPDX-License-Identifier: BSL-1.0
// Common words as macros, as <windows.h>, <termios.h>, <X11/Xlib.h>, <complex.h>, Qt and
// AssertMacros.h define them. For the first line after the standard headers.
#pragma once

#define near
#define far
#define small char
#define interface struct
#define min(a, b) (((a) < (b)) ? (a) : (b))
#define max(a, b) (((a) > (b)) ? (a) : (b))
#define B0 0000000
#define Bool int
#define Status int
#define None 0L
#define True 1
#define False 0
#define Always 2
#define Success 0
#define I (__extension__ 1.0iF)
#define complex _Complex
#define signals public
#define slots
#define emit
#define check(assertion) (void)(assertion)
#define require(assertion, label) (void)(assertion)
#define verify(assertion) (void)(assertion)
