// SPDX-License-Identifier: BSL-1.0
// The last line of a header that begins with begin.hpp: macros and warnings are again what they
// were.

#pragma pop_macro("near")
#pragma pop_macro("far")
#pragma pop_macro("small")
#pragma pop_macro("min")
#pragma pop_macro("max")
#pragma pop_macro("interface")
#pragma pop_macro("B0")
#pragma pop_macro("Bool")
#pragma pop_macro("Status")
#pragma pop_macro("None")
#pragma pop_macro("True")
#pragma pop_macro("False")
#pragma pop_macro("Always")
#pragma pop_macro("Success")
#pragma pop_macro("I")
#pragma pop_macro("complex")
#pragma pop_macro("signals")
#pragma pop_macro("slots")
#pragma pop_macro("emit")
#pragma pop_macro("check")
#pragma pop_macro("require")
#pragma pop_macro("verify")

#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif
