// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

// Whether a refused call throws is for each file's flags to say. What refuses calls lies in an
// inline namespace of its own for each of the two, so that a program may hold files of both kinds.
#if defined(__cpp_exceptions)
#define FUSOR_REFUSALS throwing
#else
#define FUSOR_REFUSALS aborting
#endif

namespace fusor {

/// Lengths or shapes that do not fit together, or memory that is not there.
struct shape_error : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// An output that shares memory with an operand without being the same memory.
struct overlap_error : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// An axis that a tensor does not have, or that is too short for what is asked of it.
struct axis_error : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// A name that no activation has.
struct unknown_activation : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// A parameter of an activation outside its range, missing, or not one of its parameters.
struct parameter_error : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// What is called instead of an exception, with the sentence of the refused call, in files that are
/// compiled with -fno-exceptions.
using refusal_handler = void (*)(const char* sentence);

namespace detail {

inline std::atomic<refusal_handler> chosen_refusal_handler{nullptr};

}  // namespace detail

/// Sets the handler of the whole program, and returns the one before; null, as at the start, stands
/// for printing the sentence on stderr.
///
/// The handler runs on the thread of the refused call, when nothing has been written yet, and must
/// neither return nor throw: it ends the program in its own way. If it returns, or if there is
/// none, std::abort() follows. Any thread may set it at any time. Files that are compiled with
/// exceptions throw, whether there is a handler or not.
inline refusal_handler set_refusal_handler(refusal_handler handler) noexcept {
  return detail::chosen_refusal_handler.exchange(handler);
}

namespace detail {
inline namespace FUSOR_REFUSALS {

/// The end of a refused call.
template <class Error>
[[noreturn, gnu::cold]] void refuse(const std::string& sentence) {
#if defined(__cpp_exceptions)
  throw Error(sentence);
#else
  if (const refusal_handler handler = chosen_refusal_handler) {
    handler(sentence.c_str());
  } else {
    std::fprintf(stderr, "%s\n", sentence.c_str());
  }
  std::abort();
#endif
}

}  // namespace FUSOR_REFUSALS
}  // namespace detail

inline namespace FUSOR_REFUSALS {

/// Refuses a parameter with one sentence: at run time as a call is refused; in a constant
/// expression the compiler stops here and shows the sentence.
constexpr void require_parameter(bool holds, const char* sentence) {
  if (!holds) detail::refuse<parameter_error>(sentence);
}

}  // namespace FUSOR_REFUSALS

}  // namespace fusor

#include "fusor/end.hpp"
